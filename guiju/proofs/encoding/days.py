"""Days for the solver: months, years and working days as tables of stretches, of which each is constant or goes on day by day."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import z3

from guiju.proofs.encoding.documents import KINDS, Unencodable
from guiju.proofs.encoding.logic import Formula, all_of, any_of, choose, lift, pick
from guiju.terms.time.calendar import Calendar
from guiju.terms.time.period import PeriodKind

__all__ = ["Days"]

_FIRST_YEAR, _LAST_YEAR = 1980, 2085
_LEAP_DAY = 59
_WORKDAYS, _DAYS, _WEEKS, _MONTHS, _YEARS = (
    KINDS.index(one) for one in (PeriodKind.WORKDAYS, PeriodKind.DAYS, PeriodKind.WEEKS, PeriodKind.MONTHS, PeriodKind.YEARS)
)

Stretch = tuple[int, int, int]
"""From this number on the value is `base + slope × (number − first)`: (first, base, slope)."""


class Days:
    """The day arithmetic of one calendar; terms are ordinals."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._looked: dict[tuple[str, int], Any] = {}
        self._kept: list[Any] = []

    # ---- parts of a day -----------------------------------------------------------------------------------------------------

    def year(self, day: Any) -> Any:
        """The year of a day."""
        return date.fromordinal(day).year if isinstance(day, int) else self._table("year", day, _years())

    def month(self, day: Any) -> Any:
        """The month of a day, from 1."""
        return date.fromordinal(day).month if isinstance(day, int) else self._table("month", self._plain_place(day), _months())

    def day(self, day: Any) -> Any:
        """The day of the month."""
        if isinstance(day, int):
            return date.fromordinal(day).day
        place = self._plain_place(day)
        return place - self._table("month first", place, _month_firsts()) + 1

    def _plain_place(self, day: Any) -> Any:
        """How many days of a leap year lie before a day; a year without 29 February leaps over it."""
        place = day - self._table("year first", day, _year_firsts())
        after = z3.And(z3.Not(_is_leap(self.year(day))), place >= _LEAP_DAY)
        return self._kept_term("place", day, z3.If(after, place + 1, place))

    def _kept_term(self, name: str, at: Any, made: Any) -> Any:
        key = (name, at.get_id())
        self._kept.append(at)
        return self._looked.setdefault(key, made)

    def _table(self, name: str, at: Any, stretches: tuple[Stretch, ...]) -> Any:
        """The table at a term; each term is looked up once."""
        key = (name, at.get_id())
        found = self._looked.get(key)
        if found is None:
            found = self._looked[key] = z3.substitute(_template(stretches), (_AT, at))
            self._kept.append(at)
        return found

    # ---- periods ------------------------------------------------------------------------------------------------------------

    def after(self, day: Any, kind: Any, count: Any, *, roll: bool = False) -> tuple[Any, Formula]:
        """The day so many of the kind after a day, and when it is known."""
        if isinstance(kind, int):
            return self._after(day, kind, count, roll=roll)
        made, known = self._after(day, _DAYS, count, roll=roll)
        for other in (_WORKDAYS, _WEEKS, _MONTHS, _YEARS):
            one, sure = self._after(day, other, count, roll=roll)
            made, known = pick(kind == other, one, made), choose(kind == other, sure, known)
        return made, known

    def _after(self, day: Any, kind: int, count: Any, *, roll: bool) -> tuple[Any, Formula]:
        if kind == _WORKDAYS:
            return self.after_workdays(day, count)
        if kind in (_DAYS, _WEEKS):
            last = day + count * (7 if kind == _WEEKS else 1)
        else:
            last = self._after_months(day, count * (12 if kind == _YEARS else 1))
        return self.workday_from(last) if roll else (last, True)

    def _after_months(self, day: Any, months: Any) -> Any:
        if isinstance(day, int) and isinstance(months, int):
            index = _index(date.fromordinal(day)) + months
            return min(_first_of(index) + date.fromordinal(day).day - 1, _first_of(index + 1) - 1)
        total = self.month(day) - 1 + months
        if isinstance(months, int):
            years, rest = divmod(months, 12)
            over = self.month(day) - 1 + rest >= 12
            year, month = self.year(day) + years + z3.If(over, 1, 0), self.month(day) - 1 + rest - z3.If(over, 12, 0)
        else:
            year, month = self.year(day) + total / 12, total % 12
        year, month = lift(year), lift(month)
        leap = _is_leap(year)
        first = self._table("first of year", year, _firsts_of_years()) + self._table("days before", month, _days_before())
        first = first - z3.If(z3.And(z3.Not(leap), month >= 2), 1, 0)
        length = self._table("length", month, _lengths()) - z3.If(z3.And(z3.Not(leap), month == 1), 1, 0)
        wish = self.day(day)
        return first + z3.If(wish <= length, wish, length) - 1

    # ---- working days -------------------------------------------------------------------------------------------------------

    def _ordinals(self) -> tuple[int, ...]:
        years = self.calendar.years
        if not years or list(years) != list(range(years[0], years[-1] + 1)):
            raise Unencodable("working days of years that do not follow one another")
        return _workdays(self.calendar)

    def _rank(self, day: Any) -> Any:
        """How many working days there are up to and including a day, from the first known year on."""
        ordinals = self._ordinals()
        return bisect_right(ordinals, day) if isinstance(day, int) else self._table("rank", day, _ranks(ordinals))

    def _ranked(self, rank: Any) -> Any:
        """The working day of that rank, from 1."""
        ordinals = self._ordinals()
        if isinstance(rank, int):
            return ordinals[min(max(rank, 1), len(ordinals)) - 1]
        return self._table("ranked", rank, _of_ranks(ordinals))

    @property
    def _known_from(self) -> int:
        return date(self.calendar.years[0], 1, 1).toordinal()

    @property
    def _known_to(self) -> int:
        return date(self.calendar.years[-1], 12, 31).toordinal()

    def after_workdays(self, day: Any, count: Any) -> tuple[Any, Formula]:
        """So many working days after a day, before it where the count is negative; none after it is the day itself."""
        ordinals = self._ordinals()
        if isinstance(count, int) and count == 0:
            return day, True
        forward_rank, back_rank = self._rank(day) + count, self._rank(day - 1) + 1 + count
        forward = (self._ranked(forward_rank), all_of(day >= self._known_from - 1, forward_rank <= len(ordinals), forward_rank >= 1))
        back = (self._ranked(back_rank), all_of(day <= self._known_to + 1, back_rank >= 1, back_rank <= len(ordinals)))
        if isinstance(count, int):
            return forward if count > 0 else back
        none, ahead = count == 0, count > 0
        return pick(none, day, pick(ahead, forward[0], back[0])), any_of(none, choose(ahead, forward[1], back[1]))

    def workday_from(self, day: Any) -> tuple[Any, Formula]:
        """The day itself if people work on it, else the first working day after it."""
        rank = self._rank(day - 1) + 1
        known = all_of(day >= self._known_from, day <= self._known_to, rank <= len(self._ordinals()))
        return self._ranked(rank), known

    def workdays_between(self, start: Any, end: Any) -> tuple[Any, Formula]:
        """How many working days lie after a day up to and including another; negative backwards."""
        ahead = start <= end
        count = pick(ahead, self._rank(end) - self._rank(start), self._rank(end - 1) - self._rank(start - 1))
        forward = all_of(start + 1 >= self._known_from, end <= self._known_to)
        back = all_of(end >= self._known_from, start - 1 <= self._known_to)
        return count, any_of(start == end, choose(ahead, forward, back))


_AT = z3.Int("at")


@cache
def _template(stretches: tuple[Stretch, ...]) -> Any:
    """The table at a variable: a thousand stretches are written out once, and put to other terms by the solver's own code."""
    return _tree(_AT, stretches, 0, len(stretches))


def _tree(at: Any, stretches: Sequence[Stretch], low: int, high: int) -> Any:
    """A search among the stretches as a term."""
    if high - low == 1:
        first, base, slope = stretches[low]
        return lift(base) if slope == 0 else at + (base - first)
    middle = (low + high) // 2
    return z3.If(at >= stretches[middle][0], _tree(at, stretches, middle, high), _tree(at, stretches, low, middle))


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(index: int) -> int:
    return date(index // 12, index % 12 + 1, 1).toordinal()


def _is_leap(year: Any) -> Any:
    """Between 1901 and 2099 every fourth year has a 29 February."""
    return z3.Or(*(year == one for one in range(_FIRST_YEAR, _LAST_YEAR) if one % 4 == 0))


@cache
def _years() -> tuple[Stretch, ...]:
    return tuple((date(year, 1, 1).toordinal(), year, 0) for year in range(_FIRST_YEAR, _LAST_YEAR))


@cache
def _year_firsts() -> tuple[Stretch, ...]:
    return tuple((first, first, 0) for first, _, _ in _years())


@cache
def _firsts_of_years() -> tuple[Stretch, ...]:
    return tuple((year, first, 0) for first, year, _ in _years())


def _leap_months() -> list[tuple[int, int, int]]:
    """Each month of a leap year: its number from 0, the days before it, its length."""
    made, before = [], 0
    for month in range(12):
        length = monthrange(2024, month + 1)[1]
        made.append((month, before, length))
        before += length
    return made


@cache
def _months() -> tuple[Stretch, ...]:
    return tuple((before, month + 1, 0) for month, before, _ in _leap_months())


@cache
def _month_firsts() -> tuple[Stretch, ...]:
    return tuple((before, before, 0) for _, before, _ in _leap_months())


@cache
def _days_before() -> tuple[Stretch, ...]:
    return tuple((month, before, 0) for month, before, _ in _leap_months())


@cache
def _lengths() -> tuple[Stretch, ...]:
    return tuple((month, length, 0) for month, _, length in _leap_months())


@cache
def _workdays(calendar: Calendar) -> tuple[int, ...]:
    first, last = date(calendar.years[0], 1, 1).toordinal(), date(calendar.years[-1], 12, 31).toordinal()
    return tuple(day for day in range(first, last + 1) if calendar.is_workday(date.fromordinal(day)))


@cache
def _ranks(ordinals: tuple[int, ...]) -> tuple[Stretch, ...]:
    """The rank goes up by one from each working day to the next, and stands still over other days."""
    values = {day: rank for rank, day in enumerate(ordinals, 1)}
    points = [(ordinals[0] - 1, 0)]
    points += [(day, values.get(day, -1)) for day in range(ordinals[0], ordinals[-1] + 2)]
    rank = 0
    filled: list[tuple[int, int]] = []
    for day, value in points:
        rank = value if value > 0 else rank
        filled.append((day, rank))
    return _compressed(filled)


@cache
def _of_ranks(ordinals: tuple[int, ...]) -> tuple[Stretch, ...]:
    return _compressed(list(enumerate(ordinals, 1)))


def _compressed(points: list[tuple[int, int]]) -> tuple[Stretch, ...]:
    """Points of neighbouring numbers as the fewest stretches."""
    made: list[Stretch] = []
    at = 0
    while at < len(points):
        first, base = points[at]
        slope = points[at + 1][1] - base if at + 1 < len(points) and points[at + 1][1] - base in (0, 1) else 0
        end = at + 1
        while end < len(points) and points[end][1] == base + slope * (points[end][0] - first):
            end += 1
        made.append((first, base, slope))
        at = end
    return tuple(made)
