"""Caches explanations: a second subject with the same values gets the words of the first.

A catalog in which one column is missing has the same finding in every row. The explanation of a row depends on the fields that
the rule reads there; where they are written alike, only the name and the places differ. Rules across records are explained one by
one.
"""

from dataclasses import dataclass, replace
from typing import Any

from guiju.dsl.ir.tree import (
    And,
    Expr,
    Read,
    Rule,
)
from guiju.terms.fact import Known, Path
from guiju.terms.tongue import Both
from guiju.terms.verdict import Truth, Verdict
from guiju.validators.engines.engine import FieldRef, Observation, Subject
from guiju.validators.engines.interpreter.alike import as_written
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.interpreter.values import Holds
from guiju.validators.explain.explain import Explanation, explain, spoken_subject
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.plan.footprint import is_plain, walk

__all__ = ["MemoizedExplainer"]

# A bound on memory only.
_MOST_TOLD = 1_000
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class _Rests:
    """The fields on which a plain rule rests: those of its requirement and, where that is a conjunction, those of each part."""

    fields: tuple[str, ...]
    parts: tuple[tuple[Expr, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What was said, without the name with which its message begins; its values by their paths."""

    said: Explanation
    tail: Both
    paths: tuple[Path, ...]
    missing: tuple[Path, ...]


class MemoizedExplainer:
    """Explains the observations of one run, with a cache."""

    def __init__(self, runner: Runner, namer: SubjectNamer) -> None:
        self.runner = runner
        self.namer = namer
        self._rests: dict[int, _Rests | None] = {}
        self._told: dict[Any, _Told] = {}

    def explain(self, observation: Observation) -> Explanation:
        """The explanation of an observation; the same as `explain` gives."""
        key = self._key(observation)
        told = self._told.get(key) if key is not None else None
        if told is not None:
            return self._again(told, observation)
        said = explain(observation, self.runner, self.namer)
        if key is not None:
            self._keep(key, said, observation)
        return said

    def _key(self, observation: Observation) -> Any:
        """What the words rest on; None where they may rest on more."""
        subject, deep = observation.subject, len(observation.subject.path)
        if self.runner.world.plan.rules[observation.rule].acts:
            return None
        if subject.members or subject.key or observation.fired or observation.fault is not None:
            return None
        if observation.verdict not in (Verdict.FAIL, Verdict.UNDETERMINED):
            return None
        missing = tuple(spot.path for spot in observation.missing)
        if any(spot.record != subject.record or spot.path[:deep] != subject.path for spot in observation.missing):
            return None
        unmet = tuple[int, ...]()
        if observation.verdict is Verdict.UNDETERMINED:
            # What is unknown is all that is told, whatever the rule asks of it.
            if any(len(path) == deep for path in missing):
                return None
            fields = tuple(dict.fromkeys(str(path[deep]) for path in missing))
        else:
            rests = self._rests_of(observation.rule)
            if rests is None:
                return None
            fields = rests.fields
            if rests.parts:
                evaluator = self.runner.evaluator(observation.rule, subject)
                open = [number for number, (part, _) in enumerate(rests.parts) if not _is_true(evaluator.holds(part, evaluator.scope))]
                fields, unmet = tuple(id for number in open for id in rests.parts[number][1]), tuple(open)
        value = self._value(subject)
        if value is None:
            return None
        written = tuple(as_written(value.get(id)) for id in fields)
        if any(len(one) > _LONGEST for one in written):
            return None
        return observation.rule, subject.path, observation.verdict, observation.reason, observation.by, missing, unmet, written

    def _value(self, subject: Subject) -> dict[str, Any] | None:
        """The subject as it was written; None for an element that is no record."""
        if not subject.path:
            return self.runner.world.records[subject.record].value
        fact = self.runner.world.at(subject.record, subject.path).fact
        return fact.value if isinstance(fact, Known) and isinstance(fact.value, dict) else None

    def _rests_of(self, at: int) -> _Rests | None:
        if at not in self._rests:
            self._rests[at] = _rests(self.runner.world.plan.rules[at].rule)
        return self._rests[at]

    def _keep(self, key: Any, said: Explanation, observation: Observation) -> None:
        subject = spoken_subject(self.runner.world.plan.rules[observation.rule].rule, observation, self.namer)
        record = observation.subject.record
        ours = said.message.zh.startswith(subject.zh) and said.message.en.startswith(subject.en)
        if not ours or any(node.record != record for node in said.nodes):
            return
        if len(self._told) >= _MOST_TOLD:
            self._told.clear()
        tail = Both(said.message.zh[len(subject.zh) :], said.message.en[len(subject.en) :])
        paths = tuple(node.path for node in said.nodes)
        self._told[key] = _Told(replace(said, nodes=(), missing=()), tail, paths, tuple(spot.path for spot in said.missing))

    def _again(self, told: _Told, observation: Observation) -> Explanation:
        world, record = self.runner.world, observation.subject.record
        subject = spoken_subject(world.plan.rules[observation.rule].rule, observation, self.namer)
        said = told.said
        return Explanation(
            seen=said.seen,
            required=said.required,
            message=Both(subject.zh + told.tail.zh, subject.en + told.tail.en),
            says=said.says,
            action=said.action,
            flips=said.flips,
            reason=said.reason,
            nodes=tuple([world.at(record, path) for path in told.paths]),
            blames=said.blames,
            missing=tuple([FieldRef(record, path) for path in told.missing]),
        )


def _rests(rule: Rule) -> _Rests | None:
    nodes = list(walk(rule.requirement))
    if rule.subject.group is not None or not is_plain(rule.requirement):
        return None
    if any(node.var != 0 or not node.path for node in nodes if isinstance(node, Read)):
        return None
    parts = rule.requirement.args if isinstance(rule.requirement, And) and not rule.force.forbids else ()
    return _Rests(_fields(rule.requirement), tuple((part, _fields(part)) for part in parts))


def _fields(expr: Expr) -> tuple[str, ...]:
    return tuple(dict.fromkeys(node.path[0] for node in walk(expr) if isinstance(node, Read)))


def _is_true(outcome: object) -> bool:
    return isinstance(outcome, Holds) and outcome.truth is Truth.T
