"""Runs the pages of the registry's codes: the guilty records draw what the page shows, the mended ones are clean.

A block `registry` holds records, one after `---` each; `calendar` and `divisions` hold one such table.
"""

import re
from datetime import date
from pathlib import Path

import pytest

import guiju.diagnostics.codes.table as table
from guiju.diagnostics.codes.registry import CODES
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.render import draw
from guiju.diagnostics.source import Source
from guiju.standards.check import check_records
from guiju.standards.check_tables import check_tables
from guiju.standards.from_yaml import read_records
from guiju.standards.load import load_registry
from guiju.terms.tongue import Tongue

_FOLDER = Path(table.__file__).resolve().parent.parent / "pages"
_BLOCK = re.compile(r"^```(registry|calendar|divisions)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DRAWN = re.compile(r"^```text (zh|en)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(language: str, text: str) -> tuple[dict[str, Source], tuple[Diagnostic, ...]]:
    """The texts of a block by name, and all that is said about them."""
    if language != "registry":
        source = Source(f"{language}.yaml", text)
        calendars, divisions = ([source], []) if language == "calendar" else ([], [source])
        return {source.name: source}, check_tables(calendars, divisions)
    sources = []
    for part in text.split("---\n"):
        named = re.search(r"^# (\S+\.yaml)$", part, re.MULTILINE) or re.search(r"^id: (\S+)$", part, re.MULTILINE)
        name = named[1] if named else "page"
        sources.append(Source(name if name.endswith(".yaml") else f"{name}.yaml", part))
    records, unreadable = read_records(sources)
    registry = load_registry()
    found = (*unreadable, *check_records(records, registry.framework, {kind.id for kind in registry.kinds}, as_of=date(2026, 11, 23)))
    return {source.name: source for source in sources}, found


def drawing(sources: dict[str, Source], found: tuple[Diagnostic, ...], tongue: Tongue) -> str:
    """All that was found, drawn plainly at width 100."""
    return "\n\n".join(draw(one, sources[one.span.file], tongue=tongue, width=100) for one in found) + "\n"


@pytest.mark.parametrize("code", [code.code for code in CODES])
def test_the_page_of_a_code_draws_what_it_shows_and_its_mend_is_clean(code: str) -> None:
    (path,) = _FOLDER.glob(f"{code}-*.md")
    text = path.read_text(encoding="utf-8")
    guilty, mended = _BLOCK.findall(text)
    sources, found = run(*guilty)
    assert [one.code for one in found] == [code]
    shown = dict(_DRAWN.findall(text))
    assert shown == {tongue.value: drawing(sources, found, tongue) for tongue in Tongue}
    assert run(*mended)[1] == ()
