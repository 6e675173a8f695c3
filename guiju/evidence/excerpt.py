"""The part of a sealed ruleset on which the verdicts of one rule rest, sealed for itself: what a slip holds in place of the whole."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from guiju.dsl.ir.tree import Corpus, Rule
from guiju.dsl.ruleset import Ruleset, seal
from guiju.terms.shape import CodeList, Shape, Vocabulary
from guiju.terms.types import CodeT, RecordT, RefT

__all__ = ["excerpt_of"]


def excerpt_of(rule: str, ruleset: Ruleset) -> Ruleset:
    """All versions of the rule and of those to which it yields, the profile whose question it is, and the words that these use."""
    rules = _closure(rule, ruleset)
    asking = {one.of_profile for one in rules}
    profiles = tuple(one for one in ruleset.profiles if one.id in asking)
    named = [one.subject.shape for one in rules] + [shape for one in profiles for shape in one.shapes]
    return seal(
        replace(
            ruleset,
            rules=rules,
            profiles=profiles,
            vocabulary=_vocabulary(ruleset.vocabulary, (rules, profiles, ruleset.parameters), named),
            judged=(),
            frameworks=(),
            terms=(),
            sources=(),
        )
    )


def _closure(rule: str, ruleset: Ruleset) -> tuple[Rule, ...]:
    """The rule and those to which it yields, which decide whether it applies."""
    found: dict[str, tuple[Rule, ...]] = {}
    waiting = [rule]
    while waiting:
        id = waiting.pop()
        if id not in found:
            found[id] = ruleset.rule(id)
            waiting += [other for one in found[id] for other in one.yields_to]
    return tuple(one for versions in found.values() for one in versions)


def _vocabulary(whole: Vocabulary, users: object, named: list[str]) -> Vocabulary:
    """The shapes that are named or that a type leads to, with the code lists and readings of these."""
    shapes: dict[str, Shape] = {}
    codes: set[str] = set()
    waiting = list(named)
    for one in _types(users):
        codes.update([one.codes] if isinstance(one, CodeT) else [])
        waiting += [] if isinstance(one, CodeT) else [one.shape]
    while waiting:
        id = waiting.pop()
        if id in shapes:
            continue
        shapes[id] = shape = whole.shape(id)
        for type in _types(shape.fields):
            codes.update([type.codes] if isinstance(type, CodeT) else [])
            waiting += [] if isinstance(type, CodeT) else [type.shape]
    readings = {one.reading for one in shapes.values()}
    return Vocabulary(
        shapes=tuple(one for one in whole.shapes if one.id in shapes),
        codes=tuple(one for one in whole.codes if one.id in codes),
        readings=tuple(one for one in whole.readings if one.id in readings),
    )


def _types(value: Any) -> Iterator[CodeT | RecordT | RefT | Corpus]:
    """What leads to a shape or a code list, anywhere in a value."""
    if isinstance(value, tuple | list):
        for one in value:
            yield from _types(one)
    elif is_dataclass(value) and not isinstance(value, Shape | CodeList):
        if isinstance(value, CodeT | RecordT | RefT | Corpus):
            yield value
        for field in fields(value):
            yield from _types(getattr(value, field.name))
