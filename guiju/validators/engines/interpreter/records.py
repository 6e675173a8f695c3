"""The store of records that the interpreter walks: reads fields, crosses lists, looks records up by declared keys.

Everything is asked for by name and read by `terms.reading`; nothing is decided here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from typing import Any

from guiju.catalog.records.model import Record
from guiju.catalog.records.place import Locator, Place
from guiju.dsl.ir.tree import SubjectSpec
from guiju.terms.blank import fold_code, is_blank
from guiju.terms.fact import Fact, Known, Missing, Path, State
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.reading.reading import read_value
from guiju.terms.shape import Field, Reading, Shape
from guiju.terms.time.calendar import Calendar
from guiju.terms.types import ListT, RecordT, RefT, Type
from guiju.validators.engines.engine import FieldRef, Subject
from guiju.validators.plan.tree import Plan

__all__ = ["Elements", "Node", "RecordStore", "as_reference", "register_value"]

# A bound on memory only: facts are read anew after it.
_MOST_FACTS = 200_000


@fast_dataclass(frozen=True, slots=True)
class Node:
    """One value in its place; `type` and `unit` are what its field declares, `reading` what is in force for it."""

    record: int
    path: Path
    fact: Fact
    type: Type
    reading: Reading | None
    unit: str | None = None

    @property
    def spot(self) -> FieldRef:
        """Where it is."""
        return FieldRef(self.record, self.path)


@fast_dataclass(frozen=True, slots=True)
class Elements:
    """What a source ranges over.

    `doubtful` are elements of which it is not known whether they belong, with the spots that leave it open; `gaps` are
    collections that are not there; `incomplete` those that may hold more than is written.
    """

    sure: tuple[Node, ...]
    doubtful: Sequence[tuple[Node, frozenset[FieldRef]]] = ()
    gaps: frozenset[FieldRef] = frozenset()
    incomplete: frozenset[FieldRef] = frozenset()


@fast_dataclass(frozen=True, slots=True)
class _RegisterLocator:
    """Rows of a register stand in the rules themselves, and people know them by their keys, not by their numbers."""

    file: str
    row: str

    def place(self, path: Path) -> Place:
        """The row, whatever the field."""
        return Place(file=self.file, pointer=f"/{self.row}" + "".join(f"/{step}" for step in path))


class RecordStore:
    """All records of one run under one plan, with caches; one store for each run.

    Rows of registers are numbered after the records, or from `registers_from` on. Where only a part of the submission is here,
    `beyond` counts other records that satisfy what the subject looks for, and `elsewhere` are the shapes of all records.
    """

    beyond = 0
    elsewhere: frozenset[str] = frozenset()
    computed_keys: Callable[[SubjectSpec, int], tuple[tuple[object, ...], Sequence[FieldRef]]]
    """The keys of a record's group that are computed, and the spots for which they are not known; who evaluates sets it."""

    def __init__(self, plan: Plan, records: Sequence[Record], calendar: Calendar, *, registers_from: int | None = None) -> None:
        self.plan = plan
        self.calendar = calendar
        self.records: dict[int, Record] = {record.number: record for record in records}
        self._by_shape: dict[str, list[Record]] = {}
        for record in sorted(records, key=lambda one: one.number):
            self._by_shape.setdefault(record.shape, []).append(record)
        self._add_registers(max(self.records, default=-1) + 1 if registers_from is None else registers_from)
        # By record and path, not by spot: a tuple is hashed in C.
        self._fields: dict[tuple[int, Path], Node] = {}
        self._shapes: dict[str, dict[str, Field]] = {}
        self._indices: dict[tuple[str, tuple[tuple[str, ...], ...]], _Index] = {}

    def _add_registers(self, number: int) -> None:
        """Registers bring their own subjects; they come after those of the submission."""
        for shape in self.plan.vocabulary.shapes:
            for at, row in enumerate(shape.rows if shape.register else ()):
                value = register_value(shape, row)
                row_name = str(value.get(shape.key.id, at)) if shape.key is not None else str(at)
                record = Record(shape=shape.id, value=value, locator=_RegisterLocator(shape.name.zh, row_name), number=number)
                self.records[number] = record
                self._by_shape.setdefault(shape.id, []).append(record)
                number += 1

    def hold(self, records: Iterable[Record], beyond: int = 0) -> None:
        """From now on these are all that was submitted; what was looked up in the registers stays."""
        shape_of = self.plan.vocabulary.shape
        for shape in [one for one in self._by_shape if not shape_of(one).register]:
            for gone in self._by_shape.pop(shape):
                del self.records[gone.number]
        for key in [one for one in self._indices if not shape_of(one[0]).register]:
            del self._indices[key]
        self._fields.clear()
        self.beyond = beyond
        for record in sorted(records, key=lambda one: one.number):
            self.records[record.number] = record
            self._by_shape.setdefault(record.shape, []).append(record)

    def of_shape(self, shape: str) -> Sequence[Record]:
        """All records of a shape, in reading order."""
        return self._by_shape.get(shape, ())

    def has_any(self, shape: str) -> bool:
        """Whether there are records of a shape, here or where the rest of the submission is."""
        return bool(self._by_shape.get(shape)) or shape in self.elsewhere

    def locator(self, record: int) -> Locator:
        """Finds places in a record."""
        return self.records[record].locator

    def root(self, number: int) -> Node:
        """A record as a node."""
        found = self._fields.get((number, ()))
        if found is None:
            record = self.records[number]
            shape = self.plan.vocabulary.shape(record.shape)
            made = Node(number, (), Known(record.value), RecordT(record.shape), self.plan.vocabulary.reading(shape))
            found = self._kept(number, (), made)
        return found

    def _kept(self, record: int, path: Path, node: Node) -> Node:
        if len(self._fields) >= _MOST_FACTS:
            self._fields.clear()
        self._fields[record, path] = node
        return node

    def at(self, record: int, path: Path) -> Node:
        """The node at an absolute path."""
        node = self.root(record)
        for step in path:
            node = self._element(node, step) if isinstance(step, int) else self.field(node, step)
        return node

    def field(self, node: Node, id: str) -> Node:
        """A field of a record; where the record itself is missing, its field is missing in the same way and place."""
        if not isinstance(node.type, RecordT):
            raise TypeError(f"{id}: {node.type} has no fields")
        shape = self.plan.vocabulary.shape(node.type.shape)
        fields = self._shapes.get(shape.id)
        if fields is None:
            fields = self._shapes[shape.id] = {field.id: field for field in shape.fields}
        field = fields[id]
        if isinstance(node.fact, Missing):
            return Node(node.record, node.path, node.fact, field.type, node.reading, field.unit)
        path = (*node.path, id)
        found = self._fields.get((node.record, path))
        if found is not None:
            return found
        reading = self.plan.vocabulary.reading(shape) or node.reading
        raw = node.fact.value.get(id)
        fact = read_value(raw, field.type, self.plan.vocabulary, reading, unit=field.unit, on=self.plan.as_of)
        return self._kept(node.record, path, Node(node.record, path, fact, field.type, reading, field.unit))

    def read(self, node: Node, path: tuple[str, ...]) -> Node:
        """The node at a path of fields through embedded records."""
        for id in path:
            node = self.field(node, id)
        return node

    def key_of(self, node: Node) -> Node:
        """The key field of a record, by which references name it; the node itself where its shape has none."""
        shape = self.shape_of(node)
        return self.field(node, shape.key.id) if shape is not None and shape.key is not None else node

    def shape_of(self, node: Node) -> Shape | None:
        """The shape of a record; None for other values."""
        return self.plan.vocabulary.shape(node.type.shape) if isinstance(node.type, RecordT) else None

    def elements(self, owner: Node, path: tuple[str, ...], *, complete: bool = True) -> Elements:
        """The elements of the list at a path of an owner; lists on the way are crossed."""
        nodes: list[Node] = [owner]
        gaps: list[FieldRef] = []
        for id in path:
            inner: list[Node] = []
            for node in nodes:
                found = self.field(node, id)
                if not isinstance(found.type, ListT):
                    inner.append(found)
                elif isinstance(found.fact, Missing):
                    gaps.append(found.spot)
                else:
                    inner.extend(self._element(found, at) for at in range(len(found.fact.value)))
            nodes = inner
        open_ended = frozenset() if complete else frozenset({FieldRef(owner.record, owner.path + path)})
        return Elements(tuple(nodes), gaps=frozenset(gaps), incomplete=open_ended)

    def _element(self, collection: Node, at: int) -> Node:
        assert isinstance(collection.type, ListT) and isinstance(collection.fact, Known)
        type = collection.type.element
        raw = collection.fact.value[at]
        fact = read_value(raw, type, self.plan.vocabulary, collection.reading, unit=collection.unit, on=self.plan.as_of)
        return Node(collection.record, (*collection.path, at), fact, type, collection.reading, collection.unit)

    def lookup(self, shape: str, keys: tuple[tuple[str, ...], ...], wanted: tuple[object, ...]) -> Elements:
        """All records of a shape whose fields equal the wanted values; those whose fields are unknown are doubtful."""
        index = self._indices.get((shape, keys))
        if index is None:
            index = self._indices[(shape, keys)] = self._make_index(shape, keys)
        sure = index.nodes.get(wanted)
        if sure is None:
            sure = index.nodes[wanted] = tuple(self.root(number) for number in index.known.get(wanted, ()))
        doubtful = _doubtful(index, wanted)
        return Elements(sure, doubtful)

    def _make_index(self, shape: str, keys: tuple[tuple[str, ...], ...]) -> "_Index":
        index = _Index({}, {})
        for record in self.of_shape(shape):
            root = self.root(record.number)
            nodes = [self.read(root, key) for key in keys]
            unknown = frozenset(node.spot for node in nodes if isinstance(node.fact, Missing))
            mask = tuple(isinstance(node.fact, Known) for node in nodes)
            values = tuple(node.fact.value for node in nodes if isinstance(node.fact, Known))
            if unknown:
                index.unknown.setdefault(mask, {}).setdefault(values, []).append((root, unknown))
            else:
                index.known.setdefault(values, []).append(record.number)
        return index

    def subjects(self, spec: SubjectSpec) -> Iterator[Subject]:
        """The subjects of a rule, in reading order."""
        if spec.group is not None:
            yield from self._groups(spec)
            return
        for record in self.of_shape(spec.shape):
            yield from self.subjects_of(record, spec)

    def subjects_of(self, record: Record, spec: SubjectSpec) -> Iterator[Subject]:
        """The subjects of a rule in one record, in reading order; for rules on groups there are none."""
        if spec.path:
            # What is not written at all has no elements.
            if record.value.get(spec.path[0]) is not None:
                for node in self.elements(self.root(record.number), spec.path).sure:
                    yield Subject(record.number, node.path)
        elif spec.group is None:
            yield Subject(record.number)

    def _groups(self, spec: SubjectSpec) -> Iterator[Subject]:
        """Groups by first member; the records without a known key come last, together, for nobody knows where they belong."""
        assert spec.group is not None
        groups: dict[tuple[object, ...], list[int]] = {}
        left: list[int] = []
        unknown: list[FieldRef] = []
        reads = spec.group.reads
        for record in self.of_shape(spec.shape):
            key: tuple[object, ...]
            if reads is None:
                key, missing = self.computed_keys(spec, record.number)
            else:
                nodes = [self.read(self.root(record.number), one.path) for one in reads]
                missing = [node.spot for node in nodes if isinstance(node.fact, Missing)]
                key = tuple(node.fact.value for node in nodes if isinstance(node.fact, Known))
            if missing:
                left.append(record.number)
                unknown.extend(missing)
            else:
                groups.setdefault(key, []).append(record.number)
        for key, members in groups.items():
            yield Subject(members[0], members=tuple(members), key=key)
        if left:
            yield Subject(left[0], members=tuple(left), unknown=tuple(unknown))

    def scope(self, spec: SubjectSpec, subject: Subject) -> dict[int, Node]:
        """The variables before any binder: 0 the subject, then its owners outwards, one for each list that is crossed."""
        if not subject.path:
            return {0: self.root(subject.record)}
        cuts = [at + 1 for at, step in enumerate(subject.path) if isinstance(step, int)]
        nodes = [self.root(subject.record), *(self.at(subject.record, subject.path[:cut]) for cut in cuts)]
        return dict(enumerate(reversed(nodes)))


@fast_dataclass(frozen=True, slots=True)
class _Index:
    """Records by their known keys; those with unknown ones by which keys are known, and by these."""

    known: dict[tuple[object, ...], list[int]]
    unknown: dict[tuple[bool, ...], dict[tuple[object, ...], "list[tuple[Node, frozenset[FieldRef]]]"]]
    nodes: dict[tuple[object, ...], tuple[Node, ...]] = field(default_factory=dict)


def _doubtful(index: _Index, wanted: tuple[object, ...]) -> Sequence[tuple[Node, frozenset[FieldRef]]]:
    """The records that may have these keys, in reading order; a list of the index itself where there is only one."""
    found = [
        group
        for mask, groups in index.unknown.items()
        if (group := groups.get(tuple(value for value, known in zip(wanted, mask, strict=True) if known)))
    ]
    if len(found) < 2:
        return found[0] if found else ()
    return sorted((one for group in found for one in group), key=lambda one: one[0].record)


def register_value(shape: Shape, row: tuple[str, ...]) -> dict[str, Any]:
    """A row of a register as a record's raw value."""
    return {
        field.id: list(_split(cell)) if isinstance(field.type, ListT) else cell
        for field, cell in zip(shape.fields, row, strict=False)
        if not is_blank(cell)
    }


def _split(cell: str) -> list[str]:
    for mark in "；;,，":
        cell = cell.replace(mark, "、")
    return [part.strip() for part in cell.split("、") if not is_blank(part)]


def as_reference(node: Node) -> Fact:
    """The value of a key as a reference holds it."""
    if isinstance(node.fact, Known) and isinstance(node.fact.value, str) and not isinstance(node.type, RefT):
        return Known(fold_code(node.fact.value))
    if isinstance(node.fact, Known) and isinstance(node.type, RecordT):
        return Missing(State.ABSENT)
    return node.fact
