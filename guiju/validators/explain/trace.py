"""Builds the evaluated tree of one rule on one subject: every test and operand with its value and place."""

from dataclasses import dataclass

from guiju.catalog.records.place import Place
from guiju.dsl.ir.tree import And, Arith, Compare, Const, Expr, Fold, If, Not, Or, Quant, Read, Several, Source
from guiju.terms.tongue import Both
from guiju.terms.verdict import Truth, Verdict
from guiju.validators.engines.engine import Observation
from guiju.validators.engines.interpreter.expr import Evaluator, Scope
from guiju.validators.engines.interpreter.metered import TooCostly
from guiju.validators.engines.interpreter.records import Elements
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.interpreter.values import Empty, Fault, Has, Operand, Outcome, Unknown
from guiju.validators.explain.explain import names_of
from guiju.validators.explain.failed_test import say_fact
from guiju.validators.explain.phrases import Names, phrase
from guiju.validators.explain.provenance import fields_under
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.explain.values import bilingual, say_value
from guiju.validators.explain.wording.parts import type_of, unit_hint
from guiju.validators.findings.model import SubjectName

__all__ = ["Trace", "Traced", "trace"]

_MOST_ELEMENTS = 20
# Lists within lists multiply: beyond so many nodes the elements are only counted.
_MOST_NODES = 2_000
_TESTS = (And, Or, Not, Quant, Several)
_SPENT = Fault(TooCostly.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """One node: what it says, what came of it, where its value stands; `more` counts elements that are not shown."""

    says: Both
    result: Both
    truth: Truth | None = None
    places: tuple[Place, ...] = ()
    parts: tuple["Traced", ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One rule on one subject, in the order in which it was asked."""

    rule: str
    version: str
    subject: SubjectName
    verdict: Verdict
    act: Traced | None
    applies: Traced | None
    exceptions: tuple[tuple[Both, Traced], ...]
    requirement: Traced


def trace(observation: Observation, runner: Runner, namer: SubjectNamer) -> Trace:
    """The evaluated tree behind one observation; parts that were not reached are evaluated all the same."""
    rule = runner.world.plan.rules[observation.rule].version(observation.version)
    evaluator = runner.evaluator(observation.rule, observation.subject)
    tracer = _Tracer(evaluator, namer)
    names = names_of(evaluator)
    exceptions: list[tuple[Both, Traced]] = []
    for one in rule.exceptions:
        exceptions.append((one.label, tracer.of(one.when, evaluator.scope, names)))
        if one.instead is not None:
            exceptions.append((Both(f"{one.label.zh} 则", f"{one.label.en}, then"), tracer.of(one.instead, evaluator.scope, names)))
    return Trace(
        rule=rule.id,
        version=rule.version,
        subject=namer.subject(rule.subject, observation.subject),
        verdict=observation.verdict,
        act=tracer.of(rule.act.within, evaluator.scope, names) if rule.act is not None and rule.act.within is not None else None,
        applies=tracer.of(rule.applies, evaluator.scope, names) if rule.applies is not None else None,
        exceptions=tuple(exceptions),
        requirement=tracer.of(rule.requirement, evaluator.scope, names),
    )


class _Tracer:
    def __init__(self, evaluator: Evaluator, namer: SubjectNamer) -> None:
        self.evaluator = evaluator
        self.namer = namer
        self.nodes = 0

    def of(self, expr: Expr, scope: Scope, names: Names) -> Traced:
        """A proposition with what it rests on."""
        self.nodes += 1
        outcome = self._holds(expr, scope)
        truth = None if isinstance(outcome, Fault) else outcome.truth
        result = outcome.words if isinstance(outcome, Fault) else outcome.truth.words
        parts, more = ((), 0) if outcome == _SPENT else self._parts(expr, scope, names)
        places = self._places(expr, scope) if not isinstance(expr, _TESTS) else ()
        says = bilingual(lambda tongue: phrase(expr, names, tongue))
        return Traced(says=says, result=result, truth=truth, places=places, parts=parts, more=more)

    # Once the budget is spent each further look says so, and the tree ends.

    def _holds(self, expr: Expr, scope: Scope) -> Outcome:
        try:
            return self.evaluator.holds(expr, scope)
        except TooCostly:
            return _SPENT

    def _value(self, expr: Expr, scope: Scope) -> Operand:
        try:
            return self.evaluator.operand(expr, scope)
        except TooCostly:
            return _SPENT

    def _found(self, source: Source, scope: Scope) -> Elements | Fault:
        try:
            return self.evaluator.elements(source, scope)
        except TooCostly:
            return _SPENT

    def _parts(self, expr: Expr, scope: Scope, names: Names) -> tuple[tuple[Traced, ...], int]:
        match expr:
            case And() | Or() | Several():
                return tuple(self.of(one, scope, names) for one in expr.args), 0
            case Not():
                return (self.of(expr.arg, scope, names),), 0
            case If():
                return tuple(self.of(one, scope, names) for one in (expr.cond, expr.then, expr.other)), 0
            case Quant():
                return self._elements(expr, scope, names)
            case Compare():
                return tuple(self._operand(one, scope, names) for one in (expr.left, expr.right)), 0
            case _:
                return tuple(self._read(read, scope, names) for read in fields_under(expr, scope)), 0

    def _elements(self, expr: Quant, scope: Scope, names: Names) -> tuple[tuple[Traced, ...], int]:
        found = self._found(expr.source, scope)
        if isinstance(found, Fault):
            return (), 0
        nodes = [*found.sure, *(node for node, _ in found.doubtful)]
        inner = names.bound(expr.var, expr.source)
        shown = []
        shown_of = nodes[: _MOST_ELEMENTS if self.nodes < _MOST_NODES else 0]
        for node in shown_of:
            traced = self.of(expr.body, {**scope, expr.var: node}, inner)
            name = self.namer.element(node)
            shown.append(
                Traced(
                    says=Both(name, name), result=traced.result, truth=traced.truth, places=(self.namer.place(node.spot),), parts=(traced,)
                )
            )
        return tuple(shown), len(nodes) - len(shown_of)

    def _operand(self, expr: Expr, scope: Scope, names: Names) -> Traced:
        value = self._value(expr, scope)
        vocabulary = self.evaluator.world.plan.vocabulary
        match value:
            case Has():
                known = value.value
                result = bilingual(lambda tongue: say_value(known, type_of(expr), vocabulary, tongue, unit_hint(names, expr)))
            case Unknown():
                result = Truth.U.words
            case Empty():
                result = Truth.V.words
            case Fault():
                result = value.words
        if isinstance(expr, Read):
            return self._read(expr, scope, names)
        parts, more = self._under(expr, scope, names)
        return Traced(says=bilingual(lambda tongue: phrase(expr, names, tongue)), result=result, parts=parts, more=more)

    def _under(self, expr: Expr, scope: Scope, names: Names) -> tuple[tuple[Traced, ...], int]:
        """What an operand is made of: the two sides of arithmetic, the branch of a choice, the elements of an aggregate."""
        match expr:
            case Arith():
                return tuple(self._operand(one, scope, names) for one in (expr.left, expr.right) if not isinstance(one, Const)), 0
            case If():
                return (self.of(expr.cond, scope, names), *(self._operand(one, scope, names) for one in (expr.then, expr.other))), 0
            case Fold():
                return self._folded(expr, scope, names)
            case _:
                return tuple(self._read(read, scope, names) for read in fields_under(expr, scope)), 0

    def _folded(self, expr: Fold, scope: Scope, names: Names) -> tuple[tuple[Traced, ...], int]:
        """Each element of an aggregate: whether it passes the filters, and what it brings."""
        found = self._found(expr.source, scope)
        if isinstance(found, Fault):
            return (), 0
        nodes = [*found.sure, *(node for node, _ in found.doubtful)]
        inner = names.bound(expr.var, expr.source)
        shown = []
        shown_of = nodes[: _MOST_ELEMENTS if self.nodes < _MOST_NODES else 0]
        for node in shown_of:
            within = {**scope, expr.var: node}
            parts = [self.of(one, within, inner) for one in (expr.among, expr.where) if one is not None]
            parts += [self._operand(expr.item, within, inner)] if expr.item is not None else []
            name = self.namer.element(node)
            result = parts[-1].result if parts else Both("1", "1")
            shown.append(Traced(says=Both(name, name), result=result, places=(self.namer.place(node.spot),), parts=tuple(parts)))
        return tuple(shown), len(nodes) - len(shown_of)

    def _read(self, read: Read, scope: Scope, names: Names) -> Traced:
        node = self.evaluator.node(read, scope)
        return Traced(
            says=bilingual(lambda tongue: names.say_read(read, tongue)),
            result=bilingual(lambda tongue: say_fact(node, self.evaluator.world, tongue)),
            places=(self.namer.place(node.spot),),
        )

    def _places(self, expr: Expr, scope: Scope) -> tuple[Place, ...]:
        spots = [self.evaluator.node(read, scope).spot for read in fields_under(expr, scope)]
        return tuple(dict.fromkeys(self.namer.place(spot) for spot in spots))
