"""Reads an earlier report from its JSON file."""

import json
from typing import Any

__all__ = ["plain_report"]


def plain_report(data: bytes) -> Any | None:
    """The report that some bytes hold as json; None where they hold none."""
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError):
        return None
    from guiju.reports.layout.compare import side_of_plain

    return plain if side_of_plain(plain, "") is not None else None
