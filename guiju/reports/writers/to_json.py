"""A report as JSON: the form that machines read; its keys are promised (docs/json.md)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson

from guiju.reports.layout.escape import json_text
from guiju.reports.layout.plain import finding_as_plain, report_as_plain
from guiju.reports.model import Report
from guiju.terms.tongue import Tongue

__all__ = ["json_parts", "jsonl_parts", "to_json", "to_jsonl"]

_AT_ONCE = 200


def to_json(report: Report, tongue: Tongue) -> bytes:
    """The whole report, indented, keys in a fixed order."""
    return b"".join(json_parts(report, tongue))


def json_parts(report: Report, tongue: Tongue) -> Iterator[bytes]:
    """The same, some findings at a time: a long report is never held whole."""
    whole = _indented(report_as_plain(replace(report, findings=()), tongue, told=report.told))
    if not report.findings:
        yield whole + b"\n"
        return
    # Two blanks after a line feed begin a key of the report itself: within a string a line feed is an escape.
    before, after = whole.split(b'\n  "findings": [],\n')
    yield before + b'\n  "findings": ['
    for start in range(0, len(report.findings), _AT_ONCE):
        some = [finding_as_plain(one, tongue) for one in report.findings[start : start + _AT_ONCE]]
        # They stand in a list of a map, as in the report, and so are indented as there.
        _, _, inner = _indented({"": some}).partition(b"[")
        yield (b"," if start else b"") + inner[: -len(b"\n  ]\n}")]
    yield b"\n  ],\n" + after + b"\n"


def _indented(plain: dict[str, Any]) -> bytes:
    try:
        return json_text(orjson.dumps(plain, option=orjson.OPT_INDENT_2))
    except TypeError:
        # Half of a surrogate pair becomes its JSON escape, as in every text that is written.
        return json_text(json.dumps(plain, ensure_ascii=False, indent=2).encode("utf-8", "surrogatepass"))


def to_jsonl(report: Report, tongue: Tongue) -> bytes:
    """One finding a line; a first line with everything else."""
    return b"".join(jsonl_parts(report, tongue))


def jsonl_parts(report: Report, tongue: Tongue) -> Iterator[bytes]:
    """The same, some findings at a time."""
    plain = report_as_plain(replace(report, findings=()), tongue, told=report.told)
    del plain["findings"]
    yield _line(plain)
    for start in range(0, len(report.findings), _AT_ONCE):
        yield b"".join(_line(finding_as_plain(one, tongue)) for one in report.findings[start : start + _AT_ONCE])


def _line(plain: dict[str, Any]) -> bytes:
    return json_text((json.dumps(plain, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass"))
