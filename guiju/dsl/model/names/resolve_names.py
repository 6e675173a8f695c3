"""Names in expressions find what they mean: binders, fields of what is in scope, terms, parameters, labels of codes.

It gives nodes of the intermediate form and does not ask whether their types fit their places.
"""

from guiju.diagnostics.diagnostic import Edit, Fix
from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.model.names.context import Binding, Context, Expected, Scope, fold_name
from guiju.dsl.syntax import tree as syn
from guiju.dsl.syntax.spoken_amounts import amount_meant
from guiju.terms.fact import State
from guiju.terms.shape import CodeEntry, CodeList, Field, Shape
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, CodeT, DateT, ListT, MoneyT, RecordT, RefT, TextT

__all__ = ["blank_as_said", "entry_of", "find_field", "is_resolvable", "note_start", "read_field_path", "resolve_path", "start_of"]

_TRUE = frozenset({"真", "true"})
_FALSE = frozenset({"假", "false"})
_YES = _TRUE | {"是", "yes"}
_NO = _FALSE | {"否", "no", "不是"}
_AS_OF = frozenset({"检查日", "as_of_day"})
_SUBMISSION = frozenset({"提交日", "submission_day"})
_FIRST = frozenset({"施行日", "first_day"})
_PUBLISHED = frozenset({"公布日", "published_day"})
_THIS = frozenset({"本对象", "this"})
_THIS_VALUE = frozenset({"本值", "this_value"})


def find_field(shape: Shape, name: str) -> Field | None:
    """The field that bears the name, in either tongue."""
    wanted = fold_name(name)
    for one in shape.fields:
        if wanted in (one.id, fold_name(one.name.zh), fold_name(one.name.en)):
            return one
    return None


def entry_of(codes: CodeList, text: str) -> CodeEntry | None:
    """The entry with that label, alias, id or code."""
    wanted = fold_name(text)
    for one in codes.entries:
        if wanted in (fold_name(one.name.zh), fold_name(one.name.en), one.id):
            return one
    for one in codes.entries:
        if wanted == fold_name(one.code) or wanted in map(fold_name, one.aliases):
            return one
    return None


def start_of(path: syn.Path, scope: Scope) -> tuple[Binding, tuple[syn.Name, ...]] | None:
    """The variable that a path starts from, and the names that still lead on from it; None when it starts from none."""
    first = path.names[0]
    rest = path.names[1:]
    text = fold_name(first.text)
    for binding in scope.bindings:
        if binding.name is not None and fold_name(binding.name) == text:
            return binding, rest
    for binding in scope.bindings:
        if binding.shape is not None and find_field(binding.shape, text) is not None:
            return binding, path.names
    if first.quoted:
        return None
    if text in _THIS and scope.bindings:
        return scope.bindings[-1] if scope.bindings[-1].var == 0 else _subject(scope), rest
    if text in _THIS_VALUE:
        scalar = next((one for one in scope.bindings if one.shape is None), None)
        return (scalar or scope.bindings[0], rest) if scope.bindings else None
    called = text[1:] if text.startswith("本") else text.removeprefix("this_") if text.startswith("this_") else ""
    by_this = _enclosing(scope, called) if called else None
    if by_this is not None:
        return by_this, rest
    by_name = _enclosing(scope, text, exact=True) if rest else None
    return (by_name, rest) if by_name is not None else None


def _subject(scope: Scope) -> Binding:
    return next(one for one in scope.bindings if one.var == 0)


def _enclosing(scope: Scope, called: str, *, exact: bool = False) -> Binding | None:
    """The nearest variable whose shape is so called; by the end of its name, so that 本单位 is said of a 责任单位."""
    shapes = [(one, one.shape) for one in scope.bindings if one.shape is not None]
    for binding, shape in shapes:
        if called in (shape.id, fold_name(shape.name.zh), fold_name(shape.name.en), *map(fold_name, shape.aliases)):
            return binding
    if exact:
        return None
    ends = [one for one, shape in shapes if shape.name.zh.endswith(called) or shape.id.endswith(f"_{called}")]
    return ends[0] if ends else None


def is_resolvable(ctx: Context, path: syn.Path, scope: Scope) -> bool:
    """Whether the path means something without a hint of what is expected."""
    text = fold_name(path.names[0].text)
    return (
        start_of(path, scope) is not None
        or text in ctx.names.terms
        or text in ctx.names.parameters
        or text in _AS_OF | _SUBMISSION | _TRUE | _FALSE
    )


def resolve_path(ctx: Context, path: syn.Path, scope: Scope, expected: Expected | None) -> ir.Expr | None:
    """What the path means; a list or a record is given as a Read of that type. None once complained."""
    first = path.names[0]
    text = fold_name(first.text)
    if len(path.names) == 1:
        if expected is not None and isinstance(expected.type, CodeT):
            entry = entry_of(ctx.names.codes[expected.type.codes], text)
            if entry is not None:
                ctx.meant(first, entry.name, ("code", f"{expected.type.codes}.{entry.code}"))
                return ir.Const(entry.code, expected.type)
        if expected is not None and isinstance(expected.type, BoolT) and not first.quoted and text in _YES | _NO:
            ctx.meant(first, _spelled(text))
            return ir.Const(text in _YES, BoolT())
    start = start_of(path, scope)
    if start is not None:
        note_start(ctx, path, *start)
        _tell_captured(ctx, path, *start, scope)
        return read_field_path(ctx, start[0], start[1], path.span)
    if len(path.names) == 1:
        found = _word(ctx, first, text, scope) or _term(ctx, first, text, scope) or _parameter(ctx, first, text)
        if found is not None:
            return None if isinstance(found, _Complained) else found
    _unknown(ctx, path, scope, expected)
    return None


def _tell_captured(ctx: Context, path: syn.Path, binding: Binding, rest: tuple[syn.Name, ...], scope: Scope) -> None:
    """A bare name under a binder that has a name of its own, and an outer record that has such a field as well."""
    if binding.name is None or len(rest) != len(path.names):
        return
    first = path.names[0]
    for other in scope.bindings:
        if other.var != binding.var and other.shape is not None and other.keys is None and find_field(other.shape, first.text) is not None:
            zh, en = other.shape.name.zh, other.shape.name.en
            inner = binding.shape.name if binding.shape is not None else Both(binding.name, binding.name)
            help = Both(
                f"写作 {binding.name}.{first.text}；要的是{zh}的，写作 本{zh}.{first.text}",
                f"write {binding.name}.{first.text}; for that of {en}, this_{en}.{first.text}",
            )
            ctx.found.report("H077", first.span, name=first.text, shape=inner, other=other.shape.name, help=help)
            return


class _Complained:
    """The name was found and is wrong here, which has been said."""


def note_start(ctx: Context, path: syn.Path, binding: Binding, rest: tuple[syn.Name, ...]) -> None:
    """Remember what the first name of a path means where it stands for a variable: 本对象, 本X, the name of a shape."""
    first, text = path.names[0], fold_name(path.names[0].text)
    if len(rest) == len(path.names) or (binding.name is not None and fold_name(binding.name) == text):
        return
    name = binding.shape.name if binding.shape is not None else None
    if text in _THIS | _THIS_VALUE:
        ctx.meant(first, _spelled(text))
    elif name is not None and text in (fold_name(name.zh), fold_name(name.en)):
        ctx.meant(first, name, ("shape", binding.shape.id) if binding.shape is not None else None)
    elif name is not None:
        ctx.meant(first, Both(f"本{name.zh}", f"this_{name.en}"))


# The words that stand in place of a name, each with its counterpart.
_PAIRS = (
    Both("真", "true"),
    Both("假", "false"),
    Both("是", "yes"),
    Both("否", "no"),
    Both("检查日", "as_of_day"),
    Both("提交日", "submission_day"),
    Both("施行日", "first_day"),
    Both("公布日", "published_day"),
    Both("本对象", "this"),
    Both("本值", "this_value"),
)


def _spelled(text: str) -> Both:
    """A word with its counterpart; 不是 is 否 in disguise and has none."""
    return next((pair for pair in _PAIRS if text in (pair.zh, pair.en)), Both(text, text))


def _word(ctx: Context, name: syn.Name, text: str, scope: Scope) -> ir.Expr | _Complained | None:
    if name.quoted:
        return None
    if text in _FIRST | _PUBLISHED:
        return _own_day(ctx, name, text, scope)
    if text in _TRUE | _FALSE | _AS_OF | _SUBMISSION:
        ctx.meant(name, _spelled(text))
    if text in _TRUE | _FALSE:
        return ir.Const(text in _TRUE, BoolT())
    if text in _AS_OF:
        return ir.AsOf()
    return ir.Call("submission_day", (), DateT()) if text in _SUBMISSION else None


def _own_day(ctx: Context, name: syn.Name, text: str, scope: Scope) -> ir.Expr | _Complained:
    """施行日 and 公布日: days of the rule itself, which are constants."""
    ctx.meant(name, _spelled(text))
    day = scope.days[text in _PUBLISHED] if scope.days is not None else None
    if day is not None:
        return ir.Const(day, DateT())
    ctx.found.report("T072", name.span, name=text, help=_OWN_DAY_HELP if scope.days is not None else _ONLY_RULES)
    return _Complained()


_OWN_DAY_HELP = Both("登记里没有所引文件的这个日期；直接写出日期", "the registry has no such day of what is cited; write the date itself")
_ONLY_RULES = Both("只有规则有这一天", "only a rule has such a day")


def _parameter(ctx: Context, name: syn.Name, text: str) -> ir.Expr | None:
    found = ctx.names.parameters.get(text)
    if found is None:
        return None
    ctx.meant(name, found.name, ("parameter", found.id))
    ctx.names.used_parameters.add(found.id)
    return ir.Param(found.id, found.type)


def _term(ctx: Context, name: syn.Name, text: str, scope: Scope) -> ir.Expr | _Complained | None:
    id = ctx.names.terms.get(text)
    if id is None:
        return None
    ctx.names.used_terms.add(id)
    term = ctx.term(id)
    if term is None:
        return _Complained()
    ctx.meant(name, term.name, ("term", term.id))
    if term.shape is None:
        return ir.TermUse(term.id, 0, term.type)
    for binding in scope.bindings:
        if binding.shape is not None and binding.shape.id == term.shape and binding.keys is None:
            return ir.TermUse(term.id, binding.var, term.type)
    shape = ctx.names.shapes[term.shape]
    ctx.found.report("N008", name.span, name=text, shape=shape.name)
    return _Complained()


def read_field_path(ctx: Context, binding: Binding, names: tuple[syn.Name, ...], span: Span) -> ir.Read | None:
    """The field that the names lead to from a variable; lists are not crossed."""
    path: tuple[str, ...] = ()
    ty, shape, called = binding.type, binding.shape, ""
    for name in names:
        if shape is None:
            _no_way_on(ctx, ty, called, name)
            return None
        one = find_field(shape, name.text)
        if one is None:
            _no_field(ctx, shape, name)
            return None
        ctx.field_read(shape, one)
        ctx.meant(name, one.name, ("field", f"{shape.id}.{one.id}"))
        path, ty, called = (*path, one.id), one.type, name.text
        shape = ctx.names.shapes.get(ty.shape) if isinstance(ty, RecordT) else None
    if binding.keys is not None and path not in binding.keys:
        if any(key[: len(path)] == path for key in binding.keys) and path:
            return ir.Read(binding.var, path, ty)
        ctx.found.report(
            "N016",
            span,
            name=".".join(name.text for name in names) or "本对象",
            help=Both("用 每个、数量、占比 等来说各成员", "speak of the members with every, count, share and the like"),
        )
        return None
    return ir.Read(binding.var, path, ty)


def blank_as_said(ctx: Context, read: ir.Read, scope: Scope) -> ir.Expr:
    """The value of a field whose blank means 否 (or 是): that, where nothing is given; any other read as it is."""
    binding = next((one for one in scope.bindings if one.var == read.var), None)
    shape = binding.shape if binding is not None else None
    field: Field | None = None
    for id in read.path:
        field = shape.field(id) if shape is not None else None
        shape = ctx.names.shapes.get(field.type.shape) if field is not None and isinstance(field.type, RecordT) else None
    if field is None or field.blank_means is None:
        return read
    return ir.If(ir.Is(read, (State.ABSENT,)), ir.Const(field.blank_means, BoolT()), read, BoolT())


def _no_way_on(ctx: Context, ty: object, called: str, name: syn.Name) -> None:
    if isinstance(ty, ListT):
        ctx.found.report("T003", name.span, name=called, help=_LIST_HELP)
    elif isinstance(ty, RefT):
        ctx.found.report("T017", name.span, name=called)
    else:
        ctx.found.report("N003", name.span, shape=called or name.text, name=name.text)


_LIST_HELP = Both("用 每个/存在 … 满足 (…) 逐个来说，或用 数量(…)、合计(…)", "use every/some … satisfies (…), or count(…), sum(…)")


def _no_field(ctx: Context, shape: Shape, name: syn.Name) -> None:
    near = ctx.nearest(name.text, (n for one in shape.fields for n in (one.name.zh, one.name.en) if n))
    ctx.found.report("N003", name.span, shape=shape.name, name=name.text, help=_meant(near))


def _meant(near: str | None) -> Both | None:
    return Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None


def _unknown(ctx: Context, path: syn.Path, scope: Scope, expected: Expected | None) -> None:
    first = path.names[0]
    if any(fold_name(name.text) in ctx.names.faulty for name in path.names):
        return
    meant = amount_meant(first.text, money=expected is not None and isinstance(expected.type, MoneyT)) if not first.quoted else None
    if meant is not None and len(path.names) == 1:
        fix = Fix(Both(f"写成 {meant}", f"write {meant}"), (Edit(first.span, meant),))
        ctx.found.report("N040", first.span, name=first.text, meant=meant, fix=fix)
        return
    if expected is not None and isinstance(expected.type, CodeT) and len(path.names) == 1:
        codes = ctx.names.codes[expected.type.codes]
        labels = [n for one in codes.entries for n in (one.name.zh, one.name.en) if n]
        longer = [label for label in labels if label.startswith(first.text)]
        near = longer[0] if len(longer) == 1 else _label_near(ctx, first.text, codes, labels)
        ctx.found.report(
            "N004",
            first.span,
            codes=codes.name,
            name=first.text,
            labels=(expected.label(),),
            help=_meant(near) or _all_of(codes),
        )
        return
    known: list[str] = []
    for binding in scope.bindings:
        known += [binding.name] if binding.name else []
        known += [n for one in (binding.shape.fields if binding.shape else ()) for n in (one.name.zh, one.name.en) if n]
    near = _field_called(scope, first.text) or ctx.nearest(first.text, (*known, *ctx.names.terms, *ctx.names.parameters))
    help = _code_of(ctx, first.text) or _meant(near)
    if help is None and expected is not None and isinstance(expected.type, TextT) and len(path.names) == 1:
        help = Both(f"文本要写在引号里：“{first.text}”", f'a text stands in quotation marks: "{first.text}"')
    ctx.found.report("N001", first.span, name=first.text, help=help)


def _code_of(ctx: Context, name: str) -> Both | None:
    """How a code is spoken of, where the name is one of a list: 是 红 或 蓝 has lost its field."""
    for codes in ctx.names.codes.values():
        if any(name in (one.name.zh, one.name.en) for one in codes.entries):
            zh, en = codes.name.zh, codes.name.en
            return Both(
                f"“{name}”是词表“{zh}”的代码；写作“字段 是 {name}”，几个之一写作“字段 属于 {{…, {name}}}”",
                f"`{name}` is a code of {en}; write `field is {name}`, or `field in {{…, {name}}}` for one of several",
            )
    return None


def _label_near(ctx: Context, wanted: str, codes: CodeList, labels: list[str]) -> str | None:
    """The label most like what is written; one found by an alias is told by its label, for only that is written in rules."""
    by_alias = {alias: one.name.zh or one.name.en for one in codes.entries for alias in one.aliases}
    near = ctx.nearest(wanted, (*labels, *by_alias))
    return near if near is None or near in labels else by_alias[near]


def _field_called(scope: Scope, wanted: str) -> str | None:
    """The name of a field that documents also know by the written word: rules use the name alone."""
    folded = fold_name(wanted)
    for binding in scope.bindings:
        for one in binding.shape.fields if binding.shape else ():
            if folded in map(fold_name, one.aliases):
                return one.name.zh if not wanted.isascii() else one.name.en or one.name.zh
    return None


def _all_of(codes: CodeList) -> Both | None:
    if not codes.entries or len(codes.entries) > 8:
        return None
    return Both(
        "可以写：" + "、".join(one.name.zh or one.name.en for one in codes.entries),
        "it has: " + ", ".join(one.name.en or one.name.zh for one in codes.entries),
    )
