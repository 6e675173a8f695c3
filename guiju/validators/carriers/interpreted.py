"""What the interpreter answers while records stream by: of records that the generated code hands over, and for rules it cannot hold.

It is asked about one record at a time, which knows the registers and nothing of other records.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from guiju.catalog.model import Record
from guiju.dsl.ir.rewrite import rule_with
from guiju.dsl.ir.tree import Corpus, Expr, First, Fold, Quant, Rule, Unique
from guiju.terms.calendar import Calendar
from guiju.terms.fact import Known
from guiju.terms.verdict import Truth, Verdict
from guiju.validators.carriers.faults import NotSuited
from guiju.validators.engines.engine import Subject
from guiju.validators.engines.generated.gathered import Ask, Grouped, Keyed, Referred, Seeker, Shelved, Sized, Sought, Wide
from guiju.validators.engines.generated.module import State
from guiju.validators.engines.generated.readers import OPEN, SKIP, plain_number
from guiju.validators.engines.generated.run import subject_key
from guiju.validators.engines.generated.seeking import TRUTHS, Parts, parts_of, swapped
from guiju.validators.engines.interpreter.expr import Evaluator, Scope
from guiju.validators.engines.interpreter.run import Runner
from guiju.validators.engines.interpreter.values import Empty, Fault, Has, Holds
from guiju.validators.engines.interpreter.world import World
from guiju.validators.plan.asks import expressions, walk
from guiju.validators.plan.tree import Plan

__all__ = ["Interpreted", "asked_of", "is_local"]

_REGISTERS_FROM = 1 << 60
"""The numbers of registers' rows; no input has so many records."""


def is_local(plan: Plan, at: int) -> bool:
    """Whether the rule asks of nothing but one record and the registers."""
    rule = plan.rules[at].rule
    alone = rule.subject.group is None and not plan.vocabulary.shape(rule.subject.shape).register
    compares = any(isinstance(node, Unique | First) and node.within is None for node in _nodes(plan, at))
    return alone and not compares and not asked_of(plan, at)


def asked_of(plan: Plan, at: int) -> frozenset[str]:
    """The shapes among whose submitted records the rule looks for something; registers are no such shapes."""
    corpora = (node.source for node in _nodes(plan, at) if isinstance(node, Quant | Fold) and isinstance(node.source, Corpus))
    return frozenset(one.shape for one in corpora if not plan.vocabulary.shape(one.shape).register)


def _nodes(plan: Plan, at: int) -> Iterator[Expr]:
    """Everything in the rule, and in those to which it yields."""
    asked, todo = {at}, [at]
    while todo:
        rule = plan.rules[todo.pop()].rule
        yield from (node for root in expressions(rule) for node in walk(root))
        others = {found for one in rule.yields_to if (found := plan.position(one)) is not None} - asked
        asked |= others
        todo += others


class Interpreted:
    """One process's interpreter for one plan. The registers are read once."""

    def __init__(self, plan: Plan, calendar: Calendar, lone: Iterable[int]) -> None:
        self.plan = plan
        self._world = World(plan, (), calendar, registers_from=_REGISTERS_FROM)
        self._taken: dict[int, tuple[Parts, tuple[Rule, Rule, Rule]]] = {}
        self._lone: dict[str, list[int]] = {}
        for at in lone:
            self._lone.setdefault(plan.rules[at].rule.subject.shape, []).append(at)

    def asks(self, shape: str) -> bool:
        """Whether there are rules on such records that no generated code holds."""
        return shape in self._lone

    def alone(self, record: Record) -> Iterator[tuple[int, Subject, Verdict]]:
        """What rules that no generated code holds say of a record."""
        runner = self.runner(record)
        for at in self._lone.get(record.shape, ()):
            for subject in self._world.subjects_of(record, self.plan.rules[at].rule.subject):
                yield at, subject, runner.observe(at, subject).verdict

    def runner(self, record: Record) -> Runner:
        """Answers for the record, until another is asked about."""
        self._world.hold((record,))
        return Runner(self._world)

    def gathered(self, form: Wide, runner: Runner, record: Record) -> list[Any]:
        """What the generated code would have gathered of a record."""
        match form:
            case Keyed():
                return [_value(runner.world, record, form.path)]
            case Grouped():
                key = tuple(_value(runner.world, record, path) for path in form.keys)
                return [(None if None in key else key, self._member(form, runner, record))]
            case Sized():
                values = tuple(_value(runner.world, record, path) for path in form.keys)
                return [None if None in values else values[0] if len(values) == 1 else values]
            case Referred():
                return self._references(form, runner, record)
            case Sought():
                subjects = runner.world.subjects_of(record, self.plan.rules[form.rule].rule.subject)
                return [(self._seeker(form.rule, runner, one), *subject_key(one)) for one in subjects]
            case Shelved():
                return self._shelved(form.rule, runner, record)

    def _references(self, form: Referred, runner: Runner, record: Record) -> list[Any]:
        rule = self.plan.rules[form.rule].rule
        operand: Any = rule.requirement.source.keys[0][1]  # type: ignore[union-attr]
        gathered = []
        for subject in runner.world.subjects_of(record, rule.subject):
            evaluator = runner.evaluator(form.rule, subject)
            known = evaluator.operand(operand, evaluator.scope)
            gathered.append((known.value if isinstance(known, Has) else None, *subject_key(subject)))
        return gathered

    def _member(self, form: Grouped, runner: Runner, record: Record) -> Any:
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
                return SKIP if fold.skip_missing else OPEN

    # ---- rules that look for records ----------------------------------------------------------------------------------------------

    def _parts(self, rule: int) -> tuple[Parts, tuple[Rule, Rule, Rule]]:
        if rule not in self._taken:
            parts = parts_of(self.plan.rules[rule].rule, self.plan.vocabulary)
            assert parts is not None
            self._taken[rule] = parts, parts.answered(self.plan.rules[rule].rule)
        return self._taken[rule]

    def _seeker(self, rule: int, runner: Runner, subject: Subject) -> Seeker:
        parts, answered = self._parts(rule)
        evaluator = runner.evaluator(rule, subject)
        asks, base = _looks(parts, evaluator)
        if parts.outer is not None and not asks:
            calm = rule_with(self.plan.rules[rule].rule, swapped(parts.quant, TRUTHS[0]))
            answered = calm, calm, calm
        false, unknown, true = (_state(runner.observe(rule, subject, one).verdict) for one in answered)
        return (false, unknown, true), asks, base

    def _shelved(self, rule: int, runner: Runner, record: Record) -> list[Any]:
        parts, _ = self._parts(rule)
        evaluator = runner.evaluator(rule, Subject(record.number))
        scope = {parts.quant.var: runner.world.root(record.number)}
        code = _code(evaluator, parts.theirs, scope)
        if code == 0:
            return []
        key = tuple(_value(runner.world, record, path) for path, _ in parts.source.keys)
        return [(record.number, code, key, tuple(_known(evaluator, operand, scope) for _, operand, _ in parts.pairs))]


def _looks(parts: Parts, evaluator: Evaluator) -> tuple[tuple[Ask, ...], tuple[int, int, int, bool]]:
    if parts.outer is None:
        return ((*_look(parts, evaluator, evaluator.scope), (0, 1, 2)),), (0, 0, 0, False)
    found = evaluator.elements(parts.outer.source, evaluator.scope)
    if isinstance(found, Fault):
        raise NotSuited(found.words.en)
    bodies = [swapped(parts.quant, truth)(parts.outer.body) for truth in TRUTHS]
    asks: list[Ask] = []
    settled = [0, 0, 0]
    for node in found.sure:
        scope = {**evaluator.scope, parts.outer.var: node}
        false, unknown, true = (_code(evaluator, body, scope) for body in bodies)
        if false == unknown == true:
            settled[false] += 1
        else:
            asks.append((*_look(parts, evaluator, scope), (false, unknown, true)))
    return tuple(asks), (settled[2], settled[0], settled[1], bool(found.gaps or found.incomplete))


def _look(parts: Parts, evaluator: Evaluator, scope: Scope) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    key = tuple(_known(evaluator, operand, scope) for _, operand in parts.source.keys)
    return key, (_code(evaluator, parts.own, scope), *(_known(evaluator, operand, scope) for _, _, operand in parts.pairs))


def _known(evaluator: Evaluator, operand: Expr, scope: Scope) -> Any:
    found = evaluator.operand(operand, scope)
    if isinstance(found, Fault):
        raise NotSuited(found.words.en)
    return plain_number(found.value) if isinstance(found, Has) else None


def _code(evaluator: Evaluator, expr: Expr | None, scope: Scope) -> int:
    found = Holds(Truth.T) if expr is None else evaluator.holds(expr, scope)
    if isinstance(found, Fault):
        raise NotSuited(found.words.en)
    return int(found.truth)


def _state(verdict: Verdict) -> int:
    if verdict is Verdict.ERROR:
        raise NotSuited(verdict.words.en)
    return _STATES[verdict]


_STATES = {
    Verdict.PASS: int(State.PASS),
    Verdict.FAIL: int(State.FAIL),
    Verdict.NOT_APPLICABLE: int(State.CONDITION),
    Verdict.UNDETERMINED: int(State.UNDETERMINED),
}


def _value(world: World, record: Record, path: tuple[str, ...]) -> Any:
    fact = world.read(world.root(record.number), path).fact
    return plain_number(fact.value) if isinstance(fact, Known) else None
