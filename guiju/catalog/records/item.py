"""The interface of readers: what a reader is given, and the items that it yields (records, headers, diagnostics).

A reader never decides what happens to its items: the dispatcher gathers them or passes them on.
"""

from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date
from itertools import count
from pathlib import Path as FilePath
from typing import TypeAlias

from guiju.catalog.records.limits import USUAL, ReadLimits
from guiju.catalog.records.model import HeaderMatch, Input, LeftOut, Record, SheetReading
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.shape import Vocabulary

__all__ = ["Item", "ReadOptions", "Reader", "ReaderInput", "Submitted"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """The day on which the submission says that it was handed in."""

    day: date


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the caller asked for: an encoding, a kind, a sheet; None leaves it to the reader.

    `columns` are headers or keys with the field that each means, as a dotted path of ids (empty: none); `not_data` names sheets that
    are not to be read, alone or as `file!sheet`. Both say what somebody who knows the input has seen.
    """

    encoding: str | None = None
    kind: str | None = None
    sheet: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    not_data: tuple[str, ...] = ()

    def leaves_out(self, file: str, sheet: str | None) -> bool:
        """Whether that sheet of that input is not to be read."""
        return bool(sheet) and (sheet in self.not_data or f"{file}!{sheet}" in self.not_data)


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class ReaderInput:
    """The input of a reader: name, bytes or path, vocabulary, limits, and the common counter of records."""

    name: str
    path: FilePath | None
    data: bytes
    vocabulary: Vocabulary
    roots: frozenset[str]
    options: ReadOptions = ReadOptions()
    limits: ReadLimits = USUAL
    numbers: Iterator[int] = field(default_factory=count)
    tell: Callable[[int, int], None] | None = None
    """Told how much of this input has been read, and of how much; None where nobody watches."""


Item: TypeAlias = Record | HeaderMatch | SheetReading | LeftOut | Diagnostic | Source | Submitted | Input
Reader: TypeAlias = Callable[[ReaderInput], Iterator[Item]]
