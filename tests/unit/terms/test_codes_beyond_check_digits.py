"""A right check digit is not all of a format: what registers whom, and which divisions there are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.ir.tree import Const, HasFormat
from guiju.terms.formats.codes import id_card_digit, is_uscc, uscc_digit
from guiju.terms.formats.formats import FORMATS
from guiju.terms.types import TextT
from guiju.validators.engines.interpreter.functions import has_format

DAY = date(2026, 6, 30)


@given(st.sampled_from(["420102", "110101", "510104", "640105"]), st.dates(date(1900, 1, 1), date(2025, 1, 1)), st.integers(0, 999))
def test_no_identity_number_is_a_credit_code(division: str, born: date, serial: int) -> None:
    body = f"{division}{born:%Y%m%d}{serial:03}"
    number = body + id_card_digit(body)
    assert not is_uscc(number) and FORMATS["uscc"].check(number) is not None


@pytest.mark.parametrize(
    ("head", "right"), [("91", True), ("12", True), ("53", True), ("Y1", True), ("95", False), ("54", False), ("Y2", False), ("M1", False)]
)
def test_a_department_registers_its_kinds_only(head: str, right: bool) -> None:
    body = f"{head}420100600037341"
    code = body + uscc_digit(body)
    assert is_uscc(code) is right and (FORMATS["uscc"].check(code) is None) is right


@pytest.mark.parametrize(("code", "right"), [("420102", True), ("420100", True), ("420199", False), ("110101", True)])
def test_a_division_is_held_against_the_table_where_it_reaches(code: str, right: bool) -> None:
    assert has_format(HasFormat(Const(code, TextT()), "division_code"), code, DAY) is right
