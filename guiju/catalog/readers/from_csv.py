"""CSV and TSV become records: the mark between fields is found, quotes are followed, ragged rows are told.

Cells stay text; nothing that looks like a formula is more than text here.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Input
from guiju.catalog.tables.from_table import read_tables
from guiju.catalog.tables.grid import Grid
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span

__all__ = ["find_mark", "read_csv_file"]

_MARKS = (",", "\t", ";", "|", "，")
# What Excel writes, and honours, before the first row.
_SAID = re.compile(r"sep=([,;|\t])\r?\n", re.IGNORECASE)
# How a spreadsheet is told that a number is a text: ="00123".
_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_LOOKED_AT = 50
_LONGEST_FIELD = 1_000_000


def read_csv_file(opened: ReaderInput) -> Iterator[Item]:
    """The items of a CSV or TSV text."""
    source, encoding, found = decode_bytes(opened.data, opened.name, opened.options.encoding)
    yield from found
    yield Input(file=opened.name, sha256="", format="csv", encoding=encoding, subjects=())
    if source is None:
        return
    if "\n" not in source.text and "\r" in source.text:
        # Old office programs end a line so; a character for a character, every offset stays.
        source = Source(source.name, source.text.replace("\r", "\n"))
    yield source
    mark = find_mark(source, opened.name)
    rows, lines, faults = _split(source, mark, opened)
    yield from _capped(faults, opened)
    if any(one.code == "D067" for one in faults):
        return
    yield from _capped(_ragged(source, rows, lines), opened)

    def finer(row: int, column: int) -> tuple[int, int]:
        line = lines[row] if row < len(lines) else 1
        return line, _column_in(source.line_text(line), mark, column)

    grid = Grid(file=opened.name, sheet=None, rows=rows, finer=finer)
    yield from read_tables(opened, Kinds(opened.vocabulary, opened.roots, opened.options.columns), [grid])


def find_mark(source: Source, name: str) -> str:
    """The mark that stands in the most lines, the same number of times in most of them; a tab for .tsv."""
    if (said := _SAID.match(source.text.removeprefix("\ufeff"))) is not None:
        return said.group(1)
    if name.lower().endswith(".tsv"):
        return "\t"
    lines = [text for number in range(1, min(len(source.lines), _LOOKED_AT) + 1) if (text := source.line_text(number)).strip()]
    best, most = ",", (0, 0)
    for mark in _MARKS:
        counts = Counter(_outside_quotes(text, mark) for text in lines)
        counts.pop(0, None)
        if counts:
            times, alike = counts.most_common(1)[0]
            if (alike, times) > most:
                best, most = mark, (alike, times)
    return best


def _outside_quotes(text: str, mark: str) -> int:
    return sum(part.count(mark) for part in text.split('"')[::2])


def _split(source: Source, mark: str, opened: ReaderInput) -> tuple[list[list[Any]], list[int], list[Diagnostic]]:
    """The rows, the line each begins on, and complaints. A line whose quote never closes is told and left; the lines after it are read."""
    rows: list[list[Any]] = []
    starts: list[int] = []
    faults: list[Diagnostic] = []
    texts = source.text.removeprefix("\ufeff").split("\n")
    begin = 0
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    if _SAID.match(source.text.removeprefix("\ufeff")) is not None:
        begin = 1
    while begin < len(texts):
        broken = _read_from(texts, begin, mark, rows, starts)
        if broken is None:
            break
        code = "D086" if len(texts[broken]) > _LONGEST_FIELD else "D057"
        faults.append(complain(code, _line_span(source, broken + 1), line=str(broken + 1), limit=str(_LONGEST_FIELD)))
        begin = broken + 1
        if len(faults) >= opened.limits.diagnostics:
            break
    if '="' in source.text:
        rows = [[_as_text(cell) for cell in row] for row in rows]
    for row, line in zip(rows, starts, strict=True):
        if len(row) > opened.limits.columns:
            return [], [], [complain("D067", _line_span(source, line), line=str(line), limit=str(opened.limits.columns))]
    return rows, starts, faults


def _as_text(cell: str) -> str:
    found = _AS_TEXT.fullmatch(cell.strip()) if cell[:1] in "= " else None
    return cell if found is None else found.group(1).replace('""', '"')


def _read_from(texts: list[str], begin: int, mark: str, rows: list[list[Any]], starts: list[int]) -> int | None:
    """Reads rows from that line on; the line (from 0) of a quote that never closes, or None at the end."""
    reader = csv.reader((text.rstrip("\r") + "\n" for text in texts[begin:]), delimiter=mark)
    line = begin
    while True:
        try:
            row: list[Any] = next(reader)
        except StopIteration:
            return None
        except csv.Error:
            return line
        after = begin + reader.line_num
        if after >= len(texts) and after - line > 1 and sum(text.count('"') for text in texts[line:after]) % 2:
            return line
        if after - line == 1 and texts[line].count('"') % 2 and after >= len(texts):
            return line
        if row:
            row[-1] = row[-1].rstrip("\n")
        rows.append(row)
        starts.append(line + 1)
        line = after


def _ragged(source: Source, rows: list[list[Any]], lines: list[int]) -> list[Diagnostic]:
    """Rows that are longer than the widest of the common rows, or that hold some fields and lack others."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return []
    wanted = widths.most_common(1)[0][0]
    return [
        complain("D056", _line_span(source, line), line=str(line), count=str(len(row)), wanted=str(wanted))
        for row, line in zip(rows, lines, strict=True)
        if 1 < len(row) != wanted and (len(row) < wanted or any(row[wanted:]))
    ]


def _line_span(source: Source, line: int) -> Span:
    start = source.lines[min(line, len(source.lines)) - 1]
    return Span(source.name, start, start + len(source.line_text(min(line, len(source.lines)))))


def _capped(faults: list[Diagnostic], opened: ReaderInput) -> Iterator[Item]:
    yield from faults[: opened.limits.diagnostics]


def _column_in(text: str, mark: str, column: int) -> int:
    """The column of characters, from 1, at which a field of a line begins."""
    begins = _begins(text, mark)
    return begins[column] if column < len(begins) else len(text) + 1


@lru_cache(maxsize=64)  # the fields of one line are asked for one after another
def _begins(text: str, mark: str) -> tuple[int, ...]:
    begins, quoted = [1], False
    for found in re.finditer(f'["{re.escape(mark)}]', text):
        if found.group() == '"':
            quoted = not quoted
        elif not quoted:
            begins.append(found.end() + 1)
    return tuple(begins)
