"""Spills keys to a temporary DuckDB file when there are too many for memory. The only module that imports DuckDB.

Rows are only appended. Queries give values that repeat, references without a target, aggregates and members of groups, and the
answers of lookup joins. The file is deleted with the run.
"""

import pickle
from array import array
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b
from importlib import import_module
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from guiju.validators.engines.joins.lookup_join import BuildIndex, Item, Key, LookupJoin, Place, probe, verdict_state
from guiju.validators.engines.joins.specs import ProbeKey

__all__ = ["NoSpillFile", "SpillFile"]

_TABLES = (
    "CREATE TABLE vals (name INTEGER, key BLOB, number UBIGINT)",
    "CREATE TABLE refs (rule INTEGER, key BLOB, number UBIGINT, way BLOB)",
    "CREATE TABLE members (name INTEGER, key BLOB, number UBIGINT)",
    "CREATE TABLE parts (name INTEGER, rule INTEGER, key BLOB, part BLOB)",
    "CREATE TABLE build (rule INTEGER, key BLOB, item BLOB, number UBIGINT)",
    "CREATE TABLE probes (rule INTEGER, probe BLOB, number UBIGINT, way BLOB)",
    "CREATE TABLE written (rule INTEGER, probe BLOB, data BLOB)",
    "CREATE TABLE asks (rule INTEGER, probe BLOB, place INTEGER, key BLOB, own BLOB)",
    "CREATE TABLE answers (rule INTEGER, key BLOB, own BLOB, found INTEGER)",
)
# What DuckDB itself may hold in memory; beyond it it goes to its own files beside the database.
_MEMORY = "256MB"
_AT_ONCE = 10_000
_ways = msgspec.msgpack.Encoder()
_way_of = msgspec.msgpack.Decoder(tuple[int, ...])
_list_of = msgspec.msgpack.Decoder(list[bytes])


class NoSpillFile(Exception):
    """Keys cannot go to disk; the words say why."""


class SpillFile:
    """The database. `name` is the number of a field or of a grouping, `rule` that of a rule."""

    def __init__(self) -> None:
        try:
            self._duckdb, self._arrow = import_module("duckdb"), import_module("pyarrow")
        except ImportError as error:
            raise NoSpillFile(f"pip install 'guiju[big]' ({error.name})") from None
        self._folder = TemporaryDirectory(prefix="guiju-keys-")
        self._sorted: set[str] = set()
        settings = {"memory_limit": _MEMORY, "threads": "1", "autoinstall_known_extensions": "false", "preserve_insertion_order": "false"}
        with self._told():
            self._base = self._duckdb.connect(str(Path(self._folder.name) / "keys.duckdb"), config=settings)
            for table in _TABLES:
                self._base.execute(table)

    def close(self) -> None:
        """Deletes the file."""
        self._base.close()
        self._folder.cleanup()

    # ---- what is added -----------------------------------------------------------------------------------------------------------

    def add_values(self, name: int, values: Iterable[tuple[Any, int]]) -> None:
        """Appends values of records."""
        self._add("vals", [(name, _code(value), number) for value, number in values])

    def add_references(self, rule: int, places: Iterable[tuple[Any, int, tuple[int, ...]]]) -> None:
        """Appends references whose target was not seen yet."""
        self._add("refs", [(rule, None if value is None else _code(value), number, _ways.encode(way)) for value, number, way in places])

    def add_members(self, name: int, members: Iterable[tuple[Any, int]]) -> None:
        """Appends members of groups."""
        self._add("members", [(name, _code(key), number) for key, number in members])

    def add_parts(self, name: int, parts: Iterable[tuple[int, Any, list[Any]]]) -> None:
        """Appends states of aggregates."""
        self._add("parts", [(name, rule, _code(key), pickle.dumps(part)) for rule, key, part in parts])

    def add_records(self, rule: int, build: "dict[Key, dict[Item, array[int]]]") -> None:
        """Appends the build side of a lookup join."""
        rows = ((key, item, number) for key, items in build.items() for item, numbers in items.items() for number in numbers)
        self._add("build", [(rule, _code(key), pickle.dumps(item), number) for key, item, number in rows])

    def add_probes(self, rule: int, probes: Iterable[tuple[ProbeKey, Iterable[Place]]], *, keyed: bool) -> None:
        """Appends the probe side of a lookup join."""
        places: list[tuple[Any, ...]] = []
        written: list[tuple[Any, ...]] = []
        asks: list[tuple[Any, ...]] = []
        for probe_key, some in probes:
            data = pickle.dumps(probe_key)
            name = blake2b(data, digest_size=16).digest()
            written.append((rule, name, data))
            places += [(rule, name, number, _ways.encode(way)) for number, way in some]
            for at, (key, own, _) in enumerate(probe_key[1]):
                asks.append((rule, name, at, _code(key[0] if keyed else key), pickle.dumps(own)))
        self._add("probes", places)
        self._add("written", written)
        self._add("asks", asks)

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
        """The number of values of a field, duplicates counted."""
        return int(next(self._ask("SELECT count(*) FROM vals WHERE name = ?", name))[0])

    def again(self, name: int) -> Iterator[tuple[Any, list[int]]]:
        """The values that repeat, each with its records in reading order."""
        rows = self._ask(
            "SELECT key, number FROM vals WHERE name = $1 AND key IN "
            "(SELECT key FROM vals WHERE name = $1 GROUP BY key HAVING count(*) > 1) ORDER BY key, number",
            name,
        )
        for key, some in groupby(rows, key=lambda row: row[0]):
            yield _value(bytes(key)), [number for _, number in some]

    def all_of(self, name: int) -> Iterator[tuple[Any, list[int]]]:
        """All values, each with its records in reading order."""
        rows = self._ask("SELECT key, number FROM vals WHERE name = ? ORDER BY key, number", name)
        for key, some in groupby(rows, key=lambda row: row[0]):
            yield _value(bytes(key)), [number for _, number in some]

    def count_different(self, name: int) -> int:
        """The number of distinct values of a field."""
        return int(next(self._ask("SELECT count(DISTINCT key) FROM vals WHERE name = ?", name))[0])

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
        """The references whose target is unknown."""
        for number, way in self._ask("SELECT number, way FROM refs WHERE rule = ? AND key IS NULL", rule):
            yield number, _way_of.decode(bytes(way))

    def gathered(self, name: int, rule: int) -> Iterator[tuple[Any, int, list[list[Any]]]]:
        """Each group with its first record and the states of its aggregate."""
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

    def having(self, name: int, value: Any) -> list[int]:
        """The records that have a value, in reading order."""
        self._sort("vals", "name, key, number")
        rows = self._ask("SELECT number FROM vals WHERE name = ? AND key = ? ORDER BY number", name, _code(value))
        return [number for (number,) in rows]

    def build_rows(self, rule: int, key: Key) -> Iterator[tuple[Item, int]]:
        """The build side under a key, in reading order."""
        self._sort("build", "rule, key, number")
        rows = self._ask("SELECT item, number FROM build WHERE rule = ? AND key = ? ORDER BY number", rule, _code(key))
        for item, number in rows:
            yield pickle.loads(bytes(item)), number

    def _sort(self, table: str, by: str) -> None:
        """Sorts a table once nothing more is appended, so that a query of few rows skips most of the file."""
        if table in self._sorted:
            return
        self._sorted.add(table)
        with self._told():
            self._base.execute(f"CREATE TABLE {table}_sorted AS SELECT * FROM {table} ORDER BY {by}")
            self._base.execute(f"DROP TABLE {table}")
            self._base.execute(f"ALTER TABLE {table}_sorted RENAME TO {table}")

    def judged(self, join: LookupJoin, index: BuildIndex, name: int | None, *, empty: bool) -> Iterator[tuple[int, ProbeKey, list[Place]]]:
        """The state of a rule for each probe key, with its subjects. `name` is the number of the field where only a key is asked for."""
        rule = join.form.rule
        self._answer(join, index, name, empty=empty)
        rows = self._ask(
            "SELECT data, place, found, probe FROM (SELECT probe, any_value(data) AS data FROM written WHERE rule = $1 GROUP BY probe) "
            "LEFT JOIN (SELECT DISTINCT probe, place, key, own FROM asks WHERE rule = $1) USING (probe) "
            "LEFT JOIN (SELECT key, own, found FROM answers WHERE rule = $1) USING (key, own) ORDER BY probe, place",
            rule,
        )
        places = groupby(
            self._ask("SELECT probe, number, way FROM probes WHERE rule = $1 ORDER BY probe, number, way", rule), key=lambda row: row[0]
        )
        for (data, _), some in groupby(rows, key=lambda row: (bytes(row[0]), row[3])):
            # The database holds only what this very process put there.
            probe_key: ProbeKey = pickle.loads(data)
            found = verdict_state(join.form, probe_key, [row[2] for row in some if row[1] is not None])
            yield found, probe_key, [(number, _way_of.decode(bytes(way))) for _, number, way in next(places)[1]]

    def _answer(self, join: LookupJoin, index: BuildIndex, name: int | None, *, empty: bool) -> None:
        """Answers every lookup once: a merge join of the lookups with the build side."""
        rule, form = join.form.rule, join.form
        if name is None:
            build = self._ask("SELECT DISTINCT key, item FROM build WHERE rule = ? ORDER BY key", rule)
        else:
            build = self._ask("SELECT DISTINCT key, NULL FROM vals WHERE name = ? ORDER BY key", name)
        held: tuple[bytes, list[Item]] = b"", []
        answers: list[tuple[Any, ...]] = []
        builds = groupby(build, key=lambda row: bytes(row[0]))
        for code, owns in groupby(
            self._ask("SELECT DISTINCT key, own FROM asks WHERE rule = ? ORDER BY key", rule), key=lambda row: bytes(row[0])
        ):
            while held[0] < code:
                key, rows = next(builds, (b"\xff", iter(())))
                held = key, [(2,) if item is None else pickle.loads(bytes(item)) for _, item in rows]
            asked = _value(code) if name is None else (_value(code),)
            here = _Here(held[1] if held[0] == code else [], index)
            for _, own in owns:
                answers.append((rule, code, own, probe(form, asked, pickle.loads(bytes(own)), here, empty=empty)))
        self._add("answers", answers)

    def _ask(self, question: str, *about: Any) -> Iterator[tuple[Any, ...]]:
        with self._told():
            answer = self._base.cursor().execute(question, list(about))
            while rows := answer.fetchmany(_AT_ONCE):
                yield from rows

    def _told(self) -> "_Told":
        return _Told(self._duckdb.Error)


class _Here:
    """The items of the build side under one key."""

    def __init__(self, items: list[Item], index: BuildIndex) -> None:
        self._items = items
        self._index = index

    def items(self, key: Key) -> Iterable[Item]:
        return self._items

    def doubtful(self, key: Key) -> Iterable[Item]:
        return self._index.doubtful(key)


class _Told:
    """Turns an error of the database within the block into NoSpillFile."""

    def __init__(self, errors: type[Exception]) -> None:
        self._errors = errors

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, self._errors | OSError):
            raise NoSpillFile(str(error).splitlines()[0][:300] if str(error) else type(error).__name__) from None


def _columns(table: str) -> list[str]:
    text = next(one for one in _TABLES if one.startswith(f"CREATE TABLE {table} "))
    return [column.strip() for column in text[text.index("(") + 1 : -1].split(",")]


def _types(arrow: Any) -> dict[str, Any]:
    return {"INTEGER": arrow.int32(), "UBIGINT": arrow.uint64(), "BLOB": arrow.binary()}


def _code(value: Any) -> bytes:
    """Bytes that are equal for equal keys only."""
    match value:
        case None:
            return b"n"
        case str():
            return b"s" + value.encode("utf-8", "surrogatepass")
        case int():
            return b"i%d" % value
        case bytes():
            return b"b" + value
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
        case b"b":
            return rest
        case b"d":
            return date.fromisoformat(rest.decode())
        case _:
            return tuple(map(_value, _list_of.decode(rest)))
