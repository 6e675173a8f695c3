"""Documents of which nothing is known yet: records whose fields are made when a rule first reads them.

A field has a state and a value, both terms of the solver; a list holds up to so many elements. Rows of registers are known, so their
states and values are plain.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_never

import z3

from guiju.proofs.encoding.logic import Formula, Value, all_of, any_of, constant, negate
from guiju.proofs.encoding.texts import Texts
from guiju.terms.fact import Known, State
from guiju.terms.reading.names import reference_keys
from guiju.terms.reading.reading import read_value
from guiju.terms.shape import Field, Reading, Shape, Vocabulary
from guiju.terms.time.period import Period, PeriodKind
from guiju.terms.types import (
    BoolT,
    CodeT,
    DateT,
    IntT,
    ListT,
    MoneyT,
    NumberT,
    PercentT,
    PeriodT,
    QuantityT,
    RecordT,
    RefT,
    TextT,
    TruthT,
    Type,
)
from guiju.validators.engines.interpreter.records import register_value

__all__ = ["FIRST_DAY", "KINDS", "LARGEST", "LAST_DAY", "Bounds", "Node", "Unencodable", "World", "sort_of", "term_of"]

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2049, 12, 31)
"""Days that a document may name."""
LARGEST = 10**13
"""The greatest amount that a document may name, in its base unit."""
_LONGEST_PERIOD = 400
KINDS = tuple(PeriodKind)


class Unencodable(Exception):
    """What the solver is not asked, by name: the rule is searched by generated documents alone."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many elements a list may have, and how many records there may be of a kind that a rule looks up.

    Lists that a rule counts may be `wider` than others, by the id of their field.
    """

    elements: int = 2
    records: int = 2
    wider: tuple[tuple[str, int], ...] = ()

    def of_list(self, id: str) -> int:
        """How many elements a list of that field may have."""
        return max((count for name, count in self.wider if name == id), default=self.elements)


def sort_of(type: Type) -> str:
    """The sort of term that stands for values of a type."""
    match type:
        case TextT() | CodeT() | RefT():
            return "text"
        case IntT() | NumberT() | MoneyT() | QuantityT() | PercentT():
            return "number"
        case DateT():
            return "date"
        case PeriodT():
            return "period"
        case BoolT() | TruthT():
            return "bool"
        case RecordT() | ListT():
            return "none"
        case _:
            assert_never(type)


def term_of(value: Any, texts: Texts) -> Value:
    """A known run-time value as a term."""
    match value:
        case bool():
            return constant("bool", value)
        case int() | Decimal() | Fraction():
            return constant("number", Fraction(value))
        case date():
            return constant("date", value.toordinal())
        case str():
            return constant("text", texts.atom(value))
        case Period(kind=kind, count=count):
            return constant("period", (KINDS.index(kind), count))
        case _:
            raise Unencodable(f"a value {type(value).__name__}")


class Node:
    """One value of a document: `own` says when it is in a state, given that its owner is there; `term` is its value when it is known.

    `path` are ids and positions below its record. `elements` are (node, when it is there) of a list. `raw` is the known value of a
    register.
    """

    __slots__ = ("elements", "fields", "known", "own", "owner", "path", "raw", "reading", "record", "term", "type", "unit")

    def __init__(
        self,
        record: int,
        path: tuple[str | int, ...],
        type: Type,
        reading: Reading | None,
        unit: str | None,
        own: dict[State, Formula],
        owner: "Node | None" = None,
        *,
        known: bool = False,
    ) -> None:
        self.record, self.path, self.type, self.reading, self.unit = record, path, type, reading, unit
        self.own, self.owner, self.known = own, owner, known
        self.term: Any = None
        self.raw: Any = None
        self.elements: list[tuple[Node, Formula]] = []
        self.fields: dict[str, Node] = {}

    def state(self, state: State) -> Formula:
        """When the node is in the state; a field of what is missing is missing in the same way."""
        own = self.own.get(state, False)
        if self.owner is None:
            return own
        there = self.owner.state(State.VALUE)
        if state is State.VALUE:
            return all_of(there, own)
        return any_of(all_of(there, own), self.owner.state(state))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its path, without the positions."""
        return tuple(one for one in self.path if isinstance(one, str))


class World:
    """The documents of one question, on one day."""

    def __init__(self, vocabulary: Vocabulary, as_of: date, texts: Texts, bounds: Bounds) -> None:
        self.vocabulary, self.as_of, self.texts, self.bounds = vocabulary, as_of, texts, bounds
        self.constraints: list[Formula] = []
        self.roots: dict[str, list[tuple[Node, Formula]]] = {}
        self.nodes: list[Node] = []
        self.made: dict[tuple[int, tuple[int, ...]], tuple[Any, Any]] = {}
        self._numbers = iter(range(1_000_000))

    # ---- records ------------------------------------------------------------------------------------------------------------

    def records(self, shape: str) -> list[tuple[Node, Formula]]:
        """The records of a kind that there may be, with when each is there; the rows of a register are."""
        found = self.roots.get(shape)
        if found is None:
            declared = self.vocabulary.shape(shape)
            found = self.roots[shape] = list(self._rows(declared) if declared.register else self._unknown_records(declared))
        return found

    def _unknown_records(self, shape: Shape) -> Iterator[tuple[Node, Formula]]:
        before: Formula = True
        for _ in range(self.bounds.records):
            number = next(self._numbers)
            there = z3.Bool(f"{shape.id}{number}")
            self.constraints.append(z3.Implies(there, before) if before is not True else z3.BoolVal(True))
            before = there
            yield self._root(number, shape), there

    def _root(self, number: int, shape: Shape) -> Node:
        node = Node(number, (), RecordT(shape.id), self.vocabulary.reading(shape), None, {State.VALUE: True})
        self.nodes.append(node)
        return node

    def _rows(self, shape: Shape) -> Iterator[tuple[Node, Formula]]:
        for row in shape.rows:
            node = self._root(next(self._numbers), shape)
            node.raw, node.known = register_value(shape, row), True
            yield node, True

    # ---- fields -------------------------------------------------------------------------------------------------------------

    def field(self, node: Node, id: str) -> Node:
        """A field of a record."""
        found = node.fields.get(id)
        if found is not None:
            return found
        if not isinstance(node.type, RecordT):
            raise Unencodable(f"{id} of what is no record")
        shape = self.vocabulary.shape(node.type.shape)
        declared = shape.field(id)
        if declared is None:
            raise Unencodable(f"the field {id}, which {shape.id} does not have")
        reading = self.vocabulary.reading(shape) or node.reading
        made = self._known_field(node, declared, reading) if node.known else self._made(node, declared, reading)
        node.fields[id] = made
        return made

    def _made(self, node: Node, declared: Field, reading: Reading | None) -> Node:
        name = f"r{node.record}." + ".".join(map(str, (*node.path, declared.id)))
        owner = node if node.own.get(State.VALUE) is not True or node.owner is not None else None
        return self._value(name, node.record, (*node.path, declared.id), declared.type, reading, declared.unit, owner)

    def _value(
        self,
        name: str,
        record: int,
        path: tuple[str | int, ...],
        type: Type,
        reading: Reading | None,
        unit: str | None,
        owner: Node | None,
        element: bool = False,
    ) -> Node:
        there = True if element and isinstance(type, RecordT) else z3.Bool(f"{name}?")
        own = self._states(name, type, there, element)
        node = Node(record, path, type, reading, unit, own, owner)
        node.term = self._term(name, type, reading)
        self.nodes.append(node)
        if isinstance(type, ListT):
            before: Formula = node.state(State.VALUE)
            for at in range(self.bounds.of_list(str(path[-1]))):
                held = z3.Bool(f"{name}[{at}]")
                self.constraints.append(z3.Implies(held, before))
                before = held
                inner = self._value(f"{name}.{at}", record, (*path, at), type.element, reading, unit, None, element=True)
                node.elements.append((inner, held))
        return node

    def _states(self, name: str, type: Type, there: Formula, element: bool) -> dict[State, Formula]:
        """Each later state holds only where none before it does, so that exactly one holds without a constraint."""
        states: list[tuple[State, Formula]] = [(State.VALUE, there)]
        if not element:
            states += [(State.NOT_APPLICABLE, z3.Bool(f"{name}?na")), (State.PENDING, z3.Bool(f"{name}?pending"))]
        readable = isinstance(type, TextT | RecordT | ListT) or (isinstance(type, RefT) and not self._closed(type))
        own: dict[State, Formula] = {}
        before: Formula = False
        if not readable and not element:
            states.append((State.UNREADABLE, z3.Bool(f"{name}?unreadable")))
        for state, wish in states:
            own[state] = all_of(negate(before), wish)
            before = any_of(before, wish)
        last = State.ABSENT if not element else State.UNREADABLE
        if element and readable:
            self.constraints.append(there)
            own[State.VALUE] = True
        else:
            own[last] = negate(before)
        return own

    def _closed(self, type: RefT) -> bool:
        shape = self.vocabulary.shape(type.shape)
        return bool(shape.register and shape.rows)

    def _term(self, name: str, type: Type, reading: Reading | None) -> Any:
        match type:
            case TextT():
                return self.texts.variable(name, reading)
            case CodeT():
                return self._one_of(name, self.codes_on(type))
            case RefT() if self._closed(type):
                return self._one_of(name, tuple(dict.fromkeys(reference_keys(self.vocabulary.shape(type.shape)).values())))
            case RefT():
                return self.texts.variable(name, reading)
            case BoolT():
                return z3.Bool(name)
            case DateT():
                return self._between(z3.Int(name), FIRST_DAY.toordinal(), LAST_DAY.toordinal())
            case IntT():
                return self._between(z3.Int(name), -LARGEST, LARGEST)
            case NumberT() | MoneyT() | QuantityT() | PercentT():
                return self._between(z3.Real(name), -LARGEST, LARGEST)
            case PeriodT():
                kind = self._between(z3.Int(f"{name}#kind"), 0, len(KINDS) - 1)
                return kind, self._between(z3.Int(name), 0, _LONGEST_PERIOD)
            case _:
                return None

    def _between(self, term: Any, least: int, most: int) -> Any:
        self.constraints += [term >= least, term <= most]
        return term

    def codes_on(self, type: CodeT) -> tuple[str, ...]:
        """The codes of a list that hold on the day."""
        entries = self.vocabulary.code_list(type.codes).entries
        held = (
            one.code for one in entries if (one.start is None or one.start <= self.as_of) and (one.end is None or self.as_of <= one.end)
        )
        return tuple(dict.fromkeys(held))

    def _one_of(self, name: str, values: tuple[str, ...]) -> Any:
        term = z3.Int(name)
        atoms = [self.texts.atom(one) for one in values]
        self.constraints.append(any_of(*(term == one for one in atoms)) if atoms else z3.BoolVal(True))
        return term

    # ---- known values of registers ------------------------------------------------------------------------------------------

    def _known_field(self, node: Node, declared: Field, reading: Reading | None) -> Node:
        raw = node.raw.get(declared.id) if isinstance(node.raw, dict) else None
        return self._known_node(node.record, (*node.path, declared.id), raw, declared.type, reading, declared.unit)

    def _known_node(
        self, record: int, path: tuple[str | int, ...], raw: Any, type: Type, reading: Reading | None, unit: str | None
    ) -> Node:
        fact = read_value(raw, type, self.vocabulary, reading, unit=unit, on=self.as_of)
        node = Node(record, path, type, reading, unit, {fact.state: True}, known=True)
        if isinstance(fact, Known):
            node.raw = fact.value
            if isinstance(type, ListT):
                made = (self._known_node(record, (*path, at), one, type.element, reading, unit) for at, one in enumerate(fact.value))
                node.elements = [(one, True) for one in made]
            elif not isinstance(type, RecordT):
                node.term = term_of(fact.value, self.texts).term
        return node
