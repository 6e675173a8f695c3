"""Dates strict and as people write them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.terms.time.dates import SHAPES, from_excel_serial, parse_iso, parse_year_month, read_date

FIRST = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("text", "day", "shape"),
    [
        ("2024-03-01", FIRST, "iso"),
        (" 2024-03-01\u3000", FIRST, "iso"),
        ("２０２４-０３-０１", FIRST, "iso"),
        ("2024-3-1", FIRST, "loose_dashes"),
        ("2024/03/01", FIRST, "slashes"),
        ("2024.3.1", FIRST, "dots"),
        ("20240301", FIRST, "compact"),
        ("2024年3月1日", FIRST, "chinese"),
        ("二〇二四年三月一日", FIRST, "chinese"),
        ("二〇二四年三月二十一日", date(2024, 3, 21), "chinese"),
        ("2018-03-01 18:19:41", date(2018, 3, 1), "datetime"),
        ("2018/3/1 8:05", date(2018, 3, 1), "datetime"),
        ("2018-03-01T18:19:41.000+08:00", date(2018, 3, 1), "datetime"),
        ("45352", FIRST, "excel_serial"),
        ("45352.75", FIRST, "excel_serial"),
        ("1709251200000", FIRST, "timestamp"),
        ("1709222400", FIRST, "timestamp"),
        ("1709222399999", date(2024, 2, 29), "timestamp"),
        ("170925120000", None, None),
        ("2024-02-30", None, "iso"),
        ("20240230", None, "compact"),
        ("2024-02-30 10:00:00", None, "datetime"),
        ("2024-03", None, "year_month"),
        ("2024年3月", None, "year_month"),
        ("2024", None, "year"),
        ("2024年", None, "year"),
        ("", None, None),
        ("03/01/2024", None, None),
        ("2024-3-1²", None, None),
        ("2024-03-01x", None, None),
        ("2024-03-01 25:00", None, None),
        ("2024-W09-5", None, None),
        ("长期", None, None),
        ("\ud800", None, None),
        ("2024-03-01" * 100, None, None),
    ],
)
def test_a_day_is_read_and_its_shape_named(text: str, day: date | None, shape: str | None) -> None:
    assert read_date(text) == (day, shape)
    assert shape is None or shape in SHAPES


@given(st.dates())
def test_a_day_written_strictly_is_read_back(day: date) -> None:
    assert parse_iso(day.isoformat()) == day


@pytest.mark.parametrize("text", ["20240301", "2024-3-1", "2024-W09-5", "2024-03-01 ", "2024-03-01\n", "２０２４-03-01", "0000-01-01"])
def test_the_strict_grammar_takes_nothing_else(text: str) -> None:
    assert parse_iso(text) is None


def test_the_day_that_excel_invented_is_refused() -> None:
    assert from_excel_serial(60) is None
    assert from_excel_serial(59) == date(1900, 2, 28)
    assert from_excel_serial(61) == date(1900, 3, 1)
    assert from_excel_serial(1) == date(1900, 1, 1)
    assert from_excel_serial(2958465) == date(9999, 12, 31)
    assert from_excel_serial(2958466) is None
    assert from_excel_serial(0) is None
    assert from_excel_serial(Decimal("NaN")) is None


@given(st.dates(min_value=date(1900, 3, 1)))
def test_serial_numbers_after_february_1900_count_days(day: date) -> None:
    assert from_excel_serial((day - date(1899, 12, 30)) // timedelta(days=1)) == day


def test_a_year_and_month_is_exactly_that() -> None:
    assert parse_year_month("2024-03") == (2024, 3)
    assert parse_year_month("2024-13") is None
    assert parse_year_month("202403") is None
