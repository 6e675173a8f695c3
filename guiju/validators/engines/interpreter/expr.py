"""Evaluates every expression of the IR by one `match`: slow, plain, and the reference for all engines.

Two functions: `operand` gives a value or says why there is none, `holds` gives a truth. Nothing raises for what a document
may contain: what nobody foresaw is a fault too, of that rule on that subject.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any, assert_never

from guiju.dsl.ir.tree import (
    And,
    Arith,
    AsOf,
    Call,
    Compare,
    Const,
    Contains,
    Corpus,
    Dated,
    Each,
    Expr,
    First,
    Fold,
    HasFormat,
    If,
    In,
    Is,
    Match,
    Members,
    Not,
    Or,
    Param,
    Quant,
    Read,
    Several,
    Source,
    SubjectSpec,
    TableUse,
    TermUse,
    Truthy,
    Unique,
)
from guiju.terms.fact import Known, Missing, State
from guiju.terms.types import RecordT, RefT
from guiju.terms.verdict import Truth, and_, not_, or_
from guiju.validators.engines.engine import PARAMETER, FieldRef, Subject
from guiju.validators.engines.interpreter.comparisons import as_truth, compare, contains, matches
from guiju.validators.engines.interpreter.distinctness import Distinctness, Scope
from guiju.validators.engines.interpreter.folds import count_truths, fold_values
from guiju.validators.engines.interpreter.functions import FUNCTIONS, Setting, arithmetic, has_format
from guiju.validators.engines.interpreter.records import Elements, Node, RecordStore, as_reference
from guiju.validators.engines.interpreter.values import (
    Empty,
    Fault,
    Has,
    Holds,
    Operand,
    Outcome,
    Unknown,
    attempt,
    doubtful,
    same,
    stopped,
)
from guiju.validators.plan.footprint import children

__all__ = ["Evaluator", "Scope"]

_TRUE, _FALSE, _VACUOUS = Holds(Truth.T), Holds(Truth.F), Holds(Truth.V)


class Evaluator(Distinctness):
    """Expressions of one rule on one subject; `memo` is shared by all subjects of a run."""

    def __init__(self, world: RecordStore, spec: SubjectSpec, subject: Subject, memo: dict[Any, Any]) -> None:
        self.world = world
        self.spec = spec
        self.subject = subject
        self.memo = memo
        self.setting = Setting(world.calendar, world.plan.submitted)
        self.scope: Scope = world.scope(spec, subject)

    def operand(self, expr: Expr, scope: Scope) -> Operand:
        """The value of an operand, or why it has none."""
        match expr:
            case Const():
                return Has(expr.value)
            case AsOf():
                return Has(self.world.plan.as_of)
            case Param():
                days = [one.value for day in expr.on if isinstance(one := self.operand(day, scope), Has)]
                return Unknown(frozenset({FieldRef(PARAMETER, (expr.id, *([str(max(days))] if days else [])))}))
            case Dated():
                return self.operand(expr.body, scope)
            case Read():
                return self._read(expr, scope)
            case If():
                return self._if_operand(expr, scope)
            case Arith():
                return self._strict(
                    (expr.left, expr.right), scope, lambda left, right: arithmetic(self.setting, expr.op, left, right, expr.type)
                )
            case Call():
                return self._call(expr, scope)
            case Fold():
                return self._fold(expr, scope)
            case _:
                return self._as_operand(expr, scope)

    def _as_operand(self, expr: Expr, scope: Scope) -> Operand:
        """A proposition where a truth value is asked for as an operand: 是/否 of a test."""
        found = self.holds(expr, scope)
        if isinstance(found, Fault):
            return found
        match found.truth:
            case Truth.T | Truth.F:
                return Has(found.truth is Truth.T)
            case Truth.U:
                return Unknown(found.spots)
            case Truth.V:
                return Empty()
            case _:
                assert_never(found.truth)

    def node(self, read: Read, scope: Scope) -> Node:
        """The node that a read stands for; a record that is read as a reference is its key."""
        node = self.world.read(scope[read.var], read.path)
        return self.world.key_of(node) if isinstance(read.type, RefT) and isinstance(node.type, RecordT) else node

    def _read(self, read: Read, scope: Scope) -> Operand:
        node = self.node(read, scope)
        fact = as_reference(node) if isinstance(read.type, RefT) else node.fact
        return Has(fact.value) if isinstance(fact, Known) else Unknown(frozenset({node.spot}))

    def _strict(self, exprs: Iterable[Expr], scope: Scope, then: Callable[..., Operand]) -> Operand:
        """A function of known values; else a fault, else the union of what is unknown, else nothing."""
        found = [self.operand(one, scope) for one in exprs]
        stop = stopped(found)
        return attempt(then, *(one.value for one in found if isinstance(one, Has))) if stop is None else stop

    def _call(self, call: Call, scope: Scope) -> Operand:
        if call.fn == "no_row":
            return Unknown(frozenset(self._spots_read(call.args, scope)))
        function = FUNCTIONS[call.fn]
        found = self._strict(call.args, scope, lambda *values: function(self.setting, call.type, *values))
        if isinstance(found, Unknown) and not found.spots:
            return Unknown(frozenset(self._spots_read(call.args, scope)))
        return found

    def _spots_read(self, exprs: Iterable[Expr], scope: Scope) -> Iterable[FieldRef]:
        for expr in exprs:
            if isinstance(expr, Read):
                yield self.node(expr, scope).spot
            elif isinstance(expr, Call | Arith | If):
                yield from self._spots_read(children(expr), scope)

    def _if_operand(self, expr: If, scope: Scope) -> Operand:
        condition = self.holds(expr.cond, scope)
        if isinstance(condition, Fault):
            return condition
        match condition.truth:
            case Truth.T:
                return self.operand(expr.then, scope)
            case Truth.F:
                return self.operand(expr.other, scope)
            case Truth.V:
                return Empty()
            case Truth.U:
                then, other = self.operand(expr.then, scope), self.operand(expr.other, scope)
                agree = isinstance(then, Has) and isinstance(other, Has) and same(then.value, other.value)
                return then if agree else Unknown(condition.spots)
            case _:
                assert_never(condition.truth)

    # ---- propositions --------------------------------------------------------------------------------------------------------

    def holds(self, expr: Expr, scope: Scope) -> Outcome:
        """The truth of a proposition, or a fault."""
        match expr:
            case And():
                return self._connect(expr.args, scope, and_, Truth.F)
            case Or():
                return self._connect(expr.args, scope, or_, Truth.T)
            case Not():
                inner = self.holds(expr.arg, scope)
                return inner if isinstance(inner, Fault) else Holds(not_(inner.truth), inner.spots)
            case Is():
                fact = self.node(expr.operand, scope).fact
                bare = expr.reasoned and fact.state is State.NOT_APPLICABLE and isinstance(fact, Missing) and fact.detail is None
                return _TRUE if fact.state in expr.states and not bare else _FALSE
            case If():
                return self._if_truth(expr, scope)
            case Quant():
                return self._quant(expr, scope)
            case Several():
                outcomes = (self.holds(one, scope) for one in expr.args)
                return count_truths(expr.kind, expr.count, outcomes, frozenset(), frozenset())
            case Unique() | First():
                return self.distinct(expr, scope)
            case Truthy():
                return self._test((expr.operand,), scope, lambda value: value)
            case Compare():
                return self._test((expr.left, expr.right), scope, lambda left, right: compare(expr.op, left, right))
            case In():
                return self._test((expr.operand,), scope, lambda value: any(same(value, one.value) for one in expr.options))
            case Match():
                return self._test((expr.operand,), scope, lambda text: matches(expr, text))
            case HasFormat():
                return self._test((expr.operand,), scope, lambda text: has_format(expr, text, self.world.plan.as_of))
            case Contains():
                return self._test((expr.operand, expr.part), scope, lambda text, part: contains(expr.how, text, part))
            case Const() | Read() | Call() | Fold() | Arith() | Param() | Dated() | AsOf():
                return self._test((expr,), scope, as_truth)
            case TermUse() | TableUse():
                raise TypeError(f"{type(expr).__name__} should have been lowered away")
            case _:
                assert_never(expr)

    def _test(self, exprs: tuple[Expr, ...], scope: Scope, test: Callable[..., bool | Fault]) -> Outcome:
        """A two-valued test of operands: strict in faults and unknowns, vacuous of nothing."""
        found = [self.operand(one, scope) for one in exprs]
        match stopped(found):
            case None:
                answer = attempt(test, *(one.value for one in found if isinstance(one, Has)))
                return answer if isinstance(answer, Fault) else Holds(Truth.of(answer))
            case Fault() as fault:
                return fault
            case Unknown(spots):
                return Holds(Truth.U, spots)
            case _:
                return _VACUOUS

    def _connect(self, args: tuple[Expr, ...], scope: Scope, join: Callable[[Truth, Truth], Truth], decides: Truth) -> Outcome:
        """From the left: what decides, decides before a fault to its right; a fault before what would decide is the fault."""
        truth, spots = Truth.V, frozenset[FieldRef]()
        for arg in args:
            found = self.holds(arg, scope)
            if isinstance(found, Fault):
                return found
            if found.truth is decides:
                return found
            truth, spots = join(truth, found.truth), spots | found.spots
        return Holds(truth, spots if truth is Truth.U else frozenset())

    def _if_truth(self, expr: If, scope: Scope) -> Outcome:
        condition = self.holds(expr.cond, scope)
        if isinstance(condition, Fault) or condition.truth is Truth.V:
            return condition
        if condition.truth is not Truth.U:
            return self.holds(expr.then if condition.truth is Truth.T else expr.other, scope)
        then, other = self.holds(expr.then, scope), self.holds(expr.other, scope)
        agree = isinstance(then, Holds) and isinstance(other, Holds) and then.truth is other.truth is not Truth.U
        return then if agree else condition

    # ---- collections ---------------------------------------------------------------------------------------------------------

    def elements(self, source: Source, scope: Scope) -> Elements | Fault:
        """What a source ranges over in this scope."""
        match source:
            case Each():
                return self.world.elements(scope[source.var], source.path, complete=source.complete)
            case Members():
                return Elements(tuple(self.world.root(number) for number in self.subject.members))
            case Corpus():
                return self._corpus(source, scope)
            case _:
                assert_never(source)

    def _corpus(self, source: Corpus, scope: Scope) -> Elements | Fault:
        if not self.world.has_any(source.shape):
            return Elements(())
        wanted = [self.operand(operand, scope) for _, operand in source.keys]
        match stopped(wanted):
            case None:
                values = tuple(one.value for one in wanted if isinstance(one, Has))
                return self.world.lookup(source.shape, tuple(key for key, _ in source.keys), values)
            case Fault() as fault:
                return fault
            case Unknown(spots):
                return Elements((), gaps=spots)
            case _:
                return Elements(())

    def bodies(self, expr: Quant, scope: Scope) -> list[tuple[Node, Outcome]] | Fault:
        """Each element with the truth of the body for it, in order; doubtful elements last, open where they would decide."""
        found = self.elements(expr.source, scope)
        return found if isinstance(found, Fault) else list(self._judged(expr, found, scope))

    def _judged(self, expr: Quant, found: Elements, scope: Scope) -> Iterator[tuple[Node, Outcome]]:
        for node in found.sure:
            yield node, self.holds(expr.body, {**scope, expr.var: node})
        for node, spots in found.doubtful:
            yield node, doubtful(self.holds(expr.body, {**scope, expr.var: node}), spots, expr.kind == "every")

    def _quant(self, expr: Quant, scope: Scope) -> Outcome:
        found = self.elements(expr.source, scope)
        if isinstance(found, Fault):
            return found
        # One after another: nothing is asked of what stands behind the element that decides.
        outcomes = (outcome for _, outcome in self._judged(expr, found, scope))
        return count_truths(expr.kind, expr.count, outcomes, found.gaps, found.incomplete)

    def _fold(self, expr: Fold, scope: Scope) -> Operand:
        """An aggregate: filter, then the items of what passes; see `fold_values`."""
        found = self.elements(expr.source, scope)
        if isinstance(found, Fault):
            return found
        open_spots = set(found.gaps | found.incomplete)
        items: list[Any] = []
        for node, doubt in [*((node, frozenset[FieldRef]()) for node in found.sure), *found.doubtful]:
            item = self._item(expr, {**scope, expr.var: node})
            match item:
                case Fault():
                    return item
                case Empty():
                    continue
                case Unknown(spots):
                    open_spots |= spots | doubt
                case Has(value):
                    if doubt:
                        open_spots |= doubt
                    else:
                        items.append(value)
                case _:
                    assert_never(item)
        return Unknown(frozenset(open_spots)) if open_spots else attempt(fold_values, expr.fn, items, expr.type)

    def _item(self, expr: Fold, scope: Scope) -> Operand:
        """What one element brings: Empty when it is filtered out, 1 or 0 for a share, 1 for a count."""
        for condition in (expr.among, None if expr.fn == "share" else expr.where):
            if condition is None:
                continue
            passes = self._as_operand(condition, scope)
            if not isinstance(passes, Has):
                return passes
            if not passes.value:
                return Empty()
        if expr.fn == "share":
            counted = self._as_operand(expr.where, scope) if expr.where is not None else Has(True)
            return Has(Fraction(int(counted.value))) if isinstance(counted, Has) else counted
        return Has(1) if expr.item is None else self.operand(expr.item, scope)
