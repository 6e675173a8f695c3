"""Explains one observation in sentences: what was seen, what is required, what is wrong, and what would change it.

Every sentence made here comes from the rule and the document; the author's own (提示) stands beside them, its placeholders filled.
"""

import re
from collections.abc import Mapping

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
from guiju.validators.explain.failed_test import describe, field_name, missing_words
from guiju.validators.explain.provenance import FailedTest, ResponsibleTest, fields_under, nearest_tests, responsible_tests
from guiju.validators.explain.reasons import act_nodes, reason_words, seen_nodes
from guiju.validators.explain.sentences import LONGEST, authors_sentence, required_words
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.explain.wording.names import Names, defined_in
from guiju.validators.plan.footprint import children

__all__ = ["Explanation", "explain", "names_of", "spoken_subject"]

_MOST_SAID = 10
# Of what is not stated so many are named; the others are counted.
_MOST_NAMED = 5
_MOST_LETTERS = 90
# Of a requirement with more parts than this, only the parts that do not hold are said.
_MOST_PARTS = 8
_ZH = Tongue.ZH


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The sentences, and the values on which they rest. Their addresses are those of causes and fingerprints."""

    seen: Both
    required: Both
    message: Both
    says: Both | None = None
    action: Both | None = None
    flips: Both | None = None
    reason: Both | None = None
    nodes: tuple[Node, ...] = ()
    blames: tuple[ResponsibleTest, ...] = ()
    missing: tuple[FieldRef, ...] = ()


def names_of(evaluator: Evaluator, defined: Mapping[Expr, tuple[Both, tuple[Expr, ...]]] | None = None) -> Names:
    """The names in scope before any binder; `defined` where terms and tables are to be called by their names."""
    shapes = {var: node.type.shape if isinstance(node.type, RecordT) else None for var, node in evaluator.scope.items()}
    return Names(evaluator.world.plan.vocabulary, shapes, defined or {})


def explain(observation: Observation, runner: Runner, namer: SubjectNamer) -> Explanation:
    """The sentences for one observation."""
    rule = runner.world.plan.rules[observation.rule].version(observation.version)
    subject = spoken_subject(rule, observation, namer)
    evaluator = runner.evaluator(observation.rule, observation.subject)
    names = namer.names.get((observation.rule, observation.version))
    if names is None:
        names = namer.names[observation.rule, observation.version] = names_of(evaluator, defined_in(rule))
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
            return _of_undetermined(observation, evaluator, required, subject, reason_words(observation, rule, evaluator, names))
        case Verdict.ERROR:
            # Of exceptions that contradict each other both are named.
            told = reason_words(observation, rule, evaluator, names) if observation.reason is Reason.CONFLICT else observation.fault
            fault = told or Both("", "")
            message = Both(f"{subject.zh}无法检查：{fault.zh}", f"{subject.en} cannot be checked: {fault.en}")
            return Explanation(seen=fault, required=required, message=message, reason=fault)
        case _:
            reason = reason_words(observation, rule, evaluator, names)
            words = observation.verdict.words
            tail = Both(f"：{reason.zh}", f"; {reason.en}") if reason is not None else Both("", "")
            message = Both(f"{subject.zh}{words.zh}{tail.zh}", f"{subject.en}: {words.en}{tail.en}")
            nodes = _condition_nodes(rule, evaluator, observation.reason)
            return Explanation(seen=seen_nodes(nodes, evaluator), required=required, message=message, reason=reason, nodes=nodes)


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
    said = namer.said.get((observation.rule, observation.version))
    if said is None:
        said = namer.said[observation.rule, observation.version] = required_words(rule, names)
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
    told = {id(one) for one in nearest_tests(requirement, not rule.force.forbids, blames)}
    shown = [pair for pair in zip(blames, wrongs, strict=True) if id(pair[0]) in told]
    wheres = [_where(one, namer) for one, _ in shown]
    clauses = _gathered([(where, one.says) for where, (_, one) in zip(wheres, shown, strict=True)])
    # Only the first clause follows the subject directly; the 的 of the others would hang in the air.
    clauses = [*clauses[:1], *(Both(one.zh.removeprefix("的"), one.en.removeprefix(": ")) for one in clauses[1:])]
    if observation.subject.path:
        clauses = [
            Both(one.zh.removeprefix("的本项").removeprefix("本项"), one.en.replace("gives this value as", "is written as"))
            for one in clauses
        ]
    unsaid = len(clauses) - _MOST_SAID
    clauses = [_cut_in_two(one, subject) for one in clauses[:_MOST_SAID]]
    more = max(unsaid, 0) + sum(one.more for one in blames)
    tail = Both(f"；另有 {more} 个", f"; {more} more") if more else Both("", "")
    message = Both(
        subject.zh + "；".join(one.zh for one in clauses) + tail.zh,
        _after(f"{subject.en} ", "; ".join(one.en for one in clauses)) + tail.en,
    )
    shown, wheres = shown[:_MOST_SAID], wheres[:_MOST_SAID]
    seen = _joined(
        [
            _placed(Both(where.zh.removeprefix("的").removeprefix("：") + ("：" if where.zh else ""), where.en), one.seen)
            for where, (_, one) in zip(wheres, shown, strict=True)
            if one.seen is not None
        ],
        tail,
    )
    flips = _flips(shown, wheres, _parts(requirement, evaluator, wanted=not rule.force.forbids), tail)
    return Explanation(
        seen=seen,
        required=required,
        message=message,
        says=authors_sentence(rule, names, evaluator),
        action=_action(shown, wheres, flips if rule.fix is None else None),
        flips=flips,
        reason=reason_words(observation, rule, evaluator, names) if observation.fired else None,
        nodes=_nodes(wrongs),
        blames=blames,
    )


def _action(shown: list[tuple[ResponsibleTest, FailedTest]], wheres: list[Both], flips: Both | None) -> Both | None:
    """What to write, where the values show it; what would turn the finding, `flips`, where its author gives no advice."""
    said = [
        Both(where.zh.removeprefix("的") + ("：" if where.zh else "") + one.mend.zh, where.en + one.mend.en)
        for where, (_, one) in zip(wheres, shown, strict=True)
        if one.mend is not None
    ]
    if not said and flips is not None:
        return Both(flips.zh.partition("即符合")[0].strip(), f"It {flips.en}")
    return _joined(said, Both("", "")) if said else None


def _after(head: str, clause: str) -> str:
    """A clause after what it speaks of; one that begins with a colon takes no blank before it."""
    return head.rstrip() + clause if clause.startswith(":") else head + clause


def _placed(where: Both, words: Both) -> Both:
    """Words about an element after its place, which is not called 本项 a second time."""
    if not where.zh:
        return words
    if words.zh.startswith(("的本项是“", "本项：“")):
        # The element is what it is called by.
        where = Both(_QUOTED.sub("", where.zh), _QUOTED.sub(" ", where.en))
    its = Both(words.zh.removeprefix("的本项").removeprefix("本项：").removeprefix("本项"), words.en.removeprefix(": this value "))
    return Both(where.zh + its.zh, _after(where.en, its.en.removeprefix("this value: ")))


def _cut_in_two(clause: Both, subject: Both) -> Both:
    """A clause too long for one sentence is told in two: what is, and what is asked."""
    is_long = len(subject.zh) + len(clause.zh) > LONGEST[Tongue.ZH]
    return Both(clause.zh.replace("，要求", "；要求", 1), clause.en) if is_long else clause


_QUOTED = re.compile(r"“[^”]*”(?=：?$)| \"[^\"]*\" $")
_NOT_STATED = Both("没有写明", "does not state ")


def _gathered(told: list[tuple[Both, Both]]) -> list[Both]:
    """Each clause once, behind its place; what is not stated at one place, in one: 没有写明共享范围、使用用途."""
    clauses: dict[Both, None] = {}
    unstated: dict[Both, list[Both]] = {}
    for where, says in dict.fromkeys(told):
        if not says.zh.startswith(_NOT_STATED.zh):
            clauses[_placed(where, says)] = None
            continue
        named = unstated.setdefault(where, [])
        if not named:
            # Its place among the clauses; what it says is put in below.
            clauses[where] = None
        named.append(Both(says.zh.removeprefix(_NOT_STATED.zh), says.en.removeprefix(_NOT_STATED.en)))
    return [_placed(one, _unstated(unstated[one])) if one in unstated else one for one in clauses]


def _unstated(named: list[Both]) -> Both:
    count = _MOST_NAMED
    while count > 1 and sum(len(one.en) for one in named[:count]) > _MOST_LETTERS:
        count -= 1
    first, more = named[:count], len(named) - count
    zh, en = "、".join(one.zh for one in first), ", ".join(one.en for one in first)
    tail = Both(f"等 {len(named)} 项", f" and {more} more") if more > 0 else Both("", "")
    return Both(_NOT_STATED.zh + zh + tail.zh, _NOT_STATED.en + en + tail.en)


def _where(found: ResponsibleTest, namer: SubjectNamer) -> Both:
    """The elements on which a test was made: 的信息项第 3 项“身份证号”."""
    zh = en = ""
    for node in found.elements:
        position = node.path[-1] if node.path else None
        name = namer.element(node)
        if not isinstance(position, int):
            spoken = namer.spoken(namer.at(node.record))
            own = namer.world.records[node.record].shape in found.names.shapes.values()
            zh, en = f"{zh}：{'另一' if own else ''}{spoken.zh}", f"{en}{'the other ' if own else ''}{spoken.en} "
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
    action = Both(f"补上：{seen.zh}", f"Give what is wanting: {seen.en}")
    return Explanation(
        seen=seen, required=required, message=message, action=action, reason=reason, nodes=nodes, missing=observation.missing
    )


def _condition_nodes(rule: Rule, evaluator: Evaluator, reason: Reason) -> tuple[Node, ...]:
    if reason in (Reason.BEFORE, Reason.AFTER):
        return act_nodes(rule, evaluator)
    reads: tuple[Read, ...] = fields_under(rule.applies, evaluator.scope) if rule.applies is not None else ()
    if not reads:
        reads = fields_under(rule.requirement, evaluator.scope)
    return tuple({(node := evaluator.node(read, evaluator.scope)).spot: node for read in reads}.values())
