"""Numbers with units become constants in base units; numbers that lack a unit, or bear a wrong one, are named.

Metres are not minutes, months are not days, and money is not a number.
"""

from decimal import Decimal
from fractions import Fraction

from guiju.diagnostics.diagnostic import Edit, Fix, Safety
from guiju.diagnostics.span import Span
from guiju.diagnostics.suggest import nearest
from guiju.dsl.ir import tree as ir
from guiju.dsl.model.names.context import Context, DiagnosticSink, Expected
from guiju.dsl.model.names.resolve_names import entry_of
from guiju.dsl.model.names.type_words import COUNT, TIME, is_measured
from guiju.dsl.syntax import tree as syn
from guiju.terms.quantities.quantity import Quantity, exact_decimal, is_measurable
from guiju.terms.quantities.units import UNIT_SPELLINGS, Dimension, Unit, unit_of
from guiju.terms.time.period import period_of
from guiju.terms.tongue import Both
from guiju.terms.types import (
    CodeT,
    IntT,
    MoneyT,
    NumberT,
    PercentT,
    PeriodT,
    QuantityT,
    Type,
)

__all__ = ["complain_of_dimensions", "number", "unit_named"]

_SPANS = (Dimension.WORKDAYS, Dimension.MONTHS)


def unit_named(found: DiagnosticSink, spelling: str, span: Span) -> Unit | None:
    """The unit of that spelling; None once complained."""
    unit = unit_of(spelling)
    if unit is None:
        near = nearest(spelling, UNIT_SPELLINGS)
        help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
        found.report("U003", span, unit=spelling, help=help)
    return unit


def number(ctx: Context, expr: syn.Number, expected: Expected | None) -> ir.Const | None:
    """The constant that the number is; None once complained."""
    if not is_measurable(expr.value):
        ctx.found.report("T005", expr.span, wanted=ctx.words(NumberT()), found=Both("一个过大的数", "a number too large"))
        return None
    if expr.unit is None:
        return _bare(ctx, expr, expected)
    unit = unit_named(ctx.found, expr.unit, expr.unit_span or expr.span)
    return None if unit is None else _with_unit(ctx, expr, unit, expected)


def _bare(ctx: Context, expr: syn.Number, expected: Expected | None) -> ir.Const | None:
    whole = expr.value == expr.value.to_integral_value()
    plain = ir.Const(int(expr.value), IntT()) if whole else ir.Const(expr.value, NumberT())
    match expected.type if expected is not None else None:
        case CodeT(codes=codes):
            assert expected is not None
            entry = entry_of(ctx.names.codes[codes], str(expr.value))
            if entry is None:
                ctx.found.report("N004", expr.span, codes=ctx.names.codes[codes].name, name=str(expr.value), labels=(expected.label(),))
                return None
            return ir.Const(entry.code, expected.type)
        case PercentT():
            assert expected is not None
            # 60 beside a share is 60%, as 0.6 is.
            share = expr.value if abs(expr.value) > 1 else expr.value * 100
            percent = f"{format(share.normalize(), 'f')}%"
            mend = Fix(Both(f"写成 {percent}", f"write {percent}"), (Edit(expr.span, percent),), Safety.UNSAFE)
            ctx.found.report("U006", expr.span, labels=(expected.label(),), fix=mend, help=Both("例如 60%", "for example 60%"))
            return None
        case MoneyT() | PeriodT() | QuantityT() as wanted if wanted != COUNT:
            assert expected is not None
            ctx.found.report("U002", expr.span, other=ctx.words(wanted), labels=(expected.label(),), help=_unit_help(wanted))
            return None
        case _:
            return plain


def _unit_help(wanted: Type) -> Both | None:
    match wanted:
        case MoneyT():
            return Both("写上单位，例如 500万元", "give the unit, for example 500 wan yuan or 5000000 yuan")
        case PeriodT():
            return Both("写上单位，例如 10个工作日", "give the unit, for example 10 working days")
        case _:
            return Both("写上单位", "give the unit")


def _with_unit(ctx: Context, expr: syn.Number, unit: Unit, expected: Expected | None) -> ir.Const | None:
    quantity = Quantity(expr.value, unit)
    amount = _exact(quantity.amount)
    wanted = expected.type if expected is not None else None
    match unit.dimension:
        case Dimension.MONEY:
            return ir.Const(amount, MoneyT())
        case Dimension.SHARE:
            return ir.Const(amount, PercentT())
        case Dimension.NUMBER:
            return ir.Const(amount, NumberT())
        case Dimension.COUNT if isinstance(wanted, IntT | NumberT):
            whole = amount == int(amount)
            return ir.Const(int(amount), IntT()) if whole else ir.Const(amount, NumberT())
        case Dimension.TIME | Dimension.WORKDAYS | Dimension.MONTHS if isinstance(wanted, PeriodT):
            return _period(ctx, expr, quantity)
        case Dimension.WORKDAYS | Dimension.MONTHS if not isinstance(wanted, QuantityT):
            return _period(ctx, expr, quantity)
        case dimension:
            return ir.Const(amount, QuantityT(dimension.value))


def _period(ctx: Context, expr: syn.Number, quantity: Quantity) -> ir.Const | None:
    period = period_of(quantity)
    if period is None:
        ctx.found.report("U007", expr.span, unit=Both(quantity.unit.zh, quantity.unit.en_many or quantity.unit.en))
        return None
    return ir.Const(period, PeriodT())


def _exact(amount: Fraction) -> Decimal | Fraction:
    # A third of a square metre has no finite decimal (1 亩 is 2000/3 平方米); it stays an exact fraction.
    decimal = exact_decimal(amount)
    return amount if decimal is None else decimal


def complain_of_dimensions(ctx: Context, span: Span, left: Type, right: Type, expected: Expected | None) -> bool:
    """Whether two measured types that do not go together have been complained of; False where it is no matter of units."""
    both = (left, right)
    labels = (expected.label(),) if expected is not None else ()
    calendar = [isinstance(ty, PeriodT) or (isinstance(ty, QuantityT) and ty.dimension in _SPANS) for ty in both]
    if any(calendar) and (all(calendar) or TIME in both):
        ctx.found.report("U004", span, left=ctx.words(left), right=ctx.words(right), labels=labels, help=_SPAN_HELP)
        return True
    if not all(is_measured(ty) or isinstance(ty, PeriodT) for ty in both):
        return False
    plain = next((ty for ty in both if isinstance(ty, IntT | NumberT)), None)
    other = next((ty for ty in both if ty is not plain), None)
    if plain is not None and other is not None and not isinstance(other, PercentT):
        ctx.found.report("U001", span, left=ctx.words(left), right=ctx.words(right), labels=labels, help=_MONEY_HELP)
    else:
        ctx.found.report("U001", span, left=ctx.words(left), right=ctx.words(right), labels=labels)
    return True


_SPAN_HELP = Both(
    "一个月不是 30 天，一个工作日不是一天；两边用同一种单位，或与日期相加后再比",
    "a month is not 30 days nor a working day a day; use one kind of unit, or add both to dates",
)
_MONEY_HELP = Both("纯数没有单位；另一边有", "a plain number has no unit; the other side has one")
