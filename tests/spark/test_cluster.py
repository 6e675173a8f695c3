"""A check that a Spark cluster carries finds what one core finds, also when a machine of it dies in mid-run."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bench_gigabyte import write
from guiju.catalog.streams import stream
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.pipeline import read_rules, shipped_rules
from guiju.standards.load import load_calendar, load_registry
from guiju.store.cache import Cache
from guiju.validators.engines.joins.operators import Mark
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming import run_spark
from guiju.validators.streaming.faults import RunFailed
from guiju.validators.streaming.findings_of_marks import findings
from guiju.validators.streaming.run_local import Run, check_stream
from tests.sessions import session

pyarrow = pytest.importorskip("pyarrow", reason="Spark needs guiju[spark]")
parquet = pytest.importorskip("pyarrow.parquet", reason="Spark needs guiju[spark]")

pytestmark = pytest.mark.slow
_PATIENCE = 300


@pytest.fixture(autouse=True)
def _needs() -> None:
    for name in ("pyspark", "pandas"):
        pytest.importorskip(name, reason=f"{name} is not installed")
    if shutil.which("java") is None or not Path("/proc").is_dir():
        pytest.skip("java or /proc is not here")


@pytest.fixture(scope="module")
def made(root: Path) -> Plan:
    source = Source("bench.gj", (root / "benchmarks" / "bench.gj").read_text("utf-8"))
    ruleset, _ = compile_rules((source,), load_registry())
    assert ruleset is not None
    return plan(replace(ruleset, rules=tuple(replace(one, status="active") for one in ruleset.rules)), as_of=date(2026, 6, 30))


def _write(path: Path, records: int) -> Path:
    changes: tuple[dict[str, Any], ...] = (
        {},
        {"title": " "},
        {"issued": "2024-02-30"},
        {"provider": {}},
        {"related": ["无此目录"]},
        {"items": "无"},
    )
    lines = []
    for number in range(records):
        record = {
            "title": "武汉市公交线路基本信息",
            "identifier": f"420100-001-{number % (records - records // 9):08d}",
            "provider": {"name": f"单位{number % 7}", "uscc": f"11420100{number % 5:09d}A"},
            "sharing": {"type": str(1 + number % 3)},
            "related": [f"420100-001-{(number * 37) % records:08d}"],
            "updated": "2026-06-01",
            "items": [{"name": "序号", "type": "N", "length": 10, "sensitivity": "0"}],
            **changes[number % 101 if number % 101 < len(changes) else 0],
        }
        lines.append(json.dumps(record, ensure_ascii=False).encode())
    lines[5:5] = [b"", b"not json", b"[1]"]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def _same(carried: Run, alone: Run) -> None:
    assert carried.counts == alone.counts
    assert carried.marks == alone.marks and carried.groups == alone.groups
    assert carried.diagnostics == alone.diagnostics and carried.records == alone.records
    assert list(findings(carried)) == list(findings(alone)) != []


def _parted(run: Run) -> tuple[dict[int, list[Mark]], dict[int, list[Mark]]]:
    """The marks of rules across records as one core settles them, and as they come out of five buckets of the shuffle."""
    whole = {one.rule: sorted(one.marks) for one in run.found.across.finish(run.found.shapes)}
    parts = run_spark.split(run.found.across, 5)
    for name in run.found.across.values:
        held = [set(part.values[name].first) for part in parts]
        assert sum(map(len, held)) == len(set().union(*held)) > 0
    together = type(parts[0])(parts[0].columns)
    for part in parts:
        together.merge(run_spark.settled(part)[0], 0)
    return whole, {one.rule: sorted(one.marks) for one in together.finish(run.found.shapes)}


def test_equal_keys_meet_in_one_bucket_and_nothing_is_lost(made: Plan, tmp_path: Path) -> None:
    """The shuffle by itself, without a cluster: keys parted, settled and put together judge as they did whole."""
    whole, parted = _parted(check_stream(made, _write(tmp_path / "data.ndjson", 400), load_calendar()))
    assert parted == whole and any(whole.values())


def test_looks_go_through_the_shuffle_whole(tmp_path: Path) -> None:
    """The same of rules that look for records, and of groups that are counted."""
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    write(data := tmp_path / "data.ndjson", 300_000, 0.5)
    shipped = plan(ruleset, as_of=date(2026, 3, 17), shapes=frozenset({"dataset"}))
    whole, parted = _parted(check_stream(shipped, data, load_calendar()))
    assert parted == whole and len(whole) > 4 and sum(map(bool, whole.values())) >= 4


def test_a_cluster_that_loses_a_worker_in_mid_run_finds_what_one_core_finds(
    made: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "_LEAST_PART", 4096)
    path = _write(tmp_path / "data.ndjson", 600)
    settings = tmp_path / "conf"
    settings.mkdir()
    (settings / "spark-defaults.conf").write_text(
        "spark.driver.memory 512m\nspark.executor.memory 512m\nspark.executor.cores 1\nspark.shuffle.io.retryWait 1s\nspark.shuffle.io.maxRetries 1\n"
    )
    monkeypatch.setenv("SPARK_CONF_DIR", str(settings))
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    with _cluster(tmp_path) as (master, workers), ThreadPoolExecutor(1) as beside:
        killed = beside.submit(_kill_at_work, workers[1], tmp_path / "local1")
        carried = run_spark.check_spark(made, path, load_calendar(), on=master)
        ended = time.monotonic()
        assert killed.result(timeout=_PATIENCE) < ended, "the worker was to die while it had work"
    assert not [one.pid for one in workers if session(one.pid)], "a cluster that has ended leaves no process"
    _same(carried, check_stream(made, path, load_calendar()))


def test_the_command_checks_on_spark_and_leaves_no_process(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.mkdir()
    _write(path / "a.ndjson", 120)
    # The records that a schema can hold, as a table in groups of twenty rows.
    rows = [one for line in _write(path / "b.ndjson", 90).read_bytes().splitlines() if isinstance(one := _value(line), dict)]
    kept = [one for one in rows if isinstance(one["items"], list)]
    parquet.write_table(pyarrow.Table.from_pylist(kept), path / "c.parquet", row_group_size=20)
    words = [
        sys.executable,
        "-m",
        "guiju",
        "check",
        "--rules",
        "benchmarks/bench.gj",
        str(path),
        "--as-of",
        "2026-06-30",
        "--format",
        "json",
    ]
    alone = subprocess.run([*words, "--jobs", "1"], cwd=root, capture_output=True, timeout=_PATIENCE, check=False)
    environ = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(tmp_path / "scratch")}
    started = subprocess.Popen([*words, "--on", "local[2]"], cwd=root, stdout=-1, stderr=-1, env=environ, start_new_session=True)
    said, _ = started.communicate(timeout=_PATIENCE)
    _wait(lambda: not session(started.pid), "a process of Spark is left")
    assert started.returncode == alone.returncode == 1 and said == alone.stdout


def test_a_master_that_is_not_there_is_told_at_once(made: Plan, tmp_path: Path) -> None:
    with pytest.raises(RunFailed) as fault:
        run_spark.check_spark(made, _write(tmp_path / "data.ndjson", 20), load_calendar(), on=f"spark://127.0.0.1:{_free()}")
    assert fault.value.kind == "unreachable"


def _value(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


# ---- a cluster on loopback ------------------------------------------------------------------------------------------------------------


@contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    port = _free()
    master = f"spark://127.0.0.1:{port}"
    log = folder / "master.log"
    started = [_start(log, "master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")]
    try:
        _wait(lambda: "I have been elected leader" in _text(log), "the master did not start")
        for number in range(2):
            work = ("-d", str(folder / f"work{number}"), "--webui-port", "0")
            words = ("--host", "127.0.0.1", "-c", "1", "-m", "1g", *work, master)
            started.append(_start(folder / f"worker{number}.log", "worker.Worker", *words, scratch=folder / f"local{number}"))
        _wait(lambda: _text(log).count("Registering worker") == 2, "the workers did not register")
        yield master, started[1:]
    finally:
        for one in started:
            _kill(one)


def _start(log: Path, name: str, *words: str, scratch: Path | None = None) -> "subprocess.Popen[bytes]":
    home = Path(pytest.importorskip("pyspark").__file__).parent
    environ = {**os.environ, "SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "256m"}
    if scratch is not None:
        environ["SPARK_LOCAL_DIRS"] = str(scratch)
    with log.open("wb") as file:
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *words]
        return subprocess.Popen(command, stdout=file, stderr=file, env=environ, start_new_session=True)


def _kill_at_work(worker: "subprocess.Popen[bytes]", held: Path) -> float:
    """Kills a worker with its executors once it holds the result of a task for the shuffle: that result is lost."""
    _wait(lambda: any(held.rglob("shuffle_*.data")), "the worker got no work")
    _kill(worker)
    return time.monotonic()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(for_what: Any, else_what: str) -> None:
    last = time.monotonic() + _PATIENCE
    while not for_what():
        assert time.monotonic() < last, else_what
        time.sleep(0.05)


def _text(file: Path) -> str:
    return file.read_text("utf-8", "replace") if file.exists() else ""


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
