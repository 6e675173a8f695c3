"""Why a verdict is not simply pass or fail: the one condition that does not hold, the exemption and its clause, the day."""

from guiju.dsl.ir.tree import Expr, Rule
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.engines.engine import Observation, Reason
from guiju.validators.engines.interpreter.expr import Evaluator
from guiju.validators.engines.interpreter.records import Node
from guiju.validators.explain.failed_test import describe, field_name, say_fact
from guiju.validators.explain.phrases import phrase
from guiju.validators.explain.provenance import fields_under, nearest_tests, responsible_tests
from guiju.validators.explain.sentences import in_sentences
from guiju.validators.explain.values import bilingual
from guiju.validators.explain.wording.names import Names
from guiju.validators.explain.wording.parts import negated, without_presence
from guiju.validators.findings.model import cited_words
from guiju.validators.plan.profiles import outside_words

__all__ = ["act_nodes", "reason_words", "seen_nodes"]

_MOST_SAID = 10
_LONGEST_LABEL = 60
_LONGEST = Both("x" * 40, "x" * 90)
_REASONS: dict[Reason, Both] = {
    Reason.BEFORE: Both("该行为（{day}）发生在 {what} 施行之前", "the act ({day}) was done before {what}, the first day in force"),
    Reason.AFTER: Both("该行为（{day}）发生在 {what} 失效之后", "the act ({day}) was done after {what}, the last day in force"),
    Reason.ACT_DAY: Both("不知道行为发生在哪一天：{what}", "the day of the act is not known: {what}"),
    Reason.CONDITION: Both("适用条件不成立：{what}", "the condition does not hold: {what}"),
    Reason.YIELDS: Both("受规则“{what}”限制", "it yields to the rule {what}"),
    Reason.EXEMPT: Both("除外：{what}", "exempt: {what}"),
    Reason.EMPTY: Both("没有可检查的内容", "there is nothing to check"),
    Reason.CONFLICT: Both("两项除外同时成立，而结论相反：{what}", "two exceptions hold at once, with opposite outcomes: {what}"),
    Reason.NOT_YET: Both("自 {what} 起施行", "in force from {what}"),
    Reason.NO_LONGER: Both("至 {what} 为止", "in force until {what}"),
    Reason.SUBMITTED: Both("不适用于这一天的提交", "does not hold for submissions of this day"),
    Reason.STATUS: Both("规则的状态是“{what}”", "the rule is {what}"),
    Reason.PROFILE: Both("{what}", "{what}"),
    Reason.GROUP_KEY: Both("分组的字段不明", "the field by which groups are formed is not known"),
}
_STATUS = {
    "draft": Both("草案", "a draft"),
    "suspended": Both("暂停", "suspended"),
    "withdrawn": Both("废止", "withdrawn"),
    "active": Both("生效", "active"),
}


def reason_words(observation: Observation, rule: Rule, evaluator: Evaluator, names: Names) -> Both | None:
    """Why the verdict is not simply pass or fail."""
    if observation.reason is Reason.NONE:
        fired = [rule.exceptions[number].label for number in observation.fired]
        return _labels(fired) if fired else None
    what = day = Both("", "")
    match observation.reason:
        case Reason.BEFORE | Reason.AFTER | Reason.ACT_DAY:
            edge = rule.start if observation.reason is Reason.BEFORE else rule.end
            day = seen_nodes(act_nodes(rule, evaluator), evaluator)
            what = day if observation.reason is Reason.ACT_DAY else Both(str(edge), str(edge))
            day = Both(day.zh.replace("：", " "), day.en.replace(": ", " ").replace("the ", ""))
        case Reason.CONDITION if rule.applies is not None:
            what = _condition(rule.applies, observation, evaluator, names)
        case Reason.YIELDS:
            what = Both(observation.by or "", observation.by or "")
            position = evaluator.world.plan.position(observation.by or "")
            if position is not None:
                what = evaluator.world.plan.rules[position].rule.name.shown
        case Reason.EXEMPT | Reason.CONFLICT:
            what = _exempt(observation, rule, names)
        case Reason.NOT_YET:
            what = Both(str(rule.start), str(rule.start))
        case Reason.NO_LONGER:
            what = Both(str(rule.end), str(rule.end))
        case Reason.PROFILE:
            outside = evaluator.world.plan.rules[observation.rule].outside
            assert outside is not None
            what = outside_words(rule, outside)
        case Reason.STATUS:
            what = _STATUS.get(rule.status, Both(rule.status, rule.status))
        case _:
            pass
    words = _REASONS[observation.reason]
    if observation.verdict is Verdict.UNDETERMINED and observation.reason is Reason.CONDITION:
        words = Both("不知道是否适用：{what}", "it is not known whether the rule applies: {what}")
    if observation.verdict is Verdict.UNDETERMINED and observation.reason in (Reason.EXEMPT, Reason.YIELDS):
        words = Both("不知道是否除外：{what}", "it is not known whether it is exempt: {what}")
    return Both(words.zh.format(what=what.zh, day=day.zh), words.en.format(what=what.en, day=day.en))


def _condition(applies: Expr, observation: Observation, evaluator: Evaluator, names: Names) -> Both:
    """The one condition that is false, as it stands and as it would have to be; what is not known is told whole."""
    failed = nearest_tests(applies, True, responsible_tests(evaluator, applies, True, names))
    if observation.verdict is Verdict.UNDETERMINED or not failed:
        return bilingual(lambda tongue: in_sentences(applies, names, tongue))
    first = failed[0]
    says = describe(first, evaluator).says
    asked = bilingual(lambda tongue: phrase(first.test if first.wanted else negated(first.test), first.names, tongue))
    zh = says.zh.partition("，要求")[0].removeprefix("的").replace("本项", "该项")
    en = says.en.partition("; required")[0].partition(", where it is required")[0].removeprefix(": ")
    short = Both(asked.zh if len(asked.zh) <= len(_LONGEST.zh) else "", asked.en if len(asked.en) <= len(_LONGEST.en) else "")
    return Both(
        f"{zh}；规则只在{short.zh.replace('本项', '该项')}时适用" if short.zh else zh,
        f"{en}; the rule applies only where {short.en}" if short.en else en,
    )


# 二(四)1 within a Chinese sentence is 二（四）1.
_WIDE = str.maketrans("()", "（）")


def _exempt(observation: Observation, rule: Rule, names: Names) -> Both:
    """The exemptions by their labels and the clauses that give them; one that cites nothing is of the rule's own clause."""
    fired = [rule.exceptions[number] for number in observation.fired] or list(rule.exceptions)
    said = []
    for one in fired:
        cites = [cited_words(cite.title, cite.clause_text) for cite in (one.citations or rule.citations[:1])]
        zh, en = "；".join(cite.zh for cite in cites).translate(_WIDE), "; ".join(cite.en for cite in cites)
        # A label is written in one tongue; where that is not English, the condition itself is said.
        label = one.label.en if one.label.en.isascii() and one.label.en else phrase(without_presence(one.when), names, Tongue.EN)
        if len(label) > _LONGEST_LABEL:
            label = in_sentences(one.when, names, Tongue.EN)
        said.append(Both(f"{one.label.zh}（{zh}）" if zh else one.label.zh, f"{label}; {en}" if en else label))
    return Both("、".join(one.zh for one in said), ", ".join(one.en for one in said))


def _labels(labels: list[Both]) -> Both:
    """The labels; one that is written in Chinese alone is called an exception of the rule in English."""
    english = (one.en if one.en and one.en.isascii() else "by an exception of the rule" for one in labels)
    return Both("、".join(one.zh for one in labels), ", ".join(dict.fromkeys(english)))


def act_nodes(rule: Rule, evaluator: Evaluator) -> tuple[Node, ...]:
    """The values that say on which day the act falls."""
    days = rule.act.days if rule.act is not None else ()
    reads = [read for day in days for read in fields_under(day, evaluator.scope)]
    return tuple({(node := evaluator.node(read, evaluator.scope)).spot: node for read in reads}.values())


def seen_nodes(nodes: tuple[Node, ...], evaluator: Evaluator) -> Both:
    """The values by their names: 更新日期：2024-01-02."""
    said = []
    for node in nodes[:_MOST_SAID]:
        name = field_name(node.spot, evaluator.world)
        fact = Both(*(say_fact(node, evaluator.world, tongue) for tongue in (Tongue.ZH, Tongue.EN)))
        said.append(Both(f"{name.zh}：{fact.zh}", f"{name.en}: {fact.en}"))
    return Both("；".join(one.zh for one in dict.fromkeys(said)), "; ".join(one.en for one in dict.fromkeys(said)))
