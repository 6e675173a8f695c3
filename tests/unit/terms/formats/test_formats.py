"""The named formats: known examples, the part at fault, and an independent library as witness."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.terms.formats.codes import USCC_CHARSET, id_card_digit, is_id_card, is_uscc, org_code_digit, uscc_digit
from guiju.terms.formats.divisions import PROVINCES, Division, Divisions
from guiju.terms.formats.documents import StandardNumber, parse_standard_number
from guiju.terms.formats.formats import FORMAT_NAMES, FORMATS, Part
from guiju.terms.time.period import Interval

ON = date(2025, 8, 1)
WUHAN = Path(__file__).parents[5] / "shared" / "corpus" / "divisions" / "wuhan.json"


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("uscc", "91330100799655058B"),
        ("uscc", "9144030071526726XG"),
        ("uscc", "914403001922038216"),
        ("uscc", "11420100MB1234562H"),
        ("uscc", " 91330100799655058b\u3000"),
        ("uscc", "９１３３０１００７９９６５５０５８Ｂ"),
        ("id_card", "11010519491231002X"),
        ("id_card", "11010519491231002x"),
        ("id_card", "440524188001010014"),
        ("id_card", "420102199001011236"),
        ("org_code", "799655058"),
        ("org_code", "71526726X"),
        ("org_code", "71526726-X"),
        ("org_code", "MB1234562"),
        ("division_code", "420102"),
        ("mobile", "13871234567"),
        ("document_number", "武政办〔2020〕34号"),
        ("document_number", "发改数据规〔2025〕26号"),
        ("standard_number", "GB/T 33356-2022"),
        ("standard_number", "GB/T 33356—2022"),
        ("standard_number", "DB42/T 1554-2020"),
        ("standard_number", "DB4201/T 677.1-2023"),
        ("standard_number", "DBJ43/T 013-2020"),
        ("standard_number", "T/ZGCSC 001-2020"),
        ("standard_number", "YD/T 3400-2018"),
        ("standard_number", "GB 35114-2017"),
        ("standard_number", "CJJ/T 312-2021"),
        ("standard_number", "GB/T 36449"),
        ("standard_number", "ISO/IEC 30145-3:2020"),
        ("standard_number", "ISO 37120:2018"),
        ("standard_number", "ITU-T Y.4900/L.1600"),
        ("resource_code", "307015000001/000001"),
        ("resource_code", "107001/12"),
        ("date", "2024-02-29"),
        ("year_month", "2024-02"),
        ("postcode", "430014"),
        ("url", "https://data.wuhan.gov.cn/a?b=c#d"),
        ("email", "a.b+c@wuhan.gov.cn"),
    ],
)
def test_a_right_text_has_no_fault(format_: str, text: str) -> None:
    assert FORMATS[format_].check(text, ON) is None
    assert FORMATS[format_].is_valid(text, ON)


@pytest.mark.parametrize(
    ("format_", "text", "part", "stretch"),
    [
        ("uscc", "", Part.EMPTY, (0, 0)),
        ("uscc", "9133010079965505", Part.LENGTH, (0, 16)),
        ("uscc", "420100000012345", Part.OLD_FORM, (0, 15)),
        ("uscc", "799655058", Part.OLD_FORM, (0, 9)),
        ("uscc", "11420100MB123456OI", Part.CHARSET, (16, 17)),
        ("uscc", "91330100 99655058B", Part.CHARSET, (8, 9)),
        ("uscc", "9133A100799655058B", Part.POSITION, (4, 5)),
        ("uscc", "11420100MB1234562A", Part.CHECK_DIGIT, (17, 18)),
        ("id_card", "420102900101123", Part.OLD_FORM, (0, 15)),
        ("id_card", "4201021990010112", Part.LENGTH, (0, 16)),
        ("id_card", "4201021990X1011236", Part.CHARSET, (10, 11)),
        ("id_card", "990102199001011236", Part.DIVISION, (0, 2)),
        ("id_card", "420102199002301236", Part.DATE, (6, 14)),
        ("id_card", "420102209001011236", Part.DATE, (6, 14)),
        ("id_card", "420102199001011235", Part.CHECK_DIGIT, (17, 18)),
        ("org_code", "799655059", Part.CHECK_DIGIT, (8, 9)),
        ("org_code", "79965505", Part.LENGTH, (0, 8)),
        ("division_code", "42010", Part.LENGTH, (0, 5)),
        ("division_code", "42O102", Part.CHARSET, (2, 3)),
        ("division_code", "990102", Part.DIVISION, (0, 2)),
        ("mobile", "+8613871234567", Part.PREFIX, (0, 3)),
        ("mobile", "1387123456", Part.LENGTH, (0, 10)),
        ("mobile", "12871234567", Part.PREFIX, (1, 2)),
        ("mobile", "23871234567", Part.PREFIX, (0, 1)),
        ("mobile", "027-8282828", Part.CHARSET, (3, 4)),
        ("document_number", "武政办[2020]34号", Part.BRACKETS, (3, 9)),
        ("document_number", "武政办（2020）34号", Part.BRACKETS, (3, 9)),
        ("document_number", "武政办2020年34号", Part.BRACKETS, (0, 11)),
        ("document_number", "〔2020〕34号", Part.PREFIX, (0, 0)),
        ("document_number", "武政办〔20〕34号", Part.YEAR, (4, 6)),
        ("document_number", "武政办〔2026〕34号", Part.YEAR, (4, 8)),
        ("document_number", "武政办〔2020〕第34号", Part.NUMBER, (9, 10)),
        ("document_number", "武政办〔2020〕034号", Part.NUMBER, (9, 12)),
        ("document_number", "武政办〔2020〕号", Part.NUMBER, (9, 10)),
        ("document_number", "武政办〔2020〕34", Part.ENDING, (11, 11)),
        ("document_number", "武政办 〔2020〕34号", Part.CHARSET, (3, 4)),
        ("standard_number", "国标33356", Part.PREFIX, (0, 7)),
        ("standard_number", "GB/T", Part.PREFIX, (0, 4)),
        ("standard_number", "GB/T 33356-22", Part.YEAR, (10, 13)),
        ("standard_number", "GB/T 33356:2022", Part.YEAR, (10, 15)),
        ("standard_number", "GB/T 33356-2026", Part.YEAR, (11, 15)),
        ("standard_number", "GB/T 33356 2022", Part.NUMBER, (10, 15)),
        ("resource_code", "407001/12", Part.POSITION, (0, 1)),
        ("resource_code", "307015-000001", Part.POSITION, (0, 13)),
        ("resource_code", "3070/1", Part.POSITION, (0, 4)),
        ("resource_code", "307015/", Part.POSITION, (7, 7)),
        ("date", "2024-02-30", Part.DATE, (0, 10)),
        ("date", "2024/02/03", Part.DATE, (0, 10)),
        ("date", " 2024-02-03", Part.DATE, (0, 11)),
        ("date", "not a day", Part.DATE, (0, 9)),
        ("year_month", "2024-13", Part.DATE, (0, 7)),
        ("year_month", "2024年2月", Part.DATE, (0, 7)),
        ("postcode", "43001", Part.LENGTH, (0, 5)),
        ("url", "ftp://a.b", Part.PREFIX, (0, 9)),
        ("url", "http:///path", Part.HOST, (7, 12)),
        ("url", "http://武汉.cn", Part.CHARSET, (7, 8)),
        ("url", "http://a.cn/\n", Part.CHARSET, (12, 13)),
        ("email", "a.b", Part.POSITION, (0, 3)),
        ("email", ".a@b.cn", Part.CHARSET, (0, 2)),
        ("email", "a@b", Part.HOST, (2, 3)),
    ],
)
def test_a_wrong_text_says_which_part_is_wrong(format_: str, text: str, part: Part, stretch: tuple[int, int]) -> None:
    found = FORMATS[format_].check(text, ON)
    assert found is not None
    assert (found.part, (found.start, found.end)) == (part, stretch)
    assert found.message.zh and found.message.en and "{" not in found.message.zh + found.message.en
    assert not FORMATS[format_].is_valid(text, ON)


def test_a_wrong_check_digit_names_the_right_one() -> None:
    found = FORMATS["uscc"].check("11420100MB1234562A")
    assert found is not None and found.expected == "H"
    assert found.message.zh == "校验位（末位）应为“H”，现为“A”"
    assert FORMATS["id_card"].check("420102199001011235").expected == "6"  # type: ignore[union-attr]


def test_a_date_in_another_shape_is_offered_in_the_strict_one() -> None:
    found = FORMATS["date"].check("2024年2月3日")
    assert found is not None and found.expected == "2024-02-03"


def test_a_birth_date_is_not_judged_against_a_day_that_is_not_given() -> None:
    body = "42010220900101123"
    assert FORMATS["id_card"].check(body + id_card_digit(body)) is None


def test_a_long_margin_of_blanks_does_not_change_the_answer() -> None:
    assert is_uscc(" " * 100 + "91330100799655058B")
    assert not is_uscc("9" * 100_000)


bodies = st.tuples(
    st.sampled_from([a + b for a in "159AN" for b in "1239"]),
    st.integers(0, 999999).map("{:06d}".format),
    st.text(USCC_CHARSET, min_size=9, max_size=9),
).map("".join)


@given(bodies, st.sampled_from(USCC_CHARSET))
def test_quick_and_slow_answers_are_one_and_a_single_check_digit_is_right(body: str, digit: str) -> None:
    assert is_uscc(body + digit) is (FORMATS["uscc"].check(body + digit) is None) is (digit == uscc_digit(body))


@given(st.text(max_size=20) | st.text(USCC_CHARSET + "iosvzIOSVZ ", min_size=17, max_size=19))
def test_quick_and_slow_answers_agree_on_any_text(text: str) -> None:
    assert is_uscc(text) is (FORMATS["uscc"].check(text) is None)
    assert is_id_card(text) is (FORMATS["id_card"].check(text) is None)


@given(bodies, st.integers(0, 16), st.sampled_from(USCC_CHARSET))
def test_one_miswritten_character_is_always_noticed(body: str, at: int, char: str) -> None:
    code = body + uscc_digit(body)
    wrong = code[:at] + char + code[at + 1 :]
    assert is_uscc(wrong) is (wrong == code)


@given(bodies)
def test_the_check_digit_is_that_of_an_independent_library(body: str) -> None:
    stdnum = pytest.importorskip("stdnum.cn.uscc")
    assert uscc_digit(body) == stdnum.calc_check_digit(body)


@given(st.integers(0, 10**17 - 1).map("{:017d}".format))
def test_the_identity_digit_is_that_of_an_independent_library(body: str) -> None:
    stdnum = pytest.importorskip("stdnum.iso7064.mod_11_2")
    assert id_card_digit(body) == stdnum.calc_check_digit(body)


def test_org_code_digits_ten_and_eleven_are_x_and_0() -> None:
    assert org_code_digit("71526726") == "X"
    assert any(org_code_digit(f"{number:08d}") == "0" for number in range(50))


@given(st.text(max_size=40), st.sampled_from(sorted(FORMATS)))
def test_no_text_makes_a_format_stumble(text: str, format_: str) -> None:
    FORMATS[format_].check(text, ON)
    found = FORMATS[format_].check("\ud800" + text, ON)
    assert found is not None
    assert found.message.zh.encode() and found.message.en.encode()


def test_there_are_thirty_four_provinces() -> None:
    assert len(PROVINCES) == 34


def test_a_division_is_judged_as_of_the_day_and_only_where_the_table_reaches() -> None:
    table = Divisions.of(
        [Division(code="420102", name="江岸区"), Division(code="420199", name="旧区", interval=Interval(None, date(2000, 1, 1)))],
        covers=["4201"],
    )
    check = FORMATS["division_code"].check
    assert check("420102", ON, table) is None
    assert check("420199", date(1999, 1, 1), table) is None
    gone, never = check("420199", ON, table), check("420188", ON, table)
    assert gone is not None and "2025-08-01" in gone.message.zh
    assert never is not None and never.part is Part.DIVISION
    assert check("430102", ON, table) is None
    code = "91420188799655058"
    found = FORMATS["uscc"].check(code + uscc_digit(code), ON, table)
    assert found is not None and found.part is Part.DIVISION
    assert not FORMATS["uscc"].is_valid(code + uscc_digit(code), ON, table)


def test_the_districts_of_wuhan_are_divisions() -> None:
    if not WUHAN.is_file():
        pytest.skip("../shared is not here")
    rows = json.loads(WUHAN.read_text(encoding="utf-8"))
    table = Divisions.of([Division(code=row["code"], name=row["name"]) for row in rows], covers=["4201"])
    assert all(FORMATS["division_code"].check(row["code"], ON, table) is None for row in rows)
    assert FORMATS["division_code"].check("420199", ON, table) is not None


def test_a_standard_number_is_said_in_one_way() -> None:
    assert parse_standard_number("GB/T33356—2022") == StandardNumber(prefix="GB/T", number="33356", year=2022)
    assert str(parse_standard_number("GB/T33356—2022")) == "GB/T 33356-2022"
    assert str(parse_standard_number("ISO/IEC30145-3:2020")) == "ISO/IEC 30145-3:2020"


def test_a_format_is_found_by_its_id_and_both_names() -> None:
    assert FORMAT_NAMES["统一社会信用代码"] is FORMAT_NAMES["uscc"] is FORMAT_NAMES["unified social credit code"]
    assert all(FORMAT_NAMES[name] is one for one in FORMATS.values() for name in (one.id, one.zh, one.en))


def test_a_hundred_thousand_credit_codes_take_less_than_five_seconds() -> None:
    codes = [f"91420100{number:09d}" for number in range(100_000)]
    start = time.perf_counter()
    found = sum(is_uscc(code + "0") for code in codes)
    assert time.perf_counter() - start < 5
    assert 3000 < found < 3500
