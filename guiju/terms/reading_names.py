"""Values that are one of a closed set of names: the spellings of a code list, the keys of a register, and the nearest name."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from guiju.terms.blank import fold_code, is_blank
from guiju.terms.shape import CodeEntry, CodeList, Shape
from guiju.terms.types import ListT, TextT

__all__ = ["PARTS", "code_spellings", "nearest_label", "nearest_name", "reference_keys"]

PARTS = re.compile(r"[、;；,，]")
"""What parts the items of a list that is written as one text."""

_LONGEST = 40
_MOST_NAMES = 2000
_MOST_KEPT = 512
# Kept by identity: hashing a whole code list for each value that is read would cost more than reading it.
_CODES: dict[int, tuple[CodeList, dict[str, CodeEntry]]] = {}
_KEYS: dict[int, tuple[Shape, dict[str, str]]] = {}


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


def nearest_label(text: str, codes: CodeList) -> str | None:
    """The label of the entry that is most likely meant: what is like an alias leads to its entry, for the label is what to write."""
    labels = {label: label for one in codes.entries for label in (one.name.zh, one.name.en) if label}
    by_alias = {alias: one.name.zh or one.name.en for one in codes.entries for alias in one.aliases}
    near = nearest_name(text, (*labels, *(one for one in by_alias if one not in labels))) if len(text) > 1 else None
    if near is None or _denies(near) != _denies(text):
        return None
    return labels.get(near) or by_alias[near]


def _denies(text: str) -> bool:
    """Whether a text says no: 可共享 is written like 不共享 and means the contrary."""
    return any(one in text for one in "不非未禁暂")


def nearest_name(text: str, names: Iterable[str]) -> str | None:
    """The name that is written most like the text; None where none is."""
    if len(text) > _LONGEST:
        return None
    close = get_close_matches(text, list(names)[:_MOST_NAMES], n=1, cutoff=0.5)
    return close[0] if close else None
