"""One text, decoded once, in which every offset has a line, a column and a width."""

import unicodedata
from bisect import bisect_right
from dataclasses import field
from functools import lru_cache

from guiju.diagnostics.span import Span
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Source", "display_width"]


def display_width(text: str) -> int:
    """How many terminal columns a text takes: a 汉字 takes two, a combining mark none."""
    return len(text) if text.isascii() else sum(map(_width, text))


@lru_cache(maxsize=16_384)
def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


@fast_dataclass(frozen=True, slots=True)
class Source:
    """A named text with an index of its lines.

    `lines` holds the offset at which each line starts. Lines end at LF; a CR before it belongs to the line end.
    """

    name: str
    text: str
    lines: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        object.__setattr__(self, "lines", tuple(starts))

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, the column in code points."""
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of a line, counted from 1, without its end."""
        start = self.lines[line - 1]
        end = self.lines[line] if line < len(self.lines) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def slice(self, span: Span) -> str:
        """The words that a span covers."""
        return self.text[span.start : span.end]
