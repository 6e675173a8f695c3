"""Completion: the entries still to be provided, fewest first, and what would turn a verdict."""

from guiju.dsl.ir.tree import And, Compare, Or, Param, Rule
from guiju.terms.types import IntT
from guiju.terms.verdict import Truth, Verdict
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.counterfactuals import Counterfactual, counterfactuals
from guiju.validators.explain.missing_inputs import Completion, complete
from guiju.validators.explain.subjects import SubjectNamer, pointer
from tests.unit.validators.build import CALENDAR, exception, given, num, planned, read, records, rule

BIG = Compare(">", read("count"), num(5))
SMALL = Compare("<", read("ratio"), num(1))


def runner(*rules: Rule, **value: object) -> Runner:
    return Runner(RecordStore(planned(*rules), records({"name": "甲", **value}), CALENDAR))


def missing(*rules: Rule, **value: object) -> Completion:
    return complete(runner(*rules, **value))


def steps(found: Completion) -> list[tuple[str, int]]:
    return [(pointer(one.spot), one.left) for one in found.steps]


def turns(one: Rule, **value: object) -> list[Counterfactual]:
    ready = runner(one, **value)
    (observation,) = ready.of_rule(0)
    return list(counterfactuals(observation, ready, SubjectNamer(ready.world))[0])


def test_what_is_settled_asks_for_nothing() -> None:
    assert missing(rule(BIG), count=6) == Completion(steps=(), open=0, beyond=())
    assert missing(rule(BIG), count=1).open == 0


def test_the_entry_that_settles_the_most_rules_comes_first_and_the_list_counts_down() -> None:
    rules = (rule(SMALL, id="X.1.a"), rule(BIG, id="X.1.b"), rule(Compare("<", read("count"), num(9)), id="X.1.c"))
    assert steps(missing(*rules)) == [("/count", 1), ("/ratio", 0)]


def test_one_of_two_ways_is_enough() -> None:
    assert steps(missing(rule(Or((BIG, SMALL))))) == [("/count", 0)]
    assert steps(missing(rule(Or((given("cycle"), given("code")))))) == [("/cycle", 0)]  # what the clause names first


def test_the_way_that_another_rule_needs_anyhow_is_taken() -> None:
    found = missing(rule(Or((BIG, SMALL)), id="X.1.a"), rule(Compare(">", read("ratio"), num(0)), id="X.1.b"))
    assert steps(found) == [("/ratio", 0)]


def test_all_that_a_conjunction_needs_is_listed() -> None:
    assert sorted(pointer(one.spot) for one in missing(rule(And((BIG, SMALL)))).steps) == ["/count", "/ratio"]


def test_an_unmet_duty_to_state_something_counts_and_a_wrong_value_does_not() -> None:
    assert steps(missing(rule(given("cycle")))) == [("/cycle", 0)]
    assert missing(rule(And((given("cycle"), BIG))), count=1).open == 0


def test_what_no_entry_can_settle_is_kept_apart() -> None:
    found = missing(rule(Compare(">", read("count"), Param("limit", IntT()))), count=1)
    assert found.open == 0 and len(found.beyond) == 1


def test_a_turn_names_the_condition_and_the_verdict_that_would_follow() -> None:
    one = rule(And((BIG, SMALL)), applies=given("cycle"))
    found = turns(one, cycle="日", count=6, ratio=0)
    assert [(turn.says.zh, turn.truth, turn.other, turn.verdict) for turn in found] == [
        ("更新周期已提供", Truth.T, Truth.F, Verdict.NOT_APPLICABLE),
        ("次数超过 5", Truth.T, Truth.F, Verdict.FAIL),
        ("比值小于 1", Truth.T, Truth.F, Verdict.FAIL),
    ]


def test_a_condition_that_is_masked_turns_nothing() -> None:
    assert turns(rule(Or((BIG, SMALL))), count=6, ratio=0) == []


def test_an_exemption_that_is_not_there_would_turn_a_failure() -> None:
    found = turns(rule(BIG, exceptions=(exception(given("day")),)), count=1)
    assert [(turn.part.zh, turn.verdict) for turn in found] == [
        ("除外“除”", Verdict.NOT_APPLICABLE),
        ("应当", Verdict.PASS),
    ]


def test_an_open_condition_turns_both_ways() -> None:
    assert {turn.verdict for turn in turns(rule(BIG))} == {Verdict.PASS, Verdict.FAIL}
