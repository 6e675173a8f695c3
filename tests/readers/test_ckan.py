"""What CKAN says is read as what other doors read, from files and from a live portal on loopback."""

import json
from pathlib import Path

import pytest

from guiju.catalog.mapping.kinds import find_roots
from guiju.catalog.read import read
from guiju.catalog.readers.from_ckan_live import Patience, read_ckan_live
from guiju.catalog.records.item import ReaderInput
from guiju.catalog.records.model import Record
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from guiju.terms.shape import Vocabulary
from tests.readers.portal import package, portal


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The shapes of the shipped rules: what portals' keys mean is declared there."""
    compiled = read_rules([shipped_rules() / "vocabulary"], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset.vocabulary


_READ = {
    "name": "公交站点 0",
    "code": "id-0",
    "abstract": "全市公交站点",
    "provider": "市交通运输局",
    "published": "2026-01-02",
    "keywords": ["交通", "公交"],
    "update_frequency": "每月",
    "distributions": [{"name": "站点.csv", "format": "CSV", "url": "https://data.example.cn/1.csv"}],
}


@pytest.mark.parametrize(
    "wrapped",
    [
        {"success": True, "result": {"count": 1, "results": [package(0)]}},
        {"success": True, "result": package(0)},
        [package(0)],
        package(0),
    ],
    ids=["package_search", "package_show", "list", "package"],
)
def test_an_answer_of_ckan_is_a_record(tmp_path: Path, vocabulary: Vocabulary, wrapped: object) -> None:
    file = tmp_path / "portal.json"
    file.write_text(json.dumps(wrapped, ensure_ascii=False, indent=1), encoding="utf-8")
    got = read([file], vocabulary)
    assert [record.value for record in got.records] == [_READ]
    assert got.inputs[0].format == "ckan"


def test_an_extra_keeps_the_line_on_which_it_stood(tmp_path: Path, vocabulary: Vocabulary) -> None:
    file = tmp_path / "portal.json"
    text = json.dumps(package(0), ensure_ascii=False, indent=1)
    file.write_text(text, encoding="utf-8")
    got = read([file], vocabulary)
    line = next(number for number, words in enumerate(text.splitlines(), 1) if "每月" in words)
    assert got.records[0].locator.place(("update_frequency",)).line == line


def test_a_dump_of_packages_is_read_line_by_line(tmp_path: Path, vocabulary: Vocabulary) -> None:
    file = tmp_path / "dump.jsonl"
    file.write_text("".join(json.dumps(package(number), ensure_ascii=False) + "\n" for number in range(3)), encoding="utf-8")
    got = read([file], vocabulary)
    assert got.records[0].value == _READ
    assert [record.locator.place(("update_frequency",)).line for record in got.records] == [1, 2, 3]


def _live(address: str, vocabulary: Vocabulary, patience: Patience) -> tuple[list[Record], list[Diagnostic], list[tuple[int, int]]]:
    seen: list[tuple[int, int]] = []
    opened = ReaderInput(
        name=f"ckan:{address}",
        path=None,
        data=b"",
        vocabulary=vocabulary,
        roots=find_roots(vocabulary),
        tell=lambda done, of: seen.append((done, of)),
    )
    items = list(read_ckan_live(opened, patience))
    return [one for one in items if isinstance(one, Record)], [one for one in items if isinstance(one, Diagnostic)], seen


_QUICK = Patience(timeout=0.5, tries=2, pause=0.01)


def test_a_portal_is_read_page_by_page(vocabulary: Vocabulary) -> None:
    with portal(230) as address:
        records, faults, seen = _live(address, vocabulary, _QUICK)
    assert (len(records), faults, seen) == (230, [], [(100, 230), (200, 230), (230, 230)])
    assert records[0].value == _READ


def test_a_portal_that_fails_once_is_asked_again(vocabulary: Vocabulary) -> None:
    with portal(120, behave="flaky") as address:
        records, faults, _ = _live(address, vocabulary, _QUICK)
    assert (len(records), faults) == (120, [])


@pytest.mark.parametrize(
    ("behave", "code", "patience"),
    [
        ("slow", "D091", _QUICK),
        ("away", "D091", _QUICK),
        ("broken", "D092", _QUICK),
        ("wrong", "D092", _QUICK),
        ("well", "D074", Patience(bytes_page=1_000)),
    ],
    ids=["slow", "redirected away", "broken off", "no portal", "too large"],
)
def test_a_portal_that_misbehaves_is_told_and_ends_the_reading(vocabulary: Vocabulary, behave: str, code: str, patience: Patience) -> None:
    with portal(3, behave=behave) as address:
        records, faults, _ = _live(address, vocabulary, patience)
    assert (records, [one.code for one in faults]) == ([], [code])


@pytest.mark.parametrize("address", ["file:///etc/hosts", "ftp://portal.example", "portal.example", ""])
def test_only_web_addresses_are_asked(vocabulary: Vocabulary, address: str) -> None:
    assert [one.code for one in read([f"ckan:{address}"], vocabulary).diagnostics][:1] == ["D090"]
