"""What is a heading: by style, by outline level, by the numbers that people write before it, or by a bold line of its own."""

import re
from collections.abc import Sequence
from dataclasses import replace

from guiju.catalog.documents.model import Piece, Section

__all__ = ["form_of", "is_listed", "names_a_part", "number_of", "rank_of", "sections_of", "with_headings"]

_HAN = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"(第[{_HAN}百零〇\d]{{1,4}}(?:章|篇|部分|部|节)|附[录件表图]\s*[A-Z{_HAN}\d]{{0,3}}(?![一-龥])|\d{{1,2}}(?:[.．]\d{{1,2}}){{1,4}}(?![\d%])[.．、]?|"
    rf"[{_HAN}]{{1,3}}[、.．]|[（(][{_HAN}]{{1,3}}[）)][、.．]?|\d{{1,2}}[.．、](?!\d)|\d{{1,2}}(?=\s+[一-龥])|[（(]\d{{1,2}}[）)]|\d{{1,2}}[）)])\s*"
)
_LISTED = re.compile(r"(?:\t|[.…·]{3,}\s*|\s{4,})[-—]?\s*\d{1,4}\s*[-—]?\s*$")
_ENDS = "。；;：:，,！？.、"
_LONGEST = 40
# What a form asks to be written about, so that nothing beside it is a part without text.
_ASKED = re.compile(
    r"背景|必要性|依据|内容|方案|进度|计划|概算|估算|预算|资金来源|绩效|目标|效益|风险|安全|共享|现状|需求|保障|任务|措施|可行性"
)
_LEAST_BESIDE = 30
# Forms of numbers, from chapters downwards; a document uses some of them.
_CHAPTER, _PART, _HAN_FORM, _HAN_IN, _DIGIT, _DIGIT_IN, _BESIDE, _BARE = 1, 2, 11, 12, 13, 14, 15, 20


def number_of(text: str) -> tuple[str, str]:
    """The number that a heading bears, and the rest of it."""
    found = _NUMBER.match(text)
    return (re.sub(r"\s", "", found[1]).rstrip("、.．"), text[found.end() :].strip()) if found else ("", text.strip())


def rank_of(number: str) -> int | None:
    """Which one in its row a number is: 3 of 第三章, 三、, （三） and 1.3; None where it is none."""
    from guiju.terms.quantities.numerals import parse_numeral

    last = re.split(r"[.．]", re.sub(r"[（()）第章节篇部分]", "", number))[-1]
    return int(last) if last.isdigit() else parse_numeral(last) if last else None


def is_listed(text: str) -> bool:
    """Whether the line is one of a table of contents."""
    return len(text) < 100 and _LISTED.search(text) is not None and not text.lstrip().startswith(("\t", " "))


def names_a_part(name: str, text: str) -> bool:
    """Whether the first of two cells of a row is the heading of what stands in the other: long text, or nothing where some is asked."""
    name = re.sub(r"\s", "", name)
    if not 2 <= len(name) <= 20 or re.search(r"[。；，：:\d]", number_of(name)[1]):
        return False
    return len(text) >= _LEAST_BESIDE or (not text.strip() and _ASKED.search(name) is not None)


def form_of(number: str) -> int:
    """How deep a number stands by its form; 0 where it is none."""
    if not number:
        return 0
    if number.startswith("第"):
        return _PART if number.endswith("节") else _CHAPTER
    if number.startswith("附"):
        return _CHAPTER
    if re.fullmatch(r"\d{1,2}(?:[.．]\d{1,2})+", number):
        return len(re.split(r"[.．]", number))
    if re.fullmatch(rf"[{_HAN}]{{1,3}}", number):
        return _HAN_FORM
    if number[0] in "（(" and not number[1].isdigit():
        return _HAN_IN
    return _DIGIT if number.isdigit() else _DIGIT_IN


def with_headings(pieces: Sequence[Piece], styled: Sequence[int], bold: Sequence[bool]) -> tuple[Piece, ...]:
    """The pieces with levels, numbers and the headings above them; `styled` are levels that the file states (0: none)."""
    states = sum(level > 0 for level in styled) >= 3
    looks = _stated(pieces, styled, bold) if states else _looked(pieces, styled, bold)
    forms = sorted({form for form in looks if form})
    ranks = {form: at + 1 for at, form in enumerate(forms)} if not states else {form: form for form in forms}
    path: list[tuple[int, str]] = []
    done: list[Piece] = []
    for piece, form in zip(pieces, looks, strict=True):
        level = ranks.get(form, 0)
        if level:
            path = [one for one in path if one[0] < level]
            path.append((level, piece.shown))
        above = tuple(text for _, text in path) if piece.part in ("body", "box") else ()
        number = _number(piece) if level else ""
        done.append(replace(piece, level=level, number=number, heading=above))
    return tuple(done)


def _number(piece: Piece) -> str:
    return re.sub(r"\s", "", piece.label).rstrip("、.．") if piece.label else number_of(piece.text.strip())[0]


def _stated(pieces: Sequence[Piece], styled: Sequence[int], bold: Sequence[bool]) -> list[int]:
    """By what the file states; a bold chapter without a style is one too."""
    found = []
    for piece, level, thick in zip(pieces, styled, bold, strict=True):
        if level and piece.text.strip() and not piece.listed:
            found.append(level)
            continue
        form, _ = _candidate(piece)
        found.append(form if form == _CHAPTER and thick and number_of(piece.text)[0].startswith(("第", "附")) else 0)
    return found


def _candidate(piece: Piece) -> tuple[int, str]:
    """The form of a line that may be a heading, and its words without the number."""
    text = piece.text.strip()
    if piece.part != "body" or (piece.cell and not piece.alone) or piece.listed or not text:
        return 0, ""
    number, rest = number_of(text)
    if piece.label:
        number, rest = _number(piece), text
    short = 0 < len(rest) <= _LONGEST and rest[-1] not in _ENDS and "；" not in rest and "。" not in rest and not rest.startswith("《")
    return (form_of(number), rest) if short else (0, "")


def _looked(pieces: Sequence[Piece], styled: Sequence[int], bold: Sequence[bool]) -> list[int]:
    """By numbers and bold lines, where the file states next to nothing."""
    numbers = [number_of(piece.text.strip()) for piece in pieces if not piece.cell]
    dotted = sum(bool(rest) and form_of(number) in (2, 3) and "." in number for number, rest in numbers) >= 2
    found: list[int] = []
    opened: dict[int, bool] = {}
    for at, (piece, level, thick) in enumerate(zip(pieces, styled, bold, strict=True)):
        form, rest = _candidate(piece)
        if level and piece.text.strip() and not piece.listed and not form:
            form = level
        elif form:
            form = _judged(pieces, at, form, rest, thick=thick, dotted=dotted, opened=opened)
        if form:
            for deeper in [one for one in opened if one > form]:
                del opened[deeper]
        found.append(form)
    if _is_form(pieces):
        found = [form or (_BESIDE if piece.beside else 0) for form, piece in zip(found, pieces, strict=True)]
    if sum(form > 0 for form in found) < 3:
        found = [form or (_BARE if thick and _is_title(piece) else 0) for form, piece, thick in zip(found, pieces, bold, strict=True)]
    return found


def _is_form(pieces: Sequence[Piece]) -> bool:
    """Whether most of the words stand in cells, some of them beside a cell that names them."""
    inside = sum(len(one.text) for one in pieces if one.cell)
    return sum(one.beside for one in pieces) >= 2 and inside > 3 * sum(
        len(one.text) for one in pieces if not one.cell and one.part == "body"
    )


def _is_title(piece: Piece) -> bool:
    """Whether a bold line without a number may be a heading."""
    text = piece.text.strip()
    plain = piece.part == "body" and not piece.cell and not piece.listed
    return plain and 2 <= len(text) <= 25 and not re.search(r"[。；：:，,]|^[表图]\s*\d", text)


def _judged(pieces: Sequence[Piece], at: int, form: int, rest: str, *, thick: bool, dotted: bool, opened: dict[int, bool]) -> int:
    """The form of a numbered line that is a heading; 0 where it is an item of a list.

    Deep numbers are used for both: the first of a row decides for all of it, and is a heading where text follows below it.
    """
    piece = pieces[at]
    number = _number(piece)
    bare = number.isdigit() and re.match(r"\d{1,2}\s", piece.text.strip()) is not None and not piece.label
    if bare:
        return _CHAPTER if dotted and len(rest) <= 25 and not re.search(r"[，、]", rest) else 0
    if number.isdigit() and dotted and thick and not piece.cell:
        return _CHAPTER
    if form < _HAN_FORM or thick or piece.alone:
        return form
    if form == _HAN_FORM:
        return form if len(rest) <= 25 else 0
    if form in (_HAN_IN, _DIGIT) and len(rest) <= 20 and not re.search(r"[，：:]", rest):
        if form not in opened:
            after = next((one for one in pieces[at + 1 : at + 2]), None)
            opened[form] = after is not None and not after.cell and _candidate(after)[0] != form and len(after.text) > len(piece.text)
        return form if opened[form] else 0
    return 0


_NOTHING = re.compile(r"[（(]?(?:略|无|暂无|待补充?|同上|详见附件|暂无内容)[）)]?[。.]?")


def sections_of(pieces: Sequence[Piece]) -> tuple[Section, ...]:
    """The sections, each with all that stands under its heading."""
    starts = [at for at, piece in enumerate(pieces) if piece.level]
    found: list[Section] = []
    for at in starts:
        head = pieces[at]
        end = next((other for other in starts if other > at and pieces[other].level <= head.level), len(pieces))
        inner = [one for one in pieces[at + 1 : end] if one.part in ("body", "box")]
        own = [one for one in inner if not one.level]
        found.append(
            Section(
                number=head.number,
                title=head.text.strip() if head.label else number_of(head.text.strip())[1],
                level=head.level,
                piece=head,
                characters=sum(0 if _NOTHING.fullmatch(one.text.strip()) else len(one.text.strip()) for one in own),
                tables=len({one.cell[0] for one in own if one.cell and one.cell[0] != (head.cell or (0,))[0]}),
                text="\n".join(one.text for one in inner),
            )
        )
    return tuple(found)
