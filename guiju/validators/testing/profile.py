"""Measures what each rule costs on given records: each rule by itself through the code that checks, shared work apart.

The sum over the rules is more than the whole: what several rules need is computed once when they run together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from guiju.catalog.records.model import Record
from guiju.terms.time.calendar import Calendar
from guiju.validators.engines.compiled.codegen.from_plan import write
from guiju.validators.engines.compiled.decode import plain_type
from guiju.validators.engines.compiled.load import Check, Note, load
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.joins.operators import CrossRecordState
from guiju.validators.plan.tree import Plan

__all__ = ["Costs", "RuleCost", "costs_of"]

_ROUNDS = 3
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCost:
    """Seconds of one rule on all its subjects; `interpreted` where the interpreter judges it."""

    rule: str
    subjects: int
    seconds: float
    interpreted: bool

    @property
    def each(self) -> float:
        """Seconds for one subject."""
        return self.seconds / max(self.subjects, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """The rules that have subjects, the most expensive first; and all of them together: verdicts, and seconds without reading."""

    rules: tuple[RuleCost, ...]
    records: int
    verdicts: int
    seconds: float

    @property
    def rate(self) -> float:
        """Verdicts in a second."""
        return self.verdicts / self.seconds if self.seconds > 0 else 0.0


def costs_of(plan: Plan, records: Sequence[Record], calendar: Calendar, clock: Clock) -> Costs:
    """The costs on these records, by the given clock."""
    runner = Runner(RecordStore(plan, records, calendar))
    counts = {spec: sum(1 for _ in runner.world.subjects(spec)) for spec, _ in plan.scans}
    bare = {shape: _generated(plan, runner, calendar, clock, frozenset(), shape) or 0.0 for shape in _shapes(plan, runner)}
    found = []
    verdicts = 0
    for at, planned in enumerate(plan.rules):
        subjects = counts[planned.rule.subject]
        if not planned.active or not subjects:
            continue
        verdicts += subjects
        shape = planned.rule.subject.shape
        seconds = _generated(plan, runner, calendar, clock, frozenset((at,)), shape)
        own = _interpreted(runner, at, clock) if seconds is None else max(seconds - bare.get(shape, 0.0), 0.0)
        found.append(RuleCost(rule=planned.rule.id, subjects=subjects, seconds=own, interpreted=seconds is None))
    found.sort(key=lambda one: (-one.seconds, one.rule))
    together = frozenset(range(len(plan.rules))) - {plan.position(one.rule) for one in found if one.interpreted}
    whole = sum(_generated(plan, runner, calendar, clock, together, shape) or 0.0 for shape in _shapes(plan, runner))
    whole += sum(one.seconds for one in found if one.interpreted)
    return Costs(rules=tuple(found), records=len(records), verdicts=verdicts, seconds=whole)


def _shapes(plan: Plan, runner: Runner) -> list[str]:
    return [shape for shape in dict.fromkeys(spec.shape for spec, _ in plan.scans) if runner.world.of_shape(shape)]


def _generated(plan: Plan, runner: Runner, calendar: Calendar, clock: Clock, rules: frozenset[int], shape: str) -> float | None:
    """Seconds of the generated function of these rules on all records of a shape; None where it does not settle them."""
    module = write(plan, calendar, only=rules, wide=True)
    unit = next((one for one in module.units if one.shape == shape), None)
    if unit is None or any(at in rules for at in module.left):
        return None
    check, type = load(module)[shape], plain_type(unit.slot)
    given = [one for record in runner.world.of_shape(shape) if (one := _settled(record, type, check)) is not None]
    if not given and runner.world.of_shape(shape):
        return None
    times = []
    for _ in range(_ROUNDS):
        begin = clock()
        _, columns = check(given, 0, _forget)
        CrossRecordState(unit.columns).add(unit.columns, columns, 0)
        times.append(clock() - begin)
    return min(times)


def _settled(record: Record, type: Any, check: Check) -> Any:
    """The record as the function takes it; None where the interpreter is asked about it in a run, and left out of the cost."""
    try:
        given = msgspec.convert(record.value, type)
        check([given], 0, _forget)
    except Exception:
        return None
    return given


def _forget(_note: Note) -> None:
    """Nobody reads it here."""


def _interpreted(runner: Runner, at: int, clock: Clock) -> float:
    begin = clock()
    for _ in runner.of_rule(at):
        pass
    return clock() - begin
