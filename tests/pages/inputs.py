"""What a page about reading is run against: files written into a folder of their own, and read there as a user would.

A block `input` is YAML: `files` by name — text, the sheets of a workbook, or a thing that is no plain file —, and, where the
page needs them, `read` (the words of the command), `limits`, `kind`, `sheet`, `encoding`, `shapes`, `portal` and `without`.
"""

import base64
import contextlib
import dataclasses
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from guiju.catalog.read import read
from guiju.catalog.records.limits import ReadLimits
from guiju.catalog.records.model import Submission
from guiju.commands.applicant.answers import answered
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from guiju.terms.shape import Vocabulary
from tests.readers.portal import portal
from tests.readers.vocabulary import VOCABULARY

__all__ = ["run_input"]

_PORTAL = "http://portal.example"


def run_input(text: str) -> tuple[tuple[Source, ...], tuple[Diagnostic, ...]]:
    """The texts that were read, and what is said of them."""
    asked = yaml.safe_load(text)
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.chdir(stack.enter_context(tempfile.TemporaryDirectory())))
        address = stack.enter_context(portal(2, behave=asked["portal"])) if "portal" in asked else _PORTAL
        for name, content in (asked.get("files") or {}).items():
            _write(Path(name), content)
        stack.enter_context(_without(asked.get("without")))
        words = [word.replace(_PORTAL, address) for word in asked.get("read") or list(asked["files"])]
        wishes = {name: asked[name] for name in ("kind", "sheet", "encoding") if name in asked}
        limits = ReadLimits(**asked.get("limits", {}))
        got: Submission = read(words, _vocabulary(asked.get("shapes")), limits=limits, **wishes)
        if "answers" in asked:
            got = answered(got, Path(asked["answers"]), _vocabulary("shipped"))
    return got.sources, tuple(_elsewhere(one, address) for one in got.diagnostics)


@cache
def _vocabulary(which: str | None) -> Vocabulary:
    if which is None:
        return VOCABULARY
    compiled = read_rules([shipped_rules() / "vocabulary"], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset.vocabulary


def _elsewhere(one: Diagnostic, address: str) -> Diagnostic:
    """The same, with the address of the portal as the page has it: its number changes with every run."""
    facts = tuple((name, fact.replace(address, _PORTAL) if isinstance(fact, str) else fact) for name, fact in one.facts)
    return dataclasses.replace(one, facts=facts, span=dataclasses.replace(one.span, file=one.span.file.replace(address, _PORTAL)))


@contextlib.contextmanager
def _without(package: str | None) -> Iterator[None]:
    """As if a package were not installed."""
    if package is None:
        yield
        return
    held = {name: module for name, module in sys.modules.items() if name.split(".")[0] == package or name.startswith("guiju.catalog.from_")}
    for name in held:
        del sys.modules[name]
    sys.modules[package] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[package]
        sys.modules.update(held)


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    match content:
        case str():
            path.write_text(content, encoding="utf-8")
        case {"folder": _}:
            path.mkdir()
        case {"pipe": _}:
            os.mkfifo(path)
        case {"link": str() as target}:
            path.symlink_to(target)
        case {"bytes": str() as written}:
            path.write_bytes(base64.b64decode(written))
        case {"hex": str() as written}:
            path.write_bytes(bytes.fromhex(written))
        case {"sql": str() as script}:
            with contextlib.closing(sqlite3.connect(path)) as base:
                base.executescript(script)
        case {"word": list() as rows}:
            _write_word(path, rows)
        case dict():
            _write_workbook(path, content)


def _write_workbook(path: Path, sheets: dict[str, list[Any]]) -> None:
    """Rows of cells; a row `hidden` hides the row before it; a cell may be `{formula: …, shows: …}` or `{number: …, format: …}`."""
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        at = 0
        for row in rows:
            if row == "hidden":
                page.set_row(at - 1, None, None, {"hidden": True})
                continue
            for column, cell in enumerate(row):
                if isinstance(cell, dict) and "format" in cell:
                    page.write_number(at, column, cell["number"], book.add_format({"num_format": cell["format"]}))
                elif isinstance(cell, dict):
                    page.write_formula(at, column, cell["formula"], None, cell["shows"])
                elif cell is not None:
                    page.write(at, column, cell)
            at += 1
    book.close()


def _write_word(path: Path, rows: list[list[str]]) -> None:
    import docx

    document = docx.Document()
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                table.cell(at, column).text = cell
    document.save(str(path))
