"""Articles of instruments whose text was at hand, each held by a digest and a few facts; the wording is not kept.

`articles.json` is made of texts by `python -m guiju.standards.articles.digest FOLDER`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from guiju.standards.articles.text import ArticleText, PlaceFacts, digest_of, facts_of
from guiju.terms.clause import ClauseLevel, ClauseRef
from guiju.terms.quantities.numerals import parse_numeral

__all__ = [
    "ARTICLES",
    "Article",
    "Held",
    "NoPlace",
    "Paragraph",
    "article_from_plain",
    "article_of",
    "article_to_plain",
    "load_articles",
    "place_in",
]

ARTICLES = "articles.json"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: the facts of its own words with those of its items, and of each item apart."""

    facts: PlaceFacts
    items: tuple[PlaceFacts, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number, the digest of its words, its paragraphs."""

    number: str
    digest: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The articles of one edition, by number."""

    edition: str
    articles: dict[str, Article]


@dataclass(frozen=True, slots=True)
class NoPlace:
    """The article has no such paragraph or item; `there` is how many it has."""

    level: ClauseLevel
    there: int


def article_of(text: ArticleText) -> Article:
    """What is held of an article."""
    paragraphs = tuple(Paragraph(facts_of("\n".join((lead, *items))), _items(lead, items)) for lead, items in text.paragraphs)
    return Article(text.number, digest_of(text.words), paragraphs)


def _items(lead: str, items: tuple[str, ...]) -> tuple[PlaceFacts, ...]:
    """Items of one 1. 2. list belong to the item above them; what an item says is said under the lead of its paragraph."""
    grouped: list[list[str]] = []
    for one in items:
        if one[0] in "(（" and parse_numeral(one[1 : one.index("）" if "）" in one else ")")]) is not None:
            grouped.append([one])
        elif grouped:
            grouped[-1].append(one)
    led = facts_of(lead)
    facts = (facts_of("\n".join(one)) for one in grouped)
    return tuple(PlaceFacts(one.measures, one.binds or led.binds, one.eases or led.eases) for one in facts)


def place_in(article: Article, ref: ClauseRef) -> PlaceFacts | NoPlace:
    """The facts of a place within an article: of the whole of it, a paragraph, or an item."""
    paragraph: Paragraph | None = None
    for step in ref.steps[1:]:
        number = int(step.number.partition("-")[0])
        if step.level is ClauseLevel.PARAGRAPH:
            if number > len(article.paragraphs):
                return NoPlace(step.level, len(article.paragraphs))
            paragraph = article.paragraphs[number - 1]
        elif step.level is ClauseLevel.ITEM:
            # An article with one list may be cited without its paragraph.
            lists = (paragraph,) if paragraph is not None else tuple(one for one in article.paragraphs if one.items)
            items = lists[0].items if lists else ()
            return items[number - 1] if number <= len(items) else NoPlace(step.level, len(items))
    return paragraph.facts if paragraph is not None else _together(one.facts for one in article.paragraphs)


def _together(facts: Iterable[PlaceFacts]) -> PlaceFacts:
    every = tuple(facts)
    measures = tuple(sorted({measure for one in every for measure in one.measures}))
    return PlaceFacts(measures, any(one.binds for one in every), any(one.eases for one in every))


# ---- as data -----------------------------------------------------------------------------------------------------------------


def article_to_plain(article: Article) -> dict[str, Any]:
    """The article as it is written into the file."""
    return {"digest": article.digest, "paragraphs": [[_facts(one.facts), *map(_facts, one.items)] for one in article.paragraphs]}


def _facts(one: PlaceFacts) -> str:
    return ",".join((("b" if one.binds else "") + ("e" if one.eases else ""), *one.measures))


def article_from_plain(number: str, plain: dict[str, Any]) -> Article:
    """The article as it was written."""
    paragraphs = tuple(Paragraph(*_read(rows)) for rows in plain["paragraphs"])
    return Article(number, plain["digest"], paragraphs)


def _read(rows: list[str]) -> tuple[PlaceFacts, tuple[PlaceFacts, ...]]:
    read = []
    for row in rows:
        marks, *measures = row.split(",")
        read.append(PlaceFacts(tuple(measures), "b" in marks, "e" in marks))
    return read[0], tuple(read[1:])


@cache
def load_articles() -> dict[str, Held]:
    """What is held of each edition whose text was at hand, by the id of the edition."""
    plain = json.loads((_HERE / ARTICLES).read_text(encoding="utf-8"))
    return {
        edition: Held(edition, {number: article_from_plain(number, one) for number, one in articles.items()})
        for edition, articles in plain.items()
    }
