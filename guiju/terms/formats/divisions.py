"""A dated table of administrative divisions (行政区划), given by whoever holds one.

No table of divisions is built in here, and a table says no only about the part of the country that it covers.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.time.period import Interval

__all__ = ["PROVINCES", "Division", "Divisions"]

PROVINCES = frozenset(
    f"{region}{place}"
    for region, places in {"1": "12345", "2": "123", "3": "1234567", "4": "123456", "5": "01234", "6": "12345", "7": "1", "8": "12"}.items()
    for place in places
)
"""The first two digits of the codes of GB/T 2260."""


_ALWAYS = Interval()


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """One division under one code and name, and the days on which it had them."""

    code: str
    name: str
    interval: Interval = _ALWAYS


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Divisions:
    """Divisions by code. `covers` are the prefixes under which the table is complete; elsewhere it does not know."""

    by_code: Mapping[str, tuple[Division, ...]]
    covers: tuple[str, ...]

    @classmethod
    def of(cls, divisions: Iterable[Division], covers: Iterable[str]) -> "Divisions":
        """The table of those divisions; a code may stand in it more than once, for different times."""
        by_code: dict[str, tuple[Division, ...]] = {}
        for division in divisions:
            by_code[division.code] = (*by_code.get(division.code, ()), division)
        return cls(by_code=MappingProxyType(by_code), covers=tuple(sorted(set(covers))))

    def on(self, code: str, day: date | None) -> Division | None:
        """The division that had the code on that day; with no day, the last one listed that ever had it."""
        listed = self.by_code.get(code, ())
        fitting = [division for division in listed if day is None or division.interval.contains(day)]
        return fitting[-1] if fitting else None

    def knows(self, code: str, day: date | None) -> bool | None:
        """Whether the code was a division's on that day (ever, with no day); None where the table does not reach."""
        if self.on(code, day) is not None:
            return True
        return False if code.startswith(self.covers) else None
