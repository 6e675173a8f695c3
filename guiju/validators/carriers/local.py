"""Checks one NDJSON file of any size on this machine: in one process, or in several over ranges of its bytes.

What was found is the same in whatever number of parts; order is that of the file. An interrupted run leaves no process and
gives nothing.
"""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from multiprocessing import get_context

from guiju.catalog.from_ndjson import open_lines
from guiju.catalog.model import HeaderMatch, Record
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.terms.calendar import Calendar
from guiju.terms.shape import Vocabulary
from guiju.terms.verdict import Verdict
from guiju.validators.carriers.stretch import ERROR, SAMPLED, Checker, Found, Job, NotSuited, opened_at
from guiju.validators.engines.across import Across, GroupKey, Mark
from guiju.validators.engines.generated.from_plan import State
from guiju.validators.plan.tree import Plan

__all__ = ["NotSuited", "Run", "bounds_of", "check_stream", "judged", "merged", "shapes_in"]

_LEAST_PART = 4 << 20
_SAMPLE = 1 << 20
_PARTS_EACH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run found: exact counts of all verdicts by rule, and marks of what somebody may want to see, in reading order."""

    job: Job
    checker: Checker
    found: Found
    counts: list[Counter[Verdict]]
    marks: list[Mark]
    groups: dict[tuple[int, int], GroupKey | None] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    headers: tuple[HeaderMatch, ...] = ()

    @property
    def records(self) -> int:
        """How many records were checked."""
        return self.found.records


def check_stream(
    plan: Plan,
    path: str | os.PathLike[str],
    calendar: Calendar,
    *,
    workers: int = 1,
    kind: str | None = None,
    shapes: frozenset[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Checks the file. `progress` is told how many bytes of how many are done.

    NotSuited where the plan or the file needs everything in memory: a rule in a form that keys cannot carry, registers as
    subjects, an encoding other than UTF-8. OSError for a file that cannot be opened.
    """
    name = os.fspath(path)
    job = Job(path=name, plan=plan, calendar=calendar, kind=kind, shapes=shapes)
    sample, size = _head(name)
    checker = Checker(job, sample)
    bounds = bounds_of(name, size, workers)
    if len(bounds) < 2 or workers < 2:
        parts = _here(checker, bounds, size, progress)
    else:
        parts = _there(job, sample, bounds, size, min(workers, len(bounds)), progress)
    whole = merged(checker, parts)
    return judged(job, checker, whole)


def shapes_in(path: str | os.PathLike[str], vocabulary: Vocabulary, kind: str | None = None) -> frozenset[str]:
    """The shapes of the records in the head of the file."""
    name = os.fspath(path)
    sample, _ = _head(name)
    reader = open_lines(opened_at(name, vocabulary, kind))
    items = (item for number, line in enumerate(sample[:SAMPLED]) if line.strip() for item in reader.line(line, 0, number + 1))
    return frozenset(item.shape for item in items if isinstance(item, Record))


def _head(name: str) -> tuple[list[bytes], int]:
    """The first whole lines of the file, and its size; NotSuited where it is not in UTF-8."""
    with open(name, "rb") as file:
        head = file.read(_SAMPLE)
        size = file.seek(0, os.SEEK_END)
    whole = head[: head.rfind(b"\n") + 1] or head
    _, encoding, _ = decode_bytes(whole, name, None)
    if encoding not in ("utf-8", "utf-8-sig", ""):
        raise NotSuited(encoding)
    return BytesIO(whole).readlines(), size


def bounds_of(name: str, size: int, workers: int) -> list[tuple[int, int]]:
    """Ranges of bytes that begin at the start of a line."""
    if workers < 2:
        return [(0, size)]
    part = max(_LEAST_PART, -(-size // (workers * _PARTS_EACH)))
    starts = [0]
    with open(name, "rb") as file:
        for at in range(part, size, part):
            file.seek(at - 1)
            file.readline()
            if starts[-1] < file.tell() < size:
                starts.append(file.tell())
    return list(zip(starts, [*starts[1:], size], strict=True))


def _here(checker: Checker, bounds: list[tuple[int, int]], size: int, progress: Callable[[int, int], None] | None) -> Iterator[Found]:
    for start, end in bounds:

        def tell(done: int, start: int = start) -> None:
            if progress is not None:
                progress(start + done, size)

        yield checker.run(start, end, tell)


# ---- other processes --------------------------------------------------------------------------------------------------------------

_checker: Checker | None = None


def _prepare(job: Job, sample: list[bytes], parent: int) -> None:
    """Runs once in each process: it makes its checker, and goes when its parent goes."""
    global _checker
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    _checker = Checker(job, sample)


def _part(bounds: tuple[int, int]) -> Found:
    assert _checker is not None
    return _checker.run(*bounds)


def _there(
    job: Job, sample: list[bytes], bounds: list[tuple[int, int]], size: int, workers: int, progress: Callable[[int, int], None] | None
) -> Iterator[Found]:
    # Leaving the block, on whatever way, ends the processes.
    with get_context("fork" if hasattr(os, "fork") else "spawn").Pool(workers, _prepare, (job, sample, os.getpid())) as pool:
        for (_, end), found in zip(bounds, pool.imap(_part, bounds), strict=True):
            yield found
            if progress is not None:
                progress(end, size)


# ---- the whole ------------------------------------------------------------------------------------------------------------------------


def merged(checker: Checker, parts: Iterator[Found]) -> Found:
    whole: Found | None = None
    for part in parts:
        if whole is None:
            whole = part
            continue
        base, lines = whole.records, whole.line_count
        whole.across.merge(part.across, base)
        whole.marks += [(rule, state, number + base, way) for rule, state, number, way in part.marks]
        whole.offsets.extend(part.offsets)
        whole.lines.extend(map(lines.__add__, part.lines))
        whole.broken += [(offset, line + lines) for offset, line in part.broken]
        whole.records += part.records
        whole.line_count += part.line_count
        whole.slow += part.slow
        for key, number in part.counts.items():
            whole.counts[key] = whole.counts.get(key, 0) + number
        for shape, number in part.shapes.items():
            whole.shapes[shape] = whole.shapes.get(shape, 0) + number
    return whole if whole is not None else Found(Across(checker.columns))


def judged(job: Job, checker: Checker, found: Found) -> Run:
    plan = job.plan
    counts: list[Counter[Verdict]] = [Counter() for _ in plan.rules]
    marks = list(found.marks)
    groups: dict[tuple[int, int], GroupKey | None] = {}
    wide = {form.rule for form in checker.columns}
    for rule, state, _, _ in found.marks:
        counts[rule][_verdict(state)] += 1
    for (rule, state), number in found.counts.items():
        if rule >= 0:
            counts[rule][_verdict(state)] += number
    for spec, (_, rules) in enumerate(plan.scans):
        subjects = found.counts.get((-1 - spec, -1), 0)
        for at in rules:
            if not plan.rules[at].active:
                counts[at][Verdict.INACTIVE] = subjects
            elif at not in wide:
                counts[at][Verdict.PASS] += subjects - counts[at].total()
    for rule, verdicts, more, keys in found.across.finish():
        counts[rule] = Counter(verdicts)
        marks += more
        groups |= {(rule, number): key for number, key in keys.items()}
    marks.sort(key=lambda mark: (mark[2], mark[3], mark[0]))
    told = tuple(checker.told(found.broken))
    told = tuple(checker.told(found.broken))
    return Run(
        job=job,
        checker=checker,
        found=found,
        counts=counts,
        marks=marks,
        groups=groups,
        diagnostics=tuple(one for one in told if isinstance(one, Diagnostic)),
        headers=tuple(one for one in told if isinstance(one, HeaderMatch)),
    )


def _verdict(state: int) -> Verdict:
    return Verdict.ERROR if state == ERROR else State(state).verdict
