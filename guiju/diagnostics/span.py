"""A half-open range of one text."""

from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Span"]


@fast_dataclass(frozen=True, slots=True)
class Span:
    """Code points `start` up to, but not including, `end` of the decoded text named `file`."""

    file: str
    start: int
    end: int

    def join(self, other: "Span") -> "Span":
        """The smallest range that holds both; they must stand in one text."""
        return Span(self.file, min(self.start, other.start), max(self.end, other.end))

    def contains(self, other: "Span") -> bool:
        """Whether the other range lies inside this one."""
        return self.file == other.file and self.start <= other.start and other.end <= self.end
