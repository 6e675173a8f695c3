"""Tests of presence in 适用: whoever leaves the field out is then not judged at all, so each has its reason in 因为."""

from collections.abc import Iterator

from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children
from guiju.dsl.model.names.context import DiagnosticSink
from guiju.dsl.model.names.tree import CheckedModel, CheckedRule
from guiju.dsl.syntax import tree as syn
from guiju.dsl.syntax.tree_expr import Binary, Negation, Postfix, Quantifier
from guiju.terms.fact import State
from guiju.terms.tongue import Both

__all__ = ["check_guards", "guards_of"]

_HELP = Both(
    "条文要求写明的，移到“应当”；条文要求做到的，去掉这个条件，没有写明就是无法判定；条文本身以有无为条件的，加一行“因为 …”",
    "what the clause wants stated belongs under `shall`; what it wants done is undetermined when left out, so drop the test; "
    "where the clause itself speaks of presence, add a line `because …`",
)


def check_guards(model: CheckedModel, rules: list[CheckedRule], found: DiagnosticSink) -> None:
    """A warning for each rule with a guard and without a reason."""
    terms = {one.id: one for one in model.terms}
    for one in rules:
        if one.rule.because is None and next(guards_of(one.rule, terms), None) is not None:
            found.report("H030", _span(one.decl), help=_HELP)


def guards_of(rule: ir.Rule, terms: dict[str, ir.Term]) -> Iterator[ir.Is]:
    """The tests in its condition that hold only of what is given, those of its terms included."""
    return iter(()) if rule.applies is None else _guards(rule.applies, terms, asks=True)


def _guards(expr: ir.Expr, terms: dict[str, ir.Term], *, asks: bool) -> Iterator[ir.Is]:
    match expr:
        case ir.Is(states=states):
            given, absent = State.VALUE in states, State.ABSENT in states
            if (given and not absent) if asks else (absent and not given):
                yield expr
        case ir.Not(arg=arg):
            yield from _guards(arg, terms, asks=not asks)
        case ir.If(then=then, other=other):
            # 若 X 已提供 则 … 否则 … leaves nobody out: its condition only chooses.
            yield from _guards(then, terms, asks=asks)
            yield from _guards(other, terms, asks=asks)
        case ir.TermUse(term=term) if term in terms:
            yield from _guards(terms[term].body, terms, asks=asks)
        case _:
            for one in children(expr):
                yield from _guards(one, terms, asks=asks)


def _span(decl: syn.Decl) -> Span:
    """The first test of presence that is written in the condition, else the condition: a term may hold the test."""
    conditions = [part for part in decl.parts if isinstance(part, syn.Requirement) and part.kind == "applies"]
    written = (span for part in conditions for span in _written(part.expr))
    return next(written, conditions[0].expr.span if conditions else decl.keyword_span)


def _written(expr: syn.Expr) -> Iterator[Span]:
    match expr:
        case Postfix(op="given"):
            yield expr.span
        case Binary(left=left, right=right):
            yield from _written(left)
            yield from _written(right)
        case Negation(arg=arg):
            yield from _written(arg)
        case Quantifier(body=body):
            yield from _written(body)
        case _:
            return
