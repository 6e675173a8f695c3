"""Tables as offices lay them out: what is no record is told and not read, and what is one keeps its cell."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.catalog.value_notes import notes_of
from guiju.commands.shared.reading_account import account_of
from guiju.terms.shape import Reading, Vocabulary
from guiju.terms.tongue import Both
from tests.readers.vocabulary import VOCABULARY

_USUAL = Reading(id="usual", name=Both("通用", "usual"), dates=("serial",), true=("是",), false=("否",), fold_width=True)
READ = Vocabulary(shapes=tuple(replace(shape, reading="usual") for shape in VOCABULARY.shapes), readings=(_USUAL,))

HEADER = ["序号", "名称", "提供单位", "更新频率", "简介"]
ROWS: list[list[Any]] = [[1, "甲", "市局", "每年", "道路"], [2, "乙", "市局", "每月", "站点"], [3, "丙", "区局", "每年", "桥梁"]]


def read_sheets(folder: Path, **sheets: list[list[Any]]) -> Submission:
    """A workbook of those sheets, each a list of rows with None where a cell is blank."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
    book.close()
    file = folder / "a.xlsx"
    file.write_bytes(out.getvalue())
    return read([file], VOCABULARY)


def _names(got: Submission) -> list[tuple[str, str | None]]:
    return [(record.value.get("name"), record.locator.place(("name",)).cell) for record in got.records]


def _left(got: Submission) -> list[tuple[str, str | None]]:
    return [(one.what.zh, one.place.cell) for one in got.left_out]


@pytest.mark.parametrize(
    ("rows", "names", "left"),
    [
        ([HEADER, *ROWS, ["填表人：张三", None, "联系电话：027-1", None, "日期：3月2日"]], ["B2", "B3", "B4"], [("表后的说明", "A5")]),
        ([HEADER, ["（1）", "（2）", "（3）", "（4）", "（5）"], *ROWS], ["B3", "B4", "B5"], [("栏号", "A2")]),
        ([HEADER, [None, "例：人口信息", "填全称", "下拉选择", "一句话"], *ROWS], ["B3", "B4", "B5"], [("示例行", "A2")]),
        ([HEADER, *ROWS[:2], ["续表"], HEADER, ROWS[2]], ["B2", "B3", "B6"], [("表中的分段标题", "A4"), ("重复的表头", "A5")]),
        ([HEADER, *ROWS[:2], HEADER, ROWS[2]], ["B2", "B3", "B5"], [("重复的表头", "A4")]),
        ([HEADER, *ROWS[:2], ["二、区县目录"], ROWS[2]], ["B2", "B3", "B5"], [("表中的分段标题", "A4")]),
        ([HEADER, ["一", "市局小计", None, None, 2], *ROWS, ["合  计", None, None, None, 3]], ["B3", "B4", "B5"], [("合计行", "A2"), ("合计行", "A6")]),
    ],
    ids=["signatures", "numbers of columns", "example", "continued", "header again", "section", "subtotals"],
)  # fmt: skip
def test_a_row_that_is_no_record_is_told_and_left_out(
    tmp_path: Path, rows: list[list[Any]], names: list[str], left: list[tuple[str, str]]
) -> None:
    got = read_sheets(tmp_path, Sheet1=rows)
    assert _names(got) == list(zip("甲乙丙", names, strict=True))
    assert _left(got) == left
    assert not got.diagnostics


@pytest.mark.parametrize(
    "row",
    [
        [1, "全市用水量合计", "市局", "每年", "水"],
        [1, "备注：含郊区", "市局", "每年", "水"],
        [1, "一、二级路", "市局", "每年", "水"],
        [1, "示例区道路", "市局", "每年", "水"],
        [1, "全市用水量合计", None, None, None],
    ],
)
def test_a_record_whose_name_only_sounds_like_a_remark_is_read(tmp_path: Path, row: list[Any]) -> None:
    got = read_sheets(tmp_path, Sheet1=[HEADER, row, *ROWS])
    assert [name for name, _ in _names(got)] == [row[1], "甲", "乙", "丙"]
    assert not _left(got)


ITEMS = [["所属数据集", "信息项名称", "类型"], ["甲", "路名", "字符型"], [None, "等级", "字符型"], ["丙", "桥名", "字符型"]]


def _held(got: Submission) -> list[tuple[str, list[str]]]:
    return [(one.value["name"], [item["name"] for item in one.value.get("items", [])]) for one in got.records]


def test_rows_of_another_sheet_find_their_owner_by_its_name_where_it_has_a_key_as_well(tmp_path: Path) -> None:
    header, rows = [*HEADER, "目录代码"], [[*row, f"D-{row[0]}"] for row in ROWS]
    got = read_sheets(tmp_path, 数据集=[header, *rows], 信息项=ITEMS)
    assert _held(got) == [("甲", ["路名", "等级"]), ("乙", []), ("丙", ["桥名"])]
    by_code = [[{"甲": "D-1", "丙": "D-3"}.get(row[0], row[0]), *row[1:]] for row in ITEMS]
    assert _held(read_sheets(tmp_path, 数据集=[header, *rows], 信息项=by_code)) == _held(got)


def test_a_name_that_two_owners_bear_is_nobodys(tmp_path: Path) -> None:
    rows = [[*row, f"D-{row[0]}"] for row in (*ROWS, [4, "甲", "区局", "每年", "另一条"])]
    got = read_sheets(tmp_path, 数据集=[[*HEADER, "目录代码"], *rows], 信息项=ITEMS)
    assert [one.code for one in got.diagnostics] == ["D065", "D065"]
    assert [len(items) for _, items in _held(got)] == [0, 0, 1, 0]


def test_a_cover_and_a_list_of_words_beside_tables_are_no_records(tmp_path: Path) -> None:
    cover = [["某市数据目录申报材料"], [], [None, "提供单位：", "市局"], [None, "提交日期：", "2026年3月2日"], [None, "更新频率：", "每年"]]
    got = read_sheets(tmp_path, 封面=cover, 目录=[HEADER, *ROWS], 码表=[["更新频率"], ["每年"], ["每月"]])
    assert [name for name, _ in _names(got)] == ["甲", "乙", "丙"]
    assert got.submitted == date(2026, 3, 2)
    assert ("看不出是什么的工作表", "A1") in _left(got) and ("封面上的内容", "A1") in _left(got)


def test_the_column_that_states_the_kind_is_no_field_of_it(tmp_path: Path) -> None:
    got = read_sheets(tmp_path, Sheet1=[["类别", "名称", "更新频率"], ["数据集", "甲", "每年"], ["数据集", "乙", "每月"]])
    assert [one.value for one in got.records] == [{"name": "甲", "cycle": "每年"}, {"name": "乙", "cycle": "每月"}]


def test_a_table_that_only_shares_its_ordinals_and_remarks_is_not_taken_for_a_known_kind(tmp_path: Path) -> None:
    got = read_sheets(tmp_path, Sheet1=[["提供单位", "更新频率", "天气", "风向", "湿度", "气压"], ["市局", "一", "晴", "北", 1, 2]])
    assert not got.records and [one.code for one in got.diagnostics] == ["D054"]


def test_two_tables_below_one_another_are_two(tmp_path: Path) -> None:
    rows = [["一、数据集"], HEADER, *ROWS, [], ["二、项目"], ["项目名称", "建设单位", "总投资（万元）"], ["灯杆", "市局", 800]]
    got = read_sheets(tmp_path, Sheet1=rows)
    assert [(one.shape, one.value["name"], one.locator.place(("name",)).cell) for one in got.records] == [
        ("dataset", "甲", "B3"),
        ("dataset", "乙", "B4"),
        ("dataset", "丙", "B5"),
        ("project", "灯杆", "A9"),
    ]
    assert got.records[3].locator.place(("total",)).cell == "C9" and got.records[3].value["total"] == "800万元"
    assert ("表头之上的标题或说明", "A7") in _left(got)


def test_two_tables_of_a_csv_keep_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("名称,提供单位,更新频率\n甲,市局,每年\n\n项目名称,建设单位,总投资\n灯杆,市局,800万元\n", encoding="utf-8")
    got = read([file], VOCABULARY)
    assert [(one.shape, one.locator.place(("name",)).line) for one in got.records] == [("dataset", 2), ("project", 5)]


def test_a_table_whose_header_runs_down_a_column_is_read_across(tmp_path: Path) -> None:
    got = read_sheets(tmp_path, 数据集=[list(row) for row in zip(HEADER, *ROWS, strict=True)])
    assert _names(got) == [("甲", "B2"), ("乙", "C2"), ("丙", "D2")]
    assert [one.locator.place(("about",)).cell for one in got.records] == ["B5", "C5", "D5"]


def test_a_form_with_a_column_of_hints_is_one_record_and_the_hints_are_told(tmp_path: Path) -> None:
    rows = [["数据集登记表"], ["名称", "甲", "不超过五十字"], ["提供单位", "市局", "填全称"], ["更新频率", "每年", "见码表"]]
    got = read_sheets(tmp_path, Sheet1=rows)
    assert _names(got) == [("甲", "B2")]
    assert [(one.place.cell, one.seen) for one in got.left_out] == [
        ("A1", "数据集登记表"),
        ("C2", "不超过五十字"),
        ("C3", "填全称"),
        ("C4", "见码表"),
    ]


def test_a_form_with_its_labels_above_the_values_is_one_record(tmp_path: Path) -> None:
    rows = [["项目申报书"], ["项目名称", "建设单位"], ["灯杆", "市局"], ["总投资（万元）", "预计时间"], [800, "3月"]]
    got = read_sheets(tmp_path, Sheet1=rows)
    assert [one.value for one in got.records] == [{"name": "灯杆", "client": "市局", "total": "800万元", "month": "3月"}]
    assert got.records[0].locator.place(("total",)).cell == "A5"


def test_the_account_says_what_was_lost_what_counts_as_nothing_and_headers_of_two_lines(tmp_path: Path) -> None:
    got = read_sheets(tmp_path, Sheet1=[["名\n称", "提供单位", "含敏感", "发布日期"], [914201007145829999, "市局", "☑是 □否", 46083]])
    account = account_of(got, READ, "text")
    assert "名⏎称" in account and "9.14201007145830E+17" in account
    assert "{" not in account and "2026-03-02" in account and "45352" not in account
    assert [one.raw for one in notes_of(got.records, READ)] == ["9.14201007145830E+17", 46083, "☑是 □否"]


_CSV = "名称,提供单位,更新频率\n甲,市局,每年\n乙,市局,每月\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (_CSV.replace("\n", "\r"), [2, 3]),
        (_CSV.replace("\n", "\r\n"), [2, 3]),
        ("sep=;\n" + _CSV.replace(",", ";"), [3, 4]),
        (_CSV.replace(",", "，"), [2, 3]),
    ],
    ids=["cr", "crlf", "sep", "full width"],
)
def test_a_csv_of_an_old_or_a_foreign_office_keeps_its_lines(tmp_path: Path, text: str, lines: list[int]) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(text.encode())
    got = read([file], VOCABULARY)
    assert [(one.value["name"], one.locator.place(("cycle",)).line) for one in got.records] == list(zip("甲乙", lines, strict=True))
    assert not got.diagnostics and not got.left_out


def test_a_field_without_end_is_told_as_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(_CSV + "丙" * 1_000_001 + ",市局,每年\n丁,市局,每年\n", encoding="utf-8")
    got = read([file], VOCABULARY)
    assert [one.value["name"] for one in got.records] == ["甲", "乙", "丁"]
    assert [(one.code, dict(one.facts)["line"]) for one in got.diagnostics] == [("D086", "4")]
