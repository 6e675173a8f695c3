"""The text of waivers as a file holds them: what is known of a breach, and, where people have said it, what they must state.

What nobody has stated is left blank with a remark, so that the text cannot be used as it is.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guiju.store.waivers import PARTS, SCOPE_PARTS
from guiju.terms.tongue import Both, Tongue
from guiju.terms.visible import visible

__all__ = ["WaiverDraft", "draft_text"]

_LIST = Both("豁免", "waivers")
_BLANK = {
    "approver": Both("批准人的岗位，不写姓名", "the office that approves, not a name"),
    "number": Both("批准文件的文号", "the number of the approving document"),
    "reason": Both("为什么可以不符合", "why the breach is acceptable"),
    "to": Both("最后一天，如 2026-12-31", "the last day, such as 2026-12-31"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverDraft:
    """One waiver for a rule; `title` and `message` say what it is of, in a remark."""

    id: str
    rule: str
    digest: str
    kinds: tuple[str, ...]
    subjects: tuple[str, ...]
    findings: tuple[str, ...]
    start: date
    title: str
    message: str
    approver: str | None = None
    number: str | None = None
    reason: str | None = None
    end: date | None = None


def draft_text(drafts: Iterable[WaiverDraft], tongue: Tongue) -> str:
    """The file."""
    return "\n".join([f"{_LIST.say(tongue)}:", *(line for one in drafts for line in _lines(one, tongue))]) + "\n"


def _lines(one: WaiverDraft, tongue: Tongue) -> list[str]:
    def part(name: str, value: str) -> str:
        return f"    {PARTS[name].say(tongue)}: {value}"

    def stated(name: str, value: str | None) -> str:
        return part(name, _quoted(value)) if value else f"    {PARTS[name].say(tongue)}:  # {_BLANK[name].say(tongue)}"

    scope = [("kinds", one.kinds), ("subjects", one.subjects), ("findings", one.findings)]
    return [
        f"  # {_plain(one.title)}: {_plain(one.message)}",
        f"  - {PARTS['id'].say(tongue)}: {_quoted(one.id)}",
        part("rule", _quoted(one.rule)),
        part("rule_digest", _quoted(one.digest)),
        f"    {PARTS['scope'].say(tongue)}:",
        *(f"      {SCOPE_PARTS[name].say(tongue)}: [{', '.join(map(_quoted, values))}]" for name, values in scope if values),
        stated("approver", one.approver),
        stated("number", one.number),
        stated("reason", one.reason),
        part("from", _quoted(one.start.isoformat())),
        stated("to", one.end.isoformat() if one.end is not None else None),
        part("conditions", "[]"),
    ]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> str:
    """One line of a comment: nothing in it can end the comment or hide in it."""
    return " ".join(visible(text).split())
