"""What is misspelt in registers that tell what to look for in documents: holes of patterns, and the fields that facts fill."""

import re
from collections.abc import Iterator

from guiju.catalog.documents.found.patterns import faults_of
from guiju.catalog.documents.registers import belongs_to
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span

__all__ = ["pattern_faults"]

# The registers by id, and in which cell of a row their patterns stand, and the field that a fact fills.
_PATTERNS = {"document_fact": 3, "document_practice": 1, "screening_hint": 3}
_FILLS = {"document_fact": 4}
_HEAD = re.compile(r"^(?:名录|register)\s+\S+\s*/\s*(\w+)|^\S", re.MULTILINE)
_ROW = re.compile(r"^[ \t]+(?:条目|entry)\s+(.*)$", re.MULTILINE)


def pattern_faults(files: tuple[Source, ...], fields: frozenset[str]) -> Iterator[Diagnostic]:
    """The faults of the rows in these files; `fields` are the names `shape.field` of the vocabulary."""
    for source in files:
        heads = list(_HEAD.finditer(source.text))
        ends = [*(one.start() for one in heads[1:]), len(source.text)][: len(heads)]
        for head, end in zip(heads, ends, strict=True):
            register = next((one for one in _PATTERNS if head[1] and belongs_to(head[1], one)), None)
            if register is not None:
                for row in _ROW.finditer(source.text, head.end(), end):
                    yield from _row(source, row, _PATTERNS[register], _FILLS.get(register), fields)


def _row(source: Source, row: re.Match[str], patterns: int, fills: int | None, fields: frozenset[str]) -> Iterator[Diagnostic]:
    at = row.start(1)
    for number, cell in enumerate(row[1].split("|")):
        if number == patterns:
            for hole in faults_of(cell):
                start = at + cell.find(hole)
                yield complain("D143", Span(source.name, start, start + len(hole)), hole=hole)
        if number == fills and (said := cell.strip()) not in ("", "-") and said not in fields:
            start = at + cell.find(said)
            yield complain("D144", Span(source.name, start, start + len(said)), field=said)
        at += len(cell) + 1
