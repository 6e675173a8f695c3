"""A data.json of DCAT-US gives the same records with and without its context and its types; a fault of RDF comes first, at its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from guiju.terms.tongue import Tongue
from tests.readers.vocabulary import VOCABULARY

_CONTEXT = "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld"
_RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#">\n'


def _document(*, context: bool, types: bool) -> dict[str, Any]:
    def typed(one: dict[str, Any], type: str) -> dict[str, Any]:
        return {"@type": type, **one} if types else one

    datasets = [
        typed(
            {
                "identifier": f"a{number}",
                "title": f"Roads {number}",
                "modified": "2026-01-05",
                "accessLevel": "public",
                "bureauCode": ["015:11"],
                "publisher": typed({"name": "City"}, "org:Organization"),
            },
            "dcat:Dataset",
        )
        for number in range(12)
    ]
    return {**({"@context": _CONTEXT, "@type": "dcat:Catalog"} if context else {}), "conformsTo": "https://x/v1.1", "dataset": datasets}


def _read(file: Path) -> Submission:
    compiled = read_rules([shipped_rules() / "vocabulary"], Cache(None))
    assert compiled.ruleset is not None
    return read([file], compiled.ruleset.vocabulary)


@pytest.mark.parametrize(("context", "types"), [(False, True), (True, False), (True, True)])
def test_the_same_document_through_each_door_gives_the_same_records(tmp_path: Path, context: bool, types: bool) -> None:
    plain, file = tmp_path / "a.json", tmp_path / "data.json"
    plain.write_text(json.dumps(_document(context=False, types=False)))
    file.write_text(json.dumps(_document(context=context, types=types)))
    fields = ("code", "name", "updated", "open_type")
    first, second = ([{id: one.value.get(id) for id in fields} for one in _read(path).records] for path in (plain, file))
    assert len(first) == 12 and first == second
    assert "bureauCode" in {one.header for one in _read(file).headers if one.field is None}


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.rdf", _RDF + '<dcat:Dataset rdf:about="urn:a">\n</dcat:Catalog></rdf:RDF>', 3),
        ("a.rdf", _RDF + "\n\n<dcat:Dataset &x;/></rdf:RDF>", 4),
        ("a.ttl", "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n\n<urn:a> a dcat:Dataset ;;; ] .", 3),
    ],
)
def test_a_fault_of_syntax_is_told_where_it_stands_and_alone(tmp_path: Path, name: str, text: str, line: int) -> None:
    file = tmp_path / name
    file.write_text(text)
    got = read([file], VOCABULARY)
    assert [one.code for one in got.diagnostics] == ["D101"]
    assert text.count("\n", 0, got.diagnostics[0].span.start) + 1 == line


def test_a_graph_of_an_unknown_kind_is_told_with_its_properties(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<urn:a> <urn:x#colour> 1 .")
    (told,) = read([file], VOCABULARY).diagnostics
    assert told.code == "D096" and "colour" in told.headline(Tongue.EN)


@pytest.mark.parametrize(
    "text", ['<?xml version="1.0"?>\n<gmd:MD_Metadata xmlns:gmd="x">\n  a: b\n</gmd:MD_Metadata>', "<html>\n<p>\nname: b\n</html>"]
)
@pytest.mark.parametrize("name", ["a.xml", "a", "a.html"])
def test_xml_is_not_read_as_yaml(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text)
    assert [one.code for one in read([file], VOCABULARY).diagnostics] == ["D077"]
