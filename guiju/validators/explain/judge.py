"""Makes a finding of an observation: severity, names, places, values, cause and fingerprint. The verdict stays as observed."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from guiju.dsl.ir.tree import Citation, First, Rule, Unique
from guiju.terms.fact import Known, Path
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.engines.engine import FieldRef, Observation, Subject
from guiju.validators.engines.interpreter.records import Node
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.explain import Explanation
from guiju.validators.explain.failed_test import field_name, say_fact
from guiju.validators.explain.memo import MemoizedExplainer
from guiju.validators.explain.provenance import ResponsibleTest
from guiju.validators.explain.subjects import SubjectNamer, pointer
from guiju.validators.explain.values import bilingual
from guiju.validators.findings.model import Finding, ObservedValue, SubjectName

__all__ = ["MOST_MEMBERS", "Judge"]

# How many members of a group, or of a set of duplicates, and how many places are listed; the message says of how many.
MOST_MEMBERS = 50
_MOST_PLACES = 50
_as_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str).encode
# A bound on memory only: what is not kept is explained once more.
_MOST_LEARNT = 50_000


class Judge:
    """Makes the findings of one run. It remembers which implicit rule failed on which value, and folds other findings under it."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self.namer = SubjectNamer(runner.world)
        self._explainer = MemoizedExplainer(runner, self.namer)
        self._names: dict[tuple[str, Path], Both] = {}
        self._rules: dict[tuple[int, int], _OfRule] = {}
        self._causes: dict[FieldRef, str] = {}
        self._learnt: dict[tuple[int, Subject], Explanation] = {}
        self.lists: dict[tuple[SubjectName, ...], tuple[SubjectName, ...]] = {}
        """Members as they are listed: thousands that share a value list the same, which is kept once."""

    def turn(self, runner: Runner) -> None:
        """From now on the world of `runner` is asked; of those before nothing stays but the words that fit others too."""
        self.runner = self._explainer.runner = runner
        self.namer.turn(runner.world)
        self._causes.clear()
        self._learnt.clear()

    def learn(self, observations: Iterable[Observation]) -> None:
        """Notes the values on which an implicit rule fails: they are the causes of what cannot be decided."""
        for observation in observations:
            rule = self.runner.world.plan.rules[observation.rule].rule
            if observation.verdict is Verdict.FAIL and rule.implicit:
                key = f"{rule.id}@{self._key(observation)}"
                told = self._explainer.explain(observation)
                if len(self._learnt) < _MOST_LEARNT:
                    self._learnt[_mark(observation)] = told
                for node in told.nodes:
                    self._causes.setdefault(node.spot, key)

    def finding(self, observation: Observation) -> Finding:
        """The finding of one observation."""
        said = self._of_rule(observation)
        rule = said.rule
        subject = self.namer.subject(rule.subject, observation.subject)
        learnt = self._learnt.pop(_mark(observation), None) if self._learnt else None
        told = learnt or self._explainer.explain(observation)
        named = [node.spot for node in told.nodes]
        spots = named or self._spots_of(observation.subject)
        members, more = self._members(observation, told.blames)
        return Finding(
            rule=rule.id,
            version=rule.version,
            rule_name=said.name,
            verdict=observation.verdict,
            severity=said.severity,
            force=rule.force,
            citations=_cited(rule, observation) if observation.fired else said.citations,
            subject=subject,
            places=tuple(dict.fromkeys([self.namer.place(spot) for spot in spots[:_MOST_PLACES]])),
            seen=told.seen,
            required=told.required,
            message=_cut(told.message, len(spots), len(members) + more),
            fix=rule.fix,
            says=told.says,
            action=told.action,
            flips=told.flips,
            reason=told.reason,
            missing=tuple([pointer(spot) for spot in told.missing]),
            cause=next((self._causes[spot] for spot in told.missing if spot in self._causes), None) if self._causes else None,
            evidence=tuple([self._evidence(*one) for one in zip(told.nodes[:_MOST_PLACES], named, strict=False)]),
            members=self._listed(members[:MOST_MEMBERS]) if members else (),
            dimension=rule.dimension,
            department=self.namer.department(observation.subject.record),
            district=self.namer.district(observation.subject.record),
            fingerprint=_fingerprint(rule.id, subject, told.nodes),
        )

    def _of_rule(self, observation: Observation) -> "_OfRule":
        """What is the same in all findings of one version of a rule."""
        key = observation.rule, observation.version
        found = self._rules.get(key)
        if found is None:
            rule = self.runner.world.plan.rules[observation.rule].version(observation.version)
            found = self._rules[key] = _OfRule(rule, rule.name.shown, Severity[rule.severity.upper()], tuple(dict.fromkeys(rule.citations)))
        return found

    def _key(self, observation: Observation) -> str:
        subject = self.namer.subject(self.runner.world.plan.rules[observation.rule].rule.subject, observation.subject)
        return f"{subject.kind}:{subject.id}"

    def _spots_of(self, subject: Subject) -> list[FieldRef]:
        """Where no value is at fault: the place of the subject, or of each member of the group."""
        return [FieldRef(one, ()) for one in subject.members] or [FieldRef(subject.record, subject.path)]

    def _evidence(self, node: Node, spot: FieldRef) -> ObservedValue:
        world = self.runner.world
        return ObservedValue(
            field=self._field_name(node),
            pointer=pointer(spot),
            seen=bilingual(lambda tongue: say_fact(node, world, tongue)),
            place=self.namer.place(spot),
            state=node.fact.state,
        )

    def _field_name(self, node: Node) -> Both:
        """The name of a field, which is the same for all records of a shape."""
        key = self.runner.world.records[node.record].shape, node.path
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = field_name(node.spot, self.runner.world)
        return found

    def _members(self, observation: Observation, blames: tuple[ResponsibleTest, ...]) -> tuple[Sequence[FieldRef], int]:
        """The members of a group; of a set of duplicates all that share the value, the subject itself included.

        Also how many more there are that are not here.
        """
        if observation.subject.members:
            return tuple(FieldRef(number, ()) for number in observation.subject.members), 0
        tests = [(one.test, one.scope) for one in blames if isinstance(one.test, Unique | First)]
        if not tests:
            return (), 0
        evaluator = self.runner.evaluator(observation.rule, observation.subject)
        sets = [evaluator.twins(test, scope) for test, scope in tests]
        more = evaluator.world.beyond if any(test.within is None for test, _ in tests) else 0
        return sets[0] if len(sets) == 1 else tuple(dict.fromkeys(spot for one in sets for spot in one)), more

    def _listed(self, members: Sequence[FieldRef]) -> tuple[SubjectName, ...]:
        names = tuple(self.namer.at(spot.record, spot.path) for spot in members)
        return self.lists.setdefault(names, names)


@fast_dataclass(frozen=True, slots=True)
class _OfRule:
    """A version of a rule, and of it what every finding tells alike."""

    rule: Rule
    name: Both
    severity: Severity
    citations: tuple[Citation, ...]


def _fingerprint(rule: str, subject: SubjectName, nodes: tuple[Node, ...]) -> str:
    """What the finding is about, without any position: it survives rows that move."""
    named = "" if subject.name.startswith("#") else subject.name
    seen = sorted([[_fields(node.path), _raw(node)] for node in nodes])
    text = _as_text([rule, subject.kind, named, seen])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _mark(observation: Observation) -> tuple[int, Subject]:
    return observation.rule, observation.subject


def _cut(message: Both, places: int, members: int) -> Both:
    """The message, with what is said where not everything is listed: nothing is cut in silence."""
    if members > MOST_MEMBERS:
        zh, en = f"（共 {members} 个，列出前 {MOST_MEMBERS} 个）", f" ({members} in all, the first {MOST_MEMBERS} are listed)"
    elif places > _MOST_PLACES:
        zh, en = f"（涉及 {places} 处，列出前 {_MOST_PLACES} 处）", f" ({places} places, the first {_MOST_PLACES} are listed)"
    else:
        return message
    return Both(message.zh + zh, message.en + en)


def _fields(path: Path) -> str:
    return ".".join([step for step in path if isinstance(step, str)])


def _raw(node: Node) -> str:
    value: Any = node.fact.value if isinstance(node.fact, Known) else node.fact.raw
    return _as_text(value)


def _cited(rule: Rule, observation: Observation) -> tuple[Citation, ...]:
    """The clauses that a finding rests on: before those of the rule, that of a transition or exception which replaced the requirement."""
    replaced = (rule.exceptions[at] for at in observation.fired if rule.exceptions[at].instead is not None)
    return tuple(dict.fromkeys([*(one for each in replaced for one in each.citations), *rule.citations]))
