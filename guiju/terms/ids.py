"""The names by which things are called across floors: plain text with a type of its own.

An id is never looked up here and never built from a path. `read_*` functions accept what a person may write and
give None for what cannot be such an id.
"""

import re
from typing import NewType

__all__ = [
    "EditionId",
    "InstrumentId",
    "RuleId",
    "RunId",
    "SubjectId",
    "read_edition_id",
    "read_instrument_id",
    "read_rule_id",
    "rule_id",
]

InstrumentId = NewType("InstrumentId", str)
"""What stays the same from one edition to the next: `GB_T_33356`, `CSL`."""

EditionId = NewType("EditionId", str)
"""One dated issue of an instrument: `GB_T_33356-2022`, `CSL-2025`, `SC809`."""

RuleId = NewType("RuleId", str)
"""`<edition>.<clause key>.<slug>`, for example `SC809.15.2.reply_within_limit`."""

SubjectId = NewType("SubjectId", str)
RunId = NewType("RunId", str)

_LONGEST = 120
_EDITION = re.compile(r"[A-Z][A-Za-z0-9]*(?:[_.\-][A-Za-z0-9]+)*")
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_RULE = re.compile(rf"(?:{_EDITION.pattern})(?:\.[A-Za-z0-9\-]+)*\.(?:{_SLUG.pattern})")


def read_instrument_id(text: str) -> InstrumentId | None:
    """The text as an instrument's id; None when it has other than ASCII letters, digits, `_`, `.` and `-`."""
    return InstrumentId(text) if len(text) <= _LONGEST and _EDITION.fullmatch(text) else None


def read_edition_id(text: str) -> EditionId | None:
    """The text as an edition's id; the same letters as an instrument's."""
    return EditionId(text) if len(text) <= _LONGEST and _EDITION.fullmatch(text) else None


def read_rule_id(text: str) -> RuleId | None:
    """The text as a rule's id; its last part is a snake_case slug."""
    return RuleId(text) if len(text) <= 2 * _LONGEST and _RULE.fullmatch(text) else None


def rule_id(edition: EditionId, clause_key: str, slug: str) -> RuleId | None:
    """The id of the rule with that slug at that clause; an empty clause key means the whole instrument."""
    return read_rule_id(".".join(part for part in (edition, clause_key, slug) if part))
