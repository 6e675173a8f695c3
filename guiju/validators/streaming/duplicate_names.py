"""Counts which names more than one record bears. Findings on such records are told apart by their numbers, as in memory.

Of most lines only the field that names the record is read; the whole line is read where that is not enough.
"""

from collections import Counter

import msgspec

from guiju.catalog.records.model import Record
from guiju.diagnostics.collector import collector_resting
from guiju.terms.blank import trim
from guiju.terms.fact import Known
from guiju.terms.reading.reading import read_value
from guiju.terms.types import TextT
from guiju.validators.engines.compiled.decode import Form
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.chunk_checker import ChunkChecker, ScanSpec
from guiju.validators.streaming.decode.typed_lines import LineDecoder
from guiju.validators.streaming.run_local import Run

__all__ = ["NameCounts", "count_names"]

_FIRST = ("name", "title")
_MOST_KEPT = 1 << 14


class NameCounts(Counter[str]):
    """How many records of one shape bear a name: 1, or 2 for more than one. Names are kept as hashes."""

    def __init__(self) -> None:
        super().__init__()
        self._once: set[int] = set()
        self._again: set[int] = set()

    def add(self, name: str) -> None:
        """Counts one more record of that name."""
        key = hash(name)
        if key in self._once:
            self._again.add(key)
        else:
            self._once.add(key)

    def __missing__(self, name: str) -> int:
        return 2 if hash(name) in self._again else 1


def count_names(run: Run) -> dict[str, NameCounts]:
    """Counts the names of all records, by shape."""
    found: dict[str, NameCounts] = {}
    with collector_resting():
        for number, job in enumerate(run.pool.jobs):
            _of_input(run, number, job, found)
    return found


def _of_input(run: Run, number: int, job: ScanSpec, found: dict[str, NameCounts]) -> None:
    checker, within = run.pool.checker(number), run.of_input(number)
    world = RecordStore(job.plan, (), job.calendar, registers_from=run.records)
    fast = _fast(checker)
    marks, numbers = run.found.offsets, run.found.lines
    at, record = 0, within.start
    for lines in job.lines.batches(0, job.lines.size):
        written = fast.written(lines) if fast is not None else [None] * len(lines)
        for raw, step in zip(written, job.lines.steps(lines), strict=True):
            if record < within.stop and marks[record] == at:
                if fast is None or not fast.take(raw, found):
                    _slow(world, checker.read(at, numbers[record], record), found)
                while record < within.stop and marks[record] == at:
                    record += 1
            at += step


def _slow(world: RecordStore, records: tuple[Record, ...], found: dict[str, NameCounts]) -> None:
    for record in records:
        world.hold((record,))
        namer = SubjectNamer(world)
        root = world.root(record.number)
        name = namer._text(namer._name_field(root), root)
        if name is not None:
            found.setdefault(record.shape, NameCounts()).add(name)


class _Fast:
    """Reads names from lines that are laid out as the head of the file is."""

    def __init__(self, plan: Plan, shape: str, field: str, keys: tuple[str, ...], key: str, needed: frozenset[str]) -> None:
        attrs = {"own": key, **{f"x{number}": one for number, one in enumerate(keys)}}
        absent = {name: () if one in needed else (None,) for name, one in attrs.items()}
        types = {name: msgspec.Raw if name != "own" else str if one in needed else str | None for name, one in attrs.items()}
        fields = [(name, types[name], *absent[name]) for name in attrs]
        line = msgspec.defstruct("Named", fields, rename=attrs, kw_only=True, gc=False, forbid_unknown_fields=True)
        # Who checked the lines has seen to all that is skipped.
        told = [(f'"{one}"'.encode(), name, ("text",) if name == "own" else ("skip",), *absent[name]) for name, one in attrs.items()]
        self.typed = LineDecoder(Form(line, ("record", (line, tuple(told)))), exact=False)
        self.shape = shape
        self.vocabulary, self.day = plan.vocabulary, plan.as_of
        owner = self.vocabulary.shape(shape)
        declared = owner.field(field)
        assert declared is not None
        self.type, self.reading = declared.type, self.vocabulary.reading(owner)
        self.known: dict[str, str | None] = {}

    def written(self, lines: list[bytes]) -> list[str | None]:
        """The text under the key of the name, for each line; None where a line is laid out otherwise."""
        text, at, found = b"".join(lines), 0, list[str | None]()
        while len(found) < len(lines):
            records, _, at = self.typed.plain(text, at, 0)
            found += [record.own for record in records]
            if len(found) < len(lines):
                line = lines[len(found)]
                (read,) = self.typed.lines([line]) or (None,)
                found.append(None if read is None else read.own)
                at += len(line)
        return found

    def take(self, raw: str | None, found: dict[str, NameCounts]) -> bool:
        """Counts the names of a block this way; False where it cannot be done."""
        if raw is None:
            return False
        name = self.known.get(raw)
        if name is None:
            fact = read_value(raw, self.type, self.vocabulary, self.reading, on=self.day)
            if not isinstance(fact, Known) or not isinstance(fact.value, str):
                return False
            name = trim(fact.value)
            if len(self.known) < _MOST_KEPT:
                self.known[raw] = name
        mine = found.get(self.shape)
        if mine is None:
            mine = found[self.shape] = NameCounts()
        mine.add(name)
        return True


def _fast(checker: ChunkChecker) -> _Fast | None:
    layout = checker.layout
    if layout is None:
        return None
    keys, others, _ = layout.spelling(layout.shape)
    shape = checker.job.plan.vocabulary.shape(layout.shape)
    field = next((id for id in _FIRST if (one := shape.field(id)) is not None and isinstance(one.type, TextT)), None)
    if field is None or field not in keys:
        return None
    rest = tuple(dict.fromkeys([*(key for id, key in keys.items() if id != field), *others]))
    return _Fast(checker.job.plan, layout.shape, field, rest, keys[field], layout.anchors)
