"""Splits a sheet that holds several tables, one below the other, and transposes a table that lies on its side.

Nothing is cut where only one row reads as a header.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.records.cells import text_of
from guiju.catalog.tables.grid import Grid

__all__ = ["split_tables", "transpose"]

_LOOKED_AT = 40
_MOST_ASKED = 1_000
_LEAST = 3
_WIDEST = 400


def split_tables(grid: Grid, kinds: Kinds) -> list[Grid]:
    """The grid, cut before each row that reads as a header of other columns than the header before it."""
    starts, last = [0], _first_header(grid, kinds)
    if last is None:
        return [grid]
    asked, heads = 0, frozenset(_texts(grid.rows[last]))
    for at in range(last + 2, len(grid.rows)):
        if not heads.isdisjoint(map(_plain, grid.rows[at])) and _is_other_order(grid.rows[at], grid.rows[last], kinds):
            # Exports put one below the other: the header again, with its columns in another order.
            starts.append(at)
            last, heads = at, frozenset(_texts(grid.rows[at]))
            continue
        # A second header stands below a blank row or a title.
        if _filled(grid.rows[at - 1], 2) > 1 or _filled(grid.rows[at], _LEAST) < _LEAST or asked > _MOST_ASKED:
            continue
        asked += 1
        if _is_header(grid.rows[at], kinds) and _texts(grid.rows[at]) != _texts(grid.rows[last]):
            starts.append(at - 1 if _filled(grid.rows[at - 1], 1) else at)
            last, heads = at, frozenset(_texts(grid.rows[at]))
    ends = [*starts[1:], len(grid.rows)]
    return [_part(grid, start, end) for start, end in zip(starts, ends, strict=True)] if len(starts) > 1 else [grid]


def transpose(grid: Grid) -> Grid | None:
    """The grid with rows and columns exchanged; None where it is too large to be a table on its side."""
    width = max((len(row) for row in grid.rows), default=0)
    if len(grid.rows) > _WIDEST or width > _WIDEST:
        return None
    rows = [[row[at] if at < len(row) else "" for row in grid.rows] for at in range(width)]
    merged = tuple((left, top, right, bottom) for top, left, bottom, right in grid.merged)
    return replace(grid, rows=rows, top=grid.left, left=grid.top, merged=merged, flipped=True)


def _plain(cell: Any) -> Any:
    return cell if type(cell) is str else None


def _is_other_order(row: list[Any], header: list[Any], kinds: Kinds) -> bool:
    """Whether the row is a header that names a column otherwise than the header above does in the same place, and most of the same."""
    texts, known = _texts(row), _texts(header)
    again = len(set(texts) & set(known))
    return again >= 2 and 2 * again >= len(texts) and texts != known and _is_header(row, kinds)


def _part(grid: Grid, start: int, end: int) -> Grid:
    return replace(grid, rows=grid.rows[start:end], top=grid.top + start, finer=_later(grid.finer, start))


def _later(finer: Callable[[int, int], tuple[int, int]] | None, start: int) -> Callable[[int, int], tuple[int, int]] | None:
    return None if finer is None else lambda row, column: finer(row + start, column)


def _first_header(grid: Grid, kinds: Kinds) -> int | None:
    return next((at for at, row in enumerate(grid.rows[:_LOOKED_AT]) if _filled(row, _LEAST) == _LEAST and _is_header(row, kinds)), None)


def _filled(row: list[Any], most: int) -> int:
    count = 0
    for cell in row:
        if cell not in ("", None):
            count += 1
            if count == most:
                break
    return count


def _texts(row: list[Any]) -> list[str]:
    return [text_of(cell) for cell in row if cell not in ("", None)]


def _is_header(row: list[Any], kinds: Kinds) -> bool:
    """Whether nearly all filled cells are words for fields of one shape."""
    filled = [cell for cell in row if cell not in ("", None)]
    if len(filled) < _LEAST or not all(isinstance(cell, str) and len(cell) <= 60 for cell in filled):
        return False
    for shape in (*kinds.root_shapes, *kinds.inner_shapes):
        index = kinds.index(shape)
        # Four words in five: data do not read so, and the column that names an owner is no field of its shape.
        most = len(filled) // 5 + (len(filled) < 5)
        unknown = 0
        for cell in filled:
            unknown += index.find(cell) is None
            if unknown > most:
                break
        else:
            return True
    return False
