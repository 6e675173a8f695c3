"""Quantifiers, aggregates and 唯一 over lists of bounded length, over records, over registers and over groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3

from guiju.dsl.ir import tree as ir
from guiju.proofs.encoding.asking import Asking, Scope
from guiju.proofs.encoding.documents import Node, Unencodable, sort_of
from guiju.proofs.encoding.logic import (
    Formula,
    Truth3,
    Value,
    all_of,
    any_of,
    at_least,
    lift,
    negate,
    pick,
    same_term,
    stopped,
)
from guiju.terms.fact import State
from guiju.terms.types import ListT

__all__ = ["counted", "distinct", "elements", "folded", "quantified"]


@dataclass(frozen=True, slots=True)
class Held:
    """What a source ranges over: nodes with when they belong and when that is in doubt; when there is a gap; when it is a fault."""

    nodes: tuple[tuple[Node, Formula, Formula], ...]
    gap: Formula = False
    fault: Formula = False


def elements(asking: Asking, source: ir.Source, scope: Scope) -> Held:
    """What a source ranges over in this scope."""
    match source:
        case ir.Each():
            nodes, gap = _listed(asking, scope[source.var], source.path)
            return Held(tuple((node, there, False) for node, there in nodes), gap if source.complete else True)
        case ir.Members():
            return Held(tuple((node, there, False) for node, there in asking.members))
        case ir.Corpus():
            return _corpus(asking, source, scope)
        case _:
            raise Unencodable(type(source).__name__)


def _listed(asking: Asking, owner: Node, path: tuple[str, ...]) -> tuple[list[tuple[Node, Formula]], Formula]:
    nodes: list[tuple[Node, Formula]] = [(owner, True)]
    gap: Formula = False
    for id in path:
        inner: list[tuple[Node, Formula]] = []
        for node, there in nodes:
            found = asking.world.field(node, id)
            if not isinstance(found.type, ListT):
                inner.append((found, there))
                continue
            gap = any_of(gap, all_of(there, negate(found.state(State.VALUE))))
            inner += [(element, all_of(there, held)) for element, held in found.elements]
        nodes = inner
    return [(node, there) for node, there in nodes if there is not False], gap


def _corpus(asking: Asking, source: ir.Corpus, scope: Scope) -> Held:
    records = asking.world.records(source.shape)
    any_there = any_of(*(there for _, there in records))
    wanted = [asking.operand(operand, scope) for _, operand in source.keys]
    has, fault, empty = stopped(wanted)
    unknown = negate(any_of(has, fault, empty))
    made: list[tuple[Node, Formula, Formula]] = []
    for record, there in records:
        sure: Formula = True
        doubt: Formula = False
        for (path, _), value in zip(source.keys, wanted, strict=True):
            node = record
            for id in path:
                node = asking.world.field(node, id)
            held = asking.value(node)
            if value.has is False:
                sure = False
                break
            same = same_term(held.term, value.term) if held.has is not False else False
            sure = all_of(sure, any_of(negate(held.has), same))
            doubt = any_of(doubt, negate(held.has))
        made.append((record, all_of(there, has, sure), doubt))
    kept = tuple(one for one in made if one[1] is not False)
    return Held(kept, all_of(any_there, unknown), all_of(any_there, fault))


# ---- quantifiers -------------------------------------------------------------------------------------------------------------


def quantified(asking: Asking, expr: ir.Quant, scope: Scope) -> Truth3:
    """The truth of a quantifier: the laws of `interpreter.folds`."""
    held = elements(asking, expr.source, scope)
    bodies = [
        _body(there, _doubtful(asking.holds(expr.body, {**scope, expr.var: node}), doubt, expr.kind is ir.QuantKind.EVERY))
        for node, there, doubt in held.nodes
    ]
    return counted(expr, bodies, held.gap, held.fault)


def counted(expr: ir.Quant | ir.Several, bodies: Sequence[Truth3], gap: Formula, gone_wrong: Formula) -> Truth3:
    """The truth of so many propositions counted, where there may be more of them."""
    decided_truth, count = _decider(expr)
    fault: Formula = gone_wrong
    if any(one.x is not False for one in bodies):
        for at, one in enumerate(bodies):
            before = _decided(expr, bodies[:at], count)
            fault = any_of(fault, all_of(one.x, negate(any_of(before, fault))))
        decided = all_of(negate(fault), _decided(expr, bodies, count))
    else:
        decided = all_of(negate(fault), _decided(expr, bodies, count))
    rest = negate(any_of(fault, decided))
    open_ = all_of(rest, any_of(gap, _open(expr, bodies, count)))
    closed = _closed(expr, bodies, count)
    settled = all_of(rest, negate(open_))
    true, false = all_of(settled, closed.t), all_of(settled, closed.f)
    if decided_truth:
        true = any_of(decided, true)
    else:
        false = any_of(decided, false)
    return Truth3(true, false, all_of(settled, closed.v), fault)


def _body(there: Formula, truth: Truth3) -> Truth3:
    """An element that is not there counts as one of which nothing is asked."""
    gone = negate(there)
    return Truth3(all_of(there, truth.t), all_of(there, truth.f), any_of(gone, truth.v), all_of(there, truth.x))


def _doubtful(truth: Truth3, doubt: Formula, every: bool) -> Truth3:
    if doubt is False:
        return truth
    sure = negate(doubt)
    if every:
        return Truth3(truth.t, all_of(sure, truth.f), truth.v, truth.x)
    return Truth3(all_of(sure, truth.t), truth.f, truth.v, truth.x)


def _decider(expr: ir.Quant | ir.Several) -> tuple[bool, int]:
    """Which truth witnesses decide, and how many of them do."""
    match expr.kind:
        case ir.QuantKind.EVERY:
            return False, 1
        case ir.QuantKind.SOME:
            return True, 1
        case ir.QuantKind.NO:
            return False, 1
        case ir.QuantKind.AT_LEAST:
            return True, expr.count
        case _:
            return False, expr.count + 1


def _decided(expr: ir.Quant | ir.Several, bodies: Sequence[Truth3], count: int) -> Formula:
    return at_least(count, [one.f if expr.kind is ir.QuantKind.EVERY else one.t for one in bodies])


def _open(expr: ir.Quant | ir.Several, bodies: Sequence[Truth3], count: int) -> Formula:
    unknown = any_of(*(one.u for one in bodies))
    if expr.kind in (ir.QuantKind.EVERY, ir.QuantKind.SOME, ir.QuantKind.NO):
        return unknown
    needed = expr.count + 1 if expr.kind is ir.QuantKind.AT_MOST else expr.count
    return all_of(unknown, at_least(needed, [any_of(one.t, one.u) for one in bodies]))


def _closed(expr: ir.Quant | ir.Several, bodies: Sequence[Truth3], count: int) -> Truth3:
    match expr.kind:
        case ir.QuantKind.EVERY:
            some = any_of(*(one.t for one in bodies))
            return Truth3(some, False, negate(some))
        case ir.QuantKind.SOME:
            return Truth3(False, True)
        case ir.QuantKind.AT_LEAST:
            return Truth3(expr.count == 0, expr.count != 0)
        case ir.QuantKind.NO | ir.QuantKind.AT_MOST:
            return Truth3(True, False)
        case _:
            exact = at_least(expr.count, [one.t for one in bodies])
            return Truth3(exact, negate(exact))


# ---- aggregates --------------------------------------------------------------------------------------------------------------


def folded(asking: Asking, expr: ir.Fold, scope: Scope) -> Value:
    """An aggregate: filter, then the items of what passes."""
    held = elements(asking, expr.source, scope)
    open_: Formula = held.gap
    fault: Formula = held.fault
    items: list[tuple[Formula, Any]] = []
    sort = "number"
    for node, there, doubt in held.nodes:
        item = _item(asking, expr, {**scope, expr.var: node})
        fault = any_of(fault, all_of(there, item.fault))
        open_ = any_of(open_, all_of(there, any_of(item.unknown, all_of(item.has, doubt))))
        kept = all_of(there, item.has, negate(doubt))
        if kept is not False:
            items.append((kept, item.term))
            sort = item.sort
    term, some = _aggregate(asking, expr, sort, items)
    known = all_of(negate(fault), negate(open_))
    return Value(
        sort_of(expr.type) if expr.fn not in ("max", "min") else sort, term, all_of(known, some), all_of(known, negate(some)), fault
    )


def _item(asking: Asking, expr: ir.Fold, scope: Scope) -> Value:
    """What one element brings; empty where it is filtered out."""
    conditions = [one for one in (expr.among, None if expr.fn == "share" else expr.where) if one is not None]
    passes: Formula = True
    empty: Formula = False
    fault: Formula = False
    for condition in conditions:
        truth = asking.holds(condition, scope)
        empty = any_of(empty, all_of(passes, any_of(truth.f, truth.v)))
        fault = any_of(fault, all_of(passes, truth.x))
        passes = all_of(passes, truth.t)
    if expr.fn == "share":
        counted = asking.holds(expr.where, scope) if expr.where is not None else Truth3(True, False)
        found = Value("number", pick(counted.t, Fraction(1), Fraction(0)), any_of(counted.t, counted.f), counted.v, counted.x)
    elif expr.item is None:
        found = Value("number", Fraction(1))
    else:
        found = asking.operand(expr.item, scope)
    return Value(
        found.sort,
        found.term,
        all_of(passes, found.has),
        any_of(empty, all_of(passes, found.empty)),
        any_of(fault, all_of(passes, found.fault)),
    )


def _aggregate(asking: Asking, expr: ir.Fold, sort: str, items: list[tuple[Formula, Any]]) -> tuple[Any, Formula]:
    """The term of the aggregate, and when there is one."""
    match expr.fn:
        case "count":
            return _number_of([kept for kept, _ in items]), True
        case "sum":
            return _sum(items), True
        case "distinct":
            first = [
                all_of(kept, negate(any_of(*(all_of(other, same_term(one, term)) for other, one in items[:at]))))
                for at, (kept, term) in enumerate(items)
            ]
            return _number_of(first), True
    some = any_of(*(kept for kept, _ in items))
    if not items:
        return Fraction(0), False
    if expr.fn in ("avg", "share"):
        total, counts = _sum(items), [kept for kept, _ in items]
        mean: Any = Fraction(0)
        for number in range(1, len(items) + 1):
            mean = pick(at_least(number, counts), _divided(total, number), mean)
        return mean, some
    op = ">" if expr.fn == "max" else "<"
    best, there = items[0][1], items[0][0]
    for kept, term in items[1:]:
        if sort == "period":
            raise Unencodable("the longest of periods")
        better = asking.compared(op, sort, term, best)[0]
        best = pick(all_of(kept, any_of(negate(there), better)), term, best)
        there = any_of(there, kept)
    return best, some


def _number_of(formulas: Sequence[Formula]) -> Any:
    sure = sum(1 for one in formulas if one is True)
    rest = [one for one in formulas if not isinstance(one, bool)]
    return sure if not rest else z3.Sum([z3.If(one, 1, 0) for one in rest]) + sure


def _sum(items: list[tuple[Formula, Any]]) -> Any:
    if all(kept is True and not z3.is_expr(term) for kept, term in items):
        return sum((Fraction(term) for _, term in items), Fraction(0))
    return z3.Sum([lift(pick(kept, term, Fraction(0))) for kept, term in items])


def _divided(total: Any, number: int) -> Any:
    if not z3.is_expr(total):
        return Fraction(total) / number
    return (z3.ToReal(total) if z3.is_int(total) else total) / number


# ---- unique ------------------------------------------------------------------------------------------------------------------


def distinct(asking: Asking, expr: ir.Unique | ir.First, scope: Scope) -> Truth3:
    """唯一 and 首次出现 among the known values of the scope."""
    own = asking.operand(expr.operand, scope)
    peers = _peers(asking, expr, scope)
    subject = scope[0] if expr.within is None else scope[_element_var(expr.within, scope)]
    twins: Formula = False
    for node, there, inner in peers:
        if node is subject:
            if isinstance(expr, ir.First):
                break  # only what stands before it is asked of
            continue
        value = asking.operand(expr.operand, inner)
        if value.has is False or own.has is False:
            continue
        twins = any_of(twins, all_of(there, value.has, same_term(value.term, own.term)))
    return Truth3(all_of(own.has, negate(twins)), all_of(own.has, twins), own.empty, own.fault)


def _peers(asking: Asking, expr: ir.Unique | ir.First, scope: Scope) -> list[tuple[Node, Formula, Scope]]:
    world, spec = asking.world, asking.spec
    if expr.within is not None:
        var = _element_var(expr.within, scope)
        nodes, _ = _listed(asking, scope[expr.within.var], expr.within.path)
        return [(node, there, {**scope, var: node}) for node, there in nodes]
    if not spec.path:
        return [(node, there, {0: node}) for node, there in world.records(spec.shape)]
    if len(spec.path) > 1:
        raise Unencodable("唯一 among elements of elements")
    found: list[tuple[Node, Formula, Scope]] = []
    for record, there in world.records(spec.shape):
        nodes, _ = _listed(asking, record, spec.path)
        found += [(node, all_of(there, held), {0: node, 1: record}) for node, held in nodes]
    return found


def _element_var(within: ir.Each, scope: Scope) -> int:
    owner = scope[within.var]
    found = [
        var for var, node in scope.items() if var != within.var and node.record == owner.record and node.ids == owner.ids + within.path
    ]
    if not found:
        raise Unencodable("唯一 within a list that is not at hand")
    return max(found) if within.var == 0 else min(found, key=lambda var: abs(var - within.var))
