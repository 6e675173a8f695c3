"""The proposal complies, costs no more than any other, and is said not to exist where clauses exclude each other."""

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.proofs.conftest import Done
from tests.proofs.test_planted import DAY, rules_of, written

pytest.importorskip("z3")

from guiju.proofs.plan_change import cost_of, plan_change
from guiju.proofs.replay import as_records, judged
from guiju.proofs.solver import Answer
from guiju.proofs.written import Documents
from guiju.terms.verdict import Verdict

RULES = ("甲 > 5", "若 可 是 是 则 甲 < 8 否则 色 是 红", "乙 已提供")
RECORDS: tuple[dict[str, Any], ...] = (
    {"a": 3, "flag": "true"},
    {"a": 9, "flag": "true", "b": 1},
    {"a": 9, "flag": "false", "colour": "蓝", "b": 1},
    {"a": 6, "flag": "true", "b": 2},
    {},
)
_CHOICES: dict[str, tuple[Any, ...]] = {
    "a": (None, 3, 6, 7, 9),
    "b": (None, 1, 2),
    "flag": (None, "true", "false"),
    "colour": (None, "红", "蓝"),
}


def cheapest(record: dict[str, Any], made: Any, setting: Any) -> int:
    """The least cost by trying every document."""
    best = 10**6
    shape = made.vocabulary.shape("thing")
    for values in itertools.product(*_CHOICES.values()):
        tried = {id: value for id, value in zip(_CHOICES, values, strict=True) if value is not None}
        found = judged(made.rules, made, as_records(Documents({"thing": [tried]})), DAY, setting.calendar)
        if all(verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE) for seen in found.values() for _, _, verdict in seen):
            cost = sum(cost_of(shape.field(id), id in record) for id in _CHOICES if record.get(id) != tried.get(id))
            best = min(best, cost)
    return best


@pytest.mark.parametrize("record", RECORDS)
def test_nothing_is_cheaper(record: dict[str, Any]) -> None:
    made, setting = written(RULES)
    found = plan_change("thing", record, None, setting)
    assert found.answer is Answer.YES and found.smallest and not found.breaches
    assert sum(one.cost for one in found.steps) == cheapest(record, made, setting)


def test_clauses_that_forbid_it_are_named() -> None:
    made, setting = written(("甲 > 5", "甲 < 3", "乙 已提供"))
    found = plan_change("thing", {"a": 4}, None, setting)
    assert found.answer is Answer.NO
    assert [[one.id for one in clash.rules] for clash in found.clashes] == [[one.id for one in rules_of(made)[:2]]]


def test_filling_alone_says_what_stands_in_the_way() -> None:
    _, setting = written(RULES)
    found = plan_change("thing", {"a": 3, "flag": "true"}, None, setting, fill_only=True)
    assert (found.answer, found.held) == (Answer.NO, ("a",))
    found = plan_change("thing", {"a": 6, "flag": "true"}, None, setting, fill_only=True)
    assert [(one.field, one.before) for one in found.steps] == [("b", None)]


def test_the_command_proposes_and_writes_nothing(guiju: Callable[..., Done], tmp_path: Path) -> None:
    from tests.proofs.test_release import written as write

    rules = write(tmp_path / "rules.gj", *RULES)
    things = tmp_path / "things.json"
    things.write_text(json.dumps([{"kind": "thing", "a": 3, "flag": True}]), encoding="utf-8")
    before = things.read_bytes()
    done = guiju("fix", "--plan", things, "--rules", rules)
    assert done.exit_code == 0, done.stderr
    assert "a" in done.stdout and things.read_bytes() == before
    done = guiju("complete", "--plan", things, "--rules", rules)
    assert done.exit_code == 1 and done.stdout
