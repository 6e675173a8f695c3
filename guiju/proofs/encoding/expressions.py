"""Expressions of the intermediate form as formulas. One table says what becomes of each node; what is not in it is not encoded.

The meaning is the interpreter's (`validators/engines/interpreter`), node by node; `tests/unit/proofs` holds the two equal.
"""

from collections.abc import Callable
from typing import Any

import z3

from guiju.dsl.ir import tree as ir
from guiju.proofs.encoding.asking import Scope
from guiju.proofs.encoding.bounds import walk
from guiju.proofs.encoding.collections import counted, distinct, folded, quantified
from guiju.proofs.encoding.days import Days
from guiju.proofs.encoding.documents import KINDS, Node, Unencodable, World, sort_of, term_of
from guiju.proofs.encoding.functions import FUNCTIONS, arithmetic
from guiju.proofs.encoding.logic import (
    FALSE,
    TRUE,
    Formula,
    Truth3,
    Value,
    all_of,
    any_of,
    connect,
    constant,
    either,
    lift,
    negate,
    pick,
    same_term,
    stopped,
    strict_test,
)
from guiju.terms.fact import State
from guiju.terms.time.period import PeriodKind
from guiju.terms.types import RecordT, RefT

__all__ = ["Encoder"]

_MEASURES = (
    ("workdays", KINDS.index(PeriodKind.WORKDAYS), 1),
    ("days", KINDS.index(PeriodKind.DAYS), 1),
    ("days", KINDS.index(PeriodKind.WEEKS), 7),
    ("months", KINDS.index(PeriodKind.MONTHS), 1),
    ("months", KINDS.index(PeriodKind.YEARS), 12),
)


class Encoder:
    """The expressions of one rule about one subject. `scope` are the variables before any binder."""

    def __init__(
        self, world: World, days: Days, scope: Scope, spec: ir.SubjectSpec, members: tuple[tuple[Node, Formula], ...] = ()
    ) -> None:
        self.world, self.days, self.scope, self.spec, self.members = world, days, scope, spec, members
        self.texts = world.texts

    # ---- propositions -------------------------------------------------------------------------------------------------------

    def holds(self, expr: ir.Expr, scope: Scope) -> Truth3:
        """The truth of a proposition."""
        encode = _PROPOSITIONS.get(type(expr))
        if encode is not None:
            return encode(self, expr, scope)
        if type(expr) in _OPERANDS:
            return strict_test((self.operand(expr, scope),), lambda term: (term, False))
        raise Unencodable(type(expr).__name__)

    def _and(self, expr: ir.And, scope: Scope) -> Truth3:
        return connect([self.holds(one, scope) for one in expr.args], conjunction=True)

    def _or(self, expr: ir.Or, scope: Scope) -> Truth3:
        return connect([self.holds(one, scope) for one in expr.args], conjunction=False)

    def _not(self, expr: ir.Not, scope: Scope) -> Truth3:
        return self.holds(expr.arg, scope).turned()

    def _is(self, expr: ir.Is, scope: Scope) -> Truth3:
        node = self.node(expr.operand, scope)
        there = any_of(*(node.state(one) for one in expr.states))
        return Truth3(there, negate(there))

    def _if(self, expr: ir.If, scope: Scope) -> Truth3:
        return either(self.holds(expr.cond, scope), self.holds(expr.then, scope), self.holds(expr.other, scope))

    def _truthy(self, expr: ir.Truthy, scope: Scope) -> Truth3:
        return strict_test((self.operand(expr.operand, scope),), lambda term: (term, False))

    def _compare(self, expr: ir.Compare, scope: Scope) -> Truth3:
        left, right = self.operand(expr.left, scope), self.operand(expr.right, scope)
        return strict_test((left, right), lambda one, other: self.compared(expr.op, left.sort, one, other))

    def compared(self, op: str, sort: str, left: Any, right: Any) -> tuple[Formula, Formula]:
        """When a comparison holds, and when it is a fault."""
        if sort == "period":
            return _periods_compared(op, left, right)
        if op in ("=", "≠"):
            same = same_term(left, right)
            return (same, False) if op == "=" else (negate(same), False)
        if sort == "text":
            raise Unencodable("the order of texts")
        if sort == "bool":
            raise Unencodable("the order of yes and no")
        if not z3.is_expr(left) and not z3.is_expr(right):
            return {"<": left < right, "≤": left <= right, ">": left > right, "≥": left >= right}[op], False
        one, other = lift(left), lift(right)
        return {"<": one < other, "≤": one <= other, ">": one > other, "≥": one >= other}[op], False

    def _in(self, expr: ir.In, scope: Scope) -> Truth3:
        operand = self.operand(expr.operand, scope)
        options = [term_of(one.value, self.texts) for one in expr.options]

        def test(term: Any) -> tuple[Formula, Formula]:
            return any_of(*(self.compared("=", operand.sort, term, one.term)[0] for one in options)), False

        return strict_test((operand,), test)

    def _match(self, expr: ir.Match, scope: Scope) -> Truth3:
        return self._text_test(("match", expr.pattern, expr.whole), expr.operand, scope)

    def _format(self, expr: ir.HasFormat, scope: Scope) -> Truth3:
        return self._text_test(("format", expr.format, expr.whole), expr.operand, scope)

    def _text_test(self, predicate: tuple[Any, ...], operand: ir.Expr, scope: Scope) -> Truth3:
        return strict_test((self.operand(operand, scope),), lambda term: (self.texts.holds(predicate, term), False))

    def _contains(self, expr: ir.Contains, scope: Scope) -> Truth3:
        if isinstance(expr.part, ir.Const) and isinstance(expr.part.value, str):
            return self._text_test(("contains", expr.how, expr.part.value), expr.operand, scope)
        values = (self.operand(expr.operand, scope), self.operand(expr.part, scope))
        return strict_test(values, lambda text, part: (self.texts.holds(("holds", expr.how), text, part), False))

    def _plain_truth(self, expr: ir.Const, scope: Scope) -> Truth3:
        return TRUE if expr.value else FALSE

    # ---- operands -----------------------------------------------------------------------------------------------------------

    def operand(self, expr: ir.Expr, scope: Scope) -> Value:
        """The value of an operand."""
        encode = _OPERANDS.get(type(expr))
        return encode(self, expr, scope) if encode is not None else self.as_operand(self.holds(expr, scope))

    def as_operand(self, truth: Truth3) -> Value:
        """A proposition where a yes or no is asked for."""
        return Value("bool", truth.t, any_of(truth.t, truth.f), truth.v, truth.x)

    def _const(self, expr: ir.Const, scope: Scope) -> Value:
        return term_of(expr.value, self.texts)

    def _as_of(self, expr: ir.AsOf, scope: Scope) -> Value:
        return constant("date", self.world.as_of.toordinal())

    def _param(self, expr: ir.Param, scope: Scope) -> Value:
        return Value(sort_of(expr.type), None, False)

    def node(self, read: ir.Read, scope: Scope) -> Node:
        """The node that a read stands for; a record that is read as a reference is its key."""
        node = scope[read.var]
        for id in read.path:
            node = self.world.field(node, id)
        if isinstance(read.type, RefT) and isinstance(node.type, RecordT):
            key = self.world.vocabulary.shape(node.type.shape).key
            node = self.world.field(node, key.id) if key is not None else node
        return node

    def _read(self, expr: ir.Read, scope: Scope) -> Value:
        return self.value(self.node(expr, scope))

    def value(self, node: Node) -> Value:
        """What a node holds."""
        has = node.state(State.VALUE)
        if node.term is None:
            if has is not False and not isinstance(node.type, RecordT):
                raise Unencodable(f"a value of {type(node.type).__name__}")
            return Value("none", None, False)
        return Value(sort_of(node.type), node.term, has)

    def _if_value(self, expr: ir.If, scope: Scope) -> Value:
        condition = self.holds(expr.cond, scope)
        then, other = self.operand(expr.then, scope), self.operand(expr.other, scope)
        if then.has is False or other.has is False:
            term, same = (other.term if then.has is False else then.term), False
        else:
            term = pick(any_of(condition.t, condition.u), then.term, other.term)
            same = self.compared("=", then.sort, then.term, other.term)[0]
        agree = all_of(condition.u, then.has, other.has, same)
        return Value(
            then.sort if then.has is not False else other.sort,
            term,
            any_of(all_of(condition.t, then.has), all_of(condition.f, other.has), agree),
            any_of(condition.v, all_of(condition.t, then.empty), all_of(condition.f, other.empty)),
            any_of(condition.x, all_of(condition.t, then.fault), all_of(condition.f, other.fault)),
        )

    def _arith(self, expr: ir.Arith, scope: Scope) -> Value:
        left, right = self.operand(expr.left, scope), self.operand(expr.right, scope)
        return self.strict((left, right), sort_of(expr.type), lambda one, other: arithmetic(self, expr, left.sort, right.sort, one, other))

    def _call(self, expr: ir.Call, scope: Scope) -> Value:
        if expr.fn == "no_row":
            return Value(sort_of(expr.type), None, False)
        function = FUNCTIONS.get(expr.fn)
        if function is None:
            raise Unencodable(f"the function {expr.fn}")
        values = tuple(self.operand(one, scope) for one in expr.args)
        return self.strict(values, sort_of(expr.type), lambda *terms: function(self, expr, *terms))

    def strict(self, values: tuple[Value, ...], sort: str, then: Callable[..., tuple[Any, Formula, Formula]]) -> Value:
        """A function of values that are all there; it gives its term, when that is known, and when it is a fault."""
        has, fault, empty = stopped(values)
        if has is False or any(one.term is None for one in values):
            return Value(sort, None, False, empty, fault)
        term, known, wrong = then(*(one.term for one in values))
        return Value(sort, term, all_of(has, known, negate(wrong)), empty, any_of(fault, all_of(has, wrong)))

    # ---- collections --------------------------------------------------------------------------------------------------------

    def _quant(self, expr: ir.Quant, scope: Scope) -> Truth3:
        # What does not speak of the subject is the same for all subjects: a hundred rows of registers are walked once.
        free = _free_variables(expr)
        if free is None:
            return quantified(self, expr, scope)
        key = (id(expr), tuple(id(scope[var]) for var in free))
        found = self.world.made.get(key)
        if found is None:
            found = self.world.made[key] = (expr, quantified(self, expr, scope))
        made: Truth3 = found[1]
        return made

    def _several(self, expr: ir.Several, scope: Scope) -> Truth3:
        return counted(expr, [self.holds(one, scope) for one in expr.args], False, False)

    def _dated(self, expr: ir.Dated, scope: Scope) -> Value:
        return self.operand(expr.body, scope)

    def _fold(self, expr: ir.Fold, scope: Scope) -> Value:
        return folded(self, expr, scope)

    def _distinct(self, expr: ir.Unique | ir.First, scope: Scope) -> Truth3:
        return distinct(self, expr, scope)


_FREE: dict[int, tuple[ir.Expr, tuple[int, ...] | None]] = {}


def _free_variables(expr: ir.Expr) -> tuple[int, ...] | None:
    """The variables that an expression takes from without; None where it speaks of its group or of its fellows."""
    kept = _FREE.get(id(expr))
    if kept is None or kept[0] is not expr:
        if len(_FREE) > 20_000:
            _FREE.clear()
        kept = _FREE[id(expr)] = expr, _found_free(expr)
    return kept[1]


def _found_free(expr: ir.Expr) -> tuple[int, ...] | None:
    inside: set[int] = set()
    used: set[int] = set()
    for node in walk(expr):
        if isinstance(node, ir.Unique | ir.First) or (isinstance(node, ir.Quant | ir.Fold) and isinstance(node.source, ir.Members)):
            return None
        if isinstance(node, ir.Quant | ir.Fold):
            inside.add(node.var)
            if isinstance(node.source, ir.Each):
                used.add(node.source.var)
        elif isinstance(node, ir.Read):
            used.add(node.var)
        elif isinstance(node, ir.Is):
            used.add(node.operand.var)
    return tuple(sorted(used - inside))


def _periods_compared(op: str, left: tuple[Any, Any], right: tuple[Any, Any]) -> tuple[Formula, Formula]:
    """Periods of one measure by their lengths; others are never equal, and to order them is a fault."""
    pairs: list[tuple[Formula, Any, Any]] = []
    for measure, kind, size in _MEASURES:
        for other, other_kind, other_size in _MEASURES:
            if measure == other:
                fits = all_of(same_term(left[0], kind), same_term(right[0], other_kind))
                if fits is not False:
                    pairs.append((fits, left[1] * size, right[1] * other_size))
    comparable = any_of(*(fits for fits, _, _ in pairs))
    if op in ("=", "≠"):
        same = any_of(*(all_of(fits, same_term(one, two)) for fits, one, two in pairs))
        return (same, False) if op == "=" else (negate(same), False)
    held = any_of(*(all_of(fits, _ordered(op, one, two)) for fits, one, two in pairs))
    return held, negate(comparable)


def _ordered(op: str, left: Any, right: Any) -> Formula:
    return {"<": lambda: left < right, "≤": lambda: left <= right, ">": lambda: left > right, "≥": lambda: left >= right}[op]()


_PROPOSITIONS: dict[type, Callable[[Encoder, Any, Scope], Truth3]] = {
    ir.And: Encoder._and,
    ir.Or: Encoder._or,
    ir.Not: Encoder._not,
    ir.Is: Encoder._is,
    ir.If: Encoder._if,
    ir.Truthy: Encoder._truthy,
    ir.Compare: Encoder._compare,
    ir.In: Encoder._in,
    ir.Match: Encoder._match,
    ir.HasFormat: Encoder._format,
    ir.Contains: Encoder._contains,
    ir.Quant: Encoder._quant,
    ir.Several: Encoder._several,
    ir.Unique: Encoder._distinct,
    ir.First: Encoder._distinct,
}
_OPERANDS: dict[type, Callable[[Encoder, Any, Scope], Value]] = {
    ir.Const: Encoder._const,
    ir.AsOf: Encoder._as_of,
    ir.Param: Encoder._param,
    ir.Dated: Encoder._dated,
    ir.Read: Encoder._read,
    ir.If: Encoder._if_value,
    ir.Arith: Encoder._arith,
    ir.Call: Encoder._call,
    ir.Fold: Encoder._fold,
}
