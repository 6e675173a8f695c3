"""What of a rule other tools can state, and what they cannot and why."""

from datetime import date
from typing import Any

from guiju.dsl.ir.tree import Rule
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.shape import Shape, Vocabulary
from guiju.terms.tongue import Both

__all__ = ["Export", "Loss", "Scope", "Unsaid"]


class Unsaid(Exception):
    """A part that the other form cannot state; `words` says which."""

    def __init__(self, words: Both) -> None:
        super().__init__(words.en)
        self.words = words


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an export is made of: one kind, its rules in force on a day, with parameters written in."""

    shape: Shape
    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    as_of: date


@fast_dataclass(frozen=True, slots=True)
class Loss:
    """A rule that is not in the export, and why."""

    rule: str
    name: Both
    why: Both


@fast_dataclass(frozen=True, slots=True)
class Export:
    """The text of the other form, the ids of the rules in it, and what is not in it."""

    text: str
    rules: tuple[str, ...]
    losses: tuple[Loss, ...]
    meta: dict[str, Any]
