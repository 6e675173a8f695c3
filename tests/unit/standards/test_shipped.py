"""The shipped records: sound, packed anew after every change, and true to the material beside the repository."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from guiju.diagnostics.codes.code import Level
from guiju.standards.confidence import Recheck
from guiju.standards.load import load_calendar, load_divisions, load_registry, load_years, packed_tables, packed_text
from guiju.standards.pack import HERE, pack
from guiju.terms.time.calendar import CalendarUnknown

REGISTRY = load_registry()
SHARED = Path(__file__).resolve().parents[4] / "shared"


def _facts(name: str) -> Any:
    path = SHARED / "facts" / name
    if not path.exists():
        pytest.skip("../shared is not here")
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def test_the_shipped_records_keep_every_truth_and_the_packed_files_are_current() -> None:
    packed, found = pack(HERE)
    assert found == ()
    assert packed is not None
    assert packed.registry == packed_text(), "run python -m guiju.standards.pack"
    assert packed.tables == packed_tables(), "run python -m guiju.standards.pack"


def test_no_record_remembered_or_to_be_rechecked_can_carry_more_than_a_hint() -> None:
    weak = [one for one in REGISTRY.editions if one.recheck is Recheck.HIGH or one.confidence.value == "memory"]
    assert weak
    for edition in weak:
        assert edition.ceiling is Level.HINT
        assert all(edition.ceiling_at(clause.ref) is Level.HINT for clause in edition.clauses)


def test_every_data_sharing_instrument_of_the_facts_is_recorded() -> None:
    instruments = _facts("data-sharing-facts.yaml")["instruments"]
    assert len(instruments) == 47
    assert [one["id"] for one in instruments if not REGISTRY.by_fact(one["id"])] == []


def test_every_standard_of_the_facts_is_recorded_with_its_dates_and_confidence() -> None:
    standards = _facts("standards.yaml")["standards"]
    assert len(standards) == 220
    for one in standards:
        (edition,) = REGISTRY.by_fact(one["id"])
        assert edition.title.zh == one["title_zh"] and edition.category == one["category"]
        dates = dict(edition.written) | {"issued": str(edition.issued), "in_force": str(edition.in_force)} | dict(edition.written)
        for name in ("issued", "in_force"):
            assert one[name] is None or dates[name] == str(one[name])
        assert edition.confidence.value == one["confidence"] or len(edition.facts) > 1


@pytest.mark.parametrize(("name", "most_apart"), [("data-sharing-facts.yaml", 0), ("project-requirements.yaml", 2)])
def test_every_requirement_of_the_facts_stands_at_a_clause_word_for_word(name: str, most_apart: int) -> None:
    said = {}
    for edition in REGISTRY.editions:
        for clause in edition.clauses:
            said |= {one.fact: one.says.zh for one in clause.provisions}
    requirements = _facts(name)["requirements"]
    apart = [one["id"] for one in requirements if said.get(one["id"]) != one["text_zh"]]
    # Two requirements of the project facts are derived rules of no instrument.
    assert len(apart) == most_apart


def test_an_instrument_that_the_projects_cite_is_found_by_its_own_words() -> None:
    requirements = _facts("project-requirements.yaml")["requirements"]
    for one in requirements:
        editions = REGISTRY.by_fact(one["id"])
        assert editions or one["instrument"].startswith("通用"), one["id"]


def test_the_calendars_agree_with_the_published_arrangements() -> None:
    folder = SHARED / "corpus" / "calendar"
    if not folder.exists():
        pytest.skip("../shared is not here")
    calendar = load_calendar()
    for path in sorted(folder.glob("*.json")):
        for one in json.loads(path.read_text(encoding="utf-8"))["days"]:
            day = date.fromisoformat(one["date"])
            if day.year in calendar.years:
                assert calendar.is_workday(day) is not one["isOffDay"], day


def test_the_worked_periods_of_the_facts_come_out() -> None:
    calendar = load_calendar()
    for one in _facts("data-sharing-facts.yaml")["calendar"]["test_vectors"]:
        assert calendar.add_workdays(date.fromisoformat(one["start"]), one["workdays"]) == date.fromisoformat(one["due"])


def test_a_year_that_is_not_published_is_unknown_and_not_computed() -> None:
    assert [one.year for one in load_years()] == list(range(2019, 2027))
    assert load_calendar().add_workdays(date(2026, 12, 30), 5) == CalendarUnknown(2027)


def test_no_calendar_claims_a_notice_number_that_was_not_seen() -> None:
    assert all(one.notice_number is None and one.notices for one in load_years())


def test_wuhan_has_thirteen_districts_and_a_functional_area_is_none_of_them() -> None:
    (wuhan,) = load_divisions()
    districts = [one for one in wuhan.divisions if one.kind == "district"]
    assert len(districts) == 13 and all(one.parent == "420100" for one in districts)
    assert wuhan.by_name("武汉市江岸区") == wuhan.by_code("420102")
    assert wuhan.by_name("东湖高新") is None
    area = wuhan.area("经开")
    assert area is not None and area.run_with == ("420113",)


def test_the_districts_agree_with_the_published_divisions() -> None:
    path = SHARED / "corpus" / "divisions" / "wuhan.json"
    if not path.exists():
        pytest.skip("../shared is not here")
    (wuhan,) = load_divisions()
    published = {one["code"]: one["name"] for one in json.loads(path.read_text(encoding="utf-8"))}
    assert {one.code: one.name.zh for one in wuhan.divisions if one.kind == "district"} == published
