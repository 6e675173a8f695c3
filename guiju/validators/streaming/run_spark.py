"""Runs a plan on an Apache Spark cluster. Spark only distributes: compiled code runs on partitions of bytes or of rows.

Keys of the join operators go through its shuffle, and each bucket is reduced on its own. What comes back is judged and explained
by the code of a local run, so the findings are the same. No rule is restated in SQL.
"""

import functools
import hashlib
import os
import pickle
import shutil
import socket
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from itertools import accumulate, groupby
from typing import Any
from zlib import crc32

import guiju
from guiju.catalog.streams.open import lines_of
from guiju.catalog.streams.stream import RecordStream
from guiju.terms.time.calendar import Calendar
from guiju.terms.verdict import Verdict
from guiju.validators.engines.joins.lookup_join import LookupJoin
from guiju.validators.engines.joins.operators import KEYS, CrossRecordState
from guiju.validators.engines.joins.specs import CrossRecordSpec, ForeignKeySpec, GroupSizeSpec, GroupSpec, ProbeSpec, UniqueSpec
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.chunk_checker import ScanSpec
from guiju.validators.streaming.faults import RunFailed
from guiju.validators.streaming.partial_result import PartialResult
from guiju.validators.streaming.partitions import CheckerPool, Partition, plan_partitions
from guiju.validators.streaming.run_local import Run, judged, kept_within, merged, opened

__all__ = ["check_spark", "settled", "split"]

Name = tuple[str, tuple[str, ...]]
_BUCKETS = 64
# A record is known by its part and its number there until all parts are counted; sorting keeps the order of the file.
_PART_BITS = 40
_WITHIN = (1 << _PART_BITS) - 1
_SCHEMA = "bucket long, part long, data binary"
_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.maxResultSize": "0",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What every executor must know. `seal` names its checkers, so that a process makes them once."""

    jobs: tuple[ScanSpec, ...]
    partitions: list[Partition]
    version: str
    buckets: int
    seal: str


def check_spark(
    plan: Plan,
    given: str | os.PathLike[str] | RecordStream | Sequence[RecordStream],
    calendar: Calendar,
    *,
    on: str,
    kind: str | None = None,
    shapes: frozenset[str] | None = None,
    keys: int = KEYS,
) -> Run:
    """Checks the inputs on the cluster `on`: `spark://host:port`, or `local[n]` for processes of this machine.

    The files must have the same paths on every machine, and guiju the same version. Raises NotStreamable as a local run does,
    RunFailed where the cluster is absent or gives up, OSError for a file that cannot be opened.
    """
    # Places are called as the user called the files; executors need the whole paths.
    here = tuple(ScanSpec(lines=one, plan=plan, calendar=calendar, kind=kind, shapes=shapes) for one in opened(given))
    there = tuple(replace(job, lines=job.lines.renamed(os.path.abspath(job.lines.name))) for job in here)
    pool = CheckerPool(here)
    columns = pool.checker(0).columns
    session = _session(on)
    try:
        wide = max(2, session.sparkContext.defaultParallelism)
        partitions = plan_partitions(here, wide, KEYS)
        seal = hashlib.sha256(pickle.dumps(there)).hexdigest()
        buckets = min(_BUCKETS, len(partitions), 2 * wide)
        task = _Task(jobs=there, partitions=partitions, version=guiju.__version__, buckets=buckets, seal=seal)
        rows = _carried(session, task)
    finally:
        session.stop()
    return _whole(pool, columns, partitions, rows, keys)


def _carried(session: Any, task: _Task) -> list[tuple[int, int, bytes]]:
    """One job: every partition is checked on an executor, its keys are shuffled by bucket, and every bucket is reduced."""
    errors = import_module("pyspark.errors")
    protocol = import_module("py4j.protocol")
    parts = len(task.partitions)
    found = session.range(0, parts, 1, parts).mapInArrow(functools.partial(_checked, task), _SCHEMA)
    shuffled = found.repartition(min(parts, task.buckets), "bucket").sortWithinPartitions("bucket", "part")
    try:
        rows = shuffled.mapInArrow(functools.partial(_settled_rows, task), _SCHEMA).collect()
    except (errors.PySparkException, protocol.Py4JError, ConnectionError) as error:
        raise RunFailed("failed", _last_line(str(error))) from None
    return [(row[0], row[1], bytes(row[2])) for row in rows]


# ---- on the executors ---------------------------------------------------------------------------------------------------------------

_made: tuple[str, CheckerPool] | None = None


def _pool_of(task: _Task) -> CheckerPool:
    """The checkers of this process; a Spark process serves many tasks."""
    global _made
    if guiju.__version__ != task.version:
        raise RuntimeError(f"guiju {guiju.__version__} on a worker, {task.version} on the driver")
    if _made is None or _made[0] != task.seal:
        for job in task.jobs:
            if lines_of(job.lines.name).size != job.lines.size:
                raise RuntimeError(f"{job.lines.name} is another file on a worker")
        _made = task.seal, CheckerPool(task.jobs)
    return _made[1]


def _checked(task: _Task, batches: Iterable[Any]) -> Iterator[Any]:
    """The partial result of each partition, in bucket -1, and its keys by bucket."""
    for batch in batches:
        for part in batch.column(0).to_pylist():
            partition = task.partitions[part]
            found = _pool_of(task).checker(partition.input).check_chunk(partition.start, partition.end)
            keys, found.across = found.across, CrossRecordState(found.across.columns)
            # Findings need no shuffle, and are spread so that no one process holds all of them.
            rows = [(-1 - part % task.buckets, part, pickle.dumps(found))]
            rows += [(bucket, part, pickle.dumps(one)) for bucket, one in enumerate(split(keys, task.buckets))]
            yield from _batches(rows)


def _settled_rows(task: _Task, batches: Iterable[Any]) -> Iterator[Any]:
    """Rows of results as they are; one reduced row for each bucket of keys."""
    for bucket, rows in groupby(_rows(batches), key=lambda row: row[0]):
        if bucket < 0:
            for row in rows:
                yield from _batches([row])
            continue
        whole: CrossRecordState | None = None
        for _, part, data in rows:
            one: CrossRecordState = pickle.loads(data)
            if whole is None:
                whole = CrossRecordState(one.columns)
            whole.merge(one, part << _PART_BITS)
        if whole is not None:
            yield from _batches([(bucket, 0, pickle.dumps(settled(whole)))])


def _rows(batches: Iterable[Any]) -> Iterator[tuple[int, int, bytes]]:
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _batches(rows: list[tuple[int, int, bytes]]) -> Iterator[Any]:
    arrow = import_module("pyarrow")
    for bucket, part, data in rows:
        columns = [arrow.array([bucket], arrow.int64()), arrow.array([part], arrow.int64()), arrow.array([data], arrow.binary())]
        yield arrow.RecordBatch.from_arrays(columns, names=["bucket", "part", "data"])


# ---- keys -------------------------------------------------------------------------------------------------------------------------


def split(across: CrossRecordState, buckets: int) -> list[CrossRecordState]:
    """The keys by bucket: equal keys of all partitions meet in one bucket. Totals and unknown keys are in the first."""
    parts = [CrossRecordState(across.columns) for _ in range(buckets)]
    for name, values in across.values.items():
        parts[0].values[name].unknown.extend(values.unknown)
        for value, number in values.first.items():
            parts[_bucket(value, buckets)].values[name].first[value] = number
        for value, numbers in values.again.items():
            parts[_bucket(value, buckets)].values[name].again[value] = numbers
    for rule, waiting in across.pending.items():
        parts[0].asked[rule] = across.asked[rule]
        for value, places in waiting.items():
            parts[_bucket(value, buckets)].pending[rule][value] = places
    for title, groups in across.groups.items():
        for key, group in groups.items():
            parts[_bucket(key, buckets)].groups[title][key] = group
    # One probe may look under many keys.
    parts[0].lookups.update(across.lookups)
    return parts


def settled(across: CrossRecordState) -> tuple[CrossRecordState, dict[Name, int]]:
    """The keys of one bucket without those that are decided, and how many values were dropped.

    Dropped are values that came once, references that were found, and all members but the first of groups that pass. What others
    look up by key stays.
    """
    wanted = {(form.shape, form.keys[0]) for form in across.columns if isinstance(form, ProbeSpec) and form.keyed}
    wanted |= {(form.shape, form.path) for form in across.columns if isinstance(form, GroupSizeSpec)}
    for form in across.columns:
        if isinstance(form, ForeignKeySpec):
            known, waiting = across.values[form.shape, form.path].first, across.pending[form.rule]
            for value in [one for one in waiting if one is not None and one in known]:
                del waiting[value]
    gone: dict[Name, int] = {}
    for name, values in across.values.items():
        # One stays: whether there was any record at all is part of a verdict.
        single = [value for value in values.first if value not in values.again][1:] if name not in wanted else []
        gone[name] = len(single)
        for value in single:
            del values.first[value]
    open_groups = {
        (form.shape, form.keys, key)
        for form in across.columns
        if isinstance(form, GroupSpec)
        for key in across.aggregates(form).keys.values()
    }
    for (shape, names), groups in across.groups.items():
        for group_key, group in groups.items():
            if (shape, names, group_key) not in open_groups:
                del group.members[1:]
    return across, gone


def _bucket(value: Any, buckets: int) -> int:
    return _hash(value) % buckets


def _hash(value: Any) -> int:
    """A hash that is the same in every process; Python's own hash of texts is not."""
    match value:
        case None:
            return 0
        case str():
            return crc32(value.encode("utf-8", "surrogatepass"))
        case int() | Decimal() | float():
            return hash(value)
        case date():
            return value.toordinal()
        case tuple():
            return functools.reduce(lambda total, one: (total * 31 + _hash(one)) & 0xFFFFFFFF, value, 7)
        case _:
            return crc32(repr(value).encode("utf-8", "surrogatepass"))


# ---- the whole ------------------------------------------------------------------------------------------------------------------------


def _whole(
    pool: CheckerPool, columns: tuple[CrossRecordSpec, ...], partitions: list[Partition], rows: list[tuple[int, int, bytes]], keys: int
) -> Run:
    # What comes from the cluster was pickled by this very program in the user's own session.
    found: list[PartialResult] = [pickle.loads(data) for bucket, _, data in sorted(rows, key=lambda row: row[1]) if bucket < 0]
    if len(found) != len(partitions):
        raise RunFailed("failed", f"{len(found)} of {len(partitions)} parts came back")
    bases = list(accumulate((one.records for one in found), initial=0))
    whole = merged(columns, [one.input for one in partitions], found)
    whole.found.across = CrossRecordState(columns)
    gone: Counter[Name] = Counter()
    for bucket, _, data in rows:
        if bucket >= 0:
            across, without = pickle.loads(data)
            whole.found.across.merge(_numbered(across, bases), 0)
            kept_within(whole.found.across, keys)
            gone.update(without)
    run = judged(pool, whole)
    for form in columns:
        if isinstance(form, UniqueSpec) and form.rule >= 0:
            run.counts[form.rule][Verdict.PASS] += gone[form.shape, form.path]
    return run


def _numbered(across: CrossRecordState, bases: list[int]) -> CrossRecordState:
    """The keys with the numbers that their records have in the whole run."""

    def number(one: int) -> int:
        return bases[one >> _PART_BITS] + (one & _WITHIN)

    for values in across.values.values():
        values.first.update({value: number(one) for value, one in values.first.items()})
        values.again.update({value: list(map(number, ones)) for value, ones in values.again.items()})
        values.unknown[:] = list(map(number, values.unknown))
    for waiting in across.pending.values():
        for value, places in waiting.items():
            waiting[value] = [(number(one), way) for one, way in places]
    for rule, join in across.lookups.items():
        renumbered = LookupJoin(join.form)
        renumbered.merge(join, number)
        across.lookups[rule] = renumbered
    for groups in across.groups.values():
        for group in groups.values():
            group.members[:] = array("Q", map(number, group.members))
    return across


# ---- the session ----------------------------------------------------------------------------------------------------------------------


def _session(on: str) -> Any:
    try:
        sql = import_module("pyspark.sql")
        for needed in ("pyarrow", "pandas"):
            import_module(needed)
    except ImportError as error:
        raise RunFailed("absent", error.name or "pyspark") from None
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise RunFailed("java", "")
    # Executors would take the first python3 of their PATH, which need not know this package.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = sql.SparkSession.builder.master(on).appName("guiju")
    for key, value in _QUIET.items():
        builder = builder.config(key, value)
    host = _reach(on) if on.startswith("spark://") else "127.0.0.1"
    if host in ("127.0.0.1", "localhost"):
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    try:
        session = builder.getOrCreate()
        # On the driver only: what executors write stays in their own logs.
        session.sparkContext.setLogLevel("OFF")
        return session
    except Exception as error:  # Spark's driver says the same fault through several libraries
        raise RunFailed("unreachable", _last_line(str(error))) from None


def _reach(on: str) -> str:
    """The host of the first master that answers. Spark itself would retry for a minute."""
    last = ""
    for address in on.removeprefix("spark://").split(","):
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=5).close()
        except (OSError, ValueError, OverflowError) as error:
            last = f"{address}: {getattr(error, 'strerror', None) or error}"
            continue
        return host
    raise RunFailed("unreachable", last)


def _last_line(words: str) -> str:
    """The line that names the fault in a long stack trace."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    named = [line for line in lines if "Error:" in line and not line.startswith("at ")]
    return (named or lines or [""])[-1 if named else 0][:300]
