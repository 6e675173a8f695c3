"""Tries a rule on a case that somebody wrote: YAML in, verdict and reasons out. It runs in the process of a check."""

import json
from pathlib import Path
from typing import Any, TypeAlias

from guiju.diagnostics.source import Source
from guiju.service.checks.folder import put
from guiju.service.checks.task import Task, TaskRefused
from guiju.service.checks.warm import calendar, ruleset
from guiju.terms.tongue import Both, Tongue
from guiju.validators.testing.cases import CaseResult, read_cases, run_cases

__all__ = ["Tried", "tried_of", "try_rule"]

_RESULT = "tried.json"
Tried: TypeAlias = dict[str, Any]
_MOST = 20


def try_rule(task: Task) -> None:
    """Runs the cases in the text of the task and writes what came out. TaskRefused where the text holds none."""
    text = task.form
    head = f"rule: {json.dumps(task.asked.kind or '')}\ncases:\n"
    source = Source("试.cases.yaml", head + "\n".join(f"  {line}" if line.strip() else line for line in _outdented(text)))
    found, told = read_cases(source)
    if found is None or not found.cases:
        zh = "；".join(one.headline(Tongue.ZH) for one in told[:3])
        en = "; ".join(one.headline(Tongue.EN) for one in told[:3])
        raise TaskRefused(
            Both(
                f"这不是一个用例：{zh or '写成 - 名称: {given: …, want: …}'}",
                f"this is no case: {en or 'write - name: {given: …, want: …}'}",
            )
        )
    results = run_cases(found, ruleset(), calendar())[:_MOST]
    put(task.folder / _RESULT, json.dumps([_plain(one) for one in results], ensure_ascii=False).encode("utf-8", "backslashreplace"))


def _outdented(text: str) -> list[str]:
    lines = text.rstrip().split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[indent:] for line in lines]


def _plain(one: CaseResult) -> Tried:
    words = one.got.words if one.got is not None else one.problem
    message = one.finding.message if one.finding is not None else one.problem
    flips = one.finding.flips if one.finding is not None else None
    return {
        "name": one.case.name,
        "verdict": one.got.value if one.got is not None else "error",
        "words": _pair(words),
        "message": _pair(message),
        "flips": _pair(flips),
    }


def _pair(words: Both | None) -> list[str] | None:
    return None if words is None else [words.zh, words.en]


def tried_of(folder: Path) -> list[Tried]:
    """What came out."""
    found: list[Tried] = json.loads((folder / _RESULT).read_bytes())
    return found
