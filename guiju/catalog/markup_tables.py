"""Tables that are handed out under the name .xls and are none: HTML, web archives (MHT) and the XML of Excel 2003 become grids.

Nothing is fetched and no script is looked at; a document type in XML is refused, since entities can be made to grow without end.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from xml.parsers import expat

from guiju.catalog.records.limits import USUAL
from guiju.catalog.tables.grid import Grid
from guiju.diagnostics.decoding import decode_bytes
from guiju.terms.blank import trim

__all__ = ["is_markup", "markup_grids"]

_HEAD = 4_096
_MARKS = re.compile(rb"^\s*(?:<\?xml|<html|<!doctype html|<table|<head|<body|<meta|<style|<workbook|mime-version:)", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]{1,40})|encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLANKS = re.compile(r"[ \t\n\f\r\u00a0]+")
_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_FARTHEST = 1_048_576
_MOST_SPANNED = 1_000
_PASSED = ("script", "style", "title")


def is_markup(data: bytes) -> bool:
    """Whether the bytes begin as a page, a web archive or an XML text does, in whatever encoding."""
    return _MARKS.match(data[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")) is not None


def markup_grids(name: str, data: bytes) -> list[Grid] | None:
    """The tables of such a text in their order; None where it cannot be read as one."""
    plain = data[:_HEAD].replace(b"\0", b"")
    if plain.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")[:13].lower() == b"mime-version:":
        page = _page_in(data)
        return None if page is None else markup_grids(name, page)
    said = _CHARSET.search(plain)
    source, _, _ = decode_bytes(data, name, _known(said) if said is not None else None)
    if source is None:
        source, _, _ = decode_bytes(data, name)
    if source is None:
        return None
    if _SHEET in source.text[:_HEAD]:
        return _of_workbook(name, source.text)
    return None if source.text.lstrip().startswith("<?xml") and "<table" not in source.text.lower() else _of_page(name, source.text)


def _known(said: re.Match[bytes]) -> str:
    return (said.group(1) or said.group(2)).decode("ascii", "replace")


def _page_in(data: bytes) -> bytes | None:
    """Of a web archive the part with the most table rows: a workbook that is saved so has one part for each sheet, and frames."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/html"]
    # A broken archive makes the library raise many classes; whatever it is, there is no page in it.
    except Exception:
        return None
    pages = [part for part in parts if isinstance(part, bytes)]
    return max(pages, key=lambda page: page.lower().count(b"<tr"), default=None)


class _Page(HTMLParser):
    """Gathers the cells of tables; a table inside a cell is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._passing = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in _PASSED:
            self._passing += 1
        elif tag == "table" and len(self._open) < USUAL.depth:
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif self._open and tag == "tr":
            self._open[-1].begin_row()
        elif self._open and tag in ("td", "th"):
            self._open[-1].begin_cell(_count(given.get("colspan")), _count(given.get("rowspan")))
        elif self._open and tag in ("br", "p", "div"):
            self._open[-1].say(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _PASSED:
            self._passing = max(0, self._passing - 1)
        elif tag == "table" and self._open:
            self._open.pop().end_cell()
        elif tag in ("td", "th", "tr") and self._open:
            self._open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._passing:
            self._open[-1].say(data)


class _Table:
    """One table, filled from its beginning: rows of texts, and the ranges that one cell spans."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        # For each column the row up to which a cell from above reaches into it.
        self._taken: dict[int, int] = {}
        self._texts: list[str] | None = None

    def begin_row(self) -> None:
        self.end_cell()
        self.rows.append([])

    def begin_cell(self, across: int, down: int) -> None:
        self.end_cell()
        if not self.rows:
            self.rows.append([])
        at, row = len(self.rows) - 1, self.rows[-1]
        while self._taken.get(len(row), -1) >= at:
            row.append("")
        first = len(row)
        if first + across > USUAL.columns:
            across = max(1, USUAL.columns - first)
        row.extend([""] * across)
        if across > 1 or down > 1:
            self.merged.append((at, first, at + down - 1, first + across - 1))
        if down > 1:
            self._taken.update(dict.fromkeys(range(first, first + across), at + down - 1))
        self._texts, self._first = [], first

    def say(self, text: str) -> None:
        if self._texts is not None:
            self._texts.append(text)

    def end_cell(self) -> None:
        if self._texts is not None and self.rows and self._first < len(self.rows[-1]):
            self.rows[-1][self._first] = trim(_BLANKS.sub(" ", "".join(self._texts)))
        self._texts = None


def _count(text: str | None) -> int:
    return min(int(text), _MOST_SPANNED) if text is not None and text.isascii() and text.isdigit() and int(text[:6]) > 0 else 1


def _of_page(name: str, text: str) -> list[Grid]:
    page = _Page()
    page.feed(text)
    page.close()
    tables = [one for one in page.tables if any(any(row) for row in one.rows)]
    names = (None,) if len(tables) == 1 else tuple(f"Table{number}" for number in range(1, len(tables) + 1))
    return [Grid(file=name, sheet=sheet, rows=one.rows, merged=tuple(one.merged)) for sheet, one in zip(names, tables, strict=True)]


class _Refused(Exception):
    """The XML declares a document type, or its cells stand where no sheet has a place."""


class _Workbook:
    """Gathers the sheets of an XML workbook by the elements that name them."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, dict[int, dict[int, Any]], list[tuple[int, int, int, int]]]] = []
        self._row = self._column = -1
        self._type = ""
        self._text: list[str] | None = None
        self._depth_data = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        space, _, local = tag.rpartition(" ")
        here = {key.rpartition(" ")[2]: value for key, value in given.items()}
        if space != _SHEET:
            return
        match local:
            case "Worksheet":
                self.sheets.append((here.get("Name", ""), {}, []))
                self._row = self._column = -1
            case "Row" if self.sheets:
                self._row, self._column = _placed(here, self._row), -1
            case "Cell" if self.sheets and self._row >= 0:
                self._column = _placed(here, self._column)
                across, down = _span(here, "MergeAcross"), _span(here, "MergeDown")
                if across or down:
                    self.sheets[-1][2].append((self._row, self._column, self._row + down, self._column + across))
                self._across = across
            case "Data" if self._column >= 0:
                self._type, self._text = here.get("Type", "String"), []

    def end(self, tag: str) -> None:
        space, _, local = tag.rpartition(" ")
        if space != _SHEET:
            return
        if local == "Data" and self._text is not None:
            self.sheets[-1][1].setdefault(self._row, {})[self._column] = _typed("".join(self._text), self._type)
            self._text = None
        elif local == "Cell" and self._column >= 0:
            self._column += self._across

    def say(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def refuse(self, *_: Any) -> None:
        raise _Refused


def _placed(given: dict[str, str], before: int) -> int:
    said = given.get("Index", "")
    at = int(said) - 1 if said.isascii() and said.isdigit() and len(said) <= 7 else before + 1
    if not before < at < _FARTHEST:
        raise _Refused
    return at


def _span(given: dict[str, str], key: str) -> int:
    said = given.get(key, "0")
    return min(int(said), _MOST_SPANNED) if said.isascii() and said.isdigit() and len(said) <= 7 else 0


def _typed(text: str, type: str) -> Any:
    try:
        match type:
            case "Number":
                return float(text)
            case "Boolean":
                return text.strip() in ("1", "true")
            case "DateTime":
                return datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return text


def _of_workbook(name: str, text: str) -> list[Grid] | None:
    book = _Workbook()
    # The encoding is that of the bytes given here, whatever the text declares.
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = book.start, book.end, book.say
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = book.refuse
    try:
        parser.Parse(_DECLARATION.sub("", text.removeprefix("\ufeff")).encode("utf-8", "surrogatepass"), True)
    except (expat.ExpatError, _Refused):
        return None
    return list(_grids(name, book)) if _cells(book) <= USUAL.cells // 4 else None


def _cells(book: _Workbook) -> int:
    """The cells that the sheets take once they are laid out, blanks included."""
    return sum(max(rows, default=0) + sum(max(row) + 1 for row in rows.values()) for _, rows, _ in book.sheets)


def _grids(name: str, book: _Workbook) -> Iterator[Grid]:
    for sheet, rows, merged in book.sheets:
        laid = [
            [rows[at].get(column, "") for column in range(max(rows[at]) + 1)] if at in rows else []
            for at in range(max(rows, default=-1) + 1)
        ]
        yield Grid(file=name, sheet=sheet, rows=laid, merged=tuple(merged))
