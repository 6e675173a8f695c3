"""What a limit leaves out of a marked copy is said in the copy and beside it."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from guiju.catalog.records.model import Input
from guiju.catalog.records.place import Place
from guiju.catalog.tables.grid import Grid
from guiju.forms.annotate.mark_workbook import mark_tables
from guiju.forms.annotate.marked_copy import marked_copy
from guiju.forms.annotate.remarks import Marking, Remark
from guiju.terms.severity import Severity
from guiju.terms.tongue import Tongue


def _marking(cells: int, tongue: Tongue = Tongue.ZH, file: str = "甲.csv") -> Marking:
    remarks = tuple(
        Remark(
            severity=Severity.MAJOR, verdict="不符合", title="规则", subject="甲", message="不对", seen="", required="", cites="",
            fix="", code="r", places=(Place(file=file, cell=f"A{at}"),),
        )
        for at in range(1, cells + 1)
    )  # fmt: skip
    return Marking(
        file=file,
        sha256="",
        as_of=date(2026, 1, 1),
        ruleset="",
        remarks=remarks,
        undetermined=0,
        tongue=tongue,
        most_cells=20,
        most_rows=30,
    )


def _grid(rows: int) -> Grid:
    return Grid(file="甲.csv", sheet=None, rows=[[str(at)] for at in range(rows)])


@pytest.mark.parametrize(("tongue", "words"), [(Tongue.ZH, "另有 2 个没有标"), (Tongue.EN, "2 more are not")])
def test_cells_beyond_the_limit_are_told_in_the_list(tongue: Tongue, words: str) -> None:
    marked = mark_tables((_grid(22),), _marking(22, tongue))
    book = openpyxl.load_workbook(BytesIO(marked.data))
    listed, table = book.worksheets
    assert words in listed["A3"].value and [one.say(tongue) for one in marked.left] == [listed["A3"].value.rpartition(" · ")[2]]
    assert sum(row[0].comment is not None for row in table.iter_rows()) == 20
    assert listed.max_row == 5 + 22


def test_nothing_is_told_where_nothing_is_left_out() -> None:
    marked = mark_tables((_grid(3),), _marking(3))
    assert marked.left == () and openpyxl.load_workbook(BytesIO(marked.data)).worksheets[0]["A3"].value == "严重 3"


def test_problems_beyond_the_limit_are_handed_on_in_words_too() -> None:
    one = Input(file="甲.json", sha256="", format="json", encoding=None, subjects=())
    made = marked_copy(b"{}", one, (), _marking(33, file="甲.json"), ".xlsx", None)
    assert made.data is not None and any("没有列出" in words.zh and "are not" in words.en for words in made.told)
    data = made.data
    listed = openpyxl.load_workbook(BytesIO(data), read_only=True).worksheets[0]
    assert "没有列出" in listed["A3"].value
