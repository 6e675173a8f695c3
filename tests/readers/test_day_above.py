"""The day of submission above a table, however the form calls it and whatever stands beside it."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from guiju.catalog.read import read
from tests.readers.vocabulary import VOCABULARY


def _day(tmp_path: Path, *cells: str) -> date | None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["公共数据目录"], list(cells), ["名称", "更新频率", "目录代码"], ["甲", "每年", "1"]):
        sheet.append(row)
    file = tmp_path / "a.xlsx"
    book.save(file)
    got = read([file], VOCABULARY)
    assert len(got.records) == 1
    return got.submitted


@pytest.mark.parametrize(
    "cells",
    [
        ["填报日期：2026年3月1日"],
        ["填报单位：市水务局    填报日期：2026-03-01"],
        ["单位：个", "报送日期:", "2026/3/1"],
        ["填表日期： 2026年3月1日  填表人：张"],
        ["提交日期", "2026-03-01"],
    ],
)
def test_the_day_is_read(tmp_path: Path, cells: list[str]) -> None:
    assert _day(tmp_path, *cells) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "cells", [["制表日期：2026-03-01"], ["填报日期：  年  月  日"], ["说明：填报日期写在封面"], ["未填报日期：2026-03-01"]]
)
def test_no_day_is_made_up(tmp_path: Path, cells: list[str]) -> None:
    assert _day(tmp_path, *cells) is None
