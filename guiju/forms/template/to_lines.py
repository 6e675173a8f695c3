"""Draws a form with one field a line: its name, what to write, when it is needed, an example, and the box."""

from collections.abc import Iterator
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from guiju.catalog.tables.own_forms import BOX, FORM_MARK, LABEL
from guiju.diagnostics.source import display_width
from guiju.forms.template.field_words import content_words, example_words, hint_words, message_words, title_words
from guiju.forms.template.form_plan import FormColumn, FormPlan, FormSheet, Section
from guiju.forms.template.form_scope import FieldNeed
from guiju.forms.template.form_words import FORM_WORDS
from guiju.forms.template.looks import Lists, Looks, cell_look, drop_down
from guiju.forms.template.sheet_formulas import blank_formula, wrong_formulas
from guiju.terms.tongue import Tongue

__all__ = ["draw_lines"]

_WIDTHS = (24, 44, 38, 26, 40)
_BOX_AT = len(_WIDTHS) - 1
_HEAD_ROW = 3
_LINE_HEIGHT, _MOST_LINES = 15, 6
_MOST_CONDITIONS, _MOST_RULES = 2, 2


def draw_lines(sheet: Any, one: FormSheet, plan: FormPlan, looks: Looks, lists: Lists) -> None:
    """The sheet of one record."""
    say = plan.tongue
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, f"{FORM_MARK} {one.shape.name.say(say) or one.shape.name.zh}", looks.title)
    sheet.write_string(1, 0, plan.purpose.say(say) if plan.purpose is not None else "", looks.legend)
    sheet.write_string(2, 0, FORM_WORDS["lines"].say(say), looks.legend)
    heads = (LABEL[say.value], *(FORM_WORDS[key].say(say) for key in ("what", "when", "example_head")), BOX[say.value])
    for at, head in enumerate(heads):
        sheet.write_string(_HEAD_ROW, at, head, looks.header)
    rows = list(_rows(one))
    cells = {column.path: xl_rowcol_to_cell(row, _BOX_AT, row_abs=True, col_abs=True) for row, column in rows}
    first, last = _HEAD_ROW + 1, rows[-1][0] if rows else _HEAD_ROW + 1
    boxes = f"{xl_rowcol_to_cell(first, _BOX_AT, True, True)}:{xl_rowcol_to_cell(last, _BOX_AT, True, True)}"
    for row, (title, columns) in _titles(one):
        if columns:
            for at in range(len(_WIDTHS)):
                sheet.write_string(row, at, title.say(say) if at == 0 else "", looks.strong)
    for row, column in rows:
        _line(sheet, row, column, one, say, looks)
        _checks(sheet, row, column, plan, looks, lists, cells, boxes)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)


def _titles(one: FormSheet) -> Iterator[tuple[int, Section]]:
    """Each section with the row of its heading."""
    row = _HEAD_ROW + 1
    for section in one.sections:
        yield row, section
        row += 1 + len(section[1]) if section[1] else 0


def _rows(one: FormSheet) -> Iterator[tuple[int, FormColumn]]:
    """Each field with its row."""
    for start, (_, columns) in _titles(one):
        yield from ((start + 1 + at, column) for at, column in enumerate(columns))


def _line(sheet: Any, row: int, column: FormColumn, one: FormSheet, say: Tongue, looks: Looks) -> None:
    need = (one.needs or {}).get((one.shape.id, column.path[0]), FieldNeed())
    doc = column.field.doc
    what = f"{doc.say(say)} {content_words(column, say)}" if doc is not None else content_words(column, say)
    words = (column.label, what, when_words(column, need, say), example_words(column, say))
    formats = (looks.name_must if need.always or column.required else looks.name, looks.wrap, looks.wrap, looks.grey)
    for at, (text, form) in enumerate(zip(words, formats, strict=True)):
        sheet.write_string(row, at, text, form)
    sheet.write_blank(row, _BOX_AT, None, cell_look(column, looks, boxed=True))
    lines = max(1 + display_width(text) // (width - 1) for text, width in zip(words, _WIDTHS, strict=False))
    sheet.set_row(row, _LINE_HEIGHT * min(lines, _MOST_LINES) + 3)


def when_words(column: FormColumn, need: FieldNeed, say: Tongue) -> str:
    """When a field is to be filled in, in words made from the rules."""
    if need.always or column.required:
        return FORM_WORDS["always"].say(say)
    if column.field.blank_means is not None:
        return FORM_WORDS["blank_yes" if column.field.blank_means else "blank_no"].say(say)
    if need.conditions:
        said = [one.say(say) for one in need.conditions]
        more = len(said) - _MOST_CONDITIONS
        joined = FORM_WORDS["or"].say(say).join(said[:_MOST_CONDITIONS])
        return FORM_WORDS["needed_if_more" if more > 0 else "needed_if"].say(say).format(conditions=joined, n=more)
    if need.rules:
        names = FORM_WORDS["comma"].say(say).join(one.say(say).replace("_", " ") for one in need.rules[:_MOST_RULES])
        return FORM_WORDS["used_by"].say(say).format(rules=names)
    return FORM_WORDS["optional"].say(say)


def _checks(
    sheet: Any, row: int, column: FormColumn, plan: FormPlan, looks: Looks, lists: Lists, cells: dict[tuple[str, ...], str], boxes: str
) -> None:
    say, cell, accepted = plan.tongue, cells[column.path], None
    if column.choices is not None:
        shown, accepted = lists.ranges(column.choices)
        sheet.data_validation(row, _BOX_AT, row, _BOX_AT, drop_down(column, shown, say))
    else:
        told = {"validate": "any", "input_title": title_words(column), "input_message": message_words(column, say)}
        sheet.data_validation(row, _BOX_AT, row, _BOX_AT, told)
    sheet.write_comment(row, 0, hint_words(column, say), {"x_scale": 2.2, "y_scale": 1.6, "author": "Guiju"})
    formulas = [(blank_formula(cell, boxes), looks.missing)] if column.required else []
    formulas += [(one, looks.wrong) for one in wrong_formulas(column, cell, accepted, cells, alone=True)]
    for formula, look in formulas:
        sheet.conditional_format(row, _BOX_AT, row, _BOX_AT, {"type": "formula", "criteria": f"={formula}", "format": look})
