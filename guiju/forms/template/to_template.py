"""The form to fill as a workbook: drop-downs, required marks, hints with the clause, an example, colours for simple mistakes, instructions.

Above each header stand a legend and an example, which the readers pass over; nothing in it is a macro.
"""

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from guiju.catalog.tables.own_sheets import OWN_MARK
from guiju.diagnostics.source import display_width
from guiju.forms.template.field_words import cites_words, content_words, example_words, hint_words, message_words, need_words, title_words
from guiju.forms.template.form_plan import FormPlan, FormSheet
from guiju.forms.template.form_words import FORM_WORDS
from guiju.forms.template.looks import Lists, Looks, cell_look, drop_down, looks_of, sheet_name
from guiju.forms.template.sheet_formulas import blank_formula, wrong_formulas
from guiju.forms.template.to_lines import draw_lines
from guiju.terms.tongue import Tongue

__all__ = ["FIRST_ROW", "HEADER_ROW", "to_template"]

HEADER_ROW = 2
FIRST_ROW = 3
_ROWS = 500


def to_template(plan: FormPlan, ruleset: str) -> bytes:
    """The workbook; the same bytes for the same plan and ruleset."""
    out = BytesIO()
    literal = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"in_memory": True, **literal})
    made = datetime(plan.on.year, plan.on.month, plan.on.day)
    book.set_properties({"title": FORM_WORDS["guide"].say(plan.tongue), "author": "Guiju", "created": made})
    looks = looks_of(book)
    is_lined = any(one.sections for one in plan.sheets)
    # Where each line explains itself, the form comes first and the instructions last.
    guide = None if is_lined else book.add_worksheet(sheet_name(plan, "guide"))
    sheets = [book.add_worksheet(one.title) for one in plan.sheets]
    lists = Lists(book.add_worksheet(sheet_name(plan, "lists")), plan)
    for sheet, one in zip(sheets, plan.sheets, strict=True):
        (draw_lines if one.sections else _draw)(sheet, one, plan, looks, lists)
    _guide(guide or book.add_worksheet(sheet_name(plan, "guide")), plan, looks, ruleset)
    lists.sheet.hide()
    sheets[0].activate()
    book.close()
    return out.getvalue()


def _draw(sheet: Any, one: FormSheet, plan: FormPlan, looks: Looks, lists: Lists) -> None:
    say = plan.tongue
    first, last = FIRST_ROW, FIRST_ROW + _ROWS - 1
    row = f"${xl_col_to_name(0)}{first + 1}:${xl_col_to_name(len(one.columns) - 1)}{first + 1}"
    cells = {column.path: f"${xl_col_to_name(at)}{first + 1}" for at, column in enumerate(one.columns) if column.owner is None}
    for at, column in enumerate(one.columns):
        width = min(28, max(11, display_width(column.label) + 4))
        sheet.set_column(at, at, width, cell_look(column, looks))
        sheet.write_string(0, at, need_words(column, say), looks.legend)
        sheet.write_string(1, at, (FORM_WORDS["example"].say(say) if at == 0 else "") + example_words(column, say), looks.grey)
        head = looks.header_must if column.required else looks.header_may if column.rules.sometimes else looks.header
        sheet.write_string(HEADER_ROW, at, column.label, head)
        sheet.write_comment(HEADER_ROW, at, hint_words(column, say), {"x_scale": 2.2, "y_scale": 1.6, "author": "Guiju"})
        cell = xl_rowcol_to_cell(first, at, col_abs=True)
        accepted = None
        if column.choices is not None:
            shown, accepted = lists.ranges(column.choices)
            sheet.data_validation(first, at, last, at, drop_down(column, shown, say))
        else:
            told = {"validate": "any", "input_title": title_words(column), "input_message": message_words(column, say)}
            sheet.data_validation(first, at, last, at, told)
        if column.required:
            _colour(sheet, first, last, at, blank_formula(cell, row), looks.missing)
        for formula in wrong_formulas(column, cell, accepted, cells):
            _colour(sheet, first, last, at, formula, looks.wrong)
    sheet.set_row(HEADER_ROW, 30)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.autofilter(HEADER_ROW, 0, last, len(one.columns) - 1)
    sheet.set_landscape()
    # On paper a wide form is many pages: each says what its rows and columns are.
    sheet.repeat_rows(HEADER_ROW)
    sheet.repeat_columns(0)


def _colour(sheet: Any, first: int, last: int, at: int, formula: str, look: Any) -> None:
    sheet.conditional_format(first, at, last, at, {"type": "formula", "criteria": f"={formula}", "format": look})


_GUIDE_WIDTHS = (16, 26, 14, 48, 48, 48)
_LINE_HEIGHT, _MOST_LINES = 14, 27


def _guide(sheet: Any, plan: FormPlan, looks: Looks, ruleset: str) -> None:
    say = plan.tongue
    for at, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(at, at, width, looks.wrap)
    kinds = ("、" if say is Tongue.ZH else ", ").join(one.title for one in plan.sheets)
    sheet.write_string(0, 0, f"{OWN_MARK} {FORM_WORDS['guide_title'].say(say).format(kinds=kinds)}", looks.title)
    sheet.write_string(1, 0, FORM_WORDS["made"].say(say).format(on=plan.on.isoformat(), ruleset=ruleset[:12]), looks.legend)
    row = 3
    child = next((one for one in plan.sheets if one.owner is not None), None)
    for key in ("step1", "step2", "step3", "step4", "step5"):
        if key == "step3" and child is None:
            continue
        words = FORM_WORDS[key].say(say)
        if child is not None:
            words = words.replace("{sheet}", child.title).replace("{label}", child.columns[0].field.name.say(say))
        sheet.write_string(row, 0, words, looks.legend)
        row += 1
    for one in plan.sheets:
        nested = next((column for column in one.columns if len(column.path) > 1), None)
        if nested is not None and not one.sections:
            sheet.write_string(row, 0, FORM_WORDS["step_nested"].say(say).format(sheet=one.title, label=nested.label), looks.legend)
            row += 1
    if plan.left_out:
        sheet.write_string(row, 0, FORM_WORDS["left_out"].say(say).format(fields="；".join(plan.left_out)), looks.legend)
        row += 1
    row += 1
    sheet.repeat_rows(row)
    for at, key in enumerate(("sheet", "field", "need", "content", "cites", "about")):
        sheet.write_string(row, at, FORM_WORDS[key].say(say), looks.strong)
    for one in plan.sheets:
        for column in one.columns:
            row += 1
            about = column.field.doc.say(say) if column.field.doc is not None and column.owner is None else ""
            told = (one.title, column.label, need_words(column, say), content_words(column, say), cites_words(column, say), about)
            # Said outright, since not every program fits the height of a row to its words when it opens a workbook.
            lines = max(1 + display_width(text) // (width - 1) for text, width in zip(told, _GUIDE_WIDTHS, strict=True))
            sheet.set_row(row, _LINE_HEIGHT * min(lines, _MOST_LINES))
            for at, text in enumerate(told):
                sheet.write_string(row, at, text, looks.wrap)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
