"""Every block of every specimen is what its floor makes of the rule; `make accept` rewrites them, then read `git diff`."""

import os
from pathlib import Path

import pytest

from tests.specimens.floors import FLOORS, blocks_of, recompute
from tests.tools.draw_pictures import FOLDER, PICTURES, pictures_shown

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "docs" / "tour.md", ROOT / "docs" / "how-it-works.md", *sorted((ROOT / "tests" / "specimens").glob("*.md")))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_specimen_is_what_its_floors_make(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    assert any(name in FLOORS for name, _ in blocks_of(page)), "a specimen shows at least one floor"
    made = recompute(page)
    if made != page and os.environ.get("GUIJU_ACCEPT"):
        path.write_text(made, encoding="utf-8")
        pytest.fail("rewritten: read git diff, then run again")
    assert made == page


def test_the_pictures_are_what_their_script_draws() -> None:
    page = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    assert pictures_shown(page) == set(PICTURES) == {path.stem for path in FOLDER.iterdir()}
    for name, draw in PICTURES.items():
        file, drawn = FOLDER / f"{name}.svg", draw().svg()
        if os.environ.get("GUIJU_ACCEPT"):
            file.write_text(drawn, encoding="utf-8")
        assert file.read_text(encoding="utf-8") == drawn, name
