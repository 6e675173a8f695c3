"""Runs the interpreter inside a stream: for records on which compiled code gives up, and for rules that it cannot hold.

It sees one record at a time, and the registers, and no other record.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from guiju.catalog.records.model import Record
from guiju.dsl.ir.tree import Expr, First, Rule, Unique
from guiju.terms.fact import Known
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.time.calendar import Calendar
from guiju.terms.verdict import Truth, Verdict
from guiju.validators.engines.compiled.codegen.lookup import LookupParts, parts_of
from guiju.validators.engines.compiled.run import subject_key
from guiju.validators.engines.engine import Subject
from guiju.validators.engines.interpreter.expr import Evaluator, Scope
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.interpreter.values import Empty, Fault, Has, Holds
from guiju.validators.engines.joins.specs import (
    BuildSpec,
    CrossRecordSpec,
    ForeignKeySpec,
    GroupSizeSpec,
    GroupSpec,
    Predicate,
    ProbeKey,
    ProbeSpec,
    UniqueSpec,
)
from guiju.validators.engines.state import State
from guiju.validators.engines.values import OPEN, SKIP, plain_number
from guiju.validators.plan.footprint import expressions, joins_of, walk
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.faults import NotStreamable

__all__ = ["STATES", "InterpreterFallback", "asked_of", "is_local"]

_REGISTERS_FROM = 1 << 60
"""The numbers of registers' rows; no input has so many records."""


def is_local(plan: Plan, at: int) -> bool:
    """Whether a rule depends on one record and the registers only."""
    rule = plan.rules[at].rule
    alone = rule.subject.group is None and not plan.vocabulary.shape(rule.subject.shape).register
    compares = any(
        isinstance(node, Unique | First) and node.within is None
        for one in _rules(plan, at)
        for root in expressions(one)
        for node in walk(root)
    )
    return alone and not compares and not asked_of(plan, at)


def asked_of(plan: Plan, at: int) -> frozenset[str]:
    """The shapes among whose submitted records the rule looks for something. Registers do not count."""
    joins = (join for rule in _rules(plan, at) for join in joins_of(rule))
    return frozenset(one.shape for one in joins if not plan.vocabulary.shape(one.shape).register)


def _rules(plan: Plan, at: int) -> Iterator[Rule]:
    """The rule and the rules to which it yields."""
    asked, todo = {at}, [at]
    while todo:
        planned = plan.rules[todo.pop()]
        rule = planned.rule
        yield from planned.every
        others = {found for one in rule.yields_to if (found := plan.position(one)) is not None} - asked
        asked |= others
        todo += others


@fast_dataclass(frozen=True, slots=True)
class _Taken:
    """A rule with lookups, in parts: the rule with the answers given, the rule where answers are only counted, and the bodies that look."""

    parts: LookupParts
    answered: tuple[Rule, Rule, Rule]
    counted_only: Rule
    bodies: tuple[Expr, ...]


class InterpreterFallback:
    """The interpreter of one process for one plan. The registers are read once, when the first record comes."""

    def __init__(self, plan: Plan, calendar: Calendar, lone: Iterable[int]) -> None:
        self.plan, self.calendar = plan, calendar
        self._taken: dict[int, _Taken] = {}
        self._lone: dict[str, list[int]] = {}
        for at in lone:
            self._lone.setdefault(plan.rules[at].rule.subject.shape, []).append(at)

    @cached_property
    def _world(self) -> RecordStore:
        return RecordStore(self.plan, (), self.calendar, registers_from=_REGISTERS_FROM)

    def asks(self, shape: str) -> bool:
        """Whether some rule on this shape cannot be compiled."""
        return shape in self._lone

    def observe(self, record: Record) -> Iterator[tuple[int, Subject, Verdict]]:
        """The verdicts of the rules that cannot be compiled, on one record."""
        runner = self.runner(record)
        for at in self._lone.get(record.shape, ()):
            for subject in self._world.subjects_of(record, self.plan.rules[at].rule.subject):
                yield at, subject, runner.observe(at, subject).verdict

    def runner(self, record: Record) -> Runner:
        """A runner for the record. It answers until the next record is asked about."""
        self._world.hold((record,))
        return Runner(self._world)

    def gathered(self, form: CrossRecordSpec, runner: Runner, record: Record) -> list[Any]:
        """What compiled code would have put into the columns of the join operators for this record."""
        match form:
            case UniqueSpec():
                return [_value(runner.world, record, form.path)]
            case GroupSpec():
                key = tuple(_value(runner.world, record, path) for path in form.keys)
                return [(None if None in key else key, self._member(form, runner, record))]
            case GroupSizeSpec():
                values = tuple(_value(runner.world, record, path) for path in form.keys)
                return [None if None in values else values[0] if len(values) == 1 else values]
            case ForeignKeySpec():
                return self._references(form, runner, record)
            case ProbeSpec():
                subjects = runner.world.subjects_of(record, self.plan.rules[form.rule].rule.subject)
                return [(self._probe_key(form.rule, runner, one), *subject_key(one)) for one in subjects]
            case BuildSpec():
                return self._build_items(form.rule, runner, record)

    def _references(self, form: ForeignKeySpec, runner: Runner, record: Record) -> list[Any]:
        rule = self.plan.rules[form.rule].rule
        operand: Any = rule.requirement.source.keys[0][1]  # type: ignore[union-attr]
        gathered = []
        for subject in runner.world.subjects_of(record, rule.subject):
            evaluator = runner.evaluator(form.rule, subject)
            known = evaluator.operand(operand, evaluator.scope)
            gathered.append((known.value if isinstance(known, Has) else None, *subject_key(subject)))
        return gathered

    def _member(self, form: GroupSpec, runner: Runner, record: Record) -> Any:
        requirement: Any = self.plan.rules[form.rule].rule.requirement
        fold = requirement.right if form.swapped else requirement.left
        evaluator = runner.evaluator(form.rule, Subject(record.number, members=(record.number,)))
        item = evaluator._item(fold, {**evaluator.scope, fold.var: runner.world.root(record.number)})
        match item:
            case Has(value):
                return plain_number(value)
            case Empty():
                return SKIP
            case _:
                return OPEN

    # ---- rules that look for records ----------------------------------------------------------------------------------------------

    def _taken_apart(self, at: int) -> _Taken:
        if at not in self._taken:
            rule = self.plan.rules[at].rule
            parts = parts_of(rule, self.plan.vocabulary)
            assert parts is not None
            bodies = parts.bodies(parts.outer) if parts.outer is not None else ()
            self._taken[at] = _Taken(parts, parts.answered(rule), parts.counted_only(rule), bodies)
        return self._taken[at]

    def _probe_key(self, rule: int, runner: Runner, subject: Subject) -> ProbeKey:
        taken = self._taken_apart(rule)
        asks, base = _looks(taken, runner.evaluator(rule, subject))
        answered = taken.answered if asks else (taken.counted_only,) * 3
        false, unknown, true = (_state(runner.observe(rule, subject, one).verdict) for one in answered)
        return (false, unknown, true), asks, base

    def _build_items(self, rule: int, runner: Runner, record: Record) -> list[Any]:
        parts = self._taken_apart(rule).parts
        evaluator = runner.evaluator(rule, Subject(record.number))
        scope = {parts.quant.var: runner.world.root(record.number)}
        code = _code(evaluator, parts.theirs, scope)
        if code == 0:
            return []
        key = tuple(_value(runner.world, record, path) for path, _ in parts.source.keys)
        return [(record.number, code, key, tuple(_known(evaluator, operand, scope) for _, operand, _ in parts.pairs))]


def _looks(taken: _Taken, evaluator: Evaluator) -> tuple[tuple[Predicate, ...], tuple[int, int, int, bool]]:
    parts = taken.parts
    if parts.outer is None:
        return ((*_look(parts, evaluator, evaluator.scope), (0, 1, 2)),), (0, 0, 0, False)
    found = evaluator.elements(parts.outer.source, evaluator.scope)
    if isinstance(found, Fault):
        raise NotStreamable(found.words.en)
    asks: list[Predicate] = []
    settled = [0, 0, 0]
    for node in found.sure:
        scope = {**evaluator.scope, parts.outer.var: node}
        false, unknown, true = (_code(evaluator, body, scope) for body in taken.bodies)
        if false == unknown == true:
            settled[false] += 1
        else:
            asks.append((*_look(parts, evaluator, scope), (false, unknown, true)))
    return tuple(asks), (settled[2], settled[0], settled[1], bool(found.gaps or found.incomplete))


def _look(parts: LookupParts, evaluator: Evaluator, scope: Scope) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    key = tuple(_known(evaluator, operand, scope) for _, operand in parts.source.keys)
    return key, (_code(evaluator, parts.own, scope), *(_known(evaluator, operand, scope) for _, _, operand in parts.pairs))


def _known(evaluator: Evaluator, operand: Expr, scope: Scope) -> Any:
    found = evaluator.operand(operand, scope)
    if isinstance(found, Fault):
        raise NotStreamable(found.words.en)
    return plain_number(found.value) if isinstance(found, Has) else None


def _code(evaluator: Evaluator, expr: Expr | None, scope: Scope) -> int:
    found = Holds(Truth.T) if expr is None else evaluator.holds(expr, scope)
    if isinstance(found, Fault):
        raise NotStreamable(found.words.en)
    return int(found.truth)


def _state(verdict: Verdict) -> int:
    if verdict is Verdict.ERROR:
        raise NotStreamable(verdict.words.en)
    return STATES[verdict]


STATES = {
    Verdict.PASS: int(State.PASS),
    Verdict.FAIL: int(State.FAIL),
    Verdict.NOT_APPLICABLE: int(State.CONDITION),
    Verdict.UNDETERMINED: int(State.UNDETERMINED),
}
"""How verdicts of the interpreter are counted among those of generated code; an error is none of these."""


def _value(world: RecordStore, record: Record, path: tuple[str, ...]) -> Any:
    fact = world.read(world.root(record.number), path).fact
    return plain_number(fact.value) if isinstance(fact, Known) else None
