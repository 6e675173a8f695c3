"""A rule says of a record what it says of one that is written alike: the observer that remembers gives what the runner gives."""

from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Record
from guiju.dsl.ir.tree import Rule
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load import load_calendar
from guiju.validators.engines.engine import Observation, Subject
from guiju.validators.engines.interpreter.alike import AlikeObserver
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.plan.from_ruleset import plan
from tests.differential.test_streams_of_shipped import AS_OF, KINDS, rules

__all__ = ["rules"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_alike_is_observed_alike(root: Path, rules: Ruleset, kind: str) -> None:
    files = sorted(one for one in (root / "examples").rglob("*.yaml") if "build" not in one.name)
    found = [one for one in read(files, rules.vocabulary).records if one.shape == kind]
    # Each record twice, once whole and once with every third field gone.
    values = [*(one.value for one in found), *({id: raw for at, (id, raw) in enumerate(one.value.items()) if at % 3} for one in found)] * 2
    records = [Record(shape=kind, value=value, locator=found[0].locator, number=at) for at, value in enumerate(values)]
    made = plan(rules, as_of=AS_OF, shapes=frozenset({kind}))
    world = RecordStore(made, records, load_calendar())
    alike, runner, asked, observed = AlikeObserver(made), Runner(world), Counted(world), 0
    for at, planned in enumerate(made.rules):
        for subject in world.subjects(planned.rule.subject):
            observed += 1
            assert alike.observe(asked, at, subject) == runner.observe(at, subject), planned.rule.id
    assert asked.count < observed


class Counted(Runner):
    """Counts what it was asked."""

    count = 0

    def observe(self, at: int, subject: Subject, rule: Rule | None = None) -> Observation:
        self.count += 1
        return super().observe(at, subject, rule)
