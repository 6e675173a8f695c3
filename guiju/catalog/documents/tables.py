"""Tables as they are gathered: cells merged sideways and downwards, and tables that a page break or an office parted, joined again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from guiju.catalog.documents.model import Piece, WrittenTable

__all__ = ["TableBuilder", "joined"]

_FIGURE = re.compile(r"[-－]?[\d,，.]*\d[%％]?")
_GOES_ON = re.compile(r"续表|^表.*[（(]续[）)]|^\s*$")


class TableBuilder:
    """The rows of one table, cell by cell."""

    def __init__(self, *, number: int, at: int) -> None:
        self.number = number
        self.at = at
        self.texts: list[list[str]] = []
        self.paragraphs: list[list[int]] = []

    def row(self, before: int = 0) -> None:
        """Begins a row that leaves so many columns free."""
        self.texts.append([""] * before)
        self.paragraphs.append([0] * before)

    def cell(self, text: str, paragraph: int, *, span: int = 1, goes_on: bool = False) -> None:
        """A cell of so many columns; one that goes on says what stands above it, unless that is a number."""
        column = len(self.texts[-1])
        if goes_on and not text and len(self.texts) > 1:
            above = self.texts[-2]
            said = above[column] if column < len(above) else ""
            text = "" if _FIGURE.fullmatch(said.strip()) else said
        self.texts[-1] += [text, *[""] * (span - 1)]
        self.paragraphs[-1] += [paragraph] * span


def joined(tables: Sequence[WrittenTable], pieces: Sequence[Piece]) -> tuple[WrittenTable, ...]:
    """The tables, those that go on in the next one put together; a head that is repeated is left out."""
    done: list[WrittenTable] = []
    for table in tables:
        last = done[-1] if done else None
        if last is not None and _continues(last, table, pieces):
            done[-1] = replace(last, rows=last.rows + table.rows[1:], paragraphs=last.paragraphs + table.paragraphs[1:])
        else:
            done.append(table)
    return tuple(done)


def _continues(last: WrittenTable, table: WrittenTable, pieces: Sequence[Piece]) -> bool:
    """Whether the table has the head of the one before it, and nothing but a word of its going on stands between them."""
    if not last.rows or len(table.rows) < 2 or last.heading != table.heading or _bare(last.rows[0]) != _bare(table.rows[0]):
        return False
    if not any(_bare(last.rows[0])) or all(_FIGURE.fullmatch(one) for one in _bare(table.rows[0]) if one):
        return False
    ends, begins = max(last.paragraphs[-1], default=0), min(table.paragraphs[0], default=0)
    between = [one.text for one in pieces if ends < one.paragraph < begins and one.part == "body" and not one.cell]
    return begins > ends and all(_GOES_ON.search(text) for text in between)


def _bare(row: Sequence[str]) -> list[str]:
    return [re.sub(r"\s", "", text) for text in row]
