"""What `guiju check --with-drafts` adds: what drafts, and rules whose first day is still to come, would find; counted apart from the report.

They have no say in the exit code and in no count of the report proper.
"""

import sys
from dataclasses import replace
from datetime import date
from typing import Any

from guiju.catalog.records.model import Submission
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission
from guiju.reports.writers.to_text import TextStyle, to_text
from guiju.standards.load_tables import load_calendar
from guiju.validators.plan.rehearsal import rehearsed

__all__ = ["rehearse"]


def rehearse(options: Any, ruleset: Ruleset, submission: Submission, today: date) -> None:
    """Writes the rehearsal: behind the report where that is text on stdout, else to stderr."""
    as_of = options.as_of or submission.submitted or today
    rules = rehearsed(ruleset.rules, as_of)
    head = say(
        f"预演：{len(rules)} 条草案和尚未施行的规则，另行计数，不影响结论",
        f"Rehearsal: {len(rules)} drafts and rules still to come, counted apart; they decide nothing",
    )
    told = f"\n{head}\n"
    if rules:
        report = check_submission(replace(ruleset, rules=rules), submission, as_of=as_of, calendar=load_calendar())
        told += to_text(report, TextStyle(tongue=TONGUE))
    if options.form == "text" and options.output is None:
        sys.stdout.flush()
        put(told, None)
    else:
        eprint(told)
