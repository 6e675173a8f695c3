"""`guiju book`: the pages link to one another, nothing is fetched, the search works from a file, and the document is one file."""

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from guiju.service.book import static
from guiju.service.book.shelf import Entry, shelf
from tests.service.browsing import violations

pytestmark = pytest.mark.slow

_ON = date(2026, 3, 17)


def _some(every: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Enough to be a book: writing all of it takes a minute."""
    found: dict[str, list[Entry]] = {}
    for one in every:
        found.setdefault(one.kind, []).append(one)
    return tuple(one for kind, ones in found.items() for one in (ones if kind in ("instrument", "field") else ones[:6]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of some of the rules."""
    to = tmp_path_factory.mktemp("book")
    kept: Callable[[], tuple[Entry, ...]] = static.shelf
    static.shelf = lambda: _some(shelf())  # type: ignore[assignment]
    try:
        for name, data in static.book_files(_ON, lambda done, of: None):
            file = to / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    finally:
        static.shelf = kept  # type: ignore[assignment]
    return to


def test_every_page_is_there_in_both_tongues_and_fetches_nothing(folder: Path) -> None:
    pages = {tongue: {one.relative_to(folder / tongue).as_posix() for one in (folder / tongue).rglob("*.html")} for tongue in ("zh", "en")}
    assert pages["zh"] == pages["en"] and len(pages["zh"]) > 60
    for one in folder.rglob("*.html"):
        assert not re.search(r'(?:src|href)="(?:https?:)?//', one.read_text(encoding="utf-8")), one


def test_links_to_style_search_and_neighbours_lead_somewhere(folder: Path) -> None:
    for one in sorted((folder / "zh").rglob("*.html"))[::9]:
        for link in re.findall(r'(?:src|href)="([^"#]+)', one.read_text(encoding="utf-8")):
            target = (one.parent / unquote(html.unescape(link))).resolve()
            # Of the rules only some were written here.
            assert target.exists() or target.parent.name in ("rule", "judged", "kind", "list", "code"), (one, link)


def test_the_search_finds_without_a_server(folder: Path, browser: Any) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith("file:") else None)
    page.goto((folder / "zh/index.html").as_uri())
    page.fill("#q", "数据共享条例")
    page.locator("#hits a").first.wait_for()
    assert "政务数据共享条例" in page.locator("#hits").inner_text()
    page.locator("#hits a", has_text="政务数据共享条例").first.click()
    assert "政务数据共享条例" in page.locator("h1").inner_text()
    assert violations(page) == []
    assert faults == []
    page.close()
