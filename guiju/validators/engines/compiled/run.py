"""The compiled engine: runs generated modules over records in memory and gives the observations of the interpreter, faster.

Where compiled code gives up, the interpreter judges the record; explanations come from the interpreter alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from guiju.catalog.records.model import Record
from guiju.terms.time.calendar import Calendar
from guiju.terms.verdict import Verdict
from guiju.validators.engines.compiled.codegen.from_plan import Module, Unit, write
from guiju.validators.engines.compiled.count import VerdictCounter
from guiju.validators.engines.compiled.decode import plain_type
from guiju.validators.engines.compiled.load import Check, Note, load
from guiju.validators.engines.engine import CountedRun, Observation, Reason, Subject
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.state import State
from guiju.validators.plan.tree import Plan

__all__ = ["CompiledEngine"]


@dataclass(frozen=True, slots=True)
class _Loaded:
    module: Module
    checks: dict[str, Check]
    types: dict[str, Any]


class CompiledEngine:
    """The engine. It keeps the module of the last plan, for a service that judges one document after another."""

    def __init__(self) -> None:
        self._last: tuple[Plan, Calendar, _Loaded] | None = None
        self._counter: VerdictCounter | None = None

    def run(self, plan: Plan, records: Sequence[Record], calendar: Calendar) -> Iterator[Observation]:
        """Every observation of the plan, by rule in the order of the plan, then by subject in reading order."""
        loaded = self._load(plan, calendar)
        runner = Runner(RecordStore(plan, records, calendar))
        states: dict[tuple[int, int, tuple[int, ...]], int] = {}
        asked: set[int] = set()
        for unit in loaded.module.units:
            for record in runner.world.of_shape(unit.shape):
                notes = self.judge(loaded, unit, record.value, record.number)
                if notes is None:
                    asked.add(record.number)
                else:
                    states.update(((rule, number, way), state) for rule, state, number, way in notes)
        left = set(loaded.module.left)
        for at in range(len(plan.rules)):
            if at in left or not plan.rules[at].active:
                yield from runner.of_rule(at)
            else:
                yield from _observations(at, plan, runner, states, asked)

    def tell(
        self, plan: Plan, records: Sequence[Record], calendar: Calendar, progress: Callable[[int, int], None] | None = None
    ) -> CountedRun:
        """The counts of all verdicts, and the observations that can become findings."""
        if self._counter is None or self._counter.plan is not plan or self._counter.calendar is not calendar:
            self._counter = VerdictCounter(plan, calendar)
        return self._counter.tell(records, progress)

    def judge(self, loaded: "_Loaded", unit: Unit, value: dict[str, Any], number: int) -> list[Note] | None:
        """What compiled code notes of one record; None where it gives up."""
        notes: list[Note] = []
        try:
            loaded.checks[unit.shape]((msgspec.convert(value, loaded.types[unit.shape]),), number, notes.append)
        except Exception:  # Ask, a value of another kind, or an accident: the interpreter says which
            return None
        return notes

    def _load(self, plan: Plan, calendar: Calendar) -> _Loaded:
        if self._last is not None and self._last[0] is plan and self._last[1] is calendar:
            return self._last[2]
        module = write(plan, calendar, everything=True)
        loaded = _Loaded(module, load(module), {unit.shape: plain_type(unit.slot) for unit in module.units})
        self._last = plan, calendar, loaded
        return loaded


_PLAIN = {
    State.PASS: (Verdict.PASS, Reason.NONE),
    State.CONDITION: (Verdict.NOT_APPLICABLE, Reason.CONDITION),
    State.EMPTY: (Verdict.NOT_APPLICABLE, Reason.EMPTY),
    State.EMPTY_PASS: (Verdict.PASS, Reason.EMPTY),
}


def _observations(
    at: int, plan: Plan, runner: Runner, states: dict[tuple[int, int, tuple[int, ...]], int], asked: set[int]
) -> Iterator[Observation]:
    rule = plan.rules[at].rule
    for subject in runner.world.subjects(rule.subject):
        if subject.record in asked:
            yield runner.observe(at, subject)
            continue
        state = State(states.get((at, *subject_key(subject)), 0))
        # Why a rule does not apply the day of the act may say as well as the condition.
        is_plain = rule.act is None if state is State.CONDITION else not rule.exceptions
        plain = _PLAIN.get(state) if is_plain else None
        if plain is not None:
            yield Observation(at, subject, *plain)
            continue
        found = runner.observe(at, subject)
        if found.verdict is not state.verdict:
            raise AssertionError(f"{rule.id} on {subject}: {state.name} generated, {found.verdict} interpreted")
        yield found


def subject_key(subject: Subject) -> tuple[int, tuple[int, ...]]:
    """A subject as notes name it: the record and the positions of its elements."""
    return subject.record, tuple(step for step in subject.path if isinstance(step, int))
