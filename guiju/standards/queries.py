"""Questions that people ask of the registry, answered with frozen rows in a written order.

Nothing is printed here, and the day is always given. What is unknown is answered as unknown, never as absent.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guiju.standards.fold import fold
from guiju.standards.model import Edition, Force, FrameworkClass, InstrumentLevel, Kind, Nature
from guiju.standards.registry import Registry
from guiju.terms.places import ANYWHERE, COUNTRY, PLACES
from guiju.terms.tongue import Both

__all__ = [
    "CitedStanding",
    "Row",
    "Shown",
    "TreeClass",
    "cited_standings",
    "editions_as_of",
    "editions_for_kind",
    "known_kinds",
    "list_editions",
    "no_longer_in_force",
    "place_of",
    "show_edition",
    "supersession_chain",
    "tree_of_editions",
]

_LEVELS = tuple(InstrumentLevel)
_NOT_FORWARD = (Force.ENDED, Force.NOT_YET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An edition and whether it is in force on the day asked about."""

    edition: Edition
    force: Force

    @property
    def must(self) -> bool:
        """Whether it has to be followed, not only may or should."""
        return self.edition.nature in (Nature.BINDING, Nature.MANDATORY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One edition with its kin: predecessors and successors from the nearest, siblings of its instrument from the oldest."""

    row: Row
    predecessors: tuple[Row, ...]
    successors: tuple[Row, ...]
    siblings: tuple[Row, ...]
    category: FrameworkClass | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeClass:
    """A class of the framework with what it collects; `count` includes the sub-classes."""

    code: str
    title: Both
    count: int
    rows: tuple[Row, ...] = ()
    subclasses: "tuple[TreeClass, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedStanding:
    """How a cited name stands on a day: what it means, whether that holds, and what should be cited instead."""

    text: str
    row: Row | None
    instead: tuple[Row, ...] = ()
    near: tuple[str, ...] = ()


def list_editions(
    registry: Registry,
    *,
    on: date,
    words: str = "",
    category: str | None = None,
    force: Force | None = None,
) -> tuple[Row, ...]:
    """The editions whose number, titles or names hold the words, in a class or sub-class, so standing; sorted by rank."""
    wanted = fold(words)
    rows = (_row(registry, edition, on) for edition in registry.editions)
    return _sorted(
        row
        for row in rows
        if (not wanted or any(wanted in fold(name) for name in _names(row.edition)))
        and (category is None or _stands_in(row.edition, category))
        and (force is None or row.force is force)
    )


def show_edition(registry: Registry, name: str, *, on: date) -> Shown | None:
    """Everything about the edition that the name means on that day; None when it means none or several."""
    edition = registry.find(name, on=on)
    if edition is None:
        return None
    instrument = registry.instrument(edition.instrument)
    siblings = [registry.by_id[one] for one in (instrument.editions if instrument else ()) if one != edition.id]
    return Shown(
        row=_row(registry, edition, on),
        predecessors=tuple(_row(registry, one, on) for one in registry.predecessors(edition)),
        successors=tuple(_row(registry, one, on) for one in registry.successors(edition)),
        siblings=tuple(_row(registry, one, on) for one in siblings),
        category=registry.framework.get(edition.category),
    )


def tree_of_editions(registry: Registry, *, on: date) -> tuple[TreeClass, ...]:
    """The framework's classes in their order, each with the editions that have it as first category."""
    return tuple(_tree(registry, one, on) for one in registry.framework.classes)


def known_kinds(registry: Registry) -> tuple[Kind, ...]:
    """The kinds of project that records speak of, in the order of their ids."""
    return tuple(sorted(registry.kinds, key=lambda kind: kind.id))


def editions_for_kind(registry: Registry, kind: Kind, *, on: date) -> tuple[Row, ...]:
    """What a project of this kind has to reckon with on that day: what must be followed first.

    Editions that are over or not yet in force are left out; those of unknown standing are kept and say so. The editions
    that apply to every project are included, and those of the kinds that it includes.
    """
    own = {kind.id, *kind.includes}
    wanted = own | {one.id for one in registry.kinds if one.general}
    rows = (_row(registry, one, on) for one in registry.editions if wanted.intersection(one.applies_to))
    kept = _sorted(row for row in rows if row.force not in _NOT_FORWARD)
    return tuple(sorted(kept, key=lambda row: (not row.must, not own.intersection(row.edition.applies_to))))


def editions_as_of(registry: Registry, *, on: date) -> tuple[Row, ...]:
    """The editions known to be in force on that day, sorted by rank."""
    return list_editions(registry, on=on, force=Force.IN_FORCE)


def supersession_chain(registry: Registry, name: str, *, on: date) -> tuple[Row, ...]:
    """The edition and all that came before and after it, the oldest first; nothing when the name means none."""
    edition = registry.find(name, on=on)
    if edition is None:
        return ()
    chain = (*reversed(registry.predecessors(edition)), edition, *registry.successors(edition))
    return tuple(_row(registry, one, on) for one in chain)


def cited_standings(registry: Registry, cited: Iterable[str], *, on: date) -> tuple[CitedStanding, ...]:
    """How each cited name stands on that day, in the order given."""
    return tuple(_standing(registry, text, on) for text in cited)


def no_longer_in_force(registry: Registry, cited: Iterable[str], *, on: date) -> tuple[CitedStanding, ...]:
    """Those of the cited names whose editions are over on that day, with what replaced them."""
    return tuple(one for one in cited_standings(registry, cited, on=on) if one.row and one.row.force is Force.ENDED)


def _standing(registry: Registry, text: str, on: date) -> CitedStanding:
    edition = registry.find(text, on=on)
    if edition is None:
        return CitedStanding(text=text, row=None, near=registry.near(text))
    row = _row(registry, edition, on)
    # An instrument may have been replaced and its successor too: only what holds on the day is worth citing.
    later = (_row(registry, one, on) for one in registry.successors(edition)) if row.force is Force.ENDED else ()
    return CitedStanding(text=text, row=row, instead=tuple(one for one in later if one.force not in _NOT_FORWARD))


def _tree(registry: Registry, one: FrameworkClass, on: date) -> TreeClass:
    rows = _sorted(_row(registry, edition, on) for edition in registry.editions if edition.category == one.code)
    subclasses = tuple(_tree(registry, sub, on) for sub in one.subclasses)
    count = len(rows) + sum(sub.count for sub in subclasses)
    return TreeClass(code=one.code, title=one.title, count=count, rows=rows, subclasses=subclasses)


def _row(registry: Registry, edition: Edition, on: date) -> Row:
    return Row(edition=edition, force=registry.force(edition, on))


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (_LEVELS.index(row.edition.level), row.edition.id)))


def _stands_in(edition: Edition, category: str) -> bool:
    return any(code.startswith(category) for code in (edition.category, *edition.also))


def _names(edition: Edition) -> tuple[str, ...]:
    return (edition.id, edition.number or "", edition.title.zh, edition.title.en, *edition.names)


_LOCAL = frozenset(
    {
        InstrumentLevel.LOCAL_REGULATION,
        InstrumentLevel.LOCAL_GOVERNMENT_RULE,
        InstrumentLevel.LOCAL_DOCUMENT,
        InstrumentLevel.LOCAL_STANDARD,
        InstrumentLevel.PRACTICE,
    }
)
_NUMBER = re.compile(r"DBJ?([0-9]{2,4})(?![0-9])")
_NAMES = tuple((words.zh[:-1], code) for code, words in PLACES.items() if code not in (ANYWHERE, COUNTRY))


def place_of(edition: Edition) -> str | None:
    """The code of the place; None for a local edition whose record does not say where it holds."""
    if edition.level is InstrumentLevel.INTERNATIONAL_STANDARD:
        return ANYWHERE
    if edition.level not in _LOCAL:
        return COUNTRY
    numbered = _NUMBER.match(edition.number or "")
    if numbered is not None:
        return f"{COUNTRY}-{numbered[1]}"
    # A city's name goes before that of its province: 湖北省武汉市 is the city.
    named = [code for name, code in _NAMES if name in edition.body.zh] or [code for name, code in _NAMES if name in edition.title.zh]
    return max(named, key=len, default=None)
