"""Describes a failed test: what is wrong (as a predicate after a subject's name), what was seen, what would mend it."""

from collections.abc import Iterator
from dataclasses import replace

from guiju.dsl.ir.rewrite import rewrite
from guiju.dsl.ir.tree import (
    Compare,
    Const,
    Contains,
    Corpus,
    Each,
    Expr,
    First,
    Fold,
    HasFormat,
    If,
    In,
    Is,
    Match,
    Quant,
    QuantKind,
    Several,
    Truthy,
    Unique,
)
from guiju.dsl.ir.typing import children, sources_of
from guiju.dsl.ir.unit_slip import Slipped, slipped
from guiju.terms.fact import Known, Missing, State
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.formats.formats import FORMATS
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import BoolT, CodeT, DateT, ListT, RefT, TextT
from guiju.terms.verdict import Truth
from guiju.validators.engines.interpreter.expr import Evaluator, Scope
from guiju.validators.engines.interpreter.records import Node, RecordStore
from guiju.validators.engines.interpreter.values import Has, Holds
from guiju.validators.explain.checklists import blank_notes, counted_checklist
from guiju.validators.explain.phrases import assumed_read, negated, phrase, plural, type_of, unit_hint
from guiju.validators.explain.provenance import ResponsibleTest, fields_under
from guiju.validators.explain.unit_slips import both_readings, far_apart
from guiju.validators.explain.values import bilingual, quote, say_value

__all__ = ["FailedTest", "describe", "say_fact"]

_ZH = Tongue.ZH
_TURNS = {
    "≥": Both("达到{v}即符合；现为{n}", "passes from {v} on; you have {n}"),
    ">": Both("超过{v}即符合；现为{n}", "passes above {v}; you have {n}"),
    "≤": Both("不超过{v}即符合；现为{n}", "passes up to {v}; you have {n}"),
    "<": Both("低于{v}即符合；现为{n}", "passes below {v}; you have {n}"),
    "=": Both("改为{v}即符合；现为{n}", "passes with {v}; you have {n}"),
    "≠": Both("改为{v}以外的即符合", "passes with anything but {v}"),
}
_DATE_TURNS = {
    "≥": Both("不早于{v}即符合；现为{n}", "passes from {v} on; you have {n}"),
    ">": Both("晚于{v}即符合；现为{n}", "passes after {v}; you have {n}"),
    "≤": Both("不晚于{v}即符合；现为{n}", "passes up to {v}; you have {n}"),
    "<": Both("早于{v}即符合；现为{n}", "passes before {v}; you have {n}"),
}


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class FailedTest:
    """What is wrong with one test. `nodes` are the values it rests on, `flips` what would make it true."""

    says: Both
    seen: Both | None
    flips: Both | None
    nodes: tuple[Node, ...]


def say_fact(node: Node, world: RecordStore, tongue: Tongue) -> str:
    """What stands at a node: its value, its state, or what could not be read."""
    fact = node.fact
    if isinstance(fact, Known):
        return say_value(fact.value, node.type, world.plan.vocabulary, tongue, node.unit)
    zh = tongue is _ZH
    detail = fact.detail.say(tongue) if fact.detail is not None else ""
    match fact.state:
        case State.ABSENT:
            return ("未提供" if zh else "not given") + (f"（{detail}）" if zh and detail else f" ({detail})" if detail else "")
        case State.PENDING:
            return "待定" if zh else "pending"
        case State.NOT_APPLICABLE:
            words = "声明不适用" if zh else "declared not applicable"
            return words + (f"：{detail}" if zh and detail else f": {detail}" if detail else "")
        case _:
            raw = quote(str(fact.raw), tongue)
            return f"{raw}（无法识别：{detail}）" if zh else f"{raw} (unreadable: {detail})"


def describe(found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    """Describes one test that came out otherwise than wanted; of a field that was left blank it says what that was taken for."""
    made = _described(found, evaluator)
    blank = tuple(dict.fromkeys(blank_notes(found.test, found, evaluator)))
    if not blank:
        return made
    told = Both("；".join(one.zh for one in blank), "; ".join(one.en for one in blank))
    return replace(made, says=Both(f"{made.says.zh}（{told.zh}）", f"{made.says.en} ({told.en})"))


def _described(found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    test, wanted = found.test, found.wanted
    match test:
        case Is():
            return _of_state(test, found, evaluator)
        case Compare():
            return _of_comparison(test if wanted else _flipped(test), found, evaluator)
        case Quant():
            return _of_quantifier(test, found, evaluator)
        case Several():
            return _of_checklist(test, found, evaluator)
        case Unique() | First():
            return _of_twins(test, found, evaluator)
        case Truthy() | In() | Match() | HasFormat() | Contains():
            return _of_value(test, found, evaluator)
        case _:
            says = bilingual(lambda tongue: _must(test, found, tongue))
            return FailedTest(says=says, seen=None, flips=None, nodes=())


def _flipped(test: Compare) -> Compare:
    opposite = negated(test)
    assert isinstance(opposite, Compare)
    return opposite


def _must(test: Expr, found: ResponsibleTest, tongue: Tongue) -> str:
    said = phrase(test if found.wanted else negated(test), found.names, tongue)
    return f"不满足：{said}" if tongue is _ZH else f"does not satisfy: {said}"


def _of_state(test: Is, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    node = evaluator.node(test.operand, found.scope)
    field = bilingual(lambda tongue: found.names.say_read(test.operand, tongue))
    fact = bilingual(lambda tongue: say_fact(node, evaluator.world, tongue))
    seen = Both(f"{field.zh}：{fact.zh}", f"{field.en}: {fact.en}")
    state = node.fact.state
    flips: Both | None = None
    if state is State.UNREADABLE:
        says = Both(f"的{field.zh}写作{fact.zh}", f"gives {field.en} as {fact.en}")
        nearest = node.fact.nearest if isinstance(node.fact, Missing) else None
        if nearest is not None:
            flips = Both(f"最接近的写法是“{nearest}”", f'the nearest spelling is "{nearest}"')
    elif state in (State.ABSENT, State.PENDING):
        pending = state is State.PENDING
        says = (
            Both(f"的{field.zh}待定", f"leaves {field.en} pending")
            if pending
            else Both(f"没有写明{field.zh}", f"does not state {field.en}")
        )
        flips = Both(f"写明{field.zh}即符合", f"passes once {field.en} is stated")
    elif state is State.NOT_APPLICABLE:
        says = Both(f"的{field.zh}{fact.zh}", f": {field.en} is {fact.en}")
    else:
        asked = bilingual(lambda tongue: phrase(test if found.wanted else negated(test), found.names, tongue))
        says = Both(f"写了{field.zh}{fact.zh}，要求{asked.zh}", f"states {field.en} {fact.en}, where it is required that {asked.en}")
    return FailedTest(says=says, seen=seen, flips=flips, nodes=(node,))


def _of_comparison(test: Compare, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    """`test` is already the wanted one: its left side was seen, its right side is asked for."""
    slip = slipped(test)
    if slip is not None:
        return _of_slip(slip, test, found, evaluator)
    left, right = (_taken(one, found, evaluator) for one in (test.left, test.right))
    if isinstance(left, Const) and not isinstance(right, Const):
        swap = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
        test = Compare(swap.get(test.op, test.op), right, left)
        left, right = right, left
    if isinstance(left, Fold) and left.fn == "count":
        return _of_count(test.op, left, right, found, evaluator)
    seen_value, asked_value = evaluator.operand(left, found.scope), evaluator.operand(right, found.scope)

    def say(expr: Expr, value: object, tongue: Tongue) -> str:
        type = type_of(left) if isinstance(type_of(left), CodeT) else type_of(expr)
        unit = unit_hint(found.names, expr, left, right)
        return say_value(value.value, type, evaluator.world.plan.vocabulary, tongue, unit) if isinstance(value, Has) else "?"

    name = bilingual(lambda tongue: phrase(left, found.names, tongue))
    seen = bilingual(lambda tongue: say(left, seen_value, tongue))
    asked = bilingual(lambda tongue: say(right, asked_value, tongue))
    # What is asked for is said in words, and its value after them where the words do not hold it.
    required = bilingual(lambda tongue: phrase(Compare(test.op, left, right), found.names, tongue))
    computed = Both("", "") if isinstance(right, Const) else Both(f"（{asked.zh}）", f" ({asked.en})")
    must = Both(required.zh.removeprefix(name.zh), required.en.removeprefix(name.en).strip().removeprefix("is ").strip())
    says = Both(
        f"的{name.zh}是{_gap(seen.zh)}{seen.zh}，要求{must.zh}{computed.zh}",
        f": {name.en} is {seen.en}; required: {must.en}{computed.en}",
    )
    turns = _DATE_TURNS if isinstance(type_of(left), DateT) else _TURNS
    turn = turns.get(test.op) or _TURNS[test.op]
    flips = Both(turn.zh.format(v=_spaced(asked.zh), n=_gap(seen.zh) + seen.zh), turn.en.format(v=asked.en, n=seen.en))
    remark = _slip_remark(test.op, seen_value, asked_value, left, found, evaluator)
    if remark is not None:
        says = Both(says.zh + remark.zh, says.en + remark.en)
    if test.op == "≠" and isinstance(type_of(left), BoolT | CodeT | TextT | RefT | None):
        flips = Both(_TURNS["≠"].zh.format(v=_spaced(asked.zh)), _TURNS["≠"].en.format(v=asked.en))
    return FailedTest(
        says=says, seen=Both(f"{name.zh}：{seen.zh}", f"{name.en}: {seen.en}"), flips=flips, nodes=_nodes((left, right), found, evaluator)
    )


def _slip_remark(op: str, seen: object, asked: object, left: Expr, found: ResponsibleTest, evaluator: Evaluator) -> Both | None:
    """That the two amounts look like one in two units; None where they do not."""
    type = type_of(left)
    if not isinstance(seen, Has) or not isinstance(asked, Has) or type is None:
        return None
    vocabulary = evaluator.world.plan.vocabulary
    return far_apart(op, seen.value, asked.value, type, lambda value, tongue: say_value(value, type, vocabulary, tongue))


def _of_slip(slip: Slipped, test: Compare, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    """Both readings of an amount that is usual in another unit only."""
    values = [evaluator.operand(one, found.scope) for one in (test.left, test.right)]
    seen, meant = (one.value if isinstance(one, Has) else slip.low for one in values)
    unit = unit_hint(found.names, slip.read)

    def say(value: object, tongue: Tongue) -> str:
        return say_value(value, slip.read.type, evaluator.world.plan.vocabulary, tongue, unit)

    field = bilingual(lambda tongue: found.names.say_read(slip.read, tongue))
    says, flips = both_readings(slip, field, seen, meant, say)
    return FailedTest(
        says=says, seen=bilingual(lambda tongue: say(seen, tongue)), flips=flips, nodes=_nodes((slip.read,), found, evaluator)
    )


_COUNTED = {
    "=": Both("{v} 个", "exactly {v}"),
    "≠": Both("不是 {v} 个", "any number but {v}"),
    "≥": Both("不少于 {v} 个", "at least {v}"),
    ">": Both("多于 {v} 个", "more than {v}"),
    "≤": Both("不多于 {v} 个", "at most {v}"),
    "<": Both("少于 {v} 个", "fewer than {v}"),
}


def _of_count(op: str, count: Fold, right: Expr, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    """有 6 个数据集，要求 1 个; has 6 datasets; required: exactly 1."""
    seen, asked = evaluator.operand(count, found.scope), evaluator.operand(right, found.scope)
    n = int(seen.value) if isinstance(seen, Has) else 0
    vocabulary = evaluator.world.plan.vocabulary
    limit = bilingual(lambda tongue: say_value(asked.value, None, vocabulary, tongue) if isinstance(asked, Has) else "?")
    source = bilingual(lambda tongue: found.names.say_source(count.source, tongue))
    inner, where = found.names.bound(count.var, count.source), count.where
    filter = bilingual(lambda tongue: phrase(where, inner, tongue)) if where is not None else None
    zh = f"有 {n} 个{source.zh}" if filter is None else f"有 {n} 个{source.zh}满足（{filter.zh}）"
    thing = plural(source.en.removeprefix("the "), n)
    en = f"has {n} {thing}" + (f" with ({filter.en})" if filter is not None else "")
    must = Both(_COUNTED[op].zh.format(v=limit.zh), _COUNTED[op].en.format(v=limit.en))
    turn = _TURNS[op]
    flips = Both(turn.zh.format(v=f" {limit.zh} 个", n=f" {n} 个"), turn.en.format(v=limit.en, n=n))
    return FailedTest(
        says=Both(f"{zh}，要求{_gap(must.zh)}{must.zh}", f"{en}; required: {must.en}"),
        seen=Both(f"{source.zh}：{n} 个", f"{thing}: {n}"),
        flips=flips,
        nodes=_nodes((count, right), found, evaluator),
    )


def _taken(expr: Expr, found: ResponsibleTest, evaluator: Evaluator) -> Expr:
    """The operand with each choice replaced by the branch that was taken; inside a collection each element takes its own."""
    if isinstance(expr, Fold | Quant) or assumed_read(expr) is not None:
        return expr
    if isinstance(expr, If):
        condition = evaluator.holds(expr.cond, found.scope)
        truth = condition.truth if isinstance(condition, Holds) else None
        if truth in (Truth.T, Truth.F):
            return _taken(expr.then if truth is Truth.T else expr.other, found, evaluator)
        return expr
    return rewrite(expr, lambda one: _taken(one, found, evaluator))


def _spaced(text: str) -> str:
    """With a blank between a Chinese word and a number on either side."""
    return _gap(text) + text + (" " if text[-1:].isdigit() or text[-1:] == "%" else "")


def _gap(text: str) -> str:
    return " " if text[:1].isdigit() or text[:1] == "-" else ""


def _nodes(exprs: tuple[Expr, ...], found: ResponsibleTest, evaluator: Evaluator) -> tuple[Node, ...]:
    """The values that the operands read, each once; a record that holds a list has no hash, so spots are compared."""
    nodes = {(node := evaluator.node(read, found.scope)).spot: node for expr in exprs for read in fields_under(expr, found.scope)}
    lists = {node.spot: node for expr in exprs for node in _lists(expr, found.scope, evaluator)}
    return tuple({**nodes, **lists}.values())


def _lists(expr: Expr, scope: Scope, evaluator: Evaluator) -> Iterator[Node]:
    """The lists that an expression ranges over; of a path that crosses several, the outermost."""
    for source in sources_of(expr):
        if isinstance(source, Each) and source.var in scope:
            node = scope[source.var]
            for id in source.path:
                node = evaluator.world.field(node, id)
                if isinstance(node.type, ListT):
                    break
            yield node
    for one in children(expr):
        yield from _lists(one, scope, evaluator)


def _of_value(test: Truthy | In | Match | HasFormat | Contains, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    operand = _taken(test.operand, found, evaluator)
    test = replace(test, operand=operand)
    value = evaluator.operand(operand, found.scope)
    name = bilingual(lambda tongue: phrase(operand, found.names, tongue))
    vocabulary = evaluator.world.plan.vocabulary
    seen = bilingual(lambda tongue: say_value(value.value, type_of(operand), vocabulary, tongue) if isinstance(value, Has) else "?")
    required = bilingual(lambda tongue: phrase(test if found.wanted else negated(test), found.names, tongue))
    must = Both(required.zh.removeprefix(name.zh), required.en.removeprefix(name.en).strip())
    flips: Both | None = None
    if isinstance(test, HasFormat) and test.whole and found.wanted and isinstance(value, Has):
        fault = FORMATS[test.format].check(value.value, evaluator.world.plan.as_of)
        if fault is not None:
            flips = fault.message
            must = Both(f"{must.zh}（{fault.message.zh}）", f"{must.en} ({fault.message.en})")
    says = Both(f"的{name.zh}是{_gap(seen.zh)}{seen.zh}，要求{must.zh}", f": {name.en} is {seen.en}; required: it {must.en}")
    nodes = _nodes((operand,), found, evaluator)
    return FailedTest(says=says, seen=Both(f"{name.zh}：{seen.zh}", f"{name.en}: {seen.en}"), flips=flips, nodes=nodes)


def _of_quantifier(test: Quant, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    inner = found.names.bound(test.var, test.source)
    source = bilingual(lambda tongue: found.names.say_source(test.source, tongue))
    body = bilingual(lambda tongue: phrase(test.body, inner, tongue))
    n, total = found.matching, found.total
    thing = f'"{source.en}"' if source.en.startswith("no ") else source.en.removeprefix("the ")
    counts = Both(
        f"满足（{body.zh}）的{source.zh}有 {n} 个，共 {total} 个",
        f"{n} of {total} {plural(thing, total)} {'satisfies' if n == 1 else 'satisfy'} ({body.en})",
    )
    if isinstance(test.source, Corpus) and test.source.keys:
        # How many there are whose keys are equal says nothing to anybody.
        counts = Both(
            f"满足（{body.zh}）的{source.zh}有 {n} 个", f"{n} {plural(thing, n)} {'satisfies' if n == 1 else 'satisfy'} ({body.en})"
        )
    if test.kind is QuantKind.SOME and found.wanted:
        says = Both(f"没有{source.zh}满足（{body.zh}）", f"has no {thing} with ({body.en})")
    elif test.kind in (QuantKind.NO, QuantKind.SOME):
        says = Both(f"满足（{body.zh}）", f"satisfies ({body.en})")
    else:
        asked = bilingual(lambda tongue: phrase(test if found.wanted else negated(test), found.names, tongue))
        says = Both(f"中{counts.zh}；要求{asked.zh}", f": {counts.en}; required: {asked.en}")
    # Where no element can be named, the finding stands at the list.
    nodes = found.elements[-1:] or tuple(_lists(test, found.scope, evaluator))
    return FailedTest(says=says, seen=counts, flips=None, nodes=nodes)


def _of_checklist(test: Several, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    seen, required, guilty = counted_checklist(test, found, evaluator)
    says = Both(f"：{seen.zh}；要求{required.zh}", f": {seen.en}; required: {required.en}")
    return FailedTest(says=says, seen=seen, flips=None, nodes=_nodes(guilty, found, evaluator))


def _of_twins(test: Unique | First, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    name = bilingual(lambda tongue: phrase(test.operand, found.names, tongue))
    value = evaluator.operand(test.operand, found.scope)
    vocabulary = evaluator.world.plan.vocabulary
    seen = bilingual(lambda tongue: say_value(value.value, type_of(test.operand), vocabulary, tongue) if isinstance(value, Has) else "?")
    count = len(evaluator.twins(test, found.scope)) if isinstance(value, Has) else 0
    count += evaluator.world.beyond if test.within is None else 0
    says = Both(
        f"的{name.zh}{seen.zh}与另外 {count - 1} 个相同",
        f": {name.en} is {seen.en}, the same as {count - 1} other{'s' if count != 2 else ''}",
    )
    nodes = _nodes((test.operand,), found, evaluator)
    return FailedTest(says=says, seen=Both(f"{name.zh}：{seen.zh}", f"{name.en}: {seen.en}"), flips=None, nodes=nodes)
