"""Judges one record that somebody is filling in: what is still to be done, and what could not be judged yet. It runs in the process of a check."""

import json
from pathlib import Path
from typing import Any

from guiju.catalog.read import read
from guiju.pipeline import check_submission
from guiju.reports.layout.head import is_duty
from guiju.service.checks.folder import put
from guiju.service.checks.sentences import of_finding, pair
from guiju.service.checks.task import Task, TaskRefused
from guiju.service.checks.warm import calendar, ruleset
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict

__all__ = ["judge", "judged"]

_RESULT = "judged.json"
_MOST = 60


def judge(task: Task) -> None:
    """Writes what is amiss and what is missing. TaskRefused where the text holds no record."""
    submission = read(("-",), ruleset().vocabulary, stdin=task.form.encode(), stdin_name="填报.yaml")
    if not submission.records:
        raise TaskRefused(Both("还没有填任何内容", "nothing is filled in yet"))
    day = submission.submitted or task.asked.day
    report = check_submission(ruleset(), submission, as_of=day, calendar=calendar())
    wrong = [one for one in report.findings if one.verdict in (Verdict.FAIL, Verdict.ERROR) and one.cause is None]
    must = [one for one in wrong if is_duty(one)]
    told = {
        "must": len(must),
        "advice": len(wrong) - len(must),
        "open": report.count(Verdict.UNDETERMINED),
        "findings": [
            {
                **of_finding(one),
                "severity": one.severity.id,
                "fields": sorted({shown.pointer.strip("/").replace("/", ".") for shown in one.evidence}),
            }
            for one in wrong[:_MOST]
        ],
        "missing": [{"words": pair(one.words), "rules": len(one.rules)} for one in report.folds[:_MOST]],
    }
    put(task.folder / _RESULT, json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def judged(folder: Path) -> dict[str, Any]:
    """What came out."""
    found: dict[str, Any] = json.loads((folder / _RESULT).read_bytes())
    return {"fault": None, **found}
