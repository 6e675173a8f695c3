"""Plans a ruleset for one day: picks the version of each rule and writes the parameters in. It reads no records."""

import dataclasses
from datetime import date
from typing import Any, Protocol

from guiju.dsl.ir.tree import Const, Param, Parameter, Profile, Rule, SubjectSpec
from guiju.terms.shape import Vocabulary
from guiju.validators.plan.footprint import uses_parameter
from guiju.validators.plan.profiles import UNTAKEN, Taken
from guiju.validators.plan.tree import Plan, Planned, VersionStatus

__all__ = ["Rules", "plan"]


class Rules(Protocol):
    """What of a ruleset is planned."""

    @property
    def rules(self) -> tuple[Rule, ...]: ...
    @property
    def parameters(self) -> tuple[Parameter, ...]: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def digest(self) -> str: ...
    @property
    def profiles(self) -> tuple[Profile, ...]: ...


def plan(
    ruleset: Rules,
    *,
    as_of: date,
    submitted: date | None = None,
    shapes: frozenset[str] | None = None,
    taken: Taken = UNTAKEN,
    drafts: bool = False,
) -> Plan:
    """The plan of that day. A submission without a day counts as handed in on the as-of day where 新老划断 asks for it.

    With `shapes`, rules on other shapes are left out: a rule without subjects has no verdicts, so nothing is lost by it. Rules that the
    profiles taken leave outside are not asked. With `drafts` drafts are judged as if they were in force.
    """
    constants = _constants(ruleset.parameters, as_of)
    versions: dict[str, list[Rule]] = {}
    for rule in ruleset.rules:
        if (shapes is None or rule.subject.shape in shapes) and taken.knows(rule):
            versions.setdefault(rule.id, []).append(rule)
    groups = [_as_if(group, drafts) for group in versions.values()]
    planned = tuple(_inside(_planned(group, as_of, submitted or as_of, constants, ruleset.vocabulary), taken) for group in groups)
    scans: dict[SubjectSpec, list[int]] = {}
    for at, one in enumerate(planned):
        scans.setdefault(one.rule.subject, []).append(at)
    return Plan(
        digest=ruleset.digest,
        as_of=as_of,
        submitted=submitted,
        vocabulary=ruleset.vocabulary,
        rules=planned,
        scans=tuple((spec, tuple(at)) for spec, at in scans.items()),
    )


def _as_if(versions: list[Rule], drafts: bool) -> list[Rule]:
    if not drafts or all(one.status != "draft" for one in versions):
        return versions
    return [dataclasses.replace(one, status="active") if one.status == "draft" else one for one in versions]


def _constants(parameters: tuple[Parameter, ...], as_of: date) -> dict[str, Const]:
    found: dict[str, Const] = {}
    for parameter in parameters:
        for value in parameter.values:
            if _within(as_of, value.start, value.end):
                found[parameter.id] = Const(value.value, parameter.type)
    return found


def _within(day: date, start: date | None, end: date | None) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)


def _planned(versions: list[Rule], as_of: date, submitted: date, constants: dict[str, Const], vocabulary: Vocabulary) -> Planned:
    standings = [(_standing(rule, as_of, submitted), rule) for rule in versions]
    order = list(VersionStatus)
    # Among versions that are not in force, one that only the submission's day or its status excludes is told of first.
    rank = {
        VersionStatus.ACTIVE: 0,
        VersionStatus.SUBMITTED: 1,
        VersionStatus.STATUS: 2,
        VersionStatus.NOT_YET: 3,
        VersionStatus.NO_LONGER: 4,
    }
    standing, rule = min(standings, key=lambda pair: (rank[pair[0]], order.index(pair[0]), _distance(pair[1], as_of)))
    fixed = _fixed(rule, constants)
    acts: tuple[Rule, ...] = ()
    if rule.act is not None and rule.act.days and standing is VersionStatus.ACTIVE and len(versions) > 1:
        known = (one for standing, one in standings if standing is VersionStatus.ACTIVE)
        acts = tuple(_fixed(one, constants) for one in sorted(known, key=lambda one: one.start or date.min))
    return Planned(rule=fixed, standing=standing, versions=len(versions), vocabulary=vocabulary, acts=acts if len(acts) > 1 else ())


def _fixed(rule: Rule, constants: dict[str, Const]) -> Rule:
    fixed: Rule = with_constants(rule, constants) if constants and uses_parameter(rule) else rule
    return fixed


def _inside(planned: Planned, taken: Taken) -> Planned:
    outside = taken.outside(planned.rule)
    return planned if outside is None else dataclasses.replace(planned, standing=VersionStatus.PROFILE, outside=outside)


def _standing(rule: Rule, as_of: date, submitted: date) -> VersionStatus:
    # An act is judged by the law of its own day, whenever one looks at it, once that law is known.
    on_act = rule.act is not None and bool(rule.act.days)
    known = rule.act.published if on_act and rule.act is not None else None
    if rule.start is not None and as_of < (rule.start if known is None else min(known, rule.start)):
        return VersionStatus.NOT_YET
    if not on_act and rule.end is not None and as_of > rule.end:
        return VersionStatus.NO_LONGER
    if not _within(submitted, *rule.submitted):
        return VersionStatus.SUBMITTED
    return VersionStatus.ACTIVE if rule.status == "active" else VersionStatus.STATUS


def _distance(rule: Rule, as_of: date) -> int:
    edge = rule.start if rule.start is not None and as_of < rule.start else rule.end
    return 0 if edge is None else abs((edge - as_of).days)


def with_constants(node: Any, constants: dict[str, Const]) -> Any:
    """The same tree with every parameter that has a value on the day written in."""
    if isinstance(node, Param):
        return constants.get(node.id, node) if not node.on else node
    if isinstance(node, tuple):
        changed = tuple(with_constants(one, constants) for one in node)
        return node if all(new is old for new, old in zip(changed, node, strict=True)) else changed
    if dataclasses.is_dataclass(node) and not isinstance(node, type | Const):
        fields = {one.name: getattr(node, one.name) for one in dataclasses.fields(node) if one.init}
        new = {name: with_constants(value, constants) for name, value in fields.items()}
        return node if all(new[name] is fields[name] for name in fields) else dataclasses.replace(node, **new)
    return node
