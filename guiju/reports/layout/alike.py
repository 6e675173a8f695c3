"""Findings of one rule that say the same of many records: one line for all, with the range where they stand.

What is alike is what a reader would answer alike: the same rule, the same values seen, the same change that would help.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.catalog.records.place import Place
from guiju.reports.layout.ranges import ranges_words
from guiju.reports.layout.text import place_words
from guiju.terms.tongue import Both
from guiju.validators.findings.model import Finding

__all__ = ["Alike", "alike_of", "todo_of"]

_FEWEST = 3
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Alike:
    """Findings that read as one, in their order; one alone is what is told of itself."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for all."""
        return self.findings[0]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.findings)

    @property
    def where(self) -> str:
        """Where they stand: a place, a range of cells, or the first of some lines."""
        places = [one.places[0] for one in self.findings if one.places]
        if not places:
            return self.first.subject.name
        if len(places) == 1:
            return place_words(places[0])
        if all(one.cell for one in places):
            return _in_sheet(places)
        lines = list(dict.fromkeys(str(one.line) for one in places if one.line is not None))
        if not lines:
            return place_words(places[0]) + " …"
        return f"{places[0].file}:{', '.join(lines[:_MOST_LINES])}" + (" …" if len(lines) > _MOST_LINES else "")

    @property
    def wrong(self) -> Both:
        """What is wrong: of one the whole sentence; of many what they share."""
        return self.first.problem if self.count == 1 else self.first.says or self.first.seen


def alike_of(findings: Iterable[Finding]) -> tuple[Alike, ...]:
    """The findings of one rule in groups, each where its first finding stands; groups of two are told one by one."""
    groups: dict[object, list[Finding]] = {}
    for one in findings:
        groups.setdefault(_likeness(one), []).append(one)
    made: list[tuple[int, Alike]] = []
    at = {id(one): number for number, one in enumerate(one for group in groups.values() for one in group)}
    for group in groups.values():
        if len(group) >= _FEWEST:
            made.append((at[id(group[0])], Alike(tuple(group))))
        else:
            made += [(at[id(one)], Alike((one,))) for one in group]
    return tuple(one for _, one in sorted(made, key=lambda pair: pair[0]))


def todo_of(one: Finding) -> Both:
    """What to do about one finding, in full; where neither the values nor the rule say it, what is required."""
    return one.todo or one.flips or one.required


def _likeness(one: Finding) -> object:
    place = one.places[0] if one.places else Place(file="")
    action = one.action.zh if one.action is not None else None
    return one.rule, place.file, place.sheet, one.seen.zh, action, one.members


def _in_sheet(places: list[Place]) -> str:
    first = places[0]
    where = f"{first.file} {first.sheet}!" if first.sheet else f"{first.file} "
    return where + ranges_words(one.cell for one in places if one.cell)
