"""Waivers as they are written: in either tongue, complete, or not at all."""

from datetime import date

import pytest

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.source import Source
from guiju.store.waivers import read_waivers
from guiju.terms.tongue import Tongue
from guiju.validators.findings.waivers import Waiver
from tests.check import compiled

RULES = """\
词表 共享类型 / sharing_type
  1 无条件共享 / unconditional  别名 无条件
  3 不予共享 / refused

对象 数据集 / dataset
  名称 name 文本 主键
  更新周期 cycle 文本
  共享类型 sharing 共享类型

规则 更新周期已写明 / cycle_stated
  依据 个人信息保护法 第二十八条第一款
  对象 数据集
  应当 更新周期 已提供
"""
WHOLE = """\
豁免:
  - 编号: A-1
    规则: PIPL.28.1.cycle_stated
    范围:
      对象: [甲]
      类别: 数据集
      单位: [市水务局]
      字段: {共享类型: 无条件}
    批准岗位: 分管领导
    文号: 武数函〔2026〕3号
    理由: 系统改造期间
    起日: 2026-01-01
    止日: "2026-06-30"
    条件: [每月补报]
    至多: 5
"""


@pytest.fixture(scope="module")
def ruleset():  # type: ignore[no-untyped-def]
    return compiled(RULES)


def read(text: str, ruleset) -> tuple[tuple[Waiver, ...], list[str]]:  # type: ignore[no-untyped-def]
    waivers, found = read_waivers(Source("w.yaml", text), ruleset)
    return waivers, [f"{one.code} {text[one.span.start : one.span.end]}" for one in found if one.level is not Level.HINT]


def test_every_part_is_read(ruleset) -> None:  # type: ignore[no-untyped-def]
    (one,), found = read(WHOLE, ruleset)
    assert found == []
    assert (one.id, one.rules, one.approver, one.number, one.reason) == (
        "A-1",
        ("PIPL.28.1.cycle_stated",),
        "分管领导",
        "武数函〔2026〕3号",
        "系统改造期间",
    )
    assert (one.start, one.end, one.conditions, one.at_most) == (date(2026, 1, 1), date(2026, 6, 30), ("每月补报",), 5)
    assert (one.scope.subjects, one.scope.kinds, one.scope.departments) == (("甲",), ("dataset",), ("市水务局",))
    ((paths, texts),) = one.scope.where
    assert paths == (("sharing",),)
    assert {"无条件共享", "无条件", "unconditional", "1"} <= set(texts)


def test_english_keys_and_a_bare_list_say_the_same(ruleset) -> None:  # type: ignore[no-untyped-def]
    text = "- {id: A, clause: PIPL 28, scope: {subjects: 甲}, approver: office, number: no. 1, reason: r, to: 2026-06-30}\n"
    (one,), found = read(text, ruleset)
    assert found == []
    assert (one.clauses, one.scope.subjects, one.start) == ((("PIPL", "28"),), ("甲",), None)


@pytest.mark.parametrize("part", ["批准岗位", "文号", "理由", "止日", "编号", "规则"])
def test_a_waiver_without_a_needed_part_is_an_error_and_no_waiver(part: str, ruleset) -> None:  # type: ignore[no-untyped-def]
    head, _, tail = WHOLE.partition(f"    {part}: ") if part != "编号" else WHOLE.partition("编号: ")
    rest = tail.split("\n", 1)[1].lstrip(" ") if part == "编号" else tail.split("\n", 1)[1]
    waivers, found = read(head + rest, ruleset)
    assert waivers == ()
    assert [one[:4] for one in found] == ["W002"]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('止日: "2026-06-30"', "止日: 2026-13-01", "W003 2026-13-01"),
        ('止日: "2026-06-30"', "止日: 2025-06-30", "W008 2025-06-30"),
        ("批准岗位: 分管领导", "批准岗位:", "W003 "),
        ("文号: ", "文好: ", "W004 文好"),
        ("类别: 数据集", "类别: 数居", "W003 数居"),
        ("字段: {共享类型", "字段: {共享", "W006 共享"),
        ("至多: 5", "至多: 许多", "W003 许多"),
        ("至多: 5", "至多: -1", "W003 -1"),
        ("条件: [每月补报]", "条件: [[]]", "W003 []"),
    ],
)
def test_what_cannot_be_meant_is_told_at_its_place(old: str, new: str, wanted: str, ruleset) -> None:  # type: ignore[no-untyped-def]
    waivers, found = read(WHOLE.replace(old, new), ruleset)
    assert waivers == ()
    assert wanted in found


def test_a_rule_that_is_not_there_is_a_warning_and_the_waiver_stands(ruleset) -> None:  # type: ignore[no-untyped-def]
    waivers, found = read(WHOLE.replace("cycle_stated", "cycle_state"), ruleset)
    assert len(waivers) == 1
    assert found == ["W005 PIPL.28.1.cycle_state"]


def test_one_id_stands_for_one_waiver(ruleset) -> None:  # type: ignore[no-untyped-def]
    waivers, found = read(WHOLE + WHOLE.removeprefix("豁免:\n"), ruleset)
    assert (waivers, found) == ((), ["W007 A-1"])


@pytest.mark.parametrize("text", ["a: 1", "x", "豁免: 3", "豁免: [1]", "- a\n-", "豁免:\n  规则: x"])
def test_what_is_no_register_of_waivers_gives_none(text: str, ruleset) -> None:  # type: ignore[no-untyped-def]
    waivers, found = read_waivers(Source("w.yaml", text), ruleset)
    assert waivers == ()
    assert any(one.level is Level.ERROR for one in found)
    assert all(one.headline(tongue) for one in found for tongue in Tongue)
