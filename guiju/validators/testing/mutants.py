"""Makes mutants of a rule: the same rule with one operator, bound or connective changed. Others run the cases against them.

A mutant is made of the IR, so it needs no compiler; it says in words what was changed into what.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from guiju.dsl.ir.rewrite import rewrite
from guiju.dsl.ir.tree import (
    And,
    Arith,
    Compare,
    Const,
    Contains,
    Corpus,
    Expr,
    First,
    Fold,
    HasFormat,
    If,
    In,
    Is,
    Match,
    Not,
    Or,
    Param,
    Parameter,
    ParamValue,
    Quant,
    QuantKind,
    Rule,
    Several,
    Truthy,
    Unique,
)
from guiju.terms.fact import State
from guiju.terms.time.period import Period
from guiju.terms.tongue import Both
from guiju.terms.types import DateT, TextT
from guiju.validators.explain.phrases import Names, phrase
from guiju.validators.explain.values import bilingual
from guiju.validators.explain.wording.rule_parts import part_words

__all__ = ["MOST", "Mutant", "mutants_of"]

MOST = 2000
"""The most mutants of one version of one rule; beyond it a rule is too large for its cases to be weighed so."""

_OPERATORS = {"=": "≠", "≠": "=", "<": "≤≥", "≤": "<>", ">": "≥≤", "≥": "><"}
_ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*"}
_FOLDS = {"max": "min", "min": "max", "sum": "max", "avg": "max"}
# Of a longer set the first, the middle and the last are left out in turn: the set is then a list that was copied.
_MOST_OPTIONS = 6
_GONE = Both("（删去）", "(left out)")
_TESTS = (Truthy, In, Match, HasFormat, Contains, Unique, First)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change: the changed version of the rule, in which part, and what became what, in words.

    `parameters` are the parameters with another value that the changed rule reads in place of its own.
    """

    rule: Rule
    part: Both
    was: Both
    now: Both
    parameters: tuple[Parameter, ...] = ()

    @property
    def words(self) -> Both:
        """The change in one line."""
        return Both(f"{self.part.zh}：“{self.was.zh}”改成“{self.now.zh}”", f'{self.part.en}: "{self.was.en}" becomes "{self.now.en}"')


@dataclass(frozen=True, slots=True)
class _Change:
    """A whole expression in which one node was changed, in the scope of that node; `now` is None where it was left out."""

    whole: Expr
    was: Expr
    now: Expr | None
    names: Names
    parameters: tuple[Parameter, ...] = ()


def mutants_of(rule: Rule, names: Names, parameters: tuple[Parameter, ...]) -> tuple[Mutant, ...]:
    """Every mutant of one version of a rule, in the order of its parts; `names` are those before any binder."""
    known = {one.id: one for one in parameters}
    return tuple(islice(_mutants(rule, names, known), MOST))


def _mutants(rule: Rule, names: Names, parameters: dict[str, Parameter]) -> Iterator[Mutant]:
    yield from _without_parts(rule, names)
    for part, expr, put in part_words(rule):
        for change in _changes(expr, names, parameters):
            yield Mutant(
                rule=put(change.whole),
                part=part,
                was=_said(change.was, change.names),
                now=_GONE if change.now is None else _said(change.now, change.names),
                parameters=change.parameters,
            )


def _without_parts(rule: Rule, names: Names) -> Iterator[Mutant]:
    """The rule without its condition, without an exception, without yielding."""
    if rule.act is not None and rule.act.within is not None:
        anyday = replace(rule, act=replace(rule.act, within=None))
        yield Mutant(rule=anyday, part=Both("行为日", "act day"), was=_said(rule.act.within, names), now=_GONE)
    if rule.applies is not None:
        yield Mutant(rule=replace(rule, applies=None), part=Both("适用", "applies"), was=_said(rule.applies, names), now=_GONE)
    for at, one in enumerate(rule.exceptions):
        rest = (*rule.exceptions[:at], *rule.exceptions[at + 1 :])
        yield Mutant(
            rule=replace(rule, exceptions=rest),
            part=Both("过渡", "transition") if one.transition else Both("除外", "except"),
            was=one.label,
            now=_GONE,
        )
    for other in rule.yields_to:
        rest_of = tuple(one for one in rule.yields_to if one != other)
        yield Mutant(rule=replace(rule, yields_to=rest_of), part=Both("受限制于", "yields to"), was=Both(other, other), now=_GONE)


def _said(expr: Expr, names: Names) -> Both:
    return bilingual(lambda tongue: phrase(expr, names, tongue))


def _changes(expr: Expr, names: Names, parameters: dict[str, Parameter]) -> Iterator[_Change]:
    """Every change at this node, then every change below it."""
    for now in _flips(expr):
        yield _Change(now, expr, now, names)
    for whole, gone in _shorter(expr):
        yield _Change(whole, gone, None, names)
    for bound, shifted in _bounds(expr, parameters):
        yield _Change(bound, expr, bound, names, shifted)
    bound_from = len(expr.source.keys) if isinstance(expr, Quant | Fold) and isinstance(expr.source, Corpus) else 0
    for at, child in enumerate(_below(expr)):
        # What a count counts is written out by the compiler (dsl/ir/given.py): nobody wrote it, so nobody can have erred in it.
        if isinstance(expr, Fold) and expr.fn == "count" and child is expr.item:
            continue
        inner = names.bound(expr.var, expr.source) if isinstance(expr, Quant | Fold) and at >= bound_from else names
        for change in _changes(child, inner, parameters):
            # The opposite of what is negated is what the negation itself becomes when it is left out.
            if isinstance(expr, Not) and change.was is child and isinstance(change.now, Not):
                continue
            whole = _with_child(expr, at, change.whole)
            # A bound alone says little: it is shown in the comparison in which it stands.
            if isinstance(child, Const | Param):
                yield _Change(whole, expr, whole, names, change.parameters)
            else:
                yield replace(change, whole=whole)


def _below(expr: Expr) -> list[Expr]:
    found: list[Expr] = []

    def note(child: Expr) -> Expr:
        found.append(child)
        return child

    rewrite(expr, note)
    return found


def _with_child(expr: Expr, at: int, child: Expr) -> Expr:
    count = iter(range(1_000_000))
    return rewrite(expr, lambda old: child if next(count) == at else old)


# ---- what may be changed at one node -----------------------------------------------------------------------------------------


def _flips(expr: Expr) -> Iterator[Expr]:
    match expr:
        case Compare():
            yield from (replace(expr, op=op) for op in _OPERATORS[expr.op])
        case And() | Or():
            yield Or(expr.args) if isinstance(expr, And) else And(expr.args)
        case Not():
            yield expr.arg
        case Is():
            yield Is(expr.operand, tuple(state for state in State if state not in expr.states))
        case If():
            yield If(expr.cond, expr.other, expr.then, expr.type)
        case Arith():
            # A day less a day is a number of days; two days have no sum.
            if not (isinstance(_type(expr.left), DateT) and isinstance(_type(expr.right), DateT)) and not isinstance(expr.type, TextT):
                yield replace(expr, op=_ARITHMETIC[expr.op])
        case Quant() | Several():
            yield from _quantifiers(expr)
        case Fold():
            if expr.fn in _FOLDS:
                yield replace(expr, fn=_FOLDS[expr.fn])
            if expr.where is not None and expr.fn != "share":
                yield replace(expr, where=None)
            if expr.among is not None:
                yield replace(expr, among=None)
        case _ if isinstance(expr, _TESTS):
            yield Not(expr)
        case _:
            return


def _type(expr: Expr) -> Any:
    return getattr(expr, "type", None)


def _shorter(expr: Expr) -> Iterator[tuple[Expr, Expr]]:
    """A connective with one argument less, a set with one member less; and what was left out."""
    match expr:
        case And() | Or():
            for at, arg in enumerate(expr.args):
                rest = (*expr.args[:at], *expr.args[at + 1 :])
                yield rest[0] if len(rest) == 1 else replace(expr, args=rest), arg
        case Several() if len(expr.args) > max(1, expr.count):
            for at, arg in enumerate(expr.args):
                yield replace(expr, args=(*expr.args[:at], *expr.args[at + 1 :])), arg
        case In() if len(expr.options) > 1:
            last = len(expr.options) - 1
            for at in range(last + 1) if last < _MOST_OPTIONS else (0, last // 2, last):
                left = (*expr.options[:at], *expr.options[at + 1 :])
                yield replace(expr, options=left), Compare("=", expr.operand, expr.options[at])
        case _:
            return


def _quantifiers(expr: Quant | Several) -> Iterator[Expr]:
    kind, n = QuantKind, expr.count
    match expr.kind:
        case kind.EVERY:
            yield replace(expr, kind=kind.SOME)
        case kind.SOME:
            yield replace(expr, kind=kind.EVERY)
        case kind.NO:
            yield replace(expr, kind=kind.SOME)
            yield Not(replace(expr, kind=kind.EVERY))
        case kind.AT_LEAST:
            yield replace(expr, kind=kind.AT_MOST)
            yield from (replace(expr, count=m) for m in (n - 1, n + 1) if m >= 1)
        case kind.AT_MOST:
            yield replace(expr, kind=kind.AT_LEAST)
            yield from (replace(expr, count=m) for m in (n - 1, n + 1) if m >= 0)
        case kind.EXACTLY:
            yield replace(expr, kind=kind.AT_LEAST)
            yield replace(expr, kind=kind.AT_MOST)


def _bounds(expr: Expr, parameters: dict[str, Parameter]) -> Iterator[tuple[Expr, tuple[Parameter, ...]]]:
    """The bound a little lower and a little higher; of a parameter, each of its values."""
    match expr:
        case Const():
            for value in _near(expr.value):
                yield Const(value, expr.type), ()
        case Param() if expr.id in parameters:
            parameter = parameters[expr.id]
            for at, sign in enumerate("-+"):
                values = tuple(_shifted(one, at) for one in parameter.values)
                if any(new is not old for new, old in zip(values, parameter.values, strict=True)):
                    id = f"{expr.id}{sign}1"
                    yield Param(id, expr.type), (replace(parameter, id=id, values=values),)
        case _:
            return


def _shifted(value: ParamValue, at: int) -> ParamValue:
    near = _near(value.value)
    return replace(value, value=near[at]) if len(near) == 2 else value


def _near(value: Any) -> tuple[Any, ...]:
    """One less and one more, by the last place in which the value is written; nothing for what is no bound."""
    match value:
        case bool():
            return ()
        case int():
            return value - 1, value + 1
        case Decimal() if value:
            exponent = value.normalize().as_tuple().exponent
            step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
            return value - step, value + step
        case Fraction() if value:
            return value - Fraction(1, value.denominator), value + Fraction(1, value.denominator)
        case date() if date.min < value < date.max:
            return value - timedelta(days=1), value + timedelta(days=1)
        case Period():
            return replace(value, count=value.count - 1), replace(value, count=value.count + 1)
        case _:
            return ()
