"""A table of a database is checked as a stream with the findings of the table in memory, and of the same data as lines of JSON."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from guiju.catalog.records.limits import ReadLimits
from guiju.catalog.streams.sql_spool import spooled
from guiju.catalog.streams.stream import NotAStream
from tests.readers.vocabulary import VOCABULARY
from tests.servers import postgresql_cluster

WORDS = ("--as-of", "2026-06-30", "--format", "json")
COLUMNS = ("title", "identifier", "abstract", "update_frequency", "issued", "updated", "grade")


def _rows(count: int) -> list[tuple[Any, ...]]:
    changes = (
        {},
        {"title": " "},
        {"title": None},
        {"issued": "2024-02-30"},
        {"update_frequency": "88"},
        {"grade": "很高"},
        {"abstract": "无"},
    )
    found = []
    for number in range(count):
        value = {
            "title": "武汉市公交线路基本信息",
            "identifier": f"420100-001-{number % (count - 9):08d}",
            "abstract": "由武汉市交通运输局提供的公交线路相关数据。",
            "update_frequency": "7",
            "issued": "2025-01-01",
            "updated": "2026-06-01",
            "grade": 2,
            **changes[number % 23 if number % 23 < len(changes) else 0],
        }
        found.append(tuple(value[name] for name in COLUMNS))
    return found


def _lines(path: Path, rows: list[tuple[Any, ...]]) -> Path:
    records = ({name: cell for name, cell in zip(COLUMNS, row, strict=True) if cell is not None} for row in rows)
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    return path


def _sqlite(path: Path, rows: list[tuple[Any, ...]]) -> Path:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(f"CREATE TABLE catalog ({', '.join(COLUMNS)})")
        base.executemany(f"INSERT INTO catalog VALUES ({', '.join('?' * len(COLUMNS))})", rows)
    return path


def _checked(root: Path, data: str, *words: str) -> tuple[int, dict[str, Any]]:
    command = [sys.executable, "-m", "guiju", "check", "--rules", "benchmarks/bench.gj", data, *WORDS, *words]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    assert not done.stderr, done.stderr.decode()
    return done.returncode, json.loads(done.stdout)


def _said(report: dict[str, Any]) -> list[Any]:
    return [[one["rule"], one["verdict"], one["message"], one.get("subject")] for one in report["findings"]]


@pytest.mark.parametrize("wish", ["table=catalog", "query=SELECT * FROM catalog"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_table_of_sqlite_gives_the_report_of_memory_and_of_ndjson(root: Path, tmp_path: Path, wish: str, jobs: str) -> None:
    rows = _rows(200)
    address = f"sqlite:{_sqlite(tmp_path / 'base.db', rows)}?{wish}"
    memory = _checked(root, address)
    stream = _checked(root, address, "--jobs", jobs)
    lines = _checked(root, str(_lines(tmp_path / "data.ndjson", rows)))
    assert memory[0] == 1 and len(memory[1]["findings"]) > 50
    assert stream[1]["findings"] == memory[1]["findings"] and stream[1]["tally"] == memory[1]["tally"]
    assert stream[1]["inputs"] == memory[1]["inputs"]
    assert _said(stream[1]) == _said(lines[1])


def test_a_large_answer_of_postgresql_is_walked_and_its_lists_are_lists(root: Path, tmp_path: Path) -> None:
    psycopg = pytest.importorskip("psycopg", reason="PostgreSQL needs guiju[sql]")
    rows = _rows(150)
    with postgresql_cluster() as url:
        with psycopg.connect(url) as base:
            base.execute(
                "CREATE TABLE catalog (title text, identifier text, abstract text, update_frequency text, issued text, updated date, grade text, related text[], provider jsonb)"
            )
            for number, row in enumerate(rows):
                more = ([f"420100-001-{number + 1:08d}", "没有"], json.dumps({"name": " ", "uscc": "x"}))
                base.execute("INSERT INTO catalog VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)", (*row[:6], str(row[6]), *more))
        found = _checked(root, f"{url}?table=catalog", "--jobs", "2")[1]
        query = _checked(root, f"{url}?query={quote('SELECT * FROM catalog WHERE grade = ' + chr(39) + '2' + chr(39))}", "--jobs", "1")[1]
    records = [
        {name: cell for name, cell in zip(COLUMNS, row, strict=True) if cell is not None}
        | {"related": [f"420100-001-{number + 1:08d}", "没有"], "provider": {"name": " ", "uscc": "x"}}
        for number, row in enumerate(rows)
    ]
    (tmp_path / "data.ndjson").write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    assert _said(found) == _said(_checked(root, str(tmp_path / "data.ndjson"))[1])
    places = [one["places"][0] for one in found["findings"] if one["rule"].endswith("r38")]
    assert [(one["sheet"], one["cell"], one["pointer"]) for one in places[:1]] == [("catalog", "H2", "/related/1")]
    assert 0 < len(query["findings"]) < len(found["findings"]) and "secret" not in json.dumps(found)


def test_a_small_answer_is_left_to_memory_and_a_huge_one_is_refused(tmp_path: Path) -> None:
    address = f"sqlite:{_sqlite(tmp_path / 'base.db', _rows(50))}?table=catalog"
    with spooled(address, VOCABULARY, least=1 << 20) as lines:
        assert lines is None
    with spooled(address, VOCABULARY) as lines:
        assert lines is not None and len(lines.head()) == 50 and Path(lines.path).exists()
    assert not Path(lines.path).exists()
    with pytest.raises(NotAStream), spooled(address, VOCABULARY, limits=ReadLimits(bytes_spool=1000)):
        pass
    with pytest.raises(NotAStream), spooled(f"sqlite:{tmp_path / 'base.db'}?query=DROP TABLE catalog", VOCABULARY):
        pass
