"""Answers to screening questions that the words of a document suggest; they hold when somebody has confirmed them."""

from collections.abc import Iterator, Sequence

from guiju.catalog.documents.found.context import is_elsewhere, is_past
from guiju.catalog.documents.found.patterns import compiled, parted
from guiju.catalog.documents.model import Writing
from guiju.catalog.documents.spots import Element, place_of, sentences

__all__ = ["proposals"]


def proposals(writing: Writing, rows: Sequence[Sequence[str]], cities: Sequence[str] = ()) -> Iterator[Element]:
    """For each question at most one answer, by the first row that a sentence bears out: field, answer, patterns.

    Titles count as sentences: what a project is, its name says.
    """
    told = [
        (piece, sentence)
        for piece in writing.pieces
        if not piece.listed and piece.part in ("body", "box") and not is_past(piece)
        for sentence in sentences(piece)
    ]
    whole = "\n".join(sentence for _, sentence in told)
    asked: set[str] = set()
    for row in rows:
        if len(row) < 4 or row[1] in asked:
            continue
        patterns = [one for text in parted(row[3], ",，") if (one := compiled(text)).may(whole)]
        if not patterns:
            continue
        for piece, sentence in told:
            found = next((match for pattern in patterns if (match := pattern.search(sentence))), None)
            if found is None or is_elsewhere(sentence, found.start(), cities):
                continue
            asked.add(row[1])
            words = found[0]
            values = {"label": words, "field": row[1].strip(), "answer": row[2].strip()}
            yield Element(values=values, place=place_of(writing, piece, words))
            break
