"""Runtime of dictionary encoding: cuts lists into elements, adds packed counters, makes notes of cells."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

import msgspec

from guiju.validators.engines.values import Deoptimize

__all__ = ["ANSWERS", "Odd", "whole_piece"]

_BLANK = b" \t\r\n"

Odd = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]
"""(rule, state) of what a cell found wrong, and of what is wrong with it if the rule applies to its owner."""
Note = Callable[[tuple[int, int, int, tuple[int, ...]]], None]


def _pieces(raw: msgspec.Raw) -> list[bytes] | None:
    """Cuts the JSON of a list of objects after each of them, so that every piece lacks its last brace; None for null.

    A cut at a wrong place leaves a piece that is no JSON, which decoding refuses. Raises Deoptimize for what is no such list.
    """
    text = bytes(raw)
    found = text.split(b"}")
    rest = found.pop()
    if rest == b"]" or (found and rest.strip(_BLANK) == b"]"):
        return found
    if text == b"null":
        return None
    if rest[:1] == b"[" and rest[1:-1].strip(_BLANK) == b"":
        return []
    raise Deoptimize


def whole_piece(piece: bytes) -> bytes:
    """A piece as the object that it was cut out of. Raises Deoptimize where something else stood before it.

    A piece that ends with a brace was not cut here: it is whole.
    """
    if piece[-1:] == b"}":
        return piece
    before, brace, inside = piece.partition(b"{")
    if not brace or before.strip(_BLANK) not in (b"[", b","):
        raise Deoptimize
    return b"{" + inside + b"}"


def _odd_notes(note: Note, odd: Odd, number: int, way: tuple[int, ...]) -> None:
    for rule, state in odd[0]:
        note((rule, state, number, way))


def _every_odd(note: Note, odds: Iterable[Odd | None], number: int) -> None:
    for at, odd in enumerate(odds):
        if odd is not None:
            _odd_notes(note, odd, number, (at,))


def _may_notes(note: Note, odds: Iterable[Odd | None], number: int, asked: int) -> None:
    """What is wrong by one rule, now that its owner has said that it applies."""
    for at, odd in enumerate(odds):
        if odd is not None:
            for rule, state in odd[1]:
                if rule == asked:
                    note((rule, state, number, (at,)))


def _open_notes(note: Note, count: int, number: int, rule: int) -> None:
    for at in range(count):
        note((rule, 7, number, (at,)))


def _added(numbers: Iterable[int], count: int, bits: int) -> tuple[int, ...]:
    """The counters in these numbers, each added up by itself."""
    mask, packs = (1 << bits) - 1, tuple(numbers)
    return tuple(sum(pack >> at * bits & mask for pack in packs) for at in range(count))


ANSWERS: dict[str, Any] = {
    "odd_notes": _odd_notes,
    "every_odd": _every_odd,
    "may_notes": _may_notes,
    "open_notes": _open_notes,
    "added": _added,
    "chained": chain.from_iterable,
    "pieces": _pieces,
}
