"""Failures as rows of the tables of letters: rule by rule, the gravest first; alike ones in one row, with how many and where."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from guiju.reports.layout.alike import Alike, alike_of, todo_of
from guiju.reports.layout.escape import one_line
from guiju.reports.layout.letters.letter import Table
from guiju.reports.layout.text import short_names
from guiju.reports.layout.words import WORDS
from guiju.reports.model import Report, RuleCard
from guiju.terms.tongue import Both, Tongue
from guiju.validators.findings.model import Finding

__all__ = ["RuleFindings", "by_rule", "questions_table", "spoken_place", "subjects_words"]

_MOST_NAMED = 3
_LINES = re.compile(r"([0-9]+(?:, [0-9]+)*)(?::[0-9]+)?( …)?$")


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """A rule and its failures, as they read: `told` in groups of those that say the same."""

    card: RuleCard
    findings: tuple[Finding, ...]
    told: tuple[Alike, ...]
    alone: bool = False
    """Whether there is one input, so that places need not name it."""

    def where(self, one: Alike, tongue: Tongue) -> str:
        """Where it stands, as a printed page says it."""
        return self._spoken(one.where, one.first, tongue)

    def wheres(self, tongue: Tongue) -> str:
        """Where all of them stand, as ranges."""
        return self._spoken(Alike(self.findings).where, self.findings[0], tongue)

    def _spoken(self, where: str, first: Finding, tongue: Tongue) -> str:
        return spoken_place(where, first.places[0].file if self.alone and first.places else "", tongue)

    def basis(self, tongue: Tongue) -> str:
        """The clauses on which the rule rests, in one line."""
        return one_line(self.findings[0].basis.say(tongue))

    def wrong(self, one: Alike, tongue: Tongue) -> str:
        """What is wrong: of one finding its sentence, of many how many records and what they share."""
        words = one.wrong.say(tongue)
        return one_line(words if one.count == 1 else f"{subjects_words(one.findings, tongue)}{Both('：', ': ').say(tongue)}{words}")

    def fix(self, one: Alike, tongue: Tongue) -> str:
        """What is to be done about it."""
        return one_line(todo_of(one.first).say(tongue))


def by_rule(report: Report, findings: Iterable[Finding]) -> tuple[RuleFindings, ...]:
    """The rules that have one of these findings: the gravest first, then those with most, then by their ids."""
    short = short_names(one.file for one in report.inputs)
    groups: dict[str, list[Finding]] = {}
    for one in findings:
        groups.setdefault(one.rule, []).append(_shortened(one, short))
    cards = {card.id: card for card in report.rules}
    order = sorted(groups, key=lambda id: (-int(cards[id].severity), -len(groups[id]), id))
    alone = len(report.inputs) == 1
    return tuple(RuleFindings(cards[id], tuple(groups[id]), alike_of(groups[id]), alone) for id in order)


def spoken_place(where: str, file: str, tongue: Tongue) -> str:
    """A place as a printed page says it: without the file where there is one only, lines in words."""
    if not file or not where.startswith(file):
        return one_line(where)
    rest = where.removeprefix(file).lstrip(": ")
    found = _LINES.match(rest)
    if found is None:
        return one_line(rest)
    return Both(f"第 {found[1]} 行{found[2] or ''}", f"line {found[1]}{found[2] or ''}").say(tongue)


def questions_table(rules: tuple[RuleFindings, ...], tongue: Tongue) -> Table:
    """The screening questions without an answer: what each decides, and where the answer goes."""
    heads = (Both("先回答", "To answer"), Both("为什么", "Why"), Both("出处", "Place"))
    rows = tuple((one.card.name.say(tongue), one.wrong(told, tongue), one.where(told, tongue)) for one in rules for told in one.told)
    return Table(tuple(one.say(tongue) for one in heads), rows, (24, 62, 14))


def subjects_words(findings: tuple[Finding, ...], tongue: Tongue) -> str:
    """The first records by name, and how many there are."""
    names = list(dict.fromkeys(one.subject.name for one in findings))
    said = WORDS["comma"].say(tongue).join(names[:_MOST_NAMED])
    count = len(findings)
    return said if count == 1 else Both(f"{said} 等 {count} 处", f"{said} and others, {count} in all").say(tongue)


def _shortened(one: Finding, short: dict[str, str]) -> Finding:
    return replace(one, places=tuple(replace(place, file=short.get(place.file, place.file)) for place in one.places[:1]))
