"""However the lines of a file are written, a stream finds in it what the interpreter finds with all of it in memory."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from guiju.catalog.read import read
from guiju.catalog.streams import stream
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.standards.load import load_calendar, load_registry
from guiju.terms.verdict import Verdict
from guiju.validators.engines.compiled.run import subject_key
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.decode.unique_keys import line_ends
from guiju.validators.streaming.run_local import check_stream

pytestmark = pytest.mark.usefixtures("either_reader")

Ways = Callable[[list[dict[str, Any]]], bytes]
MANY = 300
LACKING = ("sensitivity", "name", "grade", "type")
ODD = (3, "3", "三级", None, "待定")


@pytest.fixture(scope="module")
def made(root: Path) -> Plan:
    source = Source("bench.gj", (root / "benchmarks" / "bench.gj").read_text("utf-8"))
    ruleset, _ = compile_rules((source,), load_registry())
    assert ruleset is not None
    return plan(replace(ruleset, rules=tuple(replace(one, status="active") for one in ruleset.rules)), as_of=date(2026, 6, 30))


def _records(count: int = 60) -> list[dict[str, Any]]:
    return [
        {
            "title": f"公交线路信息{number}",
            "identifier": f"420100-001-{number % (count - 3):08d}",
            "abstract": "由交通运输局提供的公交线路相关数据。",
            "provider": {"name": f"武汉市第{number % 5}局", "uscc": "11420100000000000A"},
            "sharing": {"type": str(number % 4), "mode": "2"},
            "openness": {"type": "1"},
            "update_frequency": "7",
            "issued": "2025-01-01",
            "updated": "2026-06-01",
            "grade": number % 3,
            "related": [f"420100-001-{number * 7 % count:08d}"],
            "items": [_item(f"第{number % 11}列", number % 3), _item("编号", 1 + number % 2), _item(f"第{number % 4}列", 0)],
            "distributions": [{"format": "CSV", "url": "https://a.example/1", "size": 10}],
        }
        for number in range(count)
    ]


def _item(name: str, grade: int) -> dict[str, Any]:
    return {"name": name, "type": "N", "length": 10, "sensitivity": "2", "desc": "说明", "grade": grade or None}


def _tight(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _lines(records: Iterable[dict[str, Any]], write: Callable[[dict[str, Any]], str] = _tight, end: str = "\n") -> bytes:
    return "".join(write(one) + end for one in records).encode()


def _with_items(change: Callable[[int], list[Any]]) -> Ways:
    return lambda records: _lines({**one, "items": change(number)} for number, one in enumerate(records))


def _replaced(old: str, new: str) -> Ways:
    return lambda records: _lines(records[:20]) + _lines(records[20:]).replace(old.encode(), new.encode())


def _two_on_a_line(records: list[dict[str, Any]]) -> bytes:
    text = [_tight(one) for one in records]
    # As many line ends as records, and as many bytes as if every record had its own line.
    return "\n".join([*text[:30], text[30] + text[31], "", *text[32:]]).encode() + b"\n"


def _over_two_lines(records: list[dict[str, Any]]) -> bytes:
    text = [_tight(one) for one in records]
    return "\n".join([*text[:30], text[30].replace('"items"', '\n"items"'), text[31] + text[32], *text[33:]]).encode() + b"\n"


WAYS: dict[str, Ways] = {
    "closely": _lines,
    "with blanks": lambda records: _lines(records, lambda one: json.dumps(one, ensure_ascii=False)),
    "in plain letters": lambda records: _lines(records, json.dumps),
    "in any order": lambda records: _lines(dict(sorted(one.items(), key=lambda pair: crc32(f'{pair[0]}{number}'.encode()))) for number, one in enumerate(records)),
    "with keys in plain letters": _replaced('"grade"', '"gr\\u0061de"'),
    "with what nobody asks for": lambda records: _lines({**one, "面积": number / 8, "边界": [{"点": [number, 1.5]}]} for number, one in enumerate(records)),
    "with what nobody asks for, twice": _replaced('"items"', '"边界":[{"点":1,"点":2}],"items"'),
    "with numbers that are large": _replaced('"size":10', '"size":123456789012345678901'),
    "with bytes that are no text": lambda records: _lines(records).replace("交线路信息50".encode(), b"\xff\xfe"),
    "with signs that may not stand in texts": _replaced("线路信息", "线\x01路"),
    "with line ends of two characters": lambda records: _lines(records, end="\r\n"),
    "with a mark": lambda records: b"\xef\xbb\xbf" + _lines(records),
    "without a last line end": lambda records: _lines(records)[:-1],
    "with blank lines": lambda records: _lines(records[:9]) + b"\n  \n\n" + _lines(records[9:]),
    "two on a line": _two_on_a_line,
    "two on a line with a blank": lambda records: _two_on_a_line(records).replace(b"}{", b"} {"),
    "over two lines": _over_two_lines,
    "with line ends that are none": _replaced("公交", "公\u2028交\u0085路\x7f"),
    "a key twice": _replaced('"grade":2,"related"', '"grade":2,"grade":1,"related"'),
    "a key twice in an item": _replaced('"name":"编号"', '"name":"编号","name":"号编"'),
    "braces in texts": _replaced('"name":"编号"', '"name":"编},{号"'),
    "blanks between items": _replaced("},{", "} ,\t{"),
    "blanks around items": lambda records: _lines(records).replace(b'"items":[{', b'"items":[ {').replace(b"}],", b"} ],"),
    "no items": _with_items(lambda number: []),
    "other things between items": _with_items(lambda number: [_item("甲", 1), *([5, "}", None][number % 3 :][:1] if number > 40 else []), _item("乙", 1)]),
    "items in items": _with_items(lambda number: [{**_item("甲", 1), **({"desc": {"不适用": "没有"}} if number > 40 else {})}, _item("乙", 1)]),
    "many items": _with_items(lambda number: [_item(f"第{at % (MANY - number % 2)}列", at % 3) for at in range(MANY if number % 9 == 8 else 2)]),
    "many names": _with_items(lambda number: [_item(f"第{number * 3 + at % (4 + number % 2)}列", 1) for at in range(5)]),
    "items without this and that": _with_items(
        lambda number: [
            {key: value for key, value in _item(f"第{at}列", at).items() if (number + at) % 5 or key != LACKING[number % 4]}
            for at in range(2 + number % 3)
        ]
    ),
    "items with odd numbers": _with_items(lambda number: [{**_item("甲", 1), "grade": ODD[number % 5]}, {**_item("乙", 0), "length": ODD[number % 4]}]),
    "a long item": _with_items(lambda number: [{**_item("甲", 1), "desc": "长" * 5000, "sensitivity": str(number % 5)}, _item("乙", 1)]),
}  # fmt: skip


@pytest.mark.parametrize(("way", "batch"), [*((way, 20_000) for way in WAYS), ("closely", 1000), ("with blank lines", 1)])
def test_a_stream_finds_what_is_found_in_memory(made: Plan, tmp_path: Path, way: str, batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "BATCH", batch)
    path = tmp_path / "data.ndjson"
    path.write_bytes(WAYS[way](_records()))
    submission = read([path], made.vocabulary)
    runner = Runner(RecordStore(made, submission.records, load_calendar()))
    observed = [one for at in range(len(made.rules)) for one in runner.of_rule(at)]
    run = check_stream(made, path, load_calendar())
    counts: list[Counter[Verdict]] = [Counter() for _ in made.rules]
    for at in range(len(made.rules)):
        counts[at].update(one.verdict for one in runner.of_rule(at))
    assert [+one for one in run.counts] == counts
    told = {(one.rule, *subject_key(one.subject)) for one in observed if one.verdict in (Verdict.FAIL, Verdict.UNDETERMINED)}
    assert {(mark[0], *mark[2:]) for mark in run.marks} == told
    assert [one.code for one in run.diagnostics] == [one.code for one in submission.diagnostics]
    assert [run.read(number)[0].value for number in range(run.records)] == [one.value for one in submission.records]


def test_most_of_these_lines_are_decoded_by_their_types(made: Plan, tmp_path: Path) -> None:
    path = tmp_path / "data.ndjson"
    for way in (
        "closely",
        "with blanks",
        "with line ends of two characters",
        "without a last line end",
        "blanks between items",
        "many items",
    ):
        path.write_bytes(WAYS[way](_records()))
        assert check_stream(made, path, load_calendar()).found.slow == 0, way


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (b"{}\n{}\n", [2, 5]),
        (b"{}\n{}", [2, 5]),
        (b"{}", [2]),
        (b"", []),
        (b"{}\n\n{}\n", None),
        (b"\n{}\n", None),
        (b"{}\r\n{}\r\n", None),
        (b'{"a":{}\n}\n{}{}\n', None),
        (b"{} \n", None),
        (b"[]\n", None),
    ],
)
def test_lines_end_where_a_record_ends(text: bytes, ends: list[int] | None) -> None:
    assert line_ends(text) == ends
