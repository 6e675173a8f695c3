"""Assembles a generated function: moves cells out of it, binds names, returns counters."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from msgspec import UNSET

from guiju.dsl.ir.tree import SubjectSpec
from guiju.terms.types import RecordT
from guiju.validators.engines.compiled.codegen.cells import BITS, EncodedListPart, EncodedPart, bind, names_in, settle, take
from guiju.validators.engines.compiled.codegen.cross_record import CrossRecordEmitter
from guiju.validators.engines.compiled.codegen.module import DictionaryColumn, Draft, Unit
from guiju.validators.engines.compiled.codegen.region import Cursor, Region
from guiju.validators.engines.compiled.codegen.rule_lines import FirstTest, RuleTest, Tally, Test
from guiju.validators.engines.compiled.runtime.cells import ANSWERS
from guiju.validators.engines.compiled.runtime.values import CellCache, ListCache, VectorMemo
from guiju.validators.engines.values import EMPTY, OPEN, SKIP, Deoptimize

__all__ = ["FunctionAssembler"]


class FunctionAssembler(CrossRecordEmitter):
    """Makes functions out of regions."""

    everything = False
    celled: frozenset[str] = frozenset()

    def finish(self, shape: str, draft: Draft, specs: tuple[SubjectSpec, ...], done: tuple[int, ...]) -> Unit:
        name = self.fresh("check")
        top = draft.top
        top.pre[:] = [line if isinstance(line, str) else line() for line in top.pre]
        cells = self._cells(draft) if self.celled else ()
        text = "\n".join(top.render(2, self.everything))
        text, ends = settle(text, [cell for cell, _ in cells])
        self.names.update(
            {"Deoptimize": Deoptimize, "EMPTY": EMPTY, "SKIP": SKIP, "OPEN": OPEN, "UNSET": UNSET, "at": _position, **ANSWERS}
        )
        for cell, _ in cells:
            self._remember(cell)
        columns = [f"col{number}" for number in range(len(draft.columns))]
        given = list(self.names)
        sources = [cell.source(bind(given, "\n".join(cell.lines))) for cell, _ in cells]
        returned = "".join(f"{one}, " for one in draft.names)
        lines = [
            f"def {name}(records, number, note{bind(given, text)}):",
            f"    {' = '.join([*draft.names, *(f'tot{cell.number}' for cell, _ in cells), '_'])} = 0",
            *(f"    list_{one} = []; {one} = list_{one}.append" for one in columns),
            "    for x in records:",
            text,
            "        number += 1",
            *(f"    {one} = len(records)" for one in draft.roots),
            *(f"    {line}" for line in ends),
            f"    return ({returned}), ({''.join(f'list_{one}, ' for one in columns)})",
        ]
        source = "\n\n".join([*sources, "\n".join(lines) + "\n"])
        counters, forms = tuple(draft.counters), tuple(draft.columns)
        return Unit(shape, name, source, draft.root.slot, counters, specs, done, forms, tuple(one for _, one in cells))

    def _remember(self, cell: EncodedPart) -> None:
        """Gives the module the memory of a cell."""
        if not isinstance(cell, EncodedListPart):
            self.names[f"memo{cell.number}"] = CellCache()
            return
        memo = self.names[f"memo{cell.number}"] = ListCache(
            len(cell.answer), cell.answer.index(cell.own[0]) if cell.own else None, cell.base_bits
        )
        self.names[cell.lanes] = VectorMemo(len(cell.fields) + 1, BITS)
        for name, column in zip(cell.answer, memo.columns, strict=True):
            self.names[cell.column(name)] = column.__getitem__

    def _cells(self, draft: Draft) -> tuple[tuple[EncodedPart, DictionaryColumn], ...]:
        """Takes cells out of the function: embedded records of the root, and elements of its lists."""
        top = draft.top
        made: list[tuple[EncodedPart, DictionaryColumn]] = []
        for key, cursor in list(top.known.items()):
            if key[0] == "field" and key[1] == draft.root.name and isinstance(cursor.type, RecordT) and key[2] in self.celled:
                cell = EncodedPart(cursor.name, self._numbered())
                place = _behind(top, cursor.name)
                # What is kept as bytes is there, or is None.
                place -= 1
                del top.pre[place]
                top.pre[place:], top.tests[:] = take(cell, list(top.pre[place:]), top.tests, frozenset(self.names))  # type: ignore[arg-type]
                top.pre.insert(place, f"@cell{cell.number} ")
                made.append((cell, DictionaryColumn(cell.number, cursor.slot, cursor.slot)))
        for key, (_, inner) in list(top.loops.items()):
            cursor = inner.known["cursor"]
            held = next((slot for id, slot in draft.root.slot.children.items() if slot.element is cursor.slot and id in self.celled), None)
            if held is None or not isinstance(cursor.type, RecordT) or inner.loops or inner.post or _looped_late(top, cursor.source):
                continue
            listed = self._each(inner, cursor)
            if listed is not None:
                del top.loops[key]
                _calm(listed, top, cursor.source, inner.known.get("firsts", ()))
                place = _behind(top, cursor.source)
                top.pre[place:place] = _cut(cursor.source)
                top.pre.append(f"@cell{listed.number} {cursor.source}")
                made.append((listed, DictionaryColumn(listed.number, cursor.slot, held)))
        return tuple(made)

    def _each(self, inner: Region, cursor: Cursor) -> EncodedListPart | None:
        """The cell of the elements of a list, with what is left of their loop; None where the loop needs the elements themselves."""
        cell = EncodedListPart(cursor.name, self._numbered())
        pre, left = take(cell, [one if isinstance(one, str) else one() for one in inner.pre], inner.tests, frozenset(self.names))
        firsts: list[FirstTest] = [one for one in inner.known.get("firsts", ()) if one.value in cell.known]
        pre = [line for line in pre if not any(line in one.lines for one in firsts)]
        tests = [_placed(test, f"at({cursor.source}, {cursor.name})") for test in left]
        if cell.base in names_in([*pre, *(text for test in tests for text in _texts(test))]):
            return None
        own = cell.known | names_in(line.partition(" = ")[0] for line in pre) | names_in(line for one in firsts for line in one.lines)
        rest = [test for test in tests if not (isinstance(test, RuleTest) and self._owners(cell, test, own, cursor.source))]
        if rest or pre:
            cell.after.extend(_left_over(cell, cursor.source, firsts, pre, rest))
        return cell

    def _owners(self, cell: EncodedListPart, test: RuleTest, own: set[str], source: str) -> bool:
        """Takes a rule whose owner says whether it applies: the owner is asked once, what the rule asks is kept with the cell."""
        if test.lines or test.applies is None or any(state != 2 for state, _ in test.counters):
            return False
        if names_in(test.applies) & own or not names_in([test.passes, test.otherwise]) <= cell.known | set(self.names):
            return False
        cell.judge(replace(test, applies=None, counters=()), "may")
        there, gone = test.applies
        name = next((name for _, name in test.counters), None)
        cell.after.append(f"if {there}:")
        cell.after.append(f"    if odd: may_notes(note, map({cell.column('odd')}, {source}), number, {test.rule})")
        if gone != "False":
            cell.after.append(f"elif {gone}: {f'{name} += len({source})' if name else 'pass'}")
        cell.after.append(f"else: open_notes(note, len({source}), number, {test.rule})")
        return True

    def _numbered(self) -> int:
        self._made += 1
        return self._made


def _cut(source: str) -> list[str]:
    """Lines that cut the bytes of a list behind its elements, each of which then lacks its last brace; some come as a list."""
    return [
        f"if {source} is not None and {source}.__class__ is not list:",
        f"    rows = bytes({source}).split(b'}}')",
        f"    {source} = rows if rows.pop() == b']' else pieces({source})",
    ]


def _left_over(cell: EncodedListPart, source: str, firsts: list[FirstTest], pre: list[str], rest: list[Test]) -> list[str]:
    """The loop over what has not moved into the cell; where it asks only for repetitions, it is run only if there are some."""
    lines = [*pre, *(line for test in rest for line in _rendered(test))]
    body = [*(line for one in firsts for line in one.lines), *lines]
    names = sorted((cell.known - {cell.base}) & names_in(body))
    columns = ", ".join(f"map({cell.column(name)}, {source})" for name in names)
    if len(names) == 1:
        head = f"for i, {names[0]} in enumerate({columns}):"
    else:
        head = f"for i, ({', '.join(names)}) in enumerate(zip({columns})):" if names else f"for i in range(len({source})):"
    loop = [*(f"{one.seen} = set()" for one in firsts), head, *(f"    {line}" for line in body)]
    if pre or not all(any(one.settles(test) for one in firsts) for test in rest):
        return loop
    values = list(dict.fromkeys(one.value for one in firsts))
    found = [f"if {_repeats(cell, values, source)}:", *(f"    {line}" for line in loop)]
    if len(values) > 1:
        return found
    # Where all have bits of their own, and known values, that is seen at once.
    cell.own.append(values[0])
    return [f"if (pack >> {cell.base_bits}).bit_count() < len({source}) and {_repeats(cell, values, source)}:", *found[1:]]


def _repeats(cell: EncodedListPart, values: list[str], source: str) -> str:
    columns = [f"map({cell.column(value)}, {source})" for value in values]
    texts = [f"len(some := set({column})) < len({source}) or None in some" for column in columns]
    return f"({' or '.join(texts)})"


def _placed(test: Test, position: str) -> Test:
    """The test with the position of its element as it is counted in the loop over what is left."""
    match test:
        case RuleTest():
            return replace(test, way=test.way.replace(position, "i"))
        case str():
            return test.replace(position, "i")
        case _:
            return test


def _texts(test: Test) -> tuple[str, ...]:
    match test:
        case RuleTest():
            return (*test.texts, test.way)
        case Tally():
            return test.lines
        case _:
            return (test,)


def _rendered(test: Test) -> list[str]:
    match test:
        case RuleTest():
            return test.render(False)
        case Tally():
            return list(test.lines)
        case _:
            return [test]


def _calm(cell: EncodedListPart, top: Region, source: str, firsts: Iterable[FirstTest]) -> None:
    """Takes out of a function the lines that are needed only where the list has no elements, or only where it has some."""
    again = {f"{one.seen} = set()" for one in firsts}
    own = {*cell.fields, *cell.rare, *cell.lists} - set(cell.counts)
    kept = []
    for line in map(str, top.pre):
        clears = re.fullmatch(r"(?:(?:[a-z]\d+ = )+(?:0|\[\])(?:; |$))+", line)
        counts = re.fullmatch(rf"if {source} is not None: (\w+) \+= len\({source}\)", line)
        if clears and names_in([line]) <= own:
            cell.starts.append(line)
        elif counts:
            cell.after.append(f"{counts[1]} += len({source})")
        elif line not in again:
            kept.append(line)
    top.pre[:] = kept


def _behind(top: Region, name: str) -> int:
    """Where in the first lines of a function the value of a field is there."""
    place = next(at for at, line in enumerate(top.pre) if str(line).startswith(f"{name} = ")) + 1
    return place + (place < len(top.pre) and str(top.pre[place]) == f"if {name} is UNSET: {name} = None")


def _looped_late(region: Region, source: str) -> bool:
    """Whether a loop that stands by itself goes over the list as well."""
    late = [entry for entry in region.post if isinstance(entry, tuple)]
    inside = [*late, *region.loops.values()]
    return any(f" in {source} or " in head for head, _ in late) or any(_looped_late(inner, source) for _, inner in inside)


def _position(items: list[Any], item: Any) -> int:
    """Where that very object stands in the list."""
    for number, one in enumerate(items):
        if one is item:
            return number
    raise AssertionError("the element is not in its list")
