"""Every numbered sentence of docs/language.md has a case that proves it, and every case that says so names a sentence and exists.

A case carries the numbers of its sentences itself, under `proves`: who adds a case or a sentence edits one place.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "language.md"
_LABEL = re.compile(r"\*\*(\d+(?:\.\d+)+)\*\*")
# Sentences whose tables are read off the page itself, cell by cell.
_BY_TABLE = {"4.3": "test_tables.py", "4.4": "test_tables.py", "4.5": "test_tables.py", "4.6": "test_tables.py"}


@cache
def _files() -> dict[str, dict[str, Any]]:
    return {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.yaml"))}


def _named(file: dict[str, Any]) -> dict[str, Any]:
    """The cases, tables and rows of values of a file, by name."""
    return {
        **{name: case for entry in file.get("cases", ()) for name, case in entry.items()},
        **file.get("tables", {}),
        **file.get("values", {}),
    }


def _labels() -> list[str]:
    return _LABEL.findall(PAGE.read_text(encoding="utf-8"))


@cache
def _proved() -> dict[str, list[str]]:
    """The cases of each sentence."""
    found: dict[str, list[str]] = {label: [where] for label, where in _BY_TABLE.items()}
    for name, file in _files().items():
        for case, body in _named(file).items():
            for label in str(body.get("proves", "")).split():
                found.setdefault(label, []).append(f"{name}: {case}")
    return found


def test_no_two_sentences_have_one_number() -> None:
    labels = _labels()
    assert len(labels) > 150
    assert len(set(labels)) == len(labels), sorted({one for one in labels if labels.count(one) > 1})


@pytest.mark.parametrize("label", _labels())
def test_a_sentence_of_the_specification_is_proved_by_a_case(label: str) -> None:
    assert _proved().get(label), f"no case proves sentence {label}"


def test_what_is_proved_is_a_sentence() -> None:
    assert set(_proved()) - set(_labels()) == set()


@pytest.mark.parametrize("name", sorted(_files()))
def test_no_file_lists_apart_what_its_cases_prove(name: str) -> None:
    assert "proves" not in _files()[name], 'write the number of the sentence into the case: `proves: "4.2"`'


def test_no_two_cases_of_a_file_have_one_name() -> None:
    for path in HERE.glob("*.yaml"):
        names = re.findall(r"^  - (.+?): \{", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(set(names)) == len(names), (path.name, sorted({one for one in names if names.count(one) > 1}))
