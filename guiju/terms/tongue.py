"""The two tongues in which the house speaks, and words said in both.

A word for a user is never one string: it is a pair, so that no message can exist in one language only.
"""

from enum import StrEnum

from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Both", "Tongue"]


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
