"""What a document says in so many words that it will do or leave undone, by the patterns of the register 文稿做法."""

import re
from collections.abc import Iterator, Sequence

from guiju.catalog.documents.found.context import is_elsewhere, is_past
from guiju.catalog.documents.found.patterns import SentencePattern, compiled, parted, period_of
from guiju.catalog.documents.model import Piece, Writing
from guiju.catalog.documents.spots import Element, is_prose, place_of, sentences
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["practices"]

_BEFORE = re.compile(r"以前|此前|原有|曾(?!经批)|当时|现有系统|现状|过去|一期|上一轮|既往|其他单位|旧系统|(?<!项)目前|现阶段")


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class _Practice:
    kind: str
    patterns: tuple[SentencePattern, ...]
    about: tuple[str, ...]
    unless: tuple[str, ...]


def practices(writing: Writing, rows: Sequence[Sequence[str]], cities: Sequence[str] = ()) -> Iterator[Element]:
    """Each practice that a sentence states, with its number of days where it states a period.

    A row says the kind, its patterns, words one of which the document must have near by, and words that turn the sentence round.
    """
    wanted = [
        _Practice(kind=row[0].strip(), patterns=tuple(map(compiled, parted(row[1], ",，"))), about=parted(row[2]), unless=parted(row[3]))
        for row in rows
        if len(row) >= 4
    ]
    text = "\n".join(one.text for one in writing.pieces)
    everywhere = {one.kind for one in wanted if any(word.endswith("*") and word[:-1] in text for word in one.about)}
    for piece in writing.pieces:
        if not is_prose(piece) or is_past(piece):
            continue
        asked = [one for one in wanted if not one.about or one.kind in everywhere or any(word in piece.text for word in one.about)]
        for sentence in sentences(piece) if asked else ():
            for one in asked:
                yield from _stated(writing, piece, sentence, one, cities)


def _stated(writing: Writing, piece: Piece, sentence: str, one: _Practice, cities: Sequence[str]) -> Iterator[Element]:
    if any(word in sentence for word in one.unless):
        return
    for pattern in one.patterns:
        found = pattern.search(sentence)
        if found is None or is_elsewhere(sentence, found.start(), cities) or _BEFORE.search(sentence, 0, found.start()):
            continue
        number = None
        if "period" in found.groupdict():
            period = period_of(found)
            if period is None:
                continue
            number = int(period[0] * (30 if period[1] == "个月" else 1))
        words = found[0].strip("，、")
        yield Element(values={"label": words, "kind": one.kind, "number": number}, place=place_of(writing, piece, words))
        return
