"""How an OpenDocument workbook is laid out: its merged ranges, and how many cells it would take, which the reader of values does not tell.

It reads the markup once, in bounded memory, and nothing of it but where cells stand. Markup that is not well-formed has no layout:
the reader of values looks for the end of a broken cell for ever.
"""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

__all__ = ["OdsLayout", "ods_layout"]

_CHUNK = 1 << 20
_MOST = 100_000
_FARTHEST = 1 << 24


@dataclass(frozen=True, slots=True, kw_only=True)
class OdsLayout:
    """The merged ranges (top, left, bottom, right; counted from 0) of each sheet, the cells of the largest, the most blanks in a row."""

    merges: dict[str, tuple[tuple[int, int, int, int], ...]]
    rows: int
    columns: int
    blanks: int


class _Tables:
    """Follows tables, rows and cells by their repeats."""

    def __init__(self) -> None:
        self.merges: dict[str, list[tuple[int, int, int, int]]] = {}
        self.rows = self.columns = self.blanks = 0
        self._table: str | None = None
        self._row = self._column = self._rows = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table:table" if self._table is None:
                self._table, self._row = attributes.get("table:name", ""), 0
            case "table:table-row":
                self._column, self._rows = 0, _number(attributes, "table:number-rows-repeated")
            case "table:table-cell" | "table:covered-table-cell" if self._table is not None:
                down, across = (_number(attributes, f"table:number-{one}-spanned") for one in ("rows", "columns"))
                found = self.merges.setdefault(self._table, [])
                if (down > 1 or across > 1) and len(found) < _MOST:
                    found.append((self._row, self._column, self._row + down - 1, self._column + across - 1))
                self._column += _number(attributes, "table:number-columns-repeated")
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


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdigit()):
        return 1
    return min(int(text), _FARTHEST) if len(text) < 10 else _FARTHEST


def ods_layout(data: bytes) -> OdsLayout | None:
    """The layout; None where the markup cannot be followed."""
    tables = _Tables()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = tables.start, tables.end
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("content.xml") as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return None
    merges = {name: tuple(found) for name, found in tables.merges.items()}
    return OdsLayout(merges=merges, rows=tables.rows, columns=tables.columns, blanks=tables.blanks)
