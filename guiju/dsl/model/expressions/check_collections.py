"""Quantifiers, aggregates and uniqueness: what they range over, what is in scope inside them, and how documents are joined."""

from collections.abc import Callable
from dataclasses import replace

from guiju.diagnostics.span import Span
from guiju.dsl.builtins import AGGREGATES, Aggregate
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children, type_of
from guiju.dsl.model.expressions.tell_joins import tell_no_join
from guiju.dsl.model.names.context import Binding, Context, Scope
from guiju.dsl.model.names.resolve_names import resolve_path
from guiju.dsl.model.names.resolve_sources import Collection, find_collection, members_of
from guiju.dsl.model.names.type_words import is_measured, is_ordered
from guiju.dsl.syntax import tree as syn
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, IntT, ListT, NumberT, PercentT, RecordT, Type

__all__ = ["aggregate", "mentions", "quantifier", "uniqueness"]

_BOOL = BoolT()
_WITH_COUNT = ("at_least", "at_most", "exactly")


def quantifier(ctx: Context, expr: syn.Quantifier, scope: Scope) -> ir.Expr | None:
    """每个 / 存在 / 没有 / 至少 n 个 … 满足 (…)."""
    count = _count(ctx, expr)
    over = find_collection(ctx, expr.source, scope)
    if over is not None and over.rest:
        ctx.found.report("T007", expr.source.span, name=".".join(name.text for name in expr.source.names))
        return None
    if over is None:
        return None
    var = scope.next_var
    body = ctx.proposition(expr.body, scope.bind(over.binding(var, expr.binder.text if expr.binder else None)))
    if body is None or count is None:
        return None
    kind = ir.QuantKind(expr.kind)
    source, rest = over.source, body
    if isinstance(source, ir.Corpus):
        inner = scope.bind(over.binding(var, expr.binder.text if expr.binder else None))
        joined = _join_quantifier(ctx, kind, source, var, body, expr.source, over.shape, (expr.body, inner))
        if joined is None:
            return None
        source, rest = joined
    return ir.Quant(kind, count, var, source, rest)


def _count(ctx: Context, expr: syn.Quantifier) -> int | None:
    if expr.kind not in _WITH_COUNT:
        return 0
    match expr.count:
        case syn.Number(value=value) if value >= 0 and value == int(value) and value < 10**9:
            return int(value)
        case syn.Hole() | None:
            return None
        case other:
            ctx.found.report("T015", other.span)
            return None


# ---- joins -------------------------------------------------------------------------------------------------------


def mentions(expr: ir.Expr, var: int) -> bool:
    """Whether the node, or one below it, reads that variable."""
    match expr:
        case ir.Read(var=found) | ir.TermUse(var=found) if found == var:
            return True
        case ir.Quant(source=ir.Each(var=found)) | ir.Fold(source=ir.Each(var=found)) if found == var:
            return True
        case _:
            return any(mentions(one, var) for one in children(expr))


_Key = tuple[tuple[str, ...], ir.Expr]


def _key(expr: ir.Expr, var: int, op: str) -> _Key | None:
    """The equation of the bound record's field with something outside it."""
    if not isinstance(expr, ir.Compare) or expr.op != op:
        return None
    for one, other in ((expr.left, expr.right), (expr.right, expr.left)):
        if isinstance(one, ir.Read) and one.var == var and one.path and not mentions(other, var) and not isinstance(other, ir.Const):
            return one.path, other
    return None


def _parts(expr: ir.Expr, kind: type[ir.And] | type[ir.Or]) -> tuple[ir.Expr, ...]:
    return expr.args if isinstance(expr, kind) else (expr,)


def _split(parts: tuple[ir.Expr, ...], is_key: Callable[[ir.Expr], _Key | None]) -> tuple[tuple[_Key, ...], tuple[ir.Expr, ...]]:
    keys = tuple(key for part in parts if (key := is_key(part)) is not None)
    return keys, tuple(part for part in parts if is_key(part) is None)


def _joined(parts: tuple[ir.Expr, ...], make: type[ir.And] | type[ir.Or], empty: bool) -> ir.Expr:
    if not parts:
        # Only the equations were written: every record that joins is a witness.
        return ir.Truthy(ir.Const(empty, _BOOL))
    return make(parts) if len(parts) > 1 else parts[0]


def _join_quantifier(
    ctx: Context,
    kind: ir.QuantKind,
    source: ir.Corpus,
    var: int,
    body: ir.Expr,
    path: syn.Path,
    shape: Shape | None,
    said: tuple[syn.Expr, Scope],
) -> tuple[ir.Corpus, ir.Expr] | None:
    """The source with its join, and the body without it. 每个 joins by `若 f = a 则 …` or `f ≠ a 或 …`."""
    if kind is ir.QuantKind.EVERY:
        if isinstance(body, ir.If):
            keys, rest = _split(_parts(body.cond, ir.And), lambda one: _key(one, var, "="))
            if keys and not rest and isinstance(body.other, ir.Truthy) and body.other.operand == ir.Const(True, _BOOL):
                return replace(source, keys=keys), body.then
        keys, rest = _split(_parts(body, ir.Or), lambda one: _key(_opposite(one), var, "="))
        if keys and len(keys) == 1:
            return replace(source, keys=keys), _joined(rest, ir.Or, False)
        wrong, _ = _split(_parts(body, ir.And), lambda one: _key(one, var, "="))
        if wrong and shape is not None:
            help = Both(
                "写成：没有 … 满足 (字段 = … 且 非 (…))，或 若 字段 = … 则 … 否则 真",
                "write: no … satisfies (field = … and not (…)), or: if field = … then … else true",
            )
            ctx.found.report("T024", path.span, name=wrong[0][0][-1], help=help)
            return None
    else:
        keys, rest = _split(_parts(body, ir.And), lambda one: _key(one, var, "="))
        if keys:
            return replace(source, keys=keys), _joined(rest, ir.And, True)
    tell_no_join(ctx, path, shape, var, said)
    return None


def _opposite(expr: ir.Expr) -> ir.Expr:
    match expr:
        case ir.Not(arg=arg):
            return arg
        case ir.Compare(op="≠", left=left, right=right):
            return ir.Compare("=", left, right)
        case _:
            # Not an equation that could be turned.
            return ir.AsOf()


# ---- aggregates --------------------------------------------------------------------------------------------------


def aggregate(ctx: Context, expr: syn.Call, fold: Aggregate, scope: Scope) -> ir.Expr | None:
    """数量, 合计, 平均, 最大, 最小, 种数, 占比."""
    if len(expr.args) > 1 or (not expr.args and scope.members is None):
        if not any(isinstance(arg.value, syn.Hole) for arg in expr.args):
            ctx.found.report("T006", expr.name.span, name=expr.name.text, wanted="1", found=str(len(expr.args)))
        return None
    arg = expr.args[0] if expr.args else None
    if arg is not None and isinstance(arg.value, syn.Hole):
        return None
    over, value = _ranged(ctx, expr, arg, scope)
    if over is None:
        return None
    var = scope.next_var
    inner = scope.bind(over.binding(var, None))
    where = ctx.proposition(arg.where, inner) if arg is not None and arg.where is not None else None
    if arg is not None and arg.where is not None and where is None:
        return None
    made = _fold(ctx, expr, fold, over, value, var, inner, where)
    if made is None:
        return None
    made = replace(made, skip_missing=arg is not None and arg.ignoring)
    return _join_fold(ctx, made, over, expr, inner)


def _ranged(ctx: Context, expr: syn.Call, arg: syn.Argument | None, scope: Scope) -> tuple[Collection | None, syn.Expr | None]:
    """What is ranged over, and the expression that each element gives; None where the path alone says it."""
    members = members_of(scope.members) if scope.members is not None and len(scope.bindings) == 1 else None
    if arg is None:
        return members, None
    if isinstance(arg.value, syn.Path):
        over = find_collection(ctx, arg.value, scope, quiet=members is not None)
        return (over, None) if over is not None or members is None else (members, arg.value)
    if members is None:
        ctx.found.report("T023", arg.value.span, help=Both(f"写成 {expr.name.text}(清单 其中 …)", f"write {expr.name.text}(list where …)"))
    return members, arg.value


def _fold(
    ctx: Context,
    expr: syn.Call,
    fold: Aggregate,
    over: Collection,
    value: syn.Expr | None,
    var: int,
    inner: Scope,
    where: ir.Expr | None,
) -> ir.Fold | None:
    if fold.fn in ("count", "share"):
        if over.rest:
            ctx.found.report("T007", expr.args[0].value.span, name=over.rest[-1].text)
            return None
        among: ir.Expr | None = None
        if value is not None:
            said = ctx.proposition(value, inner)
            if said is None:
                return None
            where, among = (said, where) if fold.fn == "share" else (said if where is None else ir.And((said, where)), None)
        if fold.fn == "share" and where is None:
            ctx.found.report("T006", expr.name.span, name=expr.name.text, wanted="1", found="0", help=_SHARE_HELP)
            return None
        ty: Type = PercentT() if fold.fn == "share" else IntT()
        return ir.Fold(fold.fn, var, over.source, None, where, among, ty)
    item = _item(ctx, expr, over, value, var, inner)
    if item is None:
        return None
    given = _given(ctx, expr, fold, type_of(item))
    return ir.Fold(fold.fn, var, over.source, item, where, None, given) if given is not None else None


_SHARE_HELP = Both("写明算哪些：占比(清单 其中 …)", "say which ones count: share(list where …)")


def _item(ctx: Context, expr: syn.Call, over: Collection, value: syn.Expr | None, var: int, inner: Scope) -> ir.Expr | None:
    if value is not None:
        return ctx.operand(value, inner, None)
    if over.rest:
        span = expr.args[0].value.span
        binding = inner.bindings[0]
        return resolve_path(ctx, syn.Path(over.rest, span), Scope(bindings=(binding,), next_var=inner.next_var), None)
    if isinstance(over.element, RecordT):
        at = expr.args[0].value.span if expr.args else expr.name.span
        words = ctx.words(over.element)
        ctx.found.report("T016", at, name=expr.name.text, shape=over.shape.name if over.shape else words, help=_ITEM_HELP)
        return None
    return ir.Read(var, (), over.element)


_ITEM_HELP = Both("写明加哪个字段：合计(清单.字段)", "say which field: sum(list.field)")


def _given(ctx: Context, expr: syn.Call, fold: Aggregate, ty: Type) -> Type | None:
    at = expr.args[0].value.span if expr.args else expr.name.span
    match fold.fn:
        case "distinct" if not isinstance(ty, RecordT | ListT):
            return IntT()
        case "sum" | "avg" if is_measured(ty):
            return NumberT() if fold.fn == "avg" and isinstance(ty, IntT) else ty
        case "max" | "min" if is_ordered(ty):
            return ty
        case "max" | "min":
            ctx.found.report("T004", at, found=ctx.words(ty))
        case _:
            wanted = Both("数、金额或数量", "a number, money or a quantity")
            ctx.found.report("T005", at, wanted=wanted, found=ctx.words(ty))
    return None


def _join_fold(ctx: Context, fold: ir.Fold, over: Collection, expr: syn.Call, inner: Scope) -> ir.Fold | None:
    if not isinstance(fold.source, ir.Corpus):
        return fold
    filtered = fold.among if fold.fn == "share" and fold.among is not None else fold.where
    keys, rest = _split(_parts(filtered, ir.And), lambda one: _key(one, fold.var, "=")) if filtered is not None else ((), ())
    if not keys:
        arg = expr.args[0].value
        at = arg if isinstance(arg, syn.Path) else syn.Path((expr.name,), expr.span)
        where = expr.args[0].where
        tell_no_join(ctx, at, over.shape, fold.var, (where, inner) if where is not None else None)
        return None
    left = _joined(rest, ir.And, True) if rest or fold.fn == "share" else None
    source = replace(fold.source, keys=keys)
    if fold.fn == "share" and fold.among is not None:
        return replace(fold, source=source, among=left if rest else None)
    return replace(fold, source=source, where=left)


# ---- uniqueness --------------------------------------------------------------------------------------------------


def uniqueness(ctx: Context, expr: syn.Postfix, scope: Scope) -> ir.Expr | None:
    """唯一, 首次出现 and 一致 of a value of the subject or of an element."""
    if expr.op == "uniform":
        return _uniform(ctx, expr, scope)
    operand = ctx.operand(expr.operand, scope, None)
    if operand is None:
        return None
    binding = _innermost(operand, scope)
    if binding is None:
        ctx.found.report("T011", expr.operand.span, word=Both("唯一", "is unique") if expr.op == "unique" else Both("首次出现", "is first"))
        return None
    within = binding.source if isinstance(binding.source, ir.Each) else None
    return ir.Unique(operand, within) if expr.op == "unique" else ir.First(operand, within)


def _innermost(operand: ir.Expr, scope: Scope) -> Binding | None:
    return next((one for one in scope.bindings if mentions(operand, one.var)), None)


def _uniform(ctx: Context, expr: syn.Postfix, scope: Scope) -> ir.Expr | None:
    """一致: the members of the group, or the elements of a list, have one value at most."""
    span: Span = expr.span
    name = syn.Name("种数", span)
    call = syn.Call(name, (syn.Argument(expr.operand, None, span),), span)
    fold = aggregate(ctx, call, AGGREGATES["distinct"], scope)
    return None if fold is None else ir.Compare("≤", fold, ir.Const(1, IntT()))
