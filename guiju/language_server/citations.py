"""Instruments and their articles as one types them after 依据: by number, by title, by a part of either."""

from collections.abc import Iterator

from lsprotocol import types as lsp

from guiju.standards.fold import fold
from guiju.standards.model import Edition, Force
from guiju.standards.registry import CitedPlace, Registry
from guiju.terms.clause import ClauseRef
from guiju.terms.tongue import Both, Tongue

__all__ = ["citation_items", "standing_of"]

_MOST = 200
_FORCE = {
    Force.IN_FORCE: Both("现行有效", "in force"),
    Force.NOT_YET: Both("尚未施行", "not yet in force"),
    Force.ENDED: Both("已失效", "no longer in force"),
    Force.UNKNOWN: Both("效力未查明", "standing unknown"),
}


def standing_of(registry: Registry, edition: Edition, tongue: Tongue) -> str:
    """One line on an edition: number, whether it is in force on the registry's day, since when."""
    words = [edition.number or "", _FORCE[registry.force(edition, registry.as_of)].say(tongue)]
    if edition.in_force is not None:
        words.append(f"{edition.in_force} 起施行" if tongue is Tongue.ZH else f"since {edition.in_force}")
    return " · ".join(word for word in words if word)


def citation_items(registry: Registry, written: str, range: lsp.Range, tongue: Tongue) -> Iterator[lsp.CompletionItem]:
    """The instruments whose names hold what is written; where an instrument is written whole, its recorded places."""
    place = registry.split_citation(written.rstrip(" 第")) if written else None
    if isinstance(place, CitedPlace):
        yield from _places(place, written, range, tongue)
    wanted = fold(written)
    found = 0
    for edition in registry.editions:
        if found >= _MOST:
            return
        if registry.force(edition, registry.as_of) is Force.ENDED:
            continue
        names = (edition.title.say(tongue), edition.title.zh, edition.number or "", *edition.names)
        if wanted and not any(wanted in fold(name) for name in names):
            continue
        found += 1
        head = _head(edition, tongue)
        yield lsp.CompletionItem(
            label=head,
            kind=lsp.CompletionItemKind.Reference,
            detail=standing_of(registry, edition, tongue),
            documentation=edition.title.say(tongue),
            filter_text=written or head,
            sort_text=f"2{found:04}",
            text_edit=lsp.TextEdit(range, head),
        )


def _head(edition: Edition, tongue: Tongue) -> str:
    """How a citation names it: a standard by its number, anything else by its title."""
    return edition.number if edition.level.is_standard and edition.number else edition.title.say(tongue) or edition.title.zh


def _places(place: CitedPlace, written: str, range: lsp.Range, tongue: Tongue) -> Iterator[lsp.CompletionItem]:
    head = written.rstrip(" 第")
    if place.clause is not None:
        head = head.removesuffix(place.clause.say(tongue)).rstrip()
    for number, clause in enumerate(sorted(place.edition.clauses, key=lambda one: _order(one.ref))):
        said = clause.ref.say(tongue)
        says = "；".join(dict.fromkeys(one.says.say(tongue) for one in clause.provisions))
        yield lsp.CompletionItem(
            label=said,
            kind=lsp.CompletionItemKind.Value,
            detail=says[:80],
            documentation=says,
            filter_text=written,
            sort_text=f"1{number:04}",
            text_edit=lsp.TextEdit(range, f"{head} {said}"),
        )


def _order(ref: ClauseRef) -> tuple[tuple[int, str], ...]:
    """Places in the order of the text: numbers as numbers."""
    return tuple((int(head), step.number) if (head := step.number.partition("-")[0]).isdigit() else (0, step.number) for step in ref.steps)
