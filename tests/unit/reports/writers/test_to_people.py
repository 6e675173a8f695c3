"""The forms that people open in something else: workbook and Markdown; and the sample that an auditor draws."""

import base64
import gzip
import hashlib
import io
import json
import re
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl.utils.escape import unescape
from xlsxwriter.worksheet import Worksheet

from guiju.reports.layout.columns import shown
from guiju.reports.layout.fast_sheet import QuickSheet
from guiju.reports.layout.letters.letter import Heading, Paragraph, Table
from guiju.reports.layout.letters.report_letter import letter_of
from guiju.reports.layout.sampling import draw, seed_of
from guiju.reports.model import Baseline
from guiju.reports.writers.to_excel import to_excel
from guiju.reports.writers.to_html import to_html
from guiju.reports.writers.to_markdown import to_markdown
from guiju.terms.severity import Severity
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict
from tests.unit.reports.made import finding, mixed, report, same

ZH = Tongue.ZH


def _book(made: Any, tongue: Tongue = ZH, **options: int) -> Any:
    return openpyxl.load_workbook(io.BytesIO(to_excel(made, tongue, **options)))


# ---- workbook ----------------------------------------------------------------------------------------------------------------


def test_the_workbook_has_its_five_sheets_in_the_readers_tongue() -> None:
    assert _book(mixed()).sheetnames == ["概要", "问题", "按规则", "按部门", "抽样"]
    assert _book(mixed(), Tongue.EN).sheetnames == ["Summary", "Findings", "By rule", "By department", "Sampling"]


def test_every_finding_has_a_row_under_a_frozen_head_with_a_filter() -> None:
    sheet = _book(mixed())["问题"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [shown(one).words.zh for one in mixed().findings]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:") and sheet.auto_filter.ref.endswith("8")


def test_what_does_not_fit_on_one_sheet_goes_on_to_the_next() -> None:
    book = _book(report(*[finding(number) for number in range(7)]), most_rows=4)
    assert [name for name in book.sheetnames if name.startswith("问题")] == ["问题", "问题 (2)", "问题 (3)"]
    assert [book[name].max_row for name in ("问题", "问题 (2)", "问题 (3)")] == [4, 4, 2]


@pytest.mark.parametrize("words", ["=1+1", "<r><t>x</t></r>", "http://x.cn", "_x0041_", " 前空", "12", "\x00=2", "a\nb"])
def test_a_value_is_a_string_in_the_workbook_and_reads_back(words: str) -> None:
    sheet = _book(report(finding(words=words)))["问题"]
    cell = next(one for one in sheet[2] if sheet.cell(1, one.column).value == "问题")
    assert cell.data_type in ("s", "inlineStr") and cell.hyperlink is None
    # Excel undoes this escape, openpyxl leaves it to its caller.
    assert unescape(cell.value).rstrip() == words.replace("\x00", "⟨U+0000⟩").rstrip()


def test_a_value_too_long_for_a_cell_is_cut_and_the_cut_is_marked() -> None:
    sheet = _book(report(finding(words="𠀀" * 20_000)))["问题"]
    longest = max((cell.value or "" for cell in sheet[2]), key=len)
    assert len(longest.encode("utf-16-le")) // 2 <= 32_767 and longest.endswith("𠀀…")


def test_breaches_are_counted_by_department_and_severity() -> None:
    rows = list(_book(mixed())["按部门"].iter_rows(values_only=True))
    assert rows[0][:2] == ("部门", "不符合")
    assert {row[0]: row[1] for row in rows[1:]} == {"（未注明）": 1, "市交通运输局": 1}


def test_the_sampling_sheet_leaves_room_for_the_auditor() -> None:
    rows = list(_book(mixed(), sample=2)["抽样"].iter_rows(values_only=True))
    heads = next(row for row in rows if row[0] == "序号")
    drawn = rows[rows.index(heads) + 1 :]
    assert heads[9:12] == ("核查结果", "核查人", "日期") and len(drawn) == 2
    assert all(row[9:12] == (None, None, None) for row in drawn)
    assert rows[0][:2] == ("种子", seed_of(mixed()))


def test_no_member_of_the_workbook_has_the_time_of_its_making() -> None:
    data = to_excel(mixed(), ZH)
    assert data == to_excel(mixed(), ZH)
    assert {one.date_time[0] for one in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {1980}


def test_a_report_without_findings_still_has_every_sheet() -> None:
    assert len(_book(report()).sheetnames) == 5


# ---- the sample --------------------------------------------------------------------------------------------------------------


def test_anybody_can_draw_the_sample_again_from_seed_and_marks() -> None:
    made = report(*[finding(number) for number in range(200)])
    sample = draw(made, 20)
    marks = sorted(
        (one.fingerprint for one in made.findings), key=lambda mark: hashlib.sha256(f"{sample.seed}:{mark}".encode()).hexdigest()
    )
    assert {mark for _, mark in sample.drawn} == set(marks[:20]) and sample.population == 200


def test_another_report_draws_another_sample() -> None:
    one, other = (report(*[finding(number) for number in range(start, 200)]) for start in (0, 1))
    assert draw(one, 20).seed != draw(other, 20).seed
    assert {mark for _, mark in draw(one, 20).drawn} != {mark for _, mark in draw(other, 20).drawn}


def test_findings_of_one_fingerprint_can_both_be_drawn() -> None:
    assert len({mark for _, mark in draw(report(finding(1), finding(1)), 50).drawn}) == 2


def test_only_what_somebody_must_look_at_is_drawn() -> None:
    drawn = {shown(one) for one, _ in draw(mixed(), 50).drawn}
    assert drawn == {Verdict.FAIL, Verdict.ERROR, Verdict.UNDETERMINED, Verdict.WAIVED}


# ---- Markdown ----------------------------------------------------------------------------------------------------------------


def _tokens(text: str) -> list[Any]:
    blocks = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").parse(text)
    return [*blocks, *(inner for block in blocks for inner in block.children or ())]


def test_markdown_shows_each_rule_that_is_not_met_and_what_people_judge() -> None:
    heads = [one for one in to_markdown(mixed(), ZH).split("\n") if one.startswith("#")]
    assert heads == [
        "# 检查报告",
        "## 不符合 · 严重 · 写明周期 (1)",
        "## 不符合 · 一般 · 写明周期 (1)",
        "## 错误 · 严重 · 写明周期 (1)",
        "## 无法判定 · 严重 · 写明周期 (1)",
        "## 豁免 · 严重 · 写明周期 (1)",
        "## 须由人判断 (1)",
    ]


def test_a_baseline_is_told_in_markdown_and_in_the_summary() -> None:
    made = report(finding(1, baseline="new"), baseline=Baseline(digest="e" * 64, new=11, known=22, gone=33, new_only=False))
    summary = " ".join(str(cell) for row in _book(made)["概要"].iter_rows(values_only=True) for cell in row)
    for text in (to_markdown(made, ZH), summary):
        assert [number for number in ("11", "22", "33") if number not in text] == []


def test_markdown_says_when_nothing_was_amiss() -> None:
    assert "没有发现不符合。" in to_markdown(report(), ZH)


def test_the_counts_of_markdown_are_a_table() -> None:
    assert sum(one.type == "table_open" for one in _tokens(to_markdown(mixed(), ZH))) == 7


def test_undetermined_verdicts_that_follow_from_a_breach_are_counted_and_not_listed() -> None:
    text = to_markdown(report(finding(1), finding(2, Verdict.UNDETERMINED, "无从谈起", cause="R.1.first@dataset:d1")), ZH)
    assert "无从谈起" not in text and "另有 1 条" in text


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
        | st.sampled_from(["_x0041_", " a", "a ", "a\n", "<&>\"'", "\u3000a"]),
        min_size=1,
        max_size=8,
    )
)
def test_the_quick_sheet_writes_the_bytes_of_the_slow_one(words: list[str]) -> None:
    written = []
    for kind in (QuickSheet, Worksheet):
        into = io.BytesIO()
        book = xlsxwriter.Workbook(into, {"constant_memory": True})
        book.set_properties({"created": datetime(2026, 3, 17)})
        form, sheet = book.add_format({"bold": True}), book.add_worksheet("x", kind)
        for row, text in enumerate(words):
            sheet.write_string(row, row, text, form)
        book.close()
        written.append(zipfile.ZipFile(into).read("xl/worksheets/sheet1.xml"))
    assert written[0] == written[1]


# ---- what is waived ----------------------------------------------------------------------------------------------------------


def test_a_waived_breach_is_no_problem_of_the_letter_but_stands_under_its_waiver() -> None:
    body = letter_of(mixed(), Tongue.ZH).body
    at = next(number for number, one in enumerate(body) if isinstance(one, Heading) and one.text.endswith("已获豁免"))
    table = body[at + 2]
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == ["数据集5"] and "武数〔2026〕1号" in str(table.rows[0][2])
    before = [row for one in body[:at] if isinstance(one, Table) and one.header[0] == "事项和依据" for row in one.rows]
    failed = [one for one in mixed().findings if shown(one) in (Verdict.FAIL, Verdict.ERROR)]
    assert len(before) == len(failed) < len([one for one in mixed().findings if one.verdict in (Verdict.FAIL, Verdict.ERROR)])


def test_the_page_counts_and_filters_a_waived_breach_as_waived() -> None:
    made = report(finding(1), finding(2, waiver="W-1", severity=Severity.BLOCKING, department="甲局"))
    page = to_html(made, Tongue.ZH)
    data = _data_of(page)
    assert [one[2] for one in data["findings"]] == ["fail", "waived"] and "市数据局" in data["waivers"]["W-1"]
    assert re.search(r"<b>0</b><span><span[^>]*>其中阻断", page)
    assert 'id="by-department"' not in page  # nothing of that unit is left to mend


def test_a_long_page_is_packed_and_holds_every_finding() -> None:
    made = report(*(finding(at, words=f"第{at}处<", flips=same(f"改{at}")) for at in range(2_500)))
    data = _data_of(to_html(made, Tongue.ZH))
    assert [one[7] for one in data["findings"]] == [f"第{at}处<" for at in range(2_500)]
    assert [data["shared"][one[10]] for one in data["findings"]] == [f"改{at}" for at in range(2_500)]
    assert len({one[9] for one in data["findings"]}) == 1  # what all findings of a rule ask for is held once


def _data_of(page: str) -> Any:
    kind, held = re.search(r'<script id="data" type="application/(\w+)">(.*?)</script>', page, re.DOTALL).groups()  # type: ignore[union-attr]
    return json.loads(held if kind == "json" else gzip.decompress(base64.b64decode(held)))


def test_a_letter_says_how_many_inputs_it_does_not_list() -> None:
    one = report().inputs[0]
    body = letter_of(report(inputs=(one,) * 405), Tongue.ZH).body
    assert any(isinstance(block, Paragraph) and block.text == "另 5 项见附件。" for block in body)


# ---- paper -------------------------------------------------------------------------------------------------------------------


def test_what_is_printed_of_the_findings_can_be_read_on_one_page_across() -> None:
    sheet = _book(mixed())["问题"]
    printed = [
        column for column in sheet.iter_cols(min_row=1, max_row=1) if column[0].coordinate <= "I1" and len(column[0].coordinate) == 2
    ]
    assert sheet.print_area == f"'问题'!$A$1:$I${sheet.max_row}"
    assert {"判定", "问题", "整改", "依据", "出处"} <= {column[0].value for column in printed}
    # A4 across holds about 130 columns of text; to two thirds of the size it can still be read.
    assert sum(sheet.column_dimensions[column[0].column_letter].width for column in printed) < 240
    assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_row_is_as_high_as_its_words_and_none_is_a_giant() -> None:
    sheet = _book(report(finding(1, words="短"), finding(2, words="长" * 200)))["问题"]
    assert 2 * sheet.row_dimensions[2].height < sheet.row_dimensions[3].height <= 90


def test_about_eight_columns_are_shown_and_the_rest_is_folded_away() -> None:
    sheet = _book(mixed())["问题"]
    heads = {cell.value: cell.column_letter for cell in sheet[1]}
    hidden = {
        name
        for name, letter in heads.items()
        if any(one.hidden and one.min <= sheet[f"{letter}1"].column <= one.max for one in sheet.column_dimensions.values())
    }
    assert len(heads) - len(hidden) == 9 and {"现状", "要求", "指纹"} <= hidden


def test_the_workbook_opens_on_its_conclusion() -> None:
    book = _book(mixed())
    assert book.active.title == "概要"
    said = [cell.value for row in book.active.iter_rows(max_row=3) for cell in row if cell.value]
    assert any(str(one).startswith("应判定") for one in said)
