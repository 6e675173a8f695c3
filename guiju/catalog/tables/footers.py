"""Detects rows below a header that are no records: totals, remarks, signatures, an example, numbers of columns, the header again.

It looks at one row at a time, and never at what the row would mean as a record.
"""

import re
from collections.abc import Sequence
from typing import Any

from guiju.catalog.mapping import words
from guiju.catalog.records.cells import text_of
from guiju.terms.tongue import Both

__all__ = ["NonDataRows"]

_TOTALS = frozenset({"合计", "总计", "小计", "共计", "total", "sum", "subtotal", "grandtotal"})
_TOTAL_ENDS = ("小计", "合计", "总计", "小计：", "合计：", "总计：")
_NOTE = re.compile(
    r"^[（(【\[]?(?:注|备注|说明|填表|填报|制表|审核|单位负责人|联系人|填写说明|填表说明|数据来源|note|remark|source)\s*(?:[:：]|\d|[、.]|人|说明|单位|日期|$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s*(?:[（(]?[0-9一二三四五六七八九十]{1,2}[)）.．、]|[①-⑳])\s*\S")
_SIGNED = re.compile(r"[^\d\s:：，。,.;；]{2,12}\s*(?:（[^（）]{1,8}）)?\s*[:：]")
_SECTION = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)]?、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十\d]{1,3}(?:部分|类|批)|续表|续上表|接上表"
)
_EXAMPLE = re.compile(r"[（(【\[]?(?:示例|样例|举例|填写示例|例如|例|e\.?g\.?|example)\s*(?:[)）】\]:：]|\d*$)", re.IGNORECASE)
_ORDINAL = re.compile(r"[（(\[]?(\d{1,3})[)）\].、]?|[A-Z]|[甲乙丙丁戊己庚辛壬癸]")
# So many rows right below a header may be an example or the numbers of the columns.
_EARLY = 2


class NonDataRows:
    """Classifies the rows of one table in their order."""

    __slots__ = ("_early", "_heads", "_labels", "_remarked", "_wide")

    def __init__(self, labels: Sequence[str], heads: Sequence[int], start: int) -> None:
        self._labels = labels
        self._heads = tuple(heads)
        self._early = start + _EARLY
        self._wide = sum(1 for label in labels if label) > 2
        # Whether a remark has been met: numbered lines and signatures below it go on with it.
        self._remarked = False

    def may_be(self, row: list[Any], at: int) -> bool:
        """Whether the row is worth a second look; asked of every row, so it looks at two cells only."""
        if at < self._early:
            return True
        for head in self._heads:
            cell = row[head]
            if type(cell) is str and (cell == self._labels[head] or cell.endswith(_TOTAL_ENDS) or "：" in cell or ":" in cell):
                return True
        return False

    def what(self, row: list[Any], at: int) -> Both | None:
        """What the row is, where it is no record; a blank row is told by an empty word."""
        seen = [(column, text) for column, cell in enumerate(row) if cell not in ("", None) and (text := text_of(cell))]
        if not seen:
            return _BLANK
        texts = [text for _, text in seen]
        if _is_total(texts):
            return words.TOTAL_ROW
        if not self._wide:
            return None
        if self._is_header(seen):
            return words.REPEATED_HEADER
        if at < self._early and (found := _early(texts)) is not None:
            return found
        return self._remark(texts)

    def _is_header(self, seen: list[tuple[int, str]]) -> bool:
        return len(seen) > 2 and all(column < len(self._labels) and text == self._labels[column] for column, text in seen)

    def _remark(self, texts: list[str]) -> Both | None:
        remark = _NOTE.match(texts[0]) or (self._remarked and len(texts) == 1 and _NUMBERED.match(texts[0]))
        # 填表人：… 联系电话：… 日期：… in one line below the table: every cell says what it is.
        signed = len(texts) <= 4 and all(_SIGNED.match(text) for text in texts) and (self._remarked or len(texts) > 1)
        if (len(texts) <= 2 and remark) or (signed and (remark or len(texts) > 1)):
            self._remarked = True
            return words.NOTE_ROW
        return words.SECTION_ROW if len(texts) == 1 and _SECTION.match(texts[0]) else None


_BLANK = Both("", "")


def _is_total(texts: list[str]) -> bool:
    if texts[0].replace(" ", "").rstrip(":：").casefold() in _TOTALS:
        return True
    # 一 | 某局小计 | 800: ordinals before it, and nothing but numbers behind.
    at = next((number for number, text in enumerate(texts[:2]) if text.endswith(_TOTAL_ENDS)), None)
    return at is not None and len(texts) > at + 1 and all(_is_number(text) for text in texts[at + 1 :])


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[¥￥]?[+-]?[\d,]+(?:\.\d+)?%?(?:[千百万亿]*元?|个|项|条|件)", text) is not None


def _early(texts: list[str]) -> Both | None:
    """An example, or the numbers of the columns, in the first rows below a header."""
    if _EXAMPLE.match(texts[0]) or (len(texts) > 1 and _EXAMPLE.match(texts[1]) and len(texts[0]) <= 2):
        return words.EXAMPLE_ROW
    if len(texts) > 2 and all(_ORDINAL.fullmatch(text) for text in texts):
        numbers = [int(found.group(1)) for text in texts if (found := _ORDINAL.fullmatch(text)) and found.group(1)]
        if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (0, 1):
            return words.NUMBER_ROW
    return None
