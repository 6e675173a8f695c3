"""Boxes that are ticked on forms."""

import pytest

from guiju.terms.ticks import ticked


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("□新建 ☑升级 □运维", "升级"),
        ("☑是□否", "是"),
        ("■企业、□机关", "企业"),
        ("√ 新建", "新建"),
        ("□新建 □升级", None),
        ("☑新建 ☑升级", None),
        ("☑ □升级", None),
        ("新建", None),
        ("新建☑", None),
        ("", None),
    ],
)
def test_only_one_ticked_box_says_something(text: str, option: str | None) -> None:
    assert ticked(text) == option
