"""The day on which a submission says that it was handed in."""

import re
from collections.abc import Sequence
from datetime import date

from guiju.terms.time.dates import read_date

__all__ = ["SUBMITTED_KEYS", "read_submitted", "submitted_above"]

SUBMITTED_KEYS = ("提交日期", "submitted", "submission_date", "申报日期", "提交时间")


def read_submitted(raw: object) -> date | None:
    """The day of submission as written; None where it is no day."""
    return read_date(str(raw))[0] if isinstance(raw, str | int) and not isinstance(raw, bool) else None


# Above a table nothing else can be meant; in a record these are fields of its own.
_LABELS = (*SUBMITTED_KEYS, "填报日期", "填报时间", "填表日期", "填表时间", "报送日期", "报送时间", "上报日期", "上报时间")
_LABEL = re.compile(rf"(?:^|[\s;；,，、|])(?:{'|'.join(map(re.escape, _LABELS))})\s*(?:[:：]|$)\s*")


def submitted_above(texts: Sequence[str]) -> date | None:
    """The day that one of the texts above a table states, beside its label, or in the text after it; None where none does."""
    for number, text in enumerate(texts):
        found = _LABEL.search(text.strip())
        if found is None:
            continue
        rest = text.strip()[found.end() :] or (texts[number + 1] if number + 1 < len(texts) else "")
        for said in (rest.strip(), rest.strip().split("  ")[0], *rest.split()[:1]):
            day = read_submitted(said.strip())
            if day is not None:
                return day
    return None
