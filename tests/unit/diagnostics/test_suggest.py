"""Near names are offered, far ones are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.diagnostics.suggest import fold, nearest, nearest_few

KNOWN = [
    "数据更新周期",
    "更新周期",
    "共享条件",
    "共享类型",
    "数据格式",
    "名称",
    "投资额",
    "责任单位",
    "response_time",
    "update_cycle",
    "id",
]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("更新周其", "更新周期"),
        ("更新期", "更新周期"),
        ("周期更新", "更新周期"),
        ("更 新 周 期", "更新周期"),
        ("名字", "名称"),
        ("投资", "投资额"),
        ("责任单元", "责任单位"),
        ("ｕｐｄａｔｅ＿ｃｙｃｌｅ", "update_cycle"),
        ("Update-Cycle", "update_cycle"),
        ("update_cylce", "update_cycle"),
        ("respons_time", "response_time"),
    ],
)
def test_a_slip_finds_the_name_that_was_meant(written: str, meant: str) -> None:
    assert nearest(written, KNOWN) == meant


@pytest.mark.parametrize("written", ["xyz", "张三", "武汉", "ab", "ip", "预算", "", "x" * 500, "责任部门所在地"])
def test_a_name_far_from_all_is_met_with_silence(written: str) -> None:
    assert nearest(written, KNOWN) is None


def test_full_width_digits_do_not_count() -> None:
    assert nearest("第１级", ["第1级", "第2级"]) == "第1级"


def test_nearest_first_and_no_more_than_asked_for() -> None:
    assert nearest_few("共享", KNOWN, most=3) == ("共享条件", "共享类型")
    assert len(nearest_few("共享", KNOWN, most=1)) == 1


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=8))
def test_what_is_offered_is_known_and_is_not_what_was_written(written: str, known: list[str]) -> None:
    offered = nearest_few(written, known)
    assert set(offered) <= set(known) - {written}
    assert offered == nearest_few(written, reversed(known))


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_more_for_plain_names(text: str) -> None:
    name = "".join(char for char in text if "\u4e00" <= char <= "\u9fff" or char.isascii())
    assert fold(fold(name)) == fold(name)
