"""Good examples by kind, and how near a document of the solver is to one of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from guiju.catalog.records.model import Submission
from guiju.proofs.encoding.documents import Node, World, term_of
from guiju.proofs.encoding.logic import Formula, all_of, negate, same_term
from guiju.terms.fact import Known, State
from guiju.terms.reading.reading import read_value
from guiju.terms.types import DateT, IntT, ListT, MoneyT, NumberT, PercentT, QuantityT, RecordT

__all__ = ["Examples", "as_raw", "examples_of", "likeness"]


def examples_of(submissions: Iterable[Submission]) -> "Examples":
    """The records of some documents by kind, in reading order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for submission in submissions:
        for record in submission.records:
            found.setdefault(record.shape, []).append(record.value)
    return Examples({shape: tuple(records) for shape, records in found.items()})


@dataclass(frozen=True, slots=True)
class Examples:
    """Raw records of each kind, by ids of fields; the first is the nearest where nothing else is asked."""

    by_shape: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)

    def with_first(self, shape: str, record: dict[str, Any]) -> "Examples":
        """The same, but for one kind that record before all others."""
        others = tuple(one for one in self.by_shape.get(shape, ()) if one is not record)
        return Examples({**self.by_shape, shape: (record, *others)})

    def first(self) -> dict[str, dict[str, Any]]:
        """One record of each kind."""
        return {shape: records[0] for shape, records in self.by_shape.items() if records}


def likeness(world: World, bases: Mapping[str, Mapping[str, Any]]) -> list[Formula]:
    """What holds of a document that is as the examples are, dearest first; and what is usual where they say nothing."""
    near: list[Formula] = []
    usual: list[Formula] = []
    for shape, roots in world.roots.items():
        if world.vocabulary.shape(shape).register:
            continue
        base = bases.get(shape)
        for at, (root, there) in enumerate(roots):
            for id, node in root.fields.items():
                near += _near(world, node, base, id, there)
                usual += _usual(world, node)
            if at:
                usual.append(negate(there))
    return [one for one in (*near, *usual) if one is not True and one is not False]


def _near(world: World, node: Node, base: Any, id: str, there: Formula) -> Iterator[Formula]:
    if not isinstance(base, Mapping):
        return
    raw = base.get(id)
    yield from as_raw(world, node, raw)


def as_raw(world: World, node: Node, raw: Any) -> Iterator[Formula]:
    """That a node is as a raw value says."""
    fact = read_value(raw, node.type, world.vocabulary, node.reading, unit=node.unit, on=world.as_of)
    if not isinstance(fact, Known):
        yield node.state(fact.state)
        return
    yield node.state(State.VALUE)
    match node.type:
        case ListT():
            for at, (inner, held) in enumerate(node.elements):
                yield held if at < len(fact.value) else negate(held)
                if at < len(fact.value):
                    yield from as_raw(world, inner, fact.value[at])
        case RecordT():
            for id, inner in node.fields.items():
                yield from _near(world, inner, fact.value, id, True)
        case _ if node.term is not None:
            yield same_term(node.term, term_of(fact.value, world.texts).term)


def _usual(world: World, node: Node) -> Iterator[Formula]:
    """Something is given, amounts are whole and not below nought, days are of the last two years."""
    yield node.state(State.VALUE)
    match node.type:
        case IntT() | NumberT() | MoneyT() | QuantityT() | PercentT():
            yield node.term >= 0
            yield node.term <= (100_000_000 if isinstance(node.type, MoneyT) else 1 if isinstance(node.type, PercentT) else 10_000)
        case DateT():
            yield all_of(node.term >= (world.as_of - timedelta(days=730)).toordinal(), node.term <= world.as_of.toordinal())
        case ListT():
            for inner, held in node.elements[:1]:
                yield held
                for one in inner.fields.values():
                    yield from _usual(world, one)
        case RecordT():
            for one in node.fields.values():
                yield from _usual(world, one)
        case _:
            return
