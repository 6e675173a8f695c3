"""The picture of an input: the cells of its sheets as they stand, or the lines of its text; what is neither has no picture."""

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.catalog.formats import find_format
from guiju.catalog.readers.from_csv import find_mark
from guiju.catalog.readers.from_excel import open_sheets
from guiju.catalog.records.cells import column_number, text_of
from guiju.catalog.records.model import Input
from guiju.catalog.records.place import Place
from guiju.catalog.tables.own_sheets import is_own_sheet
from guiju.diagnostics.decoding import decode_bytes
from guiju.forms.files.csv_fields import csv_rows
from guiju.reports.layout.escape import one_line, visible

__all__ = ["Picture", "cell_at", "pictures_of"]

_LONGEST = 300
_MOST_ROWS = 200_000
_MOST_COLUMNS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One sheet or text: the rows as (number from 1, texts); `left` is the first column, counted from 0. `lines` tells that it is text."""

    sheet: str | None
    rows: list[tuple[int, list[str]]]
    left: int = 0
    lines: bool = False
    cut: int = 0
    """How many rows are not in the picture."""


def pictures_of(data: bytes, one: Input) -> Iterator[Picture]:
    """The pictures of an input."""
    format = find_format(one.file, data) or one.format
    if format == "excel":
        for grid in open_sheets(one.file, data)[0] or ():
            if not is_own_sheet(grid):
                rows = [
                    (grid.top + at + 1, [_shown(cell) for cell in row[:_MOST_COLUMNS]]) for at, row in enumerate(grid.rows[:_MOST_ROWS])
                ]
                yield Picture(sheet=grid.sheet, rows=rows, left=grid.left, cut=max(0, len(grid.rows) - _MOST_ROWS))
        return
    if format not in ("csv", "yaml", "json", "ndjson", "ckan", "frictionless", "dcat"):
        return
    source, _, _ = decode_bytes(data, one.file, one.encoding)
    if source is None:
        return
    if format == "csv":
        read = csv_rows(source.text, find_mark(source, one.file))[:_MOST_ROWS]
        yield Picture(sheet=None, rows=[(at, [_shown(each.text) for each in row.fields[:_MOST_COLUMNS]]) for at, row in enumerate(read, 1)])
        return
    lines = source.text.split("\n")
    rows = [(at, [visible(line[:_LONGEST].rstrip("\r"))]) for at, line in enumerate(lines[:_MOST_ROWS], 1)]
    yield Picture(sheet=None, rows=rows, lines=True, cut=max(0, len(lines) - _MOST_ROWS))


def _shown(cell: object) -> str:
    if cell == "" or cell is None:
        return ""
    return one_line(cell[:_LONGEST] if isinstance(cell, str) else text_of(cell)[:_LONGEST])


def cell_at(place: Place, *, lines: bool) -> tuple[int, int] | None:
    """Row from 1 and column from 0 of a place in a picture; None where it names none."""
    if lines:
        return None if place.line is None else (place.line, 0)
    if place.cell is None:
        return None
    letters = place.cell.rstrip("0123456789")
    digits = place.cell[len(letters) :]
    return (int(digits), column_number(letters)) if digits and letters else None
