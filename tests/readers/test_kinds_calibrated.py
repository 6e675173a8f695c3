"""How sure a reading of an unstated kind is, is what the labelled tables bear out (docs/readers.md)."""

import json
from pathlib import Path

import pytest
import yaml

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from guiju.terms.shape import Vocabulary

MOST_WRONG = 0.05
"""The share of the tables read as a kind that may be of another kind or of none."""
MOST_REFUSED = 0.15
"""The share of the tables of a kind that may be asked back for."""
NOTHING = "nothing"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    compiled = read_rules([shipped_rules()], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset.vocabulary


def labelled() -> list[tuple[str, list[str], list[str]]]:
    """Each table with its label: the kind, the headers, the cells of its row."""
    groups = yaml.safe_load(Path(__file__).with_name("kinds-labelled.yaml").read_text("utf-8"))
    found = []
    for kind, tables in groups.items():
        for parts in tables:
            headers, row = ",".join(str(one) for one in parts).split(" / ")
            found.append((kind, headers.split(","), row.split(",")))
    return found


def _as_csv(headers: list[str], row: list[str]) -> str:
    return ",".join(headers) + "\n" + ",".join(row) + "\n"


def _as_json(headers: list[str], row: list[str]) -> str:
    return json.dumps([dict(zip(headers, row, strict=False))], ensure_ascii=False)


def _kinds_of(submission: Submission) -> set[str]:
    return {one.shape for one in submission.records}


@pytest.mark.parametrize(("suffix", "write"), [("csv", _as_csv), ("json", _as_json)])
def test_few_tables_are_taken_for_what_they_are_not(vocabulary: Vocabulary, tmp_path: Path, suffix: str, write: object) -> None:
    assert callable(write)
    wrong: list[object] = []
    refused: list[object] = []
    read_at_all = of_a_kind = 0
    for number, (kind, headers, row) in enumerate(labelled()):
        file = tmp_path / f"{number}.{suffix}"
        file.write_text(write(headers, row), "utf-8")
        kinds = _kinds_of(read((str(file),), vocabulary))
        read_at_all += bool(kinds)
        of_a_kind += kind != NOTHING
        if kinds and kinds != {kind}:
            wrong.append((kind, kinds, headers))
        if not kinds and kind != NOTHING:
            refused.append((kind, headers))
    assert len(wrong) <= MOST_WRONG * read_at_all, wrong
    assert len(refused) <= MOST_REFUSED * of_a_kind, refused
