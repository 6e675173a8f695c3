"""Real workbooks of the old and the open format, saved by an office program, read as the same table saved as .xlsx.

`workbooks/hidden.*` hold a hidden sheet, two hidden rows and four error cells; `workbooks/portal.*` are one table: a title above the header, a merged column, real days, a code that lost its digits, a second sheet.
"""

import random
from pathlib import Path

import openpyxl
import pytest

from guiju.catalog.office.xls_records import xls_flags
from guiju.catalog.read import read
from tests.roundtrip.marked import checked, marked, ruleset, told

_FOLDER = Path(__file__).parent / "workbooks"


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_workbook_of_another_format_reads_as_its_twin(suffix: str) -> None:
    twin, old = (read([_FOLDER / f"portal.{one}"], ruleset().vocabulary) for one in ("xlsx", suffix))
    assert [one.value for one in old.records] == [one.value for one in twin.records]
    assert [one.locator.place(("published",)).cell for one in old.records] == ["E3", "E4"]
    assert [(one.code, dict(one.facts)["cell"]) for one in old.diagnostics] == [("D060", "G3")]


def test_the_twins_are_read_whole() -> None:
    got = read([_FOLDER / "portal.xls"], ruleset().vocabulary)
    first, second = (one.value for one in got.records)
    assert first["published"] == "2026-03-01" and first["bindings"] == 2 and second["provider"] == "市交通运输局"
    assert [one["name"] for one in first["items"]] == ["路名", "长度"] and "items" not in second
    assert second["provider_code"] == "91420100MA4K000001"


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_workbook_of_another_format_comes_back_marked_as_xlsx(suffix: str, tmp_path: Path) -> None:
    copy = marked(_FOLDER / f"portal.{suffix}", tmp_path / "out.xlsx")
    assert told(checked(copy)[0]) == told(checked(_FOLDER / f"portal.{suffix}")[0])
    book = openpyxl.load_workbook(copy)
    listed = {row[2].value.split("!")[-1] for row in book["问题清单"].iter_rows(min_row=6)}
    assert book["数据集"]["D3"].comment is not None and "D3" in listed


@pytest.mark.parametrize("suffix", ["xls", "ods", "xlsx"])
def test_what_a_sheet_hides_and_its_error_cells_are_told_in_every_format(suffix: str) -> None:
    got = read([_FOLDER / f"hidden.{suffix}"], ruleset().vocabulary)
    errors = [(fact["cell"], fact["value"]) for one in got.diagnostics if one.code == "D061" for fact in [dict(one.facts)]]
    assert errors == [("E3", "#DIV/0!"), ("E4", "#N/A"), ("C5", "#NAME?"), ("E6", "#N/A")]
    hidden = [(fact["sheet"], fact["what"].en) for one in got.diagnostics if one.code == "D063" for fact in [dict(one.facts)]]
    assert hidden == [("旧目录", "the whole sheet"), ("数据目录", "rows 4, 7 (2 in all)")]


def test_a_damaged_old_workbook_shows_nothing_and_raises_nothing() -> None:
    data = (_FOLDER / "hidden.xls").read_bytes()
    whole = xls_flags(data)
    assert [one.hidden for one in whole] == [(4, 7), (), ()]
    dice = random.Random(5)
    for _ in range(300):
        broken = bytearray(data[: dice.choice([len(data), dice.randrange(len(data))])])
        for _ in range(dice.randrange(1, 30)):
            if broken:
                broken[dice.randrange(len(broken))] = dice.randrange(256)
        xls_flags(bytes(broken))
