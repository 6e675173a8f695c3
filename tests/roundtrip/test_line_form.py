"""The form with one field a line: only what its purpose needs, and filled in it reads back as what was meant, in every format."""

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from guiju.catalog.read import read
from guiju.catalog.tables.own_forms import BOX, FORM_MARK, LABEL
from guiju.forms.template.form_plan import FormPlan, form_plan
from guiju.forms.template.form_scope import scope_of
from guiju.forms.template.line_plan import lined
from guiju.forms.template.to_template import to_template
from guiju.terms.tongue import Tongue
from tests.roundtrip.marked import EXAMPLES, checked, ruleset, told

_DAY = date(2026, 11, 1)
_LAMP_POLE = "1"


def _plan(tongue: Tongue = Tongue.ZH, *, short: bool = False, profile: str = "project_filing") -> FormPlan:
    rules = ruleset()
    shape = rules.vocabulary.shape("project")
    found = next(one for one in rules.profiles if one.id == profile)
    scope = scope_of(rules, "project", found, {"kind": _LAMP_POLE}, _DAY)
    return lined(form_plan(rules, (shape,), tongue, _DAY), scope, rules.vocabulary, short=short)


def _book(plan: FormPlan) -> Any:
    return openpyxl.load_workbook(BytesIO(to_template(plan, "x")))


def _lines(sheet: Any, tongue: Tongue = Tongue.ZH) -> dict[str, int]:
    """The row of each label."""
    heads = {cell.value: cell.column for cell in sheet[4]}
    return {str(row[heads[LABEL[tongue.value]] - 1].value): row[0].row for row in sheet.iter_rows(min_row=5) if row[0].value}


def _box(sheet: Any, tongue: Tongue = Tongue.ZH) -> int:
    return next(int(cell.column) for cell in sheet[4] if cell.value == BOX[tongue.value])


def _filled(plan: FormPlan, value: dict[str, Any]) -> Any:
    """The form with the values of a record in its boxes, and with the rows of its lists."""
    book = _book(plan)
    main, *lists = plan.sheets
    sheet = book[main.title]
    rows, box = _lines(sheet), _box(sheet)
    for column in main.columns:
        if (said := _written(_at(value, column.path))) is not None:
            sheet.cell(rows[column.label], box).value = said
    for one in lists:
        field = next(part for part in main.shape.fields if getattr(getattr(part.type, "element", None), "shape", None) == one.shape.id)
        rows_of = [row for element in value.get(field.id, []) for row in _spread(element)]
        for at, element in enumerate(rows_of, 4):
            for number, column in enumerate(one.columns, 1):
                if (said := _written(_at(element, column.path))) is not None:
                    book[one.title].cell(at, number).value = said
    return book


def _spread(element: dict[str, Any]) -> list[dict[str, Any]]:
    """An element with a list of its own, as a row for each of that: what is its own stands in each row."""
    inner = next((id for id, held in element.items() if isinstance(held, list) and held and isinstance(held[0], dict)), None)
    return [element] if inner is None else [{**element, inner: one} for one in element[inner]]


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for id in path:
        value = value.get(id) if isinstance(value, dict) else None
    return value


def _written(value: Any) -> Any:
    if isinstance(value, list):
        return "、".join(map(str, value)) if value and not isinstance(value[0], dict) else None
    return ("是" if value else "否") if isinstance(value, bool) else value


def test_only_what_the_purpose_needs_has_a_line() -> None:
    labels = {column.label for column in _plan().sheets[0].columns}
    assert {"杆上服务", "提示标识", "项目类型"} <= labels
    assert not labels & {"自动驾驶类型", "节点层级", "现状成熟度"}
    whole = form_plan(ruleset(), (ruleset().vocabulary.shape("project"),), Tongue.ZH, _DAY).sheets[0].columns
    assert len(labels) < len(whole)


def test_the_questions_that_decide_most_come_first_and_a_short_form_has_little_more() -> None:
    plan, short = _plan(), _plan(short=True)
    profile = next(one for one in ruleset().profiles if one.id == "project_filing")
    asked = dict(profile.screening)["project"]
    assert tuple(column.path[0] for column in plan.sheets[0].sections[0][1]) == asked
    assert short.sheets[0].sections == plan.sheets[0].sections[:2] and len(short.sheets) == 1


def test_each_line_says_what_when_and_how() -> None:
    sheet = _book(_plan())["项目方案"]
    assert str(sheet["A1"].value).startswith(FORM_MARK)
    for label, row in _lines(sheet).items():
        if sheet.cell(row, 2).value:
            assert all(sheet.cell(row, column).value for column in (2, 3, 4)), label
    rows = _lines(sheet)
    when = str(sheet.cell(rows["提示标识"], 3).value)
    assert "公共场所图像采集" in when and when.endswith("就要填")
    assert sheet.cell(rows["项目类型"], 3).value == "必填"


def test_a_project_filled_into_its_form_is_judged_as_the_project(tmp_path: Path) -> None:
    source = EXAMPLES / "projects/lamp-poles.yaml"
    report, submission = checked(source)
    [record] = submission.records  # type: ignore[attr-defined]
    _filled(_plan(), record.value).save(tmp_path / "filled.xlsx")
    again, _ = checked(tmp_path / "filled.xlsx")
    assert again.unmatched == () and again.diagnostics == ()
    assert told(report) == told(again)


def test_an_empty_form_holds_no_record_and_no_explanation_is_a_value(tmp_path: Path) -> None:
    book = _book(_plan())
    book.save(tmp_path / "empty.xlsx")
    got = read([tmp_path / "empty.xlsx"], ruleset().vocabulary)
    assert got.records == () and [one.code for one in got.diagnostics] == ["D084"]
    sheet = book["项目方案"]
    sheet.cell(_lines(sheet)["名称"], _box(sheet)).value = "甲项目"
    book.save(tmp_path / "one.xlsx")
    [record] = read([tmp_path / "one.xlsx"], ruleset().vocabulary).records
    assert record.value == {"name": "甲项目"}
    place = record.locator.place(("kind",))
    assert place.cell == f"E{_lines(sheet)['项目类型']}"


@pytest.mark.parametrize("tongue", list(Tongue))
def test_every_example_reads_back_into_its_own_field(tongue: Tongue, tmp_path: Path) -> None:
    plan = _plan(tongue)
    book = _book(plan)
    main = plan.sheets[0]
    sheet = book[main.title]
    rows, box = _lines(sheet, tongue), _box(sheet, tongue)
    for column in main.columns:
        sheet.cell(rows[column.label], box).value = sheet.cell(rows[column.label], 4).value
    book.save(tmp_path / "filled.xlsx")
    got = read([tmp_path / "filled.xlsx"], ruleset().vocabulary)
    assert [one.header for one in got.headers if one.field is None] == []
    [record] = got.records
    assert [column.label for column in main.columns if _at(record.value, column.path) in (None, "")] == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here: as root, make setup-system")
@pytest.mark.parametrize("suffix", ["xls", "ods", "xlsx"])
def test_a_filled_form_that_libreoffice_saves_again_gives_the_same_record(suffix: str, tmp_path: Path) -> None:
    [given] = checked(EXAMPLES / "projects/lamp-poles.yaml")[1].records  # type: ignore[attr-defined]
    _filled(_plan(), given.value).save(tmp_path / "filled.xlsx")
    [before] = read([tmp_path / "filled.xlsx"], ruleset().vocabulary).records
    words = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        suffix,
        "--outdir",
        str(tmp_path / "out"),
    ]
    subprocess.run([*words, str(tmp_path / "filled.xlsx")], check=True, capture_output=True, timeout=120)
    got = read([tmp_path / "out" / f"filled.{suffix}"], ruleset().vocabulary)
    assert got.diagnostics == ()
    assert [one.value for one in got.records] == [before.value]
