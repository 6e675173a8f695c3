"""Source text of constants, and of the truth of a quantifier from its counts."""

from typing import Any

from guiju.dsl.ir.tree import QuantKind

__all__ = ["counted", "spell"]


def spell(value: Any) -> str | None:
    """A literal of Python that is exactly the value; None for truths and for what is handed to a module by reference instead."""
    if value is None:
        return repr(value)
    if value.__class__ is int and abs(value) < 10**18:
        return repr(value)
    if value.__class__ is str and len(value) <= 60:
        return repr(value)
    return None


def counted(kind: QuantKind, count: int, names: tuple[str, str, str, str]) -> str:
    """The code of a quantifier's truth (0 false, 1 unknown, 2 true, 3 vacuous) from its counts, as an expression.

    `names` are the counts of true, false and unknown bodies and whether the collection has gaps; law 5 of the language.
    """
    true, false, unknown, gap = names
    match kind:
        case QuantKind.EVERY:
            return f"0 if {false} else 1 if {gap} or {unknown} else 2 if {true} else 3"
        case QuantKind.SOME:
            return f"2 if {true} else 1 if {gap} or {unknown} else 0"
        case QuantKind.NO:
            return f"0 if {true} else 1 if {gap} or {unknown} else 2"
        case QuantKind.AT_LEAST:
            return f"2 if {true} >= {count} else 1 if {gap} or ({unknown} and {true} + {unknown} >= {count}) else 0"
        case QuantKind.AT_MOST:
            return f"0 if {true} > {count} else 1 if {gap} or ({unknown} and {true} + {unknown} > {count}) else 2"
        case QuantKind.EXACTLY:
            open_ended = f"{gap} or ({unknown} and {true} + {unknown} >= {count})"
            return f"0 if {true} > {count} else 1 if {open_ended} else 2 if {true} == {count} else 0"
