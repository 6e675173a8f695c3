"""Past runs and their findings: kept once each, listed, read back as they were, and counted by month and unit.

A run is known by the digest of its report, so that keeping it again keeps nothing new.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from guiju.store.database import Engine, reading, writing

__all__ = ["FINDINGS", "RUNS", "Month", "Run", "drop_run", "find_run", "keep_run", "list_runs", "report_text", "trend"]

_META = MetaData()
RUNS = Table(
    "runs",
    _META,
    Column("id", String(16), primary_key=True),
    Column("kept_at", String(20)),
    Column("as_of", String(10)),
    Column("series", String(500)),
    Column("package", String(40)),
    Column("ruleset", String(64)),
    Column("subjects", Integer),
    Column("rules", Integer),
    Column("tally", Text),
    Column("report", Text),
    Column("profile", String(200)),
    Column("outcome", String(100)),
    Column("expected", Integer),
    Column("judged", Integer),
    Column("owner", String(200)),
)
FINDINGS = Table(
    "findings",
    _META,
    Column("run", String(16), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("fingerprint", String(64)),
    Column("rule", String(300)),
    Column("verdict", String(20)),
    Column("severity", String(20)),
    Column("department", String(500)),
    Column("district", String(200)),
    Column("clause", String(300)),
)
_BATCH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One kept run without its report; `tally` counts verdicts by their names."""

    id: str
    kept_at: str
    as_of: str
    series: str
    package: str
    ruleset: str
    subjects: int
    rules: int
    tally: tuple[tuple[str, int], ...]
    profile: str = ""
    outcome: str = ""
    expected: int = 0
    judged: int = 0
    owner: str = ""

    def count(self, verdict: str) -> int:
        """How many verdicts of that name the run had."""
        return dict(self.tally).get(verdict, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One unit in one month: findings of the last run of each series in it."""

    month: str
    department: str
    fail: int
    waived: int
    undetermined: int


def keep_run(engine: Engine, report: str, *, kept_at: str, series: str | None = None, owner: str = "") -> tuple[str, bool]:
    """The id of the run whose json report this is, and whether it was not kept before."""
    id = hashlib.sha256(report.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    plain = json.loads(report)
    with writing(engine) as connection:
        if connection.execute(select(RUNS.c.id).where(RUNS.c.id == id)).first() is not None:
            return id, False
        try:
            with connection.begin_nested():
                connection.execute(
                    insert(RUNS).values(id=id, kept_at=kept_at, report=_storable(report), owner=_cut(owner, 200), **_columns(plain, series))
                )
        except IntegrityError:
            return id, False  # somebody has kept the same run in this very moment
        rows = [_row(id, number, one) for number, one in enumerate(plain["findings"])]
        for start in range(0, len(rows), _BATCH):
            connection.execute(insert(FINDINGS), rows[start : start + _BATCH])
    return id, True


def list_runs(engine: Engine, *, most: int | None = None) -> tuple[Run, ...]:
    """The runs, the latest day of judgement first, and on one day the one that was kept last."""
    order = (RUNS.c.as_of.desc(), RUNS.c.kept_at.desc(), RUNS.c.id)
    columns = [one for one in RUNS.c if one.name != "report"]
    with reading(engine) as connection:
        return tuple(_run(dict(row)) for row in connection.execute(select(*columns).order_by(*order).limit(most)).mappings())


def find_run(engine: Engine, start: str) -> tuple[str, ...]:
    """The ids that begin so; `last` is the run that `list_runs` gives first."""
    if start == "last":
        return tuple(one.id for one in list_runs(engine, most=1))
    pattern = RUNS.c.id.startswith(start, autoescape=True)
    with reading(engine) as connection:
        return tuple(connection.execute(select(RUNS.c.id).where(pattern).order_by(RUNS.c.id)).scalars())


def report_text(engine: Engine, id: str) -> str:
    """The json report of a run, as it was."""
    with reading(engine) as connection:
        text: str = connection.execute(select(RUNS.c.report).where(RUNS.c.id == id)).scalar_one()
    return text


def drop_run(engine: Engine, id: str) -> None:
    """Forgets a run and its findings."""
    with writing(engine) as connection:
        connection.execute(delete(FINDINGS).where(FINDINGS.c.run == id))
        connection.execute(delete(RUNS).where(RUNS.c.id == id))


def trend(engine: Engine, *, department: str | None = None) -> tuple[Month, ...]:
    """Failing, waived and undetermined findings by month and unit, of the last run of each series in a month.

    A unit that a month's runs do not name in any finding has no line in that month.
    """
    last: dict[tuple[str, str], str] = {}
    for run in reversed(list_runs(engine)):
        last[run.as_of[:7], run.series] = run.id
    months = {id: month for (month, _), id in last.items()}
    counts: dict[tuple[str, str], dict[str, int]] = {}
    of = (FINDINGS.c.run, FINDINGS.c.department, FINDINGS.c.verdict)
    # The database counts: a store of many large runs has millions of findings.
    counted = select(*of, func.count()).group_by(*of)
    if department is not None:
        counted = counted.where(FINDINGS.c.department == department)
    with reading(engine) as connection:
        for run, unit, verdict, number in connection.execute(counted):
            if run in months:
                held = counts.setdefault((months[run], unit), {})
                held[verdict] = held.get(verdict, 0) + number
    return tuple(
        Month(month=month, department=unit, fail=held.get("FAIL", 0) + held.get("ERROR", 0), waived=held.get("WAIVED", 0),
              undetermined=held.get("UNDETERMINED", 0))
        for (month, unit), held in sorted(counts.items())
    )  # fmt: skip


# PostgreSQL keeps no NUL in a text; our own JSON escapes it, and what is cut out of a report must not bring it back.
_NUL = "\x00"


def _storable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace(_NUL, "\\u0000")


def _columns(plain: dict[str, Any], series: str | None) -> dict[str, Any]:
    names = sorted({str(one["file"]).replace("\\", "/").rpartition("/")[2] for one in plain["inputs"]})
    return {
        "as_of": str(plain["as_of"]),
        "series": _cut(series or ", ".join(names), 500),
        "package": _cut(str(plain["guiju"]["package"]), 40),
        "ruleset": _cut(str(plain["guiju"]["ruleset"]), 64),
        "subjects": sum(plain["subjects"].values()),
        "rules": int(plain["rules"]),
        "tally": json.dumps(plain["tally"]),
        # Reports of earlier versions say nothing of profiles.
        "profile": _cut(", ".join(one["id"] for one in (plain.get("profiles") or {}).get("taken", [])), 200),
        "outcome": _cut((plain.get("outcome") or {}).get("id") or "", 100),
        "expected": int((plain.get("outcome") or {}).get("expected_judgements") or 0),
        "judged": int((plain.get("outcome") or {}).get("judged") or 0),
    }


def _row(run: str, number: int, finding: dict[str, Any]) -> dict[str, Any]:
    return {
        "run": run,
        "number": number,
        "fingerprint": _cut(finding["fingerprint"], 64),
        "rule": _cut(finding["rule"], 300),
        "verdict": "WAIVED" if finding["waiver"] else finding["verdict"],
        "severity": finding["severity"],
        "department": _cut(finding["department"] or "", 500),
        "district": _cut(finding.get("district") or "", 200),
        "clause": _cut(" ".join(filter(None, ((finding.get("citation") or {}).get(part) for part in ("instrument", "clause")))), 300),
    }


def _cut(text: str, most: int) -> str:
    return _storable(text).replace("\\u0000", "")[:most]


def _run(row: dict[str, Any]) -> Run:
    return Run(**{**row, "tally": tuple(json.loads(row["tally"]).items())})
