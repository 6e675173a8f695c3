"""What was understood of a written document, as lines: its outline, what it cites, its facts that differ, and what was counted."""

from collections.abc import Iterator
from typing import Any

from guiju.catalog.records.model import Record
from guiju.terms.tongue import Both, Tongue

__all__ = ["outline_lines"]

_HEADS = {
    "sections": Both("提纲", "outline"),
    "citations": Both("引用", "citations"),
    "rivals": Both("写法不一的事实", "facts that differ"),
    "figures": Both("能重算的数", "figures that can be computed"),
    "promises": Both("写明的做法", "what it says will be done"),
    "proposals": Both("请确认", "to be confirmed"),
}
_MOST = 200


def outline_lines(record: Record, tongue: Tongue) -> Iterator[str]:
    """The lines of one document; long lists are cut and the cut is said."""
    for id, head in _HEADS.items():
        found = record.value.get(id, [])
        yield f"  {head.say(tongue)} ({len(found)})"
        for at, one in enumerate(found[:_MOST]):
            if id == "figures" and one["stated"] == one["computed"]:
                continue
            where = record.locator.place((id, at)).heading or ""
            yield f"    {_line(id, one)}" + (f"  [{where}]" if where and id != "sections" else "")
        if len(found) > _MOST:
            yield f"    … {len(found) - _MOST}"


def _line(id: str, one: dict[str, Any]) -> str:
    match id:
        case "sections":
            return "  " * (int(one["level"]) - 1) + " ".join(part for part in (one.get("number"), one["title"]) if part)
        case "rivals":
            return f"{one['fact']}  {one['label']} ≠ {one['elsewhere']}"
        case "figures":
            return f"{one['kind']}  {one['label']}  {one['stated']} ≠ {one['computed']}"
        case "proposals":
            return f"{one['field']}：{one['answer']}？  “{one['label']}”"
        case _:
            return str(one["label"])
