"""Which inputs of `guiju check` are checked as a stream of lines, on how many processors, and what is said meanwhile."""

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from guiju.catalog.formats import suffix_format
from guiju.commands.tongue import say
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_file
from guiju.reports.model import Report
from guiju.standards.load_tables import load_calendar

__all__ = ["LARGE", "streamed"]

LARGE = 8 << 20
"""From so many bytes on a file is not read into memory."""
_LARGE_FOR_MANY = 32 << 20


def streamed(files: tuple[str, ...], ruleset: Ruleset, *, as_of: date, kind: str | None, jobs: int | None) -> Report | None:
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
    return check_file(ruleset, files[0], as_of=as_of, calendar=load_calendar(), kind=kind, workers=workers, progress=_progress())


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _progress() -> Callable[[int, int], None] | None:
    """Says how far it has come, where somebody watches."""
    if not sys.stderr.isatty():
        return None
    shown = -1

    def tell(done: int, size: int) -> None:
        nonlocal shown
        percent = 100 * done // max(size, 1)
        if percent > shown:
            shown = percent
            words = say(f"已检查 {percent}%", f"{percent}% checked") if percent < 100 else ""
            print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)

    return tell
