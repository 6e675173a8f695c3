"""Checks one chunk of an NDJSON file with compiled code. A chunk depends on no other chunk.

Lines are decoded by type. A line that does not fit is read by the general reader, and a record that compiled code cannot decide
is judged by the interpreter. Records and lines are counted from the start of the chunk.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from itertools import accumulate
from typing import Any

import msgspec

from guiju.catalog.readers.from_ndjson import LineReader
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.limits import ReadLimits
from guiju.catalog.records.model import HeaderMatch, Record
from guiju.catalog.streams.stream import RecordStream
from guiju.diagnostics.collector import collector_resting
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.terms.time.calendar import Calendar
from guiju.terms.verdict import Verdict
from guiju.validators.engines.compiled.codegen.from_plan import Module, Unit, write
from guiju.validators.engines.compiled.decode import identity, is_exact, line_form, plain_type
from guiju.validators.engines.compiled.load import Check, load
from guiju.validators.engines.engine import Subject
from guiju.validators.engines.joins.operators import CrossRecordState, Mark
from guiju.validators.engines.joins.specs import CrossRecordSpec
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.decode.layout import infer_layout
from guiju.validators.streaming.decode.typed_lines import LineDecoder, cell_decoder
from guiju.validators.streaming.decode.unique_keys import has_unique_keys
from guiju.validators.streaming.fallback import InterpreterFallback, is_local
from guiju.validators.streaming.faults import NotStreamable
from guiju.validators.streaming.partial_result import PartialResult
from guiju.validators.streaming.record_index import RowIds, opened_at
from guiju.validators.streaming.register_rules import is_of_register, needs_submitted

__all__ = ["SAMPLED", "ChunkChecker", "ScanSpec"]

SAMPLED = 400
_FEW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSpec:
    """What is scanned and how: the input, the plan and the limits. The same for all partitions of an input."""

    lines: RecordStream
    plan: Plan
    calendar: Calendar
    kind: str | None = None
    limits: ReadLimits = field(default_factory=ReadLimits)
    shapes: frozenset[str] | None = None
    """The shapes that the plan was made for; a record of another needs another plan. None: it was made for all."""


class _Slow:
    """The functions of a plan for records of any shape, as the general reader gives them. They hold the same rules as the fast path."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.checks = load(module)
        self.units = {unit.shape: unit for unit in module.units}
        self.types = {unit.shape: plain_type(unit.slot) for unit in module.units}


class ChunkChecker:
    """Checks chunks of one input in one process. The compiled module is made once, for all chunks."""

    def __init__(self, job: ScanSpec, sample: Iterable[bytes]) -> None:
        self.job = job
        self.numbers = RowIds()
        # What is to be said is counted and cut once, in `told`; here no line may be passed over in silence.
        self.reader: LineReader = job.lines.reader(self._opened(replace(job.limits, diagnostics=sys.maxsize)))
        self.specs = {spec: at for at, (spec, _) in enumerate(job.plan.scans)}
        self.head = list(sample)[:SAMPLED]
        self.layout = infer_layout(self.reader, self.head, job.plan.vocabulary)
        module = self._fast()
        lone = [at for at in module.left if is_local(job.plan, at)]
        held = [at for at in module.left if at not in lone and not is_of_register(job.plan, at)] + needs_submitted(job.plan, job.shapes)
        if held:
            raise NotStreamable(", ".join(job.plan.rules[at].rule.id for at in held[:5]))
        self.columns: tuple[CrossRecordSpec, ...] = tuple(one for unit in module.units for one in unit.columns)
        self.interpreted = InterpreterFallback(job.plan, job.calendar, lone)

    @cached_property
    def slow(self) -> "_Slow":
        """The functions for records of the general reader, compiled when the first such record comes."""
        return _Slow(write(self.job.plan, self.job.calendar, wide=True))

    def _opened(self, limits: ReadLimits | None = None) -> ReaderInput:
        job = self.job
        return opened_at(job.lines, job.plan.vocabulary, job.kind, limits or job.limits, self.numbers)

    def of_another(self, job: ScanSpec, sample: Iterable[bytes]) -> "ChunkChecker | None":
        """A checker of another input that shares this module; None where that input is laid out otherwise."""
        made = copy(self)
        made.job, made.numbers, made.head = job, RowIds(), list(sample)[:SAMPLED]
        made.reader = job.lines.reader(made._opened(replace(job.limits, diagnostics=sys.maxsize)))
        made.layout = infer_layout(made.reader, made.head, job.plan.vocabulary)
        return made if made.layout == self.layout else None

    def _fast(self) -> Module:
        """The compiled module with a typed decoder for the one shape of this file; None where the lines are of several shapes."""
        self.typed: LineDecoder | None = None
        layout = self.layout
        if layout is None or all(spec.shape != layout.shape for spec, _ in self.job.plan.scans):
            return self.slow.module
        module = write(self.job.plan, self.job.calendar, wide=True, celled=layout.repeated)
        self.unit = next(unit for unit in module.units if unit.shape == layout.shape)
        self.check = load(module)[layout.shape]
        for cell in self.unit.cells:
            memo = module.names[f"memo{cell.number}"]
            memo.decode = cell_decoder(line_form(cell.slot, layout.spelling), in_list=cell.held is not cell.slot)
        cells = frozenset(identity(cell.held) for cell in self.unit.cells)
        form = line_form(self.unit.slot, layout.spelling, cells, layout.anchors)
        self.typed = LineDecoder(form, exact=is_exact(self.unit.slot, layout.spelling, cells))
        return module

    # ---- a chunk -----------------------------------------------------------------------------------------------------------------

    def check_chunk(
        self, start: int, end: int, progress: Callable[[int], None] | None = None, *, found: PartialResult | None = None
    ) -> PartialResult:
        """Checks all lines that begin between the byte offsets `start` and `end` and adds the results to `found`, if given."""
        found = found or PartialResult(CrossRecordState(self.columns))
        at, blocks = start, self.job.lines.blocks(start, end)
        with collector_resting():
            for block in blocks or ():
                self._block(found, block, at)
                at += len(block)
                if progress is not None:
                    progress(at - start)
            for lines in self.job.lines.batches(start, end) if blocks is None else ():
                self._batch(found, lines, at)
                at += sum(self.job.lines.steps(lines))
                if progress is not None:
                    progress(at - start)
        found.flush()
        return found

    def _block(self, found: PartialResult, block: bytes, offset: int) -> None:
        """Checks a block of lines as they stand in the file."""
        if self.typed is not None and self.typed.is_quick:
            at = self._plain(found, self.typed, block, offset)
            self._each(found, BytesIO(block[at:]).readlines(), offset + at)
            return
        if self.typed is not None and (read := self.typed.block(block)) is not None:
            records, ends = read
            if self._judge(found, block, records, offset):
                found.offsets.append(offset)
                found.offsets.extend(map((offset + 1).__add__, ends[:-1]))
                return
        self._batch(found, BytesIO(block).readlines(), offset)

    def _plain(self, found: PartialResult, typed: LineDecoder, block: bytes, offset: int) -> int:
        """Checks the plain lines of a block and the few others between them. Returns the offset from which on the rest is not plain."""
        at = odd = 0
        while at < len(block) and odd < _FEW:
            records, marks, end = typed.plain(block, at, offset)
            if records:
                if not self._judge(found, block[at:end], records, offset + at, once=True):
                    return at
                found.offsets.frombytes(marks)
            at = end
            if at < len(block):
                odd += 1
                at = block.find(b"\n", end) + 1 or len(block)
                self._line(found, block[end:at], offset + end)
        return at

    def _batch(self, found: PartialResult, lines: list[bytes], offset: int) -> None:
        """Checks lines that were read one by one, or that have blanks between their values."""
        if self.typed is not None:
            text = b"".join(lines)
            records, _, end = self.typed.plain(text, 0, 0)
            once = end == len(text) and len(records) == len(lines)
            read = records if once else self.typed.lines(lines)
            if read is not None and self._judge(found, text, read, offset, once=once):
                found.offsets.extend(accumulate(self.job.lines.steps(lines[:-1]), initial=offset))
                return
        self._each(found, lines, offset)

    def _each(self, found: PartialResult, lines: list[bytes], offset: int) -> None:
        """Checks lines of which some need the general reader: halves the block until those are found."""
        if self.typed is not None and len(lines) > _FEW:
            half = len(lines) // 2
            self._batch(found, lines[:half], offset)
            self._batch(found, lines[half:], offset + sum(self.job.lines.steps(lines[:half])))
            return
        for line, step in zip(lines, self.job.lines.steps(lines), strict=True):
            self._line(found, line, offset)
            offset += step

    def _judge(self, found: PartialResult, text: bytes, records: list[Any], offset: int, *, once: bool = False) -> bool:
        """Judges the records of a text, one a line. Returns False and adds nothing where one line needs the general reader.

        With `once` it is known already that no key comes twice.
        """
        assert self.typed is not None
        marks: list[Mark] = []
        try:
            if not once and not self.typed.once(text, records) and not all(map(has_unique_keys, BytesIO(text))):
                return False
            counts, columns = self.check(records, found.records, marks.append)
        except Exception:  # Ask, a value of another kind, or an accident: line by line it is found which
            return False
        if self.interpreted.asks(self.unit.shape):
            self._alone(found, BytesIO(text), offset)
        found.lines.add(found.records, found.line_count)
        self._count(found, self.unit, counts, columns, len(records))
        found.marks += marks
        found.line_count += len(records)
        return True

    def _count(self, found: PartialResult, unit: Unit, counts: tuple[int, ...], columns: tuple[list[Any], ...], records: int) -> None:
        for (rule, state), number in zip(unit.counters, counts, strict=True):
            if number:
                key = (-1 - self.specs[unit.specs[-1 - rule]], -1) if rule < 0 else (rule, state)
                found.counts[key] = found.counts.get(key, 0) + number
        found.gather(unit.columns, columns, records)
        found.records += records
        found.shapes[unit.shape] = found.shapes.get(unit.shape, 0) + records

    def told(self, broken: list[tuple[int, int]]) -> Iterator[Item]:
        """Diagnostics of the lines and how their keys were understood, each once.

        They come from a reader that has seen no line yet. The fast path only knows keys that stand in the head of the file, so
        lines that are laid out like an earlier one can add nothing new.
        """
        reader = self.job.lines.reader(self._opened())
        starts = accumulate(self.job.lines.steps(self.head), initial=0)
        fresh = range(len(self.head)) if self.layout is None else self.layout.fresh
        marks = {mark: number for number, mark in enumerate(starts) if number in fresh} | dict(broken)
        self.job.lines.expect(list(marks))
        for mark, number in sorted(marks.items()):
            line = self.job.lines.line(mark)
            if line.strip():
                self.numbers.next = 0
                yield from (item for item in reader.line(line, mark, number + 1) if isinstance(item, Diagnostic | HeaderMatch))
        yield from (item for item in reader.summary() if isinstance(item, Diagnostic))

    def read(self, mark: int, number: int, first: int) -> tuple[Record, ...]:
        """Reads the records of one line again. `first` is the number of its first record."""
        self.numbers.next = first
        line = self.job.lines.line(mark)
        return tuple(item for item in self.reader.line(line, mark, number + 1) if isinstance(item, Record))

    def read_part(self, mark: int, number: int, first: int, line: bytes, kept: bytes) -> tuple[Record, ...]:
        """The record of one line again, with the fields that `kept` holds of it; none where they cannot be read so."""
        assert self.layout is not None
        self.numbers.next = first
        return tuple(item for item in self.reader.part(line, mark, number + 1, kept, self.layout.shape) if isinstance(item, Record))

    # ---- one line --------------------------------------------------------------------------------------------------------------------

    def _line(self, found: PartialResult, line: bytes, offset: int) -> None:
        number = found.line_count
        found.line_count += 1
        if not line.strip():
            return
        record = self.typed.line(line) if self.typed is not None and len(line) <= self.job.limits.bytes_line else None
        if record is not None:
            with suppress(Exception):  # what the generated code does not settle is read again for the interpreter
                self._one(found, self.unit, self.check, record, offset, number, line)
                return
        found.slow += 1
        self.numbers.next = found.records
        # Only the first line of the file is read as number one: it may begin with a mark, or hold a whole catalog.
        for item in self.reader.line(line, offset, number + 1 + (offset > 0)):
            self._item(found, item, offset, number)

    def _alone(self, found: PartialResult, lines: Iterable[bytes], offset: int) -> None:
        """Judges the rules that compiled code cannot hold, on decoded records. The first record has the next number."""
        self.numbers.next = found.records
        for line in lines:
            for record in self.reader.line(line, offset, 2):
                if isinstance(record, Record):
                    self._asked(found, self.interpreted.observe(record))

    def _asked(self, found: PartialResult, answers: Iterable[tuple[int, Subject, Verdict]]) -> None:
        for at, subject, verdict in answers:
            found.note(at, subject, verdict)

    def _one(self, found: PartialResult, unit: Unit, check: Check, record: Any, offset: int, number: int, line: bytes | Record) -> None:
        """Judges one record by compiled code, given with its line or its plain form."""
        marks: list[Mark] = []
        counts, columns = check([record], found.records, marks.append)
        if isinstance(line, Record):
            self._asked(found, self.interpreted.observe(line))
        elif self.interpreted.asks(unit.shape):
            self._alone(found, [line], offset)
        found.stands(offset, number)
        self._count(found, unit, counts, columns, 1)
        found.marks += marks

    def _item(self, found: PartialResult, item: Item, offset: int, number: int) -> None:
        match item:
            case Diagnostic() | HeaderMatch():
                # Said later, when the number of the line in the whole file is known.
                found.broken.append((offset, number))
            case Record():
                if self.job.shapes is not None and item.shape not in self.job.shapes:
                    raise NotStreamable(item.shape)
                unit = self.slow.units.get(item.shape)
                if unit is None:
                    found.stands(offset, number)
                    found.records += 1
                    found.shapes[item.shape] = found.shapes.get(item.shape, 0) + 1
                    return
                try:
                    value = msgspec.convert(item.value, self.slow.types[item.shape])
                    self._one(found, unit, self.slow.checks[item.shape], value, offset, number, item)
                except Exception:
                    self._interpret(found, unit, item, offset, number)
            case _:
                pass

    def _interpret(self, found: PartialResult, unit: Unit, record: Record, offset: int, number: int) -> None:
        """Judges by the interpreter a record on which compiled code has given up."""
        runner = self.interpreted.runner(record)
        wide = {form.rule for form in unit.columns}
        for spec, positions in self.job.plan.scans:
            if spec.shape != unit.shape or spec.group is not None:
                continue
            subjects = list(runner.world.subjects_of(record, spec))
            key = (-1 - self.specs[spec], -1)
            found.counts[key] = found.counts.get(key, 0) + len(subjects)
            asked = [at for at in positions if at not in wide and self.job.plan.rules[at].active]
            self._asked(found, ((at, one, runner.observe(at, one).verdict) for at in asked for one in subjects))
        columns = tuple(self.interpreted.gathered(form, runner, record) for form in unit.columns)
        found.stands(offset, number)
        found.gather(unit.columns, columns, 1)
        found.records += 1
        found.shapes[unit.shape] = found.shapes.get(unit.shape, 0) + 1
