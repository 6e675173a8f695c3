"""Arrows 7 to 9 for a file that need not fit in memory: the outcome that `validate` gives, out of one pass over its lines."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from guiju.catalog.model import HeaderMatch
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.terms.calendar import Calendar
from guiju.validators.carriers.choose import CarrierFault, carry
from guiju.validators.carriers.local import NotSuited, shapes_in
from guiju.validators.carriers.telling import findings
from guiju.validators.plan.from_ruleset import Rules, plan
from guiju.validators.validate import Outcome, tally_of

__all__ = ["CarrierFault", "NotSuited", "Streamed", "validate_stream"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Streamed:
    """The outcome, what is to be said of lines, and how keys were understood."""

    outcome: Outcome
    diagnostics: tuple[Diagnostic, ...]
    headers: tuple[HeaderMatch, ...]


def validate_stream(
    ruleset: Rules,
    path: str | os.PathLike[str],
    *,
    as_of: date,
    calendar: Calendar,
    submitted: date | None = None,
    workers: int = 1,
    kind: str | None = None,
    limit: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    on: str | None = None,
) -> Streamed:
    """Judges the records of an NDJSON file on a day, and says which lines could not be read.

    NotSuited where the rules or the file need everything in memory: then `validate` is to be asked instead. CarrierFault
    where the cluster that `on` names cannot do it.
    """
    listed = {shape.id for shape in ruleset.vocabulary.shapes if shape.register}
    known = listed | shapes_in(path, ruleset.vocabulary, kind)
    made = plan(ruleset, as_of=as_of, submitted=submitted, shapes=frozenset(known))
    run = carry(made, path, calendar, on=on, workers=workers, kind=kind, shapes=frozenset(known), progress=progress)
    shown = tuple(findings(run, limit=limit))
    shapes = [shape.id for shape in made.vocabulary.shapes if run.found.shapes.get(shape.id)]
    outcome = Outcome(
        plan=made,
        findings=shown,
        tally=tally_of(made, run.counts),
        subjects=tuple((id, run.found.shapes[id]) for id in shapes),
        left_off=len(run.marks) - len(shown),
    )
    return Streamed(outcome=outcome, diagnostics=run.diagnostics, headers=run.headers)
