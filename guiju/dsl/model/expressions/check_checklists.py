"""Checklists: a test said of several named things at once, and how many of them must pass it.

每项 is the conjunction of the tests; the counts are nodes of their own, so that a finding can name what passed and what did not.
"""

from collections.abc import Callable
from dataclasses import replace

from guiju.dsl.ir import tree as ir
from guiju.dsl.model.names.context import Context, Scope
from guiju.dsl.syntax import tree as syn
from guiju.terms.tongue import Both

__all__ = ["checklist", "tested_checklist"]


def tested_checklist(expr: syn.Expr) -> tuple[syn.Several, Callable[[syn.Expr], syn.Expr]] | None:
    """The checklist of which a test is said, and the same test said of one thing; None for any other expression."""
    match expr:
        case syn.Binary(op=op, left=syn.Several() as listed) if op not in ("and", "or", "+", "-", "*", "/", "on_day"):
            return listed, lambda item: replace(expr, left=item)
        case syn.Postfix(operand=syn.Several() as listed):
            return listed, lambda item: replace(expr, operand=item)
        case syn.Several():
            return expr, lambda item: item
        case _:
            return None


def checklist(ctx: Context, listed: syn.Several, test: Callable[[syn.Expr], syn.Expr], scope: Scope) -> ir.Expr | None:
    """The test of each thing listed, put together; None once complained."""
    count = _count(ctx, listed)
    made = [ctx.proposition(test(item), scope) for item in listed.items]
    args = tuple(one for one in made if one is not None)
    if count is None or len(args) != len(made) or not args:
        return None
    kind = ir.QuantKind(listed.kind)
    if kind is ir.QuantKind.EVERY:
        return ir.And(args) if len(args) > 1 else args[0]
    return ir.Several(kind, count, args)


def _count(ctx: Context, listed: syn.Several) -> int | None:
    if listed.count is None:
        return 0
    match listed.count:
        case syn.Number(value=value) if value >= 0 and value == int(value):
            if value > len(listed.items):
                total = str(len(listed.items))
                ctx.found.report("T076", listed.count.span, count=str(int(value)), total=total, help=_HELP)
                return None
            return int(value)
        case syn.Hole():
            return None
        case other:
            ctx.found.report("T015", other.span)
            return None


_HELP = Both("数不能多于清单里的项", "the number is no greater than that of what is listed")
