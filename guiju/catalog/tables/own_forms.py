"""The form that guiju writes with one field a line: labels in one column, boxes in another, explanations between them.

It is known by the mark in its first cell, so that an explanation beside an empty box is never taken for the value.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from guiju.catalog.mapping import words
from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.records.cells import text_of
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import LeftOut
from guiju.catalog.tables.form import Form, read_form
from guiju.catalog.tables.grid import Grid
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span

__all__ = ["BOX", "FORM_MARK", "LABEL", "own_form", "read_own_forms"]

FORM_MARK = "规矩 Guiju 填报 ▸"
LABEL = {"zh": "字段", "en": "field"}
BOX = {"zh": "在这里填", "en": "fill in here"}
_LOOKED_AT = 12


def own_form(grid: Grid, kinds: Kinds) -> Form | None:
    """The form on the sheet, its blank boxes too; None for any other sheet."""
    head = next((one for row in grid.rows[:_LOOKED_AT] for one in map(text_of, row[:3]) if one.startswith(FORM_MARK)), None)
    shape = kinds.named(head.removeprefix(FORM_MARK).strip()) if head is not None else None
    found = _columns(grid.rows)
    if shape is None or found is None:
        return None
    first, label, box = found
    index = kinds.index(shape)
    pairs = []
    for at, row in enumerate(grid.rows[first:], first):
        name = text_of(row[label]) if label < len(row) else ""
        if name and (index.find(name) is not None or (box < len(row) and row[box] not in ("", None))):
            pairs.append((name, at, label, at, box))
    return Form(shape=shape, pairs=tuple(pairs), weight=float("inf"), own=True)


def read_own_forms(opened: ReaderInput, kinds: Kinds, own: Sequence[tuple[Grid, Form]]) -> Iterator[Item]:
    """The records of the forms that guiju wrote; a blank one is nobody's, and alone it is said to hold none."""
    for grid, form in own:
        if not _is_blank(grid, form):
            yield from read_form(opened, kinds, [(grid, form)])
        elif len(own) == 1:
            yield complain("D084", Span(grid.file, 0, 0), where=grid.sheet or grid.file)
        else:
            yield LeftOut(what=words.EMPTY_SHEET, place=grid.place(0, None), seen="")


def _is_blank(grid: Grid, form: Form) -> bool:
    """Whether nobody has filled in a box."""
    return not any(box < len(grid.rows[at]) and text_of(grid.rows[at][box]) for *_, at, box in form.pairs)


def _columns(rows: Sequence[list[Any]]) -> tuple[int, int, int] | None:
    """The row below the heads, and the columns of labels and of boxes."""
    for at, row in enumerate(rows[:_LOOKED_AT]):
        said = [text_of(cell) for cell in row]
        label = next((number for number, one in enumerate(said) if one in LABEL.values()), None)
        box = next((number for number, one in enumerate(said) if one in BOX.values()), None)
        if label is not None and box is not None:
            return at + 1, label, box
    return None
