"""Detects columns whose values do not fit their header: a sign that the headers are shifted sideways.

It moves nothing; the diagnostic names a neighbouring column that would fit.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from guiju.catalog.records.cells import column_name
from guiju.catalog.tables.grid import Column, Grid, Header
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.span import Span
from guiju.terms.tongue import Both

__all__ = ["shifted_columns"]

_LOOKED_AT = 200
_LEAST = 5
_NOTHING = frozenset(("", None, "无", "暂无", "-", "—", "/", "null", "NULL", "N/A", "待定", "不涉及", "不适用"))
_DIGIT = re.compile(r"[0-9０-９零〇一二两三四五六七八九十百千万亿]")


def shifted_columns(grid: Grid, header: Header, columns: Sequence[Column]) -> Iterator[Diagnostic]:
    """A complaint for each column of numbers or days in which fewer than two thirds of the values have so much as a digit."""
    if grid.flipped:
        return
    rows = grid.rows[header.last + 1 : header.last + 1 + _LOOKED_AT]
    for one in columns:
        if not one.number:
            continue
        filled = _filled(rows, one.at)
        good = sum(1 for cell in filled if _is_like_a_number(cell))
        if len(filled) - good < _LEAST or good * 3 >= len(filled) * 2:
            continue
        near = [at for at in (one.at - 1, one.at + 1) if at >= 0 and _fits(_filled(rows, at))]
        letters = "、".join(column_name(at + grid.left) for at in near)
        said = Both(f"旁边的 {letters} 列全是数", f"column {letters} beside it holds numbers") if near else _NONE_NEAR
        sheet = Both(f"“{grid.sheet}”里", f"in `{grid.sheet}`") if grid.sheet else Both("", "")
        yield complain("D068", Span(grid.file, 0, 0), sheet=sheet, header=one.label, count=str(len(filled)), good=str(good), near=said)


_NONE_NEAR = Both("旁边也没有合适的列", "no column beside it fits")


def _filled(rows: Sequence[list[Any]], at: int) -> list[Any]:
    return [row[at] for row in rows if at < len(row) and row[at] not in _NOTHING]


def _is_like_a_number(cell: Any) -> bool:
    if isinstance(cell, str):
        return _DIGIT.search(cell) is not None
    return isinstance(cell, int | float | date | datetime)


def _fits(filled: list[Any]) -> bool:
    """Whether nearly every value of a column begins as a number does."""
    if len(filled) < _LEAST:
        return False
    numbers = sum(1 for cell in filled if not isinstance(cell, str) or re.match(r"\s*[¥￥]?\s*[+-]?[0-9]", cell))
    return numbers * 10 >= len(filled) * 9
