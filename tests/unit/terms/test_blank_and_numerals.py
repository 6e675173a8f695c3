"""Blanks and Chinese numerals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.terms.blank import fold_code, is_blank, trim
from guiju.terms.quantities.numerals import LARGEST, meant_number, parse_numeral, say_numeral


def test_exactly_six_characters_are_blank() -> None:
    assert trim(" \t\r\n\u00a0\u3000甲 乙\u3000") == "甲 乙"
    for other in "\u2003\u0085\u200b\u000b\u000c\ufeff":
        assert not is_blank(other)
        assert trim(other) == other
    assert is_blank("") and is_blank("\u3000\n")


def test_a_code_in_full_width_is_the_same_code() -> None:
    assert fold_code("\u3000９１４２ＡＢ ") == "9142AB"
    assert fold_code("ab") == "ab"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_code(fold_code(text)) == fold_code(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("一百二十三", 123), ("二〇二四", 2024), ("两", 2), ("〇", 0), ("十五", 15), ("一百十二", 112), ("一万零三", 10003),
     ("两千万", 20000000), ("一万亿", 10**12), ("壹佰贰拾", 120), ("三十", 30)],
)  # fmt: skip
def test_a_numeral_is_read(text: str, number: int) -> None:
    assert parse_numeral(text) == number


@pytest.mark.parametrize("text", ["", "一百二", "十十", "万", "二万三", "一二百", "第三", "3", "一" * 41, "九" * 17])
def test_what_is_no_whole_numeral_is_refused(text: str) -> None:
    assert parse_numeral(text) is None


@given(st.integers(0, LARGEST))
def test_a_number_said_and_read_again_is_the_number(number: int) -> None:
    assert parse_numeral(say_numeral(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("二级", "2"), ("第三", "3"), ("3 级", "3"), ("３级", "3"), ("十五项", "15"), ("120万", "1200000"), ("1.2亿", "120000000")],
)
def test_a_number_that_a_person_would_read_is_offered(text: str, number: str) -> None:
    assert meant_number(text) == number


@pytest.mark.parametrize("text", ["", "级", "很多", "一百二", "三级等保", "5%", "1.23456万", "3年", "一二三四" * 20, None, 3])
def test_nothing_is_offered_where_it_is_no_number(text: object) -> None:
    assert meant_number(text) is None
