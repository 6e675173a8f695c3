"""The framework as work: what wants a standard, what overlaps, what is due for review, from the shipped records."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from guiju.forms.template.to_table import to_table
from guiju.standards.load import load_registry
from guiju.standards.model import Force
from guiju.standards.upkeep.framework import due_for_review, gaps, overlaps, table_rows
from tests.command import guiju

REGISTRY = load_registry()
TODAY = date(2026, 11, 23)
SUBCLASSES = [sub.code for one in REGISTRY.framework.classes for sub in one.subclasses]


def test_a_gap_is_a_class_in_which_no_standard_in_force_stands() -> None:
    found = gaps(REGISTRY, on=TODAY)
    held = {
        code
        for one in REGISTRY.editions
        if one.level.is_standard and REGISTRY.force(one, TODAY) is Force.IN_FORCE
        for code in (one.category, *one.also)
    }
    assert [one.cls.code for one in found] == [code for code in SUBCLASSES if code not in held]
    assert found
    for one in found:
        assert all(row.edition.level.is_standard and row.force is Force.IN_FORCE for row in one.offered)


def test_overlapping_titles_are_of_different_standards_and_the_most_alike_come_first() -> None:
    found = overlaps(REGISTRY, on=TODAY)
    assert [one.alike for one in found] == sorted((one.alike for one in found), reverse=True)
    pairs = {(one.first.edition.id, one.second.edition.id) for one in found}
    assert ("GB_T_21062.2-2007", "GB_T_21063.2-2007") in pairs
    assert not any(a.startswith("GB_T_34680") and b.startswith("GB_T_34680") for a, b in pairs)


@pytest.mark.parametrize(("until", "due"), [(date(2027, 10, 11), False), (date(2027, 10, 12), True)])
def test_a_standard_is_due_five_years_after_its_issue(until: date, due: bool) -> None:
    edition = REGISTRY.by_id["GB_T_33356-2022"]
    assert edition.issued is not None
    moved = until.replace(year=edition.issued.year + 5, month=edition.issued.month, day=edition.issued.day)
    last = moved if due else date.fromordinal(moved.toordinal() - 1)
    assert (edition.id in {one.row.edition.id for one in due_for_review(REGISTRY, on=TODAY, until=last)}) is due


def test_the_table_has_every_class_and_is_numbered_through() -> None:
    rows = table_rows(REGISTRY, on=TODAY)
    assert [one.number for one in rows] == list(range(1, len(rows) + 1))
    assert list(dict.fromkeys(one.cls.code for one in rows)) == SUBCLASSES
    assert not any(one.row is not None and one.row.force is Force.ENDED for one in rows)


def test_a_table_holds_its_words_as_words() -> None:
    data = to_table("表", ("甲", "乙"), (("=1+1", "GB/T 1"), ("", "二")))
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["甲", "乙"], ["=1+1", "GB/T 1"], ["", "二"]]
    assert data == to_table("表", ("甲", "乙"), (("=1+1", "GB/T 1"), ("", "二")))


def test_the_command_answers_each_of_the_four_questions(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "table.xlsx"
    assert guiju("standards", "gaps", "--as-of", TODAY) == 0
    assert guiju("standards", "overlaps", "--as-of", TODAY) == 0
    assert guiju("standards", "review", "--within", "6m", "--as-of", TODAY) == 0
    assert guiju("standards", "table", "--output", target, "--as-of", TODAY) == 0
    said = capfd.readouterr()
    assert "WH-0205" in said.out and "GB/T 21063.2-2007" in said.out
    sheet = load_workbook(target).active
    assert sheet is not None and sheet.max_row == len(table_rows(REGISTRY, on=TODAY)) + 1


@pytest.mark.parametrize("words", [("review", "--within", "soon"), ("table",), ("table", "--output", "t.csv")])
def test_what_cannot_be_answered_ends_with_two(words: tuple[str, ...]) -> None:
    assert guiju("standards", *words) == 2


def test_what_rests_on_memory_says_so_and_what_is_over_is_not_called_in_force(capfd: pytest.CaptureFixture[str]) -> None:
    assert guiju("standards", "list", "8567", "--as-of", TODAY) == 0
    assert "not verified" in capfd.readouterr().out
    assert guiju("standards", "show", "武政办〔2020〕34号", "--as-of", TODAY) == 0
    assert "the tasks that it set are over" in capfd.readouterr().out
