"""The sheet 问题清单: every fault in one line, what blocks first, each with a link to its cell.

Links go to cells of the same workbook only; every word is written as text.
"""

from pathlib import PurePath
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink

from guiju.catalog.tables.own_sheets import OWN_MARK
from guiju.diagnostics.source import display_width
from guiju.forms.annotate.remarks import Marking, Remark
from guiju.forms.files.style_cache import Styles
from guiju.forms.files.words import WORDS, filled
from guiju.forms.files.workbook import write_text
from guiju.reports.layout.text import place_words
from guiju.reports.layout.words import PRECHECK
from guiju.reports.layout.words import WORDS as REPORT_WORDS
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue

__all__ = ["COLOURS", "add_problem_list"]

COLOURS = {Severity.BLOCKING: "F4A6A0", Severity.MAJOR: "FAD7A0", Severity.MINOR: "FFF2B3", Severity.ADVISORY: "D6E8F7"}
"""One colour for each severity, light enough to read on; the severity is also said in words."""

_MOST_LINKS = 60_000
_COLUMNS = (
    ("number", 6),
    ("severity", 10),
    ("place", 22),
    ("subject", 24),
    ("problem", 60),
    ("fix", 50),
    ("cites", 34),
    ("rule", 30),
)
# What every list of ours begins with, those of earlier versions too.
_ALWAYS = 5
_HEAD = 5
_LINE_HEIGHT = 14.5
_LINE = Side(style="thin", color="D0D0D0")
_TOP = Alignment(vertical="top", wrap_text=True)


def add_problem_list(book: Any, marking: Marking, *, linked: bool, told: tuple[Both, ...] = ()) -> tuple[Both, ...]:
    """Adds the sheet as the first one and shows it; `linked` where the places are cells of this workbook.

    What is `told` is said in its head, and so is what of the list was left out, which is returned.
    """
    say = marking.tongue
    for sheet in [one for one in book.worksheets if _is_earlier(one)]:
        book.remove(sheet)
    sheet = book.create_sheet(_free_name(book, WORDS["problem_list"].say(say)), 0)
    over = len(marking.remarks) - marking.most_rows
    left = (filled("rows_left", n=over, most=marking.most_rows),) if over > 0 else ()
    _head(sheet, marking, (*told, *left))
    for column, (key, width) in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
        cell = sheet.cell(_HEAD, column)
        write_text(cell, WORDS[key].say(say))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="44546A")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    names = {one.title for one in book.worksheets}
    rows = marking.remarks[: marking.most_rows]
    styles = Styles()
    for number, one in enumerate(rows, 1):
        _row(sheet, styles, _HEAD + number, number, one, marking, names if linked and number < _MOST_LINKS else set())
    if over > 0:
        write_text(sheet.cell(_HEAD + marking.most_rows + 1, 1), WORDS["more"].say(say).format(n=over))
    sheet.freeze_panes = sheet.cell(_HEAD + 1, 1)
    if rows:
        sheet.auto_filter.ref = f"A{_HEAD}:{sheet.cell(_HEAD, len(_COLUMNS)).column_letter}{_HEAD + len(rows)}"
    sheet.sheet_view.zoomScale = 90
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    _show(book, sheet)
    return left


def _is_earlier(sheet: Any) -> bool:
    """Whether the sheet is the list of an earlier marking; instructions and lists of choices are ours too, and stay."""
    if not str(sheet["A1"].value or "").startswith(OWN_MARK):
        return False
    heads = [sheet.cell(_HEAD, column).value for column in range(1, _ALWAYS + 1)]
    return any(heads == [WORDS[key].say(tongue) for key, _ in _COLUMNS[:_ALWAYS]] for tongue in Tongue)


def _head(sheet: Any, marking: Marking, left: tuple[Both, ...]) -> None:
    say = marking.tongue
    title = WORDS["problem_title"].say(say).format(file=PurePath(marking.file).name)
    write_text(sheet["A1"], f"{OWN_MARK} {title}")
    sheet["A1"].font = Font(bold=True, size=14)
    counts = " · ".join(f"{one.words.say(say)} {marking.count(one)}" for one in sorted(Severity, reverse=True) if marking.count(one))
    blocking = marking.count(Severity.BLOCKING)
    first = WORDS["still"].say(say).format(n=blocking) if blocking else WORDS["no_block"].say(say)
    write_text(sheet["A2"], first if marking.remarks else WORDS["nothing"].say(say))
    sheet["A2"].font = Font(bold=True, size=12, color="C00000" if blocking else "375623")
    unknown = WORDS["unknown"].say(say).format(n=marking.undetermined) if marking.undetermined else ""
    write_text(sheet["A3"], " · ".join(part for part in (counts, unknown, *(one.say(say) for one in left)) if part))
    if left:
        sheet["A3"].font = Font(bold=True, color="C00000")
    where = f"{REPORT_WORDS['as_of'].say(say)} {marking.as_of.isoformat()} · {REPORT_WORDS['ruleset'].say(say)} {marking.ruleset[:12]}"
    write_text(sheet["A4"], f"{where} · {PRECHECK.say(say)}")
    sheet["A4"].font = Font(color="7F7F7F")


def _row(sheet: Any, styles: Styles, at: int, number: int, one: Remark, marking: Marking, names: set[str]) -> None:
    say = marking.tongue
    place = next((place for place in one.places if place.file == marking.file), None)
    where = place_words(place).removeprefix(marking.file).strip(" :") if place is not None else ""
    told = (one.subject, one.message, one.fix, one.cites, one.code)
    texts = (str(number), one.severity.words.say(say), where, *told)
    # Said outright, since not every program fits the height of a row to its words when it opens a workbook.
    lines = max(1 + display_width(text) // max(1, width - 1) for text, (_, width) in zip(texts, _COLUMNS, strict=True))
    sheet.row_dimensions[at].height = min(400, 4 + _LINE_HEIGHT * lines)
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(at, column)
        write_text(cell, text)
        styles.put(cell, "plain", _plain)
    sheet.cell(at, 1).value = number
    styles.put(sheet.cell(at, 2), one.severity, lambda cell: _coloured(cell, one.severity))
    if place is not None and place.cell is not None:
        target = place.sheet or next(iter(sorted(names - {sheet.title})), "")
        if target in names:
            cell = sheet.cell(at, 3)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{target.replace(chr(39), chr(39) * 2)}'!{place.cell}")
            styles.put(cell, "link", _linked)


def _plain(cell: Any) -> None:
    cell.alignment, cell.border = _TOP, Border(bottom=_LINE)


def _coloured(cell: Any, severity: Severity) -> None:
    cell.fill = PatternFill("solid", fgColor=COLOURS[severity])


def _linked(cell: Any) -> None:
    cell.font = Font(color="0563C1", underline="single")


def _free_name(book: Any, name: str) -> str:
    taken = {one.casefold() for one in book.sheetnames}
    found, number = name, 2
    while found.casefold() in taken:
        found, number = f"{name} {number}", number + 1
    return found


def _show(book: Any, sheet: Any) -> None:
    """Opens the workbook on that sheet, and on no other at the same time."""
    book.active = book.worksheets.index(sheet)
    for one in book.worksheets:
        one.sheet_view.tabSelected = one is sheet
    sheet.sheet_state = "visible"
