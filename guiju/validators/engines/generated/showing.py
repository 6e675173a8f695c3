"""What a rule looks like as generated code, and what each rule costs; for `explain --plan` and `check --profile`."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from guiju.catalog.model import Record
from guiju.terms.calendar import Calendar
from guiju.validators.engines.generated.decode import plain_type
from guiju.validators.engines.generated.from_plan import write
from guiju.validators.engines.generated.load import load
from guiju.validators.engines.generated.readers import Ask
from guiju.validators.plan.tree import Plan

__all__ = ["print_plan", "rule_costs"]


def print_plan(plan: Plan, calendar: Calendar, rule: str) -> str | None:
    """The code that judges the rule; None where the interpreter judges it, or where it is not in force."""
    at = plan.position(rule)
    if at is None or not plan.rules[at].active:
        return None
    module = write(plan, calendar, only=frozenset({at}), wide=True)
    if at in module.left:
        return None
    return "\n\n".join(unit.source for unit in module.units if unit.rules or unit.columns)


def rule_costs(
    plan: Plan, calendar: Calendar, records: Sequence[Record], clock: Callable[[], float] = time.process_time
) -> tuple[tuple[str, float], ...]:
    """Seconds that each rule takes alone on these records, dearest first; together they take less, for they share their reads.

    Rules that the generated code does not hold are not among them.
    """
    costs = []
    for at, planned in enumerate(plan.rules):
        if not planned.active:
            continue
        module = write(plan, calendar, only=frozenset({at}), wide=True)
        unit = next((one for one in module.units if one.shape == planned.rule.subject.shape), None)
        if at in module.left or unit is None:
            continue
        check, type = load(module)[unit.shape], plain_type(unit.slot)
        decoded = [made for record in records if record.shape == unit.shape for made in _converted(record, type)]
        start = clock()
        for one in decoded:
            try:
                check((one,), 0, _forget)
            except Ask:
                continue
        costs.append((planned.rule.id, clock() - start))
    return tuple(sorted(costs, key=lambda cost: (-cost[1], cost[0])))


def _converted(record: Record, type: Any) -> tuple[Any, ...]:
    try:
        return (msgspec.convert(record.value, type),)
    except (msgspec.ValidationError, UnicodeError):
        return ()


def _forget(note: object) -> None:
    """Nobody wants to see what is found while measuring."""
