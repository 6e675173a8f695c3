"""The text of an instrument, taken apart into articles, paragraphs and items, and what can be held of a place without its words.

The words themselves are not kept: of each place a digest, the numbers and periods that it names, and whether it binds.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guiju.terms.quantities.numerals import parse_numeral

__all__ = ["ArticleText", "PlaceFacts", "digest_of", "facts_of", "measures_in", "read_articles", "start_of"]

_ARTICLE = re.compile(r"\*{0,2}第([零〇一二三四五六七八九十百]+)条(?:之([一二三四五六七八九十]+))?\*{0,2}(?:[\s\u3000]+|$)")
_HEADING = re.compile(r"#|第[零一二三四五六七八九十百]+[编章节](?:[\s\u3000]|$)")
_ITEM = re.compile(r"[(（]([一二三四五六七八九十]+)[)）]")
_SUBITEM = re.compile(r"[(（]?[0-9]{1,2}[)）.．、]")
# What stands after the last article: who issued it, under which number, on which day.
_TAIL = re.compile(r"(?:发文机关|发文字号|成文日期|附件|附录)[:：]|---|<!--|注[:：]")

_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千]+)"
_UNITS = {
    "个工作日": "workday",
    "工作日": "workday",
    "日": "day",
    "天": "day",
    "个月": "month",
    "月": "month",
    "年": "year",
    "周岁": "age",
    "小时": "hour",
    "时": "hour",
    "千克": "kilogram",
    "公斤": "kilogram",
    "米": "metre",
    "万元": "yuan4",
    "元": "yuan",
    "%": "percent",
}
_MEASURE = re.compile(rf"百分之({_NUMBER})|({_NUMBER})(万)?({'|'.join(_UNITS)})")
_COUNT = re.compile(rf"({_NUMBER})(?:种|类|项|个(?!工作日|月)|次|级|人|名|家|份|方面)")
_DAY = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
# 应急, 响应, 相应 are other words; 应对 is one unless it opens a clause.
_BINDS = re.compile(
    r"应当|应该|必须|不得|禁止|严禁|不可以|方可|只能|仅限于|只有|不予公开|(?<![响相对供适反效])应(?![急用答])(?!对)|[，。；、]应对|须|需(?=一次|经|在|定期|事先)"
)
_EASES = re.compile(r"原则上|一般(?!数据|行政|规定)|鼓励|支持(?!系统)|倡导|推动|可以|逐步|参照|根据情况")
# What eases a number that stands in the same sentence.
_EASES_NUMBER = re.compile(r"原则上|一般(?!数据|行政|规定)|鼓励|逐步")
_STARTS = re.compile(r"自([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日起(?:施行|实施)")


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article as it was read: its number (23-1 is 第二十三条之一), and its paragraphs, each with its items."""

    number: str
    paragraphs: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def words(self) -> str:
        """All its words in order."""
        return "\n".join("\n".join((lead, *items)) for lead, items in self.paragraphs)


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is held of a place: measures as `20 workday`, those of a sentence that eases with a `~`; whether a word binds, or eases."""

    measures: tuple[str, ...]
    binds: bool
    eases: bool


def read_articles(text: str) -> tuple[ArticleText, ...]:
    """The articles of a plain text or Markdown, in their order; what is no article (titles, contents, signatures) is passed over."""
    found: list[tuple[str, list[tuple[str, list[str]]]]] = []
    for line in map(_plain, text.splitlines()):
        head = _ARTICLE.match(line)
        if head is not None and _follows(_number(head), found):
            found.append((_number(head), []))
            line = line[head.end() :].strip()
        if not line or not found or _HEADING.match(line):
            continue
        if _TAIL.match(line):
            break
        paragraphs = found[-1][1]
        if (_ITEM.match(line) or (_SUBITEM.match(line) and paragraphs and paragraphs[-1][1])) and paragraphs:
            paragraphs[-1][1].append(line)
        else:
            paragraphs.append((line, []))
    return tuple(ArticleText(number, tuple((lead, tuple(items)) for lead, items in paragraphs)) for number, paragraphs in found)


def _plain(line: str) -> str:
    return line.replace("\u3000", " ").replace("\xa0", " ").strip().replace("**", "")


def _number(head: re.Match[str]) -> str:
    number = parse_numeral(head[1])
    inserted = parse_numeral(head[2]) if head[2] else None
    return f"{number}-{inserted}" if inserted else str(number)


def _follows(number: str, found: list[tuple[str, list[tuple[str, list[str]]]]]) -> bool:
    """Whether an article of that number may stand here: a line of a paragraph may open with 第三条 too."""
    last = int(found[-1][0].partition("-")[0]) if found else 0
    return int(number.partition("-")[0]) in (last, last + 1)


def digest_of(words: str) -> str:
    """Twelve hexadecimal digits that change when a word does, and not with blanks, widths or marks of emphasis."""
    plain = unicodedata.normalize("NFKC", words)
    return hashlib.sha256("".join(plain.split()).encode()).hexdigest()[:12]


def facts_of(words: str) -> PlaceFacts:
    """What the words of a place name and how they speak."""
    return PlaceFacts(
        measures=tuple(sorted(measures_in(words))), binds=_BINDS.search(words) is not None, eases=_EASES.search(words) is not None
    )


def measures_in(words: str) -> frozenset[str]:
    """Every number with its unit, and every civil day; `~` marks one whose sentence eases (原则上, 一般, 可以)."""
    found: set[str] = set()
    for sentence in re.split(r"[。；;\n]", _unspaced(words)):
        mark = "~" if _EASES_NUMBER.search(sentence) else ""
        days = tuple(_DAY.finditer(sentence))
        found |= {f"{date(*map(int, one.groups())).isoformat()}{mark}" for one in days}
        found |= {f"{measure}{mark}" for measure in _measures(_DAY.sub("", sentence))}
    return frozenset(found)


def _unspaced(words: str) -> str:
    return re.sub(r"[ \t]+", "", unicodedata.normalize("NFKC", words))


def _measures(sentence: str) -> Iterator[str]:
    for one in _MEASURE.finditer(sentence):
        percent, number, ten_thousand, unit = one.groups()
        value = _value(percent or number)
        if value is None:
            continue
        kind = "percent" if percent else _UNITS[unit]
        if ten_thousand or kind == "yuan4":
            value, kind = value * 10_000, "yuan" if kind in ("yuan", "yuan4") else kind
        yield f"{value:f} {kind}"
    # 每年 is once a year.
    yield from ("1 year" for _ in re.finditer(r"每年", sentence))
    for one in _COUNT.finditer(sentence):
        if (value := _value(one[1])) is not None:
            yield f"{value:f} count"


def _value(text: str) -> Decimal | None:
    if text[0].isdigit():
        return Decimal(text)
    number = parse_numeral(text)
    return Decimal(number) if number is not None else None


def start_of(articles: tuple[ArticleText, ...]) -> date | None:
    """The first day in force as the last article says it; None where it does not."""
    found = _STARTS.search(_unspaced(articles[-1].words)) if articles else None
    return date(*map(int, found.groups())) if found is not None else None
