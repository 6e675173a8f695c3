"""Sums of tables: totals and subtotals of columns, rows that add up, prices times numbers, and formulas in remarks.

A relation between columns holds for a table where most of its rows keep it; the rows that do not are what is wrong.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeAlias

from guiju.catalog.documents.found.figures import figure
from guiju.catalog.documents.found.written import number_in
from guiju.catalog.documents.model import Piece, Writing, WrittenTable
from guiju.catalog.documents.spots import Element

__all__ = ["is_total", "table_figures"]

_TOTAL = re.compile(
    r"(?:[一二三四五六七八九十\d（）()、.]{0,4})(?:合\s*计|总\s*计|小\s*计|共\s*计|总\s*和|累\s*计|总\s*价|总金额|(?:项目|工程|估算|概算|建设|预算)*(?:总投资|总概算|投资总额|总预算|投资合计|总造价|投资概算|投资估算))"
    r"(?:合计|额)?(?:[（(].*)?(?:[:：].*)?"
)
_SUBTOTAL = re.compile(r"小\s*计")
_SKIPPED = re.compile(r"单价|备注|说明|编码|编号|年份|序号|电话|费率|税率|日期|时间|规格|型号|指标|目标|依据|级别|频率|比例尺")
_PRODUCT = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*[^\d\s×xX*%]{0,3}\s*[×xX*]\s*(\d+(?:\.\d+)?)\s*[^\d\s×xX*%]{0,3}\s*(?:=.*)?$")
_MONEY = re.compile(r"金额|合价|费|投资|估算|概算|预算|价|合计|总计|小计|元|资金|经费")
_PERCENT = re.compile(r"%|占比|比例|比重")
_SLACK = Decimal("0.011")

_Rows: TypeAlias = Sequence[Sequence[str]]
_Found: TypeAlias = tuple[int, int, str, Decimal, Decimal]


def table_figures(writing: Writing) -> Iterator[Element]:
    """Each total, subtotal, row and product of the tables."""
    at = {one.paragraph: one for one in writing.pieces if one.cell}
    for table in writing.tables:
        for rows, shift in _stretches(table.rows):
            yield from _table(writing, table, rows, shift, at)


def is_total(row: Sequence[str]) -> bool:
    """Whether the row says in its first columns that it is a total."""
    return any(_TOTAL.fullmatch(re.sub(r"\s", "", text)) for text in row[:3] if text and len(text) < 24)


def _stretches(rows: _Rows) -> Iterator[tuple[_Rows, int]]:
    """A table as it is, or the stretches of a form that begin with a row of one cell; each with the number of its first row."""
    starts = [at for at, row in enumerate(rows) if row[0] and len(row) > 2 and (sum(map(bool, row)) == 1 or _is_told(row))]
    if not starts:
        yield rows, 0
        return
    for begin, end in zip([-1, *starts], [*starts, len(rows)], strict=True):
        if end - begin > 2:
            yield rows[begin + 1 : end], begin + 1


def _is_told(row: Sequence[str]) -> bool:
    """Whether the row of a form is a name and the text beside it."""
    told = [text for text in row if text]
    return len(told) == 2 and number_in(told[0]) is None and len(told[1]) > 40


def _table(writing: Writing, table: WrittenTable, rows: _Rows, shift: int, at: dict[int, Piece]) -> Iterator[Element]:
    if len(rows) < 3:
        return
    head = _head(rows)
    width = max(map(len, rows))
    found: dict[tuple[int, int], _Found] = {}
    grid = [[number_in(row[column]) if column < len(row) else None for column in range(width)] for row in rows]
    priced: list[_Found] = [*_products(rows, head, grid), *_formulas(rows, head, grid), *_across(rows, head, grid)]
    priced += _of_whole(rows, head, grid)
    measured = next((i for i, text in enumerate(head) if re.fullmatch(r"(?:计量)?单位", re.sub(r"\s", "", text))), None)
    # Things of several measures do not add up: a table of indicators ends in the investment and has no total.
    mixed = measured is not None and len({row[measured].strip() for row in rows[1:] if measured < len(row)} - {""}) > 1
    summed = [
        one
        for column in range(1, width)
        if not _SKIPPED.search(head[column]) and not (mixed and not _MONEY.search(head[column]))
        for one in _down(rows, [row[column] for row in grid], column)
    ]
    for one in (*priced, *summed):
        # A cell that disagrees with its own row is named by that before it is named by its column.
        if one[:2] not in found or found[one[:2]][3] == found[one[:2]][4]:
            found[one[:2]] = one
    for row, column, kind, stated, computed in found.values():
        paragraphs = table.paragraphs[row + shift]
        piece = at.get(paragraphs[column]) if column < len(paragraphs) else None
        if piece is None:
            continue
        label = next((text for text in rows[row][:3] if len(text) > 1 and number_in(text) is None and text != "序号"), "")
        words = rows[row][column]
        slack = Decimal("0.1") if _PERCENT.search(head[column]) or "%" in words else _fine(stated, computed)
        yield figure(writing, piece, words, f"{kind}：{label}" if label else kind, stated, computed, "", slack)


def _fine(stated: Decimal, computed: Decimal) -> Decimal:
    """What rounding may come to: a hundredth, or half of the last digit where whole numbers are written."""
    places = max(-int(one.as_tuple().exponent) for one in (stated, computed))
    return _SLACK if places > 0 else Decimal("0.5") if stated != stated.to_integral() else Decimal(0)


def _head(rows: _Rows) -> list[str]:
    """The words above each column: of the first row, and of the second where that has no number either."""
    width = max(map(len, rows))
    heads = [rows[0]]
    if (
        len(rows) > 3
        and not any(number_in(text) is not None for text in rows[1])
        and not is_total(rows[1])
        and len([1 for text in rows[1] if text]) > 2
    ):
        heads.append(rows[1])
    return ["".join(row[column] if column < len(row) else "" for row in heads) for column in range(width)]


def _level(text: str) -> int:
    text = text.strip()
    if re.fullmatch(r"第[一二三四五六七八九十]+部分", text) or re.fullmatch(r"[A-Z]", text):
        return 1
    if re.fullmatch(r"[一二三四五六七八九十]{1,3}[、.]?", text):
        return 1
    if re.fullmatch(r"[（(][一二三四五六七八九十]{1,3}[）)]", text):
        return 2
    if re.fullmatch(r"\d{1,3}[、.]?", text):
        return 3
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})+", text):
        return 3 + text.count(".")
    return 6 if re.fullmatch(r"[（(]\d{1,3}[）)]|[①-⑳]", text) else 0


def _down(rows: _Rows, numbers: list[Decimal | None], column: int) -> Iterator[_Found]:
    levels = [_level(row[0]) if row and row[0] else 0 for row in rows]
    sums = [is_total(row) for row in rows]
    nested = len({level for level, total in zip(levels, sums, strict=True) if level and not total}) > 1
    since = 0
    for at in range(1, len(rows)):
        stated = numbers[at]
        if sums[at]:
            if stated is not None:
                choices = list(_choices(rows, numbers, levels, sums, since, at, nested=nested))
                if choices:
                    right = next((value for value in choices if abs(value - stated) <= _SLACK), choices[0])
                    yield at, column, "合计", stated, right
            if _is_subtotal(rows[at]):
                since = at
        elif nested and levels[at] and stated is not None:
            children = _children(levels, sums, at)
            if len(children) >= 2 and all(numbers[i] is not None for i in children):
                yield at, column, "小计", stated, sum((numbers[i] or Decimal(0) for i in children), Decimal(0))


def _is_subtotal(row: Sequence[str]) -> bool:
    return any(_SUBTOTAL.search(text) for text in row[:3])


def _choices(
    rows: _Rows, numbers: list[Decimal | None], levels: list[int], sums: list[bool], since: int, at: int, *, nested: bool
) -> Iterator[Decimal]:
    """What a total may be the sum of, the likeliest first: its group, the subtotals, the highest level, every row, the totals above."""

    def added(chosen: list[int], least: int = 2) -> Iterator[Decimal]:
        if len(chosen) >= least:
            yield sum((numbers[i] or Decimal(0) for i in chosen), Decimal(0))

    plain = [i for i in range(1, at) if numbers[i] is not None and not sums[i]]
    own = [i for i in plain if i > since]
    subtotals = [i for i in range(1, at) if numbers[i] is not None and _is_subtotal(rows[i])]
    tops = min((levels[i] for i in plain if levels[i]), default=0)
    if _is_subtotal(rows[at]):
        yield from added(own)
        yield from added([i for i in own if levels[i] == min((levels[j] for j in own if levels[j]), default=0)])
        return
    if subtotals:
        yield from added(subtotals + [i for i in plain if i > max(subtotals)])
        yield from added(plain)
        return
    if nested:
        # One part alone makes the whole of a column that the others have nothing in.
        yield from added([i for i in plain if levels[i] == tops], 1)
    yield from added(plain if not any(sums[1:at]) else [i for i in plain if i > max(j for j in range(1, at) if sums[j])])
    yield from added(plain)
    yield from added([i for i in range(1, at) if sums[i] and numbers[i] is not None])
    last = max((j for j in range(1, at) if sums[j] and numbers[j] is not None), default=None)
    if last is not None:
        yield from added([last, *(i for i in plain if i > last)])


def _children(levels: list[int], sums: list[bool], at: int) -> list[int]:
    found: list[int] = []
    for other in range(at + 1, len(levels)):
        if sums[other] or not levels[other] or levels[other] <= levels[at]:
            break
        found.append(other)
    if not found:
        return []
    nearest = min(levels[i] for i in found)
    return [i for i in found if levels[i] == nearest]


def _column(head: Sequence[str], words: str) -> int | None:
    return next((at for at, text in enumerate(head) if re.search(words, text)), None)


def _products(rows: _Rows, head: Sequence[str], grid: list[list[Decimal | None]]) -> Iterator[_Found]:
    """Price × number; with the price in yuan and the total in ten thousands as well."""
    price = _column(head, "单价|单位造价|综合单价")
    total = next(
        (
            i
            for i, text in enumerate(head)
            if re.search("合价|总价|小计|金额|合计|费用|概算价|投资", text) and i != price and "单价" not in text
        ),
        None,
    )
    count = next((i for i, text in enumerate(head) if re.search("数量|工程量|人月|工作量", text) and i not in (price, total)), None)
    if price is None or count is None or total is None:
        return
    found = []
    for at in range(1, len(rows)):
        one, many, whole = (grid[at][i] for i in (price, count, total))
        if one is not None and many is not None and whole is not None and not is_total(rows[at]):
            scale = next((s for s in (Decimal(1), Decimal(10_000)) if _near(whole * s, one * many)), None)
            found.append((at, total, "单价×数量", whole, one * many, scale))
    scales = [scale for *_, scale in found if scale is not None]
    if len(scales) * 2 < len(found) and len(found) > 1:
        return
    usual = max(set(scales), key=scales.count) if scales else Decimal(1)
    for at, column, kind, whole, product, _ in found:
        yield at, column, kind, whole, whole if _near(whole * usual, product) else product / usual


def _of_whole(rows: _Rows, head: Sequence[str], grid: list[list[Decimal | None]]) -> Iterator[_Found]:
    """A column of shares beside one of amounts: each share is its amount's part of the whole, where most rows of the table say so."""
    share = next((i for i, text in enumerate(head) if _PERCENT.search(text) and not re.search("费率|税率|资金", text)), None)
    if share is None:
        return
    amount = next(
        (
            i
            for i, text in enumerate(head)
            if i != share
            and re.search("金额|投资|费用|估算|概算|预算|合计|合价", text)
            and sum(row[i] is not None for row in grid[1:]) >= 3
        ),
        None,
    )
    whole = next(
        (grid[at][amount] for at in range(len(rows) - 1, 0, -1) if amount is not None and is_total(rows[at]) and grid[at][amount]), None
    )
    if amount is None or not whole:
        return
    found = []
    for at in range(1, len(rows)):
        one, said = grid[at][amount], grid[at][share]
        if one is not None and said is not None and not is_total(rows[at]):
            found.append((at, share, "占比", said, (one * 100 / whole).quantize(Decimal("0.01"))))
    kept = sum(abs(stated - computed) <= Decimal("0.1") for *_, stated, computed in found)
    if len(found) >= 3 and kept * 2 > len(found):
        yield from found


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= max(_SLACK, abs(other) * Decimal("0.0005"))


def _formulas(rows: _Rows, head: Sequence[str], grid: list[list[Decimal | None]]) -> Iterator[_Found]:
    """A product written out in a remark."""
    total = _column(head, "合价|总价|小计|金额|合计|费用|投资|概算价")
    if total is None:
        return
    for at in range(1, len(rows)):
        whole = grid[at][total] if total < len(grid[at]) else None
        product = next((found for i, text in enumerate(rows[at]) if i != total and (found := _PRODUCT.match(text))), None)
        if whole is not None and product is not None:
            value = Decimal(product[1]) * Decimal(product[2])
            yield at, total, "备注算式", whole, value / 10_000 if _near(value / 10_000, whole) else value


def _across(rows: _Rows, head: Sequence[str], grid: list[list[Decimal | None]]) -> Iterator[_Found]:
    """A column headed 合计 that is the sum of those beside it, where most rows of the table say so."""
    total = _column(head, r"^(?:合\s*计|总\s*计|小\s*计|总投资|总价|概算价值合计|投资合计)")
    if total is None or any(re.search("单价", text) for text in head):
        return
    for parts in (
        [i for i in range(1, total) if not _SKIPPED.search(head[i]) and "数量" not in head[i]],
        [i for i in range(total + 1, len(head)) if not _SKIPPED.search(head[i]) and not _PERCENT.search(head[i]) and "数量" not in head[i]],
    ):
        found = []
        full = all(is_total(rows[at]) or sum(grid[at][i] is not None for i in parts) >= 2 for at in range(1, len(rows)))
        for at in range(1, len(rows)):
            if is_total(rows[at]) and not full:
                continue
            whole, inner = grid[at][total], [grid[at][i] for i in parts if grid[at][i] is not None]
            if whole is not None and len(inner) >= 2:
                found.append((at, total, "横向合计", whole, sum((one for one in inner if one is not None), Decimal(0))))
        kept = sum(_near(stated, computed) for *_, stated, computed in found)
        if len(found) >= 2 and kept * 2 >= len(found):
            yield from found
            return
