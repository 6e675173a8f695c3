"""Civil days, intervals between days, and periods that are counted from a day as 民法典 第二百零一条至第二百零三条 say.

There is no clock and no time zone here. A month is not thirty days: periods of different kinds are never compared.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.quantities.quantity import Quantity
from guiju.terms.quantities.quantity_text import parse_quantity
from guiju.terms.time.calendar import Calendar, CalendarUnknown
from guiju.terms.tongue import Both, Tongue

__all__ = [
    "Gap",
    "Interval",
    "OutOfRange",
    "Overlap",
    "Period",
    "PeriodKind",
    "PeriodMismatch",
    "add_period",
    "compare_periods",
    "gaps",
    "overlaps",
    "parse_period",
    "period_of",
]

_DAY = timedelta(days=1)
_MOST = 100_000


@fast_dataclass(frozen=True, slots=True)
class Interval:
    """自 start 至 end: civil days with both ends included; None leaves that end open."""

    start: date | None = None
    end: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it ends before it starts."""
        return self.start is not None and self.end is not None and self.end < self.start

    def contains(self, day: date) -> bool:
        """Whether the day lies within, the first and the last day included."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def meet(self, other: "Interval") -> "Interval | None":
        """The days that lie in both; None when there are none."""
        start = max(self.start or date.min, other.start or date.min)
        end = min(self.end or date.max, other.end or date.max)
        if end < start:
            return None
        return Interval(
            None if self.start is None and other.start is None else start,
            None if self.end is None and other.end is None else end,
        )

    def say(self, tongue: Tongue) -> str:
        """The interval in words; an open end is left out."""
        start, end = self.start, self.end
        if start is None and end is None:
            return "始终" if tongue is Tongue.ZH else "always"
        zh = (f"自 {start}" if start else "") + (" " if start and end else "") + (f"至 {end}" if end else "")
        en = (f"from {start}" if start else "") + (" " if start and end else "") + (f"to {end}" if end else "")
        return zh if tongue is Tongue.ZH else en


@fast_dataclass(frozen=True, slots=True)
class Overlap:
    """Two intervals of a sequence, by their positions in it, that share days."""

    first: int
    second: int
    shared: Interval


@fast_dataclass(frozen=True, slots=True)
class Gap:
    """The days that nobody covers between two neighbours in time, by their positions in the sequence."""

    before: int
    after: int
    missing: Interval


def _in_time(intervals: Iterable[Interval]) -> list[tuple[int, Interval]]:
    """Non-empty intervals with their positions, by start and then by position."""
    kept = [(at, interval) for at, interval in enumerate(intervals) if not interval.is_empty]
    return sorted(kept, key=lambda pair: (pair[1].start or date.min, pair[0]))


def overlaps(intervals: Iterable[Interval]) -> tuple[Overlap, ...]:
    """Each interval that begins while an earlier one still runs, with that one of them that ends last."""
    found: list[Overlap] = []
    running: tuple[int, Interval] | None = None
    for at, interval in _in_time(intervals):
        if running is not None:
            shared = running[1].meet(interval)
            if shared is not None:
                found.append(Overlap(running[0], at, shared))
        if running is None or (interval.end or date.max) > (running[1].end or date.max):
            running = (at, interval)
    return tuple(found)


def gaps(intervals: Iterable[Interval]) -> tuple[Gap, ...]:
    """The intervals between the first start and the last end that no interval covers, in order of time."""
    found: list[Gap] = []
    running: tuple[int, date] | None = None
    for at, interval in _in_time(intervals):
        end = interval.end or date.max
        if running is not None and interval.start is not None and running[1] != date.max:
            first = running[1] + _DAY
            if first < interval.start:
                found.append(Gap(running[0], at, Interval(first, interval.start - _DAY)))
        if running is None or end > running[1]:
            running = (at, end)
    return tuple(found)


class PeriodKind(StrEnum):
    """By what a period is counted."""

    WORKDAYS = "workdays"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"

    @property
    def words(self) -> Both:
        """The unit as a clause writes it after a number."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    PeriodKind.WORKDAYS: Both("个工作日", "working days"),
    PeriodKind.DAYS: Both("天", "days"),
    PeriodKind.WEEKS: Both("周", "weeks"),
    PeriodKind.MONTHS: Both("个月", "months"),
    PeriodKind.YEARS: Both("年", "years"),
}
_OF_UNIT = {
    "workday": PeriodKind.WORKDAYS,
    "day": PeriodKind.DAYS,
    "week": PeriodKind.WEEKS,
    "month": PeriodKind.MONTHS,
    "year": PeriodKind.YEARS,
}
# Kinds that share a measure: a week is seven days, a year twelve months, and nothing else is known of either.
_MEASURE = {
    PeriodKind.WORKDAYS: ("workdays", 1),
    PeriodKind.DAYS: ("days", 1),
    PeriodKind.WEEKS: ("days", 7),
    PeriodKind.MONTHS: ("months", 1),
    PeriodKind.YEARS: ("months", 12),
}


@fast_dataclass(frozen=True, slots=True)
class Period:
    """A whole number of working days, days, weeks, months or years; negative counts back."""

    kind: PeriodKind
    count: int

    def __hash__(self) -> int:
        # Equal periods have equal counts; the kind is left out, for its own hash costs many times as much.
        return hash(self.count)

    def say(self, tongue: Tongue) -> str:
        """The period as a clause writes it: 10个工作日, 1 month."""
        if tongue is Tongue.ZH:
            return f"{self.count}{self.kind.words.zh}"
        unit = self.kind.words.en
        return f"{self.count} {unit[:-1] if self.count == 1 else unit}"


@fast_dataclass(frozen=True, slots=True)
class PeriodMismatch:
    """Two periods that no calendar-free measure makes comparable, such as 1个月 and 30天."""

    left: Period
    right: Period


@fast_dataclass(frozen=True, slots=True)
class OutOfRange:
    """A day that would lie before year 1 or after year 9999."""

    start: date
    period: Period


def period_of(quantity: Quantity) -> Period | None:
    """The period that a quantity such as 10个工作日 states; None for other units and for parts of a day."""
    kind = _OF_UNIT.get(quantity.unit.id)
    # Bounded before `int`, for a count of sixty digits is no period.
    if kind is None or abs(quantity.value) > _MOST or quantity.value != int(quantity.value):
        return None
    return Period(kind, int(quantity.value))


def parse_period(text: str) -> Period | None:
    """The period that a text such as 10个工作日, 三个月 or 2 weeks writes; None where it writes none."""
    quantity = parse_quantity(text)
    return period_of(quantity) if isinstance(quantity, Quantity) else None


def compare_periods(left: Period, right: Period) -> int | PeriodMismatch:
    """-1, 0 or 1 where both are counted by the same measure; else the mismatch."""
    (measure, size), (other, other_size) = _MEASURE[left.kind], _MEASURE[right.kind]
    if measure != other:
        return PeriodMismatch(left, right)
    one, two = left.count * size, right.count * other_size
    return (one > two) - (one < two)


def add_period(start: date, period: Period, *, calendar: Calendar | None = None, roll: bool = False) -> date | CalendarUnknown | OutOfRange:
    """The last day of a period that runs from a day.

    The day itself is not counted (第二百零一条). Months and years end on the corresponding day, or on the last day of a
    month that has none (第二百零二条). With `roll`, a last day that is no working day gives way to the next one
    (第二百零三条). Working days, and rolling, need the calendar of the years concerned and are unknown without it.
    """
    try:
        if period.kind is PeriodKind.WORKDAYS:
            return CalendarUnknown(start.year) if calendar is None else calendar.add_workdays(start, period.count)
        last = _plain_end(start, period)
    except (OverflowError, ValueError):
        return OutOfRange(start, period)
    if not roll:
        return last
    return CalendarUnknown(last.year) if calendar is None else calendar.this_or_next_workday(last)


def _plain_end(start: date, period: Period) -> date:
    measure, size = _MEASURE[period.kind]
    if measure == "days":
        return start + timedelta(days=period.count * size)
    year, month = divmod(start.year * 12 + start.month - 1 + period.count * size, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
