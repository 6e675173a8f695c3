"""The truths of the intermediate form that hold after every pass; a breach is a bug of ours, never of a rule's author."""

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children, sources_of, type_of
from guiju.terms.types import BoolT, ListT, RecordT, TruthT

__all__ = ["BrokenInvariant", "verify"]

_OPS = frozenset({"=", "≠", "<", "≤", ">", "≥"})


class BrokenInvariant(AssertionError):
    """A node that no pass may leave behind."""


def verify(rules: tuple[ir.Rule, ...]) -> None:
    """Raise BrokenInvariant for the first rule that breaks a truth."""
    for rule in rules:
        bound = frozenset({0, 1}) if rule.subject.path else frozenset({0})
        props = [rule.requirement, *([rule.applies] if rule.applies is not None else [])]
        props += [rule.act.within] if rule.act is not None and rule.act.within is not None else []
        for one in rule.exceptions:
            props += [one.when, *([one.instead] if one.instead is not None else [])]
        for expr in props:
            _require(isinstance(type_of(expr), TruthT), rule.id, "a part of a rule is a proposition", expr)
            _look(expr, bound, rule.id)


def _require(truth: bool, rule: str, said: str, expr: object) -> None:
    if not truth:
        raise BrokenInvariant(f"{rule}: {said}: {expr!r:.300}")


def _look(expr: ir.Expr, bound: frozenset[int], rule: str) -> None:
    for source in sources_of(expr):
        if isinstance(source, ir.Each):
            _require(source.var in bound, rule, "a source reads a bound variable", expr)
    match expr:
        case ir.TermUse() | ir.TableUse():
            _require(False, rule, "terms and tables are written out", expr)
        case ir.Read(var=var):
            _require(var in bound, rule, "a read is of a bound variable", expr)
            _require(not isinstance(expr.type, ListT | TruthT), rule, "an operand is one value", expr)
        case ir.Is(operand=read):
            _require(read.var in bound, rule, "a read is of a bound variable", expr)
            return
        case ir.And(args=args) | ir.Or(args=args):
            _require(len(args) >= 2, rule, "a connective has two arguments at least", expr)
            _require(all(isinstance(type_of(one), TruthT) for one in args), rule, "connectives join propositions", expr)
        case ir.Several(args=args):
            _require(bool(args) and all(isinstance(type_of(one), TruthT) for one in args), rule, "a checklist is of propositions", expr)
        case ir.Not(arg=arg):
            _require(isinstance(type_of(arg), TruthT), rule, "a negation is of a proposition", expr)
        case ir.Truthy(operand=operand):
            _require(isinstance(type_of(operand), BoolT), rule, "truth is of a yes or no", expr)
        case ir.Compare(op=op, left=left, right=right):
            _require(op in _OPS, rule, "an operator of six", expr)
            values = all(not isinstance(type_of(one), TruthT | RecordT | ListT) for one in (left, right))
            _require(values, rule, "comparisons are of values", expr)
        case ir.Match() | ir.HasFormat() | ir.Contains():
            _require(not isinstance(type_of(expr.operand), TruthT), rule, "tests are of values", expr)
        case _:
            pass
    if isinstance(expr, ir.Quant | ir.Fold):
        _binder(expr, bound, rule)
        return
    for one in children(expr):
        _look(one, bound, rule)


def _binder(expr: ir.Quant | ir.Fold, bound: frozenset[int], rule: str) -> None:
    _require(expr.var not in bound, rule, "a binder takes a free position", expr)
    _require(not isinstance(expr, ir.Fold) or not expr.skip_missing, rule, "what is left out is written out", expr)
    keys = expr.source.keys if isinstance(expr.source, ir.Corpus) else ()
    if isinstance(expr.source, ir.Corpus):
        _require(bool(keys), rule, "documents are joined by an equation", expr)
    for _, operand in keys:
        _look(operand, bound, rule)
    if isinstance(expr, ir.Quant):
        _require(isinstance(type_of(expr.body), TruthT), rule, "a quantifier's body is a proposition", expr)
    for one in children(expr)[len(keys) :]:
        _look(one, bound | {expr.var}, rule)
