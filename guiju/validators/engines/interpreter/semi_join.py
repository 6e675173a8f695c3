"""Finds the records of a large group that satisfy a quantifier, without testing each of them again for every subject.

Tests of the record alone run once for each group; a comparison of one of its fields with the subject becomes a lookup. So a
finding costs as much as it names, not as much as the group holds. For other bodies there is no such answer, and the plain
evaluator, which remains the reference, tests one record after another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from guiju.dsl.ir.tree import (
    And,
    Compare,
    Corpus,
    Expr,
    Quant,
    QuantKind,
    Read,
)
from guiju.terms.verdict import Truth
from guiju.validators.engines.interpreter.expr import Evaluator, Scope
from guiju.validators.engines.interpreter.records import Node
from guiju.validators.engines.interpreter.values import Fault, Has, Holds, Outcome, Unknown
from guiju.validators.plan.footprint import is_plain, walk

__all__ = ["QuickEvaluator", "SemiJoin", "find_witnesses"]

# Smaller groups are asked one by one as soon.
_FROM = 32
_DECIDED = {Truth.T, Truth.F, Truth.U}
_EQUAL_BY_HASH = (str, int, date, Decimal, Fraction)


@dataclass(frozen=True, slots=True)
class SemiJoin:
    """The first records for which the body is true, in reading order; how many there are, and among how many.

    `open`: for other records it is unknown.
    """

    first: tuple[Node, ...]
    count: int
    total: int
    open: bool


@dataclass(frozen=True, slots=True)
class _Body:
    """A conjunction taken apart: tests of the record alone, and at most one comparison of a field of it with something else."""

    alone: tuple[Expr, ...]
    field: Read | None
    other: Expr | None
    equal: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """The records of one group that meet the tests of the record alone, and the values that are compared.

    `runs` says of each where the run of its value ends, `by_value` where a value stands, `open` whether others may belong to them.
    """

    met: list[Node]
    values: list[Any]
    runs: list[int]
    by_value: dict[Any, list[int]]
    open: bool


class QuickEvaluator(Evaluator):
    """The same truths as the plain evaluator's; a quantifier over a large group takes no longer than one over a small one."""

    def _quant(self, expr: Quant, scope: Scope) -> Outcome:
        if expr.kind in (QuantKind.SOME, QuantKind.NO):
            found = find_witnesses(self, expr, scope, 0)
            if found is not None and (found.count or not found.open):
                return Holds(Truth.of((found.count > 0) is (expr.kind is QuantKind.SOME)))
        return super()._quant(expr, scope)


def find_witnesses(evaluator: Evaluator, expr: Quant, scope: Scope, most: int) -> SemiJoin | None:
    """The records that make the body true, `most` of them by name; None where they have to be asked one by one."""
    if not isinstance(expr.source, Corpus):
        return None
    found = evaluator.elements(expr.source, scope)
    if isinstance(found, Fault) or len(found.sure) < _FROM:
        return None
    # Those of which it is not known whether they belong are asked, and are never witnesses.
    total = len(found.sure) + len(found.doubtful)
    body = _taken_apart(evaluator, expr)
    group = None if body is None else _group(evaluator, expr, body, found.sure)
    if body is None or group is None:
        return None
    open = group.open or bool(found.doubtful)
    if body.other is None:
        return SemiJoin(tuple(group.met[:most]), len(group.met), total, open)
    value = evaluator.operand(body.other, scope)
    if not isinstance(value, Has) or not isinstance(value.value, _EQUAL_BY_HASH):
        return None
    same = group.by_value.get(value.value, [])
    if body.equal:
        return SemiJoin(tuple(group.met[at] for at in same[:most]), len(same), total, open)
    return SemiJoin(tuple(_others(group, value.value, most)), len(group.met) - len(same), total, open)


def _others(group: _Group, value: Any, most: int) -> Iterator[Node]:
    """The first records with another value; a run of this one is passed in one step."""
    at = 0
    for _ in range(most):
        if at < len(group.met) and group.values[at] == value:
            at = group.runs[at]
        if at >= len(group.met):
            return
        yield group.met[at]
        at += 1


def _taken_apart(evaluator: Evaluator, expr: Quant) -> _Body | None:
    key = "witness body", id(expr)
    if key not in evaluator.memo:
        evaluator.memo[key] = _apart(expr), expr
    body: _Body | None = evaluator.memo[key][0]
    return body


def _apart(expr: Quant) -> _Body | None:
    args = expr.body.args if isinstance(expr.body, And) else (expr.body,)
    if not all(map(is_plain, args)):
        return None
    alone = tuple(arg for arg in args if _variables(arg) <= {expr.var})
    match [arg for arg in args if arg not in alone]:
        case []:
            return _Body(alone, None, None, True)
        case [Compare(op="=" | "≠") as test]:
            for field, other in ((test.left, test.right), (test.right, test.left)):
                if isinstance(field, Read) and field.var == expr.var and expr.var not in _variables(other):
                    return _Body(alone, field, other, test.op == "=")
    return None


def _variables(expr: Expr) -> set[int]:
    return {node.var for node in walk(expr) if isinstance(node, Read)}


def _group(evaluator: Evaluator, expr: Quant, body: _Body, members: tuple[Node, ...]) -> _Group | None:
    """The group, made once; None where a fault or nothing at all comes up in it, or a value that is not equal by its hash alone."""
    key = "witness group", id(expr), id(members)
    known = evaluator.memo.get(key)
    if known is None:
        # It is kept with what its key is the identity of, which therefore stays that.
        known = evaluator.memo[key] = (_grouped(evaluator, expr, body, members), expr, members)
    group: _Group | None = known[0]
    return group


def _grouped(evaluator: Evaluator, expr: Quant, body: _Body, members: tuple[Node, ...]) -> _Group | None:
    met: list[Node] = []
    values: list[Any] = []
    open = False
    for node in members:
        scope = {expr.var: node}
        truths = {_truth(evaluator, one, scope) for one in body.alone}
        if not truths <= _DECIDED:
            return None
        if Truth.F in truths:
            continue
        value = evaluator.operand(body.field, scope) if body.field is not None else Has("")
        if Truth.U in truths or isinstance(value, Unknown):
            open = True
            continue
        if body.field is not None:
            if not isinstance(value, Has) or not isinstance(value.value, _EQUAL_BY_HASH):
                return None
            values.append(value.value)
        met.append(node)
    by_value: dict[Any, list[int]] = {}
    for at, value in enumerate(values):
        by_value.setdefault(value, []).append(at)
    runs = list(range(1, len(values) + 1))
    for at in range(len(values) - 2, -1, -1):
        if values[at] == values[at + 1]:
            runs[at] = runs[at + 1]
    return _Group(met, values, runs, by_value, open)


def _truth(evaluator: Evaluator, expr: Expr, scope: Scope) -> Truth | None:
    outcome = evaluator.holds(expr, scope)
    return outcome.truth if isinstance(outcome, Holds) else None
