"""The clock of the service: the day in Wuhan, and the moment, for links and accounts."""

import time
from datetime import UTC, date, datetime, timedelta, timezone

__all__ = ["moment", "now", "stamp", "today"]

_WUHAN = timezone(timedelta(hours=8))


def today() -> date:
    """Today in Wuhan."""
    return datetime.now(_WUHAN).date()


def now() -> float:
    """Seconds of a clock that is never set back."""
    return time.monotonic()


def moment() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def stamp() -> str:
    """This moment as the store writes it: 2026-03-01T08:00:00Z."""
    return moment().strftime("%Y-%m-%dT%H:%M:%SZ")
