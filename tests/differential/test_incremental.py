"""After any edits of data and of rules, judging only what can have changed gives every observation of a full run."""

import os
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.catalog.records.model import Record
from guiju.dsl.ir import tree as ir
from guiju.standards.load import load_calendar
from guiju.store.cache import Cache
from guiju.store.incremental import Incremental
from guiju.validators.engines.compiled.run import CompiledEngine
from guiju.validators.engines.interpreter.runner import run
from guiju.validators.plan.from_ruleset import plan
from tests.differential.strategies import AS_OF, Drawn, records, rulesets

SIZE = int(os.environ.get("GUIJU_SIZE", "100"))
# A history is some runs, each of them twice.
_SAME = settings(max_examples=max(SIZE // 3, 1), deadline=None, suppress_health_check=list(HealthCheck))
Rules, Records = tuple[ir.Rule, ...], tuple[Record, ...]


def _numbered(found: list[Record]) -> Records:
    return tuple(replace(one, number=at) for at, one in enumerate(found))


def _edited_records(draw: st.DrawFn, found: Records) -> Records:
    other, at = draw(records())[0], draw(st.integers(0, len(found) - 1))
    rest = list(found)
    match draw(st.sampled_from(("change", "put in", "take out", "turn round", "double", "nothing"))):
        case "change":
            rest[at] = other
        case "put in":
            rest.insert(at, other)
        case "take out" if len(rest) > 1:
            del rest[at]
        case "turn round":
            rest.reverse()
        case "double":
            rest.append(rest[at])
        case _:
            pass
    return _numbered(rest)


def _edited_rules(draw: st.DrawFn, rules: Rules) -> Rules:
    fresh = draw(rulesets()).rules
    at, other = draw(st.integers(0, len(rules) - 1)), fresh[0]
    match draw(st.sampled_from(("change", "take out", "put in", "force", "another version", "nothing"))):
        case "change":
            return (*rules[:at], replace(other, id=rules[at].id, yields_to=()), *rules[at + 1 :])
        case "take out" if len(rules) > 1:
            gone = rules[at].id
            left = tuple(one for one in rules if one.id != gone)
            return tuple(replace(one, yields_to=tuple(name for name in one.yields_to if name != gone)) for one in left)
        case "put in":
            return (*rules[:at], replace(other, id=f"n{len(rules)}{draw(st.integers(0, 99))}", yields_to=()), *rules[at:])
        case "force":
            turned = replace(rules[at], force=draw(st.sampled_from(list(type(rules[at].force)))), empty_passes=not rules[at].empty_passes)
            return (*rules[:at], turned, *rules[at + 1 :])
        case "another version":
            return (*rules[:at], replace(rules[at], version="2"), *rules[at + 1 :])
        case _:
            return rules


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[Rules, Records, date]]:
    """A catalog and its rules, and what becomes of both in some edits."""
    rules, found, day = draw(rulesets()).rules, draw(records()), AS_OF
    told = [(rules, found, day)]
    for _ in range(draw(st.integers(1, 4))):
        match draw(st.sampled_from(("data", "data", "rules", "both", "day"))):
            case "data":
                found = _edited_records(draw, found)
            case "rules":
                rules = _edited_rules(draw, rules)
            case "both":
                rules, found = _edited_rules(draw, rules), _edited_records(draw, found)
            case _:
                day = draw(st.sampled_from((AS_OF, date(2019, 6, 30), date(2031, 1, 1))))
        told.append((rules, found, day))
    return told


def _followed(history: list[tuple[Rules, Records, date]], full: Any) -> list[int]:
    """Every step judged both ways; how many verdicts each step took over."""
    kept = []
    with tempfile.TemporaryDirectory() as folder:
        for rules, found, day in history:
            made = plan(Drawn(rules), as_of=day)
            engine = Incremental(Cache(Path(folder)), "drawn", "1", full)
            assert list(engine.run(made, found, load_calendar())) == list(run(made, found, load_calendar()))
            kept.append(engine.kept)
    return kept


@given(histories())
@_SAME
def test_a_history_of_edits_is_judged_as_full_runs_judge_it(history: list[tuple[Rules, Records, date]]) -> None:
    _followed(history, None)


@given(histories())
@_SAME
def test_a_history_of_edits_beside_the_generated_checker_is_judged_as_full_runs_judge_it(
    history: list[tuple[Rules, Records, date]],
) -> None:
    _followed(history, CompiledEngine())


@given(rulesets(), records())
@_SAME
def test_what_has_not_changed_is_taken_over(rules: Drawn, found: Records) -> None:
    """The properties above would hold of an engine that keeps nothing."""
    verdicts = len(list(run(plan(rules, as_of=AS_OF), found, load_calendar())))
    assert _followed([(rules.rules, found, AS_OF)] * 2, None) == [0, verdicts]
