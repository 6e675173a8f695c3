"""Cells become raw values: numbers exact, codes as text, days in ISO; what lost its digits can be read by no type."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from guiju.catalog.records.cells import LOST, cell_name, column_name, column_number, raw_of


@pytest.mark.parametrize(
    ("cell", "number", "raw"),
    [
        ("", True, None),
        ("文", False, "文"),
        (5.0, True, 5),
        (420106.0, False, "420106"),
        (0.1, True, Decimal("0.1")),
        (0.1, False, "0.1"),
        (True, False, True),
        (date(2025, 8, 1), False, "2025-08-01"),
        (datetime(2025, 8, 1), False, "2025-08-01"),
        (datetime(2025, 8, 1, 9, 30, 5), True, "2025-08-01 09:30:05"),
        (time(9, 30), False, "09:30:00"),
        (timedelta(hours=30, minutes=5), False, "30:05:00"),
        ("1.5E+12", True, "1.5E+12"),
        ("9.14201E+17", False, {LOST: "9.14201E+17"}),
        (914201050000000000.0, False, {LOST: "9.14201050000000E+17"}),
        (float("nan"), True, {LOST: "nan"}),
    ],
)
def test_a_cell_has_one_raw_value(cell: Any, number: bool, raw: Any) -> None:
    got = raw_of(cell, number)
    assert got == raw and type(got) is type(raw)


def test_column_letters_go_there_and_back() -> None:
    assert [column_name(number) for number in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_number(column_name(number)) == number for number in range(0, 20000, 37))
    assert cell_name(11, 5) == "F12"
