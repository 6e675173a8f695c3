"""A report as GitHub workflow commands: each breach becomes an annotation beside its line, and a last notice has the counts.

Only breaches and errors are written: an annotation asks somebody to act. Files without lines (workbooks) are annotated as a whole,
with the cell in the words.
"""

from guiju.reports.layout.columns import cites_words, shown
from guiju.reports.layout.escape import workflow_property, workflow_text
from guiju.reports.layout.text import place_words
from guiju.reports.layout.words import VERDICT_ORDER, WORDS
from guiju.reports.model import Report
from guiju.terms.severity import Severity
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["to_github"]

_COMMANDS = {Severity.BLOCKING: "error", Severity.MAJOR: "error", Severity.MINOR: "warning", Severity.ADVISORY: "notice"}


def to_github(report: Report, tongue: Tongue) -> str:
    """One command a line."""
    lines = [_command(one, tongue) for one in report.findings if shown(one) in (Verdict.FAIL, Verdict.ERROR)]
    counts = " · ".join(f"{verdict.words.say(tongue)} {report.count(verdict)}" for verdict in VERDICT_ORDER if report.count(verdict))
    lines.append(f"::notice title={workflow_property(WORDS['title'].say(tongue))}::{workflow_text(counts)}")
    return "\n".join(lines) + "\n"


def _command(finding: Finding, tongue: Tongue) -> str:
    command = "error" if finding.verdict is Verdict.ERROR else _COMMANDS[finding.severity]
    properties = {"title": f"{finding.rule_name.say(tongue)} [{finding.rule}]"}
    message = finding.message.say(tongue)
    if finding.places:
        place = finding.places[0]
        properties |= {"file": place.file}
        if place.line is not None and place.cell is None:
            properties |= {"line": str(place.line)} | ({"col": str(place.column)} if place.column else {})
        else:
            message = f"{place_words(place)}: {message}"
    rows = [message, cites_words(finding, tongue)]
    if finding.fix is not None:
        rows.append(f"{WORDS['fix'].say(tongue)}: {finding.fix.say(tongue)}")
    said = ",".join(f"{key}={workflow_property(value)}" for key, value in properties.items())
    return f"::{command} {said}::" + workflow_text("\n".join(row for row in rows if row))
