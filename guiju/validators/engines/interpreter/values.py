"""What an operand can be while it is computed: a value, unknown, nothing at all, or a fault; and exact arithmetic on values."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.quantities.quantity import exact_decimal
from guiju.terms.time.period import Period, PeriodMismatch, compare_periods
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import IntT, Type
from guiju.terms.verdict import Truth
from guiju.validators.engines.engine import FieldRef

__all__ = [
    "Empty",
    "Fault",
    "Has",
    "Holds",
    "Operand",
    "Outcome",
    "Unknown",
    "accident",
    "as_number",
    "attempt",
    "doubtful",
    "exact",
    "order",
    "same",
    "stopped",
]


T = TypeVar("T")


@fast_dataclass(frozen=True, slots=True)
class Has:
    """A known value."""

    value: Any


@fast_dataclass(frozen=True, slots=True)
class Unknown:
    """No value, because of these spots."""

    spots: frozenset[FieldRef]


@fast_dataclass(frozen=True, slots=True)
class Empty:
    """No value, because there was nothing to take it of (the mean of none)."""


@fast_dataclass(frozen=True, slots=True)
class Fault:
    """An error: what went wrong, in words. It never becomes a value."""

    words: Both


@fast_dataclass(frozen=True, slots=True)
class Holds:
    """A truth; `spots` are what left it open when it is U."""

    truth: Truth
    spots: frozenset[FieldRef] = frozenset()


Operand: TypeAlias = Has | Unknown | Empty | Fault
Outcome: TypeAlias = Holds | Fault


def accident(error: Exception) -> Fault:
    """What nobody foresaw while one rule was asked of one subject: that one verdict is ERROR, and the run goes on."""
    name = type(error).__name__
    return Fault(
        Both(f"计算时出了意外（{name}），请告诉规则的维护者", f"an accident while computing ({name}): tell the keeper of the rule")
    )


def attempt(function: "Callable[..., T]", *values: Any) -> "T | Fault":
    """What the function gives of known values, or the accident that it met."""
    try:
        return function(*values)
    except Exception as error:
        return accident(error)


def as_number(value: Any) -> Fraction | None:
    """A number as an exact fraction; None for what is no number (true and false are none)."""
    if isinstance(value, bool):
        return None
    return Fraction(value) if isinstance(value, int | Decimal | Fraction) else None


def exact(number: Fraction, type: Type) -> int | Decimal | Fraction:
    """The number in the run-time form of its type: a finite decimal where it is one, else the exact fraction."""
    if isinstance(type, IntT) and number.denominator == 1:
        return int(number)
    decimal = exact_decimal(number)
    return number if decimal is None else decimal


def same(left: Any, right: Any) -> bool:
    """Equality of two values of one type; periods of one measure are equal by their length."""
    numbers = as_number(left), as_number(right)
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0] == numbers[1]
    if isinstance(left, Period) and isinstance(right, Period):
        return compare_periods(left, right) == 0
    return bool(left == right)


def order(left: Any, right: Any) -> int | Fault:
    """-1, 0 or 1; a fault for two values that have no order, such as 1个月 and 30天."""
    numbers = as_number(left), as_number(right)
    if numbers[0] is not None and numbers[1] is not None:
        return (numbers[0] > numbers[1]) - (numbers[0] < numbers[1])
    if isinstance(left, Period) and isinstance(right, Period):
        found = compare_periods(left, right)
        if isinstance(found, PeriodMismatch):
            return Fault(_incomparable(left, right))
        return found
    if isinstance(left, date) and isinstance(right, date):
        return (left > right) - (left < right)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    raise TypeError(f"no order between {type(left).__name__} and {type(right).__name__}")


def _incomparable(left: Period, right: Period) -> Both:
    return Both(
        f"{left.say(Tongue.ZH)}与{right.say(Tongue.ZH)}不能比较",
        f"{left.say(Tongue.EN)} and {right.say(Tongue.EN)} cannot be compared",
    )


def stopped(found: list[Operand]) -> Fault | Unknown | Empty | None:
    """What keeps a strict function from being computed, gravest first."""
    for one in found:
        if isinstance(one, Fault):
            return one
    unknown = [one.spots for one in found if isinstance(one, Unknown)]
    if unknown:
        return Unknown(frozenset().union(*unknown))
    return Empty() if any(isinstance(one, Empty) for one in found) else None


def doubtful(outcome: Outcome, spots: frozenset[FieldRef], every: bool) -> Outcome:
    """The body of an element that may not belong: it can no longer decide, only leave open."""
    if isinstance(outcome, Fault) or outcome.truth is Truth.V:
        return outcome
    harmless = Truth.T if every else Truth.F
    return outcome if outcome.truth is harmless else Holds(Truth.U, outcome.spots | spots)
