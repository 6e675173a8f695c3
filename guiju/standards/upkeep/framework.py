"""The framework as work: which classes want a standard, which standards say much the same, which are due for review, and the table of all.

A standard here is an edition of a level that is numbered as one; laws and documents fill no class. Nothing is guessed to exist: what is
offered for an empty class are records of the registry alone.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from guiju.standards.model import Edition, Force, FrameworkClass, InstrumentLevel
from guiju.standards.queries import Row
from guiju.standards.registry import Registry

__all__ = ["DueReview", "Gap", "Overlap", "TableRow", "due_for_review", "gaps", "overlaps", "table_rows"]

# 标准化法第二十九条: generally within five years.
_REVIEW_YEARS = 5
_MOST_OFFERED = 5
# How alike two titles are, as a share of common pairs of characters; drawn where the registry's own pairs part from chance.
_ALIKE = 0.6
_STOP = frozenset("标准规范要求技术系统管理数据信息城市智慧通用指南部分第总则与和的及")


@dataclass(frozen=True, slots=True)
class Gap:
    """A sub-class without a standard in force; `others` are what it holds else, `offered` standards in force that might serve."""

    cls: FrameworkClass
    others: tuple[Row, ...]
    offered: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two standards in force of different instruments whose titles are alike."""

    first: Row
    second: Row
    alike: float


@dataclass(frozen=True, slots=True)
class DueReview:
    """A standard in force and the day by which it is generally to be reviewed."""

    row: Row
    due: date


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the 标准体系明细表: the class, and the edition that it holds (None: the class is empty)."""

    number: int
    cls: FrameworkClass
    row: Row | None


def gaps(registry: Registry, *, on: date) -> tuple[Gap, ...]:
    """The sub-classes without a standard in force on that day, in the order of the framework."""
    standing = _standards(registry, on)
    found: list[Gap] = []
    for cls in _subclasses(registry):
        if any(_stands_in(one.edition, cls.code) for one in standing):
            continue
        held = tuple(Row(edition=one, force=registry.force(one, on)) for one in registry.editions if one.category == cls.code)
        others = tuple(one for one in held if one.force is not Force.ENDED and not one.edition.level.is_standard)
        offered = sorted(standing, key=lambda one: (-_alike(one.edition.title.zh, cls.title.zh), one.edition.id))
        fitting = tuple(one for one in offered if _shares_a_word(one.edition.title.zh, cls.title.zh))
        found.append(Gap(cls, others, fitting[:_MOST_OFFERED]))
    return tuple(found)


def overlaps(registry: Registry, *, on: date) -> tuple[Overlap, ...]:
    """Pairs of standards in force whose titles are alike, the most alike first; parts of one standard are no overlap."""
    standing = [one for one in _standards(registry, on) if one.edition.level is not InstrumentLevel.INTERNATIONAL_STANDARD]
    found = [
        Overlap(first, second, alike)
        for first, second in combinations(standing, 2)
        if _family(first.edition) != _family(second.edition)
        and (alike := _alike(first.edition.title.zh, second.edition.title.zh)) >= _ALIKE
    ]
    return tuple(sorted(found, key=lambda one: (-one.alike, one.first.edition.id, one.second.edition.id)))


def due_for_review(registry: Registry, *, on: date, until: date) -> tuple[DueReview, ...]:
    """The standards in force that are, or by `until` will be, five years old and more; the longest overdue first."""
    found = [
        DueReview(one, _years_after(one.edition.issued, _REVIEW_YEARS))
        for one in _standards(registry, on)
        if one.edition.issued is not None and one.edition.level is not InstrumentLevel.INTERNATIONAL_STANDARD
    ]
    return tuple(sorted((one for one in found if one.due <= until), key=lambda one: (one.due, one.row.edition.id)))


def table_rows(registry: Registry, *, on: date) -> tuple[TableRow, ...]:
    """Every sub-class with its editions that are not over, numbered through; an empty class has one line of its own."""
    rows: list[TableRow] = []
    for cls in _subclasses(registry):
        held = [Row(edition=one, force=registry.force(one, on)) for one in registry.editions if one.category == cls.code]
        kept = sorted((one for one in held if one.force is not Force.ENDED), key=lambda one: _rank(one.edition))
        rows += [TableRow(len(rows) + at, cls, one) for at, one in enumerate(kept, 1)] or [TableRow(len(rows) + 1, cls, None)]
    return tuple(rows)


def _subclasses(registry: Registry) -> tuple[FrameworkClass, ...]:
    return tuple(sub for one in registry.framework.classes for sub in one.subclasses)


def _standards(registry: Registry, on: date) -> tuple[Row, ...]:
    rows = (Row(edition=one, force=registry.force(one, on)) for one in registry.editions if one.level.is_standard)
    return tuple(sorted((one for one in rows if one.force is Force.IN_FORCE), key=lambda one: _rank(one.edition)))


def _rank(edition: Edition) -> tuple[int, str]:
    return tuple(InstrumentLevel).index(edition.level), edition.id


def _stands_in(edition: Edition, code: str) -> bool:
    return code in (edition.category, *edition.also)


def _family(edition: Edition) -> str:
    """The number without part and year: GB/T 34680.1-2017 and GB/T 34680.3-2017 are parts of one standard."""
    return (edition.number or edition.id).partition("-")[0].partition(".")[0]


def _pairs(text: str) -> frozenset[str]:
    plain = "".join(char for char in text if "\u4e00" <= char <= "\u9fff")
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def _alike(one: str, other: str) -> float:
    left, right = _pairs(one), _pairs(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _shares_a_word(title: str, cls: str) -> bool:
    """Whether they share a pair of characters that says something: not 标准, 数据 and the like."""
    return any(not _STOP.issuperset(pair) for pair in _pairs(title) & _pairs(cls))


def _years_after(day: date | None, years: int) -> date:
    assert day is not None
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
