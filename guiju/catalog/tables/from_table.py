"""Makes records of one or more tables: which table is of which shape, which rows belong to records of another table, what was
skipped.

Sheets of a workbook and CSV files are treated alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from guiju.catalog.mapping import words
from guiju.catalog.mapping.headers import embedded, fold
from guiju.catalog.mapping.kinds import Choice, Kinds
from guiju.catalog.mapping.submitted import submitted_above
from guiju.catalog.records.cells import text_of
from guiju.catalog.records.item import Item, ReaderInput, Submitted
from guiju.catalog.records.model import LeftOut, Record, SheetReading
from guiju.catalog.tables.form import Form, FormLocator, find_form, read_form
from guiju.catalog.tables.grid import Grid, Header, RowLocator
from guiju.catalog.tables.header import find_header, kind_column
from guiju.catalog.tables.own_forms import own_form, read_own_forms
from guiju.catalog.tables.own_sheets import is_own_sheet
from guiju.catalog.tables.owners import meant
from guiju.catalog.tables.rows import Row, RowReader, match_columns
from guiju.catalog.tables.shift import shifted_columns
from guiju.catalog.tables.split import split_tables, transpose
from guiju.catalog.trees.structure import no_kind, too_weak
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.diagnostics.suggest import nearest
from guiju.terms.shape import Field, Shape
from guiju.terms.tongue import Both

__all__ = ["read_tables"]

_CHANCE = 50
_COVER_ROWS = 60
_RECORDS_ON_SIDE = 3
_OWNER_PREFIXES = ("所属", "对应", "上级", "关联", "所在")


@dataclass(frozen=True, slots=True)
class _Join:
    """How the rows of an inner shape find their owner: the column, the owner's shape, what may be named there, and the list."""

    at: int
    owner: Shape
    by: tuple[Field, ...]
    into: Field


@dataclass(frozen=True, slots=True)
class _Read:
    """One table, understood."""

    grid: Grid
    header: Header
    reader: RowReader
    rows: Iterator[Row]
    join: _Join | None


def read_tables(opened: ReaderInput, kinds: Kinds, grids: Sequence[Grid]) -> Iterator[Item]:
    """All items of the tables of one input."""
    asked = opened.options.kind
    shape = kinds.named(asked) if asked else None
    if asked and shape is None:
        near = nearest(asked, kinds.names)
        help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
        yield complain("D053", Span(opened.name, 0, 0), help=help, word=asked[:60], known=words.listed(kinds.names[:12]))
        return
    read: list[_Read] = []
    for grid in (one for one in grids if is_own_sheet(one)):
        yield _left(grid, 0, words.OWN_SHEET, grid.sheet or "")
    grids = [one for one in grids if not is_own_sheet(one)]
    for grid in (one for one in grids if opened.options.leaves_out(one.file, one.sheet)):
        yield _left(grid, 0, words.NOT_DATA, grid.sheet or "")
    grids = [one for one in grids if not opened.options.leaves_out(one.file, one.sheet)]
    own = [(one, form) for one in grids if (form := own_form(one, kinds)) is not None]
    grids = [one for one in grids if all(one is not grid for grid, _ in own)]
    sections = [part for grid in grids for part in split_tables(grid, kinds)]
    forms: list[tuple[Grid, Form]] = []
    for grid in sections:
        items, understood = _understand(opened, kinds, grid, shape, forms, alone=len(sections) == 1)
        yield from items
        read.extend(understood)
    filled = [*read_own_forms(opened, kinds, own), *_forms(opened, kinds, forms)]
    records = [one for one in filled if isinstance(one, Record)]
    lists = [one for one in read if one.join is None and _give_to(opened, kinds, one, records)]
    for one in lists:
        yield from one.reader.items
        yield _sheet(one, words.BY_FORM, len(one.grid.rows) - one.header.last - 1)
    yield from filled
    read = [one for one in read if one not in lists]
    joined = [one for one in read if one.join is not None]
    if not joined:
        for one in read:
            yield from _plain(one)
        return
    yield from _with_children(read, joined)


def _give_to(opened: ReaderInput, kinds: Kinds, one: _Read, forms: list[Record]) -> bool:
    """Whether the rows of a table are the list of the one form beside it, as a 杆点清单 beside the form of a project; given to it then."""
    shape = one.header.shape
    if shape.id in opened.roots or opened.options.kind:
        return False
    owners = [
        (form, into)
        for form in forms
        for into in kinds.vocabulary.shape(form.shape).fields
        if embedded(into.type, kinds.vocabulary) == (shape, True)
    ]
    if len(owners) != 1:
        return False
    (form, into), rows = owners[0], list(one.rows)
    if isinstance(form.value.get(into.id), list) or not isinstance(form.locator, FormLocator):
        return False
    if not rows and form.locator.own:
        return True
    form.value[into.id] = [row.value for row in rows]
    form.locator.lists[into.id] = [row.locator for row in rows]
    return True


def _understand(
    opened: ReaderInput, kinds: Kinds, grid: Grid, asked: Shape | None, forms: list[tuple[Grid, Form]], *, alone: bool
) -> tuple[list[Item], list[_Read]]:
    items: list[Item] = []
    if not any(cell not in ("", None) for row in grid.rows for cell in row):
        what = complain("D084", Span(grid.file, 0, 0), where=grid.sheet or grid.file) if alone else _left(grid, 0, words.EMPTY_SHEET, "")
        return [what], []
    named = kinds.named_loosely(grid.sheet) if grid.sheet else None
    shape, how = asked or named, words.by_asking(asked.name.zh) if asked else words.by_sheet_name(grid.sheet or "")
    header, choice, seen = find_header(grid, kinds, shape=shape, how=how)
    if shape is not None and asked is None:
        other, rival, rivals = find_header(grid, kinds, shape=None, how=None)
        # A sheet may be called 目录 and hold datasets: what it holds outweighs its name where it fits far better, and no column
        # says to which record of another sheet each row belongs.
        better = other is not None and header is not None and rival is None and other.weight > 1.5 * header.weight
        if header is None or (better and _join(kinds, header) is None):
            header, choice, seen = other, rival, rivals
    form = find_form(grid, kinds, kinds.root_shapes if shape is None else (shape,))
    if form is not None and (header is None or form.weight > header.weight):
        if (turned := _on_its_side(kinds, grid, form)) is not None:
            return _understand(opened, kinds, turned, asked, forms, alone=alone)
        begun = any(one.shape is form.shape for _, one in forms)
        if not alone and shape is None and not begun and not _names_itself(form.shape, form.paths(kinds)):
            return list(_cover(grid)), []
        forms.append((grid, form))
        return [], []
    if header is not None and choice is None and shape is None and _is_chance(header, kinds, alone=alone):
        seen, header, choice = header.labels, None, None
    by_kind = kind_column(header.labels, grid.rows, header.last + 1, kinds) if asked is None and header is not None else None
    if header is None or (choice is not None and by_kind is None):
        return [_no_header(grid, choice, seen, alone=alone)], []
    if asked is None and by_kind is None and named is None and alone and kinds.is_weak(header.shape, header.labels):
        return [too_weak(kinds, header.shape, header.labels, Span(grid.file, 0, 0), grid.sheet or grid.file)], []
    for at in range(header.first):
        seen_row = [text for cell in grid.rows[at] if (text := text_of(cell))]
        items.extend(_above(grid, at, seen_row))
    if by_kind is not None:
        more, read = _by_kind(opened, kinds, grid, header, by_kind)
        return [*items, *more], read
    columns, told = match_columns(opened, kinds, grid, header)
    join = None if header.shape.id in opened.roots and asked is None else _join(kinds, header)
    if join is not None:
        told = tuple(one for one in told if getattr(one, "header", None) != header.labels[join.at])
    reader = RowReader(opened, kinds, grid, header, columns)
    return [*items, *told, *shifted_columns(grid, header, columns)], [_Read(grid, header, reader, reader.rows(), join)]


def _forms(opened: ReaderInput, kinds: Kinds, forms: list[tuple[Grid, Form]]) -> Iterator[Item]:
    """The records of all forms; one that does not say what it is of goes on with the form before it of that kind."""
    groups: list[list[tuple[Grid, Form]]] = []
    last: dict[str, list[tuple[Grid, Form]]] = {}
    for grid, form in forms:
        if form.shape.id in last and not _names_itself(form.shape, form.paths(kinds)):
            last[form.shape.id].append((grid, form))
        else:
            last[form.shape.id] = [(grid, form)]
            groups.append(last[form.shape.id])
    for parts in groups:
        yield from read_form(opened, kinds, parts)


def _is_chance(header: Header, kinds: Kinds, *, alone: bool) -> bool:
    """Whether a table of unstated kind fits by chance only: it names no record and means little, or is a list of words among tables."""
    labels = [label for label in header.labels if label]
    if len(labels) == 1:
        return not alone
    paths = {match.path for label in labels if (match := kinds.index(header.shape).find(label)) is not None}
    return header.sure < _CHANCE and not _names_itself(header.shape, paths)


def _on_its_side(kinds: Kinds, grid: Grid, form: Form) -> Grid | None:
    """The table whose header runs down a column, turned upright; None for a form, beside whose values only remarks may stand."""
    columns = {pair[2] for pair in form.pairs if kinds.index(form.shape).find(pair[0]) is not None}
    turned = None if len(columns) > 1 or grid.flipped else transpose(grid)
    if turned is None:
        return None
    header, choice, _ = find_header(turned, kinds, shape=form.shape, how=None)
    if header is None or choice is not None or header.weight < form.weight:
        return None
    records = [row for row in turned.rows[header.last + 1 :] if any(row)]
    named = next((at for at, label in enumerate(header.labels) if label and kinds.index(form.shape).find(label) is not None), 0)
    # Two columns of values may be a value and how to fill it in; several that all have a name are records.
    return turned if len(records) >= _RECORDS_ON_SIDE and all(row[named] not in ("", None) for row in records) else None


def _names_itself(shape: Shape, paths: set[tuple[str, ...]]) -> bool:
    """Whether the fields say which record it is: its key, its name, or something that it must have."""
    return any((one.id,) in paths for one in shape.fields if one.key or one.required or one is shape.fields[0] or one.id == "name")


def _cover(grid: Grid) -> Iterator[Item]:
    """A sheet of labels that names no record, among others that hold the records: the cover. Its day of submission counts."""
    for at, row in enumerate(grid.rows[:_COVER_ROWS]):
        seen = [text for cell in row if (text := text_of(cell))]
        yield from _above(grid, at, seen, words.COVER)


def _above(grid: Grid, at: int, seen: list[str], what: Both = words.TITLE_ROW) -> Iterator[Item]:
    """What stands above the header: the day of submission, if it is stated there, or a remark."""
    day = submitted_above(seen)
    if day is not None:
        yield Submitted(day=day)
        return
    if seen:
        yield _left(grid, at, what, " | ".join(seen))


def _by_kind(opened: ReaderInput, kinds: Kinds, grid: Grid, header: Header, column: int) -> tuple[list[Item], list[_Read]]:
    """A table in which each row states its kind: one reading for each kind that occurs."""
    rows: dict[str, list[int]] = {}
    items: list[Item] = []
    for at in range(header.last + 1, len(grid.rows)):
        word = text_of(grid.rows[at][column]) if column < len(grid.rows[at]) else ""
        shape = kinds.named(word) if word else None
        if shape is not None:
            rows.setdefault(shape.id, []).append(at)
        elif any(text_of(cell) for cell in grid.rows[at]):
            items.append(complain("D053", Span(grid.file, 0, 0), word=word or "空", known=words.listed(kinds.names[:12])))
    read: list[_Read] = []
    # The column that tells the kinds tells nothing else, whatever field its header might name.
    labels = (*header.labels[:column], "", *header.labels[column + 1 :])
    for id, numbers in rows.items():
        shape = kinds.vocabulary.shape(id)
        how = words.by_kind_word(header.labels[column])
        own = Header(first=header.first, last=header.last, labels=labels, shape=shape, how=how, sure=100, unit=header.unit)
        columns, told = match_columns(opened, kinds, grid, own)
        items.extend(told)
        reader = RowReader(opened, kinds, grid, own, columns)
        read.append(_Read(grid, own, reader, reader.rows(frozenset(numbers)), None))
    return items, read


def _no_header(grid: Grid, choice: Choice | None, seen: tuple[str, ...], *, alone: bool) -> Item:
    where = grid.sheet or grid.file
    if choice is not None and choice.tied:
        return no_kind(choice, Span(grid.file, 0, 0), where, seen)
    if alone:
        return complain("D054", Span(grid.file, 0, 0), sheet=where, seen=words.listed(tuple(label for label in seen if label)))
    return _left(grid, 0, words.UNKNOWN_SHEET, "、".join(label for label in seen if label)[:200])


def _left(grid: Grid, at: int, what: Both, seen: str) -> Item:
    return LeftOut(what=what, place=grid.place(at, None), seen=seen[:200])


def _plain(one: _Read) -> Iterator[Item]:
    count = 0
    for record in one.reader.records(one.rows):
        count += 1
        yield record
    yield from one.reader.items
    yield _sheet(one, one.header.how, count)


def _sheet(one: _Read, how: Both, count: int) -> Item:
    place = one.grid.place(one.header.first, None)
    return SheetReading(shape=one.header.shape.id, how=how, place=place, sure=one.header.sure, records=count)


def _join(kinds: Kinds, header: Header) -> _Join | None:
    """The column that names the owner of each row, for a shape that occurs inside another."""
    index = kinds.index(header.shape)
    for owner in kinds.root_shapes:
        for into in owner.fields:
            inner, many = embedded(into.type, kinds.vocabulary)
            if inner is not header.shape or not many:
                continue
            for at, label in enumerate(header.labels):
                if label and index.find(label) is None and (by := _owner_fields(kinds, owner, label)):
                    return _Join(at, owner, by, into)
    return None


def _owner_fields(kinds: Kinds, owner: Shape, label: str) -> tuple[Field, ...]:
    """The fields of the owner that the label speaks of; its key or its name where it names no more than the owner."""
    folded = fold(label)
    for prefix in _OWNER_PREFIXES:
        folded = folded.removeprefix(prefix)
    for name in (owner.name.zh, owner.name.en, owner.id, *owner.aliases):
        known = fold(name)
        if not known:
            continue
        if folded == known:
            return tuple(dict.fromkeys([owner.key or owner.fields[0], owner.fields[0], *(one for one in owner.fields if one.id == "name")]))
        rest = folded.removeprefix(known)
        if rest != folded and (match := kinds.index(owner).find(rest)) is not None and len(match.path) == 1:
            return tuple(one for one in (owner.field(match.path[0]),) if one is not None)
    match = kinds.index(owner).find(folded)
    found = owner.field(match.path[0]) if match is not None and len(match.path) == 1 else None
    return (found,) if found is not None else ()


def _with_children(read: list[_Read], joined: list[_Read]) -> Iterator[Item]:
    """Records with the elements of their lists that stand in other sheets."""
    owners = [(one, list(one.rows)) for one in read if one.join is None]
    for child in joined:
        yield from _attach(child, owners)
    for one, rows in owners:
        yield from one.reader.records(iter(rows))
        yield from one.reader.items
        yield _sheet(one, one.header.how, len(rows))


def _attach(child: _Read, owners: list[tuple[_Read, list[Row]]]) -> Iterator[Item]:
    join = child.join
    assert join is not None
    known = _known_owners(join, [row for one, rows in owners if one.header.shape is join.owner for row in rows])
    count, last = 0, ""
    for row in child.rows:
        cells: list[Any] = child.grid.rows[row.at]
        # A blank below a named owner means the same owner, as people leave it out when they list.
        last = (text_of(cells[join.at]) if join.at < len(cells) else "") or last
        owner = known.get(last)
        if owner is None:
            where = child.grid.place(row.at, join.at).cell or ""
            yield complain(
                "D065",
                Span(child.grid.file, 0, 0),
                sheet=child.grid.sheet or "",
                cell=where,
                value=last or "—",
                owner=join.owner.name,
                near=meant(last, known, len({id(one) for one in known.values()})),
            )
            continue
        _add(owner, join.into.id, row)
        count += 1
    yield from child.reader.items
    yield _sheet(child, words.by_child(child.header.labels[join.at]), count)


def _known_owners(join: _Join, rows: list[Row]) -> dict[str, Row]:
    """The owners by what may name them; a key goes before a name, and a name that several bear names none."""
    known: dict[str, Row] = {}
    for by in join.by:
        named: dict[str, list[Row]] = {}
        for row in rows:
            held = row.value.get(by.id, "")
            key = text_of(held) if not isinstance(held, dict | list) else ""
            if key:
                named.setdefault(key, []).append(row)
        for key, bearers in named.items():
            if len(bearers) == 1 or by is join.by[0]:
                known.setdefault(key, bearers[0])
    return known


def _add(owner: Row, into: str, row: Row) -> None:
    held = owner.value.setdefault(into, [])
    if not isinstance(held, list):
        return
    held.append(row.value)
    elements: dict[str, list[RowLocator]] | None = owner.locator.elements
    if elements is None:
        elements = {}
        # The locator was made for a row without lists; it is given its lists once, before anyone has seen it.
        object.__setattr__(owner.locator, "elements", elements)
    elements.setdefault(into, []).append(row.locator)
