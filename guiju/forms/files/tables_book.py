"""A workbook of plain tables, a sheet each; no cell of it is a formula, and the same tables give the same bytes."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeAlias

import xlsxwriter

from guiju.reports.layout.escape import visible

__all__ = ["Sheet", "tables_book"]

Sheet: TypeAlias = tuple[str, Sequence[str], Iterable[Sequence[str | int]]]
"""The title, the heads of its columns, and its rows."""
_WIDTH = 18


def tables_book(sheets: Iterable[Sheet]) -> bytes:
    """The bytes of the workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1)})
    bold = book.add_format({"bold": True})
    for title, heads, rows in sheets:
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, _WIDTH)
        for at, head in enumerate(heads):
            sheet.write_string(0, at, head, bold)
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number, at, value)
                else:
                    sheet.write_string(number, at, visible(value)[:32_000])
    book.close()
    return out.getvalue()
