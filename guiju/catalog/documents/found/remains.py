"""What should not be left in a document: drafting words, personal numbers, references that lead nowhere, marks of editing."""

import re
from collections.abc import Iterator

from guiju.catalog.documents.model import Piece, Writing
from guiju.catalog.documents.spots import Element, place_of
from guiju.terms.formats.codes import is_id_card

__all__ = ["remains"]

_ASKS = r"此处|待|请|补充|填写|填入|插入|示例|略，|由[^】\]）)]{1,12}补|未定|确认|XX"
_DRAFT = re.compile(
    rf"[【\[［](?:[^】\]］]{{0,20}}?)(?:{_ASKS})[^】\]］]{{0,80}}[】\]］]|"
    rf"[（(](?:此处|待|请|具体[^）)]{{0,12}}待|略，|[^）)]{{0,12}}(?:待补|待定|待填|待确认|待核实))[^）)]{{0,60}}[）)]|"
    r"(?<![A-Za-z\d×*])[XＸ]{2,}(?![A-Za-z\d-]{2,})|[×*＊]{3,}|[？?]{2,}|_{4,}|＿{3,}|"
    r"(?:[一-龥A-Za-z]{0,8})(?:待补充|待填写?|待完善|待核实|待确认|待明确|待更新|待提供|待补(?![偿助贴])|待定(?![型级位岗价向性稿])|尚未填写|(?:容|随|稍|会)?后补(?![偿助贴])|后续补充|另行补充|待[^，。；、待]{1,6}后(?:再)?(?:补|填|完善|更新))[充上入写]?|"
    r"\b(?:TODO|TBD|FIXME)\b|Lorem ipsum|此处(?:填写|插入|补充|添加|放)[^，。；]{0,10}|"
    r"(?:文字|内容|样例|文本)?示例文字|示例内容|请在此[^，。；]{0,8}|请(?:填写|补充)[^，。；]{0,8}",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?<![\d.-])(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?![\d.])")
_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_BANK = re.compile(r"(?<!\d)62\d{14,17}(?!\d)")
_NUMBERED = r"([A-Z]|\d{1,2}(?:[.．]\d{1,2}){0,3})?\s*(?:[-—–.．]\s*)?(\d{1,3})(?![\d.]*[%％年月万元])"
_FIGURE = re.compile(rf"(?:见|如|详见|参见|参照|按|同)\s*(?:[附上下])?((图|表)\s*{_NUMBERED})")
_CAPTION = re.compile(rf"^\s*(?:[（(])?(图|表)\s*{_NUMBERED}")
_OF_CHAPTER = re.compile(r"第.+章$|[一二三四五六七八九十]+$|\d{1,2}$")
_CHAPTER = re.compile(
    r"(?<!》)(?<![》）])(?:见|详见|参见|如)\s*(?:本(?:报告|方案|文))?"
    r"(第([一二三四五六七八九十]{1,3}|\d{1,2})章|(?:第\s*)?(\d{1,2}(?:\.\d{1,2}){1,3})\s*[节章])"
)


# Digits of full width, which are typed into forms, are the same numbers; each sign stays at its place.
_NARROW = str.maketrans("０１２３４５６７８９－＋Ｘ", "0123456789-+X")


def remains(writing: Writing) -> Iterator[Element]:
    """Each remain with its kind."""
    captions = {key for one in writing.pieces if (caption := _CAPTION.match(one.text)) and (key := _key(caption, 1))}
    numbers = {one.number for one in writing.sections}
    chapters = {number for number in numbers if _OF_CHAPTER.match(number)}
    for piece in writing.pieces:
        found = [(one[0], "占位文字") for one in _DRAFT.finditer(piece.text)]
        narrow = piece.text.translate(_NARROW)
        found += [(piece.text[slice(*one.span())], "手机号") for one in _MOBILE.finditer(narrow)]
        found += [(piece.text[slice(*one.span())], "身份证号") for one in _ID.finditer(narrow) if is_id_card(one[0].upper())]
        found += [(piece.text[slice(*one.span())], "银行卡号") for one in _BANK.finditer(narrow) if _luhn(one[0])]
        if piece.marked and piece.text.strip():
            found.append((piece.text.strip()[:40], "高亮文字"))
        if not piece.listed:
            found += _nowhere(piece, captions, numbers, chapters)
        for words, kind in found:
            # Quoted: bare, 待补充 would be read as nothing said.
            yield Element(values={"label": f"“{words}”", "kind": kind}, place=place_of(writing, piece, words))
    if writing.pieces:
        for count, kind in ((writing.insertions + writing.deletions, "修订痕迹"), (writing.comments, "批注")):
            if count:
                yield Element(values={"label": f"{count} 处", "kind": kind}, place=place_of(writing, writing.pieces[0], ""))


def _key(found: re.Match[str], at: int) -> str:
    return f"{found[at]}{found[at + 1] or ''}-{int(found[at + 2])}"


def _nowhere(piece: Piece, captions: set[str], numbers: set[str], chapters: set[str]) -> Iterator[tuple[str, str]]:
    """References to figures, tables and chapters that the document does not have; where it has none of a kind, they may be in an annex."""
    for one in _FIGURE.finditer(piece.text):
        before = piece.text[: one.start()]
        if _key(one, 2) not in captions and any(key[0] == one[2] for key in captions) and not re.search(r"》[^，。；]{0,6}$", before):
            yield one[0] if one[0].startswith("见") else one[1], f"没有的{one[2]}"
    for one in _CHAPTER.finditer(piece.text):
        if one[2]:
            bare = one[2]
            known = any(bare == re.sub("[第章]", "", number) for number in chapters) or not chapters
        else:
            known = one[3] in numbers or not any("." in number for number in numbers)
        if not known:
            yield one[1], "没有的章"


def _luhn(digits: str) -> bool:
    total = 0
    for at, sign in enumerate(reversed(digits)):
        number = int(sign) * (1 + at % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0
