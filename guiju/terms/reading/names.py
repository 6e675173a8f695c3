"""Values that are one of a closed set of names: the spellings of a code list, the keys of a register, and the nearest name."""

import re

from guiju.terms.blank import fold_code, is_blank, trim
from guiju.terms.shape import CodeEntry, CodeList, Shape
from guiju.terms.tongue import Both
from guiju.terms.types import ListT, TextT

__all__ = ["PARTS", "code_spellings", "parts_of", "reference_keys"]

PARTS = re.compile(r"[、;；,，]")
"""What parts the items of a list that is written as one text."""

_LINES = re.compile(r"[\r\n]+")
_LITERAL = re.compile(r"\[(.*)\]", re.DOTALL)
_QUOTES = re.compile(r"""^u?(['"])(.*)\1$""", re.DOTALL)
_MOST_KEPT = 512
# Kept by identity: hashing a whole code list for each value that is read would cost more than reading it.
_CODES: dict[int, tuple[CodeList, dict[str, CodeEntry]]] = {}
_KEYS: dict[int, tuple[Shape, dict[str, str]]] = {}


def parts_of(text: str) -> tuple[list[str], Both]:
    """The items of a list that is written as one text, and at which marks it was parted.

    A list as programs print it (`['xls', 'csv']`) is unquoted; lines part before bars do, and bars before commas, since what is
    finer may stand within an item.
    """
    literal = _LITERAL.fullmatch(trim(text))
    if literal is not None:
        items = (trim(part) for part in re.split(r"[,，]", literal[1]))
        said = [found[2] if (found := _QUOTES.match(item)) else item for item in items]
        return [one for one in said if not is_blank(one) and one not in ("None", "null")], Both("方括号里的逗号", "commas in brackets")
    for parts, words in ((_LINES.split(text), Both("换行", "line breaks")), (text.split("|"), Both("竖线", "bars"))):
        given = [trim(part) for part in parts if not is_blank(part)]
        if len(given) > 1:
            return given, words
    return [trim(part) for part in PARTS.split(text) if not is_blank(part)], Both("顿号、分号、逗号", "marks")


def code_spellings(codes: CodeList) -> dict[str, CodeEntry]:
    """Every accepted spelling, folded: codes before names; where two entries share one, the earlier entry has it."""
    kept = _CODES.get(id(codes))
    if kept is not None and kept[0] is codes:
        return kept[1]
    found: dict[str, CodeEntry] = {}
    for entry in () if codes.labels_only else codes.entries:
        found.setdefault(fold_code(entry.code), entry)
    for entry in codes.entries:
        for name in (entry.name.zh, entry.name.en, entry.id, *entry.aliases):
            if name:
                found.setdefault(fold_code(name), entry)
    if len(_CODES) >= _MOST_KEPT:
        _CODES.clear()
    _CODES[id(codes)] = codes, found
    return found


def reference_keys(shape: Shape) -> dict[str, str]:
    """Every name by which the rows of a register are called (its key, then its lists of short names), with the key meant."""
    kept = _KEYS.get(id(shape))
    if kept is not None and kept[0] is shape:
        return kept[1]
    at = next((number for number, one in enumerate(shape.fields) if one.key), 0)
    rows = [row for row in shape.rows if at < len(row) and not is_blank(row[at])]
    found = {fold_code(row[at]): fold_code(row[at]) for row in rows}
    for row in rows:
        for field, cell in zip(shape.fields, row, strict=False):
            if isinstance(field.type, ListT) and isinstance(field.type.element, TextT):
                for part in PARTS.split(cell):
                    if not is_blank(part):
                        found.setdefault(fold_code(part), fold_code(row[at]))
    if len(_KEYS) >= _MOST_KEPT:
        _KEYS.clear()
    _KEYS[id(shape)] = shape, found
    return found
