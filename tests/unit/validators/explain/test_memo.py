"""What is told again in the words of an earlier finding is told exactly as it would have been by itself."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Record
from guiju.pipeline import memo_of, read_rules, shipped_rules
from guiju.standards.load_tables import load_calendar
from guiju.terms.verdict import Verdict
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.explain import explain
from guiju.validators.explain.memo import MemoizedExplainer
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.plan.from_ruleset import plan

_NAMES = ("name", "title", "code")


def _renamed(records: tuple[Record, ...]) -> list[Record]:
    """Each record, and after it its like under another name, so that the second is told in the words of the first."""
    found: list[Record] = []
    for one in records:
        named = {id: f"{value}乙" for id in _NAMES if isinstance(value := one.value.get(id), str)}
        found += [replace(one, number=len(found)), replace(one, value={**one.value, **named}, number=len(found) + 1)]
    return found


@pytest.mark.parametrize(
    "example", ["catalog/faulty.yaml", "request/faulty.yaml", "work-plan/faulty.yaml", "sharing/faulty.yaml", "lamp-poles/faulty.yaml"]
)
def test_the_words_are_those_of_a_finding_told_by_itself(example: str, root: Path) -> None:
    ruleset = read_rules([shipped_rules()], memo_of(dict(os.environ))).ruleset
    assert ruleset is not None
    submission = read((str(root / "examples" / example),), ruleset.vocabulary)
    made = plan(ruleset, as_of=date(2026, 3, 17), submitted=submission.submitted)
    runner = Runner(RecordStore(made, _renamed(submission.records), load_calendar()))
    namer = SubjectNamer(runner.world)
    explainer = MemoizedExplainer(runner, namer)
    told = 0
    for at in range(len(made.rules)):
        for observation in runner.of_rule(at):
            if observation.verdict in (Verdict.FAIL, Verdict.UNDETERMINED):
                said, alone = explainer.explain(observation), explain(observation, runner, namer)
                assert replace(said, blames=()) == replace(alone, blames=())
                told += 1
    assert told > len(explainer._told) > 0
