"""Chooses the carrier that somebody asked for, and loads it only then; it checks nothing itself."""

import os
import re
from collections.abc import Callable
from importlib import import_module

from guiju.terms.calendar import Calendar
from guiju.validators.carriers.local import Run, check_stream
from guiju.validators.plan.tree import Plan

__all__ = ["CarrierFault", "carry", "is_carrier"]

_SPARK = re.compile(r"spark://[^\s,/]+:[0-9]{1,5}(,[^\s,/]+:[0-9]{1,5})*|local(\[([1-9][0-9]{0,2}|\*)\])?")


class CarrierFault(Exception):
    """The carrier cannot do it; `kind` is absent, java, unreachable or failed, `words` what it said."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(words)
        self.kind = kind
        self.words = words


def is_carrier(on: str) -> bool:
    """Whether these words name a carrier: spark://host:port, or local[n] for Spark on this machine."""
    return _SPARK.fullmatch(on) is not None


def carry(
    plan: Plan,
    path: str | os.PathLike[str],
    calendar: Calendar,
    *,
    on: str | None = None,
    workers: int = 1,
    kind: str | None = None,
    shapes: frozenset[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Checks the file where it is asked for; without `on` in processes of this machine. NotSuited and OSError as there."""
    if on is None:
        return check_stream(plan, path, calendar, workers=workers, kind=kind, shapes=shapes, progress=progress)
    spark = import_module("guiju.validators.carriers.spark")
    try:
        run: Run = spark.check_spark(plan, path, calendar, on=on, kind=kind, shapes=shapes)
    except spark.SparkFault as fault:
        raise CarrierFault(fault.kind, fault.words) from None
    return run
