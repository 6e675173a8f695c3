"""Runs every page of `guiju/diagnostics/pages/`: the guilty text draws what the page shows, the mended text is clean."""

import os
import re
from pathlib import Path

import pytest

import guiju.diagnostics.codes.table as table
from guiju.diagnostics.codes.code import Level
from guiju.terms.tongue import Tongue
from tests.pages.page import HEADINGS, Page, drawing, read_page, run_block

_FOLDER = Path(table.__file__).resolve().parent.parent / "pages"
_PAGES = sorted(path for path in _FOLDER.glob("*.md") if path.name != "README.md")

pages = pytest.mark.parametrize("path", _PAGES, ids=lambda path: path.stem.split("-")[0])


@pages
def test_the_page_has_its_five_parts_in_both_tongues(path: Path) -> None:
    page = read_page(path)
    assert re.match(rf"# {page.code} {page.slug} · \S", page.title), page.title
    assert tuple(page.parts) == HEADINGS
    for heading in (HEADINGS[0], HEADINGS[3]):
        said = page.parts[heading]
        assert re.search(r"[\u4e00-\u9fff]", said), f"{heading} says nothing in Chinese"
        assert re.search(r"^[A-Z`].*[a-z]{2,}", said, re.MULTILINE), f"{heading} says nothing in English"
    assert len(page.blocks(HEADINGS[1])) == 1 and len(page.blocks(HEADINGS[4])) == 1
    shown = page.blocks(HEADINGS[2])
    assert shown and all(block.language == "text" and block.words in (("zh",), ("en",)) for block in shown)


def _accept(page: Page, drawn: dict[Tongue, str]) -> None:
    text = page.path.read_text(encoding="utf-8")
    for tongue, picture in drawn.items():
        text = re.sub(
            rf"^```text {tongue}\n.*?^```$", lambda _, t=tongue, p=picture: f"```text {t}\n{p}```", text, flags=re.MULTILINE | re.DOTALL
        )
    page.path.write_text(text, encoding="utf-8")


@pages
def test_the_guilty_text_draws_what_the_page_shows(path: Path) -> None:
    page = read_page(path)
    sources, found = run_block(page.blocks(HEADINGS[1])[0])
    assert page.code in {one.code for one in found}
    shown = {Tongue(block.words[0]): block.text for block in page.blocks(HEADINGS[2])}
    drawn = {tongue: drawing(found, sources, tongue) for tongue in shown}
    if os.environ.get("GUIJU_ACCEPT") == "1" and drawn != shown:
        _accept(page, drawn)
        pytest.fail("redrawn; read `git diff`, then run again")
    assert drawn == shown


@pages
def test_the_mended_text_is_clean(path: Path) -> None:
    page = read_page(path)
    _, found = run_block(page.blocks(HEADINGS[4])[0])
    loud = [(one.code, one.headline(Tongue.EN)) for one in found if one.level is not Level.HINT or one.code == page.code]
    assert loud == []


def test_every_phase_that_has_pages_has_one_in_chinese() -> None:
    tongues: dict[str, set[str]] = {}
    for path in _PAGES:
        page = read_page(path)
        tongues.setdefault(page.code[0], set()).update(block.words[0] for block in page.blocks(HEADINGS[2]))
    assert [letter for letter, said in tongues.items() if "zh" not in said] == []
