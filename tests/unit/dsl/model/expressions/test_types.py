"""Every expression is of the type that its place asks for, or a message says what was expected and why."""

import pytest

from guiju.terms.tongue import Tongue
from tests.check import check, diagnostics_of
from tests.unit.dsl.model.given import GIVEN, accept, probe, refuse

GUILTY = [
    ("名称", "T002 at 名称: 这里要一个判断"),
    ("总投资 > 名称", "T001 at 名称: 金额不能与文本比较"),
    ('更新日期 ≤ "2020-04-30"', 'T005 at "2020-04-30": 这里要日期'),
    ("名称 是 检查日", "T001 at 检查日"),
    ("共享属性 < 有条件共享", "T004 at <: 没有大小之分"),
    ("基站数 是 3", "T010 at 是"),
    ('关键词 包含 "x"', "T003 at 关键词"),
    ("每个 名称 满足 (已延期)", "T007 at 名称"),
    ("合计(信息项) ≤ 总投资", "T016 at 信息项"),
    ("合计(信息项.名称) ≤ 总投资", "T005 at 信息项.名称"),
    ("长度(总投资) > 3", "T005 at 总投资: 这里要文本"),
    ("长度() > 3", "T006 at 长度"),
    ("总投资 / 0元 > 1", "T027 at 0元"),
    ("总投资 * 总投资 > 3", "T008 at 总投资"),
    ('若 已延期 则 1 否则 "a"', 'T021 at "a"'),
    ("至少 2.5 个 信息项 满足 (敏感)", "T015 at 2.5"),
    ("(名称 已提供) 已提供", "T011 at 名称 已提供"),
    ('名称 匹配 "\\\\d+"', "T013"),
    ('总投资 匹配 "[0-9]+"', "T005 at 总投资"),
    ("数量(名称 已提供) ≥ 1", "T023 at 名称 已提供"),
    ("存在 报送记录 满足 (报送日期 ≤ 2020-04-30)", "T014 at 报送记录"),
    ("数量(报送记录) ≥ 1", "T014 at 报送记录"),
    ("每个 报送记录 满足 (数据集名称 = 名称 且 报送日期 ≤ 2020-04-30)", "T024 at 报送记录"),
]


@pytest.mark.parametrize(("requirement", "expected"), GUILTY)
def test_a_wrong_type_is_one_message_at_the_guilty_side(requirement: str, expected: str) -> None:
    refuse(requirement, expected)


def test_the_message_carries_the_reason_of_the_expectation() -> None:
    text = probe("总投资 > 名称")
    (found,) = [one for one in diagnostics_of(text) if one.code == "T001"]
    (label,) = found.labels
    assert text[label.span.start : label.span.end] == "总投资"
    assert label.text.say(Tongue.ZH) == "这里是金额"
    assert label.text.say(Tongue.EN) == "this is an amount of money"


MEANT = [
    ("基站数 ≥ 20000 个", "(≥ $0.sites 20000)"),
    ("基站数 ≥ 站数下限", "(≥ $0.sites param:min_sites)"),
    ("已延期 是 否", "(= $0.extended False)"),
    ("已延期", "(truthy $0.extended)"),
    ("有条件共享 = 共享属性", '(= "2" $0.sharing_type)'),
    ("共享属性 属于 {无条件共享, 不予共享}", '(in {"1", "3"} $0.sharing_type)'),
    ('名称 不匹配 "[a-z]+"', "(not (matches /[a-z]+/ $0.name))"),
    ("提供方.电话 符合格式 手机号", "(has format mobile $0.provider.phone)"),
    ("数量(关键词) ≥ 3 个", "(≥ (count $1 of $0.keywords [item] (if (is value|unreadable $1) 1 $1)) 3)"),
    ("占比(信息项 其中 敏感) ≤ 60%", "(≤ (share $1 of $0.items [where] (truthy $1.sensitive)) 0.6)"),
    (
        "合计(信息项.金额 其中 敏感 忽略未提供) ≤ 总投资",
        "(≤ (sum $1 of $0.items [among,where,item] (and (is value|unreadable $1.amount) (is value|unreadable $1.sensitive)) (truthy $1.sensitive) $1.amount) $0.total_cost)",
    ),
    ("每个 信息项 满足 (名称 唯一)", "(every $1 of $0.items (unique within $0.items $1.name))"),
    ("名称 唯一", "(unique $0.name)"),
    ("总投资 * 60% ≤ 5万元 + 5万元", "(≤ (* $0.total_cost 0.6) 100000)"),
    ("提交日 ≥ 检查日", "(≥ submission_day() as_of_day)"),
]


@pytest.mark.parametrize(("requirement", "meant"), MEANT)
def test_an_expression_becomes_its_node(requirement: str, meant: str) -> None:
    assert accept(requirement) == meant


def test_documents_are_joined_by_the_equation_and_the_body_no_longer_holds_it() -> None:
    joined = "(some $1 of all report joined on about $0.name (≤ $1.day 2020-04-30))"
    assert accept("存在 报送记录 满足 (数据集名称 = 名称 且 报送日期 ≤ 2020-04-30)") == joined
    every = joined.replace("some", "every")
    assert accept("每个 报送记录 满足 (若 数据集名称 = 名称 则 报送日期 ≤ 2020-04-30 否则 真)") == every
    assert accept("数量(报送记录 其中 名称 = 数据集名称) ≥ 1") == "(≥ (count $1 of all report joined on about $0.name) 1)"


def test_a_subject_beside_a_reference_stands_for_its_key() -> None:
    assert accept("存在 报送记录 满足 (报送单位 = 本单位)", "单位") == "(some $1 of all report joined on by_unit $0.name (truthy True))"


def test_a_group_rule_counts_its_members() -> None:
    subject = "数据集 按 提供单位"
    assert (
        accept("占比(共享属性 不是 不予共享) ≥ 60%", subject) == '(≥ (share $1 of members (dataset) [where] (≠ $1.sharing_type "3")) 0.6)'
    )
    assert accept("合计(总投资) ≤ 500万元", subject) == "(≤ (sum $1 of members (dataset) [item] $1.total_cost) 5000000)"
    assert accept("数量() ≥ 2", subject) == "(≥ (count $1 of members (dataset)) 2)"


def test_a_row_of_a_table_has_a_cell_for_each_input() -> None:
    table = '决策表 表 / tab\n  条件 频率 文本\n  条件 属性 共享属性\n  结果 天数 数量 天\n  "1" | 无条件共享 → 1 天\n'
    check(GIVEN + table)
    check(GIVEN + table + '  "1" → 2 天\n', 'T022 at "1" → 2 天')
    check(GIVEN + table + '  "2" | 无 → 2 个\n', "N004 at 无", "U001 at 2 个")


def test_a_rule_without_a_requirement_says_so_unless_its_line_could_not_be_read() -> None:
    check(GIVEN + "规则 试 / r\n  状态 草案\n  对象 数据集\n", "T019 at 规则")
    found = diagnostics_of(GIVEN + "规则 试 / r\n  状态 草案\n  对象 数据集\n  应档 名称 已提供\n")
    assert [one.code[0] for one in found if one.level.value == "error"] == ["S"]


def test_an_expression_nested_without_end_is_refused_and_not_a_crash() -> None:
    found = diagnostics_of(probe("非 (" * 3000 + "已延期" + ")" * 3000))
    assert [one.code for one in found if one.level.value == "error"] == ["S033"]
