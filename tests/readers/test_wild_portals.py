"""Answers of portals and databases as they are met: nulls, languages, blank nodes, extras in both shapes, views and odd columns."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from tests.roundtrip.marked import ruleset


def _read(name: str) -> Submission:
    return read([name], ruleset().vocabulary)


def _values(got: Submission) -> list[dict[str, Any]]:
    return [dict(one.value) for one in got.records if one.shape == "dataset"]


def _ckan(tmp_path: Path, *packages: dict[str, Any]) -> Submission:
    file = tmp_path / "a.json"
    base = {"tags": [], "resources": [], "metadata_created": "2021-01-28T01:51:03.123456", "notes": None}
    results = [{**base, **one} for one in packages]
    file.write_text(
        json.dumps({"success": True, "result": {"count": len(results), "results": results}}, ensure_ascii=False), encoding="utf-8"
    )
    return _read(str(file))


def test_a_null_organization_leaves_the_word_to_an_extra(tmp_path: Path) -> None:
    extras = [{"key": "提供单位", "value": "市水务局"}, {"key": "更新频率", "value": "每年"}]
    got = _ckan(tmp_path, {"id": "1", "title": "水质", "organization": None, "extras": extras})
    assert _values(got)[0]["provider"] == "市水务局" and _values(got)[0]["update_frequency"] == "每年"
    assert not got.diagnostics


@pytest.mark.parametrize("first", ["organization", "提供单位"])
def test_of_two_keys_the_one_that_says_something_is_read(tmp_path: Path, first: str) -> None:
    keys = ["organization", "提供单位"] if first == "organization" else ["提供单位", "organization"]
    file = tmp_path / "a.json"
    record = {"名称": "甲", "更新频率": "每年", **{key: None if key == "organization" else "市水务局" for key in keys}}
    file.write_text(json.dumps([record], ensure_ascii=False), encoding="utf-8")
    got = _read(str(file))
    assert _values(got)[0]["provider"] == "市水务局" and not got.diagnostics


def test_two_keys_that_differ_are_told(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(
        json.dumps([{"名称": "甲", "更新频率": "每年", "发布单位": "市水务局", "提供单位": "市城管委"}], ensure_ascii=False),
        encoding="utf-8",
    )
    assert [one.code for one in _read(str(file)).diagnostics] == ["D050"]


def test_extras_as_a_map_and_frequencies_by_iri(tmp_path: Path) -> None:
    got = _ckan(
        tmp_path,
        {
            "id": "1",
            "title": {"zh": "水质", "en": "Water"},
            "organization": {"title": "市水务局"},
            "extras": {"更新周期": "每月"},
            "isopen": True,
        },
        {"id": "2", "title": "空气", "extras": [{"key": "frequency", "value": "http://purl.org/cld/freq/monthly"}]},
        {"id": "3", "title": "土壤", "extras": [{"key": "frequency", "value": "http://example.org/now-and-then"}]},
    )
    first, second, third = _values(got)
    assert (first["name"], first["provider"], first["update_frequency"]) == ("水质", "市水务局", "每月")
    assert "open_type" not in first, "an open licence says nothing of the data"
    assert second["update_frequency"] == "monthly" and third["update_frequency"] == "http://example.org/now-and-then"


_TTL = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://e.cn/cat> a dcat:Catalog ; dct:title "目录"@zh ;
  dcat:dataset <https://e.cn/1>, [ a dcat:Dataset ; dct:title "无标识"@zh-CN ; dct:publisher [ a foaf:Agent ; foaf:name "市水务局"@zh ] ] .
<https://e.cn/1> a dcat:Dataset ; dct:title "Air"@en, "空气质量"@zh, "Luft"@de ;
  dct:publisher <http://publications.europa.eu/resource/authority/corporate-body/EURUN> ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ;
  dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://x.cn/a.csv> ], <https://e.cn/2> .
<https://e.cn/2> a dcat:Distribution ; dct:title "接口"@zh .
"""


def test_blank_nodes_languages_and_publishers_by_iri(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(_TTL, encoding="utf-8")
    got = {one["name"]: one for one in _values(_read(str(file)))}
    assert set(got) == {"空气质量", "无标识"} and got["无标识"]["provider"] == "市水务局"
    assert got["空气质量"]["provider"].endswith("EURUN") and got["空气质量"]["update_frequency"] == "yearly"
    assert len(got["空气质量"]["distributions"]) == 2


def test_views_odd_columns_bytes_and_whole_numbers_of_sqlite(tmp_path: Path) -> None:
    file = tmp_path / "e.db"
    with sqlite3.connect(file) as base:
        base.execute(
            'create table "目录 表" ("名称" text, "代码""x" text, "更新频率" text, "发布日期" integer, "摘要" blob, "记录数" text)'
        )
        rows = [("甲", "1", "按年", 20260301, b"\xff\xfe\x00", "1,234"), ("乙", "2", None, 1767225600, "说明".encode(), "12.50")]
        base.executemany('insert into "目录 表" values (?,?,?,?,?,?)', rows)
        base.execute('create view 视图 as select 名称, 更新频率 from "目录 表"')
    got = _read(f"sqlite:{file}?table=目录 表")
    first, second = _values(got)
    assert second["abstract"] == "说明" and first["abstract"] == {"字节": "3"}, "bytes that are no text are not taken for nothing"
    assert "update_frequency" not in second and first["records"] == "1,234"
    assert [one.header for one in got.headers if one.field is None] == ['代码"x']
    assert [one["name"] for one in _values(_read(f"sqlite:{file}?table=视图"))] == ["甲", "乙"]
