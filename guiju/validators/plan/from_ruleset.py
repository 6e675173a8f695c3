"""Plans a ruleset for one day: picks versions, writes parameters in, and finds out what must be read; it reads nothing."""

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Protocol

from guiju.dsl.ir.tree import Const, Corpus, Each, Expr, First, Fold, Members, Param, Parameter, Quant, Read, Rule, SubjectSpec, Unique
from guiju.terms.shape import Vocabulary
from guiju.terms.types import ListT, RecordT, Type
from guiju.validators.plan.tree import Cost, Join, Plan, Planned, Standing

__all__ = ["Rules", "children", "expressions", "plan", "walk"]


class Rules(Protocol):
    """What of a ruleset is planned."""

    @property
    def rules(self) -> tuple[Rule, ...]: ...
    @property
    def parameters(self) -> tuple[Parameter, ...]: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def digest(self) -> str: ...


def plan(ruleset: Rules, *, as_of: date, submitted: date | None = None, shapes: frozenset[str] | None = None) -> Plan:
    """The plan of that day. A submission without a day counts as handed in on the as-of day where 新老划断 asks for it.

    With `shapes`, rules on other shapes are left out: a rule without subjects has no verdicts, so nothing is lost by it.
    """
    constants = _constants(ruleset.parameters, as_of)
    versions: dict[str, list[Rule]] = {}
    for rule in ruleset.rules:
        if shapes is None or rule.subject.shape in shapes:
            versions.setdefault(rule.id, []).append(rule)
    planned = tuple(_planned(group, as_of, submitted or as_of, constants, ruleset.vocabulary) for group in versions.values())
    scans: dict[SubjectSpec, list[int]] = {}
    for at, one in enumerate(planned):
        scans.setdefault(one.rule.subject, []).append(at)
    return Plan(
        digest=ruleset.digest,
        as_of=as_of,
        submitted=submitted,
        vocabulary=ruleset.vocabulary,
        rules=planned,
        scans=tuple((spec, tuple(at)) for spec, at in scans.items()),
        reads=_merged(pair for one in planned if one.active for pair in one.reads),
        joins=tuple(dict.fromkeys(join for one in planned if one.active for join in one.joins)),
    )


def _constants(parameters: tuple[Parameter, ...], as_of: date) -> dict[str, Const]:
    found: dict[str, Const] = {}
    for parameter in parameters:
        for value in parameter.values:
            if _within(as_of, value.start, value.end):
                found[parameter.id] = Const(value.value, parameter.type)
    return found


def _within(day: date, start: date | None, end: date | None) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)


def _planned(versions: list[Rule], as_of: date, submitted: date, constants: dict[str, Const], vocabulary: Vocabulary) -> Planned:
    standings = [(_standing(rule, as_of, submitted), rule) for rule in versions]
    order = list(Standing)
    # Among versions that are not in force, one that only the submission's day or its status excludes is told of first.
    rank = {Standing.ACTIVE: 0, Standing.SUBMITTED: 1, Standing.STATUS: 2, Standing.NOT_YET: 3, Standing.NO_LONGER: 4}
    standing, rule = min(standings, key=lambda pair: (rank[pair[0]], order.index(pair[0]), _distance(pair[1], as_of)))
    nodes = tuple(node for root in expressions(rule) for node in walk(root))
    fixed: Rule = with_constants(rule, constants) if any(isinstance(node, Param) for node in nodes) else rule
    asked = list(expressions(fixed))
    joins = tuple(
        dict.fromkeys(
            Join(shape=node.source.shape, keys=tuple(key for key, _ in node.source.keys))
            for node in nodes
            if isinstance(node, Quant | Fold) and isinstance(node.source, Corpus)
        )
    )
    unique = any(isinstance(node, Unique | First) for node in nodes)
    return Planned(
        rule=fixed,
        standing=standing,
        cost=_cost(fixed, nodes),
        reads=_merged(_reads(fixed, asked, vocabulary)),
        joins=joins,
        unique=unique,
        versions=len(versions),
    )


def _standing(rule: Rule, as_of: date, submitted: date) -> Standing:
    if rule.start is not None and as_of < rule.start:
        return Standing.NOT_YET
    if rule.end is not None and as_of > rule.end:
        return Standing.NO_LONGER
    if not _within(submitted, *rule.submitted):
        return Standing.SUBMITTED
    return Standing.ACTIVE if rule.status == "active" else Standing.STATUS


def _distance(rule: Rule, as_of: date) -> int:
    edge = rule.start if rule.start is not None and as_of < rule.start else rule.end
    return 0 if edge is None else abs((edge - as_of).days)


def with_constants(node: Any, constants: dict[str, Const]) -> Any:
    """The same tree with every parameter that has a value on the day written in."""
    if isinstance(node, Param):
        return constants.get(node.id, node)
    if isinstance(node, tuple):
        changed = tuple(with_constants(one, constants) for one in node)
        return node if all(new is old for new, old in zip(changed, node, strict=True)) else changed
    if dataclasses.is_dataclass(node) and not isinstance(node, type | Const):
        fields = {one.name: getattr(node, one.name) for one in dataclasses.fields(node) if one.init}
        new = {name: with_constants(value, constants) for name, value in fields.items()}
        return node if all(new[name] is fields[name] for name in fields) else dataclasses.replace(node, **new)
    return node


def expressions(rule: Rule) -> Iterator[Expr]:
    """Everything that a rule asks, in the order in which it is asked."""
    if rule.applies is not None:
        yield rule.applies
    for exception in rule.exceptions:
        yield exception.when
        if exception.instead is not None:
            yield exception.instead
    yield rule.requirement


# What no expression is ever found in: most values that a node holds.
_LEAVES = (str, int, bool, type(None), Decimal, date)


def children(node: Expr) -> Iterator[Expr]:
    """The expressions directly under a node, those of its source included, in the order in which they are written."""
    kind: type = type(node)
    for name in _slots(kind):
        yield from _nested(getattr(node, name))


@cache
def _slots(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in dataclasses.fields(kind))


def _nested(value: Any) -> Iterator[Expr]:
    if isinstance(value, _LEAVES):
        return
    if isinstance(value, Corpus):
        for _, operand in value.keys:
            yield operand
    elif isinstance(value, tuple):
        for one in value:
            yield from _nested(one)
    elif isinstance(value, Expr):
        yield value


def walk(node: Expr) -> Iterator[Expr]:
    """The node and everything under it, from the left."""
    yield node
    for one in children(node):
        yield from walk(one)


def _cost(rule: Rule, nodes: tuple[Expr, ...]) -> Cost:
    cost = Cost.ENTRY
    for node in nodes:
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


def _reads(rule: Rule, expressions: list[Expr], vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The shapes and first fields that a rule reads, as far as variables are bound to shapes."""
    spec = rule.subject
    scope = dict(enumerate(_owners(spec, vocabulary)))
    if spec.path:
        yield spec.shape, (spec.path[0],)
    if spec.group is not None:
        yield spec.shape, tuple(key.path[0] for key in spec.group.keys if key.path)
    for root in expressions:
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


def _merged(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    fields: dict[str, dict[str, None]] = {}
    for shape, ids in pairs:
        fields.setdefault(shape, {}).update(dict.fromkeys(ids))
    return tuple((shape, tuple(ids)) for shape, ids in fields.items())
