"""What clauses say in another order or in running words is told once, with how a rule says it; mended, it is silent."""

import pytest

from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.dsl.syntax.from_text import parse
from guiju.dsl.syntax.spoken_amounts import amount_meant
from tests.check import diagnostics_of

SHAPE = "对象 合同 / contract\n  合同金额 total 金额\n  预付款 advance 金额\n  编号 number 文本\n  占比 ratio 百分比\n  人数 people 整数\n"
RULE = SHAPE + "规则 试 / probe\n  状态 草案\n  对象 合同\n"


def _mended(text: str, found: tuple[Diagnostic, ...]) -> str:
    (one,) = found
    assert one.fix is not None
    for edit in sorted(one.fix.edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("应当 预付款 ≤ 合同金额的30%", "S020"),
        ("应当 预付款 ≤ 合同金额 的 30%", "S020"),
        ("应当 3 倍 预付款 ≤ 合同金额", "S020"),
        ("应当 合同金额 ≥ ￥500,000", "S020"),
        ("应当 合同金额 ≥ ¥50万", "S020"),
        ("应当 合同金额 介于 10万元 和 50万元", "S020"),
        ("应当 合同金额 在 10 万元 至 50 万元 之间", "S020"),
        ("应当 有 编号", "S020"),
        ("应当 编号 不得为空", "S020"),
        ('应当 编号 以 "A" 开头', "S020"),
        ("应当 编号 已提供 和 人数 已提供", "S020"),
        ("应当 编号 已提供，人数 已提供", "S020"),
        ("应当 人数 至少 3", "S020"),
        ("应当 人数 ≥ 3 人以上", "S013"),
        ("应当 合同金额 ≥ 50 萬元", "S013"),
        ("应当 合同金额 ≥ 50 万", "S013"),
        ("① 应当 编号 已提供", "S044"),
        ("第二款 应当 编号 已提供", "S044"),
        ("严禁 编号 未提供", "S021"),
        ("应当不 编号 未提供", "S021"),
    ],
)
def test_a_phrasing_of_clauses_is_told_once_and_mended(written: str, code: str) -> None:
    text = f"{RULE}  {written}\n"
    found = parse(Source("a.gj", text))[1]
    assert [one.code for one in found] == [code]
    assert not parse(Source("a.gj", _mended(text, tuple(found))))[1]


@pytest.mark.parametrize(
    ("text", "money", "meant"),
    [("三成", False, "30%"), ("半年", False, "6 个月"), ("50w", True, "50万元"), ("50w", False, None), ("百分之六十以上", False, "60%")],
)
def test_amounts_in_running_words(text: str, money: bool, meant: str | None) -> None:
    assert amount_meant(text, money=money) == meant


@pytest.mark.parametrize(("written", "meant"), [("0.6", "60%"), ("60", "60%"), ("1", "100%"), ("0.05", "5%")])
def test_a_number_beside_a_share_is_mended_to_the_share_that_is_meant(written: str, meant: str) -> None:
    (found,) = (one for one in diagnostics_of(f"{RULE}  应当 占比 ≥ {written}\n") if one.code == "U006")
    assert found.fix is not None and found.fix.edits[0].text == meant
