"""A pattern as a tree: what may stand at one place, in what order, how often.

There is nothing in it that a finite automaton cannot do: no look-around, no back-reference, no memory of groups.
"""

from collections.abc import Iterable
from typing import TypeAlias

from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["ANY", "HAN", "Choice", "Class", "Node", "Ranges", "Repeat", "Sequence", "invert", "meet", "merge"]

_LAST = 0x10FFFF

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Code points from first to last of each pair, ascending, without touching or overlap."""


@fast_dataclass(frozen=True, slots=True)
class Class:
    """Exactly one code point out of some."""

    ranges: Ranges


@fast_dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other; empty it stands for the empty text."""

    parts: tuple["Node", ...]


@fast_dataclass(frozen=True, slots=True)
class Choice:
    """One of some branches."""

    branches: tuple["Node", ...]


@fast_dataclass(frozen=True, slots=True)
class Repeat:
    """The part at least `least` and at most `most` times; None is without limit."""

    part: "Node"
    least: int
    most: int | None


Node: TypeAlias = Class | Sequence | Choice | Repeat


def merge(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The ranges in order, those that touch joined."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)


def invert(ranges: Ranges) -> Ranges:
    """All code points that do not lie in the ranges."""
    inverted: list[tuple[int, int]] = []
    start = 0
    for first, last in ranges:
        if start < first:
            inverted.append((start, first - 1))
        start = last + 1
    if start <= _LAST:
        inverted.append((start, _LAST))
    return tuple(inverted)


def meet(left: Ranges, right: Ranges) -> bool:
    """Whether any code point lies in both."""
    at = other = 0
    while at < len(left) and other < len(right):
        if left[at][1] < right[other][0]:
            at += 1
        elif right[other][1] < left[at][0]:
            other += 1
        else:
            return True
    return False


ANY = Class(((0, _LAST),))

# 汉字: the ideographs of Unicode, its compatibility forms, and 々 〇 which stand among them in names and numbers. The list
# is our own, so that an engine's edition of Unicode does not change what a rule means.
HAN: Ranges = merge(
    (
        (0x3005, 0x3005),
        (0x3007, 0x3007),
        (0x3400, 0x4DBF),
        (0x4E00, 0x9FFF),
        (0xF900, 0xFA6D),
        (0xFA70, 0xFAD9),
        (0x20000, 0x2A6DF),
        (0x2A700, 0x2EBE0),
        (0x2EBF0, 0x2EE5D),
        (0x2F800, 0x2FA1D),
        (0x30000, 0x323AF),
    )
)
