"""Operands: literals, arithmetic, conditionals and calls, each with the type that it has or must have."""

from dataclasses import replace

from guiju.diagnostics.diagnostic import Label
from guiju.dsl.builtins import AGGREGATES, BUILTINS, Builtin, Sort, builtin_named
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import type_of
from guiju.dsl.model.expressions.check_comparisons import both_sides, expected_from
from guiju.dsl.model.expressions.check_patterns import pattern_of
from guiju.dsl.model.expressions.check_units import complain_of_dimensions
from guiju.dsl.model.names.context import Context, Expected, Scope, fold_name
from guiju.dsl.model.names.resolve_names import entry_of
from guiju.dsl.model.names.type_words import COUNT, TIME, comparable, is_measured, is_plain_number
from guiju.dsl.syntax import tree as syn
from guiju.terms.quantities.units import Dimension
from guiju.terms.time.dates import parse_iso
from guiju.terms.time.period import Period, PeriodKind
from guiju.terms.tongue import Both
from guiju.terms.types import (
    BoolT,
    CodeT,
    DateT,
    IntT,
    NumberT,
    PercentT,
    PeriodT,
    QuantityT,
    RefT,
    TextT,
    TruthT,
    Type,
)

__all__ = ["arithmetic", "call", "conditional", "fits", "minus", "on_day", "parity", "text_literal"]


def text_literal(ctx: Context, expr: syn.TextLiteral, expected: Expected | None) -> ir.Const | None:
    """A text; beside a code, the code that it names."""
    match expected.type if expected is not None else None:
        case CodeT(codes=codes) as ty:
            assert expected is not None
            listed = ctx.names.codes[codes]
            entry = entry_of(listed, expr.value)
            if entry is None:
                near = ctx.nearest(expr.value, (name for one in listed.entries for name in (one.name.zh, one.name.en) if name))
                help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
                ctx.found.report("N004", expr.span, codes=listed.name, name=expr.value, labels=(expected.label(),), help=help)
                return None
            return ir.Const(entry.code, ty)
        case RefT() as ty:
            return ir.Const(expr.value, ty)
        case DateT() if parse_iso(expr.value) is not None:
            assert expected is not None
            help = Both(f"日期不加引号：{expr.value}", f"a date is written without quotes: {expr.value}")
            ctx.found.report("T005", expr.span, wanted=ctx.words(DateT()), found=ctx.words(TextT()), labels=(expected.label(),), help=help)
            return None
        case _:
            return ir.Const(expr.value, TextT())


def minus(ctx: Context, expr: syn.Negation, scope: Scope, expected: Expected | None) -> ir.Expr | None:
    """The opposite of a measured value."""
    arg = ctx.operand(expr.arg, scope, expected)
    if arg is None:
        return None
    match arg:
        case ir.Const(value=Period(kind=kind, count=count), type=ty):
            return ir.Const(Period(kind, -count), ty)
        case ir.Const(value=value, type=ty) if is_measured(ty):
            return ir.Const(-value, ty)
    ty = type_of(arg)
    if not is_measured(ty):
        ctx.found.report("T005", expr.arg.span, wanted=Sort.AMOUNT.words, found=ctx.words(ty))
        return None
    return ir.Arith("-", ir.Const(0, ty), arg, ty)


def arithmetic(ctx: Context, expr: syn.Binary, scope: Scope, expected: Expected | None) -> ir.Expr | None:
    """The four operators, on what may be put together."""
    left = ctx.operand(expr.left, scope, None)
    wanted = None
    if left is not None and expr.op in ("+", "-") and not isinstance(type_of(left), DateT):
        # A sum wants the same on both sides; a bare number is complained of with this reason.
        wanted = expected_from(ctx, left, expr.left.span)
    elif left is not None and isinstance(type_of(left), DateT) and isinstance(expr.right, syn.Number):
        wanted = Expected(type=PeriodT(), reason=Both("日期加减期限", "a period goes with a date"), span=expr.left.span)
    right = ctx.operand(expr.right, scope, wanted)
    if left is None or right is None:
        return None
    found = _result(expr.op, left, right)
    if found is not None:
        if expr.op == "/" and isinstance(right, ir.Const) and right.value == 0:
            ctx.found.report("T027", expr.right.span)
            return None
        return found
    a, b = type_of(left), type_of(right)
    label = Label(expr.left.span, Both(f"这里是{ctx.words(a).zh}", f"this is {ctx.words(a).en}"))
    if expr.op in ("+", "-") and complain_of_dimensions(ctx, expr.right.span, a, b, expected_from(ctx, left, expr.left.span)):
        return None
    ctx.found.report("T008", expr.right.span, left=ctx.words(a), right=ctx.words(b), labels=(label,))
    return None


def _result(op: str, left: ir.Expr, right: ir.Expr) -> ir.Expr | None:
    a, b = type_of(left), type_of(right)
    match op:
        case "+" | "-":
            return _sum(op, left, right, a, b)
        case "*":
            ty = _product(a, b)
        case _:
            ty = _quotient(a, b)
    return ir.Arith(op, left, right, ty) if ty is not None else None


def _sum(op: str, left: ir.Expr, right: ir.Expr, a: Type, b: Type) -> ir.Expr | None:
    if isinstance(a, DateT) and isinstance(b, DateT):
        return ir.Arith(op, left, right, TIME) if op == "-" else None
    if isinstance(a, DateT):
        period = _period(right)
        return ir.Arith(op, left, period, a) if period is not None else None
    if isinstance(b, DateT):
        period = _period(left)
        return ir.Arith(op, right, period, b) if period is not None and op == "+" else None
    if isinstance(a, PeriodT) and isinstance(b, PeriodT):
        return ir.Arith(op, left, right, a)
    if a == b and is_measured(a):
        return ir.Arith(op, left, right, a)
    if is_plain_number(a) and is_plain_number(b):
        return ir.Arith(op, left, right, COUNT if COUNT in (a, b) else NumberT())
    if isinstance(a, PercentT | NumberT) and isinstance(b, PercentT | NumberT):
        return ir.Arith(op, left, right, NumberT())
    return None


def _period(expr: ir.Expr) -> ir.Expr | None:
    """What can be added to a date: a period, or a quantity of days."""
    ty = type_of(expr)
    if isinstance(ty, PeriodT):
        return expr
    if ty == TIME:
        return ir.Call("as_period", (expr,), PeriodT())
    if isinstance(ty, QuantityT) and ty.dimension == Dimension.WORKDAYS and isinstance(expr, ir.Const):
        return ir.Const(Period(PeriodKind.WORKDAYS, int(expr.value)), PeriodT())
    return None


def _product(a: Type, b: Type) -> Type | None:
    for one, other in ((a, b), (b, a)):
        if isinstance(other, IntT | NumberT | PercentT) and is_measured(one):
            if isinstance(one, IntT):
                return one if isinstance(other, IntT) else NumberT()
            return one
    return NumberT() if is_plain_number(a) and is_plain_number(b) else None


def _quotient(a: Type, b: Type) -> Type | None:
    if not (is_measured(a) and is_measured(b)):
        return None
    if a == b or (is_plain_number(a) and is_plain_number(b)):
        return NumberT()
    if isinstance(b, IntT | NumberT | PercentT):
        return NumberT() if isinstance(a, IntT) else a
    return None


def conditional(ctx: Context, expr: syn.Conditional, scope: Scope, expected: Expected | None) -> ir.Expr | None:
    """若…则…否则…, of two operands or of two conditions."""
    cond = ctx.proposition(expr.cond, scope)
    sides = both_sides(ctx, expr.then, expr.other, scope, expected)
    if cond is None or sides is None:
        return None
    then, other, _ = sides
    a, b = type_of(then), type_of(other)
    if isinstance(a, TruthT | BoolT) and isinstance(b, TruthT | BoolT) and a != b:
        then, other, a = _truth(then), _truth(other), TruthT()
    elif a != b and not comparable(a, b):
        ctx.found.report("T021", expr.other.span, left=ctx.words(a), right=ctx.words(b), labels=(Label(expr.then.span, ctx.words(a)),))
        return None
    return ir.If(cond, then, other, _wider(a, b))


def _wider(a: Type, b: Type) -> Type:
    """The type that holds the values of both branches: an integer beside a number is a number."""
    if a == b or not isinstance(a, IntT):
        return a
    return b if is_plain_number(b) else a


def _truth(expr: ir.Expr) -> ir.Expr:
    return expr if isinstance(type_of(expr), TruthT) else ir.Truthy(expr)


def parity(ctx: Context, expr: syn.Expr, op: str, scope: Scope) -> ir.Expr | None:
    """奇数 and 偶数: what is left of a number by two; a part of a whole is neither."""
    operand = ctx.operand(expr, scope, None)
    if operand is None:
        return None
    ty = type_of(operand)
    if not is_plain_number(ty):
        ctx.found.report("T005", expr.span, wanted=Sort.NUMBER.words, found=ctx.words(ty))
        return None
    left = ir.Call("remainder", (operand, ir.Const(2, IntT())), NumberT())
    return ir.Compare("=", left, ir.Const(1 if op == "odd" else 0, NumberT()))


def on_day(ctx: Context, expr: syn.Binary, scope: Scope) -> ir.Expr | None:
    """限额 于 签订日期: a parameter on a day of the record."""
    left = ctx.operand(expr.left, scope, None)
    wanted = Expected(type=DateT(), reason=Both("“于”后面是日期", "a date follows `on`"), span=expr.op_span)
    day = ctx.operand(expr.right, scope, wanted)
    if left is None or day is None:
        return None
    if not isinstance(left, ir.Param):
        ctx.found.report("T071", expr.left.span, found=ctx.words(type_of(left)), help=_ON_DAY_HELP)
        return None
    return replace(left, on=(day,)) if fits(ctx, day, expr.right, wanted) else None


_ON_DAY_HELP = Both(
    "“于 某日”问的是参数在那一天的值，或词表在那一天的代码", "`on a day` asks for a parameter's value, or a list's codes, of that day"
)


# ---- calls -------------------------------------------------------------------------------------------------------


_SORT_TYPE: dict[Sort, Type] = {
    Sort.TEXT: TextT(),
    Sort.WORDS: TextT(),
    Sort.DATE: DateT(),
    Sort.PERIOD: PeriodT(),
    Sort.INT: IntT(),
    Sort.NUMBER: NumberT(),
    Sort.DAYS: TIME,
    Sort.WORKDAYS: QuantityT(Dimension.WORKDAYS.value),
}


def call(ctx: Context, expr: syn.Call, scope: Scope) -> ir.Expr | None:
    """A builtin or a decision table; aggregates are `check_collections`'."""
    name = fold_name(expr.name.text)
    table_id = ctx.names.tables.get(name)
    if table_id is not None:
        return _table(ctx, expr, table_id, scope)
    builtin = builtin_named(name)
    if builtin is not None:
        return _builtin(ctx, expr, builtin, scope)
    known = [word for one in BUILTINS.values() if not one.hidden for word in (one.name.zh, one.name.en)]
    known += [word for fold in AGGREGATES.values() for word in (fold.name.zh, fold.name.en)]
    near = ctx.nearest(name, (*known, *ctx.names.tables))
    help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
    ctx.found.report("N007", expr.name.span, name=expr.name.text, help=help)
    return None


def _table(ctx: Context, expr: syn.Call, id: str, scope: Scope) -> ir.Expr | None:
    ctx.names.used_tables.add(id)
    table = ctx.table(id)
    if table is None or not _counted(ctx, expr, len(table.inputs), more=False):
        return None
    args: list[ir.Expr] = []
    for arg, (name, ty) in zip(expr.args, table.inputs, strict=True):
        reason = Both(f"“{name.zh}”是{ctx.words(ty).zh}", f"`{name.en}` is {ctx.words(ty).en}")
        wanted = Expected(type=ty, reason=reason, span=expr.name.span)
        one = ctx.operand(arg.value, scope, wanted)
        if one is not None and fits(ctx, one, arg.value, wanted):
            args.append(one)
    return ir.TableUse(id, tuple(args), table.output) if len(args) == len(expr.args) else None


def _counted(ctx: Context, expr: syn.Call, wanted: int, *, more: bool) -> bool:
    found = len(expr.args)
    if found == wanted or (more and found > wanted):
        return True
    if not any(isinstance(arg.value, syn.Hole) for arg in expr.args):
        ctx.found.report("T006", expr.name.span, name=expr.name.text, wanted=str(wanted), found=str(found))
    return False


def fits(ctx: Context, operand: ir.Expr, expr: syn.Expr, wanted: Expected) -> bool:
    """Whether the operand is of the type that its place asks for; if not, that has been said."""
    ty = type_of(operand)
    if ty == wanted.type or comparable(ty, wanted.type):
        return True
    if not complain_of_dimensions(ctx, expr.span, ty, wanted.type, wanted):
        ctx.found.report("T005", expr.span, wanted=ctx.words(wanted.type), found=ctx.words(ty), labels=(wanted.label(),))
    return False


def _builtin(ctx: Context, expr: syn.Call, builtin: Builtin, scope: Scope) -> ir.Expr | None:
    if not _counted(ctx, expr, len(builtin.takes), more=builtin.more):
        return None
    args: list[ir.Expr] = []
    first: ir.Expr | None = None
    for at, arg in enumerate(expr.args):
        sort = builtin.takes[min(at, len(builtin.takes) - 1)]
        one = _argument(ctx, expr, arg, sort, first, scope)
        if one is None:
            return None
        first = first or one
        args.append(one)
    return ir.Call(builtin.id, tuple(args), _given(builtin, first))


def _given(builtin: Builtin, first: ir.Expr | None) -> Type:
    if builtin.gives is Sort.AMOUNT and first is not None:
        return type_of(first)
    return _SORT_TYPE[builtin.gives]


def _argument(ctx: Context, expr: syn.Call, arg: syn.Argument, sort: Sort, first: ir.Expr | None, scope: Scope) -> ir.Expr | None:
    if sort is Sort.PATTERN:
        pattern = pattern_of(ctx, arg.value)
        return ir.Const(pattern[0], TextT()) if pattern is not None else None
    wanted = None
    if sort is Sort.AMOUNT and first is not None:
        wanted = expected_from(ctx, first, expr.args[0].value.span)
    elif sort is not Sort.AMOUNT:
        reason = Both(f"“{expr.name.text}”要{sort.words.zh}", f"`{expr.name.text}` takes {sort.words.en}")
        wanted = Expected(type=_SORT_TYPE[sort], reason=reason, span=expr.name.span)
    one = ctx.operand(arg.value, scope, wanted)
    if one is None:
        return None
    ty = type_of(one)
    if sort is Sort.WORDS and isinstance(ty, TextT | CodeT | RefT):
        return one
    if sort is Sort.INT and not isinstance(ty, IntT):
        return _whole(ctx, arg.value, one, wanted)
    if sort is Sort.AMOUNT and first is None:
        if is_measured(ty):
            return one
        ctx.found.report("T005", arg.value.span, wanted=sort.words, found=ctx.words(ty))
        return None
    if sort is Sort.PERIOD and ty == TIME:
        return ir.Call("as_period", (one,), PeriodT())
    assert wanted is not None
    return one if fits(ctx, one, arg.value, wanted) else None


def _whole(ctx: Context, expr: syn.Expr, operand: ir.Expr, wanted: Expected | None) -> ir.Const | None:
    """An integer where the type does not say so: a written whole number is one, what may have a fraction is refused."""
    assert wanted is not None
    value = operand.value if isinstance(operand, ir.Const) and is_plain_number(operand.type) else None
    if value is not None and value == int(value):
        return ir.Const(int(value), IntT())
    ctx.found.report("T005", expr.span, wanted=Sort.INT.words, found=ctx.words(type_of(operand)), labels=(wanted.label(),))
    return None
