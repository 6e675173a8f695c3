"""The one strict grammar of dates, and the other shapes in which people write a day, each by its name.

A rule text knows only YYYY-MM-DD. A reader of data may accept the other shapes and say which it met; what is no full
date (2024-03, 2024年) is named and gives no day. Nothing is guessed: 03/01/2024 is not read.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from types import MappingProxyType

from guiju.terms.blank import fold_width
from guiju.terms.quantities.numerals import parse_numeral
from guiju.terms.tongue import Both

__all__ = ["SHAPES", "beijing_day", "from_excel_serial", "parse_iso", "parse_year_month", "read_date"]

_LONGEST = 40

SHAPES: Mapping[str, Both] = MappingProxyType(
    {
        "iso": Both("年-月-日(2024-03-01)", "year-month-day (2024-03-01)"),
        "loose_dashes": Both("不足位的年-月-日(2024-3-1)", "dashes without leading zeros (2024-3-1)"),
        "slashes": Both("斜线分隔(2024/03/01)", "slashes (2024/03/01)"),
        "dots": Both("点分隔(2024.3.1)", "dots (2024.3.1)"),
        "compact": Both("八位数字(20240301)", "eight digits (20240301)"),
        "chinese": Both("汉字年月日（2024年3月1日）", "Chinese (2024年3月1日)"),
        "datetime": Both(
            "带时刻(2018-03-01 18:19:41),写了时区的按北京时间",
            "with a time of day (2018-03-01 18:19:41), in Beijing time where a zone is written",
        ),
        "excel_serial": Both("Excel 日期序号(45352)", "Excel serial number (45352)"),
        "timestamp": Both("时间戳，按北京时间(1709251200000)", "timestamp, in Beijing time (1709251200000)"),
        "year_month": Both("只有年月（如 2024-03）", "year and month only (such as 2024-03)"),
        "year": Both("只有年份（如 2024）", "year only (such as 2024)"),
    }
)
"""The name of each shape that `read_date` tells apart, in words."""

_TIME = r"(?:T|\s+)(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])(?::[0-5][0-9](?:[.,][0-9]{1,9})?)?"
_ZONE = r"\s*(?:(?P<utc>Z|UTC|GMT)?(?P<offset>[+-](?:0[0-9]|1[0-4]|[0-9])(?::?[0-5][0-9])?)?)"
_DATETIME = re.compile(rf"(?P<day>.{{6,12}}?){_TIME}{_ZONE}", re.IGNORECASE)
_FULL = (
    ("iso", re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")),
    ("loose_dashes", re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")),
    ("slashes", re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})")),
    ("dots", re.compile(r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})")),
    ("compact", re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")),
    ("chinese", re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]")),
)
_NUMERAL_DATE = re.compile(r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
_YEAR_MONTH = re.compile(r"[0-9]{4}(?:[-/.][0-9]{1,2}|\s*年\s*[0-9]{1,2}\s*月)")
_YEAR = re.compile(r"(?:1[89]|2[01])[0-9]{2}\s*年?")
# Seconds or milliseconds since 1970, of the years 2001 to 2286: ten or thirteen digits, which no other shape has.
_TIMESTAMP = re.compile(r"([1-9][0-9]{9})(?:[0-9]{3})?")
_BEIJING = 8 * 3600
_ZONE_OF_BEIJING = timezone(timedelta(seconds=_BEIJING))
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]{1,15})?")


def parse_iso(text: str) -> date | None:
    """The day of a text that is exactly YYYY-MM-DD in plain digits, and a day that exists."""
    # fromisoformat alone also takes 20240203 and 2024-W05-6.
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_year_month(text: str) -> tuple[int, int] | None:
    """Year and month of a text that is exactly YYYY-MM."""
    day = parse_iso(f"{text}-01") if len(text) == 7 else None
    return None if day is None else (day.year, day.month)


def read_date(text: str) -> tuple[date | None, str | None]:
    """The day that a text writes and the name of its shape (a key of `SHAPES`).

    A known shape without a day is a day that does not exist (2024-02-30), or no full date (2024-03). Neither is an
    unknown text.
    """
    return _read_date(text) if len(text) <= _LONGEST else (None, None)


@lru_cache(maxsize=4096)
def _read_date(text: str) -> tuple[date | None, str | None]:
    day = parse_iso(text)
    if day is not None:
        return day, "iso"
    folded = fold_width(text)
    timed = _DATETIME.fullmatch(folded)
    if timed is not None:
        day, shape = _full_date(timed["day"])
        return (_in_beijing(day, timed), "datetime") if shape is not None else (None, None)
    day, shape = _full_date(folded)
    if shape is not None:
        return day, shape
    if _YEAR_MONTH.fullmatch(folded):
        return None, "year_month"
    if _YEAR.fullmatch(folded):
        return None, "year"
    stamp = _TIMESTAMP.fullmatch(folded)
    if stamp is not None:
        return date(1970, 1, 1) + timedelta(days=(int(stamp.group(1)) + _BEIJING) // 86400), "timestamp"
    if _SERIAL.fullmatch(folded):
        return from_excel_serial(Decimal(folded)), "excel_serial"
    return None, None


def beijing_day(moment: datetime) -> date | None:
    """The day in Beijing of an instant; of a moment without a zone, the day that it names."""
    if moment.tzinfo is None:
        return moment.date()
    try:
        return moment.astimezone(_ZONE_OF_BEIJING).date()
    except OverflowError:
        return None


def _in_beijing(day: date | None, timed: re.Match[str]) -> date | None:
    """The day that a time of day with a zone has in Beijing; without a zone it is the day as written."""
    if day is None or not (timed["utc"] or timed["offset"]):
        return day
    sign, digits = (timed["offset"] or "+0")[0], (timed["offset"] or "+0")[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    ahead = timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
    return beijing_day(datetime(day.year, day.month, day.day, int(timed["hour"]), int(timed["minute"]), tzinfo=timezone(ahead)))


def _full_date(text: str) -> tuple[date | None, str | None]:
    for shape, pattern in _FULL:
        found = pattern.fullmatch(text)
        if found is not None:
            return _day(int(found[1]), int(found[2]), int(found[3])), shape
    found = _NUMERAL_DATE.fullmatch(text)
    if found is not None:
        year, month, day = (parse_numeral(part) for part in found.groups())
        return (_day(year, month, day) if year and month and day else None), "chinese"
    return None, None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def from_excel_serial(serial: Decimal | int) -> date | None:
    """The day of a serial number of Excel's 1900 system; a part of a day is dropped.

    Excel counts 1900-02-29, a day that never was, as 60: it is refused, and the days after it are one less than counted.
    """
    try:
        whole = int(serial) if 0 < serial < 2958466 else 0
    except InvalidOperation:
        return None
    if whole == 0 or whole == 60:
        return None
    return date(1899, 12, 31 if whole < 60 else 30) + timedelta(days=whole)
