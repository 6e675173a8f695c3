"""One table of words as a workbook: a head that stays in sight, columns as wide as their words, filters; no text becomes a formula."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

from guiju.diagnostics.source import display_width

__all__ = ["to_table"]

# A workbook carries the moment of its making; a fixed one keeps the same table the same bytes.
_MADE = datetime(1980, 1, 1)
_WIDEST = 60


def to_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The workbook. `heads` are the words above the columns; each row has as many cells."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "created": _MADE})
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#EDEDED"})
        cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for column, words in enumerate(heads):
            widest = max((display_width(row[column]) for row in rows), default=0)
            sheet.set_column(column, column, min(_WIDEST, max(widest, display_width(words)) + 2))
            sheet.write_string(0, column, words, head)
        for number, row in enumerate(rows, 1):
            for column, words in enumerate(row):
                sheet.write_string(number, column, words, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    return target.getvalue()
