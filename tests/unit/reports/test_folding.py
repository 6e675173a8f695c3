"""Folding changes no verdict and hides no fault: each failure that is folded lies under one that is shown."""

from datetime import date
from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.pipeline import check_submission, read_rules, shipped_rules
from guiju.reports.model import Report
from guiju.standards.load import load_calendar
from guiju.store.cache import Cache
from guiju.terms.verdict import Verdict


@pytest.fixture(scope="module")
def faulty(root: Path) -> Report:
    compiled = read_rules([shipped_rules()], Cache(None))
    assert compiled.ruleset is not None
    submission = read((str(root / "examples" / "catalog" / "faulty.yaml"),), compiled.ruleset.vocabulary)
    return check_submission(compiled.ruleset, submission, as_of=date(2026, 3, 17), calendar=load_calendar())


def test_every_folded_failure_lies_under_one_that_is_shown(faulty: Report) -> None:
    shown = {one.key for one in faulty.findings if one.verdict is Verdict.FAIL and one.cause is None}
    folded = [one for one in faulty.findings if one.verdict is Verdict.FAIL and one.cause is not None]
    assert folded
    assert {one.cause for one in folded} <= shown


def test_both_totals_are_told_and_the_verdicts_stay_exact(faulty: Report) -> None:
    failures = [one for one in faulty.findings if one.verdict is Verdict.FAIL]
    assert len(failures) == faulty.count(Verdict.FAIL)
    assert sum(one.verdicts for one in faulty.folds) <= faulty.count(Verdict.UNDETERMINED)
    assert 0 < faulty.told < len(faulty.findings)


def test_what_is_folded_is_counted_once(faulty: Report) -> None:
    told = [one for one in faulty.findings if one.cause is None]
    assert faulty.told == len(told) - sum(one.loose for one in faulty.folds) + len(faulty.folds)
