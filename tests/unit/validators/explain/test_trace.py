"""Traces: every operand with its value and its place, down to the elements of lists and aggregates."""

from typing import Any

from guiju.dsl.ir.tree import And, Arith, Compare, Expr, Fold, If, Quant, QuantKind
from guiju.terms.types import IntT, NumberT
from guiju.terms.verdict import Truth, Verdict
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.explain.trace import Trace, Traced, trace
from tests.unit.validators.build import CALENDAR, exception, given, item, items, num, planned, read, records, rule


def traced(requirement: Expr, value: dict[str, Any], **more: Any) -> Trace:
    runner = Runner(RecordStore(planned(rule(requirement, **more)), records({"name": "甲", **value}), CALENDAR))
    (observation,) = runner.of_rule(0)
    return trace(observation, runner, SubjectNamer(runner.world))


def flat(one: Traced) -> list[tuple[str, str]]:
    return [(one.says.zh, one.result.zh), *(pair for part in one.parts for pair in flat(part))]


def test_a_part_that_was_not_reached_is_evaluated_all_the_same() -> None:
    found = traced(Compare(">", read("count"), num(5)), {"count": 3}, applies=given("cycle"))
    assert found.verdict is Verdict.NOT_APPLICABLE
    assert found.applies is not None and found.applies.truth is Truth.F and found.requirement.truth is Truth.F


def test_each_element_of_a_quantifier_stands_with_its_truth_and_its_place() -> None:
    test = Quant(QuantKind.EVERY, 0, 1, items(), Compare(">", item("size"), num(1)))
    found = traced(test, {"items": [{"name": "一", "size": 2}, {"name": "二", "size": 1}]})
    assert [(one.says.zh, one.truth) for one in found.requirement.parts] == [("一", Truth.T), ("二", Truth.F)]
    assert found.requirement.parts[1].places[0].pointer == "/0/items/1"


def test_an_aggregate_is_taken_apart_into_its_elements() -> None:
    total = Fold("sum", 1, items(), item("size"), Compare(">", item("size"), num(1)), None, IntT())
    found = traced(Compare("=", total, num(3)), {"items": [{"name": "一", "size": 3}, {"name": "二", "size": 1}]})
    (folded, _) = found.requirement.parts
    assert folded.result.zh == "3"
    assert [(one.says.zh, one.result.zh) for one in folded.parts] == [("一", "3"), ("二", "1")]
    assert ("长度值超过 1", "假") in flat(folded)


def test_arithmetic_and_choices_are_taken_apart() -> None:
    chosen = If(given("day"), Arith("+", read("count"), read("ratio"), NumberT()), read("ratio"), NumberT())
    found = flat(traced(Compare(">", chosen, num(5)), {"count": 3, "ratio": 4}).requirement)
    assert ("次数", "3") in found and ("比值", "4") in found and ("发布日期已提供", "假") in found


def test_a_long_list_is_cut_and_the_cut_is_counted() -> None:
    test = Quant(QuantKind.EVERY, 0, 1, items(), Compare(">", item("size"), num(1)))
    found = traced(test, {"items": [{"size": 2}] * 25})
    assert len(found.requirement.parts) == 20 and found.requirement.more == 5


def test_exceptions_and_what_replaces_the_requirement_are_traced() -> None:
    found = traced(And((given("code"), given("day"))), {"cycle": "日"}, exceptions=(exception(given("cycle"), given("code")),))
    assert [(label.zh, one.truth) for label, one in found.exceptions] == [("除", Truth.T), ("除 则", Truth.F)]
