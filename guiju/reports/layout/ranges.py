"""Cells of one sheet as ranges: J4, J5, K4 and K5 are J4:K5."""

import re
from collections.abc import Iterable

__all__ = ["ranges_of", "ranges_words"]

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})$")
_MOST = 4


def ranges_of(cells: Iterable[str]) -> tuple[str, ...]:
    """The cells as blocks of whole rows and columns, from left to right; what is no cell stands as it is, behind them."""
    rows: dict[int, set[int]] = {}
    others: dict[str, None] = {}
    for cell in cells:
        found = _CELL.match(cell)
        if found is None:
            others[cell] = None
        else:
            rows.setdefault(_number(found[1]), set()).add(int(found[2]))
    blocks: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for column in sorted(rows):
        for stretch in _stretches(rows[column]):
            # A stretch goes on a block of the same rows that ends in the column before it.
            found_blocks = blocks.setdefault(stretch, [])
            if found_blocks and found_blocks[-1][1] == column - 1:
                found_blocks[-1] = (found_blocks[-1][0], column)
            else:
                found_blocks.append((column, column))
    ordered = sorted((left, first, right, last) for (first, last), spans in blocks.items() for left, right in spans)
    return (*(_block(*one) for one in ordered), *others)


def ranges_words(cells: Iterable[str], most: int = _MOST) -> str:
    """The ranges in one line; of many the first, and an ellipsis."""
    found = ranges_of(cells)
    return ", ".join(found[:most]) + (" …" if len(found) > most else "")


def _stretches(rows: set[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for row in sorted(rows):
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def _block(left: int, first: int, right: int, last: int) -> str:
    start, end = f"{_letters(left)}{first}", f"{_letters(right)}{last}"
    return start if start == end else f"{start}:{end}"


def _number(letters: str) -> int:
    number = 0
    for char in letters.upper():
        number = number * 26 + ord(char) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
