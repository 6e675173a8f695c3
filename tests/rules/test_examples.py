"""Runs the command on the shipped examples: each planted fault is found at its place, nothing else fails, and the clean ones pass."""

import importlib.util
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
YAML_FOLDERS = ("lamp-poles", "catalog", "request", "sharing", "work-plan")
KINDS = (*(f"{folder}/{{}}.yaml" for folder in YAML_FOLDERS), "catalog/{}.xlsx")

_ROW = re.compile(r"^\| (\S+) \| (\S+) \| `([a-z0-9_.]+)` \|", re.MULTILINE)
_IMPLICIT = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")
_MARK = re.compile(r"# ✗ (.+)$")


@cache
def checked(name: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the report of one example; the workbooks state no day, so they are given one."""
    words = [sys.executable, "-m", "guiju", "check", f"examples/{name}", "--format", "json"]
    words += ["--as-of", "2026-03-17"] if name.endswith(".xlsx") else []
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(done.stdout)


def short(rule: str) -> str:
    """The name by which the table calls a rule: its last part, or the whole id of an implicit one."""
    return rule if _IMPLICIT.fullmatch(rule) else rule.rsplit(".", 1)[-1]


def planted() -> set[tuple[str, str, str]]:
    """The table of examples/README.md."""
    return {(file, place, rule) for file, place, rule in _ROW.findall((EXAMPLES / "README.md").read_text(encoding="utf-8"))}


def marked(name: str) -> set[tuple[str, str, str]]:
    """The faults that the file itself marks at the ends of its lines."""
    found = set()
    for number, line in enumerate((EXAMPLES / name).read_text(encoding="utf-8").splitlines(), 1):
        if (mark := _MARK.search(line)) is not None:
            found |= {(name, str(number), rule.strip()) for rule in mark[1].split(",")}
    return found


def places(name: str, finding: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Where a finding points, in the words of the table."""
    rule = short(finding["rule"])
    cells = name.endswith(".xlsx")
    return {(name, f"{one['sheet']}!{one['cell']}" if cells else str(one["line"]), rule) for one in finding["places"]}


@pytest.mark.parametrize("folder", YAML_FOLDERS)
def test_the_table_names_the_faults_that_the_file_marks(folder: str) -> None:
    name = f"{folder}/faulty.yaml"
    assert {one for one in planted() if one[0] == name} == marked(name)


@pytest.mark.parametrize("kind", KINDS)
def test_every_planted_fault_is_found_at_its_place(kind: str) -> None:
    name = kind.format("faulty")
    code, report = checked(name)
    found = {place for one in report["findings"] if one["verdict"] == "FAIL" for place in places(name, one)}
    expected = {one for one in planted() if one[0] == name}
    assert len(expected) >= 12
    assert expected - found == set()
    assert code == 1


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_fails_that_was_not_planted(kind: str) -> None:
    name = kind.format("faulty")
    _, report = checked(name)
    expected = planted()
    stray = [one["message"] for one in report["findings"] if one["verdict"] in ("FAIL", "ERROR") and not places(name, one) & expected]
    assert stray == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_clean_example_passes_everything(kind: str) -> None:
    code, report = checked(kind.format("clean"))
    assert [one["message"] for one in report["findings"]] == []
    assert report["tally"]["PASS"] > 0
    assert code == 0


@pytest.mark.parametrize("name", ["clean", "faulty"])
def test_the_workbook_is_the_one_that_its_script_builds(name: str) -> None:
    spec = importlib.util.spec_from_file_location("examples_build", EXAMPLES / "build.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    built = script.build(yaml.safe_load((EXAMPLES / "catalog" / f"{name}.yaml").read_text(encoding="utf-8")))
    kept = load_workbook(EXAMPLES / "catalog" / f"{name}.xlsx")
    cells = [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in built.worksheets]
    assert cells == [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in kept.worksheets]
