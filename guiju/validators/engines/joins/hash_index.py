"""Hash index of one field: its known values and the records that have each."""

from array import array
from collections.abc import Iterable
from typing import Any, TypeAlias

import msgspec

from guiju.validators.engines.joins.lookup_join import Item, Key

__all__ = ["HashIndex"]

_THERE: tuple[Item, ...] = ((2,),)
_Sent: TypeAlias = "tuple[list[Any], array[int]]"
"""Values that differ, and the first record of each."""


class HashIndex:
    """The values of one field: the first record of each value, the later ones of values that come again, and the records whose value
    is unknown.

    What comes from another process stays two lists until a value is looked up: merging needs no dictionary.
    """

    __slots__ = ("_first", "_sent", "again", "unknown")

    def __init__(self, again: dict[Any, list[int]] | None = None, unknown: list[int] | None = None, *, sent: "_Sent | None" = None) -> None:
        self.again = {} if again is None else again
        self.unknown = [] if unknown is None else unknown
        self._first: dict[Any, int] = {}
        self._sent = sent

    @property
    def first(self) -> dict[Any, int]:
        """The first record of each value."""
        if self._sent is not None:
            self._first, self._sent = dict(zip(*self._sent, strict=True)), None
        return self._first

    def items(self, key: Key) -> Iterable[Item]:
        """The answer to a lookup of this value."""
        return _THERE if key[0] in self.first else ()

    def doubtful(self, key: Key) -> Iterable[Item]:
        """Whether records with an unknown value may match."""
        return _THERE if self.unknown else ()

    def __reduce__(self) -> Any:
        """The state for another process: many values as a few buffers."""
        return _values_of, (_together(list(self.first)), array("Q", self.first.values()), self.again, self.unknown)

    def having(self, value: Any) -> list[int]:
        """The records that have a value, in reading order."""
        return [self.first[value], *self.again.get(value, ())] if value in self.first else []

    @property
    def count(self) -> int:
        """The number of records."""
        return len(self.first) + len(self.unknown) + sum(map(len, self.again.values()))

    def add(self, values: list[Any], start: int) -> None:
        """Adds one value for each record from `start` on."""
        numbers: Iterable[int] = range(start, start + len(values))
        if None in values:
            self.unknown.extend([number for number, value in zip(numbers, values, strict=True) if value is None])
            numbers = [number for number, value in zip(numbers, values, strict=True) if value is not None]
            values = [value for value in values if value is not None]
        self._take(values, list(numbers))

    def _take(self, values: list[Any], numbers: list[int]) -> None:
        # One look-up for each, which says whether the value has come before.
        known = list(map(self.first.setdefault, values, numbers))
        if known != numbers:
            for value, first, number in zip(values, known, numbers, strict=True):
                if first != number:
                    self.again.setdefault(value, []).append(number)

    def merge(self, other: "HashIndex", offset: int) -> None:
        """Adds the index of a later partition, whose records are counted from `offset` on."""
        self.unknown.extend(number + offset for number in other.unknown)
        values, records = other._sent or (list(other.first), other.first.values())
        self._take(values, list(map(offset.__add__, records)))
        for value, numbers in other.again.items():
            self.again.setdefault(value, []).extend(number + offset for number in numbers)


_list_of_texts = msgspec.msgpack.Decoder(list[str]).decode


def _together(values: list[Any]) -> bytes | list[Any]:
    """Values as one thing, where all of them are texts."""
    try:
        return msgspec.msgpack.encode(values) if set(map(type, values)) <= {str} else values
    except UnicodeEncodeError:
        return values


def _values_of(values: bytes | list[Any], numbers: "array[int]", again: dict[Any, list[int]], unknown: list[int]) -> HashIndex:
    return HashIndex(again, unknown, sent=(_list_of_texts(values) if isinstance(values, bytes) else values, numbers))
