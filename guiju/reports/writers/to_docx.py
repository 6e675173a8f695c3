"""A report as a Word document in the layout of GB/T 9704-2012, for officials to edit further; the only importer of python-docx.

A4, margins 37/35/28/26 mm, 22 lines of 28 characters; fonts are named, not embedded: they come from the office's machine.
The same report gives the same bytes: no clock, fixed times in the zip.
"""

import zipfile
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from guiju.diagnostics.source import display_width
from guiju.reports.layout.escape import visible
from guiju.reports.layout.letters.letter import Cell, Heading, Letter, Lit, Paragraph, Table, leads_in
from guiju.reports.layout.letters.report_letter import letter_of
from guiju.reports.model import Report
from guiju.terms.tongue import Both, Tongue

__all__ = ["letter_to_docx", "to_docx"]

_BODY, _TITLE, _HEADINGS = "仿宋_GB2312", "方正小标宋简体", {1: "黑体", 2: "楷体_GB2312", 3: "仿宋_GB2312", 4: "仿宋_GB2312"}
_SIZE, _TITLE_SIZE, _TABLE_SIZE, _SMALL = Pt(16), Pt(22), Pt(12), Pt(9)
_NONE, _GAP = Pt(0), Pt(10)
_LINE = Pt(28.95)
_WIDTH = 156
# 28 characters of 16 pt are 448 pt and the text is 442 pt wide, so each gives up a quarter of a point (in twentieths of a point).
_TIGHTER = "-5"
_AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:lang")
_AFTER_GRID = ("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textAlignment", "w:rPr")
_COLOURS = {
    "green": RGBColor(0x2E, 0x70, 0x49),
    "amber": RGBColor(0xB0, 0x78, 0x00),
    "red": RGBColor(0xB3, 0x26, 0x1E),
    "grey": RGBColor(0x75, 0x75, 0x75),
}
_EPOCH = (1980, 1, 1, 0, 0, 0)


def to_docx(report: Report, tongue: Tongue) -> bytes:
    """The letter of the report as .docx."""
    return letter_to_docx(letter_of(report, tongue), datetime.combine(report.provenance.as_of, datetime.min.time()))


def letter_to_docx(letter: Letter, made: datetime) -> bytes:
    """Any letter as .docx; `made` is written into it as its time of making."""
    document = Document()
    _lay_out(document, letter)
    _line(document, letter.title, font=_TITLE, size=_TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False, after=Pt(7))
    _line(document, letter.notice, font=_HEADINGS[2], size=_TABLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False, after=Pt(7))
    for one in letter.about:
        _line(document, one, font=_HEADINGS[2], align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    if letter.addressee:
        _line(document, letter.addressee, indent=False)
    for at, block in enumerate(letter.body):
        match block:
            case Heading(level=level, text=text):
                _line(document, text, font=_HEADINGS[level], style=f"Heading {level}")
            case Paragraph(text=text):
                _line(document, text)
                document.paragraphs[-1].paragraph_format.keep_with_next = leads_in(letter.body, at)
            case Table():
                _table(document, block)
    _closing(document, letter)
    document.core_properties.created = document.core_properties.modified = made
    document.core_properties.author = document.core_properties.last_modified_by = ""
    document.core_properties.title = letter.title
    document.core_properties.language = "zh-CN" if letter.tongue is Tongue.ZH else "en"
    buffer = BytesIO()
    document.save(buffer)
    return _timeless(buffer.getvalue())


def _lay_out(document: WordDocument, letter: Letter) -> None:
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    # The page number stands 7 mm below the text; a footer that reached up into the text would take a line of the page.
    section.footer_distance = Mm(16)
    grid = OxmlElement("w:docGrid")
    # Lines only: a grid of characters would tear tables apart; the runs themselves are set so that 28 characters fit a line.
    for name, value in (("type", "lines"), ("linePitch", "579")):
        grid.set(qn(f"w:{name}"), value)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(grid)
    document.settings.odd_and_even_pages_header_footer = True
    for level in range(1, 5):
        style = document.styles[f"Heading {level}"]
        style.font.bold = False
        style.font.color.rgb = None
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.keep_with_next = True
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    for footer in (section.footer, section.even_page_footer):
        words = footer.add_paragraph()
        _run(words, letter.footer, _BODY, _SMALL)
        words.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for paragraph, height in zip(footer.paragraphs, (Pt(20), Pt(12)), strict=True):
            form = paragraph.paragraph_format
            form.space_before, form.space_after, form.line_spacing_rule, form.line_spacing = _NONE, _NONE, WD_LINE_SPACING.EXACTLY, height


def _page_number(paragraph: WordParagraph, align: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 — in Song, at the outer corner, one character in."""
    paragraph.alignment = align
    if align is WD_ALIGN_PARAGRAPH.RIGHT:
        paragraph.paragraph_format.right_indent = Pt(14)
    else:
        paragraph.paragraph_format.left_indent = Pt(14)
    _run(paragraph, "— ", "宋体", Pt(14))
    run = _run(paragraph, "", "宋体", Pt(14))
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    _run(paragraph, " —", "宋体", Pt(14))


def _run(paragraph: WordParagraph, text: str, font: str, size: Pt) -> Run:
    run = paragraph.add_run(visible(text))
    run.font.size = size
    run.font.bold = False
    run.font.name = "Times New Roman"
    properties = run._r.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if size == _SIZE:
        tighter = OxmlElement("w:spacing")
        tighter.set(qn("w:val"), _TIGHTER)
        properties.insert_element_before(tighter, *_AFTER_SPACING)
    return run


def _line(
    document: WordDocument,
    text: str,
    *,
    font: str = _BODY,
    size: Pt = _SIZE,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
    indent: bool = True,
    after: Pt = _NONE,
    style: str | None = None,
) -> None:
    paragraph = document.add_paragraph(style=style)
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, max(_LINE, Pt(size.pt * 1.5))
    form.space_before, form.space_after = Pt(0), after
    form.first_line_indent = Pt(size.pt * 2) if indent else None
    _run(paragraph, text, font, size)


def _table(document: WordDocument, block: Table) -> None:
    if not block.rows:
        return
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.header), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Mm(_WIDTH * width / 100)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    for at, cells in enumerate((block.header, *block.rows)):
        row = table.rows[at]
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Mm(_WIDTH * block.widths[column] / 100)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.line_spacing = Pt(_TABLE_SIZE.pt * 1.3)
            _off_the_grid(paragraph)
            if at == 0:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.paragraph_format.keep_with_next = True
            _cell(paragraph, text, _HEADINGS[1] if at == 0 else _BODY)
    gap = document.add_paragraph()
    form = gap.paragraph_format
    form.space_after, form.line_spacing_rule, form.line_spacing = Pt(0), WD_LINE_SPACING.EXACTLY, _GAP
    _off_the_grid(gap)


def _cell(paragraph: WordParagraph, cell: Cell, font: str) -> None:
    if isinstance(cell, Lit):
        _run(paragraph, "● ", font, _TABLE_SIZE).font.color.rgb = _COLOURS[cell.light]
        cell = cell.text
    _run(paragraph, cell, font, _TABLE_SIZE)


def _off_the_grid(paragraph: WordParagraph) -> None:
    loose = OxmlElement("w:snapToGrid")
    loose.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(loose, *_AFTER_GRID)


def _closing(document: WordDocument, letter: Letter) -> None:
    if letter.attachments:
        word = Both("附件：", "Attached: ").say(letter.tongue)
        for number, name in enumerate(letter.attachments, 1):
            _line(document, f"{word if number == 1 else '　　　'}{number}. {name}")
    if not letter.day:
        return
    _line(document, "", indent=False)
    for text in (Both("（署名、印章）", "(signature, seal)").say(letter.tongue), letter.day):
        _line(document, text, align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False)
        # The day stands four characters in; the signature is centred over it.
        off = (display_width(letter.day) - display_width(text)) * _SIZE.pt / 4
        document.paragraphs[-1].paragraph_format.right_indent = Pt(_SIZE.pt * 4 + off)


def _timeless(data: bytes) -> bytes:
    """The same zip with one time for all members, in the order of their names but for the table of contents, which comes first."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(member, old.read(name))
    return out.getvalue()
