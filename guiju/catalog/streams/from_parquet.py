"""Reads Parquet: a row is a record, nested lists and records stay, each value has its row and column. The only importer of pyarrow
here.

Rows are read a thousand at a time, from any row on; positions are numbers of rows, from 0.
"""

import hashlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, cast

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from guiju.catalog.readers.from_ndjson import LineReader
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.limits import USUAL, ReadLimits
from guiju.catalog.records.model import Input
from guiju.catalog.records.place import Place
from guiju.catalog.streams.row_lines import encode_rows, plain_value, row_reader
from guiju.catalog.streams.stream import NotAStream
from guiju.catalog.trees.located_text import pointer_of
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.terms.fact import Path
from guiju.terms.tongue import Both

__all__ = ["ParquetStream", "read_parquet_file"]

_AT_ONCE = 1024
_LEAST_ROWS = 4096
_HEAD = 400


def read_parquet_file(opened: ReaderInput) -> Iterator[Item]:
    """The items of all rows, in memory."""
    try:
        lines = ParquetStream(opened.name, opened.data, limits=opened.limits)
        reader, number = lines.reader(opened), 0
        for batch in lines.batches(0, lines.size):
            for line in batch:
                number += 1
                yield from reader.line(line, number - 1, number)
        yield from reader.summary()
    except NotAStream as fault:
        yield complain("D089", Span(opened.name, 0, 0), name=opened.name, why=fault.why)
    yield Input(file=opened.name, sha256="", format="parquet", encoding=None, subjects=())


class ParquetStream:
    """A file of Parquet as lines. `data` holds it where it is in memory already."""

    format = "parquet"
    encoding: str | None = None
    is_expensive = True

    def __init__(self, name: str, data: bytes | None = None, path: str | None = None, limits: ReadLimits = USUAL) -> None:
        self.name, self.path, self._data, self._limits = name, path or name, data, limits
        self._near: dict[int, bytes] = {}
        with self._file() as file:
            about, schema = file.metadata, file.schema_arrow
            _check(about, schema, limits)
            self.size: int = about.num_rows
            self.columns: tuple[str, ...] = tuple(schema.names)
            self._groups = [about.row_group(number).num_rows for number in range(about.num_row_groups)]
            total = sum(about.row_group(number).total_byte_size for number in range(about.num_row_groups))
            # Texts that come again are written once in Parquet; a row of JSON is some times larger.
            self._row_bytes = max(64, 4 * total // max(self.size, 1))
            self._row = _row_type(schema)

    @staticmethod
    def of(path: str) -> "ParquetStream":
        """OSError for a file that cannot be opened, NotAStream where it cannot be read."""
        with open(path, "rb"):
            return ParquetStream(path)

    def __reduce__(self) -> Any:
        return ParquetStream, (self.name, self._data, self.path, self._limits)

    def renamed(self, name: str) -> "ParquetStream":
        return ParquetStream(name, self._data, name, self._limits)

    def digest(self) -> tuple[str, int]:
        with open(self.path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            return digest.hexdigest(), file.tell()

    def head(self) -> list[bytes]:
        return next(self.batches(0, _HEAD), [])[:_HEAD]

    def cut(self, parts: int, most: int) -> list[tuple[int, int]]:
        rows = max(1, min(max(_LEAST_ROWS, -(-self.size // parts)), most // self._row_bytes))
        starts, at, last = [0], 0, 0
        for group in self._groups:
            # A part begins with a group of rows where it can: who begins within one has to walk over what stands before.
            if at - last >= rows:
                starts.append(last := at)
            more = range(at + rows, at + group - rows // 2, rows)
            starts += more
            last = more[-1] if more else last
            at += group
        return list(zip(starts, [*starts[1:], self.size], strict=True))

    def batches(self, start: int, end: int) -> Iterator[list[bytes]]:
        at = 0
        with self._file() as file:
            for number, rows in enumerate(self._groups):
                if at < end and at + rows > start:
                    yield from self._of_group(file, number, max(start - at, 0), min(end - at, rows))
                at += rows

    def _of_group(self, file: Any, number: int, start: int, end: int) -> Iterator[list[bytes]]:
        at = 0
        try:
            for batch in file.iter_batches(batch_size=_AT_ONCE, row_groups=[number], use_threads=False):
                first, last = max(start - at, 0), min(end - at, batch.num_rows)
                at += batch.num_rows
                if first < last:
                    yield self._lines(batch.slice(first, last - first))
                if at >= end:
                    return
        except (pa.ArrowException, OSError) as error:
            raise NotAStream(_broken(error)) from None

    def _lines(self, batch: Any) -> list[bytes]:
        rows = batch.to_pylist()
        return encode_rows(list(map(plain_value, rows)) if self._row is None else msgspec.convert(rows, list[self._row]))  # type: ignore[name-defined]

    def blocks(self, start: int, end: int) -> None:
        """Rows are made into lines one by one."""

    def steps(self, lines: list[bytes]) -> Iterable[int]:
        return [1] * len(lines)

    def line(self, mark: int) -> bytes:
        near = self._near.get(mark)
        return next(iter(next(self.batches(mark, mark + 1), [])), b"") if near is None else near

    def expect(self, marks: list[int]) -> None:
        self._near = {}
        wanted = iter(sorted(marks))
        next_one, at = next(wanted, None), 0
        for number, rows in enumerate(self._groups):
            if next_one is not None and next_one < at + rows:
                next_one = self._expect_of(number, at, next_one, wanted)
            at += rows

    def _expect_of(self, number: int, base: int, first: int, wanted: Iterator[int]) -> int | None:
        """Keeps the wanted rows of one group, and gives the first that is wanted beyond it."""
        at, next_one = base, cast("int | None", first)
        with self._file() as file:
            for batch in file.iter_batches(batch_size=_AT_ONCE, row_groups=[number], use_threads=False):
                while next_one is not None and next_one < at + batch.num_rows:
                    self._near[next_one] = self._lines(batch.slice(next_one - at, 1))[0]
                    next_one = next(wanted, None)
                at += batch.num_rows
                if next_one is None or next_one >= base + self._groups[number]:
                    break
        return next_one

    def reader(self, opened: ReaderInput) -> LineReader:
        def place(row: int, column: int | None, path: Path) -> Place:
            return Place(file=opened.name, line=row, column=column, pointer=pointer_of(path))

        return row_reader(opened, self.columns, place)

    def _file(self) -> Any:
        try:
            return pq.ParquetFile(self.path if self._data is None else BytesIO(self._data), memory_map=False)
        except (pa.ArrowException, OSError) as error:
            raise NotAStream(_broken(error)) from None


def _broken(error: Exception) -> Both:
    said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return Both(f"不是完好的 Parquet 文件（{said}）", f"it is no sound file of Parquet ({said})")


def _check(about: Any, schema: Any, limits: ReadLimits) -> None:
    """Whether it keeps to the limits; NotAStream where not."""
    columns, most = about.num_columns, limits.columns
    if columns > most:
        raise NotAStream(Both(f"有 {columns} 列，至多 {most}", f"it has {columns} columns, at most {most}"))
    if len(set(schema.names)) < len(schema.names):
        raise NotAStream(Both("有两列同名", "two of its columns have one name"))
    if any(_depth(field.type) > limits.depth for field in schema):
        raise NotAStream(Both(f"嵌套超过 {limits.depth} 层", f"it is nested deeper than {limits.depth}"))
    size, most = max((about.row_group(number).total_byte_size for number in range(about.num_row_groups)), default=0), limits.zip_bytes
    if size > most:
        raise NotAStream(Both(f"一个行组展开有 {size} 字节，至多 {most}", f"a group of rows unfolds to {size} bytes, at most {most}"))


def _depth(type: Any) -> int:
    return 1 + max((_depth(type.field(number).type) for number in range(type.num_fields)), default=0)


def _row_type(schema: Any) -> Any:
    """A type that writes rows without what is null; None where some values must be looked at one by one."""
    return _record_type(list(schema)) if all(_is_plain(field.type) for field in schema) else None


def _record_type(fields: list[Any]) -> Any:
    made = [(f"f{number}", _type_of(field.type) | None, None) for number, field in enumerate(fields)]
    rename = {f"f{number}": field.name for number, field in enumerate(fields)}
    return msgspec.defstruct("Row", made, rename=rename, omit_defaults=True, gc=False)


def _type_of(type: Any) -> Any:
    types = pa.types
    if types.is_struct(type):
        return _record_type([type.field(number) for number in range(type.num_fields)])
    if types.is_list(type) or types.is_large_list(type):
        return list[_type_of(type.value_type) | None]  # type: ignore[misc]
    return bool if types.is_boolean(type) else int if types.is_integer(type) else str


def _is_plain(type: Any) -> bool:
    types = pa.types
    if types.is_struct(type):
        names = [type.field(number).name for number in range(type.num_fields)]
        return len(set(names)) == len(names) and all(_is_plain(type.field(number).type) for number in range(type.num_fields))
    if types.is_list(type) or types.is_large_list(type):
        return _is_plain(type.value_type)
    return bool(types.is_string(type) or types.is_large_string(type) or types.is_boolean(type) or types.is_integer(type))
