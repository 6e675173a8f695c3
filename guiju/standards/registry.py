"""All editions at once: found by what people write, split from their clauses, followed along supersession.

It answers from what is recorded and says so when something is not; it reads no file and asks no clock.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType

from guiju.standards.fold import fold, loose_names
from guiju.standards.model import Clause, Edition, Force, Framework, Instrument, Kind
from guiju.terms.clause import ClauseLevel, ClauseRef
from guiju.terms.clause_text import clause_from_key, parse_clause
from guiju.terms.ids import EditionId, InstrumentId

__all__ = ["CitationFailure", "CitationFault", "CitedPlace", "ClauseStanding", "Registry"]

_LONGEST = 300
_NEAR = 3
_BRACKETED = re.compile(r"^[(（]([^()（）]*)[)）]")
_DAY = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?:-[0-9]{2}(?:-[0-9]{2})?)?(?![0-9])")


class ClauseStanding(StrEnum):
    """What the registry knows of a place in an edition."""

    RECORDED = "recorded"
    INSIDE_RECORDED = "inside_recorded"  # a wider place is recorded
    HOLDS_RECORDED = "holds_recorded"  # a narrower place is recorded
    NOT_RECORDED = "not_recorded"  # may exist; nobody wrote down what it says
    BEYOND_TEXT = "beyond_text"  # the text is known to have fewer articles


class CitationFault(StrEnum):
    """Why a citation could not be split."""

    UNKNOWN_INSTRUMENT = "unknown_instrument"
    SEVERAL_INSTRUMENTS = "several_instruments"
    UNREADABLE_CLAUSE = "unreadable_clause"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPlace:
    """An edition, and the place in it that was cited; no clause means the whole."""

    edition: Edition
    clause: ClauseRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationFailure:
    """What could not be read: the guilty words are `text[start:]`; `near` names what may have been meant."""

    fault: CitationFault
    text: str
    start: int = 0
    edition: Edition | None = None
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """The editions known on the day `as_of`, in the order of their ids; build it with `of`."""

    as_of: date
    digest: str
    framework: Framework
    kinds: tuple[Kind, ...]
    editions: tuple[Edition, ...]
    by_id: Mapping[str, Edition]
    strict: Mapping[str, tuple[Edition, ...]]
    loose: Mapping[str, tuple[Edition, ...]]

    @classmethod
    def of(cls, *, as_of: date, digest: str, framework: Framework, kinds: tuple[Kind, ...] = (), editions: Iterable[Edition]) -> "Registry":
        """The registry of these editions as they were known on that day."""
        ordered = tuple(sorted(editions, key=lambda edition: edition.id))
        return cls(
            as_of=as_of,
            digest=digest,
            framework=framework,
            kinds=kinds,
            editions=ordered,
            by_id=MappingProxyType({edition.id: edition for edition in ordered}),
            strict=_index((edition, strict_names(edition)) for edition in ordered),
            loose=_index((edition, _loose(edition)) for edition in ordered),
        )

    def get(self, edition: str) -> Edition | None:
        """The edition with exactly that id."""
        return self.by_id.get(edition)

    def kind(self, text: str) -> Kind | None:
        """The kind with that id, or that name in either tongue."""
        wanted = fold(text)
        return next((o for o in self.kinds if wanted in map(fold, (o.id, o.name.zh, o.name.en, *o.names))), None)

    def instrument(self, instrument: str) -> Instrument | None:
        """All editions of an instrument, the oldest first."""
        editions = sorted((one for one in self.editions if one.instrument == instrument), key=_age)
        if not editions:
            return None
        newest = editions[-1]
        return Instrument(id=InstrumentId(instrument), title=newest.title, editions=tuple(one.id for one in editions))

    def by_fact(self, fact: str) -> tuple[Edition, ...]:
        """The editions recorded from that id of the fact base, or holding a provision with it."""
        return tuple(
            one
            for one in self.editions
            if fact in one.facts or any(said.fact == fact for clause in one.clauses for said in clause.provisions)
        )

    def candidates(self, text: str) -> tuple[Edition, ...]:
        """All editions that the text may mean: by id, number or full name first, else by a shorter name."""
        if len(text) > _LONGEST:
            return ()
        exact = self.by_id.get(text.strip())
        if exact is not None:
            return (exact,)
        name = fold(text)
        return self.strict.get(name) or self.loose.get(name) or ()

    def find(self, text: str, *, on: date | None = None) -> Edition | None:
        """The edition meant by an id, number, title or short title; None when none, or several instruments, bear the name.

        A name without a year means the edition in force on `on`, by default the registry's day; failing that, the newest.
        """
        return self._choose(self.candidates(text), on)

    def _choose(self, found: tuple[Edition, ...], on: date | None) -> Edition | None:
        if len({edition.instrument for edition in found}) != 1:
            return None
        day = on or self.as_of
        standing = [one for one in found if self.force(one, day) is Force.IN_FORCE]
        return max(standing or found, key=_age)

    def near(self, text: str) -> tuple[str, ...]:
        """Up to three recorded names that look like the text, the likest first; written as recorded."""
        said: dict[str, str] = {}
        for edition in self.editions:
            for name in _spoken(edition):
                said.setdefault(fold(name), name)
        close = get_close_matches(fold(text[:_LONGEST]), said, n=_NEAR, cutoff=0.6)
        return tuple(dict.fromkeys(said[name] for name in close))

    def split_citation(self, text: str, *, on: date | None = None) -> CitedPlace | CitationFailure:
        """A citation line such as `SC809 art 15 para 2` or `《个人信息保护法》第二十八条` as edition and place."""
        return self._split(text, on, named_before=False)

    def _split(self, text: str, on: date | None, *, named_before: bool) -> CitedPlace | CitationFailure:
        if len(text) > _LONGEST:
            return CitationFailure(fault=CitationFault.UNKNOWN_INSTRUMENT, text=text[:_LONGEST])
        known: tuple[int, tuple[Edition, ...]] | None = None
        for at in range(len(text), 0, -1):
            found = self.candidates(text[:at]) if not text[at - 1].isspace() else ()
            if not found:
                continue
            edition = self._choose(found, on)
            ref = _place(edition or found[0], text[at:])
            if edition is not None and (ref is not None or not text[at:].strip()):
                return CitedPlace(edition=edition, clause=ref)
            known = known or (at, found)
        if known is not None:
            at, found = known
            again = self._dated(text[at:].strip(), found, on)
            if again is None and not named_before:
                again = self._second_name(text[at:].strip(), found, on)
            if again is not None:
                return again
        return self._failure(text, known, on)

    def _dated(self, rest: str, found: tuple[Edition, ...], on: date | None) -> CitedPlace | None:
        """`个人信息保护法(2021-08-20) 第十三条`: days in brackets tell the edition, and must be days of that edition."""
        remark = _BRACKETED.match(rest)
        days = _DAY.findall(remark[1]) if remark else []
        edition = self._choose(tuple(one for one in found if all(_is_day_of(one, day) for day in days)), on)
        if remark is None or not days or edition is None:
            return None
        words = rest[remark.end() :].strip()
        ref = _place(edition, words)
        return CitedPlace(edition=edition, clause=ref) if ref is not None or not words else None

    def _second_name(self, rest: str, found: tuple[Edition, ...], on: date | None) -> CitedPlace | None:
        """`国办发〔2019〕57号 国家政务信息化项目建设管理办法 第九条` and `办法(文号) 第三条` name one instrument twice."""
        edition = self._choose(found, on)
        again = self._split(_BRACKETED.sub(r"\1 ", rest, count=1), on, named_before=True)
        if edition is None or isinstance(again, CitationFailure) or again.edition.instrument != edition.instrument:
            return None
        # A first name that several editions share is told apart by the second.
        return CitedPlace(edition=edition if len(found) == 1 else again.edition, clause=again.clause)

    def _failure(self, text: str, known: tuple[int, tuple[Edition, ...]] | None, on: date | None) -> CitationFailure:
        if known is None:
            head = text.strip().split(" 第")[0]
            near = self.near(head) or self.near(head.partition("》")[0]) or self.near(head.partition("第")[0])
            near = near or self.near(head.rpartition(" ")[0])
            return CitationFailure(fault=CitationFault.UNKNOWN_INSTRUMENT, text=text, near=near)
        at, found = known
        edition = self._choose(found, on)
        if edition is None:
            near = tuple(one.label for one in found[:_NEAR])
            return CitationFailure(fault=CitationFault.SEVERAL_INSTRUMENTS, text=text, near=near)
        start = at + len(text[at:]) - len(text[at:].lstrip())
        return CitationFailure(fault=CitationFault.UNREADABLE_CLAUSE, text=text, start=start, edition=edition)

    def standing(self, edition: Edition, ref: ClauseRef) -> ClauseStanding:
        """What is known of a place: recorded, inside or around something recorded, beyond the text, or not recorded."""
        first = ref.steps[0]
        if edition.articles is not None and first.level is ClauseLevel.ARTICLE:
            if int(first.number.partition("-")[0]) > edition.articles:
                return ClauseStanding.BEYOND_TEXT
        if edition.clause(ref) is not None:
            return ClauseStanding.RECORDED
        if any(clause.ref.contains(ref) for clause in edition.clauses):
            return ClauseStanding.INSIDE_RECORDED
        if any(ref.contains(clause.ref) for clause in edition.clauses):
            return ClauseStanding.HOLDS_RECORDED
        return ClauseStanding.NOT_RECORDED

    def clauses_at(self, edition: Edition, ref: ClauseRef) -> tuple[Clause, ...]:
        """What is recorded at the place, inside it, or else around it; the narrowest first."""
        inside = [clause for clause in edition.clauses if ref.contains(clause.ref)]
        around = [clause for clause in edition.clauses if clause.ref.contains(ref)]
        return tuple(sorted(inside or around, key=lambda clause: -len(clause.ref.steps)))

    def force(self, edition: Edition, on: date) -> Force:
        """Whether the edition is in force on that day, by what the registry knows."""
        return edition.force(on, as_of=self.as_of)

    def in_force(self, name: str, on: date) -> Edition | None:
        """The edition of an instrument in force on that day; `name` is an instrument's or edition's id, or any name."""
        edition = self.find(name, on=on)
        if edition is None:
            return None
        return next((o for o in self._family(edition.instrument) if self.force(o, on) is Force.IN_FORCE), None)

    def _family(self, instrument: InstrumentId) -> tuple[Edition, ...]:
        return tuple(one for one in self.editions if one.instrument == instrument)

    def successors(self, edition: Edition) -> tuple[Edition, ...]:
        """The editions that replaced it, one after another, without it; each once, even in a broken chain."""
        chain: list[Edition] = []
        waiting: list[EditionId] = list(edition.replaced_by)
        while waiting:
            successor = self.by_id.get(waiting.pop(0))
            if successor is not None and successor not in chain and successor.id != edition.id:
                chain.append(successor)
                waiting += successor.replaced_by
        return tuple(chain)

    def predecessors(self, edition: Edition) -> tuple[Edition, ...]:
        """The editions that it replaced, and those that they replaced, the nearest first."""
        chain: list[Edition] = []
        waiting: list[EditionId] = list(edition.replaces)
        while waiting:
            earlier = self.by_id.get(waiting.pop(0))
            if earlier is not None and earlier not in chain and earlier.id != edition.id:
                chain.append(earlier)
                waiting += earlier.replaces
        return tuple(chain)


def strict_names(edition: Edition) -> tuple[str, ...]:
    """The names that mean this edition and no other of its instrument: its id, number, titles and declared names."""
    names = [edition.id, edition.number or "", *edition.names]
    if not edition.known_by_reference:
        names += [edition.title.zh, edition.title.en]
    return tuple(dict.fromkeys(folded for name in names if (folded := fold(name))))


def _loose(edition: Edition) -> tuple[str, ...]:
    titles = () if edition.known_by_reference else (edition.title.zh, *edition.names)
    names = (edition.instrument, *loose_names(number=edition.number, titles=titles))
    return tuple(dict.fromkeys(fold(name) for name in names))


def _spoken(edition: Edition) -> tuple[str, ...]:
    title = () if edition.known_by_reference else (edition.title.zh, edition.title.en)
    number = (edition.number,) if edition.number else ()
    return (*number, *title, edition.id, *loose_names(number=edition.number, titles=title[:1]))


def _index(named: Iterable[tuple[Edition, tuple[str, ...]]]) -> Mapping[str, tuple[Edition, ...]]:
    index: dict[str, tuple[Edition, ...]] = {}
    for edition, names in named:
        for name in names:
            index[name] = (*index.get(name, ()), edition)
    return MappingProxyType(index)


def _age(edition: Edition) -> tuple[bool, date, str]:
    start = edition.in_force or edition.issued
    return (not edition.known_by_reference, start or date.min, edition.id)


def _is_day_of(edition: Edition, day: str) -> bool:
    """Whether a day, month or year is that on which the edition was issued, came into force or ended."""
    full = (one.isoformat() for one in (edition.issued, edition.in_force, edition.until) if one is not None)
    return any(one.startswith(day) for one in (*full, *(words for _, words in edition.written)))


def _place(edition: Edition, words: str) -> ClauseRef | None:
    """The place that the words name in that edition; a bare 15.2 in a law is article 15 paragraph 2."""
    words = words.strip().lstrip(",，、:：").strip()
    ref = parse_clause(words)
    if ref is None:
        wanted = fold(words)
        named = (clause.ref for clause in edition.clauses if clause.ref.steps[0].level is ClauseLevel.NAMED)
        return next((one for one in named if wanted and fold(one.steps[0].number) == wanted), None)
    if not edition.level.is_standard and all(step.level is ClauseLevel.SECTION for step in ref.steps):
        return clause_from_key(".".join(step.number for step in ref.steps)) or ref
    return ref
