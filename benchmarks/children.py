"""What is measured in a process of its own, so that memory and warm caches are nobody else's; prints one line of JSON.

usage: python benchmarks/children.py check FILE [--workers 1] [--rules all|local|ten-times] [--on local[2]] [--tell] [--by-msgspec]
       python benchmarks/children.py one FILE
       python benchmarks/children.py real FILE…
"""

import argparse
import json
import os
import resource
import statistics
import time
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson
from memory import peak_megabytes

from guiju.dsl.ir.tree import Const
from guiju.pipeline import check_submission, memo_of, read_rules, shipped_rules
from guiju.standards.load_tables import load_calendar
from guiju.terms.types import IntT
from guiju.terms.verdict import Verdict
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.backends import run_on
from guiju.validators.streaming.decode import typed_lines
from guiju.validators.streaming.findings_of_marks import findings

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 6, 30)
_ACROSS = ("r37", "r38", "r39", "r40")
_COPIES = 10


def rules_of(which: str) -> Plan:
    """The forty rules, those on one record only, or ten times forty whose numbers all differ, so that little can be shared."""
    ruleset = read_rules([ROOT / "benchmarks" / "bench.gj"], memo_of(dict(os.environ))).ruleset
    assert ruleset is not None
    rules = ruleset.rules
    if which == "local":
        rules = tuple(one for one in rules if not one.id.endswith(_ACROSS))
    if which == "ten-times":
        rules = tuple(
            one if not copy else replace(_shifted(one, copy), id=f"{one.id}_{copy}")
            for copy in range(_COPIES)
            for one in rules
            if not (copy and one.implicit)
        )
    return plan(replace(ruleset, rules=rules), as_of=DAY)


def _shifted(node: Any, by: int) -> Any:
    """The same tree with other whole numbers in it."""
    if isinstance(node, Const) and isinstance(node.type, IntT) and isinstance(node.value, int):
        return replace(node, value=node.value + by)
    if isinstance(node, tuple):
        return tuple(_shifted(one, by) for one in node)
    if is_dataclass(node) and not isinstance(node, type):
        changed = {one.name: new for one in fields(node) if one.init and (new := _shifted(old := getattr(node, one.name), by)) is not old}
        return replace(node, **changed) if changed else node
    return node


def _bare(path: Path) -> float:
    """Seconds to parse every line and do nothing with it."""
    begin = time.perf_counter()
    with path.open("rb") as file:
        for line in file:
            orjson.loads(line)
    return time.perf_counter() - begin


def check(path: Path, workers: int, which: str, on: str | None, tell: bool) -> dict[str, Any]:
    """Parsing, checking, parsing: seconds of each, findings by rule, and memory."""
    made, before, told = rules_of(which), _bare(path), 0.0
    begin = time.perf_counter()
    run = run_on(made, path, load_calendar(), workers=workers, on=on)
    seconds = time.perf_counter() - begin
    peak, others = peak_megabytes(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    if tell:
        begin = time.perf_counter()
        told = float(sum(1 for _ in findings(run)))
        told = (time.perf_counter() - begin) / max(told, 1.0)
    found = {one.rule.id.rpartition(".")[2].upper(): counts[Verdict.FAIL] for one, counts in zip(made.rules, run.counts, strict=True)}
    named = {name: count for name, count in found.items() if count and name[0] == "R" and name[1:].isdigit()}
    verdicts = sum(counts.total() for counts in run.counts)
    return {
        "seconds": seconds,
        "bare": (before + _bare(path)) / 2,
        "found": named,
        "records": run.records,
        "verdicts": verdicts,
        "telling": told,
        "megabytes": peak if workers < 2 else peak + workers * others,
    }


def one(path: Path) -> dict[str, Any]:
    """Microseconds for the verdicts of all rules on one record, warm, reading left out: the median over twenty records."""
    from guiju.catalog.read import read
    from guiju.validators.engines.compiled.run import CompiledEngine

    made, engine, calendar = rules_of("all"), CompiledEngine(), load_calendar()
    head = b"".join(path.open("rb").readlines()[:20])
    records = read(["-"], made.vocabulary, stdin=head, stdin_name="head.ndjson").records
    given = [(replace(record, number=0),) for record in records]
    times = []
    for one in given * 50:
        begin = time.perf_counter()
        engine.tell(made, one, calendar)
        times.append(time.perf_counter() - begin)
    return {"microseconds": statistics.median(times[len(given) :]) * 1e6, "best": min(times) * 1e6}


def real(paths: list[str]) -> dict[str, Any]:
    """The rules in force on what cities have published: subjects, verdicts, and seconds of reading and of checking."""
    from guiju.catalog.read import read

    ruleset = read_rules([shipped_rules()], memo_of(dict(os.environ))).ruleset
    assert ruleset is not None
    begin = time.perf_counter()
    submission = read(paths, ruleset.vocabulary)
    read_in = time.perf_counter() - begin
    times, total = [], 0
    for _ in range(3):
        begin = time.perf_counter()
        report = check_submission(ruleset, submission, as_of=DAY, calendar=load_calendar())
        times.append(time.perf_counter() - begin)
        total = sum(count for _, count in report.tally)
    judged = sum(1 for one in report.rules if one.tally)
    return {
        "subjects": len(submission.records),
        "rules": judged,
        "verdicts": total,
        "reading": read_in,
        "seconds": statistics.median(times),
    }


def main() -> None:
    """Measures what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("check", "one", "real"))
    parser.add_argument("files", nargs="+")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rules", default="all")
    parser.add_argument("--on")
    parser.add_argument("--tell", action="store_true")
    parser.add_argument("--by-msgspec", action="store_true", help="as where the reader in C was not built")
    asked = parser.parse_args()
    path = Path(asked.files[0])
    if asked.by_msgspec:
        typed_lines._reader = lambda form: None
    if asked.what == "check":
        told = check(path, asked.workers, asked.rules, asked.on, asked.tell)
    else:
        told = one(path) if asked.what == "one" else real(asked.files)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
