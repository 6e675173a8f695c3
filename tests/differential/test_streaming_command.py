"""`guiju check` of one NDJSON file gives the same report as a stream and in memory, the counts of a plain program, and nothing when interrupted."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.command import started

WORDS = ("--as-of", "2026-06-30", "--format", "json")


def _guiju(root: Path, data: Path, to: Path, *more: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "guiju",
        "check",
        "--rules",
        str(root / "benchmarks" / "bench.gj"),
        str(data),
        *WORDS,
        "-o",
        str(to),
        *more,
    ]


def _data(root: Path, path: Path, count: int, *more: str) -> Path:
    made = root.parent / "shared" / "bench" / "gen.py"
    if not made.is_file():
        pytest.skip("../shared is not here")
    subprocess.run([sys.executable, made, str(count), path, *more], check=True, stdout=subprocess.DEVNULL)
    return path


def _report(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return report


@pytest.mark.parametrize("more", [("--seed", "11", "--rate", "0.3"), ("--seed", "12", "--rate", "0.1", "--dirty", "42")])
def test_the_report_of_a_stream_is_the_report_of_memory(root: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    data = _data(root, tmp_path / "data.ndjson", 300, *more)
    memory = subprocess.run(_guiju(root, data, tmp_path / "memory.json"), cwd=root, capture_output=True, check=False)
    stream = subprocess.run(_guiju(root, data, tmp_path / "stream.json", "--jobs", "1"), cwd=root, capture_output=True, check=False)
    assert (stream.returncode, stream.stderr) == (memory.returncode, memory.stderr)
    assert _report(tmp_path / "stream.json") == _report(tmp_path / "memory.json")


def test_failures_are_as_many_as_a_plain_program_counts(root: Path, tmp_path: Path) -> None:
    data = _data(root, tmp_path / "data.ndjson", 1500, "--seed", "23", "--rate", "0.5")
    said = subprocess.run([sys.executable, root / "benchmarks" / "oracle.py", data], check=True, capture_output=True)
    subprocess.run(_guiju(root, data, tmp_path / "report.json", "--jobs", "2"), cwd=root, capture_output=True, check=False)
    names = (one["rule"].rpartition(".")[2].upper() for one in _report(tmp_path / "report.json")["findings"] if one["verdict"] == "FAIL")
    found = Counter(name for name in names if name[0] == "R" and name[1:].isdigit())
    assert found == json.loads(said.stdout)


def test_an_interrupted_check_leaves_no_process_and_no_report(root: Path, tmp_path: Path) -> None:
    line = (
        json.dumps({"title": "某市某数据的基本信息", "identifier": "420100-001-00000001", "items": [{"name": "x" * 400}] * 8}).encode()
        + b"\n"
    )
    data = tmp_path / "data.ndjson"
    with data.open("wb") as file:
        for _ in range(60):
            file.write(line * 400)
    to = tmp_path / "report.json"
    child = started(_guiju(root, data, to, "--jobs", "2"), cwd=root)
    for _ in range(200):
        if len(_group(child.pid)) >= 3:
            break
        time.sleep(0.05)
    os.killpg(child.pid, signal.SIGINT)
    assert child.wait(timeout=20) == 130
    time.sleep(1.5)
    assert not _group(child.pid) and not to.exists()


def _group(leader: int) -> list[int]:
    """The processes of the session, where /proc tells of them."""
    if not Path("/proc").is_dir():
        pytest.skip("there is no /proc here")
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getpgid(int(entry.name)) == leader:
                found.append(int(entry.name))
        except ProcessLookupError:
            pass
    return found
