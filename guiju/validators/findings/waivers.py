"""Applies waivers to findings.

A waiver answers one question: must someone act? It never answers another: is the subject conformant? So a waived finding keeps
its verdict, and the rule is evaluated all the same. Waivers are applied here and nowhere else.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from guiju.catalog.records.model import Record
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.span import Span
from guiju.dsl.ir.encode import encode_bytes
from guiju.dsl.ir.tree import Rule
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding, Tally
from guiju.validators.plan.tree import Plan

__all__ = [
    "EXPIRING_DAYS",
    "MOST_WAIVED",
    "Scope",
    "Waiver",
    "WaiverReport",
    "WaiverStatus",
    "WaiverUse",
    "apply_waivers",
    "rule_digest",
    "waived_tally",
]

EXPIRING_DAYS = 30
"""A waiver is called expiring from that many days before its last day on."""
MOST_WAIVED = 100
"""A waiver that hides more findings is called over-broad, unless it says itself how many it may hide."""


class WaiverStatus(StrEnum):
    """How a waiver stands to a day."""

    IN_FORCE = "in_force"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    NOT_YET = "not_yet"

    @property
    def counts(self) -> bool:
        """Whether it is laid over findings on that day."""
        return self in (WaiverStatus.IN_FORCE, WaiverStatus.EXPIRING)


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which findings of its rules a waiver is for; what is left empty does not narrow it.

    `where` holds (paths of field ids, accepted texts): the subject's record has one of these texts at one of these paths.
    """

    subjects: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    where: tuple[tuple[tuple[tuple[str, ...], ...], tuple[str, ...]], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it names no subject, unit, field value or finding at all; a kind alone does not narrow."""
        return not (self.subjects or self.departments or self.fingerprints or self.where)


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A signed, reasoned, dated acceptance of breaches; `start` and `end` are inclusive civil days.

    `clauses` are (instrument, clause): every rule that cites the clause or one under it. `pinned` are digests of the rules
    as they were when the waiver was approved. `approver` is an office, `number` the 文号 of the approving document.
    """

    id: str
    rules: tuple[str, ...]
    clauses: tuple[tuple[str, str], ...]
    pinned: tuple[str, ...]
    scope: Scope
    approver: str
    number: str
    reason: str
    start: date | None
    end: date
    conditions: tuple[str, ...] = ()
    at_most: int | None = None
    span: Span

    def standing(self, on: date) -> WaiverStatus:
        """How it stands to that day."""
        if on > self.end:
            return WaiverStatus.EXPIRED
        if self.start is not None and on < self.start:
            return WaiverStatus.NOT_YET
        return WaiverStatus.EXPIRING if on + timedelta(days=EXPIRING_DAYS) >= self.end else WaiverStatus.IN_FORCE


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class WaiverUse:
    """What a waiver did in a run: how many failing findings it is for, and which of its rules have changed since."""

    waiver: Waiver
    standing: WaiverStatus
    matched: int
    laid: int
    outdated: tuple[str, ...] = ()


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class WaiverReport:
    """All waivers of a run in the order of their file, and what is to be said about them."""

    uses: tuple[WaiverUse, ...]
    diagnostics: tuple[Diagnostic, ...]


# What a rule asks, and of whom: the rest may change without anybody having to approve anew.
_SILENT = frozenset(
    {("Rule", name) for name in ("name", "version", "source", "text", "doc", "fix", "says", "why", "dimension", "derives")}
    | {("Rule", name) for name in ("start", "end", "submitted", "status")}
    | {("Citation", name) for name in ("title", "clause_text", "confidence", "text")}
)


def rule_digest(rule: Rule) -> str:
    """The digest of what a planned rule asks on its day, its parameters written in; words about it do not count."""
    return hashlib.sha256(encode_bytes(rule, None, _SILENT)).hexdigest()


def apply_waivers(
    findings: Iterable[Finding], waivers: Sequence[Waiver], on: date, *, plan: Plan, records: Sequence[Record] = ()
) -> tuple[tuple[Finding, ...], WaiverReport]:
    """The findings, those that FAIL under a waiver with its id; and what each waiver did.

    Of several waivers for one finding it shows the first of the file. `records` serve conditions on fields. A waiver whose
    rule has changed since it was approved is not laid over findings of that rule: nobody has approved what it asks now.
    """
    register = _Register(waivers, plan, on)
    values = {record.number: record.value for record in records} if any(one.scope.where for one in waivers) else {}
    matched: Counter[str] = Counter()
    laid: Counter[str] = Counter()
    result: list[Finding] = []
    for finding in findings:
        if finding.verdict is Verdict.FAIL:
            for one in register.of(finding):
                if _in_scope(finding, one.scope, values):
                    matched[one.id] += 1
                    if register.counts(one, finding.rule):
                        laid[one.id] += 1
                        finding = finding if finding.waiver else replace(finding, waiver=one.id)
        result.append(finding)
    uses = tuple(
        WaiverUse(waiver=one, standing=one.standing(on), matched=matched[one.id], laid=laid[one.id], outdated=register.outdated[one.id])
        for one in waivers
    )
    return tuple(result), WaiverReport(uses=uses, diagnostics=tuple(found for use in uses for found in _complaints(use, register)))


def waived_tally(tally: Tally, findings: Iterable[Finding]) -> Tally:
    """The tally as it is shown: every FAIL under a waiver counted as WAIVED, the sum unchanged."""
    by_rule = Counter(one.rule for one in findings if one.verdict is Verdict.FAIL and one.waiver is not None)
    return Tally(
        total=_moved(tally.total, by_rule.total()),
        by_rule=tuple((rule, _moved(counts, by_rule[rule])) for rule, counts in tally.by_rule),
    )


def _moved(counts: tuple[tuple[Verdict, int], ...], number: int) -> tuple[tuple[Verdict, int], ...]:
    held = dict(counts)
    held[Verdict.FAIL] = held.get(Verdict.FAIL, 0) - number
    held[Verdict.WAIVED] = held.get(Verdict.WAIVED, 0) + number
    return tuple((verdict, held[verdict]) for verdict in Verdict if held.get(verdict))


class _Register:
    """Waivers by the rules that they are for, so that many of them cost little a finding."""

    def __init__(self, waivers: Sequence[Waiver], plan: Plan, on: date) -> None:
        self.rules = {planned.rule.id: planned.rule for planned in plan.rules}
        self.standing = {one.id: one.standing(on) for one in waivers}
        self.targets = {one.id: self._targets(one) for one in waivers}
        self.outdated = {one.id: self._outdated(one) for one in waivers}
        self._by_rule: dict[str, list[Waiver]] = {}
        for one in waivers:
            for rule in self.targets[one.id]:
                self._by_rule.setdefault(rule, []).append(one)

    def of(self, finding: Finding) -> Sequence[Waiver]:
        return self._by_rule.get(finding.rule, ())

    def counts(self, waiver: Waiver, rule: str) -> bool:
        return self.standing[waiver.id].counts and rule not in self.outdated[waiver.id]

    def _targets(self, waiver: Waiver) -> tuple[str, ...]:
        named = [rule for rule in waiver.rules if rule in self.rules]
        cited = [rule.id for rule in self.rules.values() if waiver.clauses and _cites(rule, waiver.clauses)]
        return tuple(dict.fromkeys((*named, *cited)))

    def _outdated(self, waiver: Waiver) -> tuple[str, ...]:
        if not waiver.pinned:
            return ()
        return tuple(rule for rule in self.targets[waiver.id] if rule_digest(self.rules[rule]) not in waiver.pinned)


def _cites(rule: Rule, clauses: tuple[tuple[str, str], ...]) -> bool:
    return any(
        cite.instrument == instrument and (cite.clause == clause or cite.clause.startswith(clause + "."))
        for cite in rule.citations
        for instrument, clause in clauses
    )


def _in_scope(finding: Finding, scope: Scope, values: Mapping[int, Mapping[str, Any]]) -> bool:
    subject = finding.subject
    return (
        (not scope.kinds or subject.kind in scope.kinds)
        and (not scope.subjects or subject.id in scope.subjects or subject.name in scope.subjects)
        and (not scope.departments or finding.department in scope.departments)
        and (not scope.fingerprints or finding.fingerprint in scope.fingerprints)
        and (not scope.where or _fits(finding, scope, values))
    )


def _fits(finding: Finding, scope: Scope, values: Mapping[int, Mapping[str, Any]]) -> bool:
    """Whether the record of the subject has the texts asked for; a group has no record of its own, so never."""
    if finding.subject.id.startswith("group:") or not finding.subject.order:
        return False
    value = values.get(finding.subject.order[0], {})
    return all(
        any(_folded(seen) in accepted for path in paths for seen in _along(value, path))
        for paths, texts in scope.where
        for accepted in [{_folded(text) for text in texts}]
    )


def _along(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(value, list):
        for one in value:
            yield from _along(one, path)
    elif not path:
        yield value
    elif isinstance(value, dict):
        yield from _along(value.get(path[0]), path[1:])


def _folded(value: Any) -> str:
    truths = {True: "是", False: "否"}
    text = truths[value] if isinstance(value, bool) else "" if value is None else str(value)
    return unicodedata.normalize("NFKC", text).strip()


def _complaints(use: WaiverUse, register: _Register) -> Iterator[Diagnostic]:
    waiver, span = use.waiver, use.waiver.span
    if waiver.scope.is_open:
        yield complain("W013", span, id=waiver.id)
    most = MOST_WAIVED if waiver.at_most is None else waiver.at_most
    if use.matched > most:
        yield complain("W014", span, id=waiver.id, count=str(use.matched), limit=str(most))
    for rule in use.outdated:
        yield complain("W015", span, id=waiver.id, rule=rule)
    if not waiver.pinned:
        yield complain("W017", span, id=waiver.id, help=_pin_help(waiver, register))
    match use.standing:
        case WaiverStatus.EXPIRED:
            yield complain("W012", span, id=waiver.id, day=waiver.end.isoformat(), count=str(use.matched))
        case WaiverStatus.NOT_YET:
            yield complain("W016", span, id=waiver.id, day=str(waiver.start))
        case WaiverStatus.EXPIRING:
            yield complain("W011", span, id=waiver.id, day=waiver.end.isoformat(), count=str(use.matched))
        case WaiverStatus.IN_FORCE:
            pass
    if use.standing.counts and not use.matched:
        yield complain("W010", span, id=waiver.id)


def _pin_help(waiver: Waiver, register: _Register) -> Both | None:
    targets = register.targets[waiver.id]
    if len(targets) != 1:
        return None
    line = f'"{rule_digest(register.rules[targets[0]])}"'
    return Both(f"规则摘要: {line}", f"rule_digest: {line}")
