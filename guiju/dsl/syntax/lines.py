"""Text to chunks of lines: one chunk a declaration, with the comments before it; and a chunk to the lines of its parts.

It looks at indentation, brackets and first words only; what a line says is read elsewhere.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from guiju.dsl.syntax.lex import lex
from guiju.dsl.syntax.tokens import DECLARATIONS, PARTS, kinds_by_word

__all__ = ["RUNNING", "Chunk", "Group", "Line", "first_word", "group_lines", "split_chunks"]

# Parts whose content is running text or raw words: brackets in them need not close.
RUNNING = frozenset(
    {
        "cites",
        "fix",
        "says",
        "why",
        "allows",
        "looks_back",
        "because",
        "by",
        "about",
        "row",
        "aliases",
        "blank",
        "not_applicable_words",
        "pending_words",
        "true_words",
        "false_words",
        "derives",
        "collects",
        "takes_in",
        "leaves_out",
    }
)

_DECLARATION_WORDS = kinds_by_word(DECLARATIONS)
_PART_WORDS = kinds_by_word(PARTS)
_WORD = re.compile(r"\w+")
_LINE = re.compile(r"([ \t\f\v]*)([^\n]*)")
_BRACKETS = re.compile(r"[(){}\[\]]")


class Line(NamedTuple):
    """One line: `first` is its first character that is not blank, `end` stands before its line end and trailing blanks."""

    start: int
    first: int
    end: int
    indent: int
    comment: bool


@dataclass(frozen=True, slots=True)
class Chunk:
    """One declaration: the comment lines before it (None for a blank line between them) and its own lines."""

    lead: list[Line | None] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where the chunk begins, its leading comments included."""
        first = next((line for line in self.lead if line), None) or (self.lines[0] if self.lines else None)
        return first.start if first else 0

    @property
    def end(self) -> int:
        """Where its last line ends."""
        last = self.lines[-1] if self.lines else next((line for line in reversed(self.lead) if line), None)
        return last.end if last else 0


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one head or part, comment lines among them, and the comment lines before it."""

    lines: list[Line]
    before: list[Line] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return self.lines[0].first

    @property
    def end(self) -> int:
        """Where its last line ends."""
        return self.lines[-1].end


def first_word(folded: str, line: Line) -> str:
    """The word with which a line begins; empty where it begins with something else."""
    found = _WORD.match(folded, line.first, line.end)
    return found.group() if found else ""


def _indent(blanks: str) -> int:
    """Columns of indentation; a tab counts two."""
    return len(blanks) + blanks.count("\t")


def _lines(folded: str) -> list[Line | None]:
    """All lines; None for a blank one."""
    found: list[Line | None] = []
    # A byte order mark at the head is passed over; offsets go on counting it.
    at = 1 if folded.startswith("\ufeff") else 0
    size = len(folded)
    while at < size:
        match = _LINE.match(folded, at)
        assert match is not None
        first = match.end(1)
        rest = match.end()
        end = rest
        while end > first and folded[end - 1] in " \t\r\f\v":
            end -= 1
        found.append(None if end == first else Line(at, first, end, _indent(match.group(1)), folded[first] == "#"))
        at = rest + 1
    return found


def split_chunks(folded: str) -> tuple[list[Chunk], list[Line | None]]:
    """The chunks of a text, and the comment lines after the last."""
    chunks: list[Chunk] = []
    pending: list[Line | None] = []
    for line in _lines(folded):
        if line is None:
            if pending:
                pending.append(None)
        elif line.comment:
            pending.append(line)
        elif chunks and not _begins(folded, line, chunks[-1]):
            chunks[-1].lines.extend(comment for comment in pending if comment)
            chunks[-1].lines.append(line)
            pending = []
        else:
            chunks.append(Chunk(pending, [line]))
            pending = []
    return chunks, pending


def _begins(folded: str, line: Line, current: Chunk) -> bool:
    """Whether a line begins a new declaration."""
    if line.indent:
        return False
    word = first_word(folded, line)
    if word in _DECLARATION_WORDS:
        return True
    if not word or word in _PART_WORDS:
        return False
    return not _is_open(folded, current)


def _is_open(folded: str, chunk: Chunk) -> bool:
    """Whether the last part of a chunk leaves a bracket open."""
    start = len(chunk.lines) - 1
    while start > 0 and first_word(folded, chunk.lines[start]) not in _PART_WORDS:
        start -= 1
    first = chunk.lines[start]
    known = _PART_WORDS.get(first_word(folded, first))
    if known and known[0] in RUNNING:
        return False
    return depth(folded, first.first, chunk.lines[-1].end) > 0


def depth(folded: str, start: int, end: int) -> int:
    """How many brackets a range leaves open."""
    if not _BRACKETS.search(folded, start, end):
        return 0
    open_ = 0
    for token in lex(folded, folded, start, end)[0]:
        if token.kind == "symbol":
            open_ += (token.text in "({[") - (token.text in ")}]")
    return open_


def group_lines(folded: str, chunk: Chunk, part_words: frozenset[str], running: frozenset[str]) -> list[Group]:
    """The head and the parts of a chunk; `running` are the words of the parts whose brackets do not count."""
    groups: list[Group] = [Group([chunk.lines[0]])]
    before: list[Line] = []
    indent = 0
    open_ = depth(folded, chunk.lines[0].first, chunk.lines[0].end)
    counts = True
    for line in chunk.lines[1:]:
        if line.comment:
            before.append(line)
            continue
        word = first_word(folded, line)
        if indent == 0:
            continues = open_ > 0 and word not in part_words
        elif line.indent > indent:
            continues = True
        else:
            continues = open_ > 0 and word not in part_words
        if continues:
            groups[-1].lines.extend(before)
            groups[-1].lines.append(line)
        else:
            groups.append(Group([line], before))
            indent = indent or line.indent
            counts = word not in running
            open_ = 0
        before = []
        if counts:
            open_ += depth(folded, line.first, line.end)
    return groups
