"""The smallest change that makes a record meet every rule: what to fill, what to alter, at what cost; or which clauses forbid it.

What a change costs is told by `cost_of`: to fill a gap is cheap, to alter what was stated is dear, and a key is what the record is known
by. The proposal is one of the cheapest where the optimizer came to an end, which is said.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import z3

from guiju.dsl.ir.tree import Profile, Rule
from guiju.proofs.encoding.bounds import LONGEST_LIST, bounds_for
from guiju.proofs.encoding.documents import Bounds, Node
from guiju.proofs.encoding.logic import Formula, all_of, lift, negate
from guiju.proofs.examples import Examples, as_raw
from guiju.proofs.feasible import Clash, Together, clashes_of, encoded, planned_for
from guiju.proofs.questions import Setting
from guiju.proofs.replay import as_records, judged
from guiju.proofs.solver import Answer, Found
from guiju.proofs.written import Documents, Unwritable, written
from guiju.terms.fact import Known, State
from guiju.terms.reading.reading import read_value
from guiju.terms.shape import Field
from guiju.terms.types import BoolT, CodeT, ListT
from guiju.terms.verdict import Verdict
from guiju.validators.plan.footprint import fields_read

__all__ = ["ChangePlan", "Step", "cost_of", "plan_change"]

_RECORD = 30
_ROUNDS = 40


def cost_of(field: Field, given: bool) -> int:
    """What it costs to fill a field or to alter what it says; facts that others rest on are dearer than figures and words."""
    if field.key:
        return 50
    if not given:
        return 1
    return 8 if isinstance(field.type, BoolT | CodeT | ListT) else 4


@dataclass(frozen=True, slots=True)
class Step:
    """One field with what it says now and what is proposed (None: nothing), and what that costs."""

    field: str
    before: Any
    after: Any
    cost: int


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """The proposal for one record. `smallest` says that nothing cheaper does; `others` are records of other kinds that it needs.

    Without one, `clashes` are the clauses that exclude each other, or `held` the fields whose values stand in the way of filling alone.
    """

    answer: Answer
    steps: tuple[Step, ...] = ()
    others: tuple[tuple[str, int], ...] = ()
    smallest: bool = False
    clashes: tuple[Clash, ...] = ()
    held: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    breaches: tuple[str, ...] = ()


def plan_change(kind: str, value: Mapping[str, Any], profile: Profile | None, setting: Setting, *, fill_only: bool = False) -> ChangePlan:
    """The smallest change of a raw record; with `fill_only` what is stated stays as it is."""
    setting = replace(setting, examples=Examples({kind: (dict(value),)}))
    made = planned_for(profile, kind, setting, None)
    active = [one.rule for one in made.rules if one.active and one.rule.subject.shape == kind]
    asked = encoded(kind, made, setting, _bounds(active, value))
    root = asked.world.records(kind)[0][0]
    kept = {id: all_of(*as_raw(asked.world, node, value.get(id))) for id, node in root.fields.items()}
    hard = [asked.there, *asked.met]
    first = asked.solver.check(hard)
    if first.answer is Answer.NO:
        clashes, _ = clashes_of(asked, [at - 1 for at in first.core if at])
        return ChangePlan(Answer.NO, clashes=clashes, left=asked.left)
    if fill_only:
        given = [id for id, node in root.fields.items() if _is_given(asked, node, value.get(id))]
        found = asked.solver.check([*hard, *(kept[id] for id in given)])
        if found.answer is Answer.NO:
            held = tuple(given[at - len(hard)] for at in found.core if at >= len(hard))
            return ChangePlan(Answer.NO, held=held, left=asked.left)
        hard = [*hard, *(kept[id] for id in given)]
    return _best(asked, root, kept, hard, value, setting, kind)


def _bounds(rules: list[Rule], value: Mapping[str, Any]) -> Bounds:
    """Lists as long as the record has them, and one longer."""
    usual = bounds_for(rules)
    own = tuple((id, min(len(one) + 1, LONGEST_LIST)) for id, one in value.items() if isinstance(one, list))
    return replace(usual, wider=(*usual.wider, *own))


def _is_given(asked: Together, node: Node, raw: Any) -> bool:
    fact = read_value(raw, node.type, asked.world.vocabulary, node.reading, unit=node.unit, on=asked.world.as_of)
    return isinstance(fact, Known) or fact.state is State.NOT_APPLICABLE


def _best(
    asked: Together, root: Node, kept: Mapping[str, Formula], hard: list[Formula], value: Mapping[str, Any], setting: Setting, kind: str
) -> ChangePlan:
    shape = asked.world.vocabulary.shape(kind)
    costs: dict[str, int] = {}
    for id, node in root.fields.items():
        declared = shape.field(id)
        assert declared is not None
        costs[id] = cost_of(declared, _is_given(asked, node, value.get(id)))
    soft = [(kept[id], cost) for id, cost in costs.items()]
    others = [there for held, roots in asked.world.roots.items() for _, there in roots[held == kind :] if not isinstance(there, bool)]
    soft += [(negate(there), _RECORD) for there in others]
    # First only what the rules speak of that are not met, then what stands in one rule with it: hundreds of fields stay as they are.
    # Whether anything else were cheaper is asked afterwards, of all fields.
    found, smallest = Found(Answer.UNKNOWN), False
    for near in _circles(asked, value, setting, kind):
        still = [formula for id, formula in kept.items() if id not in near]
        found, smallest = _optimized(asked, [*hard, *still], soft, setting.seconds)
        if found.answer is Answer.YES:
            break
    wider, sure = _optimized(asked, hard, soft, setting.seconds)
    if wider.answer is Answer.YES and (sure or found.answer is not Answer.YES):
        found, smallest = wider, sure
    else:
        smallest = False
    if found.answer is not Answer.YES:
        # There is a document, for so the solver said at first; none was found that is near.
        return ChangePlan(Answer.UNKNOWN, left=asked.left)
    try:
        documents = written(asked.world, found, {kind: dict(value)})
    except Unwritable:
        return ChangePlan(Answer.UNKNOWN, left=asked.left)
    record = documents.records[kind][0]
    steps = tuple(
        Step(id, value.get(id), record.get(id), cost)
        for id, cost in costs.items()
        if not z3.is_true(found.model.eval(lift(kept[id]), model_completion=True))
    )
    needed = tuple((held, len(records) - (held == kind)) for held, records in documents.records.items() if len(records) > (held == kind))
    return ChangePlan(Answer.YES, steps, needed, smallest, left=asked.left, breaches=_breaches(asked, documents, setting))


def _circles(asked: Together, value: Mapping[str, Any], setting: Setting, kind: str) -> Iterator[set[str]]:
    """The fields that the rules which are not met speak of; then also those that stand in one rule with them."""
    records = as_records(Documents({kind: [dict(value)]}))
    found = judged(asked.rules, setting.ruleset, records, setting.as_of, setting.calendar)
    good = (Verdict.PASS, Verdict.NOT_APPLICABLE)
    bad = {id for id, seen in found.items() if any(verdict not in good for _, _, verdict in seen)}
    spoken = {one.id: _spoken(one, setting, kind) for one in asked.rules}
    near = {id for rule in bad for id in spoken[rule]}
    yield near
    yield near | {id for ids in spoken.values() if ids & near for id in ids}


def _spoken(rule: Rule, setting: Setting, kind: str) -> set[str]:
    read = {id for shape, ids in fields_read(rule, setting.ruleset.vocabulary) if shape == kind for id in ids}
    return read | set(rule.subject.path[:1])


def _optimized(asked: Together, hard: list[Formula], soft: list[tuple[Formula, int]], seconds: float) -> tuple[Found, bool]:
    """A model of least cost, texts written; where the optimizer does not end in time, a model that is near, and False."""
    end = time.monotonic() + seconds
    optimizer = z3.Optimize()
    optimizer.set("timeout", int(seconds * 1000))
    optimizer.add(*asked.solver.told(), *(lift(one) for one in hard if one is not True))
    for one, cost in soft:
        if one is not True:
            optimizer.add_soft(lift(one), cost)
    for _ in range(_ROUNDS):
        if time.monotonic() > end or optimizer.check() != z3.sat:
            break
        model = optimizer.model()
        texts = asked.world.texts.write(model)
        if not texts.laws and not texts.doubts:
            return Found(Answer.YES, model, texts.texts), True
        optimizer.add(*(texts.laws or texts.doubts))
        asked.world.constraints.extend(texts.laws)
    kept = [one for one, _ in sorted(soft, key=lambda pair: -pair[1]) if one is not True]
    best = asked.solver.check(hard)
    while kept and time.monotonic() < end + seconds:
        nearer = asked.solver.check([*hard, *kept])
        if nearer.answer is Answer.YES:
            return nearer, False
        clash = [at - len(hard) for at in nearer.core if at >= len(hard)]
        if not clash:
            break
        del kept[max(clash)]
    return best, False


def _breaches(asked: Together, documents: Documents, setting: Setting) -> tuple[str, ...]:
    found = judged(asked.rules, setting.ruleset, as_records(documents), setting.as_of, setting.calendar)
    good = (Verdict.PASS, Verdict.NOT_APPLICABLE)
    return tuple(id for id, seen in found.items() if any(verdict not in good for _, _, verdict in seen))
