"""The form to fill as a workbook: drop-downs, required marks, hints with the clause, an example, colours for simple mistakes, instructions.

Above each header stand a legend and an example, which the readers pass over; nothing in it is a macro.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from guiju.catalog.tables.own_sheets import OWN_MARK
from guiju.diagnostics.source import display_width
from guiju.forms.template.form_plan import Choices, FormColumn, FormPlan, FormSheet
from guiju.forms.template.form_words import FORM_WORDS
from guiju.forms.template.sheet_formulas import blank_formula, wrong_formulas
from guiju.reports.layout.words import citation_words
from guiju.terms.tongue import Tongue
from guiju.terms.types import (
    BoolT,
    CodeT,
    DateT,
    IntT,
    MoneyT,
    NumberT,
    PercentT,
    PeriodT,
    QuantityT,
    RefT,
)

__all__ = ["FIRST_ROW", "HEADER_ROW", "to_template"]

HEADER_ROW = 2
FIRST_ROW = 3
_ROWS = 500
_TITLE_LIMIT, _MESSAGE_LIMIT = 32, 250
_MOST_CITES, _MOST_NAMES = 4, 4
_EXAMPLES = {
    DateT: "2026-03-01",
    IntT: "1",
    NumberT: "1.5",
    MoneyT: "500000",
    PercentT: "60%",
    PeriodT: "10个工作日",
    QuantityT: "10",
}


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of the workbook."""

    title: Any
    wrap: Any
    strong: Any
    grey: Any
    legend: Any
    header: Any
    header_must: Any
    header_may: Any
    text: Any
    day: Any
    plain: Any
    missing: Any
    wrong: Any


def to_template(plan: FormPlan, ruleset: str) -> bytes:
    """The workbook; the same bytes for the same plan and ruleset."""
    out = BytesIO()
    literal = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"in_memory": True, **literal})
    made = datetime(plan.on.year, plan.on.month, plan.on.day)
    book.set_properties({"title": FORM_WORDS["guide"].say(plan.tongue), "author": "Guiju", "created": made})
    looks = _looks(book)
    guide = book.add_worksheet(_name(plan, "guide"))
    sheets = [book.add_worksheet(one.title) for one in plan.sheets]
    lists = _Lists(book.add_worksheet(_name(plan, "lists")), plan)
    for sheet, one in zip(sheets, plan.sheets, strict=True):
        _draw(sheet, one, plan, looks, lists)
    _guide(guide, plan, looks, ruleset)
    lists.sheet.hide()
    sheets[0].activate()
    book.close()
    return out.getvalue()


def _name(plan: FormPlan, key: str) -> str:
    name = FORM_WORDS[key].say(plan.tongue)
    return name if name not in {one.title for one in plan.sheets} else f"{name} (2)"


def _looks(book: Any) -> _Looks:
    def look(**words: Any) -> Any:
        return book.add_format({"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter", **words})

    head = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "font_color": "#FFFFFF"}
    return _Looks(
        title=look(bold=True, font_size=14),
        wrap=look(text_wrap=True, valign="top"),
        strong=look(bold=True, bg_color="#D9E1F2", border=1),
        grey=look(italic=True, font_color="#808080", bg_color="#F2F2F2"),
        legend=look(font_color="#595959", font_size=9),
        header=look(**head, bg_color="#595959"),
        header_must=look(**head, bg_color="#C00000"),
        header_may=look(**head, bg_color="#806000"),
        text=look(num_format="@"),
        day=look(num_format="yyyy-mm-dd"),
        plain=look(),
        missing=book.add_format({"bg_color": "#F8CBAD"}),
        wrong=book.add_format({"bg_color": "#FFC000"}),
    )


class _Lists:
    """The hidden sheet of choices: for each list a column of what is shown and a column of what is accepted."""

    def __init__(self, sheet: Any, plan: FormPlan) -> None:
        self.sheet = sheet
        self.name = _name(plan, "lists")
        self._ranges: dict[str, tuple[str, str | None]] = {}
        sheet.write_string(0, 0, f"{OWN_MARK} {FORM_WORDS['lists'].say(plan.tongue)}")

    def ranges(self, choices: Choices) -> tuple[str, str | None]:
        """The ranges of what is shown and of what is accepted."""
        found = self._ranges.get(choices.id)
        if found is None:
            at = 2 * len(self._ranges)
            shown = self._column(at, choices.title, choices.shown)
            found = self._ranges[choices.id] = (shown, self._column(at + 1, choices.title, choices.accepted) if choices.accepted else None)
        return found

    def _column(self, at: int, title: str, words: tuple[str, ...]) -> str:
        self.sheet.write_string(1, at, title)
        for row, word in enumerate(words, 2):
            self.sheet.write_string(row, at, word)
        letters = xl_col_to_name(at)
        return f"'{self.name}'!${letters}$3:${letters}${len(words) + 2}"


def _draw(sheet: Any, one: FormSheet, plan: FormPlan, looks: _Looks, lists: _Lists) -> None:
    say = plan.tongue
    first, last = FIRST_ROW, FIRST_ROW + _ROWS - 1
    row = f"${xl_col_to_name(0)}{first + 1}:${xl_col_to_name(len(one.columns) - 1)}{first + 1}"
    cells = {column.path: f"${xl_col_to_name(at)}{first + 1}" for at, column in enumerate(one.columns) if column.owner is None}
    for at, column in enumerate(one.columns):
        width = min(28, max(11, display_width(column.label) + 4))
        sheet.set_column(at, at, width, _cell_look(column, looks))
        sheet.write_string(0, at, _need(column, say), looks.legend)
        sheet.write_string(1, at, (FORM_WORDS["example"].say(say) if at == 0 else "") + _example(column, say), looks.grey)
        head = looks.header_must if column.required else looks.header_may if column.rules.sometimes else looks.header
        sheet.write_string(HEADER_ROW, at, column.label, head)
        sheet.write_comment(HEADER_ROW, at, _hint(column, say), {"x_scale": 2.2, "y_scale": 1.6, "author": "Guiju"})
        cell = xl_rowcol_to_cell(first, at, col_abs=True)
        accepted = None
        if column.choices is not None:
            shown, accepted = lists.ranges(column.choices)
            sheet.data_validation(first, at, last, at, _drop_down(column, shown, say))
        else:
            told = {"validate": "any", "input_title": _short_title(column), "input_message": _message(column, say)}
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


def _cell_look(column: FormColumn, looks: _Looks) -> Any:
    match column.type:
        case DateT():
            return looks.day
        case IntT() | NumberT() | MoneyT() | PercentT() | QuantityT():
            return looks.plain
        case _:
            # Codes above all: a spreadsheet turns eighteen digits into 9.14E+17 unless the column is text.
            return looks.text


def _colour(sheet: Any, first: int, last: int, at: int, formula: str, look: Any) -> None:
    sheet.conditional_format(first, at, last, at, {"type": "formula", "criteria": f"={formula}", "format": look})


def _drop_down(column: FormColumn, shown: str, say: Tongue) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": f"={shown}",
        "input_title": _short_title(column),
        "input_message": _message(column, say),
        "error_title": FORM_WORDS["wrong_title"].say(say),
        "error_message": FORM_WORDS["wrong_list"].say(say),
        # A warning and not a stop: other spellings are understood too, and several may stand in one cell.
        "error_type": "warning",
        "show_error": not column.many,
    }


def _short_title(column: FormColumn) -> str:
    return column.label[:_TITLE_LIMIT]


def _message(column: FormColumn, say: Tongue) -> str:
    return _hint(column, say)[:_MESSAGE_LIMIT]


def _need(column: FormColumn, say: Tongue) -> str:
    key = "required" if column.required else "sometimes" if column.rules.sometimes else "optional"
    if key == "optional" and column.field.blank_means is not None:
        key = "blank_yes" if column.field.blank_means else "blank_no"
    mark = "* " if column.required else "◇ " if column.rules.sometimes else ""
    return mark + FORM_WORDS[key].say(say)


def _hint(column: FormColumn, say: Tongue) -> str:
    """Need, content, meaning, rules and clauses, in that order."""
    lines = [f"{_need(column, say)} · {_content(column, say)}"]
    if column.field.doc is not None and column.owner is None:
        lines.append(column.field.doc.say(say))
    names = [name.say(say) for name in column.rules.names[:_MOST_NAMES]]
    if names and column.owner is None:
        lines.append(FORM_WORDS["rule"].say(say).format(names=("、" if say is Tongue.ZH else ", ").join(names)))
    cites = _cites(column, say)
    if cites:
        lines.append(f"{FORM_WORDS['cites'].say(say)}{'：' if say is Tongue.ZH else ': '}{cites}")
    return "\n".join(lines)


def _cites(column: FormColumn, say: Tongue) -> str:
    cites = dict.fromkeys(citation_words(one.title, one.clause_text).say(say) for one in column.rules.citations)
    every = list(dict.fromkeys([*cites, *column.field.cites])) if column.owner is None else []
    return "；".join(every[:_MOST_CITES])


def _content(column: FormColumn, say: Tongue) -> str:
    if column.owner is not None:
        return FORM_WORDS["of"].say(say).format(owner=column.owner, label=column.field.name.say(say))
    words = _type_words(column, say)
    return f"{words}{'；' if say is Tongue.ZH else '; '}{FORM_WORDS['many'].say(say)}" if column.many else words


def _type_words(column: FormColumn, say: Tongue) -> str:
    listed = column.choices.title if column.choices is not None else ""
    match column.type:
        case CodeT():
            return FORM_WORDS["code"].say(say).format(list=listed)
        case RefT() if listed:
            return FORM_WORDS["ref"].say(say).format(list=listed)
        case QuantityT() if column.field.unit:
            return FORM_WORDS["quantity_unit"].say(say).format(unit=column.field.unit)
        case _:
            keys = {
                IntT: "int",
                NumberT: "number",
                MoneyT: "money",
                QuantityT: "quantity",
                PercentT: "percent",
                DateT: "date",
                PeriodT: "period",
                BoolT: "bool",
            }
            return FORM_WORDS[keys.get(type(column.type), "text")].say(say)


def _example(column: FormColumn, say: Tongue) -> str:
    if column.choices is not None and column.choices.shown:
        return column.choices.shown[0]
    if isinstance(column.type, QuantityT):
        return f"10{column.field.unit or ''}"
    found = _EXAMPLES.get(type(column.type))
    # Not the label in brackets: brackets do not count in a header, and the example must not pass for one.
    # A row that belongs to another names it as the example of that other is called.
    label = column.label if column.owner is None else column.field.name.say(say)
    return found if found is not None else "A-001" if column.field.key else FORM_WORDS["fill"].say(say).format(label=label)


_GUIDE_WIDTHS = (16, 26, 14, 48, 48, 48)
_LINE_HEIGHT, _MOST_LINES = 14, 27


def _guide(sheet: Any, plan: FormPlan, looks: _Looks, ruleset: str) -> None:
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
            told = (one.title, column.label, _need(column, say), _content(column, say), _cites(column, say), about)
            # Said outright, since not every program fits the height of a row to its words when it opens a workbook.
            lines = max(1 + display_width(text) // (width - 1) for text, width in zip(told, _GUIDE_WIDTHS, strict=True))
            sheet.set_row(row, _LINE_HEIGHT * min(lines, _MOST_LINES))
            for at, text in enumerate(told):
                sheet.write_string(row, at, text, looks.wrap)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
