"""Runs a plan over inputs of any size on this machine: in one process, or in several over partitions.

The result does not depend on the number of partitions; the order is that of the inputs. An interrupted run leaves no process
behind and has no result.
"""

import os
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import cast

from guiju.catalog.records.item import Item
from guiju.catalog.records.model import HeaderMatch, Record
from guiju.catalog.streams.open import lines_of
from guiju.catalog.streams.stream import NotAStream, RecordStream
from guiju.diagnostics.collector import collector_resting
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.terms.shape import Vocabulary
from guiju.terms.time.calendar import Calendar
from guiju.terms.verdict import Verdict
from guiju.validators.engines.joins.operators import KEYS, CrossRecordState, GroupKey, Mark
from guiju.validators.engines.joins.specs import CrossRecordSpec, Predicate
from guiju.validators.engines.joins.spill import NoSpillFile
from guiju.validators.engines.state import State
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.chunk_checker import SAMPLED, ChunkChecker, ScanSpec
from guiju.validators.streaming.faults import NotStreamable, RunFailed
from guiju.validators.streaming.members import MemberReader
from guiju.validators.streaming.partial_result import ERROR, PartialResult
from guiju.validators.streaming.partitions import CheckerPool, Partition, plan_partitions
from guiju.validators.streaming.process_pool import FORKS, in_order
from guiju.validators.streaming.record_index import opened_at
from guiju.validators.streaming.register_rules import judge_rows

__all__ = ["NotStreamable", "Run", "Whole", "check_stream", "first_records", "judged", "kept_within", "merged", "opened"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The result of a run: exact counts of all verdicts by rule, and marks of the verdicts that can become findings, in reading order."""

    pool: CheckerPool
    found: PartialResult
    starts: list[int]
    """For each input, the number of its first record."""
    shapes: list[dict[str, int]]
    """For each input, how many records of each shape it gave."""
    counts: list[Counter[Verdict]]
    marks: list[Mark]
    groups: dict[tuple[int, int], GroupKey | None] = field(default_factory=dict)
    asks: dict[Mark, tuple[Predicate, ...]] = field(default_factory=dict)
    """What was looked for, of marks of rules that look for records."""
    diagnostics: tuple[Diagnostic, ...] = ()
    headers: tuple[HeaderMatch, ...] = ()
    readers: dict[tuple[int, int], MemberReader] = field(default_factory=dict)
    """Who reads the members of groups, by input and rule."""

    @property
    def job(self) -> ScanSpec:
        """The scan spec of the first input. Plan and calendar are the same for all inputs."""
        return self.pool.jobs[0]

    @property
    def checker(self) -> ChunkChecker:
        """The checker of the first input."""
        return self.pool.checker(0)

    @property
    def records(self) -> int:
        """How many records were checked."""
        return self.found.records

    def of_input(self, number: int) -> range:
        """The numbers of the records of an input."""
        return range(self.starts[number], self.starts[number + 1] if number + 1 < len(self.starts) else self.records)

    def input_of(self, record: int) -> int:
        """The number of the input in which a record stands."""
        return bisect_right(self.starts, record) - 1

    def read(self, record: int, rule: int | None = None) -> tuple[Record, ...]:
        """The records of the line in which a record stands, read again; none for the row of a register.

        For a `rule` on groups a record may come with the fields alone that this rule asks for.
        """
        if record >= self.records:
            return ()
        number = self.input_of(record)
        within, mark = self.of_input(number), self.found.offsets[record]
        first = bisect_left(self.found.offsets, mark, within.start, within.stop)
        reader = self.pool.checker(number) if rule is None else self._members(number, rule)
        return reader.read(mark, self.found.lines[record], first)

    def _members(self, number: int, rule: int) -> MemberReader:
        found = self.readers.get((number, rule))
        if found is None:
            found = self.readers[number, rule] = MemberReader(self.pool.checker(number), self.job.plan.rules[rule].rule)
        return found

    def expect(self, records: Iterable[int]) -> None:
        """Announces which records will be read soon."""
        wanted: dict[int, list[int]] = {}
        for record in sorted(one for one in set(records) if one < self.records):
            wanted.setdefault(self.input_of(record), []).append(self.found.offsets[record])
        for number, marks in wanted.items():
            self.pool.jobs[number].lines.expect(marks)


def opened(given: "str | os.PathLike[str] | RecordStream | Sequence[RecordStream]") -> tuple[RecordStream, ...]:
    """The inputs as streams. Raises OSError where one cannot be opened, NotStreamable where it must be read whole."""
    if isinstance(given, str | os.PathLike):
        try:
            return (lines_of(os.fspath(given)),)
        except NotAStream as fault:
            raise NotStreamable(fault.why.en) from None
    return tuple(given) if isinstance(given, tuple | list) else (cast(RecordStream, given),)


def check_stream(
    plan: Plan,
    given: str | os.PathLike[str] | RecordStream | Sequence[RecordStream],
    calendar: Calendar,
    *,
    workers: int = 1,
    kind: str | None = None,
    shapes: frozenset[str] | None = None,
    progress: Progress | None = None,
    keys: int = KEYS,
) -> Run:
    """Checks the inputs. `progress` is called with bytes or rows done and their total; beyond so many `keys` in memory they spill to
    disk.

    Raises NotStreamable where a rule or an input needs all records in memory, OSError for a file that cannot be opened, RunFailed
    where a process is lost.
    """
    jobs = [ScanSpec(lines=one, plan=plan, calendar=calendar, kind=kind, shapes=shapes) for one in opened(given)]
    pool = CheckerPool(jobs)
    partitions = plan_partitions(jobs, workers, keys)
    columns = pool.checker(0).columns
    with collector_resting():
        if len(partitions) < 2 or workers < 2:
            inputs, parts = list(dict.fromkeys(one.input for one in partitions)), _here(pool, partitions, progress, keys)
        else:
            inputs, parts = [one.input for one in partitions], _there(pool, partitions, min(workers, len(partitions)), progress)
        return judged(pool, merged(columns, inputs, parts, keys))


def first_records(given: Sequence[RecordStream], vocabulary: Vocabulary, kind: str | None = None) -> Iterator[Record]:
    """The records in the heads of the inputs; NotStreamable where one has no lines."""
    for one in given:
        reader = one.reader(opened_at(one, vocabulary, kind))
        try:
            head = one.head()[:SAMPLED]
        except NotAStream as fault:
            raise NotStreamable(fault.why.en) from None
        items = (item for number, line in enumerate(head) if line.strip() for item in reader.line(line, 0, number + 1))
        yield from (item for item in items if isinstance(item, Record))


# ---- parts ------------------------------------------------------------------------------------------------------------------------


def _here(pool: CheckerPool, partitions: Sequence[Partition], progress: Progress | None, keys: int) -> Iterator[PartialResult]:
    """Checks each input in this process."""
    total, before = sum(job.lines.size for job in pool.jobs), 0
    for number, own in groupby(partitions, key=attrgetter("input")):
        found: PartialResult | None = None
        for partition in own:

            def tell(done: int, before: int = before) -> None:
                if progress is not None:
                    progress(before + done, total)

            if found is not None:
                kept_within(found.across, keys)
            found = pool.checker(number).check_chunk(partition.start, partition.end, tell, found=found)
            before += partition.end - partition.start
        assert found is not None
        yield found


def _there(pool: CheckerPool, partitions: Sequence[Partition], workers: int, progress: Progress | None) -> Iterator[PartialResult]:
    total, done = sum(job.lines.size for job in pool.jobs), 0
    # Who is forked finds the checkers that are made already; to any other process they cannot be handed.
    given = pool if FORKS else CheckerPool(pool.jobs)
    for partition, found in zip(partitions, in_order(workers, partial(_prepared, given, partitions), len(partitions)), strict=True):
        yield found
        done += partition.end - partition.start
        if progress is not None:
            progress(done, total)


def _prepared(pool: CheckerPool, partitions: Sequence[Partition]) -> Callable[[int], PartialResult]:
    def work(number: int) -> PartialResult:
        partition = partitions[number]
        return pool.checker(partition.input).check_chunk(partition.start, partition.end)

    return work


# ---- the whole ------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Whole:
    """The merged result. `starts`, `shapes` and `broken` are by input."""

    found: PartialResult
    starts: list[int] = field(default_factory=list)
    shapes: list[dict[str, int]] = field(default_factory=list)
    broken: list[list[tuple[int, int]]] = field(default_factory=list)

    def take(self, part: PartialResult, input: int, keys: int) -> None:
        """Merges the next partial result."""
        whole = self.found
        while len(self.starts) <= input:
            self.starts.append(whole.records)
            self.shapes.append({})
            self.broken.append([])
            whole.line_count = 0
        base, lines = whole.records, whole.line_count
        whole.across.merge(part.across, base)
        kept_within(whole.across, keys)
        whole.marks += part.marks if not base else [(rule, state, number + base, way) for rule, state, number, way in part.marks]
        whole.offsets.extend(part.offsets)
        whole.lines.extend(part.lines, base, lines)
        self.broken[input] += [(offset, line + lines) for offset, line in part.broken]
        whole.records += part.records
        whole.line_count += part.line_count
        whole.slow += part.slow
        for key, number in part.counts.items():
            whole.counts[key] = whole.counts.get(key, 0) + number
        for shape, number in part.shapes.items():
            whole.shapes[shape] = whole.shapes.get(shape, 0) + number
            self.shapes[input][shape] = self.shapes[input].get(shape, 0) + number


def merged(columns: tuple[CrossRecordSpec, ...], inputs: Sequence[int], parts: Iterable[PartialResult], keys: int = KEYS) -> Whole:
    """Merges partial results. `inputs` names the input of each; those of one input come in order."""
    whole: Whole | None = None
    for input, part in zip(inputs, parts, strict=True):
        if len(inputs) == 1:
            kept_within(part.across, keys)
            return Whole(part, [0], [part.shapes], [part.broken])
        whole = whole or Whole(PartialResult(CrossRecordState(columns)))
        whole.take(part, input, keys)
    return whole if whole is not None else Whole(PartialResult(CrossRecordState(columns)))


def kept_within(across: CrossRecordState, keys: int) -> None:
    """Spills keys to disk where there are too many. Raises RunFailed `disk` where that is not possible."""
    try:
        across.keep_within(keys)
    except NoSpillFile as fault:
        across.close()
        raise RunFailed("disk", str(fault)) from None


def judged(pool: CheckerPool, whole: Whole) -> Run:
    """Counts the verdicts of all rules and collects diagnostics. Raises RunFailed where the disk fails."""
    try:
        return _judged(pool, whole)
    except NoSpillFile as fault:
        whole.found.across.close()
        raise RunFailed("disk", str(fault)) from None


def _judged(pool: CheckerPool, whole: Whole) -> Run:
    found, plan = whole.found, pool.jobs[0].plan
    judge_rows(found, plan, pool.jobs[0].calendar)
    counts: list[Counter[Verdict]] = [Counter() for _ in plan.rules]
    marks = list(found.marks)
    groups: dict[tuple[int, int], GroupKey | None] = {}
    for (rule, state), number in Counter(map(itemgetter(0, 1), found.marks)).items():
        counts[rule][_verdict(state)] += number
    for (rule, state), number in found.counts.items():
        if rule >= 0:
            counts[rule][_verdict(state)] += number
    asks: dict[Mark, tuple[Predicate, ...]] = {}
    whole_counts: set[int] = set()
    for one in found.across.finish(found.shapes):
        counts[one.rule].update({verdict: number for verdict, number in one.counts.items() if number})
        whole_counts |= set() if one.adding else {one.rule}
        marks += one.marks
        groups |= {(one.rule, number): key for number, key in one.keys.items()}
        asks |= {mark: one.asks[mark[2:]] for mark in one.marks if one.adding}
    for spec, (_, rules) in enumerate(plan.scans):
        subjects = found.counts.get((-1 - spec, -1), 0)
        for at in rules:
            if not plan.rules[at].active:
                counts[at][plan.rules[at].idle] = subjects
            elif at not in whole_counts:
                counts[at][Verdict.PASS] += subjects - counts[at].total()
    marks.sort(key=itemgetter(2, 3, 0))
    told = tuple(_told(pool, whole))
    return Run(
        pool=pool,
        found=found,
        starts=whole.starts,
        shapes=whole.shapes,
        counts=counts,
        marks=marks,
        groups=groups,
        asks=asks,
        diagnostics=tuple(one for one in told if isinstance(one, Diagnostic)),
        headers=tuple(one for one in told if isinstance(one, HeaderMatch)),
    )


def _told(pool: CheckerPool, whole: Whole) -> Iterator[Item]:
    for number, broken in enumerate(whole.broken):
        yield from pool.checker(number).told(broken)


def _verdict(state: int) -> Verdict:
    return Verdict.ERROR if state == ERROR else State(state).verdict
