"""What a pack holds besides its files: how the run was asked for, and the manifest that binds everything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guiju.reports.model import Report
from guiju.terms.tongue import Both, Tongue

__all__ = ["FORMAT", "Asked", "Check", "InputFile", "Outcome", "PackFault", "Writer"]

FORMAT = "guiju-evidence 1"

Writer = Callable[[str, Report, Tongue], bytes]
"""Writes a report in a form; KeyError for a form that it does not know."""


class PackFault(ValueError):
    """A pack or slip that cannot be made or read; the words say why in both tongues."""

    def __init__(self, words: Both) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """One input by the name under which the report speaks of it, whatever folder it lay in."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a run was asked for: all that decides its report besides inputs, rules, calendar and waivers."""

    as_of: date
    tongue: Tongue
    kind: str | None = None
    encoding: str | None = None
    forms: tuple[str, ...] = ()


class Outcome(StrEnum):
    """How one check of a verification ended."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was verified: what, how it ended, and why in words."""

    what: Both
    outcome: Outcome
    why: Both | None = None
