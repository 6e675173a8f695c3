"""Cells: parts of records that come again and again, judged once for each way in which they are written.

A cell is an embedded record, or an element of a list, kept as the bytes of its JSON. What depends on it alone (values, tests,
verdicts, counts) moves into a function of its own whose answers are remembered; the rest stays. It moves lines of text, by
the names that they use, and knows no rules.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Cell", "RuleTest", "Tally", "Test", "bad_note", "bind", "only_clears", "settle", "take"]

_NAME = re.compile(r"\b[a-z]{1,3}\d+\b")
_TARGET = re.compile(r"^\s*(?:(?:if|elif|else)[^:]*: )?([a-z]\d+) = ")
_WIDTH = 24


@dataclass(frozen=True, slots=True)
class RuleTest:
    """One rule on one subject: lines that put its state into `state`, and the positions of the subject.

    `counters` are the names that count the states that are only counted.
    """

    rule: int
    state: str
    lines: tuple[str, ...]
    way: str
    counters: tuple[tuple[int, str], ...]

    def render(self, everything: bool) -> list[str]:
        """The test where it stands."""
        note = f"note(({self.rule}, {self.state}, number, ({self.way})))"
        if everything:
            return [*self.lines, f"if {self.state}: {note}"]
        counted = [f"    elif {self.state} == {state}: {name} += 1" for state, name in self.counters]
        return [*self.lines, f"if {self.state}:", f"    if {self.state} == 1 or {self.state} == 7: {note}", *counted]


@dataclass(frozen=True, slots=True)
class Tally:
    """Lines that add to counters, and to lists, for each element."""

    lines: tuple[str, ...]
    counters: tuple[str, ...]
    lists: tuple[str, ...] = ()


Test = str | RuleTest | Tally


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in the making: the local that holds it, and what has moved into it."""

    base: str
    number: int
    lines: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    fields: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    exports: list[str] = field(default_factory=list)

    def shift(self, counter: str) -> int:
        """By how many bits a counter is moved in the number that holds all counters of the cell."""
        if counter not in self.fields:
            self.fields.append(counter)
        return self.fields.index(counter) * _WIDTH

    def source(self, bound: str) -> str:
        """The function of the cell."""
        lists = [f"    {name} = []" for name in self.lists]
        result = ", ".join(["pack", "tuple(bad)", *self.exports, *(f"tuple({name})" for name in self.lists)])
        body = [f"    {line}" for line in self.lines]
        return (
            "\n".join([f"def cell{self.number}({self.base}{bound}):", "    pack = 0; bad = []", *lists, *body, f"    return ({result},)"])
            + "\n"
        )

    def unpacked(self, way: str, total: str) -> list[str]:
        """The lines that stand for the cell where it was."""
        # An element is always there; an embedded record may not be.
        key = f"bytes({self.base})" if total == "acc" else f"None if {self.base} is None else bytes({self.base})"
        names = ["pack", "bad", *self.exports, *(f"o{name}" for name in self.lists)]
        return [
            f"{', '.join(names)} = memo{self.number}[{key}]",
            f"if pack: {total}{self.number} += pack",
            *(f"if o{name}: {name} += o{name}" for name in self.lists),
            f"if bad: bad_note(note, bad, number, {way})",
        ]

    def counted(self, names: Iterable[str], total: str) -> list[str]:
        """Lines that take counters out again."""
        return [f"{name} = ({total} >> {self.fields.index(name) * _WIDTH}) & {2**_WIDTH - 1}" for name in names if name in self.fields]


def _groups(lines: Iterable[str]) -> list[list[str]]:
    """Statements with the lines that belong to them."""
    groups: list[list[str]] = []
    for line in lines:
        if groups and (line.startswith((" ", "elif ", "else:"))):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def take(cell: Cell, pre: list[str], tests: list[Test], given: frozenset[str]) -> tuple[list[str], list[Test]]:
    """Moves into the cell what depends on it alone; gives back what is left."""
    cell.known.add(cell.base)
    left: list[str] = []
    for group in _groups(pre):
        own = {found[1] for line in group for part in line.split("; ") if (found := _TARGET.match(part)) or (found := _plain(part))}
        if own != {cell.base} and _only(group, cell.known | own | given) and (own & cell.known or not own or _uses(group, cell.known)):
            cell.lines.extend(group)
            cell.known.update(own)
        else:
            left += group
    rest: list[Test] = []
    for test in tests:
        match test:
            case RuleTest() if _only(test.lines, cell.known | given | {test.state}) and _uses(test.lines, cell.known):
                _rule(cell, test)
            case Tally() if _only(test.lines, cell.known | given | {*test.counters, *test.lists}) and _uses(test.lines, cell.known):
                cell.lines.extend([_packed(cell, line, test.counters) for line in test.lines])
                cell.lists.extend(test.lists)
            case _:
                rest.append(test)
    return left, rest


def _plain(part: str) -> re.Match[str] | None:
    return re.match(r"^\s*([a-z]\d+) = ", part)


def _only(lines: Iterable[str], allowed: set[str] | frozenset[str]) -> bool:
    return all(name in allowed or name[0] == "f" for line in lines for name in _NAME.findall(line))


def _uses(lines: Iterable[str], names: set[str]) -> bool:
    return any(name in names for line in lines for name in _NAME.findall(line))


def _rule(cell: Cell, test: RuleTest) -> None:
    cell.lines.extend(test.lines)
    cell.lines.append(f"if {test.state} == 1 or {test.state} == 7: bad.append(({test.rule}, {test.state}))")
    cell.lines.extend([f"elif {test.state} == {state}: pack += {1 << cell.shift(name)}" for state, name in test.counters])


def _packed(cell: Cell, line: str, counters: tuple[str, ...]) -> str:
    for name in counters:
        if re.search(rf"\b{name} \+= 1\b", line):
            line = re.sub(rf"\b{name} \+= 1\b", f"pack += {1 << cell.shift(name)}", line)
    return line


def bad_note(note: Callable[[Any], None], bad: tuple[tuple[int, int], ...], number: int, way: tuple[int, ...]) -> None:
    """Notes what a cell found wrong, where it stands this time."""
    for rule, state in bad:
        note((rule, state, number, way))


def bind(names: list[str], text: str) -> str:
    """The names that a text uses, as arguments with defaults: the fastest way to a value from outside."""
    used = set(re.findall(r"\w+", text))
    return "".join(f", {one}={one}" for one in names if one in used)


def only_clears(line: object, counters: list[str]) -> bool:
    """Whether the line does no more than to set such counters to nought."""
    names = re.fullmatch(r"((?:\w+ = )+)0", line) if isinstance(line, str) else None
    return names is not None and all(one in counters for one in names[1].rstrip(" =").split(" = "))


def settle(text: str, cells: list[Cell], counters: list[str]) -> tuple[str, list[str]]:
    """The text with the lines of each cell in their places, and the lines that count what cells have counted."""
    used = set(re.findall(r"\w+", text))
    for cell in cells:
        cell.exports[:] = sorted(one for one in cell.known - {cell.base} if one in used)
    by_number = {cell.number: cell for cell in cells}
    lines: list[str] = []
    for line in text.split("\n"):
        mark = re.match(r"(\s*)@(cell|counts)(\d+) ?(.*)", line)
        if mark is None:
            lines.append(line)
            continue
        pad, cell = mark[1], by_number[int(mark[3])]
        if mark[2] == "cell":
            loop = mark[4] != "()"
            lines += [pad + one for one in cell.unpacked(mark[4], "acc" if loop else "tot")]
        else:
            wanted = [one for one in cell.fields if one in used and one not in counters]
            lines += [pad + one for one in [f"tot{cell.number} += acc{cell.number}", *cell.counted(wanted, f"acc{cell.number}")]]
    ends = [one for cell in cells for one in cell.counted([name for name in cell.fields if name in counters], f"tot{cell.number}")]
    return "\n".join(lines), ends
