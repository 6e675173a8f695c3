"""How far long work has come, as whoever does it tells whoever watches; it changes nothing that is done."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TypeAlias, TypeVar

__all__ = ["Progress", "Work", "telling"]

_T = TypeVar("_T")
_EVERY = 256


class Work(StrEnum):
    """The kinds of work that may take long."""

    READ = "read"
    JUDGE = "judge"
    EXPLAIN = "explain"
    WRITE = "write"


Progress: TypeAlias = Callable[[Work, int, int], None]
"""Told that so much of so much is done; 0 of 0 where nobody knows how much there is."""


def telling(items: Sequence[_T], tell: Callable[[int, int], None] | None) -> Iterator[_T]:
    """The items; now and then it is told how many have been handed out of how many."""
    if tell is None:
        yield from items
        return
    for number, item in enumerate(items):
        if number % _EVERY == 0:
            tell(number, len(items))
        yield item
    tell(len(items), len(items))
