"""Forms: a sheet on which labels stand beside their values, as on a 申报书, read as one record.

A form is taken only where no row reads better as a header.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeAlias

from guiju.catalog.mapping import words
from guiju.catalog.mapping.headers import HeaderIndex, give_unit
from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.records.cells import LOST, raw_of, text_of, wants_number
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import HeaderMatch, LeftOut, Record, SheetReading
from guiju.catalog.records.place import Place
from guiju.catalog.tables.grid import Grid, RowLocator
from guiju.catalog.tables.rows import type_at
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.terms.fact import Path
from guiju.terms.shape import Shape

__all__ = ["Form", "FormLocator", "find_form", "read_form"]

_ROWS, _COLUMNS, _LONGEST = 500, 40, 60
_LEAST = 2
# A form names a field once; one row more is a slip, and a word down a column is a value of a table.
_MOST_ALIKE = 2
# Of the different words in the columns of labels so many must be labels of the shape: people add rows of their own to a form.
_KNOWN_OF = 4


_Pair: TypeAlias = tuple[str, int, int, int, int]
"""A label, its row and column, and the row and column of its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The shape of a form, and its labels with where they and their values stand; `own` is one that guiju wrote, blank boxes included."""

    shape: Shape
    pairs: tuple[_Pair, ...]
    weight: float
    own: bool = False

    def paths(self, kinds: Kinds) -> set[tuple[str, ...]]:
        """The fields that its labels name."""
        return {match.path for label, *_ in self.pairs if (match := kinds.index(self.shape).find(label)) is not None}


@dataclass(frozen=True, slots=True)
class FormLocator:
    """The cell of each value of a form; the rows of its lists, which stand in sheets of their own."""

    grid: Grid
    cells: dict[tuple[str, ...], tuple[Grid, int, int]]
    lists: dict[str, list[RowLocator]] = field(default_factory=dict)
    own: bool = False
    """Whether guiju wrote the form, with a sheet for each list: a blank one says nothing."""

    def place(self, path: Path) -> Place:
        """The cell of the value at a path, or of its nearest owner; the first cell of the form where there is none."""
        if path and (rows := self.lists.get(str(path[0]))):
            inside = len(path) >= 2 and isinstance(path[1], int) and path[1] < len(rows)
            return rows[path[1]].place(tuple(path[2:])) if inside and isinstance(path[1], int) else rows[0].place(())
        ids = tuple(step for step in path if isinstance(step, str))
        for length in range(len(ids), 0, -1):
            found = self.cells.get(ids[:length]) or next((at for known, at in self.cells.items() if known[:length] == ids[:length]), None)
            if found is not None:
                grid, row, column = found
                return grid.place(row, column)
        return self.grid.place(0, None)


def find_form(grid: Grid, kinds: Kinds, shapes: tuple[Shape, ...]) -> Form | None:
    """The form that the sheet is for one of those shapes; None where fewer than two labels have a field, or two shapes fit alike."""
    pairs, rows = _pairs(grid), [_filled(row[:_COLUMNS]) for row in grid.rows[:_ROWS]]
    beside = [text_of(grid.rows[row][column]) for _, _, _, row, column in pairs]
    labels = frozenset([one[0] for one in pairs])
    said = labels.union(beside)
    found: list[Form] = []
    for shape in shapes:
        index = kinds.index(shape)
        if above := _pairs_above(rows, index):
            found.append(Form(shape=shape, pairs=above, weight=kinds.score(shape, [one[0] for one in above])[0]))
        meant = {word: match.path for word in said if (match := index.find(word)) is not None}
        if len({meant[label] for label in labels & meant.keys()}) < _LEAST:
            continue
        known = {(row, column) for label, row, column, _, _ in pairs if label in meant}
        last = {(one[3], one[4]) for one, text in zip(pairs, beside, strict=True) if text in meant}
        # A cell that is itself a label of the shape is nobody's value: what stands left of it was left blank.
        kept = tuple([one for one in pairs if (one[3], one[4]) not in known and (one[3], one[4]) not in last])
        kept = _without_repeats(kept, meant)
        weight, matched = kinds.score(shape, {one[0]: None for one in kept})
        if matched >= _LEAST and _is_mostly_labels(kept, meant):
            found.append(Form(shape=shape, pairs=kept, weight=weight))
    found.sort(key=lambda one: (-one.weight, len(one.shape.fields)))
    if len(found) > 1 and found[0].weight == found[1].weight:
        return None
    return found[0] if found else None


_Meant: TypeAlias = dict[str, tuple[str, ...]]
"""Of the words of a sheet those that are labels of a shape, with their fields."""


def _without_repeats(pairs: tuple[_Pair, ...], meant: _Meant) -> tuple[_Pair, ...]:
    """The pairs without words that stand so often that they are values and not labels."""
    counts = Counter([meant[one[0]] for one in pairs if one[0] in meant])
    often = {path for path, count in counts.items() if count > _MOST_ALIKE}
    return tuple([one for one in pairs if meant.get(one[0]) not in often])


def _is_mostly_labels(pairs: tuple[_Pair, ...], meant: _Meant) -> bool:
    """Whether the columns in which labels stand hold labels, and not the values of a table among which two happen to read like labels."""
    columns = {one[2] for one in pairs if one[0] in meant}
    words = {one[0] for one in pairs if one[2] in columns}
    return len(meant.keys() & {one[0] for one in pairs}) * _KNOWN_OF >= len(words)


@dataclass(frozen=True, slots=True)
class _Filled:
    """What the parts of a form have said so far: the value, the cells of its values, and the labels they stood under."""

    value: dict[str, Any]
    cells: dict[tuple[str, ...], tuple[Grid, int, int]]
    labels: dict[tuple[str, ...], str]


def read_form(opened: ReaderInput, kinds: Kinds, parts: Sequence[tuple[Grid, Form]]) -> Iterator[Item]:
    """The one record of a form, which may go on in further tables, and how each of its labels was understood."""
    filled = _Filled({}, {}, {})
    for grid, form in parts:
        yield from _read_part(kinds, grid, form, filled)
    first, form = parts[0]
    yield Record(
        shape=form.shape.id, value=filled.value, locator=FormLocator(first, filled.cells, own=form.own), number=next(opened.numbers)
    )
    for number, (grid, _) in enumerate(parts):
        how = words.by_form(len(filled.labels)) if number == 0 else words.FORM_GOES_ON
        yield SheetReading(shape=form.shape.id, how=how, place=grid.place(0, None), sure=90, records=0 if number else 1)


def _read_part(kinds: Kinds, grid: Grid, form: Form, filled: _Filled) -> Iterator[Item]:
    index = kinds.index(form.shape)
    columns = _label_columns(form, index)
    for label, row, column, at, value_column in form.pairs:
        if column not in columns:
            continue
        match = index.match(label)
        yield HeaderMatch(
            shape=form.shape.id,
            header=label,
            field=".".join(match.path) or None,
            how=match.how,
            place=grid.place(row, column),
            nearest=match.near,
            sure=match.sure,
            unit=match.unit,
        )
        if not match.path or (match.many and len(match.path) > match.many):
            continue
        if match.path in filled.labels:
            one = form.shape.field(match.path[0])
            name = one.name if one is not None else ".".join(match.path)
            yield complain("D050", Span(grid.file, 0, 0), first=filled.labels[match.path], second=label, field=name)
            continue
        if form.own and _is_blank(grid, at, value_column):
            filled.cells[match.path] = (grid, at, value_column)
            continue
        raw = raw_of(grid.rows[at][value_column], wants_number(type_at(kinds, form.shape, match.path)))
        if isinstance(raw, dict):
            where = grid.place(at, value_column).cell or ""
            yield complain("D060", Span(grid.file, 0, 0), sheet=grid.sheet or "", cell=where, value=str(raw[LOST]))
        elif match.unit is not None and not isinstance(raw, bool | None):
            raw = give_unit(format(raw, "f") if isinstance(raw, Decimal) else str(raw), match.unit)
        filled.labels[match.path], filled.cells[match.path] = label, (grid, at, value_column)
        owner = filled.value
        for id in match.path[:-1]:
            inner = owner.setdefault(id, {})
            owner = inner if isinstance(inner, dict) else {}
        owner[match.path[-1]] = raw
    if not form.own:
        yield from _rest(grid, form, index, columns)


def _is_blank(grid: Grid, row: int, column: int) -> bool:
    return column >= len(grid.rows[row]) or not text_of(grid.rows[row][column])


def _label_columns(form: Form, index: HeaderIndex) -> set[int]:
    """The columns in which labels stand: where one is known, and where each row that is filled so far has a pair that begins there.

    A form of two pairs a row has its second column of labels even where the shape knows none of them: they are told as unmatched.
    """
    known = {column for label, _, column, _, _ in form.pairs if index.find(label) is not None}
    values = {column for label, *_, column in form.pairs if index.find(label) is not None}
    if len(known) == 1 and len(values) == 1 and (gap := min(values) - min(known)) > 0:
        rows: dict[int, set[int]] = {}
        for _, row, column, _, beside in form.pairs:
            rows.setdefault(row, set()).update((column, beside))
        second = min(values) + gap
        pairs = sum({second, second + gap} <= columns for columns in rows.values())
        if 2 * pairs >= len(rows):
            known.add(second)
    return known


def _pairs_above(rows: list[list[tuple[int, str]]], index: HeaderIndex) -> tuple[_Pair, ...]:
    """Each label with the value below it, where a row of labels and a row of values take turns; nothing else is such a form."""
    labels = [at for at, row in enumerate(rows) if len(row) > 1 and all(_is_label(text, index) for _, text in row)]
    if len(labels) < 2 or any(after - at != 2 for at, after in pairwise(labels)):
        return ()
    if labels[-1] + 2 < len(rows) and len(rows[labels[-1] + 2]) > 1:
        return ()
    said = [text for at in labels for _, text in rows[at]]
    if len({index.match(text).path for text in said}) < len(said):
        return ()
    filled = {at: {column for column, _ in rows[at + 1]} if at + 1 < len(rows) else set() for at in labels}
    return tuple((text, at, column, at + 1, column) for at in labels for column, text in rows[at] if column in filled[at])


def _rest(grid: Grid, form: Form, index: HeaderIndex, columns: set[int]) -> Iterator[Item]:
    """What stands on the sheet and is neither a label nor a value: titles, explanations, second values."""
    told = {spot for _, row, column, at, to in form.pairs if column in columns for spot in ((row, column), (at, to))}
    for at, row in enumerate(grid.rows[:_ROWS]):
        seen = [(column, text) for column, text in _filled(row) if (at, column) not in told and not _is_label(text, index)]
        if seen:
            yield LeftOut(what=words.FORM_REST, place=grid.place(at, seen[0][0]), seen=" | ".join(text for _, text in seen)[:200])


def _filled(row: list[Any]) -> list[tuple[int, str]]:
    return [(column, text_of(cell)) for column, cell in enumerate(row) if cell not in ("", None)]


def _is_label(text: str, index: HeaderIndex) -> bool:
    return len(text) <= _LONGEST and index.find(text) is not None


def _pairs(grid: Grid) -> list[_Pair]:
    """Each text cell with the next cell to its right that holds something."""
    found: list[_Pair] = []
    for at, row in enumerate(grid.rows[:_ROWS]):
        filled = [(column, cell) for column, cell in enumerate(row[:_COLUMNS]) if cell not in ("", None)]
        for (column, cell), (next_column, _) in pairwise(filled):
            label: Any = text_of(cell) if isinstance(cell, str) else ""
            if label and len(label) <= _LONGEST:
                found.append((label, at, column, at, next_column))
    return found
