"""The shipped rules on lines of each kind that the examples show: a stream gives the outcome that memory gives, whatever form a rule has."""

import json
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import memo_of, read_rules, shipped_rules
from guiju.standards.load import load_calendar
from guiju.terms.types import ListT
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.streaming import findings_of_marks
from guiju.validators.streaming.run_local import check_stream
from guiju.validators.validate import validate
from guiju.validators.validate_stream import validate_stream

AS_OF = date(2026, 3, 17)
KINDS = ("project", "work_plan", "dataset", "progress_report")


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Ruleset:
    made = read_rules([shipped_rules()], memo_of({"XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache"))})).ruleset
    assert made is not None
    return made


def _values(root: Path, rules: Ruleset, kind: str) -> Iterator[dict[str, Any]]:
    files = sorted(one for one in (root / "examples").rglob("*.yaml") if "build" not in one.name)
    for record in read(files, rules.vocabulary).records:
        if record.shape == kind:
            yield json.loads(json.dumps(record.value, default=str))


def _tells_of_a_list(rules: Ruleset, value: dict[str, Any]) -> bool:
    shape = next(one for one in rules.vocabulary.shapes if one.id == "dataset")
    lists = {field.id for field in shape.fields if isinstance(field.type, ListT)}
    return any(isinstance(value.get(one), dict) for one in lists)


def _spoilt(value: dict[str, Any], draw: random.Random, others: list[dict[str, Any]]) -> dict[str, Any]:
    """The same with a field gone, taken from another, or written so that nobody can read it."""
    spoilt = dict(value)
    for _ in range(draw.randrange(3)):
        field = draw.choice(list(spoilt))
        spoilt[field] = draw.choice(
            [None, "待定", "无", {"不适用": "没有"}, draw.choice(others).get(field), draw.choice(others).get(field)]
        )
    return spoilt


def _checked(rules: Ruleset, data: Path, kind: str | None, **more: Any) -> None:
    streamed = validate_stream(rules, data, as_of=AS_OF, calendar=load_calendar(), kind=kind, **more).outcome
    memory = validate(rules, read([data], rules.vocabulary, kind=kind), as_of=AS_OF, calendar=load_calendar())
    assert streamed.subjects == memory.subjects
    assert streamed.tally == memory.tally
    for mine, other in zip(streamed.findings, memory.findings, strict=True):
        assert mine == other


def test_who_is_found_by_many_is_told_as_in_memory(root: Path, rules: Ruleset, tmp_path: Path) -> None:
    """Providers with two codes, codes with two providers, titles made by dragging: each is found by more than are named."""
    draw, values = random.Random(7), list(_values(root, rules, "dataset"))
    lines = []
    for number in range(90):
        one = dict(
            draw.choice(values), provider=f"市第{number % 3}局", provider_code=f"1142010000000000{number % 2}A", abstract="同一段摘要，" * 8
        )
        lines.append(
            {**one, "title": f"某某数据{draw.choice('一二')}{number // 3}", "code": f"42{number // 2}", "related": ["420", f"42{number}"]}
        )
    data = tmp_path / "data.ndjson"
    data.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), "utf-8")
    _checked(rules, data, "dataset")
    _checked(rules, data, "dataset", keys=20)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_stream_has_the_outcome_of_memory(root: Path, rules: Ruleset, tmp_path: Path, kind: str, seed: int) -> None:
    draw, values = random.Random(seed), list(_values(root, rules, kind))
    assert values
    lines = values + [_spoilt(draw.choice(values), draw, values) for _ in range(40)]
    data = tmp_path / "data.ndjson"
    data.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), "utf-8")
    _checked(rules, data, kind)


def test_several_processes_tell_what_one_tells(root: Path, rules: Ruleset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw, values = random.Random(5), list(_values(root, rules, "dataset"))
    lines = [_spoilt(draw.choice(values), draw, values) for _ in range(40)]
    data = tmp_path / "data.ndjson"
    data.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), "utf-8")
    monkeypatch.setattr(findings_of_marks, "_AT_ONCE", 7)
    monkeypatch.setattr(findings_of_marks, "in_order", counted := Counted(findings_of_marks.in_order))
    _checked(rules, data, "dataset", workers=2)
    assert counted.pieces > 3


class Counted:
    """Notes how many pieces of work were shared out."""

    def __init__(self, share: Callable[..., Iterator[Any]]) -> None:
        self.share, self.pieces = share, 0

    def __call__(self, workers: int, prepare: Any, pieces: int) -> Iterator[Any]:
        self.pieces = pieces
        return self.share(workers, prepare, pieces)


def test_a_kind_that_is_not_stated_is_seen_by_keys_that_no_other_kind_has(root: Path, rules: Ruleset, tmp_path: Path) -> None:
    """Other kinds know many of the same keys; a record that lacks what tells them apart is read as memory reads it."""
    # A list that is not there but told of (`{待定: …}`) is read slowly for itself; that is not what is counted here.
    draw, values = random.Random(3), [one for one in _values(root, rules, "dataset") if not _tells_of_a_list(rules, one)]
    lines = [dict(draw.choice(values), code=f"42{number}") for number in range(60)]
    planned = plan(rules, as_of=AS_OF, shapes=frozenset({"dataset"}))
    for number, one in enumerate(lines):
        for key in draw.sample(list(one), draw.randrange(len(one) - 4) if number % 4 == 0 else 0):
            del one[key]
    data = tmp_path / "data.ndjson"
    data.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines if one), "utf-8")
    _checked(rules, data, None)
    run = check_stream(planned, data, load_calendar())
    assert run.checker.layout is not None and run.checker.layout.anchors and 0 < run.found.slow < 20
