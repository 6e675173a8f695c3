"""Rules that are not in force yet, as if they were: drafts, and those whose first day is still to come."""

from dataclasses import replace
from datetime import date

from guiju.dsl.ir.tree import Rule

__all__ = ["rehearsed"]


def rehearsed(rules: tuple[Rule, ...], as_of: date) -> tuple[Rule, ...]:
    """These rules and no others, each in force on that day; of several versions the one that comes first."""
    found: dict[str, Rule] = {}
    for rule in sorted(rules, key=lambda one: one.start or date.min):
        is_coming = rule.status == "active" and rule.start is not None and rule.start > as_of
        if not rule.implicit and (is_coming or rule.status == "draft"):
            found.setdefault(rule.id, rule)
    return tuple(_in_force(one, frozenset(found)) for one in found.values())


def _in_force(rule: Rule, others: frozenset[str]) -> Rule:
    yields_to = tuple(id for id in rule.yields_to if id in others)
    return replace(rule, status="active", start=None, end=None, submitted=(None, None), yields_to=yields_to)
