"""Reports made by hand for the tests of their forms: every text slot can be given, every number is small."""

from datetime import date
from typing import Any

from guiju.catalog.records.model import HeaderMatch, Input
from guiju.catalog.records.place import Place
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.span import Span
from guiju.dsl.ir.tree import Citation
from guiju.reports.model import JudgedCard, Kind, Provenance, Report, RuleCard
from guiju.terms.modality import Force
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding, SubjectName
from guiju.validators.findings.waivers import Scope, Waiver, WaiverReport, WaiverStatus, WaiverUse

CITATION = Citation(
    instrument="SC809", clause="13.1", title=Both("政务数据共享条例", "Regulations on government data sharing"),
    clause_text=Both("第十三条第一款", "art 13 para 1"), confidence="verified-in-text",
)  # fmt: skip
SHEET = Place(file="目录.xlsx", sheet="数据目录", cell="F12")
LINE = Place(file="in/目录.yaml", line=7, column=3, pointer="/数据集/0")


def same(words: str) -> Both:
    """The same words in both tongues."""
    return Both(words, words)


def finding(number: int = 1, verdict: Verdict = Verdict.FAIL, words: str = "数据集没有写明更新周期", **others: Any) -> Finding:
    """One finding of the rule `R.1.first` unless told otherwise."""
    given: dict[str, Any] = {
        "rule": "R.1.first", "version": "1", "rule_name": Both("写明周期", "cycle is stated"), "verdict": verdict,
        "severity": Severity.MAJOR, "force": Force.SHALL, "citations": (CITATION,),
        "subject": SubjectName(kind="dataset", id=f"d{number}", name=f"数据集{number}", order=(number,)),
        "places": (SHEET,), "seen": same("未提供"), "required": Both("应当：更新周期已提供", "shall: cycle is given"),
        "message": same(words), "fingerprint": f"{number:064x}",
    } | others  # fmt: skip
    return Finding(**given)


def card(id: str = "R.1.first", severity: Severity = Severity.MAJOR, name: str = "写明周期", **tally: int) -> RuleCard:
    """The card of a rule with those counts of verdicts."""
    counts = tuple((verdict, tally[verdict.value]) for verdict in Verdict if verdict.value in tally)
    return RuleCard(
        id=id, version="1", name=same(name), shape="dataset", force=Force.SHALL, severity=severity, citations=(CITATION,),
        dimension="completeness", why=same("便于使用"), fix=same("写上更新周期"), doc="", text="规则 写明周期\n  应当 更新周期 已提供\n", tally=counts,
    )  # fmt: skip


def report(*findings: Finding, cards: tuple[RuleCard, ...] | None = None, **others: Any) -> Report:
    """A report of those findings; the cards count what is listed unless they are given."""
    total: dict[Verdict, int] = {}
    waived = any(one.waiver for one in findings)
    by_rule: dict[str, dict[str, int]] = {}
    for one in findings:
        verdict = Verdict.WAIVED if one.waiver else one.verdict
        total[verdict] = total.get(verdict, 0) + 1
        counts = by_rule.setdefault(one.rule, {})
        counts[verdict.value] = counts.get(verdict.value, 0) + 1
    made = tuple(card(id, **counts) for id, counts in sorted(by_rule.items()))
    given: dict[str, Any] = {
        "provenance": Provenance(
            package="0.1.0", language="1.0", ruleset="a" * 64, registry_date="2026-01-01", registry="b" * 64, calendar="c" * 64,
            as_of=date(2026, 3, 17),
        ),
        "inputs": (Input(file="目录.xlsx", sha256="d" * 64, format="xlsx", encoding=None, subjects=(("dataset", 3),), size=10),),
        "kinds": (Kind(id="dataset", name=Both("数据集", "dataset"), count=3),),
        "tally": tuple(total.items()), "rules": cards if cards is not None else made, "findings": findings,
        "judged": (), "diagnostics": (), "unmatched": (), "waivers": waivers() if waived else None,
    } | others  # fmt: skip
    return Report(**given)


def waivers(words: str = "试点期间") -> WaiverReport:
    """One waiver that lies over one finding."""
    waiver = Waiver(
        id="W-1", rules=("R.1.first",), clauses=(), pinned=(), scope=Scope(), approver="市数据局", number="武数〔2026〕1号", reason=words,
        start=None, end=date(2026, 12, 31), span=Span("waivers.yaml", 0, 1),
    )  # fmt: skip
    return WaiverReport(uses=(WaiverUse(waiver=waiver, standing=WaiverStatus.IN_FORCE, matched=1, laid=1),), diagnostics=())


def judged(words: str = "方案是否合理") -> JudgedCard:
    """A provision for people."""
    return JudgedCard(id="J.1.reasonable", name=same(words), citations=(CITATION,), why=same(words), who=same("专家组"))


def header(words: str) -> HeaderMatch:
    """A header that was not recognised."""
    return HeaderMatch(shape="dataset", header=words, field=None, how=same(words), place=SHEET, nearest="名称")


def complaint(code: str, file: str, **facts: str) -> Diagnostic:
    """Something that could not be read."""
    return complain(code, Span(file, 0, 1), **facts)


def mixed() -> Report:
    """One finding of each verdict but passing, of two rules; a third rule only passed."""
    second = {"rule": "R.2.second", "severity": Severity.MINOR, "places": (LINE, SHEET)}
    findings = (
        finding(1),
        finding(2, **second, fix=same("改"), flips=same("改为是即符合"), department="市交通运输局"),
        finding(3, Verdict.ERROR, "数据集无法检查", reason=same("除以零")),
        finding(4, Verdict.UNDETERMINED, "缺少数据", missing=("/cycle",), places=()),
        finding(5, waiver="W-1"),
        finding(6, Verdict.NOT_APPLICABLE, "不适用", **second),
        finding(7, Verdict.INACTIVE, "未生效", **second),
    )
    made = report(*findings)
    return report(
        *findings, cards=(*made.rules, card("R.3.third", Severity.ADVISORY, **{"pass": 3})), judged=(judged(),), unmatched=(header("更新"),)
    )
