"""Runs every case that stands beside a shipped rule, with the shipped registry and the shipped calendar."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from guiju.catalog.records.model import Record
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load import load_calendar, load_registry
from guiju.terms.tongue import Both, Tongue
from guiju.validators.testing.cases import CaseFile, CaseResult, Prepared, UnderTest, prepare, read_cases, run_cases, under_test
from tests.engines import held_equal
from tests.sentences import faults_of_finding

RULES = Path(__file__).resolve().parents[2] / "guiju" / "rules"
FILES = sorted(RULES.rglob("*.cases.yaml"))


# What lines cannot carry.
LEFT = {
    "19_2_one_source_unit",
    "2_lead_reports_its_outputs",
    "3_1_deployment_meeting_held",
    "3_2_city_summary_formed",
    "3_2_interim_summary_filed",
    "3_3_inspection_held",
    "3_4_annual_summary_filed",
    "3_4_city_annual_summary_formed",
    "3_4_visit_and_survey_held",
    "4_2_plan_filed",
    "4_3_dispatch_and_bulletin_kept",
    "4_3_results_published",
}


@cache
def compiled() -> tuple[Ruleset | None, tuple[Diagnostic, ...]]:
    """The shipped rule text, compiled once for all cases."""
    paths = sorted(RULES.rglob("*.gj"))
    sources = tuple(Source(path.relative_to(RULES).as_posix(), path.read_text(encoding="utf-8")) for path in paths)
    return compile_rules(sources, load_registry())


def ruleset() -> Ruleset:
    """The shipped ruleset."""
    made, found = compiled()
    assert made is not None, [one.headline(Tongue.ZH) for one in found]
    return made


def said(result: CaseResult) -> str:
    """Why a case did not come out as it should."""
    why = result.problem or (result.finding.message if result.finding is not None else None)
    got = result.got.value if result.got is not None else "no verdict"
    return f"{result.file}:{result.case.line} {result.case.name}: {got}{': ' + why.zh if why is not None else ''}"


def test_the_shipped_rules_compile_without_a_warning() -> None:
    _, found = compiled()
    assert [one.headline(Tongue.ZH) for one in found if one.level is not Level.HINT] == []


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(RULES).as_posix().removesuffix(".cases.yaml") for path in FILES])
def test_the_cases_of_a_rule_hold(path: Path) -> None:
    cases, found = read_cases(Source(path.name, path.read_text(encoding="utf-8")))
    assert cases is not None and [one.headline(Tongue.ZH) for one in found] == []
    results = run_cases(cases, ruleset(), load_calendar())
    assert [said(one) for one in results if not one.ok] == []
    # The same run shows that what is told of each case can be read.
    assert [fault for one in results if one.finding is not None for fault in faults_of_finding(one.finding)] == []


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(RULES).as_posix().removesuffix(".cases.yaml") for path in FILES])
def test_every_way_of_judging_finds_in_the_cases_what_the_interpreter_finds(path: Path) -> None:
    cases, _ = read_cases(Source(path.name, path.read_text(encoding="utf-8")))
    part = under_test(cases, ruleset()) if cases is not None else None
    assert cases is not None and isinstance(part, UnderTest)
    part, left = _narrowed(part, cases), {}
    for day, submitted, records in _together([prepare(one, part, cases.file) for one in cases.cases]):
        left |= held_equal(part, records, day, submitted)
    # Rules that need all records in memory, and records of two kinds of which one has a field called as kinds are.
    assert bool(left) == (path.name.removesuffix(".cases.yaml") in LEFT), left


def _narrowed(part: UnderTest, cases: CaseFile) -> UnderTest:
    """The rule among the shapes that it or its cases name and those that these hold: all that there are take each input half a second."""
    shapes = {one.id: one for one in part.vocabulary.shapes}
    ready = [one for one in (prepare(one, part, cases.file) for one in cases.cases) if isinstance(one, Prepared)]
    # Types and sources print the ids of their shapes; a name that means something else keeps one shape too many.
    wanted = {one.shape for case in ready for one in case.records}
    fresh = wanted | {id for id in shapes if f"'{id}'" in repr(part.rules)}
    while fresh:
        wanted |= fresh
        told = repr([shapes[id].fields for id in fresh])
        fresh = {id for id in shapes if f"'{id}'" in told} - wanted
    vocabulary = replace(part.vocabulary, shapes=tuple(one for one in part.vocabulary.shapes if one.id in wanted))
    return replace(part, vocabulary=vocabulary)


def _together(cases: list[Prepared | Both]) -> Iterator[tuple[date, date | None, tuple[Record, ...]]]:
    """The records of the cases of one day as one submission: many lines are what the ways differ in, and one plan is made for all."""
    by_day: dict[tuple[date, date | None], list[Record]] = {}
    for one in cases:
        assert isinstance(one, Prepared)
        by_day.setdefault((one.as_of, one.case.submitted), []).extend(one.records)
    for (day, submitted), records in by_day.items():
        yield day, submitted, tuple(replace(one, number=at) for at, one in enumerate(records))


def test_every_rule_has_a_case_that_passes_and_one_that_fails() -> None:
    wanting = []
    for path in FILES:
        cases, _ = read_cases(Source(path.name, path.read_text(encoding="utf-8")))
        wants = {one.want.value for one in cases.cases if one.want is not None} if cases is not None else set()
        if not {"PASS", "FAIL"} <= {want.upper() for want in wants}:
            wanting.append(path.name)
    assert wanting == []
