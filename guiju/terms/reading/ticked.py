"""Boxes to tick inside a written value: `☑新建 □改建` says 新建; both `☑是` and `是☑` are written."""

import re

__all__ = ["ticked"]

_TICKED, _OPEN = "☑☒✓✔√■⊠🗹", "□☐◻▢"
_BOX = re.compile(f"[{_TICKED}{_OPEN}]")
# An answer behind a tick may ask for more: 其他：＿＿＿.
_TAIL = re.compile(r"[\s:：_＿,，;；、/|。]+$")


def ticked(text: str) -> tuple[str, ...] | None:
    """What stands at the boxes that are ticked; None for a text without boxes, where a lone tick is no box."""
    marks = _BOX.findall(text)
    if not marks or not (any(mark in _OPEN for mark in marks) or text.lstrip()[:1] in ("☑", "☒", "🗹")):
        return None
    parts = [part.strip() for part in _BOX.split(text)]
    # The labels stand behind their boxes where the text begins with one, and before them where it ends with one.
    labels = parts[1:] if not parts[0] else parts[:-1] if not parts[-1] else None
    if labels is None:
        return None
    return tuple(said for mark, label in zip(marks, labels, strict=True) if mark in _TICKED and (said := _TAIL.sub("", label)))
