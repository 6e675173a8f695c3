"""Instruments and their editions: when each is in force, what it says where, and how surely that is known.

Nothing here reads a file or knows today's date; the day is always an argument.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guiju.diagnostics.codes.code import Level
from guiju.standards.confidence import Confidence, Recheck, ceiling, lower
from guiju.terms.clause import ClauseRef
from guiju.terms.ids import EditionId, InstrumentId
from guiju.terms.tongue import Both

__all__ = [
    "Clause",
    "Edition",
    "Force",
    "Framework",
    "FrameworkClass",
    "Instrument",
    "InstrumentLevel",
    "Kind",
    "Nature",
    "Provision",
    "Status",
]

_NO_NOTE = Both(zh="", en="")


class InstrumentLevel(StrEnum):
    """Where an instrument stands among instruments; written from the highest."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    STATE_COUNCIL_DOCUMENT = "state_council_document"
    MINISTRY_RULE = "ministry_rule"
    MINISTRY_DOCUMENT = "ministry_document"
    LOCAL_REGULATION = "local_regulation"
    LOCAL_GOVERNMENT_RULE = "local_government_rule"
    LOCAL_DOCUMENT = "local_document"
    NATIONAL_STANDARD = "national_standard"
    INDUSTRY_STANDARD = "industry_standard"
    LOCAL_STANDARD = "local_standard"
    GROUP_STANDARD = "group_standard"
    INTERNATIONAL_STANDARD = "international_standard"
    STANDARD_UNKNOWN = "standard_unknown"  # a standard whose number was not seen
    PRACTICE = "practice"  # what a unit does; no instrument at all

    @property
    def is_standard(self) -> bool:
        """Whether it is numbered in sections, not in articles or headings."""
        return self.value.endswith("_standard") or self is InstrumentLevel.STANDARD_UNKNOWN


class Nature(StrEnum):
    """Whether it must be followed."""

    BINDING = "binding"
    MANDATORY = "mandatory"
    RECOMMENDED = "recommended"
    GUIDANCE = "guidance"


class Status(StrEnum):
    """What was known of an edition on the registry's day."""

    CURRENT = "current"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    TASK_ENDED = "task_ended"  # not repealed, but the tasks it set are over
    UNKNOWN = "unknown"


class Force(StrEnum):
    """Whether an edition is in force on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """What is said at a clause, in our own words, and how surely."""

    fact: str
    says: Both
    confidence: Confidence
    confidence_note: str | None = None

    @property
    def digest(self) -> str:
        """Changes when the words do; a rule keeps the digest it was written from."""
        return hashlib.sha256(f"{self.says.zh}\n{self.says.en}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A place of an edition, and what is said there."""

    ref: ClauseRef
    provisions: tuple[Provision, ...]

    @property
    def confidence(self) -> Confidence:
        """That of its surest provision: whoever read one of them saw the place."""
        return max((provision.confidence for provision in self.provisions), key=lambda known: known.rank)

    @property
    def digest(self) -> str:
        """Changes when the words of any provision do."""
        return hashlib.sha256("".join(provision.digest for provision in self.provisions).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One dated issue of an instrument. `until` is the last day in force; a date that is not a full day is only `written`."""

    id: EditionId
    instrument: InstrumentId
    number: str | None
    title: Both
    title_en_ours: bool = False
    names: tuple[str, ...] = ()
    body: Both
    level: InstrumentLevel
    nature: Nature
    status: Status
    issued: date | None = None
    in_force: date | None = None
    until: date | None = None
    written: tuple[tuple[str, str], ...] = ()
    date_confidence: tuple[tuple[str, Confidence], ...] = ()
    replaces: tuple[EditionId, ...] = ()
    replaced_by: tuple[EditionId, ...] = ()
    category: str
    also: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    articles: int | None = None
    known_by_reference: bool = False
    confidence: Confidence
    confidence_note: str | None = None
    recheck: Recheck | None = None
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    note: Both = _NO_NOTE
    clauses: tuple[Clause, ...] = ()

    @property
    def label(self) -> str:
        """The number, or where it has none the Chinese title in 《》."""
        return self.number or f"《{self.title.zh}》"

    @property
    def ceiling(self) -> Level:
        """The loudest level at which the edition as a whole may be cited."""
        return ceiling(self.confidence, self.recheck)

    def confidence_of(self, day: str) -> Confidence:
        """How surely `issued`, `in_force` or `until` is known."""
        return dict(self.date_confidence).get(day, self.confidence)

    def clause(self, ref: ClauseRef) -> Clause | None:
        """What is recorded at exactly that place."""
        return next((clause for clause in self.clauses if clause.ref == ref), None)

    def ceiling_at(self, ref: ClauseRef) -> Level:
        """The loudest level for a finding that cites that place: a place we did not record carries a hint."""
        holders = [clause for clause in self.clauses if clause.ref.contains(ref) or ref.contains(clause.ref)]
        if not holders:
            return Level.HINT
        known = max((clause.confidence for clause in holders), key=lambda one: one.rank)
        # A record that we only remember cannot be raised by one of its provisions.
        limit = Level.HINT if self.ceiling is Level.HINT else Level.ERROR
        return lower(ceiling(known, self.recheck), limit)

    def force(self, on: date, *, as_of: date) -> Force:
        """Whether it is in force on a day, by what was known on `as_of`."""
        start = self.in_force or self.issued
        if start is not None and on < start:
            return Force.NOT_YET
        if self.until is not None and on > self.until:
            return Force.ENDED
        match self.status:
            case Status.UNKNOWN:
                return Force.UNKNOWN
            case Status.CURRENT | Status.TASK_ENDED:
                # With no first day known, it is known to be in force only from the day on which that was seen.
                return Force.IN_FORCE if self.in_force is not None or on >= as_of else Force.UNKNOWN
            case Status.REPLACED | Status.WITHDRAWN:
                if self.until is None and on >= as_of:
                    return Force.ENDED
                return Force.IN_FORCE if self.in_force is not None and self.until is not None else Force.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """What stays the same from edition to edition; editions from the oldest."""

    id: InstrumentId
    title: Both
    editions: tuple[EditionId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of project or matter to which editions apply; a general one is every project's.

    What applies to a kind that it `includes` applies to it.
    """

    id: str
    name: Both
    names: tuple[str, ...] = ()
    general: bool = False
    includes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkClass:
    """A class or sub-class of the framework by which editions are sorted; the codes are Guiju's own."""

    code: str
    title: Both
    subclasses: "tuple[FrameworkClass, ...]" = ()
    grounded_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """The tree of classes."""

    classes: tuple[FrameworkClass, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all sub-classes: a record stands in a sub-class, never in a class."""
        return frozenset(sub.code for one in self.classes for sub in one.subclasses)

    def get(self, code: str) -> FrameworkClass | None:
        """The class or sub-class with that code."""
        every = (found for one in self.classes for found in (one, *one.subclasses))
        return next((found for found in every if found.code == code), None)
