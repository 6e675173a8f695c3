"""The known values of one field over many records, and which records have them."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from guiju.validators.engines.sought import Item, Key

__all__ = ["Values"]

_THERE: tuple[Item, ...] = ((2,),)


@dataclass(frozen=True, slots=True)
class Values:
    """The known values of one field: the first record of each, the later ones of those that come again, and the unknown."""

    first: dict[Any, int] = field(default_factory=dict)
    again: dict[Any, list[int]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)

    def items(self, key: Key) -> Iterable[Item]:
        """That there is a record with this value, for whoever looks for one."""
        return _THERE if key[0] in self.first else ()

    def doubtful(self, key: Key) -> Iterable[Item]:
        """That there are records which may have it."""
        return _THERE if self.unknown else ()

    def __reduce__(self) -> Any:
        """How it goes to another process: its many values as few things."""
        return _values_of, (_together(list(self.first)), array("Q", self.first.values()), self.again, self.unknown)

    def having(self, value: Any) -> list[int]:
        """The records that have a value, in reading order."""
        return [self.first[value], *self.again.get(value, ())] if value in self.first else []

    @property
    def count(self) -> int:
        """How many records there were."""
        return len(self.first) + len(self.unknown) + sum(map(len, self.again.values()))

    def add(self, values: list[Any], start: int) -> None:
        """One value for each record from `start` on."""
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

    def merge(self, other: "Values", offset: int) -> None:
        """What a later part has found; its records are counted from `offset` on."""
        self.unknown.extend(number + offset for number in other.unknown)
        self._take(list(other.first), list(map(offset.__add__, other.first.values())))
        for value, numbers in other.again.items():
            self.again.setdefault(value, []).extend(number + offset for number in numbers)


_list_of_texts = msgspec.msgpack.Decoder(list[str]).decode


def _together(values: list[Any]) -> bytes | list[Any]:
    """Values as one thing, where all of them are texts."""
    try:
        return msgspec.msgpack.encode(values) if set(map(type, values)) <= {str} else values
    except UnicodeEncodeError:
        return values


def _values_of(values: bytes | list[Any], numbers: "array[int]", again: dict[Any, list[int]], unknown: list[int]) -> Values:
    return Values(dict(zip(_list_of_texts(values) if isinstance(values, bytes) else values, numbers, strict=True)), again, unknown)
