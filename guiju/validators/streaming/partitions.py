"""Cuts the inputs into partitions and caches the checkers of each process."""

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.catalog.streams.stream import NotAStream
from guiju.validators.streaming.chunk_checker import ChunkChecker, ScanSpec
from guiju.validators.streaming.faults import NotStreamable

__all__ = ["CheckerPool", "Partition", "plan_partitions"]

_MOST_PART = 256 << 20
_LEAST_MOST = 1 << 14
# About so many bytes of lines bring one key that is to be held.
_BYTES_A_KEY = 64
_PARTS_EACH = 8
# Of the pieces one in so many is cut into so many.
_SMALLER = 4
_KEPT = 16


@dataclass(frozen=True, slots=True)
class Partition:
    """A range of byte offsets, or of rows, of one input."""

    input: int
    start: int
    end: int


def plan_partitions(jobs: Sequence[ScanSpec], workers: int, keys: int) -> list[Partition]:
    """The partitions in order: enough for every process, and small enough that none brings many more keys than may be in memory."""
    total = sum(job.lines.size for job in jobs)
    most = max(_LEAST_MOST, min(_MOST_PART, keys * _BYTES_A_KEY))
    found: list[Partition] = []
    for number, job in enumerate(jobs):
        parts = 1 if workers < 2 else max(1, workers * _PARTS_EACH * job.lines.size // max(total, 1))
        cuts = job.lines.cut(parts, most)
        if number == len(jobs) - 1 and 1 < parts == len(cuts):
            # The last pieces are small, so that no process waits long for another.
            cuts = _smaller_at_the_end(cuts, job.lines.cut(_SMALLER * parts, most))
        found += [Partition(number, start, end) for start, end in cuts]
    return found


def _smaller_at_the_end(large: list[tuple[int, int]], small: list[tuple[int, int]]) -> list[tuple[int, int]]:
    first = large[: len(large) - len(large) // _SMALLER]
    border = first[-1][1]
    rest = [(max(start, border), end) for start, end in small if end > border]
    return [*first, *rest]


class CheckerPool:
    """The checkers of one process. Inputs of one layout share a compiled module; a few checkers are kept."""

    def __init__(self, jobs: Sequence[ScanSpec]) -> None:
        self.jobs = jobs
        self._kept: dict[int, ChunkChecker] = {}
        self._made: list[ChunkChecker] = []

    def checker(self, number: int) -> ChunkChecker:
        """The checker of an input by its number. Raises NotStreamable where the input must be checked in memory."""
        found = self._kept.pop(number, None) or self._new(self.jobs[number])
        self._kept[number] = found
        if len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return found

    def _new(self, job: ScanSpec) -> ChunkChecker:
        try:
            head = job.lines.head()
        except NotAStream as fault:
            raise NotStreamable(fault.why.en) from None
        for one in self._made:
            if (other := one.of_another(job, head)) is not None:
                return other
        made = ChunkChecker(job, head)
        self._made = [*self._made[-_KEPT + 1 :], made]
        return made
