"""Quantities as people write them, read without guessing, and the slip of unit that they make most.

`parse_quantity` reads one whole quantity (500万元, １，２００ 个, ￥3.5万, 二十个工作日); 约, 以上 and ranges are not part of a
quantity and are refused. What it returns when it cannot is a fault that names the part.
"""

import re
from decimal import Decimal
from enum import StrEnum

from guiju.terms.blank import fold_width
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.quantities.numerals import parse_numeral
from guiju.terms.quantities.quantity import Quantity, convert, is_measurable
from guiju.terms.quantities.units import UNITS, Dimension, Unit, unit_of
from guiju.terms.tongue import Both

__all__ = ["QuantityFault", "Range", "Slip", "parse_decimal", "parse_quantity", "slip"]

_LONGEST = 80
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_CURRENCY = re.compile(r"(?:¥|￥|RMB|CNY|人民币)\s*", re.IGNORECASE)
# After a currency sign the multiplier alone is enough: ￥3.5万 is 3.5万元.
_MULTIPLIERS = {"": "yuan", "千": "thousand_yuan", "万": "wan_yuan", "百万": "million_yuan", "亿": "yi_yuan"}


class QuantityFault(StrEnum):
    """Which part of a text keeps it from being a quantity."""

    EMPTY = "empty"
    NUMBER = "number"
    TOO_LONG = "too_long"
    NO_UNIT = "no_unit"
    UNIT = "unit"

    @property
    def words(self) -> Both:
        """The fault in words."""
        return _WORDS[self]


_WORDS = {
    QuantityFault.EMPTY: Both("没有内容", "there is nothing"),
    QuantityFault.NUMBER: Both("开头不是一个数", "it does not start with a number"),
    QuantityFault.TOO_LONG: Both("太长,不像一个量", "it is too long for a quantity"),
    QuantityFault.NO_UNIT: Both("有数而没有单位", "there is a number but no unit"),
    QuantityFault.UNIT: Both("数后面不是已知的单位", "what follows the number is no known unit"),
}


def parse_decimal(text: str) -> Decimal | None:
    """A plain number in half- or full-width digits, with or without thousands commas; no exponent."""
    folded = fold_width(text)
    if len(folded) > _LONGEST or not _NUMBER.fullmatch(folded):
        return None
    value = Decimal(folded.replace(",", ""))
    return value if is_measurable(value) else None


def parse_quantity(text: str) -> Quantity | QuantityFault:
    """The quantity that a text writes, or what keeps it from being one."""
    folded = fold_width(text)
    if not folded:
        return QuantityFault.EMPTY
    if len(folded) > _LONGEST:
        return QuantityFault.TOO_LONG
    currency = _CURRENCY.match(folded)
    rest = folded[currency.end() :] if currency else folded
    found = _NUMBER.match(rest)
    if found is None:
        return _from_numeral(rest, money=currency is not None)
    value = parse_decimal(found.group())
    if value is None:
        return QuantityFault.TOO_LONG
    unit = _unit_after(rest[found.end() :].strip(), money=currency is not None)
    return unit if isinstance(unit, QuantityFault) else Quantity(value, unit)


def _unit_after(spelling: str, *, money: bool) -> Unit | QuantityFault:
    if money and spelling in _MULTIPLIERS:
        return UNITS[_MULTIPLIERS[spelling]]
    if not spelling:
        return QuantityFault.NO_UNIT
    unit = unit_of(spelling)
    if unit is None or (money and unit.dimension is not Dimension.MONEY):
        return QuantityFault.UNIT
    return unit


def _from_numeral(rest: str, *, money: bool) -> Quantity | QuantityFault:
    """A quantity whose number is a Chinese numeral; 五百万元 is read with the longest numeral, 5000000 元."""
    found = _NUMERAL.match(rest)
    if found is None:
        return QuantityFault.NUMBER
    for end in range(found.end(), 0, -1):
        number = parse_numeral(rest[:end])
        unit = _unit_after(rest[end:].strip(), money=money)
        if number is not None and isinstance(unit, Unit):
            return Quantity(Decimal(number), unit)
    return QuantityFault.NO_UNIT if found.end() == len(rest) else QuantityFault.UNIT


@fast_dataclass(frozen=True, slots=True)
class Range:
    """The amounts, both ends included, between which a quantity is plausible."""

    low: Quantity
    high: Quantity

    def holds(self, quantity: Quantity) -> bool:
        """Whether the quantity measures the same thing and lies within."""
        return quantity.dimension is self.low.dimension is self.high.dimension and (self.low.amount <= quantity.amount <= self.high.amount)


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A number that is implausible as declared and plausible in another unit: both readings, nearest unit first."""

    declared: Quantity
    meant: Quantity
    others: tuple[Quantity, ...] = ()

    @property
    def mended(self) -> Quantity | None:
        """What was meant, written in the declared unit: 3500000 (declared 万元) was 350万元."""
        converted = convert(self.meant, self.declared.unit)
        return converted if isinstance(converted, Quantity) else None


# The units that columns are confused about, in the order in which they are tried.
_CONFUSED: dict[Dimension, tuple[str, ...]] = {
    Dimension.MONEY: ("yuan", "wan_yuan", "thousand_yuan", "million_yuan", "yi_yuan"),
    Dimension.COUNT: ("count", "wan_count"),
    Dimension.AREA: ("square_metre", "mu", "hectare", "square_kilometre"),
    Dimension.LENGTH: ("metre", "kilometre", "millimetre", "centimetre"),
    Dimension.DATA: ("megabyte", "gigabyte", "terabyte", "kilobyte", "byte"),
    Dimension.TIME: ("second", "millisecond", "minute", "hour", "day"),
    Dimension.BANDWIDTH: ("mbps", "gbps", "kbps"),
}


def slip(value: Decimal, declared: Unit, plausible: Range) -> Slip | None:
    """The other readings of a number that is implausible in its declared unit; None when there is no cause to ask.

    350 declared in 万元 within 10万元–1亿元 is left alone; 3500000 is out of it in 万元 and within it in 元.
    """
    if not is_measurable(value):
        return None
    seen = Quantity(value, declared)
    if seen.dimension is not plausible.low.dimension or plausible.holds(seen):
        return None
    units = (UNITS[id_] for id_ in _CONFUSED.get(declared.dimension, ()))
    readings = tuple(Quantity(value, unit) for unit in units if unit.factor != declared.factor and plausible.holds(Quantity(value, unit)))
    return Slip(declared=seen, meant=readings[0], others=readings[1:]) if readings else None
