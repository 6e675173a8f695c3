"""Selects the backend that runs a stream: processes of this machine, or Spark, which is imported only when it is asked for."""

import os
import re
from collections.abc import Callable, Sequence

from guiju.catalog.streams.stream import RecordStream
from guiju.terms.time.calendar import Calendar
from guiju.validators.engines.joins.operators import KEYS
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.faults import RunFailed
from guiju.validators.streaming.run_local import Run, check_stream

__all__ = ["RunFailed", "is_backend", "run_on"]

_SPARK = re.compile(r"spark://[^\s,/]+:[0-9]{1,5}(,[^\s,/]+:[0-9]{1,5})*|local(\[([1-9][0-9]{0,2}|\*)\])?")


def is_backend(on: str) -> bool:
    """Whether a text names a cluster: `spark://host:port`, or `local[n]` for Spark on this machine."""
    return _SPARK.fullmatch(on) is not None


def run_on(
    plan: Plan,
    given: str | os.PathLike[str] | RecordStream | Sequence[RecordStream],
    calendar: Calendar,
    *,
    on: str | None = None,
    workers: int = 1,
    kind: str | None = None,
    shapes: frozenset[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    keys: int = KEYS,
) -> Run:
    """Runs the plan over the inputs on the backend `on`; None means processes of this machine. Raises NotStreamable, RunFailed and
    OSError.
    """
    if on is None:
        return check_stream(plan, given, calendar, workers=workers, kind=kind, shapes=shapes, progress=progress, keys=keys)
    from guiju.validators.streaming.run_spark import check_spark

    return check_spark(plan, given, calendar, on=on, kind=kind, shapes=shapes, keys=keys)
