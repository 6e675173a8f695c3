"""A PDF given back with notes on its pages: the very words highlighted, what is said of them in the note; nothing else is drawn or moved.

Words that cannot be found on their page, and what is said of the whole, become a note at the head of the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pdfplumber
import pikepdf

from guiju.forms.annotate.remark_words import AUTHOR, remark_words
from guiju.forms.annotate.remarks import Marking, Remark
from guiju.terms.severity import Severity

__all__ = ["mark_pdf"]

_COLOURS = {
    Severity.BLOCKING: (1, 0.6, 0.55),
    Severity.MAJOR: (1, 0.8, 0.45),
    Severity.MINOR: (1, 0.93, 0.45),
    Severity.ADVISORY: (0.7, 0.85, 1),
}
_MOST = 2_000
_NOTE = 18
_PRINTED = 4


@dataclass(frozen=True, slots=True)
class _Box:
    """A stretch of words in one line of a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


def mark_pdf(data: bytes, marking: Marking) -> bytes:
    """The document with one annotation for each remark."""
    notes: dict[int, list[tuple[Remark, tuple[_Box, ...], str]]] = {}
    with pdfplumber.open(BytesIO(data)) as read:
        last = len(read.pages)
        pages: dict[int, tuple[str, list[dict[str, Any]], float]] = {}
        for remark in marking.remarks[:_MOST]:
            place = next((one for one in remark.places if one.file == marking.file), None)
            words = "".join((place.words or "").split()) if place else ""
            number = min(max((place.page or 1) if place else 1, 1), last)
            found: tuple[_Box, ...] = ()
            # A paragraph may go on on the next page.
            for other in (number, number + 1):
                if words and not found and other <= last:
                    if other not in pages:
                        pages[other] = _signs(read.pages[other - 1])
                    found = tuple(_boxes(*pages[other], words))
                    number = other if found else number
            notes.setdefault(number, []).append((remark, found, place.words or "" if place else ""))
    with pikepdf.open(BytesIO(data)) as made:
        for number, ones in sorted(notes.items()):
            page = made.pages[number - 1]
            held = list(page.obj.get("/Annots", []))
            top = float(page.mediabox[3]) - _NOTE
            for at, (remark, boxes, words) in enumerate(ones):
                note = "" if boxes or not words else f"“{words}”"
                text = remark_words(remark, marking, note)
                held.append(made.make_indirect(_annotation(remark, marking, boxes, text, (_NOTE + at * _NOTE, top))))
            page.obj["/Annots"] = pikepdf.Array(held)
        out = BytesIO()
        # The same report gives the same bytes.
        made.save(out, deterministic_id=True)
    return out.getvalue()


def _signs(page: Any) -> tuple[str, list[dict[str, Any]], float]:
    """The text of a page without blanks, its characters in the same order, and its height."""
    chars = [one for one in page.chars if one["text"].strip()]
    return "".join(one["text"] for one in chars), [one for one in chars for _ in one["text"]], float(page.height)


def _boxes(text: str, chars: list[dict[str, Any]], height: float, words: str) -> Iterator[_Box]:
    start = text.find(words)
    if start < 0:
        return
    line: list[dict[str, Any]] = []
    for one in chars[start : start + len(words)]:
        if line and abs(one["top"] - line[-1]["top"]) > 2:
            yield _around(line, height)
            line = []
        line.append(one)
    yield _around(line, height)


def _around(line: list[dict[str, Any]], height: float) -> _Box:
    return _Box(
        min(float(one["x0"]) for one in line),
        height - max(float(one["bottom"]) for one in line),
        max(float(one["x1"]) for one in line),
        height - min(float(one["top"]) for one in line),
    )


def _annotation(remark: Remark, marking: Marking, boxes: tuple[_Box, ...], text: str, corner: tuple[float, float]) -> pikepdf.Dictionary:
    day = f"D:{marking.as_of:%Y%m%d}000000Z"
    common = {
        "/Type": pikepdf.Name("/Annot"),
        "/Contents": pikepdf.String(text),
        "/T": pikepdf.String(AUTHOR.say(marking.tongue)),
        "/M": pikepdf.String(day),
        "/F": _PRINTED,
        "/C": pikepdf.Array(list(_COLOURS[remark.severity])),
    }
    if not boxes:
        x, y = corner
        rect = pikepdf.Array([x, y, x + _NOTE, y + _NOTE])
        return pikepdf.Dictionary({**common, "/Subtype": pikepdf.Name("/Text"), "/Rect": rect, "/Name": pikepdf.Name("/Comment")})
    quads = [part for one in boxes for part in (one.left, one.top, one.right, one.top, one.left, one.bottom, one.right, one.bottom)]
    edges = (
        min(one.left for one in boxes),
        min(one.bottom for one in boxes),
        max(one.right for one in boxes),
        max(one.top for one in boxes),
    )
    subtype = pikepdf.Name("/Highlight")
    return pikepdf.Dictionary(
        {**common, "/Subtype": subtype, "/Rect": pikepdf.Array(_rounded(edges)), "/QuadPoints": pikepdf.Array(_rounded(quads))}
    )


def _rounded(values: Any) -> list[Any]:
    from decimal import Decimal

    return [Decimal(str(round(value, 2))) for value in values]
