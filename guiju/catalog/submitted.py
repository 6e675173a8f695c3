"""The day on which a submission says that it was handed in."""

from datetime import date

from guiju.terms.dates import read_date

__all__ = ["SUBMITTED_KEYS", "read_submitted"]

SUBMITTED_KEYS = ("提交日期", "submitted", "submission_date", "申报日期", "提交时间")


def read_submitted(raw: object) -> date | None:
    """The day of submission as written; None where it is no day."""
    return read_date(str(raw))[0] if isinstance(raw, str | int) and not isinstance(raw, bool) else None
