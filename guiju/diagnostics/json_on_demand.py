"""Places in JSON that is known to be well formed, found as far as somebody looks: the nodes of `located_json`, made on demand.

A list or a map is taken apart when its contents are first asked for; what stands beside the way is skipped by the decoder in C.
"""

import json
import re
from typing import TYPE_CHECKING, TypeAlias

from guiju.diagnostics.node import Entry, Kind, Limits, Node
from guiju.diagnostics.scalars import NUMBER, read_number, read_word
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span

__all__ = ["locate_json"]

_BLANK = " \t\n\r"
_skip = re.compile(f"[{_BLANK}]*").match
# A key with its colon, where no escape stands in it; a value that holds no others; what follows a value.
_key = re.compile(f'"([^"\\\\]*)"[{_BLANK}]*:[{_BLANK}]*').match
_scalar = re.compile(r'"[^"\\]*"|[-+.\w]+').match
_after = re.compile(f"[{_BLANK}]*,?[{_BLANK}]*").match
_decode = json.JSONDecoder().raw_decode
_KINDS = {"{": Kind.MAP, "[": Kind.LIST}


def locate_json(source: Source, limits: Limits) -> Node | None:
    """The list or map that the text holds, where `PlainJson` read it; None where something but JSON's own blanks stands around it."""
    text = source.text
    start, end = _end(_skip(text)), len(text.rstrip(_BLANK))
    if text[start : start + 1] not in _KINDS or text[end - 1] not in "]}":
        return None
    return _OnDemand(source, limits, start, end)


class _OnDemand(Node):
    """A list or map of which it is found once where its parts stand, and of these are made nodes those that are asked for."""

    __slots__ = ("_cuts", "_found", "_keys", "_limits", "_source")
    _source: Source
    _limits: Limits
    _cuts: "list[_Part] | None"
    _found: "tuple[Node, ...] | tuple[Entry, ...] | None"
    _keys: "tuple[str, ...] | None"

    def __init__(self, source: Source, limits: Limits, start: int, end: int) -> None:
        for name, value in (("_source", source), ("_limits", limits), ("_cuts", None), ("_found", None), ("_keys", None)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "span", Span(source.name, start, end))
        object.__setattr__(self, "kind", _KINDS[source.text[start]])

    if not TYPE_CHECKING:

        @property
        def value(self) -> tuple[Node, ...] | tuple[Entry, ...]:
            """What it holds."""
            if self._found is None:
                parts = [self._entry(one) if self.kind is Kind.MAP else self._node(*one[3:]) for one in self._parts()]
                object.__setattr__(self, "_found", tuple(parts))
            return self._found

    @property
    def keys(self) -> tuple[str, ...]:
        if self._keys is None:
            object.__setattr__(self, "_keys", tuple([one[0] for one in self._parts()]) if self.kind is Kind.MAP else ())
        assert self._keys is not None
        return self._keys

    def entry(self, key: str | int) -> Entry | None:
        if self.kind is not Kind.MAP:
            return None
        return next((self._entry(one) for one in self._parts() if one[0] == key), None)

    def _parts(self) -> "list[_Part]":
        found = self._cuts
        if found is None:
            found = _cut(self._source.text, self.span.start)
            object.__setattr__(self, "_cuts", found)
        return found

    def _entry(self, part: "_Part") -> Entry:
        key, start, end, value, value_end = part
        return Entry(Node(key, Span(self._source.name, start, end), Kind.TEXT), self._node(value, value_end))

    def _node(self, start: int, end: int) -> Node:
        text, span = self._source.text, Span(self._source.name, start, end)
        if text[start] in _KINDS:
            return _OnDemand(self._source, self._limits, start, end)
        if text[start] == '"':
            return Node(_decode(text, start)[0], span, Kind.TEXT)
        number = NUMBER.fullmatch(text, start, end)
        if number is not None:
            return read_number(number, span, self._limits)[0]
        return read_word(text[start:end], span, self._limits)[0]


_Part: TypeAlias = tuple[str, int, int, int, int]
"""A key and the stretches of it and of its value; in a list the key is empty."""


def _cut(text: str, start: int) -> list[_Part]:
    """The parts of the list or map that begins there."""
    is_map, at = text[start] == "{", _end(_skip(text, start + 1))
    found: list[_Part] = []
    while text[at] not in "]}":
        key, key_start, key_end = "", at, at
        if is_map and (plain := _key(text, at)) is not None:
            key, key_end, at = plain[1], plain.end(1) + 1, plain.end()
        elif is_map:
            key, key_end = _decode(text, at)
            at = _end(_skip(text, _end(_skip(text, key_end)) + 1))
        scalar = _scalar(text, at)
        end = scalar.end() if scalar is not None else _decode(text, at)[1]
        found.append((key, key_start, key_end, at, end))
        at = _end(_after(text, end))
    return found


def _end(found: re.Match[str] | None) -> int:
    assert found is not None  # these patterns match nothing too
    return found.end()
