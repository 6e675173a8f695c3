"""The two-valued tests on known values: comparison, pattern, and text in text."""

from typing import Any

from guiju.dsl.ir.tree import Match
from guiju.terms.patterns.pattern import compile_pattern
from guiju.validators.engines.interpreter.values import Fault, order, same

__all__ = ["as_truth", "compare", "contains", "hashable", "ids_of", "matches"]


def compare(op: str, left: Any, right: Any) -> bool | Fault:
    """One of = ≠ < ≤ > ≥; a fault where the two have no order."""
    if op in ("=", "≠"):
        return same(left, right) is (op == "=")
    found = order(left, right)
    if isinstance(found, Fault):
        return found
    match op:
        case "<":
            return found < 0
        case "≤":
            return found <= 0
        case ">":
            return found > 0
        case "≥":
            return found >= 0
        case _:
            raise ValueError(f"no comparison {op}")


def matches(expr: Match, text: str) -> bool:
    """Whether the text is, or holds, what the pattern says."""
    pattern, _ = compile_pattern(expr.pattern)
    if pattern is None:
        raise TypeError(f"pattern {expr.pattern!r} should have been refused by the compiler")
    return pattern.matches(text) if expr.whole else pattern.found_in(text)


def contains(how: str, text: str, part: str) -> bool:
    """Whether the text holds, starts with or ends with the part, by code points."""
    match how:
        case "contains":
            return part in text
        case "starts":
            return text.startswith(part)
        case "ends":
            return text.endswith(part)
        case _:
            raise ValueError(f"no relation {how} of texts")


def ids_of(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The ids of a path, without the positions."""
    return tuple(step for step in path if isinstance(step, str))


def hashable(value: Any) -> Any:
    """Values that are the same have the same form; a Decimal, an int and a Fraction of one amount do already."""
    return repr(value) if isinstance(value, dict | list) else value


def as_truth(value: Any) -> bool:
    """A yes or no as a truth."""
    if not isinstance(value, bool):
        raise TypeError(f"{type(value).__name__} is no truth value")
    return value
