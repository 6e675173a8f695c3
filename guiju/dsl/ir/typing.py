"""The type of every node of the intermediate form; TruthT for propositions. It never judges whether the type is right."""

from typing import assert_never

from guiju.dsl.ir import tree as ir
from guiju.terms.types import DateT, TruthT, Type

__all__ = ["children", "sources_of", "type_of"]

_TRUTH = TruthT()
_DATE = DateT()


def type_of(expr: ir.Expr) -> Type:
    """What the node is."""
    match expr:
        case ir.AsOf():
            return _DATE
        case ir.Const() | ir.Param() | ir.Dated() | ir.Read() | ir.If() | ir.Arith() | ir.Call() | ir.Fold() | ir.TermUse() | ir.TableUse():
            return expr.type
        case (
            ir.Is()
            | ir.Truthy()
            | ir.Compare()
            | ir.In()
            | ir.Match()
            | ir.HasFormat()
            | ir.Contains()
            | ir.And()
            | ir.Or()
            | ir.Not()
            | ir.Quant()
            | ir.Several()
            | ir.Unique()
            | ir.First()
        ):
            return _TRUTH
        case _:
            assert_never(expr)


def sources_of(expr: ir.Expr) -> tuple[ir.Source, ...]:
    """The collections that the node itself ranges over."""
    match expr:
        case ir.Quant() | ir.Fold():
            return (expr.source,)
        case ir.Unique() | ir.First():
            return (expr.within,) if expr.within is not None else ()
        case _:
            return ()


def children(expr: ir.Expr) -> tuple[ir.Expr, ...]:
    """The nodes directly below, in order of evaluation; the operands of join keys come first."""
    match expr:
        case ir.Const() | ir.AsOf() | ir.Read() | ir.TermUse():
            return ()
        case ir.Param():
            return expr.on
        case ir.Dated():
            return (expr.body,)
        case ir.Is() | ir.Truthy() | ir.In() | ir.Match() | ir.HasFormat() | ir.Unique() | ir.First():
            return (expr.operand,)
        case ir.Compare() | ir.Arith():
            return (expr.left, expr.right)
        case ir.Contains():
            return (expr.operand, expr.part)
        case ir.And() | ir.Or() | ir.Several() | ir.Call() | ir.TableUse():
            return expr.args
        case ir.Not():
            return (expr.arg,)
        case ir.If():
            return (expr.cond, expr.then, expr.other)
        case ir.Quant():
            return (*_keys(expr.source), expr.body)
        case ir.Fold():
            parts = (expr.among, expr.where, expr.item)
            return (*_keys(expr.source), *(part for part in parts if part is not None))
        case _:
            assert_never(expr)


def _keys(source: ir.Source) -> tuple[ir.Expr, ...]:
    return tuple(operand for _, operand in source.keys) if isinstance(source, ir.Corpus) else ()
