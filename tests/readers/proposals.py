"""Proposals as offices write them: forms, lists under two rows of headers, Word forms, sheets beside a form; with invented contents."""

from pathlib import Path

from docx import Document
from openpyxl import Workbook

__all__ = ["write_docx", "write_xlsx"]

Row = list[object]


def write_xlsx(path: Path, sheets: dict[str, list[Row]], merged: tuple[str, ...] = ()) -> Path:
    """A workbook of those rows; `merged` are ranges of the first sheet."""
    book = Workbook()
    for number, (title, rows) in enumerate(sheets.items()):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = title
        for row in rows:
            sheet.append(row)
        for one in merged if number == 0 else ():
            sheet.merge_cells(one)
    book.save(path)
    return path


def write_docx(path: Path, tables: list[list[list[str]]]) -> Path:
    """A Word file with a heading before each table."""
    document = Document()
    for rows in tables:
        document.add_heading("项目概述", 1)
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(str(path))
    return path
