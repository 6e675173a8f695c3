"""A page of a diagnostic as its tests see it: five parts, fenced blocks, and how each kind of block is run."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guiju.author.lint import lint
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.located_json import read_json
from guiju.diagnostics.located_yaml import read_yaml
from guiju.diagnostics.node import Limits
from guiju.diagnostics.render import draw
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.standards.check import check_records
from guiju.standards.check_tables import check_tables
from guiju.standards.from_yaml import read_records
from guiju.standards.load import load_registry
from guiju.store.waivers import MOST_WAIVERS
from guiju.terms.tongue import Tongue
from tests.pages.inputs import run_input
from tests.pages.waivers import run_waivers

HEADINGS = ("为什么 · Why", "有错的例子 · Guilty", "图 · Drawing", "改法 · Mend", "改好的例子 · Mended")
FENCE = re.compile(r"^```(\S+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, the words after it, its text."""

    language: str
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page, taken apart."""

    path: Path
    title: str
    parts: dict[str, str]

    @property
    def code(self) -> str:
        return self.path.stem.split("-", 1)[0]

    @property
    def slug(self) -> str:
        return self.path.stem.split("-", 1)[1]

    def blocks(self, heading: str) -> list[Block]:
        return [Block(language, tuple(words.split()), text) for language, words, text in FENCE.findall(self.parts[heading])]


def read_page(path: Path) -> Page:
    """The page in that file; headings inside fenced blocks do not count."""
    text = path.read_text(encoding="utf-8")
    blank = FENCE.sub(lambda match: re.sub(r"[^\n]", "x", match.group()), text)
    heads = list(re.finditer(r"^## (.+)$", blank, re.MULTILINE))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    parts = {head.group(1).strip(): text[head.end() : end] for head, end in zip(heads, ends, strict=True)}
    return Page(path, text.split("\n", 1)[0], parts)


Ran = tuple[tuple[Source, ...], tuple[Diagnostic, ...]]


def run_block(block: Block) -> Ran:
    """The sources of a block, where bytes became text, and everything that is said about them."""
    if block.language in ("registry", "calendar", "divisions"):
        return _run_registry(block)
    if block.language == "waivers":
        return run_waivers(block.text, most=int(dict(word.split("=", 1) for word in block.words).get("most", MOST_WAIVERS)))
    if block.language == "input":
        return run_input(block.text)
    words = dict(word.split("=", 1) for word in block.words)
    encoding = words.pop("encoding", None)
    limits = Limits(**{name: int(value) for name, value in words.items()})
    if block.language == "hex":
        source, _, found = decode_bytes(bytes.fromhex(block.text), "page.csv", encoding)
        return (() if source is None else (source,)), found
    source = Source(f"page.{block.language}", block.text.removesuffix("\n"))
    if block.language == "yaml":
        return (source,), read_yaml(source, limits=limits)[1]
    if block.language == "json":
        return (source,), read_json(source, limits=limits)[1]
    if block.language == "gj":
        source = Source("page.gj", block.text)
        return (source,), _compile(source)
    raise ValueError(f"nothing here runs a block of {block.language}")


def _compile(source: Source) -> tuple[Diagnostic, ...]:
    _, found = compile_rules((source,), load_registry())
    # What only lint tells of a register is told beside what the compiler says.
    return (*found, *(one for one in lint((source,), (), load_registry()) if one.code[0] == "D"))


def _run_registry(block: Block) -> Ran:
    """What the registry says of records, one after `---` each, or of one calendar or table of divisions."""
    if block.language != "registry":
        source = Source(f"{block.language}.yaml", block.text)
        calendars, divisions = ([source], []) if block.language == "calendar" else ([], [source])
        return (source,), tuple(check_tables(calendars, divisions))
    sources = tuple(_record_source(part) for part in block.text.split("---\n"))
    registry = load_registry()
    records, found = read_records(sources)
    # A fixed day: a page must not change its drawing with the calendar on the wall.
    checked = check_records(records, registry.framework, {kind.id for kind in registry.kinds}, as_of=date(2026, 11, 23))
    return sources, (*found, *checked)


def _record_source(text: str) -> Source:
    """A record under the name that it gives in a comment, else under its id."""
    named = re.search(r"^# (\S+)\.yaml$", text, re.MULTILINE) or re.search(r"^id: (\S+)$", text, re.MULTILINE)
    return Source(f"{named[1] if named else 'page'}.yaml", text)


def drawing(found: tuple[Diagnostic, ...], sources: tuple[Source, ...], tongue: Tongue) -> str:
    """All that was found, drawn plainly at width 100 in the order of texts and places."""
    order = {source.name: number for number, source in enumerate(sources)}
    ordered = sorted(found, key=lambda one: (order.get(one.span.file, 0), one.span.start, one.code))
    return "\n\n".join(draw(one, sources, tongue=tongue, width=100) for one in ordered) + "\n"
