"""Every block of every specimen is what its floor makes of the rule; `make accept` rewrites them, then read `git diff`."""

import os
from pathlib import Path

import pytest

from tests.specimens.floors import FLOORS, blocks_of, recompute

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "docs" / "tour.md", *sorted((ROOT / "tests" / "specimens").glob("*.md")))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_specimen_is_what_its_floors_make(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    assert any(name in FLOORS for name, _ in blocks_of(page)), "a specimen shows at least one floor"
    made = recompute(page)
    if made != page and os.environ.get("GUIJU_ACCEPT"):
        path.write_text(made, encoding="utf-8")
        pytest.fail("rewritten: read git diff, then run again")
    assert made == page
