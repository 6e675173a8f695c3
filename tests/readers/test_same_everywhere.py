"""The same catalog and the same project through every door are the same subjects and get the same findings, up to place."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from guiju.diagnostics.codes.code import Level
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission, memo_of, read_rules, shipped_rules
from guiju.reports.model import Report
from guiju.standards.load_tables import load_calendar
from guiju.terms.verdict import Verdict
from tests.readers.samples import CATALOG, FORMS, PROJECT, Row, write_sample

pytest.importorskip("docx", reason="Word needs guiju[word]")
pytest.importorskip("pyoxigraph", reason="DCAT needs guiju[rdf]")

_AS_OF = date(2026, 3, 17)
_CATALOG_DOORS = tuple(FORMS)
# Portals and data packages hold datasets; a proposal is no dataset.
_PROJECT_DOORS = ("yaml", "json", "ndjson", "csv", "xlsx", "ods", "docx", "sqlite")


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    """The rules as they are shipped."""
    compiled = read_rules([shipped_rules()], memo_of({"GUIJU_CACHE": ""}))
    assert compiled.ruleset is not None
    return compiled.ruleset


def _through(folder: Path, door: str, rows: tuple[Row, ...], kind: str, ruleset: Ruleset) -> tuple[list[dict[str, Any]], Report]:
    got = read([write_sample(folder, door, rows, kind)], ruleset.vocabulary)
    assert [one.headline for one in got.diagnostics if one.level is not Level.HINT] == []
    # A package of CKAN always has a list of resources; an empty one is no value.
    values = [{key: value for key, value in record.value.items() if value not in (None, "", [])} for record in got.records]
    return values, check_submission(ruleset, got, as_of=_AS_OF, calendar=load_calendar())


def _said(report: Report) -> list[tuple[Any, ...]]:
    """What each finding says, without where it stands."""
    return sorted(
        (
            one.rule,
            one.verdict.name,
            one.severity.name,
            one.subject.kind,
            one.subject.id,
            one.subject.name,
            one.message.zh,
            one.message.en,
            one.seen.zh,
            one.fix.zh if one.fix else "",
            tuple(sorted((part.field.zh, part.seen.zh) for part in one.evidence)),
            tuple(member.name for member in one.members),
            one.fingerprint,
        )
        for one in report.findings
        if one.rule.rpartition(".")[2] != "readable" or one.verdict is not Verdict.PASS
    )


def _compare(folder: Path, door: str, rows: tuple[Row, ...], kind: str, ruleset: Ruleset) -> None:
    first, other = folder / "yaml", folder / "other"
    first.mkdir()
    other.mkdir()
    wanted_values, wanted = _through(first, "yaml", rows, kind, ruleset)
    values, report = _through(other, door, rows, kind, ruleset)
    assert values == wanted_values
    assert _said(report) == _said(wanted)
    assert report.tally == wanted.tally
    assert len({one.rule for one in wanted.findings if one.verdict is Verdict.FAIL}) >= 3, (
        "too little is found for the comparison to mean anything"
    )
    assert all(one.places for one in report.findings if one.verdict is Verdict.FAIL)


@pytest.mark.parametrize("door", _CATALOG_DOORS)
def test_the_same_catalog_gets_the_same_findings_through_every_door(tmp_path: Path, door: str, ruleset: Ruleset) -> None:
    _compare(tmp_path, door, CATALOG, "数据集", ruleset)


@pytest.mark.parametrize("door", _PROJECT_DOORS)
def test_the_same_project_gets_the_same_findings_through_every_door(tmp_path: Path, door: str, ruleset: Ruleset) -> None:
    _compare(tmp_path, door, PROJECT, "项目方案", ruleset)


def test_every_value_that_was_written_is_read(tmp_path: Path, ruleset: Ruleset) -> None:
    """Nothing is lost on all ways at once: the values read are those of the source of truth."""
    values, _ = _through(tmp_path, "yaml", CATALOG, "数据集", ruleset)
    assert [sorted(value.values()) for value in values] == [sorted(row.values()) for row in CATALOG]
