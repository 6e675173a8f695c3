"""A plan: what is asked of which subjects on one day, in what order and at what cost; it names no engine."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from guiju.dsl.ir.tree import Rule, SubjectSpec
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import Both

__all__ = ["Cost", "Join", "Plan", "Planned", "Standing"]


class Cost(StrEnum):
    """The cost class of a rule; there is no other."""

    ENTRY = "entry"
    ELEMENTS = "elements"
    CATALOG = "catalog"

    @property
    def words(self) -> Both:
        """The class as `explain` names it."""
        return _COST_WORDS[self]


_COST_WORDS = {
    Cost.ENTRY: Both("每条", "per entry"),
    Cost.ELEMENTS: Both("每条×元素", "per entry × elements"),
    Cost.CATALOG: Both("全目录 n log n", "whole catalog, n log n"),
}


class Standing(StrEnum):
    """Whether a rule is in force for this run, and if not, why."""

    ACTIVE = "active"
    NOT_YET = "not_yet"
    NO_LONGER = "no_longer"
    SUBMITTED = "submitted"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """A search of all subjects of a shape by these fields of theirs; without fields, a walk over all of them."""

    shape: str
    keys: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One rule id with the version that this run uses; where none is in force, the version that comes nearest.

    `rule` has the parameters of the day written in as constants. `reads` are the fields it reads, by shape.
    """

    rule: Rule
    standing: Standing
    cost: Cost
    reads: tuple[tuple[str, tuple[str, ...]], ...]
    joins: tuple[Join, ...]
    unique: bool
    versions: int

    @property
    def active(self) -> bool:
        """Whether the rule is in force for this run."""
        return self.standing is Standing.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The rules of one ruleset for one as-of day, in the order of the ruleset; `scans` gathers them by what they speak of."""

    digest: str
    as_of: date
    submitted: date | None
    vocabulary: Vocabulary
    rules: tuple[Planned, ...]
    scans: tuple[tuple[SubjectSpec, tuple[int, ...]], ...]
    reads: tuple[tuple[str, tuple[str, ...]], ...]
    joins: tuple[Join, ...]
    _position: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_position", {one.rule.id: at for at, one in enumerate(self.rules)})

    def position(self, rule: str) -> int | None:
        """The position of a rule id, or None."""
        return self._position.get(rule)
