"""The footprint of a rule: the fields that it reads, what it searches, and the class of its cost."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from enum import StrEnum
from functools import cache
from typing import Any, get_args

from guiju.dsl.ir.degree import is_metered
from guiju.dsl.ir.tree import (
    And,
    Arith,
    AsOf,
    Call,
    Compare,
    Const,
    Contains,
    Corpus,
    Dated,
    Each,
    Expr,
    First,
    Fold,
    HasFormat,
    If,
    In,
    Is,
    Match,
    Members,
    Not,
    Or,
    Param,
    Quant,
    QuantKind,
    Read,
    Rule,
    Several,
    SubjectSpec,
    Truthy,
    Unique,
)
from guiju.terms.fact import State
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import Both
from guiju.terms.types import ListT, RecordT, Type

__all__ = [
    "Cost",
    "Join",
    "children",
    "cost_of",
    "expressions",
    "fields_read",
    "is_plain",
    "joins_of",
    "merged",
    "unique_in",
    "uses_parameter",
    "walk",
]


class Cost(StrEnum):
    """The cost class of a rule; only a rule that allows it by name is of the last, and a budget ends it."""

    ENTRY = "entry"
    ELEMENTS = "elements"
    CATALOG = "catalog"
    POWER = "power"

    @property
    def words(self) -> Both:
        """The class as `explain` names it."""
        return _COST_WORDS[self]


_COST_WORDS = {
    Cost.ENTRY: Both("每条", "per entry"),
    Cost.ELEMENTS: Both("每条×元素", "per entry × elements"),
    Cost.CATALOG: Both("全目录 n log n", "whole catalog, n log n"),
    Cost.POWER: Both("每条×元素的多次方，有步数上限", "per entry × a power of its elements, within a budget of steps"),
}


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """A search of all subjects of a shape by these fields of theirs; without fields, a walk over all of them."""

    shape: str
    keys: tuple[tuple[str, ...], ...]


def expressions(rule: Rule) -> Iterator[Expr]:
    """The expressions of a rule, in the order in which they are judged."""
    if rule.act is not None and rule.act.within is not None:
        yield rule.act.within
    if rule.applies is not None:
        yield rule.applies
    for exception in rule.exceptions:
        yield exception.when
        if exception.instead is not None:
            yield exception.instead
    yield rule.requirement


# The types of fields in which no expression is ever found, and the classes that expressions are.
_LEAVES = frozenset({str, int, bool, Any, Type, QuantKind, tuple[str, ...], tuple[State, ...]})
_EXPRESSIONS = frozenset(get_args(Expr))


def children(node: Expr) -> Iterator[Expr]:
    """The expressions directly under a node, those of its source included, in the order in which they are written."""
    return iter(_under(node))


def _under(node: Expr) -> list[Expr]:
    # Every rule of every run is walked: lists and exact types cost a third of generators and `isinstance` of a union.
    found: list[Expr] = []
    kind: type = type(node)
    for name in _slots(kind):
        value = getattr(node, name)
        if type(value) in _EXPRESSIONS:
            found.append(value)
        elif type(value) is tuple:
            found.extend(value)
        elif type(value) is Corpus:
            found.extend(operand for _, operand in value.keys)
    return found


@cache
def _slots(kind: type) -> tuple[str, ...]:
    """The fields of a class of nodes that hold an expression, a tuple of them, or a source."""
    return tuple(one.name for one in fields(kind) if one.type not in _LEAVES)


def walk(node: Expr) -> Iterator[Expr]:
    """The node and everything under it, from the left."""
    rest = [node]
    while rest:
        one = rest.pop()
        yield one
        rest.extend(reversed(_under(one)))


def uses_parameter(rule: Rule) -> bool:
    """Whether a dated parameter stands anywhere in it; asked of every rule of every run, so without a generator."""
    rest = [*expressions(rule), *(rule.subject.group.keys if rule.subject.group is not None else ())]
    while rest:
        one = rest.pop()
        if type(one) is Param:
            return True
        rest += _under(one)
    return False


_PLAIN = (And, Arith, AsOf, Call, Compare, Const, Contains, Dated, HasFormat, If, In, Is, Match, Not, Or, Param, Read, Several, Truthy)


def is_plain(expr: Expr) -> bool:
    """Whether it asks only for values: of no list, of no other records."""
    return all(isinstance(node, _PLAIN) for node in walk(expr))


def joins_of(rule: Rule) -> tuple[Join, ...]:
    """The searches of other subjects, each once."""
    return tuple(
        dict.fromkeys(
            Join(shape=node.source.shape, keys=tuple(key for key, _ in node.source.keys))
            for node in _nodes(rule)
            if isinstance(node, Quant | Fold) and isinstance(node.source, Corpus)
        )
    )


def unique_in(rule: Rule) -> bool:
    """Whether it compares a subject with its fellows."""
    return any(isinstance(node, Unique | First) for node in _nodes(rule))


def cost_of(rule: Rule) -> Cost:
    """The class of what it costs."""
    if is_metered(rule):
        return Cost.POWER
    cost = Cost.ENTRY
    for node in _nodes(rule):
        if isinstance(node, Unique | First) and node.within is None:
            return Cost.CATALOG
        if isinstance(node, Quant | Fold):
            if isinstance(node.source, Corpus | Members):
                return Cost.CATALOG
            cost = Cost.ELEMENTS
        if isinstance(node, Unique | First):
            cost = Cost.ELEMENTS
    if rule.subject.group is not None:
        return Cost.CATALOG
    return Cost.ELEMENTS if rule.subject.path else cost


def _nodes(rule: Rule) -> Iterator[Expr]:
    for root in expressions(rule):
        yield from walk(root)


def fields_read(rule: Rule, vocabulary: Vocabulary) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The shapes and first fields that a rule reads, as far as variables are bound to shapes."""
    return merged(_reads(rule, vocabulary))


def _reads(rule: Rule, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    spec = rule.subject
    scope = dict(enumerate(_owners(spec, vocabulary)))
    if spec.path:
        yield spec.shape, (spec.path[0],)
    if spec.group is not None:
        for key in spec.group.keys:
            yield from _reads_of(key, scope, vocabulary)
    for root in expressions(rule):
        yield from _reads_of(root, scope, vocabulary)


def _owners(spec: SubjectSpec, vocabulary: Vocabulary) -> list[str | None]:
    """The shapes of the variables 0, 1, … before any binder: the subject, then its owners outwards."""
    if not spec.path:
        return [spec.shape]
    owners: list[str | None] = [spec.shape]
    at: str | None = spec.shape
    for step in spec.path:
        type = _field_type(at, step, vocabulary)
        if isinstance(type, ListT):
            at = _shape_of(type.element)
            owners.append(at)
        else:
            at = _shape_of(type)
    return owners[::-1]


def _field_type(shape: str | None, id: str, vocabulary: Vocabulary) -> Type | None:
    field = vocabulary.shape(shape).field(id) if shape is not None else None
    return None if field is None else field.type


def _shape_of(type: Type | None) -> str | None:
    return type.shape if isinstance(type, RecordT) else None


def _reads_of(node: Expr, scope: dict[int, str | None], vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(node, Read):
        yield from _along(scope.get(node.var), node.path, vocabulary)
    inner = scope
    if isinstance(node, Quant | Fold):
        match node.source:
            case Each():
                yield from _along(scope.get(node.source.var), node.source.path, vocabulary)
                inner = {**scope, node.var: _shape_of(node.source.element)}
            case Corpus() | Members():
                if isinstance(node.source, Corpus):
                    for key, _ in node.source.keys:
                        yield from _along(node.source.shape, key, vocabulary)
                inner = {**scope, node.var: node.source.shape}
    if isinstance(node, Unique | First) and node.within is not None:
        yield from _along(scope.get(node.within.var), node.within.path, vocabulary)
    for one in children(node):
        yield from _reads_of(one, inner, vocabulary)


def _along(shape: str | None, path: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    for step in path:
        if shape is None:
            return
        yield shape, (step,)
        type = _field_type(shape, step, vocabulary)
        shape = _shape_of(type.element if isinstance(type, ListT) else type)


def merged(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each shape once, with all that is read of it, in the order of first mention."""
    fields: dict[str, dict[str, None]] = {}
    for shape, ids in pairs:
        fields.setdefault(shape, {}).update(dict.fromkeys(ids))
    return tuple((shape, tuple(ids)) for shape, ids in fields.items())
