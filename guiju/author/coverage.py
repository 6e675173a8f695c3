"""Which provisions of an instrument are checked by rules, which people judge, and of which nothing can be said, and why.

Every provision of the registry has exactly one standing. Nothing is counted as covered that no rule or judgement names.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from guiju.dsl.ir.tree import Judged, Rule
from guiju.dsl.ruleset import Ruleset
from guiju.standards.model import Clause, Edition, Provision
from guiju.standards.registry import Registry
from guiju.terms.clause import ClauseRef
from guiju.terms.tongue import Both

__all__ = ["Account", "ClauseCover", "Cover", "Covered", "ProvisionCover", "coverage_of", "editions_named"]

_DIGITS = 12


class Cover(StrEnum):
    """How a provision stands; the first that fits."""

    RULES = "rules"
    JUDGED = "judged"
    UNSEEN = "unseen"
    SAID = "said"
    OPEN = "open"

    @property
    def words(self) -> Both:
        """The standing as a reader sees it."""
        return _COVER_WORDS[self]


_COVER_WORDS = {
    Cover.RULES: Both("有规则检查", "checked by rules"),
    Cover.JUDGED: Both("由人判断", "judged by people"),
    Cover.UNSEEN: Both("不知道：没有见到原文", "not known: text not seen"),
    Cover.SAID: Both("没有规则，已说明原因", "no rule, for a stated reason"),
    Cover.OPEN: Both("还没有规则", "no rule yet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What an accounting file says of one requirement: why it is not known, and what of it is left unchecked."""

    unknown: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionCover:
    """One provision with what covers it; `stale` are the rules written from another wording of it."""

    provision: Provision
    cover: Cover
    rules: tuple[Rule, ...] = ()
    judged: tuple[Judged, ...] = ()
    account: Account | None = None
    stale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseCover:
    """One place of an instrument; `cited_by` are rules that cite the place without deriving from a provision there."""

    ref: ClauseRef
    provisions: tuple[ProvisionCover, ...]
    cited_by: tuple[Rule | Judged, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One edition, clause by clause; `unrecorded` are its articles of which the registry holds nothing, None if uncounted."""

    edition: Edition
    clauses: tuple[ClauseCover, ...]
    unrecorded: int | None

    def count(self, cover: Cover) -> int:
        """How many provisions stand so."""
        return sum(one.cover is cover for clause in self.clauses for one in clause.provisions)

    @property
    def total(self) -> int:
        """How many provisions there are."""
        return sum(len(clause.provisions) for clause in self.clauses)


def coverage_of(editions: Iterable[Edition], ruleset: Ruleset, accounts: Mapping[str, Account]) -> tuple[Covered, ...]:
    """Each edition with the standing of each of its provisions."""
    derived = _by_fact(ruleset)
    citing: dict[tuple[str, str], list[Rule | Judged]] = {}
    for one in _stated(ruleset):
        for citation in one.citations:
            citing.setdefault((citation.instrument, citation.clause), []).append(one)
    return tuple(_covered(edition, derived, citing, accounts) for edition in editions)


def _stated(ruleset: Ruleset) -> tuple[Rule | Judged, ...]:
    """What authors wrote: one version of each rule, and what people judge."""
    rules = {one.id: one for one in ruleset.rules if not one.implicit}
    return (*rules.values(), *ruleset.judged)


_Deriving = dict[str, list[tuple[Rule | Judged, str]]]


def _by_fact(ruleset: Ruleset) -> _Deriving:
    found: _Deriving = {}
    for one in _stated(ruleset):
        for fact, digest in one.derives:
            found.setdefault(fact, []).append((one, digest))
    return found


def _covered(
    edition: Edition, derived: _Deriving, citing: dict[tuple[str, str], list[Rule | Judged]], accounts: Mapping[str, Account]
) -> Covered:
    clauses = tuple(_clause(edition, one, derived, citing, accounts) for one in edition.clauses)
    unrecorded = None
    if edition.articles is not None:
        seen = {one.ref.steps[0] for one in edition.clauses if one.ref.steps}
        unrecorded = max(0, edition.articles - len(seen))
    return Covered(edition=edition, clauses=clauses, unrecorded=unrecorded)


def _clause(
    edition: Edition,
    clause: Clause,
    derived: _Deriving,
    citing: dict[tuple[str, str], list[Rule | Judged]],
    accounts: Mapping[str, Account],
) -> ClauseCover:
    provisions = tuple(_provision(one, derived.get(one.fact, []), accounts.get(one.fact)) for one in clause.provisions)
    named = {one.id for cover in provisions for one in cover.rules} | {one.id for cover in provisions for one in cover.judged}
    others = {one.id: one for one in citing.get((edition.id, clause.ref.key), []) if one.id not in named}
    return ClauseCover(ref=clause.ref, provisions=provisions, cited_by=tuple(others.values()))


def _provision(provision: Provision, deriving: list[tuple[Rule | Judged, str]], account: Account | None) -> ProvisionCover:
    rules = tuple(one for one, _ in deriving if isinstance(one, Rule))
    judged = tuple(one for one, _ in deriving if isinstance(one, Judged))
    now = hashlib.sha256(provision.says.zh.encode()).hexdigest()[:_DIGITS]
    if rules:
        cover = Cover.RULES
    elif judged:
        cover = Cover.JUDGED
    elif (account is not None and account.unknown) or not provision.confidence.may_carry_error:
        cover = Cover.UNSEEN
    else:
        cover = Cover.SAID if account is not None and account.left else Cover.OPEN
    return ProvisionCover(
        provision=provision,
        cover=cover,
        rules=rules,
        judged=judged,
        account=account,
        stale=tuple(one.id for one, digest in deriving if digest != now),
    )


def editions_named(name: str | None, registry: Registry) -> tuple[Edition, ...]:
    """The editions that a name may mean; without one, all of which a provision is recorded."""
    if name is None:
        return tuple(one for one in registry.editions if one.clauses)
    exact = registry.get(name)
    return (exact,) if exact is not None else registry.candidates(name)
