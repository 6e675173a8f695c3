"""A run that judges only what can have changed finds what a full run finds, after edits of data and of rules."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load import load_calendar, load_registry
from guiju.store.cache import Cache
from guiju.store.incremental import Incremental
from guiju.terms.verdict import Verdict
from guiju.validators.engines.compiled.run import CompiledEngine
from guiju.validators.validate import Outcome, validate

AS_OF = date(2026, 6, 30)
CALENDAR = load_calendar()


def _rules(root: Path, old: str = "", new: str = "") -> Ruleset:
    text = (root / "benchmarks" / "bench.gj").read_text("utf-8")
    assert old in text
    ruleset, _ = compile_rules((Source("bench.gj", text.replace(old, new, 1) if old else text),), load_registry())
    assert ruleset is not None
    return replace(ruleset, rules=tuple(replace(one, status="active") for one in ruleset.rules))


def _record(number: int, **change: Any) -> dict[str, Any]:
    return {
        "title": f"数据集{number}",
        "identifier": f"420100-001-{number:08d}",
        "provider": {"name": f"单位{number % 3}", "uscc": "11420100000000000A"},
        "sharing": {"type": str(1 + number % 3)},
        "related": [f"420100-001-{number + 1:08d}"],
        "items": [{"name": "序号", "type": "N", "length": 10}, {"name": "名称" if number % 4 else " ", "type": "C"}],
        **change,
    }


def _checked(ruleset: Ruleset, folder: Path, records: list[dict[str, Any]], engine: Incremental | None) -> Outcome:
    path = folder / "data.ndjson"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    submission = read([path], ruleset.vocabulary)
    return validate(ruleset, submission, as_of=AS_OF, calendar=CALENDAR, show_passed=True, engine=engine)


def _engine(folder: Path) -> Incremental:
    return Incremental(Cache(folder / "memo"), "data.ndjson", "1", CompiledEngine())


def test_nothing_is_judged_again_when_nothing_has_changed(root: Path, tmp_path: Path) -> None:
    ruleset, records = _rules(root), [_record(number) for number in range(12)]
    first, again = _engine(tmp_path), _engine(tmp_path)
    full = _checked(ruleset, tmp_path, records, None)
    assert _checked(ruleset, tmp_path, records, first) == full and first.judged > 0 == first.kept
    assert _checked(ruleset, tmp_path, records, again) == full and again.kept == first.judged and again.judged == 0


_EDITS = {
    "a title": lambda records: [*records[:4], _record(4, title=" "), *records[5:]],
    "a line taken out": lambda records: records[:3] + records[4:],
    "a line put in before all": lambda records: [_record(40, items="无"), *records],
    "a twin": lambda records: [*records, records[2]],
    "another order": lambda records: records[::-1],
    "a number past 64 bits": lambda records: [*records, _record(60, grade=10**30)],
}


@pytest.mark.parametrize("edit", _EDITS)
def test_an_edit_of_data_leads_to_what_a_full_run_finds(root: Path, tmp_path: Path, edit: str) -> None:
    ruleset, records = _rules(root), [_record(number) for number in range(12)]
    cold, warm = _engine(tmp_path), _engine(tmp_path)
    _checked(ruleset, tmp_path, records, cold)
    edited = _EDITS[edit](records)
    assert _checked(ruleset, tmp_path, edited, warm) == _checked(ruleset, tmp_path, edited, None)
    assert 0 < warm.judged < cold.judged / 2


def test_an_edit_of_one_rule_judges_that_rule_again(root: Path, tmp_path: Path) -> None:
    ruleset, records = _rules(root), [_record(number) for number in range(12)]
    cold, warm = _engine(tmp_path), _engine(tmp_path)
    _checked(ruleset, tmp_path, records, cold)
    rule = next(one for one in ruleset.rules if not one.subject.path and not one.force.forbids)
    other = next(one for one in ruleset.rules if one.subject == rule.subject and one.requirement != rule.requirement and one is not rule)
    changed = replace(ruleset, rules=tuple(replace(one, requirement=other.requirement) if one is rule else one for one in ruleset.rules))
    assert _checked(changed, tmp_path, records, warm) == _checked(changed, tmp_path, records, None)
    assert 0 < warm.judged == len(records)


def test_another_day_judges_everything_again(root: Path, tmp_path: Path) -> None:
    ruleset, records = _rules(root), [_record(number) for number in range(12)]
    _checked(ruleset, tmp_path, records, _engine(tmp_path))
    submission = read([tmp_path / "data.ndjson"], ruleset.vocabulary)
    engine = _engine(tmp_path)
    outcome = validate(ruleset, submission, as_of=date(2031, 1, 1), calendar=CALENDAR, engine=engine)
    assert outcome == validate(ruleset, submission, as_of=date(2031, 1, 1), calendar=CALENDAR)
    assert engine.kept == 0 and any(one.verdict is Verdict.FAIL for one in outcome.findings)


def test_a_damaged_copy_is_made_anew(root: Path, tmp_path: Path) -> None:
    ruleset, records = _rules(root), [_record(number) for number in range(12)]
    full = _checked(ruleset, tmp_path, records, _engine(tmp_path))
    for file in (tmp_path / "memo").rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")
    engine = _engine(tmp_path)
    assert _checked(ruleset, tmp_path, records, engine) == full and engine.kept == 0
