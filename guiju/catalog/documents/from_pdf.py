"""The pieces of a PDF that holds text: lines joined to paragraphs, ruled tables, and the page on which each stands."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber

from guiju.catalog.documents.headings import form_of, is_listed, names_a_part, number_of, sections_of, with_headings
from guiju.catalog.documents.model import Piece, Writing, WrittenTable
from guiju.catalog.records.limits import USUAL
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["NoText", "read_pdf"]

# What its parser thinks of each damaged operator is of no use to an applicant.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
_ENDS = "。；：！？;:"
_PAGE_NUMBER = re.compile(r"^\s*(?:第\s*\d+\s*页.*|[-—–]?\s*\d{1,4}\s*[-—–]?|.*第\s*\d+\s*页\s*共\s*\d+\s*页)\s*$")


class NoText(ValueError):
    """The pages are pictures, or their fonts name no characters; the message is not for people."""


@fast_dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int
    right: float
    left: float
    bold: bool = False


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.tables: list[tuple[int, list[list[str]], list[list[int]], int]] = []
        self.kept: list[_Line] = []
        self.bold: list[bool] = []
        self.number = 0

    def add(
        self,
        text: str,
        page: int,
        cell: tuple[int, int, int] | None = None,
        part: str = "body",
        *,
        bold: bool = False,
        alone: bool = False,
        beside: bool = False,
    ) -> int:
        self.number += 1
        listed = is_listed(text)
        self.pieces.append(
            Piece(text=text, paragraph=self.number, page=page, cell=cell, part=part, listed=listed, alone=alone, beside=beside)
        )
        self.bold.append(bold)
        return self.number

    def flush(self) -> None:
        if self.kept:
            self.add("".join(one.text for one in self.kept), self.kept[0].page, bold=all(one.bold for one in self.kept))
            self.kept = []

    def line(self, one: _Line, margin: float) -> None:
        """A line goes on with the one before it where that one was full and no number begins."""
        last = self.kept[-1] if self.kept else None
        number, rest = number_of(one.text)
        begins = bool(number and rest) or (one.text.startswith(("图", "表")) and re.match(r"[图表]\s*[A-Z\d]", one.text) is not None)
        apart = begins and (last is None or last.text[-1:] in _ENDS or self._opens(one, number, margin))
        if last is not None and (last.right < margin * 0.88 or apart or is_listed(last.text)):
            self.flush()
        self.kept.append(one)

    def _opens(self, one: _Line, number: str, margin: float) -> bool:
        """Whether a numbered line is a short heading, or the next item of the row in which the paragraph before it stands."""
        if not number:
            return False
        heads = number.startswith("第") or "." in number or number[0] in "一二三四五六七八九十"
        first = number_of(self.kept[0].text)[0]
        return (heads and one.right < margin * 0.7) or (bool(first) and form_of(first) == form_of(number) and first != number)

    def table(self, rows: list[list[str | None]], page: int) -> None:
        self.flush()
        texts = [[(cell or "").replace("\n", "") for cell in row] for row in rows]
        goes_on = self.tables and self.tables[-1][3] == len(self.pieces) and len(self.tables[-1][1][0]) == len(texts[0])
        if goes_on:
            number, known, places, _ = self.tables.pop()
            head = [_bare(text) for text in known[0]]
            texts = [row for row in texts if [_bare(text) for text in row] != head]
            if texts and not texts[0][0] and len(known) > 1:
                # A row that a page break parted.
                known[-1] = [before + after for before, after in zip(known[-1], texts[0], strict=True)]
                texts = texts[1:]
        else:
            number, known, places = len(self.tables) + 1, [], []
        for row in texts:
            at = len(known) + 1
            known.append(row)
            alone = len(row) > 1 and sum(map(bool, row)) == 1 and bool(row[0])
            told = [text for text in row if text]
            names = bool(row[0]) and (len(told) == 2 or len(row) == 2) and names_a_part(row[0], told[1] if len(told) == 2 else "")
            places.append(
                [
                    self.add(text, page, (number, at, column), alone=alone and bool(text), beside=names and column == 1)
                    for column, text in enumerate(row, 1)
                ]
            )
        self.tables.append((number, known, places, len(self.pieces)))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def read_pdf(data: bytes, name: str, most: int = USUAL.pages) -> Writing:
    """Everything that stands on the pages; NoText where nothing can be read. Errors of the library are the caller's."""
    reader = _Reader()
    with pdfplumber.open(BytesIO(data)) as file:
        pages, whole = file.pages[:most], len(file.pages) <= most
        parts = []
        pictured: set[int] = set()
        for page in pages:
            parts.append(list(_parts(page)))
            if not parts[-1] and page.images:
                pictured.add(page.page_number)
            page.close()
    lines = [one for page in parts for one in page if isinstance(one, _Line)]
    if sum(len(one.text) for one in lines) < 20 * max(1, len(pages)) and not any(isinstance(one, list) for page in parts for one in page):
        raise NoText
    if sum(one.text.count("(cid:") for one in lines) > len(lines):
        raise NoText
    blank = tuple(at for at, page in enumerate(parts, 1) if not page and at in pictured)
    repeated = _repeated(parts)
    margin = sorted(one.right for one in lines)[int(len(lines) * 0.9)] if lines else 0.0
    for number, told in enumerate(parts, 1):
        for one in told:
            if isinstance(one, list):
                reader.table(one, number)
            elif one.text in repeated:
                if not any(piece.part == "header" and piece.text == one.text for piece in reader.pieces):
                    reader.add(one.text, number, part="header")
            elif not _PAGE_NUMBER.match(one.text):
                reader.line(one, margin)
    reader.flush()
    pieces = with_headings(reader.pieces, [0] * len(reader.pieces), reader.bold)
    return Writing(file=name, pieces=pieces, sections=sections_of(pieces), tables=tuple(_tables(reader, pieces)), whole=whole, blank=blank)


def _tables(reader: _Reader, pieces: tuple[Piece, ...]) -> Iterator[WrittenTable]:
    first = {one.paragraph: at for at, one in enumerate(pieces)}
    for number, texts, places, _ in reader.tables:
        at = first.get(places[0][0], 0) if places and places[0] else 0
        before = pieces[at - 1].text.strip() if at else ""
        caption = before if before.startswith("表") or "单位" in before else ""
        yield WrittenTable(
            number=number, caption=caption, rows=tuple(map(tuple, texts)), paragraphs=tuple(map(tuple, places)), heading=pieces[at].heading
        )


def _parts(page: Any) -> Iterator["_Line | list[list[str | None]]"]:
    """Lines and tables of a page from the top down."""
    tables = [one for one in page.find_tables() if len(one.rows) > 1 and len(one.rows[0].cells) > 1]
    boxes = [one.bbox for one in tables]
    found: list[tuple[float, Any]] = [(one.bbox[1], one.extract()) for one in tables]
    for line in page.extract_text_lines(return_chars=True):
        middle = (line["top"] + line["bottom"]) / 2
        if not any(box[1] <= middle <= box[3] and box[0] - 1 <= line["x0"] <= box[2] for box in boxes):
            found.append((line["top"], _Line(line["text"].strip(), page.page_number, line["x1"], line["x0"], _is_bold(line["chars"]))))
    yield from (one for _, one in sorted(found, key=lambda pair: pair[0]))


def _is_bold(chars: list[dict[str, Any]]) -> bool:
    return bool(chars) and all("bold" in one["fontname"].lower() or "heavy" in one["fontname"].lower() for one in (chars[0], chars[-1]))


def _repeated(parts: list[list[Any]]) -> frozenset[str]:
    """The first and last lines that most pages share."""
    edges: Counter[str] = Counter()
    for page in parts:
        lines = [one.text for one in page if isinstance(one, _Line)]
        edges.update({one for one in (*lines[:1], *lines[-1:]) if len(one) > 3})
    return frozenset(text for text, times in edges.items() if times > max(2, len(parts) // 3))
