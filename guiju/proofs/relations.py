"""How rules stand to one another: what a new version changes, which rule follows from another, which exceptions meet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

import z3

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.encode import encode_bytes
from guiju.dsl.ir.tree import Rule
from guiju.dsl.ruleset import Ruleset
from guiju.proofs.encoding.bounds import bounds_for, walk
from guiju.proofs.encoding.days import Days
from guiju.proofs.encoding.documents import Unencodable, World
from guiju.proofs.encoding.expressions import Encoder
from guiju.proofs.encoding.logic import Formula, all_of, any_of, negate
from guiju.proofs.encoding.rules import RuleEncoder, Verdicts
from guiju.proofs.encoding.texts import Texts
from guiju.proofs.questions import Prepared, Setting, Witness, confirm, find_near, needed_with, prepared
from guiju.proofs.replay import as_records, judged, verdict_of
from guiju.proofs.solver import Answer, Solver
from guiju.terms.shape import Shape, Vocabulary
from guiju.terms.verdict import Verdict
from guiju.validators.plan.from_ruleset import plan

__all__ = [
    "Change",
    "Implied",
    "Met",
    "Relation",
    "compare_rules",
    "exceptions_met",
    "implied_among",
    "in_world",
    "merged_vocabulary",
    "same_meaning",
]


class Relation(StrEnum):
    """What a new version is to the old one, by what becomes of documents: a breach is worse than an open verdict, that than a pass."""

    EQUAL = "equal"
    STRICTER = "stricter"
    LOOSER = "looser"
    INCOMPARABLE = "incomparable"
    REASONED = "reasoned otherwise"
    UNKNOWN = "unknown"
    SAMPLED = "sampled only"


@dataclass(frozen=True, slots=True)
class Change:
    """How a rule changes; a document that fares worse under the new one, and one that fares better."""

    rule: str
    relation: Relation
    worse: Witness | None = None
    better: Witness | None = None
    before: tuple[Verdict | None, Verdict | None] = (None, None)
    why: str = ""
    seconds: float = 0.0


# ---- old against new ---------------------------------------------------------------------------------------------------------


def merged_vocabulary(old: Vocabulary, new: Vocabulary) -> Vocabulary:
    """The shapes of both; what only the old one has is put after the fields of the new one."""
    shapes: dict[str, Shape] = {one.id: one for one in old.shapes}
    for one in new.shapes:
        before = shapes.get(one.id)
        gone = tuple(field for field in before.fields if one.field(field.id) is None) if before is not None else ()
        shapes[one.id] = replace(one, fields=(*one.fields, *gone)) if gone else one
    codes = {one.id: one for one in (*old.codes, *new.codes)}
    readings = {one.id: one for one in (*old.readings, *new.readings)}
    return Vocabulary(shapes=tuple(shapes.values()), codes=tuple(codes.values()), readings=tuple(readings.values()))


def compare_rules(old: Rule, new: Rule, old_set: Ruleset, new_set: Ruleset, setting: Setting) -> Change:
    """How the new version judges documents on the day, beside the old one."""
    vocabulary = merged_vocabulary(old_set.vocabulary, new_set.vocabulary)
    sides = [(old, replace(old_set, vocabulary=vocabulary)), (new, replace(new_set, vocabulary=vocabulary))]
    bounds = bounds_for([*needed_with(old, old_set), *needed_with(new, new_set)])
    texts = Texts(vocabulary, setting.as_of)
    world = World(vocabulary, setting.as_of, texts, bounds)
    solver = Solver(world, seconds=setting.seconds)
    try:
        before, after = (in_world(rule, held, world, solver, setting) for rule, held in sides)
    except Unencodable as reason:
        return Change(new.id, Relation.SAMPLED, why=str(reason))
    return _compared(before, after, sides, setting)


def in_world(rule: Rule, held: Ruleset, world: World, solver: Solver, setting: Setting) -> Prepared:
    """A version of a rule over a world that others share; not in force it applies to nothing. Raises Unencodable."""
    needed = needed_with(rule, held)
    free = tuple(replace(one, of_profile="") if one.of_profile else one for one in needed)
    made = plan(replace(held, rules=free, profiles=()), as_of=setting.as_of, submitted=setting.as_of)
    at = made.position(rule.id)
    assert at is not None
    planned = made.rules[at]
    encoder = RuleEncoder(world, Days(setting.calendar), made)
    asked = planned.rule
    subjects = list(encoder.subjects(asked.subject))
    if not planned.active:
        idle = Verdicts(False, False, True, False, False)
        return Prepared(asked, made, world, tuple((one, idle.under(one.there)) for one in subjects), solver)
    return Prepared(asked, made, world, tuple((one, encoder.verdicts(asked, one)) for one in subjects), solver)


def _worse(one: Verdicts, other: Verdicts) -> Formula:
    """When the second judgement is worse than the first: not in breach before and so now, or settled before and open now."""
    bad, now_bad = any_of(one.failed, one.error), any_of(other.failed, other.error)
    good = any_of(one.passed, one.not_applicable)
    return any_of(all_of(negate(bad), now_bad), all_of(good, other.undetermined))


def _compared(before: Prepared, after: Prepared, sides: Sequence[tuple[Rule, Ruleset]], setting: Setting) -> Change:
    pairs = list(zip(before.subjects, after.subjects, strict=False))
    if before.rule.subject != after.rule.subject:
        return Change(after.rule.id, Relation.INCOMPARABLE, why="the subject is another")
    seconds = 0.0
    shown: list[Witness | None] = []
    answers: list[Answer] = []
    for forward in (True, False):
        answer, witness = Answer.NO, None
        for (subject, old), (_, new) in pairs:
            wish = all_of(subject.there, _worse(old, new) if forward else _worse(new, old))
            if wish is False:
                continue
            found, documents = find_near(after.solver, [wish], setting)
            seconds += found.seconds
            if found.answer is Answer.YES and documents is not None:
                answer, witness = Answer.YES, confirm(documents, subject, None, after, setting)
                break
            answer = Answer.UNKNOWN if found.answer is Answer.UNKNOWN else answer
        answers.append(answer)
        shown.append(witness)
    relation = _relation(answers)
    if relation is Relation.EQUAL:
        differs = [
            all_of(subject.there, any_of(all_of(old.passed, new.not_applicable), all_of(old.not_applicable, new.passed)))
            for (subject, old), (_, new) in pairs
        ]
        found = after.solver.check([any_of(*differs)])
        seconds += found.seconds
        relation = {Answer.YES: Relation.REASONED, Answer.NO: Relation.EQUAL}.get(found.answer, Relation.UNKNOWN)
    return _confirmed(after.rule.id, relation, shown, sides, setting, seconds)


def _relation(answers: Sequence[Answer]) -> Relation:
    if Answer.UNKNOWN in answers:
        return Relation.UNKNOWN
    return {
        (Answer.NO, Answer.NO): Relation.EQUAL,
        (Answer.YES, Answer.NO): Relation.STRICTER,
        (Answer.NO, Answer.YES): Relation.LOOSER,
    }.get((answers[0], answers[1]), Relation.INCOMPARABLE)


_RANK = {Verdict.FAIL: 2, Verdict.ERROR: 2, Verdict.UNDETERMINED: 1}


def _confirmed(
    id: str, relation: Relation, shown: Sequence[Witness | None], sides: Sequence[tuple[Rule, Ruleset]], setting: Setting, seconds: float
) -> Change:
    """Both witnesses judged by both versions, as a reader would see them."""
    kept: list[Witness | None] = []
    for forward, witness in zip((True, False), shown, strict=True):
        if witness is None:
            kept.append(None)
            continue
        records = as_records(witness.documents)
        seen = []
        for rule, held in sides:
            found = judged(needed_with(rule, held), held, records, setting.as_of, setting.calendar).get(rule.id, [])
            seen.append(verdict_of(found, witness.record, witness.path))
        ranks = [_RANK.get(one, 0) if one is not None else 0 for one in seen]
        right = ranks[1] > ranks[0] if forward else ranks[1] < ranks[0]
        kept.append(replace(witness, verdict=seen[1], confirmed=right))
    return Change(id, relation, kept[0], kept[1], seconds=seconds)


def same_meaning(old: Rule, new: Rule) -> bool:
    """Whether two versions are the same but for their words."""
    return _meaning(old) == _meaning(new)


def _meaning(rule: Rule) -> bytes:
    bare = replace(rule, source=("", 0), text="", doc="", because=None, says=None, why=None, fix=None, name=rule.name)
    return encode_bytes(bare)


# ---- implied rules -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Implied:
    """Whoever breaches `rule` breaches `by` as well; `identical` where it is so the other way round, too."""

    rule: Rule
    by: Rule
    identical: bool


def implied_among(rules: Sequence[Rule], setting: Setting) -> tuple[tuple[Implied, ...], float, int]:
    """The pairs among rules on one subject, the seconds that it took, and how many pairs were left open."""
    spec = rules[0].subject
    texts = Texts(setting.ruleset.vocabulary, setting.as_of)
    world = World(setting.ruleset.vocabulary, setting.as_of, texts, bounds_for(rules))
    free = tuple(replace(one, of_profile="") if one.of_profile else one for one in rules)
    made = plan(replace(setting.ruleset, rules=free, profiles=()), as_of=setting.as_of, submitted=setting.as_of)
    encoder = RuleEncoder(world, Days(setting.calendar), made)
    subject = next(iter(encoder.subjects(spec)), None)
    failed: list[tuple[Rule, Formula, frozenset[object]]] = []
    for planned in made.rules:
        if not planned.active or subject is None:
            continue
        try:
            formula = encoder.verdicts(planned.rule, subject).failed
        except Unencodable:
            continue
        failed.append((planned.rule, formula, _asked_fields(planned.rule)))
    return _pairs(failed, Solver(world, seconds=setting.seconds))


def _asked_fields(rule: Rule) -> frozenset[object]:
    """The last fields of all paths that a requirement speaks of: what no two rules share cannot make one follow from the other."""
    found: set[object] = set()
    for node in walk(rule.requirement):
        match node:
            case ir.Read(path=path) | ir.Is(operand=ir.Read(path=path)):
                found.update(path[-1:])
            case ir.Quant(source=ir.Each(path=path)) | ir.Fold(source=ir.Each(path=path)):
                found.update(path[-1:])
            case _:
                pass
    return frozenset(found)


def _pairs(failed: list[tuple[Rule, Formula, frozenset[object]]], solver: Solver) -> tuple[tuple[Implied, ...], float, int]:
    follows: set[tuple[int, int]] = set()
    seconds, left = 0.0, 0
    for at, (_, own, fields) in enumerate(failed):
        if own is False:
            continue
        possible = solver.check([own])
        seconds += possible.seconds
        if possible.answer is not Answer.YES:
            continue
        rivals = [other for other, (_, formula, others) in enumerate(failed) if other != at and formula is not False and fields & others]
        while rivals:
            found = solver.check([own, negate(all_of(*(failed[other][1] for other in rivals)))])
            seconds += found.seconds
            if found.answer is Answer.NO:
                follows |= {(at, other) for other in rivals}
                break
            if found.answer is Answer.UNKNOWN:
                left += len(rivals)
                break
            still = [other for other in rivals if z3.is_true(found.model.eval(failed[other][1], model_completion=True))]
            if len(still) == len(rivals):
                left += len(rivals)
                break
            rivals = still
    return tuple(_implied(follows, failed)), seconds, left


def _implied(follows: set[tuple[int, int]], failed: list[tuple[Rule, Formula, frozenset[object]]]) -> list[Implied]:
    made = []
    for one, other in sorted(follows):
        both = (other, one) in follows
        if not both or one < other:
            made.append(Implied(failed[one][0], failed[other][0], both))
    return made


# ---- exceptions --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Met:
    """Two exceptions of a rule that are true of one document, with different outcomes."""

    rule: Rule
    first: int
    second: int
    answer: Answer
    witness: Witness | None = None


def exceptions_met(rule: Rule, setting: Setting) -> tuple[Met, ...]:
    """Every pair of exceptions that can hold at once and would have it otherwise. Raises Unencodable."""
    if len(rule.exceptions) < 2:
        return ()
    ready = prepared(rule, setting)
    found: list[Met] = []
    for first, second in combinations(range(len(ready.rule.exceptions)), 2):
        one, other = ready.rule.exceptions[first], ready.rule.exceptions[second]
        if (one.instead is None and other.instead is None) or one.instead == other.instead:
            continue
        for subject, _ in ready.subjects[:1]:
            encoder = Encoder(ready.world, Days(setting.calendar), subject.scope, rule.subject, subject.members)
            parts = [subject.there, *(encoder.holds(each.when, subject.scope).t for each in (one, other))]
            if ready.rule.applies is not None:
                parts.append(encoder.holds(ready.rule.applies, subject.scope).t)
            answer, documents = find_near(ready.solver, parts, setting)
            witness = confirm(documents, subject, None, ready, setting) if documents is not None else None
            if answer.answer is not Answer.NO:
                found.append(Met(rule, first, second, answer.answer, witness))
    return tuple(found)
