"""Styles a cell as others of its look were styled: the library would weigh every font and border of every cell anew, at great cost."""

from collections.abc import Callable, Hashable
from copy import copy
from typing import Any

__all__ = ["Styles"]


class Styles:
    """The styles that were made in one workbook, by the look that a cell had and what was wished."""

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: dict[tuple[Hashable, tuple[int, ...]], Any] = {}

    def put(self, cell: Any, wish: Hashable, make: Callable[[Any], None]) -> None:
        """Does to the cell what `make` does; it is asked once for each wish and look."""
        key = wish, tuple(cell._style or ())
        known = self._made.get(key)
        if known is None:
            make(cell)
            self._made[key] = copy(cell._style)
        else:
            cell._style = copy(known)
