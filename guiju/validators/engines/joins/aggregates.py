"""Aggregates of groups in the four functions that every aggregate API has: init, update, merge, finalize.

A state is [number of unknown items, …]: the distinct items of 种数, or the sum and the count of items of all others.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import field
from fractions import Fraction
from typing import Any

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.validators.engines.joins.specs import GroupSizeSpec, GroupSpec
from guiju.validators.engines.state import State
from guiju.validators.engines.values import EMPTY, OPEN, SKIP, fold, in_order

__all__ = ["Group", "GroupKey", "finalize", "init", "merge", "update"]

GroupKey = tuple[Any, ...]


@fast_dataclass(frozen=True, slots=True)
class Group:
    """One group: its members, and the state of each aggregate over it."""

    members: "array[int]" = field(default_factory=lambda: array("Q"))
    parts: dict[int, list[Any]] = field(default_factory=dict)

    def __reduce__(self) -> Any:
        return Group, (self.members, self.parts)


def init(fn: str) -> list[Any]:
    """The empty state."""
    return [0, set()] if fn == "distinct" else [0, 0, 0]


def update(groups: dict[GroupKey | None, Group], form: GroupSpec, column: list[Any], start: int, *, first: bool) -> None:
    """Adds a batch: a key and an item of each record. Records become members only where they come `first`."""
    if first:
        joins = _Joins(groups)
        for number, come in enumerate(map(joins.__getitem__, [key for key, _ in column]), start):
            come(number)
    # Few things are brought, each by many records.
    for (key, item), times in Counter(column).items():
        parts = groups[key].parts
        part = parts.get(form.rule)
        if part is None:
            part = parts[form.rule] = init(form.fn)
        if item is SKIP:
            continue
        if item is OPEN:
            part[0] += times
        elif form.fn == "distinct":
            part[1].add(item)
        else:
            part[1] += item * times
            part[2] += times


class _Joins(dict[GroupKey | None, Callable[[int], None]]):
    """For each key the function that adds a record to its group. A group is made when its first record comes."""

    def __init__(self, groups: dict[GroupKey | None, Group]) -> None:
        super().__init__()
        self._groups = groups

    def __missing__(self, key: GroupKey | None) -> Callable[[int], None]:
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group()
        found = self[key] = group.members.append
        return found


def merge(fn: str, part: list[Any], other: list[Any]) -> None:
    """Adds another state to a state."""
    part[0] += other[0]
    if fn == "distinct":
        part[1] |= other[1]
    else:
        part[1] += other[1]
        part[2] += other[2]


def _items(fn: str, part: list[Any]) -> Iterable[Any]:
    """Items that give the same aggregate as those that were added."""
    match fn:
        case "distinct":
            return list(part[1])
        case "sum":
            return [part[1]]
        case _:
            return [1] * part[2]


def finalize(form: GroupSpec | GroupSizeSpec, part: list[Any]) -> State:
    """The state of the rule on the group."""
    if part[0]:
        return State.UNDETERMINED
    if isinstance(form, GroupSizeSpec):
        value: Any = part[2]
    elif form.fn == "share" and part[2] > 0:
        value = Fraction(part[1], part[2])
    else:
        value = fold(form.fn, form.type)(list(_items(form.fn, part)))
    if value is EMPTY:
        return State.EMPTY
    found = in_order(form.bound, value) if form.swapped else in_order(value, form.bound)
    holds = {"=": found == 0, "≠": found != 0, "<": found < 0, "≤": found <= 0, ">": found > 0, "≥": found >= 0}[form.op]
    return State.PASS if holds else State.FAIL
