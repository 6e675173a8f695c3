"""What leaves the compiler: rules, vocabulary and their documents, sealed under one digest of what they mean.

A sealed ruleset runs without the parser and without the registry. The digest does not change with layout or comments.
"""

import hashlib
from dataclasses import replace
from datetime import date

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.encode import DecodeFault, decode_bytes, encode_bytes
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.quantities.units import UNIT_SPELLINGS
from guiju.terms.shape import Field, Vocabulary
from guiju.terms.tongue import Both

__all__ = ["CLASSES", "LANGUAGE_VERSION", "LARGEST", "Ruleset", "RulesetFault", "TermDoc", "from_bytes", "seal", "to_bytes"]

LANGUAGE_VERSION = "1.0"
LARGEST = 64 * 1024 * 1024
_MAGIC = b"guiju-ruleset 1 "


class RulesetFault(ValueError):
    """The bytes are no sealed ruleset, or were changed after sealing; the pipeline says so in its own words."""


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class TermDoc:
    """术语, as documentation: its meaning is already written out in the rules."""

    id: str
    name: Both
    doc: str
    citations: tuple[ir.Citation, ...]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """Everything a run needs to know of the rules. `sources` are (file, sha256 of its text)."""

    rules: tuple[ir.Rule, ...]
    judged: tuple[ir.Judged, ...]
    parameters: tuple[ir.Parameter, ...]
    vocabulary: Vocabulary
    frameworks: tuple[ir.Framework, ...]
    terms: tuple[TermDoc, ...]
    language_version: str
    registry_date: date
    registry_digest: str
    sources: tuple[tuple[str, str], ...]
    digest: str = ""
    profiles: tuple[ir.Profile, ...] = ()

    def rule(self, id: str) -> tuple[ir.Rule, ...]:
        """The versions of the rule of that id."""
        return tuple(one for one in self.rules if one.id == id)


CLASSES: dict[str, type] = {"TermDoc": TermDoc, "Ruleset": Ruleset}
"""What a ruleset is made of beyond the intermediate form, by tag."""

# What a reformatted, translated or commented file may change: it says where and how, not what.
_SILENT = frozenset(
    {
        ("Rule", "source"),
        ("Rule", "text"),
        ("Rule", "doc"),
        ("Rule", "because"),
        ("Judged", "source"),
        ("Profile", "source"),
        ("Profile", "doc"),
        ("Citation", "text"),
        ("TermDoc", "doc"),
        ("Shape", "doc"),
        ("CodeList", "doc"),
        ("CodeList", "cites"),
        ("Field", "cites"),
        ("Ruleset", "sources"),
        ("Ruleset", "digest"),
    }
)


def seal(ruleset: Ruleset) -> Ruleset:
    """The ruleset with the digest of its meaning; declarations in another order mean the same."""
    ordered = replace(
        ruleset,
        rules=tuple(sorted(ruleset.rules, key=lambda one: (one.id, str(one.start or ""), one.version))),
        judged=tuple(sorted(ruleset.judged, key=lambda one: one.id)),
        parameters=tuple(sorted(ruleset.parameters, key=lambda one: one.id)),
        frameworks=tuple(sorted(ruleset.frameworks, key=lambda one: one.code)),
        terms=tuple(sorted(ruleset.terms, key=lambda one: one.id)),
        profiles=tuple(sorted(ruleset.profiles, key=lambda one: one.id)),
    )
    meaning = encode_bytes(replace(ordered, vocabulary=_with_plain_units(ordered.vocabulary)), CLASSES, _SILENT)
    return replace(ordered, digest=hashlib.sha256(meaning).hexdigest())


def _with_plain_units(vocabulary: Vocabulary) -> Vocabulary:
    """Each unit by its id: 个 and pcs are one unit, whichever is written."""
    return replace(vocabulary, shapes=tuple(replace(one, fields=tuple(map(_with_plain_unit, one.fields))) for one in vocabulary.shapes))


def _with_plain_unit(one: Field) -> Field:
    known = UNIT_SPELLINGS.get(one.unit) if one.unit is not None else None
    return one if known is None else replace(one, unit=known.id)


def to_bytes(ruleset: Ruleset) -> bytes:
    """The ruleset as a file: a line with the SHA-256 of the rest, then the rest."""
    body = encode_bytes(ruleset, CLASSES)
    return _MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def from_bytes(data: bytes) -> Ruleset:
    """The ruleset of a file; RulesetFault when it is none, is of another version, or was changed."""
    if len(data) > LARGEST or not data.startswith(_MAGIC):
        raise RulesetFault("no sealed ruleset")
    head, _, body = data.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != head[len(_MAGIC) :]:
        raise RulesetFault("changed after it was sealed")
    try:
        ruleset = decode_bytes(body, CLASSES)
    except DecodeFault as fault:
        raise RulesetFault(str(fault)) from fault
    if not isinstance(ruleset, Ruleset):
        raise RulesetFault("no sealed ruleset")
    if ruleset.language_version.partition(".")[0] != LANGUAGE_VERSION.partition(".")[0]:
        raise RulesetFault(f"of language version {ruleset.language_version}")
    return ruleset
