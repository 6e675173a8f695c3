"""What real portals hand out is read whole, each value with its place. The files stay where they are."""

from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.diagnostics.codes.code import Level
from tests.readers.vocabulary import VOCABULARY

_CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus"


def _file(name: str) -> Path:
    if not _CORPUS.exists():
        pytest.skip("../shared is not here")
    return _CORPUS / name


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("portal-json/anhui_wuhu.json", "dataset", 531),
        ("portal-json/anhui_hefei.json", "dataset", 321),
        ("portal-xlsx/harbin.xlsx", "dataset", 810),
        ("portal-xlsx/procurement-intention.xlsx", "project", 63),
    ],
)
def test_a_real_catalog_is_read_whole(name: str, kind: str, count: int) -> None:
    got = read([_file(name)], VOCABULARY)
    assert got.inputs[0].subjects == ((kind, count),)
    assert [one for one in got.diagnostics if one.level is Level.ERROR] == []
    assert all("name" in one.value or kind == "project" for one in got.records)


def test_every_header_of_a_real_sheet_is_told_matched_or_not() -> None:
    got = read([_file("portal-xlsx/harbin.xlsx")], VOCABULARY)
    assert len(got.headers) == 20
    assert [one.header for one in got.headers if one.field == "unit"] == ["来源部门"]


def test_places_of_a_real_file_point_at_what_stands_there() -> None:
    file = _file("portal-json/anhui_wuhu.json")
    lines = file.read_text(encoding="utf-8").split("\n")
    for record in read([file], VOCABULARY).records[::100]:
        place = record.locator.place(("name",))
        assert place.line is not None and place.column is not None
        assert lines[place.line - 1][place.column - 1 :].startswith('"' + record.value["name"])
