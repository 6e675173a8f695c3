"""A rule's generated code can be read, and says what its names stand for."""

import ast
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.standards.load import load_calendar, load_registry
from guiju.validators.engines.compiled.codegen.print import print_plan
from guiju.validators.engines.compiled.decode import can_spell
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.tree import Plan
from tests.unit.validators.engines.compiled.test_generated_names import HOSTILE, _module


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


def test_the_code_says_what_its_names_stand_for(made: Plan) -> None:
    text = print_plan(made, load_calendar(), _rule(24))
    assert text is not None
    assert '"items.type"' in text and '"items.length"' in text and '{"C", "N"}' in text and "1 fail" in text
    ast.parse(text)


@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_word_does_not_leave_the_remark_that_quotes_it(word: str) -> None:
    _, drawn = _module(word)
    shown = print_plan(plan(drawn, as_of=date(2026, 6, 30)), load_calendar(), f"{word}0")
    # A key that no decoder takes is left to the interpreter, and nothing is shown.
    assert (shown is not None) is can_spell(word)
    for line in (shown or "").splitlines():
        assert line.startswith(("#", "def check", "    ")) or not line
    ast.parse(shown or "")


def test_explain_shows_the_code_of_a_rule(root: Path) -> None:
    words = ("explain", "--plan", "--rules", "benchmarks/bench.gj", "r24", "--lang", "en", "--markdown")
    said = subprocess.run([sys.executable, "-m", "guiju", *words], cwd=root, capture_output=True, text=True, check=True).stdout
    assert "The generated checker" in said and "for x in records:" in said and '"items.length"' in said
