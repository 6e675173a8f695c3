"""Describes a failed test: what is wrong (as a predicate after a subject's name), what was seen, what would mend it."""

from dataclasses import replace

from guiju.dsl.ir.tree import (
    Compare,
    Contains,
    Corpus,
    Each,
    Expr,
    First,
    HasFormat,
    In,
    Is,
    Match,
    Quant,
    QuantKind,
    Several,
    Truthy,
    Unique,
)
from guiju.terms.fact import Known, Missing, State
from guiju.terms.formats.formats import FORMATS
from guiju.terms.patterns.pattern import compile_pattern
from guiju.terms.tongue import Both, Tongue
from guiju.validators.engines.engine import CALENDAR, PARAMETER, SUBMISSION, FieldRef
from guiju.validators.engines.interpreter.expr import Evaluator
from guiju.validators.engines.interpreter.records import Node, RecordStore
from guiju.validators.engines.interpreter.values import Has
from guiju.validators.explain.checklists import blank_notes, counted_checklist
from guiju.validators.explain.failed_comparison import answered, of_comparison, taken
from guiju.validators.explain.phrases import phrase, say_source
from guiju.validators.explain.provenance import FailedTest, ResponsibleTest, lists_under, nodes_under
from guiju.validators.explain.values import bilingual, quote, say_value
from guiju.validators.explain.wording.english import agree, is_plural, noun, plural, with_article
from guiju.validators.explain.wording.parts import in_brackets, negated, type_of

__all__ = ["describe", "field_name", "missing_words", "say_fact"]

_ZH = Tongue.ZH
_LONGEST_BODY = 36


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
            if not detail:
                return "声明不适用，没有写原因" if zh else "declared not applicable, without a reason"
            return f"声明不适用：{detail}" if zh else f"declared not applicable: {detail}"
        case _:
            several = isinstance(fact.raw, list) and not any(isinstance(one, list | dict) for one in fact.raw)
            raw = quote(("、" if zh else ", ").join(map(str, fact.raw)) if several else str(fact.raw), tongue)
            return f"{raw}（无法识别：{detail}）" if zh else f"{raw} (unreadable; {detail})"


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
            return of_comparison(test if wanted else _flipped(test), found, evaluator)
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
    field = Both(field.zh, noun(field.en))
    fact = bilingual(lambda tongue: say_fact(node, evaluator.world, tongue))
    seen = Both(f"{field.zh}：{fact.zh}", f"{field.en}: {fact.en}")
    state = node.fact.state
    flips: Both | None = None
    mend: Both | None = None
    if state is State.UNREADABLE:
        says = Both(f"的{field.zh}写作{fact.zh}", f"gives {field.en} as {fact.en}")
        nearest = node.fact.nearest if isinstance(node.fact, Missing) else None
        if nearest is not None:
            flips = Both(f"最接近的写法是“{nearest}”", f'the nearest spelling is "{nearest}"')
            mend = Both(f"把{field.zh}写成“{nearest}”（若是此意）", f'Write {field.en} as "{nearest}", if that is meant')
    elif state in (State.ABSENT, State.PENDING):
        pending = state is State.PENDING
        says = (
            Both(f"的{field.zh}待定", f"leaves {field.en} pending")
            if pending
            else Both(f"没有写明{field.zh}", f"does not state {field.en}")
        )
        flips = Both(f"写明{field.zh}即符合", f"passes once {field.en} {agree(field.en, 'is')} stated")
    elif state is State.NOT_APPLICABLE:
        says = Both(f"的{field.zh}{fact.zh}", f": {field.en} {agree(field.en, 'is')} {fact.en}")
    else:
        asked = bilingual(lambda tongue: phrase(test if found.wanted else negated(test), found.names, tongue))
        says = Both(f"写了{field.zh}{fact.zh}，要求{asked.zh}", f"states {field.en} {fact.en}, where it is required that {asked.en}")
    return FailedTest(says=says, seen=seen, flips=flips, nodes=(node,), mend=mend)


def _of_value(test: Truthy | In | Match | HasFormat | Contains, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    operand = taken(test.operand, found, evaluator)
    test = replace(test, operand=operand)
    value = evaluator.operand(operand, found.scope)
    name = bilingual(lambda tongue: phrase(operand, found.names, tongue))
    vocabulary = evaluator.world.plan.vocabulary
    seen = bilingual(lambda tongue: say_value(value.value, type_of(operand), vocabulary, tongue) if isinstance(value, Has) else "?")
    nodes, said = nodes_under((operand,), found, evaluator), Both(f"{name.zh}：{seen.zh}", f"{name.en}: {seen.en}")
    if isinstance(test, Truthy):
        return answered(name, found.wanted, nodes)
    word = _matched(test, found, value)
    if word is not None:
        says = Both(f"的{name.zh}里有{word.zh}", f": {name.en} {agree(name.en, 'holds ').strip()} {word.en}")
        return FailedTest(says=says, seen=said, flips=None, nodes=nodes)
    required = bilingual(lambda tongue: phrase(test if found.wanted else negated(test), found.names, tongue))
    must = Both(required.zh.removeprefix(name.zh), required.en.removeprefix(name.en).strip())
    flips: Both | None = None
    if isinstance(test, HasFormat) and test.whole and found.wanted and isinstance(value, Has):
        fault = FORMATS[test.format].check(value.value, evaluator.world.plan.as_of)
        if fault is not None:
            flips = fault.message
            must = Both(f"{must.zh}（{fault.message.zh}）", f"{must.en} ({fault.message.en})")
    says = Both(
        f"的{name.zh}是{_gap(seen.zh)}{seen.zh}，要求{must.zh}",
        f": {name.en} {agree(name.en, 'is')} {seen.en}; required: that {'they' if is_plural(name.en) else 'it'} {must.en}",
    )
    return FailedTest(says=says, seen=said, flips=flips, nodes=nodes)


def _matched(test: Expr, found: ResponsibleTest, value: object) -> Both | None:
    """The very words of a text that a rule forbids, and of which list they are."""
    if found.wanted or not isinstance(test, Match) or test.whole or not isinstance(value, Has):
        return None
    pattern, _ = compile_pattern(test.pattern)
    word = pattern.first_in(str(value.value)) if pattern is not None else None
    if not word:
        return None
    quoted = bilingual(lambda tongue: quote(word, tongue))
    if test.words is None:
        return quoted
    lists = test.words.shown
    return Both(f"{quoted.zh}（属“{lists.zh}”）", f'{quoted.en} (of the list "{lists.en}")')


def _gap(text: str) -> str:
    return " " if text[:1].isdigit() or text[:1] == "-" else ""


def _of_quantifier(test: Quant, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    inner = found.names.bound(test.var, test.source, called=say_source(found.names, test.source, _ZH))
    source = bilingual(lambda tongue: say_source(found.names, test.source, tongue))
    body = bilingual(lambda tongue: in_brackets(phrase(test.body, inner, tongue), tongue))
    n, total = found.matching, found.total
    thing = f'"{source.en}"' if source.en.startswith("no ") else source.en.removeprefix("the ")
    verb = "satisfies" if n == 1 else "satisfy"
    counts = Both(f"满足{body.zh}的{source.zh}有 {n} 个，共 {total} 个", f"{n} of {total} {plural(thing, total)} {verb} {body.en}")
    if isinstance(test.source, Corpus) and test.source.keys:
        # How many there are whose keys are equal says nothing to anybody.
        counts = Both(f"满足{body.zh}的{source.zh}有 {n} 个", f"{n} {plural(thing, n)} {verb} {body.en}")
    bare = isinstance(test.body, Truthy)
    if len(counts.zh) > 2 * _LONGEST_BODY or len(counts.en) > 4 * _LONGEST_BODY:
        kind = found.names.shape_name(None if isinstance(test.source, Each) else test.source.shape, _ZH)
        counts = Both(f"合乎所说的{kind}有 {n} 个", f"{n} such")
    short = len(body.zh) <= _LONGEST_BODY and len(source.en) + len(body.en) <= 3 * _LONGEST_BODY
    among = bilingual(lambda tongue: phrase(replace(test, kind=QuantKind.NO), found.names, tongue))
    if test.kind is QuantKind.SOME and found.wanted and not among.zh.startswith("没有"):
        says = Both(f"的{among.zh}", f": {among.en}")
    elif test.kind is QuantKind.SOME and found.wanted:
        says = Both(
            f"没有{source.zh}" + ("" if bare else f"满足{body.zh}" if short else "合乎要求"),
            f"has no {plural(thing, 2)}" + ("" if bare else f" with {body.en}" if short else " as the rule asks for"),
        )
    elif test.kind in (QuantKind.NO, QuantKind.SOME):
        told = Both(f"满足{body.zh}", f"satisfies {body.en}") if short else Both("正是规则所说的情形", "is as the rule describes")
        says = Both("与规则不符", "is not as the rule asks") if bare else told
    else:
        asked = bilingual(lambda tongue: phrase(test if found.wanted else negated(test), found.names, tongue))
        says = Both(f"中{counts.zh}；要求{asked.zh}", f": {counts.en}; required: {asked.en}")
        if not short:
            says = Both(f"的{source.zh}有 {n} 个合乎要求，共 {total} 个", f": {n} of {total} {plural(thing, total)} are as the rule asks")
    # Where no element can be named, the finding stands at the list.
    nodes = found.elements[-1:] or tuple(lists_under(test, found.scope, evaluator))
    return FailedTest(says=says, seen=counts, flips=None, nodes=nodes)


def _of_checklist(test: Several, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    seen, required, guilty = counted_checklist(test, found, evaluator)
    says = Both(f"：{seen.zh}；要求{required.zh}", f": {seen.en}; required: {required.en}")
    return FailedTest(says=says, seen=seen, flips=None, nodes=nodes_under(guilty, found, evaluator))


def _of_twins(test: Unique | First, found: ResponsibleTest, evaluator: Evaluator) -> FailedTest:
    name = bilingual(lambda tongue: phrase(test.operand, found.names, tongue))
    value = evaluator.operand(test.operand, found.scope)
    vocabulary = evaluator.world.plan.vocabulary
    seen = bilingual(lambda tongue: say_value(value.value, type_of(test.operand), vocabulary, tongue) if isinstance(value, Has) else "?")
    count = len(evaluator.twins(test, found.scope)) if isinstance(value, Has) else 0
    count += evaluator.world.beyond if test.within is None else 0
    says = Both(
        f"的{name.zh}{seen.zh}与另外 {count - 1} 个相同",
        f": {name.en} {agree(name.en, 'is')} {seen.en}, the same as {count - 1} other{'s' if count != 2 else ''}",
    )
    nodes = nodes_under((test.operand,), found, evaluator)
    return FailedTest(says=says, seen=Both(f"{name.zh}：{seen.zh}", f"{name.en}: {seen.en}"), flips=None, nodes=nodes)


def missing_words(spot: FieldRef, world: RecordStore) -> Both:
    """Why a verdict could not be reached, for one spot."""
    match spot.record:
        case number if number == PARAMETER:
            id, day = spot.path[0], spot.path[1] if len(spot.path) > 1 else world.plan.as_of
            return Both(f"参数“{id}”在 {day} 没有值", f'parameter "{id}" has no value on {day}')
        case number if number == CALENDAR:
            return Both(f"没有 {spot.path[0]} 年的工作日历", f"there is no calendar of working days for {spot.path[0]}")
        case number if number == SUBMISSION:
            return Both("没有提交日期", "there is no day of submission")
    node = world.at(spot.record, spot.path)
    name = field_name(spot, world)
    if isinstance(node.fact, Known) and isinstance(node.fact.value, list):
        return Both(f"{name.zh}可能不完整", f"{name.en} may be incomplete")
    fact = bilingual(lambda tongue: say_fact(node, world, tongue))
    match node.fact.state:
        case State.ABSENT:
            return Both(f"没有写明{name.zh}", f"{name.en} {agree(name.en, 'is')} not stated")
        case State.UNREADABLE:
            return Both(f"{name.zh}写作{fact.zh}", f"{name.en} {agree(name.en, 'is')} given as {fact.en}")
        case State.VALUE:
            return Both(f"{name.zh}{fact.zh}不能用于计算", f"{name.en} {fact.en} cannot be used")
        case _:
            return Both(f"{name.zh}{fact.zh}", f"{name.en} {agree(name.en, 'is')} {fact.en}")


def field_name(spot: FieldRef, world: RecordStore) -> Both:
    """A spot by the names of its fields and the positions of its elements: 信息项第 3 项的名称, name of items 3."""
    node = world.root(spot.record)
    zh: list[str] = []
    en: list[str] = []
    for step in spot.path:
        if isinstance(step, int):
            zh[-1] += f"第 {step + 1} 项"
            en[-1] += f" {step + 1}"
            node = world.at(node.record, (*node.path, step))
            continue
        shape = world.shape_of(node)
        field = shape.field(step) if shape is not None else None
        shown = field.name.shown if field is not None else Both(step, step)
        zh.append(shown.zh)
        en.append(noun(with_article(shown.en)))
        node = world.field(node, step)
    return Both("的".join(zh), " of ".join(reversed(en)))
