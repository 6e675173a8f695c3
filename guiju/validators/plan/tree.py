"""A plan as data: which rules on which subjects on one day, in what order and at what cost. It names no engine."""

from dataclasses import field
from datetime import date
from enum import StrEnum

from guiju.dsl.ir.degree import is_metered
from guiju.dsl.ir.tree import Profile, Rule, SubjectSpec
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.shape import Vocabulary
from guiju.terms.verdict import Verdict
from guiju.validators.plan.footprint import Cost, Join, cost_of, fields_read, joins_of, merged, unique_in

__all__ = ["Cost", "Join", "Plan", "Planned", "VersionStatus"]


_METERED: dict[int, tuple[Rule, bool]] = {}
_MOST_KEPT = 4096


def _is_metered(rule: Rule) -> bool:
    """Kept by identity: it is asked for each subject, and hashing a rule takes longer than judging it."""
    kept = _METERED.get(id(rule))
    if kept is None or kept[0] is not rule:
        if len(_METERED) >= _MOST_KEPT:
            _METERED.clear()
        _METERED[id(rule)] = kept = rule, is_metered(rule)
    return kept[1]


class VersionStatus(StrEnum):
    """Whether a rule is asked in this run, and if not, why."""

    ACTIVE = "active"
    NOT_YET = "not_yet"
    NO_LONGER = "no_longer"
    SUBMITTED = "submitted"
    STATUS = "status"
    PROFILE = "profile"


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One rule id with the version that this run uses; where none is in force, the version that comes nearest.

    `rule` has the parameters of the day written in as constants. What it asks of the records is found when it is asked
    for: judging one document needs none of it.
    """

    rule: Rule
    standing: VersionStatus
    versions: int
    vocabulary: Vocabulary = field(repr=False)
    outside: Profile | None = None
    """The profile that leaves the rule outside, where the standing is PROFILE."""
    acts: tuple[Rule, ...] = ()
    """The versions, where a rule on an act has several: which of them binds, the day of each act says."""

    @property
    def metered(self) -> bool:
        """Whether a budget ends it: every engine leaves such a rule to the interpreter, which counts its steps."""
        return _is_metered(self.rule) if not self.acts else any(_is_metered(one) for one in self.acts)

    @property
    def every(self) -> tuple[Rule, ...]:
        """The version that is used, or all that are."""
        return self.acts or (self.rule,)

    def version(self, at: int) -> Rule:
        """The version that an observation was made by."""
        return self.acts[at] if self.acts else self.rule

    @property
    def active(self) -> bool:
        """Whether the rule is in force for this run."""
        return self.standing is VersionStatus.ACTIVE

    @property
    def idle(self) -> Verdict:
        """The verdict of a rule that is not asked, on every subject."""
        return Verdict.NOT_APPLICABLE if self.standing is VersionStatus.PROFILE else Verdict.INACTIVE

    @property
    def cost(self) -> Cost:
        """The class of what it costs."""
        return max((cost_of(one) for one in self.every), key=list(Cost).index)

    @property
    def reads(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The fields it reads, by shape."""
        return merged(pair for one in self.every for pair in fields_read(one, self.vocabulary))

    @property
    def joins(self) -> tuple[Join, ...]:
        """The searches of other subjects, each once."""
        return tuple(dict.fromkeys(join for one in self.every for join in joins_of(one)))

    @property
    def unique(self) -> bool:
        """Whether it compares a subject with its fellows."""
        return any(unique_in(one) for one in self.every)


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The rules of one ruleset for one as-of day, in the order of the ruleset; `scans` gathers them by what they speak of."""

    digest: str
    as_of: date
    submitted: date | None
    vocabulary: Vocabulary
    rules: tuple[Planned, ...]
    scans: tuple[tuple[SubjectSpec, tuple[int, ...]], ...]
    _position: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_position", {one.rule.id: at for at, one in enumerate(self.rules)})

    def position(self, rule: str) -> int | None:
        """The position of a rule id, or None."""
        return self._position.get(rule)

    @property
    def reads(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The fields that the rules in force read, by shape."""
        return merged(pair for one in self.rules if one.active for pair in one.reads)

    @property
    def joins(self) -> tuple[Join, ...]:
        """The searches of the rules in force, each once."""
        return tuple(dict.fromkeys(join for one in self.rules if one.active for join in one.joins))
