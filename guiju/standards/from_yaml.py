"""YAML records become editions, and every complaint stands at its line.

One text is one edition. Whether the records agree with one another is `check`'s question; nothing here opens a file.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.located_yaml import read_yaml
from guiju.diagnostics.node import Kind, Node
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.standards.from_plain import edition_from_plain
from guiju.standards.model import Edition
from guiju.standards.schema_words import problem_in_words

__all__ = ["SCHEMA", "RecordAt", "read_record", "read_records", "span_at"]

SCHEMA = "instrument.schema.json"
_MOST_COMPLAINTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAt:
    """An edition with the text it was read from, so that what is wrong with it can be shown there."""

    edition: Edition
    node: Node
    file: str

    def span(self, *path: str | int) -> Span:
        """The smallest range at that path of the record; that of the nearest wider value where there is none."""
        return span_at(self.node, path)


def read_records(sources: Iterable[Source]) -> tuple[tuple[RecordAt, ...], tuple[Diagnostic, ...]]:
    """The records of all texts that could be read, in the order given, and all that is wrong with any."""
    records: list[RecordAt] = []
    found: list[Diagnostic] = []
    for source in sources:
        record, complaints = read_record(source)
        found += complaints
        if record is not None:
            records.append(record)
    return tuple(records), tuple(found)


def read_record(source: Source) -> tuple[RecordAt | None, tuple[Diagnostic, ...]]:
    """The edition that one YAML text records; None where the text or its shape is broken."""
    node, found = read_yaml(source)
    if node is None:
        return None, found
    misshapen = _shape_complaints(node)
    if misshapen:
        return None, (*found, *misshapen)
    plain: Any = node.plain()
    edition, slips = edition_from_plain(plain)
    complaints = tuple(_slip(node, path, code) for path, code in slips)
    record = RecordAt(edition=edition, node=node, file=source.name)
    return record, (*found, *complaints, *_misnamed(record))


def span_at(node: Node, path: Sequence[str | int]) -> Span:
    """The range of the value at that path; a map is shown by its first key, for the whole would be no place at all."""
    here = node
    for step in path:
        inner = _step(here, step)
        if inner is None:
            break
        here = inner
    if here.kind is Kind.MAP and here.entries:
        return here.entries[0].key.span
    return here.span


def _step(node: Node, step: str | int) -> Node | None:
    if isinstance(step, str):
        return node.get(step)
    return node.items[step] if step < len(node.items) else None


@cache
def _validator() -> Any:
    return Draft202012Validator(json.loads(Path(__file__).with_name(SCHEMA).read_text(encoding="utf-8")))


def _shape_complaints(node: Node) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    for error in _validator().iter_errors(node.plain()):
        found += _shape_complaint(node, error)
        if len(found) >= _MOST_COMPLAINTS:
            break
    return tuple(sorted(found, key=lambda one: (one.span.start, one.span.end)))


def _shape_complaint(node: Node, error: Any) -> list[Diagnostic]:
    path = list(error.absolute_path)
    problem = problem_in_words(error.validator, error.validator_value, error.instance)
    if error.validator != "additionalProperties":
        return [complain("R001", span_at(node, path), path=_written(path), problem=problem)]
    inner = node
    for step in path:
        inner = _step(inner, step) or inner
    allowed = error.schema.get("properties", {})
    strange = [entry.key for entry in inner.entries if entry.key.value not in allowed]
    return [complain("R001", key.span, path=_written([*path, str(key.value)]), problem=problem) for key in strange]


def _written(path: Sequence[str | int]) -> str:
    said = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return said.lstrip(".") or "/"


def _slip(node: Node, path: tuple[str | int, ...], code: str) -> Diagnostic:
    span = span_at(node, path)
    here: Node | None = node
    for step in path:
        here = _step(here, step) if here is not None else None
    text = str(here.value) if here is not None else ""
    return complain(code, span, day=text) if code == "R015" else complain(code, span, text=text)


def _misnamed(record: RecordAt) -> tuple[Diagnostic, ...]:
    name = record.file.replace("\\", "/").rpartition("/")[2]
    if name == f"{record.edition.id}.yaml":
        return ()
    return (complain("R002", record.span("id"), id=record.edition.id, file=name),)
