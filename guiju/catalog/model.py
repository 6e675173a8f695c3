"""What the readers hand on: records, and what was understood while reading them.

The values in a record are raw: `str`, `int`, `Decimal`, `bool`, `None`, `list`, `dict`, under the ids of the fields of
its shape. Typing is the engines' work, by `terms.reading`, so that a value that cannot be read is a fact and not a crash.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from guiju.catalog.place import Locator, Place
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.terms.tongue import Both

__all__ = ["HeaderMatch", "Input", "Record", "Submission"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One subject of a root shape; `number` counts the records of the submission from 0, in reading order."""

    shape: str
    value: dict[str, Any]
    locator: Locator
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMatch:
    """How one header or key was understood: the field id, or None with the nearest field's name; `how` in words."""

    shape: str
    header: str
    field: str | None
    how: Both
    place: Place
    nearest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file that was read: its digest, how it was decoded, and how many subjects of each kind it gave."""

    file: str
    sha256: str
    format: str
    encoding: str | None
    subjects: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Everything that was handed in together, in memory."""

    records: tuple[Record, ...]
    inputs: tuple[Input, ...]
    submitted: date | None = None
    headers: tuple[HeaderMatch, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
