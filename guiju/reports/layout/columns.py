"""A finding laid out in one row: which columns there are, what they are called, and what stands in them.

It knows no form: CSV, workbooks and Markdown each take the columns that they want and make the words harmless themselves.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from guiju.catalog.records.place import Place
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.reports.layout.text import place_words
from guiju.reports.layout.words import DIMENSIONS, WORDS, citation_words
from guiju.reports.model import Report
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["COLUMNS", "Column", "baseline_words", "cites_words", "complaints_of", "numbered", "row_of_cell", "shown", "waiver_words"]

_ROW = re.compile(r"\$?[A-Za-z]{1,3}\$?([1-9][0-9]{0,6})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its id, its head, how wide a workbook draws it, and its words for a finding."""

    id: str
    head: Both
    width: int
    value: Callable[[Finding, Tongue], str]


def shown(finding: Finding) -> Verdict:
    """The verdict as a reader sees it: WAIVED for a breach over which a waiver lies."""
    return Verdict.WAIVED if finding.waiver else finding.verdict


def complaints_of(report: Report) -> tuple[Diagnostic, ...]:
    """Everything that is to be said of the inputs and of the waivers."""
    return (*report.diagnostics, *(report.waivers.diagnostics if report.waivers is not None else ()))


def waiver_words(report: Report) -> dict[str, str]:
    """For each waiver, by its id: who approved it, under which number, why, and until when."""
    uses = report.waivers.uses if report.waivers is not None else ()
    return {one.id: f"{one.approver} {one.number}: {one.reason} (→ {one.end.isoformat()})" for use in uses for one in (use.waiver,)}


def baseline_words(report: Report, tongue: Tongue) -> str:
    """How the findings stand to the baseline; nothing where there is none."""
    if report.baseline is None:
        return ""
    told = WORDS["baseline_new_only" if report.baseline.new_only else "baseline"].say(tongue)
    return told.format(new=report.baseline.new, known=report.baseline.known, gone=report.baseline.gone)


def cites_words(finding: Finding, tongue: Tongue) -> str:
    """All clauses that a finding rests on, as a reader cites them."""
    return "; ".join(citation_words(one.title, one.clause_text).say(tongue) for one in finding.citations)


def numbered(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with a mark that no other in the report has: its fingerprint, and a new one where two share theirs."""
    seen: dict[str, int] = {}
    for finding in findings:
        count = seen.get(finding.fingerprint, 0)
        seen[finding.fingerprint] = count + 1
        yield finding, hashlib.sha256(f"{finding.fingerprint}#{count}".encode()).hexdigest() if count else finding.fingerprint


def row_of_cell(cell: str | None) -> int | None:
    """The row of a cell such as F12."""
    found = _ROW.match(cell or "")
    return int(found[1]) if found else None


def _said(words: Both | None, tongue: Tongue) -> str:
    return words.say(tongue) if words is not None else ""


def _at(finding: Finding, part: Callable[[Place], object]) -> str:
    value = part(finding.places[0]) if finding.places else None
    return "" if value is None else str(value)


def _missing(finding: Finding, _: Tongue) -> str:
    return ", ".join(finding.missing)


def _dimension(finding: Finding, tongue: Tongue) -> str:
    known = DIMENSIONS.get(finding.dimension or "")
    return known.say(tongue) if known else finding.dimension or ""


def _baseline(finding: Finding, tongue: Tongue) -> str:
    known = {"new": Both("新增", "new"), "known": Both("已有", "known")}.get(finding.baseline or "")
    return known.say(tongue) if known else ""


COLUMNS = (
    Column(id="verdict", head=Both("判定", "verdict"), width=10, value=lambda one, tongue: shown(one).words.say(tongue)),
    Column(id="severity", head=Both("严重程度", "severity"), width=10, value=lambda one, tongue: one.severity.words.say(tongue)),
    Column(id="rule_name", head=Both("规则", "rule"), width=28, value=lambda one, tongue: one.rule_name.say(tongue)),
    Column(id="subject", head=Both("对象", "subject"), width=28, value=lambda one, _: one.subject.name),
    Column(id="message", head=Both("问题", "problem"), width=60, value=lambda one, tongue: one.message.say(tongue)),
    Column(id="seen", head=Both("现状", "seen"), width=32, value=lambda one, tongue: one.seen.say(tongue)),
    Column(id="required", head=Both("要求", "required"), width=40, value=lambda one, tongue: one.required.say(tongue)),
    Column(id="fix", head=Both("整改", "mend"), width=40, value=lambda one, tongue: _said(one.fix, tongue)),
    Column(id="says", head=Both("提示", "note"), width=24, value=lambda one, tongue: _said(one.says, tongue)),
    Column(id="flips", head=Both("改判", "would pass"), width=24, value=lambda one, tongue: _said(one.flips, tongue)),
    Column(id="reason", head=Both("原因", "reason"), width=24, value=lambda one, tongue: _said(one.reason, tongue)),
    Column(id="cites", head=Both("依据", "cites"), width=36, value=cites_words),
    Column(id="department", head=Both("部门", "department"), width=20, value=lambda one, _: one.department or ""),
    Column(id="district", head=Both("区", "district"), width=12, value=lambda one, _: one.district or ""),
    Column(id="dimension", head=Both("维度", "dimension"), width=10, value=_dimension),
    Column(id="file", head=Both("文件", "file"), width=28, value=lambda one, _: _at(one, lambda place: place.file)),
    Column(id="sheet", head=Both("工作表", "sheet"), width=14, value=lambda one, _: _at(one, lambda place: place.sheet)),
    Column(id="cell", head=Both("单元格", "cell"), width=8, value=lambda one, _: _at(one, lambda place: place.cell)),
    Column(id="line", head=Both("行", "line"), width=7, value=lambda one, _: _at(one, lambda place: place.line)),
    Column(id="column", head=Both("列", "column"), width=7, value=lambda one, _: _at(one, lambda place: place.column)),
    Column(id="heading", head=Both("章节", "heading"), width=30, value=lambda one, _: _at(one, lambda place: place.heading)),
    Column(id="pointer", head=Both("路径", "path"), width=24, value=lambda one, _: _at(one, lambda place: place.iri or place.pointer)),
    Column(
        id="also",
        head=Both("其他出处", "other places"),
        width=24,
        value=lambda one, _: "; ".join(place_words(place) for place in one.places[1:]),
    ),
    Column(id="missing", head=Both("缺少", "needs"), width=20, value=_missing),
    Column(id="kind", head=Both("对象类别", "kind"), width=12, value=lambda one, _: one.subject.kind),
    Column(id="subject_id", head=Both("对象标识", "subject id"), width=24, value=lambda one, _: one.subject.id),
    Column(id="rule", head=Both("规则编号", "rule id"), width=36, value=lambda one, _: one.rule),
    Column(id="version", head=Both("规则版本", "rule version"), width=8, value=lambda one, _: one.version),
    Column(id="fingerprint", head=Both("指纹", "fingerprint"), width=20, value=lambda one, _: one.fingerprint),
    Column(id="waiver", head=Both("豁免", "waiver"), width=16, value=lambda one, _: one.waiver or ""),
    Column(id="baseline", head=Both("对照上次", "since the baseline"), width=12, value=_baseline),
)
