"""What a waiver covers, what it never changes, and what is said of waivers that have gone stale."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.catalog.records.model import Submission
from guiju.diagnostics.span import Span
from guiju.dsl.ir.tree import Compare, Rule
from guiju.terms.verdict import Verdict
from guiju.validators.findings.waivers import Scope, Waiver, WaiverReport, WaiverStatus, apply_waivers, rule_digest, waived_tally
from guiju.validators.validate import Outcome, validate
from tests.unit.validators.build import CALENDAR, DAY, VOCABULARY, F, Rules, T, U, num, read, records, rule

LAST = DAY + timedelta(days=200)
ROWS: tuple[dict[str, Any], ...] = (
    {"name": "甲", "unit": "市水务局", "sharing": "不予共享", "cycle": "每日"},
    {"name": "乙", "unit": "市水务局", "sharing": "有条件", "tags": ["a"]},
    {"name": "丙", "unit": "市经信局", "items": [{"name": "列一"}, {"name": "列二"}]},
)


def waiver(id: str = "W-1", **more: Any) -> Waiver:
    base = Waiver(
        id=id, rules=("X.1.r",), clauses=(), pinned=(), scope=Scope(subjects=("甲",)), approver="分管领导", number="武数函〔2025〕1号",
        reason="过渡期", start=None, end=LAST, span=Span("w.yaml", 0, 0),
    )  # fmt: skip
    return replace(base, **more)


def judged(*rules: Rule) -> Outcome:
    submission = Submission(records=records(*ROWS), inputs=())
    return validate(Rules(rules=rules or (rule(F),), vocabulary=VOCABULARY), submission, as_of=DAY, calendar=CALENDAR)


def laid(*waivers: Waiver, rules: tuple[Rule, ...] = (), on: date = DAY) -> tuple[list[str], WaiverReport]:
    """The names of the waived subjects, and what is told of the waivers."""
    outcome = judged(*rules)
    findings, told = apply_waivers(outcome.findings, waivers, on, plan=outcome.plan, records=records(*ROWS))
    return [f"{one.subject.name}:{one.waiver}" for one in findings if one.waiver], told


def codes(told: WaiverReport) -> set[str]:
    return {one.code for one in told.diagnostics} - {"W017"}


def test_a_waived_finding_keeps_its_verdict() -> None:
    outcome = judged()
    findings, _ = apply_waivers(outcome.findings, (waiver(),), DAY, plan=outcome.plan)
    assert [one.verdict for one in findings] == [Verdict.FAIL] * 3
    assert [replace(one, waiver=None) for one in findings] == list(outcome.findings)


def test_the_shown_tally_moves_waived_failures_and_keeps_its_sum() -> None:
    outcome = judged(rule(F), rule(T, "X.2.s"))
    findings, _ = apply_waivers(outcome.findings, (waiver(),), DAY, plan=outcome.plan)
    shown = waived_tally(outcome.tally, findings)
    assert dict(shown.total) == {Verdict.PASS: 3, Verdict.FAIL: 2, Verdict.WAIVED: 1}
    assert dict(dict(shown.by_rule)["X.1.r"]) == {Verdict.FAIL: 2, Verdict.WAIVED: 1}
    assert sum(dict(shown.total).values()) == sum(dict(outcome.tally.total).values())


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        (Scope(subjects=("甲",)), ["甲"]),
        (Scope(kinds=("dataset",)), ["甲", "乙", "丙"]),
        (Scope(kinds=("item",)), []),
        (Scope(departments=("市水务局",)), ["甲", "乙"]),
        (Scope(departments=("市水务局",), subjects=("乙", "丙")), ["乙"]),
        (Scope(where=(((("sharing",),), ("不予共享",)),)), ["甲"]),
        (Scope(where=(((("tags",),), ("ａ",)),)), ["乙"]),
        (Scope(where=(((("items", "name"),), ("列二",)),)), ["丙"]),
        (Scope(where=(((("sharing",),), ("不予共享",)), ((("cycle",),), ("每月",)))), []),
    ],
)
def test_every_part_of_a_scope_narrows_it(scope: Scope, covered: list[str]) -> None:
    names, _ = laid(waiver(scope=scope))
    assert names == [f"{name}:W-1" for name in covered]


def test_a_clause_covers_the_rules_that_cite_it_or_one_under_it() -> None:
    def names(*clauses: tuple[str, str]) -> int:
        return len(laid(waiver(rules=(), clauses=clauses, scope=Scope(kinds=("dataset",))))[0])

    assert [names(("X", "1")), names(("X", "2")), names(("Y", "1")), names(("X", ""))] == [3, 0, 0, 0]


def test_a_waiver_counts_on_its_first_and_last_day_and_on_no_other() -> None:
    one = waiver(start=date(2025, 9, 1), end=date(2025, 9, 30))
    days = [date(2025, 8, 31), date(2025, 9, 1), date(2025, 9, 30), date(2025, 10, 1)]
    assert [len(laid(one, on=day)[0]) for day in days] == [0, 1, 1, 0]


def test_unknown_and_passing_verdicts_are_never_waived() -> None:
    assert laid(waiver(scope=Scope(kinds=("dataset",))), rules=(rule(U),))[0] == []
    assert laid(waiver(scope=Scope(kinds=("dataset",))), rules=(rule(T),))[0] == []


def test_of_two_waivers_the_first_is_shown_and_both_are_used() -> None:
    names, told = laid(waiver("A"), waiver("B"))
    assert names == ["甲:A"]
    assert [use.laid for use in told.uses] == [1, 1]


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (waiver(scope=Scope(subjects=("没有",))), "W010"),
        (waiver(end=DAY + timedelta(days=30)), "W011"),
        (waiver(end=DAY - timedelta(days=1)), "W012"),
        (waiver(scope=Scope(kinds=("dataset",))), "W013"),
        (waiver(scope=Scope(departments=("市水务局",)), at_most=1), "W014"),
        (waiver(pinned=("0" * 64,)), "W015"),
        (waiver(start=DAY + timedelta(days=1)), "W016"),
    ],
)
def test_a_stale_waiver_is_told(one: Waiver, code: str) -> None:
    # A waiver that is not laid because its rule has changed is not also called unused: it has matched.
    assert codes(laid(one)[1]) == {code}


def test_a_sound_waiver_is_told_of_in_no_way() -> None:
    outcome = judged()
    digest = rule_digest(outcome.plan.rules[0].rule)
    assert laid(waiver(pinned=(digest,)))[1].diagnostics == ()


def test_an_outdated_waiver_is_not_laid() -> None:
    digest = rule_digest(judged().plan.rules[0].rule)
    assert laid(waiver(pinned=(digest,)))[0] == ["甲:W-1"]
    assert laid(waiver(pinned=(digest,)), rules=(rule(Compare("=", num(1), num(3))),))[0] == []


def test_the_digest_of_a_rule_follows_what_it_asks_and_not_what_is_said_of_it() -> None:
    one = rule(Compare("=", read("count"), num(1)))
    assert rule_digest(one) == rule_digest(replace(one, doc="new words", source=("other.gj", 9), text="x", version="2"))
    assert rule_digest(one) != rule_digest(replace(one, severity="blocking"))
    assert rule_digest(one) != rule_digest(replace(one, requirement=Compare("=", read("count"), num(2))))


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (DAY, WaiverStatus.IN_FORCE),
        (LAST - timedelta(days=30), WaiverStatus.EXPIRING),
        (LAST, WaiverStatus.EXPIRING),
        (LAST + timedelta(days=1), WaiverStatus.EXPIRED),
    ],
)
def test_the_standing_of_a_waiver_turns_on_its_days(day: date, standing: WaiverStatus) -> None:
    assert waiver().standing(day) is standing


_NAMES = st.sampled_from(["甲", "乙", "丙", "丁"])


@given(st.lists(st.tuples(st.lists(_NAMES, max_size=3), st.integers(-40, 40)), max_size=6))
def test_laying_waivers_changes_no_verdict_and_no_count_of_failures(drawn: list[tuple[list[str], int]]) -> None:
    outcome = judged(rule(F), rule(U, "X.2.u"))
    waivers = [
        waiver(f"W-{at}", scope=Scope(subjects=tuple(names)), end=DAY + timedelta(days=days)) for at, (names, days) in enumerate(drawn)
    ]
    findings, told = apply_waivers(outcome.findings, waivers, DAY, plan=outcome.plan)
    assert [replace(one, waiver=None) for one in findings] == list(outcome.findings)
    assert all(one.verdict is Verdict.FAIL for one in findings if one.waiver)
    shown = dict(waived_tally(outcome.tally, findings).total)
    assert shown.get(Verdict.FAIL, 0) + shown.get(Verdict.WAIVED, 0) == dict(outcome.tally.total)[Verdict.FAIL]
    assert [use.waiver for use in told.uses] == waivers
