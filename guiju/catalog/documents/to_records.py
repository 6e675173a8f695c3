"""A document that was read becomes a record of shape 文稿, and a 项目方案 out of the facts that its registers ask for."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from guiju.catalog.documents.found.cited import citations
from guiju.catalog.documents.found.counts import count_rivals, each_figures, list_lengths
from guiju.catalog.documents.found.facts import Mention, mentions, rivals, wanted_facts
from guiju.catalog.documents.found.figures import figures
from guiju.catalog.documents.found.names import Names, is_project, names
from guiju.catalog.documents.found.outline import contents, paper_of, parts, sections
from guiju.catalog.documents.found.practices import practices
from guiju.catalog.documents.found.proposals import proposals
from guiju.catalog.documents.found.remains import remains
from guiju.catalog.documents.found.stages import stages
from guiju.catalog.documents.found.sums import table_figures
from guiju.catalog.documents.model import Writing
from guiju.catalog.documents.registers import rows_of
from guiju.catalog.documents.spots import Element, WritingLocator, is_prose, place_of
from guiju.catalog.records.place import Place
from guiju.terms.quantities.numerals import parse_numeral, say_numeral
from guiju.terms.shape import Vocabulary
from guiju.terms.time.dates import read_date

__all__ = ["SHAPE", "is_written", "records_of"]

SHAPE = "written_document"
_LEAST_HEADINGS = 3
_LEAST_TEXT = 200


def is_written(writing: Writing) -> bool:
    """Whether it is a text with chapters, and no form of tables with a line above them."""
    text = sum(len(one.text) for one in writing.pieces if one.part == "body" and is_prose(one))
    return len(writing.sections) >= _LEAST_HEADINGS and text >= _LEAST_TEXT


def records_of(writing: Writing, vocabulary: Vocabulary) -> Iterator[tuple[str, dict[str, Any], WritingLocator]]:
    """The shapes, values and places of the records of a document."""
    whole = Place(file=writing.file)
    known = _names(vocabulary)
    found = list(mentions(writing, wanted_facts(rows_of(vocabulary, "document_fact")), known.cities))
    name, day = _first(found, "项目名称"), _first(found, "编制日期")
    day = day or _on_cover(writing)
    compiled_on = _day(day.value) if day else None
    total = _total(found)
    lists: dict[str, list[Element]] = {
        "sections": list(sections(writing)),
        "contents": list(contents(writing)),
        "citations": _counted(list(citations(writing)), writing, vocabulary),
        "figures": [
            *figures(writing, total),
            *table_figures(writing),
            *each_figures(writing, known.cities),
            *list_lengths(writing),
        ],
        "rivals": [*rivals(found), *count_rivals(writing, known.cities)],
        "stages": list(stages(writing, compiled_on)),
        "names": list(names(writing, known, name.value if name else _project(writing))),
        "remains": list(remains(writing)),
        "promises": list(practices(writing, rows_of(vocabulary, "document_practice"), known.cities)),
        "parts": list(parts(writing, rows_of(vocabulary, "outline_part"), total)),
        "counted": [
            Element(values={"label": one.written, "fact": one.fact, "number": int(one.value)}, place=one.place)
            for one in found
            if one.fact == "目录条数" and one.value.isdigit()
        ],
        "proposals": list(proposals(writing, rows_of(vocabulary, "screening_hint"), known.cities)),
    }
    value: dict[str, Any] = {"name": name.value if name else _title(writing)}
    places = {"name": name.place} if name else {}
    if day is not None and read_date(_in_digits(day.value))[0] is not None:
        value["compiled"], places["compiled"] = _in_digits(day.value), day.place
    if (paper := paper_of(writing)) is not None:
        value["paper"] = paper
    for id, elements in lists.items():
        value[id] = [{key: one for key, one in element.values.items() if one is not None} for element in elements]
    yield SHAPE, value, WritingLocator(whole=whole, fields=places, lists={id: tuple(all_of) for id, all_of in lists.items()})
    yield from _filled(found, whole, lists["citations"])


def _day(text: str) -> date | None:
    """The day, or the first of the month where no day is stated."""
    text = _in_digits(text)
    said = read_date(text)[0]
    month = re.match(r"\s*(20\d{2})\s*[年.\-/]\s*(1[0-2]|0?[1-9])(?!\d)", text)
    return said if said is not None else date(int(month[1]), int(month[2]), 1) if month else None


_BARE_DAY = re.compile(
    r"[（(]?\s*((?:20\d{2}|二[〇○零0OＯ][一二三四五六七八九〇○零]{2})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?)\s*[）)]?"
)
_ZEROS = str.maketrans("○零0OＯ", "〇〇〇〇〇")
_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_DAY = re.compile(
    r"(二[〇○零0OＯ][一二三四五六七八九〇○零]{2})\s*年\s*([一二三四五六七八九十]{1,2})\s*月(?:\s*([一二三四五六七八九十]{1,3})\s*日)?"
)
_COVER = 30


def _in_digits(text: str) -> str:
    """A day in Chinese numerals, 二〇二六年二月十日, in digits; any other text as it is."""
    found = _HAN_DAY.match(text.strip())
    if found is None:
        return text
    year = "".join(str(_HAN_DIGITS.index(sign) % 10) for sign in found[1].translate(_ZEROS))
    month, day = parse_numeral(found[2]), parse_numeral(found[3]) if found[3] else None
    return f"{year}年{month}月" + (f"{day}日" if day else "")


def _on_cover(writing: Writing) -> Mention | None:
    """The day that stands on the cover in a line of its own."""
    for piece in writing.pieces[:_COVER]:
        if piece.level:
            break
        found = _BARE_DAY.fullmatch(piece.text.strip()) if piece.part == "body" and not piece.listed else None
        if found is not None:
            said = found[1]
            return Mention(fact="编制日期", value=said, written=said, place=place_of(writing, piece, said), fills="", firm=True)
    return None


def _project(writing: Writing) -> str | None:
    """The name of the project by the title on the cover, which may go on in the next line with the kind of paper."""
    for piece in writing.pieces[:_COVER]:
        if piece.level:
            break
        text = re.sub(r"\s", "", piece.text)
        if piece.part == "body" and not piece.cell and not piece.listed and 6 < len(text) < 50 and is_project(text):
            return text
    return None


def _names(vocabulary: Vocabulary) -> Names:
    spellings = [row[0] for row in rows_of(vocabulary, "unit_spelling")] + [row[0] for row in rows_of(vocabulary, "responsible_unit")]
    return Names(rows_of(vocabulary, "former_unit"), spellings, rows_of(vocabulary, "foreign_district"))


def _total(found: Sequence[Mention]) -> Decimal | None:
    """The investment that most places state, in yuan."""
    values = [one.value for one in found if one.fact == "总投资" and one.value.endswith("元")]
    return Decimal(Counter(values).most_common(1)[0][0].removesuffix("元")) if values else None


def _counted(found: list[Element], writing: Writing, vocabulary: Vocabulary) -> list[Element]:
    """The citations of laws with what the registers know of them: how many articles they have, and which were renumbered."""
    counts = {row[0]: row[1] for row in rows_of(vocabulary, "article_count")}
    moved = rows_of(vocabulary, "moved_article")
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
    return str(one.values.get("cited_title", "")).removeprefix("中华人民共和国")


def _first(found: Sequence[Mention], fact: str) -> Mention | None:
    return next((one for one in found if one.fact == fact), None)


def _title(writing: Writing) -> str:
    return next((one.text.strip() for one in writing.pieces if len(one.text.strip()) > 3), writing.file)


def _filled(found: Sequence[Mention], whole: Place, cited: Sequence[Element]) -> Iterator[tuple[str, dict[str, Any], WritingLocator]]:
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
        relied = [one for one in cited if one.values["kind"] == "标准" and one.values["relied"]]
        if shape == "project" and relied:
            value["standards"] = list(dict.fromkeys(one.values["number"] for one in relied))
            places["standards"] = relied[0].place
        yield shape, value, WritingLocator(whole=whole, fields=places, lists={})
