"""A table or a query of PostgreSQL as a catalog; the only importer of psycopg.

The transaction is read-only and the server itself ends it when it takes too long.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

import psycopg
from psycopg import sql

from guiju.catalog.readers.from_sql import SECONDS, Answer, Refused, fetched, read_answer, without_secret
from guiju.catalog.records.item import Item, ReaderInput
from guiju.terms.tongue import Both

__all__ = ["postgresql_cursor", "read_postgresql"]

_PASSWORD = re.compile(r"(?://[^:/?#@]*:|[?&](?:ssl)?password=)([^/&]*?)(?:@|&|$)")


def read_postgresql(opened: ReaderInput) -> Iterator[Item]:
    """The items of one table or query of a PostgreSQL database."""
    yield from read_answer(opened, _ask)


def _ask(address: str, table: str | None, query: str | None) -> Answer:
    with postgresql_cursor(address, table, query) as cursor:
        return fetched(cursor)


@contextmanager
def postgresql_cursor(address: str, table: str | None, query: str | None) -> Iterator[Any]:
    """What the database answers, held there and fetched as it is asked for; Refused, also then, where it refuses."""
    server, _, wishes = address.partition("?")
    # What is not ours is the driver's: sslmode, sslrootcert, application_name.
    others = [(key, value) for key, value in parse_qsl(wishes) if key not in ("table", "query")]
    try:
        with psycopg.connect(f"{server}?{urlencode(others, quote_via=quote)}" if others else server, connect_timeout=10) as base:
            base.read_only = True
            base.execute(sql.SQL("SET LOCAL statement_timeout = {}").format(sql.Literal(SECONDS * 1_000)))
            # The query is the user's own words for a database that he may read; it was checked to be a single SELECT.
            wanted: Any = query if query is not None else sql.SQL("SELECT * FROM {}").format(sql.Identifier(*(table or "").split(".")))
            with base.cursor(name="guiju") as cursor:
                cursor.itersize = 1000
                yield cursor.execute(wanted)
    except psycopg.Error as error:
        said = next(iter(_without_secrets(str(error), address).strip().splitlines()), type(error).__name__)
        raise Refused(Both(f"PostgreSQL 说：{said}", f"PostgreSQL says: {said}")) from None


def _without_secrets(said: str, address: str) -> str:
    """The driver's words, in which a mistyped address may be quoted, without the password in it."""
    for found in _PASSWORD.finditer(address):
        for secret in {found[1], unquote(found[1])} - {""}:
            said = said.replace(secret, "***")
    return without_secret(said)
