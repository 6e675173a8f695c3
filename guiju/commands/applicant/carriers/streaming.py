"""Decides which inputs of `guiju check` are streamed, and with how many processes."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from guiju.catalog.formats import suffix_format
from guiju.catalog.read import listed
from guiju.catalog.streams.open import is_database, lines_of
from guiju.catalog.streams.stream import NotAStream, RecordStream
from guiju.commands.terminal.progress import bar
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_lines
from guiju.reports.model import Report
from guiju.standards.load_tables import load_calendar
from guiju.terms.progress import Work
from guiju.terms.shape import Vocabulary

__all__ = ["LARGE", "streamed"]

LARGE = 8 << 20
"""From so many bytes on inputs are not read into memory."""
_LARGE_FOR_MANY = 32 << 20
# The size of a table of Parquet is its rows; what a row unfolds to is hundreds of bytes.
_UNFOLDS = {"parquet": 512}


def streamed(
    files: tuple[str, ...],
    ruleset: Ruleset,
    *,
    as_of: date,
    kind: str | None,
    jobs: int | None,
    keys: int | None,
    quiet: bool,
    profile: str | None = None,
) -> Report | None:
    """The report of a streamed check; None where the inputs are to be read into memory. Raises RunFailed where a process is lost."""
    least = 1 if jobs or keys else LARGE
    with _inputs(files, ruleset.vocabulary, kind, least) as inputs:
        if not inputs:
            return None
        size = sum(one.size * _UNFOLDS.get(one.format, 1) for one in inputs)
        workers = jobs or (_processors() if size >= _LARGE_FOR_MANY else 1)
        with bar(quiet=quiet) as progress:
            tell = None if progress is None else partial(progress, Work.JUDGE)
            return check_lines(
                ruleset,
                inputs,
                as_of=as_of,
                calendar=load_calendar(),
                kind=kind,
                workers=workers,
                progress=tell,
                keys=keys,
                profile=profile,
            )


@contextmanager
def _inputs(files: tuple[str, ...], vocabulary: Vocabulary, kind: str | None, least: int) -> Iterator[list[RecordStream]]:
    """The inputs as lines; none where they are small, or not all can be walked: whoever reads them whole says what is wrong."""
    found: list[RecordStream] = []
    with ExitStack() as open_ones:
        try:
            for name in () if "-" in files else listed(files) or ():
                one = _input(name, vocabulary, kind, least, len(files) == 1, open_ones)
                if one is None:
                    found = []
                    break
                found.append(one)
        except (OSError, ValueError, ImportError, NotAStream):
            found = []
        yield found if sum(one.size * _UNFOLDS.get(one.format, 1) for one in found) >= least else []


def _input(name: str, vocabulary: Vocabulary, kind: str | None, least: int, alone: bool, open_ones: ExitStack) -> RecordStream | None:
    if alone and is_database(name):
        from guiju.catalog.streams.sql_spool import spooled

        answer: RecordStream | None = open_ones.enter_context(spooled(name, vocabulary, kind=kind, least=least))
        return answer
    return lines_of(name) if suffix_format(name) in ("ndjson", "parquet") and Path(name).is_file() else None


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
