"""A worksheet that writes the same bytes as XlsxWriter's own, in two thirds of the time, where a cell is a string with a format.

It rests on one inner method of XlsxWriter (`_write_cell`). Should that go away, sheets are written by XlsxWriter alone, slower and no
different; tests/unit/reports/writers/test_to_people.py compares the two.
"""

import re
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

__all__ = ["QuickSheet"]

_ESCAPE = re.compile(r"(_x[0-9a-fA-F]{4}_)")
_MARKUP = re.compile("[&<>]")
_COLUMNS = tuple(xl_col_to_name(number) for number in range(100))


class QuickSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """Takes strings without control characters only; `guiju.reports.layout.escape.visible` leaves none."""

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if cell.__class__.__name__ != "String" or not cell.format or not self.constant_memory or col >= len(_COLUMNS):
            super()._write_cell(row, col, cell)
            return
        self.fh.write(f'<c r="{_COLUMNS[col]}{row + 1}" s="{cell.format._get_xf_index()}" {_inline(cell.string)}</c>')


@lru_cache(maxsize=20_000)  # the words of a rule come back with every finding of it
def _inline(text: str) -> str:
    """What follows the number of the format in the element of a string cell, up to its end."""
    if "_x" in text:
        text = _ESCAPE.sub(r"_x005F\1", text)
    keep = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    if _MARKUP.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f't="inlineStr"><is><t{keep}>{text}</t></is>'
