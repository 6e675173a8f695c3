"""Each truth of the whole registry, broken on purpose once."""

from datetime import date

import pytest

from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.standards.check import check_records
from guiju.standards.check_tables import check_tables
from guiju.standards.from_yaml import read_records
from guiju.standards.model import Framework, FrameworkClass
from guiju.terms.tongue import Both, Tongue
from tests.unit.standards.records import record

_WORDS = Both("类", "class")
_FRAMEWORK = Framework(classes=(FrameworkClass(code="WH-01", title=_WORDS, subclasses=(FrameworkClass(code="WH-0101", title=_WORDS),)),))
_AS_OF = date(2026, 11, 23)


def _found(*sources: Source) -> tuple[Diagnostic, ...]:
    records, unreadable = read_records(sources)
    return (*unreadable, *check_records(records, _FRAMEWORK, {"video"}, as_of=_AS_OF))


def check(wanted: str, *sources: Source) -> None:
    """`wanted` is codes with the guilty words behind `at`, in the order found; '' for none."""
    texts = {source.name: source for source in sources}
    said = [f"{one.code} at {texts[one.span.file].slice(one.span)}" for one in _found(*sources)]
    assert said == [line.strip() for line in wanted.splitlines() if line.strip()]
    for one in _found(*sources):
        assert one.headline(Tongue.ZH) and one.headline(Tongue.EN)


def _old(**fields: str) -> Source:
    plain = {"status": "replaced", "in_force": '"2016-01-01"', "until": '"2021-12-31"', "replaced_by": "[A-2022]"}
    return record("A-2016", **plain | fields)


def _new(**fields: str) -> Source:
    return record("A-2022", **{"in_force": '"2022-01-01"', "replaces": "[A-2016]"} | fields)


def test_a_sound_pair_of_editions_has_no_complaint() -> None:
    check("", _old(), _new())


def test_an_edition_that_is_not_recorded_cannot_be_replaced() -> None:
    check("R004 at B-2001", _new(replaces="[A-2016, B-2001]"), _old())


def test_a_category_must_be_a_subclass_of_the_framework() -> None:
    check("R005 at WH-0199", record("A", category="WH-0199"))


def test_a_class_is_no_place_for_a_second_category_either() -> None:
    check("R005 at WH-0200", record("A", also="[WH-0200]"))


def test_a_record_applies_to_known_kinds_only() -> None:
    check("R019 at vido", record("A", applies_to="[video, vido]"))


def test_a_replacement_must_be_told_by_both_records() -> None:
    check("R006 at A-2016", _old(replaced_by="", status="withdrawn"), _new())


def test_supersession_cannot_run_in_a_circle() -> None:
    one = record("A", status="replaced", replaces="[B]", replaced_by="[B]")
    other = record("B", status="replaced", replaces="[A]", replaced_by="[A]")
    check("R007 at [A]", one, other)


def test_two_editions_cannot_both_be_in_force_for_a_single_day() -> None:
    check('R008 at "2022-01-01"', _old(until='"2022-01-01"'), _new())


def test_two_current_editions_of_one_instrument_are_noticed_without_any_chain() -> None:
    check(
        'R008 at "2022-01-01"',
        record("A-2016", in_force='"2016-01-01"'),
        record("A-2022", in_force='"2022-01-01"'),
    )


def test_a_successor_of_another_instrument_cannot_begin_before_its_predecessor_ends() -> None:
    old = record("A", status="replaced", in_force='"2016-01-01"', until='"2022-06-01"', replaced_by="[B]")
    check('R008 at "2022-01-01"', old, record("B", in_force='"2022-01-01"', replaces="[A]"))


_CLAUSE = '{ref: "%s", provisions: [{fact: F%s, zh: 话, en: words, confidence: verified}]}'


def test_a_clause_cannot_be_stated_twice_however_it_is_written() -> None:
    clauses = f"[{_CLAUSE % ('第十五条', 1)}, {_CLAUSE % ('art 15', 2)}]"
    check('R009 at "art 15"', record("A", clauses=clauses))


def test_an_edition_cannot_come_into_force_before_it_is_issued() -> None:
    check('R010 at "2019-12-31"', record("A", issued='"2020-01-01"', in_force='"2019-12-31"'))


def test_an_edition_cannot_end_before_it_begins() -> None:
    check('R010 at "2019-12-31"', record("A", status="withdrawn", in_force='"2020-01-01"', until='"2019-12-31"'))


def test_a_clause_that_cannot_be_read_is_named() -> None:
    check('R011 at "第十五啥"', record("A", clauses=f"[{_CLAUSE % ('第十五啥', 1)}]"))


def test_two_instruments_cannot_bear_one_name() -> None:
    found = _found(record("A", names="[网络法]"), record("B", names="[《网络法》]"))
    assert [(one.code, one.span.file) for one in found] == [("R012", "B.yaml")]


def test_two_editions_of_one_instrument_may_share_a_title() -> None:
    title = '{zh: "同题", en: "Same"}'
    check("", _old(title=title), _new(title=title))


def test_a_text_of_44_articles_has_no_article_45() -> None:
    check('R013 at "第四十五条"', record("A", articles="44", clauses=f"[{_CLAUSE % ('第四十五条', 1)}]"))


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "replaced"},
        {"status": "current", "replaced_by": "[B]"},
        {"status": "current", "in_force": '"2020-01-01"', "until": '"2026-11-22"'},
    ],
)
def test_a_status_must_agree_with_the_rest_of_its_record(fields: dict[str, str]) -> None:
    other = record("B", replaces="[A]" if "replaced_by" in fields else "")
    assert [one.code for one in _found(record("A", **fields), other)] == ["R014"]


def test_an_edition_that_ends_after_the_registrys_day_is_still_current() -> None:
    check("", record("A", in_force='"2020-01-01"', until='"2026-11-23"'))


def test_a_day_that_never_was_is_refused() -> None:
    check('R015 at "2026-02-30"', record("A", issued='"2026-02-30"'))


def test_one_fact_is_always_put_in_the_same_words() -> None:
    other = _CLAUSE.replace("话", "另话") % ("第二条", 1)
    check("R018 at F1", record("A", clauses=f"[{_CLAUSE % ('第一条', 1)}, {other}]"))


def test_an_id_stands_for_one_record_even_where_case_does_not_count() -> None:
    twin = Source("x/Ab.yaml", record("Ab", number='"other"').text)
    found = _found(record("AB"), twin)
    assert "R003" in [one.code for one in found]


def _calendar(days: str) -> list[str]:
    return [one.code for one in check_tables([Source("calendars/2026.yaml", f"year: 2026\n{days}\n")], [])]


def test_a_calendar_holds_only_days_of_its_own_year_once_each_and_makes_up_only_at_weekends() -> None:
    assert _calendar('off: [{day: "2026-01-01", name: 元旦}]\nwork: [{day: "2026-01-04", name: 元旦}]') == []
    assert _calendar('off: [{day: "2025-12-31", name: 元旦}]\nwork: []') == ["R016"]
    assert _calendar('off: [{day: "2026-01-04", name: x}]\nwork: [{day: "2026-01-04", name: x}]') == ["R016"]
    assert _calendar('off: []\nwork: [{day: "2026-01-05", name: x}]') == ["R016"]
    assert _calendar('off: [{day: "2026-02-30", name: x}]\nwork: []') == ["R015"]


@pytest.mark.parametrize("broken", ['code: "42010"', 'code: "420100"', 'code: "420199", parent: "420200"', 'code: "42010x"'])
def test_a_division_needs_a_code_of_its_own_and_a_known_parent(broken: str) -> None:
    text = (
        f'divisions:\n  - {{code: "420100", parent: null, name: {{zh: 市, en: City}}}}\n  - {{{broken}, name: {{zh: 区, en: District}}}}\n'
    )
    found = check_tables([], [Source("divisions/x.yaml", text)])
    assert [one.code for one in found] == ["R017"]
    assert "区" in found[0].headline(Tongue.ZH)
