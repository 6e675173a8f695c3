"""Proposals in the forms in which offices send them are read as what they say, and what is no proposal is not taken for one."""

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from guiju.terms.fact import Known
from guiju.terms.reading.reading import read_value
from tests.readers.proposals import write_docx, write_xlsx


@cache
def _rules() -> Ruleset:
    compiled = read_rules((shipped_rules(),), Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset


def _read(path: Path, kind: str | None = None) -> Submission:
    return read([path], _rules().vocabulary, kind=kind)


def _said(got: Submission, *fields: str, record: int = 0) -> list[Any]:
    """What a record means by each field; None where it says nothing that can be read."""
    vocabulary = _rules().vocabulary
    shape = vocabulary.shape(got.records[record].shape)
    found: list[Any] = []
    for id in fields:
        one = shape.field(id)
        assert one is not None
        fact = read_value(got.records[record].value.get(id), one.type, vocabulary, vocabulary.reading(shape), unit=one.unit)
        found.append(fact.value if isinstance(fact, Known) else None)
    return found


def _kinds(got: Submission) -> tuple[tuple[str, int], ...]:
    return got.inputs[0].subjects


def test_a_form_of_two_pairs_a_row(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["甲市政务信息化项目申报表（2026年度）"],
        ["项目名称", "水务监管平台升级", None, None],
        ["申报单位（盖章）", "甲市水务局", "项目负责人", "张某"],
        ["联系电话", "000-12345678", "电子邮箱", "a@example.org"],
        ["项目类别", "政务信息系统", "建设性质", "□新建 ☑升级 □购买服务"],
        ["总投资（万元）", "486.5", "资金来源", "市级财政"],
        ["建设周期", "2026年3月至2027年2月", "申报日期", "2026年1月15日"],
        ["是否涉密", "否", "是否列入规划", "☑是 □否"],
        ["单位意见：\n\n（盖章）\n年  月  日", None, "主管部门意见：", None],
    ]
    got = _read(write_xlsx(tmp_path / "a.xlsx", {"申报表": rows}, ("A1:D1", "B2:D2")))
    assert _kinds(got) == (("project", 1),)
    assert _said(got, "name", "applicant", "responsible_person") == ["水务监管平台升级", "甲市水务局", "张某"]
    assert _said(got, "build_kind", "investment", "applied") == ["4", Decimal(4865000), date(2026, 1, 15)]
    assert _said(got, "classified", "in_plan") == [False, True]
    assert {one.header for one in got.headers if one.field is None} >= {"联系电话", "电子邮箱", "资金来源", "建设周期"}


def test_a_list_under_two_rows_of_headers_keeps_the_unit_of_the_group(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2026年度信息化项目计划表"],
        ["序号", "项目名称", "项目单位", "投资（万元）", None, None, "建设期限", None, "前期工作进展"],
        [None, None, None, "总投资", "财政资金", "自筹", "开工时间", "竣工时间", None],
        [1, "物流枢纽", "甲港务集团", 5600, 3000, 2600, "2026年4月", "2027年12月", "已批复"],
        [2, "数字农园", "甲市农业局", 880, 880, 0, "2026年5月", "2026年11月", "编制可研"],
        ["合计", None, None, 6480, 3880, 2600],
        ["注：投资含软硬件。"],
    ]
    merged = ("A1:I1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:H2", "I2:I3")
    # Two of nine headers are known: what it is has to be said.
    assert [one.code for one in _read(write_xlsx(tmp_path / "a.xlsx", {"计划": rows}, merged)).diagnostics] == ["D201"]
    got = _read(tmp_path / "a.xlsx", "项目方案")
    assert _kinds(got) == (("project", 2),)
    assert [_said(got, "name", "investment", record=at) for at in (0, 1)] == [
        ["物流枢纽", Decimal(56000000)],
        ["数字农园", Decimal(8800000)],
    ]


def test_a_table_of_costs_is_no_catalog_and_no_proposal(tmp_path: Path) -> None:
    costs = [["序号", "名称", "单位", "数量", "单价（万元）", "合价（万元）"], ["1", "服务器", "台", "12", "8.5", "102"]]
    form = [["项目名称", "健康平台", "项目类型", "智慧健康"], ["建设单位", "甲区卫健局", "项目总投资", "1,286.00万元"]]
    got = _read(write_docx(tmp_path / "a.docx", [form, costs]))
    assert _kinds(got) == (("project", 1),) and _said(got, "investment") == [Decimal(12860000)]
    assert [one.place.sheet for one in got.left_out] == ["表2"]
    alone = _read(
        write_xlsx(tmp_path / "b.xlsx", {"概算": [["序号", "费用名称", "规格", "单位", "数量", "备注"], [1, "开发", "", "项", 1, ""]]})
    )
    assert alone.records == () and [one.code for one in alone.diagnostics] == ["D054"]


def test_labels_in_both_tongues_and_in_english(tmp_path: Path) -> None:
    both = [
        ["项目名称 Project name", "二级节点"], ["申报单位 Applicant", "甲制造公司"], ["项目类型 Project kind", "工业互联网标识"],
        ["总投资（万元） Total investment (10k CNY)", "2,350"], ["申报日期 Date of application", "2026-01-08"],
    ]  # fmt: skip
    got = _read(write_docx(tmp_path / "a.docx", [both]))
    assert _said(got, "name", "applicant", "investment", "applied") == ["二级节点", "甲制造公司", Decimal(23500000), date(2026, 1, 8)]
    rows: list[list[object]] = [
        ["Project proposal"],
        ["Project name", "Campus"],
        ["Applicant", "A Bureau"],
        ["Total investment (10k CNY)", 560],
    ]
    assert _said(_read(write_xlsx(tmp_path / "b.xlsx", {"Project": rows})), "name", "investment") == ["Campus", Decimal(5600000)]


def test_a_numbered_form_tells_the_labels_of_its_second_column(tmp_path: Path) -> None:
    rows = [
        ["1.项目名称", "车路云试点", "2.申报主体", "甲汽车公司"], ["3.信用代码", "9142", "4.单位性质", "■企业 □机关"],
        ["5.项目投资总额（万元）", "12000", "6.拟申请资金（万元）", "3000"], ["7.自动驾驶类型", "有条件自动驾驶（L3）", "8.联系人及手机", "周某"],
    ]  # fmt: skip
    got = _read(write_docx(tmp_path / "a.docx", [rows]))
    assert _said(got, "name", "applicant", "investment", "automation") == ["车路云试点", "甲汽车公司", Decimal(120000000), "1"]
    assert [one.header for one in got.headers if one.field is None] == [
        "3.信用代码",
        "4.单位性质",
        "6.拟申请资金（万元）",
        "8.联系人及手机",
    ]


def test_a_list_in_a_sheet_beside_the_form_is_the_forms(tmp_path: Path) -> None:
    form: list[list[object]] = [["项目名称", "灯杆项目"], ["申报单位", "甲公司"], ["项目类型", "智慧灯杆"]]
    poles: list[list[object]] = [
        ["杆号", "位置", "是否利用既有杆", "挂载设备"],
        ["P1", "一路口", "是", "照明、视频"],
        ["P2", "二路口", "否", "照明"],
    ]
    got = _read(write_xlsx(tmp_path / "a.xlsx", {"基本信息": form, "杆点清单": poles}))
    assert _kinds(got) == (("project", 1),)
    assert [one["number"] for one in got.records[0].value["poles"]] == ["P1", "P2"]
    place = got.records[0].locator.place(("poles", 1, "reuse"))
    assert (place.sheet, place.cell) == ("杆点清单", "C3")


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
@pytest.mark.parametrize("wrap", ["申报书", "项目方案", None])
def test_fields_under_headings_are_the_records(name: str, wrap: str | None, tmp_path: Path) -> None:
    inside = {
        "基本信息": {"项目名称": "社区", "申报单位": "甲街道", "项目类型": "智慧社区"},
        "投资情况": {"总投资（万元）": "320", "资金来源": "财政"},
    }
    path = tmp_path / name
    path.write_text(json.dumps({wrap: inside} if wrap else inside, ensure_ascii=False), encoding="utf-8")
    got = _read(path)
    assert _kinds(got) == (("project", 1),)
    assert _said(got, "name", "investment") == ["社区", Decimal(3200000)]
    assert (got.records[0].locator.place(("investment",)).pointer or "").endswith("/投资情况/总投资（万元）")
    assert [one.header for one in got.headers if one.field is None] == ["资金来源"]
