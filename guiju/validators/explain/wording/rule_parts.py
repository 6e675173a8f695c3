"""The parts of a rule: their names in both languages, and a rule with one exception replaced."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from guiju.dsl.ir.tree import (
    Expr,
    Rule,
)
from guiju.terms.tongue import Both

__all__ = ["part_words"]

_Put: TypeAlias = Callable[[Expr], Rule]


def part_words(rule: Rule) -> tuple[tuple[Both, Expr, _Put], ...]:
    """The parts of a rule by their names, with how another expression is put in their place."""
    found: list[tuple[Both, Expr, _Put]] = []
    if rule.applies is not None:
        found.append((Both("适用", "applies"), rule.applies, lambda expr: replace(rule, applies=expr)))
    for at, one in enumerate(rule.exceptions):
        word = Both("过渡", "transition") if one.transition else Both("除外", "except")
        label = Both(f"{word.zh}“{one.label.zh}”", f'{word.en} "{one.label.en or one.label.zh}"')
        found.append((label, one.when, lambda expr, at=at: _with_exception(rule, at, when=expr)))  # type: ignore[misc]
        if one.instead is not None:
            label = Both(f"{label.zh}的替代要求", f"{label.en}, instead")
            found.append((label, one.instead, lambda expr, at=at: _with_exception(rule, at, instead=expr)))  # type: ignore[misc]
    found.append((rule.force.words, rule.requirement, lambda expr: replace(rule, requirement=expr)))
    return tuple(found)


def _with_exception(rule: Rule, at: int, **changes: Expr) -> Rule:
    changed = replace(rule.exceptions[at], **changes)  # type: ignore[arg-type]
    return replace(rule, exceptions=(*rule.exceptions[:at], changed, *rule.exceptions[at + 1 :]))
