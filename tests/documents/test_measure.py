"""Scripts of documents, each sound and faulty: what is planted is found, and nothing is found in what is sound."""

from pathlib import Path

import pytest

pytest.importorskip("docx", reason="Word needs guiju[word]")

from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from tests.documents.measure import Score, measured, told
from tests.documents.scripts import FOLDER, Script, scripts

_FOLDERS = (FOLDER, FOLDER.parent / "unseen", FOLDER.parent / "later", FOLDER.parent / "further")


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    """The shipped rules."""
    found = read_rules([shipped_rules()], Cache(None)).ruleset
    assert found is not None
    return found


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda one: one.name)
def test_planted_faults_are_found_and_sound_documents_are_left_alone(
    folder: Path, ruleset: Ruleset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    score = Score()
    for script in scripts(folder):
        # All as Word files: what LibreOffice makes of them is measured by `python -m tests.documents.measure`.
        measured(Script(name=script.name, settings={**script.settings, "format": "docx"}, lines=script.lines), tmp_path, score, ruleset)
    with capsys.disabled():
        print(f"\n{folder.name}\n{told(score)}")
    assert score.recall >= 0.95
    assert score.precision >= 0.97
