"""The database of runs: SQLite in the user's data folder, or PostgreSQL by one URL; brought up to date when it is opened.

Its tables are made by the numbered texts in `migrations/`, each run once, in order, under a lock. It knows no run.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

__all__ = ["Engine", "StoreFault", "default_store", "migrations", "open_store", "reading", "writing"]

# Any two processes that bring a PostgreSQL store up to date meet at this number.
_LOCK = 0x67756A75


class StoreFault(Exception):
    """The store cannot be used; `kind` is missing_driver, bad_url, absent, unreachable, newer or unwritable. No secret is in it."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(words)
        self.kind = kind
        self.words = words


def default_store(environ: Mapping[str, str]) -> str:
    """Where runs are kept unless somebody says otherwise: GUIJU_STORE, else a file in the user's data folder."""
    if environ.get("GUIJU_STORE"):
        return environ["GUIJU_STORE"]
    base = environ.get("XDG_DATA_HOME") or os.path.join(environ.get("HOME", ""), ".local", "share")
    return os.path.join(base, "guiju", "runs.db")


def open_store(where: str, *, make: bool = True) -> Engine:
    """An engine on a store whose tables are up to date; StoreFault says why there is none.

    `where` is the path of a SQLite file or a URL. Without `make` a file that is not there is not made.
    """
    url = _url(where)
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        _prepare_file(Path(str(url.database)), make=make)
    try:
        # One connection after another: a command opens one, and a pool would only outlive it.
        engine = create_engine(url, poolclass=NullPool, connect_args=_arguments(url))
        if url.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _obey_keys)
        _migrate(engine)
    except ImportError as error:
        raise StoreFault("missing_driver", error.name or "") from None
    except SQLAlchemyError as error:
        raise StoreFault("unreachable", _without_secret(error, url)) from None
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection to read by; whatever the database refuses is a StoreFault."""
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise StoreFault("unreachable", _without_secret(error, engine.url)) from None


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection whose changes are kept together or not at all; whatever the database refuses is a StoreFault."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise StoreFault("unreachable", _without_secret(error, engine.url)) from None


def migrations() -> tuple[tuple[int, str, str], ...]:
    """The numbered texts: (number, name, text), ascending without a gap."""
    folder = resources.files("guiju.store") / "migrations"
    named = sorted(one.name for one in folder.iterdir() if one.name.endswith(".sql"))
    found = tuple((int(name[:4]), name, (folder / name).read_text(encoding="utf-8")) for name in named)
    assert [number for number, _, _ in found] == list(range(1, len(found) + 1)), named
    return found


def _url(where: str) -> URL:
    try:
        url = make_url(where) if "://" in where else URL.create("sqlite", database=os.path.expanduser(where))
    except (ArgumentError, ValueError):
        raise StoreFault("bad_url", "") from None
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise StoreFault("bad_url", url.drivername)
    return url


def _arguments(url: URL) -> dict[str, object]:
    return {"timeout": 30} if url.get_backend_name() == "sqlite" else {"connect_timeout": 10}


def _prepare_file(file: Path, *, make: bool) -> None:
    if file.exists():
        return
    if not make:
        raise StoreFault("absent", str(file))
    try:
        # Reports may hold what nobody else should read.
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreFault("unwritable", f"{file} ({error.strerror})") from None


def _obey_keys(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # a DBAPI connection, which SQLAlchemy does not type
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _migrate(engine: Engine) -> None:
    """Runs what has not been run, all of it or none."""
    wanted = migrations()
    with engine.connect() as connection:
        if _done(connection, engine) == len(wanted):
            return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        else:
            # Python's driver begins no transaction for DDL by itself; this one also keeps other writers out.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.execute(text("CREATE TABLE IF NOT EXISTS guiju_migrations (number INTEGER PRIMARY KEY, name VARCHAR(100) NOT NULL)"))
        done = connection.execute(text("SELECT COALESCE(MAX(number), 0) FROM guiju_migrations")).scalar_one()
        if done > len(wanted):
            raise StoreFault("newer", str(done))
        for number, name, script in wanted[done:]:
            for statement in script.split(";"):
                if statement.strip():
                    connection.execute(text(statement))
            connection.execute(
                text("INSERT INTO guiju_migrations (number, name) VALUES (:number, :name)"), {"number": number, "name": name}
            )


def _done(connection: Connection, engine: Engine) -> int:
    if not engine.dialect.has_table(connection, "guiju_migrations"):
        return 0
    done = connection.execute(text("SELECT COALESCE(MAX(number), 0) FROM guiju_migrations")).scalar_one()
    if done > len(migrations()):
        raise StoreFault("newer", str(done))
    return int(done)


def _without_secret(error: SQLAlchemyError, url: URL) -> str:
    """The first line of what the driver says, without the password should it quote one."""
    line = str(getattr(error, "orig", None) or error).strip().split("\n")[0][:300]
    return line.replace(str(url.password), "***") if url.password else line
