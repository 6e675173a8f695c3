"""Marked copies of texts: YAML with comments above the guilty lines, CSV with a column of findings, JSON with a list beside it.

A marked text reads as the original did; where a comment cannot stand at its line, it stands at the head.
"""

import json
from typing import Any

from guiju.catalog.records.place import Place
from guiju.catalog.tables.own_sheets import OWN_COLUMN
from guiju.diagnostics.located_yaml import read_yaml_documents
from guiju.diagnostics.source import Source
from guiju.forms.annotate.reading_account import spot
from guiju.forms.annotate.remarks import Marking, Remark, comment_text
from guiju.forms.files.csv_fields import CsvRow, csv_rows, quoted
from guiju.forms.files.words import WORDS
from guiju.reports.layout.escape import one_line

__all__ = ["list_json", "list_ndjson", "mark_csv", "mark_yaml"]

_MARK = "#规矩▸"
_LONGEST = 400


def mark_yaml(text: str, marking: Marking) -> str:
    """The text with comments; those of an earlier marking are taken away."""
    kept = [(number, line) for number, line in enumerate(text.split("\n"), 1) if not line.lstrip(" ").startswith(_MARK)]
    by_line, loose = _by_line(marking)
    inner = _lines_inside_values(text)
    above: dict[int, list[Remark]] = {}
    for line, remarks in by_line.items():
        while line in inner:
            line -= 1
        above.setdefault(line, []).extend(remarks)
    at_lines = _with_comments(kept, above, loose, marking)
    if _says_the_same(text, at_lines):
        return at_lines
    every = list(dict.fromkeys([*(one for ones in by_line.values() for one in ones), *loose]))
    return _with_comments(kept, {}, every, marking)


def _lines_inside_values(text: str) -> frozenset[int]:
    """The lines that begin inside a value, where a comment would become part of it."""
    source = Source("", text)
    inner: set[int] = set()
    left = list(read_yaml_documents(source)[0])
    while left:
        node = left.pop()
        if node.entries or node.items:
            left += [part for entry in node.entries for part in (entry.key, entry.value)]
            left += node.items
            continue
        first, last = source.line_column(node.span.start)[0], source.line_column(node.span.end)[0]
        inner.update(range(first + 1, last + 1))
    return frozenset(inner)


def _by_line(marking: Marking) -> tuple[dict[int, list[Remark]], list[Remark]]:
    by_line: dict[int, list[Remark]] = {}
    loose: list[Remark] = []
    for one in marking.remarks:
        lines = [place.line for place in one.places if place.file == marking.file and place.line is not None]
        if not lines:
            loose.append(one)
        for line in dict.fromkeys(lines):
            by_line.setdefault(line, []).append(one)
    return by_line, loose


def _with_comments(kept: list[tuple[int, str]], by_line: dict[int, list[Remark]], loose: list[Remark], marking: Marking) -> str:
    head = WORDS["marked_head"].say(marking.tongue).format(n=len(marking.remarks), as_of=marking.as_of.isoformat())
    out = [f"{_MARK} {head}", *_comments(loose, "", marking)]
    for number, line in kept:
        indent = line[: len(line) - len(line.lstrip(" "))]
        out += _comments(by_line.get(number, []), indent, marking)
        out.append(line)
    return "\n".join(out)


def _comments(remarks: list[Remark], indent: str, marking: Marking) -> list[str]:
    lines = comment_text(remarks, marking.tongue).split("\n") if remarks else []
    return [f"{indent}{_MARK} {one_line(line)}" for line in lines if line]


def _says_the_same(one: str, other: str) -> bool:
    before, _ = read_yaml_documents(Source("", one))
    after, _ = read_yaml_documents(Source("", other))
    return [node.plain() for node in before] == [node.plain() for node in after]


def mark_csv(text: str, mark: str, header_line: int, marking: Marking) -> str:
    """The text with one column more, from its header on; a column of an earlier marking is written anew."""
    label = OWN_COLUMN[marking.tongue.value]
    by_line, _ = _by_line(marking)
    out: list[str] = []
    done, again = 0, False
    for row in csv_rows(text, mark):
        if row.line < header_line:
            continue
        if row.line == header_line:
            again = row.fields[-1].text in OWN_COLUMN.values()
            said = label
        else:
            said = "；".join(_short(one, marking) for one in by_line.get(row.line, []))
        if not again and _is_blank(row):
            continue
        old = row.fields[-1] if again and len(row.fields) > 1 else None
        out += [text[done : old.start if old else row.end], "" if old else mark, quoted(said, mark)]
        done = row.end
    out.append(text[done:])
    return "".join(out)


def _is_blank(row: CsvRow) -> bool:
    return all(not one.text.strip() for one in row.fields)


def _short(one: Remark, marking: Marking) -> str:
    text = f"【{one.severity.words.say(marking.tongue)}】{one.message}"
    fix = f" {WORDS['fix'].say(marking.tongue)}: {one.fix}" if one.fix else ""
    return one_line((text + fix)[:_LONGEST])


def list_json(marking: Marking) -> str:
    """The remarks by pointer, to stand beside a JSON text, which has no room for comments."""
    head = {"annotates": marking.file, "sha256": marking.sha256, "as_of": marking.as_of.isoformat(), "ruleset": marking.ruleset}
    return json.dumps({**head, "remarks": [_data(one, marking) for one in marking.remarks]}, ensure_ascii=False, indent=2) + "\n"


def list_ndjson(marking: Marking) -> str:
    """The remarks, one a line, each with the line of its record."""
    return "".join(json.dumps(_data(one, marking), ensure_ascii=False) + "\n" for one in marking.remarks)


def _data(one: Remark, marking: Marking) -> dict[str, Any]:
    places = [place for place in one.places if place.file == marking.file]
    return {
        "severity": one.severity.id,
        "verdict": one.verdict,
        "rule": one.code,
        "subject": one.subject,
        "places": [_place(place) for place in places],
        "message": one.message,
        "seen": one.seen,
        "required": one.required,
        "cites": one.cites,
        "fix": one.fix,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"where": spot(place), "pointer": place.pointer, "line": place.line, "column": place.column}
