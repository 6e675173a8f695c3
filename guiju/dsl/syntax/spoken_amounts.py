"""Numbers and amounts as clauses write them in running words, and how a rule writes them: 三十, 500万, 两个工作日, 百分之三十.

It answers with text to be put in place of what was written, and None where that is no number.
"""

import re
from decimal import Decimal

from guiju.terms.quantities.quantity_text import parse_decimal
from guiju.terms.quantities.units import UNIT_SPELLINGS
from guiju.terms.quantities.written_numbers import RUN, read_number
from guiju.terms.tongue import Tongue

__all__ = ["amount_meant", "money_meant", "period_meant", "unit_meant"]

_SHARE = re.compile(r"百分之(?P<number>.+)")
_THOUSANDTHS = re.compile(r"千分之(?P<number>.+)")
_TENTHS = re.compile(r"(?P<number>[0-9]|[一二两三四五六七八九])成")
# 以上 after ≥ says it twice.
_BOUND = re.compile(r"(?P<amount>.+?)(?:以上|以下|以内)")
_TEN_THOUSANDS = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)[wW]")
_SIGNED = re.compile(r"[￥¥]\s*(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<unit>亿元|万元|元|亿|万)?")
_MANY = re.compile(r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<times>[万亿])")
_LIKE = (
    dict.fromkeys(("工作天", "个工作天", "工作日内", "个工作日内"), "个工作日")
    | dict.fromkeys(("日内", "日", "个日"), "天")
    | dict.fromkeys(("块", "块钱", "圆"), "元")
    | dict.fromkeys(("万", "萬", "萬元", "万圆"), "万元")
    | dict.fromkeys(("亿", "億", "億元"), "亿元")
)
# 在签订日期之后2个工作日内, 自签订日期起三十日内
_WITHIN = re.compile(
    r"[在自]?\s*(?P<start>[^\s,，;；()（）]+?)\s*(?:之后|以后|之日起|后|起)\s*(?:的)?\s*(?P<count>[0-9]+|[零〇一二两三四五六七八九十百]+)\s*"
    r"(?P<unit>个?工作[日天]|个?自然日|日|天|周|个?月|年)(?:之内|以内|内)"
)
_UNITS = {"工作日": "个工作日", "工作天": "个工作日", "自然日": "天", "日": "天", "天": "天", "周": "周", "月": "个月", "年": "年"}


def amount_meant(text: str, *, money: bool = False) -> str | None:
    """How a rule writes what a name says: 500万 (of money 500万元), 30, 2 个工作日, 30%."""
    if (bound := _BOUND.fullmatch(text)) is not None:
        return amount_meant(bound["amount"], money=money)
    for pattern, sign in ((_SHARE, "%"), (_THOUSANDTHS, "‰")):
        if (share := pattern.fullmatch(text)) is not None:
            number = _number(share["number"])
            return None if number is None else f"{number}{sign}"
    if (tenths := _TENTHS.fullmatch(text)) is not None:
        number = _number(tenths["number"])
        return None if number is None else f"{number}0%"
    if text == "半年":
        return "6 个月"
    if money and (thousands := _TEN_THOUSANDS.fullmatch(text)) is not None:
        return f"{thousands['number']}万元"
    many = _MANY.fullmatch(text)
    if many is not None and money:
        return f"{text}元"
    run = RUN.match(text)
    if run is None:
        return None
    number, rest = _number(run[0]), text[run.end() :]
    if number is None or not rest:
        return None if number is None else f"{number} 元" if money else number
    unit = unit_meant(rest)
    return None if unit is None else f"{number} {unit}"


def _number(text: str) -> str | None:
    plain = parse_decimal(text)
    if plain is None:
        read = read_number(text)
        plain = read.value if read is not None and not read.short else None
    return None if plain is None else format(plain.normalize() if plain != plain.to_integral_value() else plain.quantize(Decimal(1)), "f")


def unit_meant(text: str) -> str | None:
    """The unit of that spelling, or the one that it is nearly a spelling of; 人以上 is 人."""
    if (bound := _BOUND.fullmatch(text)) is not None:
        text = bound["amount"]
    if text in _LIKE:
        return _LIKE[text]
    known = UNIT_SPELLINGS.get(text)
    return known.say(Tongue.ZH) if known is not None else None


def money_meant(text: str) -> tuple[str, str] | None:
    """￥500,000 at the start of a text: what was written, and the amount that it is."""
    found = _SIGNED.match(text)
    if found is None:
        return None
    unit = found["unit"] or "元"
    return found[0].rstrip(), f"{found['number']} {unit if unit.endswith('元') else unit + '元'}"


def period_meant(text: str) -> tuple[str, str] | None:
    """`在 X 之后 N 个工作日内` at the start of a text: what was written, and the comparison that it is."""
    found = _WITHIN.match(text)
    if found is None:
        return None
    count, unit = _number(found["count"]), _UNITS[found["unit"].removeprefix("个")]
    return None if count is None else (found[0], f"不晚于 {found['start']} + {count} {unit}")
