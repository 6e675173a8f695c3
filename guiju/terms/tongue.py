"""The two tongues in which the house speaks, and words said in both.

A word for a user is never one string: it is a pair, so that no message can exist in one language only.
"""

from enum import StrEnum

from guiju.terms.display import spelled
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Both", "Named", "Tongue", "counted"]


class Tongue(StrEnum):
    """A language in which a text is written or a message is said."""

    ZH = "zh"
    EN = "en"

    @property
    def other(self) -> "Tongue":
        """The tongue that this one is not."""
        return Tongue.EN if self is Tongue.ZH else Tongue.ZH


@fast_dataclass(frozen=True, slots=True)
class Both:
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def say(self, tongue: Tongue) -> str:
        """The words in that tongue; where it has none, in the other."""
        first, second = (self.zh, self.en) if tongue is Tongue.ZH else (self.en, self.zh)
        return first or second

    @property
    def shown(self) -> "Both":
        """A name as sentences have it: its English id in words."""
        return Both(self.zh, spelled(self.en))


@fast_dataclass(frozen=True, slots=True)
class Named(Both):
    """A name with its English display name beside the id: 三同步 three_sync "the three security measures taken in step"."""

    title: str = ""

    @property
    def shown(self) -> Both:
        """The display name in the place of the id."""
        return Both(self.zh, self.title)


def counted(count: int, one: str, many: str = "") -> str:
    """So many of a thing in English: 1 rule, 2 rules."""
    return f"{count} {one if count == 1 else many or one + 's'}"
