"""What the cells of a Word document say: content controls opened, boxes as boxes, placeholders and deleted words as nothing.

It changes the tree that was parsed, never the file.
"""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

__all__ = ["open_controls", "said_in", "said_in_paragraph"]

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Symbols of the fonts in which boxes are drawn.
_BOXES = {
    **dict.fromkeys(("F052", "F053", "F054", "F0FE", "F0FD", "F0FC", "0052", "0053", "0054", "00FE", "00FD", "00FC"), "☑"),
    **dict.fromkeys(("F0A3", "F02A", "F0A8", "F06F", "00A3", "002A", "00A8", "006F"), "□"),
}
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_SILENT = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:tbl"), qn("w:rPr"), qn("w:pPr"), qn("w:txbxContent"), _FALLBACK}
_MOST_CONTROLS = 20_000


def open_controls(body: Any) -> None:
    """Puts the contents of content controls in their place; one that still shows what to type there holds nothing."""
    for control in list(body.iter(qn("w:sdt")))[:_MOST_CONTROLS]:
        owner = control.getparent()
        if owner is None:
            continue
        properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
        shown = properties is not None and properties.find(qn("w:showingPlcHdr")) is not None
        is_box = properties is not None and properties.find(f"{_W14}checkbox") is not None
        for part in list(content) if content is not None else []:
            if shown and not is_box:
                for text in part.iter(qn("w:t")):
                    text.text = ""
            control.addprevious(part)
        owner.remove(control)


def said_in(cell: Any) -> str:
    """The text of a `w:tc`, its paragraphs in lines; what a table inside it says is not its own."""
    return "\n".join("".join(_said(one)) for one in cell.iterchildren(qn("w:p"))).strip()


def said_in_paragraph(paragraph: Any) -> str:
    """The text of a `w:p`, deleted words and the boxes in it left aside."""
    return "".join(_said(paragraph))


def _said(node: Any) -> Iterator[str]:
    for part in node.iterchildren():
        tag = part.tag
        if tag in _SILENT:
            continue
        if tag == qn("w:t"):
            yield part.text or ""
        elif tag in _MARKS:
            yield _MARKS[tag]
        elif tag == qn("w:sym"):
            yield _BOXES.get((part.get(qn("w:char")) or "").upper(), "")
        elif tag == qn("w:checkBox"):
            yield _box(part)
        else:
            yield from _said(part)


def _box(field: Any) -> str:
    """A form field to tick: as it was ticked, else as it began."""
    for name in ("w:checked", "w:default"):
        state = field.find(qn(name))
        if state is not None:
            return "□" if state.get(qn("w:val"), "1") in ("0", "false", "off") else "☑"
    return "□"
