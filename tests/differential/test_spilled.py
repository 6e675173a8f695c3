"""Keys that go to a disk lead to the findings that keys in memory lead to."""

import json
import random
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.standards.load import load_calendar, load_registry
from guiju.terms.verdict import Verdict
from guiju.validators.engines.joins.spill import _code, _value
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.findings_of_marks import findings
from guiju.validators.streaming.run_local import Run, check_stream

pytest.importorskip("duckdb", reason="keys on a disk need guiju[big]")


@pytest.fixture(scope="module")
def made(root: Path) -> Plan:
    source = Source("bench.gj", (root / "benchmarks" / "bench.gj").read_text("utf-8"))
    ruleset, _ = compile_rules((source,), load_registry())
    assert ruleset is not None
    return plan(replace(ruleset, rules=tuple(replace(one, status="active") for one in ruleset.rules)), as_of=date(2026, 6, 30))


def _write(path: Path, seed: int, count: int = 400) -> Path:
    """Identifiers that come again near and far, references before and after what they mean, groups at the edge of a share."""
    draw = random.Random(seed)
    lost: tuple[dict[str, Any], ...] = ({"identifier": None}, {"identifier": " "}, {"identifier": 7}, {"provider": {}}, {"provider": "无"})
    lines = []
    for number in range(count):
        record = {
            "title": f"武汉市公交线路基本信息{draw.randrange(count)}",
            "identifier": f"420100-001-{draw.randrange(2 * count):08d}",
            "provider": {"name": f"单位{draw.randrange(9) // 8}", "uscc": f"11420100{draw.randrange(40):09d}A"},
            "sharing": {"type": draw.choice("1223")},
            "related": [f"420100-001-{draw.randrange(2 * count):08d}" for _ in range(draw.randrange(3))]
            + draw.choice(([], [], [3], [None])),
            "items": [{"name": "序号", "type": "N", "length": 10, "sensitivity": "0"}],
            **(draw.choice(lost) if seed % 2 and not draw.randrange(30) else {}),
        }
        lines.append(json.dumps(record, ensure_ascii=number % 5 == 0))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _told(run: Run) -> tuple[Any, ...]:
    said = list(findings(run))
    run.found.across.close()
    return run.counts, run.marks, run.groups, run.diagnostics, said


@pytest.mark.parametrize(("seed", "keys", "workers"), [(1, 100, 1), (2, 100, 1), (3, 300, 2), (4, 1, 1), (5, 700, 1)])
def test_a_hundred_keys_in_memory_find_what_all_of_them_find(made: Plan, tmp_path: Path, seed: int, keys: int, workers: int) -> None:
    path = _write(tmp_path / "data.ndjson", seed)
    whole = check_stream(made, path, load_calendar())
    spilled = check_stream(made, path, load_calendar(), keys=keys, workers=workers)
    assert spilled.found.across.disks and not whole.found.across.disks
    wide = [whole.counts[form.rule] for form in whole.checker.columns if form.rule >= 0]
    assert len(wide) == 4 and all(one[Verdict.FAIL] + one[Verdict.UNDETERMINED] for one in wide)
    assert _told(spilled) == _told(whole)


def test_the_file_of_keys_goes_with_the_run(made: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    run = check_stream(made, _write(tmp_path / "data.ndjson", 6), load_calendar(), keys=50)
    assert list((tmp_path / "temporary").rglob("keys.duckdb"))
    run.found.across.close()
    assert not list((tmp_path / "temporary").iterdir())


@pytest.mark.parametrize(
    "value", [None, "", "s", "\ud800", 0, -7, 10**40, date(2026, 6, 30), ("a", None, 3, date(2020, 1, 1)), ("",), (("a",),)]
)
def test_a_key_is_itself_again(value: Any) -> None:
    assert _value(_code(value)) == value and type(_value(_code(value))) is type(value)


def test_different_keys_are_different_bytes() -> None:
    keys = [None, "", "n", "1", 1, "2026-06-30", date(2026, 6, 30), ("a", "b"), ("ab",), ("a", ("b",)), ("1",), (1,), (None,), ()]
    assert len({_code(one) for one in keys}) == len(keys)


def test_the_command_says_what_is_missing_where_keys_cannot_go_to_a_disk(root: Path, tmp_path: Path) -> None:
    path = _write(tmp_path / "data.ndjson", 7)
    (tmp_path / "without" / "duckdb").mkdir(parents=True)
    (tmp_path / "without" / "duckdb" / "__init__.py").write_text("raise ModuleNotFoundError(name='duckdb')", "utf-8")
    run = "import sys; sys.path.insert(0, sys.argv.pop(1)); from guiju.cli import main; main()"
    words = ["check", "--lang", "en", "--rules", "benchmarks/bench.gj", str(path), "--as-of", "2026-06-30", "--keys", "100"]
    done = subprocess.run(
        [sys.executable, "-c", run, str(tmp_path / "without"), *words], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "guiju[big]" in done.stderr and "Traceback" not in done.stderr and not done.stdout
