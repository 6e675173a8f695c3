"""Spools the answer of a database to a temporary file, once, and streams it from there.

So a table of any length is checked in constant memory, by one read-only statement. Places are cells of the answer.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from tempfile import NamedTemporaryFile
from typing import IO, Any
from urllib.parse import parse_qsl

from guiju.catalog.mapping.kinds import Kinds, find_roots
from guiju.catalog.readers.from_ndjson import LineReader
from guiju.catalog.readers.from_sql import Refused, asked_of, cells_of, columns_of, sqlite_cursor, without_secret
from guiju.catalog.records.cells import cell_name, raw_of, wants_number
from guiju.catalog.records.item import ReaderInput
from guiju.catalog.records.limits import USUAL, ReadLimits
from guiju.catalog.records.place import Place
from guiju.catalog.streams.row_lines import encode_row, plain_value, row_reader
from guiju.catalog.streams.stream import ByteStream, NotAStream
from guiju.catalog.tables.rows import type_at
from guiju.catalog.trees.located_text import pointer_of
from guiju.terms.fact import Path
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import Both

__all__ = ["SpooledLines", "spooled"]

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class SpooledLines(ByteStream):
    """The rows of an answer, kept in a file as lines of JSON."""

    columns: tuple[str, ...] = ()
    sheet: str = ""
    sha256: str = ""

    def digest(self) -> tuple[str, int]:
        return self.sha256, 0

    def reader(self, opened: ReaderInput) -> LineReader:
        def place(row: int, column: int | None, path: Path) -> Place:
            nested = pointer_of(path) if len(path) > 1 else None
            return Place(file=self.name, sheet=self.sheet, cell=cell_name(row, (column or 1) - 1), pointer=nested)

        return row_reader(opened, self.columns, place)


@contextmanager
def spooled(
    address: str, vocabulary: Vocabulary, *, kind: str | None = None, least: int = 0, limits: ReadLimits = USUAL
) -> Iterator[SpooledLines | None]:
    """The answer as lines, which go when the block is left; None where it is smaller than `least` bytes.

    NotAStream where the database refuses, or the answer is larger than `limits.bytes_spool`.
    """
    try:
        table, query = asked_of(dict(parse_qsl(address.partition("?")[2])))
        with NamedTemporaryFile(prefix="guiju-", suffix=".ndjson") as file:
            shown = without_secret(address)
            lines = SpooledLines(shown, 0, file.name, format="sql", encoding=None, sheet=table or "query")
            with _cursor(address, table, query) as cursor:
                made = _written(cursor, file, lines, Kinds(vocabulary, find_roots(vocabulary)), kind, limits)
            file.flush()
            yield made if made.size >= least else None
    except Refused as refused:
        raise NotAStream(refused.why) from None


def _cursor(address: str, table: str | None, query: str | None) -> Any:
    if address.startswith("sqlite:"):
        return sqlite_cursor(address, table, query)
    from guiju.catalog.readers.from_postgresql import postgresql_cursor

    return postgresql_cursor(address, table, query)


def _written(cursor: Any, file: IO[bytes], lines: SpooledLines, kinds: Kinds, kind: str | None, limits: ReadLimits) -> SpooledLines:
    columns = columns_of(cursor)
    if len(set(columns)) < len(columns):
        raise Refused(Both("有两列同名", "two of its columns have one name"))
    numbers = _numbers(kinds, columns, kind)
    digest = sha256(repr(columns).encode("utf-8", "backslashreplace"))
    size = 0
    while rows := cursor.fetchmany(_AT_ONCE):
        for row in rows:
            digest.update(repr(cells_of(row)).encode("utf-8", "backslashreplace"))
            line = _line(columns, row, numbers)
            size += len(line)
            file.write(line)
        if size > limits.bytes_spool:
            raise Refused(Both(f"多于 {limits.bytes_spool} 字节", f"it has more than {limits.bytes_spool} bytes"))
    return replace(lines, size=size, columns=tuple(columns), sha256=digest.hexdigest())


def _line(columns: Sequence[str], row: Sequence[Any], numbers: tuple[bool, ...]) -> bytes:
    value = {}
    for name, cell, number in zip(columns, row, numbers, strict=True):
        raw = cell if isinstance(cell, list | dict) else raw_of(cell, number)
        if raw is not None:  # blank in a table
            value[name] = plain_value(raw)
    return encode_row(value) + b"\n"


def _numbers(kinds: Kinds, columns: Sequence[str], kind: str | None) -> tuple[bool, ...]:
    """Which columns mean a field that wants a number: elsewhere a number is the text of a code."""
    shape = kinds.named(kind) if kind else kinds.choose(tuple(columns)).shape
    if shape is None:
        return (False,) * len(columns)
    index = kinds.index(shape)
    return tuple(wants_number(type_at(kinds, shape, index.match(name).path)) for name in columns)
