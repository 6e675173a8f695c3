"""When an edition is in force, and how loudly it may be cited."""

from datetime import date

import pytest

from guiju.diagnostics.codes.code import Level
from guiju.standards.confidence import Confidence, Recheck, ceiling
from guiju.standards.from_yaml import read_record
from guiju.standards.model import Edition, Force
from guiju.terms.clause_text import parse_clause
from tests.unit.standards.records import record

_AS_OF = date(2026, 11, 23)


def _edition(**fields: str) -> Edition:
    read, found = read_record(record("A", **fields))
    assert read is not None and found == ()
    return read.edition


@pytest.mark.parametrize(
    ("fields", "on", "wanted"),
    [
        ({"in_force": '"2025-08-01"'}, date(2025, 7, 31), Force.NOT_YET),
        ({"in_force": '"2025-08-01"'}, date(2025, 8, 1), Force.IN_FORCE),
        ({"in_force": '"2016-01-01"', "until": '"2021-12-31"', "status": "replaced"}, date(2021, 12, 31), Force.IN_FORCE),
        ({"in_force": '"2016-01-01"', "until": '"2021-12-31"', "status": "replaced"}, date(2022, 1, 1), Force.ENDED),
        ({"in_force": '"2016-01-01"', "status": "replaced"}, date(2018, 1, 1), Force.UNKNOWN),
        ({"in_force": '"2016-01-01"', "status": "replaced"}, _AS_OF, Force.ENDED),
        ({}, date(2020, 1, 1), Force.UNKNOWN),
        ({}, _AS_OF, Force.IN_FORCE),
        ({"issued": '"2021-08-21"'}, date(2021, 8, 20), Force.NOT_YET),
        ({"status": "unknown", "in_force": '"2020-01-01"'}, date(2021, 1, 1), Force.UNKNOWN),
        ({"status": "task_ended", "in_force": '"2020-04-28"'}, date(2026, 1, 1), Force.IN_FORCE),
    ],
)
def test_force_on_a_day_follows_the_dates_and_says_when_it_cannot(fields: dict[str, str], on: date, wanted: Force) -> None:
    assert _edition(**fields).force(on, as_of=_AS_OF) is wanted


@pytest.mark.parametrize("confidence", list(Confidence))
def test_only_what_was_read_may_carry_an_error(confidence: Confidence) -> None:
    assert (confidence.ceiling is Level.ERROR) == confidence.value.startswith("verified") == confidence.may_carry_error


@pytest.mark.parametrize("confidence", [Confidence.MEMORY, Confidence.FROM_MEMORY, Confidence.CONTRADICTORY])
def test_what_is_remembered_carries_at_most_a_hint(confidence: Confidence) -> None:
    assert ceiling(confidence, None) is Level.HINT


@pytest.mark.parametrize("confidence", list(Confidence))
def test_a_record_to_be_rechecked_first_carries_at_most_a_hint(confidence: Confidence) -> None:
    assert ceiling(confidence, Recheck.HIGH) is Level.HINT


_TWO = (
    "[{ref: 第一条, provisions: [{fact: F1, zh: 话, en: w, confidence: verified-in-text}]},"
    " {ref: 第二条第一款, provisions: [{fact: F2, zh: 话, en: w, confidence: memory},"
    " {fact: F3, zh: 话, en: w, confidence: partial}]}]"
)


@pytest.mark.parametrize(
    ("clause", "fields", "wanted"),
    [
        ("第一条", {}, Level.ERROR),
        ("第一条第二款", {}, Level.ERROR),
        ("第二条", {}, Level.WARNING),
        ("第三条", {}, Level.HINT),
        ("第一条", {"recheck": "high"}, Level.HINT),
        ("第一条", {"confidence": "memory"}, Level.HINT),
        ("第一条", {"confidence": "partial"}, Level.ERROR),
    ],
)
def test_a_place_is_cited_no_louder_than_it_is_known(clause: str, fields: dict[str, str], wanted: Level) -> None:
    ref = parse_clause(clause)
    assert ref is not None
    assert _edition(clauses=_TWO, **fields).ceiling_at(ref) is wanted


def test_a_provisions_digest_changes_with_its_words() -> None:
    one, other = (_edition(clauses=_TWO.replace("话", word, 1)).clauses[0] for word in ("甲", "乙"))
    assert one.digest != other.digest
    assert one.digest == _edition(clauses=_TWO.replace("话", "甲", 1)).clauses[0].digest
