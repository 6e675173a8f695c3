"""Measures checking against bare parsing of the same file in the same run, on the workload that stands beside the repository.

python benchmarks/bench_check.py [--records 10000,100000] [--rounds 3] [--workers 1,2] [--bad]

Counts of findings are asserted equal to the oracle before any ratio is printed. Without the workload beside the repository
(../shared/bench) there is nothing to measure, and it says so.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import orjson

from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.standards.load import load_calendar, load_registry
from guiju.terms.verdict import Verdict
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.run_local import check_stream

ROOT = Path(__file__).resolve().parent.parent
WORKLOAD = ROOT.parent / "shared" / "bench"
AS_OF = date(2026, 6, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    data: str
    workers: int
    seconds: tuple[float, ...]
    ratios: tuple[float, ...]
    megabytes: int
    findings: int


def bench_plan(copies: int = 1) -> Plan:
    """The forty rules in force; with `copies`, so many times over under other names."""
    source = Source("bench.gj", (ROOT / "benchmarks" / "bench.gj").read_text("utf-8"))
    ruleset, faults = compile_rules((source,), load_registry())
    if ruleset is None:
        raise SystemExit("\n".join(str(one) for one in faults))
    rules = tuple(
        replace(one, status="active", id=one.id if copy == 0 else f"{one.id}_{copy}") for copy in range(copies) for one in ruleset.rules
    )
    return plan(replace(ruleset, rules=rules), as_of=AS_OF)


def parse_bare(path: Path) -> float:
    """Seconds to parse every line and do nothing with it."""
    start = time.perf_counter()
    with path.open("rb") as file:
        for line in file:
            orjson.loads(line)
    return time.perf_counter() - start


def _measured(call: Callable[[], dict[str, int]]) -> tuple[float, dict[str, int], int]:
    """Seconds, findings, and peak memory in a process of its own."""
    parent, child = get_context("fork").Pipe(duplex=False)
    pid = os.fork()
    if pid == 0:
        start = time.perf_counter()
        found = call()
        seconds = time.perf_counter() - start
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        child.send((seconds, found, peak // 1024))
        os._exit(0)
    seconds, found, peak = parent.recv()
    os.waitpid(pid, 0)
    return seconds, found, peak


def check(made: Plan, path: Path, workers: int) -> dict[str, int]:
    """FAIL findings by rule."""
    run = check_stream(made, path, load_calendar(), workers=workers)
    named = {
        planned.rule.id.rpartition(".")[2].upper(): counts[Verdict.FAIL] for planned, counts in zip(made.rules, run.counts, strict=True)
    }
    return {name: count for name, count in named.items() if count and name.startswith("R") and name[1:].isdigit()}


def measure(made: Plan, data: str, path: Path, oracle: dict[str, int], workers: int, rounds: int) -> Row:
    """One row: parsing and checking turn about, ratio by ratio."""
    seconds, ratios, peak, found = [], [], 0, {}
    for _ in range(rounds):
        before = parse_bare(path)
        took, found, megabytes = _measured(lambda: check(made, path, workers))
        bare = (before + parse_bare(path)) / 2
        if found != oracle:
            raise SystemExit(f"{data}: findings differ from the oracle: {sorted(set(found.items()) ^ set(oracle.items()))}")
        seconds.append(took)
        ratios.append(took / bare)
        peak = max(peak, megabytes)
    return Row(data=data, workers=workers, seconds=tuple(seconds), ratios=tuple(ratios), megabytes=peak, findings=sum(found.values()))


def one_document(made: Plan, path: Path) -> float:
    """Microseconds for the verdicts of all rules on one record in memory, warm, parsing left out."""
    from guiju.catalog.read import read
    from guiju.validators.engines.compiled.run import CompiledEngine

    lines = path.open("rb").readlines()[:20]
    with tempfile.NamedTemporaryFile(suffix=".ndjson") as file:
        file.writelines(lines)
        file.flush()
        records = read([file.name], made.vocabulary).records
    engine, calendar = CompiledEngine(), load_calendar()
    times = []
    for record in records * 5:
        start = time.perf_counter()
        list(engine.run(made, (replace(record, number=0),), calendar))
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def table(rows: list[Row], single: float, command: str) -> str:
    """The document."""
    names = ("msgspec", "orjson")
    versions = ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in names)])
    lines = [
        "# Performance",
        "",
        "Checking the forty rules of `benchmarks/bench.gj` on NDJSON: exact counts of all verdicts, and a place for each finding.",
        "The ratio is against `orjson.loads` of every line of the same file, before and after, in the same run. Findings per rule",
        "equal the oracle of the workload; a run in which they differ prints nothing.",
        "",
        f"Machine: {os.cpu_count()} processors, {platform.machine()}, shared with other work. {versions}.",
        f"Command: `{command}`",
        "",
        "| records | processes | seconds (median) | ÷ bare parse (median) | least – most | peak MB of one process | findings |",
        "|---|---:|---:|---:|---|---:|---:|",
    ]
    for row in rows:
        spread = f"{min(row.ratios):.2f} – {max(row.ratios):.2f}"
        lines.append(
            f"| {row.data} | {row.workers} | {statistics.median(row.seconds):.2f} | {statistics.median(row.ratios):.2f} | {spread}"
            f" | {row.megabytes} | {row.findings:,} |"
        )
    lines += ["", f"One record in memory, warm, verdicts for all rules, as observations: {single:.0f} µs.", ""]
    return "\n".join(lines)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", default="10000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--bad", action="store_true", help="also a file of 100,000 records that are all bad")
    asked = parser.parse_args()
    if not WORKLOAD.is_dir():
        print("../shared/bench is not here: nothing to measure")
        return
    oracle = json.loads((WORKLOAD / "oracle.json").read_text())
    made = bench_plan()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        wanted = [(f"c{count}", count, "0.03") for count in asked.records.split(",")]
        wanted += [("bad100000", "100000", "1.0")] if asked.bad else []
        for name, count, rate in wanted:
            path = Path(folder) / f"{name}.ndjson"
            subprocess.run([sys.executable, WORKLOAD / "gen.py", count, path, "--rate", rate], check=True, stdout=subprocess.DEVNULL)
            for workers in map(int, asked.workers.split(",")):
                label = f"{int(count):,}" + (" all bad" if rate == "1.0" else "")
                rows.append(measure(made, label, path, oracle[name]["by_rule"], workers, asked.rounds))
            single = one_document(made, path)
            if name != wanted[-1][0]:
                path.unlink()
    text = table(rows, single, "python benchmarks/bench_check.py " + " ".join(sys.argv[1:]))
    print(text)


if __name__ == "__main__":
    main()
