"""A file checked as a stream, in one part or in many, gives the verdicts that the interpreter gives with all of it in memory."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Record
from guiju.catalog.streams import stream as lines
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.standards.load import load_calendar, load_registry
from guiju.terms.verdict import Verdict
from guiju.validators.engines.compiled.run import CompiledEngine
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.judge import MOST_MEMBERS, Judge
from guiju.validators.findings.model import Finding
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.findings_of_marks import findings
from guiju.validators.streaming.run_local import check_stream
from guiju.validators.validate import validate
from guiju.validators.validate_stream import validate_stream

AS_OF = date(2026, 6, 30)
GOOD: dict[str, Any] = {
    "title": "武汉市公交线路基本信息",
    "identifier": "420100-001-00000001",
    "abstract": "由武汉市交通运输局提供的公交线路相关数据。",
    "provider": {"name": "武汉市交通运输局", "uscc": "11420100000000000A"},
    "sharing": {"type": "1", "mode": "2"},
    "openness": {"type": "1"},
    "update_frequency": "7",
    "issued": "2025-01-01",
    "updated": "2026-06-01",
    "grade": 2,
    "related": [],
    "items": [{"name": "序号", "type": "N", "length": 10, "sensitivity": "0", "desc": "序号"}] * 1,
    "distributions": [{"format": "CSV", "url": "https://a.example/1", "size": 10}],
}
CHANGES: tuple[dict[str, Any], ...] = (
    {},
    {"title": None},
    {"title": "  "},
    {"title": 12},
    {"标题": "别的写法写的标题", "title": None},
    {"items": "无"},
    {"items": []},
    {"items": None},
    {"items": [GOOD["items"][0], GOOD["items"][0]]},
    {"items": [{"name": "身份证号", "type": "C", "length": "18位", "sensitivity": "2"}]},
    {"items": [{"name": "a", "type": "C", "length": 0, "sensitivity": "2"}, {"不适用": "没有"}]},
    {"items": [["嵌套"]]},
    {"provider": "某局"},
    {"provider": {}},
    {"provider": {"name": "甲", "uscc": "11420100000000000A"}},
    {"provider": {"不适用": "没有"}},
    {"sharing": {"type": "3", "basis": "法"}},
    {"sharing": None},
    {"sharing": {"type": "2", "mode": "8"}},
    {"issued": "2024-02-30"},
    {"issued": "2027-01-15"},
    {"updated": "2019-01-01"},
    {"grade": 2.5},
    {"grade": 99999999999999999999},
    {"grade": "2"},
    {"related": ["420100-001-00000001", "999"]},
    {"related": {"a": 1}},
    {"distributions": [{"format": "DOCX", "url": "ftp://x", "size": 20_000_000_000}]},
    {"extra": {"a": [1, 2]}},
)


@pytest.fixture(scope="module")
def made(root: Path) -> Plan:
    source = Source("bench.gj", (root / "benchmarks" / "bench.gj").read_text("utf-8"))
    ruleset, _ = compile_rules((source,), load_registry())
    assert ruleset is not None
    return plan(replace(ruleset, rules=tuple(replace(one, status="active") for one in ruleset.rules)), as_of=AS_OF)


def _write(path: Path, every: int) -> Path:
    lines = []
    for number in range(every * len(CHANGES)):
        change = CHANGES[number % len(CHANGES)] if number % every == 0 else {}
        record = {**GOOD, "identifier": f"420100-001-{number % 170:08d}", **change}
        lines.append(
            json.dumps({key: value for key, value in record.items() if value is not None or number % 2}, ensure_ascii=False).encode()
        )
    lines[3:3] = [b"", b"not json", b'{"title": "\xe6\x88', b"[1,2,3]"]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def _expected(made: Plan, path: Path) -> tuple[Runner, dict[tuple[int, Any], Verdict]]:
    submission = read([path], made.vocabulary)
    runner = Runner(RecordStore(made, submission.records, load_calendar()))
    return runner, {(at, one.subject): one.verdict for at in range(len(made.rules)) for one in runner.of_rule(at)}


@pytest.mark.parametrize(("every", "workers"), [(1, 1), (3, 1), (3, 2)])
def test_a_stream_counts_what_the_interpreter_counts(
    made: Plan, tmp_path: Path, every: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_LEAST_PART", 4096)
    path = _write(tmp_path / "data.ndjson", every)
    _, expected = _expected(made, path)
    counts: list[Counter[Verdict]] = [Counter() for _ in made.rules]
    for (at, _), verdict in expected.items():
        counts[at][verdict] += 1
    run = check_stream(made, path, load_calendar(), workers=workers)
    assert [+one for one in run.counts] == counts
    assert sorted(one.code for one in run.diagnostics) == sorted(one.code for one in read([path], made.vocabulary).diagnostics)


def test_findings_of_a_stream_are_those_of_memory(made: Plan, tmp_path: Path) -> None:
    path = _write(tmp_path / "data.ndjson", 2)
    runner, _ = _expected(made, path)
    kept = [
        one
        for at in range(len(made.rules))
        for one in runner.of_rule(at)
        if one.verdict in (Verdict.FAIL, Verdict.UNDETERMINED, Verdict.ERROR)
    ]
    kept.sort(key=lambda one: (one.subject.order, one.rule))
    judge = Judge(runner)
    judge.learn(kept)
    want = [judge.finding(one) for one in kept]
    got = list(findings(check_stream(made, path, load_calendar())))
    plain = [(one.rule, one.verdict, one.subject.order, one.message, one.places, one.missing) for one in want]
    assert [(one.rule, one.verdict, one.subject.order, one.message, one.places, one.missing) for one in got] == plain


def test_of_many_that_share_a_value_a_finding_needs_only_those_that_it_lists(
    made: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "data.ndjson"
    given = [{**GOOD, "title": f"武汉市公交线路信息{number}"} for number in range(2 * MOST_MEMBERS)]
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in given), "utf-8")
    submission = read([path], made.vocabulary)
    runner = Runner(RecordStore(made, submission.records, load_calendar()))
    judge = Judge(runner)
    expected = [judge.finding(one) for at in range(len(made.rules)) for one in runner.of_rule(at) if one.verdict is Verdict.FAIL]
    held: list[int] = []
    hold = RecordStore.hold

    def counted(self: RecordStore, records: Iterable[Record], beyond: int = 0) -> None:
        records = tuple(records)
        held.append(len(records))
        hold(self, records, beyond)

    monkeypatch.setattr(RecordStore, "hold", counted)
    told = [one for one in findings(check_stream(made, path, load_calendar())) if one.verdict is Verdict.FAIL]
    assert sorted(told, key=_order) == sorted(expected, key=_order)
    listing = [one for one in told if len(one.members) == MOST_MEMBERS]
    assert len(listing) == 2 * MOST_MEMBERS
    assert len({id(one.members) for one in listing}) == 1
    assert max(held) == MOST_MEMBERS + 1


def _order(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.subject.id


def test_the_outcome_of_a_stream_has_the_tally_of_memory(root: Path, tmp_path: Path) -> None:
    source = Source("bench.gj", (root / "benchmarks" / "bench.gj").read_text("utf-8"))
    ruleset, _ = compile_rules((source,), load_registry())
    assert ruleset is not None
    active = replace(ruleset, rules=tuple(replace(one, status="active") for one in ruleset.rules))
    path = _write(tmp_path / "data.ndjson", 1)
    memory = validate(active, read([path], active.vocabulary), as_of=AS_OF, calendar=load_calendar(), engine=CompiledEngine())
    streamed = validate_stream(active, path, as_of=AS_OF, calendar=load_calendar(), limit=5)
    stream, told = streamed.outcome, streamed.diagnostics
    assert stream.tally == memory.tally and stream.subjects == memory.subjects
    assert len(stream.findings) == 5 and stream.left_off == len(memory.findings) - 5 and told
