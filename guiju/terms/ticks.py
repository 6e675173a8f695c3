"""Boxes that are ticked on forms: `□新建 ☑升级 □扩建` says 升级."""

import re

from guiju.terms.blank import trim

__all__ = ["ticked"]

_TICKED, _OPEN = "☑☒■✓✔√", "□☐"
_OPTION = re.compile(f"([{_TICKED}{_OPEN}])([^{_TICKED}{_OPEN}]*)")


def ticked(text: str) -> str | None:
    """The one option that is ticked in a row of boxes; None where there is no such row, or not just one is ticked."""
    written = trim(text)
    if written[:1] not in _TICKED + _OPEN or not written:
        return None
    options = _OPTION.findall(written)
    chosen = [trim(option).strip("、，,;；") for mark, option in options if mark in _TICKED]
    return chosen[0] if len(chosen) == 1 and chosen[0] else None
