"""The numbers that Word puts before paragraphs, which stand in no text: 第一章, 1.1, （一）, a) of lists with levels."""

import re
from typing import Any

from docx.oxml.ns import qn

from guiju.terms.quantities.numerals import say_numeral

__all__ = ["Numbering"]

_LEVELS = 9
_VALUE = qn("w:val")
_HAN = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "ideographDigital",
    "japaneseCounting",
    "japaneseDigitalTenThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "koreanCounting",
}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_SILENT = {"bullet", "none"}


class Numbering:
    """Counts the lists of one document; each paragraph is asked for once, in order."""

    def __init__(self, document: Any) -> None:
        part = next(
            (one.target_part for one in document.part.rels.values() if one.reltype.endswith("/numbering") and not one.is_external), None
        )
        root = getattr(part, "element", None)
        self._abstract: dict[str, dict[int, Any]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._styles = _of_styles(document)
        if root is None:
            return
        for one in root.iterchildren(qn("w:abstractNum")):
            levels = {_whole(level.get(qn("w:ilvl"))): level for level in one.iterchildren(qn("w:lvl"))}
            self._abstract[one.get(qn("w:abstractNumId"), "")] = levels
        for one in root.iterchildren(qn("w:num")):
            of = one.find(qn("w:abstractNumId"))
            starts = {
                _whole(other.get(qn("w:ilvl"))): _whole(start.get(_VALUE))
                for other in one.iterchildren(qn("w:lvlOverride"))
                if (start := other.find(qn("w:startOverride"))) is not None
            }
            self._lists[one.get(qn("w:numId"), "")] = (of.get(_VALUE, "") if of is not None else "", starts)

    def label(self, p: Any, style: str) -> str:
        """What Word shows before the paragraph; nothing where it is in no list, or its sign is a bullet."""
        at = _numbered(p.find(qn("w:pPr"))) or self._styles.get(style)
        if at is None or at[0] in ("", "0"):
            return ""
        list_, level = at
        abstract, starts = self._lists.get(list_, ("", {}))
        levels = self._abstract.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        for above in range(level):
            if counts[above] is None:
                counts[above] = _start(levels.get(above), starts.get(above))
        before = counts[level]
        counts[level] = _start(levels[level], starts.get(level)) if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return _shown(levels, level, counts)


def _shown(levels: dict[int, Any], level: int, counts: list[int | None]) -> str:
    own = levels[level]
    if _value(own, "numFmt") in _SILENT:
        return ""
    legal = own.find(qn("w:isLgl")) is not None

    def said(found: re.Match[str]) -> str:
        of = int(found[1]) - 1
        form = "decimal" if legal and of != level else _value(levels.get(of), "numFmt")
        return _formed(counts[of] or 0, "decimal" if legal else form)

    return re.sub(r"%([1-9])", said, _value(own, "lvlText"))


def _formed(number: int, form: str) -> str:
    if form in _HAN and number > 0:
        text = say_numeral(number)
        return text[1:] if text.startswith("一十") else text
    if form in _CIRCLED and 0 < number <= 20:
        return chr(0x245F + number)
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((64 if form == "upperLetter" else 96) + number)
    if form in ("upperRoman", "lowerRoman") and 0 < number < 40:
        text = "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return text if form == "upperRoman" else text.lower()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _of_styles(document: Any) -> dict[str, tuple[str, int]]:
    """The lists that styles are in, by the id of the style."""
    found: dict[str, tuple[str, int]] = {}
    for style in document.styles.element.iterchildren(qn("w:style")):
        at = _numbered(style.find(qn("w:pPr")))
        if at is not None:
            found[style.get(qn("w:styleId"), "")] = at
    return found


def _numbered(properties: Any) -> tuple[str, int] | None:
    numbered = properties.find(qn("w:numPr")) if properties is not None else None
    if numbered is None:
        return None
    list_ = _value(numbered, "numId")
    return list_, min(_whole(_value(numbered, "ilvl")), _LEVELS - 1)


def _start(level: Any, override: int | None) -> int:
    return override if override is not None else _whole(_value(level, "start"), 1)


def _value(node: Any, name: str) -> str:
    one = node.find(qn(f"w:{name}")) if node is not None else None
    return one.get(_VALUE, "") if one is not None else ""


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
