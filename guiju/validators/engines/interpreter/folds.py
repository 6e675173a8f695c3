"""Counting truths and folding values: the laws of quantifiers and aggregates (docs/language.md §4, 5–8), apart from reading."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, assert_never

from guiju.dsl.ir.tree import QuantKind
from guiju.terms.types import IntT, Type
from guiju.terms.verdict import Truth
from guiju.validators.engines.engine import FieldRef
from guiju.validators.engines.interpreter.values import Empty, Fault, Has, Holds, Operand, Outcome, as_number, exact, order

__all__ = ["count_truths", "fold_values", "truth_of_counts"]


def count_truths(
    kind: QuantKind, count: int, outcomes: Iterable[Outcome], gaps: frozenset[FieldRef], incomplete: frozenset[FieldRef]
) -> Outcome:
    """The truth of a quantifier over these bodies.

    A witness that decides does so before a fault to its right; a collection that is not there, or that may hold more,
    leaves open whatever no witness has decided.
    """
    true = false = unknown = 0
    spots: set[FieldRef] = set()
    for outcome in outcomes:
        if isinstance(outcome, Fault):
            return outcome
        match outcome.truth:
            case Truth.T:
                true += 1
            case Truth.F:
                false += 1
            case Truth.U:
                unknown += 1
                spots |= outcome.spots
            case Truth.V:
                continue
            case _:
                assert_never(outcome.truth)
        decided = _decided(kind, count, true, false)
        if decided is not None:
            return Holds(decided)
    truth = truth_of_counts(kind, count, true, false, unknown, gap=bool(gaps or incomplete))
    return Holds(truth, frozenset(spots | gaps | incomplete) if truth is Truth.U else frozenset())


def truth_of_counts(kind: QuantKind, count: int, true: int, false: int, unknown: int, *, gap: bool) -> Truth:
    """The truth of a quantifier when all bodies have been counted; `gap`: there may be more of them."""
    decided = _decided(kind, count, true, false)
    if decided is not None:
        return decided
    if gap or (unknown and _is_open(kind, count, true, unknown)):
        return Truth.U
    return _closed(kind, count, true)


def _decided(kind: QuantKind, count: int, true: int, false: int) -> Truth | None:
    """What the witnesses so far decide, whatever else may come."""
    match kind:
        case QuantKind.EVERY:
            return Truth.F if false else None
        case QuantKind.SOME:
            return Truth.T if true else None
        case QuantKind.NO:
            return Truth.F if true else None
        case QuantKind.AT_LEAST:
            return Truth.T if true >= count else None
        case QuantKind.AT_MOST | QuantKind.EXACTLY:
            return Truth.F if true > count else None
        case _:
            assert_never(kind)


def _is_open(kind: QuantKind, count: int, true: int, unknown: int) -> bool:
    """Whether the unknown bodies, taken either way, could still make a difference."""
    match kind:
        case QuantKind.EVERY | QuantKind.SOME | QuantKind.NO:
            return True
        case QuantKind.AT_LEAST:
            return true + unknown >= count
        case QuantKind.AT_MOST:
            return true + unknown > count
        case QuantKind.EXACTLY:
            return true + unknown >= count
        case _:
            assert_never(kind)


def _closed(kind: QuantKind, count: int, true: int) -> Truth:
    """The truth when all is known and nothing has been decided early; `true` also says that there was something."""
    match kind:
        case QuantKind.EVERY:
            return Truth.T if true else Truth.V
        case QuantKind.SOME | QuantKind.AT_LEAST:
            return Truth.F
        case QuantKind.NO | QuantKind.AT_MOST:
            return Truth.T
        case QuantKind.EXACTLY:
            return Truth.of(true == count)
        case _:
            assert_never(kind)


def fold_values(fn: str, items: Sequence[Any], type: Type) -> Operand:
    """An aggregate of known items."""
    match fn:
        case "count":
            return Has(len(items))
        case "distinct":
            return Has(len(set(items)))
        case "sum":
            return Has(exact(sum((_number(one) for one in items), Fraction(0)), type))
    if not items:
        return Empty()
    match fn:
        case "avg" | "share":
            mean = sum((_number(one) for one in items), Fraction(0)) / len(items)
            return Has(mean if isinstance(type, IntT) else exact(mean, type))
        case "max" | "min":
            best = items[0]
            for one in items[1:]:
                found = order(one, best)
                if isinstance(found, Fault):
                    return found
                if found == (1 if fn == "max" else -1):
                    best = one
            return Has(best)
        case _:
            raise ValueError(f"no aggregate {fn}")


def _number(value: Any) -> Fraction:
    number = as_number(value)
    if number is None:
        raise TypeError(f"{'a date' if isinstance(value, date) else repr(value)} cannot be added up")
    return number
