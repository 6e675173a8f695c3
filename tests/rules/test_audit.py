"""Holds docs/audit-2026-12.md to today's rules: the fifty that it judges are the fifty that are drawn, at the same places."""

import re
from pathlib import Path

import pytest

from tests.rules.draw_audit import CATALOGS, CORPUS, draw, found, row

PAGE = Path(__file__).resolve().parents[2] / "docs" / "audit-2026-12.md"
_ROW = re.compile(r"^\| (\d+) \| (\S+) \| (\S+) \| (.+?) \| (.*?) \| (.+) \|$", re.MULTILINE)


def test_the_fifty_judged_are_the_fifty_drawn() -> None:
    if not CORPUS.is_dir():
        pytest.skip("../shared is not here")
    drawn = [row(one) for one in draw([one for catalog in CATALOGS for one in found(catalog)])]
    judged = [(catalog, rule, place) for _, catalog, rule, _, place, _ in _ROW.findall(PAGE.read_text(encoding="utf-8"))]
    assert len(judged) == 50
    assert judged == [(catalog, rule, place) for catalog, rule, _, _, place in drawn]


def test_each_of_the_fifty_has_a_judgement() -> None:
    words = [said for *_, said in _ROW.findall(PAGE.read_text(encoding="utf-8"))]
    assert all(said.startswith(("真", "假")) and len(said) > 5 for said in words)
