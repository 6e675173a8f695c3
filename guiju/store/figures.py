"""The figures of the dashboards, counted out of the runs that were kept: by unit, district, month and profile, by clause, by rule.

Of each series of runs the last of a month stands for that month, so that checking a thing twice counts it once.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from guiju.store.database import Engine, reading
from guiju.store.runs import FINDINGS, RUNS, Run, list_runs

__all__ = ["Chosen", "Figure", "Figures", "failing_units", "figures"]

_SEVERITIES = ("blocking", "major", "minor", "advisory")
_MOST = 50
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which runs and findings are counted; what is None asks nothing."""

    department: str | None = None
    district: str | None = None
    profile: str | None = None
    month: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of a table: what it is of, failures by severity, waived and undetermined verdicts, and in how many runs."""

    of: str
    blocking: int = 0
    major: int = 0
    minor: int = 0
    advisory: int = 0
    waived: int = 0
    undetermined: int = 0
    runs: int = 0

    @property
    def fail(self) -> int:
        """All failures."""
        return self.blocking + self.major + self.minor + self.advisory


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that a dashboard shows. `judged` of `expected` judgements could be made; `outcomes` counts runs by outcome.

    `always` are rules that failed in every run, `waivers` those that end within so many days: (id, last day, run).
    """

    runs: tuple[Run, ...]
    expected: int
    judged: int
    verdicts: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int], ...]
    months: tuple[Figure, ...]
    departments: tuple[Figure, ...]
    districts: tuple[Figure, ...]
    profiles: tuple[Figure, ...]
    clauses: tuple[Figure, ...]
    rules: tuple[Figure, ...]
    always: tuple[str, ...]
    waivers: tuple[tuple[str, str, str], ...]


def figures(engine: Engine, chosen: Chosen, *, today: date, days: int = 30) -> Figures:
    """The figures of the runs that are chosen; `days` is how soon a waiver that ends is told."""
    every = list_runs(engine)
    runs = _last_of_month([one for one in every if _is_chosen(one, chosen)])
    counted = _count(engine, [one.id for one in runs], chosen)
    months = {one.id: one.as_of[:7] for one in runs}
    profiles = {one.id: one.profile for one in runs}
    rules = _figures(counted, lambda row: row["rule"])
    return Figures(
        runs=runs,
        expected=sum(one.expected for one in runs),
        judged=sum(one.judged for one in runs),
        verdicts=_summed(dict(one.tally) for one in runs),
        outcomes=_summed({one.outcome or "": 1} for one in runs),
        months=tuple(sorted(_figures(counted, lambda row: months[row["run"]]), key=lambda one: one.of)),
        departments=_figures(counted, lambda row: row["department"]),
        districts=_figures(counted, lambda row: row["district"]),
        profiles=_figures(counted, lambda row: profiles[row["run"]]),
        clauses=_figures(counted, lambda row: row["clause"]),
        rules=rules,
        always=tuple(one.of for one in rules if len(runs) > 1 and one.runs == len(runs) and one.fail),
        waivers=_ending(engine, runs, today, days),
    )


def _is_chosen(one: Run, chosen: Chosen) -> bool:
    return (chosen.profile is None or one.profile == chosen.profile) and (chosen.month is None or one.as_of.startswith(chosen.month))


def _last_of_month(runs: Iterable[Run]) -> tuple[Run, ...]:
    found: dict[tuple[str, str], Run] = {}
    for one in runs:  # the latest first
        found.setdefault((one.as_of[:7], one.series), one)
    return tuple(found.values())


def _count(engine: Engine, ids: list[str], chosen: Chosen) -> list[dict[str, Any]]:
    of = (
        FINDINGS.c.run,
        FINDINGS.c.rule,
        FINDINGS.c.clause,
        FINDINGS.c.department,
        FINDINGS.c.district,
        FINDINGS.c.verdict,
        FINDINGS.c.severity,
    )
    found: list[dict[str, Any]] = []
    with reading(engine) as connection:
        for start in range(0, len(ids), _CHUNK):
            query = select(*of, func.count().label("count")).where(FINDINGS.c.run.in_(ids[start : start + _CHUNK])).group_by(*of)
            if chosen.department is not None:
                query = query.where(FINDINGS.c.department == chosen.department)
            if chosen.district is not None:
                query = query.where(FINDINGS.c.district == chosen.district)
            found += [dict(row) for row in connection.execute(query).mappings()]
    return found


def _figures(rows: Iterable[dict[str, Any]], key: Callable[[dict[str, Any]], str]) -> tuple[Figure, ...]:
    """One figure for each key, the most failures first."""
    sums: dict[str, dict[str, int]] = {}
    runs: dict[str, set[str]] = {}
    for row in rows:
        of = key(row)
        held = sums.setdefault(of, {})
        failed = row["verdict"] in ("FAIL", "ERROR")
        name = row["severity"] if failed else row["verdict"].lower()
        if name in (*_SEVERITIES, "waived", "undetermined"):
            held[name] = held.get(name, 0) + row["count"]
        if failed:
            runs.setdefault(of, set()).add(row["run"])
    made = [Figure(of=of, runs=len(runs.get(of, ())), **held) for of, held in sums.items()]
    return tuple(sorted(made, key=lambda one: (-one.fail, -one.undetermined, one.of)))


def _summed(counts: Iterable[Mapping[str, int]]) -> tuple[tuple[str, int], ...]:
    sums: dict[str, int] = {}
    for one in counts:
        for name, count in one.items():
            sums[name] = sums.get(name, 0) + count
    return tuple(sums.items())


def _ending(engine: Engine, runs: Iterable[Run], today: date, days: int) -> tuple[tuple[str, str, str], ...]:
    """The waivers of the runs with any, whose last day is near or past."""
    waived = [one.id for one in runs if one.count("WAIVED")][:_MOST]
    found: dict[str, tuple[str, str, str]] = {}
    with reading(engine) as connection:
        for id, text in connection.execute(select(RUNS.c.id, RUNS.c.report).where(RUNS.c.id.in_(waived))):
            for one in json.loads(text).get("waivers") or ():
                last = date.fromisoformat(one["to"])
                if (last - today).days <= days:
                    found.setdefault(one["id"], (one["id"], one["to"], id))
    return tuple(sorted(found.values(), key=lambda one: one[1]))


def failing_units(engine: Engine, rule: str, most: int = 8) -> list[tuple[str, int]]:
    """The departments in which a rule failed most, over all runs."""
    query = (
        select(FINDINGS.c.department, func.count())
        .where(FINDINGS.c.rule == rule, FINDINGS.c.verdict == "FAIL")
        .group_by(FINDINGS.c.department)
        .order_by(func.count().desc(), FINDINGS.c.department)
        .limit(most)
    )
    with reading(engine) as connection:
        return [(department, count) for department, count in connection.execute(query)]
