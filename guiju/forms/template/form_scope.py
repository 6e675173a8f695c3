"""Which fields a form is for, once it is known what is handed in and what for: those that rules ask about that may apply, and when.

What is known beforehand (the kind of project, the profile) decides conditions; every other condition stays open and is said in words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from guiju.dsl.ir.tree import And, Citation, Compare, Const, Expr, In, Is, Not, Or, Profile, Read, Rule, Truthy
from guiju.dsl.ruleset import Ruleset
from guiju.forms.template.simple_checks import conjuncts, provided
from guiju.terms.fact import State
from guiju.terms.tongue import Both
from guiju.validators.explain.phrases import Names, phrase
from guiju.validators.explain.values import bilingual
from guiju.validators.plan.footprint import fields_read
from guiju.validators.plan.profiles import is_inside

__all__ = ["FieldNeed", "FormScope", "Known", "follows", "scope_of"]

Known: TypeAlias = Mapping[str, Any]
"""What is known of fields of the shape, by id, in the run-time form of their types."""
_GIVEN = frozenset({State.VALUE, State.UNREADABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldNeed:
    """When a field is to be filled in: always, or under these conditions; by which clauses, and which rules it settles.

    `under` is the field that decides about most of its rules, None where they ask of everybody.
    """

    always: bool = False
    conditions: tuple[Both, ...] = ()
    citations: tuple[Citation, ...] = ()
    rules: tuple[Both, ...] = ()
    under: str | None = None


@dataclass(frozen=True, slots=True)
class FormScope:
    """The fields of a form by shape and id, each with its need; `screening` are those that decide most, in the profile's order."""

    profile: Profile | None
    known: Known
    needs: Mapping[tuple[str, str], FieldNeed]
    screening: tuple[str, ...] = ()

    def wants(self, shape: str, id: str) -> bool:
        """Whether the form has a place for the field."""
        return (shape, id) in self.needs


class _Gathered:
    """What has been found of one field so far."""

    def __init__(self) -> None:
        self.always = False
        self.conditions: dict[Both, None] = {}
        self.citations: dict[Citation, None] = {}
        self.rules: dict[Both, None] = {}
        self.under: dict[str | None, int] = {}


def scope_of(ruleset: Ruleset, shape: str, profile: Profile | None, known: Known, on: date) -> FormScope:
    """The scope of a form of that shape under a profile, where so much is known of it."""
    found: dict[tuple[str, str], _Gathered] = {}
    names = Names(ruleset.vocabulary, {0: shape})
    for rule in ruleset.rules:
        if rule.subject.shape == shape and _is_asked(rule, profile, on) and may_hold(rule.applies, known) is not False:
            _gather(rule, ruleset, names, known, found)
    screening = _marks(profile, shape, screening=True)
    for id in (*screening, *_marks(profile, shape, screening=False)):
        found.setdefault((shape, id), _Gathered()).always = True
    for one in ruleset.vocabulary.shape(shape).fields:
        if one.key or one.required or one.id in known:
            found.setdefault((shape, one.id), _Gathered()).always |= one.required or one.id in known
    needs = {at: _need(one) for at, one in found.items()}
    return FormScope(profile, known, needs, screening)


def follows(ruleset: Ruleset, shape: str, profile: Profile | None, id: str, on: date) -> tuple[tuple[Both, ...], tuple[Both, ...]]:
    """The fields that a yes to a question makes necessary, and those that a no does; by name, in the order of the shape."""
    named = {one.id: one.name for one in ruleset.vocabulary.shape(shape).fields}
    asked: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for rule in ruleset.rules:
        if rule.subject.shape != shape or rule.subject.path or not rule.force.requires or not _is_asked(rule, profile, on):
            continue
        for answer, fields in asked.items():
            if may_hold(rule.applies, {id: not answer}) is False and may_hold(rule.applies, {id: answer}) is not False:
                wanted = (provided(one) for one in conjuncts(rule.requirement))
                fields.update(dict.fromkeys(path[0] for path in wanted if path is not None and path[0] != id))
    yes, no = (tuple(name for one, name in named.items() if one in asked[answer]) for answer in (True, False))
    return yes, no


def may_hold(expr: Expr | None, known: Known) -> bool | None:
    """Whether a condition holds as far as so much is known: None where that leaves it open; no condition holds."""
    match expr:
        case None:
            return True
        case And(args=args):
            return _all([may_hold(one, known) for one in args])
        case Or(args=args):
            return _any([may_hold(one, known) for one in args])
        case Not(arg=arg):
            inner = may_hold(arg, known)
            return None if inner is None else not inner
        case Compare(op="=" | "≠" as op, left=Read(var=0, path=(id,)), right=Const(value=value)) if id in known:
            return (known[id] == value) is (op == "=")
        case In(operand=Read(var=0, path=(id,)), options=options) if id in known:
            return known[id] in {one.value for one in options}
        case Truthy(operand=Read(var=0, path=(id,))) if id in known:
            return known[id] is True
        case Is(operand=Read(var=0, path=(id,)), states=states) if id in known:
            return State.VALUE in states
        case _:
            return None


def rest_of(expr: Expr, known: Known) -> Expr:
    """An open condition without the parts of it that what is known decides."""
    match expr:
        case And(args=args) | Or(args=args):
            kept = tuple(rest_of(one, known) for one in args if may_hold(one, known) is None)
            return kept[0] if len(kept) == 1 else type(expr)(kept)
        case _:
            return expr


def _all(truths: list[bool | None]) -> bool | None:
    return False if False in truths else None if None in truths else True


def _any(truths: list[bool | None]) -> bool | None:
    return True if True in truths else None if None in truths else False


def _is_asked(rule: Rule, profile: Profile | None, on: date) -> bool:
    if rule.implicit or rule.status != "active" or not ((rule.start is None or rule.start <= on) and (rule.end is None or on <= rule.end)):
        return False
    if rule.of_profile:
        return profile is not None and rule.of_profile == profile.id
    return profile is None or is_inside(rule, profile)


def _marks(profile: Profile | None, shape: str, *, screening: bool) -> tuple[str, ...]:
    """The fields that a profile asks first, or expects."""
    held = () if profile is None else profile.screening if screening else profile.expects
    return tuple(id for of, fields in held if of == shape for id in fields)


def _gather(rule: Rule, ruleset: Ruleset, names: Names, known: Known, found: dict[tuple[str, str], _Gathered]) -> None:
    tests = [] if rule.applies is None else list(conjuncts(rule.applies))
    open_ones = [rest_of(one, known) for one in tests if may_hold(one, known) is None]
    words = tuple(bilingual(lambda tongue, one=one: phrase(one, names, tongue)) for one in open_ones)  # type: ignore[misc]
    asked = {provided(one) for one in conjuncts(rule.requirement)} if rule.force.requires else set()
    decides = next((id for one in open_ones for id in _read_ids(one)), None)
    deciding = {id for one in open_ones for id in _read_ids(one)}
    for shape, ids in fields_read(rule, ruleset.vocabulary):
        for id in ids:
            one = found.setdefault((shape, id), _Gathered())
            one.rules[rule.name] = None
            one.citations.update(dict.fromkeys(rule.citations))
            if id in deciding:
                continue
            one.under[decides] = one.under.get(decides, 0) + 1
            if (id,) in asked and shape == rule.subject.shape and not rule.subject.path:
                one.always |= not open_ones and not rule.exceptions
                if open_ones:
                    one.conditions[_joined(words)] = None


def _read_ids(expr: Expr) -> Iterator[str]:
    match expr:
        case Read(var=0, path=(id, *_)):
            yield id
        case Compare(left=left, right=right):
            yield from _read_ids(left)
            yield from _read_ids(right)
        case And(args=args) | Or(args=args):
            for one in args:
                yield from _read_ids(one)
        case Not(arg=inner) | Truthy(operand=inner) | In(operand=inner) | Is(operand=inner):
            yield from _read_ids(inner)
        case _:
            return


def _joined(words: Iterable[Both]) -> Both:
    said = list(words)
    return Both("，且".join(one.zh for one in said), " and ".join(one.en for one in said))


def _need(one: _Gathered) -> FieldNeed:
    under = max(one.under, key=lambda id: (one.under[id], id is None, id or ""), default=None)
    return FieldNeed(
        always=one.always,
        conditions=() if one.always else tuple(one.conditions),
        citations=tuple(one.citations),
        rules=tuple(one.rules),
        under=None if one.always else under,
    )
