"""A document of YAML as a workbook: one sheet for each kind, lists of words joined, lists of records on sheets of their own."""

from datetime import date
from typing import Any

from openpyxl import Workbook

from guiju.diagnostics.located_yaml import read_yaml
from guiju.diagnostics.source import Source
from guiju.forms.files.workbook import save_book, write_text

__all__ = ["book_of"]

_DAY = "提交日期"
_FIRST = date(2020, 4, 28)


def book_of(text: str) -> bytes:
    """The bytes of the workbook; the day of submission stands on a sheet of its own."""
    root, _ = read_yaml(Source("witness.yaml", text))
    assert root is not None
    plain: Any = root.plain()
    book = Workbook()
    book.remove(book.active)
    for kind, records in plain.items():
        if isinstance(records, list):
            _sheet(book, kind, [_row(one) for one in records])
            for name, rows in _inner(records).items():
                _sheet(book, name, rows)
    if _DAY in plain:
        _sheet(book, _DAY, [{_DAY: plain[_DAY]}])
    return save_book(book, None, date.fromisoformat(str(plain[_DAY])) if _DAY in plain else _FIRST)


def _row(record: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in record.items():
        match value:
            case list() if not any(isinstance(one, dict | list) for one in value):
                made[name] = "、".join(map(str, value))
            case list():
                continue
            case dict() if len(value) == 1 and next(iter(value)) in ("不适用", "待定"):
                word, reason = next(iter(value.items()))
                made[name] = f"{word}：{reason}" if word == "不适用" else word
            case dict():
                made |= {f"{name}{part}": one for part, one in _row(value).items()}
            case bool():
                made[name] = "是" if value else "否"
            case _:
                made[name] = value
    return made


def _inner(records: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The records in lists, each with the first words of its owner, by which readers find it again."""
    found: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        owner = next(((name, value) for name, value in record.items() if isinstance(value, str)), None)
        for name, value in record.items():
            if isinstance(value, list):
                for one in value:
                    if isinstance(one, dict):
                        found.setdefault(name, []).append({**dict([owner] if owner else []), **_row(one)})
    return found


def _sheet(book: Workbook, title: str, rows: list[dict[str, Any]]) -> None:
    sheet = book.create_sheet(title[:31])
    headers = list(dict.fromkeys(name for row in rows for name in row))
    for at, row in enumerate([dict(zip(headers, headers, strict=True)), *rows], 1):
        for column, name in enumerate(headers, 1):
            if isinstance(row.get(name), str):
                write_text(sheet.cell(at, column), row[name])
            elif name in row:
                sheet.cell(at, column).value = row[name]
