"""A marked copy is the applicant's own file with remarks: checked again it says the same, and the original is untouched."""

import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from guiju.terms.verdict import Verdict
from tests.roundtrip.marked import EXAMPLES, checked, marked, told


def _cell(sheet: Any, label: str) -> Any:
    """The cell of the first record under that header."""
    return sheet.cell(2, next(cell.column for cell in sheet[1] if cell.value == label))


@pytest.mark.parametrize(
    ("name", "suffix"), [("catalog/faulty.xlsx", ".xlsx"), ("catalog/faulty.yaml", ".yaml"), ("lamp-poles/faulty.yaml", ".yaml")]
)
def test_a_marked_copy_is_judged_as_its_original(tmp_path: Path, name: str, suffix: str) -> None:
    original = EXAMPLES / name
    before = hashlib.sha256(original.read_bytes()).hexdigest()
    copy = marked(original, tmp_path / f"marked{suffix}")
    report, _ = checked(original)
    again, _ = checked(copy)
    assert told(report) == told(again) and any(one.verdict is Verdict.FAIL for one in report.findings)
    assert hashlib.sha256(original.read_bytes()).hexdigest() == before
    assert again.unmatched == ()


def test_a_copy_that_is_marked_again_holds_each_remark_once(tmp_path: Path) -> None:
    first = marked(EXAMPLES / "catalog/faulty.xlsx", tmp_path / "first.xlsx")
    second = marked(first, tmp_path / "second.xlsx")
    books = [openpyxl.load_workbook(one) for one in (first, second)]
    assert books[0].sheetnames == books[1].sheetnames
    comments = [{(s.title, c.coordinate): c.comment.text for s in b for row in s.iter_rows() for c in row if c.comment} for b in books]
    assert comments[0] == comments[1] and comments[0]


def test_guilty_cells_are_coloured_and_say_what_why_and_how(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(marked(EXAMPLES / "catalog/faulty.xlsx", tmp_path / "out.xlsx"))
    cell = _cell(book["数据集"], "更新频率")
    assert cell.fill.fgColor.rgb.endswith("FFF2B3") and "每 null null" in cell.comment.text and "整改：" in cell.comment.text
    innocent = _cell(book["数据集"], "代码")
    assert innocent.fill.fill_type is None and innocent.comment is None
    problems = book["问题清单"]
    rows = list(problems.iter_rows(min_row=6))
    order = ["阻断", "严重", "一般", "提示"]
    grades = [row[1].value for row in rows]
    assert grades == sorted(grades, key=order.index) and book.active is problems
    for row in rows:
        sheet, _, name = row[2].value.partition("!")
        assert row[2].hyperlink.location == f"'{sheet}'!{name}" and book[sheet][name].comment is not None


def test_what_a_cell_says_never_becomes_a_formula(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLES / "catalog/faulty.xlsx")
    for label in ("名称", "更新频率", "使用用途"):
        _cell(book["数据集"], label).value = '=HYPERLINK("http://example.invalid","x")'
        _cell(book["数据集"], label).data_type = "s"
    source = tmp_path / "evil.xlsx"
    book.save(source)
    copy = openpyxl.load_workbook(marked(source, tmp_path / "out.xlsx"))
    assert [cell.coordinate for sheet in copy for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert _cell(copy["数据集"], "更新频率").value.startswith("=HYPERLINK")


def test_formulas_keep_their_values(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLES / "catalog/faulty.xlsx")
    _cell(book["数据集"], "挂接资源数").value = "=1+2"
    book.save(tmp_path / "plain.xlsx")
    source = tmp_path / "computed.xlsx"
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as read, zipfile.ZipFile(source, "w") as written:
        for entry in read.infolist():
            body = re.sub(rb"<f>1\+2</f><v ?(/>|></v>)", b"<f>1+2</f><v>3</v>", read.read(entry.filename))
            written.writestr(entry.filename, body)
    report, _ = checked(source)
    copy = marked(source, tmp_path / "out.xlsx")
    again, submission = checked(copy)
    assert told(report) == told(again)
    assert any(record.value.get("bindings") == 3 for record in submission.records)  # type: ignore[attr-defined]
    assert _cell(openpyxl.load_workbook(copy)["数据集"], "挂接资源数").value == "=1+2"


def test_a_csv_gets_one_column_and_keeps_every_other_byte(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    text = '信息资源名称,更新频率,提供单位,说明\r\n"甲,表",每 null null,某局,"两\r\n行"\r\n乙表,每年,,"引""号"\r\n'
    source.write_bytes(text.encode("gb18030"))
    copy = marked(source, tmp_path / "out.csv").read_bytes().decode("gb18030")
    assert copy.splitlines()[0] == "信息资源名称,更新频率,提供单位,说明,检查发现（规矩）"
    assert "每 null null" in copy and copy.endswith("\r\n") and '"引""号",' in copy
    again = marked(tmp_path / "out.csv", tmp_path / "twice.csv").read_bytes().decode("gb18030")
    assert again == copy
    assert told(checked(source)[0]) == told(checked(tmp_path / "out.csv")[0])


def test_tables_of_other_formats_come_back_as_workbooks(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_text("信息资源名称,更新频率\n=1+1,每 null null\n", encoding="utf-8")
    copy = marked(source, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(copy)
    assert book.worksheets[1]["A2"].value == "=1+1" and book.worksheets[1]["A2"].data_type != "f"
    assert book.worksheets[1]["B2"].comment is not None
    assert told(checked(source)[0]) == told(checked(copy)[0])


def test_a_json_text_gets_a_list_beside_it_with_its_pointers(tmp_path: Path) -> None:
    source = tmp_path / "one.json"
    source.write_text('{"数据集": [{"名称": "甲", "更新频率": "每 null null"}]}', encoding="utf-8")
    listed = json.loads(marked(source, tmp_path / "out.json").read_text("utf-8"))
    assert listed["sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
    assert "/数据集/0/更新频率" in {place["pointer"] for one in listed["remarks"] for place in one["places"]}


def test_the_same_check_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (marked(EXAMPLES / "catalog/faulty.xlsx", tmp_path / name).read_bytes() for name in ("one.xlsx", "two.xlsx"))
    assert one == two
