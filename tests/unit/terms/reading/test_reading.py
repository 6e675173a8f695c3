"""What written values mean, with a reading and without."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from guiju.terms.fact import Known, Missing, State
from guiju.terms.reading.codes import read_code
from guiju.terms.reading.nearest import nearest_label
from guiju.terms.reading.reading import read_value
from guiju.terms.shape import CodeEntry, CodeList, Reading
from guiju.terms.time.period import Period, PeriodKind
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, CodeT, DateT, IntT, ListT, MoneyT, NumberT, PercentT, PeriodT, QuantityT, RecordT, RefT, TextT, Type
from tests.unit.validators.build import COMMON, VOCABULARY

AREA = QuantityT("area")


def read(raw: Any, type: Type, reading: Reading | None = None, **more: Any) -> Known | Missing:
    return read_value(raw, type, VOCABULARY, reading, **more)


@pytest.mark.parametrize(
    ("raw", "type", "value"),
    [
        ("文 本 ", TextT(), "文 本 "),
        ("12", IntT(), 12),
        (Decimal("2.0"), IntT(), 2),
        ("-1.5", NumberT(), Decimal("-1.5")),
        (18400, MoneyT(), Decimal(18400)),
        ("60%", PercentT(), Decimal("0.6")),
        ("2025-08-01", DateT(), date(2025, 8, 1)),
        ("10个工作日", PeriodT(), Period(PeriodKind.WORKDAYS, 10)),
        (True, BoolT(), True),
        (2, CodeT("sharing_type"), "2"),
        (" ２ ", CodeT("sharing_type"), "2"),
        ("有条件共享", CodeT("sharing_type"), "2"),
        ("无条件", CodeT("sharing_type"), "1"),
        ("市水务局", RefT("unit"), "市水务局"),
        ({"name": "甲"}, RecordT("item"), {"name": "甲"}),
        ([1, 2], ListT(IntT()), [1, 2]),
    ],
)
def test_canonical_forms_are_read_without_a_reading_and_without_a_note(raw: Any, type: Type, value: Any) -> None:
    assert read(raw, type) == Known(value)


@pytest.mark.parametrize(
    ("raw", "type"),
    [
        (5, TextT()),
        (2.5, IntT()),
        ("１２", IntT()),
        ("1,200", NumberT()),
        ("1e5", NumberT()),
        (Decimal("NaN"), NumberT()),
        (10**70, IntT()),
        (True, IntT()),
        ("500万元", MoneyT()),
        (5, AREA),
        ("2025/8/1", DateT()),
        ("2025-02-30", DateT()),
        ("是", BoolT()),
        ("保密", CodeT("sharing_type")),
        ("市不存在局", RefT("unit")),
        ("甲、乙", ListT(TextT())),
        ("甲", RecordT("item")),
        (["甲"], TextT()),
        ({"甲": 1, "乙": 2}, TextT()),
    ],
)
def test_what_is_not_canonical_is_unreadable_without_a_reading(raw: Any, type: Type) -> None:
    found = read(raw, type)
    assert isinstance(found, Missing) and (found.state, found.raw) == (State.UNREADABLE, raw) and found.detail


@pytest.mark.parametrize(
    ("raw", "type", "value", "canonical"),
    [
        (5, TextT(), "5", "5"),
        ("１２", IntT(), 12, "12"),
        ("1,200", NumberT(), Decimal(1200), "1200"),
        ("500万元", MoneyT(), Decimal(5000000), "5000000"),
        ("960万", MoneyT(), Decimal(9600000), "9600000"),
        ("1.2亿", MoneyT(), Decimal(120000000), "120000000"),
        ("30个", IntT(), 30, "30"),
        ("2025/8/1", DateT(), date(2025, 8, 1), "2025-08-01"),
        ("20250801", DateT(), date(2025, 8, 1), "2025-08-01"),
        ("2025年8月1日", DateT(), date(2025, 8, 1), "2025-08-01"),
        (45870, DateT(), date(2025, 8, 1), "2025-08-01"),
        ("是", BoolT(), True, "true"),
        ("没有", BoolT(), False, "false"),
        ("水务局", RefT("unit"), "市水务局", "市水务局"),
    ],
)
def test_a_reading_accepts_more_and_leaves_a_note_and_the_canonical_text(raw: Any, type: Type, value: Any, canonical: str) -> None:
    found = read(raw, type, COMMON)
    assert isinstance(found, Known) and found.value == value and found.note is not None
    assert found.canonical == canonical


def test_the_canonical_text_of_a_date_reads_back_without_a_note() -> None:
    first = read("2025.8.1", DateT(), COMMON)
    assert isinstance(first, Known)
    assert read(first.canonical, DateT(), COMMON) == Known(first.value)


@pytest.mark.parametrize("raw", [None, "", " \t\u3000", "无", "Ｎ/Ａ"])
def test_blank_is_absent(raw: Any) -> None:
    found = read(raw, TextT(), COMMON)
    assert isinstance(found, Missing) and found.state is State.ABSENT


def test_blank_words_are_values_where_no_reading_names_them() -> None:
    assert read("无", TextT()) == Known("无")


def test_a_declaration_keeps_its_reason() -> None:
    for raw in ("不适用：不含个人信息", {"不适用": "不含个人信息"}, {"not_applicable": "不含个人信息"}):
        found = read(raw, TextT(), COMMON)
        assert isinstance(found, Missing) and found.state is State.NOT_APPLICABLE
        assert found.detail is not None and found.detail.zh == "不含个人信息"


def test_mending_money_settles_and_never_changes_the_amount() -> None:
    from dataclasses import replace

    wan = replace(COMMON, money_unit="万元")
    first = read(500, MoneyT(), wan)
    assert isinstance(first, Known) and first.canonical is not None
    second = read(first.canonical, MoneyT(), wan)
    assert isinstance(second, Known) and (second.value, second.canonical) == (first.value, None)


def test_a_code_called_none_wins_over_the_blank_word_of_the_reading() -> None:
    from dataclasses import replace

    blank = replace(COMMON, blank=("无条件",))
    assert read("无条件", CodeT("sharing_type"), blank) == Known("1")


def test_a_boolean_word_wins_over_the_same_blank_word() -> None:
    from dataclasses import replace

    assert isinstance(read("无", BoolT(), replace(COMMON, false=("无",))), Known)


def test_an_unreadable_code_names_the_nearest_label() -> None:
    found = read("有条共享", CodeT("sharing_type"))
    assert isinstance(found, Missing) and found.nearest == "有条件共享"


def test_a_code_does_not_hold_outside_its_interval() -> None:
    assert read("3", CodeT("sharing_type"), on=date(2025, 12, 31)) == Known("3")
    assert isinstance(read("3", CodeT("sharing_type"), on=date(2026, 1, 1)), Missing)


def test_a_bare_number_is_in_the_unit_of_the_field() -> None:
    one = read(1, AREA, unit="km²")
    other = read("100公顷", AREA, COMMON, unit="km²")
    assert isinstance(one, Known) and isinstance(other, Known) and one.value == other.value == 3000000
    assert other.canonical == "1"


def test_a_quantity_of_another_dimension_is_unreadable() -> None:
    assert isinstance(read("5 km", AREA, COMMON, unit="km²"), Missing)


def test_a_text_is_a_list_only_by_a_reading() -> None:
    found = read("甲、乙；丙", ListT(TextT()), COMMON)
    assert isinstance(found, Known) and found.value == ["甲", "乙", "丙"] and found.note
    assert isinstance(read("甲、乙", ListT(TextT())), Missing)
    assert isinstance(read("甲、乙", ListT(RecordT("item"))), Missing)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("['xls', 'xml']", ["xls", "xml"]),
        ('["csv","json"]', ["csv", "json"]),
        ("['file', None]", ["file"]),
        ("[]", []),
        ("国土资源、能源\r\n\t信息传输", ["国土资源、能源", "信息传输"]),
        ("姓名|荣誉、称号|日期", ["姓名", "荣誉、称号", "日期"]),
        ("csv,xlsx,", ["csv", "xlsx"]),
    ],
)
def test_a_text_is_parted_at_its_coarsest_marks(text: str, parts: list[str]) -> None:
    found = read(text, ListT(TextT()), COMMON)
    assert isinstance(found, Known) and found.value == parts


def test_a_list_of_names_is_a_list_of_records_that_have_a_name() -> None:
    named = [{"name": "甲"}, {"name": "乙"}]
    for raw in ("甲、乙", ["甲", "乙"]):
        found = read(raw, ListT(RecordT("item")), COMMON)
        assert isinstance(found, Known) and found.value == named and found.note
    assert read([{"name": "甲"}], ListT(RecordT("item")), COMMON) == Known([{"name": "甲"}])
    assert isinstance(read('[{"name": "甲"}]', ListT(RecordT("item")), COMMON), Missing)


def test_a_list_where_one_value_is_asked_for_says_it_only_by_a_reading() -> None:
    joined = read(["甲", "乙"], TextT(), COMMON)
    assert isinstance(joined, Known) and joined.value == "甲、乙" and joined.note
    assert read(["甲"], TextT(), COMMON) == read("甲", TextT(), COMMON)
    empty = read([], TextT(), COMMON)
    assert isinstance(empty, Missing) and empty.state is State.ABSENT
    for raw in (["甲", "乙"], [], ["甲"]):
        strict = read(raw, TextT())
        assert isinstance(strict, Missing) and strict.state is State.UNREADABLE
    two = read(["2024-03-01", "2024-03-02"], DateT(), COMMON)
    assert isinstance(two, Missing) and two.state is State.UNREADABLE


def test_a_bare_number_is_no_code_of_a_list_that_knows_labels_only() -> None:
    codes = VOCABULARY.code_list("sharing_type")
    labels = replace(VOCABULARY, codes=(replace(codes, labels_only=True),))
    found = read_value(2, CodeT("sharing_type"), labels, COMMON)
    assert isinstance(found, Missing) and found.detail is not None and "数字代码" in found.detail.zh and found.nearest is None


@pytest.mark.parametrize("raw", [1709251200000, 1709251200, "1709251200000"])
def test_a_timestamp_is_a_day_of_beijing_only_by_a_reading_that_takes_it(raw: object) -> None:
    taken = read(raw, DateT(), replace(COMMON, dates=(*COMMON.dates, "timestamp")))
    assert isinstance(taken, Known) and taken.value == date(2024, 3, 1) and taken.canonical == "2024-03-01"
    assert isinstance(read(raw, DateT(), COMMON), Missing)


def test_what_a_program_left_before_its_null_leads_to_a_label_that_begins_so() -> None:
    cycles = CodeList(
        id="cycle",
        name=Both("更新频率", "cycle"),
        entries=tuple(
            CodeEntry(code=str(at), name=Both(zh, ""), id=f"c{at}") for at, zh in enumerate(("每日", "每月", "每季度", "每年", "每两年"))
        ),
    )
    assert nearest_label("每 null null", cycles) == "每年"
    assert nearest_label("每null", cycles) == "每年"
    assert nearest_label("null", cycles) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [("红、绿", "写了 2 个颜色：红、绿"), ("红/绿/红", "写了 2 个颜色"), ("红和绿", "写了 2 个颜色"), ("红、红", None), ("红、方", None)],
)
def test_a_code_that_names_several_is_told_as_that(text: str, told: str | None) -> None:
    colours = CodeList(id="colour", name=Both("颜色", "colour"), entries=(_entry("1", "红", "red"), _entry("2", "绿", "green")))
    found = read_code(text, text, colours, None, None)
    assert isinstance(found, Missing) and found.detail is not None
    assert (told in found.detail.zh) if told else ("写了" not in found.detail.zh)


def _entry(code: str, zh: str, en: str) -> CodeEntry:
    return CodeEntry(code=code, id=en, name=Both(zh, en))
