"""Rules that judge an act and do not say on which day it falls: they would be asked of acts done before their own first day.

A rule judges an act where its requirement, or what replaces it, holds two days of the subject against each other: a period kept or
an order of steps is something done. What is compared with the day of judgement alone is a state and needs no such day.
"""

from collections.abc import Iterator

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children
from guiju.dsl.model.names.context import DiagnosticSink
from guiju.dsl.model.names.tree import CheckedRule
from guiju.terms.tongue import Both
from guiju.terms.types import DateT

__all__ = ["check_act_days", "judges_an_act"]

_HELP = Both(
    "写“行为日 字段”：这一行为发生在哪一天；条文确实管到以前的，写“溯及 因为 …”",
    "write `act_day field`: the day on which it was done; where the clause does reach back, `looks_back because …`",
)


def check_act_days(rules: list[CheckedRule], terms: dict[str, ir.Term], found: DiagnosticSink) -> None:
    """A warning for each rule on an act that names no day and does not look back."""
    for one in rules:
        if one.rule.act is None and one.rule.status != "draft" and judges_an_act(one.rule, terms):
            found.report("H075", one.decl.keyword_span, name=one.rule.name, help=_HELP)


def judges_an_act(rule: ir.Rule, terms: dict[str, ir.Term]) -> bool:
    """Whether it holds two days of its subject against each other."""
    asked = (rule.requirement, *(one.instead for one in rule.exceptions if one.instead is not None))
    return any(_holds_two_days(one, terms) for one in asked)


def _holds_two_days(expr: ir.Expr, terms: dict[str, ir.Term]) -> bool:
    if isinstance(expr, ir.TermUse):
        return expr.term in terms and _holds_two_days(terms[expr.term].body, terms)
    if isinstance(expr, ir.Compare | ir.Call):
        days = set(_days(expr, terms))
        if len(days) > 1:
            return True
    return any(_holds_two_days(one, terms) for one in children(expr))


def _days(expr: ir.Expr, terms: dict[str, ir.Term]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The dates that are read under an expression, but for those that are only asked whether they are there."""
    match expr:
        case ir.Is():
            return
        case ir.Read(var=var, path=path, type=DateT()):
            yield var, path
        case ir.TermUse(term=term) if term in terms:
            yield from _days(terms[term].body, terms)
        case _:
            for one in children(expr):
                yield from _days(one, terms)
