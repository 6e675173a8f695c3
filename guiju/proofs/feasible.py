"""Is there a document of a kind that passes everything that a profile asks on a day, and if not, which clauses exclude each other?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from guiju.dsl.ir.tree import Profile, Rule
from guiju.proofs.encoding.bounds import bounds_for
from guiju.proofs.encoding.days import Days
from guiju.proofs.encoding.documents import Bounds, Unencodable, World
from guiju.proofs.encoding.logic import Formula, any_of, negate
from guiju.proofs.encoding.rules import RuleEncoder
from guiju.proofs.encoding.texts import Texts
from guiju.proofs.examples import likeness
from guiju.proofs.questions import Setting, find_near
from guiju.proofs.replay import as_records, judged
from guiju.proofs.solver import Answer, Solver
from guiju.proofs.written import Documents
from guiju.terms.fact import State
from guiju.terms.verdict import Verdict
from guiju.validators.plan.footprint import fields_read
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.profiles import Taken
from guiju.validators.plan.tree import Plan

__all__ = ["Clash", "Feasibility", "Together", "clashes_of", "encoded", "is_feasible", "planned_for"]

_MOST_CLASHES = 12
_MOST_WISHES = 120
"""With more of them the search only begins near the example, for dropping one wish after another would take minutes."""
_GOOD = (Verdict.PASS, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules of which no two sides can be left out: together they exclude each other, and any of them fewer would not."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Feasibility:
    """The answer for one kind under one profile on one day.

    `rules` were asked together, `left` could not be asked of the solver. `breaches` are the rules that the engine found not to be met
    in the document, which must be none.
    """

    profile: str
    kind: str
    day: date
    answer: Answer
    seconds: float
    rules: int = 0
    left: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    documents: Documents | None = None
    breaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """All rules that a document of a kind must meet, over one world: `met` says when each is, in the order of `rules`."""

    world: World
    solver: Solver
    rules: tuple[Rule, ...]
    met: tuple[Formula, ...]
    left: tuple[str, ...]
    there: Formula


def is_feasible(profile: Profile | None, kind: str, setting: Setting, only: Iterable[Rule] | None = None) -> Feasibility:
    """The answer, with a document, or with every clash that was found apart from the others."""
    made = planned_for(profile, kind, setting, only)
    name = profile.id if profile is not None else ""
    example, base = _best_example(kind, made, setting)
    if example is not None:
        active = sum(one.active and one.rule.subject.shape == kind for one in made.rules)
        return Feasibility(name, kind, setting.as_of, Answer.YES, 0.0, active, documents=example)
    if base is not None:
        setting = replace(setting, examples=setting.examples.with_first(kind, base))
    asked = encoded(kind, made, setting)
    hard = [asked.there, *asked.met]
    soft = likeness(asked.world, setting.examples.first()) if setting.near else []
    asked.solver.lean(soft)
    found = asked.solver.check(hard)
    seconds = found.seconds
    if found.answer is Answer.YES:
        # What rules ask about that could not be asked is at least to be there: the engine judges them afterwards.
        stated = [one for one in _stated(kind, asked, made) if one is not True]
        if stated and asked.solver.check([*hard, *stated]).answer is Answer.YES:
            hard = [*hard, *stated]
        near, documents = find_near(asked.solver, hard, setting, soft if len(soft) <= _MOST_WISHES else [])
        breaches = _breaches(documents, asked, made, setting) if documents is not None else ()
        return Feasibility(
            name, kind, setting.as_of, near.answer, near.seconds, len(asked.rules), asked.left, documents=documents, breaches=breaches
        )
    if found.answer is Answer.UNKNOWN:
        return Feasibility(name, kind, setting.as_of, found.answer, seconds, len(asked.rules), asked.left)
    clashes, more = clashes_of(asked, [at - 1 for at in found.core if at])
    return Feasibility(name, kind, setting.as_of, Answer.NO, seconds + more, len(asked.rules), asked.left, clashes=clashes)


def _best_example(kind: str, made: Plan, setting: Setting) -> tuple[Documents | None, dict[str, Any] | None]:
    """A good example that meets everything as it stands; else that of which the fewest verdicts are otherwise."""
    rules = [one.rule for one in made.rules if one.active and one.rule.subject.shape == kind]
    best: tuple[int, dict[str, Any]] | None = None
    for record in setting.examples.by_shape.get(kind, ()):
        documents = Documents({kind: [record]})
        found = judged(rules, setting.ruleset, as_records(documents), setting.as_of, setting.calendar)
        wrong = sum(verdict not in _GOOD for seen in found.values() for _, _, verdict in seen)
        if wrong == 0:
            return documents, record
        if best is None or wrong < best[0]:
            best = wrong, record
    return None, best[1] if best is not None else None


def planned_for(profile: Profile | None, kind: str, setting: Setting, only: Iterable[Rule] | None) -> Plan:
    ruleset = setting.ruleset if only is None else replace(setting.ruleset, rules=tuple(only))
    shapes = profile.shapes if profile is not None else (kind,)
    taken = Taken(by_shape=tuple((shape, profile) for shape in shapes), given=True) if profile is not None else Taken()
    return plan(ruleset, as_of=setting.as_of, submitted=setting.as_of, taken=taken)


def encoded(kind: str, made: Plan, setting: Setting, bounds: Bounds | None = None) -> Together:
    """All rules on the kind, and on the kinds of the other records that they look up."""
    active = [one.rule for one in made.rules if one.active]
    registers = {shape.id for shape in made.vocabulary.shapes if shape.register}
    bounds = bounds or bounds_for(one for one in active if one.subject.shape == kind)
    texts = Texts(made.vocabulary, setting.as_of)
    world = World(made.vocabulary, setting.as_of, texts, bounds)
    encoder = RuleEncoder(world, Days(setting.calendar), made)
    root = world.records(kind)[0][1]
    rules: list[Rule] = []
    met: list[Formula] = []
    left: list[str] = []
    done: set[str] = set()
    while waiting := [shape for shape in world.roots if shape not in done and shape not in registers]:
        shape = waiting[0]
        done.add(shape)
        for rule in active:
            if rule.subject.shape != shape:
                continue
            try:
                verdicts = [encoder.verdicts(rule, one) for one in encoder.subjects(rule.subject)]
            except Unencodable:
                left.append(rule.id)
                continue
            rules.append(rule)
            met.append(negate(any_of(*(any_of(one.failed, one.undetermined, one.error) for one in verdicts))))
    return Together(world, Solver(world, seconds=setting.seconds, leaning=True), tuple(rules), tuple(met), tuple(left), root)


def _stated(kind: str, asked: Together, made: Plan) -> list[Formula]:
    """That the fields of the record are given of which the rules speak that are left to the engine."""
    root = asked.world.records(kind)[0][0]
    left = [one.rule for one in made.rules if one.rule.id in asked.left and one.rule.subject.shape == kind]
    ids = {id for rule in left for shape, held in fields_read(rule, made.vocabulary) if shape == kind for id in held}
    return [asked.world.field(root, id).state(State.VALUE) for id in sorted(ids)]


def clashes_of(asked: Together, core: list[int]) -> tuple[tuple[Clash, ...], float]:
    """One minimal set after another, each without the rules of those before it."""
    found: list[Clash] = []
    seconds = 0.0
    out: set[int] = set()
    while core and len(found) < _MOST_CLASHES:
        kept = list(core)
        for one in core:
            rest = [at for at in kept if at != one]
            tried = asked.solver.check([asked.there, *(asked.met[at] for at in rest)])
            seconds += tried.seconds
            if tried.answer is Answer.NO:
                kept = [rest[at - 1] for at in tried.core if at]
        found.append(Clash(tuple(asked.rules[at] for at in sorted(kept))))
        out.update(kept)
        left = [at for at in range(len(asked.met)) if at not in out]
        again = asked.solver.check([asked.there, *(asked.met[at] for at in left)])
        seconds += again.seconds
        core = [left[at - 1] for at in again.core if at] if again.answer is Answer.NO else []
    return tuple(found), seconds


def _breaches(documents: Documents, asked: Together, made: Plan, setting: Setting) -> tuple[str, ...]:
    rules = [*asked.rules, *(one.rule for one in made.rules if one.rule.id in asked.left)]
    found = judged(rules, setting.ruleset, as_records(documents), setting.as_of, setting.calendar)
    return tuple(id for id, seen in found.items() if any(verdict not in _GOOD for _, _, verdict in seen))
