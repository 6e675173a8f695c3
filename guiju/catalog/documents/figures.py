"""Figures that a document states twice: totals and their parts, words and digits, shares, counts and their lists."""

import re
from collections.abc import Iterator
from decimal import Decimal

from guiju.catalog.documents.model import Piece, Writing, WrittenTable
from guiju.catalog.documents.spots import Element, place_of, sentences
from guiju.terms.quantities.numerals import parse_numeral

__all__ = ["TIMES", "figures", "number_in"]

TIMES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000), "百万": Decimal(1_000_000), "千万": Decimal(10_000_000)}
_NUMBER = r"(\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_MONEY = re.compile(_NUMBER + r"\s*(亿|千万|百万|万|)元")
_WORDS = re.compile(r"([零壹贰叁肆伍陆柒捌玖拾佰仟万亿〇两]{3,30})[元圆]([零壹贰叁肆伍陆柒捌玖]角)?([零壹贰叁肆伍陆柒捌玖]分)?")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*[%％]")
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|总投资|项目总投资|总\s*投\s*资|估算总投资)(?:[（(].*)?$")
_PLAIN = re.compile(r"-?\d[\d,，]*(?:\.\d+)?")
_PRODUCT = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*[^\d\s×xX*%]{0,3}\s*[×xX*]\s*(\d+(?:\.\d+)?)\s*(?:万?元)?$")
_COUNT = re.compile(r"(?:共计|共有|共|合计)\s*(\d+)\s*(根|项|台|套|个|处|行|条|座|块|盏)")
_UNITS = re.compile(r"(\d+)\s*(根|台|套|个|处|座|块|盏)")


def number_in(text: str) -> Decimal | None:
    """The number that a cell is; None for any other text."""
    found = _PLAIN.fullmatch(text.strip().replace(" ", "").rstrip("%％"))
    return Decimal(found[0].replace(",", "").replace("，", "")) if found else None


def _element(
    writing: Writing, piece: Piece, words: str, kind: str, stated: Decimal, computed: Decimal, unit: str, slack: str = "0"
) -> Element:
    values = {"label": words, "kind": kind, "stated": stated, "computed": computed, "unit": unit, "slack": Decimal(slack)}
    return Element(values=values, place=place_of(writing, piece, words))


def figures(writing: Writing) -> Iterator[Element]:
    """Each figure with what comes out when it is computed."""
    for piece in writing.pieces:
        if piece.listed:
            continue
        for sentence in sentences(piece):
            yield from _in_words(writing, piece, sentence)
            yield from _parts(writing, piece, sentence)
            yield from _shares(writing, piece, sentence)
    at = {one.paragraph: one for one in writing.pieces if one.cell}
    for table in writing.tables:
        yield from _tables(writing, table, at)
    yield from _lists(writing)


def _amount(found: re.Match[str]) -> Decimal:
    return Decimal(found[1].replace(",", "").replace("，", "")) * TIMES[found[2]]


def _in_words(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    for one in _WORDS.finditer(sentence):
        whole = parse_numeral(one[1])
        near = [found for found in _MONEY.finditer(sentence) if found.end() <= one.start() and one.start() - found.end() < 25]
        if whole is None or not near:
            continue
        cents = sum(Decimal(parse_numeral(part[0]) or 0) / ten for part, ten in ((one[2], 10), (one[3], 100)) if part)
        spoken = Decimal(whole) + cents
        digits = _amount(near[-1])
        said = digits
        yield _element(writing, piece, one[0], "大写金额", spoken, said, "元")


def _parts(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    if "其中" not in sentence:
        return
    before, _, after = sentence.partition("其中")
    for pattern, scale in ((_MONEY, "元"), (_UNITS, "")):
        whole, parts = list(pattern.finditer(before)), list(pattern.finditer(after))
        if not whole or len(parts) < 2:
            continue
        if scale:
            stated, computed, unit = _amount(whole[-1]), sum((_amount(one) for one in parts), Decimal(0)), "元"
        else:
            parts = [one for one in parts if one[2] == whole[-1][2]]
            stated, computed, unit = Decimal(whole[-1][1]), sum((Decimal(one[1]) for one in parts), Decimal(0)), whole[-1][2]
        # Parts that do not reach the whole may leave something out; far below it, the unit is wrong.
        if len(parts) >= 2 and (computed >= stated or stated >= 100 * computed):
            yield _element(writing, piece, whole[-1][0], "总数与分项", stated, computed, unit)
            return


def _shares(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    shares = [Decimal(one[1]) for one in _SHARE.finditer(sentence)]
    if len(shares) < 2 or not re.search(r"承担|出资|分担|占比|比例|各占|筹集|筹措", sentence):
        return
    total = sum(shares, Decimal(0))
    if Decimal(85) <= total <= Decimal(130) and max(shares) < 100:
        first, *_, last = _SHARE.finditer(sentence)
        begin = max(sentence.rfind(sign, 0, first.start()) for sign in "，,：:；其中") + 1
        yield _element(writing, piece, sentence[max(begin, 0) : last.end()], "比例之和", total, Decimal(100), "%", "0.1")


def _tables(writing: Writing, table: WrittenTable, at: dict[int, Piece]) -> Iterator[Element]:
    rows = table.rows
    if len(rows) < 3:
        return
    head = rows[0]
    width = max(map(len, rows))
    found: list[tuple[int, int, str, Decimal, Decimal]] = []
    for column in range(1, width):
        header = head[column] if column < len(head) else ""
        if re.search(r"单价|备注|说明|编码|年份|序号|电话|费率", header):
            continue
        numbers = [number_in(row[column]) if column < len(row) else None for row in rows]
        found += _totals(rows, numbers, column)
    found += _products(rows, head)
    for row, column, kind, stated, computed in found:
        number = table.paragraphs[row][column]
        piece = at.get(number)
        if piece is not None:
            label = next((text for text in rows[row][:3] if text and number_in(text) is None and len(text) > 1 and text != "序号"), "")
            words = rows[row][column]
            made = _element(
                writing,
                piece,
                words,
                f"{kind}：{label}" if label else kind,
                stated,
                computed,
                "",
                "0.1" if "%" in head[column] or "占比" in head[column] else "0.011",
            )
            yield made


def _level(text: str) -> int:
    text = text.strip()
    if re.fullmatch(r"[一二三四五六七八九十]{1,3}[、.]?", text):
        return 1
    if re.fullmatch(r"[（(][一二三四五六七八九十]{1,3}[）)]", text):
        return 2
    if re.fullmatch(r"\d{1,3}[、.]?", text):
        return 3
    return 4 if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})+|[（(]\d{1,3}[）)]", text) else 0


def _totals(
    rows: tuple[tuple[str, ...], ...], numbers: list[Decimal | None], column: int
) -> Iterator[tuple[int, int, str, Decimal, Decimal]]:
    levels = [_level(row[0]) if row and row[0] else 0 for row in rows]
    sums = [any(_TOTAL.match(text.replace(" ", "")) for text in row[:2]) for row in rows]
    nested = len({level for level, total in zip(levels, sums, strict=True) if level and not total}) > 1
    since = 1
    for at in range(1, len(rows)):
        stated = numbers[at]
        if sums[at]:
            inner = [i for i in range(since, at) if numbers[i] is not None and not sums[i]]
            if nested:
                top = min(levels[i] for i in inner if levels[i]) if any(levels[i] for i in inner) else 0
                inner = [i for i in inner if levels[i] == top]
            if stated is not None and len(inner) >= 2:
                yield at, column, "合计", stated, sum((numbers[i] or Decimal(0) for i in inner), Decimal(0))
            if "小" in "".join(rows[at][:2]):
                since = at + 1
        elif nested and levels[at] and stated is not None:
            children = _children(levels, sums, at)
            if len(children) >= 2 and all(numbers[i] is not None for i in children):
                yield at, column, "小计", stated, sum((numbers[i] or Decimal(0) for i in children), Decimal(0))


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


def _products(rows: tuple[tuple[str, ...], ...], head: tuple[str, ...]) -> Iterator[tuple[int, int, str, Decimal, Decimal]]:
    def column(words: str) -> int | None:
        return next((at for at, text in enumerate(head) if re.search(words, text)), None)

    price, count, total = column("单价"), column("数量"), column("合价|总价|小计|金额")
    for at, row in enumerate(rows[1:], 1):
        if price is not None and count is not None and total is not None and max(price, count, total) < len(row):
            one, many, whole = (number_in(row[i]) for i in (price, count, total))
            if one is not None and many is not None and whole is not None:
                yield at, total, "单价×数量", whole, one * many
        elif total is not None and price is None and total < len(row) and (whole := number_in(row[total])) is not None:
            product = next((found for text in row if (found := _PRODUCT.match(text))), None)
            if product is not None:
                yield at, total, "备注算式", whole, Decimal(product[1]) * Decimal(product[2])


def _lists(writing: Writing) -> Iterator[Element]:
    """A list that says how many it holds, and its rows."""
    for table in writing.tables:
        own = [one for one in writing.pieces if one.heading == table.heading and not one.cell and not one.level]
        if not table.heading or not re.search(r"清单|目录|一览|名录|台账", table.heading[-1] + table.caption):
            continue
        if sum(other.heading == table.heading for other in writing.tables) != 1:
            continue
        for piece in own:
            found = _COUNT.search(piece.text)
            if found is None or not re.search(r"本清单|清单|本表|下表|目录", piece.text):
                continue
            rows = [row for row in table.rows[1:] if any(row) and not any(_TOTAL.match(text.replace(" ", "")) for text in row[:2])]
            begin = max(piece.text.rfind(sign, 0, found.start()) for sign in "，。；") + 1
            yield _element(writing, piece, piece.text[begin : found.end()], "清单行数", Decimal(found[1]), Decimal(len(rows)), found[2])
            break
