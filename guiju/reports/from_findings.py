"""Findings in, report out: ordered by a key that is written down, counted, and with the rules that they speak of.

Order: gravest first within FAIL, ERROR, UNDETERMINED; then rule, then reading order of subjects.
"""

from collections.abc import Iterable

from guiju.catalog.records.model import HeaderMatch, Input
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.dsl.ir.tree import Judged, Rule
from guiju.dsl.ruleset import Ruleset
from guiju.reports.model import JudgedCard, Kind, Provenance, Report, RuleCard
from guiju.terms.severity import Severity
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding, Tally
from guiju.validators.findings.waivers import WaiverReport

__all__ = ["report_of"]

_ORDER = (
    Verdict.FAIL,
    Verdict.ERROR,
    Verdict.UNDETERMINED,
    Verdict.WAIVED,
    Verdict.NOT_APPLICABLE,
    Verdict.INACTIVE,
    Verdict.PASS,
)


def report_of(
    ruleset: Ruleset,
    findings: Iterable[Finding],
    tally: Tally,
    *,
    provenance: Provenance,
    inputs: tuple[Input, ...],
    diagnostics: tuple[Diagnostic, ...] = (),
    headers: tuple[HeaderMatch, ...] = (),
    waivers: WaiverReport | None = None,
) -> Report:
    """The report of one run; every number in it is exact."""
    by_rule = dict(tally.by_rule)
    kinds = _kinds(ruleset, inputs)
    cards = (_card(rule, by_rule.get(rule.id, ())) for rule in _in_force(ruleset.rules))
    return Report(
        provenance=provenance,
        inputs=inputs,
        kinds=kinds,
        tally=tally.total,
        rules=tuple(sorted((card for card in cards if card.tally), key=lambda card: card.id)),
        findings=tuple(sorted(findings, key=_order)),
        judged=tuple(_judged(one) for one in ruleset.judged if one.shape is None or one.shape in {kind.id for kind in kinds}),
        diagnostics=diagnostics,
        unmatched=tuple(one for one in headers if one.field is None),
        waivers=waivers,
    )


def _order(finding: Finding) -> tuple[int, int, str, tuple[int, ...], str]:
    return (
        _ORDER.index(Verdict.WAIVED if finding.waiver else finding.verdict),
        -int(finding.severity),
        finding.rule,
        finding.subject.order,
        finding.fingerprint,
    )


def _in_force(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """One card per rule id: its last version stands for it."""
    return tuple({rule.id: rule for rule in rules}.values())


def _card(rule: Rule, tally: tuple[tuple[Verdict, int], ...]) -> RuleCard:
    return RuleCard(
        id=rule.id,
        version=rule.version,
        name=rule.name,
        shape=rule.subject.shape,
        force=rule.force,
        severity=Severity[rule.severity.upper()],
        citations=rule.citations,
        dimension=rule.dimension,
        why=rule.why,
        fix=rule.fix,
        doc=rule.doc,
        text=rule.text,
        tally=tally,
    )


def _judged(one: Judged) -> JudgedCard:
    return JudgedCard(id=one.id, name=one.name, citations=one.citations, why=one.why, who=one.who)


def _kinds(ruleset: Ruleset, inputs: tuple[Input, ...]) -> tuple[Kind, ...]:
    counts: dict[str, int] = {}
    for one in inputs:
        for kind, count in one.subjects:
            counts[kind] = counts.get(kind, 0) + count
    return tuple(Kind(id=kind, name=ruleset.vocabulary.shape(kind).name, count=counts[kind]) for kind in sorted(counts))
