"""The truths that hold of the registry as a whole, each with the place where it is broken.

It judges records that were read and changes none. The shape of one record is `from_yaml`'s question.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import combinations

from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.standards.from_yaml import RecordAt
from guiju.standards.model import Edition, Framework, Status
from guiju.standards.registry import strict_names
from guiju.terms.clause import ClauseLevel, ClauseRef
from guiju.terms.ids import EditionId
from guiju.terms.tongue import Both, Tongue

__all__ = ["check_records"]

_RELATIONS = {
    "replaces": ("replaced_by", Both("代替", "replaces")),
    "replaced_by": ("replaces", Both("被代替于", "is replaced by")),
}
_DAY_WORDS = {
    "issued": Both("发布日", "the day of issue"),
    "in_force": Both("施行日", "the first day in force"),
    "until": Both("失效日", "the last day in force"),
}


def check_records(records: Sequence[RecordAt], framework: Framework, kinds: Set[str], *, as_of: date) -> tuple[Diagnostic, ...]:
    """All that is wrong with the records taken together, in the order of their files and places."""
    known = {record.edition.id: record for record in records}
    found = [
        *_ids_taken(records),
        *(complaint for record in records for complaint in _one(record, known, framework, kinds, as_of)),
        *_circles(records, known),
        *_two_in_force(records, known),
        *_names_shared(records),
    ]
    return tuple(sorted(found, key=lambda one: (one.span.file, one.span.start, one.code)))


def _one(record: RecordAt, known: Mapping[EditionId, RecordAt], framework: Framework, kinds: Set[str], as_of: date) -> Iterator[Diagnostic]:
    yield from _categories(record, framework)
    yield from _kinds(record, kinds)
    yield from _references(record, known)
    yield from _days(record)
    yield from _status(record, as_of)
    yield from _clauses(record)
    yield from _facts(record)


def _ids_taken(records: Sequence[RecordAt]) -> Iterator[Diagnostic]:
    first: dict[str, RecordAt] = {}
    for record in records:
        # Files are named after ids, and some file systems hold capitals and small letters for the same.
        taken = first.setdefault(record.edition.id.casefold(), record)
        if taken is not record:
            yield complain("R003", record.span("id"), id=record.edition.id, other=taken.file)


def _categories(record: RecordAt, framework: Framework) -> Iterator[Diagnostic]:
    edition = record.edition
    if edition.category not in framework.codes:
        yield complain("R005", record.span("category"), id=edition.id, category=edition.category)
    for at, code in enumerate(edition.also):
        if code not in framework.codes:
            yield complain("R005", record.span("also", at), id=edition.id, category=code)


def _kinds(record: RecordAt, kinds: Set[str]) -> Iterator[Diagnostic]:
    for at, kind in enumerate(record.edition.applies_to):
        if kind not in kinds:
            yield complain("R019", record.span("applies_to", at), id=record.edition.id, kind=kind)


def _references(record: RecordAt, known: Mapping[EditionId, RecordAt]) -> Iterator[Diagnostic]:
    edition = record.edition
    for field, (back, relation) in _RELATIONS.items():
        for at, target in enumerate(_targets(edition, field)):
            span = record.span(field, at)
            other = known.get(target)
            if other is None:
                yield complain("R004", span, id=edition.id, field=field, target=target)
            elif edition.id not in _targets(other.edition, back):
                yield complain("R006", span, id=edition.id, relation=relation, target=target)


def _targets(edition: Edition, field: str) -> tuple[EditionId, ...]:
    return edition.replaces if field == "replaces" else edition.replaced_by


def _days(record: RecordAt) -> Iterator[Diagnostic]:
    edition = record.edition
    days = [(name, day) for name, day in _day_fields(edition) if day is not None]
    for (earlier, first), (later, second) in combinations(days, 2):
        if second < first:
            yield complain(
                "R010",
                record.span(later),
                id=edition.id,
                later=_DAY_WORDS[later],
                later_day=second.isoformat(),
                earlier=_DAY_WORDS[earlier],
                earlier_day=first.isoformat(),
            )


def _day_fields(edition: Edition) -> tuple[tuple[str, date | None], ...]:
    return (("issued", edition.issued), ("in_force", edition.in_force), ("until", edition.until))


def _status(record: RecordAt, as_of: date) -> Iterator[Diagnostic]:
    edition = record.edition
    why: Both | None = None
    if edition.status is Status.REPLACED and not edition.replaced_by:
        why = Both("写为被代替，却没有写被谁代替", "it is replaced, but by nothing")
    elif edition.status is Status.CURRENT and edition.replaced_by:
        why = Both("写为现行，却写了被谁代替", "it is current, but something replaces it")
    elif edition.status is Status.CURRENT and edition.until is not None and edition.until < as_of:
        why = Both("写为现行，失效日却已过", "it is current, but its last day is over")
    if why is not None:
        yield complain("R014", record.span("status"), id=edition.id, why=why)


def _clauses(record: RecordAt) -> Iterator[Diagnostic]:
    edition = record.edition
    seen: set[ClauseRef] = set()
    for at, clause in enumerate(_recorded(record)):
        field = "place" if clause.steps[0].level is ClauseLevel.NAMED else "ref"
        said = Both(clause.say(Tongue.ZH), clause.say(Tongue.EN))
        if clause in seen:
            yield complain("R009", record.span("clauses", at, field), id=edition.id, clause=said)
        seen.add(clause)
        first = clause.steps[0]
        number = int(first.number.partition("-")[0]) if first.level is ClauseLevel.ARTICLE else 0
        if edition.articles is not None and number > edition.articles:
            articles = str(edition.articles)
            yield complain("R013", record.span("clauses", at, field), id=edition.id, articles=articles, clause=said)


def _recorded(record: RecordAt) -> tuple[ClauseRef, ...]:
    return tuple(clause.ref for clause in record.edition.clauses)


def _facts(record: RecordAt) -> Iterator[Diagnostic]:
    """One fact may stand at several clauses, but always in the same words."""
    digests: dict[str, str] = {}
    for at, clause in enumerate(record.edition.clauses):
        for nth, said in enumerate(clause.provisions):
            if digests.setdefault(said.fact, said.digest) != said.digest:
                span = record.span("clauses", at, "provisions", nth, "fact")
                yield complain("R018", span, fact=said.fact, id=record.edition.id)


def _circles(records: Sequence[RecordAt], known: Mapping[EditionId, RecordAt]) -> Iterator[Diagnostic]:
    done: set[EditionId] = set()
    for record in records:
        trail: list[EditionId] = []
        here: RecordAt | None = record
        while here is not None and here.edition.id not in done:
            done.add(here.edition.id)
            trail.append(here.edition.id)
            successors = [known[one] for one in here.edition.replaced_by if one in known]
            back = next((one for one in successors if one.edition.id in trail), None)
            if back is not None:
                circle = " → ".join((*trail[trail.index(back.edition.id) :], back.edition.id))
                yield complain("R007", here.span("replaced_by"), circle=circle)
                break
            here = successors[0] if successors else None


def _two_in_force(records: Sequence[RecordAt], known: Mapping[EditionId, RecordAt]) -> Iterator[Diagnostic]:
    """Editions of one instrument, and an edition and its successor, never hold on the same day."""
    families: dict[str, list[RecordAt]] = {}
    for record in records:
        families.setdefault(record.edition.instrument, []).append(record)
    pairs = [pair for family in families.values() for pair in combinations(family, 2)]
    for record in records:
        for target in record.edition.replaced_by:
            other = known.get(target)
            if other is not None and other.edition.instrument != record.edition.instrument:
                pairs.append((record, other))
    for one, other in pairs:
        day = _shared_day(one.edition, other.edition)
        if day is not None:
            one, other = sorted((one, other), key=lambda record: record.edition.in_force or date.min)
            span = other.span("in_force")
            yield complain("R008", span, day=day.isoformat(), one=one.edition.id, other=other.edition.id)


def _shared_day(one: Edition, other: Edition) -> date | None:
    """The first day on which both are known to be in force."""
    spans = [_known_force(one), _known_force(other)]
    if spans[0] is None or spans[1] is None:
        return None
    (start, end), (also, finish) = spans[0], spans[1]
    first = max(start, also)
    return first if first <= min(end, finish) else None


def _known_force(edition: Edition) -> tuple[date, date] | None:
    open_ended = edition.status in (Status.CURRENT, Status.TASK_ENDED)
    end = edition.until or (date.max if open_ended else None)
    start = edition.in_force or (edition.until if edition.known_by_reference else None)
    return (start, end) if start is not None and end is not None else None


def _names_shared(records: Sequence[RecordAt]) -> Iterator[Diagnostic]:
    first: dict[str, RecordAt] = {}
    for record in records:
        for name in strict_names(record.edition):
            taken = first.setdefault(name, record)
            if taken.edition.instrument != record.edition.instrument:
                yield complain("R012", record.span("title"), name=name, one=taken.edition.id, other=record.edition.id)
