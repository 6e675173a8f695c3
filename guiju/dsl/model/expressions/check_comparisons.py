"""Comparisons and tests: which operands they take, what is expected on one side because of the other, and the nodes they become."""

from datetime import date

from guiju.diagnostics.diagnostic import Edit, Fix
from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import type_of
from guiju.dsl.model.expressions.check_patterns import pattern_of
from guiju.dsl.model.expressions.check_units import complain_of_dimensions
from guiju.dsl.model.expressions.check_usual import check_slip
from guiju.dsl.model.names.context import Context, Expected, Scope, fold_name
from guiju.dsl.model.names.formats import format_named, format_names
from guiju.dsl.model.names.resolve_names import is_resolvable
from guiju.dsl.model.names.type_words import comparable, is_measured, is_ordered
from guiju.dsl.syntax import tree as syn
from guiju.terms.shape import CodeEntry, CodeList
from guiju.terms.time.period import Period, PeriodMismatch, compare_periods
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, CodeT, DateT, IntT, PeriodT, RecordT, RefT, TextT, TruthT

__all__ = ["OPERATORS", "both_sides", "compare", "expected_from", "membership", "text_test"]

OPERATORS = {
    "=": "=",
    "!=": "≠",
    "<": "<",
    "<=": "≤",
    ">": ">",
    ">=": "≥",
    "is": "=",
    "is_not": "≠",
    "before": "<",
    "after": ">",
    "not_before": "≥",
    "not_after": "≤",
}
_DATES = frozenset({"before", "after", "not_before", "not_after"})


def expected_from(ctx: Context, other: ir.Expr, span: Span) -> Expected:
    """What is expected on the other side of a comparison, because this side is what it is."""
    ty = type_of(other)
    if isinstance(ty, TruthT):
        ty = BoolT()
    words = ctx.words(ty)
    return Expected(type=ty, reason=Both(f"这里是{words.zh}", f"this is {words.en}"), span=span)


def _is_literal(ctx: Context, expr: syn.Expr, scope: Scope) -> bool:
    match expr:
        case syn.Number() | syn.TextLiteral() | syn.DateLiteral() | syn.SetLiteral():
            return True
        case syn.Negation(op="minus", arg=arg):
            return _is_literal(ctx, arg, scope)
        case syn.Path(names=names):
            return len(names) == 1 and not is_resolvable(ctx, expr, scope)
        case _:
            return False


def both_sides(
    ctx: Context, left: syn.Expr, right: syn.Expr, scope: Scope, wanted: Expected | None = None
) -> tuple[ir.Expr, ir.Expr, Expected] | None:
    """Both operands, the one that knows its type first, and what was expected of the other; None once complained."""
    turned = _is_literal(ctx, left, scope) and not _is_literal(ctx, right, scope)
    first, second = (right, left) if turned else (left, right)
    one = ctx.operand(first, scope, wanted)
    if one is None:
        # A name that only the other side could explain is not complained of twice.
        if not _is_literal(ctx, second, scope):
            ctx.operand(second, scope, None)
        return None
    expected = expected_from(ctx, one, first.span)
    two = ctx.operand(second, scope, expected)
    if two is None:
        return None
    one, two = _by_key(ctx, one, two, first.span), _by_key(ctx, two, one, second.span)
    if one is None or two is None:
        return None
    return (two, one, expected) if turned else (one, two, expected)


def _by_key(ctx: Context, one: ir.Expr | None, other: ir.Expr | None, span: Span) -> ir.Expr | None:
    """A whole subject beside a reference stands for its key."""
    if one is None or other is None or not isinstance(one, ir.Read) or not isinstance(one.type, RecordT):
        return one
    if not isinstance(type_of(other), RefT | TextT):
        return one
    shape = ctx.names.shapes[one.type.shape]
    if shape.key is None:
        ctx.found.report("T018", span, shape=shape.name)
        return None
    ctx.field_read(shape, shape.key)
    return ir.Read(one.var, (*one.path, shape.key.id), shape.key.type)


def compare(ctx: Context, expr: syn.Binary, scope: Scope) -> ir.Expr | None:
    """A comparison of two operands, in exact base units."""
    wanted = None
    if expr.op in _DATES:
        wanted = Expected(type=DateT(), reason=Both("早晚只说日期", "only dates come before or after"), span=expr.op_span)
    sides = both_sides(ctx, expr.left, expr.right, scope, wanted)
    if sides is None:
        return None
    left, right, expected = sides
    if isinstance(type_of(left), TruthT) or isinstance(type_of(right), TruthT):
        return _truth(ctx, expr, left, right)
    if not _fits(ctx, expr, left, right, expected):
        return None
    if left == right and not isinstance(left, ir.Const):
        ctx.found.report("H078", expr.span, help=_SAME_HELP)
    check_slip(ctx, expr.right, right, left, scope)
    check_slip(ctx, expr.left, left, right, scope)
    return ir.Compare(OPERATORS[expr.op], left, right)


_SAME_HELP = Both(
    "名称先在最里层找；要外层的，写 本对象.… 或 本X.…",
    "names are looked up innermost first; for an outer one write this.… or this_x.…",
)


def _truth(ctx: Context, expr: syn.Binary, left: ir.Expr, right: ir.Expr) -> ir.Expr | None:
    """A condition beside 真 or 假 is the condition or its opposite; nothing else compares with a condition."""
    for one, other in ((left, right), (right, left)):
        if isinstance(type_of(one), TruthT) and isinstance(other, ir.Const) and isinstance(other.type, BoolT):
            if expr.op in ("is", "is_not", "=", "!="):
                return one if other.value is (expr.op in ("is", "=")) else ir.Not(one)
    guilty = expr.left if isinstance(type_of(left), TruthT) else expr.right
    ctx.found.report("T012", guilty.span)
    return None


def _fits(ctx: Context, expr: syn.Binary, left: ir.Expr, right: ir.Expr, expected: Expected) -> bool:
    a, b = type_of(left), type_of(right)
    guilty = expr.left if expected.span == expr.right.span else expr.right
    if not comparable(a, b) or _other_measure(left, right):
        if not complain_of_dimensions(ctx, guilty.span, a, b, expected):
            ctx.found.report("T001", guilty.span, left=ctx.words(a), right=ctx.words(b), labels=(expected.label(),))
        return False
    op = OPERATORS[expr.op]
    if op not in ("=", "≠") and not (is_ordered(a) and is_ordered(b)):
        ctx.found.report("T004", expr.op_span, found=ctx.words(a), labels=(expected.label(),))
        return False
    if expr.op in _DATES and not isinstance(a, DateT):
        ctx.found.report("T005", expr.left.span, wanted=ctx.words(DateT()), found=ctx.words(a))
        return False
    if expr.op in ("is", "is_not") and (is_measured(a) or isinstance(a, DateT | PeriodT)):
        sign = "=" if expr.op == "is" else "≠"
        mend = Fix(Both(f"改为“{sign}”", f"write `{sign}`"), (Edit(expr.op_span, sign),))
        ctx.found.report("T010", expr.op_span, found=ctx.words(a), fix=mend, help=Both(f"用“{sign}”", f"use `{sign}`"))
        return False
    return True


def _other_measure(left: ir.Expr, right: ir.Expr) -> bool:
    """Two periods written out that no fixed ratio joins."""
    match left, right:
        case ir.Const(value=Period() as one), ir.Const(value=Period() as two):
            return isinstance(compare_periods(one, two), PeriodMismatch)
        case _:
            return False


def membership(ctx: Context, expr: syn.Binary, scope: Scope) -> ir.Expr | None:
    """属于 {…}: one of the values written; values that are not literal become equalities."""
    operand = ctx.operand(expr.left, scope, None)
    if operand is None:
        return None
    if isinstance(expr.right, syn.Binary) and expr.right.op == "on_day" and (listed := _list_named(ctx, expr.right.left)) is not None:
        return _in_list_on_day(ctx, expr, expr.right, listed, operand, scope)
    if not isinstance(expr.right, syn.SetLiteral):
        if not isinstance(expr.right, syn.Hole):
            listed = _list_named(ctx, expr.right)
            help = Both("写成 {甲, 乙}", "write {a, b}") if listed is None else _LIST_HELP
            ctx.found.report("T009", expr.right.span, help=help)
        return None
    expected = expected_from(ctx, operand, expr.left.span)
    options: list[ir.Expr] = []
    for item in expr.right.items:
        one = ctx.operand(item, scope, expected)
        if one is None:
            continue
        single = syn.Binary(op="=", left=expr.left, right=item, op_span=expr.op_span, span=expr.span)
        if _fits(ctx, single, operand, one, expected):
            options.append(one)
    if len(options) != len(expr.right.items) or not options:
        return None
    found: ir.Expr
    consts = tuple(one for one in options if isinstance(one, ir.Const))
    if len(consts) == len(options):
        found = ir.In(operand, consts)
    else:
        equal = tuple(ir.Compare("=", operand, one) for one in options)
        found = ir.Or(equal) if len(equal) > 1 else equal[0]
    return ir.Not(found) if expr.op == "not_in" else found


_LIST_HELP = Both("写成 {甲, 乙}；问词表在某日的代码，写“词表 于 日期”", "write {a, b}; for the codes of a list on a day, `list on day`")


def _list_named(ctx: Context, expr: syn.Expr) -> CodeList | None:
    """The code list that a single name names."""
    match expr:
        case syn.Path(names=(name,)) if (found := ctx.names.codes.get(fold_name(name.text))) is not None:
            ctx.meant(name, found.name, ("codelist", found.id))
            return found
        case _:
            return None


def _in_list_on_day(ctx: Context, expr: syn.Binary, dated: syn.Binary, listed: CodeList, operand: ir.Expr, scope: Scope) -> ir.Expr | None:
    """属于 国家代码 于 开票日期: the operand is a code that the list had on that day; a text is one where it is a word of such a code."""
    wanted = Expected(type=DateT(), reason=Both("“于”后面是日期", "a date follows `on`"), span=dated.op_span)
    day = ctx.operand(dated.right, scope, wanted)
    ty = type_of(operand)
    if not (isinstance(ty, TextT) or ty == CodeT(listed.id)):
        ctx.found.report("T001", expr.left.span, left=ctx.words(ty), right=listed.name)
        return None
    if day is None:
        return None
    if not isinstance(type_of(day), DateT):
        ctx.found.report("T005", dated.right.span, wanted=ctx.words(DateT()), found=ctx.words(type_of(day)))
        return None
    held: dict[tuple[date | None, date | None], list[ir.Const]] = {}
    for entry in listed.entries:
        words = [entry.code] if ty == CodeT(listed.id) else _words_of(listed, entry)
        held.setdefault((entry.start, entry.end), []).extend(ir.Const(word, ty) for word in words)
    some: list[ir.Expr] = []
    for (start, end), options in held.items():
        tests: list[ir.Expr] = [ir.In(operand, tuple(options))]
        if start is not None:
            tests.append(ir.Compare("≥", day, ir.Const(start, DateT())))
        if end is not None:
            tests.append(ir.Compare("≤", day, ir.Const(end, DateT())))
        some.append(ir.And(tuple(tests)) if len(tests) > 1 else tests[0])
    if not some:
        return None
    found = ir.Or(tuple(some)) if len(some) > 1 else some[0]
    return ir.Not(found) if expr.op == "not_in" else found


def _words_of(listed: CodeList, entry: CodeEntry) -> list[str]:
    code = () if listed.labels_only else (entry.code,)
    return list(dict.fromkeys((*code, entry.name.zh, entry.name.en, *entry.aliases)))


_HOW = {"contains": "contains", "not_contains": "contains", "starts_with": "starts", "ends_with": "ends"}


def text_test(ctx: Context, expr: syn.Binary, scope: Scope) -> ir.Expr | None:
    """匹配, 包含, 开头是, 结尾是, 符合格式, 含格式 and their negations."""
    wanted = Expected(type=TextT(), reason=Both("这里只说文本", "this speaks of texts"), span=expr.op_span)
    operand = _text(ctx, expr.left, scope, wanted)
    found: ir.Expr | None = None
    match expr.op:
        case "matches" | "not_matches" | "contains_match":
            pattern = pattern_of(ctx, expr.right)
            if operand is not None and pattern is not None:
                found = ir.Match(operand, pattern[0], expr.op != "contains_match", pattern[1])
        case "has_format" | "lacks_format" | "contains_format":
            name = _format(ctx, expr.right, anywhere=expr.op == "contains_format")
            if operand is not None and name is not None:
                found = ir.HasFormat(operand, name, expr.op != "contains_format")
        case _:
            part = _text(ctx, expr.right, scope, wanted)
            if operand is not None and part is not None:
                found = ir.Contains(_HOW[expr.op], operand, part)
    if found is None:
        return None
    return ir.Not(found) if expr.op in ("not_matches", "lacks_format", "not_contains") else found


def _text(ctx: Context, expr: syn.Expr, scope: Scope, wanted: Expected) -> ir.Expr | None:
    operand = ctx.operand(expr, scope, wanted)
    if operand is None or isinstance(type_of(operand), TextT | RefT):
        return operand
    found = ctx.words(type_of(operand))
    help = None
    if isinstance(type_of(operand), CodeT):
        help = Both("代码用 是 或 属于 来说", "say `is` or `in` of a code")
    elif isinstance(type_of(operand), IntT):
        help = Both("数用 = ≥ ≤ 来比较", "compare numbers with = ≥ ≤")
    ctx.found.report("T005", expr.span, wanted=ctx.words(TextT()), found=found, labels=(wanted.label(),), help=help)
    return None


def _format(ctx: Context, expr: syn.Expr, *, anywhere: bool) -> str | None:
    match expr:
        case syn.Path(names=(syn.Name(text=text),)) | syn.TextLiteral(value=text):
            if not text:
                return None
            found = format_named(text, anywhere=anywhere)
            if found is None:
                near = ctx.nearest(text, format_names(anywhere=anywhere))
                help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
                ctx.found.report("N017", expr.span, name=text, help=help)
            return found
        case syn.Hole():
            return None
        case _:
            ctx.found.report("T009", expr.span, help=Both("写格式的名称", "write the name of a format"))
            return None
