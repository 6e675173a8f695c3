"""A store of runs keeps each run once, gives it back as it was, and counts by month and unit; on SQLite and on a real PostgreSQL."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sqlalchemy")

from guiju.store.database import Engine, StoreFault, default_store, migrations, open_store, reading, writing
from guiju.store.runs import drop_run, find_run, keep_run, list_runs, report_text, trend
from tests.servers import postgresql_cluster

AT = "2026-03-18T02:00:00Z"


def report(day: str = "2026-03-17", *findings: tuple[str, str, str], file: str = "申报/目录.xlsx") -> str:
    """The json of a report with (department, verdict, waiver) findings."""
    plain: dict[str, Any] = {
        "guiju": {"package": "0.1.0", "ruleset": "a" * 64},
        "as_of": day,
        "inputs": [{"file": file}],
        "subjects": {"dataset": 4, "catalog": 1},
        "rules": 3,
        "tally": {"PASS": 5, "FAIL": len(findings)},
        "findings": [
            {
                "fingerprint": f"{at:064}",
                "rule": "X.1.r",
                "verdict": verdict,
                "severity": "major",
                "department": unit or None,
                "waiver": waiver or None,
            }
            for at, (unit, verdict, waiver) in enumerate(findings)
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL cluster of this test alone."""
    with postgresql_cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield open_store(str(tmp_path / "deep" / "runs.db"))
        return
    pytest.importorskip("psycopg")
    engine = open_store(request.getfixturevalue("postgres"))
    yield engine
    with writing(engine) as connection:
        connection.exec_driver_sql("DELETE FROM findings")
        connection.exec_driver_sql("DELETE FROM runs")


def test_a_run_comes_back_byte_for_byte(store: Engine) -> None:
    text = report("2026-03-17", ("市水务局", "FAIL", ""), ("", "FAIL", "W-1"))
    id, fresh = keep_run(store, text, kept_at=AT)
    assert fresh
    assert report_text(store, id) == text
    (run,) = list_runs(store)
    assert (run.id, run.as_of, run.kept_at, run.subjects, run.rules, run.series) == (id, "2026-03-17", AT, 5, 3, "目录.xlsx")
    assert (run.count("PASS"), run.count("FAIL"), run.count("ERROR")) == (5, 2, 0)


def test_keeping_a_run_again_keeps_nothing_new(store: Engine) -> None:
    first = keep_run(store, report(), kept_at=AT)
    assert keep_run(store, report(), kept_at="2027-01-01T00:00:00Z") == (first[0], False)
    assert [one.kept_at for one in list_runs(store)] == [AT]


def test_runs_are_listed_by_their_day_and_found_by_their_first_characters(store: Engine) -> None:
    ids = [keep_run(store, report(day), kept_at=AT)[0] for day in ("2026-01-05", "2026-03-01", "2026-02-01")]
    assert [one.as_of for one in list_runs(store)] == ["2026-03-01", "2026-02-01", "2026-01-05"]
    assert [one.as_of for one in list_runs(store, most=1)] == ["2026-03-01"]
    assert find_run(store, "last") == (ids[1],)
    assert find_run(store, ids[0][:9]) == (ids[0],)
    assert find_run(store, "%") == ()
    assert find_run(store, "' OR 1=1 --") == ()
    assert set(find_run(store, "")) == set(ids)


def test_a_trend_takes_the_last_run_of_each_series_in_a_month(store: Engine) -> None:
    keep_run(store, report("2026-01-05", ("水务", "FAIL", ""), ("水务", "FAIL", "")), kept_at=AT)
    keep_run(store, report("2026-01-25", ("水务", "FAIL", ""), ("交通", "FAIL", "W-1"), ("", "UNDETERMINED", "")), kept_at=AT)
    keep_run(store, report("2026-01-09", ("水务", "ERROR", ""), file="另一份.yaml"), kept_at=AT)
    keep_run(store, report("2026-02-01", ("交通", "FAIL", "")), kept_at=AT)
    told = [(one.month, one.department, one.fail, one.waived, one.undetermined) for one in trend(store)]
    assert told == [("2026-01", "", 0, 0, 1), ("2026-01", "交通", 0, 1, 0), ("2026-01", "水务", 2, 0, 0), ("2026-02", "交通", 1, 0, 0)]
    assert [one.month for one in trend(store, department="水务")] == ["2026-01"]


def test_a_dropped_run_leaves_nothing_behind(store: Engine) -> None:
    id, _ = keep_run(store, report("2026-01-05", ("水务", "FAIL", "")), kept_at=AT)
    drop_run(store, id)
    assert (list_runs(store), trend(store)) == ((), ())


@pytest.mark.parametrize("name", ["𠮷\u0000\ud800名", "'; DROP TABLE runs; --", "长" * 2000])
def test_hostile_names_are_kept_and_harm_nothing(store: Engine, name: str) -> None:
    id, _ = keep_run(store, report("2026-01-05", (name, "FAIL", "")), kept_at=AT)
    assert json.loads(report_text(store, id))["rules"] == 3
    assert len(trend(store)) == 1


def test_opening_a_store_again_changes_nothing(store: Engine) -> None:
    keep_run(store, report(), kept_at=AT)
    again = open_store(store.url.render_as_string(hide_password=False))
    assert len(list_runs(again)) == 1
    with reading(again) as connection:
        numbers = connection.exec_driver_sql("SELECT number FROM guiju_migrations ORDER BY number").scalars().all()
    assert list(numbers) == [number for number, _, _ in migrations()]


def test_a_store_of_a_later_version_is_left_alone(store: Engine) -> None:
    with writing(store) as connection:
        connection.exec_driver_sql("INSERT INTO guiju_migrations (number, name) VALUES (999, 'later')")
    try:
        with pytest.raises(StoreFault) as caught:
            open_store(store.url.render_as_string(hide_password=False))
        assert caught.value.kind == "newer"
    finally:
        with writing(store) as connection:
            connection.exec_driver_sql("DELETE FROM guiju_migrations WHERE number = 999")


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("mysql://u:topsecret@h/db", "bad_url"),
        ("postgresql://u:topsecret@127.0.0.1:1/db", "unreachable"),
        ("http://[", "bad_url"),
        ("sqlite:////dev/null/x.db", "unwritable"),
    ],
)
def test_a_store_that_cannot_be_used_is_a_fault_without_a_secret(where: str, kind: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreFault) as caught:
        open_store(where)
    assert caught.value.kind == kind
    assert "topsecret" not in caught.value.words


def test_a_file_that_is_no_database_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "runs.db"
    file.write_text("这不是数据库" * 100, encoding="utf-8")
    with pytest.raises(StoreFault):
        open_store(str(file))


def test_a_store_is_not_made_by_looking_for_it(tmp_path: Path) -> None:
    with pytest.raises(StoreFault) as caught:
        open_store(str(tmp_path / "runs.db"), make=False)
    assert caught.value.kind == "absent"
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    open_store(str(tmp_path / "runs.db"))
    assert (tmp_path / "runs.db").stat().st_mode & 0o077 == 0


def test_the_store_is_where_somebody_says_and_else_in_the_data_folder() -> None:
    assert default_store({"GUIJU_STORE": "postgresql://h/d", "HOME": "h"}) == "postgresql://h/d"
    assert default_store({"XDG_DATA_HOME": "x", "HOME": "h"}) == os.path.join("x", "guiju", "runs.db")
    assert default_store({"HOME": "h"}) == os.path.join("h", ".local", "share", "guiju", "runs.db")
