"""The questions that are asked of one rule: can it apply, fail, pass, be undetermined; each answer with a document that shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from guiju.dsl.ir.tree import Rule
from guiju.dsl.ruleset import Ruleset
from guiju.proofs.encoding.bounds import bounds_for
from guiju.proofs.encoding.days import Days
from guiju.proofs.encoding.documents import Bounds, Unencodable, World
from guiju.proofs.encoding.logic import Formula
from guiju.proofs.encoding.rules import RuleEncoder, SubjectTerm, Verdicts
from guiju.proofs.encoding.texts import Texts
from guiju.proofs.examples import Examples, likeness
from guiju.proofs.replay import as_records, judged, verdict_of
from guiju.proofs.solver import Answer, Found, Solver
from guiju.proofs.written import Documents, Unwritable, written
from guiju.terms.fact import Path
from guiju.terms.time.calendar import Calendar
from guiju.terms.verdict import Verdict
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.tree import Plan

__all__ = [
    "QUESTIONS",
    "Asked",
    "Prepared",
    "RuleAnswers",
    "Setting",
    "Witness",
    "ask_rule",
    "confirm",
    "find_near",
    "needed_with",
    "prepared",
]

_MOST_TURNS = 24

QUESTIONS: dict[str, tuple[str, Verdict | None]] = {
    "pass": ("passed", Verdict.PASS),
    "fail": ("failed", Verdict.FAIL),
    "undetermined": ("undetermined", Verdict.UNDETERMINED),
}
"""The questions by the verdict that they ask for; that a rule applies is that it passes or fails."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all questions of a run share."""

    ruleset: Ruleset
    as_of: date
    calendar: Calendar
    examples: Examples = field(default_factory=Examples)
    seconds: float = 10.0
    near: bool = True


@dataclass(frozen=True, slots=True)
class Witness:
    """A document that shows an answer, the subject in it, and what the engine said of it."""

    documents: Documents
    record: int = 0
    path: Path = ()
    verdict: Verdict | None = None
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and its answer."""

    question: str
    answer: Answer
    seconds: float
    witness: Witness | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RuleAnswers:
    """What was found of one rule; `sampled` names what kept it from the solver."""

    rule: str
    version: str
    day: date
    asked: tuple[Asked, ...]
    sampled: str = ""
    bounds: Bounds = field(default_factory=Bounds)

    def answer(self, question: str) -> Asked | None:
        """The answer to one question."""
        return next((one for one in self.asked if one.question == question), None)

    @property
    def applies(self) -> Answer:
        """Whether it can apply."""
        answers = {one.answer for one in self.asked if one.question in ("pass", "fail")}
        return Answer.YES if Answer.YES in answers else Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.NO


@dataclass(frozen=True, slots=True)
class Prepared:
    """One rule over its own world of documents: its subjects with their verdicts, and the solver."""

    rule: Rule
    plan: Plan
    world: World
    subjects: tuple[tuple[SubjectTerm, Verdicts], ...]
    solver: Solver


def prepared(rule: Rule, setting: Setting, rules: Sequence[Rule] = (), bounds: Bounds | None = None) -> Prepared:
    """The rule, ready to be asked. Raises Unencodable."""
    needed = rules or needed_with(rule, setting.ruleset)
    limits = bounds or bounds_for(needed)
    made = plan(_small(setting.ruleset, needed), as_of=setting.as_of, submitted=setting.as_of)
    position = made.position(rule.id)
    assert position is not None
    asked = made.rules[position].rule
    texts = Texts(setting.ruleset.vocabulary, setting.as_of)
    world = World(setting.ruleset.vocabulary, setting.as_of, texts, limits)
    encoder = RuleEncoder(world, Days(setting.calendar), made)
    subjects = tuple((one, encoder.verdicts(asked, one)) for one in encoder.subjects(asked.subject))
    return Prepared(asked, made, world, subjects, Solver(world, seconds=setting.seconds))


def _small(ruleset: Ruleset, rules: Sequence[Rule]) -> Ruleset:
    # Screening questions are asked here without the profile that asks them.
    return replace(ruleset, rules=tuple(replace(one, of_profile="") if one.of_profile else one for one in rules), profiles=())


def needed_with(rule: Rule, ruleset: Ruleset) -> tuple[Rule, ...]:
    """The rule and those that it yields to, and so on."""
    found: dict[str, tuple[Rule, ...]] = {rule.id: (rule,)}
    queue = list(rule.yields_to)
    while queue:
        id = queue.pop()
        if id not in found:
            found[id] = ruleset.rule(id)
            queue += [other for one in found[id] for other in one.yields_to]
    return tuple(one for versions in found.values() for one in versions)


def ask_rule(rule: Rule, setting: Setting) -> RuleAnswers:
    """All questions of a rule."""
    setting = nearest_example(rule, setting)
    try:
        ready = prepared(rule, setting)
    except Unencodable as reason:
        return RuleAnswers(rule.id, rule.version, setting.as_of, (), str(reason))
    asked = tuple(_ask(name, attribute, verdict, ready, setting) for name, (attribute, verdict) in QUESTIONS.items())
    return RuleAnswers(rule.id, rule.version, setting.as_of, asked, bounds=ready.world.bounds)


def nearest_example(rule: Rule, setting: Setting) -> Setting:
    """The setting in which the example of the rule's kind is one that the rule judges, if there is one."""
    shape = rule.subject.shape
    held = setting.examples.by_shape.get(shape, ())
    if len(held) < 2:
        return setting
    records = as_records(Documents({shape: list(held)}))
    found = judged(needed_with(rule, setting.ruleset), setting.ruleset, records, setting.as_of, setting.calendar).get(rule.id, [])
    for wanted in (Verdict.PASS, Verdict.FAIL, Verdict.UNDETERMINED):
        at = next((number for number, _, verdict in found if verdict is wanted and number < len(held)), None)
        if at is not None:
            return replace(setting, examples=setting.examples.with_first(shape, held[at]))
    return setting


def _ask(name: str, attribute: str, verdict: Verdict | None, ready: Prepared, setting: Setting) -> Asked:
    """One question, of each subject that there may be until one answers it."""
    seconds = 0.0
    answers: set[Answer] = set()
    for subject, verdicts in ready.subjects:
        formula: Formula = getattr(verdicts, attribute)
        if formula is False:
            answers.add(Answer.NO)
            continue
        found, documents = find_near(ready.solver, [formula], setting)
        seconds += found.seconds
        answers.add(found.answer)
        if found.answer is Answer.YES and documents is not None:
            witness = confirm(documents, subject, verdict, ready, setting)
            return Asked(name, found.answer, seconds, witness)
    answer = Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.NO
    return Asked(name, answer, seconds)


def find_near(solver: Solver, hard: list[Formula], setting: Setting, soft: list[Formula] | None = None) -> tuple[Found, Documents | None]:
    """A document of which all formulas hold, as near to the good examples as dropping one wish after another makes it."""
    bases = setting.examples.first()
    if soft is None:
        soft = likeness(solver.world, bases) if setting.near else []
    found = solver.check(hard)
    if found.answer is not Answer.YES:
        return found, None
    best, seconds = found, found.seconds
    kept = list(soft)
    for turn in range(_MOST_TURNS):
        if not kept:
            break
        nearer = solver.check([*hard, *kept], seconds=2.0)
        seconds += nearer.seconds
        if nearer.answer is Answer.YES:
            best = nearer
            break
        if nearer.answer is Answer.UNKNOWN:
            kept = kept[: len(kept) // 2]
            continue
        clash = [at - len(hard) for at in nearer.core if at >= len(hard)]
        if not clash:
            break
        # One wish after another at first, the least dear; later all that stand in the way at once, so that it comes to an end.
        gone = {max(clash)} if turn < _MOST_TURNS // 2 else set(clash)
        kept = [one for at, one in enumerate(kept) if at not in gone]
    return _decimals(solver, best, [*hard, *kept], hard, bases, seconds)


def _decimals(
    solver: Solver, found: Found, wishes: list[Formula], hard: list[Formula], bases: Mapping[str, dict[str, Any]], seconds: float
) -> tuple[Found, Documents | None]:
    """The document of a model, asked again where an amount of it cannot be written."""
    extra: list[Formula] = []
    for _ in range(8):
        try:
            documents = written(solver.world, found, bases)
            return Found(found.answer, found.model, found.texts, (), seconds), documents
        except Unwritable as amount:
            extra.append(amount.formula)
            again = solver.check([*wishes, *extra])
            if again.answer is not Answer.YES:
                again = solver.check([*hard, *extra])
            seconds += again.seconds
            if again.answer is not Answer.YES:
                break
            found = again
    return Found(Answer.UNKNOWN, seconds=seconds), None


def confirm(documents: Documents, subject: SubjectTerm, verdict: Verdict | None, ready: Prepared, setting: Setting) -> Witness:
    """The witness after the engine has judged it."""
    records = as_records(documents)
    number = _number(documents, subject, records, ready)
    needed = tuple(one.rule for one in ready.plan.rules)
    found = judged(needed, setting.ruleset, records, setting.as_of, setting.calendar).get(ready.rule.id, [])
    seen = verdict_of(found, number, subject.node.path)
    return Witness(documents, number, subject.node.path, seen, seen is verdict if verdict is not None else seen is not None)


def _number(documents: Documents, subject: SubjectTerm, records: Sequence[Any], ready: Prepared) -> int:
    place = documents.places.get(subject.node.record)
    if place is None:
        # Rows of registers are numbered after the records, shape by shape.
        number = len(records)
        for shape in ready.world.vocabulary.shapes:
            if shape.register:
                rows = ready.world.roots.get(shape.id, [])
                for at, (root, _) in enumerate(rows):
                    if root.record == subject.node.record:
                        return number + at
                number += len(shape.rows)
        return number
    shape_id, at = place
    before = 0
    for id, held in documents.records.items():
        if id == shape_id:
            return before + at
        before += len(held)
    return before
