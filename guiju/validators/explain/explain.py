"""Explains one observation in sentences: what was seen, what is required, what is wrong, and what would change it.

Every sentence comes from the rule and the document; the author's own words (整改, 提示) are never mixed into them.
"""

from guiju.dsl.ir.tree import And, Expr, Read, Rule
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import RecordT
from guiju.terms.verdict import Truth, Verdict
from guiju.validators.engines.engine import FieldRef, Observation, Reason
from guiju.validators.engines.interpreter.expr import Evaluator
from guiju.validators.engines.interpreter.metered import TooCostly
from guiju.validators.engines.interpreter.records import Node
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.interpreter.values import Holds
from guiju.validators.explain.failed_test import FailedTest, describe, say_fact
from guiju.validators.explain.missing_words import field_name, missing_words
from guiju.validators.explain.phrases import Names, phrase
from guiju.validators.explain.provenance import ResponsibleTest, fields_under, responsible_tests
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.explain.values import bilingual
from guiju.validators.plan.footprint import children
from guiju.validators.plan.profiles import outside_words

__all__ = ["Explanation", "explain", "names_of", "required_words", "spoken_subject"]

_MOST_SAID = 10
# Of a requirement with more parts than this, only the parts that do not hold are said.
_MOST_PARTS = 8
_ZH = Tongue.ZH
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


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The sentences, and the values on which they rest. Their addresses are those of causes and fingerprints."""

    seen: Both
    required: Both
    message: Both
    flips: Both | None = None
    reason: Both | None = None
    nodes: tuple[Node, ...] = ()
    blames: tuple[ResponsibleTest, ...] = ()
    missing: tuple[FieldRef, ...] = ()


_UNITS = Both("金额和数量按所写的单位是通常的大小", "amounts and quantities are of a usual size in the unit in which they are written")


def names_of(evaluator: Evaluator) -> Names:
    """The names in scope before any binder."""
    shapes = {var: node.type.shape if isinstance(node.type, RecordT) else None for var, node in evaluator.scope.items()}
    return Names(evaluator.world.plan.vocabulary, shapes)


def required_words(rule: Rule, names: Names, requirement: Expr | None = None) -> Both:
    """The requirement with the force with which the rule states it."""
    force = rule.force.words
    if rule.implicit and rule.id.endswith(".units"):
        # It is a disjunction over every amount of the shape, which nobody could read.
        return Both(f"{force.zh}：{_UNITS.zh}", f"{force.en}: {_UNITS.en}")
    said = bilingual(lambda tongue: phrase(requirement or rule.requirement, names, tongue))
    return Both(f"{force.zh}：{said.zh}", f"{force.en}: {said.en}")


def explain(observation: Observation, runner: Runner, namer: SubjectNamer) -> Explanation:
    """The sentences for one observation."""
    rule = runner.world.plan.rules[observation.rule].version(observation.version)
    subject = spoken_subject(rule, observation, namer)
    evaluator = runner.evaluator(observation.rule, observation.subject)
    names = names_of(evaluator)
    required = _required(rule, names, observation, namer)
    try:
        return _explained(observation, rule, evaluator, names, required, subject, namer)
    except TooCostly as spent:
        # Judged within the budget, which all that would have to be named is not.
        words = observation.verdict.words
        message = Both(
            f"{subject.zh}{words.zh}；细节不逐一列出（{spent.words.zh}）", f"{subject.en}: {words.en}; no details ({spent.words.en})"
        )
        return Explanation(seen=words, required=required, message=message, reason=spent.words)


def _explained(
    observation: Observation, rule: Rule, evaluator: Evaluator, names: Names, required: Both, subject: Both, namer: SubjectNamer
) -> Explanation:
    match observation.verdict:
        case Verdict.FAIL:
            return _of_failure(observation, rule, evaluator, names, required, subject, namer)
        case Verdict.UNDETERMINED:
            return _of_undetermined(observation, evaluator, required, subject, _reason(observation, rule, evaluator, names))
        case Verdict.ERROR:
            # Of exceptions that contradict each other both are named.
            told = _reason(observation, rule, evaluator, names) if observation.reason is Reason.CONFLICT else observation.fault
            fault = told or Both("", "")
            message = Both(f"{subject.zh}无法检查：{fault.zh}", f"{subject.en} cannot be checked: {fault.en}")
            return Explanation(seen=fault, required=required, message=message, reason=fault)
        case _:
            reason = _reason(observation, rule, evaluator, names)
            words = observation.verdict.words
            tail = Both(f"：{reason.zh}", f": {reason.en}") if reason is not None else Both("", "")
            message = Both(f"{subject.zh}{words.zh}{tail.zh}", f"{subject.en}: {words.en}{tail.en}")
            nodes = _condition_nodes(rule, evaluator, observation.reason)
            return Explanation(seen=_seen_nodes(nodes, evaluator), required=required, message=message, reason=reason, nodes=nodes)


def _wrongs(
    observation: Observation, rule: Rule, evaluator: Evaluator, names: Names
) -> tuple[tuple[ResponsibleTest, ...], list[FailedTest]]:
    blames = responsible_tests(evaluator, _stands_for(rule, observation) or rule.requirement, not rule.force.forbids, names)
    return blames, [describe(one, evaluator) for one in blames]


def _nodes(wrongs: list[FailedTest]) -> tuple[Node, ...]:
    return tuple({node.spot: node for one in wrongs for node in one.nodes}.values())


def _required(rule: Rule, names: Names, observation: Observation, namer: SubjectNamer) -> Both:
    """The requirement as it stands in the rule; it is the same for all subjects, so it is said once."""
    instead = _stands_for(rule, observation)
    if instead is not None:
        return required_words(rule, names, instead)
    said = namer.said.get(observation.rule)
    if said is None:
        said = namer.said[observation.rule] = required_words(rule, names)
    return said


def spoken_subject(rule: Rule, observation: Observation, namer: SubjectNamer) -> Both:
    """The subject; an element that is no record has no kind of its own and is told by its place in what holds it."""
    subject = observation.subject
    if rule.subject.group is not None or not subject.path or isinstance(namer.world.at(subject.record, subject.path).type, RecordT):
        return namer.spoken_subject(rule.subject, subject)
    holder = namer.spoken(namer.at(subject.record))
    where = field_name(FieldRef(subject.record, subject.path), namer.world)
    return Both(f"{holder.zh}的{where.zh}", f"{where.en} of {holder.en}")


def _stands_for(rule: Rule, observation: Observation) -> Expr | None:
    """What replaces the requirement, where an exception does."""
    replaced = [rule.exceptions[number].instead for number in observation.fired]
    return next((one for one in replaced if one is not None), None)


def _unmet(requirement: Expr, evaluator: Evaluator) -> Expr:
    """The requirement; of one with very many parts, those that do not hold, for the others only hide them."""
    if not isinstance(requirement, And) or len(requirement.args) <= _MOST_PARTS:
        return requirement
    judged = ((one, evaluator.holds(one, evaluator.scope)) for one in requirement.args)
    unmet = tuple(one for one, found in judged if not isinstance(found, Holds) or found.truth is not Truth.T)
    match unmet:
        case ():
            return requirement
        case (only,):
            return only
        case _:
            return And(unmet)


# ---- failure -----------------------------------------------------------------------------------------------------------------


def _of_failure(
    observation: Observation, rule: Rule, evaluator: Evaluator, names: Names, required: Both, subject: Both, namer: SubjectNamer
) -> Explanation:
    requirement = _stands_for(rule, observation) or rule.requirement
    unmet = requirement if rule.force.forbids else _unmet(requirement, evaluator)
    if unmet is not requirement:
        required = required_words(rule, names, unmet)
    blames, wrongs = _wrongs(observation, rule, evaluator, names)
    shown = list(zip(blames, wrongs, strict=True))[:_MOST_SAID]
    wheres = [_where(one, namer) for one, _ in shown]
    clauses = [Both(where.zh + one.says.zh, _after(where.en, one.says.en)) for where, (_, one) in zip(wheres, shown, strict=True)]
    clauses = _gathered(clauses)
    # Only the first clause follows the subject directly; the 的 of the others would hang in the air.
    clauses = [*clauses[:1], *(Both(one.zh.removeprefix("的"), one.en.removeprefix(": ")) for one in clauses[1:])]
    if observation.subject.path:
        clauses = [
            Both(one.zh.removeprefix("的本项").removeprefix("本项"), one.en.replace("gives this value as", "is written as"))
            for one in clauses
        ]
    more = len(blames) - len(shown) + sum(one.more for one in blames)
    tail = Both(f"；另有 {more} 个", f"; {more} more") if more else Both("", "")
    message = Both(
        subject.zh + "；".join(one.zh for one in clauses) + tail.zh,
        _after(f"{subject.en} ", "; ".join(one.en for one in clauses)) + tail.en,
    )
    seen = _joined(
        [
            Both(where.zh.removeprefix("的") + ("：" if where.zh else "") + one.seen.zh, where.en + one.seen.en)
            for where, (_, one) in zip(wheres, shown, strict=True)
            if one.seen is not None
        ],
        tail,
    )
    return Explanation(
        seen=seen,
        required=required,
        message=message,
        flips=_flips(shown, wheres, _parts(requirement, evaluator, wanted=not rule.force.forbids), tail),
        reason=_reason(observation, rule, evaluator, names) if observation.fired else None,
        nodes=_nodes(wrongs),
        blames=blames,
    )


def _after(head: str, clause: str) -> str:
    """A clause after what it speaks of; one that begins with a colon takes no blank before it."""
    return head.rstrip() + clause if clause.startswith(":") else head + clause


_NOT_STATED = Both("没有写明", "does not state ")


def _gathered(clauses: list[Both]) -> list[Both]:
    """Each clause once; what a subject does not state, in one clause: 没有写明共享范围、使用用途."""
    told: list[Both] = []
    for one in dict.fromkeys(clauses):
        last = told[-1] if told else None
        stated = (last, one) if last is not None and one.zh.startswith(_NOT_STATED.zh) and last.zh.startswith(_NOT_STATED.zh) else None
        if stated is None:
            told.append(one)
        else:
            told[-1] = Both(
                f"{stated[0].zh}、{one.zh.removeprefix(_NOT_STATED.zh)}", f"{stated[0].en}, {one.en.removeprefix(_NOT_STATED.en)}"
            )
    return told


def _where(found: ResponsibleTest, namer: SubjectNamer) -> Both:
    """The elements on which a test was made: 的信息项第 3 项“身份证号”."""
    zh = en = ""
    for node in found.elements:
        position = node.path[-1] if node.path else None
        name = namer.element(node)
        if not isinstance(position, int):
            spoken = namer.spoken(namer.at(node.record))
            zh, en = f"{zh}的{spoken.zh}", f"{en}{spoken.en} "
            continue
        collection = field_name(FieldRef(node.record, node.path[:-1]), namer.world)
        quoted = "" if name == f"#{position + 1}" else name
        zh += f"的{collection.zh}第 {position + 1} 项" + (f"“{quoted}”" if quoted else "")
        en += f"{collection.en} {position + 1}" + (f' "{quoted}"' if quoted else "") + " "
    return Both(zh, f"in {en}" if en else "")


def _joined(parts: list[Both], tail: Both) -> Both:
    unique = list(dict.fromkeys(parts))
    return Both("；".join(one.zh for one in unique) + tail.zh, "; ".join(one.en for one in unique) + tail.en)


def _parts(requirement: Expr, evaluator: Evaluator, *, wanted: bool) -> tuple[Expr, ...]:
    """The parts of a requirement each of which fails it; the whole of one that is not a conjunction."""
    if not wanted or not isinstance(requirement, And):
        return (requirement,)
    judged = ((one, evaluator.holds(one, evaluator.scope)) for one in requirement.args)
    return tuple(one for one, found in judged if isinstance(found, Holds) and found.truth is Truth.F) or (requirement,)


def _flips(shown: list[tuple[ResponsibleTest, FailedTest]], wheres: list[Both], parts: tuple[Expr, ...], tail: Both) -> Both | None:
    """What would turn the finding: one thing of each part that fails it; `tail` tells of those that are not named."""
    turns: dict[int, list[Both]] = {}
    for where, (found, one) in zip(wheres, shown, strict=True):
        if one.flips is not None:
            at = next((number for number, part in enumerate(parts) if _holds(part, found.test)), 0)
            said = Both(where.zh.removeprefix("的") + ("：" if where.zh else "") + one.flips.zh, where.en + one.flips.en)
            turns.setdefault(at, []).append(said)
    if len(turns) < 2:
        return _joined(next(iter(turns.values())), Both("", "")) if turns else None
    each = [
        [Both(one.zh.replace(" 即符合", "").replace("即符合", ""), one.en.replace("passes ", "")) for one in dict.fromkeys(part)]
        for part in turns.values()
    ]
    return Both(
        "都做到才符合：" + "；".join(" 或 ".join(one.zh for one in part) for part in each) + tail.zh,
        "passes only with all of these: " + "; ".join(" or ".join(one.en for one in part) for part in each) + tail.en,
    )


def _holds(part: Expr, test: Expr) -> bool:
    """Whether the test is the part itself or stands in it."""
    return part is test or any(_holds(one, test) for one in children(part))


# ---- undetermined, not applicable ------------------------------------------------------------------------------------------------


def _of_undetermined(observation: Observation, evaluator: Evaluator, required: Both, subject: Both, reason: Both | None) -> Explanation:
    shown = observation.missing[:_MOST_SAID]
    causes = [missing_words(spot, evaluator.world) for spot in shown]
    more = len(observation.missing) - len(shown)
    tail = Both(f"；另有 {more} 个", f"; {more} more") if more else Both("", "")
    seen = _joined(causes, tail)
    message = Both(f"{subject.zh}无法判定：{seen.zh}", f"{subject.en} cannot be decided: {seen.en}")
    nodes = tuple(evaluator.world.at(spot.record, spot.path) for spot in observation.missing if spot.record >= 0)
    return Explanation(seen=seen, required=required, message=message, reason=reason, nodes=nodes, missing=observation.missing)


def _reason(observation: Observation, rule: Rule, evaluator: Evaluator, names: Names) -> Both | None:
    """Why the verdict is not simply pass or fail."""
    if observation.reason is Reason.NONE:
        fired = [rule.exceptions[number].label for number in observation.fired]
        return _labels(fired) if fired else None
    what = day = Both("", "")
    match observation.reason:
        case Reason.BEFORE | Reason.AFTER | Reason.ACT_DAY:
            edge = rule.start if observation.reason is Reason.BEFORE else rule.end
            day = _seen_nodes(_act_nodes(rule, evaluator), evaluator)
            what = day if observation.reason is Reason.ACT_DAY else Both(str(edge), str(edge))
            day = Both(day.zh.replace("：", " "), day.en.replace(": ", " ").replace("the ", ""))
        case Reason.CONDITION if rule.applies is not None:
            condition = rule.applies
            what = bilingual(lambda tongue: phrase(condition, names, tongue))
        case Reason.YIELDS:
            what = Both(observation.by or "", observation.by or "")
            position = evaluator.world.plan.position(observation.by or "")
            if position is not None:
                what = evaluator.world.plan.rules[position].rule.name
        case Reason.EXEMPT | Reason.CONFLICT:
            what = _labels([rule.exceptions[number].label for number in observation.fired] or [one.label for one in rule.exceptions])
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


def _labels(labels: list[Both]) -> Both:
    return Both("、".join(one.zh for one in labels), ", ".join(one.en or one.zh for one in labels))


def _act_nodes(rule: Rule, evaluator: Evaluator) -> tuple[Node, ...]:
    """The values that say on which day the act falls."""
    days = rule.act.days if rule.act is not None else ()
    reads = [read for day in days for read in fields_under(day, evaluator.scope)]
    return tuple({(node := evaluator.node(read, evaluator.scope)).spot: node for read in reads}.values())


def _condition_nodes(rule: Rule, evaluator: Evaluator, reason: Reason) -> tuple[Node, ...]:
    if reason in (Reason.BEFORE, Reason.AFTER):
        return _act_nodes(rule, evaluator)
    reads: tuple[Read, ...] = fields_under(rule.applies, evaluator.scope) if rule.applies is not None else ()
    if not reads:
        reads = fields_under(rule.requirement, evaluator.scope)
    return tuple({(node := evaluator.node(read, evaluator.scope)).spot: node for read in reads}.values())


def _seen_nodes(nodes: tuple[Node, ...], evaluator: Evaluator) -> Both:
    said = []
    for node in nodes[:_MOST_SAID]:
        name = field_name(node.spot, evaluator.world)
        fact = Both(*(say_fact(node, evaluator.world, tongue) for tongue in (Tongue.ZH, Tongue.EN)))
        said.append(Both(f"{name.zh}：{fact.zh}", f"{name.en}: {fact.en}"))
    return _joined(said, Both("", ""))
