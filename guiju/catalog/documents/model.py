"""A written document as it was read: its pieces in order, its sections, its tables; each piece knows where it stands."""

from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Piece", "Section", "Writing", "WrittenTable"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One paragraph of text. `paragraph` counts the paragraphs of the body from 1; 0 stands outside the body.

    `part` is body, header, footer, footnote or box; `cell` is (table, row, column) from 1 for a paragraph in a table.
    `level` is that of a heading, 0 of other text; `heading` is the path of headings above.
    """

    text: str
    paragraph: int
    part: str = "body"
    cell: tuple[int, int, int] | None = None
    level: int = 0
    number: str = ""
    heading: tuple[str, ...] = ()
    listed: bool = False
    marked: bool = False
    page: int | None = None


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One heading and how much text of its own, and of those below it, follows; `text` is everything in it."""

    number: str
    title: str
    level: int
    piece: Piece
    characters: int
    tables: int
    text: str


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTable:
    """One table: its caption, its rows as texts, and the paragraph in which each cell begins."""

    number: int
    caption: str
    rows: tuple[tuple[str, ...], ...]
    paragraphs: tuple[tuple[int, ...], ...]
    heading: tuple[str, ...]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Everything that was read of one document."""

    file: str
    pieces: tuple[Piece, ...]
    sections: tuple[Section, ...]
    tables: tuple[WrittenTable, ...]
    insertions: int = 0
    deletions: int = 0
    comments: int = 0
