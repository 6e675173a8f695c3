"""Numbers of official documents (文号) and of standards, part by part.

A number that reads right may still belong to nothing: whether an instrument exists is the registry's to say.
"""

import re
from datetime import date
from functools import cache

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.formats.divisions import Divisions
from guiju.terms.formats.fault import Fault, Part, fault

__all__ = ["StandardNumber", "check_document_number", "check_standard_number", "parse_standard_number"]

_DIGITS = "0123456789"
_OTHER_BRACKETS = re.compile(r"[\[({<【「『《][0-9]{2,4}[\])}>】」』》]")


@cache
def _body() -> re.Pattern[str]:
    # A set of a third of all characters takes milliseconds to compile, and few runs need it.
    return re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fffA-Za-z0-9·()、-]{1,40}")


def check_document_number(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of a 文号, 机关代字〔年份〕顺序号号, written as GB/T 9704 has it: 武政办〔2020〕34号."""
    for at, char in enumerate(text):
        if char in " \t\u3000":
            return fault(Part.CHARSET, "blank_inside", at, at + 1)
    opened, closed = text.find("〔"), text.find("〕")
    if opened < 0 or closed < opened:
        other = _OTHER_BRACKETS.search(text)
        start, end = other.span() if other else (0, len(text))
        return fault(Part.BRACKETS, "brackets", start, end)
    if not _body().fullmatch(text[:opened]):
        return fault(Part.PREFIX, "body", 0, opened)
    year = text[opened + 1 : closed]
    if len(year) != 4 or any(char not in _DIGITS for char in year):
        return fault(Part.YEAR, "year", opened + 1, closed)
    if on is not None and int(year) > on.year:
        return fault(Part.YEAR, "year_future", opened + 1, closed, seen=year, on=on.isoformat())
    return _check_serial(text, closed + 1)


def _check_serial(text: str, start: int) -> Fault | None:
    if text.startswith("第", start):
        return fault(Part.NUMBER, "ordinal", start, start + 1)
    end = start
    while end < len(text) and text[end] in _DIGITS:
        end += 1
    serial = text[start:end]
    if not serial.strip("0"):
        return fault(Part.NUMBER, "serial", start, max(end, start + 1))
    if serial.startswith("0"):
        return fault(Part.NUMBER, "leading_zero", start, end, expected=serial.lstrip("0"), seen=serial)
    return None if text[end:] == "号" else fault(Part.ENDING, "ending", end, len(text), expected="号")


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class StandardNumber:
    """A standard's number in its parts; `year` is None in an undated reference."""

    prefix: str
    number: str
    year: int | None

    def __str__(self) -> str:
        mark = ":" if self.prefix.split("/")[0] in ("ISO", "IEC") else "-"
        return f"{self.prefix} {self.number}" + (f"{mark}{self.year}" if self.year is not None else "")


# National GB, GB/T, GB/Z · local DB + 2 or 4 digits, DBJ · group T/… · enterprise Q/… · any industry code of 2 or 3 letters.
_CHINESE = re.compile(r"(T/[A-Z0-9]{2,12}|Q/[A-Z0-9]{2,20}|DB[A-Z]?[0-9]{2}(?:[0-9]{2})?(?:/[TZ])?|[A-Z]{2,3}(?:/[TZ])?) ?(?=[0-9])")
_INTERNATIONAL = re.compile(r"((?:ISO|IEC)(?:/[A-Z]{2,5}){0,2}) ?(?=[0-9])")
_CHINESE_NUMBER = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,4}){0,3}")
_INTERNATIONAL_NUMBER = re.compile(r"[0-9]{1,6}(?:-[0-9]{1,3}){0,3}(?![0-9])")
_ITU = re.compile(r"(ITU-[TR]) ?([A-Z]{1,2}\.[0-9]{1,5}(?:\.[0-9]{1,4})*(?:/[A-Z]\.[0-9]{1,5})?)(?: ?\((?:0[1-9]|1[0-2])/([0-9]{4})\))?")
_CHINESE_YEAR = re.compile(r"[-–—]([0-9]{4})")
_INTERNATIONAL_YEAR = re.compile(r":([0-9]{4})")


def parse_standard_number(text: str) -> StandardNumber | Fault:
    """The parts of a folded standard number, or its first fault. A year may be missing, the space before the number too."""
    itu = _ITU.fullmatch(text)
    if itu is not None:
        return StandardNumber(prefix=itu[1], number=itu[2], year=int(itu[3]) if itu[3] else None)
    prefix = _INTERNATIONAL.match(text)
    international = prefix is not None
    prefix = prefix or _CHINESE.match(text)
    if prefix is None:
        return fault(Part.PREFIX, "standard_prefix", 0, len(text))
    number = (_INTERNATIONAL_NUMBER if international else _CHINESE_NUMBER).match(text, prefix.end())
    if number is None:
        return fault(Part.NUMBER, "standard_number", prefix.end(), len(text))
    if number.end() == len(text):
        return StandardNumber(prefix=prefix[1], number=number[0], year=None)
    year = (_INTERNATIONAL_YEAR if international else _CHINESE_YEAR).fullmatch(text, number.end())
    if year is None:
        dash = text[number.end()] in "-–—:"
        part, kind = (Part.YEAR, "standard_year") if dash else (Part.NUMBER, "standard_number")
        return fault(part, kind, number.end(), len(text))
    return StandardNumber(prefix=prefix[1], number=number[0], year=int(year[1]))


def check_standard_number(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of a standard's number; its year is not after the day of judgement."""
    parsed = parse_standard_number(text)
    if isinstance(parsed, Fault):
        return parsed
    if on is not None and parsed.year is not None and parsed.year > on.year:
        start = text.rindex(str(parsed.year))
        return fault(Part.YEAR, "year_future", start, start + 4, seen=parsed.year, on=on.isoformat())
    return None
