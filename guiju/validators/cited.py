"""What the registry says of the standards and articles that documents cite, on the day of judgement; written beside what was read.

A citation that the registry has not is left as it was: unknown is never wrong.
"""

import re
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from guiju.catalog.records.model import Submission
from guiju.standards.load import load_registry
from guiju.standards.model import Edition, Force
from guiju.standards.registry import Registry

__all__ = ["with_standings"]

_ALIKE = 0.9
_SETTLED = 2


def with_standings(submission: Submission, as_of: date) -> Submission:
    """The submission, the citations of its documents told apart by the registry."""
    registry = load_registry()
    records = []
    for record in submission.records:
        if record.shape == "written_document" and "citations" in record.value:
            cited = [_standing(one, registry, as_of) for one in record.value["citations"]]
            record = replace(record, value={**record.value, "citations": cited})
        records.append(record)
    return replace(submission, records=tuple(records))


def _standing(cited: dict[str, Any], registry: Registry, on: date) -> dict[str, Any]:
    match cited.get("kind"):
        case "标准":
            return {**cited, **_of_standard(cited, registry, on)}
        case "法规":
            return {**cited, **_of_law(cited, registry, on)}
        case "文号":
            return {**cited, "known": registry.find(cited["number"], on=on) is not None}
        case _:
            return cited


def _of_standard(cited: dict[str, Any], registry: Registry, on: date) -> dict[str, Any]:
    number: str = cited["number"]
    edition = registry.find(number, on=on)
    if edition is None or edition.number != number:
        other = number.replace("/T", "") if "/T" in number else re.sub(r"^([A-Z]+\d*) ", r"\1/T ", number)
        right = registry.find(other, on=on)
        found: dict[str, Any] = {"known": False}
        if right is not None and right.number == other:
            found["right_number"] = other
        return found | _older(number, registry, on)
    force = registry.force(edition, on)
    made: dict[str, Any] = {"known": True, "right_number": number}
    successors = [one.number for one in registry.successors(edition) if one.number]
    if force is not Force.UNKNOWN:
        made["in_force"] = force is Force.IN_FORCE
    elif any(_years_before(one, on) >= _SETTLED for one in successors):
        # No day of the change is known, but the edition that replaced it is years old.
        made["in_force"] = False
    if successors:
        made["replaced_by"] = successors[-1]
    title = edition.title.zh
    if cited.get("cited_title") and "未核实" not in title:
        made["proper_title"] = title
        made["title_agrees"] = _alike(cited["cited_title"], title)
    return made


def _older(number: str, registry: Registry, on: date) -> dict[str, Any]:
    """An edition that the registry never held, of a standard that it holds in a later one: a standard is replaced whole."""
    stem, _, year = number.rpartition("-")
    later = registry.find(stem, on=on)
    if later is None or not later.number or later.number.rpartition("-")[0] != stem or registry.force(later, on) is not Force.IN_FORCE:
        return {}
    if not year.isdigit() or later.number.rpartition("-")[2] <= year:
        return {}
    return {"known": True, "right_number": number, "in_force": False, "replaced_by": later.number}


def _years_before(number: str, on: date) -> int:
    found = re.search(r"[-:](\d{4})$", number)
    return on.year - int(found[1]) if found else 0


def _fold(title: str) -> str:
    return re.sub(r"[^0-9A-Za-z一-龥]", "", title)


def _alike(written: str, proper: str) -> bool:
    """Whether two titles are one but for punctuation, a sign or two, and a part that only one of them states."""
    one, other = _fold(written), _fold(proper)
    return one == other or one in other or other in one or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _of_law(cited: dict[str, Any], registry: Registry, on: date) -> dict[str, Any]:
    edition = registry.find(cited["cited_title"], on=on)
    made: dict[str, Any] = {"known": edition is not None}
    if edition is None:
        return made
    force = registry.force(edition, on)
    if force is not Force.UNKNOWN:
        made["in_force"] = force is Force.IN_FORCE
    made |= _replaced(registry, edition, force)
    if edition.articles is not None and "articles" not in cited:
        made["articles"] = edition.articles
    return made


def _replaced(registry: Registry, edition: Edition, force: Force) -> dict[str, Any]:
    if force is not Force.ENDED:
        return {}
    later = registry.successors(edition)
    return {"replaced_by": later[-1].title.zh} if later else {}
