"""Runs a plan subject by subject: every rule on every one of its subjects, exactly one observation each.

The order of the questions is that of docs/language.md §4, and it is nowhere else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, assert_never

from guiju.catalog.records.model import Record
from guiju.dsl.ir.tree import Expr, Rule, SubjectSpec
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.modality import Force
from guiju.terms.time.calendar import Calendar
from guiju.terms.tongue import Both
from guiju.terms.verdict import Truth, Verdict
from guiju.validators.engines.engine import FieldRef, Observation, Reason, Subject
from guiju.validators.engines.interpreter.expr import Evaluator
from guiju.validators.engines.interpreter.metered import MeteredEvaluator, TooCostly
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.semi_join import QuickEvaluator
from guiju.validators.engines.interpreter.values import Fault, Has, Holds, Outcome, Unknown, accident
from guiju.validators.plan.tree import Plan, Planned, VersionStatus

__all__ = ["Conclusion", "Runner", "conclude", "run"]

_NOT_IN_FORCE = {
    VersionStatus.NOT_YET: Reason.NOT_YET,
    VersionStatus.NO_LONGER: Reason.NO_LONGER,
    VersionStatus.SUBMITTED: Reason.SUBMITTED,
    VersionStatus.STATUS: Reason.STATUS,
    VersionStatus.PROFILE: Reason.PROFILE,
}
_BOUND = Holds(Truth.T)
_CONFLICT = Both("两项除外同时成立，而结论相反", "two exceptions hold at once, with opposite outcomes")
_CIRCLE = Both("受限制的规则互相指向", "rules that yield to one another go round in a circle")


def run(plan: Plan, records: Sequence[Record], calendar: Calendar) -> Iterator[Observation]:
    """Every observation of the plan, by rule in the order of the plan, then by subject in reading order."""
    runner = Runner(RecordStore(plan, records, calendar))
    for at in range(len(plan.rules)):
        yield from runner.of_rule(at)


class Runner:
    """One run over one world; also answers for a single rule and subject, as explanations need.

    A `quick` one does not walk a large group for each of its members; the other is the reference.
    """

    def __init__(self, world: RecordStore, *, quick: bool = False) -> None:
        self.world = world
        self._evaluators = (QuickEvaluator, MeteredEvaluator) if quick else (Evaluator, MeteredEvaluator)
        self.memo: dict[Any, Any] = {}
        world.computed_keys = self._computed_keys

    def _computed_keys(self, spec: SubjectSpec, record: int) -> tuple[tuple[object, ...], tuple[FieldRef, ...]]:
        """The keys of the record's group; a key that cannot be computed is not known either."""
        assert spec.group is not None
        evaluator = Evaluator(self.world, spec, Subject(record), self.memo)
        scope = {0: self.world.root(record)}
        found = [evaluator.operand(key, scope) for key in spec.group.keys]
        missing = {spot for one in found if isinstance(one, Unknown) for spot in one.spots}
        if not missing and not all(isinstance(one, Has) for one in found):
            missing = {FieldRef(record, ())}
        return tuple(one.value for one in found if isinstance(one, Has)), _sorted(frozenset(missing))

    def of_rule(self, at: int) -> Iterator[Observation]:
        """The observations of one rule."""
        for subject in self.world.subjects(self.world.plan.rules[at].rule.subject):
            yield self.observe(at, subject)

    def evaluator(self, at: int, subject: Subject) -> Evaluator:
        """The expressions of a rule, ready to be asked about one subject."""
        planned = self.world.plan.rules[at]
        kind = self._evaluators[planned.metered]
        return kind(self.world, planned.rule.subject, subject, self.memo)

    def observe(self, at: int, subject: Subject, rule: Rule | None = None) -> Observation:
        """What the rule says of the subject, or what another would say in its place."""
        planned = self.world.plan.rules[at]
        if rule is not None:
            planned = replace(planned, rule=rule)
        if not planned.active:
            return Observation(at, subject, planned.idle, _NOT_IN_FORCE[planned.standing])
        if subject.unknown:
            return Observation(at, subject, Verdict.UNDETERMINED, Reason.GROUP_KEY, _sorted(frozenset(subject.unknown)))
        try:
            evaluator = self.evaluator(at, subject)
            version, asked = _version(planned, evaluator) if rule is None else (0, planned.rule)
            early = self._before_requirement(at, asked, subject, evaluator, frozenset({asked.id}))
            found = early if early is not None else self._required(at, asked, subject, evaluator)
            return replace(found, version=version) if version else found
        except TooCostly:
            return Observation(at, subject, Verdict.ERROR, fault=TooCostly.words)
        except Exception as error:
            return Observation(at, subject, Verdict.ERROR, fault=accident(error).words)

    def _before_requirement(self, at: int, rule: Rule, subject: Subject, evaluator: Evaluator, asked: frozenset[str]) -> Observation | None:
        """Day of the act, condition, yielding and exemption, in this order; None when the requirement is to be asked."""
        bound = evaluator.holds(rule.act.within, evaluator.scope) if rule.act is not None and rule.act.within is not None else _BOUND
        if isinstance(bound, Fault):
            return Observation(at, subject, Verdict.ERROR, Reason.ACT_DAY, fault=bound.words)
        if bound.truth in (Truth.F, Truth.V):
            return Observation(at, subject, Verdict.NOT_APPLICABLE, _side(rule, evaluator))
        if rule.applies is not None:
            applies = evaluator.holds(rule.applies, evaluator.scope)
            if isinstance(applies, Fault):
                return Observation(at, subject, Verdict.ERROR, Reason.CONDITION, fault=applies.words)
            if applies.truth in (Truth.F, Truth.V):
                return Observation(at, subject, Verdict.NOT_APPLICABLE, Reason.CONDITION)
            if applies.truth is Truth.U and bound.truth is Truth.T:
                return Observation(at, subject, Verdict.UNDETERMINED, Reason.CONDITION, _sorted(applies.spots))
            bound = Holds(bound.truth, bound.spots | applies.spots)
        if bound.truth is Truth.U:
            return Observation(at, subject, Verdict.UNDETERMINED, Reason.ACT_DAY, _sorted(bound.spots))
        return self._yields(at, rule, subject, asked) or _exempted(at, rule, subject, evaluator)

    def _yields(self, at: int, rule: Rule, subject: Subject, asked: frozenset[str]) -> Observation | None:
        """The first rule that it yields to and that applies here; one that may apply leaves the verdict open."""
        open_by: tuple[str, tuple[FieldRef, ...]] | None = None
        for other in rule.yields_to:
            if other in asked:
                return Observation(at, subject, Verdict.ERROR, Reason.YIELDS, by=other, fault=_CIRCLE)
            standing = self._stands(other, rule, subject, asked | {other})
            if isinstance(standing, Fault):
                return Observation(at, subject, Verdict.ERROR, Reason.YIELDS, by=other, fault=standing.words)
            if standing.truth is Truth.T:
                return Observation(at, subject, Verdict.NOT_APPLICABLE, Reason.YIELDS, by=other)
            if standing.truth is Truth.U and open_by is None:
                open_by = other, _sorted(standing.spots)
        if open_by is None:
            return None
        return Observation(at, subject, Verdict.UNDETERMINED, Reason.YIELDS, open_by[1], by=open_by[0])

    def _stands(self, other: str, rule: Rule, subject: Subject, asked: frozenset[str]) -> Outcome:
        """Whether another rule applies to the subject, or to its owner: in force, its condition true, not exempt itself."""
        at = self.world.plan.position(other)
        if at is None or not self.world.plan.rules[at].active:
            return Holds(Truth.F)
        planned = self.world.plan.rules[at]
        spec = planned.rule.subject
        if spec != rule.subject and not (spec.shape == rule.subject.shape and not spec.path and spec.group is None):
            return Holds(Truth.F)
        target = subject if spec == rule.subject else Subject(subject.record)
        evaluator = self.evaluator(at, target)
        found = self._before_requirement(at, _version(planned, evaluator)[1], target, evaluator, asked)
        match found.verdict if found is not None else None:
            case None:
                return Holds(Truth.T)
            case Verdict.UNDETERMINED if found is not None:
                return Holds(Truth.U, frozenset(found.missing))
            case Verdict.ERROR if found is not None and found.fault is not None:
                return Fault(found.fault)
            case _:
                return Holds(Truth.F)

    def _required(self, at: int, rule: Rule, subject: Subject, evaluator: Evaluator) -> Observation:
        """The requirement, or what the exceptions that are true put in its place."""
        fired = tuple(number for number, one in enumerate(rule.exceptions) if _is_true(evaluator, one.when))
        instead = [one.instead for number, one in enumerate(rule.exceptions) if number in fired and one.instead is not None]
        found = [conclude(rule, evaluator.holds(one, evaluator.scope)) for one in instead or [rule.requirement]]
        first = found[0]
        if any((one.verdict, one.reason) != (first.verdict, first.reason) for one in found):
            return Observation(at, subject, Verdict.ERROR, Reason.CONFLICT, fired=fired, fault=_CONFLICT)
        missing = _sorted(frozenset(spot for one in found for spot in one.spots))
        return Observation(at, subject, first.verdict, first.reason, missing, fired, fault=first.fault)


@fast_dataclass(frozen=True, slots=True)
class Conclusion:
    """A verdict with what goes with it."""

    verdict: Verdict
    reason: Reason = Reason.NONE
    spots: frozenset[FieldRef] = frozenset()
    fault: Both | None = None


def conclude(rule: Rule, outcome: Outcome) -> Conclusion:
    """The verdict that a truth of the requirement means, given the force of the rule."""
    if isinstance(outcome, Fault):
        return Conclusion(Verdict.ERROR, fault=outcome.words)
    match outcome.truth:
        case Truth.U:
            return Conclusion(Verdict.UNDETERMINED, spots=outcome.spots)
        case Truth.V:
            return Conclusion(Verdict.PASS if rule.empty_passes else Verdict.NOT_APPLICABLE, Reason.EMPTY)
        case Truth.T | Truth.F:
            met = (outcome.truth is Truth.T) is not rule.force.forbids
            return Conclusion(Verdict.PASS if met or rule.force is Force.MAY else Verdict.FAIL)
        case _:
            assert_never(outcome.truth)


def _version(planned: Planned, evaluator: Evaluator) -> tuple[int, Rule]:
    """The version of a rule on an act that was in force on its day, else one that may have been, else the one of the plan."""
    if not planned.acts:
        return 0, planned.rule
    found = [evaluator.holds(one.act.within, evaluator.scope) if one.act and one.act.within else _BOUND for one in planned.acts]
    truths = [one.truth if isinstance(one, Holds) else Truth.T for one in found]
    for wanted in (Truth.T, Truth.U):
        if wanted in truths:
            return truths.index(wanted), planned.acts[truths.index(wanted)]
    sides = [_side(one, evaluator) for one in planned.acts]
    nearest = sides.index(Reason.BEFORE) if Reason.BEFORE in sides else len(sides) - 1
    return nearest, planned.acts[nearest]


def _side(rule: Rule, evaluator: Evaluator) -> Reason:
    """On which side of the rule's days an act lies that none of them is."""
    assert rule.act is not None
    days = [evaluator.operand(one, evaluator.scope) for one in rule.act.days]
    is_after = rule.end is not None and any(isinstance(one, Has) and one.value > rule.end for one in days)
    return Reason.AFTER if is_after else Reason.BEFORE


def _exempted(at: int, rule: Rule, subject: Subject, evaluator: Evaluator) -> Observation | None:
    """An exception that exempts and is true; else a fault, else an open one; None when none stands in the way."""
    found = [evaluator.holds(one.when, evaluator.scope) for one in rule.exceptions]
    exempting = tuple(
        number
        for number, (one, outcome) in enumerate(zip(rule.exceptions, found, strict=True))
        if one.instead is None and isinstance(outcome, Holds) and outcome.truth is Truth.T
    )
    if exempting:
        return Observation(at, subject, Verdict.NOT_APPLICABLE, Reason.EXEMPT, fired=exempting)
    for outcome in found:
        if isinstance(outcome, Fault):
            return Observation(at, subject, Verdict.ERROR, Reason.EXEMPT, fault=outcome.words)
    open_spots = [outcome.spots for outcome in found if isinstance(outcome, Holds) and outcome.truth is Truth.U]
    if open_spots:
        return Observation(at, subject, Verdict.UNDETERMINED, Reason.EXEMPT, _sorted(frozenset().union(*open_spots)))
    return None


def _is_true(evaluator: Evaluator, when: Expr) -> bool:
    outcome = evaluator.holds(when, evaluator.scope)
    return isinstance(outcome, Holds) and outcome.truth is Truth.T


def _sorted(spots: frozenset[FieldRef]) -> tuple[FieldRef, ...]:
    return tuple(sorted(spots, key=lambda spot: spot.rank))
