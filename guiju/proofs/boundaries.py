"""Documents at the edges of a rule, as cases for its author to accept.

Each value stands at its bound and beside it, each field is left out, and for each change of the rule that no case notices there is a
document on which the two differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from guiju.dsl.ir import tree as ir
from guiju.proofs.encoding.bounds import bounds_for, expressions_of, walk
from guiju.proofs.encoding.documents import Unencodable, World
from guiju.proofs.encoding.logic import all_of, any_of, negate
from guiju.proofs.encoding.texts import Texts
from guiju.proofs.questions import Setting, ask_rule, find_near, needed_with
from guiju.proofs.relations import in_world
from guiju.proofs.replay import as_records, judged, verdict_of
from guiju.proofs.solver import Answer, Solver
from guiju.proofs.written import Documents
from guiju.terms.fact import Path
from guiju.terms.tongue import Both
from guiju.terms.types import DateT, MoneyT, QuantityT
from guiju.terms.verdict import Verdict

__all__ = ["Boundary", "boundaries_of", "told_apart"]


@dataclass(frozen=True, slots=True)
class Boundary:
    """One case: its name, the whole record, where the subject stands in it, other records, the day, and the engine's verdict."""

    name: Both
    record: Mapping[str, Any]
    path: Path
    others: Mapping[str, Sequence[Mapping[str, Any]]]
    day: date
    verdict: Verdict


def boundaries_of(rule: ir.Rule, setting: Setting) -> Iterator[Boundary]:
    """The documents at the edges, each kind of edge once; none for a rule that the solver is not asked about."""
    answers = ask_rule(rule, setting)
    start = next((one.witness for one in answers.asked if one.question == "pass" and one.witness is not None), None)
    if start is None or rule.subject.group is not None:
        return
    shape = rule.subject.shape
    records = start.documents.records.get(shape)
    if not records:
        return
    base, others = records[0], {id: held for id, held in start.documents.records.items() if id != shape}
    seen: set[tuple[str, str]] = set()
    for name, record, day in _edges(rule, base, setting):
        made = _judged(rule, name, record, start.path, others, day, setting)
        if made is not None and (repr(record), day.isoformat()) not in seen:
            seen.add((repr(record), day.isoformat()))
            yield made


def _edges(rule: ir.Rule, base: Mapping[str, Any], setting: Setting) -> Iterator[tuple[Both, dict[str, Any], date]]:
    day = setting.as_of
    yield Both("符合", "meets it"), dict(base), day
    nodes = (node for expr in expressions_of(rule) for node in walk(expr))
    reads = dict.fromkeys(node.path[0] for node in nodes if isinstance(node, ir.Read) and node.var == 0 and node.path)
    shape = setting.ruleset.vocabulary.shape(rule.subject.shape)
    for id in reads:
        field = shape.field(id)
        if field is None or rule.subject.path:
            continue
        name = field.name
        yield Both(f"{name.zh}未填", f"without {name.en}"), {key: value for key, value in base.items() if key != id}, day
        yield Both(f"{name.zh}不适用", f"{name.en} not applicable"), {**base, id: {"不适用": "本例不涉及"}}, day
    for read, value in _compared(rule):
        field = shape.field(read.path[0])
        if field is None or rule.subject.path or len(read.path) != 1:
            continue
        for word, raw in _beside(read, value):
            yield Both(f"{field.name.zh}{word.zh}", f"{field.name.en} {word.en}"), {**base, field.id: raw}, day
    if rule.start is not None:
        yield Both("生效前一天", "a day before it holds"), dict(base), rule.start - timedelta(days=1)
        yield Both("生效当天", "on its first day"), dict(base), rule.start


def _compared(rule: ir.Rule) -> Iterator[tuple[ir.Read, Any]]:
    for expr in expressions_of(rule):
        for node in walk(expr):
            if isinstance(node, ir.Compare):
                for one, other in ((node.left, node.right), (node.right, node.left)):
                    if isinstance(one, ir.Read) and one.var == 0 and isinstance(other, ir.Const):
                        yield one, other.value


def _beside(read: ir.Read, value: Any) -> Iterator[tuple[Both, Any]]:
    """Just below, at and just above a bound; and where a unit may be mistaken, the amount in the other unit."""
    below, above = Both("略低于界限", "just below the bound"), Both("略高于界限", "just above the bound")
    at = Both("等于界限", "at the bound")
    match read.type, value:
        case DateT(), date():
            yield from ((below, (value - timedelta(1)).isoformat()), (at, value.isoformat()), (above, (value + timedelta(1)).isoformat()))
        case MoneyT(), int() | Decimal():
            yield from ((below, f"{value - 1:f}元"), (at, f"{value:f}元"), (above, f"{value + 1:f}元"))
            yield Both("误写为万元", "in 万元 by mistake"), f"{value:f}万元"
        case QuantityT(), _:
            return
        case _, int() | Decimal() if not isinstance(value, bool):
            yield from ((below, value - 1), (at, value), (above, value + 1))


def _judged(
    rule: ir.Rule, name: Both, record: Mapping[str, Any], path: Path, others: Mapping[str, Any], day: date, setting: Setting
) -> Boundary | None:
    records = as_records(Documents({rule.subject.shape: [dict(record)], **{id: list(held) for id, held in others.items()}}))
    found = judged(needed_with(rule, setting.ruleset), setting.ruleset, records, day, setting.calendar).get(rule.id, [])
    verdict = verdict_of(found, 0, path)
    return None if verdict is None else Boundary(name, record, path, others, day, verdict)


# ---- changes that no case notices --------------------------------------------------------------------------------------------


def told_apart(rule: ir.Rule, mutant: ir.Rule, name: Both, setting: Setting) -> tuple[Answer, Boundary | None]:
    """A document on which a rule and a change of it differ; NO where there is none within the bounds."""
    texts = Texts(setting.ruleset.vocabulary, setting.as_of)
    world = World(setting.ruleset.vocabulary, setting.as_of, texts, bounds_for([rule, mutant]))
    solver = Solver(world, seconds=setting.seconds)
    other = replace(setting.ruleset, rules=tuple(mutant if one == rule else one for one in setting.ruleset.rules))
    try:
        before = in_world(rule, setting.ruleset, world, solver, setting)
        after = in_world(mutant, other, world, solver, setting)
    except Unencodable:
        return Answer.UNKNOWN, None
    parts = ("passed", "failed", "not_applicable", "undetermined", "error")
    worst = Answer.NO
    for (subject, old), (_, new) in zip(before.subjects, after.subjects, strict=False):
        same = any_of(*(all_of(getattr(old, part), getattr(new, part)) for part in parts))
        found, documents = find_near(solver, [subject.there, negate(same)], setting)
        if found.answer is Answer.YES and documents is not None:
            shape = rule.subject.shape
            records = documents.records.get(shape)
            if not records or documents.places.get(subject.node.record, ("", 1))[1] != 0:
                return Answer.UNKNOWN, None
            others = {id: held for id, held in documents.records.items() if id != shape}
            if len(records) > 1:
                # A case has one subject of its own kind; what needs several is left to its author.
                return Answer.UNKNOWN, None
            made = _judged(rule, name, records[0], subject.node.path, others, setting.as_of, setting)
            return Answer.YES, made
        worst = found.answer if found.answer is Answer.UNKNOWN else worst
    return worst, None
