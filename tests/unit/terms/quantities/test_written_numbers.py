"""Amounts as contracts and banks write them are read whole or not at all; held against a library that knows nothing of ours."""

import os
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.terms.fact import Known
from guiju.terms.quantities.quantity import Quantity
from guiju.terms.quantities.quantity_text import parse_money, parse_quantity
from guiju.terms.quantities.units import Dimension
from guiju.terms.quantities.written_numbers import read_number
from guiju.terms.reading.reading import read_value
from guiju.terms.shape import Reading, Vocabulary
from guiju.terms.tongue import Both
from guiju.terms.types import MoneyT

SIZE = int(os.environ.get("GUIJU_SIZE", "1000"))
USUAL = Reading(id="usual", name=Both("常", "usual"), fold_width=True, money_unit="元")


def _yuan(text: str) -> Decimal | None:
    found = parse_money(text)
    return Decimal(found.amount.numerator) / found.amount.denominator if isinstance(found, Quantity) else None


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("十万零一千元", "101000"),
        ("二十万零五千元", "205000"),
        ("人民币伍万元整", "50000"),
        ("人民币￥3,000,000.00元", "3000000"),
        ("¥人民币伍万元整", "50000"),
        ("玖仟陆佰陆拾伍圆壹角捌分", "9665.18"),
        ("一亿零五千万元", "150000000"),
        ("200.05元整", "200.05"),
        ("1280 万元人民币", "12800000"),
        ("1280万 RMB", "12800000"),
        ("两万三", "23000"),
        ("人民币（大写）：伍万元整（小写：￥50,000.00）", "50000"),
        ("伍万元整（¥50,000.00）", "50000"),
        ("壹佰元零伍分", "100.05"),
        ("1亿2000万元", "120000000"),
        ("一百二十三点五万元", "1235000"),
        ("叁拾萬圓整", "300000"),
        ("50000元人民币", "50000"),
        ("五百万元", "5000000"),
        ("3百万元", "3000000"),
        ("负五百元", None),
        ("-五百元", "-500"),
    ],
)
def test_what_contracts_write_is_read_whole(text: str, yuan: str | None) -> None:
    assert _yuan(text) == (None if yuan is None else Decimal(yuan))


@pytest.mark.parametrize(
    "text",
    [
        "一亿五千元",
        "两万三元",
        "伍万元整（¥5,000.00）",
        "三十来万元",
        "1,234,5亿元",
        "1.5万2千元",
        "3万5元",
        "二百二千元",
        "十万零元",
        "五千千元",
    ],
)
def test_what_may_mean_two_amounts_is_none(text: str) -> None:
    assert _yuan(text) is None


def test_a_thousand_before_a_unit_that_is_no_money_may_be_the_units() -> None:
    assert isinstance(found := parse_quantity("五百千瓦"), Quantity) and found == parse_quantity("500千瓦")


@given(st.integers(1, 16).flatmap(lambda digits: st.integers(0, 10**digits - 1)), st.sampled_from(["low", "up"]))
@settings(max_examples=SIZE)
def test_every_numeral_is_read_as_it_was_meant(number: int, form: str) -> None:
    found = read_number(cn2an.an2cn(number, form))
    assert found is not None and found.value == number and not found.short


@given(st.decimals(min_value=Decimal("0.01"), max_value=10**15, places=2), st.sampled_from(["", "人民币", "人民币（大写）"]))
@settings(max_examples=SIZE)
def test_every_bank_amount_is_read_to_the_cent(amount: Decimal, prefix: str) -> None:
    written = cn2an.an2cn(str(amount), "rmb")
    if "元" in written:
        assert _yuan(prefix + written) == amount


@given(st.text("零一二两三五九十百千万亿点", min_size=1, max_size=9), st.sampled_from(["元", "元整", "个", "千瓦", ""]))
@settings(max_examples=SIZE)
def test_no_beginning_of_a_numeral_is_a_number_with_a_unit(run: str, unit: str) -> None:
    """Whatever is read of 汉字 before a unit is what the other library reads of the whole run, where it reads it too."""
    found = parse_money(run + unit)
    if not isinstance(found, Quantity) or found.dimension not in (Dimension.MONEY, Dimension.COUNT):
        return
    try:
        theirs = cn2an.cn2an(run, "smart")
    except (ValueError, KeyError):
        return
    if cn2an.an2cn(int(theirs), "low") != run:
        return  # theirs takes parts that it does not understand for nothing
    assert found.amount == int(theirs)


@given(st.integers(1, 10**12), st.sampled_from(["low", "up"]), st.sampled_from(["元", "元整", "圆", "万元"]))
@settings(max_examples=SIZE // 4)
def test_what_a_correction_writes_is_the_amount_that_was_read(number: int, form: str, unit: str) -> None:
    raw = cn2an.an2cn(number, form) + unit
    found = read_value(raw, MoneyT(), Vocabulary(shapes=(), codes=(), readings=()), USUAL)
    if isinstance(found, Known) and found.canonical is not None:
        again = read_value(found.canonical, MoneyT(), Vocabulary(shapes=(), codes=(), readings=()), USUAL)
        assert isinstance(again, Known) and again.value == found.value
