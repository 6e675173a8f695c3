"""Observes records that are written alike once.

A plain rule, which asks for nothing but values of the record itself, says the same of two records in which the fields that it reads
are written alike. A catalog that lacks a column has thousands of these.
"""

from typing import Any

from guiju.dsl.ir.tree import Read
from guiju.terms.fact import Path
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.validators.engines.engine import FieldRef, Observation, Subject
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.plan.footprint import expressions, is_plain, walk
from guiju.validators.plan.tree import Plan, Planned

__all__ = ["AlikeObserver", "as_written"]

# Bounds on memory only: observations that are kept, and how long the values may be by which they are found.
_MOST_KEPT = 10_000
_LONGEST = 400


@fast_dataclass(frozen=True, slots=True)
class _Kept:
    """An observation, and what it misses of its own record by paths."""

    observed: Observation
    missing: tuple[Path | FieldRef, ...]


class AlikeObserver:
    """What `Runner.observe` says, for all runners of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._fields: dict[int, tuple[str, ...] | None] = {}
        self._kept: dict[tuple[int, tuple[str, ...]], _Kept] = {}

    def observe(self, runner: Runner, at: int, subject: Subject) -> Observation:
        """What the rule says of the subject."""
        key = self._key(runner, at, subject)
        if key is None:
            return runner.observe(at, subject)
        kept = self._kept.get(key)
        if kept is None:
            observed = runner.observe(at, subject)
            self._keep(key, observed)
            return observed
        known, record = kept.observed, subject.record
        missing = tuple([one if isinstance(one, FieldRef) else FieldRef(record, one) for one in kept.missing])
        return Observation(at, subject, known.verdict, known.reason, missing, known.fired, known.by, known.fault, known.version)

    def _key(self, runner: Runner, at: int, subject: Subject) -> tuple[int, tuple[str, ...]] | None:
        """The rule and what it reads as it is written; None where the rule may read more, or at length."""
        if at not in self._fields:
            self._fields[at] = _fields_of(self._plan.rules[at])
        fields = self._fields[at]
        if fields is None or subject.unknown:
            return None
        value = runner.world.records[subject.record].value
        written = tuple([as_written(value.get(id)) for id in fields])
        return (at, written) if max(map(len, written), default=0) <= _LONGEST else None

    def _keep(self, key: tuple[int, tuple[str, ...]], observed: Observation) -> None:
        own = observed.subject.record
        missing = tuple(one.path if one.record == own else one for one in observed.missing)
        if any(isinstance(one, FieldRef) and one.record >= 0 for one in missing):
            return
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[key] = _Kept(observed, missing)


def as_written(value: Any) -> str:
    """A value as it stands in the record, so that what is read differently is written differently."""
    return f"'{value}" if isinstance(value, str) else repr(value)


def _fields_of(planned: Planned) -> tuple[str, ...] | None:
    """The fields of the record on which all that the rule says rests; None where it may rest on more."""
    roots = [one for rule in planned.every for one in expressions(rule)]
    spec = planned.rule.subject
    if planned.metered or spec.path or spec.group is not None or any(rule.yields_to for rule in planned.every):
        return None
    reads = [node for root in roots for node in walk(root) if isinstance(node, Read)]
    if not all(map(is_plain, roots)) or any(node.var != 0 or not node.path for node in reads):
        return None
    return tuple(dict.fromkeys(node.path[0] for node in reads))
