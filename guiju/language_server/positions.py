"""Offsets of our texts and positions of the protocol: lines from 0, columns in UTF-16 units."""

from lsprotocol import types as lsp

from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span

__all__ = ["offset_of", "position_of", "range_of", "whole"]


def position_of(source: Source, offset: int) -> lsp.Position:
    """The position of an offset; one beyond the text is its end."""
    offset = min(max(offset, 0), len(source.text))
    line, _ = source.line_column(offset)
    start = source.lines[line - 1]
    return lsp.Position(line - 1, _units(source.text[start:offset]))


def offset_of(source: Source, position: lsp.Position) -> int:
    """The offset of a position; one beyond its line is the line's end, one beyond the text the text's end."""
    if position.line >= len(source.lines):
        return len(source.text)
    start = source.lines[position.line]
    end = source.lines[position.line + 1] - 1 if position.line + 1 < len(source.lines) else len(source.text)
    at, units = start, 0
    while at < end and units < position.character:
        units += 2 if ord(source.text[at]) > 0xFFFF else 1
        at += 1
    return at


def range_of(source: Source, span: Span) -> lsp.Range:
    """The range of a span."""
    return lsp.Range(position_of(source, span.start), position_of(source, span.end))


def whole(source: Source) -> lsp.Range:
    """The range of a whole text."""
    return range_of(source, Span(source.name, 0, len(source.text)))


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
