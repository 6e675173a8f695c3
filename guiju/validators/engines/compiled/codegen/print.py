"""Prints the compiled code of one rule with a legend of its names, for `explain --plan`."""

import json
from collections.abc import Iterator
from typing import Any

from guiju.terms.time.calendar import Calendar
from guiju.validators.engines.compiled.codegen.from_plan import write
from guiju.validators.engines.compiled.codegen.module import Module, Unit
from guiju.validators.engines.compiled.codegen.region import Slot
from guiju.validators.engines.state import State
from guiju.validators.plan.tree import Plan

__all__ = ["print_plan"]

_MOST = 160


def print_plan(plan: Plan, calendar: Calendar, rule: str) -> str | None:
    """The code that judges the rule, under remarks on its names; None where the interpreter judges it, or where it is not in force."""
    at = plan.position(rule)
    if at is None or not plan.rules[at].active:
        return None
    module = write(plan, calendar, only=frozenset({at}), wide=True)
    if at in module.left:
        return None
    units = [unit for unit in module.units if unit.rules or unit.columns]
    return "\n\n".join("\n".join([*(f"# {line}" for line in _legend(module, unit)), unit.source]) for unit in units)


def _legend(module: Module, unit: Unit) -> Iterator[str]:
    """What the names of the code stand for. Texts of the ruleset are quoted, so that none of them ends a remark."""
    fields = [f"{slot.attr} {_quoted('.'.join(path))}" for path, slot in _fields(unit.slot, ())]
    if fields:
        yield "fields: " + ", ".join(fields)
    for name, value in module.names.items():
        if name[0] == "k" and name[1:].isdigit() and name in unit.source:
            yield f"{name}: {_shown(value)}"
    yield "note(rule, state, record, positions); states: " + ", ".join(f"{state.value} {state.name.lower()}" for state in State)


def _fields(slot: Slot, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Slot]]:
    for id, child in slot.children.items():
        yield (*path, id), child
        yield from _fields(child, (*path, id))
        if child.element is not None:
            yield from _fields(child.element, (*path, id))


def _shown(value: Any) -> str:
    if isinstance(value, frozenset | set):
        shown = "{" + ", ".join(sorted(_shown(one) for one in value)) + "}"
    else:
        shown = _quoted(value) if isinstance(value, str) else ascii(getattr(value, "pattern", value))
    return shown if len(shown) <= _MOST else shown[:_MOST] + "…"


def _quoted(text: str) -> str:
    """The text within quotes, on one line, with nothing in it that turns the direction of writing."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
