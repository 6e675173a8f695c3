"""Findings in, report out: ordered by a key that is written down, counted, and with the rules that they speak of.

Order: gravest first within FAIL, ERROR, UNDETERMINED; then rule, then reading order of subjects.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from guiju.catalog.records.model import HeaderMatch, Input
from guiju.diagnostics.collector import collector_resting
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.dsl.ir.tree import Is, Judged, Rule
from guiju.dsl.ruleset import Ruleset
from guiju.reports.folding import fold_failures, folds_of
from guiju.reports.for_people import for_people
from guiju.reports.model import JudgedCard, Kind, Provenance, Report, RuleCard, Title
from guiju.terms.fact import State
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding, Tally
from guiju.validators.findings.waivers import WaiverReport
from guiju.validators.plan.profiles import UNTAKEN, Taken

__all__ = ["report_of"]

_MOST_NAMED = 5
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
    taken: Taken = UNTAKEN,
    titles: tuple[Title, ...] = (),
) -> Report:
    """The report of one run; every number in it is exact."""
    # There may be hundreds of thousands of findings, and none of them ever refers back.
    with collector_resting():
        return _report_of(ruleset, tuple(findings), tally, provenance, inputs, diagnostics, headers, waivers, taken, titles)


def _report_of(
    ruleset: Ruleset,
    findings: tuple[Finding, ...],
    tally: Tally,
    provenance: Provenance,
    inputs: tuple[Input, ...],
    diagnostics: tuple[Diagnostic, ...],
    headers: tuple[HeaderMatch, ...],
    waivers: WaiverReport | None,
    taken: Taken,
    titles: tuple[Title, ...],
) -> Report:
    by_rule = dict(tally.by_rule)
    folded = fold_failures(tuple(_questions(findings, ruleset)))
    kinds = _kinds(ruleset, inputs)
    cards = tuple(_card(rule, by_rule.get(rule.id, ())) for rule in _in_force(ruleset.rules))
    return Report(
        provenance=provenance,
        inputs=inputs,
        kinds=kinds,
        tally=tally.total,
        rules=tuple(sorted((card for card in cards if card.tally), key=lambda card: card.id)),
        findings=tuple(sorted(folded, key=_order)),
        judged=tuple(_judged(one) for one in for_people(ruleset.judged, kinds, taken, cards)),
        diagnostics=diagnostics,
        unmatched=tuple(one for one in headers if one.field is None),
        waivers=waivers,
        taken=taken,
        folds=folds_of(folded, kinds, ((one.file, one.subjects) for one in inputs)),
        titles=titles,
    )


def _questions(findings: tuple[Finding, ...], ruleset: Ruleset) -> Iterator[Finding]:
    """The findings, those of unanswered screening questions with the rules that hang on them."""
    asking = {rule.id: rule for rule in ruleset.rules if rule.of_profile}
    unanswered = {one.key for one in findings if one.rule in asking and one.verdict is Verdict.FAIL}
    hanging: dict[str, dict[str, Both]] = {key: {} for key in unanswered}
    for one in findings:
        if one.cause in hanging:
            hanging[one.cause][one.rule] = one.rule_name
    for one in findings:
        if one.key not in hanging or one.rule not in asking:
            yield one
            continue
        names = list(hanging[one.key].values())
        field = asking[one.rule].requirement
        shape = ruleset.vocabulary.shape(asking[one.rule].subject.shape)
        name = next(known.name for known in shape.fields if isinstance(field, Is) and known.id == field.operand.path[0])
        bare = any(seen.state is State.NOT_APPLICABLE for seen in one.evidence)
        yield replace(one, message=_unanswered(name, names, bare=bare))


def _unanswered(field: Both, rules: list[Both], *, bare: bool) -> Both:
    """What the finding says; `bare`: the answer is 不适用 without a reason, which is no answer."""
    zh, en = f"没有回答“{field.zh}”", f"`{field.en}` is not answered"
    if bare:
        zh = f"“{field.zh}”答了不适用，没有写原因（写成“不适用：原因”）"
        en = f'`{field.en}` is answered "not applicable" without a reason (write "not applicable: why")'
    if not rules:
        return Both(zh, en)
    more = len(rules) > _MOST_NAMED
    said = Both("、".join(one.zh for one in rules[:_MOST_NAMED]), ", ".join(one.en for one in rules[:_MOST_NAMED]))
    return Both(
        f"{zh}：{len(rules)} 条规则因此不能判定（{said.zh}{'等' if more else ''}）",
        f"{en}: {len(rules)} rules cannot be decided for that ({said.en}{' …' if more else ''})",
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
        asks=bool(rule.of_profile),
    )


def _judged(one: Judged) -> JudgedCard:
    return JudgedCard(id=one.id, name=one.name, citations=one.citations, why=one.why, who=one.who)


def _kinds(ruleset: Ruleset, inputs: tuple[Input, ...]) -> tuple[Kind, ...]:
    counts: dict[str, int] = {}
    for one in inputs:
        for kind, count in one.subjects:
            counts[kind] = counts.get(kind, 0) + count
    return tuple(Kind(id=kind, name=ruleset.vocabulary.shape(kind).name, count=counts[kind]) for kind in sorted(counts))
