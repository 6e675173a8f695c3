"""Dates, months, addresses and mailboxes as single texts."""

import re
from datetime import date

from guiju.terms.formats.divisions import Divisions
from guiju.terms.formats.fault import Fault, Part, fault
from guiju.terms.time.dates import SHAPES, parse_iso, parse_year_month, read_date

__all__ = ["check_date", "check_email", "check_url", "check_year_month", "is_date", "is_url"]

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_SCHEME = re.compile(r"https?://")
_URL = re.compile(r"https?://[A-Za-z0-9\[][!-~]*")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def is_date(text: str) -> bool:
    """Whether a text is strictly YYYY-MM-DD and a day that exists; the quick answer."""
    return parse_iso(text) is not None


def is_url(text: str) -> bool:
    """Whether a text is an http or https address in printable ASCII; the quick answer."""
    return _URL.fullmatch(text) is not None


def check_date(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of a strict date; another known shape of a date is named."""
    if is_date(text):
        return None
    if _ISO.fullmatch(text):
        return fault(Part.DATE, "date_missing", 0, 10, seen=text)
    day, shape = read_date(text)
    if shape is None or shape == "iso":
        return fault(Part.DATE, "date_shape", 0, len(text))
    words = SHAPES[shape]
    expected = day.isoformat() if day is not None else None
    return fault(Part.DATE, "date_other_shape", 0, len(text), expected=expected, shape_zh=words.zh, shape_en=words.en)


def check_year_month(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of a strict YYYY-MM."""
    if parse_year_month(text) is not None:
        return None
    kind = "month" if _MONTH.fullmatch(text) else "year_month"
    return fault(Part.DATE, kind, 0, len(text), seen=text)


def check_url(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of an http or https address: scheme, characters, host. It is not fetched."""
    scheme = _SCHEME.match(text)
    if scheme is None:
        return fault(Part.PREFIX, "url_scheme", 0, len(text))
    for at, char in enumerate(text):
        if not "!" <= char <= "~":
            return fault(Part.CHARSET, "url_charset", at, at + 1, seen=char)
    return None if is_url(text) else fault(Part.HOST, "url_host", scheme.end(), len(text))


def check_email(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of a mailbox address, in plain ASCII without quoting."""
    local, at, host = text.partition("@")
    if not at or "@" in host:
        return fault(Part.POSITION, "email_at", 0, len(text))
    if len(local) > 64 or not _LOCAL.fullmatch(local):
        return fault(Part.CHARSET, "email_local", 0, len(local))
    labels = host.split(".")
    if len(host) > 253 or len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        return fault(Part.HOST, "email_host", len(local) + 1, len(text))
    return None
