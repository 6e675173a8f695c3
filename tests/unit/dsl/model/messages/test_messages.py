"""What an author writes for people is held against his rule: amounts, sides, names; and nothing is said where nothing is wrong."""

import pytest

from guiju.diagnostics.codes.code import Level
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from guiju.terms.tongue import Tongue
from tests.check import diagnostics_of
from tests.unit.dsl.model.given import GIVEN


def _said(rule: str, words: str, keyword: str = "整改") -> list[str]:
    """The codes and the words complained of."""
    text = f"{GIVEN}{rule}\n  {keyword} {words}\n"
    return [f"{one.code} {text[one.span.start : one.span.end]}" for one in diagnostics_of(text) if one.code in ("H016", "H017", "H018")]


def _rule(requirement: str, *, subject: str = "数据集", more: str = "", force: str = "应当") -> str:
    return f"规则 试 / probe\n  状态 草案\n  对象 {subject}\n  {force} {requirement}" + (f"\n  {more}" if more else "")


@pytest.mark.parametrize(
    ("requirement", "words", "expected"),
    [
        ("更新日期 ≤ 发布日期 + 10 个工作日", "请在十日内更新。", ["H016 十日"]),
        ("更新日期 ≤ 发布日期 + 1 个月", "请在三十日内更新。", ["H016 三十日"]),
        ("更新日期 ≤ 发布日期 + 3 年", "期满前六十日内申请续期。", []),
        ("面积 ≥ 2 km²", "面积不小于 3 平方公里。", ["H016 3 平方公里"]),
        ("面积 ≥ 2 km²", "面积不小于 2 平方公里。", []),
        ("基站数 ≥ 6", "基站不少于五个。", ["H016 不少于五个"]),
        ("基站数 ≥ 6", "基站不少于六个。", []),
        ("基站数 ≥ 6", "见第 3 个附件。", []),
        ("发布日期 ≤ 2020-04-30", "请在2020年5月30日前发布。", ["H016 2020年5月30日前"]),
        ("发布日期 ≤ 2020-04-30", "请在 2020 年 4 月 30 日前发布。", []),
        ("发布日期 ≤ 2020-04-30", "2018年3月1日起的都要发布。", ["H016 2018年3月1日起"]),
    ],
)
def test_an_amount_that_the_rule_does_not_hold_is_named(requirement: str, words: str, expected: list[str]) -> None:
    assert _said(_rule(requirement), words) == expected


@pytest.mark.parametrize(
    ("requirement", "words", "expected"),
    [
        ("总投资 ≤ 500 万元", "总投资不少于 500 万元。", ["H017 不少于 500 万元"]),
        ("总投资 ≤ 500 万元", "总投资控制在500万元以内。", []),
        ("总投资 ≤ 500 万元", "总投资不得超过五百万元。", []),
        ("总投资 ≥ 500 万元", "总投资不得超过五百万元。", ["H017 不得超过五百万元"]),
        ("500 万元 ≤ 总投资", "总投资至少500万元。", []),
        ("500 万元 ≤ 总投资", "总投资至多500万元。", ["H017 至多500万元"]),
        ("非 (总投资 > 500 万元)", "总投资至少500万元。", ["H017 至少500万元"]),
        ("基站数 ≥ 6", "基站不超过六个。", ["H017 不超过六个"]),
        ("基站数 ≥ 站数下限", "基站不少于20000个。", []),
        ("基站数 ≥ 站数下限", "基站不超过20000个。", ["H017 不超过20000个"]),
        ("完成率 ≥ 60%", "完成率不超过百分之六十。", ["H017 不超过百分之六十"]),
        ("更新日期 ≤ 发布日期 + 10 个工作日", "发布后至少十个工作日再更新。", ["H017 至少十个工作日"]),
        ("更新日期 ≤ 发布日期 + 10 个工作日", "十个工作日内更新。", []),
        ("更新日期 ≥ 发布日期 + 30 天", "30日内更新。", ["H017 30日内"]),
        ("更新日期 - 发布日期 ≤ 30 天", "30日内更新。", []),
        ("发布日期 ≤ 更新日期 - 10 天", "发布至少早10天。", []),
        ("至少 3 个 信息项 满足 (名称 已提供)", "至多 3 个信息项有名称。", ["H017 至多 3 个"]),
        ("至多 3 个 信息项 满足 (名称 未提供)", "至多 3 个信息项没有名称。", []),
        ("数量(信息项) ≥ 3", "不少于 3 项。", []),
        ("发布日期 ≤ 2020-04-30", "2020年4月30日后发布。", ["H017 2020年4月30日后"]),
        ("发布日期 ≥ 2020-04-30", "不早于2020-04-30。", []),
        # The first number of a part of a whole is no bound.
        ("基站数 ≥ 6 且 完成率 ≥ 基站数 × 2 ÷ 3 ÷ 100 × 100%", "完成率不少于三分之二。", []),
        ("基站数 × 2 ÷ 3 ≤ 6", "不少于2/3，不超过十二分之六。", []),
        # What names a condition is no demand.
        ("总投资 < 500 万元 或 名称 已提供", "总投资不少于500万元的，写明名称。", []),
        ("总投资 = 500 万元", "总投资不少于500万元。", []),
    ],
)
def test_a_side_that_is_not_the_rules_is_named(requirement: str, words: str, expected: list[str]) -> None:
    assert _said(_rule(requirement), words) == expected


@pytest.mark.parametrize(
    ("requirement", "words", "expected"),
    [
        ("total_cost ≤ 500 wan yuan", "Keep it at 500 wan yuan at most.", []),
        ("sites ≥ 6", "Plan no more than 6 sites.", ["H017 no more than 6"]),
        ("sites ≥ 6", "Plan at least 6 sites.", []),
        ("updated ≤ published + 10 working days", "Wait at least 10 working days.", ["H017 at least 10 working days"]),
        ("updated ≤ published + 10 working days", "Update it within 10 days.", ["H016 10 days"]),
        ("published ≤ 2020-04-30", "Publish it after 2020-04-30.", ["H017 after 2020-04-30"]),
        ("published ≤ 2020-04-30", "Publish it not later than 2020-04-30.", []),
        ("keywords is given", "State `areas`.", []),
        ("keywords is given", "State the `keyword`.", ["H018 keyword"]),
        ("keywords is given", "State the `area`.", ["H018 area"]),
        ("sharing_type is conditional", "Set it to `refused`.", ["H018 refused"]),
        ("sharing_type is conditional", "Set it to `conditional`.", []),
    ],
)
def test_english_words_are_held_against_the_rule_too(requirement: str, words: str, expected: list[str]) -> None:
    assert _said(_rule(requirement), words, "fix") == expected


def test_where_a_rule_forbids_the_side_turns() -> None:
    assert _said(_rule("总投资 > 500 万元", force="不得"), "总投资不超过500万元。") == []
    assert _said(_rule("总投资 > 500 万元", force="不得"), "总投资不少于500万元。") == ["H017 不少于500万元"]


def test_an_amount_of_a_condition_is_on_no_side() -> None:
    rule = _rule("名称 已提供", more="适用 总投资 ≥ 500 万元")
    assert _said(rule, "总投资不超过500万元时不必写。") == []
    assert _said(rule, "总投资不少于500万元，写明名称。") == []


def test_an_amount_of_a_term_or_a_replacement_is_the_rules() -> None:
    term = "术语 大 / large 对象 数据集\n  是指 总投资 ≥ 500 万元\n"
    assert _said(term + _rule("大"), "总投资不超过500万元。") == ["H017 不超过500万元"]
    replaced = _rule("基站数 ≥ 6", more="除外 小的 当 名称 已提供 则 基站数 ≥ 2")
    assert _said(replaced, "基站不少于2个。") == []
    assert _said(replaced, "基站不超过2个。") == ["H017 不超过2个"]


@pytest.mark.parametrize(
    ("requirement", "words", "expected"),
    [
        ("总投资 已提供", "写明总投资。", []),
        ("总投资 已提供", "写明更新日期。", ["H018 更新日期"]),
        ("总投资 已提供", "补充“面积”。", ["H018 面积"]),
        ("总投资 已提供", "补充面积。", []),
        ("总投资 已提供", "补充“总投姿”。", ["H018 总投姿"]),
        ("总投资 已提供", "写明“总投资”和“面积”。", ["H018 面积"]),
        ("总投资 已提供", "写明可以共享给哪些部门。", []),
        ("每个 信息项 满足 (敏感 已提供)", "填写“敏感”。", []),
        ("每个 信息项 满足 (敏感 已提供)", "填写“类别”。", ["H018 类别"]),
        ("共享属性 是 有条件共享", "改为“无条件共享”。", ["H018 无条件共享"]),
        ("共享属性 是 有条件共享", "把“无条件共享”改为“有条件共享”。", []),
        ("共享属性 是 有条件共享", "改为有条件共享或者不予共享。", []),
        ("共享属性 属于 {有条件共享, 不予共享}", "改为“有条件共享”或者“无条件共享”。", ["H018 无条件共享"]),
        ("共享属性 是 有条件共享 或 名称 已提供", "改为“无条件共享”。", []),
        ("共享属性 不是 不予共享", "改为不予共享。", ["H018 不予共享"]),
        ("每个 信息项 满足 (类别 是 有条件共享)", "类别改为不予共享。", ["H018 不予共享"]),
        ("已延期 是 是", "改为“否”。", ["H018 否"]),
        ("已延期 是 是", "改为“是”。", []),
        ("名称 已提供", "本报送记录应当写明名称。", ["H018 本报送记录应当写明名称"]),
        ("名称 已提供", "本数据集应当写明名称。", []),
        ("名称 已提供", "本单位应当写明名称。", []),
    ],
)
def test_a_name_that_is_not_the_rules_is_named(requirement: str, words: str, expected: list[str]) -> None:
    assert _said(_rule(requirement), words) == expected


def test_a_value_that_takes_the_subject_out_of_the_rule_is_good_advice() -> None:
    rule = _rule("名称 已提供 且 共享属性 是 有条件共享", more="适用 共享属性 不是 不予共享")
    assert _said(rule, "改为不予共享。") == []
    assert _said(rule, "改为无条件共享。") == ["H018 无条件共享"]


def test_words_over_several_lines_are_held_against_the_rule_too() -> None:
    text = f"{GIVEN}{_rule('总投资 ≤ 500 万元')}\n  整改 总投资\n    不少于 500 万元。\n"
    assert [one.code for one in diagnostics_of(text) if one.code == "H017"] == ["H017"]


def test_no_shipped_rule_is_contradicted_by_its_own_words() -> None:
    found = read_rules([shipped_rules()], Cache(None)).diagnostics
    said = [one.headline(Tongue.ZH) for one in found if one.code in ("H016", "H017", "H018")]
    assert not said
    assert not [one for one in found if one.level is Level.ERROR]
