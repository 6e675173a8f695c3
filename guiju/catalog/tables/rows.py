"""Makes records of the rows below a header: skips blanks, totals and remarks and tells them, fills merged cells and repeated owners.

A row costs only what its columns need: a plain table is one dictionary a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from guiju.catalog.mapping import words
from guiju.catalog.mapping.headers import Match, embedded, give_unit
from guiju.catalog.mapping.kinds import Kinds, is_kind_key
from guiju.catalog.mapping.labels import is_bare, is_readable, labelled, rank, two_headers
from guiju.catalog.records.cells import LOST, NOTHING, Shown, raw_of, text_of, wants_number
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import HeaderMatch, LeftOut, Record
from guiju.catalog.tables.footers import NonDataRows
from guiju.catalog.tables.grid import Column, Grid, Header, RowLocator
from guiju.catalog.tables.own_sheets import is_own_column
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.terms.blank import is_blank
from guiju.terms.progress import telling
from guiju.terms.reading.names import parts_of
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both
from guiju.terms.types import MoneyT, Type

__all__ = ["Row", "RowReader", "match_columns", "type_at"]

_LOOKED_AT = 40
_LEAST_INSIDE = 2
_ECHOES = 2
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Row:
    """One record and the row that it began in."""

    at: int
    value: dict[str, Any]
    locator: RowLocator


def match_columns(opened: ReaderInput, kinds: Kinds, grid: Grid, header: Header) -> tuple[tuple[Column, ...], tuple[Item, ...]]:
    """The columns that mean a field, and what is told of every header."""
    index = kinds.index(header.shape)
    columns: dict[tuple[str, ...], Column] = {}
    told: list[Item] = []
    heads = _heads(kinds, header) | _named_lists(kinds, grid, header)
    for at, label in enumerate(header.labels):
        if not label or is_own_column(label):
            continue
        match = index.match(label)
        if match.bare and match.path[: match.many] not in heads:
            match = Match()
        match = _by_content(opened, kinds, grid, header, at, match)
        kind = type_at(kinds, header.shape, match.path)
        if header.unit is not None and match.unit is None and isinstance(kind, MoneyT):
            match = Match(path=match.path, how=words.with_unit(match.how, header.unit), sure=match.sure, unit=header.unit, many=match.many)
        place = grid.place(header.last, at)
        first = columns.get(match.path) if match.path else None
        if first is None and match.path:
            columns[match.path] = Column(at=at, label=label, match=match, number=wants_number(kind))
        elif first is not None:
            said = labelled(header.shape, match.path, {first.label: _said(grid, header, first.at), label: _said(grid, header, at)})
            # A surer header takes the place of one that only resembles the field, and labels that of bare numbers.
            second = Column(at=at, label=label, match=match, number=first.number)
            better = said is None and _rank(opened, grid, header, second) > _rank(opened, grid, header, first)
            if said == label or better:
                columns[match.path] = second
            kept, left = (second, first) if better else (first, second)
            if said is None and _says_more(grid, header, kept.at, left.at):
                told.append(two_headers(header.shape, match.path, (kept.label, left.label), None, Span(grid.file, 0, 0)))
            elif said is not None:
                told.append(two_headers(header.shape, match.path, (first.label, label), said, Span(grid.file, 0, 0)))
        told.append(_tell(header.shape, label, match, place))
        if len(told) > opened.limits.headers:
            told.append(complain("D083", Span(grid.file, 0, 0), shape=header.shape.name, limit=str(opened.limits.headers)))
            break
    return tuple(columns.values()), tuple(told)


def _rank(opened: ReaderInput, grid: Grid, header: Header, one: Column) -> tuple[bool, int, bool, int, int]:
    """How well a column serves its field.

    Filled before blank, surer, by its exact name, by how many of its values can be read, then by the order of the aliases.
    """
    field = header.shape.field(one.match.path[0]) if len(one.match.path) == 1 else None
    rows = grid.rows[header.last + 1 : header.last + 1 + _LOOKED_AT]
    values = [raw_of(row[one.at], one.number) for row in rows if one.at < len(row) and row[one.at] not in ("", None)]
    exact, _, before = rank(field, one.label, None, header.shape, opened.vocabulary)
    readable = 0 if field is None else sum(is_readable(field, value, header.shape, opened.vocabulary) for value in values)
    return bool(values), one.match.sure, exact, readable, before


def _by_content(opened: ReaderInput, kinds: Kinds, grid: Grid, header: Header, at: int, match: Match) -> Match:
    """What the header of a code means where no cell below it is one: the text that says more of the code, if no column is headed so."""
    told = kinds.index(header.shape).described(header.labels[at])
    field = header.shape.field(match.path[0]) if told is not None else None
    if told is None or field is None:
        return match
    index = kinds.index(header.shape)
    if any((found := index.find(label)) is not None and found.path == told.path for label in header.labels if label):
        return match
    said = [text for row in grid.rows[header.last + 1 :] if at < len(row) and (text := text_of(row[at])) and not is_blank(text)]
    return match if not said or any(is_readable(field, text, header.shape, opened.vocabulary) for text in said) else told


def _says_more(grid: Grid, header: Header, first: int, second: int) -> bool:
    """Whether the second of two columns of one field holds anything that the first does not: a copy leaves nothing unread."""
    rows = grid.rows[header.last + 1 :]
    return any(second < len(row) and text_of(row[second]) not in ("", text_of(row[first]) if first < len(row) else "") for row in rows)


def _heads(kinds: Kinds, header: Header) -> frozenset[tuple[str, ...]]:
    """The lists whose elements some column names or speaks of: 备注 or 类型 alone is of the row, not of an element of a list in it."""
    heads: set[tuple[str, ...]] = set()
    for label in header.labels:
        match = kinds.index(header.shape).find(label) if label else None
        if match is None or not match.many or len(match.path) <= match.many:
            continue
        held = type_at(kinds, header.shape, match.path[: match.many])
        inner = embedded(held, kinds.vocabulary)[0] if held is not None else None
        naming = {one.id for one in inner.fields[:1]} | {one.id for one in inner.fields if one.key or one.required} if inner else set()
        if not match.bare or match.path[-1] in naming:
            heads.add(match.path[: match.many])
    return frozenset(heads)


def _named_lists(kinds: Kinds, grid: Grid, header: Header) -> frozenset[tuple[str, ...]]:
    """The lists that a column names as such, one element a row: 任务 beside 角色 and 工作措施; not where a cell lists several."""
    index = kinds.index(header.shape)
    found: set[tuple[str, ...]] = set()
    inside = [match.path[: match.many] for label in header.labels if label and (match := index.match(label)).bare]
    for at, label in enumerate(header.labels):
        path = index.match(label).path if label else ()
        if inside.count(path) >= _LEAST_INSIDE:
            below = (text_of(row[at]) for row in grid.rows[header.last + 1 : header.last + 1 + _LOOKED_AT] if at < len(row))
            if all(len(parts_of(text)[0]) < 2 for text in below):
                found.add(path)
    return frozenset(found)


def _said(grid: Grid, header: Header, at: int) -> str:
    """What the column says first that is no number; a number where it says nothing else."""
    below = (text_of(row[at]) for row in grid.rows[header.last + 1 : header.last + 1 + _LOOKED_AT] if at < len(row))
    said = [text for text in below if text]
    return next((text for text in said if not is_bare(text)), said[0] if said else "")


def _tell(shape: Shape, label: str, match: Match, place: Any) -> Item:
    how = words.BY_KEY if not match.path and is_kind_key(label) else match.how
    return HeaderMatch(
        shape=shape.id,
        header=label,
        field=".".join(match.path) or None,
        how=how,
        place=place,
        nearest=match.near,
        sure=match.sure,
        unit=match.unit,
    )


def type_at(kinds: Kinds, shape: Shape, path: tuple[str, ...]) -> Type | None:
    """The type of the field at a path of field ids; None where there is none."""
    inner: Shape | None = shape
    found: Type | None = None
    for id in path:
        one = inner.field(id) if inner is not None else None
        if one is None:
            return None
        found = one.type
        inner = embedded(one.type, kinds.vocabulary)[0]
    return found


def _into_elements(columns: tuple[Column, ...], shape: Shape, opened: ReaderInput) -> tuple[Column, ...]:
    """A column under the name of a list, beside columns of its elements, says what each element is: 任务 beside 角色 and 措施."""
    lists = {one.match.path[: one.match.many] for one in columns if one.match.many and len(one.match.path) > one.match.many}
    taken = {one.match.path for one in columns}
    found = []
    for one in columns:
        field = shape.field(one.match.path[0]) if len(one.match.path) == 1 and one.match.path in lists else None
        inner = embedded(field.type, opened.vocabulary)[0] if field is not None else None
        path = (*one.match.path, inner.fields[0].id) if inner is not None else ()
        if path and path not in taken:
            one = replace(one, match=replace(one.match, path=path, many=1))
        found.append(one)
    return tuple(found)


class RowReader:
    """Reads the rows of one table into records of one shape."""

    def __init__(self, opened: ReaderInput, kinds: Kinds, grid: Grid, header: Header, columns: tuple[Column, ...]) -> None:
        columns = _into_elements(columns, header.shape, opened)
        self.opened, self.grid, self.header, self.columns = opened, grid, header, columns
        self._index = kinds.index(header.shape)
        self.items: list[Item] = []
        self._own = {one.match.path: one.at for one in columns if not one.match.many or len(one.match.path) <= one.match.many}
        self._listed = tuple(one for one in columns if one.match.many and len(one.match.path) > one.match.many)
        self._plain = tuple(one for one in columns if one not in self._listed)
        naming = {(one.id,) for one in header.shape.fields if one.key or one.required or one is header.shape.fields[0]}
        self._naming = naming & {one.match.path for one in self._plain}
        self._filled = _fill(grid, header.last + 1)
        self._lost = 0
        self._width = len(header.labels)
        # The header once more, in the same words on a later page or in the other tongue just below, is no record.
        self._near, self._first = header.last + _ECHOES, list(header.labels[:1])
        heads = sorted({one.at for one in columns} | ({0} if self._width else set()))[:3]
        self._remarks = NonDataRows(header.labels, heads, header.last + 1)

    def rows(self, only: frozenset[int] | None = None) -> Iterator[Row]:
        """The records in the order of their rows; what was passed over gathers in `items`."""
        simple = not self._listed and all(len(one.match.path) == 1 and one.match.unit is None for one in self._plain)
        picks = tuple((one.match.path[0], one.at, one.number) for one in self._plain) if simple else ()
        current: Row | None = None
        for at in telling(range(self.header.last + 1, len(self.grid.rows)), self.opened.tell):
            row = self.grid.rows[at]
            if only is not None and at not in only:
                continue
            if at in self._filled:
                row = self._fill_row(row, self._filled[at])
            if (at <= self._near or row[: len(self._first)] == self._first) and self._is_header_again(row):
                self._leave(at, row, words.REPEATED_HEADER)
                continue
            if len(row) < self._width:
                row = [*row, *[""] * (self._width - len(row))]
            if simple:
                value: dict[str, Any] = {
                    id: cell if type(cell) is str and "E+" not in cell else self._raw(cell, number, at, column)
                    for id, column, number in picks
                    if (cell := row[column]) != "" and (type(cell) is not str or cell not in NOTHING)
                }
            else:
                value = self._value(row, at, self._plain)
            if (len(value) <= 1 or self._remarks.may_be(row, at)) and self._is_no_record(row, at):
                continue
            if self._listed:
                current, fresh = self._grouped(row, at, value, current)
                if not fresh:
                    continue
                yield current
            elif value:
                yield Row(at, value, RowLocator(self.grid, at, self._own))
            else:
                self._leave(at, row, words.NO_FIELD)

    def _is_header_again(self, row: list[Any]) -> bool:
        """Whether two cells or more, and most of those that are filled, say the name of the field of their own column."""
        cells = [(one.match.path, text_of(row[one.at])) for one in self.columns if one.at < len(row) and row[one.at] not in ("", None)]
        named = sum((found := self._index.find(text)) is not None and found.path == path for path, text in cells if len(text) <= _LONGEST)
        return named >= 2 and 2 * named > len(cells)

    def _is_no_record(self, row: list[Any], at: int) -> bool:
        """Whether the row is blank, a remark, totals or the header again; told unless blank."""
        what = self._remarks.what(row, at)
        if what is None:
            return False
        if what.zh:
            self._leave(at, row, what)
        return True

    def _leave(self, at: int, row: list[Any], what: Both) -> None:
        seen = " | ".join(text for cell in row if cell not in ("", None) and (text := text_of(cell)))
        if seen and len(self.items) < self.opened.limits.diagnostics:
            self.items.append(LeftOut(what=what, place=self.grid.place(at, None), seen=seen[:120]))

    def _value(self, row: list[Any], at: int, columns: tuple[Column, ...], skip: int = 0) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for one in columns:
            cell = row[one.at]
            if cell == "" or cell is None or (type(cell) is str and cell in NOTHING):
                continue
            raw = cell if type(cell) is str and "E+" not in cell else self._raw(cell, one.number, at, one.at)
            if one.match.unit is not None and not isinstance(raw, bool | dict | None):
                raw = give_unit(format(raw, "f") if isinstance(raw, Decimal) else str(raw), one.match.unit)
            path, owner = one.match.path[skip:], value
            for id in path[:-1]:
                inner = owner.setdefault(id, {})
                owner = inner if isinstance(inner, dict) else {}
            owner[path[-1]] = raw
        return value

    def _raw(self, cell: Any, number: bool, at: int, column: int) -> Any:
        raw = raw_of(cell, number)
        if type(cell) is Shown and cell.text is None and not number:
            self._lost += 1
            if self._lost <= self.opened.limits.diagnostics:
                where = self.grid.place(at, column).cell or ""
                at_sheet, nowhere = self.grid.sheet or "", Span(self.grid.file, 0, 0)
                self.items.append(complain("D100", nowhere, sheet=at_sheet, cell=where, value=str(raw), format=cell.code[:40]))
        if isinstance(raw, dict) and LOST in raw:
            self._lost += 1
            if self._lost <= self.opened.limits.diagnostics:
                where = self.grid.place(at, column).cell or ""
                shown = str(raw[LOST])
                self.items.append(complain("D060", Span(self.grid.file, 0, 0), sheet=self.grid.sheet or "", cell=where, value=shown))
        return raw

    def _grouped(self, row: list[Any], at: int, value: dict[str, Any], current: Row | None) -> tuple[Row, bool]:
        """The record that the row belongs to, and whether it begins here: a row whose own cells are blank or alike continues."""
        own = {one.match.path: text for one in self._plain if (text := text_of(row[one.at]))}
        fresh = current is None or any(text != _text_at(current.value, path) for path, text in own.items())
        if fresh and current is not None and self._naming and not any(path in own for path in self._naming):
            # Who is not named again is the one above: a number of the element, or a remark on it, begins no record.
            fresh = not any(text_of(row[one.at]) for one in self._listed)
            if not fresh:
                self._leave(at, [own[path] for path in own if own[path] != _text_at(current.value, path)], words.CONTINUED)
        if fresh or current is None:
            elements: dict[str, list[RowLocator]] = {}
            current = Row(at, value, RowLocator(self.grid, at, self._own, elements))
        by_list: dict[tuple[str, ...], list[Column]] = {}
        for one in self._listed:
            by_list.setdefault(one.match.path[: one.match.many], []).append(one)
        for path, columns in by_list.items():
            element = self._value(row, at, tuple(columns), skip=len(path))
            if not element:
                continue
            owner = current.value
            for id in path[:-1]:
                owner = owner.setdefault(id, {})
            owner.setdefault(path[-1], []).append(element)
            places = {one.match.path[len(path) :]: one.at for one in columns}
            if len(path) == 1 and current.locator.elements is not None:
                current.locator.elements.setdefault(path[0], []).append(RowLocator(self.grid, at, places))
        return current, fresh

    def _fill_row(self, row: list[Any], filled: dict[int, Any]) -> list[Any]:
        made = [*row, *[""] * max(0, max(filled) + 1 - len(row))]
        for column, cell in filled.items():
            if made[column] in ("", None):
                made[column] = cell
        return made

    def records(self, rows: Iterator[Row]) -> Iterator[Item]:
        """The rows as records."""
        shape = self.header.shape.id
        for one in rows:
            yield Record(shape=shape, value=one.value, locator=one.locator, number=next(self.opened.numbers))


def _text_at(value: dict[str, Any], path: tuple[str, ...]) -> str:
    here: Any = value
    for id in path:
        here = here.get(id) if isinstance(here, dict) else None
    return "" if here is None else text_of(here) if not isinstance(here, dict) else str(next(iter(here.values()), ""))


def _fill(grid: Grid, start: int) -> dict[int, dict[int, Any]]:
    """The cells below the header that a merge leaves blank, with the value of the merge's first cell."""
    filled: dict[int, dict[int, Any]] = {}
    for top, left, bottom, right in grid.merged:
        first, column = top - grid.top, left - grid.left
        # A merge over many columns is a remark, not a value; one down the rows of a column is.
        if first < start or column < 0 or right != left or first >= len(grid.rows) or column >= len(grid.rows[first]):
            continue
        for row in range(first + 1, min(bottom - grid.top, len(grid.rows) - 1) + 1):
            filled.setdefault(row, {})[column] = grid.rows[first][column]
    return filled
