"""Judges rules whose subjects look for records: who looks, what stands on the shelf, and what each look comes to.

Seekers that ask the same are kept together, and so are records that answer the same; each pair is held against each other
once. Long texts are only ever compared, so a digest stands for them.
"""

from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import field
from hashlib import blake2b
from typing import Any, Protocol, TypeAlias

from guiju.terms.value import dataclass
from guiju.terms.verdict import Verdict
from guiju.validators.engines.generated.gathered import Ask, Seeker, Sought
from guiju.validators.engines.generated.module import State
from guiju.validators.engines.generated.readers import in_order
from guiju.validators.engines.interpreter.gathering import truth_of_counts

__all__ = ["Found", "Index", "Item", "Key", "Looks", "Place", "Shelf", "answer", "state_of"]

Key: TypeAlias = tuple[Any, ...]
Item: TypeAlias = tuple[Any, ...]
"""(code, value, …): what a record answers."""
Place: TypeAlias = tuple[int, tuple[int, ...]]

_LONG = 32
_DIGEST = 16
# A number in an array takes 8 bytes, a key some 125.
_NUMBERS_A_KEY = 16


@dataclass(frozen=True, slots=True)
class Found:
    """What one look finds, by numbers in reading order: records that satisfy it, and those of which that is open."""

    true: Sequence[int]
    open: Sequence[int] = ()


class Index(Protocol):
    """Where looks are answered."""

    def items(self, key: Key) -> Iterable[Item]:
        """What is answered under this key."""
        ...

    def doubtful(self, key: Key) -> Iterable[Item]:
        """What is answered by those that may have this key."""
        ...


@dataclass(frozen=True, slots=True)
class Shelf:
    """Records by key and by what they answer; `partly` are those of whose keys something is unknown."""

    whole: "dict[Key, dict[Item, array[int]]]" = field(default_factory=dict)
    partly: "dict[Key, dict[Item, array[int]]]" = field(default_factory=dict)
    masks: set[tuple[bool, ...]] = field(default_factory=set)
    """Which parts of such keys are unknown: a few combinations, however many records there are."""

    def add(self, key: Key, item: Item, numbers: Iterable[int]) -> None:
        """Some records with this key that answer this."""
        side = self.whole
        if None in key:
            side = self.partly
            self.masks.add(tuple(part is None for part in key))
        items = side.setdefault(key, {})
        held = items.get(item)
        if held is None:
            held = items[item] = array("Q")
        held.extend(numbers)

    @property
    def held(self) -> int:
        """How many keys they weigh."""
        return sum(1 + len(one) // _NUMBERS_A_KEY for items in self.whole.values() for one in items.values())

    def items(self, key: Key) -> Iterable[Item]:
        """What is answered under this key."""
        return self.whole.get(key, ())

    def doubtful(self, key: Key) -> Iterable[Item]:
        """What is answered by those that may have this key."""
        return (item for items in self._may_be(key) for item in items)

    def _may_be(self, key: Key) -> "Iterator[dict[Item, array[int]]]":
        for mask in self.masks:
            yield self.partly.get(tuple(None if gone else part for gone, part in zip(mask, key, strict=True)), {})

    def found(self, operators: tuple[str, ...], key: Key, own: Item) -> Found:
        """Everybody who satisfies it, or may."""
        true: list[int] = []
        some: list[int] = []
        for items, sure in ((self.whole.get(key, {}), True), *((one, False) for one in self._may_be(key))):
            for item, numbers in items.items():
                code = held_against(operators, own, item)
                if code:
                    (true if code == 2 and sure else some).extend(numbers)
        return Found(array("Q", sorted(true)), array("Q", sorted(some)))


@dataclass(frozen=True, slots=True)
class Looks:
    """What has been gathered for one rule: its seekers with their places, and the shelf."""

    form: Sought
    seekers: "dict[Seeker, array[int]]" = field(default_factory=dict)
    """Of subjects that are records."""
    elements: dict[Seeker, list[Place]] = field(default_factory=dict)
    shelf: Shelf = field(default_factory=Shelf)
    calm: dict[int, int] = field(default_factory=dict)
    """How many subjects there are that nobody wants to see, by their state: what they look for has come already."""

    def add_seekers(self, column: Iterable[tuple[Seeker, int, tuple[int, ...]]], known: Container[Any] = ()) -> None:
        """What a batch of subjects looks for; where nothing but a key is asked, `known` are the keys that have come."""
        for seeker, number, way in column:
            if not self.form.keyed:
                self._add(_narrowed(seeker, self.form.operators), number, way)
            elif (state := self._calm_state(seeker, known)) is not None:
                self.calm[state] = self.calm.get(state, 0) + 1
            else:
                self._add(seeker, number, way)

    def _calm_state(self, seeker: Seeker, known: Container[Any]) -> int | None:
        """The state of the rule where all that is looked for has come, and the state is one to be counted only."""
        if not all(own[0] == 2 and key[0] in known for key, own, _ in seeker[1]):
            return None
        state = state_of(self.form, seeker, [0 if self.form.negated else 2] * len(seeker[1]))
        return None if State(state).verdict in (Verdict.FAIL, Verdict.UNDETERMINED) else state

    def _add(self, seeker: Seeker, number: int, way: tuple[int, ...]) -> None:
        if way:
            self.elements.setdefault(seeker, []).append((number, way))
            return
        held = self.seekers.get(seeker)
        if held is None:
            held = self.seekers[seeker] = array("Q")
        held.append(number)

    def add_records(self, column: Iterable[tuple[int, int, Key, tuple[Any, ...]]], start: int = 0) -> None:
        """What a batch of records answers."""
        for number, code, key, values in column:
            item = (code, *map(_comparable, self.form.operators, values))
            self.shelf.add(tuple(map(_narrow, key)), item, (number + start,))

    def merge(self, other: "Looks", number: Callable[[int], int]) -> None:
        """What another part has gathered; `number` is the number in the whole of a record of that part."""
        for state, count in other.calm.items():
            self.calm[state] = self.calm.get(state, 0) + count
        for seeker, numbers in other.seekers.items():
            self.seekers.setdefault(seeker, array("Q")).extend(map(number, numbers))
        for seeker, places in other.elements.items():
            self.elements.setdefault(seeker, []).extend((number(one), way) for one, way in places)
        for side in (other.shelf.whole, other.shelf.partly):
            for key, items in side.items():
                for item, numbers in items.items():
                    self.shelf.add(key, item, map(number, numbers))

    @property
    def held(self) -> int:
        """How many keys there are in memory, or what weighs as much as so many."""
        subjects = sum(1 + len(one) // _NUMBERS_A_KEY for one in self.seekers.values())
        return self.shelf.held + subjects + sum(map(len, self.elements.values()))

    def places(self) -> Iterator[tuple[Seeker, Iterable[Place]]]:
        """All seekers."""
        for seeker, numbers in self.seekers.items():
            yield seeker, ((number, ()) for number in numbers)
        yield from self.elements.items()

    def judged(self, index: Index, *, empty: bool) -> Iterator[tuple[int, Seeker, Iterable[Place]]]:
        """The state of the rule for each kind of seeker, with its places; `empty` where there are no records of the shape."""
        known: dict[tuple[Key, Item], int] = {}
        for seeker, places in self.places():
            answers = []
            for key, own, _ in seeker[1]:
                if (key, own) not in known:
                    known[key, own] = answer(self.form, key, own, index, empty=empty)
                answers.append(known[key, own])
            yield state_of(self.form, seeker, answers), seeker, places

    def clear(self) -> None:
        """Forgets what goes to a disk; records of whose keys something is unknown stay."""
        self.seekers.clear()
        self.elements.clear()
        self.shelf.whole.clear()


# ---- what a look comes to ---------------------------------------------------------------------------------------------------------


def answer(form: Sought, key: Key, own: Item, index: Index, *, empty: bool) -> int:
    """Whether there is such a record: 0, 1 or 2 for no, unknown and yes; `empty` where there is none of the shape at all."""
    found = 0 if empty else 1 if None in key else _there_is(form.operators, own, index.items(key), index.doubtful(key))
    return 2 - found if form.negated else found


def _there_is(operators: tuple[str, ...], own: Item, items: Iterable[Item], doubtful: Iterable[Item]) -> int:
    best = 0
    for item in items if own[0] else ():
        code = held_against(operators, own, item)
        if code == 2:
            return 2
        best = max(best, code)
    return best or int(any(held_against(operators, own, item) for item in doubtful))


def held_against(operators: tuple[str, ...], own: Item, item: Item) -> int:
    """Whether a record satisfies what is asked: 0, 1 or 2."""
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


def state_of(form: Sought, seeker: Seeker, answers: Iterable[int]) -> int:
    """The state of the rule for a seeker whose asks were answered so, in their order."""
    states, asks, (true, false, unknown, gap) = seeker
    if not asks:
        return states[0]
    for (_, _, codes), found in zip(asks, answers, strict=True):
        code = codes[found]
        true, false, unknown = true + (code == 2), false + (code == 0), unknown + (code == 1)
    return states[truth_of_counts(form.kind, form.count, true, false, unknown, gap=gap)]


# ---- long texts -------------------------------------------------------------------------------------------------------------------


def _narrow(value: Any) -> Any:
    if value.__class__ is str and len(value) > _LONG:
        return blake2b(value.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()
    return value


def _comparable(op: str, value: Any) -> Any:
    """The value as it is held against another: texts that have an order stay."""
    return _narrow(value) if op in ("=", "≠") else value


def _narrowed(seeker: Seeker, operators: tuple[str, ...]) -> Seeker:
    states, asks, base = seeker
    narrow: list[Ask] = []
    for key, own, codes in asks:
        narrow.append((tuple(map(_narrow, key)), (own[0], *map(_comparable, operators, own[1:])), codes))
    return states, tuple(narrow), base
