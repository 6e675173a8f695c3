"""One head or part before it is read: where its raw words stand, which comments it holds, and cursors into it.

It does not know what any part means.
"""

import re
from collections.abc import Iterator

from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.span import Span
from guiju.dsl.syntax import recovery
from guiju.dsl.syntax.cursor import Cursor
from guiju.dsl.syntax.lex import Token, comment_start, lex, read_date
from guiju.dsl.syntax.lines import Group
from guiju.dsl.syntax.tree import DateLiteral
from guiju.terms.tongue import Tongue

__all__ = ["Block", "Piece", "comment_text", "join_pieces", "read_interval_end", "split_words"]

Piece = tuple[int, int]
"""A range of one line."""

_HASH = re.compile(r"(?<![^ \t])#")
_QUOTES = {'"': '"', "“": "”", "「": "」"}


def comment_text(written: str) -> str:
    """A comment without its mark."""
    return written[1:].strip()


class Block:
    """A group of lines with the text in which it stands; the complaints of all its cursors are gathered in `found`."""

    __slots__ = ("comments", "content", "file", "folded", "found", "group", "text", "tongue", "trailing")

    def __init__(self, file: str, text: str, folded: str, group: Group, tongue: Tongue, found: list[Diagnostic]) -> None:
        self.file = file
        self.text = text
        self.folded = folded
        self.group = group
        self.tongue = tongue
        self.found = found
        self.content = group.start
        self.comments = [comment_text(text[line.first : line.end]) for line in group.before]
        self.trailing: str | None = None

    def span(self, start: int, end: int) -> Span:
        """A range of this text."""
        return Span(self.file, start, end)

    @property
    def whole(self) -> Span:
        """The range of the whole group, a comment at its end left out."""
        return Span(self.file, self.group.start, self.group.end)

    def cursor(self) -> Cursor:
        """A cursor at the content; comments among the tokens become those of the part."""
        tokens, comments = lex(self.text, self.folded, self.content, self.group.end)
        if comments:
            self._keep(comments)
        cursor = Cursor(self.file, self.text, self.folded, tokens, self.tongue)
        cursor.found = self.found
        return cursor

    def _keep(self, comments: list[Token]) -> None:
        last = comments[-1]
        line_start = self.folded.rfind("\n", 0, last.start) + 1
        own_line = not self.folded[line_start : last.start].strip()
        texts = [comment_text(comment.text) for comment in comments]
        if not own_line:
            self.trailing = texts.pop()
        self.comments.extend(texts)

    def pieces(self, start: int, *, running: bool) -> list[Piece]:
        """The raw ranges from an offset on, line by line, without comments; in running text a `#` needs two blanks before it."""
        found: list[Piece] = []
        ends: list[str] = []
        for line in self.group.lines:
            if line.end <= start:
                continue
            if line.comment:
                self.comments.extend(ends)
                self.comments.append(comment_text(self.text[line.first : line.end]))
                ends = []
                continue
            first = max(line.first, start)
            hash_ = self._comment_at(first, line.end, running)
            end = line.end
            if hash_ is not None:
                ends.append(comment_text(self.text[hash_ : line.end]))
                end = hash_
            piece = self.trim(first, end)
            if piece[0] < piece[1]:
                found.append(piece)
        if ends:
            self.trailing = ends.pop()
            self.comments.extend(ends)
        return found

    def _comment_at(self, start: int, end: int, running: bool) -> int | None:
        if running:
            return comment_start(self.folded, start, end)
        at = self.folded.find("#", start, end)
        while at >= 0:
            if at == start or self.folded[at - 1] in " \t":
                return at
            at = self.folded.find("#", at + 1, end)
        return None

    def trim(self, start: int, end: int) -> Piece:
        """A range without blanks at its ends."""
        while start < end and self.folded[start] in " \t":
            start += 1
        while end > start and self.folded[end - 1] in " \t":
            end -= 1
        return start, end


def join_pieces(block: Block, pieces: list[Piece]) -> str:
    """Running text written over several lines as one: no blank between 汉字, one elsewhere."""
    joined = ""
    for start, end in pieces:
        piece = block.text[start:end]
        if joined and joined[-1].isascii() and piece[0].isascii():
            joined += " "
        joined += piece
    return joined


def split_words(block: Block, pieces: list[Piece], mark: str = ",") -> Iterator[tuple[str, Piece]]:
    """The words of raw ranges, parted by a mark; a word in quotation marks may hold it."""
    for start, end in pieces:
        at = start
        while at <= end:
            first, _ = block.trim(at, end)
            closing = _QUOTES.get(block.text[first]) if first < end else None
            quoted_end = block.text.find(closing, first + 1, end) if closing else -1
            stop = block.folded.find(mark, max(first, quoted_end), end)
            stop = end if stop < 0 else stop
            left, right = block.trim(first, stop)
            if left < right:
                is_quoted = quoted_end >= 0 and quoted_end == right - 1
                word = block.text[left + 1 : right - 1] if is_quoted else block.text[left:right]
                yield word, (left, right)
            at = stop + 1


def read_interval_end(c: Cursor, word: Token) -> DateLiteral | None:
    """The date after 自 or 至."""
    token = c.token
    span = c.span(token.start, token.end)
    if token.kind != "date":
        if not recovery.broken(c):
            c.hard("S029", c.span(word.start, word.end), word=word.text)
        return None
    c.at += 1
    day = read_date(token.text)
    if day is None:
        c.hard("S011", span, written=token.text)
        return None
    recovery.date_form(c, token, day)
    return DateLiteral(day, span)
