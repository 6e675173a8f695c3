"""Dictionary encoding: parts of records that repeat are judged once for each way in which they are written.

A cell is an embedded record, or an element of a list, kept as the bytes of its JSON. What depends on it alone (values, tests,
verdicts, counts) moves into a function of its own whose results are cached; the rest stays. The module moves lines of text by the
names that they use, and knows no rules.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from guiju.validators.engines.compiled.codegen.rule_lines import RuleTest, Tally, Test, indented

__all__ = ["BITS", "EncodedListPart", "EncodedPart", "bind", "names_in", "settle", "take"]

_NAME = re.compile(r"\b[a-z]{1,3}\d+\b")
COUNT_BITS = 20
"""How many bits a counter of verdicts has in the sum over a batch: a batch has fewer subjects than that, see `streaming.chunk_checker`."""
BITS = 6
LONG = 1 << BITS
"""Lists from this length on are added up number by number."""


@dataclass(frozen=True, slots=True)
class EncodedPart:
    """A cell while the module is written: the local that holds it, the lines that moved into it, and the uses of its results.

    `counts` count verdicts and are summed over a batch. `exports` are values that the function of its owner uses.
    """

    base: str
    number: int
    lines: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    counts: list[str] = field(default_factory=list)
    exports: list[str] = field(default_factory=list)

    def count(self, name: str) -> str:
        """The line that adds one to a counter of verdicts."""
        return f"kept += {1 << _place(self.counts, name) * COUNT_BITS}"

    def tally(self, tally: Tally) -> None:
        """Lines that count elements have moved into the cell; a single record has none."""
        raise AssertionError(tally)

    def judge(self, test: RuleTest, into: str = "bad") -> None:
        """A rule on the cell alone: what it finds is kept with the cell."""
        self.lines.extend(test.written(lambda state: [f"{into}.append(({test.rule}, {state}))"], self.count, test.counters, False))

    def export(self, used: set[str]) -> None:
        """Takes note of which words stand in the function of the owner."""
        self.exports[:] = sorted((self.known - {self.base}) & used)

    @property
    def answer(self) -> list[str]:
        """What the function of the cell gives, by name."""
        return ["kept", "odd", *self.exports]

    def source(self, bound: str) -> str:
        """The function of the cell."""
        body = ["kept = 0; bad = []", *self.lines, "odd = (tuple(bad), ()) if bad else None", f"return ({', '.join(self.answer)},)"]
        return "\n".join([f"def cell{self.number}({self.base}{bound}):", *indented(body)]) + "\n"

    def instead(self, _source: str) -> list[str]:
        """The lines that stand for the record where it was."""
        base = self.base
        return [
            f"{', '.join(self.answer)} = memo{self.number}[{base} if {base}.__class__ is bytes or {base} is None else bytes({base})]",
            f"if kept: tot{self.number} += kept",
            "if odd: odd_notes(note, odd, number, ())",
        ]

    def ends(self) -> list[str]:
        """Lines that add to the counters of verdicts what was added up over the batch."""
        return [f"{name} += tot{self.number} >> {at * COUNT_BITS} & {2**COUNT_BITS - 1}" for at, name in enumerate(self.counts)]


@dataclass(frozen=True, slots=True)
class EncodedListPart(EncodedPart):
    """The cell of the elements of a list. Each of its results is a column, computed only where it is needed.

    Frequent counters are packed into one number, six bits each, so that one sum adds all of them for a list: first how many
    elements have notes, then those in `fields`, and above them a bit for the value of `own`, if elements must differ in one.
    `rare` counters are outside it. `starts` are lines for each list without elements, `after` for each that has some.
    """

    fields: list[str] = field(default_factory=list)
    rare: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def count(self, name: str) -> str:
        _place(self.counts, name)
        return self._add(name)

    def _add(self, name: str) -> str:
        return f"pack += {1 << (_place(self.fields, name) + 1) * BITS}"

    def tally(self, tally: Tally) -> None:
        for line in tally.lines:
            for name in tally.counters:
                add = rf"\b{name} \+= 1\b"
                if re.search(add, line):
                    into = f"rare += {1 << _place(self.rare, name) * BITS}" if name in tally.rare else self._add(name)
                    line = re.sub(add, into, line)
            self.lines.append(line)
        for name in tally.lists:
            self.lists.append(name)
            self.lines.append(f"if {name}: {self._add(f'has{name[1:]}')}")

    def export(self, used: set[str]) -> None:
        self.exports[:] = sorted(one for one in self.known - {self.base} if f"all{one[1:]}" in used)

    @property
    def answer(self) -> list[str]:
        return ["pack", "odd", *(["rare"] if self.rare else []), *self.lists, *self.exports]

    def column(self, name: str) -> str:
        """By which an answer of the cell is asked for."""
        return f"{name}{self.number}" if name in ("pack", "odd", "rare") else f"all{name[1:]}"

    @property
    def lanes(self) -> str:
        """By which the counters in a sum are told apart."""
        return f"lanes{self.number}"

    @property
    def base_bits(self) -> int:
        """How many bits of the packed number count something."""
        return (len(self.fields) + 1) * BITS

    def source(self, bound: str) -> str:
        given = [f"tuple({name})" if name in self.lists else name for name in self.answer]
        zeros = ["pack = rare = 0; bad = []; may = []", *(f"{name} = []" for name in self.lists)]
        odd = ["odd = (tuple(bad), tuple(may)) if bad or may else None", "if odd or rare: pack += 1"]
        body = [*zeros, *self.lines, *odd, f"return ({', '.join(given)},)"]
        return "\n".join([f"def cell{self.number}({self.base}{bound}):", *indented(body)]) + "\n"

    def instead(self, source: str) -> list[str]:
        """The lines that stand for all elements where their loop was."""
        names = ["odd", *self.fields]
        given = ", ".join(f"more{at}" if name in self.counts else name for at, name in enumerate(names))
        packs = f"map({self.column('pack')}, {source})"
        lines = [
            f"if len({source}) < {LONG}:",
            f"    pack = sum({packs})",
            f"    {given}, = {self.lanes}[pack{f' & {(1 << self.base_bits) - 1}' if self.own else ''}]",
            "else:",
            f"    {given}, = added({packs}, {len(names)}, {BITS})",
            # In a list of this length elements are compared one by one.
            *(["    pack = 0"] if self.own else []),
            *(f"{name} += more{at}" for at, name in enumerate(names) if name in self.counts),
        ]
        if self.rare:
            rare = f"map({self.column('rare')}, {source})"
            lines += [f"if odd and any({rare}): {', '.join(self.rare)}, = added({rare}, {len(self.rare)}, {BITS})"]
            lines += [f"else: {' = '.join(self.rare)} = 0"]
        for name in self.lists:
            lines.append(f"{name} = list(chained(map({self.column(name)}, {source}))) if has{name[1:]} else []")
        lines.append(f"if odd: every_odd(note, map({self.column('odd')}, {source}), number)")
        nothing = ["else:", *indented(self.starts)] if self.starts else []
        return [f"if {source}:", *indented([*lines, *self.after]), *nothing]

    def ends(self) -> list[str]:
        return []


def _place(names: list[str], name: str) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)


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


def take(cell: EncodedPart, pre: list[str], tests: list[Test], given: frozenset[str]) -> tuple[list[str], list[Test]]:
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
                cell.tally(test)
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


def bind(names: list[str], text: str) -> str:
    """The names that a text uses, as arguments with defaults: the fastest way to a value from outside."""
    used = set(re.findall(r"\w+", text))
    return "".join(f", {one}={one}" for one in names if one in used)


def settle(text: str, cells: list[EncodedPart]) -> tuple[str, list[str]]:
    """The text with the lines of each cell in their places, and the lines that count what cells have counted."""
    after = [line for cell in cells if isinstance(cell, EncodedListPart) for line in cell.after]
    used = set(re.findall(r"\w+", "\n".join([text, *after])))
    for cell in cells:
        cell.export(used)
    by_number = {cell.number: cell for cell in cells}
    lines: list[str] = []
    for line in text.split("\n"):
        mark = re.match(r"(\s*)@cell(\d+) ?(.*)", line)
        lines += [line] if mark is None else [mark[1] + one for one in by_number[int(mark[2])].instead(mark[3])]
    return "\n".join(lines), [line for cell in cells for line in cell.ends()]
