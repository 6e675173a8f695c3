"""The questions that the page asks of a result: facts, groups of findings, the rows on the screen, and how two results differ."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Difference", "Filter", "Result"]

_EVERY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What of the findings is asked for; None asks nothing."""

    sheet: int | None = None
    severity: str | None = None
    unit: str | None = None
    rule: str | None = None
    verdict: str = "fail"
    words: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing but the verdict is asked."""
        return (self.sheet, self.severity, self.unit, self.rule, self.words) == (None,) * 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The second of two results beside the first: findings that are gone, that are left, and that are new."""

    gone: int
    left: int
    new: int


_SEVERITIES = {"advisory": 1, "minor": 2, "major": 3, "blocking": 4}
_VERDICTS = {"fail": ("fail", "error"), "undetermined": ("undetermined",), "waived": ("waived",)}


class Result:
    """One result; every answer opens its database and closes it again."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def _ask(self, query: str, given: Mapping[str, object] | tuple[object, ...] = ()) -> list[Any]:
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as base:
            return base.execute(query, given).fetchall()

    def fact(self, name: str) -> Any:
        """One of the facts: glance, reading, mends, mendable."""
        [(value,)] = self._ask("SELECT value FROM facts WHERE name = ?", (name,))
        return json.loads(value)

    def rules(self) -> dict[str, dict[str, Any]]:
        """The cards of all rules by id."""
        return {id: json.loads(value) for id, value in self._ask("SELECT id, value FROM rules ORDER BY at")}

    def sheets(self) -> list[dict[str, Any]]:
        """The sheets and texts of which there is a picture, with the number of findings in each."""
        counts = dict(self._ask("SELECT sheet, COUNT(DISTINCT n) FROM marks GROUP BY sheet"))
        rows = self._ask("SELECT id, file, name, value FROM sheets ORDER BY id")
        return [{"id": id, "file": file, "name": name, "found": counts.get(id, 0), **json.loads(value)} for id, file, name, value in rows]

    def units(self) -> list[str]:
        """The departments that some finding names."""
        return [unit for (unit,) in self._ask("SELECT DISTINCT unit FROM findings WHERE unit != '' ORDER BY unit")]

    def _where(self, asked: Filter) -> tuple[str, dict[str, object]]:
        verdicts = _VERDICTS.get(asked.verdict, _VERDICTS["fail"])
        parts = [f"f.verdict IN ({', '.join(f':v{at}' for at in range(len(verdicts)))})"]
        given: dict[str, object] = {f"v{at}": one for at, one in enumerate(verdicts)}
        if asked.sheet is not None:
            parts.append("f.sheet = :sheet")
            given["sheet"] = asked.sheet
        if asked.severity in _SEVERITIES:
            parts.append("f.severity = :severity")
            given["severity"] = _SEVERITIES[asked.severity]
        for name, value in (("unit", asked.unit), ("rule", asked.rule)):
            if value is not None:
                parts.append(f"f.{name} = :{name}")
                given[name] = value
        if asked.words:
            parts.append("f.value LIKE :words ESCAPE '\\'")
            safe = asked.words[:100].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            given["words"] = f"%{safe}%"
        return " AND ".join(parts), given

    def groups(self, asked: Filter, *, most: int = _EVERY) -> list[dict[str, Any]]:
        """The findings by rule, the gravest rule first: [rule, count, the first of them]."""
        where, given = self._where(asked)
        counted = self._ask(
            f"SELECT rule, COUNT(*), MAX(severity), MIN(n) FROM findings f WHERE {where} GROUP BY rule ORDER BY 3 DESC, 2 DESC, rule", given
        )
        return [{"rule": rule, "count": count, "first": self.findings(asked, rule, 0, most)} for rule, count, _, _ in counted]

    def findings(self, asked: Filter, rule: str, start: int, most: int = _EVERY) -> list[dict[str, Any]]:
        """Some of the findings of a rule, in their order."""
        where, given = self._where(asked)
        rows = self._ask(
            f"SELECT n, verdict, value FROM findings f WHERE {where} AND f.rule = :of ORDER BY n LIMIT :most OFFSET :start",
            {**given, "of": rule, "most": most, "start": start},
        )
        return [{"n": n, "verdict": verdict, **json.loads(value), "marks": self._marks_of(n)} for n, verdict, value in rows]

    def some(self, asked: Filter, start: int, most: int) -> list[dict[str, Any]]:
        """Some of the findings of all rules, in their order."""
        where, given = self._where(asked)
        rows = self._ask(
            f"SELECT f.n, f.rule, f.verdict, f.severity, f.value FROM findings f WHERE {where} ORDER BY f.n LIMIT :most OFFSET :start",
            {**given, "most": most, "start": start},
        )
        names = {number: name for name, number in _SEVERITIES.items()}
        return [
            {"n": n, "rule": rule, "verdict": verdict, "severity": names[severity], **json.loads(value)}
            for n, rule, verdict, severity, value in rows
        ]

    def _marks_of(self, n: int) -> list[tuple[int, int, int]]:
        return self._ask("SELECT sheet, at, col FROM marks WHERE n = ? LIMIT 6", (n,))

    def finding(self, n: int) -> dict[str, Any] | None:
        """One finding by its number in the report."""
        rows = self._ask("SELECT n, rule, verdict, value FROM findings WHERE n = ?", (n,))
        return {"n": rows[0][0], "rule": rows[0][1], "verdict": rows[0][2], **json.loads(rows[0][3])} if rows else None

    def count(self, asked: Filter) -> int:
        """How many findings there are."""
        where, given = self._where(asked)
        return int(self._ask(f"SELECT COUNT(*) FROM findings f WHERE {where}", given)[0][0])

    def marked_columns(self, sheet: int, asked: Filter) -> list[int]:
        """The columns of a sheet in which something is marked."""
        where, given = self._where(asked)
        query = f"SELECT DISTINCT m.col FROM marks m JOIN findings f ON f.n = m.n WHERE m.sheet = :on AND {where} ORDER BY m.col"
        return [col for (col,) in self._ask(query, {**given, "on": sheet})]

    def row_count(self, sheet: int, asked: Filter, *, whole: bool) -> int:
        """How many rows a picture has: all, or those in which something is marked."""
        if whole:
            return int(self._ask("SELECT COUNT(*) FROM rows WHERE sheet = ?", (sheet,))[0][0])
        where, given = self._where(asked)
        query = f"SELECT COUNT(DISTINCT m.at) FROM marks m JOIN findings f ON f.n = m.n WHERE m.sheet = :on AND {where}"
        return int(self._ask(query, {**given, "on": sheet})[0][0])

    def position(self, sheet: int, at: int, asked: Filter, *, whole: bool) -> int:
        """How many rows of the picture are before that one."""
        if whole:
            return int(self._ask("SELECT COUNT(*) FROM rows WHERE sheet = ? AND at < ?", (sheet, at))[0][0])
        where, given = self._where(asked)
        query = f"SELECT COUNT(DISTINCT m.at) FROM marks m JOIN findings f ON f.n = m.n WHERE m.sheet = :on AND m.at < :before AND {where}"
        return int(self._ask(query, {**given, "on": sheet, "before": at})[0][0])

    def rows(self, sheet: int, start: int, most: int, asked: Filter, *, whole: bool) -> list[dict[str, Any]]:
        """Some rows of a picture: number, texts, and by column the severity and the number of each finding marked there."""
        where, given = self._where(asked)
        given = {**given, "on": sheet, "most": most, "start": start}
        if whole:
            query = "SELECT at, value FROM rows WHERE sheet = :on ORDER BY at LIMIT :most OFFSET :start"
            taken = self._ask(query, {name: given[name] for name in ("on", "most", "start")})
        else:
            taken = self._ask(
                "SELECT t.at, COALESCE(r.value, '[]') FROM (SELECT DISTINCT m.at FROM marks m JOIN findings f ON f.n = m.n "
                f"WHERE m.sheet = :on AND {where} ORDER BY m.at LIMIT :most OFFSET :start) t "
                "LEFT JOIN rows r ON r.sheet = :on AND r.at = t.at ORDER BY t.at",
                given,
            )
        if not taken:
            return []
        marked: dict[int, dict[int, list[tuple[int, int]]]] = {}
        for at, col, n, severity in self._ask(
            "SELECT m.at, m.col, m.n, f.severity FROM marks m JOIN findings f ON f.n = m.n "
            f"WHERE m.sheet = :on AND m.at BETWEEN :first AND :last AND {where} ORDER BY f.severity DESC, m.n",
            {**given, "first": taken[0][0], "last": taken[-1][0]},
        ):
            marked.setdefault(at, {}).setdefault(col, []).append((severity, n))
        return [{"at": at, "cells": json.loads(value), "marks": marked.get(at, {})} for at, value in taken]

    def row(self, sheet: int, at: int) -> list[str]:
        """The texts of one row."""
        found = self._ask("SELECT value FROM rows WHERE sheet = ? AND at = ?", (sheet, at))
        return list(json.loads(found[0][0])) if found else []

    def prints(self) -> set[str]:
        """The fingerprints of what failed."""
        return {one for (one,) in self._ask("SELECT fingerprint FROM findings WHERE verdict IN ('fail', 'error')")}

    def beside(self, first: "Result") -> Difference:
        """This result beside an earlier one."""
        before, after = first.prints(), self.prints()
        return Difference(gone=len(before - after), left=len(before & after), new=len(after - before))
