"""A value that remembers where it stood in its text; YAML and JSON are read into the same.

It knows nothing of shapes: a node says what was written, not what was meant.
"""

from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from guiju.diagnostics.span import Span
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Entry", "Kind", "Limits", "Node", "Plain", "Scalar"]

Scalar: TypeAlias = str | int | Decimal | bool | None
Plain: TypeAlias = "Scalar | list[Plain] | dict[str, Plain]"


class Kind(StrEnum):
    """What sort of value was written."""

    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    TRUTH = "truth"
    NULL = "null"
    LIST = "list"
    MAP = "map"


@fast_dataclass(frozen=True, slots=True)
class Node:
    """A scalar, a tuple of nodes (LIST) or a tuple of entries (MAP), with its range of text."""

    value: "Scalar | tuple[Node, ...] | tuple[Entry, ...]"
    span: Span
    kind: Kind

    @property
    def entries(self) -> "tuple[Entry, ...]":
        """The entries of a map in the order written; none for any other kind."""
        return self.value if self.kind is Kind.MAP else ()  # type: ignore[return-value]  # the kind proves it

    @property
    def items(self) -> "tuple[Node, ...]":
        """The items of a list; none for any other kind."""
        return self.value if self.kind is Kind.LIST else ()  # type: ignore[return-value]  # the kind proves it

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of a map in the order written; none for any other kind."""
        return tuple([str(entry.key.value) for entry in self.entries])

    def entry(self, key: str | int) -> "Entry | None":
        """The entry of that key in a map; None where there is none."""
        return next((entry for entry in self.entries if entry.key.value == key), None)

    def get(self, key: str) -> "Node | None":
        """The value under that key of a map; None where there is none."""
        entry = self.entry(key)
        return entry.value if entry is not None else None

    def plain(self) -> Plain:
        """The value without its places: dict, list, str, int, Decimal, bool or None."""
        if self.kind is Kind.MAP:
            return {str(entry.key.value): entry.value.plain() for entry in self.entries}
        if self.kind is Kind.LIST:
            return [item.plain() for item in self.items]
        return self.value  # type: ignore[return-value]  # the kind proves it


@fast_dataclass(frozen=True, slots=True)
class Entry:
    """A key, always text, and its value."""

    key: Node
    value: Node


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a text from outside may ask of us.

    `nodes` bounds the values written; `expansion` bounds the values that aliases stand for; `digits` bounds a number's digits and
    its exponent alike, since a short `1e999999999` is as heavy as a long number.
    """

    characters: int = 16_000_000
    depth: int = 64
    nodes: int = 1_000_000
    expansion: int = 100_000
    digits: int = 400
