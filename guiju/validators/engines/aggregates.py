"""The members of groups, and what rules have gathered of them so far: aggregates in parts that can be put together.

A part is [how many items are open, …]: the different items of 不同, or the sum and the number of items of all others.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from guiju.validators.engines.generated.gathered import Grouped
from guiju.validators.engines.generated.module import State
from guiju.validators.engines.generated.readers import EMPTY, fold, in_order

__all__ = ["Group", "begun", "join", "standing"]


@dataclass(frozen=True, slots=True)
class Group:
    """The members of one group and what each rule on it has gathered so far."""

    members: "array[int]" = field(default_factory=lambda: array("Q"))
    parts: dict[int, list[Any]] = field(default_factory=dict)


def begun(fn: str) -> list[Any]:
    """Nothing gathered yet."""
    return [0, set()] if fn == "distinct" else [0, 0, 0]


def join(fn: str, part: list[Any], other: list[Any]) -> None:
    """Puts another part to a part."""
    part[0] += other[0]
    if fn == "distinct":
        part[1] |= other[1]
    else:
        part[1] += other[1]
        part[2] += other[2]


def _items(fn: str, part: list[Any]) -> Iterable[Any]:
    """Items that give the same aggregate as those that were taken."""
    match fn:
        case "distinct":
            return list(part[1])
        case "sum":
            return [part[1]]
        case _:
            return [1] * part[2]


def standing(form: Grouped, part: list[Any]) -> State:
    """How the rule stands to the group."""
    if part[0]:
        return State.UNDETERMINED
    share = form.fn == "share" and part[2] > 0
    value: Any = Fraction(part[1], part[2]) if share else fold(form.fn, form.type)(list(_items(form.fn, part)))
    if value is EMPTY:
        return State.EMPTY
    found = in_order(form.bound, value) if form.swapped else in_order(value, form.bound)
    holds = {"=": found == 0, "≠": found != 0, "<": found < 0, "≤": found <= 0, ">": found > 0, "≥": found >= 0}[form.op]
    return State.PASS if holds else State.FAIL
