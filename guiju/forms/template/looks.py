"""How the sheets of a form look, and the hidden sheet of choices; no words about fields."""

from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from guiju.catalog.tables.own_sheets import OWN_MARK
from guiju.forms.template.field_words import message_words, title_words
from guiju.forms.template.form_plan import Choices, FormColumn, FormPlan
from guiju.forms.template.form_words import FORM_WORDS
from guiju.terms.tongue import Tongue
from guiju.terms.types import DateT, IntT, MoneyT, NumberT, PercentT, QuantityT

__all__ = ["Lists", "Looks", "cell_look", "drop_down", "looks_of", "sheet_name"]


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of the workbook."""

    title: Any
    wrap: Any
    strong: Any
    name: Any
    name_must: Any
    boxed: Any
    boxed_day: Any
    boxed_text: Any
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


def looks_of(book: Any) -> Looks:
    """The formats of one workbook."""

    def look(**words: Any) -> Any:
        return book.add_format({"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter", **words})

    head = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "font_color": "#FFFFFF"}
    return Looks(
        title=look(bold=True, font_size=14),
        wrap=look(text_wrap=True, valign="top"),
        strong=look(bold=True, bg_color="#D9E1F2", border=1),
        name=look(bold=True, text_wrap=True, valign="top"),
        name_must=look(bold=True, text_wrap=True, valign="top", font_color="#C00000"),
        boxed=look(border=1, text_wrap=True, valign="top", bg_color="#FFFFF5"),
        boxed_day=look(border=1, num_format="yyyy-mm-dd", valign="top", align="left", bg_color="#FFFFF5"),
        boxed_text=look(border=1, num_format="@", text_wrap=True, valign="top", bg_color="#FFFFF5"),
        grey=look(italic=True, font_color="#666666", bg_color="#F2F2F2", text_wrap=True, valign="top"),
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


class Lists:
    """The hidden sheet of choices: for each list a column of what is shown and a column of what is accepted."""

    def __init__(self, sheet: Any, plan: FormPlan) -> None:
        self.sheet = sheet
        self.name = sheet_name(plan, "lists")
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


def sheet_name(plan: FormPlan, key: str) -> str:
    """The name of a sheet of ours, told apart from a kind of that name."""
    name = FORM_WORDS[key].say(plan.tongue)
    return name if name not in {one.title for one in plan.sheets} else f"{name} (2)"


def cell_look(column: FormColumn, looks: Looks, *, boxed: bool = False) -> Any:
    """The format of the cells that somebody fills in."""
    match column.type:
        case DateT():
            return looks.boxed_day if boxed else looks.day
        case IntT() | NumberT() | MoneyT() | PercentT() | QuantityT():
            return looks.boxed if boxed else looks.plain
        case _:
            # Codes above all: a spreadsheet turns eighteen digits into 9.14E+17 unless the column is text.
            return looks.boxed_text if boxed else looks.text


def drop_down(column: FormColumn, shown: str, say: Tongue) -> dict[str, Any]:
    """The list to pick from, with what is told when the cell is chosen."""
    return {
        "validate": "list",
        "source": f"={shown}",
        "input_title": title_words(column),
        "input_message": message_words(column, say),
        "error_title": FORM_WORDS["wrong_title"].say(say),
        "error_message": FORM_WORDS["wrong_list"].say(say),
        # A warning and not a stop: other spellings are understood too, and several may stand in one cell.
        "error_type": "warning",
        "show_error": not column.many,
    }
