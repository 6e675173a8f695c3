"""What is planted is found: rules that contradict themselves, rules that follow from others, kinds that nothing can satisfy."""

from datetime import date
from functools import cache

import pytest

from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load import load_calendar, load_registry

pytest.importorskip("z3")

from guiju.proofs.feasible import is_feasible
from guiju.proofs.questions import Setting, ask_rule
from guiju.proofs.relations import implied_among
from guiju.proofs.solver import Answer

DAY = date(2026, 3, 2)
SHAPE = """
词表 颜色 / colour
  1 红 / red
  2 蓝 / blue
  3 绿 / green
对象 项 / part
  值 value 整数
  类 kind 颜色
对象 {name} / {id}
  甲 a 整数
  乙 b 整数
  钱 money 金额
  率 rate 百分比
  色 colour 颜色
  可 flag 是否
  文 text 文本
  日 day 日期
  末 last 日期
  项表 parts 若干 项
"""
RULE = """
规则 {name} / {id}
  依据 政务数据共享条例 第十三条
  对象 物
{body}
"""

# Each asks what cannot be together, in one requirement.
CONTRADICTIONS = (
    "甲 > 5 且 甲 < 3",
    "甲 已提供 且 甲 未提供",
    "色 是 红 且 色 是 蓝",
    "日 ≥ 2026-02-01 且 日 + 10 天 ≤ 2026-01-31",
    "日 + 1 个月 < 日",
    "文 匹配 “[0-9]+” 且 文 包含 “号”",
    "文 = “甲号” 且 长度(文) > 3",
    "钱 > 500万元 且 钱 × 2 < 800万元",
    "每个 项表 满足 (值 > 3) 且 存在 项表 满足 (值 < 2)",
    "合计(项表 的 值) > 10 且 最大(项表 的 值) < 5 且 数量(项表) ≤ 2",
)
# Whoever breaches the first breaches the second.
IMPLIED = (
    ("甲 ≤ 10", "甲 ≤ 5"),
    ("钱 ≥ 100万元", "钱 ≥ 200万元"),
    ("色 是 红 或 色 是 蓝", "色 是 红"),
    ("日 ≤ 2026-03-31", "日 ≤ 2026-03-01"),
    ("甲 已提供", "甲 已提供 且 乙 已提供"),
    ("存在 项表 满足 (值 > 1)", "存在 项表 满足 (值 > 2)"),
    ("文 包含 “号”", "文 匹配 “[0-9]+号”"),
    ("甲 < 乙 + 5", "甲 < 乙"),
    ("日 ≤ 末 + 1 个月", "日 ≤ 末"),
    ("率 ≥ 10%", "率 ≥ 20%"),
)
# Requirements of a kind; the numbers are those that exclude each other, and no fewer of them do.
INFEASIBLE = (
    (("甲 > 5", "甲 < 3", "乙 > 0"), {0, 1}),
    (("色 是 红", "可 是 是", "色 不是 红"), {0, 2}),
    (("甲 > 乙", "乙 > 5", "甲 < 5"), {0, 1, 2}),
    (("日 ≥ 2026-02-01", "末 ≥ 日 + 1 个月", "末 ≤ 2026-02-15"), {0, 1, 2}),
    (("文 匹配 “[0-9]{3}”", "文 包含 “号”", "甲 = 1"), {0, 1}),
    (("数量(项表) ≥ 1", "每个 项表 满足 (值 > 3)", "没有 项表 满足 (值 > 2)"), {0, 1, 2}),
    (("合计(项表 的 值) = 10", "数量(项表) ≤ 2", "每个 项表 满足 (值 ≤ 4)"), {0, 1, 2}),
    (("钱 ≥ 1000万元", "钱 ≤ 999.99万元", "率 ≥ 50%"), {0, 1}),
    (("若 可 是 是 则 甲 = 1 否则 甲 = 2", "甲 = 3"), {0, 1}),
    (("色 是 红 或 色 是 蓝", "色 不是 红", "色 不是 蓝", "甲 = 乙"), {0, 1, 2}),
)


@cache
def ruleset(requirements: tuple[str, ...]) -> Ruleset:
    rules = (RULE.format(name=f"第{at}条", id=f"rule_{at}", body=f"  应当 {one}") for at, one in enumerate(requirements))
    text = SHAPE.format(name="物", id="thing") + "".join(rules)
    made, diagnostics = compile_rules((Source("planted.gj", text),), load_registry())
    assert made is not None, [one.headline for one in diagnostics]
    return made


def written(requirements: tuple[str, ...]) -> tuple[Ruleset, Setting]:
    made = ruleset(requirements)
    return made, Setting(made, DAY, load_calendar(), near=False)


def rules_of(made: Ruleset) -> list:  # type: ignore[type-arg]
    return sorted((one for one in made.rules if not one.implicit), key=lambda one: int(one.id.rpartition("_")[2]))


@pytest.mark.parametrize("requirement", CONTRADICTIONS)
def test_a_rule_that_contradicts_itself_can_never_pass(requirement: str) -> None:
    made, setting = written((requirement,))
    [rule] = rules_of(made)
    answers = ask_rule(rule, setting)
    assert not answers.sampled
    passes, fails = answers.answer("pass"), answers.answer("fail")
    assert passes is not None and passes.answer is Answer.NO
    assert fails is not None and fails.answer is Answer.YES and fails.witness is not None and fails.witness.confirmed


@pytest.mark.parametrize(("weak", "strong"), IMPLIED)
def test_a_rule_that_follows_from_another_is_found(weak: str, strong: str) -> None:
    made, setting = written((weak, strong))
    first, second = rules_of(made)
    found, _, left = implied_among([first, second], setting)
    assert [(one.rule.id, one.by.id, one.identical) for one in found] == [(first.id, second.id, False)]
    assert left == 0


@pytest.mark.parametrize(("requirements", "core"), INFEASIBLE)
def test_an_infeasible_kind_is_found_with_the_clauses_that_exclude_each_other(requirements: tuple[str, ...], core: set[int]) -> None:
    made, setting = written(requirements)
    rules = rules_of(made)
    found = is_feasible(None, "thing", setting, only=rules)
    assert found.answer is Answer.NO
    assert [[one.id for one in clash.rules] for clash in found.clashes] == [[rules[at].id for at in sorted(core)]]


@pytest.mark.parametrize(("requirements", "core"), INFEASIBLE)
def test_without_one_of_them_there_is_a_document(requirements: tuple[str, ...], core: set[int]) -> None:
    made, setting = written(requirements)
    rules = rules_of(made)
    kept = [one for at, one in enumerate(rules) if at != min(core)]
    found = is_feasible(None, "thing", setting, only=kept)
    assert found.answer is Answer.YES and found.documents is not None and not found.breaches
