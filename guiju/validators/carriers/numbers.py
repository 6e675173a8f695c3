"""Opens inputs for the readers of single lines, and says which numbers their records get; it reads nothing."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path as FilePath

from guiju.catalog.item import Opened, Wishes
from guiju.catalog.kinds import find_roots
from guiju.catalog.limits import USUAL, ReadLimits
from guiju.catalog.lines import Lines
from guiju.terms.shape import Vocabulary

__all__ = ["Numbers", "opened_at"]


class Numbers:
    """The numbers that slow readers give to records: they go on from where the fast path stands."""

    def __init__(self) -> None:
        self.next = 0

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        self.next += 1
        return self.next - 1


def opened_at(
    lines: Lines, vocabulary: Vocabulary, kind: str | None = None, limits: ReadLimits = USUAL, numbers: Iterator[int] | None = None
) -> Opened:
    """The input as its readers take it."""
    return Opened(
        name=lines.name,
        path=FilePath(lines.name),
        data=b"",
        vocabulary=vocabulary,
        roots=find_roots(vocabulary),
        wishes=Wishes(kind=kind),
        limits=limits,
        numbers=numbers if numbers is not None else count(),
    )
