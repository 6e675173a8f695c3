"""What an old workbook (.xls) shows beside its values: hidden rows and error cells of each sheet, which the reader of values does not tell.

It walks the records of the workbook's stream once and keeps nothing of them. What it cannot follow shows nothing; whether the values
can be read is not its question.
"""

import struct
from collections.abc import Iterator
from io import BytesIO

import olefile

from guiju.catalog.office.zip_check import SheetFlags
from guiju.catalog.records.cells import cell_name

__all__ = ["xls_flags"]

_BOF, _EOF, _SHEET, _ROW, _ERROR, _FORMULA = 0x0809, 0x000A, 0x0085, 0x0208, 0x0205, 0x0006
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
