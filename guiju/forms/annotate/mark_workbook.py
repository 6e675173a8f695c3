"""The applicant's own workbook given back: guilty cells coloured and commented, and a list of all problems in front.

The original bytes are only read; nothing is corrected here.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from guiju.catalog.tables.grid import Grid
from guiju.catalog.tables.own_sheets import is_own_sheet
from guiju.forms.annotate.problem_list import COLOURS, add_problem_list
from guiju.forms.annotate.remarks import Marking, Remark, comment_text
from guiju.forms.files.lost_parts import lost_parts
from guiju.forms.files.style_cache import Styles
from guiju.forms.files.words import WORDS, filled
from guiju.forms.files.workbook import all_kept, fresh_book, open_book, save_book, sheet_name, target_cell
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.visible import visible

__all__ = ["Marked", "list_workbook", "mark_tables", "mark_workbook"]

_AUTHOR = "规矩 Guiju"
_LONGEST = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A marked copy: what it may have lost on the way, and what a limit left out of it."""

    data: bytes
    lost: tuple[Both, ...] = ()
    left: tuple[Both, ...] = ()


def mark_workbook(data: bytes, grids: Sequence[Grid], marking: Marking, *, macros: bool = False) -> Marked:
    """A marked copy of an .xlsx or .xlsm."""
    book = open_book(data, grids, macros=macros)
    if book is not None:
        promised, left = _marked(book, marking)
        made = save_book(book, data, marking.as_of)
        if all_kept(made, [one for one in grids if not is_own_sheet(one)]) and _marks_in(made) >= promised:
            return Marked(data=made, lost=lost_parts(data, keep_macros=macros), left=left)
    return replace(mark_tables(grids, marking), lost=(WORDS["only_values"],))


def mark_tables(grids: Sequence[Grid], marking: Marking) -> Marked:
    """A new workbook with the values of tables of another format, marked."""
    book = fresh_book(grids)
    # A sheet may have another name in the copy, since not every name is one there.
    names = {one.sheet or "": sheet_name(one, number) for number, one in enumerate(grids, 1) if one.sheet}
    _, left = _marked(book, marking, names)
    return Marked(data=save_book(book, None, marking.as_of), left=left)


def list_workbook(marking: Marking) -> Marked:
    """A workbook that holds nothing but the list of problems, for inputs that are no tables."""
    book = fresh_book(())
    left = add_problem_list(book, marking, linked=False)
    return Marked(data=save_book(book, None, marking.as_of), left=left)


def _marks_in(data: bytes) -> int:
    """How many comments of ours a written copy holds."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [name for name in archive.namelist() if "comments" in name.rpartition("/")[0] + name.rpartition("/")[2]]
        return sum(archive.read(name).count(b"<comment ") for name in parts if name.endswith(".xml"))


def _marked(book: Any, marking: Marking, names: Mapping[str, str] | None = None) -> tuple[int, tuple[Both, ...]]:
    """Marks the cells and adds the list; how many cells were marked, and what was left out of either."""
    cells, marked = _mark(book, marking, names or {})
    words = (filled("cells_left", n=cells - marking.most_cells, most=marking.most_cells),) if cells > marking.most_cells else ()
    return marked, words + add_problem_list(book, marking, linked=True, told=words)


def _mark(book: Any, marking: Marking, names: Mapping[str, str]) -> tuple[int, int]:
    """Marks the gravest; how many cells there are to be marked, and how many were."""
    _forget(book)
    by_cell: dict[tuple[str, str], list[Remark]] = {}
    only = book.worksheets[0].title if book.worksheets else ""
    for one in marking.remarks:
        for place in one.places:
            if place.file == marking.file and place.cell is not None:
                by_cell.setdefault((names.get(place.sheet or "", place.sheet or "") or only, place.cell), []).append(one)
    sheets = {one.title: one for one in book.worksheets}
    gathered: dict[tuple[str, str], tuple[Any, list[Remark]]] = {}
    for (name, cell), remarks in list(by_cell.items())[: marking.most_cells]:
        if name in sheets:
            # Two places may lie in one merged range, which has one cell to speak of.
            target = target_cell(sheets[name], cell)
            gathered.setdefault((name, target.coordinate), (target, []))[1].extend(remarks)
    styles = Styles()
    for target, remarks in gathered.values():
        _mark_cell(target, list(dict.fromkeys(remarks)), marking, styles)
    return len(by_cell), len(gathered)


def _mark_cell(cell: Any, remarks: list[Remark], marking: Marking, styles: Styles) -> None:
    severity = max(one.severity for one in remarks)
    styles.put(cell, severity, lambda one: _fill(one, severity))
    text = comment_text(remarks, marking.tongue)
    if cell.comment is not None:
        text = f"{cell.comment.text[: _LONGEST - len(text)]}\n————\n{text}"
    lines = sum(1 + len(line) // 24 for line in text.split("\n"))
    cell.comment = Comment(visible(text)[:_LONGEST], _AUTHOR, width=380, height=min(480, 24 + 18 * lines))


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
