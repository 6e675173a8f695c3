"""Tables as offices lay them out: what is no record is told and not read, and what is one keeps its cell."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from guiju.catalog.model import Submission
from guiju.catalog.read import read
from tests.doors.vocabulary import VOCABULARY

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
