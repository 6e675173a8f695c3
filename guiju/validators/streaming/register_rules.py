"""Judges rules whose subjects are rows of registers: once a run, when it is known that no submitted record concerns them."""

from typing import Protocol

from guiju.terms.time.calendar import Calendar
from guiju.terms.verdict import Verdict
from guiju.validators.engines.engine import Subject
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.fallback import asked_of

__all__ = ["is_of_register", "judge_rows", "needs_submitted"]


class _Counts(Protocol):
    """The verdicts counted so far."""

    records: int
    counts: dict[tuple[int, int], int]

    def note(self, rule: int, subject: Subject, verdict: Verdict) -> None: ...


def is_of_register(plan: Plan, at: int) -> bool:
    """Whether the subjects of a rule are rows of a register."""
    return plan.vocabulary.shape(plan.rules[at].rule.subject.shape).register


def needs_submitted(plan: Plan, shapes: frozenset[str] | None) -> list[int]:
    """The rules on registers that look among submitted records of these shapes; of any shape if None."""
    rules = (at for at, one in enumerate(plan.rules) if one.active and is_of_register(plan, at))
    return [at for at in rules if (asked := asked_of(plan, at)) and (shapes is None or asked & shapes)]


def judge_rows(found: _Counts, plan: Plan, calendar: Calendar) -> None:
    """Adds the verdicts on rows of registers. Their numbers follow those of all records."""
    scans = [(at, *scan) for at, scan in enumerate(plan.scans) if plan.vocabulary.shape(scan[0].shape).register]
    if not scans:
        return
    runner = Runner(RecordStore(plan, (), calendar, registers_from=found.records))
    for spec, subject, rules in scans:
        rows = list(runner.world.subjects(subject))
        found.counts[-1 - spec, -1] = len(rows)
        for at in rules:
            for row in rows if plan.rules[at].active else ():
                found.note(at, row, runner.observe(at, row).verdict)
