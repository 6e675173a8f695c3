"""Of several headers of one field the exact name is read, then the one that is filled and readable; and it is said which."""

import json
from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache

_OF = {
    "数据领域": "道路交通",
    "主题分类": "交通",
    "开放条件": "需实名注册",
    "开放类型": "有条件开放",
    "名称": "甲",
    "提供单位": "局",
    "更新频率": "每年",
}


def _read(file: Path) -> Submission:
    compiled = read_rules([shipped_rules() / "vocabulary"], Cache(None))
    assert compiled.ruleset is not None
    return read([file], compiled.ruleset.vocabulary)


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_exact_name_then_the_readable_one_is_read_in_any_order(tmp_path: Path, back: bool, form: str) -> None:
    given = dict(reversed(_OF.items())) if back else _OF
    file = tmp_path / f"a.{form}"
    file.write_text(json.dumps([given]) if form == "json" else ",".join(given) + "\n" + ",".join(given.values()) + "\n", encoding="utf-8")
    got = _read(file)
    (record,) = got.records
    assert record.value["domain"] == "道路交通" and record.value["open_type"] == "有条件开放"
    assert record.value["open_condition"] == "需实名注册"
    told = {(dict(one.facts)["first"], dict(one.facts)["second"]) for one in got.diagnostics if one.code == "D050"}
    assert told == {("数据领域", "主题分类")}


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_blank_exact_name_leaves_the_alias(tmp_path: Path, form: str) -> None:
    given = _OF | {"数据领域": ""}
    file = tmp_path / f"a.{form}"
    file.write_text(json.dumps([given]) if form == "json" else ",".join(given) + "\n" + ",".join(given.values()) + "\n", encoding="utf-8")
    (record,) = _read(file).records
    assert record.value["domain"] == "交通"


def _table(file: Path, *rows: str) -> Path:
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("form", ["json", "csv"])
def test_among_aliases_the_one_that_is_declared_before_is_read(tmp_path: Path, back: bool, form: str) -> None:
    given = {"名称": "甲", "提供单位": "局", "创建时间": "2021-03-01", "发布时间": "2030-05-01", "更新频率": "每年"}
    given = dict(reversed(given.items())) if back else given
    file = tmp_path / f"a.{form}"
    file.write_text(json.dumps([given]) if form == "json" else ",".join(given) + "\n" + ",".join(given.values()) + "\n", encoding="utf-8")
    got = _read(file)
    assert got.records[0].value["published"] == "2030-05-01"
    (told,) = [one for one in got.diagnostics if one.code == "D050"]
    assert dict(told.facts)["first"] == "发布时间"


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (("有条件开放", "无条件开放"), "open_type"),
        (("实名注册后下载", "每日一千次"), "open_condition"),
        (("有条件开放", "其他开放"), "open_type"),
        (("", "需申请"), "open_condition"),
    ],
)
def test_what_stands_under_a_header_tells_a_code_from_what_is_said_of_it(tmp_path: Path, cells: tuple[str, str], field: str) -> None:
    got = _read(_table(tmp_path / "a.csv", "信息资源名称,提供方,开放条件,更新周期", f"甲,局,{cells[0]},每年", f"乙,局,{cells[1]},每年"))
    assert [one.value.get(field) for one in got.records] == [cell or None for cell in cells]
    (told,) = [one for one in got.headers if one.header == "开放条件"]
    assert told.field == field


@pytest.mark.parametrize("number", [False, True])
@pytest.mark.parametrize("repeat", [False, True])
def test_rows_that_go_on_with_a_record_are_grouped(tmp_path: Path, number: bool, repeat: bool) -> None:
    heads = ["信息资源名称", "信息资源代码", "提供方", *(["序号"] if number else []), "信息项名称", "数据类型"]
    rows, owners = [], [("站点", "307001/00001", "局", ("站名", "经度", "纬度")), ("司机", "307001/00002", "局", ("姓名", "证号"))]
    for name, code, unit, items in owners:
        for at, item in enumerate(items):
            own = [name, code, unit] if at == 0 or repeat else ["", "", ""]
            rows.append([*own, *([str(len(rows) + 1)] if number and not repeat else [""] if number else []), item, "字符型"])
    got = _read(_table(tmp_path / "a.csv", ",".join(heads), *map(",".join, rows)))
    assert [(one.value["name"], [item["name"] for item in one.value["items"]]) for one in got.records] == [
        (name, list(items)) for name, _, _, items in owners
    ]


def test_the_layout_of_the_national_guide_is_read_right(shared: Path) -> None:
    got = _read(shared / "cases" / "doors" / "national.xlsx")
    assert not [one for one in got.headers if one.field is None]
    first, second, third = (one.value for one in got.records)
    assert [first[one] for one in ("class", "class_item", "class_subitem", "class_detail")] == ["主题信息资源", "交通", "公交", "站点"]
    assert first["format_class"] == "电子表格" and first["format"] == "xlsx" and "open_type" not in first
    assert [len(one["items"]) for one in (first, second, third)] == [3, 2, 1]


@pytest.mark.parametrize("heads", [("类", "项", "目", "细目"), tuple(f"信息资源分类.{one}" for one in ("类", "项", "目", "细目"))])
def test_the_four_levels_of_a_class_are_known_beside_one_another(tmp_path: Path, heads: tuple[str, ...]) -> None:
    got = _read(_table(tmp_path / "a.csv", ",".join(("信息资源名称", *heads, "信息资源提供方")), "甲,主题信息资源,交通,公交,站点,局"))
    assert [got.records[0].value.get(one) for one in ("class", "class_item", "class_subitem", "class_detail")] == [
        "主题信息资源", "交通", "公交", "站点",
    ]  # fmt: skip
    alone = _read(_table(tmp_path / "b.csv", "信息资源名称,项,信息资源提供方,更新周期", "甲,1,局,每年"))
    assert "class_item" not in alone.records[0].value
