"""Keys of rules across records that are too many for memory, in a database in a file of its own; the one door of DuckDB.

Rows are only added; four questions are asked: which values come again, which references lead nowhere, what each group has
gathered, and who its members are. The file goes when the run does.
"""

import pickle
from collections.abc import Iterable, Iterator
from datetime import date
from importlib import import_module
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

__all__ = ["Disk", "NoDisk"]

_TABLES = (
    "CREATE TABLE vals (name INTEGER, key BLOB, number UBIGINT)",
    "CREATE TABLE refs (rule INTEGER, key BLOB, number UBIGINT, way BLOB)",
    "CREATE TABLE members (name INTEGER, key BLOB, number UBIGINT)",
    "CREATE TABLE parts (name INTEGER, rule INTEGER, key BLOB, part BLOB)",
)
# What DuckDB itself may hold in memory; beyond it it goes to its own files beside the database.
_MEMORY = "256MB"
_AT_ONCE = 10_000
_ways = msgspec.msgpack.Encoder()
_way_of = msgspec.msgpack.Decoder(tuple[int, ...])
_list_of = msgspec.msgpack.Decoder(list[bytes])


class NoDisk(Exception):
    """Keys cannot go to a disk; the words say why."""


class Disk:
    """The database. `name` is the number of a field or of a way of grouping, `rule` that of a rule."""

    def __init__(self) -> None:
        try:
            self._duckdb, self._arrow = import_module("duckdb"), import_module("pyarrow")
        except ImportError as error:
            raise NoDisk(f"pip install 'guiju[big]' ({error.name})") from None
        self._folder = TemporaryDirectory(prefix="guiju-keys-")
        settings = {"memory_limit": _MEMORY, "threads": "1", "autoinstall_known_extensions": "false", "preserve_insertion_order": "false"}
        with self._told():
            self._base = self._duckdb.connect(str(Path(self._folder.name) / "keys.duckdb"), config=settings)
            for table in _TABLES:
                self._base.execute(table)

    def close(self) -> None:
        """The file goes."""
        self._base.close()
        self._folder.cleanup()

    # ---- what is added -----------------------------------------------------------------------------------------------------------

    def add_values(self, name: int, values: Iterable[tuple[Any, int]]) -> None:
        """Values of records."""
        self._add("vals", [(name, _code(value), number) for value, number in values])

    def add_references(self, rule: int, places: Iterable[tuple[Any, int, tuple[int, ...]]]) -> None:
        """References that are not known to be found."""
        self._add("refs", [(rule, None if value is None else _code(value), number, _ways.encode(way)) for value, number, way in places])

    def add_members(self, name: int, members: Iterable[tuple[Any, int]]) -> None:
        """Records of groups."""
        self._add("members", [(name, _code(key), number) for key, number in members])

    def add_parts(self, name: int, parts: Iterable[tuple[int, Any, list[Any]]]) -> None:
        """What rules have gathered of groups."""
        self._add("parts", [(name, rule, _code(key), pickle.dumps(part)) for rule, key, part in parts])

    def _add(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        if not rows:
            return
        names = [column.split()[0] for column in _columns(table)]
        types = [_types(self._arrow)[column.split()[1]] for column in _columns(table)]
        columns = [self._arrow.array(column, type) for column, type in zip(zip(*rows, strict=True), types, strict=True)]
        given = self._arrow.Table.from_arrays(columns, names=names)
        with self._told():
            self._base.register("given", given)
            self._base.execute(f"INSERT INTO {table} SELECT * FROM given")
            self._base.unregister("given")

    # ---- what is asked -----------------------------------------------------------------------------------------------------------

    def count_values(self, name: int) -> int:
        """How many values a field has, each as often as it comes."""
        return int(next(self._ask("SELECT count(*) FROM vals WHERE name = ?", name))[0])

    def again(self, name: int) -> Iterator[tuple[Any, list[int]]]:
        """The values that come more than once, each with its records in reading order."""
        rows = self._ask(
            "SELECT key, number FROM vals WHERE name = $1 AND key IN "
            "(SELECT key FROM vals WHERE name = $1 GROUP BY key HAVING count(*) > 1) ORDER BY key, number",
            name,
        )
        for key, some in groupby(rows, key=lambda row: row[0]):
            yield _value(bytes(key)), [number for _, number in some]

    def lost(self, rule: int, name: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The references that no value of the field answers."""
        rows = self._ask(
            "SELECT number, way FROM refs r WHERE rule = $1 AND key IS NOT NULL AND NOT EXISTS "
            "(SELECT 1 FROM vals v WHERE v.name = $2 AND v.key = r.key)",
            rule,
            name,
        )
        for number, way in rows:
            yield number, _way_of.decode(bytes(way))

    def unknown(self, rule: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The references of which it is not known to what they lead."""
        for number, way in self._ask("SELECT number, way FROM refs WHERE rule = ? AND key IS NULL", rule):
            yield number, _way_of.decode(bytes(way))

    def gathered(self, name: int, rule: int) -> Iterator[tuple[Any, int, list[list[Any]]]]:
        """Each group with its first record and what the rule has gathered of it, in parts."""
        rows = self._ask(
            "SELECT key, part, first FROM parts JOIN "
            "(SELECT key, min(number) AS first FROM members WHERE name = $1 GROUP BY key) USING (key) "
            "WHERE name = $1 AND rule = $2 ORDER BY key",
            name,
            rule,
        )
        for (key, first), some in groupby(rows, key=lambda row: (bytes(row[0]), row[2])):
            # The database holds only what this very process put there.
            yield _value(key), first, [pickle.loads(bytes(part)) for _, part, _ in some]

    def members(self, name: int, key: Any) -> tuple[int, ...]:
        """The records of a group in reading order."""
        rows = self._ask("SELECT number FROM members WHERE name = ? AND key = ? ORDER BY number", name, _code(key))
        return tuple(number for (number,) in rows)

    def _ask(self, question: str, *about: Any) -> Iterator[tuple[Any, ...]]:
        with self._told():
            answer = self._base.cursor().execute(question, list(about))
            while rows := answer.fetchmany(_AT_ONCE):
                yield from rows

    def _told(self) -> "_Told":
        return _Told(self._duckdb.Error)


class _Told:
    """A block in which what the database says against it becomes NoDisk."""

    def __init__(self, errors: type[Exception]) -> None:
        self._errors = errors

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, self._errors | OSError):
            raise NoDisk(str(error).splitlines()[0][:300] if str(error) else type(error).__name__) from None


def _columns(table: str) -> list[str]:
    text = next(one for one in _TABLES if one.startswith(f"CREATE TABLE {table} "))
    return [column.strip() for column in text[text.index("(") + 1 : -1].split(",")]


def _types(arrow: Any) -> dict[str, Any]:
    return {"INTEGER": arrow.int32(), "UBIGINT": arrow.uint64(), "BLOB": arrow.binary()}


def _code(value: Any) -> bytes:
    """Bytes that are the same for the same key, and for no other."""
    match value:
        case None:
            return b"n"
        case str():
            return b"s" + value.encode("utf-8", "surrogatepass")
        case int():
            return b"i%d" % value
        case date():
            return b"d" + value.isoformat().encode()
        case tuple():
            return b"t" + msgspec.msgpack.encode([_code(one) for one in value])
        case _:
            raise TypeError(type(value).__name__)


def _value(code: bytes) -> Any:
    kind, rest = code[:1], code[1:]
    match kind:
        case b"n":
            return None
        case b"s":
            return rest.decode("utf-8", "surrogatepass")
        case b"i":
            return int(rest)
        case b"d":
            return date.fromisoformat(rest.decode())
        case _:
            return tuple(map(_value, _list_of.decode(rest)))
