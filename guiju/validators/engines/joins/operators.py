"""State of the operators across records: unique, foreign key, group by, lookup join. It works on narrow keys and reads no record.

Partitions may arrive in any order; their states are merged, and the verdicts do not depend on how the input was partitioned.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.verdict import Verdict
from guiju.validators.engines.joins.aggregates import Group, GroupKey, finalize, init, update
from guiju.validators.engines.joins.aggregates import merge as merge_states
from guiju.validators.engines.joins.hash_index import HashIndex
from guiju.validators.engines.joins.lookup_join import BuildIndex, BuildTable, Item, Key, LookupJoin, Matches
from guiju.validators.engines.joins.specs import (
    BuildSpec,
    CrossRecordSpec,
    ForeignKeySpec,
    GroupSizeSpec,
    GroupSpec,
    Predicate,
    ProbeSpec,
    UniqueSpec,
)
from guiju.validators.engines.joins.spill import SpillFile
from guiju.validators.engines.state import State

__all__ = ["KEYS", "CrossRecordState", "GroupKey", "Mark", "RuleResult"]

KEYS = 4_000_000
"""So many keys are held in memory; beyond it they go to a disk."""

Mark = tuple[int, int, int, tuple[int, ...]]
"""(rule, state, record, positions): one verdict that somebody may want to see."""


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """The result of one rule: counts of verdicts, and marks of those that can become findings.

    `keys` are the keys of groups by their first members, `asks` the lookups by record and positions. `adding`: add these counts
    to those already reported.
    """

    rule: int
    counts: dict[Verdict, int]
    marks: list[Mark]
    keys: dict[int, GroupKey | None] = field(default_factory=dict)
    asks: dict[tuple[int, tuple[int, ...]], tuple[Predicate, ...]] = field(default_factory=dict)
    adding: bool = False


@fast_dataclass(frozen=True, slots=True)
class CrossRecordState:
    """The state of all operators for one run, or for a part of it."""

    columns: tuple[CrossRecordSpec, ...]
    values: dict[tuple[str, tuple[str, ...]], HashIndex] = field(default_factory=dict)
    pending: dict[int, dict[Any, list[tuple[int, tuple[int, ...]]]]] = field(default_factory=dict)
    asked: dict[int, int] = field(default_factory=dict)
    groups: dict[tuple[str, tuple[tuple[str, ...], ...]], dict[GroupKey | None, Group]] = field(default_factory=dict)
    lookups: dict[int, LookupJoin] = field(default_factory=dict)
    disks: list[SpillFile] = field(default_factory=list)
    """One, once there were too many keys for memory."""

    def __post_init__(self) -> None:
        for one in self.columns:
            match one:
                case UniqueSpec() | GroupSizeSpec():
                    self.values.setdefault((one.shape, one.path), HashIndex())
                case ForeignKeySpec():
                    self.values.setdefault((one.shape, one.path), HashIndex())
                    self.pending[one.rule], self.asked[one.rule] = {}, 0
                case GroupSpec():
                    self.groups.setdefault((one.shape, one.keys), {})
                case ProbeSpec():
                    self.lookups[one.rule] = LookupJoin(one)
                case BuildSpec():
                    pass

    def add(self, forms: tuple[CrossRecordSpec, ...], columns: tuple[list[Any], ...], start: int) -> None:
        """Adds the columns of a batch; its first record has the number `start`."""
        keyed: set[tuple[str, tuple[str, ...]]] = set()
        joined: set[tuple[str, tuple[tuple[str, ...], ...]]] = set()
        for form, column in zip(forms, columns, strict=True):
            match form:
                case UniqueSpec() | GroupSizeSpec():
                    if (form.shape, form.path) not in keyed:
                        keyed.add((form.shape, form.path))
                        self.values[form.shape, form.path].add(column, start)
                case GroupSpec():
                    update(self.groups[form.shape, form.keys], form, column, start, first=(form.shape, form.keys) not in joined)
                    joined.add((form.shape, form.keys))
                case BuildSpec() if form.rule in self.lookups:
                    self.lookups[form.rule].add_records(column)
                case ForeignKeySpec() | ProbeSpec() | BuildSpec():
                    pass
        # Values first: most references are to records that have come already.
        for form, column in zip(forms, columns, strict=True):
            if isinstance(form, ProbeSpec) and form.rule in self.lookups:  # else one half of the rule could not be stated
                self.lookups[form.rule].add_probes(column, self.values[form.shape, form.path].first if form.keyed else ())
            if isinstance(form, ForeignKeySpec):
                known, pending = self.values[form.shape, form.path].first, self.pending[form.rule]
                self.asked[form.rule] += len(column)
                for value, number, way in column:
                    if value not in known:
                        pending.setdefault(value, []).append((number, way))

    def merge(self, other: "CrossRecordState", offset: int) -> None:
        """Adds the state of the next partition, whose records are counted from `offset` on."""
        for key, values in other.values.items():
            self.values[key].merge(values, offset)
        for form in self.columns:
            if isinstance(form, ForeignKeySpec):
                self.asked[form.rule] += other.asked[form.rule]
                known, mine = self.values[form.shape, form.path].first, self.pending[form.rule]
                for value, places in other.pending[form.rule].items():
                    if value not in known:
                        mine.setdefault(value, []).extend((number + offset, way) for number, way in places)
        fns = {one.rule: one.fn for one in self.columns if isinstance(one, GroupSpec)}
        for name, groups in other.groups.items():
            for named, group in groups.items():
                own = self.groups[name].setdefault(named, Group())
                own.members.extend(map(offset.__add__, group.members))
                for rule, part in group.parts.items():
                    merge_states(fns[rule], own.parts.setdefault(rule, init(fns[rule])), part)
        for rule, join in other.lookups.items():
            self.lookups[rule].merge(join, offset.__add__)

    @property
    def key_count(self) -> int:
        """The number of keys in memory."""
        values = sum(len(one.first) + sum(map(len, one.again.values())) for one in self.values.values())
        waiting = sum(len(places) for one in self.pending.values() for places in one.values())
        joined = sum(one.key_count for one in self.lookups.values())
        return values + waiting + joined + sum(len(group.members) for groups in self.groups.values() for group in groups.values())

    def keep_within(self, keys: int) -> None:
        """Spills all keys to disk where there are more than that in memory. Raises NoSpillFile where that is not possible."""
        if self.key_count > keys:
            self._spill()

    def _spill(self) -> None:
        if not self.disks:
            self.disks.append(SpillFile())
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
        for rule, join in self.lookups.items():
            disk.add_probes(rule, join.places(), keyed=join.form.keyed)
            disk.add_records(rule, join.build.complete)
            join.clear()

    def close(self) -> None:
        """Deletes the spill file."""
        while self.disks:
            self.disks.pop().close()

    # ---- verdicts ---------------------------------------------------------------------------------------------------------------

    def finish(self, shapes: Mapping[str, int]) -> Iterator[RuleResult]:
        """The result of each rule. `shapes` counts the records of each shape."""
        if self.disks:
            self._spill()
        for form in self.columns:
            match form:
                case UniqueSpec() if form.rule >= 0:
                    yield self._unique(form)
                case ForeignKeySpec():
                    yield self._references(form)
                case GroupSpec():
                    yield self.aggregates(form)
                case GroupSizeSpec():
                    yield self._sizes(form)
                case ProbeSpec():
                    yield self._sought(form, empty=not shapes.get(form.shape))
                case _:
                    pass

    def _unique(self, form: UniqueSpec) -> RuleResult:
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
        return RuleResult(rule=form.rule, counts=_counts(total, marks), marks=marks)

    def _name(self, form: CrossRecordSpec) -> int:
        """The number of a field, or of a grouping, in the spill file."""
        match form:
            case GroupSpec():
                return list(self.groups).index((form.shape, form.keys))
            case UniqueSpec() | ForeignKeySpec() | GroupSizeSpec() | ProbeSpec():
                return list(self.values).index((form.shape, form.path))
            case BuildSpec():
                raise TypeError(form)

    def _references(self, form: ForeignKeySpec) -> RuleResult:
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
        return RuleResult(rule=form.rule, counts=_counts(self.asked[form.rule], marks), marks=marks)

    def aggregates(self, form: GroupSpec) -> RuleResult:
        """The result of a rule on groups."""
        found = self._gathered(form)
        states = ((State.UNDETERMINED if key is None else finalize(form, part), first, key) for key, first, part in found)
        return _of_groups(form, states, {})

    def _gathered(self, form: GroupSpec) -> Iterator[tuple[GroupKey | None, int, list[Any]]]:
        """Each group with its first member and the state of its aggregate."""
        for key, group in self.groups[form.shape, form.keys].items():
            yield key, group.members[0], group.parts[form.rule]
        for disk in self.disks:
            for key, first, parts in disk.gathered(self._name(form), form.rule):
                whole = init(form.fn)
                for part in parts:
                    merge_states(form.fn, whole, part)
                yield key, first, whole

    def _sizes(self, form: GroupSizeSpec) -> RuleResult:
        values = self.values[form.shape, form.path]
        single = finalize(form, [0, 1, 1])
        total = len(values.first)
        for disk in self.disks:
            total = disk.count_different(self._name(form))
            more = disk.again(self._name(form)) if single is State.PASS else disk.all_of(self._name(form))
            for value, (first, *numbers) in more:
                values.first[value] = first
                if numbers:
                    values.again[value] = numbers
        listed = values.again if single is State.PASS else values.first
        sizes = ((value, 1 + len(values.again.get(value, ()))) for value in listed)
        groups: list[tuple[State, int, GroupKey | None]] = [
            (finalize(form, [0, size, size]), values.first[value], form.whole(value)) for value, size in sizes
        ]
        if values.unknown:
            groups.append((State.UNDETERMINED, values.unknown[0], None))
        return _of_groups(form, groups, {Verdict.PASS: total - len(values.again)} if single is State.PASS else {})

    def _sought(self, form: ProbeSpec, *, empty: bool) -> RuleResult:
        join = self.lookups[form.rule]
        index: BuildIndex = self.values[form.shape, form.path] if form.keyed else join.build
        found = join.judged(index, empty=empty)
        for disk in self.disks:
            found = disk.judged(join, index, self._name(form) if form.keyed else None, empty=empty)
        counts: dict[Verdict, int] = {}
        for state, number in join.counted_only.items():
            counts[State(state).verdict] = counts.get(State(state).verdict, 0) + number
        marks: list[Mark] = []
        asks: dict[tuple[int, tuple[int, ...]], tuple[Predicate, ...]] = {}
        for state, probe_key, places in found:
            all_places = list(places)
            verdict = State(state).verdict
            counts[verdict] = counts.get(verdict, 0) + len(all_places)
            if verdict in (Verdict.FAIL, Verdict.UNDETERMINED):
                marks += [(form.rule, state, *place) for place in all_places]
                asks |= dict.fromkeys(all_places, probe_key[1])
        return RuleResult(rule=form.rule, counts=counts, marks=marks, asks=asks, adding=True)

    def found(self, form: ProbeSpec, key: Key, own: Item) -> Matches:
        """The records that satisfy a lookup under this key, and those that may."""
        if None in key:
            return Matches(())
        if form.keyed:
            values = self.values[form.shape, form.path]
            true = self._having(form, key[0]) if own[0] == 2 else []
            some = self._having(form, key[0]) if own[0] == 1 else []
            return Matches(true, sorted([*some, *(values.unknown if own[0] else ())]))
        build = self.lookups[form.rule].build
        for disk in self.disks:
            build = BuildTable(with_nulls=build.with_nulls, null_masks=build.null_masks)
            for item, number in disk.build_rows(form.rule, key):
                build.add(key, item, (number,))
        return build.found(form.operators, key, own)

    def nameless(self, form: ForeignKeySpec) -> Sequence[int]:
        """The records of the shape whose own key is unknown."""
        return self.values[form.shape, form.path].unknown

    def _having(self, form: ProbeSpec | GroupSizeSpec, value: Any) -> list[int]:
        for disk in self.disks:
            return disk.having(self._name(form), value)
        return self.values[form.shape, form.path].having(value)

    def twins(self, form: UniqueSpec, value: Any, most: int) -> tuple[list[int], int]:
        """The first records that have this value, at most so many, and how many have it."""
        values = self.values[form.shape, form.path]
        if value not in values.first:
            return [], 0
        later = values.again.get(value, [])
        return [values.first[value], *later[: most - 1]], 1 + len(later)

    def twins_of(self, numbers: set[int], most: int) -> set[int]:
        """For records that share a value with one of these: the first record of each value, at most so many."""
        found: set[int] = set()
        for values in self.values.values():
            for value, later in values.again.items():
                if values.first[value] in numbers or not numbers.isdisjoint(later):
                    found.update((values.first[value], *later[: most - 1]))
        return found

    def members(self, form: GroupSpec | GroupSizeSpec, key: GroupKey | None) -> tuple[int, ...]:
        """The members of a group."""
        if isinstance(form, GroupSizeSpec):
            values = self.values[form.shape, form.path]
            return tuple(values.unknown if key is None else self._having(form, key[0] if len(form.keys) == 1 else key))
        for disk in self.disks:
            return disk.members(self._name(form), key)
        return tuple(self.groups[form.shape, form.keys][key].members)


def _of_groups(
    form: GroupSpec | GroupSizeSpec, groups: Iterable[tuple[State, int, GroupKey | None]], counts: dict[Verdict, int]
) -> RuleResult:
    """The result of a rule on groups, each given by its state, its first member and its key. `counts` are those of other groups."""
    marks: list[Mark] = []
    keys: dict[int, GroupKey | None] = {}
    for state, first, key in groups:
        counts[state.verdict] = counts.get(state.verdict, 0) + 1
        if state in (State.FAIL, State.UNDETERMINED):
            marks.append((form.rule, int(state), first, ()))
            keys[first] = key
    return RuleResult(rule=form.rule, counts=counts, marks=marks, keys=keys)


def _counts(total: int, marks: list[Mark]) -> dict[Verdict, int]:
    failed = sum(1 for mark in marks if mark[1] == State.FAIL)
    return {Verdict.PASS: total - len(marks), Verdict.FAIL: failed, Verdict.UNDETERMINED: len(marks) - failed}
