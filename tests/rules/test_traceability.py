"""Holds the shipped rule text to its facts: each rule has cases, and each digest is that of the requirement it came from.

It reads the rule files as text, so that it can tell of a file which does not compile.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from guiju.author.coverage import Account, Cover, Covered, coverage_of, editions_named
from guiju.pipeline import read_rules, shipped_rules
from guiju.standards.load import load_registry
from guiju.store.cache import Cache

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "guiju" / "rules"
FACTS = ROOT.parent / "shared" / "facts"
FACT_FILES = ("data-sharing-facts.yaml", "project-requirements.yaml")

_RULE = re.compile(r"^规则\s+(\S+)\s*/\s*([a-z0-9_]+)\s*$", re.MULTILINE)
# Checks of the seventeen tasks, whose digests test_accounting_tasks.py compares.
_TASK = re.compile(r"T[0-9]{2}-[PW][0-9]")
_DERIVES = re.compile(r"^\s+(?:源自|derives)\s+(\S+)(?:\s+([0-9a-f]+))?\s*$", re.MULTILINE)


def rule_files() -> list[Path]:
    """Every rule file of the package, in order."""
    return sorted(RULES.rglob("*.gj"))


def declared_rules() -> Iterator[tuple[Path, str]]:
    """Each declared rule with its file."""
    for path in rule_files():
        for found in _RULE.finditer(path.read_text(encoding="utf-8")):
            yield path, found[2]


def test_every_rule_has_cases_beside_it() -> None:
    bare = []
    for path, name in declared_rules():
        cases = path.with_suffix(".cases.yaml")
        if not cases.is_file() or f"rule: {name}" not in cases.read_text(encoding="utf-8"):
            bare.append(f"{path.relative_to(RULES)}: {name}")
    assert bare == []


def test_every_cases_file_stands_beside_a_rule() -> None:
    rules = {path.with_suffix("") for path in RULES.rglob("*.gj")}
    orphans = [str(path) for path in sorted(RULES.rglob("*.cases.yaml")) if Path(str(path).removesuffix(".cases.yaml")) not in rules]
    assert orphans == []


def test_no_rule_name_is_used_in_two_files() -> None:
    # In one file a name may stand more than once: the versions of one rule.
    places: dict[str, set[str]] = {}
    for path, name in declared_rules():
        places.setdefault(name, set()).add(str(path.relative_to(RULES)))
    assert {name: sorted(files) for name, files in places.items() if len(files) > 1} == {}


def test_every_digest_is_that_of_the_requirement() -> None:
    if not FACTS.is_dir():
        pytest.skip("../shared is not here")
    texts: dict[str, str] = {}
    for name in FACT_FILES:
        facts = yaml.load((FACTS / name).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        texts |= {str(one["id"]): str(one["text_zh"]) for one in facts["requirements"]}
    # What the fact base does not hold is said by the registry in our words.
    recorded = (said for one in load_registry().editions for clause in one.clauses for said in clause.provisions)
    texts = {said.fact: said.says.zh for said in recorded} | texts
    stale = []
    for path in rule_files():
        for found in _DERIVES.finditer(path.read_text(encoding="utf-8")):
            if _TASK.fullmatch(found[1]):
                continue
            text = texts.get(found[1])
            digest = hashlib.sha256(text.encode()).hexdigest()[:12] if text is not None else "no such requirement"
            if digest != found[2]:
                stale.append(f"{path.relative_to(RULES)}: {found[1]} is {digest}")
    assert stale == []


def covered() -> tuple[Covered, ...]:
    """Every clause of the registry with what covers it, and the reasons that the accounting files give."""
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    accounts: dict[str, Account] = {}
    for path in RULES.glob("accounting*.yaml"):
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))["requirements"]
        accounts |= {id: Account(unknown=str(one.get("unknown", "")), left=str(one.get("left", ""))) for id, one in entries.items()}
    return coverage_of(editions_named(None, load_registry()), ruleset, accounts)


def test_every_recorded_provision_has_a_rule_a_judge_or_a_reason() -> None:
    provisions = [said for one in covered() for clause in one.clauses for said in clause.provisions]
    assert len(provisions) > 400
    assert [said.provision.fact for said in provisions if said.cover is Cover.OPEN] == []


def test_no_rule_was_written_from_another_wording() -> None:
    stale = {id for one in covered() for clause in one.clauses for said in clause.provisions for id in said.stale}
    assert stale == set()
