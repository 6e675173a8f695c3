"""Cases beside rules: how they are read, what they run, and what is said of one that does not fit."""

from guiju.diagnostics.source import Source
from guiju.dsl.ir.tree import Compare, Group, Read, Rule, SubjectSpec, Unique
from guiju.terms.tongue import Tongue
from guiju.terms.types import IntT, RecordT
from guiju.terms.verdict import Truth
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.explain.trace import trace
from guiju.validators.plan.print import print_plan
from guiju.validators.testing.cases import CaseResult, read_cases, run_cases
from tests.unit.validators.build import CALENDAR, VOCABULARY, Rules, T, given, num, observe, planned, read, records, rule


def run(text: str, *rules: Rule) -> tuple[CaseResult, ...]:
    file, diagnostics = read_cases(Source("t.cases.yaml", text))
    assert file is not None and not diagnostics
    return run_cases(file, Rules(rules=rules, vocabulary=VOCABULARY), CALENDAR)


def test_fields_go_by_any_of_their_names_and_verdicts_are_compared() -> None:
    text = """
rule: r
cases:
  - 写了: {given: {更新周期: 每日}, want: pass}
  - stated: {given: {cycle: daily}, want: pass}
  - 没写: {given: {}, want: pass}
"""
    found = run(text, rule(given("cycle")))
    assert [(str(one.got), one.ok) for one in found] == [("pass", True), ("pass", True), ("fail", False)]


def test_a_case_that_does_not_fit_is_told_and_does_not_stop_the_others() -> None:
    text = """
rule: r
cases:
  - 错字段: {given: {更新周其: 每日}, want: pass}
  - 错判定: {given: {}, want: failed}
  - 错部分: {givn: {}, want: fail}
  - 好的: {given: {}, want: fail}
"""
    found = run(text, rule(given("cycle")))
    assert [one.problem is None for one in found] == [False, False, False, True]
    assert found[0].problem is not None and "更新周其" in found[0].problem.zh and found[0].case.line == 4


def test_a_rule_that_is_not_there_is_said_for_every_case() -> None:
    found = run("rule: no_such\ncases:\n  - 甲: {given: {}, want: pass}\n", rule(T))
    assert found[0].problem is not None and "no_such" in found[0].problem.en


def test_an_element_stands_in_its_owner() -> None:
    nested = SubjectSpec(shape="dataset", path=("items",), element=RecordT("item"))
    test = Compare("≤", Read(0, ("size",), IntT()), Read(1, ("count",), IntT()))
    text = """
rule: r
cases:
  - 小于主人: {given: {长度值: 3}, in: {次数: 5}, want: pass}
  - 大于主人: {given: {长度值: 6}, in: {次数: 5}, want: fail}
  - 指明第二项: {given: {次数: 5, 信息项: [{长度值: 3}, {长度值: 6}]}, subject: /items/1, want: fail}
  - 指针用中文名: {given: {次数: 5, 信息项: [{长度值: 3}, {长度值: 6}]}, subject: /信息项/1, want: fail}
"""
    assert all(one.ok for one in run(text, rule(test, subject=nested)))


def test_a_pointer_to_no_subject_is_told_the_subjects_that_there_are() -> None:
    nested = SubjectSpec(shape="dataset", path=("items",), element=RecordT("item"))
    text = """
rule: r
cases:
  - 超出: {given: {信息项: [{长度值: 3}]}, subject: /信息项/1, want: pass}
  - 错字: {given: {信息项: [{长度值: 3}]}, subject: /信息向/0, want: pass}
"""
    beyond, misspelt = run(text, rule(T, subject=nested))
    assert beyond.problem is not None and "/items/0" in beyond.problem.zh
    assert misspelt.problem is not None and "信息向" in misspelt.problem.zh


def test_groups_others_and_days() -> None:
    text = """
rule: r
cases:
  - 唯一: {given: {代码: a}, with: {数据集: [{代码: b}]}, want: pass}
  - 重复: {given: {代码: a}, with: {数据集: [{代码: a}]}, want: fail}
  - 之前: {given: {代码: a}, as_of: "2024-12-31", want: inactive}
"""
    from datetime import date

    assert all(one.ok for one in run(text, rule(Unique(read("code"), None), start=date(2025, 1, 1))))
    grouped = rule(T, subject=SubjectSpec(shape="dataset", group=Group((read("cycle"),))))
    assert run("rule: r\ncases:\n  - 组: {given: [{更新周期: 日}, {更新周期: 日}], want: pass}\n", grouped)[0].ok


def test_a_trace_shows_every_operand_with_its_place() -> None:
    made = planned(rule(Compare(">", read("count"), num(5))))
    on = records({"name": "甲", "count": 3})
    runner = Runner(RecordStore(made, on, CALENDAR))
    (observation,) = runner.of_rule(0)
    found = trace(observation, runner, SubjectNamer(runner.world))
    assert found.requirement.truth is Truth.F
    assert [(part.says.zh, part.result.zh) for part in found.requirement.parts] == [("次数", "3"), ("5", "5")]
    assert found.requirement.parts[0].places[0].pointer == "/0/count"


def test_a_plan_prints_what_it_reads_and_what_each_rule_costs() -> None:
    made = planned(rule(Unique(read("code"), None)))
    assert "read dataset: code" in print_plan(made, Tongue.EN)
    assert "whole catalog" in print_plan(made, Tongue.EN)
    assert observe(rule(T), on=()) == []
