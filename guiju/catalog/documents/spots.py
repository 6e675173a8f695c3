"""Elements found in a document, each with its place: what the lists of a 文稿 are made of."""

import re
from dataclasses import field
from typing import Any

from guiju.catalog.documents.model import Piece, Writing
from guiju.catalog.records.cells import cell_name
from guiju.catalog.records.place import Place
from guiju.terms.fact import Path
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Element", "WritingLocator", "is_prose", "place_of", "sentences"]

_PARTED = re.compile(r"[，。；]")
_SENTENCE = re.compile(r"[^。；！？\n;]*[。；！？\n;]?")


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of a list of the document: its values by field id, and where it stood; `others` are fields that stand elsewhere."""

    values: dict[str, Any]
    place: Place
    others: dict[str, Place] = field(default_factory=dict)


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class WritingLocator:
    """The places of a record made of a document: by field, and by list and position; the document itself elsewhere."""

    whole: Place
    fields: dict[str, Place]
    lists: dict[str, tuple[Element, ...]]

    def place(self, path: Path) -> Place:
        """The place of the element or field at a path; of the document where it has none of its own."""
        if not path:
            return self.whole
        known = self.lists.get(str(path[0]))
        if known is not None and len(path) > 1 and isinstance(path[1], int) and path[1] < len(known):
            one = known[path[1]]
            return one.others.get(str(path[2]), one.place) if len(path) > 2 else one.place
        return self.fields.get(str(path[0]), self.whole)


def place_of(writing: Writing, piece: Piece, words: str) -> Place:
    """Where words stand: headings above, the paragraph, the table and cell."""
    table = f"表{piece.cell[0]}" if piece.cell else _PARTS.get(piece.part)
    return Place(
        file=writing.file,
        sheet=table,
        cell=cell_name(piece.cell[1] - 1, piece.cell[2] - 1) if piece.cell else None,
        heading=" › ".join(piece.heading) or None,
        paragraph=piece.paragraph,
        words=words[:200],
        page=piece.page,
    )


_PARTS = {"header": "页眉", "footer": "页脚", "footnote": "脚注", "endnote": "尾注", "box": "文本框"}


def is_prose(piece: Piece) -> bool:
    """Whether the piece is text with sentences: no heading, no line of a table of contents, no cell of a word or a number."""
    if piece.level or piece.listed or piece.part in ("header", "footer"):
        return False
    return not piece.cell or (len(piece.text) > 14 and _PARTED.search(piece.text) is not None)


def sentences(piece: Piece) -> list[str]:
    """The sentences of a piece, in order."""
    return [one for one in _SENTENCE.findall(piece.text) if one.strip()]
