"""Patterns by which registers say what is looked for in sentences: words, alternatives, gaps, and holes for a kind of value.

总投资{额/}{约/为/}{金额}      {a/b/} one of these words, or none where it ends in a stroke
视频…保存…{期限}               … a gap of at most sixteen characters, within one clause
{金额} {期限} {数}             a value; {是} and {否} say what the sentence means
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from guiju.terms.quantities.numerals import parse_numeral

__all__ = [
    "HOLES",
    "MONEY",
    "TIMES",
    "SentencePattern",
    "amount_of",
    "amount_of_words",
    "compiled",
    "faults_of",
    "number_of_words",
    "parted",
    "period_of",
]

TIMES = {
    "": Decimal(1),
    "千": Decimal(1_000),
    "万": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "十亿": Decimal(1_000_000_000),
    "百亿": Decimal(10_000_000_000),
    "千亿": Decimal(100_000_000_000),
    "万亿": Decimal(1_000_000_000_000),
}
_FIGURE = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
MONEY = re.compile(rf"(?<![\d.])(?<!\d[,，])(?P<money>{_FIGURE})\s*(?P<times>万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|)\s*元")
_HAN = "[一二两三四五六七八九十百零〇]{1,5}"
# An amount may be written out before it stands in digits: 叁佰贰拾玖万捌仟元（¥3,298,000元）.
_WRITTEN_OUT = r"(?:人民币\s*)?(?:[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,30}[元圆]整?[，,]?\s*[（(](?:小写|即)?[:：]?\s*)?[¥￥]?\s*"
HOLES = {
    "金额": _WRITTEN_OUT + rf"(?<![\d.])(?<!\d[,，])(?P<money>{_FIGURE})\s*(?P<times>万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|)\s*元",
    "期限": rf"(?P<period>(?<!\d)\d{{1,3}}(?:\.5)?|{_HAN}(?:个?半)?|半)\s*"
    r"(?P<span>个?月|年半|年(?!度|底|初|[前后以])|日|天|个?工作日|小时|个?小时|个?自?然?日|周|个?星期)",
    "数": r"(?<![\d.])(?P<count>\d{1,9}|\d{1,3}(?:,\d{3})+)",
    "是": r"(?P<yes>)",
    "否": r"(?P<no>)",
}
_GAP = r"[^，。；：、（）()]{0,16}?"
_WIDE = r"[^。；]{0,40}?"
_PARTS = re.compile(r"(\{[^{}]*\}|……|…)")


class SentencePattern:
    """The expression of a pattern. Most sentences have none of the words that one part of it must be, and are passed over."""

    __slots__ = ("_expression", "_words")

    def __init__(self, pattern: str) -> None:
        parts = [part for part in _PARTS.split(pattern.strip()) if part]
        self._expression = re.compile("".join(_made(part) for part in parts))
        needed = [words for part in parts if (words := _words_of(part))]
        # The rarest part by guess: the longest of the words that it may be.
        self._words = max(needed, key=lambda words: min(map(len, words)), default=())

    def may(self, text: str) -> bool:
        """Whether the words are there without which nothing can be found."""
        return not self._words or any(word in text for word in self._words)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in their order."""
        return self._expression.finditer(text) if self.may(text) else iter(())

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self._expression.search(text) if self.may(text) else None


def _words_of(part: str) -> tuple[str, ...]:
    """The words of which a part must be one; none where it may be anything, or nothing."""
    if part in ("…", "……"):
        return ()
    if part.startswith("{"):
        inner = part[1:-1]
        words = tuple(inner.split("/")) if inner not in HOLES and "/" in inner else ()
        return () if "" in words else words
    return tuple(one for one in part.split() if one)[:1]


@cache
def compiled(pattern: str) -> SentencePattern:
    """The pattern, made once. A hole of an unknown kind is matched as it is written, so that it finds nothing."""
    return SentencePattern(pattern)


def _made(part: str) -> str:
    if part == "…":
        return _GAP
    if part == "……":
        return _WIDE
    if part.startswith("{") and part.endswith("}"):
        inner = part[1:-1]
        if inner in HOLES:
            return HOLES[inner]
        if "/" in inner:
            words = inner.split("/")
            return f"(?:{'|'.join(re.escape(one) for one in sorted(words, key=len, reverse=True))})"
    return re.escape(part).replace(r"\ ", r"\s*")


def faults_of(pattern: str) -> Iterator[str]:
    """The holes and braces of a pattern that mean nothing."""
    for part in _PARTS.split(pattern):
        if part.startswith("{") and part.endswith("}"):
            if part[1:-1] not in HOLES and "/" not in part:
                yield part
        elif "{" in part or "}" in part:
            yield part


def parted(text: str, signs: str = ",，、") -> tuple[str, ...]:
    """The members of a cell of a register; `-` is none. Patterns are parted by commas alone."""
    found: list[str] = []
    depth, begin = 0, 0
    for at, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if sign in signs and depth <= 0:
            found.append(text[begin:at])
            begin = at + 1
    found.append(text[begin:])
    return tuple(one.strip() for one in found if one.strip() and one.strip() != "-")


def amount_of(found: re.Match[str]) -> Decimal:
    """The amount in yuan of a match of {金额} or of MONEY."""
    return Decimal(found["money"].replace(",", "").replace("，", "")) * TIMES[found["times"]]


_DIGITS = (
    {sign: number for number, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
    | {sign: n for n, sign in enumerate("〇一二三四五六七八九")}
    | {"两": 2}
)
_POWERS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}


def amount_of_words(text: str) -> Decimal | None:
    """The number of an amount in words; one that lacks a 零, or has one too many, is read too."""
    exact = parse_numeral(text)
    if exact is not None:
        return Decimal(exact)
    total = section = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _POWERS:
            section, digit = section + (digit or 1) * _POWERS[sign], 0
        elif sign == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        elif sign == "亿":
            total, section, digit = (total + section + digit) * 100_000_000, 0, 0
        else:
            return None
    return Decimal(total + section + digit)


def number_of_words(text: str) -> Decimal | None:
    """The number of digits or of a numeral, 一年半 and 半 among them."""
    if text == "半":
        return Decimal("0.5")
    if text.endswith("半"):
        whole = number_of_words(text.rstrip("半").rstrip("个"))
        return None if whole is None else whole + Decimal("0.5")
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text)
    said = parse_numeral(text)
    return None if said is None else Decimal(said)


def period_of(found: re.Match[str]) -> tuple[Decimal, str] | None:
    """A period as months or as days; None where its number is none."""
    number = number_of_words(found["period"])
    if number is None:
        return None
    span = found["span"].lstrip("个")
    if span == "年半":
        number, span = number + Decimal("0.5"), "年"
    if span in ("年", "月"):
        return number * (12 if span == "年" else 1), "个月"
    if span == "小时":
        return number / 24, "天"
    return number * (7 if span in ("周", "星期") else 1), "天"
