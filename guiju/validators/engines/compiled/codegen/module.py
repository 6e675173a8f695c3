"""A generated module as data: its functions with their text, what they decode, what they count, and their columns for join operators."""

from dataclasses import dataclass, field
from typing import Any

from guiju.dsl.ir.tree import SubjectSpec
from guiju.validators.engines.compiled.codegen.region import Cursor, Region, Slot
from guiju.validators.engines.joins.specs import CrossRecordSpec

__all__ = ["DictionaryColumn", "Draft", "Module", "Unit"]


@dataclass(frozen=True, slots=True)
class DictionaryColumn:
    """A part of records that is dictionary encoded: the number of its function, and its slot.

    `held` is the slot that is kept as bytes: the part itself, or the list whose elements are such parts.
    """

    number: int
    slot: Slot
    held: Slot


@dataclass(frozen=True, slots=True)
class Unit:
    """The function of one root shape: name, text, decoder, counters, columns.

    `counters` are, in the order in which the function returns them, (rule, state), or (-1 - number of the spec in `specs`, -1)
    for the number of subjects.
    """

    shape: str
    name: str
    source: str
    slot: Slot
    counters: tuple[tuple[int, int], ...]
    specs: tuple[SubjectSpec, ...]
    rules: tuple[int, ...]
    columns: tuple[CrossRecordSpec, ...] = ()
    cells: tuple[DictionaryColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """All functions of a plan, the values bound to their names, and the rules that could not be compiled."""

    units: tuple[Unit, ...]
    names: dict[str, Any]
    left: tuple[int, ...]

    @property
    def source(self) -> str:
        """The whole text."""
        return "\n\n".join(unit.source for unit in self.units)


@dataclass(frozen=True, slots=True)
class Draft:
    """A function while it is written. `roots` are the counters that count records."""

    top: Region
    root: Cursor
    counters: list[tuple[int, int]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    columns: list[CrossRecordSpec] = field(default_factory=list)
