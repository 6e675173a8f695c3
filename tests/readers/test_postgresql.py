"""A table or a query of a real PostgreSQL is a catalog; nothing is ever written, and no password is ever shown."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

psycopg = pytest.importorskip("psycopg", reason="PostgreSQL needs guiju[sql]")

from guiju.catalog.read import read  # noqa: E402
from guiju.catalog.records.model import Submission  # noqa: E402
from guiju.terms.tongue import Tongue  # noqa: E402
from tests.readers.vocabulary import VOCABULARY  # noqa: E402
from tests.servers import postgresql_cluster  # noqa: E402

_SECRET = "kept-to-itself-7"
_ROWS = (("0420106", "空气质量监测", "市生态环境局", "每日", 12), ("0420107", "公交线路", "市交通运输局", "每年", 7))
_READ = [{"code": code, "name": name, "unit": unit, "cycle": cycle, "downloads": downloads} for code, name, unit, cycle, downloads in _ROWS]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a database with one table in a schema of its own, and the same table in public."""
    with postgresql_cluster(password=_SECRET) as url:
        with psycopg.connect(url) as base:
            base.execute("CREATE SCHEMA portal")
            for table in ("portal.catalog", '"目录"'):
                base.execute(f'CREATE TABLE {table} ("目录代码" text, "名称" text, "提供单位" text, "更新频率" text, "下载次数" integer)')
                for row in _ROWS:
                    base.execute(f"INSERT INTO {table} VALUES (%s, %s, %s, %s, %s)", row)
        yield url


def _rows(address: str) -> int:
    with psycopg.connect(address) as base:
        counted = base.execute('SELECT (SELECT count(*) FROM portal.catalog) + (SELECT count(*) FROM "目录")').fetchone()
        assert counted is not None
        return int(counted[0])


def _asked(address: str, wish: str) -> Submission:
    key, _, value = wish.partition("=")
    return read([f"{address}?{key}={quote(value)}"], VOCABULARY)


def _told(got: Submission) -> str:
    return " ".join(one.headline(tongue) for one in got.diagnostics for tongue in Tongue)


@pytest.mark.parametrize(
    "wish", ["table=目录", "table=portal.catalog", "query=SELECT * FROM portal.catalog ORDER BY 1", "query=TABLE portal.catalog;"]
)
def test_a_table_or_a_query_is_a_catalog(address: str, wish: str) -> None:
    got = _asked(address, wish)
    assert [record.value for record in got.records] == _READ
    assert got.records[1].locator.place(("unit",)).cell == "C3"
    assert got.inputs[0].format == "sql" and len(got.inputs[0].sha256) == 64
    assert _SECRET not in repr(got.inputs) and _SECRET not in repr(got.records[0].locator.place(("unit",)))


@pytest.mark.parametrize(
    "wish",
    [
        "query=DROP TABLE portal.catalog",
        "query=SELECT 1; DROP TABLE portal.catalog",
        "query=DELETE FROM portal.catalog",
        "query=WITH gone AS (DELETE FROM portal.catalog RETURNING *) SELECT * FROM gone",
        "query=SELECT * INTO portal.other FROM portal.catalog",
        "query=COPY portal.catalog TO PROGRAM 'touch {mark}'",
        "query=COPY (SELECT 1) TO '{mark}'",
        "query=SELECT lo_export(lo_creat(-1), '{mark}')",
        "query=SELECT set_config('transaction_read_only', 'off', true), nextval('portal.no_such')",
        "table=portal.nothing",
        "table=portal.catalog; DROP TABLE portal.catalog",
        'table=catalog" ; DROP TABLE "目录',
        "table=",
    ],
)
def test_a_database_is_only_ever_read(address: str, wish: str) -> None:
    mark = Path(f"/tmp/guiju-pg-mark-{os.getpid()}")
    got = _asked(address, wish.format(mark=mark))
    assert [one.code for one in got.diagnostics][:1] == ["D098"], _told(got)
    assert got.records == ()
    assert _rows(address) == 4
    assert not mark.exists()
    assert _SECRET not in _told(got)


def test_a_query_that_switches_writing_on_still_cannot_write(address: str) -> None:
    sly = "SELECT set_config('transaction_read_only', 'off', false), set_config('default_transaction_read_only', 'off', false) AS 名称"
    _asked(address, f"query={sly}")
    got = _asked(
        address,
        "query=WITH a AS (SELECT set_config('transaction_read_only', 'off', false)), b AS (DELETE FROM portal.catalog RETURNING *) SELECT * FROM b",
    )
    assert [one.code for one in got.diagnostics][:1] == ["D098"]
    assert _rows(address) == 4


def test_a_query_without_end_is_ended_by_the_server(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.catalog.readers.from_postgresql.SECONDS", 1)
    got = _asked(address, "query=SELECT pg_sleep(30) AS 名称")
    assert [one.code for one in got.diagnostics][:1] == ["D098"]
    assert "timeout" in _told(got)


@pytest.mark.parametrize(
    "change",
    [(_SECRET, "wrong-word-9"), ("/postgres", "/no_such_base"), ("guiju:", "stranger:"), ("127.0.0.1:", "127.0.0.1:1")],
    ids=["wrong password", "no such base", "no such user", "no such port"],
)
def test_what_cannot_be_reached_is_told_without_the_password(address: str, change: tuple[str, str]) -> None:
    got = _asked(address.replace(*change), "table=portal.catalog")
    assert [one.code for one in got.diagnostics][:1] == ["D098"]
    for word in (_SECRET, "wrong-word-9"):
        assert word not in _told(got) and word not in repr(got.inputs)


@pytest.mark.parametrize(
    "address_",
    [
        "postgresql://[::1/x?table=a",
        "postgresql://h:port/x?table=a",
        "postgresql://u:topsecret@[::1/x?table=a",
        "postgresql://u:top?secret@h/x?table=a",
        "postgresql://h/x?password=topsecret&table=a&sslmode=odd",
        "postgresql://u:topsecret@h:0x/x?table=a",
    ],
)
def test_an_address_that_is_none_is_told(address_: str) -> None:
    got = read([address_], VOCABULARY)
    assert got.records == () and [one.code for one in got.diagnostics][:1] == ["D098"]
    assert "topsecret" not in _told(got) + repr(got.inputs)


def test_what_the_driver_is_told_reaches_it(address: str) -> None:
    got = read([f"{address}?sslmode=require&table=portal.catalog"], VOCABULARY)
    assert got.records == () and "SSL" in _told(got), "the cluster speaks no SSL, so that an address that requires it is refused"


def test_the_command_reads_a_table_and_shows_no_password(address: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "guiju", "read", f"{address}?table=portal.catalog", "--format", "json"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "空气质量监测" in done.stdout or "portal.catalog" in done.stdout
    assert _SECRET not in done.stdout + done.stderr
