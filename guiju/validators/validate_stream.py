"""Arrows 7 to 9 for inputs that need not fit in memory: the outcome that `validate` gives, out of one pass over their lines."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from guiju.catalog.records.model import HeaderMatch
from guiju.catalog.streams.stream import RecordStream
from guiju.diagnostics.collector import collector_resting
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.terms.time.calendar import Calendar
from guiju.validators.engines.joins.operators import KEYS
from guiju.validators.engines.joins.spill import NoSpillFile
from guiju.validators.plan.from_ruleset import Rules, plan
from guiju.validators.plan.profiles import take
from guiju.validators.streaming.backends import RunFailed, run_on
from guiju.validators.streaming.findings_of_marks import findings
from guiju.validators.streaming.run_local import NotStreamable, first_records, opened
from guiju.validators.validate import Outcome, tally_of

__all__ = ["NotStreamable", "RunFailed", "Streamed", "validate_stream"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Streamed:
    """The outcome, what is to be said of lines, how keys were understood, and the subjects of each input by kind."""

    outcome: Outcome
    diagnostics: tuple[Diagnostic, ...]
    headers: tuple[HeaderMatch, ...]
    subjects: tuple[tuple[tuple[str, int], ...], ...]


def validate_stream(
    ruleset: Rules,
    given: str | os.PathLike[str] | RecordStream | Sequence[RecordStream],
    *,
    as_of: date,
    calendar: Calendar,
    submitted: date | None = None,
    workers: int = 1,
    kind: str | None = None,
    limit: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    on: str | None = None,
    keys: int = KEYS,
    profile: str | None = None,
) -> Streamed:
    """Judges the records of the inputs on a day, and says which lines could not be read.

    NotStreamable where the rules or an input need everything in memory: then `validate` is to be asked instead. RunFailed
    where the cluster that `on` names cannot do it, or a process is lost.
    """
    inputs = opened(given)
    listed = {shape.id for shape in ruleset.vocabulary.shapes if shape.register}
    first = tuple(first_records(inputs, ruleset.vocabulary, kind))
    held = {one.shape for one in first}
    known = listed | held
    taken = take(ruleset.profiles, first, held, sorted(listed), profile)
    made = plan(ruleset, as_of=as_of, submitted=submitted, shapes=frozenset(known), taken=taken)
    run = run_on(made, inputs, calendar, on=on, workers=workers, kind=kind, shapes=frozenset(known), progress=progress, keys=keys)
    try:
        # Findings form no cycles, and there may be hundreds of thousands of them.
        with collector_resting():
            shown = tuple(findings(run, limit=limit, workers=workers))
    except NoSpillFile as fault:
        raise RunFailed("disk", str(fault)) from None
    finally:
        run.found.across.close()
    counted = {shape.id: len(shape.rows) if shape.register else run.found.shapes.get(shape.id, 0) for shape in made.vocabulary.shapes}
    outcome = Outcome(
        plan=made,
        findings=shown,
        tally=tally_of(made, run.counts),
        subjects=tuple((id, number) for id, number in counted.items() if number),
        left_off=len(run.marks) - len(shown),
        taken=taken,
    )
    subjects = tuple(tuple(sorted(one.items())) for one in run.shapes)
    return Streamed(outcome=outcome, diagnostics=run.diagnostics, headers=run.headers, subjects=subjects)
