"""Chinese numerals and whole numbers, there and back.

It reads numerals as clauses write them (一百二十三, 二〇二四, 两, 十五, 壹佰). It does not guess: colloquial short forms
such as 一百二 (is it 102 or 120?) and mixtures of both ways of writing are no numeral.
`meant_number` alone offers what a person would read.
"""

import re
from decimal import Decimal

from guiju.terms.blank import fold_width, trim

__all__ = ["LARGEST", "meant_number", "parse_numeral", "say_numeral"]

LARGEST = 10**16 - 1
_LONGEST = 40

_DIGITS = "零一二三四五六七八九"
_SMALL = ("", "十", "百", "千")
_GREAT = ("", "万", "亿", "万亿")
_PLAIN = str.maketrans("〇○两壹贰叁肆伍陆柒捌玖拾佰仟萬億", "零零二一二三四五六七八九十百千万亿")


_COUNTED = re.compile(r"(?:第|约)?(?P<number>.+?)\s*[级个条项人台套处家份次张种类名件户]?")
_TIMES = re.compile(r"(?P<number>[0-9]{1,12}(?:\.[0-9]{1,6})?)\s*(?P<times>[百千万亿])")
_POWERS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def meant_number(raw: object) -> str | None:
    """The number that a person reads out of 二级, 第三, 3 级 or 120万, as digits; None where there is none. It is a guess to be offered."""
    text = trim(fold_width(raw)) if isinstance(raw, str) else ""
    counted = _COUNTED.fullmatch(text) if len(text) <= _LONGEST else None
    if counted is None:
        return None
    number = counted["number"]
    times = _TIMES.fullmatch(number)
    if times is not None:
        product = Decimal(times["number"]) * _POWERS[times["times"]]
        return str(int(product)) if product == product.to_integral_value() else None
    if number.isascii() and number.isdecimal():
        return str(int(number))
    found = parse_numeral(number)
    return None if found is None else str(found)


def parse_numeral(text: str) -> int | None:
    """The number that a Chinese numeral writes, or None where it is not exactly one."""
    if not text or len(text) > _LONGEST:
        return None
    plain = text.translate(_PLAIN)
    if all(char in _DIGITS for char in plain):
        number = int("".join(str(_DIGITS.index(char)) for char in plain))
        return number if number <= LARGEST else None
    full = _with_leading_ones(plain)
    value = _sum_of(full)
    # INVARIANT: a numeral is right exactly when saying its value again gives it back; this refuses all other order.
    return value if value is not None and say_numeral(value) == full else None


def say_numeral(value: int) -> str:
    """The full numeral, with 一 before every 十: 一十五, 一百零三, 二十万零三百. Defined from 0 to LARGEST."""
    if not 0 <= value <= LARGEST:
        raise ValueError(f"numerals reach from 0 to {LARGEST}")
    if value == 0:
        return "零"
    groups: list[int] = []
    rest = value
    while rest:
        rest, group = divmod(rest, 10000)
        groups.append(group)
    said = ""
    gap = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group == 0:
            gap = True
            continue
        if said and (gap or group < 1000):
            said += "零"
        said += _say_group(group) + _great(place, groups)
        gap = False
    return said


def _great(place: int, groups: list[int]) -> str:
    """The word after a group; 万亿 says its 亿 only where the group of 亿 below it is empty."""
    if place == 3 and groups[2]:
        return "万"
    return _GREAT[place]


def _say_group(group: int) -> str:
    said = ""
    gap = False
    for power in range(3, -1, -1):
        digit = group // 10**power % 10
        if digit == 0:
            gap = True
            continue
        if said and gap:
            said += "零"
        said += _DIGITS[digit] + _SMALL[power]
        gap = False
    return said


def _with_leading_ones(plain: str) -> str:
    """十五 as 一十五, 一百十二 as 一百一十二: the 一 that may be left unsaid before 十."""
    said = ""
    for char in plain:
        if char == "十" and (not said or said[-1] in "零百千万亿"):
            said += "一"
        said += char
    return said


def _sum_of(full: str) -> int | None:
    """The value by plain addition and multiplication, without regard to order; None for a foreign character."""
    total = section = digit = 0
    for char in full:
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char in "十百千":
            section += digit * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        elif char == "万":
            section, digit = (section + digit) * 10000, 0
            total, section = total + section, 0
        elif char == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        else:
            return None
    value = total + section + digit
    return value if value <= LARGEST else None
