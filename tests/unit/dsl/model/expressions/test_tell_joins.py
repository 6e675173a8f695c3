"""Where documents are not joined, it is told what each side was found to be, and how that of the subject is written."""

import pytest

from guiju.diagnostics.diagnostic import Diagnostic
from tests.check import diagnostics_of

SHAPE = "对象 票 / ticket\n  编号 number 文本 主键\n  日期 day 日期\n规则 试 / probe\n  状态 草案\n  对象 票\n  应当 "


def _told(requirement: str) -> list[Diagnostic]:
    return [one for one in diagnostics_of(SHAPE + requirement) if one.code == "T014"]


@pytest.mark.parametrize(
    "requirement",
    ["数量(票 其中 日期 = 本票.日期) ≤ 3", "没有 甲 于 票 满足 (甲.日期 = 日期 且 甲.编号 ≠ 编号)", "数量(票 其中 本票.日期 = 日期) ≤ 3"],
)
def test_where_the_subject_is_of_the_shape_looked_for_it_is_written_as_the_subject(requirement: str) -> None:
    (found,) = _told(requirement)
    assert found.help is not None and "另一票的日期" in found.help.zh and "写作 本对象.日期" in found.help.zh
    assert "write this.day" in found.help.en or "本对象.日期" in found.help.en


def test_what_is_advised_joins() -> None:
    assert not _told("数量(票 其中 日期 = 本对象.日期) ≤ 3")
