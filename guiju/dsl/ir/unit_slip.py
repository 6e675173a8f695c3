"""The test that a written amount is not usual in another unit only: 5000000 in a column of 万元, where 500 万元 was meant.

It is made of plain nodes, so that every engine runs it as it is; who explains it finds the amounts again by its form.
"""

from decimal import Decimal
from typing import Any

from guiju.dsl.ir import tree as ir
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.quantities.units import Dimension
from guiju.terms.types import MoneyT, NumberT, QuantityT, Type

__all__ = ["Slipped", "likely", "measured", "ratios", "slip_test", "slipped"]

_RATIOS: dict[Dimension, tuple[int, ...]] = {
    Dimension.MONEY: (10**4, 10**8),
    Dimension.COUNT: (10**4, 10**8),
    Dimension.LENGTH: (1000, 10**6),
    Dimension.AREA: (10**6, 10**4),
    Dimension.DATA: (1000, 10**6),
    Dimension.BANDWIDTH: (1000, 10**6),
    Dimension.MASS: (1000, 10**6),
    Dimension.POWER: (1000, 10**6),
    Dimension.ENERGY: (1000, 10**6),
}
"""How many of one unit make one of the units that people take it for, by what is measured; the likeliest first. Powers of ten only:
a sixtieth is no decimal, and 1 小时 for 1 分钟 is no slip that anybody makes in a column."""


@fast_dataclass(frozen=True, slots=True)
class Slipped:
    """A slip test, taken apart: the field, and what is usual of it."""

    read: ir.Read
    low: Decimal
    high: Decimal


def measured(type: Type) -> Dimension | None:
    """What a type with a unit measures; None of any other."""
    match type:
        case MoneyT():
            return Dimension.MONEY
        case QuantityT(dimension=dimension):
            return Dimension(dimension)
        case _:
            return None


def ratios(type: Type) -> tuple[int, ...]:
    """How many times two amounts of that type are apart when one was written in another unit."""
    dimension = measured(type)
    return () if dimension is None else _RATIOS.get(dimension, ())


def _factors(type: Type) -> tuple[Decimal, ...]:
    return tuple(factor for ratio in ratios(type) for factor in (1 / Decimal(ratio), Decimal(ratio)))


def likely(value: Decimal, type: Type, low: Decimal, high: Decimal) -> Decimal | None:
    """What a value that is not usual was likely meant to be: the first amount in another unit that is; None without one."""
    if low <= value <= high:
        return None
    return next((value * factor for factor in _factors(type) if low <= value * factor <= high), None)


def slip_test(read: ir.Read, low: Decimal, high: Decimal) -> ir.Compare:
    """True unless the value is usual in another unit and not as it is written."""
    meant: ir.Expr = read
    for factor in reversed(_factors(read.type)):
        scaled = ir.Arith("*", read, ir.Const(factor, NumberT()), read.type)
        meant = ir.If(_within(scaled, read.type, low, high), scaled, meant, read.type)
    return ir.Compare("=", read, ir.If(_within(read, read.type, low, high), read, meant, read.type))


def _within(value: ir.Expr, type: Type, low: Decimal, high: Decimal) -> ir.And:
    return ir.And((ir.Compare("≥", value, ir.Const(low, type)), ir.Compare("≤", value, ir.Const(high, type))))


def slipped(test: ir.Expr) -> Slipped | None:
    """The slip test taken apart; None of any other test."""
    match test:
        case ir.Compare(
            op="=",
            left=ir.Read() as read,
            right=ir.If(
                cond=ir.And(
                    args=(ir.Compare(op="≥", left=seen, right=ir.Const(value=low)), ir.Compare(op="≤", right=ir.Const(value=high)))
                ),
                then=then,
                other=ir.If(),
            ),
        ) if seen == then == read:
            return Slipped(read, _decimal(low), _decimal(high))
        case _:
            return None


def _decimal(value: Any) -> Decimal:
    return Decimal(value)
