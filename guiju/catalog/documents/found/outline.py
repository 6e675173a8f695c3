"""The outline of a document: its chapters with their numbers and copies, its table of contents, and the parts that an outline asks for."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from guiju.catalog.documents.found.patterns import parted
from guiju.catalog.documents.headings import form_of, number_of, rank_of
from guiju.catalog.documents.model import Piece, Section, Writing
from guiju.catalog.documents.spots import Element, place_of
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["contents", "paper_of", "parts", "sections"]

_LEAST_COPIED = 10
_PAGE = re.compile(r"(?:\t|[.…·]{2,}|\s{2,})[\s.…·\t]*[-—]?\s*\d{1,4}\s*[-—]?\s*$")


def sections(writing: Writing) -> Iterator[Element]:
    """Each chapter: its number, whether it was used before beside it, whether one is left out before it, and what it copies."""
    texts: dict[str, str] = {}
    rows: dict[tuple[int, int], tuple[int, set[str]]] = {}
    levels: list[int] = []
    for section in writing.sections:
        form = form_of(section.number)
        for level in [one for one in levels if one > section.level]:
            for key in [key for key in rows if key[0] == level]:
                del rows[key]
        levels = [one for one in levels if one <= section.level] + [section.level]
        again, leaps = _numbered(section, form, rows)
        body = re.sub(r"\s", "", section.text)
        copied = texts.get(body) if len(body) >= _LEAST_COPIED else None
        texts.setdefault(body, section.piece.shown)
        values = {
            "number": section.number or None,
            "title": section.title or section.piece.text.strip(),
            "level": section.level,
            "characters": section.characters,
            "tables": section.tables,
            "repeated": "是" if again else "否",
            "leaps": "是" if leaps else "否",
            "copied": copied if copied != section.piece.shown else None,
        }
        yield Element(values=values, place=place_of(writing, section.piece, section.piece.text.strip()))


def _numbered(section: Section, form: int, rows: dict[tuple[int, int], tuple[int, set[str]]]) -> tuple[bool, bool]:
    """Whether the number stands already in its row, and whether the row leaps to it."""
    rank = rank_of(section.number)
    if not form or rank is None or section.number.startswith("附"):
        return False, False
    key = (section.level, form)
    last, seen = rows.get(key, (0, set()))
    # A row may begin anew below another chapter even where the chapter's own heading is of no form that is known.
    again = section.number in seen and rank != 1
    again = again or (section.number in seen and rank == 1 and last == 1)
    leaps = not again and bool(seen) and rank > last + 1
    rows[key] = (rank, (set() if rank == 1 else seen) | {section.number})
    return again, leaps


def contents(writing: Writing) -> Iterator[Element]:
    """The lines of the table of contents, each with whether there is a heading of that title."""
    titles = [_bare(number_of(one.piece.text.strip())[1] or one.piece.text) for one in writing.sections]
    lines = [one for one in writing.pieces if one.listed and one.part in ("body", "box") and not one.cell]
    if len(lines) < 2 or not titles:
        return
    for piece in lines:
        text = _PAGE.sub("", piece.text).strip()
        title = _bare(number_of(text)[1] or text)
        if len(title) < 2 or re.match(r"[图表]\d", title):
            continue
        found = any(title == one or title in one or one in title for one in titles if one)
        yield Element(values={"label": text, "found": "是" if found else "否"}, place=place_of(writing, piece, text))


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A row of the register: the outline it is of, its names, where it would stand, what asks for it, and least content."""

    outline: str
    name: str
    english: str
    names: tuple[str, ...]
    near: tuple[str, ...]
    headed: bool
    need: str
    papers: tuple[str, ...]
    floor: Decimal
    least: int
    clause: str


_PAPERS = {
    "可行性研究报告": ("可行性研究", "可研报告"),
    "项目建议书": ("项目建议书", "立项建议书"),
    "初步设计": ("初步设计", "投资概算报告"),
    "申报书": ("申报书", "申报表", "申请书"),
    "建设方案": ("建设方案", "实施方案", "项目方案", "技术方案"),
}


def paper_of(writing: Writing) -> str | None:
    """What kind of paper it is, by its cover; None where that does not say."""
    cover = [one.text for one in writing.pieces if one.part == "body" and not one.level][:12]
    for text in cover:
        for paper, words in _PAPERS.items():
            if len(text) < 60 and any(word in text for word in words):
                return paper
    return None


def parts(writing: Writing, rows: Sequence[Sequence[str]], total: Decimal | None) -> Iterator[Element]:
    """Each part of each outline: whether it is asked of this paper, written about, where, how much, and whether it comes in its turn."""
    told = "\n".join(one.text for one in writing.pieces if not one.listed and one.part not in ("header", "footer"))
    # To name an instrument among the grounds is not to write about its matter.
    text = re.sub(r"《[^《》]{0,80}》", "", told)
    paper = paper_of(writing)
    last: dict[str, tuple[int, str]] = {}
    for row in rows:
        part = _part(row)
        if part is None or not writing.pieces:
            continue
        section = _headed(writing.sections, part)
        spoken = section is not None or (not part.headed and any(word in text for word in part.names))
        at = writing.sections.index(section) if section is not None else -1
        before = last.get(part.outline)
        ordered = section is None or before is None or at >= before[0]
        if section is not None and (before is None or at > before[0]):
            last[part.outline] = (at, section.piece.shown)
        near = section or _near(writing.sections, part.near)
        piece = near.piece if near else _first(writing)
        values = {
            "outline": part.outline,
            "name": part.name,
            "english": part.english,
            "clause": part.clause,
            "asked": _asked(part, paper, total),
            "stated": "是" if spoken else "否",
            "heading": section.piece.shown if section else None,
            "characters": section.characters + 50 * section.tables if section else None,
            "least": part.least,
            "ordered": "是" if ordered else "否",
            "follows": before[1] if before is not None and not ordered else None,
        }
        yield Element(values=values, place=place_of(writing, piece, piece.text.strip()))


def _asked(part: _Part, paper: str | None, total: Decimal | None) -> str | None:
    """Whether the part is asked of this paper; None where what decides it is not known."""
    if part.need == "可缺":
        return "否"
    if part.papers and paper is None:
        return None
    if part.papers and paper not in part.papers:
        return "否"
    if part.floor:
        return None if total is None else "是" if total >= part.floor else "否"
    return "是"


def _first(writing: Writing) -> Piece:
    return next((one for one in writing.pieces if one.text.strip()), writing.pieces[0])


def _part(row: Sequence[str]) -> _Part | None:
    """id, outline, order, name, english, aliases, near, form, need, papers, least investment in ten thousand yuan, least, clause."""
    if len(row) < 13:
        return None
    return _Part(
        outline=row[1].strip(),
        name=row[3].strip(),
        english=row[4].strip(),
        names=(row[3].strip(), *parted(row[5])),
        near=parted(row[6]),
        headed=row[7].strip() == "成章",
        need=row[8].strip(),
        papers=parted(row[9]),
        floor=Decimal(row[10].strip()) * 10_000 if row[10].strip().isdigit() else Decimal(0),
        least=int(row[11]) if row[11].strip().isdigit() else 0,
        clause=row[12].strip(),
    )


def _headed(found: Sequence[Section], part: _Part) -> Section | None:
    """The heading of a part: the same words, words within it, or nearly the same ones; chapters before the parts of chapters."""
    titles = sorted(found, key=lambda one: one.level)
    for word in part.names:
        same = next((one for one in titles if _bare(one.title) == _bare(word)), None)
        if same is not None:
            return same
    within = next((one for one in titles for word in part.names if _bare(word) in _bare(one.piece.text)), None)
    if within is not None or not part.headed:
        return within
    near = ((SequenceMatcher(None, _bare(one.title), _bare(word)).ratio(), -one.level, one) for one in titles for word in part.names)
    best = max(near, key=lambda triple: triple[:2], default=None)
    return best[2] if best is not None and best[0] >= 0.75 else None


def _near(found: Sequence[Section], words: Sequence[str]) -> Section | None:
    return next((one for word in words for one in found if word in one.piece.text), None)


def _bare(text: str) -> str:
    return re.sub(r"[\s、，,与和及的“”（）()]", "", text)
