"""Numbers of things: the same things counted differently, so many for each of so many, and lists that say how long they are."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from guiju.catalog.documents.found.context import is_bound, is_elsewhere, is_past
from guiju.catalog.documents.found.figures import COUNTED, figure
from guiju.catalog.documents.found.sums import is_total
from guiju.catalog.documents.found.written import head_of, number_in
from guiju.catalog.documents.model import Piece, Writing, WrittenTable
from guiju.catalog.documents.spots import Element, is_prose, place_of, sentences
from guiju.catalog.records.place import Place
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.quantities.numerals import parse_numeral

__all__ = ["count_rivals", "each_figures", "list_lengths"]

_NUMBER = r"(?<![\d.,])(\d{1,7}|\d{1,3}(?:,\d{3})+)(?![\d.,]*[年月日%％元])"
_BEFORE = re.compile(
    rf"([一-龥A-Za-z0-9]{{1,14}}?)(?:数量|规模|总数|总量)?(?:为|共计|共|合计|总计|约|计)?\s*{_NUMBER}\s*([{COUNTED}])(?!月|工作日|百分点)"
)
_MEASURED = re.compile(rf"{_NUMBER}\s*([{COUNTED}])(?!月|工作日|百分点)")
_THING = re.compile(r"([一-龥A-Za-z0-9]{1,14}?)(?:数量|规模|总数|总量)?(?:为|共计|共|合计|总计|约|计)?\s*\Z")
_AFTER = re.compile(rf"{_NUMBER}\s*([{COUNTED}])(?:新的|的)?([一-龥A-Za-z0-9]{{2,10}})")
_LEAD = re.compile(
    r"^.*(?:本次|本项目|项目|本期|共计|共有|共|合计|总计|拟|计划|将|需要|需|对|为|在|有|设|含|的|及|和|与|了|由|把|其中|包括)(?=[一-龥A-Za-z0-9]{2,})"
)
_VERBS = re.compile(
    r"^(?:接入|新增|增加|建设|部署|配置|配备|布设|布置|安装|加装|覆盖|涉及|实施|完成|采购|购置|设置|建成|汇聚|整合|改造|升级|更换|管理|服务(?!点|站|中心|网点|器|台|窗|大厅|区|队|团)|开展|打造|投放|补充|补点|拟建|已建)+"
)
_KINDS = (
    ("新", re.compile(r"新建|新立|新装|新设|新购")),
    ("旧", re.compile(r"利旧|利用|更换|既有|现有|迁移|拆除|保留")),
)
_KINDS_LEAD = re.compile(r"^(?:新建|新立|新装|新设|新购|利旧|利用|更换|既有|现有|移动(?=摄))")
_ENDS = re.compile(r"(?:总数|数量|规模|等)$|^(?:[共合总]计?|计)$")
_PART = re.compile(
    r"其中|每|各|单|某|另|试点|备用|第|余|含|至少|分别|平均|日均|月均|以上|以下|[一-龥]{2}(?:[区县街镇]|路(?!口|灯|由|侧|段|内|网))(?![一-龥]*平台)|[一二三四]期|年(?!度)"
)
_EACH = re.compile(
    rf"每一?([个家处座根套台所条路村户])?([一-龥]{{0,8}}?)(?:各|均|分别)?(?:(?:配置|配备|配发|配设|布设|布置|安装|加装|安排|设置|设有|部署|建设|投放|发放|接入|驻|派|装|设|配|放)([一-龥]{{0,10}}?)|())(\d+)\s*([{COUNTED}])"
    rf"((?:、[一-龥]{{2,8}}\d+\s*[{COUNTED}])*)"
)
_ITEM = re.compile(rf"、([一-龥]{{2,8}})(\d+)\s*([{COUNTED}])")
_LISTED = re.compile(rf"(?:共计|共有|共|合计|总计|计|收录|列出|包括|包含)\s*(?:[一-龥]{{0,6}}?)(\d+)\s*([{COUNTED}行])")
_LIST = re.compile(r"清单|目录|一览|名录|台账|名单|明细|点位表|列表")
_GROWN = re.compile(
    rf"([一-龥]{{2,10}}?)(?:数量|规模|总数)?由(?:原来的|现有的?)?{_NUMBER}\s*([{COUNTED}])?[^，。；\d]{{0,6}}(?:扩|增|升|提高|提升|减)[^，。；\d]{{0,4}}[至到为]{_NUMBER}\s*([{COUNTED}])"
)
_CELL = re.compile(rf"(?=\d[\d,]*\s*([{COUNTED}])$)(\d[\d,]*)\s*[{COUNTED}]")
_DIGIT = re.compile(r"\d")
# 9条隧道共540个: what is counted is not the tunnels.
_COUNTED_NOUN = re.compile(rf"\d+[{COUNTED}]")
_OWNER = re.compile(r"([一-龥]{2,8})$")
_ROW_EACH = re.compile(rf"(?<![\d.])(\d[\d,]*)\s*([{COUNTED}])[^\d。；]{{0,6}}每一?\2?[^\d。；]{{0,4}}?(\d+)\s*([{COUNTED}])")
_NAMED_ALL = re.compile(
    r"(?:包括|包含|分为|涵盖|由|含|建设|建成|开发)了?((?:[一-龥A-Za-z0-9]{2,12}、){1,9}[一-龥A-Za-z0-9]{2,16}?)"
    r"共?([二两三四五六七八九十]|(?<!\d)\d{1,2})([个大类套])(?=子系统|系统|模块|板块|功能|平台|部分|阶段|层|库|中心|场景|[，。；]|$)"
)
_POINTS = re.compile(r"本清单|清单|本表|下表|目录|名单|一览|如下|附表|本附录|本目录|台账|表\s*[A-Z\d]")


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    noun: str
    unit: str
    number: int
    kind: str
    words: str
    place: Place
    firm: bool = False


def count_rivals(writing: Writing, cities: Sequence[str], declared: Sequence[str] = ()) -> Iterator[Element]:
    """The same things counted differently at two places, and products of so many for each; `declared` nouns are asked for elsewhere."""
    told = [(one, sentences(one)) for one in writing.pieces if is_prose(one) and not is_past(one)]
    found = [one for piece, said in told for sentence in said for one in _counts(writing, piece, sentence, cities)]
    found += _grown(writing, told)
    found += _in_tables(writing, found)
    by_noun: dict[tuple[str, str, str], list[_Count]] = {}
    for one in found:
        if one.noun not in declared:
            by_noun.setdefault((one.noun, one.unit, one.kind), []).append(one)
    for (noun, _, _), all_of in by_noun.items():
        yield from _rivals(noun, all_of)


def each_figures(writing: Writing, cities: Sequence[str]) -> Iterator[Element]:
    """So many for each of so many: the product against the total that is stated beside it."""
    told = [(one, sentences(one)) for one in writing.pieces if is_prose(one) and not is_past(one)]
    known: dict[str, set[int]] = {}
    for piece, said in told:
        for sentence in said:
            for one in _counts(writing, piece, sentence, cities):
                known.setdefault(one.noun, set()).add(one.number)
    for piece, said in told:
        for sentence in said:
            yield from _each(writing, piece, sentence, known)
    yield from _each_in_rows(writing)
    for piece, said in told:
        for sentence in said:
            yield from _enumerated(writing, piece, sentence)


def _counts(writing: Writing, piece: Piece, sentence: str, cities: Sequence[str]) -> Iterator[_Count]:
    if not _DIGIT.search(sentence) or is_elsewhere(sentence, len(sentence), cities):
        return
    parts = sentence.find("其中")
    end_of_whole = parts if parts >= 0 else len(sentence)
    taken: set[int] = set()
    for before, found, said in _told(sentence):
        start = found.start(1)
        begin = max(sentence.rfind(sign, 0, start) for sign in "，。；：:、（(") + 1
        clause = sentence[max(sentence.rfind(sign, 0, start) for sign in "，。；：（(") + 1 : start]
        if start in taken or start > end_of_whole or _PART.search(clause) or is_bound(sentence, start, found.end()):
            continue
        noun = _noun(said)
        if len(noun) < 2 or _PART.search(noun) or _COUNTED_NOUN.match(noun):
            continue
        taken.add(start)
        kind = next((name for name, words in _KINDS if words.search(clause)), "")
        words = sentence[begin if before else start : found.end()].strip()
        number = int(found[1].replace(",", ""))
        yield _Count(noun=noun, unit=found[2], number=number, kind=kind, words=words, place=place_of(writing, piece, words))


def _told(sentence: str) -> Iterator[tuple[bool, re.Match[str], str]]:
    """Numbers with a measure word and the thing counted: before the number, 摄像机60台, and then behind it, 60台摄像机."""
    for found in _MEASURED.finditer(sentence):
        thing = _THING.search(sentence, max(0, found.start() - 20), found.start())
        if thing is not None:
            yield True, found, thing[1]
    for found in _AFTER.finditer(sentence):
        yield False, found, found[3]


@lru_cache(maxsize=4096)
def _noun(text: str) -> str:
    """The thing that is counted, without what is done to it."""
    for _ in range(3):
        text = _VERBS.sub("", _LEAD.sub("", text))
        text = _KINDS_LEAD.sub("", text)
    return _ENDS.sub("", text)[-8:]


def _grown(writing: Writing, told: Sequence[tuple[Piece, list[str]]]) -> Iterator[_Count]:
    """Numbers that things are to come to: 座席由100席扩至120席."""
    for piece, said in told:
        for sentence in said:
            for found in _GROWN.finditer(sentence) if "由" in sentence else ():
                noun = _noun(found[1])
                if len(noun) >= 2:
                    words, number = found[0], int(found[4].replace(",", ""))
                    yield _Count(noun=noun, unit=found[5], number=number, kind="", words=words, place=place_of(writing, piece, words))


def _in_tables(writing: Writing, told: Sequence[_Count]) -> Iterator[_Count]:
    """Things that a table of devices names once, with their number; without a column of units, in the unit of the sentences."""
    units: dict[str, set[str]] = {}
    for one in told:
        units.setdefault(one.noun, set()).add(one.unit)
    at = {one.paragraph: one for one in writing.pieces if one.cell}
    for table in writing.tables:
        top = head_of(table)
        head = table.rows[top] if table.rows else ()
        name = next((i for i, text in enumerate(head) if re.search("名称|设备|内容|项目", text)), None)
        count = next((i for i, text in enumerate(head) if re.search("数量", text)), None)
        unit = next((i for i, text in enumerate(head) if text.strip() in ("单位", "计量单位")), None)
        if name is None or count is None or name == count:
            continue
        names = Counter(row[name] for row in table.rows[top + 1 :] if name < len(row))
        for number, row in enumerate(table.rows[top + 1 :], top + 1):
            if max(name, count, unit or 0) >= len(row) or names[row[name]] > 1 or is_total(row):
                continue
            value = number_in(row[count])
            piece = at.get(table.paragraphs[number][count])
            noun = _noun(re.sub(r"[（(].*", "", row[name]))
            measures = (
                {row[unit].strip()}
                if unit is not None
                else {found[1]}
                if (found := _CELL.fullmatch(row[count].strip()))
                else units.get(noun, set())
            )
            if value is None and (found := _CELL.fullmatch(row[count].strip())):
                value = number_in(found[2])
            if value is not None and value == value.to_integral() and piece is not None and len(noun) >= 2 and len(measures) == 1:
                yield _Count(
                    noun=noun,
                    unit=next(iter(measures)),
                    number=int(value),
                    kind="",
                    words=row[count],
                    place=place_of(writing, piece, row[count]),
                    firm=True,
                )


def _rivals(noun: str, found: list[_Count]) -> Iterator[Element]:
    counts = Counter(one.number for one in found)
    if len(counts) < 2:
        return
    first = {number: at for at, number in reversed(list(enumerate(one.number for one in found)))}
    firm = Counter(one.number for one in found if one.firm)
    usual = min(counts, key=lambda number: (-counts[number] - firm[number], first[number]))
    other = next(one for one in found if one.number == usual)
    for one in found:
        # A number of quite another size counts something else.
        if one.number != usual and min(one.number, usual) >= 4 and max(one.number, usual) <= 1.5 * min(one.number, usual):
            elsewhere = f"{other.words}（{other.place.heading or '封面'}）"
            values = {"label": one.words, "fact": f"{noun}数", "value": str(one.number), "usual": str(usual), "elsewhere": elsewhere}
            yield Element(values=values, place=one.place, others={"usual": other.place, "elsewhere": other.place})


def _each(writing: Writing, piece: Piece, sentence: str, known: dict[str, set[int]]) -> Iterator[Element]:
    for found in _EACH.finditer(sentence) if "每" in sentence else ():
        outside = [one for one in _BEFORE.finditer(sentence) if one.end() <= found.start() or one.start(2) >= found.end()]
        bare = [
            one for one in re.finditer(rf"{_NUMBER}\s*([{COUNTED}])", sentence) if one.end() <= found.start() or one.start() >= found.end()
        ]
        bases = _bases(sentence, found, bare, known)
        if not bases:
            continue
        items = [(found[3] or "", int(found[5]), found[6]), *((one[1], int(one[2]), one[3]) for one in _ITEM.finditer(found[7] or ""))]
        for noun, per, unit in items:
            totals = [
                one
                for one in outside
                if one[3] == unit
                and (not noun or _noun(one[1]).endswith(noun) or noun.endswith(_noun(one[1])) or (found[2] and one[1].endswith(found[2])))
            ]
            if not totals or (noun and not any(noun in one[1] for one in totals) and len(totals) > 1):
                continue
            total = totals[0]
            stated = int(total[2].replace(",", ""))
            computed = [per * base for base in bases]
            if stated in bases and unit == (found[1] or "") and per == 1:
                continue
            right = stated if stated in computed else computed[0]
            start = max(sentence.rfind(sign, 0, total.start(2)) for sign in "，。；：:、") + 1
            words = sentence[min(start, found.start()) : max(total.end(), found.end())]
            yield figure(writing, piece, words.strip("，、"), "每处数量×处数", Decimal(stated), Decimal(right), unit)


def _bases(sentence: str, found: re.Match[str], bare: list[re.Match[str]], known: dict[str, set[int]]) -> list[int]:
    """How many there are of what each has so many: counted in the sentence by its noun or measure word, else known from elsewhere."""
    noun, measure = found[2], found[1] or ""
    before = _OWNER.search(sentence, 0, found.start())
    if before is not None and (not noun or (len(noun) == 1 and before[1].endswith(noun))):
        # 普通站每站: what each has is said of the noun before it.
        noun = next((name for name in (before[1][-size:] for size in range(len(before[1]), 1, -1)) if name in known), "")
    said = []
    for one in bare:
        beside = (
            re.split("[，。；、：]", sentence[one.end() : one.end() + 8])[0],
            re.split("[，。；、：]", sentence[max(0, one.start() - 8) : one.start()])[-1],
        )
        named = bool(noun) and (
            beside[0].startswith(noun[-2:])
            or noun in beside[0]
            or beside[1].endswith(noun)
            or (one[2] == "个" and beside[0].startswith(noun[:1]))
        )
        if named or (measure and measure == one[2] and measure != found[6]):
            said.append(int(one[1].replace(",", "")))
    if said:
        return said
    elsewhere = [numbers for name, numbers in known.items() if noun and len(noun) >= 2 and name.endswith(noun)]
    return sorted(elsewhere[0]) if len(elsewhere) == 1 and len(elsewhere[0]) == 1 else []


def _each_in_rows(writing: Writing) -> Iterator[Element]:
    """Rows of a table whose remark says so many for each of so many, 巡航艇14艘，每艘1台, against the number in the row."""
    at = {one.paragraph: one for one in writing.pieces if one.cell}
    for table in writing.tables:
        top = head_of(table)
        head = table.rows[top] if table.rows else ()
        count = next((i for i, text in enumerate(head) if re.search("数量|工程量", text)), None)
        for number, row in enumerate(table.rows[top + 1 :], top + 1):
            if count is None or count >= len(row):
                continue
            whole = number_in(re.sub(rf"\s*[{COUNTED}]$", "", row[count].strip()))
            found = next((one for i, text in enumerate(row) if i != count and (one := _ROW_EACH.search(text))), None)
            piece = at.get(table.paragraphs[number][count])
            if whole is not None and found is not None and piece is not None:
                computed = Decimal(found[1].replace(",", "")) * Decimal(found[3])
                yield figure(writing, piece, row[count], "每处数量×处数", whole, computed, found[4])


def _enumerated(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    """Things named one after another that are said to be so many: 监测、预警、处置三个子系统."""
    for found in _NAMED_ALL.finditer(sentence):
        stated = int(found[2]) if found[2].isdigit() else parse_numeral(found[2].replace("两", "二"))
        items = found[1].split("、")
        if stated is None or "等" in found[0] or re.search(r"\d|[二两三四五六七八九十][个类种项大套]", found[1]):
            continue
        # 和 may part two things or stand within the name of one.
        counts = {len(items), len(items) - 1 + len(re.split("[和及与]", items[-1]))}
        computed = stated if stated in counts else max(counts)
        yield figure(writing, piece, found[0], "列举与个数", Decimal(stated), Decimal(computed), found[3])


def list_lengths(writing: Writing) -> Iterator[Element]:
    """A list that says how many it holds, and its rows."""
    for table in writing.tables:
        title = (table.heading[-1] if table.heading else "") + table.caption
        if not table.rows or not _LIST.search(title):
            continue
        if sum(other.heading == table.heading for other in writing.tables) != 1:
            continue
        first = min((one for row in table.paragraphs for one in row if one), default=0)
        near = [one for one in writing.pieces if one.heading == table.heading and not one.cell and not one.level and one.paragraph < first]
        rows = _rows_of(table)
        for piece in near[-3:]:
            found = _LISTED.search(piece.text)
            if found is None or not _POINTS.search(piece.text):
                continue
            begin = max(piece.text.rfind(sign, 0, found.start()) for sign in "，。；") + 1
            yield figure(writing, piece, piece.text[begin : found.end()], "清单行数", Decimal(found[1]), Decimal(rows), found[2])
            break


def _rows_of(table: WrittenTable) -> int:
    return sum(1 for row in table.rows[1:] if any(row) and not is_total(row))
