"""Makes findings of the marks of a run: reads again only the lines concerned, and explains by the code that explains all else."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from guiju.catalog.model import Record
from guiju.validators.carriers.local import Run
from guiju.validators.carriers.names import Bearers, bearers
from guiju.validators.engines.across import Mark
from guiju.validators.engines.engine import Observation, Subject
from guiju.validators.engines.generated.crossing import Grouped, Keyed
from guiju.validators.engines.generated.module import State
from guiju.validators.engines.generated.tell import path_at
from guiju.validators.engines.interpreter.run import Runner
from guiju.validators.engines.interpreter.values import Has
from guiju.validators.engines.interpreter.world import World
from guiju.validators.findings import Finding
from guiju.validators.judge import Judge

__all__ = ["findings"]


def findings(run: Run, *, limit: int | None = None) -> Iterator[Finding]:
    """The findings in reading order, at most so many."""
    left = len(run.marks) if limit is None else limit
    whole = _Whole(bearers(run) if run.marks and left > 0 else {}, _unreadable(run))
    for number, marks in groupby(run.marks, key=lambda mark: mark[2]):
        if left <= 0:
            return
        for finding in _of_record(run, number, list(marks), whole):
            if left <= 0:
                return
            left -= 1
            yield finding


def _of_record(run: Run, number: int, marks: list[Mark], whole: "_Whole") -> Iterator[Finding]:
    """The findings of one record; those across records each with the records that they need."""
    own = [mark for mark in marks if not _is_wide(run, mark[0])]
    if own:
        runner = Runner(World(run.job.plan, _line(run, number), run.job.calendar))
        observed = [runner.observe(mark[0], _subject(run, mark)) for mark in own]
        judge = _judge(runner, whole)
        judge.learn(observed)
    else:
        judge, observed = None, []
    told = {id(mark): one for mark, one in zip(own, observed, strict=True)}
    for mark in marks:
        if judge is not None and id(mark) in told:
            yield judge.finding(told[id(mark)])
        else:
            yield _across(run, mark, whole)


def _is_wide(run: Run, rule: int) -> bool:
    return any(form.rule == rule for form in run.checker.columns)


def _across(run: Run, mark: Mark, whole: "_Whole") -> Finding:
    rule, number = mark[0], mark[2]
    form = next(one for one in run.checker.columns if one.rule == rule)
    records = list(_line(run, number))
    subject = _subject(run, mark)
    match form:
        case Keyed():
            runner = Runner(World(run.job.plan, records, run.job.calendar))
            evaluator = runner.evaluator(rule, subject)
            requirement = run.job.plan.rules[rule].rule.requirement
            value = evaluator.operand(requirement.operand, evaluator.scope)  # type: ignore[union-attr]
            if isinstance(value, Has):
                records += [one for twin in run.found.across.twins(form, number, value.value) if twin != number for one in _line(run, twin)]
        case Grouped():
            key = run.groups[rule, number]
            members = run.found.across.members(form, key)
            records += [one for member in members if member != number for one in _line(run, member)]
            subject = Subject(number, members=members, key=key or ())
        case _:
            pass
    runner = Runner(World(run.job.plan, tuple({one.number: one for one in records}.values()), run.job.calendar))
    if isinstance(form, Grouped):
        spec = run.job.plan.rules[rule].rule.subject
        subject = next(one for one in runner.world.subjects(spec) if one.record == number)
    observed: Observation = runner.observe(rule, subject)
    judge = _judge(runner, whole)
    told = [one for record in sorted(runner.world.records) for one in whole.unreadable.get(record, ())]
    judge.learn(runner.observe(one[0], _subject(run, one)) for one in told)
    return judge.finding(observed)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What a finding takes from all of the file: the names of records, and where values cannot be read."""

    names: dict[str, Bearers]
    unreadable: dict[int, list[Mark]]


def _unreadable(run: Run) -> dict[int, list[Mark]]:
    """The failures of implicit rules, by record: the causes of what cannot be decided."""
    found: dict[int, list[Mark]] = {}
    for mark in run.marks:
        if mark[1] == State.FAIL and run.job.plan.rules[mark[0]].rule.implicit and not _is_wide(run, mark[0]):
            found.setdefault(mark[2], []).append(mark)
    return found


def _judge(runner: Runner, whole: _Whole) -> Judge:
    """A judge who knows the names of all records, and not only of those before him."""
    judge = Judge(runner)
    judge.namer._keys.update(whole.names)
    return judge


def _line(run: Run, number: int) -> tuple[Record, ...]:
    """The records of the line in which a record stands."""
    offset = run.found.offsets[number]
    return run.checker.read(offset, run.found.lines[number], bisect_left(run.found.offsets, offset))


def _subject(run: Run, mark: Mark) -> Subject:
    rule, _, number, way = mark
    return Subject(number, path_at(run.job.plan.rules[rule].rule.subject, way, run.job.plan.vocabulary))
