"""通常 … 至 …: what is usual of a field, and the amounts of rules that are usual in another unit only."""

from decimal import Decimal
from fractions import Fraction

from guiju.diagnostics.diagnostic import Label
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.unit_slip import likely, measured
from guiju.dsl.model.expressions.check_units import unit_named
from guiju.dsl.model.names.context import Context, DiagnosticSink, Scope
from guiju.dsl.syntax import tree as syn
from guiju.terms.quantities.amounts_in_words import say_amount
from guiju.terms.quantities.quantity import exact_decimal
from guiju.terms.shape import Field
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import RecordT, Type

__all__ = ["check_slip", "read_usual"]


def read_usual(part: syn.FieldLine, ty: Type, found: DiagnosticSink) -> tuple[Decimal, Decimal] | None:
    """The least and the greatest usual amount of a field, in base units; None without them, or once complained."""
    flag = next((flag for flag in part.flags if flag.kind == "usual"), None)
    if flag is None or not flag.bounds:
        return None
    amounts = [_base(bound, ty, found) for bound in flag.bounds]
    low, high = amounts
    if low is None or high is None or low >= high:
        label = Label(part.type.span, Both("这个字段的类型", "the type of the field"))
        help = Both("例如：总投资 total_cost 金额 通常 1万元 至 100亿元", "for example: total_cost money usual 1 wan yuan to 100 yi yuan")
        found.report("U009", flag.span, labels=(label,), help=help)
        return None
    return low, high


def _base(number: syn.Number, ty: Type, found: DiagnosticSink) -> Decimal | None:
    wanted = measured(ty)
    if wanted is None or number.unit is None:
        return None
    unit = unit_named(found, number.unit, number.unit_span or number.span)
    if unit is None or unit.dimension is not wanted:
        return None
    return exact_decimal(Fraction(number.value) * unit.factor)


def check_slip(ctx: Context, written: syn.Expr, bound: ir.Expr, read: ir.Expr, scope: Scope) -> None:
    """A warning where a constant beside a field is usual of it in another unit only."""
    if not isinstance(written, syn.Number) or not isinstance(bound, ir.Const) or not isinstance(read, ir.Read):
        return
    field = _field_of(ctx, read, scope)
    if field is None or field.usual is None or isinstance(bound.value, str | bool):
        return
    low, high = field.usual
    seen = Decimal(bound.value) if isinstance(bound.value, int | Decimal) else None
    meant = None if seen is None else likely(seen, read.type, low, high)
    if seen is None or meant is None:
        return

    dimension = measured(read.type)
    assert dimension is not None

    def say(value: Decimal) -> Both:
        return Both(*(say_amount(Fraction(value), dimension, tongue, field.unit) for tongue in (Tongue.ZH, Tongue.EN)))

    ctx.found.report("U008", written.span, seen=say(seen), field=field.name, low=say(low), high=say(high), meant=say(meant))


def _field_of(ctx: Context, read: ir.Read, scope: Scope) -> Field | None:
    binding = next((one for one in scope.bindings if one.var == read.var), None)
    shape = binding.shape if binding is not None else None
    field: Field | None = None
    for step in read.path:
        field = shape.field(step) if shape is not None else None
        inner = field.type.shape if field is not None and isinstance(field.type, RecordT) else None
        shape = ctx.names.shapes.get(inner) if inner is not None else None
    return field
