"""What the readers hand on: records, and what was understood while reading them.

The values in a record are raw: `str`, `int`, `Decimal`, `bool`, `None`, `list`, `dict`, under the ids of the fields of
its shape. Typing is the engines' work, by `terms.reading`, so that a value that cannot be read is a fact and not a crash.
"""

from datetime import date
from typing import Any

from guiju.catalog.records.place import Locator, Place
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both

__all__ = ["HeaderMatch", "Input", "LeftOut", "Record", "SheetReading", "Submission"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One subject of a root shape; `number` counts the records of the submission from 0, in reading order."""

    shape: str
    value: dict[str, Any]
    locator: Locator
    number: int


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMatch:
    """How one header or key was understood: the field id, or None with the nearest field's name; `how` in words.

    A field inside an embedded record is a dotted path of ids. `sure` is a percentage. `unit` is the unit that the header states and that
    its bare numbers were given.
    """

    shape: str
    header: str
    field: str | None
    how: Both
    place: Place
    nearest: str | None = None
    sure: int = 100
    unit: str | None = None


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class SheetReading:
    """How one table or list was understood: which kind it is (None: it was not read), why, and how many records it gave."""

    shape: str | None
    how: Both
    place: Place
    sure: int = 100
    records: int = 0


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A range of an input that was seen and not read, and why."""

    what: Both
    place: Place
    seen: str


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file that was read: its digest, how it was decoded, and how many subjects of each kind it gave."""

    file: str
    sha256: str
    format: str
    encoding: str | None
    subjects: tuple[tuple[str, int], ...]
    size: int = 0


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Everything that was handed in together, in memory."""

    records: tuple[Record, ...]
    inputs: tuple[Input, ...]
    submitted: date | None = None
    headers: tuple[HeaderMatch, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    sheets: tuple[SheetReading, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    sources: tuple[Source, ...] = ()
