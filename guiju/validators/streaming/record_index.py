"""Row ids of a run, the line of each record, and the readers that re-read single lines."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import count
from pathlib import Path as FilePath

from guiju.catalog.mapping.kinds import find_roots
from guiju.catalog.records.item import ReaderInput, ReadOptions
from guiju.catalog.records.limits import USUAL, ReadLimits
from guiju.catalog.streams.stream import RecordStream
from guiju.terms.shape import Vocabulary

__all__ = ["LineIndex", "RowIds", "opened_at"]


class RowIds:
    """Numbers for the records of the general reader; they continue where the fast path stands."""

    def __init__(self) -> None:
        self.next = 0

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        self.next += 1
        return self.next - 1


class LineIndex:
    """The line of each record, stored only where it is not the line after that of the record before."""

    def __init__(self) -> None:
        self._records: array[int] = array("Q")
        self._lines: array[int] = array("Q")

    def add(self, record: int, line: int) -> None:
        """Notes the line of the next record."""
        if not self._records or self._lines[-1] + record - self._records[-1] != line:
            self._records.append(record)
            self._lines.append(line)

    def extend(self, later: "LineIndex", records: int, lines: int) -> None:
        """Appends the index of the next partition, whose records and lines are counted from there on."""
        for record, line in zip(later._records, later._lines, strict=True):
            self.add(record + records, line + lines)

    def __getitem__(self, record: int) -> int:
        at = bisect_right(self._records, record) - 1
        return self._lines[at] + record - self._records[at]


def opened_at(
    lines: RecordStream, vocabulary: Vocabulary, kind: str | None = None, limits: ReadLimits = USUAL, numbers: Iterator[int] | None = None
) -> ReaderInput:
    """An input as its reader takes it."""
    return ReaderInput(
        name=lines.name,
        path=FilePath(lines.name),
        data=b"",
        vocabulary=vocabulary,
        roots=find_roots(vocabulary),
        options=ReadOptions(kind=kind),
        limits=limits,
        numbers=numbers if numbers is not None else count(),
    )
