"""Which names more than one record of a file bears: such subjects are told apart by their numbers, as they are in memory.

It reads of each line that gave a record the field that names it, and the whole line only where that is not enough.
"""

from collections import Counter
from typing import Any

import msgspec

from guiju.catalog.model import Record
from guiju.diagnostics.collector import collector_resting
from guiju.terms.fact import Known
from guiju.terms.reading import read_value
from guiju.terms.types import TextT
from guiju.validators.carriers.local import Run
from guiju.validators.carriers.stretch import Checker, Job
from guiju.validators.engines.interpreter.world import World
from guiju.validators.naming import Namer
from guiju.validators.plan.tree import Plan

__all__ = ["Bearers", "bearers"]

_FIRST = ("name", "title")
_MOST_KEPT = 1 << 14


class Bearers(Counter[str]):
    """How many records of one shape bear a name: 1, or 2 for more than one. Names are kept as hashes."""

    def __init__(self) -> None:
        super().__init__()
        self._once: set[int] = set()
        self._again: set[int] = set()

    def add(self, name: str) -> None:
        """One more record of that name."""
        key = hash(name)
        if key in self._once:
            self._again.add(key)
        else:
            self._once.add(key)

    def __missing__(self, name: str) -> int:
        return 2 if hash(name) in self._again else 1


def bearers(run: Run) -> dict[str, Bearers]:
    """The names of all records, by shape."""
    found: dict[str, Bearers] = {}
    with collector_resting():
        for number, job in enumerate(run.desk.jobs):
            _of_input(run, number, job, found)
    return found


def _of_input(run: Run, number: int, job: Job, found: dict[str, Bearers]) -> None:
    checker, within = run.desk.checker(number), run.of_input(number)
    world = World(job.plan, (), job.calendar, registers_from=run.records)
    fast = _fast(checker)
    marks, numbers = run.found.offsets, run.found.lines
    at, record = 0, within.start
    for lines in job.lines.batches(0, job.lines.size):
        for line, step in zip(lines, job.lines.steps(lines), strict=True):
            if record < within.stop and marks[record] == at:
                if fast is None or not fast.take(line, found):
                    _slow(world, checker.read(at, numbers[record], record), found)
                while record < within.stop and marks[record] == at:
                    record += 1
            at += step


def _slow(world: World, records: tuple[Record, ...], found: dict[str, Bearers]) -> None:
    for record in records:
        world.hold((record,))
        namer = Namer(world)
        root = world.root(record.number)
        name = namer._text(namer._name_field(root), root)
        if name is not None:
            found.setdefault(record.shape, Bearers()).add(name)


class _Fast:
    """Names out of lines that are written as the head of the file is."""

    def __init__(self, plan: Plan, shape: str, field: str, keys: tuple[str, ...], key: str, needed: frozenset[str]) -> None:
        own = ("own", str) if key in needed else ("own", str | None, None)
        others = [(f"x{at}", msgspec.Raw) if one in needed else (f"x{at}", msgspec.Raw, None) for at, one in enumerate(keys)]
        rename = {"own": key, **{f"x{number}": one for number, one in enumerate(keys)}}
        line = msgspec.defstruct("Named", [own, *others], rename=rename, kw_only=True, gc=False, forbid_unknown_fields=True)
        self.decode = msgspec.json.Decoder(line).decode
        self.shape = shape
        self.vocabulary, self.day = plan.vocabulary, plan.as_of
        owner = self.vocabulary.shape(shape)
        declared = owner.field(field)
        assert declared is not None
        self.type, self.reading = declared.type, self.vocabulary.reading(owner)
        self.known: dict[str, str | None] = {}

    def take(self, line: bytes, found: dict[str, Bearers]) -> bool:
        """Whether the name could be had so."""
        try:
            raw: Any = getattr(self.decode(line), "own")  # noqa: B009 - its type is made above
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return False
        if raw is None:
            return False
        name = self.known.get(raw)
        if name is None:
            fact = read_value(raw, self.type, self.vocabulary, self.reading, on=self.day)
            if not isinstance(fact, Known) or not isinstance(fact.value, str):
                return False
            name = fact.value.strip()
            if len(self.known) < _MOST_KEPT:
                self.known[raw] = name
        found.setdefault(self.shape, Bearers()).add(name)
        return True


def _fast(checker: Checker) -> _Fast | None:
    learned = checker.learned
    if learned is None:
        return None
    keys, others, _ = learned.spelling(learned.shape)
    shape = checker.job.plan.vocabulary.shape(learned.shape)
    field = next((id for id in _FIRST if (one := shape.field(id)) is not None and isinstance(one.type, TextT)), None)
    if field is None or field not in keys:
        return None
    rest = tuple(dict.fromkeys([*(key for id, key in keys.items() if id != field), *others]))
    return _Fast(checker.job.plan, learned.shape, field, rest, keys[field], learned.anchors)
