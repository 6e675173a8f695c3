"""A record of an instrument written out from what somebody says of it, as YAML in the schema of all records.

It judges nothing: who reads the text again finds what is wrong with it.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from guiju.standards.model import InstrumentLevel, Nature
from guiju.terms.clause_text import parse_clause

__all__ = ["Told", "id_of", "written"]

_WORD = re.compile("[A-Za-z]+|[0-9]+")
_BY_NUMBER = frozenset({InstrumentLevel.NATIONAL_STANDARD, InstrumentLevel.INDUSTRY_STANDARD, InstrumentLevel.LOCAL_STANDARD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said of an instrument: days as written (YYYY-MM-DD, or empty), clauses as (place, what it says)."""

    id: str
    number: str
    title: str
    title_en: str
    body: str
    level: InstrumentLevel
    nature: Nature | None
    issued: str
    in_force: str
    until: str
    category: str
    confidence: str
    clauses: tuple[tuple[str, str], ...]
    replaces: tuple[str, ...] = ()
    ended: bool = False


def id_of(number: str, taken: Collection[str]) -> str:
    """An id out of what is Latin and a numeral in the number: 财库〔2021〕22号 is DOC-2021-22."""
    words = _WORD.findall(number.upper())
    made = "-".join(words) if words else "OWN"
    made = made if made[0].isalpha() else f"DOC-{made}"
    folded = {one.casefold() for one in taken}
    if words and made.casefold() not in folded:
        return made
    return next(f"{made}-{at}" for at in range(1, len(folded) + 2) if f"{made}-{at}".casefold() not in folded)


def written(told: Told) -> str:
    """The YAML of the record."""
    lines = [f"{name}: {_quoted(value)}" for name, value in _head(told).items() if not isinstance(value, dict)]
    for name, value in _head(told).items():
        if isinstance(value, dict):
            lines += [f"{name}:", *(f"  {key}: {_quoted(said)}" for key, said in value.items())]
    if told.clauses:
        lines.append("clauses:")
    for at, (place, says) in enumerate(told.clauses, 1):
        key = "ref" if parse_clause(place) is not None else "place"
        lines += [f"  - {key}: {_quoted(place)}", "    provisions:", f"      - fact: {_quoted(f'{told.id}-{at}')}"]
        lines += [f"        {name}: {_quoted(says)}" for name in ("zh", "en")]
        lines.append(f"        confidence: {_quoted(told.confidence)}")
    return "\n".join(lines) + "\n"


def _head(told: Told) -> Mapping[str, Any]:
    head: dict[str, Any] = {
        "id": told.id,
        "instrument": told.id,
        "number": told.number or None,
        "title": {"zh": told.title, "en": told.title_en or told.title},
        "body": {"zh": told.body, "en": told.body},
        "level": told.level.value,
        "nature": (told.nature or _nature(told)).value,
        "status": "withdrawn" if told.ended else "current",
        "issued": told.issued or None,
        "in_force": told.in_force or None,
        "until": told.until or None,
        "category": told.category,
        "confidence": told.confidence,
    }
    if told.replaces:
        head["replaces"] = list(told.replaces)
    return head


def _nature(told: Told) -> Nature:
    if told.level in _BY_NUMBER:
        return Nature.RECOMMENDED if "/T" in told.number.upper() else Nature.MANDATORY
    if told.level.is_standard:
        return Nature.RECOMMENDED
    return Nature.GUIDANCE if told.level is InstrumentLevel.PRACTICE else Nature.BINDING


def _quoted(value: Any) -> str:
    # A text of JSON is one of YAML.
    return json.dumps(value, ensure_ascii=False)
