"""Quantities: exact conversion, dimension checks, reading and saying, slips of unit."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.terms.quantities.quantity import (
    Inexact,
    Quantity,
    UnitMismatch,
    add,
    compare,
    convert,
    difference,
    from_base,
    is_measurable,
    share,
    times,
)
from guiju.terms.quantities.quantity_text import QuantityFault, Range, parse_decimal, parse_quantity, slip
from guiju.terms.quantities.units import UNIT_SPELLINGS, UNITS, Unit, unit_of
from guiju.terms.tongue import Tongue


def q(text: str) -> Quantity:
    read = parse_quantity(text)
    assert isinstance(read, Quantity), (text, read)
    return read


values = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12)
units = st.sampled_from(sorted(UNITS.values(), key=lambda unit: unit.id))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("500万元", "500", "wan_yuan"),
        ("1.2亿元", "1.2", "yi_yuan"),
        ("20000个", "20000", "count"),
        ("3 km²", "3", "square_kilometre"),
        ("3平方公里", "3", "square_kilometre"),
        ("60%", "60", "percent"),
        ("3㎡", "3", "square_metre"),
        ("６０％", "60", "percent"),
        ("１，２００ 元", "1200", "yuan"),
        ("1,234,567.50元", "1234567.50", "yuan"),
        ("￥100", "100", "yuan"),
        ("¥3.5万", "3.5", "wan_yuan"),
        ("人民币 5 亿元", "5", "yi_yuan"),
        ("10个工作日", "10", "workday"),
        ("10 working days", "10", "workday"),
        ("二十个工作日", "20", "workday"),
        ("五百万元", "5000000", "yuan"),
        ("6个月", "6", "month"),
        ("1 year", "1", "year"),
        ("-3℃", "-3", "celsius"),
        ("100 mbps", "100", "mbps"),
        ("5 ten thousand yuan", "5", "wan_yuan"),
        ("2 TB", "2", "terabyte"),
    ],
)
def test_a_quantity_is_read(text: str, value: str, unit: str) -> None:
    assert q(text) == Quantity(Decimal(value), UNITS[unit])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", QuantityFault.EMPTY),
        ("\u3000", QuantityFault.EMPTY),
        ("约500万元", QuantityFault.NUMBER),
        ("10²个", QuantityFault.UNIT),
        ("①个", QuantityFault.NUMBER),
        ("500", QuantityFault.NO_UNIT),
        ("500万元以上", QuantityFault.UNIT),
        ("1,23元", QuantityFault.UNIT),
        ("1e9元", QuantityFault.UNIT),
        ("￥5个", QuantityFault.UNIT),
        ("9" * 70 + "元", QuantityFault.TOO_LONG),
        ("9" * 100, QuantityFault.TOO_LONG),
        ("一百", QuantityFault.NO_UNIT),
    ],
)
def test_what_is_no_quantity_says_which_part_is_wrong(text: str, fault: QuantityFault) -> None:
    assert parse_quantity(text) is fault


def test_megabit_and_megabyte_are_never_confused_by_letter_case() -> None:
    assert unit_of("MB/s") is UNITS["megabyte_per_second"]
    assert unit_of("Mb/s") is UNITS["mbps"]
    assert unit_of("mb/s") is None


def test_no_spelling_belongs_to_two_units() -> None:
    from guiju.terms.quantities.units import _MADE

    owners: dict[str, set[str]] = {}
    for unit, spellings in _MADE:
        for spelling in spellings:
            owners.setdefault(spelling, set()).add(unit.id)
    assert {spelling: ids for spelling, ids in owners.items() if len(ids) > 1} == {}
    assert len(UNITS) == len(_MADE)


def test_every_spelling_is_found_as_it_stands() -> None:
    assert all(unit_of(spelling) is unit for spelling, unit in UNIT_SPELLINGS.items())
    assert {"工作日", "个工作日", "日", "天", "周", "月", "年", "个月", "working days", "days", "months", "years", "yuan"} <= set(
        UNIT_SPELLINGS
    )


@given(values, units, units)
def test_there_and_back_is_the_same_amount(value: Decimal, one: Unit, other: Unit) -> None:
    start = Quantity(value, one)
    there = convert(start, other)
    if one.dimension is not other.dimension:
        assert there == UnitMismatch(one, other)
    elif isinstance(there, Quantity):
        back = convert(there, one)
        assert isinstance(back, Quantity)
        assert back.amount == start.amount
    else:
        assert isinstance(there, Inexact)


@given(values, units)
def test_an_amount_in_base_units_is_a_finite_decimal_and_comes_back(value: Decimal, unit: Unit) -> None:
    quantity = Quantity(value, unit)
    assert from_base(quantity.base_value, unit) == quantity


@given(values, units, st.sampled_from(Tongue))
def test_a_quantity_said_and_read_again_is_the_quantity(value: Decimal, unit: Unit, tongue: Tongue) -> None:
    said = Quantity(value, unit).say(tongue)
    assert parse_quantity(said) == Quantity(value, unit)


@given(values, values, units)
def test_adding_and_taking_away_again_leaves_the_amount(one: Decimal, other: Decimal, unit: Unit) -> None:
    total = add(Quantity(one, unit), Quantity(other, unit))
    assert isinstance(total, Quantity)
    rest = difference(total, Quantity(other, unit))
    assert isinstance(rest, Quantity)
    assert compare(rest, Quantity(one, unit)) == 0


def test_any_two_units_of_one_dimension_have_a_common_finite_decimal() -> None:
    for one, other in product(UNITS.values(), repeat=2):
        if one.dimension is other.dimension:
            assert isinstance(add(Quantity(Decimal(1), one), Quantity(Decimal(1), other)), Quantity), (one, other)


def test_money_and_a_count_do_not_meet() -> None:
    money, count = q("5万元"), q("5个")
    assert compare(money, count) == UnitMismatch(money.unit, count.unit)
    assert add(money, count) == UnitMismatch(money.unit, count.unit)


def test_a_month_is_not_thirty_days_and_a_workday_is_not_a_day() -> None:
    assert isinstance(compare(q("1个月"), q("30天")), UnitMismatch)
    assert isinstance(compare(q("1个工作日"), q("1天")), UnitMismatch)
    assert compare(q("1年"), q("12个月")) == 0
    assert compare(q("1周"), q("7天")) == 0


def test_exact_ratios_are_exact() -> None:
    assert compare(q("1.2亿元"), q("12000万元")) == 0
    assert compare(q("15亩"), q("1公顷")) == 0
    assert compare(q("1TB"), q("1000GB")) == 0
    assert compare(q("1TiB"), q("1024GiB")) == 0
    assert compare(q("36km/h"), q("10m/s")) == 0
    assert compare(q("3根"), q("3个")) == 0
    assert convert(q("0.1亿元"), UNITS["yuan"]) == Quantity(Decimal(10000000), UNITS["yuan"])


def test_a_conversion_without_a_finite_decimal_says_so_instead_of_rounding() -> None:
    assert convert(q("1亩"), UNITS["square_metre"]) == Inexact(Fraction(2000, 3), UNITS["square_metre"])


def test_forty_digits_are_added_without_rounding() -> None:
    total = add(Quantity(Decimal("1" + "0" * 39), UNITS["yuan"]), Quantity(Decimal("0.01"), UNITS["yuan"]))
    assert total == Quantity(Decimal("1" + "0" * 39 + ".01"), UNITS["yuan"])


def test_shares_are_fractions_and_of_nothing_there_is_none() -> None:
    assert share(q("1个"), q("3个")) == Fraction(1, 3)
    assert share(q("1个"), q("0个")) is None
    assert isinstance(share(q("1个"), q("3元")), UnitMismatch)


def test_a_product_too_large_to_measure_is_not_made() -> None:
    assert times(q("2.5万元"), 4) == Quantity(Decimal(10), UNITS["wan_yuan"])
    assert isinstance(times(Quantity(Decimal("9" * 40), UNITS["yuan"]), Decimal("9" * 40)), Inexact)
    assert not is_measurable(Decimal("1e999999"))
    assert not is_measurable(Decimal("NaN"))
    assert not is_measurable(Decimal("1e-999999"))


def test_a_plain_number_has_no_exponent() -> None:
    assert parse_decimal("１２.50") == Decimal("12.50")
    assert parse_decimal("1e5") is None
    assert parse_decimal("٣") is None


def test_yuan_in_a_column_of_wan_yuan_is_noticed_with_both_readings() -> None:
    plausible = Range(q("10万元"), q("10亿元"))
    assert slip(Decimal(350), UNITS["wan_yuan"], plausible) is None
    found = slip(Decimal(3500000), UNITS["wan_yuan"], plausible)
    assert found is not None
    assert found.declared == q("3500000万元")
    assert found.meant == q("3500000元")
    assert found.mended is not None
    assert compare(found.mended, q("350万元")) == 0


def test_a_number_plausible_in_no_unit_is_no_slip() -> None:
    assert slip(Decimal(0), UNITS["wan_yuan"], Range(q("10万元"), q("10亿元"))) is None
