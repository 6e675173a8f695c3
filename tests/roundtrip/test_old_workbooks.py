"""Real workbooks of the old and the open format, saved by an office program, read as the same table saved as .xlsx.

`workbooks/portal.*` are one table: a title above the header, a merged column, real days, a code that lost its digits, a second sheet.
"""

from pathlib import Path

import openpyxl
import pytest

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
