"""Builds a release: compiles the rules, runs their cases, asks the solver, compares with the release before, and seals it all."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from guiju.catalog.read import read
from guiju.commands.shared.example_files import good_examples
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.terminal.terminal import print_diagnostics
from guiju.diagnostics.decoding import decode_bytes
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import memo_of, rule_files, shipped_rules
from guiju.release.build import contents, faults_of
from guiju.release.bundle import make, open_bundle
from guiju.release.versions import next_version, plain_changes, step_of
from guiju.standards.load_tables import load_calendar
from guiju.standards.packed import packed_text
from guiju.terms.tongue import Both
from guiju.validators.testing.cases import CaseResult, read_cases, run_cases

__all__ = ["Refused", "build"]

_CASES = ".cases.yaml"


class Refused(Exception):
    """The rules cannot be published; `words` are the reasons."""

    def __init__(self, words: tuple[Both, ...]) -> None:
        super().__init__(len(words))
        self.words = words


def build(
    paths: tuple[Path, ...],
    add_rules: tuple[Path, ...],
    *,
    previous: Path | None,
    as_of: date | None,
    impact_on: tuple[str, ...],
    color: bool | None,
) -> bytes | None:
    """The sealed file; None where the rules do not compile. Raises Refused, ImportError, OSError, BundleFault."""
    from guiju.proofs.questions import Setting
    from guiju.proofs.run import prove_kinds, prove_rules

    before = open_bundle(previous.read_bytes()) if previous is not None else None
    ruleset = rules_or_complain(paths, add_rules, color=color)
    if ruleset is None:
        return None
    day = as_of or today()
    setting = Setting(ruleset, day, load_calendar(), good_examples(ruleset.vocabulary), near=False)
    jobs = len(os.sched_getaffinity(0))
    rules = prove_rules(ruleset.rules, setting, memo=memo_of(dict(os.environ)), jobs=jobs)
    kinds = prove_kinds(_kinds(ruleset), setting, jobs=jobs)
    places = paths or (shipped_rules(), *add_rules)
    faults = tuple(faults_of(ruleset, _cases(places, ruleset, color), rules, kinds))
    if faults:
        raise Refused(faults)
    changes: list[dict[str, str]] = []
    manifest: dict[str, Any] = {"built": day.isoformat(), "proved": _account(rules, kinds)}
    if before is not None:
        from guiju.proofs.change import compare_sets

        names = {one.id: one.name for one in (*before.ruleset.rules, *ruleset.rules)}
        changes = plain_changes(compare_sets(before.ruleset, ruleset, replace(setting, near=False)), names)
        manifest["previous"] = before.ruleset.digest
        if impact_on:
            manifest["impact"] = _impact(before.ruleset, ruleset, impact_on, day)
    manifest["changes"] = changes
    step = step_of(one["class"] for one in changes)
    if before is not None and step is None and before.ruleset.digest != ruleset.digest:
        step = "patch"
    manifest["version"] = next_version(before.version if before is not None else None, step)
    texts = {_name(path, places): path.read_bytes() for path in rule_files(places)}
    return make(ruleset, manifest, contents(ruleset, texts, packed_text().encode(), changes, day))


def _kinds(ruleset: Ruleset) -> list[tuple[str, str]]:
    registers = {one.id for one in ruleset.vocabulary.shapes if one.register}
    if not ruleset.profiles:
        return [("", one) for one in sorted({rule.subject.shape for rule in ruleset.rules} - registers)]
    return [(profile.id, shape) for profile in ruleset.profiles for shape in profile.shapes if shape not in registers]


def _cases(places: tuple[Path, ...], ruleset: Ruleset, color: bool | None) -> list[CaseResult]:
    found: list[CaseResult] = []
    for path in sorted({one for place in places for one in _case_files(place)}):
        source, _, faults = decode_bytes(path.read_bytes(), path.as_posix())
        print_diagnostics(faults, {}, color=color)
        file, faults = read_cases(source) if source is not None else (None, ())
        print_diagnostics(faults, {}, color=color)
        if file is not None:
            found += run_cases(file, ruleset, load_calendar())
    return found


def _case_files(place: Path) -> list[Path]:
    if place.is_dir():
        return list(place.rglob(f"*{_CASES}"))
    beside = place.with_name(place.stem + _CASES)
    return [beside] if beside.exists() else []


def _account(rules: list[dict[str, Any]], kinds: list[dict[str, Any]]) -> dict[str, int]:
    return {
        "rules": len(rules),
        "sampled": sum(1 for one in rules if one["sampled"]),
        "unanswered": sum(1 for one in rules for each in one["asked"].values() if each["answer"] == "unknown" and not one["sampled"]),
        "kinds": len(kinds),
        "feasible": sum(1 for one in kinds if one["answer"] == "yes"),
    }


def _impact(old: Ruleset, new: Ruleset, corpus: tuple[str, ...], day: date) -> dict[str, int]:
    from guiju.proofs.impact import impact_of

    found = impact_of(old, new, lambda rules: [read(corpus, rules.vocabulary)], as_of=None, default=day, calendar=load_calendar())
    return {"records": found.records, "newly_failing": found.newly_failing, "newly_passing": found.newly_passing}


def _name(path: Path, places: tuple[Path, ...]) -> str:
    for place in places:
        if place.is_dir() and path.is_relative_to(place):
            return path.relative_to(place).as_posix()
    return path.name
