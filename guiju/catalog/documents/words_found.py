"""What words of a document give away: names of units, remains of drafting, references to figures, things it says it will do, and stages."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from guiju.catalog.documents.model import Piece, Writing, WrittenTable
from guiju.catalog.documents.spots import Element, place_of, sentences
from guiju.terms.formats.codes import is_id_card

__all__ = ["names", "promises", "remains", "stages"]

_DRAFT = re.compile(
    r"【\s*(?:此处|待|请|补充|填写|示例)[^】]{0,80}】|[XＸ×*]{3,}(?![A-Za-z\d])|待补充|待填写|待完善|待核实|（此处[^）]{0,40}）|TODO|"
    r"Lorem ipsum|此处填写|示例文字|请在此"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_FIGURE = re.compile(r"(?:见|如|详见|参见|按)\s*((图|表)\s*([A-Z]|\d{1,2})\s*[-—–.]\s*(\d{1,2}))")
_CAPTION = re.compile(r"^\s*(图|表)\s*([A-Z]|\d{1,2})\s*[-—–.]\s*(\d{1,2})")
_DISTRICT = re.compile(r"([一-龥]{2})区(?=城管|政府|人民政府|财政|公安|管委会|住建|交管|交警|发改|教育局|卫健|数据局|街道)")
_NO_DISTRICT = re.compile(r"[各该本两全我辖市城外新园社地小片]|开发|高新|示范|临空|风景|经济")
_MONTH = re.compile(r"(20\d{2})\s*(?:年|[-./])\s*(\d{1,2})\s*月?")
_HELD = re.compile(r"(20\d{2})年(\d{1,2})月(?:\d{1,2}日)?\s*(?:召开|印发|发布|批复|公布|出具|签订|通过)")


def remains(writing: Writing) -> Iterator[Element]:
    """What should not be left in a document that is handed in."""
    captions = {"".join(caption.groups()) for one in writing.pieces if (caption := _CAPTION.match(one.text))}
    for piece in writing.pieces:
        found = [(one[0], "占位文字") for one in _DRAFT.finditer(piece.text)]
        found += [(one[0], "手机号") for one in _MOBILE.finditer(piece.text)]
        found += [(one[0], "身份证号") for one in _ID.finditer(piece.text) if is_id_card(one[0].upper())]
        if piece.marked and piece.text.strip():
            found.append((piece.text.strip()[:40], "高亮文字"))
        if captions and not piece.listed:
            found += [
                (one[0], f"没有的{one[2]}")
                for one in _FIGURE.finditer(piece.text)
                if f"{one[2]}{one[3]}{one[4]}" not in captions and any(key[0] == one[2] for key in captions)
            ]
        for words, kind in found:
            # Quoted: bare, 待补充 would be read as nothing said.
            yield Element(values={"label": f"“{words}”", "kind": kind}, place=place_of(writing, piece, words))
    if writing.pieces:
        for count, kind in ((writing.insertions + writing.deletions, "修订痕迹"), (writing.comments, "批注")):
            if count:
                yield Element(values={"label": f"{count} 处", "kind": kind}, place=place_of(writing, writing.pieces[0], ""))


def names(writing: Writing, former: Sequence[Sequence[str]], spellings: Sequence[str], project: str | None) -> Iterator[Element]:
    """Units by a former or broken name, districts that the city has not, and another project's name in the header."""
    known = {name[: -len("区人民政府")] for name in spellings if name.endswith("区人民政府")}
    cut = [(name[:-1], name) for name in spellings if name.startswith("市") and name[-1] in "委局" and len(name) >= 5]
    longer = sorted(spellings, key=len, reverse=True)
    for piece in writing.pieces:
        text = piece.text
        for row in former:
            if row[0] in text:
                yield _name(writing, piece, row[0], "旧名", row[1])
        for stem, name in cut:
            for found in re.finditer(re.escape(stem) + r"(?![委局办])(?=组织|负责|牵头|会同|管养|使用|提供|[、，。；]|$|和|及)", text):
                if not any(text.startswith(one, found.start()) for one in longer if len(one) > len(stem)):
                    yield _name(writing, piece, stem, "不完整", name)
                    break
        for found in _DISTRICT.finditer(text):
            before = text[max(0, found.start() - 3) : found.start()]
            if (
                known
                and found[1] not in known
                and not _NO_DISTRICT.search(found[1])
                and not (before.endswith("市") and not before.endswith("武汉市"))
            ):
                yield _name(writing, piece, found[0] + text[found.end() : found.end() + 4], "外地区名", "武汉市的区")
        if project and piece.part == "header" and (other := re.search(r"[一-龥A-Za-z0-9]{4,40}项目", text)) and project not in text:
            yield (
                _name(writing, piece, text.strip(), "页眉项目名", project)
                if other[0] not in project
                else _name(writing, piece, text.strip(), "页眉简称", project)
            )


def _name(writing: Writing, piece: Piece, words: str, kind: str, proper: str) -> Element:
    return Element(values={"label": words, "kind": kind, "proper": proper}, place=place_of(writing, piece, words))


_PAST = re.compile(r"现状|问题|背景|案例")
_PROMISES = (
    (
        "视频保存",
        re.compile(r"(?:视频|图像|录像)[^，。；]{0,16}?(?:保存|留存|存储)(?:期限?)?(?:为|不少于|不低于)?\s*(\d{1,4})\s*(?:天|日)"),
    ),
    ("不设提示标识", re.compile(r"(?:不另?行?设|不设置|不再设|未设置?|取消|无需设置?)[^，。；]{0,6}标识")),
    ("不备案", re.compile(r"(?:不再|无需|不需|不用|不|未|免于)(?:向[^，。；]{0,12})?(?:办理|进行|履行)?备案")),
    ("垫资", re.compile(r"由?(?:施工单位|承包人|承包单位|施工方|中标人|中标单位|承建单位)[^，。；不]{0,8}垫资[^，。；]{0,4}")),
)
_REFUSED = re.compile(r"不得|禁止|严禁|不由|不采用|杜绝|不存在|不允许|避免")


def promises(writing: Writing) -> Iterator[Element]:
    """What the document says in so many words that it will do or not do, in its own plans."""
    filmed = any(re.search(r"视频|摄像|图像采集", one.text) for one in writing.pieces)
    for piece in writing.pieces:
        if piece.cell or piece.level or piece.listed or any(_PAST.search(part) for part in piece.heading):
            continue
        for sentence in sentences(piece):
            for kind, pattern in _PROMISES:
                found = pattern.search(sentence)
                if (
                    found is None
                    or (kind == "不备案" and not re.search(r"公安|视频", piece.text))
                    or (kind == "不设提示标识" and not filmed)
                ):
                    continue
                if kind == "垫资" and _REFUSED.search(sentence):
                    continue
                number = int(found[1]) if kind == "视频保存" else None
                yield Element(values={"label": found[0], "kind": kind, "number": number}, place=place_of(writing, piece, found[0]))


def stages(writing: Writing, compiled_on: date | None) -> Iterator[Element]:
    """The rows of schedules with their months, what has to be done before them, and grounds dated after the document."""
    at = {one.paragraph: one for one in writing.pieces if one.cell}
    for table in writing.tables:
        yield from _schedule(writing, table, at)
    if compiled_on is None:
        return
    for piece in writing.pieces:
        if any("依据" in one or "政策文件" in one for one in piece.heading):
            for found in _HELD.finditer(piece.text):
                day = _first(found)
                if day is not None:
                    values = {
                        "label": found[0],
                        "kind": "依据日期",
                        "start": compiled_on.isoformat(),
                        "latest": day.isoformat(),
                        "before": "编制日期",
                    }
                    yield Element(values=values, place=place_of(writing, piece, found[0]))


def _first(found: re.Match[str]) -> date | None:
    return date(int(found[1]), int(found[2]), 1) if 1 <= int(found[2]) <= 12 else None


def _schedule(writing: Writing, table: WrittenTable, at: dict[int, Piece]) -> Iterator[Element]:
    head = table.rows[0] if table.rows else ()
    start = next((i for i, text in enumerate(head) if re.search(r"开始|起始|开工", text)), None)
    end = next((i for i, text in enumerate(head) if re.search(r"完成|结束|截止", text)), None)
    if start is None or end is None:
        return
    read: list[tuple[int, str, date | None, date | None]] = []
    for number, row in enumerate(table.rows[1:], 1):
        if max(start, end) < len(row):
            days = [(_first(found) if (found := _MONTH.search(row[i])) else None) for i in (start, end)]
            work = max(row[: min(start, end)] or ("",), key=len)
            read.append((number, work, days[0], days[1]))
    design = next(((work, end) for _, work, _, end in read if "初步设计" in work and end), None)
    tender = next(((work, end) for _, work, _, end in read if re.search(r"招标|采购", work) and end), None)
    for number, work, begins, ends in read:
        piece = at.get(table.paragraphs[number][start])
        if begins is None or piece is None:
            continue
        before = None
        if "初步设计" not in work and re.search(r"招标|采购|施工|安装", work):
            before = design
            if (
                re.search(r"施工", work)
                and tender is not None
                and not re.search(r"招标|采购", work)
                and (before is None or (tender[1] or begins) > (before[1] or begins))
            ):
                before = tender
        latest = before[1] if before else begins
        values = {
            "label": f"{work}：{table.rows[number][start]}",
            "kind": "进度",
            "start": begins.isoformat(),
            "latest": latest.isoformat() if latest else None,
            "before": before[0] if before else None,
            "end": ends.isoformat() if ends else None,
        }
        yield Element(values=values, place=place_of(writing, piece, table.rows[number][start]))
