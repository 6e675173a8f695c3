"""The merged ranges of an OpenDocument workbook, which the reader of values does not tell.

It reads the markup once, in bounded memory, and nothing of it but where cells stand.
"""

import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

__all__ = ["ods_merges"]

_CHUNK = 1 << 20
_MOST = 100_000
_FARTHEST = 1 << 24


class _Tables:
    """Follows tables, rows and cells by their repeats."""

    def __init__(self) -> None:
        self.merges: dict[str, list[tuple[int, int, int, int]]] = {}
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
            case _:
                pass

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._rows
        elif name == "table:table":
            self._table = None


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return min(int(text), _FARTHEST) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def ods_merges(data: bytes) -> dict[str, tuple[tuple[int, int, int, int], ...]]:
    """The merged ranges (top, left, bottom, right; counted from 0) of each sheet; nothing where the markup cannot be followed."""
    tables = _Tables()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = tables.start, tables.end
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("content.xml") as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return {}
    return {name: tuple(found) for name, found in tables.merges.items()}
