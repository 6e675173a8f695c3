"""A table before it is understood: its cells and their places. Sheets and CSV look the same here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from guiju.catalog.mapping.headers import Match
from guiju.catalog.records.cells import cell_name
from guiju.catalog.records.place import Place
from guiju.terms.fact import Path
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both

__all__ = ["Column", "Grid", "Header", "RowLocator"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows of one sheet from `top` and `left`, both counted from 0; blank cells are empty texts.

    `merged` are merged ranges (top, left, bottom, right) in the same count. `finer` adds line and column to a place, where there
    are lines. `flipped`: rows and columns were exchanged; a place is where the cell was written.
    """

    file: str
    sheet: str | None
    rows: Sequence[list[Any]]
    top: int = 0
    left: int = 0
    merged: tuple[tuple[int, int, int, int], ...] = ()
    finer: Callable[[int, int], tuple[int, int]] | None = None
    flipped: bool = False

    def place(self, row: int, column: int | None) -> Place:
        """The place of a cell by its position in `rows`; of the whole row without a column."""
        whole = column is None
        if self.flipped:
            at, of = (column or 0) + self.left, row + self.top
            return self._place(at - self.left, of - self.top, cell_name(at, of), whole)
        return self._place(row, column or 0, cell_name(row + self.top, (column or 0) + self.left), whole)

    def _place(self, row: int, column: int, cell: str, whole: bool) -> Place:
        line = line_column = None
        if self.finer is not None:
            line, line_column = self.finer(row, column)
        return Place(file=self.file, sheet=self.sheet, cell=cell, line=line, column=None if whole else line_column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column that was understood: its position, its label, and what it means; `number` tells that the field wants numbers."""

    at: int
    label: str
    match: Match
    number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header of a table: its first and last row, its labels, the shape they fit, and a unit of money stated above."""

    first: int
    last: int
    labels: tuple[str, ...]
    shape: Shape
    how: Both
    sure: int
    unit: str | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class RowLocator:
    """The places of one record: its row, its columns by path, and the rows of elements of its lists by list field and position."""

    grid: Grid
    row: int
    columns: dict[tuple[str, ...], int]
    elements: "dict[str, list[RowLocator]] | None" = None

    def place(self, path: Path) -> Place:
        """The cell of the value at a path, or of its nearest owner that has a cell; the row where there is none."""
        if self.elements and path and (rows := self.elements.get(str(path[0]))):
            if len(path) >= 2 and isinstance(path[1], int) and path[1] < len(rows):
                return rows[path[1]].place(tuple(path[2:]))
            return rows[0].place(())
        ids = tuple(step for step in path if isinstance(step, str))
        for length in range(len(ids), 0, -1):
            at = self.columns.get(ids[:length])
            if at is not None:
                return self.grid.place(self.row, at)
        if ids:
            inner = next((at for known, at in self.columns.items() if known[: len(ids)] == ids), None)
            if inner is not None:
                return self.grid.place(self.row, inner)
        return self.grid.place(self.row, None)
