"""One catalog in four serializations of RDF is read as the same records; nothing is fetched, and bombs stay shut."""

from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.terms.shape import Vocabulary
from tests.readers.test_ckan import vocabulary  # noqa: F401  # the same shapes

pytest.importorskip("pyoxigraph", reason="DCAT needs guiju[rdf]")

_TURTLE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://data.example.cn/1> a dcat:Dataset ;
  dct:title "Bus stops"@en, "公交站点"@zh ; dct:description "全市公交站点" ; dct:identifier "id-0" ;
  dct:publisher [ foaf:name "市交通运输局" ] ; dct:issued "2026-01-02" ; dcat:keyword "交通", "公交" ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/MONTHLY> ;
  dcat:distribution [ a dcat:Distribution ; dct:title "站点.csv" ; dct:format "CSV" ; dcat:accessURL <https://data.example.cn/1.csv> ] .
"""
_JSONLD = """{"@context": "https://www.w3.org/ns/dcat.jsonld", "@id": "https://data.example.cn/1", "@type": "Dataset",
 "title": [{"@value": "Bus stops", "@language": "en"}, {"@value": "公交站点", "@language": "zh"}],
 "description": "全市公交站点", "identifier": "id-0", "publisher": {"name": "市交通运输局"}, "issued": "2026-01-02", "keyword": ["交通", "公交"],
 "accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/MONTHLY"},
 "distribution": [{"@type": "Distribution", "title": "站点.csv", "format": "CSV", "accessURL": {"@id": "https://data.example.cn/1.csv"}}]}"""
_READ = {
    "name": "公交站点",
    "code": "id-0",
    "abstract": "全市公交站点",
    "provider": "市交通运输局",
    "published": "2026-01-02",
    "keywords": ["交通", "公交"],
    "update_frequency": "monthly",
    "distributions": [{"name": "站点.csv", "format": "CSV", "url": "https://data.example.cn/1.csv"}],
}


def _files(folder: Path) -> dict[str, Path]:
    import pyoxigraph as rdf

    triples = list(rdf.parse(_TURTLE, rdf.RdfFormat.TURTLE))
    texts = {
        "catalog.ttl": _TURTLE.encode(),
        "catalog.jsonld": _JSONLD.encode(),
        "catalog.nt": rdf.serialize(triples, format=rdf.RdfFormat.N_TRIPLES),
        "catalog.rdf": rdf.serialize(triples, format=rdf.RdfFormat.RDF_XML),
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text or b"")
    return {name: folder / name for name in texts}


@pytest.mark.parametrize("name", ["catalog.ttl", "catalog.jsonld", "catalog.nt", "catalog.rdf"])
def test_every_serialization_gives_the_same_record(tmp_path: Path, vocabulary: Vocabulary, name: str) -> None:  # noqa: F811
    got = read([_files(tmp_path)[name]], vocabulary)
    assert got.diagnostics == ()
    assert [record.value for record in got.records] == [_READ]
    assert got.records[0].locator.place(("name",)).iri == "https://data.example.cn/1"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        (
            "bomb.rdf",
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
            "D093",
        ),
        ("remote.jsonld", '{"@context": "http://127.0.0.1:9/context.jsonld", "@type": "Dataset", "title": "x"}', "D094"),
        ("import.jsonld", '{"@context": {"@import": "http://127.0.0.1:9/c.jsonld"}, "@type": "Dataset", "title": "x"}', "D094"),
        ("broken.ttl", "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<a> a dcat:Dataset ;;; dct:title .", "D101"),
        ("empty.ttl", "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n", "D096"),
    ],
)
def test_what_cannot_be_trusted_is_told_and_not_read(tmp_path: Path, vocabulary: Vocabulary, name: str, text: str, code: str) -> None:  # noqa: F811
    (tmp_path / name).write_text(text, encoding="utf-8")
    got = read([tmp_path / name], vocabulary)
    assert code in [one.code for one in got.diagnostics]
    assert got.records == ()


def test_an_address_that_is_no_address_is_told_and_the_rest_is_read(tmp_path: Path, vocabulary: Vocabulary) -> None:  # noqa: F811
    text = _TURTLE.replace("<https://data.example.cn/1.csv>", "<https://data.example.cn/1 2.csv>")
    (tmp_path / "catalog.ttl").write_text(text, encoding="utf-8")
    got = read([tmp_path / "catalog.ttl"], vocabulary)
    assert [one.code for one in got.diagnostics] == ["D095"]
    assert got.records[0].value["name"] == "公交站点"
