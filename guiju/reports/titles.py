"""What a few records are called: their kind, name, unit and number, for the head of a report and its title page."""

from collections.abc import Sequence

from guiju.catalog.records.model import Record
from guiju.reports.model import Title
from guiju.terms.fact import Known
from guiju.terms.time.calendar import Calendar
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.plan.tree import Plan

__all__ = ["titles_of"]

_MOST = 3


def titles_of(plan: Plan, records: Sequence[Record], calendar: Calendar) -> tuple[Title, ...]:
    """The titles of the records in their order; none where there are more than a head can name."""
    if not 0 < len(records) <= _MOST:
        return ()
    world = RecordStore(plan, records, calendar)
    namer = SubjectNamer(world)
    return tuple(_title(one.number, world, namer) for one in sorted(records, key=lambda one: one.number))


def _title(at: int, world: RecordStore, namer: SubjectNamer) -> Title:
    name = namer.at(at)
    shape = world.plan.vocabulary.shape(name.kind)
    number = None
    if shape.key is not None:
        fact = world.field(world.root(at), shape.key.id).fact
        number = str(fact.value).strip() if isinstance(fact, Known) and fact.value is not None else None
    return Title(kind=shape.name, name=name.name, unit=namer.department(at), number=None if number == name.name else number)
