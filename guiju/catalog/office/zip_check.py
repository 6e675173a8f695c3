"""What can be said of a zipped workbook before anything opens it: bombs, tricks, too many cells, and what a value reader cannot see.

A fast reader of values lays out a sheet densely and passes over errors; so the parts are looked through here, in bounded memory.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from guiju.catalog.records.cells import column_number
from guiju.catalog.records.limits import ReadLimits
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.span import Span
from guiju.terms.tongue import Both

__all__ = ["SheetFlags", "check_zip", "too_many_cells"]

_CHUNK = 1 << 20
# Nothing folds a thousand times and more: a smaller part cannot unfold to what would hurt.
_SMALL = 16 << 10
# Plain prefixes, because these two run over every cell of a large sheet.
_FAR_COLUMN = re.compile(rb'\sr="([A-Z]{2,3})[0-9]')
_FAR_ROW = re.compile(rb'<(?:\w+:)?row[^>]*\sr="([0-9]{5,})"')
# No cell of any program is named so; the reader would count the letters on, to columns that no memory holds.
_STRANGE = re.compile(rb"""\sr(?:\s+=|=(?!"(?:[A-Z]{1,3})?[0-9]{1,7}"))\s*["']?([^"'>]{0,20})""")
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="([0-9]+)"[^>]{0,200}?\bhidden="(?:1|true)"')
_CELL = rb'<(?:\w+:)?c\b[^>]{0,60}?\br="([A-Z]+[0-9]+)"[^>]{0,60}?'
_FAULTY = re.compile(_CELL + rb'\bt="e"[^>]{0,60}>(?:(?!</(?:\w+:)?c>).){0,2000}?<(?:\w+:)?v>([^<]{1,20})<', re.DOTALL)
_UNCOUNTED = re.compile(
    _CELL
    + rb"><(?:\w+:)?f\b(?:(?!</(?:\w+:)?c>).){0,4000}?(?:</(?:\w+:)?f>|/>)\s*"
    + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>",
    re.DOTALL,
)
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)\b((?:[^>/]|/(?!>)){0,400})(/>|>\s*</(?:\w+:)?c>)?")
_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ELEMENT = re.compile(rb"^[^<]*<[^!?]")
_LONGEST_PROLOG = 1 << 24
_PLACE = re.compile(rb'\sr="([A-Z]{0,3})([0-9]{1,7})"')
_REPEATED = re.compile(rb'number-(columns|rows)-repeated="([0-9]+)"')
_FULL_ROW = re.compile(rb'<table:table-row\b[^>]{0,300}number-rows-repeated="([0-9]+)"[^>]{0,300}>\s*<table:table-cell\b[^>]{0,400}[^/]>')
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, OverflowError)
_MOST_SIGNS = 200
_ANY_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="([0-9]{1,4})"')
# Fewer cells than this are laid out however empty they are; of more, each takes a byte of markup in any honest sheet.
_SPARSE = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFlags:
    """What the markup of one sheet shows: hidden rows, error cells with their error, formulas that were never computed."""

    hidden: tuple[int, ...] = ()
    errors: tuple[tuple[str, str], ...] = ()
    uncounted: tuple[str, ...] = ()


def check_zip(data: bytes, name: str, limits: ReadLimits) -> tuple[tuple[SheetFlags, ...], tuple[Diagnostic, ...]]:
    """The signs of the sheets in the order of their parts; complaints are reasons not to open the workbook."""
    nowhere = Span(name, 0, 0)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            fault = _check_entries(archive, limits)
            fault = fault or next((one for entry in archive.infolist() if (one := _longer_than_said(data, entry)) is not None), None)
            if fault is not None:
                return (), (complain("D078", nowhere, what=fault),)
            return _look(archive, name, limits)
    except _BROKEN as error:
        if "encrypted" in str(error):
            return (), (complain("D077", nowhere, name=name, why=_LOCKED),)
        return (), (complain("D079", nowhere, name=name),)
    except Exception as error:  # zlib.error and its kin have no common base but this
        if type(error).__module__ not in ("zlib", "lzma", "bz2", "struct"):
            raise
        return (), (complain("D079", nowhere, name=name),)


_LOCKED = Both("有密码保护", "it is locked with a password")


def _check_entries(archive: zipfile.ZipFile, limits: ReadLimits) -> Both | None:
    entries = archive.infolist()
    if len(entries) > limits.zip_entries:
        return Both(
            f"压缩包里有 {len(entries)} 个部分，至多 {limits.zip_entries}",
            f"the archive holds {len(entries)} parts, at most {limits.zip_entries}",
        )
    if sum(one.file_size for one in entries) > limits.zip_bytes:
        return Both(f"展开后超过 {limits.zip_bytes} 字节", f"it unfolds to more than {limits.zip_bytes} bytes")
    for one in entries:
        if one.file_size > limits.zip_ratio_from and one.file_size > limits.zip_ratio * max(1, one.compress_size):
            return Both(
                f"“{one.filename[:80]}”的压缩比超过 {limits.zip_ratio}",
                f"`{one.filename[:80]}` is folded more than {limits.zip_ratio} times",
            )
        if one.filename.startswith(("/", "\\")) or ".." in one.filename.replace("\\", "/").split("/"):
            return Both(f"里面有越界的路径“{one.filename[:80]}”", f"it holds a path that leads outside: `{one.filename[:80]}`")
    return None


def _longer_than_said(data: bytes, entry: zipfile.ZipInfo) -> Both | None:
    """A reason not to open the archive: a part that unfolds to more than its entry says, since readers of workbooks do not stop there."""
    if entry.compress_type != zipfile.ZIP_DEFLATED or entry.compress_size < _SMALL:
        return None
    head = entry.header_offset
    start = head + 30 + int.from_bytes(data[head + 26 : head + 28], "little") + int.from_bytes(data[head + 28 : head + 30], "little")
    folded, unfolded = zlib.decompressobj(-15), 0
    chunk: bytes = data[start : start + entry.compress_size]
    while chunk and not folded.eof and unfolded <= entry.file_size:
        unfolded += len(folded.decompress(chunk, _CHUNK))
        chunk = folded.unconsumed_tail
    if unfolded > entry.file_size:
        return Both(
            f"“{entry.filename[:80]}”展开后比所写的 {entry.file_size} 字节多",
            f"`{entry.filename[:80]}` unfolds to more than the {entry.file_size} bytes it says",
        )
    return None


def _look(archive: zipfile.ZipFile, name: str, limits: ReadLimits) -> tuple[tuple[SheetFlags, ...], tuple[Diagnostic, ...]]:
    signs: dict[str, SheetFlags] = {}
    nowhere = Span(name, 0, 0)
    # Parts are numbered in the order of their sheets by every writer that we know of; the signs only adorn, they decide nothing.
    sheets = sorted((one for one in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", one)), key=_number)
    unfolded = 0
    for part in archive.namelist():
        if not part.lower().endswith((".xml", ".rels", ".vml", ".rdf")):
            continue
        with archive.open(part) as file:
            head = _prolog(file)
            if _declares(head):
                what = Both(f"“{part[:80]}”里有实体声明", f"`{part[:80]}` declares entities")
                return (), (complain("D078", nowhere, what=what),)
            if part not in sheets and part != "content.xml":
                continue
            text = head + file.read(limits.zip_bytes - unfolded + 1)
        unfolded += len(text)
        if unfolded > limits.zip_bytes:
            what = Both(f"展开后超过 {limits.zip_bytes} 字节", f"it unfolds to more than {limits.zip_bytes} bytes")
            return (), (complain("D078", nowhere, what=what),)
        fault = _too_wide(text, limits) if part in sheets else _too_repeated(text, limits)
        if fault is not None and part in sheets and not _STRANGE.search(text):
            # What was measured quickly counts rows and cells that hold nothing; a reader of values builds none of them.
            fault = too_many_cells(*_filled(text), len(text), limits)
        if fault is not None:
            return (), (complain("D080", nowhere, sheet=part.rpartition("/")[2].removesuffix(".xml"), what=fault),)
        if part in sheets:
            signs[part] = _signs(text)
    return tuple(signs[part] for part in sheets), ()


def _prolog(file: IO[bytes]) -> bytes:
    """The beginning of a part, up to its first element and some more; comments of any length may stand before it."""
    head = file.read(4096)
    while len(head) < _LONGEST_PROLOG and not _ELEMENT.search(_ASIDE.sub(b"", head.replace(b"\0", b""))):
        more = file.read(len(head))
        if not more:
            break
        head += more
    return head


def _declares(head: bytes) -> bool:
    """Whether a document type or an entity is declared, in whatever encoding: wide ones are looked at without their zeros."""
    plain = head.replace(b"\0", b"").upper()
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _number(part: str) -> int:
    return int(re.sub(r"\D", "", part.rpartition("/")[2]) or 0)


def _too_wide(text: bytes, limits: ReadLimits) -> Both | None:
    """A reason not to lay out the sheet: a cell of no place, its farthest column, or its farthest row and column together."""
    if (strange := _STRANGE.search(text)) is not None:
        seen = strange.group(1).decode("utf-8", "replace")
        return Both(f"有一格写在“{seen}”，表里没有这个位置", f"one cell says it stands at `{seen}`, where no sheet has a place")
    widest = max({column_number(found.group(1).decode()) + 1 for found in _FAR_COLUMN.finditer(text)}, default=26)
    longest = max((int(found) for found in _FAR_ROW.findall(text)), default=9_999)
    if longest == 9_999 and longest * widest > _SPARSE:
        # A wide sheet of few rows is as good as any: its rows are counted only where that decides.
        longest = max((int(found) for found in _ANY_ROW.findall(text)), default=1)
    # A cell may say that it stands in another row than the one it is written in, and the reader believes the cell.
    longest = max((int(found.group(1)) for found in _below(longest).finditer(text)), default=longest)
    return too_many_cells(longest, widest, len(text), limits)


def _filled(text: bytes) -> tuple[int, int]:
    """The farthest row and column of a cell that holds something; cells that do not say where they stand follow one another."""
    rows = columns = row = column = 0
    for found in _ROW_OR_CELL.finditer(text):
        at = _PLACE.search(found.group(2))
        if found.group(1) == b"row":
            row, column = int(at.group(2)) if at else row + 1, 0
            continue
        if at is not None and at.group(1):
            column, row = column_number(at.group(1).decode()) + 1, int(at.group(2))
        else:
            column += 1
        if not found.group(3):
            rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _below(row: int) -> re.Pattern[bytes]:
    """Finds cells of rows below that one, and passes over all others without stopping at them."""
    digits = str(row)
    greater = [rf"{digits[:at]}[{int(one) + 1}-9][0-9]{{{len(digits) - at - 1}}}" for at, one in enumerate(digits) if one != "9"]
    return re.compile(rf'\sr="[A-Z]{{1,3}}({"|".join([*greater, f"[0-9]{{{len(digits) + 1},}}"])})"'.encode())


def too_many_cells(rows: int, columns: int, size: int, limits: ReadLimits) -> Both | None:
    """A reason not to lay out a sheet whose markup is of that size: too wide, too many cells, or a few that stand far out."""
    if columns > limits.columns:
        return Both(f"有 {columns} 列，至多 {limits.columns}", f"{columns} columns, at most {limits.columns}")
    if rows * columns > limits.cells:
        return Both(f"有 {rows} 行 {columns} 列，至多 {limits.cells} 格", f"{rows} rows by {columns} columns, at most {limits.cells} cells")
    if rows * columns > max(_SPARSE, size):
        return Both(f"有 {rows} 行 {columns} 列，几乎都是空的", f"{rows} rows by {columns} columns, nearly all of them empty")
    return None


def _too_repeated(text: bytes, limits: ReadLimits) -> Both | None:
    """An OpenDocument sheet may say that a cell with contents stands there a million times."""
    cells = 0
    for element in re.finditer(rb"<table:table-cell\b([^>]{0,500})>", text):
        if element.group(1).endswith(b"/"):
            continue
        for found in _REPEATED.finditer(element.group(1)):
            cells += int(found.group(2))
    rows = sum(int(found.group(1)) for found in _FULL_ROW.finditer(text))
    if cells > limits.columns * 10 or rows > limits.cells // 100:
        return Both("同一格重复太多次", "one cell is repeated too many times")
    return None


def _signs(text: bytes) -> SheetFlags:
    hidden = tuple(int(one.group(1)) for one in _HIDDEN.finditer(text)) if b"hidden=" in text else ()
    errors: tuple[tuple[str, str], ...] = ()
    if b't="e"' in text:
        errors = tuple((one.group(1).decode(), one.group(2).decode("ascii", "replace")) for one in _FAULTY.finditer(text))
    uncounted = tuple(one.group(1).decode() for one in _UNCOUNTED.finditer(text)) if b"<f" in text or b":f" in text else ()
    return SheetFlags(hidden=hidden, errors=errors[:_MOST_SIGNS], uncounted=uncounted[:_MOST_SIGNS])
