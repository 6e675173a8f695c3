"""How surely a fact of the registry is known, in the words of the fact base, and how loudly it may be cited.

It does not say whether a fact is true. What was read may carry an error; what is remembered may carry a hint.
"""

from enum import StrEnum

from guiju.diagnostics.codes.code import Level

__all__ = ["Confidence", "Recheck", "ceiling", "lower"]


class Confidence(StrEnum):
    """How a fact became known; written from the surest to the least sure."""

    VERIFIED_IN_TEXT = "verified-in-text"
    VERIFIED = "verified"
    VERIFIED_METADATA = "verified-metadata"
    VERIFIED_EXCERPT = "verified-official-news-or-excerpt"
    VERIFIED_NEWS = "verified-news"
    CODES_VERIFIED = "codes-verified"
    ALGORITHM_CHECKED = "algorithm-checked"
    CORROBORATED = "corroborated-third-party"
    PARTLY_VERIFIED = "partly-verified"
    PARTIAL = "partial"
    MEMORY_HIGH = "memory-high"
    THIRD_PARTY = "third-party"
    DERIVED = "derived"
    ENGINEERING_INFERENCE = "engineering-inference"
    FROM_MEMORY = "from-memory"
    MEMORY = "memory"
    CONTRADICTORY = "contradictory"

    @property
    def rank(self) -> int:
        """Higher is surer."""
        return _RANK[self]

    @property
    def may_carry_error(self) -> bool:
        """Only what was read may be cited at error level."""
        return self.value.startswith("verified")

    @property
    def ceiling(self) -> Level:
        """The loudest level at which the fact may be cited."""
        if self.may_carry_error:
            return Level.ERROR
        return Level.HINT if self in _HINT_ONLY else Level.WARNING


class Recheck(StrEnum):
    """How much a record wants to be looked up again before use."""

    NORMAL = "normal"
    MEDIUM = "medium"
    HIGH = "high"


_RANK = {confidence: -at for at, confidence in enumerate(Confidence)}
_HINT_ONLY = frozenset(
    {
        Confidence.DERIVED,
        Confidence.ENGINEERING_INFERENCE,
        Confidence.FROM_MEMORY,
        Confidence.MEMORY,
        Confidence.CONTRADICTORY,
    }
)
_LOUDNESS = (Level.HINT, Level.WARNING, Level.ERROR)


def lower(one: Level, other: Level) -> Level:
    """The quieter of two levels."""
    return min(one, other, key=_LOUDNESS.index)


def ceiling(confidence: Confidence, recheck: Recheck | None) -> Level:
    """The loudest level for a fact so known in a record so much in want of a second look."""
    return Level.HINT if recheck is Recheck.HIGH else confidence.ceiling
