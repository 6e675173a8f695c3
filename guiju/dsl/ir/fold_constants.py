"""What can be known before any subject is seen is computed now; nothing that could be unknown or an error is touched.

It folds only what is the same in every engine: connectives with constant truths stay as they are, for a proposition has no
constant form; arithmetic on constants of one kind becomes a constant.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.rewrite import rewrite, rule_with
from guiju.terms.quantities.quantity import exact_decimal
from guiju.terms.types import IntT, MoneyT, NumberT, PercentT, QuantityT

__all__ = ["fold_constants", "fold_expr"]


def fold_constants(rule: ir.Rule) -> ir.Rule:
    """The rule with constant arithmetic done and double negations gone."""
    return rule_with(rule, fold_expr)


def fold_expr(expr: ir.Expr) -> ir.Expr:
    """The same for one expression."""
    made = rewrite(expr, fold_expr)
    match made:
        case ir.Not(arg=ir.Not(arg=inner)):
            return inner
        case ir.And(args=args):
            return ir.And(_flat(args, ir.And))
        case ir.Or(args=args):
            return ir.Or(_flat(args, ir.Or))
        case ir.Arith(op=op, left=ir.Const(value=left), right=ir.Const(value=right), type=ty):
            value = _computed(op, left, right)
            if value is None or not isinstance(ty, IntT | NumberT | MoneyT | PercentT | QuantityT):
                return made
            return ir.Const(value, ty)
        case _:
            return made


def _flat(args: tuple[ir.Expr, ...], kind: type[ir.And] | type[ir.Or]) -> tuple[ir.Expr, ...]:
    return tuple(inner for one in args for inner in (one.args if isinstance(one, kind) else (one,)))


def _computed(op: str, left: Any, right: Any) -> int | Decimal | Fraction | None:
    if not all(isinstance(one, int | Decimal | Fraction) and not isinstance(one, bool) for one in (left, right)):
        return None
    one, other = Fraction(left), Fraction(right)
    match op:
        case "+":
            exact = one + other
        case "-":
            exact = one - other
        case "*":
            exact = one * other
        case _:
            if other == 0:
                return None
            exact = one / other
    if isinstance(left, int) and isinstance(right, int) and exact.denominator == 1:
        return int(exact)
    decimal = exact_decimal(exact)
    return exact if decimal is None else decimal
