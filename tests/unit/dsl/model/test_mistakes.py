"""What an author's mistake is told: one message each, in the tongue of the reader, with the way to mend it."""

import re

import pytest

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.terms.tongue import Tongue
from tests.check import diagnostics_of
from tests.unit.dsl.model.given import probe

TEN = """\
词表 密级 / secrecy_level
  1  公开 / open
  2  内部 / internal

对象 平台 / platform
  名称       name        文本  主键
  总投资     cost        金额
  级别       level       密级
  上线日期   live_on     日期
  验收日期   accepted    日期
  杆点       poles       若干 杆位

对象 杆位 / pole_spot
  编号       code        文本
  高度       height      数量 m

规则 一号 / r1
  依据 政务数据共享条例 第十五条
  对象 平台
  应当 总投资 ≥ 500

规则 二号 / r2
  依据 政务数据共享条列 第十五条
  对象 平台
  应当 级别 是 内部

规则 三号 / r3
  依据 政务数据共享条例 第十五条
  对象 平台
  应当 上线日其 早于 验收日期

规则 四号 / r4
  依据 政务数据共享条例 第十五条
  对象 平抬
  应当 名称 已提供

规则 五号 / r5
  依据 政务数据共享条例 第十五条
  对象 平台
  应当 每个 杆点 满足 (高度 ≥ 3 km 且 高度 < 5 kg)

规则 六号 / r6
  依据 政务数据共享条例 第十五条
  对象 平台
  应当 验收日期 ≤ 上线日期 + 10

规则 七号 / r7
  依据 政务数据共享条例 第十五条
  对象 平台
  应当 名称 匹配 "\\d+"

规则 八号 / r8
  对象 平台
  应当 名称 已提供

规则 九号 / r9
  依据 政务数据共享条例 第十五条
  对象 平台
  应当 若 总投资 > 500万元 则 级别 是 内部

规则 十号 / r10
  依据 政务数据共享条例 第十五条
  对象 平台
  严重程度 致命
  应当 名称 已提供
"""


def _errors(text: str) -> list[Diagnostic]:
    return [one for one in diagnostics_of(text) if one.level is Level.ERROR]


def test_ten_mistakes_in_one_file_give_ten_messages() -> None:
    codes = [one.code for one in _errors(TEN)]
    assert codes == ["U002", "C001", "N001", "N006", "U001", "U002", "S040", "C007", "S015", "N020"]


def test_each_of_the_ten_is_helped_in_words_of_its_tongue() -> None:
    helps = {one.code: one.help for one in _errors(TEN) if one.help is not None}
    assert set(helps) >= {"U002", "C001", "N001", "N006", "S040", "C007", "S015", "N020"}
    assert not re.search(r"[A-Za-z]{3,}", helps["N020"].zh)
    assert not re.search(r"[\u4e00-\u9fff]", helps["N020"].en + helps["U002"].en)


def _help(requirement: str, code: str) -> str:
    (one,) = [one for one in diagnostics_of(probe(requirement)) if one.code == code]
    return one.help.say(Tongue.ZH) if one.help is not None else ""


def test_a_code_without_its_field_is_told_how_to_name_several() -> None:
    assert "属于 {…, 有条件共享}" in _help("共享属性 是 不予共享 或 有条件共享", "N001")


def test_a_text_without_its_quotation_marks_is_told_so() -> None:
    assert _help("名称 包含 水务", "N001") == "文本要写在引号里：“水务”"


@pytest.mark.parametrize(("written", "said"), [("\\\\d+", "[0-9]"), ("\\\\w", "[A-Za-z0-9_]"), ("\\\\q", "反斜杠")])
def test_an_escape_that_there_is_not_is_told_what_to_write(written: str, said: str) -> None:
    assert said in _help(f'名称 匹配 "{written.replace(chr(92) * 2, chr(92))}"', "S040")


def test_until_is_told_its_word() -> None:
    (one,) = [one for one in diagnostics_of(probe("名称 已提供") + "  自 2025-08-01 到 2026-08-01\n") if one.code == "S005"]
    assert one.help is not None and "至" in one.help.zh


def test_names_of_one_tongue_are_hinted_at_once_a_file() -> None:
    text = "shape thing\n  name text\n" + "".join(f"rule r{n}\n  status draft\n  subject thing\n  shall name is given\n" for n in range(9))
    (one,) = [one for one in diagnostics_of(text) if one.code == "H011"]
    assert one.headline(Tongue.EN) == "one name only, which a translation keeps: `thing`, `r0`, `r1`, `r2`, `r3` and 5 more"
    assert "等 10 个只有一个名称" in one.headline(Tongue.ZH)


def test_a_field_with_an_english_name_alone_has_its_type() -> None:
    text = """shape part
  size quantity m
  code text

shape thing
  parts many part
  owner reference part

rule probe
  status draft
  subject thing
  shall every parts satisfies (size > 1 m and code is given)
"""
    assert not [one for one in _errors(text) if one.code != "T018"]


def test_a_citation_is_missed_beside_another_mistake() -> None:
    text = "对象 物 / thing\n  甲 a 数\n规则 试 / probe\n  对象 物\n  应当 甲 > 1 并且 甲 < 3\n"
    assert [one.code for one in _errors(text)] == ["C007", "S020"]


def test_a_part_that_was_not_understood_is_not_missed() -> None:
    text = "对象 物 / thing\n  甲 a 数\n规则 试 / probe\n  对象 物\n  依剧 政务数据共享条例 第十五条\n  应当 甲 > 1\n"
    assert [one.code for one in _errors(text)] == ["S002"]
