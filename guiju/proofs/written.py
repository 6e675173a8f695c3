"""A model of the solver as a document: raw values as an applicant would write them, near to a good example."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import z3

from guiju.proofs.encoding.documents import KINDS, Node, World
from guiju.proofs.encoding.logic import Formula
from guiju.proofs.solver import Found
from guiju.terms.blank import fold_code
from guiju.terms.fact import State
from guiju.terms.quantities.quantity import exact_decimal, say_decimal
from guiju.terms.quantities.units import unit_of
from guiju.terms.reading.names import code_spellings
from guiju.terms.shape import Shape
from guiju.terms.time.period import Period
from guiju.terms.tongue import Tongue
from guiju.terms.types import BoolT, CodeT, DateT, IntT, ListT, MoneyT, NumberT, PercentT, PeriodT, QuantityT, RecordT, RefT, TextT

__all__ = ["Documents", "Unwritable", "written"]


@dataclass(frozen=True, slots=True)
class Documents:
    """The records of a document by kind, in order, by ids of fields; and where the records of the model stand among them."""

    records: dict[str, list[dict[str, Any]]]
    places: dict[int, tuple[str, int]] = field(default_factory=dict)


class Unwritable(Exception):
    """An amount of the model that no decimal writes; `formula` asks for one that can be written."""

    def __init__(self, formula: Formula) -> None:
        super().__init__("an amount without a finite decimal")
        self.formula = formula


def written(world: World, found: Found, bases: Mapping[str, dict[str, Any]]) -> Documents:
    """The document of a model; what no rule asked about is taken from the good examples of each kind. Raises Unwritable."""
    writer = _Writer(world, found)
    records: dict[str, list[dict[str, Any]]] = {}
    places: dict[int, tuple[str, int]] = {}
    for shape, roots in world.roots.items():
        if world.vocabulary.shape(shape).register:
            continue
        for root, there in roots:
            if writer.true(there):
                made = writer.record(root, world.vocabulary.shape(shape), bases.get(shape, {}))
                places[root.record] = shape, len(records.setdefault(shape, []))
                records[shape].append(made)
    return Documents(records, places)


class _Writer:
    def __init__(self, world: World, found: Found) -> None:
        self.world, self.model, self.texts = world, found.model, found.texts
        self.names = {atom: text for text, atom in world.texts.constants.items()}

    def true(self, formula: Formula) -> bool:
        """Whether a formula holds in the model."""
        return formula if isinstance(formula, bool) else z3.is_true(self.model.eval(formula, model_completion=True))

    def number(self, term: Any) -> Fraction:
        """A number of the model."""
        if not z3.is_expr(term):
            return Fraction(term)
        found = self.model.eval(term, model_completion=True)
        if z3.is_int_value(found):
            return Fraction(found.as_long())
        if z3.is_rational_value(found):
            return Fraction(found.numerator_as_long(), found.denominator_as_long())
        raise Unwritable(z3.IsInt(term * 10_000) if not z3.is_int(term) else True)

    def text(self, term: Any) -> str:
        """A text of the model."""
        atom = int(self.number(term))
        return self.names[atom] if atom in self.names else self.texts[atom]

    def record(self, node: Node, shape: Shape, base: Mapping[str, Any]) -> dict[str, Any]:
        """The raw record: what was asked about as the model says, all else as in the example."""
        made = {id: value for id, value in base.items() if id not in node.fields}
        for id, inner in node.fields.items():
            value = self.value(inner, base.get(id))
            if value is not None:
                made[id] = value
        if not made:
            # A record in which nothing stands is none to a reader.
            spare = next((one for one in shape.fields if one.id not in node.fields and isinstance(one.type, TextT)), None)
            if spare is not None:
                made[spare.id] = "示例"
        return {one.id: made[one.id] for one in shape.fields if one.id in made}

    def value(self, node: Node, base: Any) -> Any:
        """The raw value of a node; None where it is not provided."""
        if self.true(node.state(State.VALUE)):
            return self._known(node, base)
        if self.true(node.state(State.NOT_APPLICABLE)):
            return {"不适用": "本例不涉及"}
        if self.true(node.state(State.PENDING)):
            return {"待定": "尚未确定"}
        if self.true(node.state(State.UNREADABLE)):
            return "看不清"
        return None

    def _known(self, node: Node, base: Any) -> Any:
        match node.type:
            case ListT(element=element):
                return self._list(node, element, base if isinstance(base, list) else [])
            case RecordT(shape=shape):
                return self.record(node, self.world.vocabulary.shape(shape), base if isinstance(base, dict) else {})
            case CodeT():
                return self._code(node.type, self.text(node.term))
            case TextT() | RefT():
                return self.text(node.term)
            case BoolT():
                return ("是" if self.true(node.term) else "否") if node.reading is not None else self.true(node.term)
            case DateT():
                return date.fromordinal(int(self.number(node.term))).isoformat()
            case PeriodT():
                kind, count = node.term
                return Period(KINDS[int(self.number(kind))], int(self.number(count))).say(Tongue.ZH)
            case _:
                return self._amount(node)

    def _list(self, node: Node, element: Any, base: list[Any]) -> list[Any]:
        made = []
        for at, (inner, held) in enumerate(node.elements):
            if self.true(held):
                near = base[at] if at < len(base) else base[0] if base and isinstance(base[0], dict) else None
                made.append(self.value(inner, near) if not isinstance(element, RecordT) else self._known(inner, near))
        return made

    def _code(self, type: CodeT, code: str) -> str:
        codes = self.world.vocabulary.code_list(type.codes)
        entry = next(one for one in codes.entries if one.code == code)
        spellings = code_spellings(codes)
        return next((one for one in (entry.name.zh, entry.name.en, entry.code) if spellings.get(fold_code(one)) in (entry,)), entry.code)

    def _amount(self, node: Node) -> Any:
        value = self.number(node.term)
        match node.type:
            case IntT():
                return int(value)
            case NumberT():
                return _decimal(value, node, Fraction(1))
            case PercentT():
                return f"{say_decimal(_decimal(value * 100, node, Fraction(1, 100)))}%"
            case MoneyT():
                if node.reading is not None:
                    wan = value % 10_000 == 0 and value != 0
                    return f"{say_decimal(_decimal(value / 10_000 if wan else value, node, Fraction(1)))}{'万元' if wan else '元'}"
                return _decimal(value / _factor(node.unit or "元"), node, _factor(node.unit or "元"))
            case QuantityT():
                factor = _factor(node.unit) if node.unit else Fraction(1)
                return _decimal(value / factor, node, factor)
            case _:
                raise TypeError(f"{type(node.type).__name__} is no amount")


def _factor(unit: str) -> Fraction:
    known = unit_of(unit)
    return Fraction(known.factor) if known is not None else Fraction(1)


def _decimal(value: Fraction, node: Node, factor: Fraction) -> Decimal:
    made = exact_decimal(value)
    if made is None:
        raise Unwritable(z3.IsInt(node.term * z3.Q(factor.denominator * 10_000, factor.numerator)))
    return made
