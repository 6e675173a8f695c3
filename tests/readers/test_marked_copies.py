"""A marked copy holds every sheet that the original had, with every mark that is promised, or says what it lacks."""

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = {
    _MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_ROWS = (("名称", "代码", "提供单位", "共享属性"), ("道路", "1", "局", "瞎写"), ("桥", "2", "局", "无条件共享"))


def _book(*names: str) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in names:
        sheet = book.create_sheet(name)
        for row in _ROWS if name == "数据集" else (("甲",), ("乙",)):
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _strict(data: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            for given, strict in _STRICT.items():
                body = body.replace(given.encode(), strict.encode())
            new.writestr(name, body)
    return out.getvalue()


def _annotate(file: Path) -> tuple[openpyxl.Workbook, str]:
    to = file.with_name("marked.xlsx")
    done = subprocess.run(
        [sys.executable, "-m", "guiju", "check", str(file), "--annotate", str(to)], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    assert "Warning" not in done.stderr and "warn(" not in done.stderr, done.stderr
    return openpyxl.load_workbook(to), done.stderr


@pytest.mark.parametrize("strict", [False, True])
def test_every_sheet_of_the_original_is_in_the_copy(tmp_path: Path, strict: bool) -> None:
    data = _book("字典", "数据集", "备注页")
    (tmp_path / "a.xlsx").write_bytes(_strict(data) if strict else data)
    book, said = _annotate(tmp_path / "a.xlsx")
    assert book.sheetnames[1:] == ["字典", "数据集", "备注页"]
    assert any(cell.comment for row in book["数据集"].iter_rows() for cell in row)
    assert ("only the values" in said or "只能按值" in said) == strict


def test_the_lists_of_choices_of_a_form_stay(shared: Path, tmp_path: Path) -> None:
    file = tmp_path / "min.xlsx"
    file.write_bytes((shared / "cases/words/min.xlsx").read_bytes())
    before = openpyxl.load_workbook(file).sheetnames
    once, _ = _annotate(file)
    assert once.sheetnames[1:] == before
    again = tmp_path / "again.xlsx"
    once.save(again)
    assert _annotate(again)[0].sheetnames[1:] == before


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x1f", "\ufffe"])
def test_a_control_character_in_a_text_breaks_no_workbook(tmp_path: Path, sign: str) -> None:
    (tmp_path / "a.csv").write_text(f"名称,代码,提供单位,共享属性\n道{sign}路,1,局,瞎{sign}写\n", encoding="utf-8")
    book, _ = _annotate(tmp_path / "a.csv")
    assert any(cell.comment for row in book.worksheets[1].iter_rows() for cell in row)


_DAY = b'<c r="E2" t="d"><v>2021-03-04T00:00:00</v></c>'
"""A day as ISO 29500 has it, which the library that rewrites workbooks turns into a number."""


def _with_day(data: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, body.replace(b'</row><row r="3">', _DAY + b'</row><row r="3">') if name.endswith("sheet1.xml") else body)
    return out.getvalue()


@pytest.mark.parametrize("command", ["fix", "check"])
def test_a_value_that_would_be_lost_is_kept_in_a_copy_of_values_and_that_is_said(tmp_path: Path, command: str) -> None:
    book = openpyxl.Workbook()
    for row in (("名称", "代码", "提供单位", "更新频率", "发布日期"), ("道路", "1", "局", "按年"), ("桥", "2", "局", "按年", "2020-01-01")):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    file, to = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    file.write_bytes(_with_day(out.getvalue()))
    words = ["fix", file, "-o", to] if command == "fix" else ["check", file, "--annotate", to, "-q"]
    done = subprocess.run([sys.executable, "-m", "guiju", *map(str, words)], capture_output=True, text=True, timeout=100, check=False)
    assert "only the values" in done.stderr or "只能按值" in done.stderr, done.stderr
    copy = openpyxl.load_workbook(to)["Sheet"]
    assert copy["E2"].is_date and copy["E2"].value.year == 2021
    assert copy["D2"].value == ("每年" if command == "fix" else "按年")
