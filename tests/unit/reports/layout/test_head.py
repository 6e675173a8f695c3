"""The head of every report: what is counted, what comes first, and that all forms say the same."""

import io
import re
from dataclasses import replace

import openpyxl
import pytest

from guiju.catalog.records.place import Place
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.reports.layout.alike import alike_of
from guiju.reports.layout.head import counts_words, head_of
from guiju.reports.layout.ranges import ranges_of, ranges_words
from guiju.reports.layout.text import short_names, value_at
from guiju.reports.model import Report, Title
from guiju.reports.writers.to_excel import to_excel
from guiju.reports.writers.to_html import to_html
from guiju.reports.writers.to_text import TextStyle, to_text
from guiju.terms.modality import Force
from guiju.terms.severity import Severity
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict
from tests.unit.reports.made import SHEET, card, finding, report, same


def _at(number: int, cell: str, rule: str = "R.1.first", **others: object) -> object:
    return finding(number, rule=rule, places=(replace(SHEET, cell=cell),), **others)


def _mixed() -> Report:
    found = (
        _at(1, "A2", "R.1.minor", severity=Severity.MINOR),
        _at(2, "B2", "R.2.blocking", severity=Severity.BLOCKING),
        _at(3, "B3", "R.2.blocking", severity=Severity.BLOCKING),
        _at(4, "C2", "R.3.hint", severity=Severity.ADVISORY, force=Force.SHOULD),
        _at(5, "D2", "R.4.waived", severity=Severity.BLOCKING, waiver="W-1"),
    )
    cards = (
        card("R.1.minor", Severity.MINOR, fail=1),
        card("R.2.blocking", Severity.BLOCKING, fail=2),
        card("R.3.hint", Severity.ADVISORY, fail=1, undetermined=3),
        card("R.4.waived", Severity.BLOCKING, waived=1),
    )
    title = Title(kind=same("项目方案"), name="甲项目", unit="市城乡建设局", number="P-1")
    return report(*found, cards=cards, titles=(title,), tally=((Verdict.FAIL, 4), (Verdict.WAIVED, 1), (Verdict.UNDETERMINED, 3)))  # type: ignore[arg-type]


def test_duties_and_advice_are_counted_apart_and_what_is_waived_in_neither() -> None:
    head = head_of(_mixed())
    assert (head.must, head.blocking, head.advice, head.waiting) == (3, 2, 1, 3)
    assert counts_words(head).zh == "应判定 8 项，已判定 5 项 · 必须整改 3 处（阻断 2） · 建议 1 处 · 缺内容未能判定 3 项"


def test_the_gravest_comes_first_and_advice_last() -> None:
    assert [one.rule for one in head_of(_mixed()).first] == ["R.2.blocking", "R.1.minor", "R.3.hint"]


def test_all_forms_begin_with_the_same_words() -> None:
    made = _mixed()
    head, said = head_of(made), counts_words(head_of(made)).zh
    text = to_text(made, TextStyle(tongue=Tongue.ZH, width=200))
    page = re.sub("<[^>]+>", "", to_html(made, Tongue.ZH).split("<body>")[1])
    book = openpyxl.load_workbook(io.BytesIO(to_excel(made, Tongue.ZH)))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows(max_row=12) for cell in row if cell.value is not None]
    for form in (text[:600], page[:1600], "\n".join(cells)):
        assert said in form
        assert "甲项目" in form and "市城乡建设局" in form and "P-1" in form
        assert all(one.what.zh in form for one in head.first)


def test_nothing_is_called_clean_that_was_not_read_whole() -> None:
    fault = complain("D065", Span("甲.xlsx", 0, 0), value="P1", sheet="杆点", cell="A4", owner=same("项目方案"), near=same("。"))
    clean = report(cards=(card(**{"pass": 2}),))
    assert "没有发现不符合" in counts_words(head_of(clean)).zh
    unread = counts_words(head_of(replace(clean, diagnostics=(fault,)))).zh
    assert "没有发现不符合" not in unread and "没有全部检查" in unread


@pytest.mark.parametrize(
    ("cells", "ranges"),
    [
        (("J4", "J5", "K4", "K5"), ("J4:K5",)),
        (("A1", "C3", "A2"), ("A1:A2", "C3")),
        (("Z9", "AA9"), ("Z9:AA9",)),
        (("B2", "B2"), ("B2",)),
        (("名称",), ("名称",)),
    ],
)
def test_cells_become_ranges(cells: tuple[str, ...], ranges: tuple[str, ...]) -> None:
    assert ranges_of(cells) == ranges


def test_of_many_ranges_the_first_are_named() -> None:
    assert ranges_words(f"A{row}" for row in range(1, 20, 2)) == "A1, A3, A5, A7 …"


def test_three_findings_that_say_the_same_are_one_and_two_stay_two() -> None:
    three = [_at(at, f"J{at}") for at in (4, 5, 6)]
    told = alike_of(three)  # type: ignore[arg-type]
    assert [one.count for one in told] == [3] and told[0].where == "目录.xlsx 数据目录!J4:J6"
    assert [one.count for one in alike_of(three[:2])] == [1, 1]  # type: ignore[arg-type]


def test_no_finding_is_lost_in_groups() -> None:
    found = [_at(at, f"J{at}", seen=same("甲" if at % 3 else f"乙{at}")) for at in range(1, 20)]
    told = alike_of(found)  # type: ignore[arg-type]
    assert sorted(one.subject.order for group in told for one in group.findings) == sorted((at,) for at in range(1, 20))


@pytest.mark.parametrize(
    ("line", "at", "value"),
    [
        ("总投资: 一千多万  # 注", 5, "一千多万"),
        ('日期: "2026-02-20"  # 注', 4, '"2026-02-20"'),
        ("- {名称: 空气质量, 周期: 每日}", 7, "空气质量"),
        ('{"a": 12, "b": 3}', 6, "12"),
        ("地点: 甲, 乙", 4, "甲, 乙"),
        (r'"a\"b" : 1', 0, r'"a\"b"'),
    ],
)
def test_the_whole_value_is_marked(line: str, at: int, value: str) -> None:
    assert value_at(line, at) == value


def test_files_are_called_without_their_folders_where_that_is_clear() -> None:
    assert short_names(["a/x.yaml", "b/y.yaml"]) == {"a/x.yaml": "x.yaml", "b/y.yaml": "y.yaml"}
    assert short_names(["a/x.yaml", "b/x.yaml"]) == {"a/x.yaml": "a/x.yaml", "b/x.yaml": "b/x.yaml"}


def test_a_place_outside_a_sheet_is_a_line() -> None:
    found = [finding(at, places=(Place(file="甲.yaml", line=at),)) for at in (3, 9, 12)]
    assert alike_of(found)[0].where == "甲.yaml:3, 9, 12"
