"""Units of one dimension convert exactly; units of different dimensions, and numbers without one, do not meet."""

import pytest

from tests.unit.dsl.model.given import accept, refuse

GUILTY = [
    ("总投资 ≥ 500", "U002 at 500: 另一边是金额"),
    ("总投资 + 3 > 500万元", "U002 at 3"),
    ("总投资 ≥ 500 个", "U001 at 500 个"),
    ("面积 ≥ 3 m", "U001 at 3 m: 面积不能与长度"),
    ("完成率 ≥ 0.6", "U006 at 0.6"),
    ("占比(信息项 其中 敏感) ≤ 60", "U006 at 60"),
    ("天数(发布日期, 更新日期) ≤ 1 个月", "U004 at 1 个月"),
    ("更新日期 - 发布日期 ≤ 1 个月", "U004 at 1 个月"),
    ("1 个月 > 30 天", "U004 at 30 天"),
    ("更新日期 ≤ 发布日期 + 3", "U002 at 3: 另一边是期限"),
    ("更新日期 ≤ 发布日期 + 1.5 个工作日", "U007 at 1.5 个工作日"),
]


@pytest.mark.parametrize(("requirement", "expected"), GUILTY)
def test_a_unit_that_does_not_fit_is_one_message(requirement: str, expected: str) -> None:
    refuse(requirement, expected)


@pytest.mark.parametrize(
    ("requirement", "meant"),
    [
        ("总投资 ≥ 500万元", "(≥ $0.total_cost 5000000)"),
        ("总投资 ≥ 0.05亿元", "(≥ $0.total_cost 5000000)"),
        ("完成率 ≥ 60%", "(≥ $0.rate 0.6)"),
        ("工作日数(发布日期, 更新日期) ≤ 10 个工作日", "(≤ (workdays_between $0.published $0.updated) 10)"),
    ],
)
def test_a_literal_is_kept_in_the_base_unit_exactly(requirement: str, meant: str) -> None:
    assert accept(requirement) == meant


def test_three_hectares_are_thirty_thousand_square_metres() -> None:
    assert accept("面积 ≥ 3 公顷") == accept("面积 ≥ 30000 平方米") == accept("面积 ≥ 0.03 km²")
