"""Drawn rules on drawn lines: a stream, in parts and with keys on a disk, finds what the interpreter finds with all of it in memory."""

import json
import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.catalog.read import read
from guiju.catalog.records.model import Record
from guiju.standards.load import load_calendar
from guiju.terms.verdict import Verdict
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.judge import Judge
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.streaming.faults import NotStreamable
from guiju.validators.streaming.findings_of_marks import findings
from guiju.validators.streaming.run_local import Run, check_stream
from tests.differential.strategies import AS_OF, VOCABULARY, Drawn, records, rulesets

pytestmark = pytest.mark.usefixtures("either_reader")

SIZE = int(os.environ.get("GUIJU_SIZE", "100"))
LISTED = (Verdict.FAIL, Verdict.UNDETERMINED, Verdict.ERROR)

pytest.importorskip("duckdb", reason="keys on a disk need guiju[big]")


def _write(found: tuple[Record, ...]) -> Path:
    lines = [json.dumps(one.value, ensure_ascii=False, default=str) for one in found]
    path = Path(tempfile.mkdtemp(prefix="guiju-drawn-")) / "data.ndjson"
    path.write_text("\n".join(lines) + "\n", "utf-8", "surrogatepass")
    return path


def _told(run: Run) -> list[Any]:
    try:
        return list(findings(run))
    finally:
        run.found.across.close()


@given(
    st.one_of(rulesets(size=1, looking=True), rulesets(), rulesets(computing=True)),
    st.tuples(records(), records(), records()).map(lambda three: sum(three, ())),
)
@settings(max_examples=SIZE, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_stream_finds_what_the_interpreter_finds(rules: Drawn, found: tuple[Record, ...]) -> None:
    made, path, calendar = plan(rules, as_of=AS_OF), _write(found), load_calendar()
    try:
        run = check_stream(made, path, calendar, kind="thing")
    except NotStreamable:
        return
    runner = Runner(RecordStore(made, read([path], VOCABULARY, kind="thing").records, calendar))
    observed = [one for at in range(len(made.rules)) for one in runner.of_rule(at)]
    assert [+one for one in run.counts] == [Counter(one.verdict for one in observed if one.rule == at) for at in range(len(made.rules))]
    kept = sorted((one for one in observed if one.verdict in LISTED), key=lambda one: (one.subject.order, one.rule))
    judge = Judge(runner)
    judge.learn(kept)
    expected = [judge.finding(one) for one in kept]
    assert _told(run) == expected
    assert _told(check_stream(made, path, calendar, kind="thing", keys=1)) == expected
