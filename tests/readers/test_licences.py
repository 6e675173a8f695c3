"""A licence is a field of a data set and of a distribution, through every door."""

import json
from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache

_CC = "https://creativecommons.org/licenses/by/4.0/"
_CKAN = {
    "id": "a", "name": "x", "title": "站点", "notes": "说明", "license_id": "cc-by", "license_title": "署名 4.0", "organization": {"title": "局"},
    "metadata_created": "2021-01-01", "resources": [{"name": "r", "url": "http://a.cn/x.csv", "format": "CSV", "license": "CC0"}],
}  # fmt: skip
_TURTLE = f"""@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
<http://a.cn/1> a dcat:Dataset ; dct:title "站点" ; dct:license <{_CC}> ; dcat:distribution [ a dcat:Distribution ; dct:license "CC0" ] .
"""
_FEDERAL = {
    "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld", "@type": "dcat:Catalog",
    "dataset": [{"title": "Sites", "identifier": "1", "license": _CC, "distribution": [{"@type": "dcat:Distribution", "license": "CC0"}]}],
}  # fmt: skip
_SCHEMA_ORG = {
    "@context": "https://schema.org/", "@type": "Dataset", "name": "站点", "description": "说明", "license": _CC,
    "distribution": [{"@type": "DataDownload", "contentUrl": "http://a.cn/x.csv", "license": "CC0"}],
}  # fmt: skip
_PLAIN = {"标题": "站点", "提供单位": "局", "更新频率": "每年", "开放协议": "署名 4.0", "资源列表": [{"资源名称": "r", "许可": "CC0"}]}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", json.dumps([_CKAN]), "署名 4.0"),
        ("a.json", json.dumps([_CKAN | {"license_title": None}]), "cc-by"),
        ("a.ttl", _TURTLE, _CC),
        ("a.jsonld", json.dumps(_FEDERAL), _CC),
        ("a.jsonld", json.dumps(_SCHEMA_ORG), _CC),
        ("a.json", json.dumps([_PLAIN]), "署名 4.0"),
    ],
)
def test_a_licence_is_read_of_the_data_set_and_of_its_distribution(tmp_path: Path, name: str, text: str, said: str) -> None:
    compiled = read_rules([shipped_rules() / "vocabulary"], Cache(None))
    assert compiled.ruleset is not None
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    got = read([file], compiled.ruleset.vocabulary)
    (record,) = got.records
    assert record.value["license"] == said and [one["license"] for one in record.value["distributions"]] == ["CC0"]
    assert not got.diagnostics
