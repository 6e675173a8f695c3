"""Semi and anti joins: the probe side, the build side, and the result for each probe key.

Equal probes are kept together, and so are equal records of the build side; each pair is tested once. A long text is only compared
for equality, so a digest stands for it.
"""

from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import field
from hashlib import blake2b
from typing import Any, Protocol, TypeAlias

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.verdict import Verdict
from guiju.validators.engines.interpreter.folds import truth_of_counts
from guiju.validators.engines.joins.specs import Predicate, ProbeKey, ProbeSpec
from guiju.validators.engines.state import State
from guiju.validators.engines.values import in_order

__all__ = ["BuildIndex", "BuildTable", "Item", "Key", "LookupJoin", "Matches", "Place", "probe", "verdict_state"]

Key: TypeAlias = tuple[Any, ...]
Item: TypeAlias = tuple[Any, ...]
"""(code, value, …): what a record answers."""
Place: TypeAlias = tuple[int, tuple[int, ...]]

_LONG = 32
_DIGEST = 16
# A number in an array takes 8 bytes, a key some 125.
_NUMBERS_A_KEY = 16


@fast_dataclass(frozen=True, slots=True)
class Matches:
    """What one lookup finds, by row ids in reading order: records that satisfy it, and records for which that is unknown."""

    true: Sequence[int]
    open: Sequence[int] = ()


class BuildIndex(Protocol):
    """The build side as a lookup sees it."""

    def items(self, key: Key) -> Iterable[Item]:
        """The items under this key."""
        ...

    def doubtful(self, key: Key) -> Iterable[Item]:
        """The items that may have this key, because part of theirs is unknown."""
        ...


@fast_dataclass(frozen=True, slots=True)
class BuildTable:
    """The build side: records by key and by the values that residual predicates read. `complete` has whole keys, `with_nulls` keys
    with unknown parts.
    """

    complete: "dict[Key, dict[Item, array[int]]]" = field(default_factory=dict)
    with_nulls: "dict[Key, dict[Item, array[int]]]" = field(default_factory=dict)
    null_masks: set[tuple[bool, ...]] = field(default_factory=set)
    """Which parts of such keys are unknown: a few combinations, however many records there are."""

    def add(self, key: Key, item: Item, numbers: Iterable[int]) -> None:
        """Adds records with this key and these values."""
        side = self.complete
        if None in key:
            side = self.with_nulls
            self.null_masks.add(tuple(part is None for part in key))
        items = side.setdefault(key, {})
        held = items.get(item)
        if held is None:
            held = items[item] = array("Q")
        held.extend(numbers)

    @property
    def key_count(self) -> int:
        """The number of keys, weighted by the records that each holds."""
        return sum(1 + len(one) // _NUMBERS_A_KEY for items in self.complete.values() for one in items.values())

    def items(self, key: Key) -> Iterable[Item]:
        """The items under this key."""
        return self.complete.get(key, ())

    def doubtful(self, key: Key) -> Iterable[Item]:
        """The items that may have this key, because part of theirs is unknown."""
        return (item for items in self._may_be(key) for item in items)

    def _may_be(self, key: Key) -> "Iterator[dict[Item, array[int]]]":
        for mask in self.null_masks:
            yield self.with_nulls.get(tuple(None if gone else part for gone, part in zip(mask, key, strict=True)), {})

    def found(self, operators: tuple[str, ...], key: Key, own: Item) -> Matches:
        """All records that satisfy the lookup, or may."""
        true: list[int] = []
        some: list[int] = []
        for items, sure in ((self.complete.get(key, {}), True), *((one, False) for one in self._may_be(key))):
            for item, numbers in items.items():
                code = match_residuals(operators, own, item)
                if code:
                    (true if code == 2 and sure else some).extend(numbers)
        return Matches(array("Q", sorted(true)), array("Q", sorted(some)))


@fast_dataclass(frozen=True, slots=True)
class LookupJoin:
    """The join of one rule: its probes with their subjects, and the build side."""

    form: ProbeSpec
    probes: "dict[ProbeKey, array[int]]" = field(default_factory=dict)
    """Of subjects that are records."""
    elements: dict[ProbeKey, list[Place]] = field(default_factory=dict)
    build: BuildTable = field(default_factory=BuildTable)
    counted_only: dict[int, int] = field(default_factory=dict)
    """How many subjects there are that nobody wants to see, by their state: what they look for has come already."""

    def add_probes(self, column: Iterable[tuple[ProbeKey, int, tuple[int, ...]]], known: Container[Any] = ()) -> None:
        """Adds the probes of a batch of subjects. Where only a key is asked, `known` are the keys seen so far."""
        for probe_key, number, way in column:
            if not self.form.keyed:
                self._add(_narrowed(probe_key, self.form.operators), number, way)
            elif (state := self._counted_only_state(probe_key, known)) is not None:
                self.counted_only[state] = self.counted_only.get(state, 0) + 1
            else:
                self._add(probe_key, number, way)

    def _counted_only_state(self, probe_key: ProbeKey, known: Container[Any]) -> int | None:
        """The state of the rule where every key was seen and the verdict needs no finding."""
        if not all(own[0] == 2 and key[0] in known for key, own, _ in probe_key[1]):
            return None
        state = verdict_state(self.form, probe_key, [0 if self.form.negated else 2] * len(probe_key[1]))
        return None if State(state).verdict in (Verdict.FAIL, Verdict.UNDETERMINED) else state

    def _add(self, probe_key: ProbeKey, number: int, way: tuple[int, ...]) -> None:
        if way:
            self.elements.setdefault(probe_key, []).append((number, way))
            return
        held = self.probes.get(probe_key)
        if held is None:
            held = self.probes[probe_key] = array("Q")
        held.append(number)

    def add_records(self, column: Iterable[tuple[int, int, Key, tuple[Any, ...]]], start: int = 0) -> None:
        """Adds a batch of records to the build side."""
        for number, code, key, values in column:
            item = (code, *map(_comparable, self.form.operators, values))
            self.build.add(tuple(map(_hash_long_text, key)), item, (number + start,))

    def merge(self, other: "LookupJoin", number: Callable[[int], int]) -> None:
        """Adds the join of another partition; `number` gives the row id in the whole run."""
        for state, count in other.counted_only.items():
            self.counted_only[state] = self.counted_only.get(state, 0) + count
        for probe_key, numbers in other.probes.items():
            self.probes.setdefault(probe_key, array("Q")).extend(map(number, numbers))
        for probe_key, places in other.elements.items():
            self.elements.setdefault(probe_key, []).extend((number(one), way) for one, way in places)
        for side in (other.build.complete, other.build.with_nulls):
            for key, items in side.items():
                for item, numbers in items.items():
                    self.build.add(key, item, map(number, numbers))

    @property
    def key_count(self) -> int:
        """The number of keys in memory."""
        subjects = sum(1 + len(one) // _NUMBERS_A_KEY for one in self.probes.values())
        return self.build.key_count + subjects + sum(map(len, self.elements.values()))

    def places(self) -> Iterator[tuple[ProbeKey, Iterable[Place]]]:
        """All probes with their subjects."""
        for probe_key, numbers in self.probes.items():
            yield probe_key, ((number, ()) for number in numbers)
        yield from self.elements.items()

    def judged(self, index: BuildIndex, *, empty: bool) -> Iterator[tuple[int, ProbeKey, Iterable[Place]]]:
        """The state of the rule for each probe key, with its subjects. `empty`: the shape has no records."""
        known: dict[tuple[Key, Item], int] = {}
        for probe_key, places in self.places():
            answers = []
            for key, own, _ in probe_key[1]:
                if (key, own) not in known:
                    known[key, own] = probe(self.form, key, own, index, empty=empty)
                answers.append(known[key, own])
            yield verdict_state(self.form, probe_key, answers), probe_key, places

    def clear(self) -> None:
        """Drops what was spilled. Records with unknown parts in their keys stay in memory."""
        self.probes.clear()
        self.elements.clear()
        self.build.complete.clear()


# ---- what a look comes to ---------------------------------------------------------------------------------------------------------


def probe(form: ProbeSpec, key: Key, own: Item, index: BuildIndex, *, empty: bool) -> int:
    """Whether there is such a record: 0 no, 1 unknown, 2 yes. `empty`: the shape has no records."""
    found = 0 if empty else 1 if None in key else _there_is(form.operators, own, index.items(key), index.doubtful(key))
    return 2 - found if form.negated else found


def _there_is(operators: tuple[str, ...], own: Item, items: Iterable[Item], doubtful: Iterable[Item]) -> int:
    best = 0
    for item in items if own[0] else ():
        code = match_residuals(operators, own, item)
        if code == 2:
            return 2
        best = max(best, code)
    return best or int(any(match_residuals(operators, own, item) for item in doubtful))


def match_residuals(operators: tuple[str, ...], own: Item, item: Item) -> int:
    """Whether a record satisfies the residual predicates: 0 no, 1 unknown, 2 yes."""
    least: int = min(own[0], item[0])
    for op, mine, theirs in zip(operators, own[1:], item[1:], strict=True):
        if least == 0:
            return 0
        least = min(least, 1 if mine is None or theirs is None else 2 if _holds(op, theirs, mine) else 0)
    return least


def _holds(op: str, left: Any, right: Any) -> bool:
    match op:
        case "=":
            return bool(left == right)
        case "≠":
            return bool(left != right)
    order = in_order(left, right)
    return order < 0 if op == "<" else order <= 0 if op == "≤" else order > 0 if op == ">" else order >= 0


def verdict_state(form: ProbeSpec, probe_key: ProbeKey, answers: Iterable[int]) -> int:
    """The state of the rule for a probe key, given the answers of its lookups in order."""
    states, asks, (true, false, unknown, gap) = probe_key
    if not asks:
        return states[0]
    for (_, _, codes), found in zip(asks, answers, strict=True):
        code = codes[found]
        true, false, unknown = true + (code == 2), false + (code == 0), unknown + (code == 1)
    return states[truth_of_counts(form.kind, form.count, true, false, unknown, gap=gap)]


# ---- long texts -------------------------------------------------------------------------------------------------------------------


def _hash_long_text(value: Any) -> Any:
    if value.__class__ is str and len(value) > _LONG:
        return blake2b(value.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()
    return value


def _comparable(op: str, value: Any) -> Any:
    """The value as it is compared: ordered texts stay, long ones become digests."""
    return _hash_long_text(value) if op in ("=", "≠") else value


def _narrowed(probe_key: ProbeKey, operators: tuple[str, ...]) -> ProbeKey:
    states, asks, base = probe_key
    narrow: list[Predicate] = []
    for key, own, codes in asks:
        narrow.append((tuple(map(_hash_long_text, key)), (own[0], *map(_comparable, operators, own[1:])), codes))
    return states, tuple(narrow), base
