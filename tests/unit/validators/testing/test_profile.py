"""The costs of rules: each rule once, the dearest first, with the verdicts of the sample, and the report beside them untouched."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from benchmarks.workload import write
from guiju.catalog.read import read
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.standards.load import load_calendar, load_registry
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.testing.profile import costs_of
from guiju.validators.validate import validate

WORDS = ("check", "--lang", "en", "--rules", "benchmarks/bench.gj", "--as-of", "2026-06-30", "--format", "json")


def _ticking() -> Callable[[], float]:
    """A clock that goes on by one each time: every stretch takes one tick, whatever runs in it."""
    ticks = count()
    return lambda: float(next(ticks))


def test_every_active_rule_has_a_cost_and_the_verdicts_are_those_of_a_run(root: Path, tmp_path: Path) -> None:
    ruleset, _ = compile_rules((Source("bench.gj", (root / "benchmarks" / "bench.gj").read_text("utf-8")),), load_registry())
    assert ruleset is not None
    records = read([write(tmp_path / "data.ndjson", 120, faults=0.3)], ruleset.vocabulary)
    made = plan(ruleset, as_of=date(2026, 6, 30), shapes=frozenset(one.shape for one in records.records))
    costs = costs_of(made, records.records, load_calendar(), _ticking())
    outcome = validate(ruleset, records, as_of=date(2026, 6, 30), calendar=load_calendar())
    assert costs.verdicts == sum(number for _, number in outcome.tally.total) > 10_000
    assert sorted(one.rule for one in costs.rules) == sorted({one.rule.id for one in made.rules if one.active})
    assert len(costs.rules) >= 40 and not any(one.interpreted for one in costs.rules) and costs.records == 120
    assert [one.seconds for one in costs.rules] == sorted((one.seconds for one in costs.rules), reverse=True)


def test_what_only_the_interpreter_judges_is_said_to_be_so(root: Path, tmp_path: Path) -> None:
    ruleset, _ = compile_rules((Source("bench.gj", (root / "benchmarks" / "bench.gj").read_text("utf-8")),), load_registry())
    assert ruleset is not None
    records = read([write(tmp_path / "data.ndjson", 30)], ruleset.vocabulary).records
    # A value that no typed decoding takes.
    odd = tuple(replace(one, value={**one.value, "items": "无"}) for one in records)
    costs = costs_of(plan(ruleset, as_of=date(2026, 6, 30)), odd, load_calendar(), _ticking())
    assert any(one.interpreted for one in costs.rules) and any(not one.interpreted for one in costs.rules)


def test_the_command_names_the_slowest_ten_and_gives_the_same_report(root: Path, tmp_path: Path) -> None:
    data = write(tmp_path / "data.ndjson", 60, faults=0.3)
    plain = subprocess.run([sys.executable, "-m", "guiju", *WORDS, str(data)], cwd=root, capture_output=True, text=True, check=False)
    told = subprocess.run(
        [sys.executable, "-m", "guiju", *WORDS, str(data), "--costs"], cwd=root, capture_output=True, text=True, check=False
    )
    assert told.stdout == plain.stdout and told.returncode == plain.returncode == 1 and json.loads(told.stdout)
    head, *lines = told.stderr.strip().splitlines()
    assert "verdicts" in head and "rules a second" in head and len(lines) == 10 and all("µs/subject" in line for line in lines)
