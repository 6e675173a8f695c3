"""What is told of rules beside their verdicts: gaps of tables where the rule applies, local rules that ask less than national ones."""

from datetime import date

import pytest

from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load import load_calendar, load_registry

pytest.importorskip("z3")

from guiju.proofs.questions import Setting
from guiju.proofs.solver import Answer
from guiju.proofs.structure import falls_below, local_pairs, table_faults

SHAPE = """
词表 频率 / pace
  1 每日 / daily
  2 每年 / yearly
  3 实时 / live
对象 物 / thing
  频 pace 频率
  天数 days 整数
  说明 note 文本
决策表 间隔 / interval
  条件 频 频率
  结果 间隔 整数
  每日 → 2
  每年 → 400
"""
LOCAL, NATIONAL = "武汉市公共数据资源管理办法 第二条", "政务数据共享条例 第十三条"


def compiled(*rules: str) -> Ruleset:
    ruleset, found = compile_rules((Source("物.gj", SHAPE + "".join(rules)),), load_registry())
    assert ruleset is not None, [str(one) for one in found]
    return ruleset


def setting(ruleset: Ruleset) -> Setting:
    return Setting(ruleset, date(2026, 3, 2), load_calendar(), near=False)


def rule(name: str, basis: str, *parts: str) -> str:
    return f"规则 {name} / {name}\n  依据 {basis}\n  对象 物\n" + "".join(f"  {one}\n" for one in parts)


@pytest.mark.parametrize(("applies", "gaps"), [(("适用 频 属于 {每日, 每年}",), 0), ((), 1), (("适用 频 不是 每日",), 1)])
def test_a_gap_is_one_where_the_rule_applies(applies: tuple[str, ...], gaps: int) -> None:
    ruleset = compiled(rule("timely", NATIONAL, *applies, "应当 天数 ≤ 间隔(频)"))
    asked = next(one for one in ruleset.rules if one.id.endswith("timely"))
    assert len([one for one in table_faults(asked, setting(ruleset)) if one.row == 0]) == gaps


@pytest.mark.parametrize(
    ("local", "national", "below"),
    [
        ("应当 天数 ≥ 3", "应当 天数 ≥ 6", True),
        ("宜 天数 ≥ 3", "应当 天数 ≥ 6", True),
        ("不得 天数 < 3", "应当 天数 ≥ 6", True),
        ("应当 天数 ≥ 6", "应当 天数 ≥ 3", False),
        ("应当 天数 ≤ 30", "应当 天数 ≥ 6", False),
        ("应当 天数 ≥ 6", "应当 天数 ≥ 6", False),
        ("应当 频 属于 {每日, 每年}", "应当 频 是 每日", True),
        ("应当 天数 已提供", "应当 天数 ≥ 6", False),
    ],
)
def test_a_local_rule_that_asks_less_falls_below(local: str, national: str, below: bool) -> None:
    ruleset = compiled(rule("local", LOCAL, local), rule("national", NATIONAL, national))
    found = [falls_below(*pair, setting(ruleset)) for pair in local_pairs(ruleset.rules, ruleset)]
    assert [one.answer for one in found if one.answer is not Answer.NO] == [Answer.YES] * below
