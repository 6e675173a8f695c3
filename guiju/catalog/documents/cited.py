"""Standards, document numbers and articles as a document cites them; whether they are right is asked of the registry elsewhere."""

import re
from collections.abc import Iterator

from guiju.catalog.documents.model import Piece, Writing
from guiju.catalog.documents.spots import Element, place_of, sentences
from guiju.terms.quantities.numerals import parse_numeral

__all__ = ["citations"]

_STANDARD = re.compile(r"(?<![A-Za-z])([A-Z]{2,4}\d{0,4})\s*(/\s*[TZ])?\s*(\d{2,6}(?:\.\d{1,3})?)\s*[-—–－]\s*(\d{4})(?!\d)")
_BODIES = re.compile(r"(?:GB|GA|GM|YD|DA|JT|JGJ|CJJ|CJ|SJ|HJ|WS|JY|NY|SL|QX|AQ|RB|SF|MZ|GY|DB\d{2,4}|TD|CH|YZ|DL|SB|WH|LY|JR|TCAICT)$")
_NUMBER = re.compile(r"([一-龥]{2,9})([\[〔【（(［])(\d{4})([\]〕】）)］])\s*(第?)\s*(\d{1,5})\s*号")
_LAW = re.compile(
    r"《([^《》]{3,60}(?:法|条例|办法|规定|细则|规范))》(?:[（(][^（）()]{0,40}[）)])?((?:(?:、|和|及|，)?第[一二三四五六七八九十百零〇]{1,6}条(?:第[一二三四五六七八九十]款)?)*)"
)
_ARTICLE = re.compile(r"第([一二三四五六七八九十百零〇]{1,6})条")
_GONE = re.compile(
    r"^\s*[》）)]?\s*(?:[（(][^）)]*[）)])?\s*(?:已|现)?(?:被|由)[^。；]{0,40}(?:代替|替代|取代|废止)|^[^，。；]{0,6}(?:已废止|已作废|旧版)"
)
_TITLE_BEFORE = re.compile(r"《([^《》]{3,80})》\s*[（(]?\s*$")


def citations(writing: Writing) -> Iterator[Element]:
    """Each standard, document number and article as it is written; what is told to be replaced is not relied upon."""
    basis = _basis(writing)
    for piece in writing.pieces:
        if piece.listed or (piece.level and piece.part == "body"):
            continue
        for sentence in sentences(piece):
            yield from _standards(writing, piece, sentence, basis)
            yield from _numbers(writing, piece, sentence)
            yield from _articles(writing, piece, sentence)


def _basis(writing: Writing) -> dict[str, str]:
    """The editions that the list of the grounds names, by number without year."""
    found: dict[str, str] = {}
    for piece in writing.pieces:
        if any("依据" in one or "标准规范" in one for one in piece.heading):
            for one in _STANDARD.finditer(piece.text):
                if _GONE.match(piece.text[one.end() :]) is None:
                    found.setdefault(_stem(one), _plain(one))
    return found


def _stem(found: re.Match[str]) -> str:
    return f"{found[1]}{(found[2] or '').replace(' ', '')} {found[3]}"


def _plain(found: re.Match[str]) -> str:
    return f"{_stem(found)}-{found[4]}"


def _standards(writing: Writing, piece: Piece, sentence: str, basis: dict[str, str]) -> Iterator[Element]:
    for one in _STANDARD.finditer(sentence):
        if _BODIES.match(one[1]) is None:
            continue
        title = _TITLE_BEFORE.search(sentence[: one.start()])
        values = {
            "label": one[0],
            "kind": "标准",
            "number": _plain(one),
            "relied": _GONE.match(sentence[one.end() :]) is None,
            "title": title[1] if title else None,
        }
        listed = basis.get(_stem(one))
        if listed is not None and listed != values["number"]:
            values["listed"] = listed
        yield Element(values=values, place=place_of(writing, piece, one[0]))


def _numbers(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    for one in _NUMBER.finditer(sentence):
        body = re.sub(r"^.*(?:的|和|与|按|照|据|合|于)(?=[一-龥]{2,})", "", one[1])
        proper = f"{body}〔{one[3]}〕{int(one[6])}号"
        written = one[0][len(one[1]) - len(body) :]
        yield Element(
            values={
                "label": written,
                "kind": "文号",
                "number": proper,
                "relied": True,
                "well_formed": one[2] == "〔" and one[4] == "〕" and not one[5],
            },
            place=place_of(writing, piece, written),
        )


def _articles(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    for one in _LAW.finditer(sentence):
        base = {"kind": "法规", "title": one[1], "relied": True}
        if not one[2]:
            yield Element(values={**base, "label": f"《{one[1]}》"}, place=place_of(writing, piece, f"《{one[1]}》"))
        for article in _ARTICLE.finditer(one[2]):
            number = parse_numeral(article[1])
            if number is not None:
                words = one[0] if one[2].count("条") == 1 else f"《{one[1]}》{article[0]}"
                place = place_of(writing, piece, one[0])
                yield Element(values={**base, "label": words, "article": number}, place=place)
