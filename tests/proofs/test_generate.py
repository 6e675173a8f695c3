"""Generated cases hold, and kill changes of the rule that the written cases let pass; a change is equal only where nothing tells it apart."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.diagnostics.source import Source
from guiju.validators.testing.cases import read_cases, run_cases
from guiju.validators.testing.coverage import prove
from tests.proofs.conftest import Done
from tests.proofs.test_planted import ruleset
from tests.proofs.test_release import written as write

pytest.importorskip("z3")

from guiju.standards.load import load_calendar

WEAK = """rule: rule_0
cases:
  - 通过: {given: {甲: 9, 乙: 1, 可: true}, want: pass}
"""


def test_generated_cases_hold_and_kill_what_was_let_pass(guiju: Callable[..., Done], tmp_path: Path) -> None:
    rule = "若 可 是 是 则 甲 > 5 否则 (甲 > 乙 且 钱 ≥ 100万元)"
    rules = write(tmp_path / "rules.gj", rule)
    (tmp_path / "rules.cases.yaml").write_text(WEAK, encoding="utf-8")
    done = guiju("test", "--generate", rules, "--rules", rules, "--most", "0")
    assert done.exit_code == 0, done.stderr
    made = ruleset((rule,))
    file, complaints = read_cases(Source("made.cases.yaml", done.stdout))
    assert file is not None and not complaints
    assert [one.case.name for one in run_cases(file, made, load_calendar()) if not one.ok] == []
    weak, _ = read_cases(Source("weak.cases.yaml", WEAK))
    assert weak is not None
    before, after = prove(weak, made, load_calendar()), prove(file, made, load_calendar())
    equal = done.stderr.count("no document tells apart")
    assert len(before.survivors) > 10
    assert len(after.survivors) <= equal
