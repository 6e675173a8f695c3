"""Builds the workbooks of examples/catalog from the YAML files beside them, so that both say the same.

Run it as `python examples/build.py`; it takes no arguments and writes catalog/clean.xlsx and catalog/faulty.xlsx.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["build", "main"]

HERE = Path(__file__).resolve().parent / "catalog"
DAY = datetime(2026, 3, 2)
KEY = "代码"
BASIS = "不予共享依据"


def main() -> None:
    """Writes both workbooks."""
    for name in ("clean", "faulty"):
        book = build(yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8")))
        book.save(HERE / f"{name}.xlsx")


def build(catalog: dict[str, Any]) -> Workbook:
    """A workbook with one sheet for the catalog, one for its datasets, one for their items."""
    book = Workbook()
    # A workbook carries the moment of its making; a fixed one keeps the file the same from run to run.
    book.properties.created = book.properties.modified = DAY
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "目录"
    _write(first, [_cells(catalog["目录"])])
    datasets: list[dict[str, Any]] = catalog["数据集"]
    _write(book.create_sheet("数据集"), [_cells(one) for one in datasets])
    items = [{"信息资源代码": one[KEY], **_cells(item)} for one in datasets for item in one["信息项"]]
    _write(book.create_sheet("信息项"), items)
    return book


def _cells(record: dict[str, Any]) -> dict[str, Any]:
    """The record as one row: lists of words joined, the first basis spread over columns, items left to their sheet."""
    row: dict[str, Any] = {}
    for name, value in record.items():
        if name == BASIS:
            row |= {f"{BASIS}{part}": said for part, said in value[0].items()}
        elif isinstance(value, list):
            if all(isinstance(one, str) for one in value):
                row[name] = "、".join(value)
        elif isinstance(value, bool):
            row[name] = "是" if value else "否"
        else:
            row[name] = value
    return row


def _write(sheet: Worksheet, rows: list[dict[str, Any]]) -> None:
    headers = list(dict.fromkeys(name for row in rows for name in row))
    sheet.append(headers)
    for row in rows:
        sheet.append([row.get(name) for name in headers])


if __name__ == "__main__":
    main()
