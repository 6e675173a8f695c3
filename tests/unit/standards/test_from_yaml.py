"""Records are read with every complaint at its place."""

import pytest

from guiju.diagnostics.source import Source
from guiju.standards.from_yaml import read_record
from guiju.standards.model import InstrumentLevel
from guiju.terms.tongue import Tongue
from tests.unit.standards.records import record


def _complaints(source: Source) -> list[tuple[str, str, str]]:
    return [(one.code, source.slice(one.span), one.headline(Tongue.EN)) for one in read_record(source)[1]]


def test_a_sound_record_becomes_an_edition() -> None:
    read, found = read_record(record("A-2022", issued='"2022"', in_force='"2022-05-01"'))
    assert found == () and read is not None
    assert read.edition.level is InstrumentLevel.NATIONAL_STANDARD
    assert read.edition.issued is None and dict(read.edition.written) == {"issued": "2022"}
    assert str(read.edition.in_force) == "2022-05-01"


@pytest.mark.parametrize(
    ("fields", "guilty", "words"),
    [
        ({"level": "lawlike"}, "lawlike", "must be one of law,"),
        ({"status": "现行"}, "现行", "must be one of current"),
        ({"issued": '"2022/05/01"'}, '"2022/05/01"', "`issued`"),
        ({"issued": "2022"}, "2022", "text or null"),
        ({"colour": "red"}, "colour", "not a field"),
        ({"applies_to": "[]"}, "[]", "cannot be empty"),
        ({"applies_to": "[video, video]"}, "[video, video]", "same item twice"),
        ({"confidence": "sure"}, "sure", "verified-in-text"),
        ({"articles": "0"}, "0", "out of range"),
        ({"clauses": "[{provisions: [{fact: F, zh: 话, en: w, confidence: memory}]}]"}, "provisions", "one of `ref`"),
        ({"title": "{zh: 题}"}, "zh", "lacks en"),
        ({"category": ""}, "id", "lacks category"),
    ],
)
def test_a_misshapen_record_is_told_where_and_what(fields: dict[str, str], guilty: str, words: str) -> None:
    source = record("A", **fields)
    assert read_record(source)[0] is None
    assert [(code, at) for code, at, _ in _complaints(source)] == [("R001", guilty)]
    assert words in _complaints(source)[0][2]


def test_a_record_in_a_file_of_another_name_is_told_so() -> None:
    source = Source("gb/B.yaml", record("A").text)
    assert [(code, at) for code, at, _ in _complaints(source)] == [("R002", "A")]


@pytest.mark.parametrize("text", ["", "[]", "just words", "id: [", "id: A\nid: B\n", "\x00"])
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    read, found = read_record(Source("A.yaml", text))
    assert read is None and found
