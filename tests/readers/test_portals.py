"""Catalogs of portals that nobody here has seen: what is in them is read as what it is, and nothing is claimed that they do not show."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.diagnostics.codes.code import Level
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission, read_rules, shipped_rules
from guiju.reports.writers.to_text import TextStyle, to_text
from guiju.standards.load_tables import load_calendar
from guiju.store.cache import Cache
from guiju.terms.fact import Known, Missing
from guiju.terms.reading.reading import read_value
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict
from tests.readers.portals import CATALOGS

_DAY = date(2026, 11, 23)


@cache
def _rules() -> Ruleset:
    compiled = read_rules((shipped_rules(),), Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset


def _read(name: str, folder: Path) -> Submission:
    file, text, _ = CATALOGS[name]
    path = folder / file
    path.write_text(text, encoding="utf-8")
    return read([path], _rules().vocabulary)


def _said(got: Submission, field: str) -> list[Any]:
    """What each dataset means by a field; None where it says nothing, the raw value in a tuple where it cannot be read."""
    vocabulary = _rules().vocabulary
    shape = vocabulary.shape("dataset")
    one = shape.field(field)
    assert one is not None
    facts = [read_value(record.value.get(field), one.type, vocabulary, vocabulary.reading(shape), unit=one.unit) for record in got.records]
    return [
        fact.value if isinstance(fact, Known) else (fact.raw,) if isinstance(fact, Missing) and fact.state.value == "unreadable" else None
        for fact in facts
    ]


@pytest.mark.parametrize("name", CATALOGS)
def test_every_dataset_is_found_and_named(name: str, tmp_path: Path) -> None:
    got = _read(name, tmp_path)
    assert got.inputs[0].subjects == (("dataset", CATALOGS[name][2]),)
    assert [one.code for one in got.diagnostics if one.level is Level.ERROR] == []
    assert all(isinstance(one, str) and one for one in _said(got, "name"))


def _findings(name: str, folder: Path) -> dict[str, list[tuple[str, str]]]:
    """What is found, by rule: the name of the subject and the pointer or line of the first place."""
    report = check_submission(_rules(), _read(name, folder), as_of=_DAY, calendar=load_calendar())
    found: dict[str, list[tuple[str, str]]] = {}
    for one in report.findings:
        if one.verdict is Verdict.FAIL:
            found.setdefault(one.rule.rpartition(".")[2], []).append(
                (one.subject.name or "", one.places[0].pointer or str(one.places[0].cell))
            )
    return found


@pytest.mark.parametrize("name", ["data.rows", "result.list", "code, name and items beside"])
def test_the_label_beside_a_number_is_what_counts_and_its_place_is_shown(name: str, tmp_path: Path) -> None:
    got = _read(name, tmp_path)
    assert _said(got, "update_frequency") == ["10", "4"]
    assert _said(got, "open_type") == ["1", ("无条件共享",)]
    assert _said(got, "sharing_type") == ["1", "2"]
    assert (got.records[1].locator.place(("open_type",)).pointer or "").endswith("/openTypeName")
    assert sorted({one.code for one in got.diagnostics}) == ["D099"]


def test_milliseconds_are_days_of_beijing(tmp_path: Path) -> None:
    assert _said(_read("data.rows", tmp_path), "published") == [date(2021, 1, 1), date(2021, 1, 1)]
    assert _said(_read("hub", tmp_path), "updated") == [date(2023, 11, 15), date(2023, 11, 15)]


def test_the_number_of_a_platform_alone_is_never_trusted(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_text('[{"title": "x", "orgName": "y", "openType": 1, "shareType": 1, "updateCycle": "5"}]', encoding="utf-8")
    got = read([file], _rules().vocabulary)
    assert _said(got, "open_type") == [(1,)] and _said(got, "sharing_type") == [(1,)] and _said(got, "update_frequency") == [("5",)]


def test_an_opening_portal_is_not_charged_with_the_duties_of_a_sharing_catalog(tmp_path: Path) -> None:
    assert set(_findings("data.rows", tmp_path)) == {"openness_is_readable", "readable"}


def test_what_a_crawl_shows_is_found_and_no_more(tmp_path: Path) -> None:
    found = _findings("crawl", tmp_path)
    assert found == {
        "title_used_once": [("采购公告", "/1")],
        "open_keywords_hint_at_personal_data": [("从业人员名单", "/0/标签")],
        "open_titles_hint_at_personal_data": [("从业人员名单", "/0/标题")],
        "openness_is_readable": [("采购公告", "/2/开放条件")],
        "cycle_is_a_label": [("采购公告", "/2/更新频率")],
        "readable": [("采购公告", "/2/更新频率")],
    }


def test_personal_items_of_an_open_entry_are_found(tmp_path: Path) -> None:
    assert _findings("data.page.list", tmp_path) == {
        "open_items_hint_at_personal_data": [("身份证号码", "/data/page/list/1/resourceItems/0/itemName")]
    }


def test_lists_are_read_however_they_are_written(tmp_path: Path) -> None:
    got = _read("crawl", tmp_path)
    assert _said(got, "format") == [["xls", "xml"], ["file"], []]
    assert _said(got, "keywords") == [["姓名", "身份证号码", "职务"], ["财政、金融", "采购"], None]
    assert _said(got, "domain") == [None, "财政", "财政、卫生"]


def test_the_header_in_a_second_tongue_is_no_record(tmp_path: Path) -> None:
    got = _read("two headers", tmp_path)
    assert _said(got, "name") == ["药店名录", "供水水质"]
    assert [one.what.en for one in got.left_out] == ["the header once more"]


def test_a_remark_of_a_row_is_no_item_of_its_list(tmp_path: Path) -> None:
    got = _read("guide", tmp_path)
    assert [one.field for one in got.headers if one.header == "备注"] == [None]
    assert _said(got, "items") == [[{"name": "许可编号"}, {"name": "申请人姓名"}], [{"name": "决定书文号"}, {"name": "当事人"}]]


@pytest.mark.parametrize("name", ["socrata", "opendatasoft", "dcat-us", "hub", "ckan"])
def test_catalogs_of_other_countries_are_read_without_a_false_finding(name: str, tmp_path: Path) -> None:
    assert _findings(name, tmp_path) == {}


def test_what_stands_in_the_envelope_is_told(tmp_path: Path) -> None:
    got = _read("socrata", tmp_path)
    assert [one.seen for one in got.left_out] == ["classification", "permalink"]
    assert got.records[0].locator.place(("name",)).pointer == "/results/0/resource/name"


def test_frequencies_of_other_vocabularies_are_known(tmp_path: Path) -> None:
    assert _said(_read("dcat-us", tmp_path), "update_frequency") == ["10", "10"]
    assert _said(_read("dcat-us", tmp_path), "open_type") == ["1", "3"]
    assert _said(_read("dcat-us", tmp_path), "provider") == ["City", "City"]
    assert _said(_read("ckan", tmp_path), "update_frequency") == ["10", "7"]


@pytest.mark.parametrize("name", CATALOGS)
def test_the_generated_checker_and_the_interpreter_say_the_same_of_it(name: str, tmp_path: Path) -> None:
    got = _read(name, tmp_path)
    one, other = (
        check_submission(_rules(), got, as_of=_DAY, calendar=load_calendar(), engine=engine) for engine in ("generated", "interpreter")
    )
    assert one.tally == other.tally and one.findings == other.findings


def test_a_catalog_on_one_long_line_is_drawn_where_the_fault_stands(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_text(
        json.dumps(
            [{"标题": f"第{at}项", "来源部门": "甲局", "开放条件": "无条件开放"} for at in range(5000)]
            + [{"标题": "末项", "来源部门": "甲局", "开放条件": "无条件共享"}],
            ensure_ascii=False,
        ),
        encoding="utf-8",
    )
    report = check_submission(_rules(), read([file], _rules().vocabulary), as_of=_DAY, calendar=load_calendar())
    line = file.read_text(encoding="utf-8")
    drawn = to_text(report, TextStyle(tongue=Tongue.ZH, width=80, excerpt=lambda _file, _line: line))
    assert '"开放条件": "无条件共享"}]' in drawn and max(len(one) for one in drawn.split("\n")) < 200
