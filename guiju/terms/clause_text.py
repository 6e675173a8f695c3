"""Reads what people write for a numbered place: `第十五条第二款第(三)项`, `二(三)2`, `5.2.1 b)`, `art 15 para 2`.

Whatever cannot be read as a place gives None; nothing is guessed. Text is folded first, so that full-width letters and
brackets read as their narrow sisters.
"""

import re
import unicodedata
from itertools import pairwise

from guiju.terms.clause import LARGEST_NUMBER, ClauseLevel, ClauseRef, ClauseStep

__all__ = ["LONGEST", "clause_from_key", "parse_chinese_number", "parse_clause", "parse_clauses"]

LONGEST = 200

_NUMERAL = "零〇一二三四五六七八九十百两"
_VALUE = {**{char: at for at, char in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_LEVEL_OF_WORD = {
    "章": ClauseLevel.CHAPTER,
    "节": ClauseLevel.DIVISION,
    "条": ClauseLevel.ARTICLE,
    "款": ClauseLevel.PARAGRAPH,
    "项": ClauseLevel.ITEM,
    "目": ClauseLevel.SUBITEM,
}
_RANK = (
    ClauseLevel.CHAPTER,
    ClauseLevel.DIVISION,
    ClauseLevel.ARTICLE,
    ClauseLevel.PARAGRAPH,
    ClauseLevel.ITEM,
    ClauseLevel.SUBITEM,
)
_ZH_STEP = re.compile(rf"第?\(?([{_NUMERAL}]+|[0-9]{{1,3}})\)?([章节条款项目])(?:之([{_NUMERAL}]+))?")
_ZH_BARE_ITEM = re.compile(rf"\(([{_NUMERAL}]+|[0-9]{{1,3}})\)")
_EN_STEP = re.compile(
    r"(chapter|division|article|art|paragraph|para|subparagraph|item|subitem|sub-item)s?\.?\s*\(?([0-9]{1,3})(?:-([0-9]{1,2}))?\)?"
)
_EN_LEVEL = {
    "chapter": ClauseLevel.CHAPTER,
    "division": ClauseLevel.DIVISION,
    "article": ClauseLevel.ARTICLE,
    "art": ClauseLevel.ARTICLE,
    "paragraph": ClauseLevel.PARAGRAPH,
    "para": ClauseLevel.PARAGRAPH,
    "subparagraph": ClauseLevel.ITEM,
    "item": ClauseLevel.ITEM,
    "subitem": ClauseLevel.SUBITEM,
    "sub-item": ClauseLevel.SUBITEM,
}
_HEADING = re.compile(rf"([{_NUMERAL}]+)、?(?:\(([{_NUMERAL}]+)\)、?(?:([0-9]{{1,3}})[.、]?(?:\(([0-9]{{1,3}})\))?)?)?")
_EN_HEADING = re.compile(r"heading ([0-9]{1,3})(?:\(([0-9]{1,3})\)(?:([0-9]{1,3})(?:\(([0-9]{1,3})\))?)?)?")
_LISTS = r"((?:\s*(?:[a-z]|[0-9]{1,2})\)){0,3})"
_SECTION = re.compile(rf"(?:(?:clause|section|第)\s*)?([0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{0,6}})章?{_LISTS}")
_ANNEX = re.compile(rf"(?:附录|annex|appendix)\s*([a-z])((?:\.[0-9]{{1,3}}){{0,6}}){_LISTS}")
_TABLE = re.compile(r"(表|图|table|figure)\s*([a-z]\.)?([0-9]{1,3}(?:[.\-][0-9]{1,3})?)")
_LIST_SEPARATOR = re.compile(r"[、/;；]|\s*,\s*|\s+and\s+|和|及")
_RANGE = re.compile(rf"第?([{_NUMERAL}]+|[0-9]{{1,3}})[至到\-~—]第?([{_NUMERAL}]+|[0-9]{{1,3}})([章条款项])")


def parse_chinese_number(text: str) -> int | None:
    """A Chinese or ASCII numeral from 1 to 999; None for anything else, `二三` and `十十` included."""
    if text.isascii() and text.isdigit():
        value = int(text) if len(text) <= 3 else 0
        return value or None
    found = re.fullmatch(r"(?:([一二两三四五六七八九])百)?(?:([零〇])|([一二三四五六七八九])?十)?([一二三四五六七八九])?", text)
    if not text or not found:
        return None
    hundreds, zero, tens, ones = found.groups()
    has_ten = "十" in text
    if (zero and (not hundreds or not ones)) or (hundreds and ones and not zero and not has_ten):
        return None
    value = (_VALUE[hundreds] * 100 if hundreds else 0) + (10 * _VALUE[tens or "一"] if has_ten else 0)
    value += _VALUE[ones] if ones else 0
    return value if 0 < value <= LARGEST_NUMBER else None


def parse_clause(text: str) -> ClauseRef | None:
    """The place that the text names, in Chinese or English; None when it names none, or more than one."""
    if len(text) > LONGEST:
        return None
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    if not folded:
        return None
    for read in (_articles_zh, _articles_en, _headings, _tables, _annexes, _sections):
        found = read(folded)
        if found is not None:
            return found
    return None


def parse_clauses(text: str) -> tuple[ClauseRef, ...] | None:
    """The places of a list such as `第七条/第八条`, `第二十一条第一、二款`, `第二至六章`; None when any part cannot be read."""
    if len(text) > LONGEST:
        return None
    folded = unicodedata.normalize("NFKC", text).strip()
    one = parse_clause(folded)
    if one is not None:
        return (one,)
    spread = _range(folded)
    if spread is not None:
        return spread
    return _listed(tuple(part for part in _LIST_SEPARATOR.split(folded) if part.strip()))


def clause_from_key(key: str) -> ClauseRef | None:
    """The reference whose `key` this is; None for a named place, whose name a key does not carry."""
    if len(key) > LONGEST or not key.isascii():
        return None
    if found := re.fullmatch(r"h([0-9]{1,3}(?:-[0-9]{1,3}){0,3})", key):
        return _ref([(ClauseLevel.HEADING, part) for part in found[1].split("-")])
    if found := re.fullmatch(r"s([0-9]{1,3}(?:\.[0-9]{1,3})*)((?:\.[a-z](?:\.[0-9]{1,2})?)?)", key):
        return _ref(_dotted(found[1]) + [(ClauseLevel.LIST, part) for part in found[2].split(".") if part])
    if found := re.fullmatch(r"annex([A-Z])((?:\.[0-9]{1,3})*)((?:\.[a-z](?:\.[0-9]{1,2})?)?)", key):
        lists = [(ClauseLevel.LIST, part) for part in found[3].split(".") if part]
        return _ref([(ClauseLevel.ANNEX, found[1]), *_dotted(found[2].strip(".")), *lists])
    if found := re.fullmatch(r"(table|figure)((?:[A-Z]\.)?[0-9]{1,3}(?:[.\-][0-9]{1,3})?)", key):
        return _ref([(ClauseLevel(found[1]), found[2])])
    return _article_key(key)


def _article_key(key: str) -> ClauseRef | None:
    words = {"ch": ClauseLevel.CHAPTER, "div": ClauseLevel.DIVISION, "art": ClauseLevel.ARTICLE}
    words |= {"para": ClauseLevel.PARAGRAPH, "item": ClauseLevel.ITEM, "subitem": ClauseLevel.SUBITEM}
    due = ClauseLevel.ARTICLE
    steps: list[tuple[ClauseLevel, str]] = []
    for part in key.split("."):
        found = re.fullmatch(r"(ch|div|art|para|item|subitem)?([0-9]{1,3}(?:-[0-9]{1,2})?)", part)
        if not found:
            return None
        level = words[found[1]] if found[1] else due
        steps.append((level, found[2]))
        due = _RANK[min(max(_RANK.index(level), 1) + 1, len(_RANK) - 1)]
    return _ref(steps) if _descends(steps) else None


def _ref(steps: list[tuple[ClauseLevel, str]]) -> ClauseRef:
    return ClauseRef.of(ClauseStep(level, number) for level, number in steps)


def _descends(steps: list[tuple[ClauseLevel, str]]) -> bool:
    ranks = [_RANK.index(level) for level, _ in steps]
    return all(low < high for low, high in pairwise(ranks))


def _articles_zh(text: str) -> ClauseRef | None:
    text = re.sub(r"\s+", "", text)
    steps: list[tuple[ClauseLevel, str]] = []
    at = 0
    while at < len(text):
        step, bare = _ZH_STEP.match(text, at), _ZH_BARE_ITEM.match(text, at)
        # `第9章` in Arabic digits is how a standard is cited; a law writes 第九章.
        if step and not (step[1].isascii() and step[2] == "章") and (at or text.startswith("第")):
            level, number, inserted, at = _LEVEL_OF_WORD[step[2]], step[1], step[3], step.end()
        elif bare and steps and steps[-1][0] in (ClauseLevel.ARTICLE, ClauseLevel.PARAGRAPH):
            level, number, inserted, at = ClauseLevel.ITEM, bare[1], None, bare.end()
        else:
            return None
        value, extra = parse_chinese_number(number), parse_chinese_number(inserted) if inserted else 0
        if value is None or extra is None:
            return None
        steps.append((level, f"{value}-{extra}" if extra else str(value)))
    return _ref(steps) if steps and _descends(steps) else None


def _articles_en(text: str) -> ClauseRef | None:
    steps: list[tuple[ClauseLevel, str]] = []
    at = 0
    while at < len(text):
        found = _EN_STEP.match(text, at)
        if not found or int(found[2]) == 0:
            return None
        inserted = f"-{int(found[3])}" if found[3] else ""
        steps.append((_EN_LEVEL[found[1]], f"{int(found[2])}{inserted}"))
        at = found.end()
        while at < len(text) and text[at] in " ,":
            at += 1
    return _ref(steps) if steps and _descends(steps) else None


def _headings(text: str) -> ClauseRef | None:
    found = _HEADING.fullmatch(re.sub(r"\s+", "", text)) or _EN_HEADING.fullmatch(re.sub(r"\s+", " ", text))
    if not found:
        return None
    numbers = [parse_chinese_number(part) for part in found.groups() if part]
    steps = [(ClauseLevel.HEADING, str(number)) for number in numbers if number is not None]
    return _ref(steps) if len(steps) == len(numbers) else None


def _tables(text: str) -> ClauseRef | None:
    found = _TABLE.fullmatch(text)
    if not found:
        return None
    level = ClauseLevel.TABLE if found[1] in ("表", "table") else ClauseLevel.FIGURE
    return _ref([(level, (found[2] or "").upper() + found[3])])


def _annexes(text: str) -> ClauseRef | None:
    found = _ANNEX.fullmatch(text)
    if not found:
        return None
    return _ref([(ClauseLevel.ANNEX, found[1].upper()), *_dotted(found[2].strip(".")), *_lists(found[3])])


def _sections(text: str) -> ClauseRef | None:
    found = _SECTION.fullmatch(text)
    if not found or text.startswith("第") is not ("章" in text) or ("章" in text and "." in found[1]):
        return None
    return _ref(_dotted(found[1]) + _lists(found[2]))


def _dotted(numbers: str) -> list[tuple[ClauseLevel, str]]:
    return [(ClauseLevel.SECTION, str(int(part))) for part in numbers.split(".") if part]


def _lists(text: str) -> list[tuple[ClauseLevel, str]]:
    return [(ClauseLevel.LIST, part) for part in re.findall(r"[a-z]|[0-9]+", text)]


def _range(text: str) -> tuple[ClauseRef, ...] | None:
    found = _RANGE.fullmatch(text)
    if not found:
        return None
    first, last = parse_chinese_number(found[1]), parse_chinese_number(found[2])
    if first is None or last is None or not first < last:
        return None
    level = _LEVEL_OF_WORD[found[3]]
    return tuple(_ref([(level, str(number))]) for number in range(first, last + 1))


def _listed(parts: tuple[str, ...]) -> tuple[ClauseRef, ...] | None:
    found: list[ClauseRef] = []
    for at, part in enumerate(parts):
        ref = parse_clause(part) or _completed(part, parts[at + 1 :])
        if ref is None:
            return None
        # `第十五条第一款、第二款`: a part without its article stands in the article before it.
        if found and ref.steps[0].level in _RANK[3:]:
            above = tuple(s for s in found[-1].steps if _RANK.index(s.level) < _RANK.index(ref.steps[0].level))
            ref = ClauseRef.of(above + ref.steps)
        found.append(ref)
    return tuple(found) or None


def _completed(part: str, later: tuple[str, ...]) -> ClauseRef | None:
    """`第二十一条第一` before `二款` means 第二十一条第一款, `第7` before `9章` means 第7章: the word stands once, last."""
    for word in (text[-1] for text in (*later, part) if text and text[-1] in "章节条款项"):
        candidate = part if part.endswith(word) else part + word
        return parse_clause(candidate) or parse_clause("第" + candidate)
    return None
