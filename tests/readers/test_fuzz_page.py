"""docs/readers.md says the limits, suffixes and complaints that hold."""

import re
from pathlib import Path

from guiju.catalog.formats import READERS, REMOTE
from guiju.catalog.office.zip_check import _SPARSE
from guiju.catalog.readers.from_sql import SECONDS
from guiju.catalog.records.limits import USUAL


def _page(root: Path) -> str:
    return (root / "docs/readers.md").read_text("utf-8")


def test_every_limit_on_the_page_is_the_one_that_holds(root: Path) -> None:
    said = re.findall(r"^\| `(\w+)` \| ([0-9.]+) \| (D[0-9, D]+) \|$", _page(root), re.MULTILINE)
    assert len(said) == 14
    pages = root / "guiju/diagnostics/pages"
    for name, number, codes in said:
        assert str(getattr(USUAL, name)) == number, name
        assert all(list(pages.glob(f"{code}-*.md")) for code in codes.split(", ")), codes
    assert f"more than {_SPARSE} cells" in _page(root)
    assert _page(root).count(f"{SECONDS} seconds") == 2


def test_every_door_and_suffix_stands_on_the_page(root: Path) -> None:
    page = _page(root)
    for door, entry in READERS.items():
        line = next(line for line in page.splitlines() if line.startswith(f"| `{door}` |"))
        assert set(re.findall(r"`(\.\w+)`", line)) == set(entry.suffixes), door
    assert all(f"`{scheme}:" in page for scheme in REMOTE if scheme != "postgres")
