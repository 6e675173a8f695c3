"""How the steps of a rule on one subject grow with what the subject holds: the power of the size, found without running.

A list within the element of another is walked once in all (parts, then the leaves of each part: first degree); lists that are
walked once for each element of one another multiply (every part with every part: second degree).
"""

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children

__all__ = ["degree_of", "is_metered"]

_Nest = tuple[tuple[int, int | None], ...]
"""The binders that are open, from without: the variable of each, and that in which its list stands; None for looked-up records."""


def degree_of(rule: ir.Rule) -> int:
    """The greatest power, over everything that the rule asks; 0 without lists. Terms must be written out.

    What is looked up by an equation, a record by its key or an element by its value, does not multiply here.
    """
    return max(_powers(one, (), looked=False) for one in _asked(rule))


def is_metered(rule: ir.Rule) -> bool:
    """Whether the steps may multiply all the same: by lists, or by look-ups within look-ups that all find the same many."""
    return max(_powers(one, (), looked=True) for one in _asked(rule)) > 1


def _asked(rule: ir.Rule) -> list[ir.Expr]:
    asked = [rule.requirement, *([rule.applies] if rule.applies is not None else [])]
    asked += [rule.act.within] if rule.act is not None and rule.act.within is not None else []
    for one in rule.exceptions:
        asked += [one.when, *([one.instead] if one.instead is not None else [])]
    return asked


def _powers(expr: ir.Expr, nest: _Nest, *, looked: bool) -> int:
    if isinstance(expr, ir.Quant | ir.Fold):
        source = expr.source
        within = source.var if isinstance(source, ir.Each) else -1 if isinstance(source, ir.Members) else None
        if not looked and _is_joined(expr):
            within = None
        nest = (*nest, (expr.var, within))
    return max((_power(nest, looked=looked), *(_powers(one, nest, looked=looked) for one in children(expr))))


def _is_joined(expr: ir.Quant | ir.Fold) -> bool:
    """Whether the elements are those of which something equals what does not depend on them."""
    body = expr.body if isinstance(expr, ir.Quant) and expr.kind is not ir.QuantKind.EVERY else None
    asked = expr.where if isinstance(expr, ir.Fold) else body
    for one in asked.args if isinstance(asked, ir.And) else (asked,):
        if isinstance(one, ir.Compare) and one.op == "=":
            sides = [side.var for side in (one.left, one.right) if isinstance(side, ir.Read)]
            if len(sides) == 2 and (sides[0] == expr.var) != (sides[1] == expr.var):
                return True
    return False


def _power(nest: _Nest, *, looked: bool) -> int:
    """Lists in which no other of the nest stands multiply; the first look-up beside them is an index and does not."""
    inward = {within for _, within in nest}
    walked = sum(within is not None and var not in inward for var, within in nest)
    found = sum(within is None and var not in inward for var, within in nest)
    return walked + max(found - (walked > 0), 0) if looked else walked
