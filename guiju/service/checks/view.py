"""What the page shows of a result, written once into a small database beside it: a page of 10,000 rows asks for those on the screen."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from guiju.catalog.explain import explain_reading
from guiju.catalog.records.model import Submission
from guiju.catalog.value_notes import notes_of
from guiju.dsl.ruleset import Ruleset
from guiju.forms.annotate.reading_account import count_notes, spot
from guiju.forms.fix.edits import mendable
from guiju.forms.fix.mended_copy import MENDABLE
from guiju.reports.layout.escape import visible
from guiju.reports.model import Report
from guiju.service.checks.folder import in_place
from guiju.service.checks.grids import Picture, cell_at, pictures_of
from guiju.service.checks.sentences import brief, fields_of, glance, of_finding, of_reading, of_rule, pair
from guiju.service.checks.task import VIEW
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["write_view"]

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE rules (id TEXT PRIMARY KEY, at INTEGER NOT NULL, severity INTEGER NOT NULL, value TEXT NOT NULL);
CREATE TABLE findings (
  n INTEGER PRIMARY KEY, rule TEXT NOT NULL, verdict TEXT NOT NULL, severity INTEGER NOT NULL, sheet INTEGER, unit TEXT NOT NULL,
  under TEXT, fingerprint TEXT NOT NULL, value TEXT NOT NULL
);
CREATE INDEX findings_by_rule ON findings (verdict, rule, n);
CREATE TABLE sheets (id INTEGER PRIMARY KEY, file TEXT NOT NULL, name TEXT, value TEXT NOT NULL);
CREATE TABLE rows (sheet INTEGER NOT NULL, at INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (sheet, at)) WITHOUT ROWID;
CREATE TABLE marks (sheet INTEGER NOT NULL, at INTEGER NOT NULL, col INTEGER NOT NULL, n INTEGER NOT NULL);
"""
_INDEXES = "CREATE INDEX marks_by_row ON marks (sheet, at, col); CREATE INDEX marks_by_finding ON marks (n);"
_SHOWN = (Verdict.FAIL, Verdict.ERROR)
_MOST_OPEN = 200
"""Of one rule so many verdicts that could not be reached are listed; all are counted, and all are in the reports."""
_MOST_NOTES = 200


def write_view(folder: Path, report: Report, submission: Submission, ruleset: Ruleset, mends: list[dict[str, Any]]) -> None:
    """Writes the database into the folder of a check, whose files lie where the report names them from here."""
    part = folder / f"{VIEW}.part"
    part.unlink(missing_ok=True)
    base = sqlite3.connect(part, isolation_level=None)
    try:
        base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        base.execute("BEGIN")
        sheets = _pictures(base, submission)
        _findings(base, report.findings, sheets)
        rules = ((card.id, at, int(card.severity), _json(of_rule(card))) for at, card in enumerate(report.rules))
        base.executemany("INSERT INTO rules VALUES (?, ?, ?, ?)", rules)
        facts = {"glance": glance(report), "mends": mends, **_reading(submission, ruleset)}
        base.executemany("INSERT INTO facts VALUES (?, ?)", ((name, _json(value)) for name, value in facts.items()))
        base.execute("COMMIT")
        base.executescript(_INDEXES)
    finally:
        base.close()
    in_place(part, folder / VIEW)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace").decode()


_Sheets = dict[tuple[str, str | None], tuple[int, bool]]


def _pictures(base: sqlite3.Connection, submission: Submission) -> _Sheets:
    """The rows of all inputs; the number of each sheet by its file and name, and whether it shows lines."""
    found: _Sheets = {}
    for one in submission.inputs:
        try:
            data = Path(one.file).read_bytes()
        except OSError:
            continue
        for picture in pictures_of(data, one):
            number = len(found)
            found[one.file, picture.sheet] = (number, picture.lines)
            value = _sheet(picture, one.file, submission)
            base.execute("INSERT INTO sheets VALUES (?, ?, ?, ?)", (number, one.file, picture.sheet, _json(value)))
            rows = ((number, at, _json(texts)) for at, texts in picture.rows)
            base.executemany("INSERT INTO rows VALUES (?, ?, ?)", rows)
    return found


def _sheet(picture: Picture, file: str, submission: Submission) -> dict[str, Any]:
    headers = [one for one in submission.headers if one.place.file == file and one.place.sheet == picture.sheet]
    columns: dict[int, str] = {}
    last = 0
    for one in headers:
        at = cell_at(one.place, lines=False)
        if at is not None and not picture.lines:
            columns.setdefault(at[1], visible(one.header)[:80])
            last = max(last, at[0])
    widest = max((len(texts) for _, texts in picture.rows), default=0)
    return {
        "lines": picture.lines,
        "left": picture.left,
        "width": widest,
        "count": len(picture.rows),
        "cut": picture.cut,
        "header": last,
        "columns": {str(at): text for at, text in sorted(columns.items())},
    }


def _findings(base: sqlite3.Connection, findings: Iterable[Finding], sheets: _Sheets) -> None:
    listed: dict[str, int] = {}
    rows, marks = [], []
    for n, one in enumerate(findings):
        is_open = one.verdict is Verdict.UNDETERMINED
        if one.verdict not in _SHOWN and not is_open:
            continue
        if is_open:
            listed[one.rule] = listed.get(one.rule, 0) + 1
            if listed[one.rule] > _MOST_OPEN:
                continue
        spots = [] if is_open else _spots(one, sheets)
        verdict = "waived" if one.waiver else one.verdict.value
        unit = visible(one.department or "")
        value = _json(brief(one) if is_open else of_finding(one))
        sheet = spots[0][0] if spots else None
        rows.append((n, one.rule, verdict, int(one.severity), sheet, unit, one.cause, one.fingerprint, value))
        marks += [(*spot_, n) for spot_ in spots]
    base.executemany("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    base.executemany("INSERT INTO marks VALUES (?, ?, ?, ?)", marks)


def _spots(one: Finding, sheets: _Sheets) -> list[tuple[int, int, int]]:
    """Sheet, row and column of the places of a finding; where nothing stands, the place of its subject."""
    found: dict[tuple[int, int, int], None] = {}
    for place in one.places[:50]:
        known = sheets.get((place.file, place.sheet)) or sheets.get((place.file, None))
        at = cell_at(place, lines=known[1]) if known is not None else None
        if known is not None and at is not None:
            found[(known[0], *at)] = None
    return list(found)


def _reading(submission: Submission, ruleset: Ruleset) -> dict[str, Any]:
    """What was understood, and how many values can be mended without asking, in which files."""
    vocabulary = ruleset.vocabulary
    readings = explain_reading(submission)
    shapes = dict.fromkeys(header.shape for one in readings for header in one.headers)
    every = tuple(notes_of(submission.records, vocabulary))
    notes = count_notes(every)
    can = {one.file for one in submission.inputs if one.format in MENDABLE}
    # Only where not all inputs can be rewritten does it matter in which of them a value stands.
    several = len(can) < len(submission.inputs)
    count = sum(1 for one in mendable(every, unsafe=False) if one.safe and (not several or one.place.file in can)) if can else 0
    reading = {
        "inputs": [of_reading(one, vocabulary) for one in readings],
        "fields": {id: fields_of(vocabulary.shape(id), vocabulary) for id in shapes},
        "notes": [
            {
                "field": pair(one.field),
                "raw": one.raw[:200],
                "note": pair(one.note),
                "nearest": one.nearest,
                "count": one.count,
                "first": spot(one.first),
            }
            for one in notes[:_MOST_NOTES]
        ],
        "more_notes": max(0, len(notes) - _MOST_NOTES),
    }
    return {"reading": reading, "mendable": {"count": count, "files": sorted(can)}}
