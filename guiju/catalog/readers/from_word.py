"""Word documents: a text of chapters becomes a 文稿; the tables of a 申报书 become records, by their labels or by their header.

The zip is checked before anything opens it; macros, links and embedded objects are never looked at.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile
from zlib import error

from docx.exceptions import InvalidXmlError
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table

from guiju.catalog.documents.from_docx import read_writing
from guiju.catalog.documents.to_items import items_of
from guiju.catalog.documents.to_records import SHAPE, is_written
from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.office.open_word import open_word
from guiju.catalog.office.word_text import open_controls, said_in
from guiju.catalog.office.zip_check import check_zip
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.limits import ReadLimits
from guiju.catalog.records.model import Input
from guiju.catalog.tables.from_table import read_tables
from guiju.catalog.tables.grid import Grid
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.terms.tongue import Both

__all__ = ["read_word_file"]

_MOST_TABLES = 500
_LONG = Both("段落太多，后面的没有读", "it has too many paragraphs; those at the end were not read")
_NOT_WORD = Both("不是 Word 文档", "it is no Word document")
# The library takes markup at its word: where a part of the document is not what it is said to be, an attribute of it is missing.
_BROKEN = (
    BadZipFile,
    PackageNotFoundError,
    InvalidXmlError,
    LookupError,
    ValueError,
    SyntaxError,
    AttributeError,
    AssertionError,
    TypeError,
    NotImplementedError,
    OSError,
    error,
)
_SPANS = tuple(qn(f"w:{name}") for name in ("gridSpan", "gridBefore", "gridAfter"))


def read_word_file(opened: ReaderInput) -> Iterator[Item]:
    """The items of the tables of a .docx file; a place is the table and the cell in it."""
    yield Input(file=opened.name, sha256="", format="word", encoding=None, subjects=())
    _, faults = check_zip(opened.data, opened.name, opened.limits)
    yield from faults
    if faults:
        return
    try:
        document = open_word(opened.data)
        writing = read_writing(document, opened.name, opened.limits.pieces) if _asked(opened) else None
        if writing is not None and not writing.whole:
            yield complain("D140", Span(opened.name, 0, 0), why=_LONG)
        if writing is not None and is_written(writing):
            yield from items_of(opened, writing)
            return
        open_controls(document.element.body)
        tables = _tables(document)
        fault = next((one for _, table in tables if (one := _too_wide(table, opened.limits)) is not None), None)
        grids = [_grid(opened.name, name, table) for name, table in tables] if fault is None else []
    except _BROKEN:
        yield complain("D097", Span(opened.name, 0, 0), why=_NOT_WORD)
        return
    if fault is not None:
        yield complain("D097", Span(opened.name, 0, 0), why=fault)
        return
    if not grids:
        yield complain("D097", Span(opened.name, 0, 0), why=Both("里面没有表格", "it holds no table"))
        return
    yield from read_tables(opened, Kinds(opened.vocabulary, opened.roots, opened.options.columns), grids)


def _asked(opened: ReaderInput) -> bool:
    """Whether a document is to be read as one: the rules know the shape, and nobody asked for another kind."""
    return SHAPE in opened.roots and opened.options.kind in (None, SHAPE, "文稿")


def _tables(document: Any) -> list[tuple[str, Table]]:
    """All tables with their names, 表1, 表2, and 表2-1 for the first that stands inside the second."""
    found: list[tuple[str, Table]] = []
    names: dict[Any, str] = {}
    counts: Counter[str] = Counter()
    for table in document.element.body.iter(qn("w:tbl")):
        owner = next((one for one in table.iterancestors(qn("w:tbl"))), None)
        outer = f"{names.get(owner, '表')}-" if owner is not None else "表"
        counts[outer] += 1
        names[table] = f"{outer}{counts[outer]}"
        found.append((names[table], Table(table, document)))
        if len(found) == _MOST_TABLES:
            break
    return found


def _too_wide(table: Table, limits: ReadLimits) -> Both | None:
    """A reason not to lay out the table: a cell may say that it stretches over a million columns, and that of each row."""
    cells = 0
    for row in table._tbl.tr_lst:
        wide = 0
        for one in (part for cell in row.iterchildren() for part in ([cell] if cell.tag == qn("w:tc") else []) + list(cell.iter(*_SPANS))):
            said = one.get(qn("w:val"), "")
            wide += int(said) if one.tag in _SPANS and said.isascii() and said.isdigit() and len(said) < 10 else 1
        if wide > 2 * limits.columns:
            return Both(f"表格的一行多于 {limits.columns} 列", f"a row of a table has more than {limits.columns} columns")
        cells += wide
    if cells > limits.cells // 10:
        return Both(f"表格多于 {limits.cells // 10} 格", f"a table has more than {limits.cells // 10} cells")
    return None


def _grid(name: str, called: str, table: Table) -> Grid:
    """The table as rows of texts; a merged cell speaks in its first position only."""
    rows: list[list[Any]] = []
    merged: list[tuple[int, int, int, int]] = []
    told: dict[Any, tuple[int, int]] = {}
    for at, row in enumerate(table.rows):
        cells: list[Any] = []
        for column, cell in enumerate(row.cells):
            first = told.setdefault(cell._tc, (at, column))
            cells.append(said_in(cell._tc) if first == (at, column) else "")
            if first != (at, column):
                merged.append((*first, at, column))
        rows.append(cells)
    return Grid(file=name, sheet=called, rows=rows, merged=tuple(merged))
