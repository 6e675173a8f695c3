"""The interface of every engine: one observation for each rule and each of its subjects.

An observation holds no sentence and no place: `explain.judge` and `explain.explain` make findings of it, by asking the
interpreter again.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from guiju.catalog.records.model import Record
from guiju.terms.fact import Path
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.time.calendar import Calendar
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.plan.tree import Plan

__all__ = ["CALENDAR", "PARAMETER", "SUBMISSION", "CountedRun", "Counting", "Engine", "FieldRef", "Observation", "Reason", "Subject"]

PARAMETER = -1
CALENDAR = -2
SUBMISSION = -3


@fast_dataclass(frozen=True, slots=True)
class FieldRef:
    """The address of one value: the number of its record and its path in it.

    What is unknown for want of something outside all records has a number below 0: a parameter (its id), the calendar of a year,
    the day of submission.
    """

    record: int
    path: Path

    @property
    def rank(self) -> tuple[int, tuple[str, ...]]:
        """Sorts spots in a fixed order, whatever mixture of ids and positions their paths are."""
        return self.record, tuple(f"{step:09d}" if isinstance(step, int) else step for step in self.path)


@fast_dataclass(frozen=True, slots=True)
class Subject:
    """One subject of one rule: a record, an element in it (`path`), or a group of records (`members`, `key`).

    A group without a key holds the records of which the group's key is not known; `unknown` are then the spots of the key.
    """

    record: int
    path: Path = ()
    members: tuple[int, ...] = ()
    key: tuple[Any, ...] = ()
    unknown: tuple[FieldRef, ...] = ()

    @property
    def order(self) -> tuple[int, ...]:
        """Reading order: the record, then the positions of nested elements."""
        return self.record, *(step for step in self.path if isinstance(step, int))


class Reason(StrEnum):
    """Why a verdict is what it is, where the verdict alone does not say."""

    NONE = ""
    BEFORE = "before"
    AFTER = "after"
    ACT_DAY = "act_day"
    CONDITION = "condition"
    YIELDS = "yields"
    EXEMPT = "exempt"
    EMPTY = "empty"
    CONFLICT = "conflict"
    NOT_YET = "not_yet"
    NO_LONGER = "no_longer"
    SUBMITTED = "submitted"
    STATUS = "status"
    GROUP_KEY = "group_key"
    PROFILE = "profile"


@fast_dataclass(frozen=True, slots=True)
class Observation:
    """Rule by position in the plan, subject, verdict, and what an explanation cannot find again by itself.

    `missing` are the spots that made it UNDETERMINED. `fired` are the positions of the exceptions that are true; `by` the
    id of the rule that it yields to. `fault` says what went wrong in an ERROR. `version` is the position, among the versions of a
    rule on an act, of the one that was in force on the day of the act.
    """

    rule: int
    subject: Subject
    verdict: Verdict
    reason: Reason = Reason.NONE
    missing: tuple[FieldRef, ...] = ()
    fired: tuple[int, ...] = ()
    by: str | None = None
    fault: Both | None = None
    version: int = 0


@fast_dataclass(frozen=True, slots=True)
class CountedRun:
    """The exact counts of all verdicts by position of the rule, and the observations that can become findings."""

    counts: tuple[dict[Verdict, int], ...]
    kept: tuple[Observation, ...]


class Engine(Protocol):
    """Runs a plan over records, in the order (rule, subject)."""

    def run(self, plan: Plan, records: Sequence[Record], calendar: Calendar) -> Iterator[Observation]:
        """Every rule on every one of its subjects, exactly once."""
        ...


@runtime_checkable
class Counting(Engine, Protocol):
    """An engine that counts verdicts without making an observation of each."""

    def tell(
        self, plan: Plan, records: Sequence[Record], calendar: Calendar, progress: Callable[[int, int], None] | None = None
    ) -> CountedRun:
        """The counts of what `run` yields, and the observations that can become findings, in any order.

        `progress` is called with records done and their total.
        """
        ...
