"""What a workbook shows for a number in a cell, where its format is plain zeros and literals: 00001 for 1, JT-0002 for 2.

Where a field holds codes and not numbers, what is shown is what was meant. Formats of other forms are only told.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import unescape

from guiju.catalog.office.ods_layout import OdsLayout
from guiju.catalog.office.xls_records import xls_formats
from guiju.catalog.records.cells import Shown, column_number
from guiju.catalog.tables.grid import Grid

__all__ = ["show_as", "with_formats"]

# The formats that every workbook has, of which numbers look otherwise than they are written in a code.
_BUILT_IN = {
    2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 48: "##0.0E+0",
}  # fmt: skip
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]{0,1000})>")
_ATTRIBUTE = re.compile(rb'\b(numFmtId|formatCode)="([^"]{0,600})"')
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]{0,600})>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]{0,1000})>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]{0,1000})>")
_PAIR = re.compile(rb'\b(?:\w+:)?(name|id|Id|Target)="([^"]{0,600})"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]{0,200})>")
_PLACE = re.compile(rb'\sr="([A-Z]{1,3})([0-9]{1,7})"')
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|(0+)|([-+ /()年月日号期第.])')
_DIGITS = re.compile("[0-9]{1,300}")
_GROUPED = re.compile("[0-9][.,'’ ][0-9]|[0-9][eE][+-]|%")
_PLAIN = ("", "General", "general", "0", "@", "G/通用格式", "#", "###0", "0_ ", "0_);[Red]\\(0\\)", "0;[Red]0")


def show_as(value: float, code: str) -> str | None:
    """The whole number as its format shows it; None where the format is not made of zeros and literals alone."""
    parts: list[str] = []
    zeros = 0
    at = 0
    while at < len(code):
        found = _TOKEN.match(code, at)
        if found is None:
            return None
        quoted, escaped, digits, sign = found.groups()
        at = found.end()
        if digits is not None:
            zeros += 1
            parts.append(f"{int(value):0{len(digits)}d}")
        elif sign == ".":
            return None
        else:
            parts.append(quoted if quoted is not None else escaped if escaped is not None else sign)
    return "".join(parts) if zeros == 1 and value >= 0 and value.is_integer() and value < 10**15 else None


def with_formats(data: bytes, grids: list[Grid], layout: OdsLayout | None) -> None:
    """Puts into the rows of the sheets, in place of numbers in such formats, numbers that know how they are shown."""
    if layout is not None:
        _put_all(grids, layout.numbers, _as_shown)
    elif data.startswith(b"PK"):
        _of_open_xml(data, grids)
    else:
        _put_all(grids, xls_formats(data, _BUILT_IN), _by_code)


def _put_all(grids: list[Grid], sheets: Sequence[Mapping[tuple[int, int], str]], made: Callable[[float, str], float]) -> None:
    for grid, told in zip(grids, sheets, strict=False) if len(grids) == len(sheets) else ():
        for (row, column), text in told.items():
            at, of = row - grid.top, column - grid.left
            if 0 <= at < len(grid.rows) and 0 <= of < len(grid.rows[at]) and type(grid.rows[at][of]) in (int, float):
                grid.rows[at][of] = made(grid.rows[at][of], text)


def _by_code(value: float, code: str) -> float:
    return value if code in _PLAIN else Shown(value, show_as(float(value), code), code)


def _as_shown(value: float, said: str) -> float:
    """An OpenDocument workbook holds what is shown; what are zeros and literals is seen by the digits, which end in the whole number."""
    digits = _DIGITS.findall(said)
    plain = float(value).is_integer() and value >= 0 and digits and int(digits[-1]) == value and not _GROUPED.search(said)
    return Shown(value, said if plain else None, said)


def _of_open_xml(data: bytes, grids: list[Grid]) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            styles = _telling(archive.read("xl/styles.xml"))
            if not styles:
                return
            parts = dict(_parts(archive))
            for grid in grids:
                part = parts.get(grid.sheet or "")
                if part is not None:
                    _put(grid, archive.read(part), styles)
    except (KeyError, zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return


def _telling(styles: bytes) -> dict[int, str]:
    """The numbers of the styles whose format shows a number otherwise than plainly, with that format; dates are days already."""
    codes = dict(_BUILT_IN)
    for found in _FORMAT.finditer(styles):
        given = dict(_ATTRIBUTE.findall(found.group(1)))
        if b"numFmtId" in given and b"formatCode" in given:
            text = unescape(given[b"formatCode"].decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"})
            codes[int(given[b"numFmtId"])] = text
    block = _STYLES.search(styles)
    found_styles: dict[int, str] = {}
    for number, style in enumerate(_STYLE.finditer(block.group(0)) if block is not None else ()):
        code = codes.get(int(dict(_ATTRIBUTE.findall(style.group(1))).get(b"numFmtId", b"0")), "")
        if code not in _PLAIN:
            found_styles[number] = code
    return found_styles


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The sheets by name, with the part that holds each."""
    relations = [dict(_PAIR.findall(one.group(1))) for one in _RELATION.finditer(archive.read("xl/_rels/workbook.xml.rels"))]
    targets = {one.get(b"Id", b""): one.get(b"Target", b"").decode() for one in relations}
    for found in _SHEET.finditer(archive.read("xl/workbook.xml")):
        given = dict(_PAIR.findall(found.group(1)))
        target = targets.get(given.get(b"id", b""), "")
        if b"name" in given and target:
            name = unescape(given[b"name"].decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"})
            yield name, target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _put(grid: Grid, sheet: bytes, styles: dict[int, str]) -> None:
    told = re.compile(rb'\ss="(' + b"|".join(str(one).encode() for one in styles) + rb')"')
    for found in _CELL.finditer(sheet):
        style = told.search(found.group(1))
        place = _PLACE.search(found.group(1)) if style is not None else None
        if style is None or place is None:
            continue
        at, column = int(place.group(2)) - 1 - grid.top, column_number(place.group(1).decode()) - grid.left
        if not (0 <= at < len(grid.rows) and 0 <= column < len(grid.rows[at])):
            continue
        value: Any = grid.rows[at][column]
        if type(value) in (int, float):
            code = styles[int(style.group(1))]
            grid.rows[at][column] = Shown(value, show_as(float(value), code), code)
