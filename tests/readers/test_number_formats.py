"""What a workbook shows for a code that it keeps as a number is what is read; a format that shows a number is told."""

import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter

from guiju.catalog.number_formats import show_as
from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.terms.tongue import Tongue
from tests.readers.vocabulary import VOCABULARY


def _read(tmp_path: Path, format: str, number: float, sheet: str = "数据集 & 目录") -> Submission:
    file = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet("封面")
    page.write(0, 0, "说明")
    page = book.add_worksheet(sheet)
    for column, label in enumerate(("名称", "目录代码", "提供单位", "说明")):
        page.write(0, column, label)
    page.write(1, 0, "道路")
    page.write_number(1, 1, number, book.add_format({"num_format": format}))
    page.write(1, 2, "局")
    book.close()
    return read([file], VOCABULARY)


@pytest.mark.parametrize(
    ("format", "number", "shown"),
    [
        ("00000", 1, "00001"),
        ('"JT-"0000', 2, "JT-0002"),
        ('0000"号"', 3, "0003号"),
        ("\\A00", 7, "A07"),
        ("General", 5, "5"),
        ("0", 5, "5"),
        ("@", 5, "5"),
    ],
)
def test_zeros_and_literals_are_read_as_they_are_shown(tmp_path: Path, format: str, number: float, shown: str) -> None:
    got = _read(tmp_path, format, number)
    assert [one.value["code"] for one in got.records] == [shown] and not got.diagnostics


@pytest.mark.parametrize(
    ("format", "number"), [("0.00", 5), ("#,##0", 1234), ("0%", 1), ("00000", -1), ("00000", 1.5), ("00-0", 12), ("[DBNum1]0", 3)]
)
def test_any_other_format_is_told_with_its_cell(tmp_path: Path, format: str, number: float) -> None:
    (told,) = _read(tmp_path, format, number).diagnostics
    assert told.code == "D100" and "B2" in told.headline(Tongue.EN)


@pytest.mark.parametrize("number", [0, 1, 42, 99_999, 123_456])
@pytest.mark.parametrize("width", [1, 3, 6])
def test_zeros_fill_to_the_width_and_cut_nothing(number: int, width: int) -> None:
    shown = show_as(float(number), "0" * width)
    assert shown is not None and int(shown) == number and len(shown) == max(width, len(str(number)))


_SHOWN = [
    ("00000", 1, "00001"), ('"JT-"0000', 2, "JT-0002"), ('0000"号"', 3, "0003号"), ('"A2-"000', 9, "A2-009"), ("General", 5, "5"), ("0", 5, "5"),
    ("General", 0.1, "0.1"), ("General", 1234567.891, "1234567.891"), ("General", 123456789012, "123456789012"),
]  # fmt: skip
_TOLD = [("0.00", 5), ("#,##0", 1234), ("0%", 1), ("00000", -1), ("00-0", 12)]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice writes the older forms")
def test_workbooks_of_other_forms_are_read_alike(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = book.add_worksheet("目录")
    page.write_row(0, 0, ("名称", "目录代码", "提供单位", "说明"))
    for row, (format, number) in enumerate([*((one[0], one[1]) for one in _SHOWN), *_TOLD], 1):
        page.write_row(row, 0, (f"道路{row}", None, "局"))
        page.write_number(row, 1, number, book.add_format({"num_format": format}))
    book.close()
    for suffix in ("xls", "ods"):
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/home", "--convert-to", suffix, "a.xlsx"],
            cwd=tmp_path, check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        got = read([tmp_path / f"a.{suffix}"], VOCABULARY)
        assert [one.value["code"] for one in got.records][: len(_SHOWN)] == [one[2] for one in _SHOWN], suffix
        assert [(one.code, dict(one.facts)["cell"]) for one in got.diagnostics] == [
            ("D100", f"B{len(_SHOWN) + 2 + at}") for at in range(len(_TOLD))
        ], suffix
