"""Two sets of rules on the same material: what newly fails, newly passes, or is open now and was not; counted, and shown by samples.

A subject is known again by where its record stands and by its place in it, so that both sides may read the material by words of their
own.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guiju.catalog.records.model import Submission
from guiju.dsl.ruleset import Ruleset
from guiju.terms.fact import Path
from guiju.terms.time.calendar import Calendar
from guiju.terms.verdict import Verdict
from guiju.validators.engines.compiled.run import CompiledEngine
from guiju.validators.engines.engine import Observation
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.judge import Judge
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.findings.model import Finding
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.profiles import take

__all__ = ["Impact", "Sample", "Transition", "impact_of"]

_FEW = 60
_MET = "met"
"""Passed, not applicable, or not in force: nobody has to do anything."""

Key = tuple[str, str, str, Path]
"""Rule, file, place of the record, path in it."""


@dataclass(frozen=True, slots=True)
class Transition:
    """How often a rule goes from one outcome to another: by unit and by district."""

    rule: str
    before: str
    after: str
    count: int
    units: tuple[tuple[str, int], ...]
    districts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """One subject whose outcome changes, with what each side says of it; None where it says nothing."""

    rule: str
    before: str
    after: str
    subject: str
    unit: str
    old: Finding | None
    new: Finding | None


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that changes on some material."""

    records: int
    transitions: tuple[Transition, ...]
    samples: tuple[Sample, ...]

    def count(self, *pairs: tuple[str, str]) -> int:
        """How many subjects change in one of these ways."""
        return sum(one.count for one in self.transitions if (one.before, one.after) in pairs)

    @property
    def newly_failing(self) -> int:
        """How many are in breach and were not."""
        return sum(one.count for one in self.transitions if one.after == "FAIL")

    @property
    def newly_passing(self) -> int:
        """How many were in breach and are not."""
        return sum(one.count for one in self.transitions if one.before == "FAIL" and one.after == _MET)


class _Side:
    """One set of rules over the material."""

    def __init__(self, ruleset: Ruleset, submission: Submission, as_of: date, calendar: Calendar) -> None:
        shapes = {one.shape for one in submission.records}
        registers = {one.id for one in ruleset.vocabulary.shapes if one.register}
        taken = take(ruleset.profiles, submission.records, shapes, sorted(registers))
        made = plan(ruleset, as_of=as_of, submitted=submission.submitted, shapes=frozenset(shapes | registers), taken=taken)
        self.runner = Runner(RecordStore(made, submission.records, calendar), quick=True)
        self.judge = Judge(self.runner)
        self.namer = SubjectNamer(self.runner.world)
        told = CompiledEngine().tell(made, submission.records, calendar)
        self.seen: dict[Key, Observation] = {}
        self._places: dict[int, tuple[str, str]] = {}
        for one in told.kept:
            self.seen[self.key(one)] = one

    def key(self, one: Observation) -> Key:
        """By what the observation is found again on the other side."""
        number = one.subject.record
        known = self._places.get(number)
        if known is None:
            place = self.runner.world.locator(number).place(())
            known = self._places[number] = place.file, place.pointer or f"{place.sheet}!{place.cell}"
        return self.runner.world.plan.rules[one.rule].rule.id, *known, one.subject.path

    def finding(self, one: Observation | None) -> Finding | None:
        """What is said of it."""
        return None if one is None else self.judge.finding(one)


def impact_of(
    old: Ruleset,
    new: Ruleset,
    read: Callable[[Ruleset], Sequence[Submission]],
    *,
    as_of: date | None,
    default: date,
    calendar: Calendar,
) -> Impact:
    """The impact on the material that `read` gives each side; without a day each submission is judged on its own, else on the default."""
    counts: Counter[tuple[str, str, str]] = Counter()
    units: dict[tuple[str, str, str], Counter[str]] = {}
    districts: dict[tuple[str, str, str], Counter[str]] = {}
    samples: list[Sample] = []
    records = 0
    befores = read(old)
    afters = befores if old.vocabulary == new.vocabulary else read(new)
    for before, after in zip(befores, afters, strict=True):
        records += len(after.records)
        day = as_of or after.submitted or default
        sides = _Side(old, before, day, calendar), _Side(new, after, day, calendar)
        for key, one, other in _changed(*sides):
            step = key[0], _outcome(one), _outcome(other)
            counts[step] += 1
            side, held = (sides[1], other) if other is not None else (sides[0], one)
            assert held is not None
            unit, district = side.namer.department(held.subject.record) or "", side.namer.district(held.subject.record) or ""
            units.setdefault(step, Counter())[unit] += 1
            districts.setdefault(step, Counter())[district] += 1
            if counts[step] <= 2 and len(samples) < _FEW:
                name = side.namer.subject(side.runner.world.plan.rules[held.rule].rule.subject, held.subject).name
                samples.append(Sample(*step, name, unit, sides[0].finding(one), sides[1].finding(other)))
    made = (
        Transition(*step, count, tuple(sorted(units[step].items())), tuple(sorted(districts[step].items())))
        for step, count in sorted(counts.items())
    )
    return Impact(records, tuple(made), tuple(samples))


def _changed(old: _Side, new: _Side) -> Iterator[tuple[Key, Observation | None, Observation | None]]:
    for key in sorted(old.seen.keys() | new.seen.keys(), key=lambda one: (one[0], one[1], one[2], tuple(map(str, one[3])))):
        one, other = old.seen.get(key), new.seen.get(key)
        if _outcome(one) != _outcome(other):
            yield key, one, other


def _outcome(one: Observation | None) -> str:
    return _MET if one is None else (Verdict.FAIL if one.verdict is Verdict.ERROR else one.verdict).name
