"""Numbers as contracts and banks write them in 汉字: 十万零一千, 一亿零五千万, 玖仟陆佰陆拾伍, 1亿2000万, 一百二十三点五万.

A run of characters is one number or none: no beginning of it is read by itself. What may mean two numbers is none
(一亿五千 is 100,005,000 to one and 150,000,000 to another); a last digit that leaves its place unsaid (两万三) is `short`.
"""

import re
from decimal import Decimal

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.quantities.numerals import LARGEST, parse_numeral

__all__ = ["RUN", "Written", "read_number"]

RUN = re.compile(r"[0-9.零〇○一二两三四五六七八九十百千万亿点壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億]+")
"""The characters of a number in 汉字, digits among them."""

_LONGEST = 40
_FORMAL = str.maketrans("〇○两壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億", "零零二一二二三三四五六六七八九十百千万亿")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_SECTION = re.compile(
    r"(?P<lead>零?)(?:(?P<d3>[一二三四五六七八九])千)?(?:(?P<z2>零?)(?P<d2>[一二三四五六七八九])百)?"
    r"(?:(?P<z1>零?)(?P<d1>[一二三四五六七八九]?)(?P<ten>十))?(?:(?P<z0>零?)(?P<d0>[一二三四五六七八九]))?"
)
_MIXED = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<times>[百千万亿]*)")
_TIMES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}


@fast_dataclass(frozen=True, slots=True)
class Written:
    """A number, and whether its last place was left unsaid (两万三, 一百二)."""

    value: Decimal
    short: bool = False


def read_number(text: str) -> Written | None:
    """The number that the whole text writes; None where it writes none, or may mean two."""
    if not text or len(text) > _LONGEST:
        return None
    plain = text.translate(_FORMAL)
    if plain[0].isdigit() and plain[0].isascii():
        return _mixed(plain)
    if "点" in plain:
        return _with_point(plain)
    if all(char in _DIGITS for char in plain):
        number = parse_numeral(plain)
        return None if number is None else Written(Decimal(number))
    return None if plain[0] == "零" else _whole(plain)


def _with_point(plain: str) -> Written | None:
    """一百二十三点五万: a fraction is said digit by digit."""
    head, _, tail = plain.partition("点")
    digits = re.match("[零一二三四五六七八九]*", tail)
    assert digits is not None
    whole, times = read_number(head) if "点" not in tail else None, _TIMES.get(tail[digits.end() :])
    if whole is None or whole.short or not digits.group() or times is None:
        return None
    fraction = "".join(str(_DIGITS[char]) for char in digits.group())
    return _bounded((whole.value + Decimal(f"0.{fraction}")) * times)


def _mixed(plain: str) -> Written | None:
    """1亿2000万, 3万5000: digits before each multiplier, each smaller than the multiplier before it."""
    total, at, room = Decimal(0), 0, None
    while at < len(plain):
        found = _MIXED.match(plain, at)
        if found is None or (times := _TIMES.get(found["times"])) is None:
            return None
        part = Decimal(found["number"]) * times
        last = found.end() == len(plain)
        if part == 0 or (room is not None and part >= room) or ("." in found["number"] and not (at == 0 and last)):
            return None
        # 3万5 is 35,000 to one and 30,005 to another.
        if room is not None and times == 1 and len(found["number"]) != len(str(room)) - 1:
            return None
        total, at, room = total + part, found.end(), times
    return _bounded(total)


def _whole(plain: str) -> Written | None:
    high, sign, rest = plain.rpartition("亿")
    if sign:
        above = _below_hundred_million(high) if high and "亿" not in high else None
        if above is None or above.short or above.value == 0:
            return None
        if not rest:
            return _bounded(above.value * 10**8)
        if rest in _DIGITS and rest != "零":
            return Written(above.value * 10**8 + _DIGITS[rest] * 10**7, short=True)
        if "万" not in rest and sum(char in "一二三四五六七八九" for char in rest) == 1 and not rest.startswith("零"):
            return None
        below = _below_hundred_million(rest)
        return None if below is None else _bounded(above.value * 10**8 + below.value, below.short)
    return _below_hundred_million(plain)


def _below_hundred_million(plain: str) -> Written | None:
    high, sign, rest = plain.rpartition("万")
    if not sign:
        return _section(rest)
    above = _section(high) if high else None
    if above is None or above.short or above.value == 0:
        return None
    if not rest:
        return Written(above.value * 10**4)
    if rest in _DIGITS and rest != "零":
        return Written(above.value * 10**4 + _DIGITS[rest] * 1000, short=True)
    below = _section(rest)
    return None if below is None else Written(above.value * 10**4 + below.value, below.short)


def _section(text: str) -> Written | None:
    """A number below ten thousand; 零 may lead it, and stands where places are passed over."""
    found = _SECTION.fullmatch(text)
    if found is None or text == "零" or not text:
        return None
    if found["ten"] and not found["d1"] and found["d3"] and not found["d2"] and not found["z1"]:
        return None  # 一千十五 is nobody's
    value = sum(_DIGITS[found[f"d{power}"] or "零"] * 10**power for power in range(4))
    value += 10 if found["ten"] and not found["d1"] else 0
    last = found["d0"]
    if last and not found["z0"] and not found["ten"] and (found["d2"] or found["d3"]):
        step = 10 if found["d2"] else 100
        return Written(Decimal(value - _DIGITS[last] + _DIGITS[last] * step), short=True)
    return Written(Decimal(value))


def _bounded(value: Decimal, short: bool = False) -> Written | None:
    return Written(value, short) if value <= LARGEST else None
