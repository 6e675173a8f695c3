"""Holds the rules on data sharing to their facts: requirements, deadlines and contradictions are each accounted for."""

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import read_rules, shipped_rules
from guiju.standards.load import load_registry
from guiju.store.cache import Cache
from guiju.terms.severity import Severity

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "guiju" / "rules"
FACTS = ROOT.parent / "shared" / "facts" / "data-sharing-facts.yaml"
ACCOUNT = RULES / "accounting-data.yaml"

_DECLARED = re.compile(r"^(规则|人工)\s+\S+\s*/\s*([a-z0-9_]+)", re.MULTILINE)
_DERIVES = re.compile(r"^\s+源自\s+(\S+)")
_SURE = "verified-in-text"


@cache
def account() -> dict[str, Any]:
    """The three parts of the accounting file."""
    found = yaml.safe_load(ACCOUNT.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@cache
def facts() -> dict[str, Any]:
    """The fact base on data sharing."""
    if not FACTS.is_file():
        pytest.skip("../shared is not here")
    found = yaml.load(FACTS.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert isinstance(found, dict)
    return found


@cache
def declared() -> dict[str, tuple[str, str, tuple[str, ...], Path]]:
    """Each rule or provision for people: its keyword, its text, the requirements it derives from, its file."""
    found: dict[str, tuple[str, str, tuple[str, ...], Path]] = {}
    for path in sorted(RULES.rglob("*.gj")):
        text = path.read_text(encoding="utf-8")
        starts = list(_DECLARED.finditer(text))
        ends = [*(one.start() for one in starts[1:]), len(text)]
        for start, end in zip(starts, ends, strict=False):
            body = text[start.start() : end]
            derives = tuple(hit[1] for line in body.splitlines() if (hit := _DERIVES.match(line)))
            # Versions of one rule stand in one file; what any of them says or derives from counts.
            _, said, earlier, _ = found.get(start[2], ("", "", (), path))
            found[start[2]] = (start[1], said + body, (*earlier, *derives), path)
    return found


@cache
def ruleset() -> Ruleset:
    """The shipped rules, compiled."""
    compiled = read_rules([shipped_rules()], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset


def cases_of(name: str) -> str:
    """The text of the cases that stand beside a rule."""
    return declared()[name][3].with_suffix(".cases.yaml").read_text(encoding="utf-8")


def test_every_requirement_is_accounted_for() -> None:
    assert sorted({str(one["id"]) for one in facts()["requirements"]} ^ set(account()["requirements"])) == []


def test_every_account_names_a_rule_a_judge_an_unknown_or_where_it_is_built_in() -> None:
    wanting = [id for id, one in account()["requirements"].items() if not {"rules", "judged", "unknown", "built_in"} & set(one)]
    assert wanting == []


def test_the_account_says_what_the_rules_say() -> None:
    wrong = []
    for id, one in account()["requirements"].items():
        for kind, part in (("规则", "rules"), ("人工", "judged")):
            said = sorted(name for name, (word, _, derives, _) in declared().items() if word == kind and id in derives)
            if sorted(one.get(part, [])) != said:
                wrong.append(f"{id} {part}: {one.get(part, [])} but {said}")
    assert wrong == []


def test_what_was_not_read_is_never_more_than_a_hint() -> None:
    sure = {str(one["id"]) for one in facts()["requirements"] if one["confidence"] == _SURE}
    known = {str(one["id"]) for one in facts()["requirements"]}
    loud = []
    for rule in ruleset().rules:
        said = declared().get(rule.id.rsplit(".", 1)[-1])
        if said is None or said[0] != "规则" or not said[2] or not set(said[2]) <= known - sure:
            continue
        if rule.severity != Severity.ADVISORY.id:
            loud.append(f"{rule.id} is {rule.severity}, but nothing it derives from was read")
    assert loud == []


def test_what_nobody_has_seen_has_no_rule() -> None:
    unseen = [id for id, one in account()["requirements"].items() if "unknown" in one]
    assert unseen != []
    assert [id for id in unseen if {"rules", "judged"} & set(account()["requirements"][id])] == []


def test_every_deadline_is_counted_by_a_rule_of_its_requirement() -> None:
    said = account()["deadlines"]
    assert sorted({str(one["id"]) for one in facts()["deadlines"]} ^ set(said)) == []
    wrong = []
    for one in facts()["deadlines"]:
        entry = said[one["id"]]
        for name in entry["rules"]:
            _, text, derives, _ = declared()[name]
            if one["requirement"] not in derives or entry["says"] not in text:
                wrong.append(f"{one['id']}: {name}")
        if not entry["rules"]:
            wrong.append(f"{one['id']}: no rule")
    assert wrong == []


def test_every_deadline_says_the_number_of_the_fact() -> None:
    numbers = [
        (one["id"], str(one[part]))
        for one in facts()["deadlines"]
        for part in ("workdays", "years", "months", "days")
        if one.get(part) is not None
    ]
    assert len(numbers) >= len(facts()["deadlines"]) - 1
    said = account()["deadlines"]
    assert [(id, number) for id, number in numbers if number not in re.findall(r"[0-9]+", said[id]["says"])] == []


def test_every_contradiction_is_handled() -> None:
    assert sorted({one["topic"] for one in facts()["conflicts"]} ^ set(account()["contradictions"])) == []
    assert [topic for topic, one in account()["contradictions"].items() if not {"rules", "how"} & set(one)] == []
    named = {name for one in account()["contradictions"].values() for name in one.get("rules", [])}
    assert named - set(declared()) == set()


@pytest.mark.parametrize("topic", [topic for topic, one in account()["contradictions"].items() if "day" in one])
def test_a_contradiction_in_time_has_a_case_for_the_day_and_for_the_day_before(topic: str) -> None:
    entry = account()["contradictions"][topic]
    day = date.fromisoformat(entry["day"])
    text = "".join(cases_of(name) for name in entry["rules"])
    assert day.isoformat() in text
    assert (day - timedelta(days=1)).isoformat() in text


def test_no_rule_cites_the_part_that_may_never_have_been_published() -> None:
    assert [rule.id for rule in ruleset().rules for one in rule.citations if one.instrument.startswith("GB_T_21063.5")] == []


def test_a_recommended_standard_cannot_block() -> None:
    text = (
        "规则 甲 / a\n  依据     GB/T 43697-2024\n  对象     物\n  应当     名称 已提供\n  整改     写明。\n  严重程度 阻断\n"
        "对象 物 / thing\n  名称 name 文本\n"
    )
    made, found = compile_rules((Source("a.gj", text),), load_registry())
    assert "C005" in [one.code for one in found]
    assert made is not None
    assert [one.severity for one in made.rules if not one.implicit] == [Severity.MAJOR.id]
