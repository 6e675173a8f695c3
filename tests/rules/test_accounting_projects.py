"""Holds the rules on projects to their facts: each requirement is checked by a rule, judged by people, or said to be unknown."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from guiju.catalog.read import read
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission, read_rules, shipped_rules
from guiju.standards.load import load_calendar
from guiju.store.cache import Cache
from guiju.terms.severity import Severity
from guiju.terms.verdict import Verdict

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "guiju" / "rules"
FACTS = ROOT.parent / "shared" / "facts" / "project-requirements.yaml"
ACCOUNT = RULES / "accounting-projects.yaml"
EXAMPLES = sorted((ROOT / "examples" / "projects").glob("*.yaml"))

_LOUDEST = {"error": Severity.BLOCKING, "warning": Severity.MINOR, "info": Severity.ADVISORY}
_DECLARED = re.compile(r"^(规则|人工)\s+\S+\s*/\s*([a-z0-9_]+)", re.MULTILINE)
_DERIVES = re.compile(r"^\s+源自\s+(\S+)")


@cache
def account() -> dict[str, dict[str, Any]]:
    """What the accounting file says of each requirement."""
    found = yaml.safe_load(ACCOUNT.read_text(encoding="utf-8"))["requirements"]
    assert isinstance(found, dict)
    return found


@cache
def facts() -> dict[str, dict[str, Any]]:
    """The requirements of the fact base, by their ids."""
    if not FACTS.is_file():
        pytest.skip("../shared is not here")
    return {str(one["id"]): one for one in yaml.safe_load(FACTS.read_text(encoding="utf-8"))["requirements"]}


@cache
def derived() -> dict[tuple[str, str], list[str]]:
    """The names of the rules (规则) and of the provisions judged by people (人工) that derive from each requirement."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in sorted(RULES.rglob("*.gj")):
        kind = name = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if declared := _DECLARED.match(line):
                kind, name = declared[1], declared[2]
            elif derives := _DERIVES.match(line):
                found.setdefault((kind, derives[1]), []).append(name)
    return found


@cache
def ruleset() -> Ruleset:
    """The shipped rules, compiled."""
    compiled = read_rules([shipped_rules()], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset


def test_every_requirement_is_accounted_for() -> None:
    assert sorted(set(facts()) ^ set(account())) == []


def test_every_account_names_a_rule_a_judge_or_an_unknown() -> None:
    assert [id for id, one in account().items() if not {"rules", "judged", "unknown"} & set(one)] == []


def test_the_account_says_what_the_rules_say() -> None:
    wrong = []
    for id, one in account().items():
        for kind, part in (("规则", "rules"), ("人工", "judged")):
            if sorted(one.get(part, [])) != sorted(derived().get((kind, id), [])):
                wrong.append(f"{id} {part}: {one.get(part, [])} but {derived().get((kind, id), [])}")
    assert wrong == []


def test_no_rule_is_louder_than_its_evidence() -> None:
    severities = {one.id.rsplit(".", 1)[-1]: next(step for step in Severity if step.id == one.severity) for one in ruleset().rules}
    loud = [
        f"{name} is {severities[name].id}, the evidence for {id} bears {one['effective_severity']}"
        for id, one in facts().items()
        for name in derived().get(("规则", id), [])
        if severities[name] > _LOUDEST[one["effective_severity"]]
    ]
    assert loud == []


def test_a_clause_whose_number_was_not_seen_never_blocks() -> None:
    unseen = [one for one in ruleset().rules if any("条号未核" in cited.text for cited in one.citations)]
    assert len(unseen) > 10
    assert [one.id for one in unseen if one.severity == Severity.BLOCKING.id] == []
    assert [one.id for one in unseen if one.why is None] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.stem))
def test_a_shipped_example_breaks_no_rule_on_its_day(path: Path) -> None:
    submission = read([path], ruleset().vocabulary)
    assert submission.diagnostics == ()
    assert submission.submitted is not None
    report = check_submission(ruleset(), submission, as_of=submission.submitted, calendar=load_calendar(), show_passed=True)
    bad = [f"{one.rule} {one.subject}" for one in report.findings if one.verdict in (Verdict.FAIL, Verdict.ERROR, Verdict.UNDETERMINED)]
    assert bad == []
    assert any(one.verdict is Verdict.PASS for one in report.findings)


def test_there_is_an_example_of_each_kind_of_project() -> None:
    kinds = next(one for one in ruleset().vocabulary.codes if one.id == "project_kind")
    shown = {yaml.safe_load(path.read_text(encoding="utf-8")).get("项目方案", {}).get("项目类型") for path in EXAMPLES}
    assert {one.name.zh for one in kinds.entries} - shown == set()
