"""Word documents: the tables of a 申报书 become records, by their labels or by their header; text outside tables is left.

The zip is checked before anything opens it; macros, links and embedded objects are never looked at.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from guiju.catalog.from_table import read_tables
from guiju.catalog.item import Item, Opened
from guiju.catalog.kinds import Kinds
from guiju.catalog.model import Input
from guiju.catalog.table import Grid
from guiju.catalog.zip_check import check_zip
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.terms.tongue import Both

__all__ = ["read_word_file"]

_MOST_TABLES = 500
_NOT_WORD = Both("不是 Word 文档", "it is no Word document")


def read_word_file(opened: Opened) -> Iterator[Item]:
    """The items of the tables of a .docx file; a place is the table and the cell in it."""
    yield Input(file=opened.name, sha256="", format="word", encoding=None, subjects=())
    _, faults = check_zip(opened.data, opened.name, opened.limits)
    yield from faults
    if faults:
        return
    try:
        document = Document(BytesIO(opened.data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError):
        yield complain("D097", Span(opened.name, 0, 0), why=_NOT_WORD)
        return
    grids = [_grid(opened.name, number, table) for number, table in enumerate(document.tables[:_MOST_TABLES], 1)]
    if not grids:
        yield complain("D097", Span(opened.name, 0, 0), why=Both("里面没有表格", "it holds no table"))
        return
    yield from read_tables(opened, Kinds(opened.vocabulary, opened.roots), grids)


def _grid(name: str, number: int, table: Table) -> Grid:
    """The table as rows of texts; a merged cell speaks in its first position only."""
    rows: list[list[Any]] = []
    merged: list[tuple[int, int, int, int]] = []
    told: dict[Any, tuple[int, int]] = {}
    for at, row in enumerate(table.rows):
        cells: list[Any] = []
        for column, cell in enumerate(row.cells):
            first = told.setdefault(cell._tc, (at, column))
            cells.append("\n".join(part.text for part in cell.paragraphs).strip() if first == (at, column) else "")
            if first != (at, column):
                merged.append((*first, at, column))
        rows.append(cells)
    return Grid(file=name, sheet=f"表{number}", rows=rows, merged=tuple(merged))
