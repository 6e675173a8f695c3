"""A table or a query of a database as a catalog: `sqlite:FILE?table=T`, `postgresql://…?query=SELECT …`; SQLite is asked here.

Everything is read by one statement that can only read, within limits of rows and time; the columns' names are the header,
and a place is the row and column of the answer.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Any
from urllib.parse import parse_qsl, quote

from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.records.cells import raw_of
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Input
from guiju.catalog.tables.from_table import read_tables
from guiju.catalog.tables.grid import Grid
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.terms.tongue import Both

__all__ = [
    "SECONDS",
    "Answer",
    "Refused",
    "asked_of",
    "cells_of",
    "columns_of",
    "fetched",
    "read_answer",
    "read_sqlite",
    "sqlite_cursor",
    "without_secret",
]

_MOST_ROWS = 1_000_000
SECONDS = 60
_STEPS = 100_000
_SECRET = re.compile(r"//([^:/?#@]*):[^/]*@")
_SECRET_WISH = re.compile(r"([?&])(?:ssl)?password=[^&]*&?")
_ONLY_READS = re.compile(r"(?i)\s*(?:select|with|table|values)\b[^;]*;?\s*\Z")


class Refused(Exception):
    """Why a source is not read; `read_answer` tells it, and it goes no further."""

    def __init__(self, why: Both) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True, slots=True)
class Answer:
    """The names of the columns, and the rows as cells."""

    columns: list[str]
    rows: list[list[Any]]


def read_sqlite(opened: ReaderInput) -> Iterator[Item]:
    """The items of one table or query of an SQLite file."""
    yield from read_answer(opened, _sqlite)


def read_answer(opened: ReaderInput, ask: Callable[[str, str | None, str | None], Answer]) -> Iterator[Item]:
    """The items of what a database answers to `ask(address, table, query)`; why it is refused is told."""
    shown = without_secret(opened.name)
    try:
        table, query = asked_of(dict(parse_qsl(opened.name.partition("?")[2])))
        answer = ask(opened.name, table, query)
    except Refused as refused:
        yield Input(file=shown, sha256="", format="sql", encoding=None, subjects=())
        yield complain("D098", Span(shown, 0, 0), name=shown, why=refused.why)
        return
    rows: list[list[Any]] = [list(answer.columns), *answer.rows]
    digest = sha256()
    for row in rows:
        digest.update(repr(row).encode("utf-8", "backslashreplace"))
    yield Input(file=shown, sha256=digest.hexdigest(), format="sql", encoding=None, subjects=())
    if len(answer.rows) >= _MOST_ROWS:
        yield complain("D098", Span(shown, 0, 0), name=shown, why=Both(f"多于 {_MOST_ROWS} 行", f"it has more than {_MOST_ROWS} rows"))
        return
    yield from read_tables(
        opened, Kinds(opened.vocabulary, opened.roots, opened.options.columns), [Grid(file=shown, sheet=table or "query", rows=rows)]
    )


def asked_of(wishes: dict[str, str]) -> tuple[str | None, str | None]:
    """The table or the query that an address asks for; Refused where it is not just one of them, or more than a SELECT."""
    table, query = wishes.get("table"), wishes.get("query")
    if (table is None) == (query is None):
        raise Refused(Both("要写明 ?table=表名 或者 ?query=查询语句，二者取一", "say ?table=NAME or ?query=SELECT …, one of them"))
    if query is not None and not _ONLY_READS.match(query):
        raise Refused(Both("只接受一条 SELECT 语句", "only a single SELECT is taken"))
    return table, query


def _sqlite(name: str, table: str | None, query: str | None) -> Answer:
    with sqlite_cursor(name, table, query) as cursor:
        return fetched(cursor)


@contextmanager
def sqlite_cursor(name: str, table: str | None, query: str | None) -> Iterator[sqlite3.Cursor]:
    """What an SQLite file answers; Refused, also while the answer is fetched, where it refuses."""
    path = FilePath(name.removeprefix("sqlite:").partition("?")[0])
    if not path.is_file():
        raise Refused(Both("没有这个文件", "there is no such file"))
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)) as base:
            base.execute("PRAGMA query_only = ON")
            base.execute("PRAGMA trusted_schema = OFF")
            left = [SECONDS * 1_000]

            def tire() -> int:
                left[0] -= 1
                return 1 if left[0] < 0 else 0

            base.set_progress_handler(tire, _STEPS)
            base.set_authorizer(_only_reading)
            yield base.execute(query or f'SELECT * FROM "{(table or "").replace(chr(34), chr(34) * 2)}"')
    except sqlite3.Error as error:
        raise Refused(Both(f"SQLite 说：{error}", f"SQLite says: {error}")) from None
    except UnicodeDecodeError:
        # A name of a column, or the database's own words about a broken one, that are no UTF-8.
        raise Refused(Both("库里的名称不是 UTF-8", "a name in the database is no UTF-8")) from None


def _only_reading(action: int, *_about: str | None) -> int:
    # Attaching another file, writing, and loading code are refused by the database itself, whatever the query says.
    allowed = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


def columns_of(cursor: Any) -> list[str]:
    """The names of the columns of an answer; Refused where there is none."""
    if cursor.description is None:
        raise Refused(Both("这条语句不返回行", "this statement returns no rows"))
    return [str(one[0]) for one in cursor.description]


def cells_of(row: Sequence[Any]) -> list[Any]:
    """A row as cells of a table."""
    return [_cell(value) for value in row]


def fetched(cursor: Any) -> Answer:
    """What a cursor of the database API holds."""
    return Answer(columns_of(cursor), [cells_of(row) for row in cursor.fetchmany(_MOST_ROWS)])


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bytes | memoryview):
        raw = raw_of(value, False)
        return bytes(value) if isinstance(raw, dict) else raw or ""
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    return value


def without_secret(name: str) -> str:
    """The address without a password: it stands in reports. An address that cannot be taken apart is cleared all the same."""
    return _SECRET_WISH.sub(r"\1", _SECRET.sub(r"//\1@", name, count=1))
