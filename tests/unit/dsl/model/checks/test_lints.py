"""What is allowed and seldom meant is named, and what is meant is left alone."""

import pytest

from guiju.diagnostics.codes.code import Level
from tests.check import check, diagnostics_of
from tests.unit.dsl.model.given import GIVEN, probe

WARN = (Level.ERROR, Level.WARNING)
BARE = GIVEN[: GIVEN.index("参数")]


def warned(requirement: str, *expected: str, force: str = "应当") -> None:
    """The warnings of a rule with this requirement."""
    text = probe(requirement, force=force)
    check(text[: text.index("参数")] + text[text.index("规则 试") :], *expected, levels=WARN)


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        ("1 < 2", "H001 at 1 < 2: 总是成立"),
        ("共享属性 是 无条件共享 且 共享属性 是 不予共享", "H001"),
        ("每个 信息项 满足 (已延期)", "H005 at 每个 信息项 满足 (已延期)"),
    ],
)
def test_a_condition_that_says_nothing_is_named(requirement: str, expected: str) -> None:
    warned(requirement, expected)


def test_a_rule_that_says_something_is_left_alone() -> None:
    warned("共享属性 是 无条件共享 或 共享属性 是 不予共享")
    warned("每个 信息项 满足 (敏感)")


def test_a_negation_under_shall_not_is_named() -> None:
    warned("非 名称 已提供", "H012", force="不得")
    warned("非 名称 已提供", force="应当")


def test_an_applicability_that_never_holds_is_named() -> None:
    text = BARE + "规则 试 / r\n  状态 草案\n  对象 数据集\n  适用 2 < 1\n  应当 名称 已提供\n"
    check(text, "H010 at 2 < 1", levels=WARN)


def test_what_nothing_uses_is_named_only_where_there_are_rules() -> None:
    term = "术语 够大 / big 对象 数据集\n  是指 面积 ≥ 1 km²\n参数 甲 / a = 3 个\n"
    check(BARE + term, levels=WARN)
    check(BARE + term + "规则 试 / r\n  状态 草案\n  对象 数据集\n  应当 名称 已提供\n", "H002", "H003", levels=WARN)


def test_two_rules_that_say_the_same_are_named() -> None:
    twice = "".join(f"规则 {one} / {one}\n  状态 草案\n  对象 数据集\n  应当 名称 已提供\n" for one in ("r", "s"))
    check(BARE + twice, "H006: 规则“s”与“r”说的一样", levels=WARN)


def test_versions_must_not_overlap_and_gaps_are_named() -> None:
    def versions(first: str, second: str) -> str:
        return BARE + "".join(
            f"规则 r / r\n  状态 草案\n  版本 {at}\n  对象 数据集\n  应当 名称 已提供\n  {days}\n"
            for at, days in enumerate((first, second), 1)
        )

    check(versions("自 2020-01-01 至 2021-01-01", "自 2020-12-01"), "N018: 2020-12-01 至 2021-01-01")
    check(versions("自 2020-01-01 至 2021-01-01", "自 2021-01-02"), levels=WARN)
    check(versions("自 2020-01-01 至 2021-01-01", "自 2022-01-01"), "H008: 自 2021-01-02 至 2021-12-31", levels=WARN)


def test_values_of_a_parameter_must_not_overlap() -> None:
    check("参数 甲 / a\n  = 3 个 自 2020-01-01 至 2021-01-01\n  = 4 个 自 2020-06-01\n", "N021")
    check("参数 甲 / a\n  = 3 个 自 2020-01-01\n  = 4 天\n", "U001 at 4 天")
    check("参数 甲 / a\n  = 3 个 自 2021-01-01 至 2020-01-01\n", "T026")


def test_every_diagnostic_speaks_both_tongues() -> None:
    for one in diagnostics_of(probe("名字 > 3 且 总投资 > 3 且 1 < 2")):
        assert all("{" not in one.headline(tongue) for tongue in ("zh", "en"))  # type: ignore[arg-type]


def test_a_requirement_that_the_condition_already_holds_is_named() -> None:
    def ruled(applies: str, requirement: str) -> str:
        return BARE + f"规则 试 / r\n  状态 草案\n  对象 数据集\n  适用 {applies}\n  因为 试写\n  应当 {requirement}\n"

    check(ruled("名称 已提供 且 面积 > 1 km²", "名称 已提供"), "H009: 规则“试”永远不会不符合", levels=WARN)
    check(ruled("名称 已提供", "名称 已提供 且 面积 > 1 km²"), levels=WARN)
    check(ruled("名称 已提供", "名称 已提供").replace("应当", "不得"), levels=WARN)


@pytest.mark.parametrize(
    ("applies", "is_guard"),
    [
        ("名称 已提供", True),
        ("面积 > 1 km² 且 名称 已提供", True),
        ("非 名称 未提供", True),
        ("面积 > 1 km²", False),
        ("名称 未提供", False),
        ("若 名称 已提供 则 面积 > 1 km² 否则 面积 > 2 km²", False),
    ],
)
def test_a_condition_that_spares_whoever_leaves_a_field_out_says_why(applies: str, *, is_guard: bool) -> None:
    text = BARE + f"规则 试 / r\n  状态 草案\n  对象 数据集\n  适用 {applies}\n  应当 长度(名称) ≥ 2\n"
    check(text, *(["H030: 没有提供的，这条规则就不管了：没有写明因为什么"] if is_guard else []), levels=WARN)
    check(text.replace("  应当", "  因为 条文以有无为条件\n  应当"), levels=WARN)


@pytest.mark.parametrize(
    ("applies", "is_impossible"),
    [
        ("基站数 ≥ 5 且 基站数 < 3", True),
        ("基站数 ≥ 5 且 基站数 < 5", True),
        ("基站数 ≥ 5 且 基站数 ≤ 5", False),
        ("总投资 > 500 万元 且 总投资 ≤ 5000000 元", True),
        ("发布日期 晚于 2025-08-01 且 发布日期 早于 2020-01-01", True),
        ("发布日期 晚于 2020-08-01 且 发布日期 早于 2025-01-01", False),
        ("共享属性 属于 {有条件共享, 不予共享} 且 共享属性 是 无条件共享", True),
        ("共享属性 属于 {有条件共享, 不予共享} 且 共享属性 是 不予共享", False),
        ("基站数 ≥ 5 且 面积 < 3 km²", False),
    ],
)
def test_conditions_that_no_value_meets_together_never_apply(applies: str, is_impossible: bool) -> None:
    found = [one.code for one in diagnostics_of(probe("名称 已提供") + f"  适用 {applies}\n")]
    assert ("H010" in found) is is_impossible


@pytest.mark.parametrize(
    ("requirement", "words", "expected"),
    [
        ("更新日期 ≤ 发布日期 + 10 个工作日", "请在十五个工作日内更新。", ["十五个工作日"]),
        ("更新日期 ≤ 发布日期 + 10 个工作日", "请在10个工作日内更新。", []),
        ("更新日期 ≤ 发布日期 + 12 个月", "请在一年内更新。", []),
        ("更新日期 ≤ 发布日期 + 30 天", "2025年8月1日起，三十日内更新。", []),
        ("更新日期 ≤ 发布日期 + 30 天", "二〇二五年起，60日内更新。", ["60日"]),
        ("总投资 ≤ 500万元", "压到 600 万元以下。", ["600 万元"]),
        ("总投资 ≤ 500万元", "压到 5,000,000元以下。", []),
        ("完成率 ≥ 60%", "完成百分之六十。", []),
        ("完成率 ≥ 60%", "完成百分之七十。", ["百分之七十"]),
        ("名称 已提供", "请在三十日内写明。", []),
    ],
)
def test_words_that_name_another_amount_than_the_rule_are_hinted_at(requirement: str, words: str, expected: list[str]) -> None:
    text = probe(requirement).replace("整改 改。", f"整改 {words}")
    assert [text[one.span.start : one.span.end] for one in diagnostics_of(text) if one.code == "H016"] == expected
