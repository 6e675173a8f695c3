"""The pieces of a .docx file: paragraphs, cells, boxes, footnotes, headers; tracked changes are read as accepted and counted."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from guiju.catalog.documents.headings import is_listed, names_a_part, number_of, sections_of, with_headings
from guiju.catalog.documents.model import Piece, Writing, WrittenTable
from guiju.catalog.documents.numbering import Numbering
from guiju.catalog.documents.tables import TableBuilder, joined
from guiju.catalog.office.word_text import said_in_paragraph
from guiju.catalog.records.limits import USUAL

__all__ = ["read_writing"]

_P, _TBL, _TR, _TC, _BOX = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "txbxContent"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STYLE = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)
_WRAPPERS = tuple(qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_SKIPPED = tuple(qn(f"w:{name}") for name in ("sectPr", "sdtPr", "del", "moveFrom"))
_BREAKS = (qn("w:lastRenderedPageBreak"), qn("w:br"))
_WIDEST = 60


class _Reader:
    def __init__(self, document: Any, most: int) -> None:
        self.most = most
        self.body = document.element.body
        self.document = document
        self.numbers = {one: at for at, one in enumerate(self.body.iter(_P), 1)}
        self.levels = _style_levels(document)
        self.bolds = _bold_styles(document)
        self.numbering = Numbering(document)
        self.pieces: list[Piece] = []
        self.styled: list[int] = []
        self.bold: list[bool] = []
        self.tables: list[TableBuilder] = []
        self.whole = True
        # Word notes where it last broke pages; a file that it never laid out has no pages to speak of.
        self.paged = next(self.body.iter(qn("w:lastRenderedPageBreak")), None) is not None
        self.page = 1

    def take(
        self,
        p: Any,
        part: str = "body",
        cell: tuple[int, int, int] | None = None,
        number: int | None = None,
        *,
        alone: bool = False,
        beside: bool = False,
    ) -> None:
        if len(self.pieces) >= self.most:
            self.whole = False
            return
        text = said_in_paragraph(p)
        style, level, listed = self._style(p)
        marked = next(p.iter(qn("w:highlight")), None) is not None
        at = self.numbers.get(p, 0) if number is None else number
        label = self.numbering.label(p, style) if part == "body" and text.strip() else ""
        page = self._page(p) if self.paged and part in ("body", "box") else None
        one = Piece(
            text=text,
            paragraph=at,
            part=part,
            cell=cell,
            alone=alone,
            beside=beside,
            label=label,
            listed=listed or is_listed(text),
            marked=marked,
            page=page,
        )
        self.pieces.append(one)
        self.styled.append(level if part == "body" and not cell else 0)
        self.bold.append(_is_bold(p, bold_style=style in self.bolds))
        for box in p.iter(_BOX):
            if not any(one.tag == _FALLBACK for one in box.iterancestors()):
                for inner in box.iter(_P):
                    self.take(inner, "box", None, at)

    def _page(self, p: Any) -> int:
        """The page on which a paragraph begins, as Word last laid it out."""
        first = True
        begins = self.page
        for run in p.iter():
            if run.tag == _BREAKS[0]:
                self.page += 1
                begins = self.page if first else begins
            elif run.tag == qn("w:t") and (run.text or "").strip():
                first = False
        return begins

    def _style(self, p: Any) -> tuple[str, int, bool]:
        properties = p.find(qn("w:pPr"))
        if properties is None:
            return "", 0, False
        style = properties.find(qn("w:pStyle"))
        id = style.get(qn("w:val"), "") if style is not None else ""
        outline = properties.find(qn("w:outlineLvl"))
        said = outline.get(qn("w:val"), "") if outline is not None else ""
        level = int(said) + 1 if said.isdigit() and int(said) < 9 else self.levels.get(id, 0)
        return id, 0 if said == "9" else level, id.upper().startswith("TOC")

    def walk(self, node: Any) -> None:
        for one in node.iterchildren():
            if one.tag == _P:
                self.take(one)
            elif one.tag == _TBL:
                self.table(one)
            elif one.tag not in _SKIPPED:
                self.walk(one)

    def table(self, table: Any) -> None:
        builder = TableBuilder(number=len(self.tables) + 1, at=len(self.pieces))
        self.tables.append(builder)
        for row, tr in enumerate(_own(table, _TR), 1):
            cells = list(_own(tr, _TC))
            builder.row(_whole_of(tr, "gridBefore"))
            names = len(cells) == 2 and names_a_part(*(_text(one) for one in cells))
            for column, tc in enumerate(cells, 1):
                inner = list(_own(tc, _P))
                text = _text(tc)
                first = self.numbers.get(inner[0], 0) if inner else 0
                properties = next(tc.iterchildren(qn("w:tcPr")), None)
                builder.cell(text, first, span=min(_spans(properties), _WIDEST), goes_on=_goes_on(properties))
                alone = len(cells) == 1 and row > 0
                for p in inner:
                    self.take(p, cell=(builder.number, row, column), alone=alone, beside=names and column == 1 and len(inner) == 1)
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


def read_writing(document: Any, name: str, most: int = USUAL.pieces) -> Writing:
    """Everything that stands in a document that was opened, up to so many paragraphs."""
    reader = _Reader(document, most)
    reader.walk(reader.body)
    reader.outside()
    pieces = with_headings(reader.pieces, reader.styled, reader.bold)
    tables = tuple(_table(builder, pieces) for builder in reader.tables)
    return Writing(
        file=name,
        pieces=pieces,
        sections=sections_of(pieces),
        tables=joined(tables, pieces),
        insertions=sum(1 for _ in reader.body.iter(qn("w:ins"))),
        deletions=sum(1 for _ in reader.body.iter(qn("w:del"))),
        comments=sum(1 for _ in reader.body.iter(qn("w:commentReference"))),
        form=_is_form(pieces),
        whole=reader.whole,
    )


def _is_form(pieces: tuple[Piece, ...]) -> bool:
    """Whether the document is a form: more of its words stand in cells than between tables, headings among them."""
    inside = sum(len(one.text) for one in pieces if one.cell)
    outside = sum(len(one.text) for one in pieces if not one.cell and one.part == "body")
    return inside > 3 * outside and any(one.cell and one.level for one in pieces)


def _table(builder: TableBuilder, pieces: tuple[Piece, ...]) -> WrittenTable:
    at = builder.at
    heading = pieces[at].heading if at < len(pieces) else ()
    return WrittenTable(
        number=builder.number,
        caption=_caption(pieces, at),
        rows=tuple(map(tuple, builder.texts)),
        paragraphs=tuple(map(tuple, builder.paragraphs)),
        heading=heading,
    )


def _own(node: Any, tag: str) -> Iterator[Any]:
    """The children of that kind, those in content controls and insertions among them."""
    for one in node.iterchildren():
        if one.tag == tag:
            yield one
        elif one.tag in _WRAPPERS:
            yield from _own(one, tag)


def _text(tc: Any) -> str:
    return "\n".join(said_in_paragraph(one) for one in _own(tc, _P)).strip()


def _spans(properties: Any) -> int:
    span = properties.find(qn("w:gridSpan")) if properties is not None else None
    said = span.get(qn("w:val"), "1") if span is not None else "1"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 and int(said) > 0 else 1


def _goes_on(properties: Any) -> bool:
    """Whether the cell continues the one above it."""
    merge = properties.find(qn("w:vMerge")) if properties is not None else None
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _whole_of(tr: Any, name: str) -> int:
    one = next((found for found in tr.iter(qn(f"w:{name}"))), None)
    said = one.get(qn("w:val"), "0") if one is not None else "0"
    return min(int(said), _WIDEST) if said.isascii() and said.isdigit() and len(said) < 6 else 0


def _style_levels(document: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    above: dict[str, str] = {}
    for style in document.styles.element.iterchildren(qn("w:style")):
        id, name = style.get(qn("w:styleId"), ""), style.find(qn("w:name"))
        called = name.get(qn("w:val"), "") if name is not None else ""
        outline = next(style.iter(qn("w:outlineLvl")), None)
        said = outline.get(qn("w:val"), "") if outline is not None else ""
        based = style.find(qn("w:basedOn"))
        above[id] = based.get(qn("w:val"), "") if based is not None else ""
        by_name = _STYLE.match(called)
        if by_name is not None:
            found[id] = int(by_name[1])
        elif said.isdigit() and int(said) < 9:
            found[id] = int(said) + 1
    for id, base in above.items():
        if id not in found and base in found and not id.upper().startswith("TOC"):
            found[id] = found[base]
    return found


def _bold_styles(document: Any) -> frozenset[str]:
    """The styles of paragraphs that are bold."""
    bold = set()
    for style in document.styles.element.iterchildren(qn("w:style")):
        one = style.find(f"{qn('w:rPr')}/{qn('w:b')}")
        if one is not None and one.get(qn("w:val"), "1") not in ("0", "false"):
            bold.add(style.get(qn("w:styleId"), ""))
    return frozenset(bold)


def _is_bold(p: Any, *, bold_style: bool) -> bool:
    runs = [one for one in p.iterchildren(qn("w:r")) if any((text.text or "").strip() for text in one.iterchildren(qn("w:t")))]
    bolds = [one.find(f"{qn('w:rPr')}/{qn('w:b')}") for one in runs]
    return bool(runs) and all(bold_style if one is None else one.get(qn("w:val"), "1") not in ("0", "false") for one in bolds)


def _caption(pieces: tuple[Piece, ...], at: int) -> str:
    for piece in reversed(pieces[max(0, at - 3) : at]):
        text = piece.text.strip()
        if text:
            named = text.startswith("表") or "单位" in text or (len(text) < 40 and not piece.level and number_of(text)[0] == "")
            return text if named or re.search(r"单位[:：]|[（(](?:万|亿)?元[）)]", text) else ""
    return ""


def _parsed(blob: bytes) -> Any:
    from docx.oxml.parser import parse_xml

    return parse_xml(blob)
