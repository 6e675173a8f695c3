"""Weighs the cases of a rule: do they hold, which verdicts and conditions do they show, which mutants of the rule escape them.

It reads no files and prints nothing; what `guiju test` says is made of what stands here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from guiju.dsl.ir.tree import Is, Quant, Rule
from guiju.terms.modality import Force
from guiju.terms.time.calendar import Calendar
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.engines.engine import Observation
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.explain import names_of
from guiju.validators.explain.phrases import Names
from guiju.validators.plan.footprint import walk
from guiju.validators.plan.from_ruleset import Rules, plan
from guiju.validators.plan.tree import Plan
from guiju.validators.testing.cases import Case, CaseFile, CaseResult, Prepared, UnderTest, asked_of, prepare, run_cases, under_test
from guiju.validators.testing.mcdc import Condition, Conditions
from guiju.validators.testing.mutants import Mutant, mutants_of

__all__ = ["Proof", "Tried", "prove"]

_DAYS = tuple[date, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A mutant, and the first case that objects to it; None when it escaped them all."""

    mutant: Mutant
    killed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the cases of one file show of their rule; `rule` is None when there is no such rule.

    `verdicts` are those that some case wants, `wanting` those that the rule can reach and no case wants.
    """

    file: str
    rule: Rule | None
    results: tuple[CaseResult, ...]
    verdicts: tuple[Verdict, ...] = ()
    wanting: tuple[Verdict, ...] = ()
    conditions: tuple[Condition, ...] = ()
    tried: tuple[Tried, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every case came out as it should."""
        return all(one.ok for one in self.results)

    @property
    def killed(self) -> int:
        """How many mutants some case objects to."""
        return sum(one.killed_by is not None for one in self.tried)

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """The mutants that no case objects to."""
        return tuple(one.mutant for one in self.tried if one.killed_by is None)


def prove(file: CaseFile, ruleset: Rules, calendar: Calendar, *, mutants: bool = True) -> Proof:
    """Runs the cases, then weighs them; a rule whose cases do not hold is weighed by those that do."""
    results = run_cases(file, ruleset, calendar)
    part = under_test(file, ruleset)
    if isinstance(part, Both):
        return Proof(file=file.file, rule=None, results=results)
    bench = _Bench(part, calendar)
    for result in results:
        if result.ok:
            bench.add(result.case, file.file)
    wants = {one.want for one in file.cases if one.want is not None}
    reachable = _reachable(part.versions)
    return Proof(
        file=file.file,
        rule=part.versions[-1],
        results=results,
        verdicts=tuple(one for one in Verdict if one in wants),
        wanting=tuple(one for one in reachable if one not in wants),
        conditions=bench.conditions(),
        tried=bench.tried() if mutants else (),
    )


def _reachable(versions: Sequence[Rule]) -> tuple[Verdict, ...]:
    """The verdicts that cases of a rule should show; INACTIVE and ERROR are no business of a rule's own cases."""
    found = {Verdict.PASS}
    for rule in versions:
        if rule.force is not Force.MAY:
            found.add(Verdict.FAIL)
        roots = [rule.requirement, *([rule.applies] if rule.applies is not None else []), *(one.when for one in rule.exceptions)]
        nodes = [node for root in roots for node in walk(root)]
        empty = isinstance(rule.requirement, Quant) and not rule.empty_passes
        if rule.applies is not None or rule.yields_to or empty or any(one.instead is None for one in rule.exceptions):
            found.add(Verdict.NOT_APPLICABLE)
        if any(not isinstance(node, Is) and type(node).__name__ in _OPEN for node in nodes):
            found.add(Verdict.UNDETERMINED)
    return tuple(one for one in Verdict if one in found)


# The tests that an unknown operand leaves open.
_OPEN = frozenset({"Compare", "In", "Match", "HasFormat", "Contains", "Truthy", "Unique", "First"})


@dataclass(frozen=True, slots=True)
class _Ready:
    """A case that holds, with its world, which each plan in turn is put into."""

    prepared: Prepared
    world: RecordStore
    version: int
    days: _DAYS


class _Bench:
    """The cases of one rule, ready to be run again and again."""

    def __init__(self, part: UnderTest, calendar: Calendar) -> None:
        self.part = part
        self.calendar = calendar
        self.ready: list[_Ready] = []
        self._plans: dict[_DAYS, Plan] = {}
        self._conditions: dict[int, Conditions] = {}
        self._names: dict[int, Names] = {}

    def add(self, case: Case, file: str) -> None:
        """Takes in a case that holds."""
        prepared = prepare(case, self.part, file)
        if isinstance(prepared, Both):
            return
        days = prepared.as_of, case.submitted
        made = self._plans.get(days)
        if made is None:
            made = self._plans[days] = plan(self.part, as_of=days[0], submitted=days[1], drafts=True)
        world = RecordStore(made, prepared.records, self.calendar)
        observation = _observed(prepared, world, self.part.versions[0].id)
        if observation is None:
            return
        planned = made.rules[observation.rule].version(observation.version)
        version = next(at for at, one in enumerate(self.part.versions) if (one.version, one.start) == (planned.version, planned.start))
        self.ready.append(_Ready(prepared, world, version, days))
        if observation.verdict is not Verdict.INACTIVE and not observation.subject.unknown:
            self._learn(version, Runner(world), observation)

    def _learn(self, version: int, runner: Runner, observation: Observation) -> None:
        names = self._names.setdefault(version, names_of(runner.evaluator(observation.rule, observation.subject)))
        conditions = self._conditions.get(version)
        if conditions is None:
            conditions = self._conditions[version] = Conditions(self.part.versions[version], names)
        conditions.learn(runner, observation)

    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of every version that a case has reached."""
        return tuple(one for _, conditions in sorted(self._conditions.items()) for one in conditions.found())

    def tried(self) -> tuple[Tried, ...]:
        """Every mutant of every version with a case, and which case objects."""
        return tuple(
            Tried(mutant=mutant, killed_by=self._killer(version, mutant))
            for version, names in sorted(self._names.items())
            for mutant in mutants_of(self.part.versions[version], names, self.part.parameters)
        )

    def _killer(self, version: int, mutant: Mutant) -> str | None:
        was = self.part.versions[version]
        part = replace(
            self.part,
            rules=tuple(mutant.rule if one is was else one for one in self.part.rules),
            parameters=(*self.part.parameters, *mutant.parameters),
        )
        plans: dict[_DAYS, Plan] = {}
        for one in self.ready:
            if one.version != version:
                continue
            if one.days not in plans:
                plans[one.days] = plan(part, as_of=one.days[0], submitted=one.days[1], drafts=True)
            one.world.plan = plans[one.days]
            observation = _observed(one.prepared, one.world, was.id)
            if observation is None or observation.verdict is not one.prepared.case.want:
                return one.prepared.case.name
        return None


def _observed(prepared: Prepared, world: RecordStore, rule: str) -> Observation | None:
    position = world.plan.position(rule)
    found = Runner(world).of_rule(position) if position is not None else ()
    return asked_of(prepared, world.plan, found, rule)
