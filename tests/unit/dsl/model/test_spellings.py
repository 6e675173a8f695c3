"""A spelling with two meanings is refused, wherever it stands; a letter that looks like another is warned of."""

import pytest

from tests.check import check, diagnostics_of


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("词表 色 / colour\n  1 红 / red 别名 绿\n  2 绿 / green\n", "绿"),
        ("词表 色 / colour\n  1 红 / red 别名 甲\n  2 绿 / green 别名 甲\n", ""),
        ("词表 色 / colour\n  1 红 / red\n  2 赤 / red\n", "red"),
        ("词表 色 / colour\n  1 红 / red\n  2 赤 / ＲＥＤ\n", "ＲＥＤ"),
        ("词表 色 / colour\n  1 红 / red 别名 2\n  2 赤 / crimson\n", "2"),
        ("对象 丁 / ding\n  子 aa 数 别名 金额\n  丑 bb 数 别名 金额\n", ""),
        ("对象 丁 / ding\n  子 aa 数 别名 丑\n  丑 bb 数\n", "丑"),
        ("对象 丁 / ding\n  别名 共\n  子 aa 数\n对象 丙 / bing\n  别名 共\n  子 aa 数\n", "共"),
    ],
)
def test_a_spelling_with_two_meanings_is_refused(text: str, at: str) -> None:
    check(text, f"N026 at {at}" if at else "N026")


def test_numbers_that_do_not_count_may_be_labels_of_others() -> None:
    check("词表 色 / colour\n  只认标签\n  1 红 / red 别名 2\n  2 赤 / crimson\n")


def test_one_code_may_have_a_spelling_in_both_cases() -> None:
    check("词表 色 / colour\n  1 红 / red 别名 Red, RED\n  2 赤 / crimson\n")


def test_a_letter_of_another_script_is_warned_of_and_a_word_of_one_is_not() -> None:
    text = "对象 丁 / ding\n  费 cоst 数\n  城 москва 数\n  宽 ｗｉｄｅ 数\n"
    assert [text[one.span.start : one.span.end] for one in diagnostics_of(text) if one.code == "H020"] == ["cоst"]
