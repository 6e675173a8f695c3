"""The generated checker is held equal to the interpreter: every verdict, reason and missing spot, on rules and records drawn at random."""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.catalog.records.model import Record
from guiju.standards.load import load_calendar
from guiju.validators.engines.compiled.run import CompiledEngine
from guiju.validators.engines.engine import Observation
from guiju.validators.engines.interpreter.runner import run
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.validate import LISTED
from tests.differential.strategies import AS_OF, COMPUTING, Drawn, records, rulesets

SIZE = int(os.environ.get("GUIJU_SIZE", "100"))


@given(st.one_of(rulesets(), rulesets(size=1, looking=True)), records())
@settings(max_examples=SIZE, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_generated_checker_observes_what_the_interpreter_observes(rules: Drawn, found: tuple[Record, ...]) -> None:
    hold(rules, found)


@pytest.mark.parametrize("how", COMPUTING)
def test_what_is_computed_is_what_the_interpreter_computes(how: str) -> None:
    @given(rulesets(computing=COMPUTING[how]), records())
    @settings(max_examples=max(12, SIZE // 8), deadline=None, suppress_health_check=list(HealthCheck))
    def drawn(rules: Drawn, found: tuple[Record, ...]) -> None:
        hold(rules, found)

    drawn()


def hold(rules: Drawn, found: tuple[Record, ...]) -> None:
    """Fails where the two engines differ in anything."""
    made = plan(rules, as_of=AS_OF)
    calendar = load_calendar()
    expected = list(run(made, found, calendar))
    engine = CompiledEngine()
    assert list(engine.run(made, found, calendar)) == expected
    told = engine.tell(made, found, calendar)
    assert [Counter(one) for one in told.counts] == [
        Counter(one.verdict for one in expected if one.rule == at) for at in range(len(made.rules))
    ]
    assert sorted(told.kept, key=_order) == sorted((one for one in expected if one.verdict in LISTED), key=_order)


def _order(one: Observation) -> tuple[object, ...]:
    return one.rule, one.subject.order
