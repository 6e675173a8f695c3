"""Amounts as a clause writes them: 500 万元, 1.2 亿元, 2 km²."""

from decimal import Decimal
from fractions import Fraction

from guiju.terms.quantities.quantity import Quantity, exact_decimal, is_measurable, say_decimal
from guiju.terms.quantities.units import UNITS, Dimension, Unit, unit_of
from guiju.terms.tongue import Tongue

__all__ = ["say_amount", "say_plain"]


def say_plain(number: Fraction, tongue: Tongue) -> str:
    """The number in digits, rounded and said to be where it has no end."""
    decimal = exact_decimal(number)
    if decimal is not None:
        return say_decimal(decimal)
    about = "约 " if tongue is Tongue.ZH else "about "
    return about + say_decimal(Decimal(round(number * 10000)) / 10000)


def say_amount(number: Fraction, dimension: Dimension, tongue: Tongue, unit: str | None) -> str:
    """The amount of base units in that unit, or in the greatest usual one in which it has few decimals."""
    if dimension is Dimension.MONEY and tongue is Tongue.EN:
        return _money(number)
    declared = unit_of(unit) if unit else None
    chosen = declared if declared is not None and declared.dimension is dimension else _fitting(number, dimension)
    value = exact_decimal(number / chosen.factor)
    if value is None or not is_measurable(value):
        return f"{say_plain(number / chosen.factor, tongue)} {chosen.say(tongue)}"
    said = Quantity(value, chosen).say(tongue)
    digits = say_decimal(value)
    return said if not said.startswith(digits) else f"{digits} {said[len(digits) :].strip()}"


_THOUSANDS = ((10**9, " billion"), (10**6, " million"))


def _money(yuan: Fraction) -> str:
    """CNY 11.8 million; what is not round in millions is written out: CNY 12,345.67."""
    for factor, word in _THOUSANDS:
        if abs(yuan) >= factor and (yuan / factor * 10_000).denominator == 1:
            return f"CNY {say_decimal(Decimal((yuan / factor * 10_000).numerator) / 10_000)}{word}"
    exact = exact_decimal(yuan)
    return f"CNY {say_plain(yuan, Tongue.EN)}" if exact is None else f"CNY {exact:,f}"


_FITTING = {
    Dimension.MONEY: ("yi_yuan", "wan_yuan", "yuan"),
    Dimension.COUNT: ("count",),
    Dimension.TIME: ("day", "hour", "minute", "second", "millisecond", "microsecond"),
    Dimension.AREA: ("square_kilometre", "square_metre", "mu"),
}


def _fitting(number: Fraction, dimension: Dimension) -> Unit:
    """The greatest usual unit in which the amount is at least one and has few decimals."""
    ids = _FITTING.get(dimension)
    usual = [UNITS[id] for id in ids] if ids else sorted((u for u in UNITS.values() if u.dimension is dimension), key=lambda u: -u.factor)
    for unit in usual:
        amount = abs(number) / unit.factor
        if amount >= 1 and (amount * 100).denominator == 1:
            return unit
    return usual[-1]
