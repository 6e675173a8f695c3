"""Puts rows on the sheets of a workbook, from the first to the last, each word as a string; heights, widths, groups and colours.

Heights are set for what a reader sees: the words of a long cell are whole in it, and its row stays low.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, TypeAlias

from guiju.diagnostics.source import display_width
from guiju.reports.layout.escape import visible
from guiju.reports.layout.fast_sheet import QuickSheet
from guiju.terms.tongue import Both, Tongue

__all__ = ["Bold", "Facts", "Graded", "Heads", "Row", "SheetWriter"]

# Excel's own limit: UTF-16 units of a cell.
_MOST_UNITS = 32_767
_LINE_HEIGHT = 15
_TALL_ROWS = 2_000
_MOST_LINES = 6
_DIGEST = 64
_FILLS = {
    "blocking": "#F4C7C3",
    "major": "#FBD9C6",
    "minor": "#FFF2CC",
    "advisory": "#DDEBF7",
    "red": "#F4C7C3",
    "yellow": "#FFF2CC",
    "green": "#D9EAD3",
    "grey": "#E7E6E6",
}
Cell: TypeAlias = str | int
Row: TypeAlias = list[Cell]


class Graded(str):
    """Words drawn on the colour of a severity or of an outcome; the words say it too."""

    grade: str

    def __new__(cls, words: str, grade: str) -> "Graded":
        made = super().__new__(cls, words)
        made.grade = grade
        return made


class Bold(str):
    """Words of a heading that is no head of a table."""

    __slots__ = ()


class Heads(list[Cell]):
    """A row that is drawn as a head."""


class Facts(list[Cell]):
    """A row whose words run on over the empty cells to their right."""


class SheetWriter:
    """Puts rows on sheets, from the first to the last."""

    def __init__(self, book: Any, tongue: Tongue, names: dict[str, Both]) -> None:
        self.book = book
        self.tongue = tongue
        self.names = names
        text = {"quote_prefix": True, "valign": "top"}
        self.text = book.add_format(text)
        self.wrapped = book.add_format({**text, "text_wrap": True})
        self.head = book.add_format({**text, "bold": True, "bg_color": "#D9E2EC", "bottom": 1, "text_wrap": True})
        self.number = book.add_format({"valign": "top"})
        self.bold = book.add_format({**text, "bold": True, "font_size": 14})
        self.graded = {grade: book.add_format({**text, "bg_color": fill, "text_wrap": True}) for grade, fill in _FILLS.items()}

    def sheet(
        self,
        name: str,
        widths: Iterable[int],
        rows: Iterable[Sequence[Cell]],
        serial: int = 1,
        tall: bool = False,
        seen: int | None = None,
    ) -> Any:
        """A sheet of rows, set to be printed on A4 across, all columns on a page; `tall` gives each row the height of its words.

        Of its columns the first `seen` are shown.

        Excel finds heights by itself, but other programs do not, and a long sheet would open slowly if heights were reckoned here.
        """
        words = self.names[name].say(self.tongue)
        sheet = self.book.add_worksheet(words if serial == 1 else f"{words} ({serial})", QuickSheet)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sized = tuple(widths)
        most = len(sized) if seen is None else seen
        for column, width in enumerate(sized):
            sheet.set_column(column, column, width, None, {"level": 1, "hidden": True} if column >= most else {})
        if most < len(sized):
            sheet.set_column(len(sized), len(sized), 3, None, {"collapsed": True})
        for number, row in enumerate(rows):
            if tall and not isinstance(row, Facts):
                sheet.set_row(number, _LINE_HEIGHT * _lines(row, sized[:most]))
            self._row(sheet, number, row, self.head if isinstance(row, Heads) else self.text if isinstance(row, Facts) else None)
        return sheet

    def table(
        self, name: str, widths: Iterable[int], heads: Row, rows: Iterable[Row], count: int, serial: int = 1, printed: int | None = None
    ) -> None:
        """A sheet of that many rows under a frozen head with a filter; of its columns the first `printed` are shown and printed.

        The others are a group that is folded away: a click on the sign over the columns shows them.
        """
        sheet = self.sheet(name, widths, chain([Heads(heads)], rows), serial, tall=count <= _TALL_ROWS, seen=printed)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, count, len(heads) - 1)
        sheet.print_area(0, 0, count, (printed or len(heads)) - 1)

    def _row(self, sheet: Any, number: int, row: Sequence[Cell], form: Any) -> None:
        string = sheet.write_string
        for column, cell in enumerate(row):
            if not cell and cell != 0:
                continue
            if isinstance(cell, Graded | Bold):
                string(number, column, _fitting(str(cell)), self.graded[cell.grade] if isinstance(cell, Graded) else self.bold)
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell, form or self.number)
            else:
                string(
                    number,
                    column,
                    _fitting(cell),
                    form
                    or (
                        self.wrapped
                        if len(cell) > (24 if cell.isascii() else 10) and not (cell.isascii() and cell.isalnum())
                        else self.text
                    ),
                )


def _lines(row: Sequence[Cell], widths: tuple[int, ...]) -> int:
    """How many lines the tallest cell of a row takes at those widths; digests are not wrapped."""
    texts = [(cell, width) for cell, width in zip(row, widths, strict=False) if isinstance(cell, str) and len(cell) != _DIGEST]
    return min(max((-(-display_width(text) // (width - 1)) for text, width in texts), default=1) or 1, _MOST_LINES)


@lru_cache(maxsize=20_000)
def _fitting(text: str) -> str:
    """Visible text of a length that a cell can hold; the cut is marked."""
    text = visible(text)
    if text.endswith("</r>"):
        text += " "  # xlsxwriter takes a string from <r> to </r> for markup of its own and would write it unescaped
    if len(text) * 2 <= _MOST_UNITS or len(text.encode("utf-16-le")) // 2 <= _MOST_UNITS:
        return text
    return text.encode("utf-16-le")[: (_MOST_UNITS - 1) * 2].decode("utf-16-le", "ignore") + "…"
