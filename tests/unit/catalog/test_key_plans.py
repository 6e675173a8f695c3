"""A map whose keys were seen before is read as one that comes first: the plan is a memory and no second reading."""

import json

import pytest

from guiju.catalog.read import read
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache

_FIRST = {"数据集名称": "甲", "更新周期": "每年", "提供方": {"名称": "某局"}, "信息项": [{"名称": "列", "长度": 3}]}
_ALIKE = (
    {"数据集名称": "乙", "更新周期": None, "提供方": "另一局", "信息项": []},
    {
        "数据集名称": ["丙"],
        "更新周期": {"不适用": "一次性"},
        "提供方": {"名称": "某局", "电话": "1"},
        "信息项": [{"名称": "列", "长度": 3}] * 2,
    },
    {"数据集名称": "丁", "更新周期": "每日", "提供方": None, "信息项": [{"长度": 3, "名称": "列"}, "散", {"别的": 1}]},
)
_MORE = (
    {"数据集名称": "戊", "基本信息": "无"},
    {"数据集名称": "己", "基本信息": {"更新周期": "每年", "共享类型": "无条件共享"}},
    {"名称": "庚", "数据集名称": "辛"},
    {"名称": "壬", "数据集名称": "壬"},
)


@pytest.fixture(scope="module")
def vocabulary():
    ruleset = read_rules((shipped_rules(),), Cache(None)).ruleset
    assert ruleset is not None
    return ruleset.vocabulary


def _values(folder, vocabulary, rows):
    file = folder / "a.ndjson"
    file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in rows), "utf-8")
    return [one.value for one in read((str(file),), vocabulary, kind="dataset").records]


@pytest.mark.parametrize("row", [*_ALIKE, *_MORE])
def test_keys_that_were_seen_before_are_read_as_if_they_came_first(tmp_path, vocabulary, row):
    alone = _values(tmp_path, vocabulary, [row])
    for before in ([_FIRST], [_FIRST, *_ALIKE, *_MORE]):
        assert _values(tmp_path, vocabulary, [*before, row])[-len(alone) :] == alone
