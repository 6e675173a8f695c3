"""Rewrites workbooks with openpyxl: opens a copy, or builds one of values, and saves it with what openpyxl would lose.

Saving drops the values that formulas had, and stamps the clock; both are put right here.
"""

import re
import warnings
import zipfile
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.utils.datetime import to_excel
from openpyxl.writer.excel import ExcelWriter

from guiju.catalog.readers.from_excel import open_sheets
from guiju.catalog.records.cells import Shown, cell_name
from guiju.catalog.tables.grid import Grid
from guiju.terms.visible import visible

__all__ = ["all_kept", "fresh_book", "open_book", "plain_text", "save_book", "sheet_name", "target_cell", "write_text"]

_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f\b(?:[^>]*/>|.*?</f>))<v ?(?:/>|></v>)</c>', re.DOTALL)
_TYPE = re.compile(rb' t="[^"]*"')
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LONGEST = 32_000
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile(r"[\[\]:*?/\\]")


def open_book(data: bytes, grids: Sequence[Grid], *, macros: bool = False) -> Any | None:
    """The workbook as it can be rewritten; None where the library cannot open it, or not all of it, though its values can be read.

    `grids` are its sheets as they were read: of a Strict Open XML workbook, for one, the library finds none of them.
    """
    try:
        # What the library warns of is what a copy may lack, and is told as that.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), rich_text=True, keep_vba=macros)
    # Odd workbooks make the library raise nearly anything; the caller then builds a copy out of the values.
    except Exception:
        return None
    return book if all(_holds(book, grid) for grid in grids) else None


def _holds(book: Any, grid: Grid) -> bool:
    """Whether the sheet is there, and in it something at each corner of what was read."""
    if grid.sheet not in book.sheetnames:
        return False
    filled = [(at, column) for at, row in enumerate(grid.rows) for column, value in enumerate(row) if value not in ("", None)]
    sheet = book[grid.sheet]
    # A value in a merged range stands in its first cell, where both find it.
    return all(
        target_cell(sheet, cell_name(at + grid.top, column + grid.left)).value is not None for at, column in filled[:1] + filled[-1:]
    )


def all_kept(data: bytes, grids: Sequence[Grid], changed: Collection[tuple[str, str]] = ()) -> bool:
    """Whether a copy that was written has all those sheets, in their order, with every value but those of the cells that were changed."""
    written, _ = open_sheets("", data)
    found = iter(written or ())
    for number, grid in enumerate(grids, 1):
        name = sheet_name(grid, number)
        copy = next((one for one in found if one.sheet == name), None)
        if copy is None:
            return False
        had, has = _by_cell(grid), _by_cell(copy)
        if any(has.get(cell) != value for cell, value in had.items() if (grid.sheet or "", cell) not in changed):
            return False
    return True


def _by_cell(grid: Grid) -> dict[str, Any]:
    """The values by the names of their cells; a number is the same whether or not it is known how it is shown."""
    return {
        cell_name(at + grid.top, column + grid.left): float(value) if type(value) is Shown else value
        for at, row in enumerate(grid.rows)
        for column, value in enumerate(row)
        if value not in ("", None) and value == value
    }


def sheet_name(grid: Grid, number: int) -> str:
    """The name of a sheet in a copy: that of the original, within what a workbook may call a sheet."""
    name = _NAME.sub("_", ILLEGAL_CHARACTERS_RE.sub("_", grid.sheet or f"Sheet{number}"))[:31]
    return name.strip("'") or f"Sheet{number}"


def fresh_book(grids: Sequence[Grid]) -> Any:
    """A new workbook with the values of some tables, at the same places."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, grid in enumerate(grids, 1):
        sheet = book.create_sheet(sheet_name(grid, number))
        for at, row in enumerate(grid.rows):
            for column, value in enumerate(row):
                if value not in ("", None):
                    _write(sheet.cell(at + grid.top + 1, column + grid.left + 1), value)
        for top, left, bottom, right in grid.merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    return book


def _write(cell: Any, value: Any) -> None:
    match value:
        case str():
            write_text(cell, value)
        case bool() | int() | float() | datetime() | date() | time() | timedelta():
            cell.value = value
        case _:
            write_text(cell, str(value))


def write_text(cell: Any, text: str) -> None:
    """Text into a cell, as text: what begins like a formula is no formula."""
    cell.value = plain_text(text)[:_LONGEST]
    cell.data_type = "s"


def plain_text(text: str) -> str:
    """The text as XML can hold it: control characters, and halves of pairs, have no place there and are written by their numbers."""
    return _NO_XML.sub(lambda found: visible(found.group()), text)


def target_cell(sheet: Any, name: str) -> Any:
    """The cell of that name; of a merged range the one that holds its value."""
    cell = sheet[name]
    if isinstance(cell, MergedCell):
        for merged in sheet.merged_cells.ranges:
            if cell.coordinate in merged:
                return sheet.cell(merged.min_row, merged.min_col)
    return cell


def save_book(book: Any, original: bytes | None, stamp: date) -> bytes:
    """The workbook as bytes, the same for the same contents; formulas keep the values that the original had."""
    values = _values(original) if original is not None and _has_formulas(book) else {}
    saved = BytesIO()
    # Not pressed here: it is pressed below, and once is enough.
    book.properties.modified = datetime.combine(stamp, time())
    if not _says_created(original):
        # The library would say when it built the workbook in memory.
        book.properties.created = book.properties.modified
    ExcelWriter(book, zipfile.ZipFile(saved, "w", zipfile.ZIP_STORED)).save()
    parts = {f"xl/worksheets/sheet{number}.xml": sheet.title for number, sheet in enumerate(book.worksheets, 1)}
    out = BytesIO()
    with zipfile.ZipFile(saved) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in read.infolist():
            body = read.read(entry.filename)
            if values and entry.filename in parts:
                body = _with_values(body, values.get(parts[entry.filename], {}), book.epoch)
            written.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _says_created(original: bytes | None) -> bool:
    if original is None:
        return False
    with zipfile.ZipFile(BytesIO(original)) as read:
        core = [name for name in read.namelist() if name.lower() == "docprops/core.xml"]
        return bool(core) and b":created" in read.read(core[0])


def _has_formulas(book: Any) -> bool:
    return any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def _values(original: bytes) -> dict[str, dict[str, Any]]:
    """The values of all cells of the original, by sheet and cell."""
    grids, _ = open_sheets("", original)
    return {grid.sheet or "": _by_cell(grid) for grid in grids or ()}


def _with_values(body: bytes, values: dict[str, Any], epoch: datetime) -> bytes:
    def put(found: re.Match[bytes]) -> bytes:
        name = found.group(1)
        kept = _kept(values.get(name.decode()), epoch)
        if kept is None:
            return found.group(0)
        type, text = kept
        attributes = _TYPE.sub(b"", found.group(2)) + (b' t="' + type + b'"' if type else b"")
        return b'<c r="' + name + b'"' + attributes + b">" + found.group(3) + b"<v>" + text.encode() + b"</v></c>"

    return _FORMULA.sub(put, body)


def _kept(value: Any, epoch: datetime) -> tuple[bytes, str] | None:
    """The type of a saved value and its text, as a workbook writes them."""
    match value:
        case None:
            return None
        case bool():
            return b"b", str(int(value))
        case int() | float():
            return b"", repr(value)
        case datetime() | date() | time() | timedelta():
            return b"", repr(to_excel(value, epoch))
        case _:
            return b"str", escape(plain_text(str(value)))
