"""Verdicts in their order, and what findings say, name and count."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from guiju.catalog.records.model import Submission
from guiju.dsl.ir.tree import (
    And,
    Compare,
    Const,
    Corpus,
    Expr,
    Fold,
    Group,
    If,
    Is,
    Members,
    Not,
    Param,
    Parameter,
    ParamValue,
    Quant,
    QuantKind,
    Read,
    Rule,
    SubjectSpec,
    Unique,
)
from guiju.terms.fact import State
from guiju.terms.modality import Force
from guiju.terms.tongue import Both
from guiju.terms.types import IntT, NumberT, QuantityT, RefT, TextT
from guiju.terms.verdict import Verdict
from guiju.validators.engines.engine import Observation, Reason
from guiju.validators.findings.model import Finding
from guiju.validators.validate import Outcome, validate
from tests.unit.validators.build import (
    CALENDAR,
    DAY,
    VOCABULARY,
    F,
    Rules,
    T,
    U,
    V,
    exception,
    given,
    item,
    items,
    num,
    observe,
    read,
    records,
    rule,
    verdict,
)

READABLE = tuple(one for one in State if one is not State.UNREADABLE)


def one(*rules: Rule, **value: object) -> Observation:
    return observe(*rules, on=records({"name": "甲", "items": [], **value}))[0]


def check(*rules: Rule, on: tuple[object, ...] = (), **more: object) -> Outcome:
    submission = Submission(records=on, inputs=())  # type: ignore[arg-type]
    return validate(Rules(rules=rules, vocabulary=VOCABULARY), submission, as_of=DAY, calendar=CALENDAR, **more)  # type: ignore[arg-type]


def finding(requirement: Expr, value: dict[str, object], **more: object) -> Finding:
    (found,) = check(rule(requirement, **more), on=records({"name": "空气质量监测", **value})).findings
    return found


# ---- the order of verdicts ---------------------------------------------------------------------------------------------------


def test_what_is_not_in_force_is_inactive_before_anything_else_is_asked() -> None:
    found = one(rule(F, applies=U, start=date(2025, 9, 2)))
    assert (found.verdict, found.reason) == (Verdict.INACTIVE, Reason.NOT_YET)


@pytest.mark.parametrize("status", ["draft", "suspended", "withdrawn"])
def test_only_active_rules_are_in_force(status: str) -> None:
    assert one(rule(F, status=status)).verdict is Verdict.INACTIVE


def test_both_ends_of_an_interval_are_in_force() -> None:
    assert one(rule(F, start=DAY, end=DAY)).verdict is Verdict.FAIL


@pytest.mark.parametrize(("applies", "want"), [(F, "not_applicable"), (V, "not_applicable"), (U, "undetermined"), (T, "fail")])
def test_applicability_is_asked_first(applies: Expr, want: str) -> None:
    assert one(rule(F, applies=applies, exceptions=())).verdict == want


def test_an_unknown_condition_is_undetermined_even_where_an_exception_would_exempt() -> None:
    assert one(rule(F, applies=U, exceptions=(exception(T),))).verdict is Verdict.UNDETERMINED


def test_a_rule_yields_to_one_that_applies_and_not_to_one_that_does_not() -> None:
    base = rule(F, yields_to=("X.2.o",))
    assert one(base, rule(T, "X.2.o")).by == "X.2.o"
    assert one(base, rule(T, "X.2.o", applies=F)).verdict is Verdict.FAIL
    assert one(base, rule(T, "X.2.o", status="draft")).verdict is Verdict.FAIL
    assert one(base, rule(T, "X.2.o", exceptions=(exception(T),))).verdict is Verdict.FAIL
    assert one(base, rule(T, "X.2.o", applies=U)).verdict is Verdict.UNDETERMINED


def test_rules_that_yield_to_one_another_are_an_error_and_not_an_endless_walk() -> None:
    found = one(rule(F, yields_to=("X.2.o",)), rule(T, "X.2.o", yields_to=("X.1.r",)))
    assert found.verdict is Verdict.ERROR


@pytest.mark.parametrize(
    ("exceptions", "want"),
    [
        ((exception(T),), "not_applicable"),
        ((exception(U),), "undetermined"),
        ((exception(F),), "fail"),
        ((exception(V),), "fail"),
        ((exception(T, T),), "pass"),
        ((exception(T, T), exception(T, F)), "error"),
        ((exception(T, F), exception(T, F)), "fail"),
        ((exception(T, F), exception(T)), "not_applicable"),
        ((exception(U), exception(T)), "not_applicable"),
        ((exception(U, T), exception(T, T)), "undetermined"),
    ],
)
def test_exceptions_in_any_order(exceptions: tuple[object, ...], want: str) -> None:
    assert one(rule(F, exceptions=exceptions)).verdict == want
    assert one(rule(F, exceptions=exceptions[::-1])).verdict == want


@pytest.mark.parametrize(
    ("force", "truths"),
    [
        (Force.SHALL, "pass fail undetermined not_applicable"),
        (Force.SHOULD, "pass fail undetermined not_applicable"),
        (Force.SHALL_NOT, "fail pass undetermined not_applicable"),
        (Force.SHOULD_NOT, "fail pass undetermined not_applicable"),
        (Force.MAY, "pass pass undetermined not_applicable"),
    ],
)
def test_what_each_truth_means_under_each_force(force: Force, truths: str) -> None:
    found = [verdict(expr, {"items": []}, force=force) for expr in (T, F, U, V)]
    assert found == truths.split()


def test_the_empty_passes_only_where_it_is_written() -> None:
    assert verdict(V, {"items": []}, empty_passes=True) == "pass"


def test_a_parameter_without_a_value_on_the_day_leaves_open_and_says_so() -> None:
    limit = Parameter(
        id="limit", name=Both("下限", "limit"), type=IntT(), values=(ParamValue(value=3, start=date(2025, 1, 1), end=date(2025, 8, 31)),)
    )
    test = rule(Compare("≥", read("count"), Param("limit", IntT())))
    on = records({"name": "甲", "count": 2})
    assert observe(test, on=on, parameters=(limit,), as_of=date(2025, 8, 31))[0].verdict is Verdict.FAIL
    assert observe(test, on=on, parameters=(limit,))[0].verdict is Verdict.UNDETERMINED


def test_of_several_versions_the_one_in_force_is_used_and_counted_once() -> None:
    old = rule(F, version="1", end=date(2025, 8, 31))
    new = rule(T, version="2", start=DAY)
    (found,) = observe(old, new, on=records({"name": "甲"}))
    assert found.verdict is Verdict.PASS


def test_a_record_whose_group_is_unknown_is_in_a_group_of_its_own_that_stays_open() -> None:
    spec = SubjectSpec(shape="dataset", group=Group((read("cycle"),)))
    found = observe(rule(T, subject=spec), on=records({"cycle": "日"}, {"cycle": "日"}, {}))
    assert [(len(o.subject.members), str(o.verdict)) for o in found] == [(2, "pass"), (1, "undetermined")]


def test_a_join_finds_only_records_with_the_declared_key() -> None:
    source = Corpus("report", ((("unit",), Read(0, (), RefT("unit"))),))
    plan = Quant(QuantKind.SOME, 0, 1, source, Compare("=", Read(1, ("kind",), TextT()), Const("方案", TextT())))
    on = records({"unit": "水务局", "kind": "方案"}, {"unit": "市经信局", "kind": "总结"}, shape="report")
    assert [str(o.verdict) for o in observe(rule(plan, subject=SubjectSpec(shape="unit")), on=())] == ["fail", "fail"]
    # The register spells its names strictly: a short name is still the key that it stands for.
    assert [str(o.verdict) for o in observe(rule(plan, subject=SubjectSpec(shape="unit")), on=on)] == ["fail", "pass"]


# ---- what a finding says -----------------------------------------------------------------------------------------------------


def test_a_missing_field_is_named_with_its_subject() -> None:
    found = finding(given("cycle"), {})
    assert found.message == Both("数据集“空气质量监测”没有写明更新周期", 'dataset "空气质量监测" does not state the cycle')
    assert found.places[0].pointer == "/0/cycle"


def test_a_comparison_says_what_was_seen_what_is_required_and_what_flips_it() -> None:
    found = finding(Compare("≥", read("sites"), Const(Decimal(20000), QuantityT("count"))), {"sites": 18400})
    assert found.message.zh == "数据集“空气质量监测”的基站数是 18400 个，要求不少于 20000 个"
    assert found.flips == Both("达到 20000 个即符合；现为 18400 个", "passes from 20000 pcs on; you have 18400 pcs")


def test_every_failing_element_is_named_and_the_rest_is_counted() -> None:
    every = Quant(QuantKind.EVERY, 0, 1, items(), Compare("≤", item("size"), num(10)))
    found = finding(every, {"items": [{"name": f"第{n}", "size": n} for n in range(9, 45)]})
    assert "第 3 项“第11”" in found.message.zh and "第 1 项" not in found.message.zh
    assert "另有 24 个" in found.message.zh and "24 more" in found.message.en


def test_duplicates_name_each_other() -> None:
    found = check(
        rule(Unique(read("code"), None)), on=records({"name": "甲", "code": "x"}, {"name": "乙", "code": "y"}, {"name": "丙", "code": "x"})
    )
    assert [one.subject.name for one in found.findings] == ["甲", "丙"]
    assert [member.name for member in found.findings[0].members] == ["甲", "丙"]


def test_what_an_implicit_rule_fails_on_is_the_cause_of_what_stays_open() -> None:
    implicit = rule(given("count"), "dataset.count_given", implicit=True)
    found = check(implicit, rule(Compare(">", read("count"), num(1))), on=records({"name": "甲"})).findings
    assert [(one.verdict, one.cause) for one in found] == [("fail", None), ("undetermined", found[0].key)]


def test_a_fingerprint_survives_rows_that_move_and_not_values_that_change() -> None:
    test = rule(Compare(">", read("count"), num(5)))
    first = check(test, on=records({"name": "甲", "count": 1})).findings[0]
    moved = check(test, on=records({"name": "乙", "count": 9}, {"name": "甲", "count": 1})).findings[0]
    changed = check(test, on=records({"name": "甲", "count": 2})).findings[0]
    assert first.fingerprint == moved.fingerprint != changed.fingerprint


def test_the_unit_that_provides_is_the_one_of_the_register() -> None:
    source = rule(given("cycle"))
    found = check(source, on=records({"name": "甲", "unit": "市水务局"})).findings[0]
    assert found.department == "市水务局"


def test_an_unreadable_value_is_shown_with_the_nearest_label() -> None:
    found = finding(Is(read("sharing"), READABLE), {"sharing": "有条共享"}, implicit=True)
    assert "有条共享" in found.message.zh and found.flips is not None and "有条件共享" in found.flips.zh


# ---- counting ----------------------------------------------------------------------------------------------------------------


def test_the_tally_is_rules_times_subjects_whatever_is_listed() -> None:
    rules = (rule(T, "X.1.a"), rule(F, "X.1.b"), rule(U, "X.1.c"), rule(T, "X.1.d", status="draft"))
    found = check(*rules, on=records(*({"name": str(n)} for n in range(7))), limit=3)
    assert sum(count for _, count in found.tally.total) == 4 * 7
    assert dict(found.tally.total) == {Verdict.PASS: 7, Verdict.FAIL: 7, Verdict.UNDETERMINED: 7, Verdict.INACTIVE: 7}
    assert (len(found.findings), found.left_off) == (3, 11)


def test_passed_findings_are_listed_on_request_only() -> None:
    on = records({"name": "甲"})
    assert check(rule(T), on=on).findings == ()
    assert [one.verdict for one in check(rule(T), on=on, show_passed=True).findings] == [Verdict.PASS]


def test_an_engine_that_leaves_out_a_subject_is_found_out() -> None:
    class Lazy:
        def run(self, *_: object) -> object:
            return iter(())

    with pytest.raises(AssertionError):
        check(rule(T), on=records({"name": "甲"}), engine=Lazy())


def test_every_verdict_has_sentences_in_both_tongues() -> None:
    rules = [
        rule(one, f"X.1.r{at}", **more)
        for at, (one, more) in enumerate(
            [
                (T, {}),
                (F, {}),
                (U, {}),
                (V, {}),
                (F, {"applies": F}),
                (F, {"applies": U}),
                (F, {"exceptions": (exception(T),)}),
                (F, {"status": "draft"}),
                (And((F, Not(T))), {"force": Force.SHALL}),
                (T, {"force": Force.SHALL_NOT}),
            ]
        )
    ]
    found = check(*rules, on=records({"name": "甲", "items": []}), show_passed=True).findings
    assert len(found) == len(rules)
    assert all(one.message.zh and one.message.en and one.required.zh and one.required.en for one in found)
    assert replace(found[0]).key == found[0].key


# ---- groups, counts, lists and choices ---------------------------------------------------------------------------------------


ALIKE = SubjectSpec(shape="dataset", group=Group((read("name"), read("cycle"))))
ALONE = Compare("=", Fold("count", 1, Members("dataset"), None, None, None, IntT()), num(1))


def test_a_group_says_what_its_members_share_and_how_many_there_are() -> None:
    (found,) = check(rule(ALONE, subject=ALIKE), on=records({"name": "甲", "cycle": "日"}, {"name": "甲", "cycle": "日"})).findings
    assert found.message.zh == "“名称甲、更新周期日”一组有 2 个数据集，要求 1 个"
    assert found.message.en == 'the group of datasets with name "甲" and cycle "日" has 2 datasets; required: exactly 1'


def test_a_group_is_placed_at_each_of_its_members() -> None:
    (found,) = check(rule(ALONE, subject=ALIKE), on=records(*[{"name": "甲", "cycle": "日"}] * 3)).findings
    assert [place.pointer for place in found.places] == ["/0", "/1", "/2"]


def test_what_is_not_listed_is_said() -> None:
    (found,) = check(rule(ALONE, subject=ALIKE), on=records(*[{"name": "甲", "cycle": "日"}] * 60)).findings
    assert len(found.members) == len(found.places) == 50
    assert "共 60 个，列出前 50 个" in found.message.zh and "60 in all, the first 50 are listed" in found.message.en


def test_a_list_without_a_witness_is_placed_at_the_list() -> None:
    small = Compare("<", item("size"), num(1))
    found = finding(Quant(QuantKind.SOME, 0, 1, items(), small), {"items": [{"size": 3}]})
    assert [place.pointer for place in found.places] == ["/0/items"]
    assert found.message.en == 'dataset "空气质量监测" has no items with (the size is less than 1)'
    counted = finding(Compare("≥", Fold("count", 1, items(), None, None, None, IntT()), num(2)), {"items": [{}]})
    assert [place.pointer for place in counted.places] == ["/0/items"]
    assert counted.message.zh == "数据集“空气质量监测”有 1 个信息项，要求不少于 2 个"


def test_a_choice_is_named_by_the_branch_that_was_taken() -> None:
    chosen = If(given("day"), read("count"), read("ratio"), NumberT())
    found = finding(Compare("≥", chosen, num(5)), {"count": 9, "ratio": 2})
    assert found.message.zh == "数据集“空气质量监测”的比值是 2，要求不小于 5"
    assert found.message.en == 'dataset "空气质量监测": the ratio is 2; required: at least 5'
