"""Workbooks (.xlsx, .xlsm, .xls, .ods) become records; the only importer of calamine.

Values only: nothing in a workbook is executed or fetched, and formulas give the value that was saved with them.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import python_calamine

from guiju.catalog.mapping import words
from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.markup_tables import is_markup, markup_grids
from guiju.catalog.number_formats import with_formats
from guiju.catalog.office.ods_layout import OdsLayout, ods_layout
from guiju.catalog.office.xls_records import xls_flags
from guiju.catalog.office.zip_check import SheetFlags, check_zip, too_many_cells
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Input
from guiju.catalog.tables.from_table import read_tables
from guiju.catalog.tables.grid import Grid
from guiju.catalog.tables.own_sheets import is_own_sheet
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.diagnostics.suggest import nearest
from guiju.terms.tongue import Both

__all__ = ["open_sheets", "read_excel_file"]

_OLE = b"\xd0\xcf\x11\xe0"
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]{0,200}/>")
_DECLARATION = re.compile(r"^\ufeff?<\?xml[^>]{0,200}\?>")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_excel_file(opened: ReaderInput) -> Iterator[Item]:
    """The items of all sheets of a workbook."""
    yield Input(file=opened.name, sha256="", format="excel", encoding=None, subjects=())
    nowhere = Span(opened.name, 0, 0)
    signs: tuple[SheetFlags, ...] = ()
    if opened.data.startswith(b"PK"):
        signs, faults = check_zip(opened.data, opened.name, opened.limits)
        if faults:
            yield from faults
            return
    elif opened.data.startswith(_OLE) and _ENCRYPTED in opened.data:
        yield complain("D077", nowhere, name=opened.name, why=_LOCKED)
        return
    elif opened.data.startswith(_OLE):
        signs = xls_flags(opened.data)
    layout = ods_layout(opened.data) if _is_ods(opened.data) else None
    fault = _too_large(layout, opened) if layout is not None else None
    if fault is not None:
        yield complain("D080", nowhere, sheet="content", what=fault)
        return
    grids, hidden = open_sheets(opened.name, opened.data)
    if grids is None:
        yield complain("D079", nowhere, name=opened.name, help=_SAVE_AS if is_markup(opened.data) else None)
        return
    if not is_markup(opened.data):
        with_formats(opened.data, grids, layout)
    wanted = opened.options.sheet
    if wanted is not None:
        chosen = [one for one in grids if one.sheet == wanted]
        if not chosen:
            near = nearest(wanted, [one.sheet or "" for one in grids])
            help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
            yield complain("D066", nowhere, help=help, sheet=wanted[:60], known=words.listed(tuple(one.sheet or "" for one in grids)))
            return
        grids = chosen
    own = {one.sheet for one in grids if is_own_sheet(one)}
    for sheet in (one for one in hidden if one not in own):
        yield complain("D063", nowhere, sheet=sheet, what=_WHOLE)
    yield from _tell_signs(opened, grids, signs if layout is None else layout.signs)
    yield from read_tables(opened, Kinds(opened.vocabulary, opened.roots, opened.options.columns), grids)


_SAVE_AS = Both(
    "这是网页或 XML，不是工作簿；在 Excel 或 WPS 里打开，另存为 .xlsx",
    "this is a page or XML, no workbook; open it in Excel or WPS and save it as .xlsx",
)
_LOCKED = Both("有密码保护", "it is locked with a password")
_WHOLE = Both("整张表", "the whole sheet")


def _is_ods(data: bytes) -> bool:
    # By the part that its reader would open; the part that names the type may be folded, or lie.
    return data.startswith(b"PK") and b"content.xml" in data and b"xl/workbook" not in data


def _too_large(layout: OdsLayout, opened: ReaderInput) -> Both | None:
    if layout.blanks > opened.limits.characters // 64:
        return Both("一格里的空格太多", "its cells hold too many blanks")
    return too_many_cells(layout.rows, layout.columns, 8 * len(opened.data), opened.limits)


def open_sheets(name: str, data: bytes) -> tuple[list[Grid] | None, list[str]]:
    """The sheets as grids, and the names of hidden ones; None for a workbook that cannot be read."""
    if is_markup(data):
        return markup_grids(name, data) or None, []
    layout = ods_layout(data) if _is_ods(data) else None
    if _is_ods(data) and layout is None:
        return None, []
    data = _in_utf8(data) if data.startswith(b"PK") else data
    opened = _opened(name, data)
    if opened is None and data.startswith(b"PK") and (undimensioned := _without_dimensions(data)) is not None:
        opened = _opened(name, undimensioned)
    if opened is None:
        return None, []
    grids, hidden = opened
    if layout is not None:
        grids = [replace(one, merged=layout.merges.get(one.sheet or "", ())) for one in grids]
    return grids, hidden


def _opened(name: str, data: bytes) -> tuple[list[Grid], list[str]] | None:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        worksheet = python_calamine.SheetTypeEnum.WorkSheet
        visible = python_calamine.SheetVisibleEnum.Visible
        listed = [one for one in book.sheets_metadata if one.typ == worksheet]
        grids = [_grid(name, book.get_sheet_by_name(one.name)) for one in listed]
    # The library raises many classes, some of them from its own runtime; whatever it is, the workbook cannot be read.
    except (python_calamine.CalamineError, ValueError, OSError, KeyError, IndexError, OverflowError, MemoryError):
        return None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return None
    return grids, [one.name for one in listed if one.visible != visible]


def _in_utf8(data: bytes) -> bytes:
    """The workbook with parts in UTF-8 that stand in UTF-16, in which the standard allows them and the library finds nothing."""

    def change(name: str, body: bytes) -> bytes:
        if not name.endswith(".xml") or not body.startswith(_UTF16):
            return body
        return _DECLARATION.sub("", body.decode("utf-16")).encode()

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            wide = any(_begins(archive, entry).startswith(_UTF16) for entry in archive.infolist() if entry.filename.endswith(".xml"))
        return _rewritten(data, change) if wide else data
    except Exception:  # as below
        return data


def _begins(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as part:
        return part.read(2)


def _rewritten(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    return out.getvalue()


def _without_dimensions(data: bytes) -> bytes | None:
    """The workbook without what its sheets say of their own size, which some programs write as no reader expects (`1:10901`)."""

    def change(name: str, body: bytes) -> bytes:
        found = _DIMENSION.search(body[:65_536]) if name.startswith("xl/worksheets/") else None
        return body if found is None else body[: found.start()] + body[found.end() :]

    try:
        made = _rewritten(data, change)
    # What is no sound archive raises many classes; whatever it is, the workbook cannot be read.
    except Exception:
        return None
    return made if made != data else None


def _grid(name: str, sheet: Any) -> Grid:
    start = sheet.start or (0, 0)
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ()))
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=True) if sheet.start is not None else []
    return Grid(file=name, sheet=sheet.name, rows=rows, top=start[0], left=start[1], merged=merged)


def _tell_signs(opened: ReaderInput, grids: list[Grid], signs: tuple[SheetFlags, ...]) -> Iterator[Item]:
    """What the value reader cannot see: hidden rows, error cells, formulas that were never computed."""
    nowhere = Span(opened.name, 0, 0)
    if len(signs) != len(grids):
        return
    for grid, sign in zip(grids, signs, strict=True):
        sheet = grid.sheet or ""
        if sign.hidden:
            count = len(sign.hidden)
            rows = [str(row) for row in sign.hidden[:8]]
            what = Both(f"第 {'、'.join(rows)} 行（共 {count} 行）", f"rows {', '.join(rows)} ({count} in all)")
            yield complain("D063", nowhere, sheet=sheet, what=what)
        for cell, error in sign.errors:
            yield complain("D061", nowhere, sheet=sheet, cell=cell, value=error)
        for cell in sign.uncounted:
            yield complain("D062", nowhere, sheet=sheet, cell=cell)
