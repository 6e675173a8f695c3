"""Instruments as the rule book shows them: article by article what rules check, what people judge and what is not known; the standards."""

from datetime import date
from functools import cache
from typing import Any

from guiju.author.accounts import read_accounts
from guiju.author.coverage import Account, ClauseCover, Cover, Covered, ProvisionCover, coverage_of
from guiju.author.standards_words import FORCES, LEVELS, NATURES
from guiju.dsl.ir.tree import Rule
from guiju.pipeline import shipped_rules
from guiju.service.web.knowledge import knowledge
from guiju.standards.confidence import Confidence
from guiju.standards.model import Edition
from guiju.standards.queries import (
    Row,
    TreeClass,
    editions_for_kind,
    known_kinds,
    no_longer_in_force,
    show_edition,
    supersession_chain,
    tree_of_editions,
)
from guiju.terms.tongue import Both, Tongue

__all__ = ["covered", "covers", "gaps", "instrument_view", "kinds_of_project", "levels", "row_view", "standards_for", "tree"]

_CONFIDENCE = {
    True: Both("见过原文", "seen in the text"),
    False: Both("未见原文", "the text was not seen"),
}


@cache
def _accounts() -> dict[str, Account]:
    return read_accounts([shipped_rules()])[0]


@cache
def covered() -> tuple[Covered, ...]:
    """Every edition of which a provision is recorded, with the standing of each provision."""
    known = knowledge()
    editions = [one for one in known.registry.editions if one.clauses]
    return coverage_of(editions, known.ruleset, _accounts())


def levels() -> list[tuple[Both, list[dict[str, Any]]]]:
    """The instruments of which something is recorded, by their level, the highest first."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in covered():
        counts = {cover.value: one.count(cover) for cover in Cover}
        rules = {rule.id for clause in one.clauses for each in clause.provisions for rule in each.rules}
        rules |= {rule.id for clause in one.clauses for rule in clause.cited_by if isinstance(rule, Rule)}
        view = {
            "id": one.edition.id,
            "title": one.edition.title,
            "number": one.edition.number or "",
            "counts": counts,
            "total": one.total,
            "rules": len(rules),
        }
        groups.setdefault(one.edition.level, []).append(view)
    return [(LEVELS[level], sorted(groups[level], key=lambda view: -view["rules"])) for level in LEVELS if level in groups]


def covers() -> list[tuple[str, Both]]:
    """The ways in which a provision may stand."""
    return [(one.value, one.words) for one in Cover]


def instrument_view(id: str, on: date) -> dict[str, Any] | None:
    """Everything on one edition: what it is, its kin, and its clauses with what covers each."""
    registry = knowledge().registry
    edition = registry.get(id)
    if edition is None:
        return None
    shown = show_edition(registry, id, on=on)
    assert shown is not None, "an edition is found by its own id"
    cover = next((one for one in covered() if one.edition.id == id), None)
    return {
        "edition": edition,
        "row": row_view(shown.row),
        "level": LEVELS[edition.level],
        "nature": NATURES[edition.nature],
        "chain": [row_view(one) for one in supersession_chain(registry, id, on=on)],
        "siblings": [row_view(one) for one in shown.siblings],
        "category": shown.category,
        "sure": _CONFIDENCE[_is_sure(edition.confidence)],
        "clauses": [_clause(one) for one in cover.clauses] if cover is not None else [],
        "unrecorded": cover.unrecorded if cover is not None else None,
        "counts": {one: cover.count(one) for one in Cover} if cover is not None else {},
        "dates": _dates(edition),
    }


def _is_sure(confidence: Confidence) -> bool:
    return confidence.may_carry_error


def _dates(edition: Edition) -> list[tuple[Both, str]]:
    named = (
        ("issued", Both("发布", "issued"), edition.issued),
        ("in_force", Both("施行", "in force"), edition.in_force),
        ("until", Both("失效", "until"), edition.until),
    )
    written = dict(edition.written)
    return [(words, day.isoformat() if day else written[name]) for name, words, day in named if day or name in written]


def _clause(one: ClauseCover) -> dict[str, Any]:
    return {
        "words": Both(one.ref.say(Tongue.ZH), one.ref.say(Tongue.EN)),
        "anchor": one.ref.key,
        "provisions": [_provision(each) for each in one.provisions],
        "cited_by": [_named(each) for each in one.cited_by],
    }


def _provision(one: ProvisionCover) -> dict[str, Any]:
    account = one.account
    return {
        "fact": one.provision.fact,
        "says": one.provision.says,
        "sure": _CONFIDENCE[_is_sure(one.provision.confidence)],
        "cover": one.cover.value,
        "cover_words": one.cover.words,
        "rules": [_named(each) for each in one.rules],
        "judged": [{**_named(each), "who": each.who, "why": each.why} for each in one.judged],
        "unknown": account.unknown if account is not None else "",
        "left": account.left if account is not None else "",
        "stale": one.stale,
    }


def _named(one: Any) -> dict[str, Any]:
    return {"kind": "rule" if isinstance(one, Rule) else "judged", "id": one.id, "name": one.name}


# ---- standards -----------------------------------------------------------------------------------------------------


def row_view(one: Row) -> dict[str, Any]:
    """One edition in a line."""
    edition = one.edition
    return {
        "id": edition.id,
        "number": edition.number or "",
        "title": edition.title,
        "force": one.force.value,
        "force_words": FORCES[one.force],
        "level": LEVELS[edition.level],
        "nature": NATURES[edition.nature],
        "must": one.must,
        "days": " – ".join(day.isoformat() if day else "" for day in (edition.in_force or edition.issued, edition.until)).strip(" –"),
    }


def tree(on: date) -> list[dict[str, Any]]:
    """The framework of standards: classes, sub-classes, and what stands in each."""
    return [_class(one) for one in tree_of_editions(knowledge().registry, on=on)]


def _class(one: TreeClass) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "count": one.count,
        "rows": [row_view(row) for row in one.rows],
        "subclasses": [_class(sub) for sub in one.subclasses],
    }


def kinds_of_project() -> list[tuple[str, Both]]:
    """The kinds of project that records speak of."""
    return [(one.id, one.name) for one in known_kinds(knowledge().registry)]


def standards_for(kind: str, on: date) -> list[dict[str, Any]]:
    """What a project of a kind has to reckon with on a day."""
    registry = knowledge().registry
    found = registry.kind(kind)
    return [row_view(one) for one in editions_for_kind(registry, found, on=on)] if found is not None else []


def gaps(on: date) -> dict[str, list[Any]]:
    """What is wanting: classes in which nothing stands, and instruments that rules cite though they are over on the day."""
    registry, ruleset = knowledge().registry, knowledge().ruleset
    empty = [{"code": sub.code, "title": sub.title} for one in tree_of_editions(registry, on=on) for sub in one.subclasses if not sub.count]
    running = (one for one in ruleset.rules if one.status == "active" and (one.end is None or one.end >= on))
    cited = dict.fromkeys(cite.instrument for one in running for cite in one.citations)
    over = no_longer_in_force(registry, cited, on=on)
    return {
        "empty": empty,
        "over": [{"row": row_view(one.row), "instead": [row_view(row) for row in one.instead]} for one in over if one.row],
    }
