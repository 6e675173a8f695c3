"""A rule whose steps multiply says so, is shown as such, and ends by a budget that every engine keeps alike."""

from datetime import date

import pytest

from guiju.catalog.records.model import Record
from guiju.catalog.records.place import Place
from guiju.standards.load import load_calendar
from guiju.terms.fact import Path
from guiju.terms.verdict import Verdict
from guiju.validators.engines.compiled.run import CompiledEngine
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner, run
from guiju.validators.explain.counterfactuals import MOST_COUNTERFACTUALS, counterfactuals
from guiju.validators.explain.judge import Judge
from guiju.validators.explain.missing_inputs import complete
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.explain.trace import trace
from guiju.validators.plan.footprint import Cost
from guiju.validators.plan.from_ruleset import plan
from tests.check import check, compiled

HEAD = """对象 丁 / ding
  名称 name 文本 主键
  项 items 若干 丙
  别 others 若干 丙
对象 丙 / bing
  数 num 数
  叶 leaves 若干 戊
对象 戊 / wu
  值 value 数
"""
RULE = "规则 试 / probe\n  依据 政务数据共享条例 第十三条\n  对象 丁\n  应当 {}\n"
FOUR = "每个 a 于 项 满足 (每个 b 于 项 满足 (每个 c 于 项 满足 (每个 d 于 项 满足 (a.数 + b.数 + c.数 + d.数 ≥ 0))))"


@pytest.mark.parametrize(
    ("requirement", "power"),
    [
        ("每个 a 于 项 满足 (a.数 > 1) 且 每个 b 于 别 满足 (b.数 > 1)", 1),
        ("每个 a 于 项 满足 (每个 x 于 a.叶 满足 (x.值 > a.数))", 1),
        ("每个 a 于 项 满足 (存在 b 于 别 满足 (b.数 = a.数))", 1),
        ("每个 a 于 项 满足 (存在 b 于 别 满足 (b.数 > a.数))", 2),
        ("每个 a 于 项 满足 (合计(别.数) > a.数)", 2),
        ("每个 a 于 项 满足 (每个 x 于 a.叶 满足 (每个 y 于 a.叶 满足 (x.值 ≤ y.值 + 1)))", 2),
        (FOUR, 4),
    ],
)
def test_lists_that_are_walked_for_each_other_want_a_permission(requirement: str, power: int) -> None:
    check(HEAD + RULE.format(requirement), *([f"T035 at 规则: 的 {power} 次方"] if power > 1 else []))
    check(HEAD + RULE.format(requirement) + "  允许 两两比较，因为 要比\n")


def test_a_term_does_not_hide_what_it_walks() -> None:
    term = "术语 有大 / has_more 对象 丁\n  是指 存在 b 于 别 满足 (b.数 > 1)\n"
    check(HEAD + term + RULE.format("每个 a 于 项 满足 (a.数 > 1 且 有大)"), "T035 at 规则")


class _Nowhere:
    def place(self, path: Path) -> Place:
        return Place(file="drawn")


def test_beyond_the_budget_the_verdict_is_an_error_of_that_subject_in_every_engine() -> None:
    ruleset = compiled(HEAD + RULE.format(FOUR) + "  允许 四重比较，因为 要比\n")
    made, calendar = plan(ruleset, as_of=date(2026, 6, 30)), load_calendar()
    records = tuple(
        Record(shape="ding", value={"name": str(at), "items": [{"num": 1}] * size}, locator=_Nowhere(), number=at)
        for at, size in enumerate((2, 40, 3))
    )
    observed = [one for one in run(made, records, calendar) if made.rules[one.rule].rule.id.endswith("probe")]
    assert [one.verdict for one in observed] == [Verdict.PASS, Verdict.ERROR, Verdict.PASS]
    assert observed[1].fault is not None and "代价太高" in observed[1].fault.zh
    assert [one for one in CompiledEngine().run(made, records, calendar) if one in observed] == observed
    assert Judge(Runner(RecordStore(made, records, calendar))).finding(observed[1]).verdict is Verdict.ERROR


def test_the_class_of_the_cost_is_shown() -> None:
    made = plan(compiled(HEAD + RULE.format(FOUR) + "  allows four loops because they are wanted\n"), as_of=date(2026, 6, 30))
    assert next(one for one in made.rules if one.rule.id.endswith("probe")).cost is Cost.POWER


def _runner(requirement: str, *sizes: int) -> tuple[Runner, int]:
    ruleset = compiled(HEAD + RULE.format(requirement) + "  允许 四重比较，因为 要比\n")
    made = plan(ruleset, as_of=date(2026, 6, 30))
    records = tuple(
        Record(shape="ding", value={"name": str(at), "items": [{"num": 1}] * size + [{}]}, locator=_Nowhere(), number=at)
        for at, size in enumerate(sizes)
    )
    at = next(number for number, one in enumerate(made.rules) if one.rule.id.endswith("probe"))
    return Runner(RecordStore(made, records, load_calendar())), at


@pytest.mark.slow
def test_a_trace_of_what_is_too_costly_ends_and_says_so() -> None:
    runner, at = _runner(FOUR, 40)
    (observation,) = runner.of_rule(at)
    namer = SubjectNamer(runner.world)
    found = trace(observation, runner, namer)
    assert found.verdict is Verdict.ERROR and "代价太高" in found.requirement.result.zh
    assert counterfactuals(observation, runner, namer) == ((), 0)


def test_what_would_turn_a_costly_verdict_is_weighed_within_the_budget() -> None:
    runner, at = _runner(FOUR.replace("每个 d 于 项 满足 (", "").replace(" + d.数 ≥ 0)", " ≥ 0"), 5)
    (observation,) = runner.of_rule(at)
    assert observation.verdict is Verdict.UNDETERMINED
    turns, more = counterfactuals(observation, runner, SubjectNamer(runner.world))
    assert len(turns) + more > MOST_COUNTERFACTUALS >= len(turns)


@pytest.mark.slow
def test_what_to_complete_is_found_beside_what_is_too_costly() -> None:
    runner, at = _runner(FOUR, 40, 2)
    found = complete(runner)
    assert at in {one.rule for step in found.steps for one in step.settles}
