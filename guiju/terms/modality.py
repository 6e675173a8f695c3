"""The force with which a provision speaks, and the nature of the instrument that lends it that force.

Force is not severity: what a breach leads to follows from force, nature and the confidence of the citation together
(`severity`), and what blocks a submission is the receiver's policy.
"""

from enum import StrEnum

from guiju.terms.tongue import Both

__all__ = ["Force", "Nature"]


class Force(StrEnum):
    """The word of the provision, as GB/T 1.1 distinguishes requirement, recommendation and permission."""

    SHALL = "shall"
    SHALL_NOT = "shall_not"
    SHOULD = "should"
    SHOULD_NOT = "should_not"
    MAY = "may"

    @property
    def words(self) -> Both:
        """The word as a clause writes it."""
        return _FORCE_WORDS[self]

    @property
    def forbids(self) -> bool:
        """Whether what follows the word is what must, or ought, not be."""
        return self in (Force.SHALL_NOT, Force.SHOULD_NOT)

    @property
    def requires(self) -> bool:
        """Whether no deviation is allowed."""
        return self in (Force.SHALL, Force.SHALL_NOT)


_FORCE_WORDS = {
    Force.SHALL: Both("应当", "shall"),
    Force.SHALL_NOT: Both("不得", "shall not"),
    Force.SHOULD: Both("宜", "should"),
    Force.SHOULD_NOT: Both("不宜", "should not"),
    Force.MAY: Both("可", "may"),
}


class Nature(StrEnum):
    """Whether an instrument binds, recommends or only guides."""

    MANDATORY = "mandatory"
    RECOMMENDED = "recommended"
    GUIDING = "guiding"

    @property
    def words(self) -> Both:
        """The name that a reader sees."""
        return _NATURE_WORDS[self]


_NATURE_WORDS = {
    Nature.MANDATORY: Both("强制性", "mandatory"),
    Nature.RECOMMENDED: Both("推荐性", "recommended"),
    Nature.GUIDING: Both("指导性", "guiding"),
}
