"""Three truths as formulas: what a proposition and an operand of the rules become for the solver.

A formula is a Boolean term of z3, or a plain `True` or `False`, so that what is known beforehand never reaches the solver.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

import z3

from guiju.terms.fast_dataclass import fast_dataclass

__all__ = [
    "FALSE",
    "TRUE",
    "UNKNOWN",
    "VACUOUS",
    "Formula",
    "Truth3",
    "Value",
    "all_of",
    "any_of",
    "at_least",
    "choose",
    "connect",
    "constant",
    "either",
    "lift",
    "negate",
    "pick",
    "same_term",
    "stopped",
    "strict_test",
]

Formula: TypeAlias = Any
"""A z3 BoolRef, or a plain bool."""


def all_of(*parts: Formula) -> Formula:
    """The conjunction."""
    kept: list[Formula] = []
    for one in parts:
        if one is False:
            return False
        if one is not True:
            kept.append(one)
    return True if not kept else kept[0] if len(kept) == 1 else _joined(z3.Z3_mk_and, kept)


def any_of(*parts: Formula) -> Formula:
    """The disjunction."""
    kept: list[Formula] = []
    for one in parts:
        if one is True:
            return True
        if one is not False:
            kept.append(one)
    return False if not kept else kept[0] if len(kept) == 1 else _joined(z3.Z3_mk_or, kept)


def _joined(make: Any, parts: list[Any]) -> Any:
    """What `z3.And` and `z3.Or` make, without the looks at each argument that take most of their time."""
    context = parts[0].ctx
    asts = (z3.Ast * len(parts))(*(one.ast for one in parts))
    return z3.BoolRef(make(context.ref(), len(parts), asts), context)


def negate(one: Formula) -> Formula:
    """The negation."""
    return (not one) if isinstance(one, bool) else z3.BoolRef(z3.Z3_mk_not(one.ctx.ref(), one.ast), one.ctx)


def choose(condition: Formula, then: Formula, other: Formula) -> Formula:
    """One formula or the other."""
    if isinstance(condition, bool):
        return then if condition else other
    if then is other:
        return then
    if then is True and other is False:
        return condition
    return z3.If(condition, lift(then), lift(other))


def lift(one: Any) -> Any:
    """A term of z3 for a plain bool, whole number or fraction; other terms as they are."""
    if isinstance(one, bool):
        return z3.BoolVal(one)
    if isinstance(one, int):
        return _whole(one)
    if isinstance(one, Fraction):
        return z3.Q(one.numerator, one.denominator)
    return one


@lru_cache(maxsize=4096)
def _whole(number: int) -> Any:
    return z3.IntVal(number)


def at_least(count: int, formulas: Sequence[Formula]) -> Formula:
    """Whether so many of the formulas hold."""
    sure = sum(1 for one in formulas if one is True)
    rest = [one for one in formulas if not isinstance(one, bool)]
    wanted = count - sure
    if wanted <= 0:
        return True
    if wanted > len(rest):
        return False
    if wanted == 1:
        return any_of(*rest)
    if wanted == len(rest):
        return all_of(*rest)
    return z3.PbGe([(one, 1) for one in rest], wanted)


@fast_dataclass(frozen=True, slots=True)
class Truth3:
    """When a proposition is true, false, vacuous, and a fault; otherwise it is unknown. No two of them hold at once."""

    t: Formula
    f: Formula
    v: Formula = False
    x: Formula = False

    @property
    def u(self) -> Formula:
        """When it is unknown."""
        return negate(any_of(self.t, self.f, self.v, self.x))

    @property
    def plain(self) -> bool:
        """Whether it can be neither vacuous nor a fault."""
        return self.v is False and self.x is False

    def turned(self) -> "Truth3":
        """The negation of the proposition."""
        return Truth3(self.f, self.t, self.v, self.x)


TRUE, FALSE, UNKNOWN, VACUOUS = Truth3(True, False), Truth3(False, True), Truth3(False, False), Truth3(False, False, True)


def connect(args: Sequence[Truth3], *, conjunction: bool) -> Truth3:
    """且 and 或: what decides, decides before a fault to its right; what is vacuous gives way."""
    parts = args if conjunction else [one.turned() for one in args]
    if all(one.plain for one in parts):
        made = Truth3(all_of(*(one.t for one in parts)), any_of(*(one.f for one in parts)))
        return made if conjunction else made.turned()
    decided: Formula = False
    fault: Formula = False
    for one in parts:
        before = any_of(decided, fault)
        decided = any_of(decided, all_of(one.f, negate(before)))
        fault = any_of(fault, all_of(one.x, negate(before)))
    stopped_early = any_of(decided, fault)
    known = all_of(negate(stopped_early), *(negate(one.u) for one in parts))
    some = any_of(*(one.t for one in parts))
    made = Truth3(all_of(known, some), decided, all_of(known, negate(some)), fault)
    return made if conjunction else made.turned()


def either(condition: Truth3, then: Truth3, other: Truth3) -> Truth3:
    """若…则…否则… of propositions; an unknown condition leaves it open unless both branches agree."""
    unsure = condition.u

    def part(name: str) -> Formula:
        left, right = getattr(then, name), getattr(other, name)
        return any_of(all_of(condition.t, left), all_of(condition.f, right), all_of(unsure, left, right))

    fault = any_of(condition.x, all_of(condition.t, then.x), all_of(condition.f, other.x))
    return Truth3(part("t"), part("f"), any_of(condition.v, part("v")), fault)


@fast_dataclass(frozen=True, slots=True)
class Value:
    """An operand: its term, and when there is one; else it is empty, a fault, or unknown.

    `sort` is number, date, text, bool or period; the term of a period is a pair (kind, count), that of a date its ordinal, that of a
    text the number of its atom.
    """

    sort: str
    term: Any
    has: Formula = True
    empty: Formula = False
    fault: Formula = False

    @property
    def unknown(self) -> Formula:
        """When it is unknown."""
        return negate(any_of(self.has, self.empty, self.fault))


def constant(sort: str, term: Any) -> Value:
    """A value that is always there."""
    return Value(sort, term)


def stopped(values: Sequence[Value]) -> tuple[Formula, Formula, Formula]:
    """When all are there, when a strict function of them is a fault, and when it is empty."""
    has = all_of(*(one.has for one in values))
    fault = any_of(*(one.fault for one in values))
    if all(one.empty is False for one in values):
        return has, fault, False
    open_ = any_of(*(one.unknown for one in values))
    return has, fault, all_of(negate(fault), negate(open_), any_of(*(one.empty for one in values)))


def strict_test(values: Sequence[Value], test: Callable[..., tuple[Formula, Formula]]) -> Truth3:
    """A two-valued test of operands; `test` gives when it holds and when it is a fault."""
    has, fault, empty = stopped(values)
    if has is False:
        return Truth3(False, False, empty, fault)
    holds, wrong = test(*(one.term for one in values))
    return Truth3(all_of(has, negate(wrong), holds), all_of(has, negate(wrong), negate(holds)), empty, any_of(fault, all_of(has, wrong)))


def same_term(left: Any, right: Any) -> Formula:
    """When two terms of one sort are the same value."""
    if isinstance(left, tuple):
        return all_of(*(same_term(one, other) for one, other in zip(left, right, strict=True)))
    if not z3.is_expr(left) and not z3.is_expr(right):
        return bool(left == right)
    if left is right:
        return True
    one, other = lift(left), lift(right)
    if (type(one) is type(other) is z3.ArithRef and one.is_int() and other.is_int()) or z3.is_bool(one):
        return z3.BoolRef(z3.Z3_mk_eq(one.ctx.ref(), one.ast, other.ast), one.ctx)
    return one == other


def pick(condition: Formula, then: Any, other: Any) -> Any:
    """One term or the other, of one sort."""
    if isinstance(condition, bool):
        return then if condition else other
    if isinstance(then, tuple):
        return tuple(pick(condition, one, two) for one, two in zip(then, other, strict=True))
    if not z3.is_expr(then) and not z3.is_expr(other) and then == other and type(then) is type(other):
        return then
    left, right = lift(then), lift(other)
    if left.sort() != right.sort():
        left, right = (z3.ToReal(one) if z3.is_int(one) else one for one in (left, right))
    return z3.If(condition, left, right)
