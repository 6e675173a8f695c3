"""Names find what they mean, in either tongue, and one that means nothing is said to, once, with its neighbour."""

import pytest

from tests.check import check, requirement_of
from tests.unit.dsl.model.given import GIVEN, accept, probe, refuse

GUILTY = [
    ("名字 已提供", "N001 at 名字"),
    ("本数据集.名字 已提供", "N003 at 名字"),
    ("共享属性 是 有条件", "N004 at 有条件"),
    ("共享属性 是 9", "N004 at 9"),
    ('共享属性 = "九"', 'N004 at "九"'),
    ("共享属性 不属于 {无条件共享, 不与共享}", "N004 at 不与共享"),
    ("长渡(名称) > 3", "N007 at 长渡"),
    ("提供方.电话 符合格式 手机好", "N017 at 手机好"),
    ("提供单位.名称 已提供", "T017 at 名称"),
    ("每个 信息巷 满足 (敏感)", "N001 at 信息巷"),
]


@pytest.mark.parametrize(("requirement", "expected"), GUILTY)
def test_a_name_that_means_nothing_is_said_once_at_its_smallest_place(requirement: str, expected: str) -> None:
    refuse(requirement, expected)


def test_two_unknown_names_are_two_messages_and_the_known_one_is_none() -> None:
    refuse("名称 已提供 且 名字 已提供 且 年龄 > 3", "N001 at 名字", "N001 at 年龄")


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("名称 已提供", "name is given"),
        ("共享属性 是 有条件共享", "sharing_type is conditional"),
        ("共享属性 是 有条件共享", 'sharing_type is "2"'),
        ("每个 信息项 满足 (敏感 是 否)", "every item satisfies (sensitive is no)"),
        ("合计(信息项.金额) ≤ 总投资", "sum(items.amount) <= total_cost"),
        ("更新日期 不晚于 发布日期 + 10 个工作日", "updated not after published + 10 working days"),
        ("长度(名称) ≥ 3", "length(name) >= 3"),
    ],
)
def test_both_tongues_mean_the_same(zh: str, en: str) -> None:
    assert requirement_of(probe(zh), "probe") == requirement_of(probe(en), "probe")


def test_the_innermost_binder_is_looked_up_first() -> None:
    assert accept("每个 信息项 满足 (名称 已提供)") == "(every $1 of $0.items (is value|unreadable $1.name))"
    assert accept("每个 信息项 满足 (本数据集.名称 已提供)") == "(every $1 of $0.items (is value|unreadable $0.name))"


def test_the_owner_of_an_element_is_in_scope() -> None:
    assert accept("名称 不是 本数据集.名称", "信息项 于 数据集") == "(≠ $0.name $1.name)"
    assert accept("总投资 已提供", "信息项 于 数据集") == "(is value|unreadable $1.total_cost)"


def test_an_element_of_a_list_of_texts_is_this_value() -> None:
    assert accept("每个 关键词 满足 (长度(本值) ≤ 10)") == "(every $1 of $0.keywords (≤ (length $1) 10))"
    assert accept("长度(本对象) ≤ 10", "关键词 于 数据集") == "(≤ (length $0) 10)"


def test_in_a_group_only_the_keys_can_be_read() -> None:
    assert accept("提供单位 已提供", "数据集 按 提供单位") == "(is value|unreadable $0.unit)"
    refuse("名称 已提供", "N016 at 名称", subject="数据集 按 提供单位")


def test_a_subject_of_no_shape_offers_its_neighbour() -> None:
    refuse("名称 已提供", "N006 at 数据级: 数据级", subject="数据级")
    refuse("名称 已提供", "T028 at 信息想", subject="信息想 于 数据集")


def test_a_thing_declared_twice_names_both_places() -> None:
    check(f"{GIVEN}对象 数据集 / other\n  名 n 文本\n", "N002 at 数据集 / other: 声明了两次")
    check("对象 甲 / a\n  名 n 文本\n  名 m 文本\n", "N002 at 名: 字段")
    check("词表 甲 / a\n  1 一 / one\n  1 二 / two\n", "N002 at 1: 代码")


def test_terms_that_define_each_other_are_one_mistake() -> None:
    circle = "术语 甲 / a 对象 数据集\n  是指 乙\n术语 乙 / b 对象 数据集\n  是指 甲\n"
    check(GIVEN + circle, "N010 at 术语: 用自己来定义自己")


def test_a_term_speaks_of_its_own_shape_only() -> None:
    term = "术语 够大 / big 对象 数据集\n  是指 面积 ≥ 1 km²\n"
    check(GIVEN + term + "规则 试 / r\n  状态 草案\n  对象 单位\n  应当 够大\n", "N008 at 够大")
    text = GIVEN + term + "规则 试 / r\n  状态 草案\n  对象 信息项 于 数据集\n  应当 够大\n"
    assert requirement_of(text, "r") == requirement_of(probe("面积 ≥ 1 km²", "信息项 于 数据集"), "probe")


def test_a_shape_that_holds_itself_is_refused() -> None:
    check("对象 甲 / a\n  名 n 文本\n  子 kids 若干 甲\n", "N011")


def test_rules_may_not_yield_in_a_circle() -> None:
    rules = "".join(
        f"规则 {one} / {one}\n  状态 草案\n  对象 数据集\n  受 {other} 限制\n  应当 名称 已提供\n"
        for one, other in (("r", "s"), ("s", "r"))
    )
    check(GIVEN + rules, "N019 at r")
    check(GIVEN + rules.replace("受 r 限制", "受 q 限制"), "N012 at q")
