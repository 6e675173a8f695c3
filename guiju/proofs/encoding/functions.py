"""Arithmetic and builtins as terms: each gives its term, when that is known, and when it is a fault."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import z3

from guiju.dsl.ir import tree as ir
from guiju.proofs.encoding.asking import Asking
from guiju.proofs.encoding.documents import KINDS, Unencodable
from guiju.proofs.encoding.logic import Formula, lift, pick, same_term
from guiju.terms.quantities.units import UNITS
from guiju.terms.time.period import PeriodKind
from guiju.terms.types import PeriodT

__all__ = ["FUNCTIONS", "arithmetic"]

Result = tuple[Any, Formula, Formula]
_DAY = Fraction(UNITS["day"].factor)
_DAYS, _WORKDAYS = KINDS.index(PeriodKind.DAYS), KINDS.index(PeriodKind.WORKDAYS)


def arithmetic(asking: Asking, expr: ir.Arith, left_sort: str, right_sort: str, left: Any, right: Any) -> Result:
    """`+ - * /` on values that are there."""
    match left_sort, right_sort:
        case "date", "period":
            count = right[1] if expr.op == "+" else -right[1]
            return _known(asking.days.after(left, right[0], count))
        case "period", "date":
            return _known(asking.days.after(right, left[0], left[1]))
        case "date", "date":
            return _between(expr, right, left)
        case "period", "period":
            return _periods(expr.op, left, right)
        case "number", "number":
            return _numbers(expr.op, left, right)
        case _:
            raise Unencodable(f"{left_sort} {expr.op} {right_sort}")


def _known(found: tuple[Any, Formula]) -> Result:
    term, known = found
    return term, known, False


def _numbers(op: str, left: Any, right: Any) -> Result:
    if not z3.is_expr(left) and not z3.is_expr(right):
        one, other = Fraction(left), Fraction(right)
        if op == "/":
            return (one / other, True, False) if other else (Fraction(0), False, True)
        return {"+": one + other, "-": one - other, "*": one * other}[op], True, False
    one, other = lift(left), lift(right)
    match op:
        case "+":
            return one + other, True, False
        case "-":
            return one - other, True, False
        case "*":
            return one * other, True, False
        case _:
            zero = same_term(right, Fraction(0))
            return _real(one) / _real(other), True, zero


def _real(term: Any) -> Any:
    return z3.ToReal(term) if z3.is_int(term) else term


def _periods(op: str, left: tuple[Any, Any], right: tuple[Any, Any]) -> Result:
    if (left[0] is not right[0] and left[0] != right[0]) or not isinstance(left[0], int):
        raise Unencodable("the sum of two periods")
    return (left[0], left[1] + right[1] if op == "+" else left[1] - right[1]), True, False


def _between(expr: ir.Arith | ir.Call, start: Any, end: Any) -> Result:
    days = end - start
    if isinstance(expr.type, PeriodT):
        return (_DAYS, days), True, False
    return lift(days) * lift(_DAY) if z3.is_expr(days) else Fraction(days) * _DAY, True, False


def _length(asking: Asking, expr: ir.Call, text: Any) -> Result:
    return asking.world.texts.length(text), True, False


def _year(asking: Asking, expr: ir.Call, day: Any) -> Result:
    return asking.days.year(day), True, False


def _month(asking: Asking, expr: ir.Call, day: Any) -> Result:
    return asking.days.month(day), True, False


def _day(asking: Asking, expr: ir.Call, day: Any) -> Result:
    return asking.days.day(day), True, False


def _days_between(asking: Asking, expr: ir.Call, start: Any, end: Any) -> Result:
    return _between(expr, start, end)


def _workdays_between(asking: Asking, expr: ir.Call, start: Any, end: Any) -> Result:
    count, known = asking.days.workdays_between(start, end)
    return ((_WORKDAYS, count) if isinstance(expr.type, PeriodT) else count), known, False


def _abs(asking: Asking, expr: ir.Call, amount: Any) -> Result:
    if not z3.is_expr(amount):
        return abs(amount), True, False
    return z3.If(amount >= 0, amount, -amount), True, False


def _round(asking: Asking, expr: ir.Call, amount: Any, places: Any) -> Result:
    if z3.is_expr(places) or places != int(places) or abs(places) > 60:
        raise Unencodable("rounding to places that are not stated")
    scale = Fraction(10) ** int(places)
    if not z3.is_expr(amount):
        whole = (abs(Fraction(amount)) * scale * 2 + 1) // 2
        return (whole if amount >= 0 else -whole) / scale, True, False
    size = z3.If(amount >= 0, _real(amount), -_real(amount))
    whole = z3.ToReal(z3.ToInt(size * lift(scale) + z3.Q(1, 2)))
    return z3.If(amount >= 0, whole, -whole) / lift(scale), True, False


def _extreme(op: str) -> Callable[[Asking, ir.Call, Any, Any], Result]:
    def function(asking: Asking, expr: ir.Call, left: Any, right: Any) -> Result:
        sort = "period" if isinstance(left, tuple) else "number"
        keep, wrong = asking.compared(op, sort, left, right)
        return pick(keep, left, right), True, wrong

    return function


def _due_date(asking: Asking, expr: ir.Call, start: Any, period: tuple[Any, Any]) -> Result:
    return _known(asking.days.after(start, period[0], period[1], roll=True))


def _as_period(asking: Asking, expr: ir.Call, days: Any) -> Result:
    if not z3.is_expr(days):
        count = Fraction(days) / _DAY
        return ((_DAYS, int(count)), True, False) if count.denominator == 1 else ((_DAYS, 0), False, True)
    count = _real(days) / lift(_DAY)
    return (_DAYS, z3.ToInt(count)), True, z3.Not(z3.IsInt(count))


def _submission_day(asking: Asking, expr: ir.Call) -> Result:
    return asking.world.as_of.toordinal(), True, False


FUNCTIONS: dict[str, Callable[..., Result]] = {
    "length": _length,
    "year": _year,
    "month": _month,
    "day": _day,
    "days_between": _days_between,
    "workdays_between": _workdays_between,
    "abs": _abs,
    "round": _round,
    "greater": _extreme("≥"),
    "lesser": _extreme("≤"),
    "due_date": _due_date,
    "as_period": _as_period,
    "submission_day": _submission_day,
}
"""By the ids of `dsl.builtins.BUILTINS`; functions that make texts of texts are not among them."""
