"""A mended copy of a workbook: cells whose value is the one that was read are rewritten, formulas never."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from guiju.catalog.records.cells import raw_of, wants_number
from guiju.catalog.tables.grid import Grid
from guiju.forms.files.lost_parts import lost_parts
from guiju.forms.files.words import WORDS
from guiju.forms.files.workbook import all_kept, fresh_book, open_book, save_book, target_cell, write_text
from guiju.forms.fix.edits import Edit, new_text
from guiju.terms.tongue import Both
from guiju.terms.types import DateT, IntT, MoneyT, NumberT, PercentT, QuantityT, Type

__all__ = ["mend_workbook"]


def mend_workbook(
    data: bytes | None, grids: Sequence[Grid], mends: Sequence[Edit], stamp: date, *, macros: bool = False
) -> tuple[bytes, frozenset[int], tuple[Both, ...]]:
    """The copy, the numbers of the mends that were made, and what the copy may lack.

    What was written is read again: where the library dropped a sheet or a value, and where there is no `data` that it can open,
    the copy is a new workbook with the values.
    """
    book = open_book(data, grids, macros=macros) if data is not None else None
    if data is not None and book is not None:
        done = _mend_all(book, mends)
        made = save_book(book, data, stamp)
        if all_kept(made, grids, {_cell_of(book, mends[number]) for number in done}):
            return made, done, lost_parts(data, keep_macros=macros)
    fresh = fresh_book(grids)
    done = _mend_all(fresh, mends)
    return save_book(fresh, None, stamp), done, (WORDS["only_values"],)


def _mend_all(book: Any, mends: Sequence[Edit]) -> frozenset[int]:
    return frozenset(number for number, one in enumerate(mends) if _mend(book, one))


def _cell_of(book: Any, one: Edit) -> tuple[str, str]:
    """The sheet and the cell that a mend changed: of a merged range the one that holds its value."""
    name = one.place.sheet or book.sheetnames[0]
    return name, target_cell(book[name], one.place.cell or "").coordinate


def _mend(book: Any, one: Edit) -> bool:
    place = one.place
    name = place.sheet or (book.sheetnames[0] if book.sheetnames else "")
    if place.cell is None or name not in book.sheetnames:
        return False
    cell = target_cell(book[name], place.cell)
    if cell.data_type == "f" or cell.value is None:
        return False
    type = getattr(one.note.field.type, "element", one.note.field.type)
    new = new_text(_written(cell.value, type), one)
    if new is None:
        # A merged cell serves several records, and may have been mended for another of them already.
        return not one.note.part and _written(cell.value, type) == one.new
    _write(cell, new, type)
    return True


def _written(value: Any, type: Type) -> str:
    """The cell as the reader of values gave it; rich text is text."""
    plain = value if isinstance(value, int | float | str | date | time | timedelta) else str(value)
    return str(raw_of(plain, wants_number(type)))


def _write(cell: Any, new: str, type: Type) -> None:
    as_text = cell.number_format == "@"
    match type:
        case DateT() if not as_text:
            cell.value = date.fromisoformat(new)
            cell.number_format = "yyyy-mm-dd"
        case IntT() | NumberT() | MoneyT() | PercentT() | QuantityT() if not as_text and (number := _number(new)) is not None:
            cell.value = number
        case _:
            write_text(cell, new)


def _number(text: str) -> int | float | None:
    """The number that a cell can hold without losing a digit; None for all else."""
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return None
    if not exact.is_finite() or len(exact.as_tuple().digits) > 15:
        return None
    return int(exact) if exact == exact.to_integral_value() else float(exact)
