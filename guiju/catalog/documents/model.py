"""A written document as it was read: its pieces in order, its sections, its tables; each piece knows where it stands."""

from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Piece", "Section", "Writing", "WrittenTable"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One paragraph of text. `paragraph` counts the paragraphs of the body from 1; 0 stands outside the body.

    `part` is body, header, footer, footnote or box; `cell` is (table, row, column) from 1 for a paragraph in a table, `alone` where
    that cell is its whole row; `beside` is the cell of a form that names what the long text next to it is about. `level` is that of a
    heading, 0 of other text; `heading` is the path of headings above; `label` is the number that Word shows before the text, and that
    the text does not hold. `listed` is a line of a table of contents.
    """

    text: str
    paragraph: int
    part: str = "body"
    cell: tuple[int, int, int] | None = None
    alone: bool = False
    beside: bool = False
    level: int = 0
    number: str = ""
    label: str = ""
    heading: tuple[str, ...] = ()
    listed: bool = False
    marked: bool = False
    page: int | None = None

    @property
    def shown(self) -> str:
        """The text with its number, as a reader sees it."""
        return f"{self.label} {self.text.strip()}" if self.label else self.text.strip()


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
    """One table: its caption, its rows as texts, and the paragraph in which each cell begins.

    A cell merged downwards says its words in every row, unless they are a number; one merged sideways in its first column only.
    """

    number: int
    caption: str
    rows: tuple[tuple[str, ...], ...]
    paragraphs: tuple[tuple[int, ...], ...]
    heading: tuple[str, ...]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Everything that was read of one document; `form` where it is written in the cells of a form.

    `whole` is false where it was too long to be read to its end; `blank` are pages of a PDF that are pictures.
    """

    file: str
    pieces: tuple[Piece, ...]
    sections: tuple[Section, ...]
    tables: tuple[WrittenTable, ...]
    insertions: int = 0
    deletions: int = 0
    comments: int = 0
    form: bool = False
    whole: bool = True
    blank: tuple[int, ...] = ()
