"""The place in which an edition holds, told from what its record says: its level, its number, the body that issued it."""

import re

from guiju.standards.model import Edition, InstrumentLevel
from guiju.terms.places import ANYWHERE, COUNTRY, PLACES

__all__ = ["place_of"]

_LOCAL = frozenset(
    {
        InstrumentLevel.LOCAL_REGULATION,
        InstrumentLevel.LOCAL_GOVERNMENT_RULE,
        InstrumentLevel.LOCAL_DOCUMENT,
        InstrumentLevel.LOCAL_STANDARD,
        InstrumentLevel.PRACTICE,
    }
)
_NUMBER = re.compile(r"DBJ?([0-9]{2,4})(?![0-9])")
_NAMES = tuple((words.zh[:-1], code) for code, words in PLACES.items() if code not in (ANYWHERE, COUNTRY))


def place_of(edition: Edition) -> str | None:
    """The code of the place; None for a local edition whose record does not say where it holds."""
    if edition.level is InstrumentLevel.INTERNATIONAL_STANDARD:
        return ANYWHERE
    if edition.level not in _LOCAL:
        return COUNTRY
    numbered = _NUMBER.match(edition.number or "")
    if numbered is not None:
        return f"{COUNTRY}-{numbered[1]}"
    # A city's name goes before that of its province: 湖北省武汉市 is the city.
    named = [code for name, code in _NAMES if name in edition.body.zh] or [code for name, code in _NAMES if name in edition.title.zh]
    return max(named, key=len, default=None)
