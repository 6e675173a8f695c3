"""How grave a breach is: four steps, and the step that a breach has unless its rule says otherwise.

Severity is a consequence, never a force, and it does not decide what blocks a submission.
"""

from enum import IntEnum

from guiju.terms.modality import Force, Nature
from guiju.terms.tongue import Both

__all__ = ["Severity", "default_severity"]


class Severity(IntEnum):
    """Graver is greater, so `max` of some severities is the gravest."""

    ADVISORY = 1
    MINOR = 2
    MAJOR = 3
    BLOCKING = 4

    @property
    def words(self) -> Both:
        """The name that a reader sees."""
        return _WORDS[self]

    @property
    def id(self) -> str:
        """The name that a file or a wire holds."""
        return self.name.lower()


_WORDS = {
    Severity.ADVISORY: Both("提示", "advisory"),
    Severity.MINOR: Both("一般", "minor"),
    Severity.MAJOR: Both("严重", "major"),
    Severity.BLOCKING: Both("阻断", "blocking"),
}

# 标准化法 第二条: a mandatory standard must be carried out, a recommended one is only encouraged; so a recommended or
# guiding instrument never yields BLOCKING by default.
_OF_REQUIREMENT = {
    Nature.MANDATORY: Severity.BLOCKING,
    Nature.RECOMMENDED: Severity.MAJOR,
    Nature.GUIDING: Severity.MINOR,
}


def default_severity(force: Force, nature: Nature, *, verified: bool) -> Severity:
    """The severity of a breach whose rule names none.

    A recommendation or permission is advisory. A requirement is as grave as its instrument is binding, but at most
    MINOR while the cited words have not been verified against the published text.
    """
    if not force.requires:
        return Severity.ADVISORY
    severity = _OF_REQUIREMENT[nature]
    return severity if verified else min(severity, Severity.MINOR)
