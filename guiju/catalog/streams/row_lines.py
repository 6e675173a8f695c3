"""Encodes rows of a table as lines of JSON whose places are rows and columns."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from guiju.catalog.readers.from_ndjson import HolderOf, LineReader, open_lines
from guiju.catalog.records.cells import LOST, raw_of
from guiju.catalog.records.item import ReaderInput
from guiju.catalog.records.place import Place
from guiju.catalog.trees.located_text import LocatedText
from guiju.diagnostics.node import Node
from guiju.diagnostics.source import Source
from guiju.terms.fact import Path

__all__ = ["encode_row", "encode_rows", "plain_value", "row_reader"]

PlaceOf = Callable[[int, int | None, Path], Place]
"""Of a row (from 1), a column (from 1; None: the whole row) and a path of written keys."""

encode_row = msgspec.json.Encoder(decimal_format="number").encode
"""One row, without a break of line."""


def encode_rows(rows: Sequence[Any]) -> list[bytes]:
    """The rows as lines."""
    return [line + b"\n" for line in map(encode_row, rows)]


def plain_value(value: Any) -> Any:
    """The value as JSON has it: what is null is left out, and what JSON cannot say is kept as something that reads as nothing."""
    match value:
        case str() | bool() | int():
            return value
        case dict():
            return {str(key): plain_value(one) for key, one in value.items() if one is not None}
        case list() | tuple():
            return [None if one is None else plain_value(one) for one in value]
        case float():
            return value if math.isfinite(value) else {LOST: str(value)}
        case Decimal():
            return value if value.is_finite() else {LOST: str(value)}
        case bytes() | memoryview():
            return _text_of(bytes(value))
        case datetime() | date() | time() | timedelta():
            return raw_of(value, False)
        case _:
            return str(value)


def _text_of(value: bytes) -> Any:
    try:
        return value.decode("utf-8")  # old writers say of texts that they are bytes
    except UnicodeDecodeError:
        return {LOST: f"{len(value)} bytes"}


def row_reader(opened: ReaderInput, columns: Sequence[str], place: PlaceOf) -> LineReader:
    """A reader of rows as lines; the number of a line is the number of its row, from 1."""
    order = {name: number for number, name in enumerate(columns, 1)}

    def holder(line: bytes, number: int, parse: Callable[[Source], tuple[Node, ...]]) -> LocatedText:
        return _RowHolder(opened.name, lambda: Source(opened.name, line.decode("utf-8", "replace")), parse, number, order, place)

    made: HolderOf = holder
    return open_lines(opened, "utf-8", made)


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns by name, and how a place in it is said."""

    order: dict[str, int]
    place: PlaceOf


class _RowHolder(LocatedText):
    """A row as a text of JSON with the places of a table."""

    __slots__ = ("_table",)

    def __init__(
        self,
        name: str,
        source: Callable[[], Source],
        parse: Callable[[Source], tuple[Node, ...]],
        row: int,
        order: dict[str, int],
        place: PlaceOf,
    ) -> None:
        super().__init__(name, source, parse, row)
        self._table = _Table(order, place)

    def place_at(self, offset: int, path: Path) -> Place:
        """The row, and the column of the value's outermost key."""
        column = self._table.order.get(str(path[0])) if path else None
        return self._table.place(self.first_line, column, path)
