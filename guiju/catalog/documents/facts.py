"""Facts out of text, by what the register 文稿抽取 says: labels in tables, patterns with typed holes; rivals are kept."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from guiju.catalog.documents.figures import TIMES, number_in
from guiju.catalog.documents.model import Piece, Writing, WrittenTable
from guiju.catalog.documents.spots import Element, place_of, sentences
from guiju.catalog.records.place import Place
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Mention", "Wanted", "mentions", "rivals", "wanted_facts"]

_HOLES = {
    "金额": r"(?P<money>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<times>亿|千万|百万|万)?元",
    "期限": r"(?P<period>\d{1,3})\s*(?:个)?(?P<span>月|年|日|天)",
    "数": r"(?P<count>\d{1,7})",
    "是": r"(?P<yes>)",
}
_ELSEWHERE = re.compile(
    r"已建成|邻近|相邻|参考|案例|外地|深圳|北京|上海|杭州|以前|此前|原有|不低于|不少于|低于|高于|超过|以上|以下|限额|门槛|同类|一期|其他项目|他项目"
)
_PAST = re.compile(r"现状|问题|背景|案例|必要性")
_NOT = re.compile(r"[不未无非免]$|不再$|不得$|无需$|不需$|是否$|不予$")


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
    """One place at which a fact is stated: its value in base units, and as it was written."""

    fact: str
    value: str
    written: str
    place: Place
    fills: str


def wanted_facts(rows: Sequence[Sequence[str]]) -> tuple[Wanted, ...]:
    """The rows of the register: fact, kind of value, labels, patterns, field."""
    return tuple(
        Wanted(
            fact=row[0].strip(),
            kind=row[1].strip(),
            labels=_parted(row[2]),
            patterns=_parted(row[3]),
            fills=row[4].strip() if len(row) > 4 else "",
        )
        for row in rows
        if len(row) >= 4
    )


def _parted(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in re.split(r"[,，、]", text) if one.strip() and one.strip() != "-")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^}]*\}|…)", pattern)
    made = "".join(
        _HOLES.get(part[1:-1], re.escape(part)) if part.startswith("{") else r"[^，。；、]{0,10}?" if part == "…" else re.escape(part)
        for part in parts
    )
    return re.compile(made)


def mentions(writing: Writing, wanted: Sequence[Wanted]) -> Iterator[Mention]:
    """Every mention of every wanted fact, in reading order of its kind."""
    at = {one.paragraph: one for one in writing.pieces if one.cell}
    for one in wanted:
        for table in writing.tables:
            yield from _labelled(writing, table, one, at)
        for piece in writing.pieces:
            if piece.cell or piece.level or piece.listed or any(_PAST.search(part) for part in piece.heading):
                continue
            for sentence in sentences(piece):
                yield from _said(writing, piece, sentence, one)


def _said(writing: Writing, piece: Piece, sentence: str, wanted: Wanted) -> Iterator[Mention]:
    for pattern in wanted.patterns:
        for found in _compiled(pattern).finditer(sentence):
            before = sentence[max(0, found.start() - 14) : found.start()]
            before = re.split(r"[，。；：:]", before)[-1]
            if _ELSEWHERE.search(before) or _ELSEWHERE.search(found[0]) or (wanted.kind == "是" and _NOT.search(before)):
                continue
            value = _value(found, wanted.kind)
            if value is not None:
                yield Mention(fact=wanted.fact, value=value, written=found[0], place=place_of(writing, piece, found[0]), fills=wanted.fills)


def _value(found: re.Match[str], kind: str) -> str | None:
    groups = found.groupdict()
    if kind == "是":
        return "是"
    if groups.get("money"):
        amount = Decimal(re.sub("[,，]", "", groups["money"])) * TIMES[groups.get("times") or ""]
        return _plain(amount)
    if groups.get("period"):
        months = groups["span"] in "月年"
        return f"{int(groups['period']) * (12 if groups['span'] == '年' else 1)} {'个月' if months else '天'}"
    return str(int(groups["count"])) if groups.get("count") else found[0]


def _plain(amount: Decimal) -> str:
    text = format(amount.normalize(), "f")
    return f"{text}元"


def _labelled(writing: Writing, table: WrittenTable, wanted: Wanted, at: dict[int, Piece]) -> Iterator[Mention]:
    unit = re.search(r"[（(]?单位[:：]\s*(亿|千万|百万|万)?元", table.caption)
    for number, row in enumerate(table.rows):
        for column, text in enumerate(row[:-1]):
            if re.sub(r"[\s：:]", "", text) not in wanted.labels:
                continue
            cell = next((i for i in range(column + 1, len(row)) if row[i].strip()), None)
            if cell is None:
                continue
            value, words = _cell_value(row[cell], wanted.kind, unit[1] or "" if unit else _unit_above(table, cell))
            piece = at.get(table.paragraphs[number][cell])
            if value is not None and piece is not None:
                yield Mention(fact=wanted.fact, value=value, written=words, place=place_of(writing, piece, words), fills=wanted.fills)
            break


def _unit_above(table: WrittenTable, column: int) -> str | None:
    header = table.rows[0][column] if column < len(table.rows[0]) else ""
    found = re.search(r"[（(](亿|千万|百万|万)?元[）)]", header)
    return (found[1] or "") if found else None


def _cell_value(text: str, kind: str, unit: str | None) -> tuple[str | None, str]:
    said = text.strip()
    if kind in ("文本", "日期"):
        return said or None, said
    if kind == "是":
        return (said if said in ("是", "否") else None), said
    found = _compiled("{" + kind + "}").search(said)
    if found is not None and kind != "数":
        return _value(found, kind), said
    number = number_in(said)
    if number is not None and kind == "金额" and unit is not None:
        return _plain(number * TIMES[unit]), said
    return (_plain(number).rstrip("元") if number is not None and kind == "数" else None), said


def rivals(found: Sequence[Mention]) -> Iterator[Element]:
    """The mentions that differ from what most places say; where as many say either, those that come after the first."""
    by_fact: dict[str, list[Mention]] = {}
    for one in found:
        by_fact.setdefault(one.fact, []).append(one)
    for fact, all_of in by_fact.items():
        counts = Counter(one.value for one in all_of)
        if len(counts) < 2:
            continue
        first = {value: at for at, value in reversed(list(enumerate(one.value for one in all_of)))}
        usual = min(counts, key=lambda value: (-counts[value], first[value]))
        other = next(one for one in all_of if one.value == usual)
        for one in all_of:
            if one.value != usual:
                elsewhere = f"{other.written}（{other.place.heading or '封面'}）"
                yield Element(
                    values={"label": one.written, "fact": fact, "value": one.value, "usual": usual, "elsewhere": elsewhere}, place=one.place
                )
