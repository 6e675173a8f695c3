"""What a cell of a sheet holds, as a raw value: text, whole numbers and exact decimals, days as ISO text.

Excel keeps fifteen digits: a longer number has lost its last ones, and is handed on as something that no type can read.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from guiju.terms.blank import trim
from guiju.terms.types import DateT, IntT, MoneyT, NumberT, PercentT, PeriodT, QuantityT, Type

__all__ = ["BYTES", "LOST", "NOTHING", "Shown", "cell_name", "column_name", "column_number", "raw_of", "text_of", "wants_number"]

LOST = "无法复原"
"""The key under which a number that lost its digits is kept: a record where a scalar is asked for reads as nothing."""

BYTES = "字节"
"""The key under which bytes that are no text are kept, by their number."""


class Shown(float):
    """A number of a workbook whose format shows it otherwise than it is: as `text`, or, where that is None, in a way of `code`."""

    __slots__ = ("code", "text")

    def __new__(cls, value: float, text: str | None, code: str) -> "Shown":
        one = super().__new__(cls, value)
        one.text, one.code = text, code
        return one

    text: str | None
    code: str


NOTHING = frozenset(("NaN", "nan", "NA", "<NA>", "NaT", "\\N"))
"""What programs of statistics and databases write into a table for a value that is not there."""

_EXACT = 10**15
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+1\d")


def column_name(column: int) -> str:
    """The letters of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The column, from 0, of its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """The name of a cell counted from 0, such as F12."""
    return f"{column_name(column)}{row + 1}"


def wants_number(type: Type | None) -> bool:
    """Whether a number in the cell is a number of the field, and not the text of a code."""
    return isinstance(type, IntT | NumberT | MoneyT | QuantityT | PercentT | DateT | PeriodT)


def raw_of(value: Any, number: bool) -> Any:
    """The raw value of a cell; `number` says that its field wants one. Blank is None."""
    match value:
        case str():
            if not value or value in NOTHING:
                return None
            # A code of 18 digits that a spreadsheet saved as text in scientific form, as it does in CSV.
            return {LOST: value} if not number and "+1" in value and len(value) < 24 and _SCIENTIFIC.fullmatch(value.strip()) else value
        case bool() | None:
            return value
        case int():
            return value if number else str(value)
        case Shown(text=str() as text) if not number:
            return text
        case float():
            return _raw_float(value, number)
        case datetime():
            if value.time() == time() and value.tzinfo is None:
                return value.date().isoformat()
            return value.isoformat(sep=" ", timespec="seconds")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="seconds")
        case timedelta():
            return _clock(value)
        case bytes() | memoryview():
            return _text_in(bytes(value))
        case _:
            return str(value)


def _text_in(value: bytes) -> Any:
    """Old programs keep texts as bytes; what is no text is kept as something that no type can read."""
    try:
        return value.decode("utf-8").strip("\0") or None
    except UnicodeDecodeError:
        return {BYTES: str(len(value))}


def _raw_float(value: float, number: bool) -> Any:
    if value != value or value in (float("inf"), float("-inf")):
        return {LOST: str(value)}
    if value.is_integer():
        if abs(value) >= _EXACT and not number:
            return {LOST: f"{value:.14E}"}
        return int(value) if number else str(int(value))
    exact = Decimal(repr(value))
    return exact if number else format(exact, "f")


def _clock(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def text_of(value: Any) -> str:
    """The cell as a header or a key would read it."""
    raw = raw_of(value, False)
    if raw is None:
        return ""
    return str(next(iter(raw.values()))) if isinstance(raw, dict) else trim(str(raw))
