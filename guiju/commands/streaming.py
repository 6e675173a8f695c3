"""Which inputs of `guiju check` are checked as a stream of lines, on how many processors, and what is said meanwhile."""

import os
from datetime import date
from functools import partial
from pathlib import Path

from guiju.catalog.formats import suffix_format
from guiju.commands.progress import bar
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_file
from guiju.reports.model import Report
from guiju.standards.load_tables import load_calendar
from guiju.terms.progress import Work

__all__ = ["LARGE", "streamed"]

LARGE = 8 << 20
"""From so many bytes on a file is not read into memory."""
_LARGE_FOR_MANY = 32 << 20


def streamed(files: tuple[str, ...], ruleset: Ruleset, *, as_of: date, kind: str | None, jobs: int | None, quiet: bool) -> Report | None:
    """The report of one large NDJSON file; None where the inputs are to be read into memory."""
    if len(files) != 1 or files[0] == "-" or suffix_format(files[0]) != "ndjson":
        return None
    path = Path(files[0])
    try:
        size = path.stat().st_size if path.is_file() else 0
    except (OSError, ValueError):
        return None
    if size < (1 if jobs else LARGE):
        return None
    workers = jobs or (_processors() if size >= _LARGE_FOR_MANY else 1)
    with bar(quiet=quiet) as progress:
        tell = None if progress is None else partial(progress, Work.JUDGE)
        return check_file(ruleset, files[0], as_of=as_of, calendar=load_calendar(), kind=kind, workers=workers, progress=tell)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
