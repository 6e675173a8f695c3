"""One walk that makes a node again from its changed children; passes say only what they change."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias, assert_never

from guiju.dsl.ir import tree as ir

__all__ = ["Change", "rewrite", "rule_with"]

Change: TypeAlias = Callable[[ir.Expr], ir.Expr]


def _source(source: ir.Source, change: Change) -> ir.Source:
    if not isinstance(source, ir.Corpus) or not source.keys:
        return source
    return ir.Corpus(source.shape, tuple((path, change(operand)) for path, operand in source.keys))


def rewrite(expr: ir.Expr, change: Change) -> ir.Expr:
    """The node with `change` done to each node directly below."""
    match expr:
        case ir.Const() | ir.AsOf() | ir.Read() | ir.TermUse() | ir.Is():
            return expr
        case ir.Param():
            return replace(expr, on=tuple(change(one) for one in expr.on)) if expr.on else expr
        case ir.Dated():
            return replace(expr, days=tuple(change(one) for one in expr.days), body=change(expr.body))
        case ir.Truthy() | ir.In() | ir.Match() | ir.HasFormat() | ir.Unique() | ir.First():
            return replace(expr, operand=change(expr.operand))
        case ir.Compare() | ir.Arith():
            return replace(expr, left=change(expr.left), right=change(expr.right))
        case ir.Contains():
            return replace(expr, operand=change(expr.operand), part=change(expr.part))
        case ir.And() | ir.Or() | ir.Several() | ir.Call() | ir.TableUse():
            return replace(expr, args=tuple(change(one) for one in expr.args))
        case ir.Not():
            return ir.Not(change(expr.arg))
        case ir.If():
            return ir.If(change(expr.cond), change(expr.then), change(expr.other), expr.type)
        case ir.Quant():
            return replace(expr, source=_source(expr.source, change), body=change(expr.body))
        case ir.Fold():
            return replace(
                expr,
                source=_source(expr.source, change),
                item=change(expr.item) if expr.item is not None else None,
                where=change(expr.where) if expr.where is not None else None,
                among=change(expr.among) if expr.among is not None else None,
            )
        case _:
            assert_never(expr)


def rule_with(rule: ir.Rule, change: Change) -> ir.Rule:
    """The rule with `change` done to each of its expressions."""
    exceptions = tuple(
        replace(one, when=change(one.when), instead=change(one.instead) if one.instead is not None else None) for one in rule.exceptions
    )
    applies = change(rule.applies) if rule.applies is not None else None
    act = rule.act
    if act is not None:
        within = change(act.within) if act.within is not None else None
        act = replace(act, days=tuple(change(one) for one in act.days), within=within)
    fills = tuple((written, change(one)) for written, one in rule.fills)
    defined = tuple((change(one), name, tuple(map(change, args))) for one, name, args in rule.defined)
    requirement = change(rule.requirement)
    return replace(rule, applies=applies, exceptions=exceptions, requirement=requirement, act=act, fills=fills, defined=defined)
