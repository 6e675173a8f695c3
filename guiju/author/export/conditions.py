"""A rule as a breach over plain values: which tests of one record make it FAIL, in three-valued terms that other forms can state.

Of a condition two things can be said: that it is surely true, and that it is surely false. A rule fails where its condition is surely
true, every exception surely false, and its requirement surely broken; what is undetermined fails in no form.
"""

from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from guiju.author.export.model import Unsaid
from guiju.dsl.ir import tree as ir
from guiju.terms.fact import State
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.modality import Force
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, CodeT, DateT, IntT, MoneyT, NumberT, TextT

__all__ = ["All", "Any_", "Breach", "Given", "Test", "breach_of"]


@fast_dataclass(frozen=True, slots=True)
class Given:
    """Whether a value stands in a field (`there`), or none does."""

    field: str
    there: bool


@fast_dataclass(frozen=True, slots=True)
class Test:
    """A value that is there, compared: `op` is one of = ≠ < ≤ > ≥ in out, with a value or several; strings, numbers, dates, booleans."""

    field: str
    op: str
    value: Any


@fast_dataclass(frozen=True, slots=True)
class All:
    """All of them hold."""

    parts: tuple["Breach", ...]


@fast_dataclass(frozen=True, slots=True)
class Any_:
    """One of them holds."""

    parts: tuple["Breach", ...]


Breach: TypeAlias = Given | Test | All | Any_
_OPPOSITE = {"=": "≠", "≠": "=", "<": "≥", "≥": "<", ">": "≤", "≤": ">"}


def breach_of(rule: ir.Rule) -> Breach:
    """When the rule fails. Raises Unsaid."""
    if rule.subject.path or rule.subject.group is not None:
        raise Unsaid(Both("对象不是一条记录", "its subject is not one record"))
    if rule.yields_to:
        raise Unsaid(Both("它让位于别的规则", "it yields to another rule"))
    if any(one.instead is not None for one in rule.exceptions):
        raise Unsaid(Both("除外替换了要求", "an exception replaces the requirement"))
    if rule.force is Force.MAY:
        raise Unsaid(Both("“可”不会不符合", "a permission never fails"))
    # An act that surely falls on a day of the rule; on any other it is no breach.
    parts = [] if rule.act is None or rule.act.within is None else [_sure(rule.act.within, True)]
    parts += [] if rule.applies is None else [_sure(rule.applies, True)]
    parts += [_sure(one.when, False) for one in rule.exceptions]
    parts.append(_sure(rule.requirement, rule.force.forbids))
    return All(tuple(parts))


def _sure(expr: ir.Expr, truth: bool) -> Breach:
    """When a proposition is surely of that truth."""
    match expr:
        case ir.And(args=args):
            parts = tuple(_sure(one, truth) for one in args)
            return All(parts) if truth else Any_(parts)
        case ir.Or(args=args):
            parts = tuple(_sure(one, truth) for one in args)
            return Any_(parts) if truth else All(parts)
        case ir.Not(arg=arg):
            return _sure(arg, not truth)
        case ir.Is(operand=read, states=states):
            return _given(read, states, truth)
        case ir.Truthy(operand=ir.Read() as read):
            return Test(_field(read), "=", truth)
        case ir.Compare(op=op, left=left, right=right):
            return _compared(op, left, right, truth)
        case ir.In(operand=ir.Read() as read, options=options):
            values = tuple(_value(one) for one in options)
            return Test(_field(read), "in" if truth else "out", values)
        case _:
            raise Unsaid(_unsaid(expr))


def _given(read: ir.Read, states: tuple[State, ...], truth: bool) -> Breach:
    held = frozenset(states)
    absent = frozenset({State.ABSENT, State.PENDING, State.NOT_APPLICABLE})
    there = State.VALUE in held
    if State.NOT_APPLICABLE in held and not absent <= held:
        raise Unsaid(Both("声明不适用与没有写要分开", "declared not applicable is told apart from not given"))
    if there and held & absent:
        raise Unsaid(Both("有值与声明并列", "a value stands beside a declaration"))
    if not there and not held & absent:
        raise Unsaid(Both("问值能否读懂", "it asks whether a value can be read"))
    return Given(_field(read), there is truth)


def _compared(op: str, left: ir.Expr, right: ir.Expr, truth: bool) -> Breach:
    turned = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "=", "≠": "≠"}
    if isinstance(left, ir.Const) and isinstance(right, ir.Read):
        left, right, op = right, left, turned[op]
    if not isinstance(left, ir.Read) or not isinstance(right, ir.Const):
        raise Unsaid(_unsaid(left if not isinstance(left, ir.Read) else right))
    said = op if truth else _OPPOSITE[op]
    value = _value(right)
    if said not in ("=", "≠") and isinstance(value, str):
        raise Unsaid(Both("比较先后的是文本", "texts are put in an order"))
    return Test(_field(left), said, value)


def _field(read: ir.Read) -> str:
    if read.var != 0 or len(read.path) != 1:
        raise Unsaid(Both("读取嵌套的字段", "it reads a field within another"))
    if not isinstance(read.type, BoolT | CodeT | DateT | IntT | MoneyT | NumberT | TextT):
        raise Unsaid(Both(f"字段 {read.path[0]} 的类型", f"the type of the field {read.path[0]}"))
    return read.path[0]


def _value(const: ir.Const) -> Any:
    if isinstance(const.value, bool | str | int | Decimal | date):
        return const.value
    raise Unsaid(Both("常量的类型", "the type of a constant"))


_NODES: dict[type, Both] = {
    ir.Quant: Both("逐个看清单里的项", "it looks at each element of a list"),
    ir.Fold: Both("对清单求和或计数", "it counts or adds up a list"),
    ir.Arith: Both("用字段计算", "it computes with fields"),
    ir.Call: Both("调用函数", "it calls a function"),
    ir.Match: Both("按样式匹配文本", "it matches a text with a pattern"),
    ir.HasFormat: Both("检查格式和校验位", "it checks a format"),
    ir.Contains: Both("在文本里找字", "it looks for words in a text"),
    ir.If: Both("若…则…否则…", "it has a conditional"),
    ir.Unique: Both("与其他记录比较", "it compares records with each other"),
    ir.First: Both("与其他记录比较", "it compares records with each other"),
    ir.AsOf: Both("用到检查日", "it asks the day of judgement"),
    ir.Read: Both("两个字段互相比较", "it compares two fields"),
    ir.Param: Both("那一天没有参数", "a parameter has no value on that day"),
}


def _unsaid(expr: ir.Expr) -> Both:
    return _NODES.get(type(expr), Both(f"含有 {type(expr).__name__}", f"it has {type(expr).__name__}"))
