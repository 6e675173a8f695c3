"""The regions of a generated function: what is computed first, one loop for each collection, what follows, and the tests.

Rules share the loop of a collection. Regions hold lines of text and know no rules.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from guiju.terms.shape import Reading
from guiju.terms.types import Type
from guiju.validators.engines.compiled.codegen.rule_lines import RuleTest, Tally, Test

__all__ = ["Cursor", "Line", "Region", "Slot", "TooDeep"]

Line: TypeAlias = "str | Callable[[], str]"


class TooDeep(Exception):
    """A shared loop would need a value that is known only after it; the loop must be a separate, later one."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """What is decoded at one place of a record: only the fields that are read."""

    type: Type
    attr: str
    children: dict[str, "Slot"] = field(default_factory=dict)
    element: "Slot | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """One level of a function: its body, or the body of a loop.

    `pre` needs only fields; `loops` are shared and need only `pre`; `post` may need results of loops. A `late` region stands in
    the `post` of its parent, and may use whatever stands before it.
    """

    depth: int
    owner: "Region | None" = None
    late: bool = False
    pre: list[Line] = field(default_factory=list)
    loops: dict[Any, tuple[str, "Region"]] = field(default_factory=dict)
    post: "list[Line | tuple[str, Region]]" = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)
    known: dict[Any, Any] = field(default_factory=dict)

    def within(self, other: "Region") -> bool:
        """Whether this is that region or lies in it."""
        here: Region | None = self
        while here is not None:
            if here is other:
                return True
            here = here.owner
        return False

    def render(self, indent: int, everything: bool = False) -> list[str]:
        """The lines, from the outside in."""
        pad = "    " * indent
        lines = [pad + _text(line) for line in self.pre]
        for head, inner in self.loops.values():
            lines += [pad + head, *(inner.render(indent + 1, everything) or [pad + "    pass"])]
        for entry in self.post:
            if isinstance(entry, tuple):
                lines += [pad + entry[0], *(entry[1].render(indent + 1, everything) or [pad + "    pass"])]
            else:
                lines.append(pad + _text(entry))
        lines += [pad + line for test in self.tests for line in _lines(test, everything)]
        return [line for line in lines if line.strip()]


@dataclass(frozen=True, slots=True)
class Cursor:
    """A variable of the language in the generated code: the local that holds it, and what it is."""

    name: str
    type: Type
    reading: Reading | None
    unit: str | None
    region: Region
    slot: Slot
    # Positions from the record down to this element: the lists it was found in, and the locals that hold them.
    way: tuple[tuple[str, str], ...] = ()
    source: Any = None


def _lines(test: Test, everything: bool) -> list[str]:
    match test:
        case RuleTest():
            return test.render(everything)
        case Tally():
            return list(test.lines)
        case _:
            return [test]


def _text(line: Line) -> str:
    return line if isinstance(line, str) else line()
