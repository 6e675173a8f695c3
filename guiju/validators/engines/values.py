"""Values as compiled code and join operators compare, order and fold them; the meaning is the interpreter's."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from guiju.terms.types import PeriodT, Type
from guiju.validators.engines.interpreter.folds import fold_values
from guiju.validators.engines.interpreter.values import Empty, Fault, Has, Operand, order, same

__all__ = ["EMPTY", "OPEN", "SKIP", "Deoptimize", "fold", "in_order", "is_among", "is_same", "plain_number", "value_or_gap"]


class Deoptimize(Exception):
    """Compiled code gives up on this record: the interpreter judges it."""


class _Empty:
    """No value, because there was nothing to take it of."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "EMPTY"


class _Mark:
    """What a member of a group brings instead of a value."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __reduce__(self) -> str:
        return self.name


EMPTY = _Empty()


SKIP, OPEN = _Mark("SKIP"), _Mark("OPEN")


def plain_number(value: Any) -> Any:
    """A number as int or Fraction, which compare exactly with one another; any other value as it is."""
    if value.__class__ is Decimal:
        whole = Fraction(value)
        return whole.numerator if whole.denominator == 1 else whole
    if value.__class__ is Fraction and value.denominator == 1:
        return value.numerator
    return value


def value_or_gap(found: Operand) -> Any:
    """The value of an operand, None where it is unknown, EMPTY where there is nothing. Raises Deoptimize for a fault."""
    match found:
        case Has(value):
            return plain_number(value)
        case Empty():
            return EMPTY
        case Fault():
            raise Deoptimize
        case _:
            return None


def fold(fn: str, type: Type) -> Callable[[list[Any]], Any]:
    """An aggregate of known items."""
    if fn == "sum":
        return lambda items: plain_number(sum(items))
    if fn in ("max", "min") and not isinstance(type, PeriodT):
        best = max if fn == "max" else min
        return lambda items: best(items) if items else EMPTY
    return lambda items: value_or_gap(fold_values(fn, items, type))


def is_same(left: Any, right: Any) -> bool:
    """Equality of two values that are not plainly comparable, such as periods."""
    return same(left, right)


def in_order(left: Any, right: Any) -> int:
    """-1, 0 or 1. Raises Deoptimize where the values have no order."""
    found = order(left, right)
    if isinstance(found, Fault):
        raise Deoptimize
    return found


def is_among(value: Any, options: tuple[Any, ...]) -> bool:
    """Whether a period is one of these."""
    return any(same(value, one) for one in options)
