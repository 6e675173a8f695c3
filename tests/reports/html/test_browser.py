"""The HTML report in a real browser: it opens without a network, speaks both tongues, sifts, links and prints."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser test needs playwright")
CHROMIUM = shutil.which("chromium")
ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: as root, make setup-system")

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the faulty example catalog."""
    page = tmp_path_factory.mktemp("html") / "report.html"
    words = ("check", "examples/catalog/faulty.yaml", "--format", "html", "-o", str(page), "--lang", "zh")
    done = subprocess.run([sys.executable, "-m", "guiju", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    return page


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of this file."""
    with sync_api.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        yield running
        running.close()


@pytest.fixture
def page(browser: Any, report: Path) -> Iterator[Any]:
    """The report, open; a fault in its script or a request for anything fails the test."""
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda request: faults.append(request.url) if not request.url.startswith("file:") else None)
    opened.goto(report.as_uri())
    yield opened
    opened.close()
    assert faults == []


def _shown(page: Any) -> int:
    return int(page.locator("#list article").count())


def test_the_switch_speaks_the_other_tongue_everywhere(page: Any) -> None:
    assert page.locator("h1").inner_text() == "检查报告"
    page.click("#switch")
    assert page.locator("h1").inner_text() == "Check report"
    assert "findings" in page.locator("#count").inner_text()
    assert page.locator("#list article dt").first.text_content() == "seen"
    assert page.locator("#filter-severity option").first.inner_text() == "all"


def test_a_filter_leaves_only_what_it_names(page: Any) -> None:
    before = _shown(page)
    page.select_option("#filter-severity", "blocking")
    after = _shown(page)
    assert 0 < after < before
    assert page.locator("#list article:not(.blocking)").count() == 0
    page.click("button[type=reset]")
    assert _shown(page) == before


def test_a_search_finds_words_of_the_message(page: Any) -> None:
    before = _shown(page)
    page.fill("#search", "血型")
    page.locator("#list article").nth(before - 1).wait_for(state="detached")
    texts = page.locator("#list article").all_inner_texts()
    assert texts and all("血型" in text for text in texts)


def test_a_permalink_opens_at_its_finding(browser: Any, report: Path, page: Any) -> None:
    name = page.locator("#list article").nth(7).get_attribute("id")
    linked = browser.new_page()
    linked.goto(f"{report.as_uri()}#{name}")
    assert linked.locator("article.chosen").get_attribute("id") == name
    linked.close()


def test_a_click_on_a_clause_narrows_the_findings_to_its_rules(page: Any) -> None:
    page.click("#by-clause button.link[data-clause='SC809 13.1']")
    heads = page.locator("#list article .what").all_inner_texts()
    assert heads and _shown(page) == 3


def test_tabs_are_walked_by_the_arrow_keys(page: Any) -> None:
    page.locator("#tabs button").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#by-instrument").is_visible()
    assert not page.locator("#by-clause").is_visible()


def test_a_narrow_screen_never_scrolls_sideways(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_print_shows_every_table_and_no_controls(page: Any) -> None:
    page.emulate_media(media="print")
    assert not page.locator("#filters").is_visible()
    assert page.locator("#by-instrument").is_visible()
