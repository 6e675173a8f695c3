"""Counts every verdict on records in memory and makes observations only of those that can become findings.

The counts come from compiled code. What is kept is observed by the interpreter, which must come to the same verdict.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from guiju.catalog.records.model import Record
from guiju.dsl.ir.tree import SubjectSpec
from guiju.terms.fact import Known, Path
from guiju.terms.fact import State as Lack
from guiju.terms.reading.reading import read_value
from guiju.terms.shape import Reading, Vocabulary
from guiju.terms.time.calendar import Calendar
from guiju.terms.types import ListT, RecordT, Type
from guiju.terms.verdict import Verdict
from guiju.validators.engines.compiled.codegen.from_plan import Unit, write
from guiju.validators.engines.compiled.decode import plain_type
from guiju.validators.engines.compiled.load import load
from guiju.validators.engines.engine import CountedRun, Observation, Subject
from guiju.validators.engines.interpreter.alike import AlikeObserver
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.joins.operators import CrossRecordState, Mark
from guiju.validators.engines.state import State
from guiju.validators.plan.tree import Plan

__all__ = ["VerdictCounter", "path_at"]

_BATCH = 256
_VERDICTS = tuple(state.verdict for state in State)
_SETTLED = frozenset({Verdict.PASS, Verdict.NOT_APPLICABLE, Verdict.INACTIVE})


class VerdictCounter:
    """The counting functions of one plan, for one submission after another."""

    def __init__(self, plan: Plan, calendar: Calendar) -> None:
        self.plan = plan
        self.calendar = calendar
        self.module = write(plan, calendar, wide=True)
        self.checks = load(self.module)
        self.types = {unit.shape: plain_type(unit.slot) for unit in self.module.units}
        self.lists = {unit.shape: _lists_of(unit, plan.vocabulary) for unit in self.module.units}
        self.columns = tuple(form for unit in self.module.units for form in unit.columns if form.rule not in self.module.left)
        self.specs = {spec: at for at, (spec, _) in enumerate(plan.scans)}
        others = {*self.module.left, *(form.rule for form in self.columns)}
        self.settled = tuple(
            (at, position, Verdict.PASS if plan.rules[position].active else plan.rules[position].idle)
            for at, (_, positions) in enumerate(plan.scans)
            for position in positions
            if position not in others
        )
        """For each rule that the functions judge its scan, its position, and the verdict on what was not counted."""

    def tell(self, records: Sequence[Record], progress: Callable[[int, int], None] | None = None) -> CountedRun:
        """The counts of all verdicts by rule, and the observations that can become findings."""
        run = _Run(self, records, progress)
        for unit in self.module.units:
            run.judge(unit)
        return run.told()


def _lists_of(unit: Unit, vocabulary: Vocabulary) -> tuple[tuple[str, ListT, Reading | None], ...]:
    """The lists of a record that compiled code reads, with the reading of the record."""
    shape = vocabulary.shape(unit.shape)
    reading = vocabulary.reading(shape)
    return tuple((id, child.type, reading) for id, child in unit.slot.children.items() if isinstance(child.type, ListT))


class _Run:
    """The state of one submission."""

    def __init__(self, counter: VerdictCounter, records: Sequence[Record], progress: Callable[[int, int], None] | None) -> None:
        self.progress = progress
        self.done = 0
        self.counter = counter
        self.plan = counter.plan
        self.runner = Runner(RecordStore(counter.plan, records, counter.calendar), quick=True)
        self.alike = AlikeObserver(counter.plan)
        self.across = CrossRecordState(counter.columns)
        self.counts: list[dict[Verdict, int]] = [{} for _ in counter.plan.rules]
        self.subjects = [0 for _ in counter.plan.scans]
        self.marks: list[Mark] = []
        self.kept: list[Observation] = []
        self.asked = False

    def judge(self, unit: Unit) -> None:
        """Judges all records of one shape; their numbers start at 0."""
        check, type = self.counter.checks[unit.shape], self.counter.types[unit.shape]
        found = iter(self.runner.world.of_shape(unit.shape))
        start = 0
        while batch := tuple(islice(found, _BATCH)):
            if not self._all(unit, check, type, batch, start):
                for at, record in enumerate(batch, start):
                    if not self._all(unit, check, type, (record,), at):
                        self._ask(unit, record)
            start += len(batch)
            self.done += len(batch)
            if self.progress is not None:
                self.progress(self.done, len(self.runner.world.records))

    def _all(self, unit: Unit, check: Callable[..., Any], type: Any, batch: Sequence[Record], start: int) -> bool:
        """Judges the records by compiled code; False where it gives up on one."""
        marks: list[Mark] = []
        try:
            counts, columns = check([msgspec.convert(self._parted(one), type) for one in batch], start, marks.append)
        except Exception:  # Ask, a value of another kind, or an accident: the interpreter says which
            return False
        self.marks += marks
        for (rule, state), number in zip(unit.counters, counts, strict=True):
            if rule < 0:
                self.subjects[self.counter.specs[unit.specs[-1 - rule]]] += number
            elif number:
                self._add(rule, _VERDICTS[state], number)
        self.across.add(unit.columns, columns, start)
        return True

    def _parted(self, record: Record) -> dict[str, Any]:
        """The raw record, with lists that were written as one text split as its reading says."""
        value = record.value
        for id, type, reading in self.counter.lists[record.shape]:
            raw = value.get(id)
            if raw.__class__ is str:
                fact = read_value(raw, type, self.plan.vocabulary, reading, on=self.plan.as_of)
                if isinstance(fact, Known):
                    value = value | {id: fact.value}
                elif fact.state is Lack.ABSENT:
                    value = value | {id: None}
        return value

    def _ask(self, unit: Unit, record: Record) -> None:
        """Judges a record by the interpreter, which then also fills the columns of the join operators."""
        self.asked = True
        subjects: dict[int, tuple[Subject, ...]] = {}
        for at, position, settled in self.counter.settled:
            spec = self.plan.scans[at][0]
            if spec.shape != unit.shape:
                continue
            if at not in subjects:
                subjects[at] = tuple(self.runner.world.subjects_of(record, spec))
                self.subjects[at] += len(subjects[at])
            if settled is Verdict.PASS:
                self._observe(self.runner.observe(position, subject) for subject in subjects[at])

    def _observe(self, observations: Iterator[Observation]) -> None:
        for one in observations:
            self._add(one.rule, one.verdict, 1)
            if one.verdict not in _SETTLED:
                self.kept.append(one)

    def told(self) -> CountedRun:
        """The result."""
        for rule, state, number, way in self.marks:
            self._keep(rule, _VERDICTS[state], Subject(self._number(rule, number), self._path(rule, way)))
        for at, position, settled in self.counter.settled:
            rest = self.subjects[at] - sum(self.counts[position].values())
            if rest:
                self._add(position, settled, rest)
        left = set(self.counter.module.left)
        if self.asked:
            left |= {form.rule for form in self.counter.columns if form.rule >= 0}
        else:
            self._beyond()
        for at in sorted(left):
            self.counts[at] = {}
            self._observe(self.runner.of_rule(at))
        return CountedRun(tuple(self.counts), tuple(self.kept))

    def _add(self, rule: int, verdict: Verdict, number: int) -> None:
        counts = self.counts[rule]
        counts[verdict] = counts.get(verdict, 0) + number

    def _beyond(self) -> None:
        """Judges the rules across records."""
        shapes = {unit.shape: len(self.runner.world.of_shape(unit.shape)) for unit in self.counter.module.units}
        for one in self.across.finish(shapes):
            rule = one.rule
            if not one.adding:
                self.counts[rule] = {}
            for verdict, number in one.counts.items():
                if number:
                    self._add(rule, verdict, number)
            spec = self.plan.rules[rule].rule.subject
            if one.adding and (rest := self.subjects[self.counter.specs[spec]] - sum(self.counts[rule].values())):
                self._add(rule, Verdict.PASS, rest)
            groups = {each.record: each for each in self.runner.world.subjects(spec)} if spec.group is not None and one.marks else {}
            for _, state, number, way in one.marks:
                record = self._number(rule, number)
                self._keep(rule, _VERDICTS[state], groups.get(record) or Subject(record, self._path(rule, way)), counted=True)

    def _keep(self, rule: int, verdict: Verdict, subject: Subject, *, counted: bool = False) -> None:
        found = self.alike.observe(self.runner, rule, subject)
        if found.verdict is not verdict:
            raise AssertionError(f"{self.plan.rules[rule].rule.id} on {subject}: {verdict} generated, {found.verdict} interpreted")
        if not counted:
            self._add(rule, verdict, 1)
        self.kept.append(found)

    def _number(self, rule: int, number: int) -> int:
        return self.runner.world.of_shape(self.plan.rules[rule].rule.subject.shape)[number].number

    def _path(self, rule: int, way: tuple[int, ...]) -> Path:
        return path_at(self.plan.rules[rule].rule.subject, way, self.plan.vocabulary)


def path_at(spec: SubjectSpec, way: tuple[int, ...], vocabulary: Vocabulary) -> Path:
    """The path of ids and positions to an element of which only the positions are known."""
    at: Type = RecordT(spec.shape)
    path: list[str | int] = []
    positions = iter(way)
    for id in spec.path:
        path.append(id)
        field = vocabulary.shape(at.shape).field(id) if isinstance(at, RecordT) else None
        assert field is not None
        at = field.type
        if isinstance(at, ListT):
            path.append(next(positions))
            at = at.element
    return tuple(path)
