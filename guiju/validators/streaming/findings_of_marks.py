"""Turns row marks into findings by re-reading only their lines; shares the explainer with in-memory runs."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby, islice, pairwise

from guiju.catalog.records.model import Record
from guiju.terms.verdict import Verdict
from guiju.validators.engines.compiled.count import path_at
from guiju.validators.engines.engine import Observation, Subject
from guiju.validators.engines.interpreter.alike import AlikeObserver
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.interpreter.values import Has
from guiju.validators.engines.joins.lookup_join import Item, Key, Matches
from guiju.validators.engines.joins.operators import Mark
from guiju.validators.engines.joins.specs import BuildSpec, CrossRecordSpec, ForeignKeySpec, GroupSizeSpec, GroupSpec, ProbeSpec, UniqueSpec
from guiju.validators.engines.state import State
from guiju.validators.explain.judge import MOST_MEMBERS, Judge
from guiju.validators.explain.provenance import MOST_ELEMENTS
from guiju.validators.findings.model import Finding
from guiju.validators.streaming.duplicate_names import count_names
from guiju.validators.streaming.process_pool import FORKS, in_order
from guiju.validators.streaming.run_local import Run

__all__ = ["findings"]

_AT_ONCE = 1000
_READ = 2000
_LOOKED = 64


def findings(run: Run, *, limit: int | None = None, workers: int = 1) -> Iterator[Finding]:
    """The findings in reading order, at most so many; where there are many, several processes tell them."""
    world = RecordStore(run.job.plan, (), run.job.calendar, registers_from=run.records)
    world.elsewhere = frozenset(run.found.shapes)
    names = count_names(run) if run.marks and limit != 0 else {}
    judge = Judge(Runner(world))
    judge.namer.known.update(names)
    forms: dict[int, CrossRecordSpec] = {one.rule: one for one in reversed(run.checker.columns) if not isinstance(one, BuildSpec)}
    read, found_by = lru_cache(_READ)(run.read), lru_cache(_LOOKED)(run.found.across.found)
    whole = _RunContext(_unreadable(run, forms), world, read, found_by, forms, AlikeObserver(run.job.plan), judge)
    pieces = _pieces(run.marks)
    told: Iterator[Iterable[Finding]] = (_of_piece(run, one, whole) for one in pieces)
    if workers > 1 and FORKS and len(pieces) > 1 and limit is None and _can_be_shared(run):
        told = in_order(min(workers, len(pieces)), lambda: lambda number: tuple(_of_piece(run, pieces[number], whole)), len(pieces))
    yield from islice(chain.from_iterable(told), limit)


def _can_be_shared(run: Run) -> bool:
    """Whether a forked process may read what this one has: not from an open database or workbook, nor keys that lie on a disk."""
    return not run.found.across.disks and not any(job.lines.is_expensive for job in run.pool.jobs)


def _pieces(marks: Sequence[Mark]) -> list[range]:
    """The marks in pieces of some records each; those of one record stay together."""
    starts = [at for at, mark in enumerate(marks) if not at or mark[2] != marks[at - 1][2]][::_AT_ONCE]
    return [range(*ends) for ends in pairwise([*starts, len(marks)])]


def _of_piece(run: Run, piece: range, whole: "_RunContext") -> Iterator[Finding]:
    """The findings of one piece; the inputs are told which records will be read."""
    some = [(record, list(marks)) for record, marks in groupby((run.marks[at] for at in piece), key=lambda mark: mark[2])]
    if any(job.lines.is_expensive for job in run.pool.jobs):
        run.expect(_needed(run, some, whole))
    return (one for record, marks in some for one in _of_record(run, record, marks, whole))


def _needed(run: Run, some: list[tuple[int, list[Mark]]], whole: "_RunContext") -> set[int]:
    """The records themselves, and those that are explained together with them."""
    numbers = {number for number, _ in some}
    found = numbers | run.found.across.twins_of(numbers, MOST_MEMBERS)
    for number, marks in some:
        for mark in marks:
            form = whole.forms.get(mark[0])
            if isinstance(form, GroupSpec | GroupSizeSpec):
                found.update(run.found.across.members(form, run.groups[mark[0], number]))
            if isinstance(form, ProbeSpec):
                found.update(_witnesses(run, form, mark, whole)[0])
            if isinstance(form, ForeignKeySpec):
                found.update(run.found.across.nameless(form))
    return found


def _of_record(run: Run, number: int, marks: list[Mark], whole: "_RunContext") -> Iterator[Finding]:
    """The findings of one record; those across records each with the records that they need."""
    own = [mark for mark in marks if mark[0] not in whole.forms]
    if own:
        judge = whole.judge(whole.read(number))
        observed = [_observed(run, mark, judge.runner, whole.alike) for mark in own]
        judge.learn(observed)
        found = {id(mark): judge.finding(one) for mark, one in zip(own, observed, strict=True)}
    else:
        found = {}
    for mark in marks:
        yield found.get(id(mark)) or _across(run, mark, whole)


def _observed(run: Run, mark: Mark, runner: Runner, alike: AlikeObserver) -> Observation:
    """What was observed; a failure that nothing could have excepted needs no second look."""
    planned, subject = run.job.plan.rules[mark[0]], _subject(run, mark)
    if mark[1] == State.FAIL and not planned.rule.exceptions and not planned.acts:
        return Observation(mark[0], subject, Verdict.FAIL)
    return alike.observe(runner, mark[0], subject)


def _across(run: Run, mark: Mark, whole: "_RunContext") -> Finding:
    rule, number = mark[0], mark[2]
    form = whole.forms.get(rule)
    records = list(whole.read(number))
    subject = _subject(run, mark)
    beyond = 0
    match form:
        case UniqueSpec():
            evaluator = whole.judge(records).runner.evaluator(rule, subject)
            requirement = run.job.plan.rules[rule].rule.requirement
            value = evaluator.operand(requirement.operand, evaluator.scope)  # type: ignore[union-attr]
            if isinstance(value, Has):
                twins, count = run.found.across.twins(form, value.value, MOST_MEMBERS)
                beyond = count - len({*twins, number})
                records += [one for twin in twins if twin != number for one in whole.read(twin)]
        case GroupSpec() | GroupSizeSpec():
            key = run.groups[rule, number]
            members = run.found.across.members(form, key)
            # Of those that are not listed nothing is told but what the rule asks.
            near = set(members[:MOST_MEMBERS])
            records += [
                one for member in members if member != number for one in (whole.read(member) if member in near else run.read(member, rule))
            ]
            subject = Subject(number, members=members, key=key or ())
        case ProbeSpec():
            numbers, beyond = _witnesses(run, form, mark, whole)
            records += [one for witness in numbers if witness != number for one in whole.read(witness)]
        case ForeignKeySpec():
            # Any of these may be the one that is meant.
            records += [one for other in run.found.across.nameless(form) if other != number for one in whole.read(other)]
        case _:
            pass
    judge = whole.judge(tuple({one.number: one for one in records}.values()), beyond)
    runner = judge.runner
    if isinstance(form, GroupSpec | GroupSizeSpec):
        spec = run.job.plan.rules[rule].rule.subject
        subject = next(one for one in runner.world.subjects(spec) if one.record == number)
    observed: Observation = runner.observe(rule, subject)
    told = [one for record in sorted({one.number for one in records}) for one in whole.unreadable.get(record, ())]
    judge.learn(runner.observe(one[0], _subject(run, one)) for one in told)
    return judge.finding(observed)


def _witnesses(run: Run, form: ProbeSpec, mark: Mark, whole: "_RunContext") -> tuple[set[int], int]:
    """The records that decide a look, those that are named and those that leave it open; and how many more satisfy it."""
    asks = run.asks[mark]
    looked = [whole.found(form, key, own) for key, own, _ in asks]
    if len(looked) != 1:
        return {number for one in looked for number in (*one.true, *one.open)}, 0
    (found,) = looked
    named = {*found.true[:MOST_ELEMENTS], *found.open}
    own = bisect_left(found.true, mark[2])
    here = min(len(found.true), MOST_ELEMENTS) + (own >= MOST_ELEMENTS and found.true[own : own + 1] == array("Q", [mark[2]]))
    return named, len(found.true) - here


@dataclass(frozen=True, slots=True)
class _RunContext:
    """What a finding takes from all of the file: the names of records, and where values cannot be read."""

    unreadable: dict[int, list[Mark]]
    world: RecordStore
    """That of the registers, which holds whatever records a finding needs."""
    read: Callable[[int], tuple[Record, ...]]
    """The records of the line in which one stands; what many findings name is read once."""
    found: Callable[[ProbeSpec, Key, Item], Matches]
    """What a look finds; many look for the same."""
    forms: dict[int, CrossRecordSpec]
    """What is gathered of the subjects of a rule; what its subjects may find is no answer."""
    alike: AlikeObserver
    _judge: Judge

    def judge(self, records: Sequence[Record], beyond: int = 0) -> Judge:
        """A judge of these records, until others come: one for all, who keeps what he said, and knows the names of all records."""
        self.world.hold(records, beyond)
        self._judge.turn(Runner(self.world))
        return self._judge


def _unreadable(run: Run, forms: dict[int, CrossRecordSpec]) -> dict[int, list[Mark]]:
    """The failures of implicit rules, by record: the causes of what cannot be decided."""
    found: dict[int, list[Mark]] = {}
    for mark in run.marks:
        if mark[1] == State.FAIL and run.job.plan.rules[mark[0]].rule.implicit and mark[0] not in forms:
            found.setdefault(mark[2], []).append(mark)
    return found


def _subject(run: Run, mark: Mark) -> Subject:
    rule, _, number, way = mark
    return Subject(number, path_at(run.job.plan.rules[rule].rule.subject, way, run.job.plan.vocabulary))
