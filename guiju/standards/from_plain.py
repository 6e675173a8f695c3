"""Plain records, already known to have the right shape, become editions and a framework.

It checks nothing but what a shape cannot say: that a day exists and that a clause can be read. The complaints are
given as pairs of a path and a kind, since plain values have no place; `from_yaml` finds the place.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guiju.standards.confidence import Confidence, Recheck
from guiju.standards.model import (
    Clause,
    Edition,
    Framework,
    FrameworkClass,
    InstrumentLevel,
    Kind,
    Nature,
    Provision,
    Status,
)
from guiju.terms.clause import ClauseRef
from guiju.terms.clause_text import parse_clause
from guiju.terms.ids import EditionId, InstrumentId
from guiju.terms.tongue import Both

__all__ = ["Slip", "edition_from_plain", "framework_from_plain", "kinds_from_plain"]

Plain = Mapping[str, Any]
Slip = tuple[tuple[str | int, ...], str]
"""Where in a record, and the code of the complaint."""

_DAYS = ("issued", "in_force", "until")


def edition_from_plain(record: Plain) -> tuple[Edition, tuple[Slip, ...]]:
    """The edition of one record; a day or clause that cannot be read is left out and named."""
    slips: list[Slip] = []
    days = {name: _day(record.get(name), name, slips) for name in _DAYS}
    clauses = tuple(_clauses(record.get("clauses", ()), slips))
    confidence = Confidence(record["confidence"])
    surely = record.get("date_confidence", {})
    edition = Edition(
        id=EditionId(record["id"]),
        instrument=InstrumentId(record["instrument"]),
        number=record["number"],
        title=_both(record["title"]),
        title_en_ours=bool(record.get("title_en_ours", False)),
        names=tuple(record.get("names", ())),
        body=_both(record["body"]),
        level=InstrumentLevel(record["level"]),
        nature=Nature(record["nature"]),
        status=Status(record["status"]),
        issued=days["issued"],
        in_force=days["in_force"],
        until=days["until"],
        written=tuple((name, record[name]) for name in _DAYS if record.get(name) and days[name] is None),
        date_confidence=tuple((name, Confidence(surely[name])) for name in _DAYS if name in surely),
        replaces=tuple(EditionId(one) for one in record.get("replaces", ())),
        replaced_by=tuple(EditionId(one) for one in record.get("replaced_by", ())),
        category=record["category"],
        also=tuple(record.get("also", ())),
        applies_to=tuple(record.get("applies_to", ())),
        articles=record.get("articles"),
        known_by_reference=bool(record.get("known_by_reference", False)),
        confidence=confidence,
        confidence_note=record.get("confidence_note"),
        recheck=Recheck(record["recheck"]) if "recheck" in record else None,
        facts=tuple(record.get("facts", ())),
        sources=tuple(record.get("sources", ())),
        note=_both(record.get("note", {})),
        clauses=clauses,
    )
    return edition, tuple(slips)


def framework_from_plain(record: Plain) -> Framework:
    """The framework of `framework.yaml`."""
    return Framework(classes=tuple(_class(one) for one in record["classes"]))


def kinds_from_plain(record: Plain) -> tuple[Kind, ...]:
    """The kinds of `kinds.yaml`, in their order."""
    return tuple(
        Kind(
            id=one["id"],
            name=_both(one["name"]),
            names=tuple(one.get("names", ())),
            general=bool(one.get("general", False)),
            includes=tuple(one.get("includes", ())),
        )
        for one in record["kinds"]
    )


def _class(record: Plain) -> FrameworkClass:
    return FrameworkClass(
        code=record["code"],
        title=_both(record["title"]),
        subclasses=tuple(_class(one) for one in record.get("subclasses", ())),
        grounded_in=tuple(record.get("grounded_in", ())),
    )


def _both(record: Plain) -> Both:
    return Both(zh=record.get("zh", ""), en=record.get("en", ""))


def _day(written: str | None, name: str, slips: list[Slip]) -> date | None:
    if written is None or len(written) != 10:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        slips.append(((name,), "R015"))
        return None


def _clauses(records: Sequence[Plain], slips: list[Slip]) -> list[Clause]:
    clauses: list[Clause] = []
    for at, record in enumerate(records):
        ref = parse_clause(record["ref"]) if "ref" in record else ClauseRef.named(record["place"])
        if ref is None:
            slips.append((("clauses", at, "ref"), "R011"))
            continue
        clauses.append(Clause(ref=ref, provisions=tuple(_provision(one) for one in record["provisions"])))
    return clauses


def _provision(record: Plain) -> Provision:
    return Provision(
        fact=record["fact"],
        says=Both(zh=record["zh"], en=record["en"]),
        confidence=Confidence(record["confidence"]),
        confidence_note=record.get("confidence_note"),
    )
