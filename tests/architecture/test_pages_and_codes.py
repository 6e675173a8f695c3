"""A code has a page and a page has a code; what is wanting is a listed debt."""

from guiju.diagnostics.codes.table import TABLE
from tests.architecture.reading import PACKAGE, check_against_baseline

_PAGES = PACKAGE / "diagnostics" / "pages"


def test_every_code_has_a_page() -> None:
    there = {path.stem for path in _PAGES.glob("*.md")}
    check_against_baseline("no-page", {code.code: code.slug for code in TABLE.values() if f"{code.code}-{code.slug}" not in there})


def test_every_page_has_a_code() -> None:
    known = {f"{code.code}-{code.slug}" for code in TABLE.values()} | {"README"}
    assert sorted(path.stem for path in _PAGES.glob("*.md") if path.stem not in known) == []
