"""Habits: what the language allows and yet is seldom meant. Nothing here is an error."""

from collections.abc import Iterator
from functools import partial

from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.fold_constants import fold_expr
from guiju.dsl.ir.typing import children
from guiju.dsl.model.check_memo import CheckMemo
from guiju.dsl.model.checks.check_act_days import check_act_days
from guiju.dsl.model.checks.check_contradictions import check_contradictions
from guiju.dsl.model.checks.check_guards import check_guards
from guiju.dsl.model.expressions.check_collections import mentions
from guiju.dsl.model.guidance.check_guidance import check_guidance
from guiju.dsl.model.messages.check_messages import Messages
from guiju.dsl.model.messages.check_sentences import check_sentences
from guiju.dsl.model.names.context import DiagnosticSink, Names
from guiju.dsl.model.names.tree import CheckedModel, CheckedRule, Declared
from guiju.dsl.syntax import tree as syn
from guiju.terms.time.period import Interval
from guiju.terms.tongue import Both
from guiju.terms.types import CodeT

__all__ = ["check_lints", "known_truth"]

_MOST_NAMED = 5
_WORDS = {True: Both("成立", "true"), False: Both("不成立", "false")}


def check_lints(model: CheckedModel, names: Names, found: DiagnosticSink, memo: CheckMemo) -> None:
    """Warnings and hints on a model."""
    _unused(model, names, found)
    _fields(model, names, found)
    _one_name(model, found)
    _tables(model, found)
    written = [one for one in model.rules if not one.rule.implicit]
    _same(written, found)
    for one in written:
        memo.step_on("lint", one, names, found, partial(_rule, model, one, found))
    check_guards(model, written, found)
    check_act_days(written, {one.id: one for one in model.terms}, found)
    check_contradictions(model, written, found)
    words = Messages(model, found)
    for one in written:
        memo.step_on("words", one, names, found, partial(words.check, one))
    check_sentences(model, written, found)
    check_guidance(model, found)


def _unused(model: CheckedModel, names: Names, found: DiagnosticSink) -> None:
    # A lone vocabulary file is written for others to use: nothing in it is unused.
    if not any(not one.rule.implicit for one in model.rules):
        return
    for code, kind, used, things in (
        ("H002", "term", names.used_terms, tuple((one.id, one.name) for one in model.terms)),
        ("H003", "parameter", names.used_parameters, tuple((one.id, one.name) for one in model.parameters)),
        ("H013", "table", names.used_tables, tuple((one.id, one.name) for one in model.tables)),
    ):
        for id, name in things:
            where = model.where(kind, id)
            if id not in used and where is not None:
                found.report(code, where.span, name=name)


def _fields(model: CheckedModel, names: Names, found: DiagnosticSink) -> None:
    read = set(names.read_fields)
    if not any(not one.rule.implicit for one in model.rules):
        return
    for shape in model.shapes:
        where = model.where("register" if shape.register else "shape", shape.id)
        if where is None or shape.register or not any(shape.id == id for id, _ in read):
            continue
        idle = [one.name for one in shape.fields if (shape.id, one.id) not in read and not one.required and not one.key]
        if idle:
            fields = Both("、".join(one.zh for one in idle), ", ".join(one.en for one in idle))
            found.report("H004", where.span, shape=shape.name, field=fields)


def _one_name(model: CheckedModel, found: DiagnosticSink) -> None:
    # One hint a file: a file written for one tongue only is told so once.
    lone: dict[str, list[Declared]] = {}
    for one in model.declared:
        if one.name.zh == one.name.en and one.kind != "framework":
            lone.setdefault(one.span.file, []).append(one)
    for of_file in lone.values():
        names = list(dict.fromkeys(one.name.zh for one in of_file))
        found.report("H011", of_file[0].span, name=_listed(names))


def _listed(names: list[str]) -> Both:
    first, more = names[:_MOST_NAMED], len(names) - _MOST_NAMED
    zh, en = "、".join(f"“{one}”" for one in first), ", ".join(f"`{one}`" for one in first)
    return Both(f"{zh} 等 {len(names)} 个", f"{en} and {more} more") if more > 0 else Both(zh, en)


def _tables(model: CheckedModel, found: DiagnosticSink) -> None:
    for table in model.tables:
        where = model.where("table", table.id)
        for row in table.rows[:-1]:
            if where is not None and all(cell is None for cell in row.cells):
                found.report("H014", where.span)
                break


def _same(rules: list[CheckedRule], found: DiagnosticSink) -> None:
    # What a rule says is a value of frozen nodes: it is its own key, and costs no encoding.
    seen: dict[tuple[object, ...], CheckedRule] = {}
    for one in rules:
        rule = one.rule
        key = (
            rule.subject,
            rule.applies,
            rule.force,
            rule.requirement,
            rule.exceptions,
            rule.start,
            rule.end,
            rule.submitted,
            rule.yields_to,
        )
        other = seen.setdefault(key, one)
        if other is not one:
            found.report("H006", one.decl.keyword_span, name=rule.name, other=other.rule.name)


def _rule(model: CheckedModel, one: CheckedRule, found: DiagnosticSink) -> None:
    rule, decl = one.rule, one.decl
    if rule.fix is None and rule.status != "draft":
        found.report("H007", decl.keyword_span, name=rule.name)
    requirement = _span(decl, "shall", "shall_not", "should", "should_not", "may")
    truth = known_truth(rule.requirement)
    if truth is not None:
        found.report("H001", requirement, value=_WORDS[truth])
    applies = known_truth(rule.applies) if rule.applies is not None else None
    if applies is False:
        found.report("H010", _span(decl, "applies"), name=rule.name)
    elif applies is True:
        found.report("H001", _span(decl, "applies"), value=_WORDS[True])
    if not rule.force.forbids and truth is None and rule.applies is not None and _all_of(rule.requirement) <= _all_of(rule.applies):
        found.report("H009", requirement, name=rule.name)
    if rule.force.forbids and isinstance(rule.requirement, ir.Not):
        found.report("H012", requirement)
    for expr in _below(rule):
        if isinstance(expr, ir.Quant) and not isinstance(expr.source, ir.Corpus) and not mentions(expr.body, expr.var):
            found.report("H005", requirement)
            break
    _codes_in_time(model, one, requirement, found)


def _all_of(expr: ir.Expr) -> frozenset[ir.Expr]:
    """The conditions that must all hold."""
    return frozenset(expr.args) if isinstance(expr, ir.And) else frozenset({expr})


def _span(decl: syn.Decl, *kinds: str) -> Span:
    for part in decl.parts:
        if isinstance(part, syn.Requirement) and part.kind in kinds:
            return part.expr.span
    return decl.keyword_span


def _below(rule: ir.Rule) -> Iterator[ir.Expr]:
    waiting = [rule.requirement, *([rule.applies] if rule.applies is not None else []), *(rule.act.days if rule.act is not None else ())]
    waiting += [part for one in rule.exceptions for part in (one.when, one.instead) if part is not None]
    while waiting:
        at = waiting.pop()
        yield at
        waiting += children(at)


def _codes_in_time(model: CheckedModel, one: CheckedRule, span: Span, found: DiagnosticSink) -> None:
    """A code that holds on no day of the rule."""
    lists = {codes.id: codes for codes in model.codes}
    days = Interval(one.rule.start, one.rule.end)
    for expr in _below(one.rule):
        consts = expr.options if isinstance(expr, ir.In) else (expr,) if isinstance(expr, ir.Const) else ()
        for const in consts:
            if not isinstance(const.type, CodeT):
                continue
            entries = [entry for entry in lists[const.type.codes].entries if entry.code == const.value]
            if entries and not any(Interval(entry.start, entry.end).meet(days) for entry in entries):
                found.report("H015", span, name=entries[0].name)


def known_truth(expr: ir.Expr) -> bool | None:
    """The truth of a condition that depends on no subject; None for all others."""
    match fold_expr(expr):
        case ir.Truthy(operand=ir.Const(value=bool() as value)):
            return value
        case ir.Compare(op=op, left=ir.Const(value=left), right=ir.Const(value=right)):
            return _compared(op, left, right)
        case ir.Not(arg=arg):
            inner = known_truth(arg)
            return None if inner is None else not inner
        case ir.And(args=args):
            truths = [known_truth(one) for one in args]
            return False if False in truths or _clash(args) else True if all(truths) else None
        case ir.Or(args=args):
            truths = [known_truth(one) for one in args]
            if True in truths or _clash(tuple(_opposite(one) for one in args)):
                return True
            return False if all(one is False for one in truths) else None
        case _:
            return None


def _opposite(expr: ir.Expr) -> ir.Expr:
    """The negation of a bound as a bound; any other condition as it is, which then says nothing."""
    match expr:
        case ir.Compare(op=op, left=ir.Read(), right=ir.Const()) if op in _TURNED:
            return ir.Compare(_TURNED[op], expr.left, expr.right)
        case _:
            return ir.AsOf()


_TURNED = {"<": "≥", "≥": "<", ">": "≤", "≤": ">"}
_NEVER_TOGETHER = {"<": ("<", "≤", "="), "≤": ("<",), ">": (">", "≥", "="), "≥": (">",), "=": ("<", ">")}


def _compared(op: str, left: object, right: object) -> bool | None:
    if op in ("=", "≠"):
        return (left == right) is (op == "=")
    try:
        # Both are of one type, as the checker saw to.
        less, greater = bool(left < right), bool(left > right)  # type: ignore[operator]
    except TypeError:
        return None
    return {"<": less, "≤": not greater, ">": greater, "≥": not less}[op]


def _clash(args: tuple[ir.Expr, ...]) -> bool:
    """Conditions on one field that no value meets together: two different constants, a set without it, bounds that cross."""
    allowed: dict[ir.Expr, set[object]] = {}
    low: dict[ir.Expr, tuple[object, bool]] = {}
    high: dict[ir.Expr, tuple[object, bool]] = {}
    for one in args:
        match one:
            case ir.Compare(op="=", left=ir.Read() as read, right=ir.Const(value=value)):
                allowed[read] = allowed.get(read, {value}) & {value}
            case ir.In(operand=ir.Read() as read, options=options):
                values = {option.value for option in options}
                allowed[read] = allowed.get(read, values) & values
            case ir.Compare(op="≥" | ">" as op, left=ir.Read() as read, right=ir.Const(value=value)):
                low[read] = (value, op == ">")
            case ir.Compare(op="≤" | "<" as op, left=ir.Read() as read, right=ir.Const(value=value)):
                high[read] = (value, op == "<")
            case _:
                pass
    if any(not values for values in allowed.values()) or _orders_clash(args):
        return True
    return any(read in high and _cross(bound, high[read]) for read, bound in low.items())


def _orders_clash(args: tuple[ir.Expr, ...]) -> bool:
    """Two values that are asked to stand in one order and in the other: 甲 早于 乙 and 乙 早于 甲."""
    orders = [one for one in args if isinstance(one, ir.Compare) and isinstance(one.left, ir.Read) and isinstance(one.right, ir.Read)]
    for one in orders:
        for other in orders:
            if (one.left, one.right) == (other.right, other.left) and other.op in _NEVER_TOGETHER.get(one.op, ()):
                return True
    return False


def _cross(low: tuple[object, bool], high: tuple[object, bool]) -> bool:
    """Whether nothing lies between two bounds, each with whether it is itself left out."""
    is_above = _compared(">", low[0], high[0])
    return is_above is True or (low[0] == high[0] and (low[1] or high[1]))
