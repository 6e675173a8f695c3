"""What an old workbook (.xls) has beside values: hidden rows, error cells, formats of numbers, which the reader of values does not tell.

It walks the records of the workbook's stream once and keeps nothing of them. What it cannot follow shows nothing; whether the values
can be read is not its question.
"""

import struct
from collections.abc import Iterator, Mapping
from io import BytesIO

import olefile

from guiju.catalog.office.zip_check import SheetFlags
from guiju.catalog.records.cells import cell_name

__all__ = ["xls_flags", "xls_formats"]

_BOF, _EOF, _SHEET, _ROW, _ERROR, _FORMULA = 0x0809, 0x000A, 0x0085, 0x0208, 0x0205, 0x0006
_FORMAT, _STYLE, _NUMBER, _RK, _MULTIPLE = 0x041E, 0x00E0, 0x0203, 0x027E, 0x00BD
_WORKSHEET = 0x00
_HIDDEN = 0x20
_MOST_ERRORS = 200
_MOST_ROWS = 65_536
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def xls_flags(data: bytes) -> tuple[SheetFlags, ...]:
    """The signs of the worksheets in their order; nothing where the workbook cannot be followed."""
    stream = _stream(data)
    if stream is None:
        return ()
    return tuple(_signs(stream, at) for at in _sheets(stream))


def _stream(data: bytes) -> bytes | None:
    """The stream that holds the workbook, of whichever age."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as compound:
            for name in ("Workbook", "Book"):
                if compound.exists(name):
                    found: bytes = compound.openstream(name).read()
                    return found
    # A damaged compound file makes the library raise its own errors and those of unpacking.
    except (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, AttributeError, RecursionError):
        return None
    return None


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The records from an offset on: kind, start and length of their contents."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            return
        yield kind, at + 4, length
        at += 4 + length


def _sheets(stream: bytes) -> Iterator[int]:
    """Where the worksheets begin, as the workbook lists them."""
    for kind, at, length in _records(stream, 0):
        if kind == _EOF:
            return
        if kind == _SHEET and length >= 6:
            offset, _, type = struct.unpack_from("<IBB", stream, at)
            if type == _WORKSHEET:
                yield offset


def _signs(stream: bytes, start: int) -> SheetFlags:
    hidden: list[int] = []
    errors: list[tuple[str, str]] = []
    depth = 0
    for kind, at, length in _records(stream, start):
        if kind == _BOF:
            depth += 1  # a chart may lie in a sheet
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif kind == _ROW and length >= 16 and len(hidden) < _MOST_ROWS:
            row = struct.unpack_from("<H", stream, at)[0]
            if stream[at + 12] & _HIDDEN:
                hidden.append(row + 1)
        elif kind in (_ERROR, _FORMULA) and len(errors) < _MOST_ERRORS:
            error = _error(stream, kind, at, length)
            if error is not None:
                row, column = struct.unpack_from("<HH", stream, at)
                errors.append((cell_name(row, column), error))
    return SheetFlags(hidden=tuple(hidden), errors=tuple(errors))


def _error(stream: bytes, kind: int, at: int, length: int) -> str | None:
    """The error that a cell holds, or that its formula gave; None where it is none."""
    if kind == _ERROR and length >= 8:
        return _ERRORS.get(stream[at + 6], "#?") if stream[at + 7] == 1 else None
    if kind == _FORMULA and length >= 14 and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
        return _ERRORS.get(stream[at + 8], "#?")
    return None


# ---- formats of numbers --------------------------------------------------------------------------------------------------------------


def xls_formats(data: bytes, codes: Mapping[int, str]) -> tuple[dict[tuple[int, int], str], ...]:
    """The format of each cell that holds a number, by row and column from 0, of the worksheets in their order.

    `codes` are the formats that every workbook has, by their number.
    """
    stream = _stream(data)
    if stream is None:
        return ()
    try:
        styles = _styles(stream, dict(codes))
        return tuple(dict(_cells(stream, start, styles)) for start in _sheets(stream))
    except struct.error:
        return ()


def _styles(stream: bytes, codes: dict[int, str]) -> list[str]:
    """The format of each style, in their order."""
    styles: list[int] = []
    wide = stream[4:6] == b"\x00\x06"
    for kind, at, length in _records(stream, 0):
        if kind == _EOF:
            break
        if kind == _FORMAT and length >= 4:
            codes[struct.unpack_from("<H", stream, at)[0]] = _text(stream[at + 2 : at + length], wide)
        elif kind == _STYLE and length >= 4:
            styles.append(struct.unpack_from("<H", stream, at + 2)[0])
    return [codes.get(one, "") for one in styles]


def _text(said: bytes, wide: bool) -> str:
    """A short text with its length before it: of Excel 97 and later in one or two bytes a character, of earlier ones in a code page."""
    if not wide:
        return said[1 : 1 + said[0]].decode("cp936", "replace")
    return said[3:].decode("utf-16-le" if said[2] & 1 else "latin-1", "replace")


def _cells(stream: bytes, start: int, styles: list[str]) -> Iterator[tuple[tuple[int, int], str]]:
    depth = 0
    for kind, at, length in _records(stream, start):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif kind in (_NUMBER, _RK, _FORMULA) and length >= 6:
            row, column, style = struct.unpack_from("<HHH", stream, at)
            if style < len(styles) and styles[style]:
                yield (row, column), styles[style]
        elif kind == _MULTIPLE and length >= 6:
            row, column = struct.unpack_from("<HH", stream, at)
            for number in range((length - 6) // 6):
                (style,) = struct.unpack_from("<H", stream, at + 4 + 6 * number)
                if style < len(styles) and styles[style]:
                    yield (row, column + number), styles[style]
