"""A report as JSON: the form that machines read; its keys are promised (docs/json.md)."""

import io
import json
from dataclasses import replace
from typing import Any

import orjson

from guiju.reports.layout.escape import json_text
from guiju.reports.layout.plain import finding_as_plain, report_as_plain
from guiju.reports.model import Report
from guiju.terms.tongue import Tongue

__all__ = ["to_json", "to_jsonl"]


def to_json(report: Report, tongue: Tongue) -> bytes:
    """The whole report, indented, keys in a fixed order; written finding by finding, so that a long report is never held twice."""
    whole = _indented(report_as_plain(replace(report, findings=()), tongue, told=report.told))
    if not report.findings:
        return whole + b"\n"
    # Two blanks after a line feed begin a key of the report itself: within a string a line feed is an escape.
    before, after = whole.split(b'\n  "findings": [],\n')
    into = io.BytesIO()
    into.write(before + b'\n  "findings": [')
    for number, finding in enumerate(report.findings):
        into.write(b",\n    " if number else b"\n    ")
        into.write(_indented(finding_as_plain(finding, tongue)).replace(b"\n", b"\n    "))
    into.write(b"\n  ],\n" + after + b"\n")
    return into.getvalue()


def _indented(plain: dict[str, Any]) -> bytes:
    try:
        return json_text(orjson.dumps(plain, option=orjson.OPT_INDENT_2))
    except TypeError:
        # Half of a surrogate pair becomes its JSON escape, as in every text that is written.
        return json_text(json.dumps(plain, ensure_ascii=False, indent=2).encode("utf-8", "surrogatepass"))


def to_jsonl(report: Report, tongue: Tongue) -> bytes:
    """One finding a line; a first line with everything else. Written finding by finding: a long report is never held twice."""
    plain = report_as_plain(replace(report, findings=()), tongue, told=report.told)
    del plain["findings"]
    into = io.BytesIO()
    into.write(_line(plain))
    for finding in report.findings:
        into.write(_line(finding_as_plain(finding, tongue)))
    return into.getvalue()


def _line(plain: dict[str, Any]) -> bytes:
    return json_text((json.dumps(plain, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass"))
