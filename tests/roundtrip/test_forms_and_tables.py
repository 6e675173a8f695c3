"""A sheet is a form where labels stand beside values, and a table where values stand below headers; neither passes for the other."""

from pathlib import Path

import openpyxl

from guiju.catalog.read import read
from tests.readers.vocabulary import VOCABULARY


def _book(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_table_in_which_two_words_happen_to_be_labels_is_no_form(tmp_path: Path) -> None:
    table: list[list[object]] = [["序号", "客户", "天气", "预计", "标题"], ["1", "甲", "晴", "标签", "三月"]]
    table += [[str(n), f"客户{n}", f"事项{n}", "简介" if n % 9 == 0 else f"{n}月", "四月"] for n in range(2, 60)]
    got = read([_book(tmp_path / "table.xlsx", table)], VOCABULARY)
    assert got.records == ()
    assert [one.code for one in got.diagnostics] == ["D054"]


def test_a_form_with_rows_of_its_own_is_still_a_form(tmp_path: Path) -> None:
    form: list[list[object]] = [["标题", "空气质量"], ["更新频率", "每天"], ["机构分类", "市环保局"], ["简介", "站点监测"]]
    form += [[f"本单位自加的一栏{n}", f"内容{n}"] for n in range(6)]
    got = read([_book(tmp_path / "form.xlsx", form)], VOCABULARY)
    assert [one.shape for one in got.records] == ["dataset"]
    assert got.records[0].locator.place(("name",)).cell == "B1"
