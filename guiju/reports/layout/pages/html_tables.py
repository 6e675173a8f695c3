"""The tables of the HTML report: verdicts by clause, instrument, department, district and severity; counts, no looks."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guiju.reports.layout.columns import shown
from guiju.reports.layout.words import WORDS, citation_words
from guiju.reports.model import Report, RuleCard
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["Row", "Table", "tables_of"]

_UNNAMED = Both("（未写明）", "(not stated)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: its name, and counts in the order of the table's columns; `key` is what a click filters by."""

    name: Both
    counts: tuple[int, ...]
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table; rows with the most breaches first."""

    id: str
    title: Both
    columns: tuple[Both, ...]
    rows: tuple[Row, ...]


_VERDICTS = (Verdict.FAIL, Verdict.UNDETERMINED, Verdict.PASS, Verdict.NOT_APPLICABLE)


def tables_of(report: Report) -> tuple[Table, ...]:
    """All tables that have a row."""
    made = (
        _of_rules(report, "clause", Both("按条款", "By clause"), _clause),
        _of_rules(report, "instrument", Both("按文件", "By instrument"), _instrument),
        _of_findings(report, "department", Both("按部门", "By department"), lambda one: one.department),
        _of_findings(report, "district", Both("按区", "By district"), lambda one: one.district),
        _of_severity(report),
    )
    return tuple(table for table in made if table.rows)


def _clause(card: RuleCard) -> tuple[str, Both]:
    if not card.citations:
        return "", WORDS["no_citation"]
    cite = card.citations[0]
    return f"{cite.instrument} {cite.clause}", citation_words(cite.title, cite.clause_text)


def _instrument(card: RuleCard) -> tuple[str, Both]:
    return (card.citations[0].instrument, card.citations[0].title) if card.citations else ("", WORDS["no_citation"])


def _of_rules(report: Report, id: str, title: Both, place: Callable[[RuleCard], tuple[str, Both]]) -> Table:
    names: dict[str, Both] = {}
    counts: dict[str, Counter[Verdict]] = {}
    for card in report.rules:
        key, name = place(card)
        names.setdefault(key, name)
        counts.setdefault(key, Counter()).update(dict(card.tally))
    rows = (Row(name=names[key], counts=tuple(counts[key][one] for one in _VERDICTS), key=key) for key in names)
    return Table(id=id, title=title, columns=tuple(one.words for one in _VERDICTS), rows=_sorted(rows))


def _of_findings(report: Report, id: str, title: Both, place: Callable[[Finding], str | None]) -> Table:
    counts: dict[str, Counter[str]] = {}
    for one in report.findings:
        if shown(one) in (Verdict.FAIL, Verdict.UNDETERMINED, Verdict.ERROR):
            column = one.severity.id if one.verdict is Verdict.FAIL else one.verdict.value
            counts.setdefault(place(one) or "", Counter())[column] += 1
    if set(counts) <= {""}:
        return Table(id=id, title=title, columns=(), rows=())
    grave = tuple(reversed(Severity))
    rows = (
        Row(
            name=Both(key, key) if key else _UNNAMED,
            counts=(*(counts[key][one.id] for one in grave), counts[key]["undetermined"]),
            key=key,
        )
        for key in counts
    )
    return Table(id=id, title=title, columns=(*(one.words for one in grave), Verdict.UNDETERMINED.words), rows=_sorted(rows))


def _of_severity(report: Report) -> Table:
    counts: dict[Severity, Counter[Verdict]] = {}
    for card in report.rules:
        counts.setdefault(card.severity, Counter()).update(dict(card.tally))
    rows = tuple(
        Row(name=one.words, counts=tuple(counts[one][verdict] for verdict in _VERDICTS), key=one.id)
        for one in reversed(Severity)
        if one in counts
    )
    return Table(id="severity", title=Both("按严重程度", "By severity"), columns=tuple(one.words for one in _VERDICTS), rows=rows)


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (*(-count for count in row.counts), row.key)))
