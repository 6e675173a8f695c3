"""How figures are written in tables: numbers in cells, and the unit that stands in a caption, a head or a cell."""

import re
from decimal import Decimal

from guiju.catalog.documents.model import WrittenTable

__all__ = ["head_of", "heads_of", "number_in", "unit_above", "unit_of_caption"]

_PLAIN = re.compile(r"[-－]?\d[\d,，]*(?:\.\d+)?")
_UNIT = re.compile(r"单位\s*[:：]?\s*(?:人民币)?\s*(亿|千万|百万|万|)元|[（(]\s*(亿|千万|百万|万|)元\s*[）)]")


def number_in(text: str) -> Decimal | None:
    """The number that a cell is, with or without a unit of money; None for any other text."""
    bare = re.sub(r"\s", "", text).strip("%％")
    found = _PLAIN.fullmatch(bare)
    return Decimal(found[0].replace(",", "").replace("，", "").replace("－", "-")) if found else None


def unit_of_caption(table: WrittenTable) -> str | None:
    """The multiple of yuan that the caption states, or a row of the table that says nothing else."""
    for text in (table.caption, *("".join(row) for row in table.rows[:2] if sum(map(bool, row)) == 1)):
        found = _UNIT.search(text)
        if found is not None:
            return found[1] or found[2] or ""
    return None


def head_of(table: WrittenTable) -> int:
    """The number of the row that heads the columns: the first one of several cells, below a title or a unit that has a row of its own."""
    return next((at for at, row in enumerate(table.rows[:4]) if sum(map(bool, row)) > 1), 0)


def heads_of(table: WrittenTable) -> tuple[tuple[str, ...], ...]:
    """The rows that head the columns, one below the other: those before the first with a number, two at most."""
    top = head_of(table)
    return tuple(row for at, row in enumerate(table.rows[top : top + 2]) if at == 0 or not any(number_in(text) is not None for text in row))


def unit_above(table: WrittenTable, column: int) -> str | None:
    """The multiple of yuan in the head of a column."""
    header = "".join(head[column] for head in heads_of(table) if column < len(head))
    found = _UNIT.search(header)
    return (found[1] or found[2] or "") if found else None
