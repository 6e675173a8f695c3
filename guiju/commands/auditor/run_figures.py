"""`guiju runs figures`: the figures of the dashboard, as text or JSON."""

import dataclasses
import json
from typing import TYPE_CHECKING

from guiju.commands.shared.rulesets import today
from guiju.commands.terminal.tongue import say
from guiju.diagnostics.source import display_width
from guiju.terms.tongue import counted

if TYPE_CHECKING:
    from guiju.store.database import Engine
    from guiju.store.figures import Figure

__all__ = ["figures_text"]

_MOST = 15


def figures_text(engine: "Engine", format: str, department: str | None) -> str:
    """The tables that the dashboard shows, of all runs or of one unit."""
    from guiju.store.figures import Chosen, figures

    found = figures(engine, Chosen(department=department), today=today())
    tables = (
        (say("按月", "by month"), found.months),
        (say("按单位", "by unit"), found.departments),
        (say("按区", "by district"), found.districts),
        (say("按场景", "by profile"), found.profiles),
        (say("按条款", "by clause"), found.clauses),
        (say("按规则", "by rule"), found.rules),
    )
    if format == "json":
        plain = dataclasses.asdict(found)
        plain["runs"] = [one.id for one in found.runs]
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    head = say(
        f"{len(found.runs)} 次检查，应判定 {found.expected} 项，已判定 {found.judged} 项",
        f"{counted(len(found.runs), 'run')}, {found.judged} of {found.expected} judgements could be made",
    )
    lines = [head, *(line for name, rows in tables if rows for line in _table(name, rows))]
    lines += [
        say(f"将到期的豁免：{id}，止于 {last}（{run}）", f"a waiver that ends: {id}, until {last} ({run})")
        for id, last, run in found.waivers
    ]
    return "\n".join(lines) + "\n"


def _table(name: str, rows: "tuple[Figure, ...]") -> list[str]:
    nobody = say("（未标明）", "(not named)")
    names = [one.of or nobody for one in rows[:_MOST]]
    width = max(display_width(one) for one in names)
    words = say("不符合 {fail} · 阻断 {blocking} · 无法判定 {open}", "fail {fail} · blocking {blocking} · undetermined {open}")
    lines = [
        f"  {of}{' ' * (width - display_width(of))}  {words.format(fail=one.fail, blocking=one.blocking, open=one.undetermined)}"
        for of, one in zip(names, rows, strict=False)
    ]
    more = [say(f"  ……另有 {len(rows) - _MOST} 行", f"  … {len(rows) - _MOST} more")] if len(rows) > _MOST else []
    return ["", name, *lines, *more]
