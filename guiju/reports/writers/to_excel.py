"""A report as a workbook: summary, findings, counts by rule and by department, and a sheet for the auditor's sample.

Every word is written as a string, never as a formula, a link or a number, and is marked so that it stays one when somebody edits the
cell. Rows are written as they come and not kept, so that 300,000 findings fit in
memory; what does not fit on one sheet goes on to the next.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain, islice
from typing import Any

import xlsxwriter

from guiju.diagnostics.source import display_width
from guiju.reports.gate import passage_words, passages, taken_words
from guiju.reports.layout.columns import COLUMNS, baseline_words, cites_words, complaints_of, shown
from guiju.reports.layout.escape import visible
from guiju.reports.layout.fast_sheet import QuickSheet
from guiju.reports.layout.sampling import draw
from guiju.reports.layout.text import place_words
from guiju.reports.layout.words import PRECHECK, VERDICT_ORDER, WORDS, citation_words
from guiju.reports.model import Report
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict

__all__ = ["SAMPLE", "to_excel"]

SAMPLE = 50

# Excel's own limits: rows of a sheet, and UTF-16 units of a cell.
_MOST_ROWS = 1_048_576
_MOST_UNITS = 32_767
_LINE_HEIGHT = 15
_TALL_ROWS = 2_000
_MOST_LINES = 27  # a row cannot be higher than 409 points
_DIGEST = 64
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
# What a reader needs comes first and is printed, in a size that can be read; the rest is for those who filter and count.
_PRINTED = {
    "verdict": 9,
    "severity": 9,
    "rule_name": 22,
    "subject": 22,
    "department": 16,
    "message": 46,
    "fix": 34,
    "cites": 28,
    "sheet": 11,
    "cell": 8,
    "line": 7,
}
_COLUMNS = tuple(
    [next(column for column in COLUMNS if column.id == id) for id in _PRINTED]
    + [column for column in COLUMNS if column.id not in _LEFT_OUT and column.id not in _PRINTED]
)
_Cell = str | int
_Row = list[_Cell]
_Sequence = Sequence[_Cell]


def to_excel(report: Report, tongue: Tongue, sample: int = SAMPLE, most_rows: int = _MOST_ROWS) -> bytes:
    """A workbook of the newer format; the same report gives the same bytes."""
    into = io.BytesIO()
    book = xlsxwriter.Workbook(
        into, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    day = report.provenance.as_of
    book.set_properties({"title": WORDS["title"].say(tongue), "created": datetime(day.year, day.month, day.day)})
    writer = _Writer(book, tongue)
    writer.sheet("summary", (28, 70, 24, 12), _summary(report, tongue))
    _findings(writer, report, tongue, most_rows)
    heads, rows = _by_rule(report, tongue)
    writer.table("by_rule", (36, 30, 8, 10, 40, *[9] * len(VERDICT_ORDER), 40, 40), heads, rows, len(rows), printed=5 + len(VERDICT_ORDER))
    heads, rows = _by_department(report, tongue)
    writer.table("by_department", (28, *[12] * (len(heads) - 1)), heads, rows, len(rows))
    _sampling(writer, report, tongue, sample)
    book.close()
    return into.getvalue()


class _Heads(list[_Cell]):
    """A row that is drawn as a head."""


class _Facts(list[_Cell]):
    """A row whose words run on over the empty cells to their right."""


class _Writer:
    """Puts rows on sheets, from the first to the last."""

    def __init__(self, book: Any, tongue: Tongue) -> None:
        self.book = book
        self.tongue = tongue
        text = {"quote_prefix": True, "valign": "top"}
        self.text = book.add_format(text)
        self.wrapped = book.add_format({**text, "text_wrap": True})
        self.head = book.add_format({**text, "bold": True, "bg_color": "#D9E2EC", "bottom": 1, "text_wrap": True})
        self.number = book.add_format({"valign": "top"})

    def sheet(self, name: str, widths: Iterable[int], rows: Iterable[_Sequence], serial: int = 1, tall: bool = False) -> Any:
        """A sheet of rows, set to be printed on A4 across, all columns on a page; `tall` gives each row the height of its words.

        Excel finds heights by itself, but other programs do not, and a long sheet would open slowly if heights were reckoned here.
        """
        words = _SHEETS[name].say(self.tongue)
        sheet = self.book.add_worksheet(words if serial == 1 else f"{words} ({serial})", QuickSheet)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sized = tuple(widths)
        for column, width in enumerate(sized):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows):
            if tall and not isinstance(row, _Facts):
                sheet.set_row(number, _LINE_HEIGHT * _lines(row, sized))
            self._row(sheet, number, row, self.head if isinstance(row, _Heads) else self.text if isinstance(row, _Facts) else None)
        return sheet

    def table(
        self, name: str, widths: Iterable[int], heads: _Row, rows: Iterable[_Row], count: int, serial: int = 1, printed: int | None = None
    ) -> None:
        """A sheet of that many rows under a frozen head with a filter; of its columns the first `printed` are printed."""
        sheet = self.sheet(name, widths, chain([_Heads(heads)], rows), serial, tall=count <= _TALL_ROWS)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, count, len(heads) - 1)
        sheet.print_area(0, 0, count, (printed or len(heads)) - 1)

    def _row(self, sheet: Any, number: int, row: _Sequence, form: Any) -> None:
        string = sheet.write_string
        for column, cell in enumerate(row):
            if not cell and cell != 0:
                continue
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, form or self.number)
            else:
                string(
                    number,
                    column,
                    _fitting(cell),
                    form
                    or (
                        self.wrapped
                        if len(cell) > (24 if cell.isascii() else 10) and not (cell.isascii() and cell.isalnum())
                        else self.text
                    ),
                )


def _lines(row: _Sequence, widths: tuple[int, ...]) -> int:
    """How many lines the tallest cell of a row takes at those widths; digests are not wrapped."""
    texts = [(cell, width) for cell, width in zip(row, widths, strict=False) if isinstance(cell, str) and len(cell) != _DIGEST]
    return min(max((-(-display_width(text) // (width - 1)) for text, width in texts), default=1) or 1, _MOST_LINES)


@lru_cache(maxsize=20_000)
def _fitting(text: str) -> str:
    """Visible text of a length that a cell can hold; the cut is marked."""
    text = visible(text)
    if text.endswith("</r>"):
        text += " "  # xlsxwriter takes a string from <r> to </r> for markup of its own and would write it unescaped
    if len(text) * 2 <= _MOST_UNITS or len(text.encode("utf-16-le")) // 2 <= _MOST_UNITS:
        return text
    return text.encode("utf-16-le")[: (_MOST_UNITS - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _rows(rows: Iterable[_Row]) -> Iterable[_Row]:
    """The rows as they are; here for the type checker, which takes the element type of a display from what it is handed to."""
    return rows


def _counted(words: str) -> _Cell:
    """A line number as a number, so that it sorts as one."""
    return int(words) if words else ""


# ---- sheets ------------------------------------------------------------------------------------------------------------------


def _summary(report: Report, tongue: Tongue) -> Iterator[_Sequence]:
    where = report.provenance
    said = [one.say(tongue) for one in (taken_words(report), *map(passage_words, passages(report))) if one is not None]
    yield from _rows([one] for one in said)
    yield _Heads([WORDS["title"].say(tongue)])
    yield [PRECHECK.say(tongue)]
    yield []
    yield [WORDS["as_of"].say(tongue), where.as_of.isoformat()]
    yield ["Guiju", where.package]
    yield [WORDS["ruleset"].say(tongue), where.ruleset]
    yield [WORDS["registry"].say(tongue), f"{where.registry_date} {where.registry}"]
    yield []
    yield _Heads([_HEADS[key].say(tongue) for key in ("file", "sha256", "format")])
    yield from _rows([one.file, one.sha256, one.format] for one in report.inputs)
    yield []
    yield _Heads([_HEADS[key].say(tongue) for key in ("kind", "count")])
    yield from _rows([one.name.say(tongue), one.count] for one in report.kinds)
    yield []
    yield _Heads([_HEADS[key].say(tongue) for key in ("verdict", "count")])
    yield from _rows([verdict.words.say(tongue), report.count(verdict)] for verdict in VERDICT_ORDER)
    yield []
    grave = Counter(one.severity for one in report.findings if shown(one) is Verdict.FAIL)
    yield _Heads([Verdict.FAIL.words.say(tongue), _HEADS["count"].say(tongue)])
    yield from _rows([severity.words.say(tongue), grave[severity]] for severity in _GRAVEST_FIRST)
    between = baseline_words(report, tongue)
    yield from _rows([[], [between]] if between else [])
    notes = [[WORDS["unread"].say(tongue), f"{one.code} {one.headline(tongue)}", one.span.file] for one in complaints_of(report)]
    notes += [[WORDS["unmatched"].say(tongue), one.header, place_words(one.place)] for one in report.unmatched]
    yield from [[], *notes] if notes else []
    if report.judged:
        yield []
        yield _Heads([WORDS["for_people"].say(tongue), WORDS["why"].say(tongue), WORDS["by"].say(tongue)])
        yield from _rows([one.name.say(tongue), one.why.say(tongue), one.who.say(tongue)] for one in report.judged)


def _findings(writer: _Writer, report: Report, tongue: Tongue, most_rows: int) -> None:
    heads: _Row = [column.head.say(tongue) for column in _COLUMNS]
    widths = [_PRINTED.get(column.id, column.width) for column in _COLUMNS]
    rows: Iterator[_Row] = (
        [_counted(column.value(one, tongue)) if column.id == "line" else column.value(one, tongue) for column in _COLUMNS]
        for one in report.findings
    )
    left, serial = len(report.findings), 1
    while left > 0 or serial == 1:
        on_this = min(left, most_rows - 1)
        writer.table("findings", widths, heads, islice(rows, on_this), on_this, serial, len(_PRINTED))
        left, serial = left - on_this, serial + 1


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


def _sampling(writer: _Writer, report: Report, tongue: Tongue, size: int) -> None:
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
        "sampling", (6, 10, 9, 22, 22, 16, 44, 24, 28, 14, 10, 11, 20), [*map(_Facts, facts), _Heads(heads), *rows], tall=True
    )
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + len(rows), len(heads) - 1)
    sheet.print_area(0, 0, top + len(rows), len(heads) - 2)  # all but the marks, which only a program needs
    if rows:
        words = [one.say(tongue) for one in _RESULTS]
        sheet.data_validation(top + 1, 9, top + len(rows), 9, {"validate": "list", "source": words})
