"""A report as GitLab's Code Quality artifact: a JSON list that a merge request shows beside the lines.

Only breaches and errors are written. The format wants a line for each: for a cell it is the row, and 1 where nothing is known.
"""

import json
from typing import Any

from guiju.reports.layout.columns import numbered, row_of_cell, shown
from guiju.reports.layout.escape import one_line, visible
from guiju.reports.layout.text import place_words
from guiju.reports.layout.words import WORDS
from guiju.reports.model import Report
from guiju.terms.severity import Severity
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["to_gitlab"]

_SEVERITIES = {Severity.BLOCKING: "blocker", Severity.MAJOR: "major", Severity.MINOR: "minor", Severity.ADVISORY: "info"}


def to_gitlab(report: Report, tongue: Tongue) -> str:
    """The list, one entry a line; `fingerprint` differs between any two entries and is the same in the next run."""
    grave = [one for one in report.findings if shown(one) in (Verdict.FAIL, Verdict.ERROR)]
    entries = [json.dumps(_entry(one, mark, tongue), ensure_ascii=False) for one, mark in numbered(grave)]
    return "[" + ",\n".join(entries) + "]\n"


def _entry(finding: Finding, mark: str, tongue: Tongue) -> dict[str, Any]:
    place = finding.places[0] if finding.places else None
    words = one_line(finding.message.say(tongue))
    if place is not None and place.cell is not None:
        words = f"{one_line(place_words(place))}: {words}"
    if finding.fix is not None:
        words += f" {WORDS['fix'].say(tongue)}: {one_line(finding.fix.say(tongue))}"
    line = (row_of_cell(place.cell) if place.cell else place.line) if place is not None else None
    return {
        "description": words,
        "check_name": visible(finding.rule),
        "fingerprint": mark,
        "severity": "critical" if finding.verdict is Verdict.ERROR else _SEVERITIES[finding.severity],
        "location": {"path": visible(place.file) if place is not None else "", "lines": {"begin": line or 1}},
    }
