"""The applicant's own workbook given back: guilty cells coloured and commented, and a list of all problems in front.

The original bytes are only read; nothing is corrected here.
"""

from collections.abc import Sequence
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from guiju.catalog.table import Grid
from guiju.forms.lost_parts import lost_parts
from guiju.forms.problem_list import COLOURS, add_problem_list
from guiju.forms.remarks import Marking, Remark, comment_text
from guiju.forms.style_once import Styles
from guiju.forms.words import WORDS
from guiju.forms.workbook import fresh_book, open_book, save_book, target_cell
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both

__all__ = ["list_workbook", "mark_tables", "mark_workbook"]

_AUTHOR = "规矩 Guiju"
_MOST_MARKED = 20_000
_LONGEST = 3_000


def mark_workbook(data: bytes, grids: Sequence[Grid], marking: Marking, *, macros: bool = False) -> tuple[bytes, tuple[Both, ...]]:
    """A marked copy of an .xlsx or .xlsm, and what it may have lost on the way."""
    book = open_book(data, macros=macros)
    if book is None:
        return mark_tables(grids, marking), (WORDS["only_values"],)
    _mark(book, marking)
    add_problem_list(book, marking, linked=True)
    return save_book(book, data, marking.as_of), lost_parts(data, keep_macros=macros)


def mark_tables(grids: Sequence[Grid], marking: Marking) -> bytes:
    """A new workbook with the values of tables of another format, marked."""
    book = fresh_book(grids)
    _mark(book, marking)
    add_problem_list(book, marking, linked=True)
    return save_book(book, None, marking.as_of)


def list_workbook(marking: Marking) -> bytes:
    """A workbook that holds nothing but the list of problems, for inputs that are no tables."""
    book = fresh_book(())
    add_problem_list(book, marking, linked=False)
    return save_book(book, None, marking.as_of)


def _mark(book: Any, marking: Marking) -> None:
    _forget(book)
    by_cell: dict[tuple[str, str], list[Remark]] = {}
    only = book.worksheets[0].title if book.worksheets else ""
    for one in marking.remarks:
        for place in one.places:
            if place.file == marking.file and place.cell is not None:
                by_cell.setdefault((place.sheet or only, place.cell), []).append(one)
    sheets = {one.title: one for one in book.worksheets}
    gathered: dict[tuple[str, str], tuple[Any, list[Remark]]] = {}
    for (name, cell), remarks in list(by_cell.items())[:_MOST_MARKED]:
        if name in sheets:
            # Two places may lie in one merged range, which has one cell to speak of.
            target = target_cell(sheets[name], cell)
            gathered.setdefault((name, target.coordinate), (target, []))[1].extend(remarks)
    styles = Styles()
    for target, remarks in gathered.values():
        _mark_cell(target, list(dict.fromkeys(remarks)), marking, styles)


def _mark_cell(cell: Any, remarks: list[Remark], marking: Marking, styles: Styles) -> None:
    severity = max(one.severity for one in remarks)
    styles.put(cell, severity, lambda one: _fill(one, severity))
    text = comment_text(remarks, marking.tongue)
    if cell.comment is not None:
        text = f"{cell.comment.text[: _LONGEST - len(text)]}\n————\n{text}"
    lines = sum(1 + len(line) // 24 for line in text.split("\n"))
    cell.comment = Comment(text[:_LONGEST], _AUTHOR, width=380, height=min(480, 24 + 18 * lines))


def _fill(cell: Any, severity: Severity) -> None:
    cell.fill = PatternFill("solid", fgColor=COLOURS[severity])


def _forget(book: Any) -> None:
    """Takes away the comments of an earlier marking, so that a copy that is marked again says what holds now."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == _AUTHOR:
                    earlier, parted, _ = cell.comment.text.rpartition("\n————\n")
                    cell.comment = Comment(earlier, "") if parted else None
