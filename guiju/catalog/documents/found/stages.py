"""Schedules and dates: stages out of their order, ends before starts, and grounds dated after the document."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from guiju.catalog.documents.found.context import is_elsewhere, is_past
from guiju.catalog.documents.model import Piece, Writing, WrittenTable
from guiju.catalog.documents.spots import Element, is_prose, place_of, sentences
from guiju.catalog.records.place import Place
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["months_of_span", "stages"]

_MONTH = re.compile(r"(20\d{2})\s*(?:年|[-./－])\s*(1[0-2]|0?[1-9])(?!\d)\s*月?(?:(?:\d{1,2}日)|(?:[-./－]\d{1,2}(?!\d)))?")
_SPAN = re.compile(
    r"(20\d{2})\s*[年./-]\s*(1[0-2]|0?[1-9])(?!\d)\s*月?(?:\d{1,2}日)?\s*(?:起)?\s*(?:至|到|—+|–|-|~|～)\s*(?:(20\d{2})\s*[年./-]\s*)?(1[0-2]|0?[1-9])(?!\d)\s*月?(?:\d{1,2}日)?"
)
_VALID = re.compile(
    r"有效期[限]?\s*(?:截止|截至)?\s*(?:至|到|：|:|为)?\s*(?:20\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?\s*(?:至|到|—+|-|~|～)\s*)?"
    r"(20\d{2})\s*[年./-]\s*(1[0-2]|0?[1-9])\s*[月./-]\s*(3[01]|[12]\d|0?[1-9])\s*日?"
)
_NAMED = (
    r"(?:会议纪要|纪要|批复|批准|意见|文件|通知|决定|函|复函|印发|发布|召开|公布|出具|签订|通过|下达|审定|精神|讲话|要点|通报|指示|公告)"
)
_HELD = re.compile(rf"(20\d{{2}})年(1[0-2]|0?[1-9])月(?:\d{{1,2}}日)?[^，。；、《]{{0,24}}?{_NAMED}")
_ISSUED_BEFORE = re.compile(rf"[^，。；、]{{0,24}}{_NAMED}[^，。；、]{{0,6}}?[（(]?(20\d{{2}})年(1[0-2]|0?[1-9])月(?:\d{{1,2}}日)?[）)]?")
_GROUNDS = re.compile(r"依据|政策文件|法律法规|编制说明|^.{0,8}文件$")
_LEANS = re.compile(r"依据|根据|按照|遵照|落实|贯彻|经")
_PLANNED = re.compile(r"计划|预计|拟|将|力争|完成|启动|组织|开展")
# What has to be over before what; the words by which each is known.
_RANKS = (
    (1, re.compile(r"立项|项目建议书|可研|可行性研究")),
    (2, re.compile(r"初步设计|初设|概算|方案审批|方案批复|设计审批|施工图")),
    (3, re.compile(r"招标|采购(?!设备)|招投标|比选|磋商")),
    (4, re.compile(r"施工(?!图)|开工|安装|开发|建设实施|动工|进场|部署|立杆|土建|实施阶段|工程建设")),
    (5, re.compile(r"试运行|初验")),
    (6, re.compile(r"竣工|终验|竣工验收|项目验收|整体验收|^验收")),
)
_NEEDED = {3: (1, 2), 4: (1, 2, 3), 5: (), 6: (4,)}
# What is put out to tender is no stage of its own: 施工招标 is the tender.
_TENDERED = re.compile(
    r"(?:施工图?设计|施工|监理|安装|开发|部署|工程建设|土建|设备|工程)(?:和|、|及|与)?(?=(?:公开)?(?:招标|采购|招投标|比选|磋商))"
)
_PROGRESS = re.compile(r"进度|工期|实施计划|实施步骤|实施安排|建设计划|工作计划|工作安排|阶段划分|里程碑|时间安排")
_WORK_BEFORE = re.compile(r"([一-龥][一-龥、和及与]{1,18})\s*(?:时间|计划)?[：:（(]\s*(?:于|自|为)?\s*$")
_LATE_SIGNS = re.compile(r"^[（(）)：:，\s]*(?:前后|前|后|底|初(?!步|设|验|审)|末|起|至)?[（(）)：:，\s]*")


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    work: str
    rank: int
    start: date | None
    end: date | None
    piece: Piece
    words: str
    ends: Place | None = None


def stages(writing: Writing, compiled_on: date | None) -> Iterator[Element]:
    """The rows of schedules, and sentences that tell one, with what has to be over before; grounds dated after the document."""
    at = {one.paragraph: one for one in writing.pieces if one.cell}
    for table in writing.tables:
        yield from _ordered(writing, list(_schedule(writing, table, at)))
    rows: dict[object, list[_Stage]] = {}
    for piece in writing.pieces:
        if "20" not in piece.text:
            continue
        if is_prose(piece) and not is_past(piece):
            # A chapter on progress tells one row of stages, a paragraph or an item of a list for each.
            whole = bool(piece.heading) and not piece.cell and _PROGRESS.search(piece.heading[-1]) is not None
            rows.setdefault(piece.heading if whole else piece.paragraph, []).extend(_told(piece))
            yield from _turned(writing, piece)
        if not piece.level and not piece.listed:
            yield from _valid(writing, piece)
        if compiled_on is not None and not piece.level and not piece.listed and piece.part != "header":
            yield from _later(writing, piece, compiled_on)
    for told in rows.values():
        if len(told) >= 2:
            yield from _ordered(writing, told)


def _valid(writing: Writing, piece: Piece) -> Iterator[Element]:
    """Certificates and approvals that hold until a day."""
    for found in _VALID.finditer(piece.text):
        try:
            day = date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
        yield Element(values={"label": found[0], "kind": "有效期", "end": day.isoformat()}, place=place_of(writing, piece, found[0]))


def _later(writing: Writing, piece: Piece, compiled_on: date) -> Iterator[Element]:
    """A ground of a later day than the document: in the chapter on grounds, or where a sentence leans on it."""
    listed = any(_GROUNDS.search(one) for one in piece.heading[-2:])
    for sentence in sentences(piece):
        if not listed and (_LEANS.search(sentence) is None or _PLANNED.search(sentence)):
            continue
        spans: list[tuple[int, int]] = []
        for found in (*_HELD.finditer(sentence), *_ISSUED_BEFORE.finditer(sentence)):
            day = _day(found[1], found[2])
            if (
                day is None
                or re.search(r"月(?:\d{1,2}日)?(?:之|以)?前|前$", found[0])
                or any(found.start() < end and begin < found.end() for begin, end in spans)
            ):
                continue
            spans.append(found.span())
            values = {
                "label": found[0],
                "kind": "依据日期",
                "start": compiled_on.isoformat(),
                "latest": day.isoformat(),
                "before": "编制日期",
            }
            yield Element(values=values, place=place_of(writing, piece, found[0]))


def _turned(writing: Writing, piece: Piece) -> Iterator[Element]:
    """Spans of months in sentences: from and to."""
    for found in _SPAN.finditer(piece.text):
        begins, ends = _day(found[1], found[2]), _day(found[3] or found[1], found[4])
        if begins is not None and ends is not None:
            values = {"label": found[0], "kind": "起止", "start": begins.isoformat(), "end": ends.isoformat()}
            yield Element(values=values, place=place_of(writing, piece, found[0]))


def months_of_span(text: str) -> int | None:
    """How many months a span of months has, both ends counted; None where the text is none."""
    found = _SPAN.search(text)
    begins, ends = (_day(found[1], found[2]), _day(found[3] or found[1], found[4])) if found else (None, None)
    return (ends.year - begins.year) * 12 + ends.month - begins.month + 1 if begins and ends else None


def _day(year: str, month: str) -> date | None:
    return date(int(year), int(month), 1) if 1 <= int(month) <= 12 else None


def _rank(work: str) -> int:
    """The stage that the words name; the last one that they name where there are several, 0 where none."""
    work = _TENDERED.sub("", work)
    return max((rank for rank, words in _RANKS if words.search(work)), default=0)


def _told(piece: Piece) -> Iterator[_Stage]:
    """Stages in sentences: a month and, in its clause, what is done."""
    for sentence in sentences(piece):
        if is_elsewhere(sentence, len(sentence)):
            continue
        found = list(_SPAN.finditer(sentence))
        spans = [one.span() for one in found]
        months = [one for one in _MONTH.finditer(sentence) if not any(begin <= one.start() < end for begin, end in spans)]
        for one in sorted([*found, *months], key=lambda match: match.start()):
            clause = _clause(sentence, one)
            work = _LATE_SIGNS.sub("", sentence[one.end() : clause])
            before = _WORK_BEFORE.search(sentence, 0, one.start())
            if before is not None and _rank(before[1]):
                work = before[1]
            if not _rank(work):
                continue
            begins = _day(one[1], one[2])
            ends = _day(one[3] or one[1], one[4]) if one.re is _SPAN else begins
            over = re.search(r"完成|批复|获批|结束|竣工", work)
            words = sentence[before.start() if before is not None and work == before[1] else one.start() : clause]
            start = begins if one.re is _SPAN or not over else None
            yield _Stage(work=work, rank=_rank(work), start=start or begins, end=ends, piece=piece, words=words.strip())


def _clause(sentence: str, found: re.Match[str]) -> int:
    """Where the clause behind a date ends: what is done may follow a bracket and a comma, 第一阶段（2026年3月—4月），招标."""
    said = re.match(r"[）)]?(?:[，：:、](?!\s*20\d\d))?[^，。；、]{0,40}(?:、[^，。；、\d]{2,12}(?=[，。；]|$))?", sentence[found.end() :])
    return found.end() + (said.end() if said else 0)


def _schedule(writing: Writing, table: WrittenTable, at: dict[int, Piece]) -> Iterator[_Stage]:
    for top in range(len(table.rows)):
        head = table.rows[top]
        start = next((i for i, text in enumerate(head) if re.search(r"开始|起始|开工|启动时间|^起", text) and len(text) < 14), None)
        end = next(
            (
                i
                for i, text in enumerate(head)
                if re.search(r"完成|结束|截止|截至|竣工|完工|终止|^止", text) and i != start and len(text) < 14
            ),
            None,
        )
        both = next((i for i, text in enumerate(head) if re.search(r"起止|时间|进度|周期|工期", text) and len(text) < 14), None)
        if start is None or end is None:
            if both is None or not any(_SPAN.search(row[both]) for row in table.rows[top + 1 :] if both < len(row)):
                continue
            start = end = both
        yield from _rows(writing, table, top, start, end, at)
        return


def _rows(writing: Writing, table: WrittenTable, top: int, start: int, end: int, at: dict[int, Piece]) -> Iterator[_Stage]:
    for number, row in enumerate(table.rows[top + 1 :], top + 1):
        if max(start, end) >= len(row) or sum(map(bool, row)) < 2:
            continue
        if start == end:
            span = _SPAN.search(row[start])
            days = [_day(span[1], span[2]), _day(span[3] or span[1], span[4])] if span else [_first(row[start])] * 2
        else:
            days = [_first(row[start]), _first(row[end])]
        piece = at.get(table.paragraphs[number][start])
        if days[0] is None or piece is None:
            continue
        work = max((text for i, text in enumerate(row) if i not in (start, end)), key=lambda text: (_rank(text) > 0, len(text)), default="")
        last = at.get(table.paragraphs[number][end])
        ends = place_of(writing, last, row[end]) if last is not None and end != start else None
        yield _Stage(work=work, rank=_rank(work), start=days[0], end=days[1], piece=piece, words=row[start], ends=ends)


def _first(text: str) -> date | None:
    found = _MONTH.search(text)
    return _day(found[1], found[2]) if found else None


def _ordered(writing: Writing, found: Sequence[_Stage]) -> Iterator[Element]:
    """Each stage with the latest end of what has to be over before it begins."""
    for one in found:
        needed = _NEEDED.get(one.rank, ())
        before = [other for other in found if other.rank in needed and other.end is not None and other is not one]
        last = max(before, key=lambda other: other.end or date.min) if before else None
        # A row that names both ranks, design and building, has nothing before it that it names itself.
        if last is not None and any(words.search(one.work) for rank, words in _RANKS if rank == last.rank):
            last = None
        if one.start is None:
            continue
        values = {
            "label": f"{one.work}：{one.words}" if one.work not in one.words else one.words,
            "kind": "进度",
            "start": one.start.isoformat(),
            "latest": (last.end or one.start).isoformat() if last else one.start.isoformat(),
            "before": last.work if last else None,
            "end": one.end.isoformat() if one.end else None,
        }
        yield Element(values=values, place=place_of(writing, one.piece, one.words), others={"end": one.ends} if one.ends else {})
