"""A form that was generated, filled in and handed in reads back as what was meant, header by header."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from guiju.catalog.mapping.kinds import find_roots
from guiju.catalog.read import read
from guiju.forms.template.form_plan import FormPlan, form_plan
from guiju.forms.template.to_template import FIRST_ROW, HEADER_ROW, to_template
from guiju.terms.shape import Shape
from guiju.terms.tongue import Tongue
from tests.roundtrip.marked import EXAMPLES, checked, ruleset, told

_DAY = date(2026, 11, 1)
_ROOTS = sorted(find_roots(ruleset().vocabulary))


def _form(*kinds: str, tongue: Tongue = Tongue.ZH) -> tuple[FormPlan, Any]:
    shapes = tuple(ruleset().vocabulary.shape(id) for id in kinds)
    plan = form_plan(ruleset(), shapes, tongue, _DAY)
    return plan, openpyxl.load_workbook(BytesIO(to_template(plan, ruleset().digest)))


@pytest.mark.parametrize("tongue", list(Tongue))
@pytest.mark.parametrize("kind", _ROOTS)
def test_every_header_of_every_form_means_its_own_field(kind: str, tongue: Tongue, tmp_path: Path) -> None:
    plan, book = _form(kind, tongue=tongue)
    for one in plan.sheets:
        sheet = book[one.title]
        for column, _ in enumerate(one.columns, 1):
            example = sheet.cell(HEADER_ROW, column).value
            sheet.cell(FIRST_ROW + 1, column).value = example.removeprefix("示例：").removeprefix("Example: ")
        if one.owner is not None:
            key = next(at for at, column in enumerate(plan.sheets[0].columns) if column.path == (one.columns[0].field.id,))
            sheet.cell(FIRST_ROW + 1, 1).value = book[plan.sheets[0].title].cell(FIRST_ROW + 1, key + 1).value
    book.save(tmp_path / "filled.xlsx")
    got = read([tmp_path / "filled.xlsx"], ruleset().vocabulary)
    assert [one.header for one in got.headers if one.field is None] == []
    assert [one.shape for one in got.records] == [kind]
    assert got.diagnostics == ()
    own = [(one, column) for one in plan.sheets for column in one.columns if column.owner is None]
    assert {(one.shape, one.header, one.field) for one in got.headers} == {(one.shape.id, c.label, ".".join(c.path)) for one, c in own}
    assert [column.label for one, column in own if one.owner is None and not _has(got.records[0].value, column.path)] == []


def _has(value: Any, path: tuple[str, ...]) -> bool:
    for id in path:
        value = value[0] if isinstance(value, list) else value
        if id not in value:
            return False
        value = value[id]
    return True


def test_a_catalog_filled_into_its_form_is_judged_as_the_catalog(tmp_path: Path) -> None:
    source = EXAMPLES / "catalog/faulty.yaml"
    report, submission = checked(source)
    plan, book = _form("catalog", "dataset")
    rows = {one.title: FIRST_ROW + 1 for one in plan.sheets}
    for record in submission.records:  # type: ignore[attr-defined]
        _fill(plan, book, rows, ruleset().vocabulary.shape(record.shape), record.value)
    book.save(tmp_path / "filled.xlsx")
    again, _ = checked(tmp_path / "filled.xlsx")
    assert again.unmatched == () and again.diagnostics == ()
    assert told(report) == told(again)


def _fill(plan: FormPlan, book: Any, rows: dict[str, int], shape: Shape, value: dict[str, Any]) -> None:
    for one in plan.sheets:
        if one.shape is shape and one.owner is None:
            _row(one, book, rows, value, "")
        elif one.owner == shape.name.zh:
            for part in shape.fields:
                if getattr(getattr(part.type, "element", None), "shape", None) == one.shape.id:
                    for element in value.get(part.id, []):
                        _row(one, book, rows, element, value[one.columns[0].field.id])


def _row(one: Any, book: Any, rows: dict[str, int], value: dict[str, Any], key: str) -> None:
    for at, column in enumerate(one.columns, 1):
        here: Any = key if column.owner is not None else value.get(column.path[0])
        if isinstance(here, list):
            here = "、".join(str(part) for part in here)
        if isinstance(here, bool):
            here = "是" if here else "否"
        if here is not None and here != "":
            book[one.title].cell(rows[one.title], at).value = here
    rows[one.title] += 1


def test_the_form_offers_its_codes_from_a_hidden_sheet_and_keeps_codes_as_text() -> None:
    plan, book = _form("dataset")
    assert book["选项"].sheet_state == "hidden" and book["填表说明"].sheet_state == "visible"
    sheet = book["数据集"]
    labels = {sheet.cell(HEADER_ROW + 1, at).value: at for at in range(1, len(plan.sheets[0].columns) + 1)}
    letter = sheet.cell(1, labels["更新频率"]).column_letter
    lists = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    [found] = [one for one in lists if f"{letter}{FIRST_ROW + 1}:" in str(one.sqref)]
    target, _, cells = found.formula1.lstrip("=").partition("!")
    shown = [row[0].value for row in book[target.strip("'")][cells.replace("$", "")]]
    assert shown[:3] == ["实时", "每小时", "每日"] and shown[-1] == "其他"
    assert [one.number_format for one in sheet.column_dimensions.values() if one.min <= labels["代码"] <= one.max] == ["@"]
    assert sheet.freeze_panes == f"B{FIRST_ROW + 1}"


def test_a_required_field_is_marked_with_the_clause_that_requires_it() -> None:
    _, book = _form("dataset")
    cell = book["数据集"]["A3"]
    assert cell.value == "名称" and book["数据集"]["A1"].value.startswith("*")
    assert "政务数据共享条例第十三条第二款" in cell.comment.text


def test_an_empty_form_is_said_to_hold_no_record(tmp_path: Path) -> None:
    _, book = _form("dataset")
    book.save(tmp_path / "empty.xlsx")
    got = read([tmp_path / "empty.xlsx"], ruleset().vocabulary)
    assert got.records == () and [one.code for one in got.diagnostics] == ["D084"]


def test_the_same_rules_give_the_same_form() -> None:
    plan, _ = _form("dataset")
    assert to_template(plan, "x") == to_template(plan, "x")


@pytest.mark.parametrize("kind", ["dataset", "work_plan"])
def test_on_paper_each_page_says_what_its_rows_and_columns_are(kind: str) -> None:
    plan, book = _form(kind)
    for one in plan.sheets:
        sheet = book[one.title]
        assert sheet.print_title_rows == f"${HEADER_ROW + 1}:${HEADER_ROW + 1}" and sheet.print_title_cols == "$A:$A"
    guide = book.worksheets[0]
    first = int(guide.print_title_rows.strip("$").split(":")[0])
    assert guide[first][0].font.bold and guide[first + 1][0].value == plan.sheets[0].title


def test_the_words_of_a_header_can_be_read_on_its_colour() -> None:
    _, book = _form("dataset")
    for cell in book["数据集"][HEADER_ROW + 1]:
        light = [int(cell.fill.fgColor.rgb[at : at + 2], 16) / 255 for at in (2, 4, 6)]
        linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in light]
        assert 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05) >= 4.5
