"""How an OpenDocument workbook is laid out: its merged ranges, and how many cells it would take, which the reader of values does not tell.

It reads the markup once, in bounded memory, and nothing of it but where cells stand. Markup that is not well-formed has no layout:
the reader of values looks for the end of a broken cell for ever.
"""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

from guiju.catalog.office.zip_check import SheetFlags
from guiju.catalog.records.cells import cell_name

__all__ = ["OdsLayout", "ods_layout"]

_CHUNK = 1 << 20
_MOST = 100_000
_MOST_TOLD = 1_000
_FARTHEST = 1 << 24
_BROKEN = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    EOFError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OdsLayout:
    """The merged ranges (top, left, bottom, right; counted from 0) of each sheet, the cells of the largest, the most blanks in a row.

    `signs` are what else the markup shows of each sheet, in their order: its hidden rows and its error cells. `numbers` are the
    numbers by row and column from 0 that are shown otherwise than they are, with what is shown.
    """

    merges: dict[str, tuple[tuple[int, int, int, int], ...]]
    rows: int
    columns: int
    blanks: int
    signs: tuple[SheetFlags, ...] = ()
    numbers: tuple[dict[tuple[int, int], str], ...] = ()


class _Tables:
    """Follows tables, rows and cells by their repeats."""

    def __init__(self) -> None:
        self.merges: dict[str, list[tuple[int, int, int, int]]] = {}
        self.rows = self.columns = self.blanks = 0
        self.hidden: list[list[int]] = []
        self.errors: list[list[tuple[str, str]]] = []
        self._table: str | None = None
        self.numbers: list[dict[tuple[int, int], str]] = []
        # The text of the error cell, or of the number with its value and its repeats, that is being read.
        self._error: list[str] | None = None
        self._said: list[str] | None = None
        self._value, self._across = "", 1
        self._row = self._column = self._rows = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table:table" if self._table is None:
                self._table, self._row = attributes.get("table:name", ""), 0
                self.hidden.append([])
                self.errors.append([])
                self.numbers.append({})
            case "table:table-row":
                self._column, self._rows = 0, _number(attributes, "table:number-rows-repeated")
                # Rows without end below a filtered table are hidden too, and hold nothing.
                if attributes.get("table:visibility", "visible") != "visible" and self.hidden and self._rows <= _MOST_TOLD:
                    self.hidden[-1].extend(range(self._row + 1, self._row + self._rows + 1))
            case "table:table-cell" | "table:covered-table-cell" if self._table is not None:
                if attributes.get("calcext:value-type") == "error" and len(self.errors[-1]) < _MOST_TOLD:
                    self._error = []
                self._value, self._across = attributes.get("office:value", ""), _number(attributes, "table:number-columns-repeated")
                self._said = [] if attributes.get("office:value-type") in ("float", "percentage", "currency") else None
                down, across = (_number(attributes, f"table:number-{one}-spanned") for one in ("rows", "columns"))
                found = self.merges.setdefault(self._table, [])
                if (down > 1 or across > 1) and len(found) < _MOST:
                    found.append((self._row, self._column, self._row + down - 1, self._column + across - 1))
                self._column += self._across
                if any(key.startswith(("office:", "table:formula")) for key in attributes):
                    self._fill()
            case "text:p":
                self._fill()
            case "text:s":
                self.blanks += _number(attributes, "text:c")
            case _:
                pass

    def _fill(self) -> None:
        # What is repeated and empty takes no room until something stands behind it.
        self.rows, self.columns = max(self.rows, self._row + self._rows), max(self.columns, self._column)

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._rows
        elif name == "table:table":
            self._table = None
        elif name == "table:table-cell" and self._error is not None:
            self.errors[-1].append((cell_name(self._row, self._column - 1), "".join(self._error)[:40]))
            self._error = None
        elif name == "table:table-cell" and self._said is not None:
            self._number_shown("".join(self._said).strip())
            self._said = None

    def _number_shown(self, said: str) -> None:
        if not _is_otherwise(said, self._value) or len(self.numbers[-1]) >= _MOST:
            return
        # A number that is repeated without end is no number of a table.
        for row in range(self._row, self._row + min(self._rows, _MOST_TOLD)):
            for column in range(self._column - min(self._across, _MOST_TOLD), self._column):
                self.numbers[-1][row, column] = said

    def text(self, said: str) -> None:
        if self._error is not None:
            self._error.append(said)
        elif self._said is not None and len(self._said) < _MOST_TOLD:
            self._said.append(said)

    def signs(self) -> tuple[SheetFlags, ...]:
        return tuple(
            SheetFlags(hidden=tuple(hidden[:_MOST]), errors=tuple(errors)) for hidden, errors in zip(self.hidden, self.errors, strict=True)
        )


def _is_otherwise(said: str, value: str) -> bool:
    """Whether what is shown is another text than a program writes for the number."""
    try:
        number, shown = float(value), float(said)
    except ValueError:
        return bool(said)
    # Many digits are cut by plain formats too.
    plain = said == f"{number:.15g}" or ("." in said and said[-1] != "0" and abs(shown - number) <= 1e-9 * abs(number))
    return not plain


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdigit()):
        return 1
    return min(int(text), _FARTHEST) if len(text) < 10 else _FARTHEST


def ods_layout(data: bytes) -> OdsLayout | None:
    """The layout; None where the markup cannot be followed."""
    tables = _Tables()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = tables.start, tables.end, tables.text
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("content.xml") as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except _BROKEN:
        return None
    merges = {name: tuple(found) for name, found in tables.merges.items()}
    return OdsLayout(
        merges=merges, rows=tables.rows, columns=tables.columns, blanks=tables.blanks, signs=tables.signs(), numbers=tuple(tables.numbers)
    )
