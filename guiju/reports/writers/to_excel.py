"""A report as a workbook: summary, findings, counts by rule and by department, and a sheet for the auditor's sample.

Every word is written as a string, never as a formula, a link or a number, and is marked so that it stays one when somebody edits the
cell. Rows are written as they come and not kept, so that 300,000 findings fit in
memory; what does not fit on one sheet goes on to the next.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

import xlsxwriter

from guiju.reports.gate import passage_words, passages, taken_words
from guiju.reports.layout.columns import COLUMNS, Column, baseline_words, cites_words, complaints_of, shown
from guiju.reports.layout.head import counts_words, first_words, head_of, title_words
from guiju.reports.layout.sampling import draw
from guiju.reports.layout.sheet_writer import Bold, Facts, Graded, Heads, SheetWriter
from guiju.reports.layout.text import place_words
from guiju.reports.layout.words import PRECHECK, VERDICT_ORDER, WORDS, citation_words
from guiju.reports.model import Report
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["SAMPLE", "annex_to_excel", "to_excel"]

SAMPLE = 50

# Excel's own limit: rows of a sheet.
_MOST_ROWS = 1_048_576
_LITERAL = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_GRAVEST_FIRST = tuple(sorted(Severity, reverse=True))
_SHEETS = {
    "summary": Both("概要", "Summary"),
    "findings": Both("问题", "Findings"),
    "by_rule": Both("按规则", "By rule"),
    "by_department": Both("按部门", "By department"),
    "sampling": Both("抽样", "Sampling"),
}
_HEADS = {
    "file": Both("文件", "file"),
    "sha256": Both("SHA-256", "SHA-256"),
    "format": Both("格式", "format"),
    "verdict": Both("判定", "verdict"),
    "count": Both("数量", "count"),
    "kind": Both("对象类别", "kind"),
    "version": Both("版本", "version"),
    "severity": Both("严重程度", "severity"),
    "rule": Both("规则", "rule"),
    "rule_id": Both("规则编号", "rule id"),
    "subject": Both("对象", "subject"),
    "department": Both("部门", "department"),
    "no_department": Both("（未注明）", "(not stated)"),
    "number": Both("序号", "no."),
    "mark": Both("抽样号", "mark"),
    "checked": Both("核查结果", "result of verification"),
    "checker": Both("核查人", "verified by"),
    "day": Both("日期", "date"),
    "seed": Both("种子", "seed"),
    "population": Both("总体", "population"),
    "size": Both("样本量", "sample size"),
    "method": Both("抽法", "method"),
    "method_words": Both(
        "对每条问题计算 SHA-256(种子:抽样号)，取值最小的若干条；种子由本报告的依据和结果得出，任何人可以重抽核对。",
        "SHA-256(seed:mark) is computed for each finding and the smallest are taken; the seed follows from what this report "
        "rests on and found.",
    ),
}
_RESULTS = (Both("属实", "confirmed"), Both("不属实", "not confirmed"), Both("待核", "open"))
# A reader of one row does without these; the sheet of rules has the versions.
_LEFT_OUT = ("version", "kind", "column", "also", "missing")
# What a reader needs comes first, is seen and printed; the rest is folded away for those who filter and count.
_SEEN = {
    "verdict": 9,
    "severity": 9,
    "rule_name": 22,
    "subject": 22,
    "department": 16,
    "message": 52,
    "fix": 40,
    "cites": 30,
    "place": 26,
}
_OWN = {
    "message": Column(id="message", head=WORDS["problem"], width=52, value=lambda one, tongue: one.problem.say(tongue)),
    "fix": Column(id="fix", head=WORDS["fix"], width=40, value=lambda one, tongue: one.todo.say(tongue) if one.todo is not None else ""),
    "place": Column(id="place", head=WORDS["place"], width=26, value=lambda one, _: place_words(one.places[0]) if one.places else ""),
    "made": Column(
        id="made",
        head=WORDS["message"],
        width=40,
        value=lambda one, tongue: one.message.say(tongue) if one.problem is not one.message else "",
    ),
}
_KNOWN = {column.id: column for column in COLUMNS} | _OWN
_COLUMNS = tuple(_KNOWN[id] for id in (*_SEEN, *(one for one in _KNOWN if one not in _SEEN and one not in _LEFT_OUT)))
_Cell = str | int
_Row = list[_Cell]
_Sequence = Sequence[_Cell]


def to_excel(report: Report, tongue: Tongue, sample: int = SAMPLE, most_rows: int = _MOST_ROWS) -> bytes:
    """A workbook of the newer format; the same report gives the same bytes."""
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, _LITERAL)
    day = report.provenance.as_of
    book.set_properties({"title": WORDS["title"].say(tongue), "created": datetime(day.year, day.month, day.day)})
    writer = SheetWriter(book, tongue, _SHEETS)
    writer.sheet("summary", (16, 70, 46, 34), _summary(report, tongue), tall=True)
    _findings(writer, report.findings, tongue, most_rows)
    heads, rows = _by_rule(report, tongue)
    writer.table("by_rule", (36, 30, 8, 10, 40, *[9] * len(VERDICT_ORDER), 40, 40), heads, rows, len(rows), printed=5 + len(VERDICT_ORDER))
    heads, rows = _by_department(report, tongue)
    writer.table("by_department", (28, *[12] * (len(heads) - 1)), heads, rows, len(rows))
    _sampling(writer, report, tongue, sample)
    book.close()
    return into.getvalue()


def annex_to_excel(report: Report, findings: Sequence[Finding], tongue: Tongue) -> bytes:
    """The findings of one letter as a workbook of one sheet."""
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, _LITERAL)
    day = report.provenance.as_of
    book.set_properties({"title": WORDS["title"].say(tongue), "created": datetime(day.year, day.month, day.day)})
    _findings(SheetWriter(book, tongue, _SHEETS), findings, tongue, _MOST_ROWS)
    book.close()
    return into.getvalue()


def _rows(rows: Iterable[_Row]) -> Iterable[_Row]:
    """The rows as they are; here for the type checker, which takes the element type of a display from what it is handed to."""
    return rows


def _counted(words: str) -> _Cell:
    """A line number as a number, so that it sorts as one."""
    return int(words) if words else ""


# ---- sheets ------------------------------------------------------------------------------------------------------------------


def _summary(report: Report, tongue: Tongue) -> Iterator[_Sequence]:
    """The conclusion, what to do first, the counts; then what they rest on, what was not read, and what people judge."""
    head = head_of(report)
    yield Facts([Bold(WORDS["title"].say(tongue))])
    yield from (Facts([title_words(one).say(tongue)]) for one in head.titles)
    if head.outcome is not None:
        yield Facts([Graded(head.outcome.say(tongue), head.colour or "grey")])
    yield Facts([counts_words(head).say(tongue)])
    yield []
    if head.first:
        yield Heads(["", first_words(head).say(tongue), WORDS["why"].say(tongue), WORDS["place"].say(tongue)])
        yield from _rows([at, one.what.say(tongue), one.why.say(tongue), one.where] for at, one in enumerate(head.first, 1))
        yield []
    yield from _counts(report, tongue)
    yield from _basis(report, tongue)
    notes: list[_Row] = [[one.code, one.headline(tongue), "", one.span.file] for one in complaints_of(report)]
    notes += [[WORDS["unmatched"].say(tongue), one.header, "", place_words(one.place)] for one in report.unmatched]
    if notes:
        yield Heads([WORDS["unread"].say(tongue)])
        yield from ([*one] for one in notes)
        yield []
    if report.judged:
        yield Heads(["☐", WORDS["for_people"].say(tongue), WORDS["why"].say(tongue), WORDS["by"].say(tongue)])
        yield from _rows(["☐", one.name.say(tongue), one.why.say(tongue), one.who.say(tongue)] for one in report.judged)


def _counts(report: Report, tongue: Tongue) -> Iterator[_Sequence]:
    grave = Counter(one.severity for one in report.findings if shown(one) is Verdict.FAIL)
    yield Heads([_HEADS["verdict"].say(tongue), _HEADS["count"].say(tongue)])
    yield from _rows([verdict.words.say(tongue), report.count(verdict)] for verdict in VERDICT_ORDER)
    yield []
    yield Heads([Verdict.FAIL.words.say(tongue), _HEADS["count"].say(tongue)])
    yield from _rows([Graded(severity.words.say(tongue), severity.id), grave[severity]] for severity in _GRAVEST_FIRST)
    between = baseline_words(report, tongue)
    yield from [[], Facts([between])] if between else []
    yield []


def _basis(report: Report, tongue: Tongue) -> Iterator[_Sequence]:
    where = report.provenance
    said = [one.say(tongue) for one in (taken_words(report), *map(passage_words, passages(report))) if one is not None]
    yield from (Facts([one]) for one in said)
    yield Facts([PRECHECK.say(tongue)])
    yield [WORDS["as_of"].say(tongue), where.as_of.isoformat()]
    yield ["Guiju", where.package]
    yield [WORDS["ruleset"].say(tongue), where.ruleset]
    yield [WORDS["registry"].say(tongue), f"{where.registry_date} {where.registry}"]
    yield []
    yield Heads([_HEADS[key].say(tongue) for key in ("format", "file", "sha256")])
    yield from _rows([one.format, one.file, one.sha256] for one in report.inputs)
    yield []
    yield Heads([_HEADS[key].say(tongue) for key in ("kind", "count")])
    yield from _rows([one.name.say(tongue), one.count] for one in report.kinds)
    yield []


def _findings(writer: SheetWriter, found: Sequence[Finding], tongue: Tongue, most_rows: int) -> None:
    heads: _Row = [column.head.say(tongue) for column in _COLUMNS]
    widths = [_SEEN.get(column.id, column.width) for column in _COLUMNS]
    rows: Iterator[_Row] = ([_value(column, one, tongue) for column in _COLUMNS] for one in found)
    left, serial = len(found), 1
    while left > 0 or serial == 1:
        on_this = min(left, most_rows - 1)
        writer.table("findings", widths, heads, islice(rows, on_this), on_this, serial, len(_SEEN))
        left, serial = left - on_this, serial + 1


def _value(column: Column, one: Finding, tongue: Tongue) -> _Cell:
    words = column.value(one, tongue)
    if column.id == "severity" and shown(one) in (Verdict.FAIL, Verdict.ERROR):
        return Graded(words, one.severity.id)
    return _counted(words) if column.id == "line" else words


def _by_rule(report: Report, tongue: Tongue) -> tuple[_Row, list[_Row]]:
    heads: _Row = [_HEADS[key].say(tongue) for key in ("rule_id", "rule", "version", "severity")]
    heads += [WORDS["cites"].say(tongue), *(verdict.words.say(tongue) for verdict in VERDICT_ORDER)]
    heads += [WORDS["why"].say(tongue), WORDS["fix"].say(tongue)]
    rows: list[_Row] = []
    for card in report.rules:
        tally = dict(card.tally)
        cites = "; ".join(citation_words(one.title, one.clause_text).say(tongue) for one in card.citations)
        row: _Row = [card.id, card.name.say(tongue), card.version, card.severity.words.say(tongue), cites]
        row += [tally.get(verdict, 0) for verdict in VERDICT_ORDER]
        rows.append([*row, card.why.say(tongue) if card.why else "", card.fix.say(tongue) if card.fix else ""])
    return heads, rows


def _by_department(report: Report, tongue: Tongue) -> tuple[_Row, list[_Row]]:
    """Departments with the most breaches first; breaches are parted by severity."""
    others = (Verdict.ERROR, Verdict.UNDETERMINED, Verdict.WAIVED)
    counts: dict[str, Counter[object]] = {}
    for one in report.findings:
        key: object = one.severity if shown(one) is Verdict.FAIL else shown(one)
        counts.setdefault(one.department or "", Counter())[key] += 1
    heads: _Row = [_HEADS["department"].say(tongue), Verdict.FAIL.words.say(tongue)]
    heads += [f"{Verdict.FAIL.words.say(tongue)} · {one.words.say(tongue)}" for one in _GRAVEST_FIRST]
    heads += [one.words.say(tongue) for one in others]
    rows: list[tuple[int, str, _Row]] = []
    for name, count in counts.items():
        failed = sum(count[one] for one in _GRAVEST_FIRST)
        numbers: _Row = [failed, *(count[one] for one in _GRAVEST_FIRST), *(count[one] for one in others)]
        rows.append((-failed, name, [name or _HEADS["no_department"].say(tongue), *numbers]))
    return heads, [row for _, _, row in sorted(rows)]


def _sampling(writer: SheetWriter, report: Report, tongue: Tongue, size: int) -> None:
    sample = draw(report, size)
    facts: list[_Row] = [
        [_HEADS["seed"].say(tongue), sample.seed],
        [_HEADS["population"].say(tongue), sample.population],
        [_HEADS["size"].say(tongue), len(sample.drawn)],
        [_HEADS["method"].say(tongue), _HEADS["method_words"].say(tongue)],
        [],
    ]
    keys = ("number", "verdict", "severity", "rule", "subject", "department")
    heads: _Row = [_HEADS[key].say(tongue) for key in keys]
    heads += [WORDS[key].say(tongue) for key in ("problem", "place", "cites")]
    heads += [_HEADS[key].say(tongue) for key in ("checked", "checker", "day", "mark")]
    rows: list[_Row] = []
    for number, (one, mark) in enumerate(sample.drawn, start=1):
        said = [shown(one).words.say(tongue), one.severity.words.say(tongue), one.rule_name.say(tongue), one.subject.name]
        where = place_words(one.places[0]) if one.places else ""
        rows.append([number, *said, one.department or "", one.message.say(tongue), where, cites_words(one, tongue), "", "", "", mark])
    top = len(facts)
    sheet = writer.sheet(
        "sampling", (6, 10, 9, 22, 22, 16, 44, 24, 28, 14, 10, 11, 20), [*map(Facts, facts), Heads(heads), *rows], tall=True
    )
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + len(rows), len(heads) - 1)
    sheet.print_area(0, 0, top + len(rows), len(heads) - 2)  # all but the marks, which only a program needs
    if rows:
        words = [one.say(tongue) for one in _RESULTS]
        sheet.data_validation(top + 1, 9, top + len(rows), 9, {"validate": "list", "source": words})
