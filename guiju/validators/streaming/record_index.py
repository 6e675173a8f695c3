"""Opens inputs for the readers of single lines, says which numbers their records get, and keeps their lines; it reads nothing."""

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
    """The numbers that slow readers give to records: they go on from where the fast path stands."""

    def __init__(self) -> None:
        self.next = 0

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        self.next += 1
        return self.next - 1


class LineIndex:
    """The number of the line of each record; kept only where it is not the next after that of the record before."""

    def __init__(self) -> None:
        self._records: array[int] = array("Q")
        self._lines: array[int] = array("Q")

    def add(self, record: int, line: int) -> None:
        """The line of the next record; where others follow in the lines behind it, nothing need be said of them."""
        if not self._records or self._lines[-1] + record - self._records[-1] != line:
            self._records.append(record)
            self._lines.append(line)

    def extend(self, later: "LineIndex", records: int, lines: int) -> None:
        """What a later part has, whose records and lines are counted from there on."""
        for record, line in zip(later._records, later._lines, strict=True):
            self.add(record + records, line + lines)

    def __getitem__(self, record: int) -> int:
        at = bisect_right(self._records, record) - 1
        return self._lines[at] + record - self._records[at]


def opened_at(
    lines: RecordStream, vocabulary: Vocabulary, kind: str | None = None, limits: ReadLimits = USUAL, numbers: Iterator[int] | None = None
) -> ReaderInput:
    """The input as its readers take it."""
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
