"""The 问题清单 of documents by chapter: as a Word file with a table for each chapter, or as a sheet in reading order.

What stands in no chapter, as on the cover, comes first under the name of its file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import PurePath

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from guiju.catalog.records.place import Place
from guiju.forms.annotate.mark_workbook import list_workbook
from guiju.forms.annotate.remarks import Marking, Remark
from guiju.terms.tongue import Both, Tongue
from guiju.terms.visible import visible

__all__ = ["by_chapter", "problem_paper", "problem_sheet"]

_TITLE = Both("问题清单", "List of problems")
_HEADS = (
    Both("序号", "No."),
    Both("严重程度", "severity"),
    Both("位置", "place"),
    Both("问题", "problem"),
    Both("依据", "by"),
    Both("整改", "mending"),
)
_WIDTHS = (12, 18, 38, 62, 38, 42)
_COVER = Both("封面和全文", "cover and whole")
_NONE = Both("没有问题。", "Nothing was found.")
_COUNT = Both("{file}：{n} 处；检查日 {day}，规则集 {rules}", "{file}: {n} remarks; as of {day}, ruleset {rules}")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chapter:
    """One chapter and its remarks, in reading order."""

    title: str
    remarks: tuple[Remark, ...]


def by_chapter(marking: Marking) -> Marking:
    """The same remarks in reading order: by paragraph, what is of the whole first."""
    return replace(marking, remarks=tuple(sorted(marking.remarks, key=lambda one: _order(_place(one, marking)))))


def problem_sheet(markings: Sequence[Marking]) -> bytes:
    """The list as a workbook, one sheet of all files."""
    first = by_chapter(markings[0])
    rest = [remark for one in markings[1:] for remark in by_chapter(one).remarks if remark not in first.remarks]
    return list_workbook(replace(first, remarks=(*first.remarks, *rest))).data


def problem_paper(markings: Sequence[Marking]) -> bytes:
    """The list as a Word file: a heading for each file and chapter, a table below each."""
    tongue = markings[0].tongue
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.size = Pt(9)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    document.add_heading(_TITLE.say(tongue), 0)
    number = 0
    for marking in markings:
        name = PurePath(marking.file).name
        words = _COUNT.say(tongue).format(file=name, n=len(marking.remarks), day=marking.as_of.isoformat(), rules=marking.ruleset[:12])
        document.add_paragraph(visible(words))
        if not marking.remarks:
            document.add_paragraph(_NONE.say(tongue))
        for chapter in _chapters(marking):
            document.add_heading(visible(chapter.title), 1)
            number = _table(document, chapter, marking, tongue, number)
    document.core_properties.created = document.core_properties.modified = _EPOCH
    document.core_properties.author = "Guiju"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: object, chapter: _Chapter, marking: Marking, tongue: Tongue, number: int) -> int:
    table = document.add_table(rows=1, cols=len(_HEADS), style="Table Grid")  # type: ignore[attr-defined]
    for cell, head, width in zip(table.rows[0].cells, _HEADS, _WIDTHS, strict=True):
        cell.text = head.say(tongue)
        cell.paragraphs[0].runs[0].bold = True
        cell.width = Mm(width)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for one in chapter.remarks:
        number += 1
        told = (str(number), one.severity.words.say(tongue), _where(_place(one, marking), tongue), one.message, one.cites, one.fix)
        for cell, text, width in zip(table.add_row().cells, told, _WIDTHS, strict=True):
            cell.text = visible(text)
            cell.width = Mm(width)
    return number


def _chapters(marking: Marking) -> Iterator[_Chapter]:
    held: list[Remark] = []
    title: str | None = None
    for one in by_chapter(marking).remarks:
        place = _place(one, marking)
        own = (place.heading or "").split(" › ")[0] if place else ""
        own = own or _COVER.say(marking.tongue)
        if title is not None and own != title:
            yield _Chapter(title=title, remarks=tuple(held))
            held = []
        title = own
        held.append(one)
    if title is not None:
        yield _Chapter(title=title, remarks=tuple(held))


def _place(one: Remark, marking: Marking) -> Place | None:
    return next((place for place in one.places if place.file == marking.file), None)


def _order(place: Place | None) -> tuple[int, int]:
    return (1, place.paragraph) if place is not None and place.paragraph else (0, 0)


def _where(place: Place | None, tongue: Tongue) -> str:
    if place is None:
        return ""
    below = (place.heading or "").split(" › ")[-1]
    page = Both("第 {n} 页", "page {n}").say(tongue).format(n=place.page) if place.page else ""
    cell = f"{place.sheet} {place.cell or ''}".strip() if place.sheet else ""
    words = f"“{place.words}”" if place.words else ""
    return "\n".join(part for part in (below, " ".join(one for one in (cell, page) if one), words) if part)
