"""Holds the account of the seventeen tasks to their facts: every check of a proposal, a plan or a report, one by one."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import read_rules, shipped_rules
from guiju.standards.load import load_registry
from guiju.standards.model import Edition, Status
from guiju.store.cache import Cache
from guiju.terms.severity import Severity

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "guiju" / "rules"
FACTS = ROOT.parent / "shared" / "facts" / "seed-tasks.yaml"
PARTS = {"P": "check_proposal", "W": "check_workplan"}

_DECLARED = re.compile(r"^(规则|人工)\s+\S+\s*/\s*([a-z0-9_]+)")
_DERIVES = re.compile(r"^\s+源自\s+(\S+)\s+([0-9a-f]+)")
_TASK = re.compile(r"T[0-9]{2}-[PW][0-9]")


@cache
def checks() -> dict[str, str]:
    """Each check of the fact base by its id; a text that several tasks share only where it comes first."""
    if not FACTS.is_file():
        pytest.skip("../shared is not here")
    found: dict[str, str] = {}
    for task in yaml.safe_load(FACTS.read_text(encoding="utf-8"))["tasks"]:
        for letter, part in PARTS.items():
            for number, text in enumerate(task[part], 1):
                if text not in found.values():
                    found[f"{task['key']}-{letter}{number}"] = text
    return found


@cache
def account() -> dict[str, dict[str, Any]]:
    """What the accounting file says of each check."""
    found = yaml.safe_load((RULES / "accounting-tasks.yaml").read_text(encoding="utf-8"))["requirements"]
    assert isinstance(found, dict)
    return found


@cache
def derived() -> dict[str, dict[str, list[tuple[str, str]]]]:
    """By keyword and id: the names that derive from it, each with the digest that it writes."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {"规则": {}, "人工": {}}
    for path in sorted(RULES.rglob("*.gj")):
        kind = name = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if declared := _DECLARED.match(line):
                kind, name = declared[1], declared[2]
            elif derives := _DERIVES.match(line):
                found[kind].setdefault(derives[1], []).append((name, derives[2]))
    return found


@cache
def ruleset() -> Ruleset:
    """The shipped rules, compiled."""
    compiled = read_rules([shipped_rules()], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset


def test_every_check_of_every_task_is_accounted_for() -> None:
    assert sorted(set(checks()) ^ set(account())) == []


def test_there_are_checks_of_all_seventeen_tasks() -> None:
    assert {id[:3] for id in checks() if id[4] == "P"} == {f"T{number:02}" for number in range(1, 18)}


def test_every_account_names_a_rule_or_a_judge_or_says_that_it_is_unknown() -> None:
    assert [id for id, one in account().items() if not {"rules", "judged", "unknown"} & set(one)] == []


def test_the_account_says_what_the_rules_say() -> None:
    wrong = []
    for id, one in account().items():
        for kind, part in (("规则", "rules"), ("人工", "judged")):
            said = sorted({name for name, _ in derived()[kind].get(id, [])})
            if sorted(one.get(part, [])) != said:
                wrong.append(f"{id} {part}: {one.get(part, [])} but {said}")
    assert wrong == []


def test_no_rule_derives_from_a_check_that_is_not_there() -> None:
    named = {id for kind in derived().values() for id in kind if _TASK.fullmatch(id)}
    assert named - set(account()) == set()


def test_every_digest_is_that_of_the_check() -> None:
    stale = [
        f"{name}: {id}"
        for kind in derived().values()
        for id, text in checks().items()
        for name, digest in kind.get(id, [])
        if digest != hashlib.sha256(text.encode()).hexdigest()[:12]
    ]
    assert stale == []


def test_what_is_only_our_inference_is_never_more_than_a_hint() -> None:
    # Rules that state what the document itself says, of units, roles, plans and sites, derive from it and from these checks.
    own = {
        "role_as_assigned",
        "plan_covers_its_tasks",
        "plan_task_has_measures",
        "plan_filed",
        "plan_filed_in_time",
        "plan_goes_to_the_office",
    }
    texts: dict[str, set[str]] = {}
    for id, names in derived()["规则"].items():
        for name, _ in names:
            texts.setdefault(name, set()).add(id)
    laws = {"notice_sign_set", "no_camera_in_private_places", "minors_have_rules"}
    inferred = {name for name, ids in texts.items() if all(_TASK.fullmatch(id) for id in ids)} - own - laws
    loud = [one.id for one in ruleset().rules if one.id.rsplit(".", 1)[-1] in inferred and one.severity != Severity.ADVISORY.id]
    assert loud == []
    assert len(inferred) > 50


def test_every_replaced_standard_of_the_registry_is_told_to_one_who_cites_it() -> None:
    replaced = [one for one in load_registry().editions if one.status is Status.REPLACED and one.number and "standard" in one.level.value]
    cases = yaml.safe_load((RULES / "seed34" / "2_4_1_cited_edition_has_a_successor.cases.yaml").read_text(encoding="utf-8"))["cases"]
    told = "".join(str(case) for case in cases) + "".join(path.read_text(encoding="utf-8") for path in RULES.rglob("*_not_cited.gj"))
    assert [one.number for one in replaced if str(one.number) not in told] == []
    assert [(one.number, str(one.until)) for one in replaced if not _dated(one)] == []


def _dated(one: Edition) -> bool:
    """Whether the hint begins on the day after the registry's last day, where that is known and lies in the term of the rule."""
    text = (RULES / "seed34" / "2_4_1_cited_edition_has_a_successor.gj").read_text(encoding="utf-8")
    own = "".join(path.read_text(encoding="utf-8") for path in RULES.rglob("*_not_cited.gj"))
    assert one.number is not None
    return one.number in own or one.until is None or str(one.until) < "2020-04-28" or f"检查日 晚于 {one.until}" in text
