"""Which findings are new, gone, persisting or judged otherwise, whatever the order of rows."""

import json
from typing import Any

from guiju.reports.layout.compare import Change, Comparison, Entry, Side, compare, side_of_plain, side_of_report
from guiju.reports.writers.compared.to_comparison import COMPARISON_FORMS
from guiju.terms.tongue import Tongue
from tests.unit.reports.made import finding, report


def entry(name: str, fingerprint: str = "", verdict: str = "FAIL", rule: str = "X.1.r", **more: Any) -> Entry:
    return Entry(
        rule=rule, rule_name="规则", verdict=verdict, severity="major", kind="dataset", subject=more.pop("subject", name), name=name,
        department=more.pop("department", ""), clause="X 1", clause_words="某条例第一条", message=f"{name} 不符合", fingerprint=fingerprint or name, **more,
    )  # fmt: skip


def sides(old: list[Entry], new: list[Entry], **more: Any) -> Comparison:
    def side(label: str, entries: list[Entry]) -> Side:
        return Side(label=label, as_of="2025-09-01", ruleset="r", entries=tuple(entries), **more)

    return compare(side("old", old), side("new", new))


def told(found: Comparison) -> list[str]:
    return [f"{one.change.value} {one.entry.name}" for one in found.pairs]


def test_each_finding_is_in_exactly_one_pair() -> None:
    found = sides([entry("甲"), entry("乙")], [entry("乙"), entry("丙")])
    assert told(found) == ["new 丙", "persisting 乙", "gone 甲"]


def test_a_row_that_moved_persists() -> None:
    found = sides([entry("#3", "f", subject="#3")], [entry("#9", "f", subject="#9")])
    assert told(found) == ["persisting #9"]


def test_another_wrong_value_persists_and_is_marked() -> None:
    (pair,) = sides([entry("甲", "f1")], [entry("甲", "f2")]).pairs
    assert (pair.change, pair.altered) == (Change.PERSISTING, True)


def test_another_verdict_on_the_same_subject_is_a_change() -> None:
    (pair,) = sides([entry("甲", verdict="UNDETERMINED")], [entry("甲", verdict="FAIL")]).pairs
    assert pair.change is Change.CHANGED


def test_one_of_two_alike_that_went_is_gone_once() -> None:
    found = sides([entry("甲", "f", subject="#1"), entry("甲", "f", subject="#2")], [entry("甲", "f", subject="#2")])
    assert [(one.change, one.entry.subject) for one in found.pairs] == [(Change.PERSISTING, "#2"), (Change.GONE, "#1")]


def test_counts_by_unit_sum_to_all_pairs() -> None:
    found = sides([entry("甲", department="水务"), entry("乙")], [entry("丙", department="水务")])
    assert found.by_department() == (("水务", (1, 0, 0, 1)), ("", (0, 0, 0, 1)))


def test_a_rule_that_is_not_in_force_is_said_to_be_why() -> None:
    (pair,) = sides([entry("甲")], [], inactive=frozenset({"X.1.r"})).pairs
    assert pair.inactive


def test_many_findings_of_one_fingerprint_are_paired_at_once() -> None:
    many = [entry("#", "f", subject=f"#{at}") for at in range(20_000)]
    assert sides(many, many[::-1]).count(Change.PERSISTING) == 20_000


def test_every_form_escapes_what_a_finding_says() -> None:
    found = sides([], [entry("<script>alert(1)</script>|\n|x", department="<b>")])
    assert "<script>" not in COMPARISON_FORMS["html"](found, Tongue.ZH)
    assert "<script>" not in COMPARISON_FORMS["markdown"](found, Tongue.EN)
    rows = [line for line in COMPARISON_FORMS["markdown"](found, Tongue.EN).splitlines() if "script" in line]
    assert len(rows) == 1


def test_what_is_no_report_is_no_side() -> None:
    for plain in (
        None,
        [],
        {},
        {"findings": 3},
        {"as_of": "x", "guiju": {"ruleset": "r"}, "findings": [1]},
        {"as_of": 1, "guiju": [], "findings": []},
    ):
        assert side_of_plain(plain, "x") is None


def test_clauses_are_named_as_people_cite_them_and_known_by_their_ids() -> None:
    found = compare(side_of_report(report(finding(1)), "old", Tongue.ZH), side_of_report(report(finding(2)), "new", Tongue.ZH))
    for form in ("text", "markdown", "html"):
        assert "政务数据共享条例第十三条第一款" in COMPARISON_FORMS[form](found, Tongue.ZH)
    assert json.loads(COMPARISON_FORMS["json"](found, Tongue.ZH))["by_clause"][0]["clause"] == "SC809 13.1"
