"""The project's own workload: every planted fault is found, as often as a plain program finds it, and other tools count the same."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.workload import FAULTS, write


def _script(root: Path, name: str, *words: object) -> dict[str, object]:
    said = subprocess.run([sys.executable, root / "benchmarks" / name, *map(str, words)], capture_output=True, check=True)
    found: dict[str, object] = json.loads(said.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(("faults", "jobs"), [(0.05, "1"), (1.0, "2")])
def test_findings_of_all_forty_rules_are_those_of_a_plain_program(root: Path, tmp_path: Path, faults: float, jobs: str) -> None:
    data, to = write(tmp_path / "data.ndjson", 1500, faults=faults), tmp_path / "report.json"
    words = ["--rules", "benchmarks/bench.gj", str(data), "--as-of", "2026-06-30", "--format", "json", "-o", str(to), "--jobs", jobs]
    subprocess.run([sys.executable, "-m", "guiju", "check", *words], cwd=root, capture_output=True, check=False)
    names = (one["rule"].rpartition(".")[2].upper() for one in json.loads(to.read_text("utf-8"))["findings"] if one["verdict"] == "FAIL")
    found = Counter(name for name in names if name[0] == "R" and name[1:].isdigit())
    assert found == _script(root, "oracle.py", data)
    assert faults < 1 or set(FAULTS) <= set(found)


def test_a_workload_is_the_same_for_the_same_words(tmp_path: Path) -> None:
    one, again, other = (write(tmp_path / name, 50, seed=seed).read_bytes() for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert one == again != other


@pytest.mark.parametrize(("tool", "counts"), [("jsonschema", "broken"), ("duckdb", "count")])
def test_a_tool_counts_what_the_plain_program_counts_on_the_rules_that_it_states(
    root: Path, tmp_path: Path, tool: str, counts: str
) -> None:
    pytest.importorskip(tool)
    data = write(tmp_path / "data.ndjson", 300, faults=1.0)
    told = _script(root, "peers.py", tool, data)
    ask = f"import json, sys; sys.path.insert(0, 'benchmarks'); import oracle; from pathlib import Path; print(json.dumps(oracle.{counts}(Path(sys.argv[1]))))"
    said = subprocess.run([sys.executable, "-c", ask, str(data)], cwd=root, capture_output=True, check=True)
    expected = json.loads(said.stdout)
    rules = told["rules"]
    assert isinstance(rules, list) and told["found"] == {rule: expected[rule] for rule in rules if expected.get(rule)} != {}
