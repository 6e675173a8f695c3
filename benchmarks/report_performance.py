"""Measures everything that docs/performance.md tells, and writes it: one command, some minutes on a quiet machine.

usage: python benchmarks/report_performance.py [--records 10000,100000,1000000] [--rounds 5] [--no-peers] [--no-spark] [--to docs/performance.md]

The data is the project's own (benchmarks/workload.py). Findings of each rule are asserted equal to a plain program's
(benchmarks/oracle.py) before any figure is written, those of other tools too. What was tried and did not help stands in
benchmarks/tried.md, and is taken over as it is.
"""

import argparse
import compileall
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

import oracle
from bench_command import command_lines
from peers import PEERS
from workload import write

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
_TOOLS = ("msgspec", "orjson", "google-re2", "duckdb", "pyarrow", "pyspark")
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """What several rounds of one measure told, in the order of the rounds."""

    told: list[Told] = field(default_factory=list)

    def middle(self, name: str) -> float:
        """The median of one figure."""
        return statistics.median(one[name] for one in self.told)

    @property
    def ratios(self) -> list[float]:
        """Checking to bare parsing, round by round."""
        return [one["seconds"] / one["bare"] for one in self.told]

    def times(self, other: "Rows") -> float:
        """How many times another measure this one is, each by its own bare parse."""
        return statistics.median(self.ratios) / statistics.median(other.ratios)

    @property
    def ratio(self) -> str:
        """Median and spread of the ratios."""
        return f"**{statistics.median(self.ratios):.2f}** ({min(self.ratios):.2f} – {max(self.ratios):.2f})"

    @property
    def each(self) -> float:
        """Microseconds for a record."""
        return statistics.median(one["seconds"] / one["records"] for one in self.told) * 1e6


def _child(script: str, *words: str) -> Told:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / script), *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{script} {' '.join(words)}\n{done.stderr[-2000:]}")
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


def _same(what: str, found: dict[str, int], expected: dict[str, int]) -> None:
    if found != expected:
        raise SystemExit(f"{what}: findings differ: {sorted(set(found.items()) ^ set(expected.items()))}")


class Bench:
    """The files, what is to be found in them, and how often each thing is measured."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder, self.rounds = folder, rounds
        self.expected: dict[Path, dict[str, int]] = {}

    def file(self, count: int, faults: float = 0.03) -> Path:
        """A file of so many records, written when it is first asked for."""
        path = self.folder / f"{count}-{faults}.ndjson"
        if not path.exists():
            say(f"writing {count:,} records, {faults:.0%} of them with a fault")
            write(path, count, faults=faults)
            self.expected[path] = oracle.count(path)
        return path

    def check(self, path: Path, *words: str, rounds: int | None = None) -> Rows:
        """Rounds of one measure; a first one that is not counted warms files and the kept ruleset."""
        rows, expected = Rows(), self.expected[path]
        local = {rule: number for rule, number in expected.items() if rule < "R37"}
        for number in range((rounds or self.rounds) + 1):
            say(f"check {path.name} {' '.join(words)} round {number}")
            told = _child("children.py", "check", str(path), *words)
            if "ten-times" not in words:
                _same(f"{path.name} {words}", told["found"], local if "local" in words else expected)
            if number:
                rows.told.append(told)
        return rows


def say(words: str) -> None:
    """On stderr, what is going on."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


# ---- the parts of the document ------------------------------------------------------------------------------------------------------


def command(count: int, rounds: int) -> list[str]:
    """What a user waits for: the whole command, report written."""
    say(f"the command on {count:,} records")
    head = "Processor time of the whole process, `guiju check … --format … -o FILE`, over that of a bare parse in the same run."
    return ["## The command", "", head, "", *command_lines(count, rounds), "", INSIDE, ""]


def checks(bench: Bench, counts: Sequence[int]) -> list[str]:
    """One core, two cores, memory, growth, all bad, ten times the rules."""
    largest, middle = counts[-1], counts[len(counts) // 2]
    lines = [
        "## Checking",
        "",
        "| records | rules | processes | seconds | ÷ bare parse, median (least – most) | µs a record | peak MB | findings |",
        "|---:|---|---:|---:|---|---:|---:|---:|",
    ]
    kept: dict[str, Rows] = {}

    def row(name: str, path: Path, records: str, rules: str, *words: str) -> None:
        rows = kept[name] = bench.check(path, *words)
        found = sum(rows.told[0]["found"].values()) if rules != "400" else ""
        workers = words[words.index("--workers") + 1] if "--workers" in words else "1"
        lines.append(
            f"| {records} | {rules} | {workers} | {rows.middle('seconds'):.2f} | {rows.ratio} | {rows.each:.1f}"
            f" | {rows.middle('megabytes'):.0f} | {found:,} |"
            if found != ""
            else f"| {records} | {rules} | {workers} | {rows.middle('seconds'):.2f} | {rows.ratio} | {rows.each:.1f} | {rows.middle('megabytes'):.0f} | |"
        )

    for count in counts:
        path = bench.file(count)
        for workers in ("1", "2"):
            row(f"{count}/{workers}", path, f"{count:,}", "40", "--workers", workers)
    row("local", bench.file(largest), f"{largest:,}", "36 on one record", "--rules", "local")
    row("plain", bench.file(middle), f"{middle:,}", "40, read by msgspec", "--by-msgspec")
    row("bad", bench.file(middle, 1.0), f"{middle:,}, all with a fault", "40")
    row("many", bench.file(middle), f"{middle:,}", "400", "--rules", "ten-times")
    first, last = kept[f"{counts[0]}/1"], kept[f"{largest}/1"]
    grown = (last.middle("seconds") - first.middle("seconds")) / (largest - counts[0]) * 1e6 if largest > counts[0] else last.each
    usual, telling = kept[f"{middle}/1"], bench.check(bench.file(counts[0]), "--tell", rounds=1).middle("telling")
    # The machine is not as fast at one time as at another, so what was measured apart is compared by its ratios.
    ratios = [
        f"- Every record with a fault ÷ 3 % of them, {middle:,} records: **{kept['bad'].times(usual):.2f}**.",
        f"- 400 rules ÷ 40 rules, {middle:,} records: **{kept['many'].times(usual):.2f}**.",
        f"- A record of {largest:,} ÷ a record of {counts[0]:,}: **{last.times(first):.2f}**, and of {middle:,}: **{last.times(usual):.2f}**;"
        f" a further record costs {grown:.1f} µs.",
        f"- Two processes ÷ one, {largest:,} records: **{kept[f'{largest}/2'].times(last):.2f}**.",
        f"- Explaining one finding, with its place, its sentence and its subject's name: {telling * 1e3:.1f} ms, for those that are listed.",
    ]
    return [*lines, "", *ratios, ""]


def documents(bench: Bench, count: int) -> list[str]:
    """One document, warm and as a whole process, its modules compiled as they are in an installed package."""
    compileall.compile_dir(ROOT / "guiju", quiet=1)
    warm = [_child("children.py", "one", str(bench.file(count)))["microseconds"] for _ in range(bench.rounds)]
    proposal = str(ROOT / "examples" / "lamp-poles" / "faulty.yaml")
    command = [sys.executable, "-m", "guiju", "check", proposal]

    def whole(words: Sequence[str]) -> list[float]:
        times = []
        for _ in range(bench.rounds + 3):
            begin = time.perf_counter()
            subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
            times.append((time.perf_counter() - begin) * 1e3)
        return times[1:]

    bare, cold = whole([sys.executable, "-c", "pass"]), whole(command)
    return [
        "## One document",
        "",
        "| what | median | least – most |",
        "|---|---:|---|",
        f"| one record, warm, verdicts of all 40 rules, after reading | {statistics.median(warm):.0f} µs | {min(warm):.0f} – {max(warm):.0f} |",
        f"| whole process: one proposal, the shipped rules, report as text | {statistics.median(cold):.0f} ms | {min(cold):.0f} – {max(cold):.0f} |",
        f"| a bare interpreter (`python -c pass`) | {statistics.median(bare):.0f} ms | {min(bare):.0f} – {max(bare):.0f} |",
        "",
    ]


def peers(bench: Bench, count: int) -> list[str]:
    """Other tools, each on the rules that it can state."""
    head = [
        "## Other tools on the same records",
        "",
        f"One core each, on {count:,} records or fewer where a tool is slow. Guiju checks all 40 rules and gives places; a tool is asked the",
        "rules that it can state (`benchmarks/peers.py`), and its counts are asserted equal. The last column is time for a record, parsing on",
        "both sides included, over Guiju's on the same records.",
        "",
        "| tool | version | rules | records | µs a record: check | with parsing | peak MB | ÷ Guiju, 40 rules |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines = []
    own: dict[int, float] = {}
    for name, (_, distribution, counts, rules, most) in PEERS.items():
        if importlib.util.find_spec(distribution) is None:
            lines.append(f"| {name} | not installed (`make bench-peers`) | {len(rules)} | | | | | |")
            continue
        records = min(most or count, count)
        path = _cut(bench, bench.file(count), records)
        expected = (oracle.broken if counts == "records" else oracle.count)(path)
        if records not in own:
            bench.expected[path] = oracle.count(path)
            own[records] = bench.check(path).each
        rounds = []
        for number in range(min(bench.rounds, 3)):
            say(f"{name} round {number}")
            told = _child("peers.py", name, str(path), str(records))
            _same(name, told["found"], {rule: expected[rule] for rule in rules if expected.get(rule)})
            rounds.append(told)
        seconds, parsing = (statistics.median(one[key] for one in rounds) / records * 1e6 for key in ("seconds", "parsing"))
        lines.append(
            f"| {name} | {rounds[0]['version']} | {len(rules)} | {records:,} | {seconds:.1f} | {seconds + parsing:.1f}"
            f" | {rounds[0]['megabytes']} | {(seconds + parsing) / own[records]:.2f} |"
        )
    return [
        *head,
        *lines,
        "",
        "Polars and DuckDB read the file themselves; DuckDB counts and gives no places. Guiju's own start is part of its time.",
        "",
    ]


def _cut(bench: Bench, path: Path, records: int) -> Path:
    cut = bench.folder / f"first-{records}-of-{path.name}"
    if not cut.exists():
        with path.open("rb") as file:
            cut.write_bytes(b"".join(islice(file, records)))
    return cut


def spark(bench: Bench, count: int) -> list[str]:
    """Spark on this machine against two processes, what both need to start apart."""
    path, tiny = bench.file(count), bench.file(100)
    rows = {}
    for name, words in (("Spark, local[2]", ("--on", "local[2]")), ("two processes", ("--workers", "2"))):
        rows[name] = bench.check(path, *words, rounds=min(bench.rounds, 3)), bench.check(tiny, *words, rounds=min(bench.rounds, 3))
    without = {name: large.middle("seconds") - small.middle("seconds") for name, (large, small) in rows.items()}
    lines = [
        f"| {name} | {large.middle('seconds'):.1f} | {small.middle('seconds'):.1f} | {without[name]:.1f} |"
        for name, (large, small) in rows.items()
    ]
    return [
        "## Spark",
        "",
        f"{count:,} records; the start is what 100 records take. Findings are equal.",
        "",
        "| carrier | seconds | of these to start | without |",
        "|---|---:|---:|---:|",
        *lines,
        "",
        f"Start apart, Spark ÷ two processes: **{without['Spark, local[2]'] / without['two processes']:.2f}**.",
        "",
    ]


def published(bench: Bench) -> list[str]:
    """The rules in force on the examples, and on what cities have published where that is at hand."""
    files = {"examples/catalogs": sorted((ROOT / "examples").rglob("*.xlsx")) + sorted((ROOT / "examples").rglob("*.csv"))}
    files = {"the tables of `examples/`": [one for one in files["examples/catalogs"] if "~" not in one.name]}
    for name in ("portal-json/anhui_wuhu.json", "portal-json/anhui_hefei.json", "portal-xlsx/harbin.xlsx"):
        if (CORPUS / name).is_file():
            files[f"a city's portal, as published ({name.split('/')[1]})"] = [CORPUS / name]
    lines = [
        "## The rules in force",
        "",
        "The shipped rules as they stand, on catalogs as they are; findings are explained, and their explaining is part of the time.",
        "",
        "| what | subjects | rules with a subject | verdicts | seconds to read | seconds to check | verdicts a second |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, paths in files.items():
        if paths:
            told = _child("children.py", "real", *map(str, paths))
            lines.append(
                f"| {name} | {told['subjects']:,} | {told['rules']} | {told['verdicts']:,} | {told['reading']:.2f} | {told['seconds']:.2f}"
                f" | {told['verdicts'] / told['seconds']:,.0f} |"
            )
    return [*lines, "", *_slowest(next(reversed(files.values()))), ""]


def _slowest(paths: Sequence[Path]) -> list[str]:
    words = [
        sys.executable,
        "-m",
        "guiju",
        "check",
        *map(str, paths),
        "--as-of",
        "2026-06-30",
        "--lang",
        "en",
        "--format",
        "json",
        "--profile",
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    told = done.stderr[done.stderr.rfind("What the rules cost") :].strip()
    return ["The slowest ten on the last of these, as `guiju check --profile` tells them:", "", "```", told, "```"]


def machine() -> str:
    """What it was measured on."""
    model = next(
        (line.partition(":")[2].strip() for line in _text("/proc/cpuinfo").splitlines() if line.startswith("model name")),
        platform.machine(),
    )
    memory = next((int(line.split()[1]) >> 20 for line in _text("/proc/meminfo").splitlines() if line.startswith("MemTotal")), 0)
    found = [f"{name} {version(name)}" for name in _TOOLS if importlib.util.find_spec(name.replace("google-", "").replace("-", "_"))]
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return (
        f"Machine: {model}, {os.cpu_count()} processors, {memory} GiB, {platform.system()} {platform.machine()}; load when it began {load}."
        f" Python {platform.python_version()}, {', '.join(found)}."
    )


def _text(file: str) -> str:
    return Path(file).read_text("utf-8") if Path(file).is_file() else ""


HEAD = """# Performance

What a check costs, on data of the project's own. The forty rules are those of `benchmarks/bench.gj`; a ratio is against `orjson.loads` of
every line of the same file, before and after."""

INSIDE = """## What is measured inside

From here on seconds are those of the judging alone: from opening the file to exact counts of all verdicts, with a mark for each finding
by which its place is known; nothing is explained and nothing written. Findings of each rule were asserted equal to those of a plain program
(`benchmarks/oracle.py`) in every round. Each row is the median of its rounds."""


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", default="10000,100000,1000000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--no-spark", action="store_true")
    parser.add_argument("--to", type=Path)
    asked = parser.parse_args()
    counts = sorted(map(int, asked.records.split(",")))
    about = machine()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), asked.rounds)
        middle = counts[len(counts) // 2]
        parts: list[Callable[[], list[str]]] = [lambda: command(middle, asked.rounds)]
        parts += [lambda: checks(bench, counts), lambda: documents(bench, counts[0])]
        parts += [] if asked.no_peers else [lambda: peers(bench, middle)]
        parts += [] if asked.no_spark else [lambda: spark(bench, counts[-1])]
        parts.append(lambda: published(bench))
        body = [line for part in parts for line in part()]
    given = sys.argv[1 : sys.argv.index("--to")] if "--to" in sys.argv else sys.argv[1:]
    command = " ".join(["python benchmarks/report_performance.py", *given])
    tried = (ROOT / "benchmarks" / "tried.md").read_text("utf-8").strip()
    text = "\n".join(
        [
            HEAD,
            "",
            about,
            f"Command: `{command}` (`make bench-report` with the counts as they stand); {asked.rounds} rounds.",
            "",
            *body,
            tried,
            "",
        ]
    )
    if asked.to:
        asked.to.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
