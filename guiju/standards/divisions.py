"""The administrative divisions that rules need, by code and by name; functional areas are kept apart from them.

A functional area (开发区, 风景区) has no code of its own and is never found by `by_code`.
"""

from collections.abc import Mapping
from typing import Any

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both

__all__ = ["Division", "DivisionTable", "FunctionalArea", "table_from_plain"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """One division; `parent` is the code of the division above, None where that one is not in the table."""

    code: str
    kind: str
    name: Both
    parent: str | None


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class FunctionalArea:
    """An area with an administration of its own that is not a division; `run_with` names divisions run as one with it."""

    id: str
    name: Both
    names: tuple[str, ...]
    run_with: tuple[str, ...]
    note: Both


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class DivisionTable:
    """The divisions of one place as they stood on a day."""

    id: str
    as_of: str
    source: Both
    confidence: str
    divisions: tuple[Division, ...]
    functional_areas: tuple[FunctionalArea, ...]

    def by_code(self, code: str) -> Division | None:
        """The division with that six-digit code."""
        return next((one for one in self.divisions if one.code == code), None)

    def by_name(self, name: str) -> Division | None:
        """The division with that name in either tongue, with or without 武汉市 before it."""
        wanted = name.strip()
        if wanted != "武汉市":
            wanted = wanted.removeprefix("武汉市")
        return next((one for one in self.divisions if wanted in (one.name.zh, one.name.en)), None)

    def area(self, name: str) -> FunctionalArea | None:
        """The functional area with that name or one of its other names."""
        wanted = name.strip()
        return next((o for o in self.functional_areas if wanted in (o.id, o.name.zh, o.name.en, *o.names)), None)


def table_from_plain(record: Mapping[str, Any]) -> DivisionTable:
    """One table of `divisions/<id>.yaml`."""
    return DivisionTable(
        id=record["id"],
        as_of=record["as_of"],
        source=_both(record["source"]),
        confidence=record["confidence"],
        divisions=tuple(
            Division(code=one["code"], kind=one["kind"], name=_both(one["name"]), parent=one["parent"]) for one in record["divisions"]
        ),
        functional_areas=tuple(
            FunctionalArea(
                id=one["id"],
                name=_both(one["name"]),
                names=tuple(one["names"]),
                run_with=tuple(one.get("run_with", ())),
                note=_both(one["note"]),
            )
            for one in record["functional_areas"]
        ),
    )


def _both(record: Mapping[str, str]) -> Both:
    return Both(zh=record["zh"], en=record["en"])
