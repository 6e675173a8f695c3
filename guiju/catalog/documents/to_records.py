"""A document that was read becomes a record of shape 文稿, and a 项目方案 out of the facts that its registers ask for."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from guiju.catalog.documents.cited import citations
from guiju.catalog.documents.facts import Mention, mentions, rivals, wanted_facts
from guiju.catalog.documents.figures import figures
from guiju.catalog.documents.model import Section, Writing
from guiju.catalog.documents.spots import Element, WritingLocator, place_of
from guiju.catalog.documents.words_found import names, promises, remains, stages
from guiju.catalog.records.place import Place
from guiju.terms.quantities.numerals import say_numeral
from guiju.terms.shape import Vocabulary
from guiju.terms.time.dates import read_date

__all__ = ["SHAPE", "is_written", "records_of"]

SHAPE = "written_document"
_LEAST_HEADINGS = 3
_LEAST_TEXT = 400


def is_written(writing: Writing) -> bool:
    """Whether it is a text with chapters, and no form of tables with a line above them."""
    text = sum(len(one.text) for one in writing.pieces if not one.cell and one.part == "body")
    return len(writing.sections) >= _LEAST_HEADINGS and text >= _LEAST_TEXT


def _rows(vocabulary: Vocabulary, id: str) -> Sequence[Sequence[str]]:
    return next((one.rows for one in vocabulary.shapes if one.id == id), ())


def records_of(writing: Writing, vocabulary: Vocabulary) -> Iterator[tuple[str, dict[str, Any], WritingLocator]]:
    """The shapes, values and places of the records of a document."""
    whole = Place(file=writing.file)
    found = list(mentions(writing, wanted_facts(_rows(vocabulary, "document_fact"))))
    name = _first(found, "项目名称")
    day = _first(found, "编制日期")
    compiled_on = read_date(day.value)[0] if day else None
    spellings = [row[0] for row in _rows(vocabulary, "unit_spelling")] + [row[0] for row in _rows(vocabulary, "responsible_unit")]
    lists: dict[str, list[Element]] = {
        "sections": list(_sections(writing)),
        "citations": _counted(list(citations(writing)), writing, vocabulary),
        "figures": list(figures(writing)),
        "rivals": list(rivals(found)),
        "stages": list(stages(writing, compiled_on)),
        "names": list(names(writing, _rows(vocabulary, "former_unit"), spellings, name.value if name else None)),
        "remains": list(remains(writing)),
        "promises": list(promises(writing)),
        "parts": list(_parts(writing, _rows(vocabulary, "outline_part"))),
    }
    value: dict[str, Any] = {"name": name.value if name else _title(writing)}
    places = {"name": name.place} if name else {}
    if day is not None:
        value["compiled"], places["compiled"] = day.value, day.place
    for id, elements in lists.items():
        value[id] = [{key: one for key, one in element.values.items() if one is not None} for element in elements]
    yield (
        SHAPE,
        value,
        WritingLocator(whole=whole, fields=places, lists={id: tuple(one.place for one in all_of) for id, all_of in lists.items()}),
    )
    yield from _filled(found, whole)


def _counted(found: list[Element], writing: Writing, vocabulary: Vocabulary) -> list[Element]:
    """The citations of laws with what the registers know of them: how many articles they have, and which were renumbered."""
    counts = {row[0]: row[1] for row in _rows(vocabulary, "article_count")}
    moved = _rows(vocabulary, "moved_article")
    articles = {(_law(one), one.values.get("article")) for one in found}
    text = "\n".join(one.text for one in writing.pieces)
    made: list[Element] = []
    for one in found:
        law = _law(one)
        extra: dict[str, Any] = {}
        if law in counts:
            extra["articles"] = int(counts[law])
        for title, old, now, about in moved:
            asked = law == title and one.values.get("article") == int(old) and about in text
            if asked and (law, int(now)) not in articles:
                extra["moved_to"] = f"第{say_numeral(int(now))}条"
        made.append(replace(one, values={**one.values, **extra}))
    return made


def _law(one: Element) -> str:
    return str(one.values.get("title", "")).removeprefix("中华人民共和国")


def _first(found: Sequence[Mention], fact: str) -> Mention | None:
    return next((one for one in found if one.fact == fact), None)


def _title(writing: Writing) -> str:
    return next((one.text.strip() for one in writing.pieces if len(one.text.strip()) > 3), writing.file)


def _sections(writing: Writing) -> Iterator[Element]:
    numbers = Counter(one.number for one in writing.sections if one.number.startswith(("第", "附")) or "." in one.number)
    seen: set[str] = set()
    for section in writing.sections:
        again = section.number in seen and numbers[section.number] > 1
        seen.add(section.number)
        values = {
            "number": section.number or None,
            "title": section.title or section.piece.text.strip(),
            "level": section.level,
            "characters": section.characters,
            "tables": section.tables,
            "repeated": "是" if again else "否",
        }
        yield Element(values=values, place=place_of(writing, section.piece, section.piece.text.strip()))


def _parts(writing: Writing, rows: Sequence[Sequence[str]]) -> Iterator[Element]:
    text = "\n".join(one.text for one in writing.pieces if not one.listed)
    for row in rows:
        words = [row[0], *(one.strip() for one in re.split(r"[,，]", row[1]))]
        section = next((one for one in writing.sections if any(word and word in one.piece.text for word in words)), None)
        spoken = section is not None or any(word and word in text for word in words)
        near = section or _near(writing.sections, row[2] if len(row) > 2 else "")
        piece = near.piece if near else writing.pieces[0]
        values = {"name": row[0], "stated": "是" if spoken else "否", "heading": section.piece.text.strip() if section else None}
        yield Element(values=values, place=place_of(writing, piece, piece.text.strip()))


def _near(sections: Sequence[Section], words: str) -> Section | None:
    wanted = [one.strip() for one in re.split(r"[,，]", words) if one.strip()]
    return next((one for one in sections if any(word in one.piece.text for word in wanted)), None)


def _filled(found: Sequence[Mention], whole: Place) -> Iterator[tuple[str, dict[str, Any], WritingLocator]]:
    """One record of each shape that facts fill; where a fact has rivals, all are there and none can be read as the one."""
    by_shape: dict[str, dict[str, list[Mention]]] = {}
    for one in found:
        shape, _, field = one.fills.partition(".")
        if field:
            by_shape.setdefault(shape, {}).setdefault(field, []).append(one)
    for shape, fields in by_shape.items():
        value: dict[str, Any] = {}
        places: dict[str, Place] = {}
        for field, all_of in fields.items():
            values = list(dict.fromkeys(one.value for one in all_of))
            value[field] = values[0] if len(values) == 1 else "；".join(dict.fromkeys(one.written for one in all_of))
            odd = next((one for one in all_of if one.value != all_of[0].value), all_of[0])
            places[field] = odd.place
        yield shape, value, WritingLocator(whole=whole, fields=places, lists={})
