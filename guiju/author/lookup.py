"""What a name means to one who asks: a rule, a judged provision, a field, a shape, a list of codes, a parameter, a profile, a diagnostic.

Several things may bear one name; all of them are found. Nothing is guessed: near names are offered, not taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from guiju.diagnostics.codes.code import Code
from guiju.diagnostics.codes.table import TABLE
from guiju.diagnostics.suggest import fold, nearest_few
from guiju.dsl.ir.tree import Judged, Parameter, Profile, Rule
from guiju.dsl.ruleset import Ruleset, TermDoc
from guiju.terms.shape import CodeList, Field, Shape
from guiju.terms.tongue import Both

__all__ = ["FieldOf", "Thing", "Versions", "find", "find_codes", "find_rules", "near", "near_rules"]


@dataclass(frozen=True, slots=True)
class Versions:
    """One rule in all its versions, as they came into force."""

    rules: tuple[Rule, ...]

    @property
    def newest(self) -> Rule:
        """The version that began last."""
        return self.rules[-1]


@dataclass(frozen=True, slots=True)
class FieldOf:
    """A field and the shape that has it."""

    shape: Shape
    field: Field


Thing: TypeAlias = Code | Versions | Judged | FieldOf | Shape | CodeList | Parameter | Profile | TermDoc


def find(name: str, ruleset: Ruleset) -> tuple[Thing, ...]:
    """Everything of exactly that name; rules before fields, fields before the rest."""
    wanted = fold(name)
    return tuple(thing for names, thing in _named(ruleset) if wanted in map(fold, names))


def find_rules(name: str, ruleset: Ruleset) -> tuple[str, ...]:
    """The ids of the rules of exactly that name."""
    return tuple(one.newest.id for one in find(name, ruleset) if isinstance(one, Versions))


def find_codes(name: str) -> tuple[Code, ...]:
    """The diagnostics of that code or slug (a slug may be that of two phases); they can be told without any rules."""
    wanted = fold(name)
    return tuple(code for names, code in _codes() if wanted in map(fold, names))


def near(name: str, ruleset: Ruleset) -> tuple[str, ...]:
    """Names that may have been meant, nearest first."""
    return nearest_few(name, (one for names, _ in _named(ruleset) for one in names), most=5)


def near_rules(name: str, ruleset: Ruleset) -> tuple[str, ...]:
    """Names of rules that may have been meant, nearest first."""
    return nearest_few(name, (one for names, thing in _named(ruleset) if isinstance(thing, Versions) for one in names), most=5)


def _codes() -> Iterator[tuple[tuple[str, ...], Code]]:
    for code in TABLE.values():
        yield (code.code, code.slug, f"{code.code}-{code.slug}"), code


def _named(ruleset: Ruleset) -> Iterator[tuple[tuple[str, ...], Thing]]:
    yield from _codes()
    by_id: dict[str, list[Rule]] = {}
    for rule in ruleset.rules:
        by_id.setdefault(rule.id, []).append(rule)
    for id, rules in by_id.items():
        versions = tuple(sorted(rules, key=lambda one: (str(one.start or ""), one.version)))
        yield (id, id.rsplit(".", 1)[-1], *_both(rules[0].name)), Versions(versions)
    for judged in ruleset.judged:
        yield (judged.id, judged.id.rsplit(".", 1)[-1], *_both(judged.name)), judged
    for shape in ruleset.vocabulary.shapes:
        owners = dict.fromkeys((shape.id, *_both(shape.name)))
        for field in shape.fields:
            own = tuple(dict.fromkeys((field.id, *_both(field.name), *field.aliases)))
            yield (*own, *(f"{owner}.{one}" for owner in owners for one in own)), FieldOf(shape, field)
    rest: list[Shape | CodeList | Parameter | Profile | TermDoc] = [
        *ruleset.vocabulary.shapes,
        *ruleset.vocabulary.codes,
        *ruleset.parameters,
        *ruleset.terms,
        *ruleset.profiles,
    ]
    for one in rest:
        yield (one.id, *_both(one.name)), one


def _both(name: Both) -> tuple[str, ...]:
    return tuple(one for one in (name.zh, name.en) if one)
