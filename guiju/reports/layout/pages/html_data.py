"""What the HTML report embeds for its script: rules, words and findings as JSON, a batch at a time; a long report is never held twice.

Words that many findings of a rule have in common stand once and are named by number; findings that read as one name their group.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, islice
from typing import Any, TypeAlias

from guiju.reports.layout.alike import Alike, alike_of
from guiju.reports.layout.columns import shown, waiver_words
from guiju.reports.layout.escape import visible
from guiju.reports.layout.text import place_words, short_names
from guiju.reports.layout.words import WORDS, citation_words
from guiju.reports.model import Report
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["data_pieces"]

_BATCH = 1_000
_MOST_MEMBERS, _MOST_MISSING = 50, 20
_WORDS = ("seen", "required", "cites", "fix", "flips", "says", "members", "missing", "no_citation", "waiver", "message", "details")
_Pair: TypeAlias = tuple[str, str] | str | None


def data_pieces(report: Report) -> Iterator[str]:
    """The data of the page, in pieces."""
    rules = {card.id: at for at, card in enumerate(report.rules)}
    departments = sorted({one.department or "" for one in report.findings})
    told = [one for one in report.findings if one.rule in rules]
    groups, of = _alike(told, short_names(one.file for one in report.inputs))
    row = _Row(report, rules, departments)
    listed = zip(told, of, strict=True)
    yield _json(_head(report, departments, groups))[:-1] + ',"findings":['
    before = ""
    while batch := list(islice(listed, _BATCH)):
        yield before + ",\n".join(_json([*row(one), group]) for one, group in batch)
        before = ",\n"
    yield '],"shared":' + _json(list(row.shared)) + "}"


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _alike(told: list[Finding], short: dict[str, str]) -> tuple[list[str], list[int]]:
    """Where each group of findings that read as one stands; and of each finding the number of its group from 1, 0 for none."""
    groups: list[str] = []
    at: dict[int, int] = {}
    for _, stretch in groupby(told, key=lambda one: (one.rule, one.verdict, one.waiver)):
        for one in alike_of(stretch):
            if one.count > 1:
                groups.append(visible(Alike(tuple(_shortened(found, short) for found in one.findings)).where))
                at |= {id(found): len(groups) for found in one.findings}
    return groups, [at.get(id(one), 0) for one in told]


def _shortened(one: Finding, short: dict[str, str]) -> Finding:
    first = one.places[0] if one.places else None
    return one if first is None else replace(one, places=(replace(first, file=short.get(first.file, first.file)),))


def _head(report: Report, departments: list[str], groups: list[str]) -> dict[str, Any]:
    return {
        "rules": [
            {
                "id": card.id,
                "name": _pair(card.name),
                "severity": card.severity.id,
                "cites": [_pair(citation_words(one.title, one.clause_text)) for one in card.citations],
                "fix": _pair(card.fix),
            }
            for card in report.rules
        ],
        "departments": departments,
        "severities": {one.id: _pair(one.words) for one in Severity},
        "verdicts": {one.value: _pair(one.words) for one in Verdict},
        "words": {key: _pair(WORDS[key]) for key in _WORDS},
        "waivers": {visible(id): visible(words) for id, words in waiver_words(report).items()},
        "alike": groups,
        "alone": len(report.titles) == 1,
    }


class _Row:
    """Makes the row of each finding; `shared` are the words that rows name by number."""

    def __init__(self, report: Report, rules: dict[str, int], departments: list[str]) -> None:
        self.rules = rules
        self.where = {name: at for at, name in enumerate(departments)}
        self.short = short_names(one.file for one in report.inputs)
        self.shared: dict[_Pair, int] = {}

    def __call__(self, one: Finding) -> list[Any]:
        place = one.places[0] if one.places else None
        wrong = one.problem
        return [
            one.fingerprint[:16],
            self.rules[one.rule],
            shown(one).value,
            self.where[one.department or ""],
            one.district or "",
            one.subject.name,
            place_words(replace(place, file=self.short.get(place.file, place.file))) if place is not None else "",
            _pair(wrong),
            _pair(one.seen),
            self._common(one.required),
            self._common(one.flips),
            self._common(one.message) if wrong is not one.message else self._common(None),
            [member.name for member in one.members[:_MOST_MEMBERS]],
            list(one.missing[:_MOST_MISSING]),
            visible(one.waiver or ""),
            self._common(one.action),
        ]

    def _common(self, words: Both | None) -> int:
        return self.shared.setdefault(_pair(words), len(self.shared))


def _pair(words: Both | None) -> _Pair:
    if words is None:
        return None
    zh, en = visible(words.zh), visible(words.en)
    return zh if zh == en else (zh, en)
