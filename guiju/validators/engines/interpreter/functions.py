"""The builtins of the language, one small function each, on values that are all known.

What a function makes of unknown arguments is not decided here: it is never called with one. `no_row` alone has no
function, because it is unknown by definition.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

from guiju.dsl.ir.tree import HasFormat
from guiju.standards.load_tables import load_divisions
from guiju.terms.blank import trim
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.formats.divisions import Division, Divisions
from guiju.terms.formats.formats import FORMATS
from guiju.terms.patterns.pattern import compile_pattern
from guiju.terms.quantities.quantity_text import parse_decimal
from guiju.terms.quantities.units import UNITS
from guiju.terms.time.calendar import Calendar, CalendarUnknown
from guiju.terms.time.period import OutOfRange, Period, PeriodKind, add_period
from guiju.terms.tongue import Both
from guiju.terms.types import IntT, PeriodT, Type
from guiju.validators.engines.engine import CALENDAR, SUBMISSION, FieldRef
from guiju.validators.engines.interpreter.values import Fault, Has, Operand, Unknown, as_number, exact, order

__all__ = ["FUNCTIONS", "Setting", "arithmetic", "has_format"]

_DAY = UNITS["day"].factor
_BY_ZERO = Both("除数是零", "a division by zero")
_OUT_OF_YEARS = Both("日期超出公元 1 年至 9999 年", "a date outside the years 1 to 9999")
_PART_OF_DAY = Both("期限不是整天数", "the period is not a whole number of days")
_PART_OF_PLACE = Both("四舍五入的位数不是整数", "the number of places to round to is not whole")
_TOO_MANY_PLACES = 60


@fast_dataclass(frozen=True, slots=True)
class Setting:
    """What some functions need besides their arguments."""

    calendar: Calendar
    submitted: date | None


def _length(_: Setting, type: Type, text: str) -> Operand:
    return Has(len(trim(text)))


def _year(_: Setting, type: Type, day: date) -> Operand:
    return Has(day.year)


def _month(_: Setting, type: Type, day: date) -> Operand:
    return Has(day.month)


def _day(_: Setting, type: Type, day: date) -> Operand:
    return Has(day.day)


def _days_between(_: Setting, type: Type, start: date, end: date) -> Operand:
    days = (end - start).days
    return Has(Period(PeriodKind.DAYS, days)) if isinstance(type, PeriodT) else Has(exact(days * _DAY, type))


def _workdays_between(setting: Setting, type: Type, start: date, end: date) -> Operand:
    count = setting.calendar.workdays_between(start, end)
    if isinstance(count, CalendarUnknown):
        return _no_calendar(count)
    return Has(Period(PeriodKind.WORKDAYS, count)) if isinstance(type, PeriodT) else Has(Decimal(count))


def _abs(_: Setting, type: Type, amount: Any) -> Operand:
    return Has(exact(abs(_number(amount)), type))


def _round(_: Setting, type: Type, amount: Any, places: Any) -> Operand:
    if places != int(places):
        return Fault(_PART_OF_PLACE)
    places = int(places)
    if abs(places) > _TOO_MANY_PLACES:
        return Fault(Both(f"四舍五入的位数至多 {_TOO_MANY_PLACES}", f"rounding knows at most {_TOO_MANY_PLACES} places"))
    number = _number(amount)
    scale = Fraction(10) ** places
    # Halves away from zero, as 四舍五入 means; Python's own `round` goes to the even neighbour.
    whole = (abs(number) * scale * 2 + 1) // 2
    return Has(exact((whole if number >= 0 else -whole) / scale, type))


def _greater(_: Setting, type: Type, left: Any, right: Any) -> Operand:
    found = order(left, right)
    return found if isinstance(found, Fault) else Has(left if found >= 0 else right)


def _lesser(_: Setting, type: Type, left: Any, right: Any) -> Operand:
    found = order(left, right)
    return found if isinstance(found, Fault) else Has(left if found <= 0 else right)


def _earlier(_: Setting, type: Type, left: date, right: date) -> Operand:
    return Has(min(left, right))


def _later(_: Setting, type: Type, left: date, right: date) -> Operand:
    return Has(max(left, right))


def _remainder(_: Setting, type: Type, left: Any, right: Any) -> Operand:
    divisor = _number(right)
    return Fault(_BY_ZERO) if divisor == 0 else Has(exact(_number(left) % divisor, type))


def _due_date(setting: Setting, type: Type, start: date, period: Period) -> Operand:
    return _day_after(setting, start, period, roll=True)


def _join(_: Setting, type: Type, *texts: str) -> Operand:
    return Has("".join(texts))


def _without(_: Setting, type: Type, text: str, pattern: str) -> Operand:
    found, _fault = compile_pattern(pattern)
    if found is None:
        raise TypeError(f"pattern {pattern!r} should have been refused by the compiler")
    return Has(found.without(text))


def _number_of(_: Setting, type: Type, text: str) -> Operand:
    """Unknown without a spot where the text is no number: the caller knows which spots were read."""
    number = parse_decimal(text)
    return Unknown(frozenset()) if number is None else Has(number)


def _submission_day(setting: Setting, type: Type) -> Operand:
    return Unknown(frozenset({FieldRef(SUBMISSION, ())})) if setting.submitted is None else Has(setting.submitted)


def _as_period(_: Setting, type: Type, days: Any) -> Operand:
    count = _number(days) / _DAY
    return Has(Period(PeriodKind.DAYS, int(count))) if count.denominator == 1 else Fault(_PART_OF_DAY)


FUNCTIONS: Mapping[str, Callable[..., Operand]] = MappingProxyType(
    {
        "length": _length,
        "year": _year,
        "month": _month,
        "day": _day,
        "days_between": _days_between,
        "workdays_between": _workdays_between,
        "abs": _abs,
        "round": _round,
        "greater": _greater,
        "lesser": _lesser,
        "earlier": _earlier,
        "later": _later,
        "remainder": _remainder,
        "due_date": _due_date,
        "join": _join,
        "without": _without,
        "number_of": _number_of,
        "submission_day": _submission_day,
        "as_period": _as_period,
    }
)
"""By the ids of `dsl.builtins.BUILTINS`; called with the setting, the type of the result, and the arguments."""


def has_format(expr: HasFormat, text: str, on: date) -> bool:
    """Whether a text, or some range of it, is of a named format on that day; division codes are held against the shipped table."""
    format = FORMATS[expr.format]
    if not expr.whole:
        return format.is_in(text, on)
    return format.is_valid(text, on, shipped_divisions() if expr.format == "division_code" else None)


@cache
def shipped_divisions() -> Divisions:
    """The divisions of the registry; a table says no only below the place that it lists."""
    listed = [one for table in load_divisions() for one in table.divisions]
    covers = {one.parent[:4] for one in listed if one.parent is not None and one.parent.endswith("00")}
    # The days are not recorded: what is listed is taken for any day.
    return Divisions.of((Division(code=one.code, name=one.name.zh) for one in listed), covers)


def arithmetic(setting: Setting, op: str, left: Any, right: Any, type: Type) -> Operand:
    """`+ - * /` on two known values: exact numbers; dates with periods; periods with one another and with numbers."""
    match left, right:
        case date(), Period():
            return _day_after(setting, left, right if op == "+" else Period(right.kind, -right.count), roll=False)
        case Period(), date():
            return _day_after(setting, right, left, roll=False)
        case date(), date():
            return _days_between(setting, type, right, left)
        case Period(), Period():
            return _periods(op, left, right)
        case Period(), _:
            return _scaled(op, left, _number(right))
        case _, Period():
            return _scaled(op, right, _number(left))
        case _:
            return _numbers(op, _number(left), _number(right), type)


def _numbers(op: str, left: Fraction, right: Fraction, type: Type) -> Operand:
    match op:
        case "+":
            return Has(exact(left + right, type))
        case "-":
            return Has(exact(left - right, type))
        case "*":
            return Has(exact(left * right, type))
        case "/":
            return Fault(_BY_ZERO) if right == 0 else Has(_quotient(left / right, type))
        case _:
            raise ValueError(f"no operation {op}")


def _quotient(number: Fraction, type: Type) -> int | Decimal | Fraction:
    # A quotient of whole numbers is seldom whole: the type says IntT only where the checker has proved it.
    return exact(number, type) if not isinstance(type, IntT) or number.denominator == 1 else number


_SIZES = {PeriodKind.WEEKS: (PeriodKind.DAYS, 7), PeriodKind.YEARS: (PeriodKind.MONTHS, 12)}


def _plain(period: Period) -> Period:
    kind, size = _SIZES.get(period.kind, (period.kind, 1))
    return Period(kind, period.count * size)


def _periods(op: str, left: Period, right: Period) -> Operand:
    sign = 1 if op == "+" else -1
    if left.kind is not right.kind:
        left, right = _plain(left), _plain(right)
    if left.kind is not right.kind:
        return Fault(
            Both(f"{left.kind.words.zh}与{right.kind.words.zh}不能相加", f"{left.kind.words.en} and {right.kind.words.en} do not add")
        )
    return Has(Period(left.kind, left.count + sign * right.count))


def _scaled(op: str, period: Period, by: Fraction) -> Operand:
    if op == "/" and by == 0:
        return Fault(_BY_ZERO)
    count = period.count * by if op == "*" else period.count / by
    return Has(Period(period.kind, int(count))) if count.denominator == 1 else Fault(_PART_OF_DAY)


def _day_after(setting: Setting, start: date, period: Period, *, roll: bool) -> Operand:
    found = add_period(start, period, calendar=setting.calendar, roll=roll)
    match found:
        case CalendarUnknown():
            return _no_calendar(found)
        case OutOfRange():
            return Fault(_OUT_OF_YEARS)
        case _:
            return Has(found)


def _no_calendar(unknown: CalendarUnknown) -> Operand:
    # No calendar will ever be published for a year that is no year: that is an error, not a wait.
    if not 1 <= unknown.year <= 9999:
        return Fault(_OUT_OF_YEARS)
    return Unknown(frozenset({FieldRef(CALENDAR, (unknown.year,))}))


def _number(value: Any) -> Fraction:
    number = as_number(value)
    if number is None:
        raise TypeError(f"{type(value).__name__} is no number")
    return number
