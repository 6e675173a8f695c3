"""The pieces of a .docx file: paragraphs, cells, boxes, footnotes, headers; tracked changes are read as accepted and counted."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from guiju.catalog.documents.headings import is_listed, sections_of, with_headings
from guiju.catalog.documents.model import Piece, Writing, WrittenTable
from guiju.catalog.office.word_text import said_in_paragraph

__all__ = ["MOST_PIECES", "read_writing"]

MOST_PIECES = 200_000
_P, _TBL, _TR, _TC, _BOX = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "txbxContent"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STYLE = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)


class _Reader:
    def __init__(self, document: Any) -> None:
        self.body = document.element.body
        self.document = document
        self.numbers = {one: at for at, one in enumerate(self.body.iter(_P), 1)}
        self.levels = _style_levels(document)
        self.pieces: list[Piece] = []
        self.styled: list[int] = []
        self.bold: list[bool] = []
        self.tables: list[tuple[int, list[list[str]], list[list[int]], int]] = []

    def take(self, p: Any, part: str = "body", cell: tuple[int, int, int] | None = None, number: int | None = None) -> None:
        if len(self.pieces) >= MOST_PIECES:
            return
        text = said_in_paragraph(p)
        style, level, listed = self._style(p)
        marked = next(p.iter(qn("w:highlight")), None) is not None
        at = self.numbers.get(p, 0) if number is None else number
        self.pieces.append(Piece(text=text, paragraph=at, part=part, cell=cell, listed=listed or is_listed(text), marked=marked))
        self.styled.append(level if part == "body" and not cell else 0)
        self.bold.append(_is_bold(p, style))
        for box in p.iter(_BOX):
            if not any(one.tag == _FALLBACK for one in box.iterancestors()):
                for inner in box.iter(_P):
                    self.take(inner, "box", None, at)

    def _style(self, p: Any) -> tuple[str, int, bool]:
        properties = p.find(qn("w:pPr"))
        if properties is None:
            return "", 0, False
        style = properties.find(qn("w:pStyle"))
        id = style.get(qn("w:val"), "") if style is not None else ""
        outline = properties.find(qn("w:outlineLvl"))
        said = outline.get(qn("w:val"), "") if outline is not None else ""
        level = int(said) + 1 if said.isdigit() and int(said) < 9 else self.levels.get(id, 0)
        return id, level, id.upper().startswith("TOC")

    def walk(self, node: Any) -> None:
        for one in node.iterchildren():
            if one.tag == _P:
                self.take(one)
            elif one.tag == _TBL:
                self.table(one)
            elif one.tag not in (qn("w:sectPr"), qn("w:sdtPr"), qn("w:del"), qn("w:moveFrom")):
                self.walk(one)

    def table(self, table: Any) -> None:
        number = len(self.tables) + 1
        texts: list[list[str]] = []
        paragraphs: list[list[int]] = []
        self.tables.append((number, texts, paragraphs, len(self.pieces)))
        for row, tr in enumerate(_own(table, _TR), 1):
            texts.append([])
            paragraphs.append([])
            for column, tc in enumerate(_own(tr, _TC), 1):
                inner = list(_own(tc, _P))
                texts[-1].append("\n".join(said_in_paragraph(one) for one in inner).strip())
                paragraphs[-1].append(self.numbers.get(inner[0], 0) if inner else 0)
                for p in inner:
                    self.take(p, cell=(number, row, column))
                spans = next((one for one in tc.iterchildren(qn("w:tcPr"))), None)
                span = spans.find(qn("w:gridSpan")) if spans is not None else None
                said = span.get(qn("w:val"), "1") if span is not None else "1"
                for _ in range(min(int(said), 60) - 1 if said.isdigit() else 0):
                    texts[-1].append("")
                    paragraphs[-1].append(paragraphs[-1][-1])
                for nested in _own(tc, _TBL):
                    self.table(nested)

    def outside(self) -> None:
        for relation in self.document.part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind in ("header", "footer", "footnotes", "endnotes") and not relation.is_external:
                part = relation.target_part
                root = getattr(part, "element", None)
                if root is None:
                    root = _parsed(part.blob)
                for p in root.iter(_P) if root is not None else ():
                    self.take(p, kind.rstrip("s"), None, 0)


def read_writing(document: Any, name: str) -> Writing:
    """Everything that stands in a document that was opened."""
    reader = _Reader(document)
    reader.walk(reader.body)
    reader.outside()
    pieces = with_headings(reader.pieces, reader.styled, reader.bold)
    tables = tuple(
        WrittenTable(
            number=number,
            caption=_caption(pieces, at),
            rows=tuple(map(tuple, texts)),
            paragraphs=tuple(map(tuple, paragraphs)),
            heading=pieces[at].heading if at < len(pieces) else (),
        )
        for number, texts, paragraphs, at in reader.tables
    )
    return Writing(
        file=name,
        pieces=pieces,
        sections=sections_of(pieces),
        tables=tables,
        insertions=sum(1 for _ in reader.body.iter(qn("w:ins"))),
        deletions=sum(1 for _ in reader.body.iter(qn("w:del"))),
        comments=sum(1 for _ in reader.body.iter(qn("w:commentReference"))),
    )


def _own(node: Any, tag: str) -> Iterator[Any]:
    """The children of that kind, those in content controls and insertions among them."""
    for one in node.iterchildren():
        if one.tag == tag:
            yield one
        elif one.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
            yield from _own(one, tag)


def _style_levels(document: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for style in document.styles.element.iterchildren(qn("w:style")):
        id, name = style.get(qn("w:styleId"), ""), style.find(qn("w:name"))
        called = name.get(qn("w:val"), "") if name is not None else ""
        outline = next(style.iter(qn("w:outlineLvl")), None)
        said = outline.get(qn("w:val"), "") if outline is not None else ""
        by_name = _STYLE.match(called)
        if by_name is not None:
            found[id] = int(by_name[1])
        elif said.isdigit() and int(said) < 9:
            found[id] = int(said) + 1
    return found


def _is_bold(p: Any, style: str) -> bool:
    runs = [one for one in p.iterchildren(qn("w:r")) if any((text.text or "").strip() for text in one.iterchildren(qn("w:t")))]
    bolds = (one.find(f"{qn('w:rPr')}/{qn('w:b')}") for one in runs)
    return bool(runs) and all(one is not None and one.get(qn("w:val"), "1") not in ("0", "false") for one in bolds)


def _caption(pieces: tuple[Piece, ...], at: int) -> str:
    for piece in reversed(pieces[max(0, at - 3) : at]):
        text = piece.text.strip()
        if text:
            return text if text.startswith("表") or "单位" in text or len(text) < 40 else ""
    return ""


def _parsed(blob: bytes) -> Any:
    from docx.oxml.parser import parse_xml

    return parse_xml(blob)
