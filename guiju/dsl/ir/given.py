"""What an aggregate counts, written out: elements that are not given make 数量 unknown, and 忽略未提供 leaves them out.

Both are said by tests of state that every engine has, so that no engine knows of them. The meaning is docs/language.md §4.
"""

from collections.abc import Iterator
from dataclasses import replace

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children, sources_of
from guiju.terms.fact import State
from guiju.terms.types import IntT

__all__ = ["written_out"]

_GIVEN = (State.VALUE, State.UNREADABLE)
_INT = IntT()


def written_out(fold: ir.Fold) -> ir.Fold:
    """The aggregate with what it leaves out, and what it cannot count, said by tests of state; nested ones stay as they are."""
    if fold.skip_missing:
        return _given_only(fold)
    if fold.fn == "count" and fold.item is None and isinstance(fold.source, ir.Each):
        element = ir.Read(fold.var, (), fold.source.element)
        return replace(fold, item=ir.If(ir.Is(element, _GIVEN), ir.Const(1, _INT), element, _INT))
    return fold


def _given_only(fold: ir.Fold) -> ir.Fold:
    """What is unreadable is given: it is not left out, and the aggregate is unknown because of it."""
    parts = [part for part in (fold.item, fold.where, fold.among) if part is not None]
    reads = dict.fromkeys(read for part in parts for read in _reads(part, fold.var))
    if isinstance(fold.source, ir.Each) and not reads:
        reads = {ir.Read(fold.var, (), fold.source.element): None}
    tests = (*(ir.Is(read, _GIVEN) for read in reads), *([fold.among] if fold.among is not None else []))
    return replace(fold, among=ir.And(tests) if len(tests) > 1 else tests[0] if tests else None, skip_missing=False)


def _reads(expr: ir.Expr, var: int) -> Iterator[ir.Read]:
    """What is read of the element, lists included; a test of state reads no value."""
    if isinstance(expr, ir.Is):
        return
    if isinstance(expr, ir.Read) and expr.var == var:
        yield expr
    for source in sources_of(expr):
        if isinstance(source, ir.Each) and source.var == var:
            yield ir.Read(var, source.path, source.element)
    for one in children(expr):
        yield from _reads(one, var)
