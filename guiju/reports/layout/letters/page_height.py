"""How much of a page a letter takes at most, whatever fonts draw it: heights of lines are fixed, and widths are taken for wide ones.

Chinese characters are one em wide in every font; of Latin letters the widest usual faces are assumed.
"""

import re

from guiju.diagnostics.source import display_width
from guiju.reports.layout.letters.letter import Cell, Heading, Letter, Lit, Paragraph, Table

__all__ = ["PAGE", "height_of", "lines_of"]

PAGE = 637.8
"""Points from the first line of a page to its last: A4 less margins of 37 and 35 mm."""
_WIDE = 442.2  # 156 mm
_LINE, _TABLE_LINE, _GAP, _AFTER = 28.95, 15.6, 10.0, 7.0
_SIZE, _TITLE_SIZE, _TABLE_SIZE = 16.0, 22.0, 12.0
_CELL_EDGES, _RULE = 11.0, 0.75
# The share of an em that a column of Latin text takes in DejaVu Sans, of which letters are wider than those of most.
_LATIN = 0.66
_WORD = re.compile(r"[^\s\u2e80-\uffef]+|[\u2e80-\uffef]|\s")


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines the text takes at most in so many points, set in characters of `size` points."""
    # A mark that may not begin a line pulls the character before it along.
    room, used, lines = width - size, 0.0, 1
    for word in _WORD.findall(text):
        wide = _width(word, size)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        if wide > room:
            lines, used = lines + int(wide // room), wide % room
        elif used or not word.isspace():
            used += wide
    return lines


def height_of(letter: Letter) -> float:
    """Points that the letter takes at most as one page, without a day and a signature at its end."""
    height = lines_of(letter.title, _WIDE, _TITLE_SIZE) * _TITLE_SIZE * 1.5 + _AFTER
    height += lines_of(letter.notice, _WIDE, _TABLE_SIZE) * _LINE + _AFTER
    height += sum(lines_of(one, _WIDE, _SIZE) * _LINE for one in letter.about)
    for block in letter.body:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                height += lines_of(text, _WIDE - 2 * _SIZE, _SIZE) * _LINE
            case Table(header=header, rows=rows, widths=widths) if rows:
                height += sum(_row(cells, widths) for cells in (header, *rows)) + _GAP
    return height


def _row(cells: tuple[Cell, ...], widths: tuple[int, ...]) -> float:
    texts = (f"● {cell.text}" if isinstance(cell, Lit) else cell for cell in cells)
    lines = (lines_of(text, _WIDE * wide / 100 - _CELL_EDGES, _TABLE_SIZE) for text, wide in zip(texts, widths, strict=True))
    return max(lines) * _TABLE_LINE + _RULE


def _width(word: str, size: float) -> float:
    return sum(size if display_width(char) == 2 or char in "●—…" else size * _LATIN for char in word)
