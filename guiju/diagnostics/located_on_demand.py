"""JSON of which only those levels are located that somebody asks for: a line is read again for one place, and has hundreds.

It gives the nodes of `located_json` for texts that are known to be sound. Where a level looks odd (an escape in a key, a key that
comes twice), that level is read by `located_json`.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from guiju.diagnostics.located_json import read_json
from guiju.diagnostics.node import Entry, Kind, Limits, Node
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span

__all__ = ["locate_json"]

_BLANK = b" \t\n\r"
_MAP = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_KINDS = {b"{": Kind.MAP, b"[": Kind.LIST, b'"': Kind.TEXT, b"t": Kind.TRUTH, b"f": Kind.TRUTH, b"n": Kind.NULL}


class _Odd(Exception):
    """A level is not written as its parts say; it never leaves this module."""


class _Line:
    """A text as characters and as bytes, and where bytes stand among the characters."""

    __slots__ = ("data", "limits", "source")

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.data = source.text.encode("utf-8", "surrogatepass")

    def span(self, at: int, size: int) -> Span:
        """A stretch of bytes as one of characters."""
        if len(self.data) == len(self.source.text):
            return Span(self.source.name, at, at + size)
        start = len(self.data[:at].decode("utf-8", "surrogatepass"))
        return Span(self.source.name, start, start + len(self.data[at : at + size].decode("utf-8", "surrogatepass")))

    def past(self, at: int, mark: bytes) -> int:
        """Behind blanks, and behind one mark where it stands there."""
        while self.data[at : at + 1] and self.data[at] in _BLANK:
            at += 1
        return self.past(at + 1, b"") if mark and self.data[at : at + 1] == mark else at


def locate_json(source: Source, *, limits: Limits = Limits()) -> Node | None:
    """The value of a sound text, as `read_json` gives it, each level located when it is first asked for; None where it is unsound."""
    line = _Line(source, limits)
    body = line.data.strip(_BLANK)
    if len(source.text) > limits.characters or body[:1] != b"{":
        return read_json(source, limits=limits)[0]
    try:
        _MAP.decode(body)
    except msgspec.MsgspecError:
        return read_json(source, limits=limits)[0]
    return _Part(line, line.data.index(body), len(body))


class _Part(Node):
    """A value or a key whose parts and whose stretch are worked out when they are asked for."""

    __slots__ = ("_at", "_known", "_line", "_size")
    _line: _Line
    _at: int
    _size: int
    _known: Any

    def __init__(self, line: _Line, at: int, size: int, known: Any = None) -> None:
        for name, given in (("_line", line), ("_at", at), ("_size", size), ("_known", known)):
            object.__setattr__(self, name, given)

    @property
    def kind(self) -> Kind:  # what is a field of the plain node is worked out here
        """By its first character; a number's depends on how it is written."""
        found = _KINDS.get(self._line.data[self._at : self._at + 1])
        return found if found is not None else _plain(self).kind

    @property
    def span(self) -> Span:
        """The stretch of the text."""
        return self._line.span(self._at, self._size)

    @property
    def value(self) -> Any:
        """The parts, or the value of a scalar."""
        if self._known is None:
            object.__setattr__(self, "_known", self._parts())
        return self._known

    def _parts(self) -> Any:
        try:
            match self.kind:
                case Kind.MAP:
                    return tuple(self._entries())
                case Kind.LIST:
                    return tuple(self._items())
                case _:
                    return _plain(self).value
        except (_Odd, msgspec.MsgspecError):
            return _plain(self).value

    def _entries(self) -> Iterator[Entry]:
        line, at = self._line, self._at + 1
        for key, raw in _MAP.decode(_written(self)).items():
            written = key.encode("utf-8", "surrogatepass")
            start = line.past(at, b",")
            at = start + len(written) + 2
            if line.data[start:at] != b'"%b"' % written or b"\\" in written:
                raise _Odd
            name = _Part(line, start, at - start, key)
            value = self._part(line.past(at, b":"), raw)
            at = value._at + value._size
            yield Entry(name, value)
        self._closed(at)

    def _items(self) -> Iterator[Node]:
        at = self._at + 1
        for raw in _LIST.decode(_written(self)):
            value = self._part(self._line.past(at, b","), raw)
            at = value._at + value._size
            yield value
        self._closed(at)

    def _part(self, at: int, raw: msgspec.Raw) -> "_Part":
        written = bytes(raw)
        if self._line.data[at : at + len(written)] != written:
            raise _Odd
        return _Part(self._line, at, len(written))

    def _closed(self, at: int) -> None:
        """Whether what was walked is all that there is: of a key that comes twice only one value was given."""
        if self._line.past(at, b"") != self._at + self._size - 1:
            raise _Odd


def _written(part: _Part) -> bytes:
    return part._line.data[part._at : part._at + part._size]


def _plain(part: _Part) -> Node:
    """The part as `located_json` reads it, at its place in the text."""
    name, start = part._line.source.name, part.span.start
    node, _ = read_json(Source(name, _written(part).decode("utf-8", "surrogatepass")), limits=part._line.limits)
    assert node is not None  # the text is sound
    return _moved(node, start)


def _moved(node: Node, by: int) -> Node:
    """The node so many characters further on."""
    value = node.value
    if node.kind is Kind.MAP:
        value = tuple(Entry(_moved(one.key, by), _moved(one.value, by)) for one in node.entries)
    elif node.kind is Kind.LIST:
        value = tuple(_moved(one, by) for one in node.items)
    return Node(value, Span(node.span.file, node.span.start + by, node.span.end + by), node.kind)
