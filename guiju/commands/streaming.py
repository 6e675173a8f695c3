"""Which inputs of `guiju check` are checked as a stream of lines, on how many processors, and what is said meanwhile."""

import os
from datetime import date
from functools import partial
from pathlib import Path

from guiju.catalog.formats import suffix_format
from guiju.catalog.lines import NoLines, lines_of
from guiju.catalog.read import listed
from guiju.commands.progress import bar
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_lines
from guiju.reports.model import Report
from guiju.standards.load_tables import load_calendar
from guiju.terms.progress import Work

__all__ = ["LARGE", "streamed"]

LARGE = 8 << 20
"""From so many bytes on inputs are not read into memory."""
_LARGE_FOR_MANY = 32 << 20
# A table of Parquet unfolds to some twenty times its bytes.
_UNFOLDS = {"ndjson": 1, "parquet": 20}


def streamed(
    files: tuple[str, ...], ruleset: Ruleset, *, as_of: date, kind: str | None, jobs: int | None, keys: int | None, quiet: bool
) -> Report | None:
    """The report of inputs that are walked line by line; None where they are to be read into memory.

    CarrierFault where a process is lost.
    """
    names = listed(files) if "-" not in files else None
    if not names or any(suffix_format(name) not in _UNFOLDS or ":" in name.partition("/")[0] for name in names):
        return None
    try:
        size = sum(Path(name).stat().st_size * _UNFOLDS[suffix_format(name) or ""] for name in names if Path(name).is_file())
        if size < (1 if jobs or keys else LARGE):
            return None
        inputs = [lines_of(name) for name in names]
    except (OSError, ValueError, ImportError, NoLines):
        return None  # whoever reads it whole also says what is wrong
    workers = jobs or (_processors() if size >= _LARGE_FOR_MANY else 1)
    with bar(quiet=quiet) as progress:
        tell = None if progress is None else partial(progress, Work.JUDGE)
        return check_lines(ruleset, inputs, as_of=as_of, calendar=load_calendar(), kind=kind, workers=workers, progress=tell, keys=keys)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
