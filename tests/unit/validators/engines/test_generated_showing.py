"""A rule's generated code can be read, and what each rule costs can be asked."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from guiju.catalog.model import Record
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.standards.load import load_calendar, load_registry
from guiju.validators.engines.generated.showing import print_plan, rule_costs
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.tree import Plan
from tests.differential.strategies import _Nowhere


@pytest.fixture(scope="module")
def made(root: Path) -> Plan:
    source = Source("bench.gj", (root / "benchmarks" / "bench.gj").read_text("utf-8"))
    ruleset, _ = compile_rules((source,), load_registry())
    assert ruleset is not None
    rules = tuple(replace(one, status="draft") if one.id == _rule(2) else one for one in ruleset.rules)
    return plan(replace(ruleset, rules=rules), as_of=date(2026, 6, 30))


def _rule(number: int) -> str:
    return f"SC809.13.2.r{number:02}"


def test_the_code_of_one_rule_names_its_code_list_and_no_other_rule(made: Plan) -> None:
    at = made.position(_rule(12))
    text = print_plan(made, load_calendar(), _rule(12))
    assert text is not None and f"note(({at}, " in text and text.count("note((") == 1


def test_a_rule_that_is_not_in_force_has_no_code(made: Plan) -> None:
    assert print_plan(made, load_calendar(), _rule(2)) is None
    assert print_plan(made, load_calendar(), "no.such.rule") is None


def test_every_rule_in_force_has_a_cost_and_the_dearest_comes_first(made: Plan) -> None:
    record = Record(shape="dataset", value={"title": "名称", "items": [{"name": "a"}]}, locator=_Nowhere(), number=0)
    costs = rule_costs(made, load_calendar(), (record,) * 3)
    assert {rule for rule, _ in costs} == {one.rule.id for one in made.rules if one.active}
    assert [seconds for _, seconds in costs] == sorted((seconds for _, seconds in costs), reverse=True)
