"""What simple rules ask of single fields: to be filled in, a range, a length, one day not after another.

Only what a spreadsheet can judge by itself is taken, and only what holds whenever the field is filled in; the rest stays with the rules.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from guiju.dsl.ir.tree import And, Call, Citation, Compare, Const, Contains, Expr, HasFormat, In, Is, Match, Or, Read, Rule, Several, Truthy
from guiju.terms.fact import State
from guiju.terms.modality import Force
from guiju.terms.tongue import Both
from guiju.terms.types import DateT, IntT, MoneyT, NumberT, PercentT, TextT

__all__ = ["Bound", "FieldRules", "LengthBound", "Order", "Path", "conjuncts", "field_rules", "provided"]

Path: TypeAlias = tuple[str, ...]

_OPPOSITE = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "=", "≠": "≠"}
_CONTRARY = {"<": "≥", ">": "≤", "≤": ">", "≥": "<", "=": "≠", "≠": "="}
_PROVIDED = frozenset({State.VALUE, State.UNREADABLE})


@dataclass(frozen=True, slots=True)
class Bound:
    """The value stands so to the bound; `op` is one of = ≠ < ≤ > ≥."""

    op: str
    value: Decimal | date


@dataclass(frozen=True, slots=True)
class LengthBound:
    """The number of characters stands so to the bound."""

    op: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Order:
    """The value stands so to the value of another field of the same record."""

    op: str
    other: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRules:
    """What the rules in force say of one field."""

    required: bool = False
    sometimes: bool = False
    checks: tuple[tuple[Bound | LengthBound | Order, Both], ...] = ()
    names: tuple[Both, ...] = ()
    citations: tuple[Citation, ...] = ()


class _Gathered:
    def __init__(self) -> None:
        self.required = False
        self.sometimes = False
        self.checks: dict[Bound | LengthBound | Order, Both] = {}
        self.names: dict[Both, None] = {}
        self.citations: dict[Citation, None] = {}


def field_rules(rules: Iterable[Rule], shape: str, list_path: Path, on: date) -> dict[Path, FieldRules]:
    """For each field of a shape (or of the elements of a list in it), what the rules in force on a day say of it."""
    gathered: dict[Path, _Gathered] = {}
    for rule in rules:
        spec = rule.subject
        if spec.shape != shape or spec.path != list_path or spec.group is not None or not _in_force(rule, on):
            continue
        _gather(rule, gathered)
    return {
        path: FieldRules(
            required=one.required,
            sometimes=one.sometimes and not one.required,
            checks=tuple(one.checks.items()),
            names=tuple(one.names),
            citations=tuple(one.citations),
        )
        for path, one in gathered.items()
    }


def _in_force(rule: Rule, on: date) -> bool:
    return (
        rule.status == "active"
        and (rule.start is None or rule.start <= on)
        and (rule.end is None or on <= rule.end or (rule.act is not None and bool(rule.act.days)))
    )


def _gather(rule: Rule, gathered: dict[Path, _Gathered]) -> None:
    always = rule.applies is None and rule.act is None and not rule.exceptions and rule.submitted == (None, None)
    for test in _tests(rule):
        for path in _paths(test):
            one = gathered.setdefault(path, _Gathered())
            if not rule.implicit:
                one.names[rule.name] = None
            for cite in rule.citations:
                one.citations[cite] = None
        asked = provided(test)
        if asked is not None and rule.force.requires:
            one = gathered.setdefault(asked, _Gathered())
            one.required, one.sometimes = one.required or always, one.sometimes or not always
        if not rule.exceptions and (always or _only_asks_for(rule.applies, _paths(test))):
            for path, check in _checks(test):
                gathered.setdefault(path, _Gathered()).checks.setdefault(check, rule.name)


def _tests(rule: Rule) -> Iterator[Expr]:
    """What must, or ought to, hold, test by test; of what is forbidden, its contrary where a spreadsheet can say it."""
    if rule.force is Force.MAY:
        return
    if not rule.force.forbids:
        yield from conjuncts(rule.requirement)
        return
    for one in rule.requirement.args if isinstance(rule.requirement, Or) else (rule.requirement,):
        if isinstance(one, Compare):
            yield Compare(_CONTRARY[one.op], one.left, one.right)


def conjuncts(expr: Expr) -> Iterator[Expr]:
    """The tests that must all hold for the expression to hold."""
    if isinstance(expr, And):
        for one in expr.args:
            yield from conjuncts(one)
    elif isinstance(expr, Or) and (bare := _unless_absent(expr)) is not None:
        yield from conjuncts(bare)
    else:
        yield expr


def _unless_absent(expr: Or) -> Expr | None:
    """Of `f is not given, or f …` what is asked of f: a blank cell is never coloured anyway."""
    absent = [one for one in expr.args if isinstance(one, Is) and State.VALUE not in one.states]
    rest = [one for one in expr.args if one not in absent]
    if len(rest) != 1 or not absent:
        return None
    return rest[0] if {one.operand.path for one in absent} <= set(_paths(rest[0])) and not isinstance(rest[0], Is) else None


def provided(test: Expr) -> Path | None:
    """The field of the subject that the test asks to be given; None where it asks something else."""
    if isinstance(test, Is) and test.operand.var == 0 and set(test.states) <= _PROVIDED and State.VALUE in test.states:
        return test.operand.path
    return None


def _only_asks_for(applies: Expr | None, paths: Iterable[Path]) -> bool:
    """Whether the rule applies wherever these fields are filled in."""
    known = set(paths)
    return applies is not None and all(provided(one) in known for one in conjuncts(applies))


def _paths(expr: Expr) -> tuple[Path, ...]:
    match expr:
        case Read(var=0, path=path) if path:
            return (path,)
        case Is(operand=operand):
            return _paths(operand)
        case Compare(left=left, right=right):
            return (*_paths(left), *_paths(right))
        case Call(args=args) | And(args=args) | Or(args=args) | Several(args=args):
            return tuple(path for one in args for path in _paths(one))
        case HasFormat(operand=inner) | Match(operand=inner) | In(operand=inner) | Contains(operand=inner) | Truthy(operand=inner):
            return _paths(inner)
        case _:
            return ()


def _checks(test: Expr) -> Iterator[tuple[Path, Bound | LengthBound | Order]]:
    if not isinstance(test, Compare):
        return
    for op, left, right in ((test.op, test.left, test.right), (_OPPOSITE[test.op], test.right, test.left)):
        match left, right:
            case Read(var=0, path=path, type=IntT() | NumberT() | MoneyT() | PercentT() | DateT()), Const(value=value) if path:
                if isinstance(value, date):
                    yield path, Bound(op, value)
                elif isinstance(value, int | Decimal) and not isinstance(value, bool):
                    yield path, Bound(op, Decimal(value))
            case Call(fn="length", args=(Read(var=0, path=path, type=TextT()),)), Const(value=int() | Decimal() as value) if path:
                yield path, LengthBound(op, Decimal(value))
            case Read(var=0, path=path, type=DateT()), Read(var=0, path=other, type=DateT()) if path and other:
                yield path, Order(op, other)
            case _:
                pass
