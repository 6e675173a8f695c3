"""Where a fact stood: file and line, JSON pointer, sheet and cell, or IRI."""

from typing import Protocol

from guiju.terms.fact import Path
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Locator", "Place"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place in one input. Lines and columns are counted from 1; what a format does not have is None.

    In a written document `heading` is the path of headings, `paragraph` counts those of the body from 1 (0: outside it), and `words` are
    the very words.
    """

    file: str
    line: int | None = None
    column: int | None = None
    pointer: str | None = None
    sheet: str | None = None
    cell: str | None = None
    iri: str | None = None
    heading: str | None = None
    paragraph: int | None = None
    words: str | None = None
    page: int | None = None


class Locator(Protocol):
    """Finds the places of one record; asked only for what is shown, so it may be slow."""

    def place(self, path: Path) -> Place:
        """The place of the value at a path of field ids and positions; of its nearest owner that has a place, if it has none."""
        ...
