"""A rule about one subject as five formulas, one for each verdict, in the order of questions of `interpreter.runner`."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from guiju.dsl.ir import tree as ir
from guiju.proofs.encoding.asking import Scope
from guiju.proofs.encoding.days import Days
from guiju.proofs.encoding.documents import Node, Unencodable, World
from guiju.proofs.encoding.expressions import Encoder
from guiju.proofs.encoding.logic import Formula, Truth3, all_of, any_of, negate, same_term
from guiju.terms.modality import Force
from guiju.terms.types import ListT
from guiju.validators.plan.tree import Plan

__all__ = ["RuleEncoder", "SubjectTerm", "Verdicts"]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """When a rule has each verdict on a subject. Exactly one holds where the subject is there."""

    passed: Formula
    failed: Formula
    not_applicable: Formula
    undetermined: Formula
    error: Formula

    @property
    def applies(self) -> Formula:
        """When the requirement is judged at all."""
        return any_of(self.passed, self.failed, self.error)

    def under(self, condition: Formula) -> "Verdicts":
        """The same, where a condition holds."""
        return Verdicts(*(all_of(condition, getattr(self, one.name)) for one in fields(self)))


NEVER = Verdicts(False, False, False, False, False)


@dataclass(frozen=True, slots=True)
class SubjectTerm:
    """One subject: its variables, when it is there, the members of its group, and where it stands (record, path)."""

    scope: Scope
    there: Formula
    members: tuple[tuple[Node, Formula], ...] = ()
    unkeyed: Formula = False

    @property
    def node(self) -> Node:
        """The node of the subject."""
        return self.scope[0]


class RuleEncoder:
    """Rules of one plan over one world of documents."""

    def __init__(self, world: World, days: Days, plan: Plan) -> None:
        self.world, self.days, self.plan = world, days, plan

    # ---- subjects -----------------------------------------------------------------------------------------------------------

    def subjects(self, spec: ir.SubjectSpec) -> Iterator[SubjectTerm]:
        """The subjects that there may be: records, elements, groups, or the rows of a register."""
        for record, there in self.world.records(spec.shape):
            if spec.group is not None:
                yield self._group(spec, record, there)
                return
            if spec.path:
                yield from self._elements(record, there, spec.path, (record,))
            else:
                yield SubjectTerm({0: record}, there)

    def _elements(self, node: Node, there: Formula, path: tuple[str, ...], owners: tuple[Node, ...]) -> Iterator[SubjectTerm]:
        if not path:
            yield SubjectTerm(dict(enumerate(reversed(owners))), there)
            return
        found = self.world.field(node, path[0])
        if not isinstance(found.type, ListT):
            yield from self._elements(found, there, path[1:], owners)
            return
        for element, held in found.elements:
            yield from self._elements(element, all_of(there, held), path[1:], (*owners, element))

    def _group(self, spec: ir.SubjectSpec, first: Node, there: Formula) -> SubjectTerm:
        """The group of the first record; the others belong to it where all their keys are the same."""
        assert spec.group is not None
        plain = Encoder(self.world, self.days, {0: first}, spec)
        own = [plain.operand(key, {0: first}) for key in spec.group.keys]
        keyed = all_of(*(one.has for one in own))
        members: list[tuple[Node, Formula]] = []
        for record, here in self.world.records(spec.shape):
            if record is first:
                members.append((record, True))
                continue
            keys = [plain.operand(key, {0: record}) for key in spec.group.keys]
            same = (all_of(one.has, same_term(one.term, mine.term)) for one, mine in zip(keys, own, strict=True))
            members.append((record, all_of(here, *same)))
        return SubjectTerm({0: first}, there, tuple(members), negate(keyed))

    # ---- verdicts -----------------------------------------------------------------------------------------------------------

    def verdicts(self, rule: ir.Rule, subject: SubjectTerm) -> Verdicts:
        """The five formulas; Unencodable where the rule says something that is not asked of the solver."""
        at = self.plan.position(rule.id)
        if at is not None and len(self.plan.rules[at].acts) > 1:
            raise Unencodable("versions of which the day of the act chooses one")
        encoder = Encoder(self.world, self.days, subject.scope, rule.subject, subject.members)
        early = self._before(rule, subject, encoder, frozenset({rule.id}))
        asked = negate(any_of(early.not_applicable, early.undetermined, early.error))
        late = self._required(rule, encoder).under(asked)
        found = Verdicts(
            late.passed,
            late.failed,
            any_of(early.not_applicable, late.not_applicable),
            any_of(early.undetermined, late.undetermined),
            any_of(early.error, late.error),
        )
        if subject.unkeyed is not False:
            keyed = found.under(negate(subject.unkeyed))
            found = Verdicts(keyed.passed, keyed.failed, keyed.not_applicable, any_of(keyed.undetermined, subject.unkeyed), keyed.error)
        return found.under(subject.there)

    def _before(self, rule: ir.Rule, subject: SubjectTerm, encoder: Encoder, asked: frozenset[str]) -> Verdicts:
        """Condition, yielding and exemption, in this order."""
        steps: list[Verdicts] = []
        open_day: Formula = False
        if rule.act is not None and rule.act.within is not None:
            bound = encoder.holds(rule.act.within, encoder.scope)
            steps.append(Verdicts(False, False, any_of(bound.f, bound.v), False, bound.x))
            open_day = bound.u
        if rule.applies is not None:
            truth = encoder.holds(rule.applies, encoder.scope)
            steps.append(Verdicts(False, False, any_of(truth.f, truth.v), truth.u, truth.x))
        steps.append(Verdicts(False, False, False, open_day, False))
        steps.append(self._yields(rule, subject, asked))
        steps.append(_exempted(rule, encoder))
        found, before = NEVER, False
        for one in steps:
            now = one.under(negate(before))
            found = Verdicts(
                False,
                False,
                any_of(found.not_applicable, now.not_applicable),
                any_of(found.undetermined, now.undetermined),
                any_of(found.error, now.error),
            )
            before = any_of(before, now.not_applicable, now.undetermined, now.error)
        return found

    def _yields(self, rule: ir.Rule, subject: SubjectTerm, asked: frozenset[str]) -> Verdicts:
        gone: Formula = False
        wrong: Formula = False
        open_: Formula = False
        for other in rule.yields_to:
            if other in asked:
                raise Unencodable("rules that yield to one another in a circle")
            standing = self._stands(other, rule, subject, asked | {other})
            before = any_of(gone, wrong)
            wrong = any_of(wrong, all_of(negate(before), standing.x))
            gone = any_of(gone, all_of(negate(before), standing.t))
            open_ = any_of(open_, standing.u)
        return Verdicts(False, False, gone, all_of(open_, negate(any_of(gone, wrong))), wrong)

    def _stands(self, other: str, rule: ir.Rule, subject: SubjectTerm, asked: frozenset[str]) -> Truth3:
        at = self.plan.position(other)
        if at is None or not self.plan.rules[at].active:
            return Truth3(False, True)
        target_rule = self.plan.rules[at].rule
        spec = target_rule.subject
        if spec != rule.subject and not (spec.shape == rule.subject.shape and not spec.path and spec.group is None):
            return Truth3(False, True)
        target = subject if spec == rule.subject else SubjectTerm({0: subject.scope[max(subject.scope)]}, True)
        found = self._before(target_rule, target, Encoder(self.world, self.days, target.scope, spec, target.members), asked)
        stopped = any_of(found.not_applicable, found.undetermined, found.error)
        return Truth3(negate(stopped), found.not_applicable, False, found.error)

    def _required(self, rule: ir.Rule, encoder: Encoder) -> Verdicts:
        """The requirement, or what the exceptions that are true put in its place; two that differ are an error."""
        plain = conclude(rule, encoder.holds(rule.requirement, encoder.scope))
        instead = [
            (encoder.holds(one.when, encoder.scope).t, conclude(rule, encoder.holds(one.instead, encoder.scope)))
            for one in rule.exceptions
            if one.instead is not None
        ]
        if not instead:
            return plain
        none = negate(any_of(*(when for when, _ in instead)))
        options = [(none, plain), *instead]
        conflict: Formula = False
        for at, (when, one) in enumerate(instead):
            for other_when, other in instead[at + 1 :]:
                alike = any_of(*(all_of(getattr(one, part.name), getattr(other, part.name)) for part in fields(one)))
                conflict = any_of(conflict, all_of(when, other_when, negate(alike)))
        whole = Verdicts(*(any_of(*(all_of(when, getattr(one, part.name)) for when, one in options)) for part in fields(plain)))
        sure = whole.under(negate(conflict))
        return Verdicts(sure.passed, sure.failed, sure.not_applicable, sure.undetermined, any_of(sure.error, conflict))


def conclude(rule: ir.Rule, truth: Truth3) -> Verdicts:
    """The verdict that a truth of the requirement means, given the force of the rule."""
    met, unmet = (truth.f, truth.t) if rule.force.forbids else (truth.t, truth.f)
    if rule.force is Force.MAY:
        met, unmet = any_of(met, unmet), False
    passed = any_of(met, truth.v) if rule.empty_passes else met
    return Verdicts(passed, unmet, False if rule.empty_passes else truth.v, truth.u, truth.x)


def _exempted(rule: ir.Rule, encoder: Encoder) -> Verdicts:
    found = [(one, encoder.holds(one.when, encoder.scope)) for one in rule.exceptions]
    exempt = any_of(*(truth.t for one, truth in found if one.instead is None))
    fault = all_of(negate(exempt), any_of(*(truth.x for _, truth in found)))
    open_ = all_of(negate(any_of(exempt, fault)), any_of(*(truth.u for _, truth in found)))
    return Verdicts(False, False, exempt, open_, fault)
