"""What an author's own words say that can be held against a rule: amounts, bounds, days, and the names they tell to fill in.

It finds; whether the rule agrees is asked in `check_messages`. Words that name a condition (500万元以上的) are no bound.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from guiju.diagnostics.span import Span
from guiju.dsl.syntax import tree as syn
from guiju.terms.quantities.quantity import Quantity
from guiju.terms.quantities.quantity_text import parse_quantity
from guiju.terms.quantities.units import UNITS, Dimension
from guiju.terms.time.dates import read_date

__all__ = ["Amount", "Bound", "Direction", "Said", "Target", "amounts_in", "bounds_in", "days_in", "targets_in", "these_in"]

Amount = tuple[Dimension, Fraction]
"""What is measured, and how much of its base unit."""

_NUMBER = r"(?:[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?|[一二两三四五六七八九十百千]+)"
_UNIT = (
    r"(?:个?工作日|个月|日|天|周|年|小时|分钟|亿元|万元|元|%|％|平方公里|平方米|km²|公里|千米|km|米|TB|GB|MB"
    r"|working days?|days?|weeks?|months?|years?|hours?|minutes?|per cent|yuan)"
)
_COUNTED = r"(?:个|项|家|人|次|条|份|名|处|套|根|座|种|类|字|位)"
_AMOUNT = re.compile(rf"(?<![0-9０-９.．第〔(（\-—至到一二三四五六七八九十百千月年]){_NUMBER} ?{_UNIT}(?![0-9０-９度初末底份a-zA-Z])")
_SHARE = re.compile(r"百分之([一二三四五六七八九十百]+|[0-9]+)")
# 2025年 is a year, not a period.
_FIRST_YEAR = 1900
_SORTS = frozenset(
    {
        *(Dimension.MONEY, Dimension.SHARE, Dimension.TIME, Dimension.WORKDAYS, Dimension.MONTHS),
        *(Dimension.LENGTH, Dimension.AREA, Dimension.DATA),
    }
)


class Direction(StrEnum):
    """Which side of an amount is asked for."""

    LEAST = "least"
    MOST = "most"

    @property
    def other(self) -> "Direction":
        """The contrary."""
        return Direction.MOST if self is Direction.LEAST else Direction.LEAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words that name something, and where they stand."""

    span: Span
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound(Said):
    """不少于 3 个: a direction and a number; `amount` is None where the number has no unit that measures."""

    direction: Direction
    number: Fraction | None
    amount: Amount | None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Said):
    """What the reader is told to write: a name (写明“共享范围”), or a value (改为“有条件共享”) where `value` is true."""

    value: bool
    quoted: bool


# ---- amounts -----------------------------------------------------------------------------------------------------


def _spot(part: syn.FreeText, start: int, end: int) -> Span:
    """Where a range of the text stands; text of several lines does not lie in the file as it is kept, and is named whole."""
    at = part.text_span.start
    if part.text_span.end - at != len(part.text):
        return part.text_span
    return Span(part.text_span.file, at + start, at + end)


def _plain(text: str) -> str:
    return text.replace("per cent", "%").replace("，", "").replace(",", "")


def _amount_of(text: str) -> Amount | None:
    said = parse_quantity(_plain(text))
    if not isinstance(said, Quantity) or said.unit.dimension not in _SORTS:
        return None
    if said.unit is UNITS["year"] and said.value >= _FIRST_YEAR:
        return None
    return said.unit.dimension, Fraction(said.value) * said.unit.factor


def _number_of(text: str) -> Fraction | None:
    said = parse_quantity(f"{_plain(text).strip()}天")
    return Fraction(said.value) if isinstance(said, Quantity) else None


def amounts_in(part: syn.FreeText) -> Iterator[tuple[Said, Amount]]:
    """The amounts of money, time and the like that the words name."""
    for match in _AMOUNT.finditer(part.text):
        amount = _amount_of(match.group())
        is_of_a_date = part.text[: match.start()].rstrip().endswith(("年", "月")) and match.group().endswith(("日", "月"))
        if amount is not None and not is_of_a_date:
            yield Said(span=_spot(part, *match.span()), written=match.group()), amount
    for match in _SHARE.finditer(part.text):
        share = _number_of(match.group(1))
        if share is not None:
            yield Said(span=_spot(part, *match.span()), written=match.group()), (Dimension.SHARE, share / 100)


# ---- bounds ------------------------------------------------------------------------------------------------------

_LEAST = (
    r"不少于|不低于|不小于|不短于|不得少于|不得低于|不得小于|不得短于|不应少于|不应低于|至少|最少"
    r"|应大于|应高于|应超过|须大于|须超过|at least|(?:no|not) (?:less|fewer|lower|shorter) than|a minimum of"
)
_MOST = (
    r"不超过|不得超过|不应超过|不高于|不大于|不多于|不长于|不得高于|不得大于|不得多于|至多|最多"
    r"|应小于|应低于|须小于|须低于|at most|(?:no|not) (?:more|greater|higher|longer) than|(?:not|never) exceed|up to|within"
)
_WHAT = rf"(?:为|在|到)? ?(?P<number>百分之(?:[一二三四五六七八九十百]+|[0-9]+)|{_NUMBER})(?P<unit> ?(?:{_UNIT}|{_COUNTED}))?"
# What follows an amount and makes a condition of it, or goes on to another thing: of 三分之二 and 2/3 the first number is no bound.
_NOT_OF = r"(?! ?(?:以上|以下|以内)?(?:的|时|之一)|[0-9０-９度初末底份a-z]|[.．][0-9０-９]|[一二三两四五六七八九十百千]|分之| ?[/／])"
_BEFORE = re.compile(rf"(?<![未没])(?:(?P<least>{_LEAST})|(?P<most>{_MOST})) ?{_WHAT}{_NOT_OF}", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?<![0-9０-９.．第〔至到超过于前后]){_WHAT}(?:(?P<most>之内|以内|内)(?![未没不的容部])|(?P<least> or (?:more|longer)))",
    re.IGNORECASE,
)


def bounds_in(part: syn.FreeText) -> Iterator[Bound]:
    """The amounts to which the words give a direction: 不少于 3 个, within ten working days, 30 日内."""
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(part.text):
            yield _bound(part, match)


def _bound(part: syn.FreeText, match: re.Match[str]) -> Bound:
    share = _SHARE.fullmatch(match["number"])
    number = _number_of(share.group(1) if share else match["number"])
    amount = _amount_of(match["number"] + (match["unit"] or ""))
    if share is not None and number is not None:
        amount = (Dimension.SHARE, number / 100)
    return Bound(
        span=_spot(part, *match.span()),
        written=match.group().strip(),
        direction=Direction.LEAST if match["least"] else Direction.MOST,
        number=number,
        amount=amount,
    )


_DAY = r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日)"
_DAY_BEFORE = re.compile(
    rf"(?:(?P<most>不晚于|不迟于|不得晚于|不得迟于|截至|(?:no|not) later than|on or before|before|by)"
    rf"|(?P<least>不早于|不得早于|(?:no|not) earlier than|on or after|after)) ?{_DAY}",
    re.IGNORECASE,
)
_DAY_AFTER = re.compile(rf"{_DAY} ?(?:(?P<most>之前|以前|前)|(?P<least>之后|以后|后|起))")


def days_in(part: syn.FreeText) -> Iterator[Bound]:
    """The days to which the words give a direction: 2020-04-30 前, not later than 2020-04-30."""
    taken: list[tuple[int, int]] = []
    for pattern in (_DAY_BEFORE, _DAY_AFTER):
        for match in pattern.finditer(part.text):
            day, _ = read_date("".join(match["day"].split()))
            if day is None or any(start <= match.start("day") < end for start, end in taken):
                continue
            taken.append(match.span())
            yield Bound(
                span=_spot(part, *match.span()),
                written=match.group().strip(),
                direction=Direction.LEAST if match["least"] else Direction.MOST,
                number=None,
                amount=None,
                day=day,
            )


# ---- names -------------------------------------------------------------------------------------------------------

_NAME_VERBS = r"补充|补填|补上|填写|填报|填上|写明|写上|提供|注明|标明|载明|更正|改正|核对|修改"
_NAME_VERBS_EN = r"state|give|fill in|provide|supply|correct|complete"
_VALUE_VERBS = r"改为|改成|改填|填为|填|写成|写为|写作|应为|应是|选为|选择|选|标为|设为"
_VALUE_VERBS_EN = r"set (?:it|this) to|change (?:it|this) to|choose|mark it as|must be|should be|write"
_QUOTED = r"[“\"「`](?P<quoted>[^”\"」`]{1,40})[”\"」`]"
_QUOTED_EN = _QUOTED.replace("quoted", "quoted_en")
_BARE = r"(?P<bare>[\w（）]+)"
_NAME_TARGET = re.compile(rf"(?:{_NAME_VERBS}) ?(?:{_QUOTED}|{_BARE})|\b(?:{_NAME_VERBS_EN}) (?:the )?{_QUOTED_EN}", re.I)
_VALUE_TARGET = re.compile(
    rf"(?<![不勿])(?:{_VALUE_VERBS}) ?(?:{_QUOTED}|{_BARE})|\b(?:{_VALUE_VERBS_EN}) (?:{_QUOTED_EN}|(?P<bare_en>\w+))",
    re.I,
)
_MORE = re.compile(rf" ?(?:、|或者|或|和|及|以及| or | and ) ?{_QUOTED}")
_STOPS = re.compile(r"[、和或及与，。；]")


def targets_in(part: syn.FreeText) -> Iterator[Target]:
    """What the reader is told to fill in (写明“…”), and what he is told to write there (改为“…”)."""
    for pattern, is_value in ((_NAME_TARGET, False), (_VALUE_TARGET, True)):
        for match in pattern.finditer(part.text):
            group = match.lastgroup
            if group is None:
                continue
            yield _target(part, match, group, is_value)
            at = match.end()
            while "quoted" in group and (more := _MORE.match(part.text, at)):
                yield _target(part, more, "quoted", is_value)
                at = more.end()


def _target(part: syn.FreeText, match: re.Match[str], group: str, is_value: bool) -> Target:
    written = match[group]
    if group == "bare":
        written = _STOPS.split(written)[0]
    start = match.start(group)
    return Target(span=_spot(part, start, start + len(written)), written=written, value=is_value, quoted="quoted" in group)


_THESE = re.compile(r"(?:本|该)(?P<zh>[\u4e00-\u9fff]+)|\bthis (?P<en>[a-z]+(?: [a-z]+)?)")


def these_in(part: syn.FreeText) -> Iterator[Said]:
    """What the words call this one: 本数据集, this dataset; with the words after it, which may belong to it or not."""
    for match in _THESE.finditer(part.text):
        group = match.lastgroup
        if group is not None:
            yield Said(span=_spot(part, *match.span()), written=match[group])
