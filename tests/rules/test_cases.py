"""Runs every case that stands beside a shipped rule, with the shipped registry and the shipped calendar."""

from functools import cache
from pathlib import Path

import pytest

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load import load_calendar, load_registry
from guiju.terms.tongue import Tongue
from guiju.validators.testing.cases import CaseResult, read_cases, run_cases

RULES = Path(__file__).resolve().parents[2] / "guiju" / "rules"
FILES = sorted(RULES.rglob("*.cases.yaml"))


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


def test_every_rule_has_a_case_that_passes_and_one_that_fails() -> None:
    wanting = []
    for path in FILES:
        cases, _ = read_cases(Source(path.name, path.read_text(encoding="utf-8")))
        wants = {one.want.value for one in cases.cases if one.want is not None} if cases is not None else set()
        if not {"PASS", "FAIL"} <= {want.upper() for want in wants}:
            wanting.append(path.name)
    assert wanting == []
