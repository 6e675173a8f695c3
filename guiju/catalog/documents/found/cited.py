"""Standards, document numbers and articles as a document cites them; whether they are right is asked of the registry elsewhere."""

import re
from collections.abc import Iterator

from guiju.catalog.documents.found.context import is_past
from guiju.catalog.documents.found.written import head_of
from guiju.catalog.documents.model import Piece, Writing, WrittenTable
from guiju.catalog.documents.spots import Element, place_of, sentences
from guiju.catalog.records.place import Place
from guiju.terms.quantities.numerals import parse_numeral

__all__ = ["citations"]

_DASH = "-—–－‐‑―"
_STANDARD = re.compile(
    rf"(?<![A-Za-z])([A-Z]{{2,5}}\d{{0,4}})\s*([/／]\s*[TZ])?\s*(\d{{2,6}}(?:\.\d{{1,3}})?)\s*[{_DASH}]{{1,2}}\s*(\d{{4}})(?!\d)"
)
_BODIES = re.compile(
    r"(?:GB|GBJ|GA|GM|YD|DA|JT|JTG|JGJ|CJJ|CJ|SJ|HJ|WS|JY|NY|SL|QX|AQ|RB|SF|MZ|GY|DB\d{2,4}|DBJ\d{0,2}|TD|CH|YZ|DL|SB|WH|LY|JR|YY|TCAICT)$"
)
_OPEN, _CLOSE = "\\[〔【（(［﹝〖{<〈", "\\]〕】）)］﹞〗}>〉"
_ISSUED = (
    r"(?:发|办|规|函|字|文|令|电|联|综|政|管|数据|投资|高技|信|科|社|基础|库|预|采|建|财|安|教|卫|农|水|环|交|改|监|审|法|人|编|城|市|网|经|贸|工|"
    r"党|组|宣)"
)
_NUMBER = re.compile(rf"([一-龥]{{1,9}}?{_ISSUED})\s*([{_OPEN}])\s*(\d{{2,4}})\s*年?\s*([{_CLOSE}])\s*(第?)\s*(\d{{1,5}})\s*号")
_UNBRACKETED = re.compile(
    r"([一-龥]{1,8}?(?:办发|政办|办函|政规|政发|投资规|国发|办规|国函|市规))\s*()(\d{4})\s*年?()\s*(第?)\s*(\d{1,5})\s*号"
)
_NOT_BODY = re.compile(r"^.*(?:的|和|与|按|照|据|合|于|及|见|由|以|依|、|另|在|对|文件|通知|办法|意见)(?=[一-龥]{2,})")
_LAW = re.compile(
    r"《([^《》]{2,60}(?:法|条例|办法|规定|细则|规范))》(?:[（(][^（）()]{0,40}[）)]){0,2}"
    r"((?:(?:、|和|及|，|至|与)?\s*第\s*(?:[一二三四五六七八九十百零〇]{1,6}|\d{1,3})\s*条(?:之[一二三])?(?:第[一二三四五六七八九十]+款)?(?:第?[（(]?[一二三四五六七八九十]+[）)]?项)?)*)"
)
_BARE_LAW = re.compile(
    r"(?<![《一-龥])((?:中华人民共和国)?(?:网络安全法|数据安全法|个人信息保护法|密码法|招标投标法|政府采购法|标准化法|政府投资条例|商用密码管理条例|网络数据安全管理条例))"
    r"()((?:、|和)?\s*第\s*(?:[一二三四五六七八九十百零〇]{1,6}|\d{1,3})\s*条)"
)
_ARTICLE = re.compile(r"第\s*([一二三四五六七八九十百零〇]{1,6}|\d{1,3})\s*条")
_GONE = re.compile(
    r"^\s*[》）)]?\s*(?:《[^》]*》)?\s*(?:[（(][^）)]*[）)])?\s*(?:已|现|业已)?(?:于[^。；，]{0,12})?(?:被|由|为)?[^。；，]{0,40}(?:代替|替代|取代|废止|作废|更新为|修订为)|^[^，。；]{0,6}(?:已废止|已作废|旧版|停止使用)|^[^。；]{0,30}(?:该|此|上述|前述)(?:标准|版本|规范|文件)[^。；，]{0,6}(?:已|现|业已)[^。；，]{0,30}(?:代替|替代|取代|废止|作废)"
)
_GONE_BEFORE = re.compile(
    r"(?:代替|替代|取代|废止|旧版|旧标准|原标准|原执行|原按|曾引用|曾执行|曾采用|当时执行|当时的|此前执行)(?:了|的)?[^，。；]{0,12}$"
)
_TITLE_BEFORE = re.compile(r"《([^《》]{3,80})》\s*[（(]?\s*(?:编号|标准号)?[:：]?\s*$")
_TITLE_AFTER = re.compile(r"^\s*[）)]?\s*《([^《》]{3,80})》")
_TITLE_HEAD = re.compile(r"名称|题名|标准|规范")
_NUMBER_HEAD = re.compile(r"标准号|编号|代号|文号")


def citations(writing: Writing) -> Iterator[Element]:
    """Each standard, document number and article as it is written; what is told to be replaced is not relied upon."""
    basis = _basis(writing)
    titles = {number: (title, place) for number, title, place in _titles_in_tables(writing)}
    for piece in writing.pieces:
        if piece.listed or (piece.level and piece.part == "body"):
            continue
        past = is_past(piece)
        for sentence in sentences(piece):
            yield from _standards(writing, piece, sentence, basis, titles.get(piece.paragraph), past=past)
            yield from _numbers(writing, piece, sentence)
            yield from _articles(writing, piece, sentence)


def _basis(writing: Writing) -> dict[str, str]:
    """The editions that the list of the grounds names, by number without year."""
    found: dict[str, str] = {}
    for piece in writing.pieces:
        if any("依据" in one or "标准规范" in one or "引用标准" in one for one in piece.heading):
            for one in _STANDARD.finditer(piece.text):
                if not _is_gone(piece.text, one):
                    found.setdefault(_stem(one), _plain(one))
    return found


def _is_gone(text: str, found: re.Match[str]) -> bool:
    return _GONE.match(text[found.end() :]) is not None or _GONE_BEFORE.search(text[: found.start()]) is not None


def _titles_in_tables(writing: Writing) -> Iterator[tuple[int, str, Place]]:
    """The titles of standards that stand in a column of their own, by the paragraph of the number beside them."""
    at = {one.paragraph: one for one in writing.pieces if one.cell}
    for table in writing.tables:
        columns = _columns(table)
        if columns is None:
            continue
        title, number = columns
        for row, paragraphs in zip(table.rows[1:], table.paragraphs[1:], strict=True):
            if max(columns) < len(row) and len(row[title].strip("《》 ")) > 3:
                piece = at.get(paragraphs[title])
                if piece is not None:
                    yield paragraphs[number], row[title].strip("《》 "), place_of(writing, piece, row[title])


def _columns(table: WrittenTable) -> tuple[int, int] | None:
    head = table.rows[head_of(table)] if table.rows else ()
    number = next((i for i, text in enumerate(head) if _NUMBER_HEAD.search(text)), None)
    title = next((i for i, text in enumerate(head) if _TITLE_HEAD.search(text) and i != number), None)
    return (title, number) if title is not None and number is not None else None


def _stem(found: re.Match[str]) -> str:
    kind = re.sub(r"\s", "", found[2] or "").replace("／", "/")
    return f"{found[1]}{kind} {found[3]}"


def _plain(found: re.Match[str]) -> str:
    return f"{_stem(found)}-{found[4]}"


def _standards(
    writing: Writing, piece: Piece, sentence: str, basis: dict[str, str], beside: tuple[str, Place] | None, *, past: bool
) -> Iterator[Element]:
    for one in _STANDARD.finditer(sentence):
        if _BODIES.match(one[1]) is None:
            continue
        before, after = _TITLE_BEFORE.search(sentence[: one.start()]), _TITLE_AFTER.match(sentence[one.end() :])
        title = before[1] if before else after[1] if after else beside[0] if beside else None
        relied = not past and not _is_gone(sentence, one)
        values = {"label": one[0], "kind": "标准", "number": _plain(one), "relied": relied, "cited_title": title}
        listed = basis.get(_stem(one))
        if listed is not None and listed != values["number"]:
            values["listed"] = listed
        place = place_of(writing, piece, one[0])
        stands = beside[1] if beside and not before and not after else None
        # A title that does not agree is seen where it stands, with the number.
        whole = sentence[before.start() : one.end()] if before else sentence[one.start() : one.end() + after.end()] if after else one[0]
        stands = stands or place_of(writing, piece, whole)
        yield Element(values=values, place=place, others={"title_agrees": stands, "proper_title": stands})


def _numbers(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    for one in (*_NUMBER.finditer(sentence), *_UNBRACKETED.finditer(sentence)):
        body = _NOT_BODY.sub("", one[1])
        proper = f"{body}〔{one[3]}〕{int(one[6])}号"
        written = one[0][len(one[1]) - len(body) :]
        form = one[2] == "〔" and one[4] == "〕" and not one[5] and len(one[3]) == 4 and not one[6].startswith("0") and "年" not in one[0]
        yield Element(
            values={"label": written, "kind": "文号", "number": proper, "relied": True, "well_formed": form},
            place=place_of(writing, piece, written),
        )


def _articles(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    for one in (*_LAW.finditer(sentence), *_BARE_LAW.finditer(sentence)):
        cited = one[2] if one.re is _LAW else one[3]
        base = {"kind": "法规", "cited_title": one[1], "relied": True}
        if not cited:
            yield Element(values={**base, "label": f"《{one[1]}》"}, place=place_of(writing, piece, f"《{one[1]}》"))
        for article in _ARTICLE.finditer(cited):
            number = int(article[1]) if article[1].isdigit() else parse_numeral(article[1])
            if number is not None:
                words = one[0] if cited.count("条") == 1 else f"《{one[1]}》{article[0]}"
                yield Element(values={**base, "label": words, "article": number}, place=place_of(writing, piece, one[0]))
