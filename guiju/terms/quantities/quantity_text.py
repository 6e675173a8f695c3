"""Quantities as people write them, read without guessing, and the slip of unit that they make most.

`parse_quantity` reads one whole quantity (500万元, １，２００ 个, ￥3.5万, 二十个工作日); 约, 以上 and ranges are not part of a
quantity and are refused. What it returns when it cannot is a fault that names the part.
"""

import re
from decimal import Decimal
from enum import StrEnum

from guiju.terms.blank import fold_width
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.quantities.quantity import Quantity, convert, is_measurable
from guiju.terms.quantities.units import UNITS, Dimension, Unit, unit_of
from guiju.terms.quantities.written_numbers import RUN, read_number
from guiju.terms.tongue import Both

__all__ = ["QuantityFault", "Range", "Slip", "parse_decimal", "parse_money", "parse_quantity", "slip"]

_LONGEST = 80
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_SAID = r"(?:\(?[大小]写\)?\s*:?\s*)"
_CURRENCY = re.compile(rf"{_SAID}?(?:(?:¥|￥|RMB|CNY|人民币)\s*){{1,2}}:?\s*{_SAID}?|{_SAID}", re.IGNORECASE)
# 1280万元人民币, 1280万 RMB.
_CURRENCY_AFTER = re.compile(r"(?P<unit>.+?)\s*(?:人民币|RMB|CNY)", re.IGNORECASE)
_DIGIT = "[一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖1-9]"
_ENDING = re.compile(rf"(?:人民币)?[元圆圓](?:人民币)?(?:[整正]|[零〇]?(?:(?P<jiao>{_DIGIT})角)?(?:[零〇]?(?P<fen>{_DIGIT})分)?[整正]?)?")
# 伍万元整(¥50,000.00): one amount said twice.
_TWICE = re.compile(r"(?P<outer>[^()]+)\((?P<inner>[^()]+)\)")
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
    QuantityFault.TOO_LONG: Both("太长，不像一个量", "it is too long for a quantity"),
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
    twice = _TWICE.fullmatch(rest)
    if twice is not None and _CURRENCY.match(twice["inner"]):
        return _said_twice(f"{currency.group() if currency else ''}{twice['outer']}", twice["inner"])
    found = _NUMBER.match(rest)
    if found is None:
        return _in_words(rest, money=currency is not None)
    value = parse_decimal(found.group())
    if value is None:
        return QuantityFault.TOO_LONG
    unit = _unit_after(rest[found.end() :].strip(), money=currency is not None)
    if isinstance(unit, Unit):
        return Quantity(value, unit)
    # 1亿2000万元, 200.05元整: the digits are not the whole of the number, or the unit is not the end of it.
    whole = _in_words(found.group().replace(",", "") + rest[found.end() :], money=currency is not None)
    return whole if isinstance(whole, Quantity) else unit


def parse_money(text: str) -> Quantity | QuantityFault:
    """A quantity where money is asked for: 960万 is 960万元 and 两万三 is 23000元, as they would be after a currency sign."""
    found = parse_quantity(text)
    bare = fold_width(text)
    ends = bare.endswith(("万", "亿")) or (RUN.fullmatch(bare) is not None and not bare[0].isdecimal())
    if found in (QuantityFault.UNIT, QuantityFault.NO_UNIT) and ends:
        return parse_quantity(f"￥{bare}")
    return found


def _said_twice(outer: str, inner: str) -> Quantity | QuantityFault:
    """One amount, where both ways of writing it say the same money."""
    first, second = parse_quantity(outer), parse_quantity(inner)
    if not isinstance(first, Quantity) or not isinstance(second, Quantity):
        return QuantityFault.UNIT
    same = first.dimension is second.dimension is Dimension.MONEY and first.amount == second.amount
    return first if same else QuantityFault.UNIT


def _unit_after(spelling: str, *, money: bool) -> Unit | QuantityFault:
    if money and spelling in _MULTIPLIERS:
        return UNITS[_MULTIPLIERS[spelling]]
    if not spelling:
        return QuantityFault.NO_UNIT
    unit = unit_of(spelling)
    after = _CURRENCY_AFTER.fullmatch(spelling) if unit is None else None
    if after is not None:
        return _unit_after(after["unit"], money=True)
    if unit is None or (money and unit.dimension is not Dimension.MONEY):
        return QuantityFault.UNIT
    return unit


def _in_words(rest: str, *, money: bool) -> Quantity | QuantityFault:
    """A quantity whose number is written in 汉字, or in digits and multipliers: the whole run of such characters is its number.

    五百万元 is 5000000 元; 十万零一千元 is never 十万零一 千元.
    """
    sign = "-" if rest.startswith("-") else ""
    found = RUN.match(rest, len(sign))
    if found is None:
        return QuantityFault.NUMBER
    written, spelling = read_number(found.group()), rest[found.end() :].strip()
    if written is None:
        return _of_thousands(found.group(), spelling, money=money)
    value = -written.value if sign else written.value
    amount = _yuan(spelling, bare=money)
    if amount is not None and not (written.short and spelling):
        total = value + (-amount if sign else amount)
        return Quantity(total, UNITS["yuan"]) if is_measurable(total) else QuantityFault.TOO_LONG
    if written.short:
        return QuantityFault.NO_UNIT if not spelling else QuantityFault.UNIT
    unit = _unit_after(spelling, money=money)
    return unit if isinstance(unit, QuantityFault) else Quantity(value, unit)


def _of_thousands(run: str, spelling: str, *, money: bool) -> Quantity | QuantityFault:
    """五百千瓦: no number can end so, so that 千 belongs to the unit; never of money, where 千元 ends many a number."""
    number, unit = read_number(run[:-1]), unit_of(f"千{spelling}")
    if not run.endswith("千") or money or number is None or number.short or unit is None or unit.dimension is Dimension.MONEY:
        return QuantityFault.UNIT if spelling else QuantityFault.NO_UNIT
    return Quantity(number.value, unit)


def _yuan(spelling: str, *, bare: bool) -> Decimal | None:
    """What stands behind the yuan of an amount, as yuan: 元整 0, 圆壹角捌分 0.18; None for what is no such end."""
    if not spelling:
        return Decimal(0) if bare else None
    found = _ENDING.fullmatch(spelling)
    if found is None:
        return None
    parts = (read_number(found[name]) if found[name] else None for name in ("jiao", "fen"))
    jiao, fen = (None if part is None else part.value for part in parts)
    return (jiao or Decimal(0)) / 10 + (fen or Decimal(0)) / 100


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
