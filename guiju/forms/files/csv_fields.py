"""Where each field of a CSV text stands, so that one can be changed and all else stay byte for byte.

Quotes are followed as the reader of CSV follows them; what it refuses is not judged here.
"""

from dataclasses import dataclass

__all__ = ["CsvField", "CsvRow", "csv_rows", "quoted"]


@dataclass(frozen=True, slots=True)
class CsvField:
    """The range of one field, its quotes included, and what it says."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row: the line, from 1, on which it begins, its fields, and where it ends before its line end."""

    line: int
    fields: tuple[CsvField, ...]
    end: int


def csv_rows(text: str, mark: str) -> list[CsvRow]:
    """The rows of a text in order; a blank line is a row with one blank field."""
    rows: list[CsvRow] = []
    at, line = 0, 1
    while at < len(text):
        row, at = _row(text, at, line, mark)
        rows.append(row)
        line += text.count("\n", row.fields[0].start, at)
    return rows


def quoted(text: str, mark: str) -> str:
    """The field as it is written: in quotes where it needs them."""
    if any(sign in text for sign in (mark, '"', "\n", "\r")) or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def _row(text: str, at: int, line: int, mark: str) -> tuple[CsvRow, int]:
    fields: list[CsvField] = []
    while True:
        field, at = _field(text, at, mark)
        fields.append(field)
        if at < len(text) and text[at] == mark:
            at += 1
            continue
        end = at
        at = at + 2 if text.startswith("\r\n", at) else at + 1
        return CsvRow(line, tuple(fields), end), min(at, len(text))


def _field(text: str, at: int, mark: str) -> tuple[CsvField, int]:
    start = at
    said: list[str] = []
    if at < len(text) and text[at] == '"':
        at += 1
        while at < len(text):
            closing = text.find('"', at)
            if closing < 0:
                closing = len(text)
            said.append(text[at:closing])
            at = closing + 1
            if text[at : at + 1] != '"':
                break
            said.append('"')
            at += 1
        at = min(at, len(text))
    rest = at
    while at < len(text) and text[at] != mark and text[at] != "\n" and not text.startswith("\r\n", at):
        at += 1
    said.append(text[rest:at])
    return CsvField(start, at, "".join(said)), at
