"""What one code is: a letter and three digits, a slug, a level and a title in both tongues."""

from enum import StrEnum

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both

__all__ = ["Code", "Level"]


class Level(StrEnum):
    """How much a diagnostic asks of the author."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@fast_dataclass(frozen=True, slots=True)
class Code:
    """One entry of the table; `title` is a str.format template whose names are the facts of the diagnostic."""

    code: str
    slug: str
    level: Level
    title: Both
