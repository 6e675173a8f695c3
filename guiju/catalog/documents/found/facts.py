"""Facts out of text, by what the register 文稿抽取 says: labels in tables and lines, patterns with typed holes; rivals are kept."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from guiju.catalog.documents.found.context import is_bound, is_elsewhere, is_past
from guiju.catalog.documents.found.patterns import TIMES, amount_of, amount_of_words, compiled, parted, period_of
from guiju.catalog.documents.found.stages import months_of_span
from guiju.catalog.documents.found.written import heads_of, number_in, unit_above, unit_of_caption
from guiju.catalog.documents.model import Piece, Writing, WrittenTable
from guiju.catalog.documents.spots import Element, is_prose, place_of, sentences
from guiju.catalog.records.place import Place
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Mention", "Wanted", "mentions", "rivals", "wanted_facts"]

_NOT = re.compile(r"[不未无非免勿][^，。；、]{0,8}$|是否$|严禁[^，。；]{0,6}$|禁止[^，。；]{0,6}$|避免[^，。；]{0,6}$")
_LABEL = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?([一-龥（）()/]{2,14}?)\s*[：:]\s*(\S.{0,80})$")
_FORMS = re.compile(r"[\s：:]|[（(](?:万元|亿元|元|个月|月|盖章|公章|人民币)[）)]|^\d{1,2}[.、]")
# 总工期18个月，其中施工工期12个月: what is said of a part is not the fact.
_OF_PART = re.compile(r"(?:其中[：:]?|标段|阶段|单项|子项|分项)[^，。；、]{0,4}$")
_ROUND = Decimal("0.005")
# In words alone, or in digits with the sign of the yuan and no word for it.
_WRITTEN_AMOUNT = re.compile(r"[¥￥]?.*?(?:([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{3,30})[元圆]|[¥￥]\s*(\d[\d,]*(?:\.\d+)?)(?!\s*[万亿\d]))")
_WHOLE_HEAD = re.compile(r"合计|总计|总价|合价|小计|总投资|总金额|总额")
_MONEY_HEAD = re.compile(r"金额|投资|估算|概算|预算|费用(?!名称|项目)|经费|造价")


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be read: the fact, the labels and patterns by which it is known, and the field of a shape that it fills."""

    fact: str
    kind: str
    labels: tuple[str, ...]
    patterns: tuple[str, ...]
    fills: str


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place at which a fact is stated: its value in base units, and as it was written; `firm` in a table or on the cover."""

    fact: str
    value: str
    written: str
    place: Place
    fills: str
    firm: bool = False


def wanted_facts(rows: Sequence[Sequence[str]]) -> tuple[Wanted, ...]:
    """The rows of the register: fact, kind of value, labels, patterns, field."""
    return tuple(
        Wanted(
            fact=row[0].strip(),
            kind=row[1].strip(),
            labels=parted(row[2]),
            patterns=parted(row[3], ",，"),
            fills=row[4].strip().strip("-") if len(row) > 4 else "",
        )
        for row in rows
        if len(row) >= 4
    )


def mentions(writing: Writing, wanted: Sequence[Wanted], cities: Sequence[str] = ()) -> Iterator[Mention]:
    """Every mention of every wanted fact, in reading order of its kind."""
    at = {one.paragraph: one for one in writing.pieces if one.cell}
    told = [(one, sentences(one)) for one in writing.pieces if is_prose(one) and not is_past(one)]
    for one in wanted:
        for table in writing.tables:
            yield from _labelled(writing, table, one, at)
        for piece, said in told:
            line = _line(writing, piece, one)
            if line is not None:
                yield line
                continue
            for sentence in said:
                named = _line(writing, replace(piece, text=sentence), one) if one.kind == "文本" else None
                if named is not None:
                    yield named
                else:
                    yield from _said(writing, piece, sentence, one, cities)


def _line(writing: Writing, piece: Piece, wanted: Wanted) -> Mention | None:
    """A line of its own that says label: value."""
    found = _LABEL.match(piece.text) if len(piece.text) < 120 else None
    if found is None or _FORMS.sub("", found[1]) not in wanted.labels:
        return None
    text = found[2].strip().rstrip("。；;")
    value, words = _cell_value(text, wanted.kind, None)
    if value is None:
        return None
    return Mention(fact=wanted.fact, value=value, written=words, place=place_of(writing, piece, words), fills=wanted.fills, firm=True)


def _said(writing: Writing, piece: Piece, sentence: str, wanted: Wanted, cities: Sequence[str]) -> Iterator[Mention]:
    taken: list[tuple[int, int]] = []
    for pattern in wanted.patterns:
        for found in compiled(pattern).finditer(sentence):
            if any(found.start() < end and begin < found.end() for begin, end in taken):
                continue
            if is_elsewhere(sentence, found.start(), cities) or is_bound(sentence, found.start(), found.end()):
                continue
            if _OF_PART.search(sentence, 0, found.start()):
                continue
            yes = "yes" in found.groupdict()
            if yes and (_NOT.search(sentence, 0, found.start()) or _NOT.search(found[0])):
                continue
            value = _value(found, wanted.kind)
            if value is not None:
                taken.append(found.span())
                yield Mention(fact=wanted.fact, value=value, written=found[0], place=place_of(writing, piece, found[0]), fills=wanted.fills)


def _value(found: re.Match[str], kind: str) -> str | None:
    groups = found.groupdict()
    if "yes" in groups:
        return "是"
    if "no" in groups:
        return "否"
    if groups.get("money"):
        return _plain(amount_of(found))
    if groups.get("period"):
        return _period(found)
    return str(int(groups["count"].replace(",", ""))) if groups.get("count") else found[0]


def _period(found: re.Match[str]) -> str | None:
    """Months where it comes out in months: 360 days are 12 of them."""
    period = period_of(found)
    if period is None:
        return None
    number, unit = period
    if unit == "天" and number >= 60 and number % 30 == 0:
        number, unit = number / 30, "个月"
    return f"{format(number.normalize(), 'f')} {unit}"


def _plain(amount: Decimal) -> str:
    return f"{format(amount.normalize(), 'f')}元"


def _labelled(writing: Writing, table: WrittenTable, wanted: Wanted, at: dict[int, Piece]) -> Iterator[Mention]:
    unit = unit_of_caption(table)
    for number, row in enumerate(table.rows):
        for column, text in enumerate(row[:-1]):
            if len(text) > 24 or _FORMS.sub("", text) not in wanted.labels:
                continue
            cell = _beside(table, number, column, wanted.kind)
            if cell is None:
                continue
            own = re.search(r"[（(](亿|千万|百万|万)?元[）)]", text)
            scale = own[1] or "" if own else unit if unit is not None else unit_above(table, cell)
            value, words = _cell_value(row[cell], wanted.kind, scale)
            piece = at.get(table.paragraphs[number][cell])
            if value is not None and piece is not None:
                place = place_of(writing, piece, words)
                yield Mention(fact=wanted.fact, value=value, written=words, place=place, fills=wanted.fills, firm=True)


def _beside(table: WrittenTable, number: int, column: int, kind: str) -> int | None:
    """The column of the value: the next one that says something; of an amount, in a table of several, the one headed as the total."""
    row = table.rows[number]
    filled = [i for i in range(column + 1, len(row)) if row[i].strip()]
    if kind == "金额" and number and len(filled) > 1 and all(number_in(row[i]) is not None for i in filled[:2]):
        head = heads_of(table)
        whole = next((i for i in filled if any(_WHOLE_HEAD.match(re.sub(r"\s", "", one[i])) for one in head if i < len(one))), None)
        amount = next((i for i in filled if any(_MONEY_HEAD.search(one[i]) for one in head if i < len(one))), None)
        # Which of several amounts is meant is not guessed.
        return whole if whole is not None else amount
    return filled[0] if filled else None


def _cell_value(text: str, kind: str, unit: str | None) -> tuple[str | None, str]:
    said = text.strip()
    if kind in ("文本", "日期"):
        return (said or None if len(said) < 80 else None), said
    if kind == "是":
        yes = re.match(r"(是|否)(?:$|[，。（(])", said)
        return (yes[1] if yes else None), said
    months = months_of_span(said) if kind == "期限" else None
    if months is not None and re.search(r"共(?:计)?\s*\d+\s*个?月", said) is None:
        return f"{months} 个月", said
    found = compiled("{" + kind + "}").search(said) if len(said) < 80 else None
    if found is not None and kind != "数":
        value = _value(found, kind)
        if kind == "期限" and (ends := re.search(r"共(?:计)?\s*(\d+)\s*个?月", said)):
            value = f"{ends[1]} 个月"
        return value, said
    if kind == "金额" and len(said) < 80 and (spoken := _WRITTEN_AMOUNT.search(said)) is not None:
        amount = amount_of_words(spoken[1]) if spoken[1] else Decimal(spoken[2].replace(",", ""))
        return (_plain(amount) if amount else None), said
    number = number_in(said)
    if number is not None and kind == "金额" and unit is not None:
        return _plain(number * TIMES[unit]), said
    return (str(number) if number is not None and kind == "数" else None), said


def rivals(found: Sequence[Mention]) -> Iterator[Element]:
    """The mentions that differ from what most places say; where as many say either, those that stand in a table or on the cover count.

    The field `usual` stands where the other value does, so that a finding names both places.
    """
    by_fact: dict[str, list[Mention]] = {}
    for one in found:
        by_fact.setdefault(one.fact, []).append(one)
    for fact, all_of in by_fact.items():
        counts = Counter(one.value for one in all_of)
        if len(counts) < 2 or _alike(counts):
            continue
        firm = Counter(one.value for one in all_of if one.firm)
        first = {value: at for at, value in reversed(list(enumerate(one.value for one in all_of)))}
        usual = min(counts, key=lambda value: (-counts[value] - firm[value], first[value]))
        other = next(one for one in all_of if one.value == usual)
        for one in all_of:
            if one.value != usual:
                elsewhere = f"{other.written}（{other.place.heading or '封面'}）"
                values = {"label": one.written, "fact": fact, "value": one.value, "usual": usual, "elsewhere": elsewhere}
                yield Element(values=values, place=one.place, others={"usual": other.place, "elsewhere": other.place})


def _alike(counts: Counter[str]) -> bool:
    """Whether amounts differ by rounding alone: 0.5 per cent, and written with fewer digits."""
    if not all(re.fullmatch(r"[\d.]+元", value) for value in counts):
        return False
    amounts = [Decimal(value[:-1]) for value in counts]
    digits = {len(str(one.normalize().as_tuple().digits).strip("0")) for one in amounts}
    return max(amounts) - min(amounts) <= _ROUND * max(amounts) and len(digits) > 1 and _rounds(amounts)


def _rounds(amounts: list[Decimal]) -> bool:
    """Whether the least exact amount is what the others come to when they are rounded to its digits."""
    fewest = min(amounts, key=lambda one: len(one.normalize().as_tuple().digits))
    exponent = fewest.normalize().as_tuple().exponent
    step = Decimal(1).scaleb(int(exponent))
    return all(abs(one - fewest) <= step / 2 for one in amounts)
