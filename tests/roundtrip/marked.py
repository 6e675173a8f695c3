"""What the round trips share: the shipped rules, one check as the command makes it, and findings without their places."""

import os
from datetime import date
from pathlib import Path

from guiju.catalog.read import read
from guiju.commands.applicant.annotate import annotate
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission, memo_of, read_rules, shipped_rules
from guiju.reports.model import Report
from guiju.standards.load import load_calendar
from guiju.terms.tongue import Tongue

__all__ = ["DAY", "EXAMPLES", "checked", "marked", "ruleset", "told"]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DAY = date(2026, 3, 17)
_KEPT: list[Ruleset] = []


def ruleset() -> Ruleset:
    """The shipped rules, compiled once."""
    if not _KEPT:
        compiled = read_rules((shipped_rules(),), memo_of(dict(os.environ)))
        assert compiled.ruleset is not None
        _KEPT.append(compiled.ruleset)
    return _KEPT[0]


def checked(file: Path, **wishes: str) -> tuple[Report, object]:
    """The report on a file, and what was read of it."""
    submission = read([str(file)], ruleset().vocabulary, **wishes)  # type: ignore[arg-type]
    return check_submission(ruleset(), submission, as_of=DAY, calendar=load_calendar()), submission


def marked(file: Path, to: Path) -> Path:
    """The marked copy of a file."""
    report, submission = checked(file)
    assert annotate(report, submission, to, (str(file),), None, tongue=Tongue.ZH)  # type: ignore[arg-type]
    return to


def told(report: Report) -> list[tuple[str, str, str, str]]:
    """The findings but for their places."""
    return sorted((one.rule, str(one.verdict), one.subject.name, one.message.zh) for one in report.findings)
