"""Cells: parts of records that come again and again, judged once for each way in which they are written.

A cell is an embedded record, or an element of a list, kept as the bytes of its JSON. What depends on it alone (values, tests,
verdicts, counts) moves into a function of its own whose answers are remembered; the rest stays. It moves lines of text, by
the names that they use, and knows no rules.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from guiju.validators.engines.generated.rule_lines import RuleTest, Tally, Test

__all__ = ["Cell", "bind", "names_in", "settle", "take"]

_NAME = re.compile(r"\b[a-z]{1,3}\d+\b")
COUNT_BITS = 20
"""How many bits a counter of verdicts has in the sum over a batch: a batch has fewer subjects than that, see `carriers.stretch`."""
TALLY_BITS = 8
LONG = 1 << TALLY_BITS
"""Lists from this length on are added up number by number."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in the making: the local that holds it, what has moved into it, and what is still to be done with its answers.

    `counts` count verdicts and are added up over a batch; `tallies` count elements of one list. `starts` are lines for
    each list without elements, `after` for each that has some; in them `v1_all` is the column of the answers' `v1`.
    """

    base: str
    number: int
    many: bool = False
    lines: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    counts: list[str] = field(default_factory=list)
    tallies: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    exports: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def count(self, name: str) -> str:
        """The line that adds one to a counter of verdicts."""
        return f"kept += {1 << _place(self.counts, name) * COUNT_BITS}"

    def tally(self, name: str) -> str:
        """The line that adds one to a counter of elements."""
        return f"pack += {1 << _place(self.tallies, name) * TALLY_BITS}"

    def judge(self, test: RuleTest, into: str = "bad") -> None:
        """A rule on the cell alone: what it finds is kept with the cell."""
        self.lines.extend(test.written(lambda state: [f"{into}.append(({test.rule}, {state}))"], self.count, test.counters, False))

    @property
    def answer(self) -> list[str]:
        """What the function of the cell gives, by name."""
        return ["kept", "odd", *(["pack"] if self.tallies else []), *self.lists, *self.exports]

    def source(self, bound: str) -> str:
        """The function of the cell."""
        given = [f"tuple({name})" if name in self.lists else name for name in self.answer]
        body = ["pack = kept = 0; bad = []; may = []", *(f"{name} = []" for name in self.lists), *self.lines]
        body += ["odd = (tuple(bad), tuple(may)) if bad or may else None", f"return ({', '.join(given)},)"]
        return "\n".join([f"def cell{self.number}({self.base}{bound}):", *_indented(body)]) + "\n"

    def one(self) -> list[str]:
        """The lines that stand for an embedded record where it was."""
        return [
            f"{', '.join(self.answer)} = memo{self.number}[None if {self.base} is None else bytes({self.base})]",
            f"if kept: tot{self.number} += kept",
            "if odd: odd_notes(note, odd, number, ())",
        ]

    def each(self, source: str, used: set[str]) -> list[str]:
        """The lines that stand for all elements of a list where its loop was."""
        number = self.number
        columns = [f"{name}_all" if name in ("odd", "kept", "pack", *self.lists) or f"{name}_all" in used else "_" for name in self.answer]
        short = [f"pack = sum(pack_all); {'; '.join(self._taken(self.tallies, 'pack', TALLY_BITS))}"] if self.tallies else []
        long = [f"{', '.join(self.tallies)}, = added(pack_all, {len(self.tallies)}, {TALLY_BITS})"] if self.tallies else []
        if self.counts:
            short.append(f"tot{number} += sum(kept_all)")
            more = ", ".join(f"more{at}" for at in range(len(self.counts)))
            long.append(f"{more}, = added(kept_all, {len(self.counts)}, {COUNT_BITS})")
            long += [f"{name} += more{at}" for at, name in enumerate(self.counts)]
        lines = [f"rows = list(map(get{number}, {source}))", f"{', '.join(columns)}, = zip(*rows)", "odd = any(odd_all)"]
        if short:
            lines += [f"if len({source}) < {LONG}:", *_indented(short), "else:", *_indented(long)]
        lines += [f"{name} = list(chained({name}_all))" for name in self.lists]
        lines += ["if odd: every_odd(note, odd_all, number)"]
        row = ", ".join(name if name in self.exports else "_" for name in self.answer)
        nothing = ["else:", *_indented(self.starts)] if self.starts else []
        return [f"if {source}:", *_indented([*lines, *(line.replace("@row", row) for line in self.after)]), *nothing]

    def _taken(self, names: list[str], total: str, bits: int) -> list[str]:
        """Parts of a line that take counters out of their sum."""
        mask = 2**bits - 1
        return [f"{name} = {total} >> {at * bits} & {mask}" for at, name in enumerate(names)]

    def ends(self) -> list[str]:
        """Lines that add to the counters of verdicts what was added up over the batch."""
        return [f"{name} += tot{self.number} >> {at * COUNT_BITS} & {2**COUNT_BITS - 1}" for at, name in enumerate(self.counts)]


def _place(names: list[str], name: str) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def names_in(lines: Iterable[str]) -> set[str]:
    """The generated names in some lines."""
    return {name for line in lines for name in _NAME.findall(line)}


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
        own = _targets(group)
        if own != {cell.base} and _only(group, cell.known | own | given) and (own & cell.known or not own or _uses(group, cell.known)):
            cell.lines.extend(group)
            cell.known.update(own)
        else:
            left += group
    rest: list[Test] = []
    for test in tests:
        match test:
            case RuleTest() if _only(test.texts, cell.known | given | {test.state}) and _uses(test.texts, cell.known):
                cell.judge(test)
            case Tally() if _only(test.lines, cell.known | given | {*test.counters, *test.lists}) and _uses(test.lines, cell.known):
                cell.lines.extend([_packed(cell, line, test.counters) for line in test.lines])
                cell.lists.extend(test.lists)
            case _:
                rest.append(test)
    return left, rest


def _targets(lines: Iterable[str]) -> set[str]:
    """The names that statements give a value to."""
    heads = [head for line in lines for part in line.split("; ") for head in part.split(" = ")[:-1]]
    return {name for head in heads if (found := re.search(r"(?:^|: )\s*((?:[a-z]\d+, )*[a-z]\d+)$", head)) for name in found[1].split(", ")}


def _only(lines: Iterable[str], allowed: set[str] | frozenset[str]) -> bool:
    return all(name in allowed or name[0] == "f" for name in names_in(lines))


def _uses(lines: Iterable[str], names: set[str]) -> bool:
    return bool(names_in(lines) & names)


def _packed(cell: Cell, line: str, counters: tuple[str, ...]) -> str:
    for name in counters:
        if re.search(rf"\b{name} \+= 1\b", line):
            line = re.sub(rf"\b{name} \+= 1\b", cell.tally(name), line)
    return line


def bind(names: list[str], text: str) -> str:
    """The names that a text uses, as arguments with defaults: the fastest way to a value from outside."""
    used = set(re.findall(r"\w+", text))
    return "".join(f", {one}={one}" for one in names if one in used)


def settle(text: str, cells: list[Cell]) -> tuple[str, list[str]]:
    """The text with the lines of each cell in their places, and the lines that count what cells have counted."""
    used: set[Any] = set(re.findall(r"\w+", "\n".join([text, *(line for cell in cells for line in cell.after)])))
    for cell in cells:
        cell.exports[:] = sorted(one for one in cell.known - {cell.base} if one in used or f"{one}_all" in used)
    by_number = {cell.number: cell for cell in cells}
    lines: list[str] = []
    for line in text.split("\n"):
        mark = re.match(r"(\s*)@cell(\d+) ?(.*)", line)
        if mark is None:
            lines.append(line)
            continue
        cell = by_number[int(mark[2])]
        lines += [mark[1] + one for one in (cell.each(mark[3], used) if cell.many else cell.one())]
    return "\n".join(lines), [line for cell in cells for line in cell.ends()]
