"""The working days of known years: Monday to Friday, less the published holidays, plus the make-up days (调休).

A year whose arrangement has not been published is not guessed: every answer that would need it is unknown, and says
which year. Days are civil days of mainland China; nothing here asks what today is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import field
from datetime import MAXYEAR, MINYEAR, date

from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Calendar", "CalendarUnknown"]

_SATURDAY = 5


@fast_dataclass(frozen=True, slots=True)
class CalendarUnknown:
    """The answer needs the working days of a year that no calendar at hand holds."""

    year: int


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Working days of some years; make one with `Calendar.of`.

    `off` and `work` are the published days that differ from the week, `sources` the notices that publish them.
    """

    years: tuple[int, ...]
    off: frozenset[date]
    work: frozenset[date]
    sources: tuple[str, ...] = ()
    # Ordinals of all working days, ascending: every question is a search in them.
    _ordinals: tuple[int, ...] = field(repr=False, compare=False)
    _known: frozenset[int] = field(repr=False, compare=False)

    @classmethod
    def of(cls, years: Iterable[int], off: Iterable[date], work: Iterable[date], sources: Iterable[str] = ()) -> "Calendar":
        """The calendar of those years; days of other years are kept but decide nothing.

        A day named both as holiday and as working day is a working day: make-up days are named after the holidays.
        """
        known = tuple(sorted({year for year in years if MINYEAR <= year <= MAXYEAR}))
        holidays, made_up = frozenset(off), frozenset(work)
        offs = {day.toordinal() for day in holidays - made_up}
        works = {day.toordinal() for day in made_up}
        ordinals = tuple(
            day
            for year in known
            for day in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
            if day in works or (day not in offs and (day + 6) % 7 < _SATURDAY)
        )
        return cls(years=known, off=holidays, work=made_up, sources=tuple(sources), _ordinals=ordinals, _known=frozenset(known))

    def knows(self, year: int) -> bool:
        """Whether the arrangement of that year is held."""
        return year in self._known

    def is_workday(self, day: date) -> bool | None:
        """Whether people work on that day; None in a year that is not known."""
        if day.year not in self._known:
            return None
        at = bisect_left(self._ordinals, day.toordinal())
        return at < len(self._ordinals) and self._ordinals[at] == day.toordinal()

    def add_workdays(self, day: date, count: int) -> date | CalendarUnknown:
        """The working day that many working days after a day, the day itself not counted; negative counts back.

        Nought working days after a day is the day itself, whether people work on it or not.
        """
        if count == 0:
            return day
        if count > 0:
            at = bisect_right(self._ordinals, day.toordinal()) + count - 1
        else:
            at = bisect_left(self._ordinals, day.toordinal()) + count
        if not 0 <= at < len(self._ordinals):
            return CalendarUnknown(self._first_unknown(day, forward=count > 0))
        found = date.fromordinal(self._ordinals[at])
        missing = self._missing_between(day, found)
        return found if missing is None else CalendarUnknown(missing)

    def next_workday(self, day: date) -> date | CalendarUnknown:
        """The first working day after a day."""
        return self.add_workdays(day, 1)

    def this_or_next_workday(self, day: date) -> date | CalendarUnknown:
        """The day itself if people work on it, else the first working day after it."""
        match self.is_workday(day):
            case None:
                return CalendarUnknown(day.year)
            case True:
                return day
            case False:
                return self.next_workday(day)

    def workdays_between(self, start: date, end: date) -> int | CalendarUnknown:
        """How many working days lie after `start` up to and including `end`; negative if `end` is the earlier.

        So `add_workdays(start, n)` is `end` exactly when n working days lie between and `end` is a working day.
        """
        missing = self._missing_between(start, end) if start != end else None
        if missing is not None:
            return CalendarUnknown(missing)
        if start <= end:
            return bisect_right(self._ordinals, end.toordinal()) - bisect_right(self._ordinals, start.toordinal())
        return bisect_left(self._ordinals, end.toordinal()) - bisect_left(self._ordinals, start.toordinal())

    def _missing_between(self, start: date, end: date) -> int | None:
        """The unknown year nearest to `start` of which a day after it, up to `end`, would have to be counted."""
        step = 1 if end >= start else -1
        first = start.toordinal() + step
        years = range(date.fromordinal(first).year, end.year + step, step)
        return next((year for year in years if year not in self._known), None)

    def _first_unknown(self, day: date, *, forward: bool) -> int:
        """The first year from a day onward, in either direction, that is not known."""
        year = day.year
        step = 1 if forward else -1
        # 31 December and 1 January are not counted themselves, so their own year need not be known.
        if (day.month, day.day) == ((12, 31) if forward else (1, 1)):
            year += step
        while year in self._known:
            year += step
        return year
