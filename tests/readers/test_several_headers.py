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
    told = {(dict(one.facts)["first"], dict(one.facts)["second"]) for one in got.diagnostics if one.code == "D050"}
    assert told == {("数据领域", "主题分类"), ("开放类型", "开放条件")}


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_blank_exact_name_leaves_the_alias(tmp_path: Path, form: str) -> None:
    given = _OF | {"数据领域": ""}
    file = tmp_path / f"a.{form}"
    file.write_text(json.dumps([given]) if form == "json" else ",".join(given) + "\n" + ",".join(given.values()) + "\n", encoding="utf-8")
    (record,) = _read(file).records
    assert record.value["domain"] == "交通"
