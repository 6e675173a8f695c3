"""What is a heading: by style, by outline level, or by the numbers that people write before it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from guiju.catalog.documents.model import Piece, Section

__all__ = ["is_listed", "number_of", "sections_of", "with_headings"]

_NUMBER = re.compile(
    r"(第[一二三四五六七八九十百零〇\d]{1,4}[章篇部]分?|附[录件表]\s*[A-Z一二三四五六七八九十\d]{0,3}(?![一-龥])|\d{1,2}(?:[.．]\d{1,2}){1,4}(?![\d%])|"
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)])\s*"
)
_LISTED = re.compile(r"(?:\t|[.…·]{3,}\s*|\s{4,})\d{1,4}\s*$")
_ENDS = "。；;：:，,！？.、"
_LONGEST = 40


def number_of(text: str) -> tuple[str, str]:
    """The number that a heading bears, and the rest of it."""
    found = _NUMBER.match(text)
    return (re.sub(r"\s", "", found[1]).rstrip("、.．"), text[found.end() :].strip()) if found else ("", text.strip())


def is_listed(text: str) -> bool:
    """Whether the line is one of a table of contents."""
    return len(text) < 100 and _LISTED.search(text) is not None


def _class_of(number: str) -> int:
    """How deep a number stands by its form; 0 where it is none."""
    if not number:
        return 0
    if number.startswith(("第", "附")):
        return 1
    if re.fullmatch(r"\d{1,2}(?:[.．]\d{1,2})+", number):
        return 1 + len(re.split(r"[.．]", number)) - 1
    if re.fullmatch(r"[一二三四五六七八九十]{1,3}", number):
        return 11
    if number[0] in "（(" and not number[1].isdigit():
        return 12
    return 13 if number.isdigit() else 14


def with_headings(pieces: Sequence[Piece], styled: Sequence[int], bold: Sequence[bool]) -> tuple[Piece, ...]:
    """The pieces with levels, numbers and the headings above them; `styled` are levels that the file states (0: none)."""
    states = sum(level > 0 for level in styled) >= 3
    looks = [_look(piece, level, thick, states) for piece, level, thick in zip(pieces, styled, bold, strict=True)]
    forms = sorted({form for form in looks if form})
    ranks = {form: at + 1 for at, form in enumerate(forms)} if not states else {form: form for form in forms}
    path: list[tuple[int, str]] = []
    done: list[Piece] = []
    for piece, form in zip(pieces, looks, strict=True):
        level = ranks.get(form, 0)
        if level:
            path = [one for one in path if one[0] < level]
            path.append((level, piece.text.strip()))
        above = tuple(text for _, text in path) if piece.part in ("body", "box") else ()
        done.append(replace(piece, level=level, number=number_of(piece.text.strip())[0] if level else "", heading=above))
    return tuple(done)


def _look(piece: Piece, styled: int, bold: bool, states: bool) -> int:
    text = piece.text.strip()
    if piece.part != "body" or piece.cell or piece.listed or not text:
        return 0
    if styled:
        return styled
    number, rest = number_of(text)
    form = _class_of(number)
    short = 0 < len(rest) <= _LONGEST and rest[-1] not in _ENDS and "；" not in rest and not rest.startswith("《")
    if not short or not form:
        return 0
    if states:
        return form if form == 1 and bold else 0
    sure = form < 11 or bold
    return form if sure or (form == 11 and len(rest) <= 20) else 0


def sections_of(pieces: Sequence[Piece]) -> tuple[Section, ...]:
    """The sections, each with all that stands under its heading."""
    starts = [at for at, piece in enumerate(pieces) if piece.level]
    found: list[Section] = []
    for at in starts:
        head = pieces[at]
        end = next((other for other in starts if other > at and pieces[other].level <= head.level), len(pieces))
        inner = [one for one in pieces[at + 1 : end] if one.part != "header" and one.part != "footer"]
        own = [one for one in inner if not one.level]
        found.append(
            Section(
                number=head.number,
                title=number_of(head.text.strip())[1],
                level=head.level,
                piece=head,
                characters=sum(len(one.text.strip()) for one in own),
                tables=len({one.cell[0] for one in own if one.cell}),
                text="\n".join(one.text for one in inner),
            )
        )
    return tuple(found)
