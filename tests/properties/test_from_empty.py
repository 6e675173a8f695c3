"""From a name and a number to what may be filed: a session of filling in only what `complete` asks for reaches green.

The answers are those of the shipped examples; a list that was never asked for stays away, and so does every other entry.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission, read_rules, shipped_rules
from guiju.reports.gate import Passage, outcome_of
from guiju.standards.load import load_calendar
from guiju.store.cache import Cache
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.missing_inputs import Completion, complete
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.profiles import take

EXAMPLES = (
    "city-management", "connected-vehicles", "critical-infrastructure", "education", "emergency", "farming", "government-system",
    "health", "industrial-identifier", "infrastructure-5g", "lamp-poles", "logistics", "operation-model", "provincial-system",
    "public-video", "smart-community", "smart-factory", "unmanned-aircraft",
)  # fmt: skip
"""The projects among the examples of the seventeen tasks; plans, requests and catalogs are filed by others."""
MOST_ROUNDS = 12
START = ("name", "number")


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    compiled = read_rules([shipped_rules()], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset


def asked(ruleset: Ruleset, submission: Submission) -> Completion:
    """What `guiju complete` asks for."""
    assert submission.submitted is not None
    shapes = {one.shape for one in submission.records}
    registers = sorted(one.id for one in ruleset.vocabulary.shapes if one.register)
    taken = take(ruleset.profiles, submission.records, shapes, registers)
    made = plan(ruleset, as_of=submission.submitted, submitted=submission.submitted, shapes=frozenset(shapes.union(registers)), taken=taken)
    return complete(Runner(RecordStore(made, submission.records, load_calendar())))


def reached(ruleset: Ruleset, submission: Submission) -> Passage:
    assert submission.submitted is not None
    found = outcome_of(check_submission(ruleset, submission, as_of=submission.submitted, calendar=load_calendar()))
    assert found is not None
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_filling_in_only_what_is_asked_for_reaches_green(ruleset: Ruleset, root: Path, name: str) -> None:
    example = read((str(root / "examples" / "projects" / f"{name}.yaml"),), ruleset.vocabulary)
    full: list[dict[str, Any]] = [dict(one.value) for one in example.records]
    held = [{key: one[key] for key in START if key in one} for one in full]
    seen: list[str] = []
    for _ in range(MOST_ROUNDS):
        now = replace(example, records=tuple(replace(one, value=value) for one, value in zip(example.records, held, strict=True)))
        at = reached(ruleset, now)
        seen.append(at.outcome.colour)
        wanted = {(step.spot.record, str(step.spot.path[0])) for step in asked(ruleset, now).steps if step.spot.path}
        new = [(at_, key) for at_, key in sorted(wanted) if key in full[at_] and full[at_][key] != held[at_].get(key)]
        if at.outcome.colour == "green" or not new:
            break
        for number, key in new:
            held[number][key] = full[number][key]
    assert seen[0] == "grey", seen
    assert seen[-1] == "green", (seen, [one for one in wanted if one[1] not in full[one[0]]])
