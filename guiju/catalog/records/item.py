"""What a door hands over, one thing after another: records, headers, complaints; and what a door is given.

A door never decides what happens to its items: the doorkeeper gathers them or passes them on.
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
    """What the caller asked for: an encoding, a kind, a sheet; None leaves it to the reader."""

    encoding: str | None = None
    kind: str | None = None
    sheet: str | None = None


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class ReaderInput:
    """One input before its door: its name, its bytes or its path, the vocabulary, and the common count of records."""

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
