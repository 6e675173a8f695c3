"""Several files are checked as one catalog: what is found is what is found with all of them in memory, in whatever number of processes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.command import started
from tests.sessions import session

WORDS = ("--as-of", "2026-06-30", "--format", "json")


def _record(number: int, **change: Any) -> dict[str, Any]:
    return {
        "title": "武汉市公交线路基本信息",
        "identifier": f"420100-001-{number % 170:08d}",
        "provider": {"name": f"单位{number % 7}", "uscc": f"11420100{number % 5:09d}A"},
        "sharing": {"type": str(1 + number % 3)},
        "related": [f"420100-001-{(number * 37) % 200:08d}"],
        "items": [{"name": "序号", "type": "N", "length": 10 * (number % 3), "sensitivity": "0"}],
        **change,
    }


def _folder(at: Path) -> Path:
    """Files of many lines, one line, another way of writing, and none that is a record but one."""
    at.mkdir()
    parts: dict[str, list[Any]] = {
        "a.ndjson": [_record(number) for number in range(60)],
        "b.jsonl": [_record(60, title=" ")],
        "c.ndjson": [{"标题": f"数据{number}", "目录编号": f"420100-001-{number:08d}", "title": "别的"} for number in range(20)],
        "d.ndjson": ["not json", _record(61, items="无"), _record(62, provider={})],
        "e.ndjson": [_record(63 + number) for number in range(60)],
    }
    for name, records in parts.items():
        lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records]
        (at / name).write_text("\n".join(lines) + "\n", "utf-8")
    return at


def _checked(root: Path, to: Path, *words: str) -> tuple[int, bytes, dict[str, Any]]:
    command = [sys.executable, "-m", "guiju", "check", "--rules", "benchmarks/bench.gj", *words, *WORDS, "-o", str(to)]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    return done.returncode, done.stderr, json.loads(to.read_text("utf-8"))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_of_lines_gives_the_report_of_memory(root: Path, tmp_path: Path, jobs: str) -> None:
    folder = _folder(tmp_path / "data")
    memory = _checked(root, tmp_path / "memory.json", str(folder))
    assert memory[2]["findings"] and _checked(root, tmp_path / "stream.json", str(folder), "--jobs", jobs) == memory


def test_files_named_one_by_one_keep_the_order_in_which_they_are_named(root: Path, tmp_path: Path) -> None:
    folder = _folder(tmp_path / "data")
    names = [str(folder / name) for name in ("e.ndjson", "a.ndjson")]
    memory = _checked(root, tmp_path / "memory.json", *names)
    assert _checked(root, tmp_path / "stream.json", *names, "--jobs", "2") == memory


# ---- processes --------------------------------------------------------------------------------------------------------------------


def _large(path: Path) -> Path:
    line = (
        json.dumps({"title": "某市某数据的基本信息", "identifier": "420100-001-00000001", "items": [{"name": "x" * 400}] * 8}).encode()
        + b"\n"
    )
    with path.open("wb") as file:
        for _ in range(60):
            file.write(line * 400)
    return path


def _started(root: Path, tmp_path: Path) -> "subprocess.Popen[bytes]":
    """A check in two processes, once they are there."""
    if not Path("/proc").is_dir():
        pytest.skip("there is no /proc here")
    data = _large(tmp_path / "data.ndjson")
    words = ["--rules", "benchmarks/bench.gj", str(data), *WORDS, "-o", str(tmp_path / "report.json"), "--jobs", "2"]
    child = started([sys.executable, "-m", "guiju", "check", *words], cwd=root, stderr=subprocess.PIPE)
    for _ in range(400):
        if len(session(child.pid)) >= 3:
            return child
        time.sleep(0.02)
    raise AssertionError("the processes did not start")


def _gone(leader: int) -> bool:
    for _ in range(100):
        if not session(leader):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_to_the_command_alone_ends_all_its_processes(root: Path, tmp_path: Path, number: signal.Signals) -> None:
    child = _started(root, tmp_path)
    os.kill(child.pid, number)
    child.communicate(timeout=30)
    assert child.returncode in (130, -number)
    assert _gone(child.pid) and not (tmp_path / "report.json").exists()


def test_a_process_that_is_ended_from_outside_is_told_and_gives_no_half_report(root: Path, tmp_path: Path) -> None:
    child = _started(root, tmp_path)
    os.kill(max(session(child.pid)), signal.SIGKILL)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 2 and "Traceback" not in said.decode() and said.strip()
    assert _gone(child.pid) and not (tmp_path / "report.json").exists()
