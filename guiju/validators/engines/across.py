"""Judges what lies beyond one record from narrow keys: unique values, references that must be found, aggregates of groups.

Keys come in any number of parts, in any order of arrival; parts are merged, and the verdicts do not depend on how it was
parted. It reads no record.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from guiju.terms.verdict import Verdict
from guiju.validators.engines.generated.crossing import Grouped, Keyed, Referred, Wide
from guiju.validators.engines.generated.from_plan import State
from guiju.validators.engines.generated.readers import EMPTY, OPEN, SKIP, fold, in_order
from guiju.validators.engines.spilled import Disk

__all__ = ["KEYS", "Across", "GroupKey", "Mark"]

KEYS = 4_000_000
"""So many keys are held in memory; beyond it they go to a disk."""

Mark = tuple[int, int, int, tuple[int, ...]]
"""(rule, state, record, positions): one verdict that somebody may want to see."""
GroupKey = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Values:
    """The known values of one field: the first record of each, the later ones of those that come again, and the unknown."""

    first: dict[Any, int] = field(default_factory=dict)
    again: dict[Any, list[int]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many records there were."""
        return len(self.first) + len(self.unknown) + sum(map(len, self.again.values()))

    def add(self, values: list[Any], start: int) -> None:
        """One value for each record from `start` on."""
        if None in values:
            self.unknown.extend([start + at for at, value in enumerate(values) if value is None])
        part = dict(zip(values, range(start, start + len(values)), strict=True))
        part.pop(None, None)
        if len(part) == len(values) and self.first.keys().isdisjoint(part):
            self.first.update(part)
            return
        for at, value in enumerate(values):
            if value is not None:
                self._one(value, start + at)

    def _one(self, value: Any, number: int) -> None:
        known = self.first.setdefault(value, number)
        if known is not number and known != number:
            self.again.setdefault(value, []).append(number)

    def merge(self, other: "_Values", offset: int) -> None:
        """What a later part has found; its records are counted from `offset` on."""
        self.unknown.extend(number + offset for number in other.unknown)
        for value in self.first.keys() & other.first.keys():
            numbers = [other.first.pop(value), *other.again.pop(value, ())]
            self.again.setdefault(value, []).extend(number + offset for number in numbers)
        for value, numbers in other.again.items():
            self.again[value] = [number + offset for number in numbers]
        if offset:
            self.first.update(zip(other.first, map(offset.__add__, other.first.values()), strict=True))
        else:
            self.first.update(other.first)


@dataclass(frozen=True, slots=True)
class _Group:
    """The members of one group and what each rule on it has gathered so far."""

    members: "array[int]" = field(default_factory=lambda: array("Q"))
    parts: dict[int, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Across:
    """What has been gathered of one run, or of a part of it."""

    columns: tuple[Wide, ...]
    values: dict[tuple[str, tuple[str, ...]], _Values] = field(default_factory=dict)
    pending: dict[int, dict[Any, list[tuple[int, tuple[int, ...]]]]] = field(default_factory=dict)
    asked: dict[int, int] = field(default_factory=dict)
    groups: dict[tuple[str, tuple[tuple[str, ...], ...]], dict[GroupKey | None, _Group]] = field(default_factory=dict)
    disks: list[Disk] = field(default_factory=list)
    """One, once there were too many keys for memory."""

    def __post_init__(self) -> None:
        for one in self.columns:
            match one:
                case Keyed():
                    self.values.setdefault((one.shape, one.path), _Values())
                case Referred():
                    self.values.setdefault((one.shape, one.path), _Values())
                    self.pending[one.rule], self.asked[one.rule] = {}, 0
                case Grouped():
                    self.groups.setdefault((one.shape, one.keys), {})

    def add(self, forms: tuple[Wide, ...], columns: tuple[list[Any], ...], start: int) -> None:
        """What a batch of records has gathered; its first record has the number `start`."""
        keyed: set[tuple[str, tuple[str, ...]]] = set()
        joined: set[tuple[str, tuple[tuple[str, ...], ...]]] = set()
        for form, column in zip(forms, columns, strict=True):
            match form:
                case Keyed():
                    if (form.shape, form.path) not in keyed:
                        keyed.add((form.shape, form.path))
                        self.values[form.shape, form.path].add(column, start)
                case Grouped():
                    self._group(form, column, start, first=(form.shape, form.keys) not in joined)
                    joined.add((form.shape, form.keys))
                case Referred():
                    pass
        # Values first: most references are to records that have come already.
        for form, column in zip(forms, columns, strict=True):
            if isinstance(form, Referred):
                known, pending = self.values[form.shape, form.path].first, self.pending[form.rule]
                self.asked[form.rule] += len(column)
                for value, number, way in column:
                    if value not in known:
                        pending.setdefault(value, []).append((number, way))

    def _group(self, form: Grouped, column: list[Any], start: int, *, first: bool) -> None:
        groups, rule, distinct = self.groups[form.shape, form.keys], form.rule, form.fn == "distinct"
        for at, (key, item) in enumerate(column, start):
            group = groups.get(key)
            if group is None:
                group = groups[key] = _Group()
            if first:
                group.members.append(at)
            part = group.parts.get(rule)
            if part is None:
                part = group.parts[rule] = _start(form.fn)
            if item is SKIP:
                continue
            if item is OPEN:
                part[0] += 1
            elif distinct:
                part[1].add(item)
            else:
                part[1] += item
                part[2] += 1

    def merge(self, other: "Across", offset: int) -> None:
        """What the part after this one has gathered; its records are counted from `offset` on."""
        for key, values in other.values.items():
            self.values[key].merge(values, offset)
        for form in self.columns:
            if isinstance(form, Referred):
                self.asked[form.rule] += other.asked[form.rule]
                known, mine = self.values[form.shape, form.path].first, self.pending[form.rule]
                for value, places in other.pending[form.rule].items():
                    if value not in known:
                        mine.setdefault(value, []).extend((number + offset, way) for number, way in places)
        for name, groups in other.groups.items():
            for named, group in groups.items():
                own = self.groups[name].setdefault(named, _Group())
                own.members.extend(number + offset for number in group.members)
                for rule, part in group.parts.items():
                    _join(self._fn(rule), own.parts.setdefault(rule, _start(self._fn(rule))), part)

    @property
    def held(self) -> int:
        """How many keys are in memory."""
        values = sum(len(one.first) + sum(map(len, one.again.values())) for one in self.values.values())
        waiting = sum(len(places) for one in self.pending.values() for places in one.values())
        return values + waiting + sum(len(group.members) for groups in self.groups.values() for group in groups.values())

    def keep_within(self, keys: int) -> None:
        """All keys go to a disk where there are more than that in memory. NoDisk where they cannot."""
        if self.held > keys:
            self._spill()

    def _spill(self) -> None:
        if not self.disks:
            self.disks.append(Disk())
        (disk,) = self.disks
        for name, values in enumerate(self.values.values()):
            disk.add_values(name, values.first.items())
            disk.add_values(name, ((value, number) for value, numbers in values.again.items() for number in numbers))
            values.first.clear()
            values.again.clear()
        for rule, waiting in self.pending.items():
            disk.add_references(rule, ((value, *place) for value, places in waiting.items() for place in places))
            waiting.clear()
        for name, groups in enumerate(self.groups.values()):
            disk.add_members(name, ((key, number) for key, group in groups.items() for number in group.members))
            disk.add_parts(name, ((rule, key, part) for key, group in groups.items() for rule, part in group.parts.items()))
            groups.clear()

    def close(self) -> None:
        """What is on a disk goes."""
        while self.disks:
            self.disks.pop().close()

    def _fn(self, rule: int) -> str:
        return next(one.fn for one in self.columns if isinstance(one, Grouped) and one.rule == rule)

    # ---- verdicts ---------------------------------------------------------------------------------------------------------------

    def finish(self) -> Iterator[tuple[int, dict[Verdict, int], list[Mark], dict[int, GroupKey | None]]]:
        """For each rule its counts, what somebody may want to see, and the keys of groups by their first members."""
        if self.disks:
            self._spill()
        for form in self.columns:
            match form:
                case Keyed() if form.rule >= 0:
                    yield form.rule, *self._unique(form), {}
                case Referred():
                    yield form.rule, *self._references(form), {}
                case Grouped():
                    yield form.rule, *self._aggregates(form)
                case _:
                    pass

    def _unique(self, form: Keyed) -> tuple[dict[Verdict, int], list[Mark]]:
        values = self.values[form.shape, form.path]
        marks: list[Mark] = [(form.rule, int(State.UNDETERMINED), number, ()) for number in values.unknown]
        total = values.count
        for disk in self.disks:
            name = self._name(form)
            total = len(values.unknown) + disk.count_values(name)
            for value, (first, *numbers) in disk.again(name):
                values.first[value], values.again[value] = first, numbers
        for value, numbers in values.again.items():
            marks += [(form.rule, int(State.FAIL), number, ()) for number in (values.first[value], *numbers)]
        return _counts(total, marks), marks

    def _name(self, form: Wide) -> int:
        """The number by which a field, or a way of grouping, is known on a disk."""
        match form:
            case Grouped():
                return list(self.groups).index((form.shape, form.keys))
            case _:
                return list(self.values).index((form.shape, form.path))

    def _references(self, form: Referred) -> tuple[dict[Verdict, int], list[Mark]]:
        values = self.values[form.shape, form.path]
        # A record whose own key is unknown may be the one that is meant.
        lost = State.UNDETERMINED if values.unknown else State.FAIL
        marks: list[Mark] = []
        for disk in self.disks:
            name = self._name(form)
            some = State.UNDETERMINED if values.unknown or disk.count_values(name) else State.FAIL
            marks += [(form.rule, int(some), *place) for place in disk.unknown(form.rule)]
            marks += [(form.rule, int(lost), *place) for place in disk.lost(form.rule, name)]
        for value, places in self.pending[form.rule].items():
            if value is None:
                state = State.UNDETERMINED if values.count else State.FAIL
                marks += [(form.rule, int(state), *place) for place in places]
            elif value not in values.first:
                marks += [(form.rule, int(lost), *place) for place in places]
        return _counts(self.asked[form.rule], marks), marks

    def _aggregates(self, form: Grouped) -> tuple[dict[Verdict, int], list[Mark], dict[int, GroupKey | None]]:
        marks: list[Mark] = []
        keys: dict[int, GroupKey | None] = {}
        counts: dict[Verdict, int] = {}
        for key, first, part in self._gathered(form):
            state = State.UNDETERMINED if key is None else _state(form, part)
            counts[state.verdict] = counts.get(state.verdict, 0) + 1
            if state in (State.FAIL, State.UNDETERMINED):
                marks.append((form.rule, int(state), first, ()))
                keys[first] = key
        return counts, marks, keys

    def _gathered(self, form: Grouped) -> Iterator[tuple[GroupKey | None, int, list[Any]]]:
        """Each group with its first member and what the rule has gathered of it."""
        for key, group in self.groups[form.shape, form.keys].items():
            yield key, group.members[0], group.parts[form.rule]
        for disk in self.disks:
            for key, first, parts in disk.gathered(self._name(form), form.rule):
                whole = _start(form.fn)
                for part in parts:
                    _join(form.fn, whole, part)
                yield key, first, whole

    def twins(self, form: Keyed, number: int, value: Any) -> list[int]:
        """All records that have this value."""
        values = self.values[form.shape, form.path]
        return [values.first[value], *values.again.get(value, ())] if value in values.first else [number]

    def twins_of(self, numbers: set[int]) -> set[int]:
        """All records that have a value in common with one of these."""
        found: set[int] = set()
        for values in self.values.values():
            for value, later in values.again.items():
                alike = (values.first[value], *later)
                if not numbers.isdisjoint(alike):
                    found.update(alike)
        return found

    def members(self, form: Grouped, key: GroupKey | None) -> tuple[int, ...]:
        """The members of a group."""
        for disk in self.disks:
            return disk.members(self._name(form), key)
        return tuple(self.groups[form.shape, form.keys][key].members)


def _counts(total: int, marks: list[Mark]) -> dict[Verdict, int]:
    failed = sum(1 for mark in marks if mark[1] == State.FAIL)
    return {Verdict.PASS: total - len(marks), Verdict.FAIL: failed, Verdict.UNDETERMINED: len(marks) - failed}


# ---- aggregates in parts: [number of open items, …] -----------------------------------------------------------------------------------


def _start(fn: str) -> list[Any]:
    return [0, set()] if fn == "distinct" else [0, 0, 0]


def _join(fn: str, part: list[Any], other: list[Any]) -> None:
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


def _state(form: Grouped, part: list[Any]) -> State:
    if part[0]:
        return State.UNDETERMINED
    share = form.fn == "share" and part[2] > 0
    value: Any = Fraction(part[1], part[2]) if share else fold(form.fn, form.type)(list(_items(form.fn, part)))
    if value is EMPTY:
        return State.EMPTY
    found = in_order(form.bound, value) if form.swapped else in_order(value, form.bound)
    holds = {"=": found == 0, "≠": found != 0, "<": found < 0, "≤": found <= 0, ">": found > 0, "≥": found >= 0}[form.op]
    return State.PASS if holds else State.FAIL
