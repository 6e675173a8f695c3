"""What is asked of expressions before they are said: their types and units, their opposites, what need not be told; and lists of words."""

from guiju.dsl.ir.tree import And, Arith, AsOf, Call, Compare, Const, Dated, Expr, Fold, If, Is, Not, Param, Read
from guiju.terms.fact import State
from guiju.terms.tongue import Tongue
from guiju.terms.types import DateT, Type
from guiju.validators.explain.wording import words as W
from guiju.validators.explain.wording.names import Names

__all__ = ["in_brackets", "listed", "negated", "type_of", "unit_hint", "without_presence"]

_ZH = Tongue.ZH
# So many codes of a list are named; the others are counted.
_MOST_NAMED = 5


def type_of(expr: Expr) -> Type | None:
    """The type of an operand as far as it shows how to say its value."""
    match expr:
        case Const() | Param() | Dated() | Read() | If() | Arith() | Call() | Fold():
            return expr.type
        case AsOf():
            return DateT()
        case _:
            return None


def unit_hint(names: Names, *exprs: Expr | None) -> str | None:
    """The unit in which the fields of these operands are declared."""
    for expr in exprs:
        match expr:
            case Read():
                field = names.field_of(expr)
                if field is not None and field.unit is not None:
                    return field.unit
            case Fold() if expr.item is not None:
                found = unit_hint(names.bound(expr.var, expr.source), expr.item)
                if found is not None:
                    return found
            case Arith():
                found = unit_hint(names, expr.left, expr.right)
                if found is not None:
                    return found
            case _:
                continue
    return None


def negated(expr: Expr) -> Expr:
    """The opposite of a proposition, said without 非 where there is a plain word for it."""
    match expr:
        case Not():
            return expr.arg
        case Compare():
            return Compare(W.OPPOSITE[expr.op], expr.left, expr.right)
        case _:
            return Not(expr)


def without_presence(expr: Expr) -> Expr:
    """A conjunction without the tests that a field is given which another of its tests reads: a condition is said so."""
    if not isinstance(expr, And):
        return expr
    kept = tuple(one for one in expr.args if not any(_is_implied(one, other) for other in expr.args if other is not one))
    return And(kept) if len(kept) > 1 else kept[0] if kept else expr


def _is_implied(one: Expr, other: Expr) -> bool:
    """Whether a test says that a field is given, and the other cannot hold unless it is."""
    if not isinstance(one, Is) or State.VALUE not in one.states or State.ABSENT in one.states:
        return False
    sides = (other.left, other.right) if isinstance(other, Compare) else (getattr(other, "operand", None),)
    return not isinstance(other, Is) and one.operand in sides


def in_brackets(text: str, tongue: Tongue) -> str:
    """The text in the brackets of the tongue."""
    return f"（{text}）" if tongue is _ZH else f"({text})"


def listed(said: list[str], tongue: Tongue) -> str:
    """Alternatives: “甲”或“乙”; of many the first, and how many there are."""
    zh = tongue is _ZH
    if len(said) > _MOST_NAMED:
        first, more = said[:_MOST_NAMED], len(said) - _MOST_NAMED
        return f"{'、'.join(first)}等 {len(said)} 项之一" if zh else f"one of {', '.join(first)} and {more} more"
    *most, last = said
    if not most:
        return last
    return f"{'、'.join(most)}或{last}" if zh else f"{', '.join(most)} or {last}"
