"""Describes a failed comparison: a value against a bound, a count, a deadline, or an amount in a wrong unit."""

from collections.abc import Callable
from datetime import date

from guiju.dsl.ir.rewrite import rewrite
from guiju.dsl.ir.tree import Arith, AsOf, Compare, Const, Expr, Fold, If, Quant, Read
from guiju.dsl.ir.typing import children
from guiju.dsl.ir.unit_slip import Slipped, slipped
from guiju.terms.time.period import Period
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import BoolT, CodeT, DateT, PercentT, RefT, TextT, Type
from guiju.terms.verdict import Truth
from guiju.validators.engines.interpreter.expr import Evaluator
from guiju.validators.engines.interpreter.records import Node
from guiju.validators.engines.interpreter.values import Has, Holds
from guiju.validators.explain.phrases import assumed_read, phrase, say_source
from guiju.validators.explain.provenance import FailedTest, ResponsibleTest, nodes_under
from guiju.validators.explain.values import bilingual, say_value
from guiju.validators.explain.wording.english import agree, plural
from guiju.validators.explain.wording.parts import in_brackets, type_of, unit_hint
from guiju.validators.explain.wording.unit_slips import both_readings, far_apart

__all__ = ["answered", "of_comparison", "taken"]

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
_COUNTED = {
    "=": Both("{v} 个", "exactly {v}"),
    "≠": Both("不是 {v} 个", "any number but {v}"),
    "≥": Both("不少于 {v} 个", "at least {v}"),
    ">": Both("多于 {v} 个", "more than {v}"),
    "≤": Both("不多于 {v} 个", "at most {v}"),
    "<": Both("少于 {v} 个", "fewer than {v}"),
}
_SWAPPED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
_CHOSEN = Both("按条件应取的值", "the value that the conditions give")


def of_comparison(test: Compare, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    """`test` is already the wanted one: what the subject says was seen, the other side is asked for."""
    slip = slipped(test)
    if slip is not None:
        return _of_slip(slip, test, found, evaluator)
    whole = test.left, test.right
    left, right = (taken(one, found, evaluator) for one in whole)
    # What the documents say is what was seen; a bound, or the day of judgement, is what it is held against.
    if not _reads(left) and (_reads(right) or not _reads(whole[0])) and (_reads(right) or _reads(whole[1])):
        test = Compare(_SWAPPED.get(test.op, test.op), right, left)
        left, right, whole = right, left, (whole[1], whole[0])
    if isinstance(type_of(left), BoolT) and isinstance(right, Const):
        return _of_answer(test, left, right, found, evaluator)
    if isinstance(left, Fold) and left.fn == "count":
        return _of_count(test.op, left, right, found, evaluator)
    if _is_today(right) and isinstance(type_of(left), DateT):
        late = _of_deadline(test.op, left, whole[1], found, evaluator)
        if late is not None:
            return late
    return _of_values(Compare(test.op, left, right), whole, found, evaluator)


def _of_answer(test: Compare, left: Expr, right: Const, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    wanted = bool(right.value) is (test.op == "=")
    name = bilingual(lambda tongue: phrase(left, found.names, tongue))
    return answered(name, wanted, nodes_under((left, right), found, evaluator))


def answered(name: Both, wanted: bool, nodes: tuple[Node, ...]) -> FailedTest:
    """A question answered otherwise than wanted."""
    now, then = (Both("“是”", "yes"), Both("“否”", "no"))[:: -1 if wanted else 1]
    asked = name.en.removeprefix("the ")
    says = Both(f"的{name.zh}是{now.zh}，要求是{then.zh}", f': "{asked}" is answered {now.en}; required: {then.en}')
    flips = Both(f"改为{then.zh}即符合；现为{now.zh}", f"passes with {then.en}; you have {now.en}")
    return FailedTest(says=says, seen=Both(f"{name.zh}：{now.zh}", f"{asked}: {now.en}"), flips=flips, nodes=nodes)


def _of_values(test: Compare, whole: tuple[Expr, Expr], found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    left, right = test.left, test.right
    seen_value, asked_value = evaluator.operand(left, found.scope), evaluator.operand(right, found.scope)
    say = _speaker(left, right, found, evaluator)
    name = _name(left, whole[0], found)
    seen = bilingual(lambda tongue: say(left, seen_value, tongue))
    asked = bilingual(lambda tongue: say(right, asked_value, tongue))
    # What is asked for is said in words, and its value after them where the words do not hold it.
    other = Read(left.var, left.path, left.type) if isinstance(left, Read) else left
    required = bilingual(lambda tongue: phrase(Compare(test.op, other, right), found.names, tongue))
    plain = bilingual(lambda tongue: phrase(left, found.names, tongue))
    must = Both(required.zh.removeprefix(plain.zh), _predicate(required.en.removeprefix(plain.en)))
    computed = Both("", "") if isinstance(right, Const) else Both(f"（{asked.zh}）", f" ({asked.en})")
    says = Both(
        f"的{name.zh}是{_gap(seen.zh)}{seen.zh}，要求{must.zh}{computed.zh}",
        f": {name.en} {agree(name.en, 'is')} {seen.en}; required: {must.en}{computed.en}",
    )
    turns = _DATE_TURNS if isinstance(type_of(left), DateT) else _TURNS
    turn = turns.get(test.op) or _TURNS[test.op]
    flips: Both | None = Both(turn.zh.format(v=_spaced(asked.zh), n=_gap(seen.zh) + seen.zh), turn.en.format(v=asked.en, n=seen.en))
    type = type_of(left)
    if type is not None and isinstance(seen_value, Has) and isinstance(asked_value, Has):
        vocabulary = evaluator.world.plan.vocabulary
        remark = far_apart(
            test.op, seen_value.value, asked_value.value, type, lambda value, tongue: say_value(value, type, vocabulary, tongue)
        )
        says = says if remark is None else Both(says.zh + remark.zh, says.en + remark.en)
    if test.op == "≠" and isinstance(type, BoolT | CodeT | TextT | RefT | None):
        flips = Both(_TURNS["≠"].zh.format(v=_spaced(asked.zh)), _TURNS["≠"].en.format(v=asked.en))
    if not _reads(left):
        # Nothing that the subject could write is on this side: the conditions above decide.
        flips = None
    said = Both(f"{name.zh}：{seen.zh}", f"{name.en}: {seen.en}")
    return FailedTest(says=says, seen=said, flips=flips, nodes=nodes_under((left, right), found, evaluator))


def _speaker(left: Expr, right: Expr, found: ResponsibleTest, evaluator: Evaluator) -> Callable[[Expr, object, Tongue], str]:
    """Says a value of either side: a code by its list, a share as a percentage, an amount in the unit of the field."""
    types = type_of(left), type_of(right)
    shared: Type | None = next((one for one in types if isinstance(one, CodeT | PercentT)), None)

    def say(expr: Expr, value: object, tongue: Tongue) -> str:
        type = types[0] if isinstance(types[0], CodeT) else shared if isinstance(shared, PercentT) else type_of(expr)
        unit = unit_hint(found.names, expr, left, right)
        return say_value(value.value, type, evaluator.world.plan.vocabulary, tongue, unit) if isinstance(value, Has) else "?"

    return say


def _name(expr: Expr, whole: Expr, found: ResponsibleTest) -> Both:
    """What a value is called: by its field or its sum, or by the table that gave it; a constant is no name."""
    if whole in found.names.defined:
        return bilingual(lambda tongue: phrase(whole, found.names, tongue))
    if isinstance(expr, Const):
        return _CHOSEN
    return bilingual(lambda tongue: phrase(expr, found.names, tongue))


def _predicate(words: str) -> str:
    """`is at least 3` after the name is told: `at least 3`."""
    said = words.strip()
    for verb in ("is ", "are "):
        said = said.removeprefix(verb)
    return said.strip()


def _reads(expr: Expr) -> bool:
    """Whether the documents have a say in an operand."""
    return isinstance(expr, Read | Fold) or any(_reads(one) for one in children(expr))


def _is_today(expr: Expr) -> bool:
    return isinstance(expr, AsOf)


def _of_deadline(op: str, deadline: Expr, today: Expr, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest | None:
    """A day is held against the day of judgement, which nobody can move: it is told by how long the deadline is past."""
    value = evaluator.operand(deadline, found.scope)
    as_of = evaluator.world.plan.as_of
    if not isinstance(value, Has) or not isinstance(value.value, date) or op not in ("≥", ">", "<", "≤"):
        return None
    day, days = value.value, (as_of - value.value).days
    name = bilingual(lambda tongue: phrase(_without_nothing(deadline), found.names, tongue))
    plain = isinstance(deadline, Read)
    term = name if plain else Both("期限", "the deadline")
    made = Both("", "") if plain else Both(f"（{name.zh}）", f" ({name.en})")
    open_end = _unanswered(today, found, evaluator)
    lead = Both(f"的{term.zh}", f": {term.en}")
    if open_end is not None:
        lead = Both(f"没有写明{open_end.zh}，{term.zh}", f"does not state {open_end.en}; {term.en}")
    if op in ("≥", ">"):
        says = Both(
            f"{lead.zh}是 {day}{made.zh}，到检查日 {as_of} 已超期 {days} 天",
            f"{lead.en} was {day}{made.en}, {days} {plural('day', days)} before {as_of}",
        )
    else:
        says = Both(f"{lead.zh}是 {day}{made.zh}，晚于检查日 {as_of}", f"{lead.en} is {day}{made.en}, after the as-of day, {as_of}")
    seen = Both(f"{name.zh}：{day}", f"{name.en}: {day}")
    return FailedTest(says=says, seen=seen, flips=None, nodes=nodes_under((deadline,), found, evaluator))


def _without_nothing(expr: Expr) -> Expr:
    """The operand without periods of no length: the branch taken where nothing is added."""
    if isinstance(expr, Arith) and isinstance(expr.right, Const) and isinstance(expr.right.value, Period) and not expr.right.value.count:
        return _without_nothing(expr.left)
    return rewrite(expr, _without_nothing) if not isinstance(expr, Fold | Quant) else expr


def _unanswered(today: Expr, found: ResponsibleTest, evaluator: Evaluator) -> Both | None:
    """The day that would count instead of the day of judgement, were it stated: 若 答复日期 已提供 则 答复日期 否则 检查日."""
    if not isinstance(today, If):
        return None
    read = next((one for one in (today.then, today.other) if isinstance(one, Read)), None)
    return None if read is None else bilingual(lambda tongue: found.names.say_read(read, tongue))


def _of_slip(slip: Slipped, test: Compare, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    """Both readings of an amount that is usual in another unit only."""
    values = [evaluator.operand(one, found.scope) for one in (test.left, test.right)]
    seen, meant = (one.value if isinstance(one, Has) else slip.low for one in values)
    unit = unit_hint(found.names, slip.read)

    def say(value: object, tongue: Tongue) -> str:
        return say_value(value, slip.read.type, evaluator.world.plan.vocabulary, tongue, unit)

    field = bilingual(lambda tongue: found.names.say_read(slip.read, tongue))
    says, flips = both_readings(slip, field, seen, meant, say)
    likely = bilingual(lambda tongue: say(meant, tongue))
    mend = Both(
        f"若确是{_gap(likely.zh)}{likely.zh}，连单位一起写成“{likely.zh}”",
        f'If {likely.en} is meant, write it with its unit: "{likely.en}"',
    )
    return FailedTest(
        says=says,
        seen=bilingual(lambda tongue: say(seen, tongue)),
        flips=flips,
        nodes=nodes_under((slip.read,), found, evaluator),
        mend=mend,
    )


def _of_count(op: str, count: Fold, right: Expr, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    """有 6 个数据集，要求 1 个; has 6 datasets; required: exactly 1."""
    seen, asked = evaluator.operand(count, found.scope), evaluator.operand(right, found.scope)
    n = int(seen.value) if isinstance(seen, Has) else 0
    vocabulary = evaluator.world.plan.vocabulary
    limit = bilingual(lambda tongue: say_value(asked.value, None, vocabulary, tongue) if isinstance(asked, Has) else "?")
    source = bilingual(lambda tongue: say_source(found.names, count.source, tongue))
    inner, where = found.names.bound(count.var, count.source), count.where
    filter = bilingual(lambda tongue: in_brackets(phrase(where, inner, tongue), tongue)) if where is not None else None
    zh = f"有 {n} 个{source.zh}" if filter is None else f"有 {n} 个{source.zh}满足{filter.zh}"
    thing = plural(source.en.removeprefix("the "), n)
    en = f"has {n} {thing}" + (f" with {filter.en}" if filter is not None else "")
    must = Both(_COUNTED[op].zh.format(v=limit.zh), _COUNTED[op].en.format(v=limit.en))
    turn = _TURNS[op]
    flips = Both(turn.zh.format(v=f" {limit.zh} 个", n=f" {n} 个"), turn.en.format(v=limit.en, n=n))
    return FailedTest(
        says=Both(f"{zh}，要求{_gap(must.zh)}{must.zh}", f"{en}; required: {must.en}"),
        seen=Both(f"{source.zh}：{n} 个", f"{thing}: {n}"),
        flips=flips,
        nodes=nodes_under((count, right), found, evaluator),
    )


def taken(expr: Expr, found: ResponsibleTest, evaluator: Evaluator) -> Expr:
    """The operand with each choice replaced by the branch that was taken; inside a collection each element takes its own."""
    if isinstance(expr, Fold | Quant) or assumed_read(expr) is not None:
        return expr
    if isinstance(expr, If):
        condition = evaluator.holds(expr.cond, found.scope)
        truth = condition.truth if isinstance(condition, Holds) else None
        if truth in (Truth.T, Truth.F):
            return taken(expr.then if truth is Truth.T else expr.other, found, evaluator)
        return expr
    return rewrite(expr, lambda one: taken(one, found, evaluator))


def _spaced(text: str) -> str:
    """With a blank between a Chinese word and a number on either side."""
    return _gap(text) + text + (" " if text[-1:].isdigit() or text[-1:] == "%" else "")


def _gap(text: str) -> str:
    return " " if text[:1].isdigit() or text[:1] == "-" else ""
