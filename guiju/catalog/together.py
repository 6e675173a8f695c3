"""Documents, workbooks and lists of one submission held against one another: the project's name, its investment, and totals of costs.

Each difference is put among the rivals of the document, where the same rule speaks of it as of two chapters that differ.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path as FilePath
from typing import Any

from guiju.catalog.documents.found.facts import Mention, mentions, wanted_facts
from guiju.catalog.documents.found.patterns import TIMES
from guiju.catalog.documents.found.sums import is_total, table_figures
from guiju.catalog.documents.found.written import number_in, unit_above, unit_of_caption
from guiju.catalog.documents.model import Piece, Writing, WrittenTable
from guiju.catalog.documents.registers import rows_of
from guiju.catalog.documents.spots import Element, WritingLocator, place_of
from guiju.catalog.readers.from_excel import open_sheets
from guiju.catalog.records.model import Record, Submission
from guiju.catalog.records.place import Place
from guiju.catalog.tables.grid import Grid
from guiju.terms.shape import Vocabulary

__all__ = ["held_together"]

_DOCUMENT, _PROJECT = "written_document", "project"
_COMPARED = ("项目名称", "总投资", "建设工期", "申报单位")
_FIELDS = {"name": "项目名称", "investment": "总投资", "applicant": "申报单位"}


def held_together(submission: Submission, vocabulary: Vocabulary) -> Submission:
    """The submission, its first document told what other documents and the sheets of workbooks say otherwise."""
    documents = [one for one in submission.records if one.shape == _DOCUMENT and isinstance(one.locator, WritingLocator)]
    if not documents:
        return submission
    rows = rows_of(vocabulary, "document_fact")
    sheets = [_as_writing(grid) for grid in _grids(submission)]
    stated = list(_of_records(submission.records, documents[0]))
    stated += [one for sheet in sheets for one in _of_sheet(sheet, rows)]
    own = _own_facts(submission.records, documents[0])
    found = [element for one in stated if (element := _differs(one, own)) is not None]
    found += _catalogs(submission.records, documents[0])
    sums = [replace(one, place=_in_sheet(one.place)) for sheet in sheets for one in table_figures(sheet)]
    # A sheet of costs is no list of records: it was read for its totals, and nothing else was wanted of it.
    heard = {one.place.file for one in stated} | {one.place.file for one in sums}
    told = tuple(one for one in submission.diagnostics if one.code not in ("D054", "D201") or one.span.file not in heard)
    submission = replace(submission, diagnostics=told)
    made = _with(_with(documents[0], "rivals", found), "figures", sums)
    return replace(submission, records=tuple(made if one is documents[0] else one for one in submission.records))


def _grids(submission: Submission) -> Iterator[Grid]:
    for one in submission.inputs:
        file = FilePath(one.file)
        if one.format == "excel" and file.is_file():
            yield from open_sheets(one.file, file.read_bytes())[0] or ()


def _own_facts(records: Sequence[Record], document: Record) -> dict[str, tuple[str, Place]]:
    """What the document and the project made of it state, each with its place; what has rivals is no measure."""
    file = document.locator.place(()).file
    found: dict[str, tuple[str, Place]] = {}
    for one in records:
        if one.shape == _PROJECT and one.locator.place(()).file == file:
            for field, fact in _FIELDS.items():
                value = one.value.get(field)
                if isinstance(value, str) and "；" not in value:
                    found[fact] = (value, one.locator.place((field,)))
    return found


def _of_records(records: Sequence[Record], document: Record) -> Iterator[Mention]:
    """What other files of the submission say of the project."""
    file = document.locator.place(()).file
    for one in records:
        if one.shape != _PROJECT or one.locator.place(()).file == file:
            continue
        for field, fact in _FIELDS.items():
            value = one.value.get(field)
            if isinstance(value, str) and value.strip() and "；" not in value:
                yield Mention(fact=fact, value=value, written=value, place=one.locator.place((field,)), fills="")


def _catalogs(records: Sequence[Record], document: Record) -> list[Element]:
    """The entries of catalogs that came with the document, against the number that it states."""
    entries = [one for one in records if one.shape == "dataset"]
    stated = [(at, one) for at, one in enumerate(document.value.get("counted", ()))]
    if not entries or not stated:
        return []
    first = entries[0].locator.place(())
    found = []
    for at, one in stated:
        if int(one["number"]) != len(entries):
            place = document.locator.place(("counted", at))
            other = Place(file=first.file, sheet=first.sheet)
            values = {"label": one["label"], "fact": "目录条数", "value": str(one["number"]), "usual": str(len(entries))}
            values["elsewhere"] = f"{len(entries)} 条（{first.file.rpartition('/')[2]}）"
            found.append(Element(values=values, place=place, others={"usual": other, "elsewhere": other}))
    return found


def _as_writing(grid: Grid) -> Writing:
    """A sheet as the table of a document: what its cells say and where."""
    texts = [["" if cell is None else str(cell).strip() for cell in row] for row in grid.rows[:2_000]]
    pieces, paragraphs, number = [], [], 0
    for at, row in enumerate(texts, 1):
        paragraphs.append(tuple(range(number + 1, number + len(row) + 1)))
        for column, text in enumerate(row, 1):
            number += 1
            cell = (1, at + grid.top, column + grid.left)
            pieces.append(Piece(text=text, paragraph=number, cell=cell, heading=(grid.sheet,) if grid.sheet else ()))
    said = [text for row in texts[:4] for text in row if re.search(r"单位\s*[:：]|[（(](?:万|亿)?元[）)]", text)]
    caption = f"{grid.sheet or ''} {said[0] if said else ''}"
    table = WrittenTable(
        number=1, caption=caption, rows=tuple(map(tuple, texts)), paragraphs=tuple(paragraphs), heading=(grid.sheet or "",)
    )
    return Writing(file=grid.file, pieces=tuple(pieces), sections=(), tables=(table,))


def _of_sheet(sheet: Writing, rows: Sequence[Sequence[str]]) -> Iterator[Mention]:
    """What a sheet says by the labels of the register; in a sheet of costs the last total is the investment."""
    found = [replace(one, place=_in_sheet(one.place)) for one in mentions(sheet, wanted_facts(rows)) if one.fact in _COMPARED]
    yield from found
    table = sheet.tables[0]
    costs = re.search(r"概算|估算|预算|投资", f"{sheet.file} {table.caption}")
    if not costs or any(one.fact == "总投资" for one in found):
        return
    unit = unit_of_caption(table)
    for number in range(len(table.rows) - 1, 0, -1):
        row = table.rows[number]
        if is_total(row):
            column = next((i for i in range(len(row) - 1, -1, -1) if number_in(row[i]) is not None), None)
            scale = unit if unit is not None or column is None else unit_above(table, column)
            if column is not None and scale is not None:
                amount = (number_in(row[column]) or Decimal(0)) * TIMES[scale]
                piece = next(one for one in sheet.pieces if one.paragraph == table.paragraphs[number][column])
                place = _in_sheet(place_of(sheet, piece, row[column]))
                yield Mention(fact="总投资", value=f"{amount.normalize():f}元", written=row[column], place=place, fills="")
            return


def _in_sheet(place: Place) -> Place:
    """A place in a sheet: its name is kept as the heading while it is read as a document."""
    return replace(place, sheet=place.heading or None, heading=None, paragraph=None)


def _differs(one: Mention, own: dict[str, tuple[str, Place]]) -> Element | None:
    known = own.get(one.fact)
    if known is None or _same(one.fact, one.value, known[0]):
        return None
    elsewhere = f"{known[0]}（{known[1].file.rpartition('/')[2]}）"
    values: dict[str, Any] = {"label": one.written, "fact": one.fact, "value": one.value, "usual": known[0], "elsewhere": elsewhere}
    return Element(values=values, place=one.place, others={"usual": known[1], "elsewhere": known[1]})


def _same(fact: str, one: str, other: str) -> bool:
    if fact == "总投资":
        amounts = [_yuan(text) for text in (one, other)]
        return None in amounts or amounts[0] == amounts[1]
    plain = [re.sub(r"[\s“”（）()]|^武汉市|^湖北省", "", text) for text in (one, other)]
    return plain[0] == plain[1] or plain[0] in plain[1] or plain[1] in plain[0]


def _yuan(text: str) -> Decimal | None:
    found = re.fullmatch(r"\s*(?:约|人民币)?\s*([\d,，]+(?:\.\d+)?)\s*(亿|千万|百万|十万|万|千|)元\s*", text)
    try:
        return Decimal(re.sub("[,，]", "", found[1])) * TIMES[found[2]] if found else None
    except InvalidOperation:
        return None


def _with(document: Record, id: str, found: Sequence[Element]) -> Record:
    locator = document.locator
    assert isinstance(locator, WritingLocator)
    lists = {**locator.lists, id: (*locator.lists.get(id, ()), *found)}
    value = {**document.value, id: [*document.value.get(id, []), *(one.values for one in found)]}
    return replace(document, value=value, locator=replace(locator, lists=lists))
