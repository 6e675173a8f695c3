"""Infers from the head of a file how its records are laid out: their shape, and which key stands for which field.

It answers only where it is certain. Where another shape might be meant, or one key stands for two fields, those lines go to the
general reader.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from guiju.catalog.mapping.headers import embedded
from guiju.catalog.mapping.kinds import is_kind_key
from guiju.catalog.readers.from_ndjson import LineReader
from guiju.terms.blank import BLANK
from guiju.terms.shape import Shape, Vocabulary
from guiju.validators.engines.compiled.decode import can_spell

__all__ = ["Layout", "infer_layout"]

_MOST_KEYS = 500
_OPENING = frozenset("{[" + BLANK)
_BOM = b"\xef\xbb\xbf"
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
# Parts are worth remembering of which the sample has at most so many different ones: a larger file then has few more.
_DIFFERENT = 0.75
# What so many of the records have is a good sign of them; who has it not is read the slow way.
_USUAL = 0.8


@dataclass(frozen=True, slots=True)
class Layout:
    """The shape of the records, the key of each field, and the keys that stand for no field.

    `repeated` are fields of the root whose values come again and again. `mixed` are keys with other values than texts, integers
    and booleans. `fresh` are the numbers of the lines with diagnostics that no earlier line has. `anchors` are keys that a line
    must have to be certainly of the shape.
    """

    shape: str
    keys: dict[str, dict[str, str]]
    others: dict[str, tuple[str, ...]]
    repeated: frozenset[str] = frozenset()
    mixed: dict[str, frozenset[str]] = field(default_factory=dict)
    fresh: frozenset[int] = field(default=frozenset(), compare=False)
    anchors: frozenset[str] = frozenset()

    def spelling(self, shape: str) -> tuple[dict[str, str], tuple[str, ...], frozenset[str]]:
        """The keys by shape: those of fields, those of no field, and those whose values are plain."""
        keys, others, mixed = self.keys.get(shape, {}), self.others.get(shape, ()), self.mixed.get(shape, frozenset())
        return keys, others, frozenset([*keys.values(), *others]) - mixed


def infer_layout(reader: LineReader, lines: Iterable[bytes], vocabulary: Vocabulary) -> Layout | None:
    """The layout of the lines; None where nothing is certain."""
    lines = tuple(lines)
    found = {number: value for number, line in enumerate(lines) if isinstance(value := _value(line), dict)}
    values = list(found.values())
    seen = dict.fromkeys(key for value in values for key in value)
    if not seen or len(seen) > _MOST_KEYS or any(is_kind_key(key) for key in seen):
        return None
    shape = reader.asked or reader.kinds.choose(tuple(seen)).shape
    if reader.asked is None and shape is not None and reader.kinds.says_nothing(shape, tuple(seen)):
        return None
    anchors = None if shape is None else frozenset[str]() if reader.asked is not None else _anchors(reader, shape, values, tuple(seen))
    if shape is None or anchors is None:
        return None
    forms: set[Any] = set()
    fresh = [number for number, value in found.items() if _is_new(_form(value), forms)]
    layout = Layout(shape.id, {}, {}, fresh=frozenset([*fresh, *range(len(lines))]) - (found.keys() - set(fresh)), anchors=anchors)
    keys: dict[str, dict[str, bool]] = {}
    for number in fresh:
        _walk(found[number], shape, reader, vocabulary, keys, 0)
    for id, known in keys.items():
        index = reader.kinds.index(vocabulary.shape(id))
        fields: dict[str, str] = {}
        others: list[str] = []
        for key in known:
            match = index.find(key)
            if not can_spell(key):
                continue
            if match is None:
                others.append(key)
            elif len(match.path) == 1 and match.unit is None:
                fields.setdefault(match.path[0], key)
        layout.keys[id], layout.others[id] = fields, tuple(others)
        layout.mixed[id] = frozenset(key for key, plain in known.items() if not plain)
    return replace(layout, repeated=_repeated(values, layout.keys[shape.id]))


def _repeated(values: list[dict[str, Any]], keys: dict[str, str]) -> frozenset[str]:
    found: set[str] = set()
    for id, key in keys.items():
        held = [value[key] for value in values if key in value]
        parts = [part for one in held for part in (one if isinstance(one, list) else [one])]
        different = set(map(_encode, parts))
        if parts and len(different) <= len(parts) * _DIFFERENT:
            found.add(id)
    return frozenset(found)


def _value(line: bytes) -> Any:
    try:
        return _decode(line.removeprefix(_BOM))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _form(value: Any) -> Any:
    """What tells records of different layouts apart: their keys at every depth, and which values are not plain.

    A text that may itself be JSON is equal to no other.
    """
    kind = value.__class__
    if kind is str:
        return value if value[:1] in _OPENING else 0
    if kind is dict:
        return tuple(value), tuple(
            [0 if one.__class__ is int or (one.__class__ is str and one[:1] not in _OPENING) else _form(one) for one in value.values()]
        )
    if kind is list:
        return frozenset(map(_form, value))
    return 0 if value is None or kind is int or kind is bool else 1


def _is_new(form: Any, known: set[Any]) -> bool:
    before = len(known)
    known.add(form)
    return len(known) > before


def _anchors(reader: LineReader, shape: Shape, values: list[dict[str, Any]], keys: tuple[str, ...]) -> frozenset[str] | None:
    """Keys that fix the shape whatever else a record has; None where most records lack them.

    More keys never make a shape fit worse. So a shape that fits better with these keys alone than any other with all its keys
    fits best.
    """
    others = [one for one in reader.kinds.root_shapes if one is not shape]
    scores = [reader.kinds.score(other, keys) for other in others]
    if all(matched < 2 for _, matched in scores):
        return frozenset()
    most = max(weight for weight, _ in scores)
    often = Counter(key for value in values for key in value if can_spell(key))
    usual = [key for key, number in often.most_common() if number >= len(values) * _USUAL and reader.kinds.index(shape).find(key)]
    for number in range(2, len(usual) + 1):
        if reader.kinds.score(shape, usual[:number])[0] > most:
            return frozenset(usual[:number])
    return None


def _walk(
    value: dict[str, Any], shape: Shape, reader: LineReader, vocabulary: Vocabulary, keys: dict[str, dict[str, bool]], depth: int
) -> None:
    known = keys.setdefault(shape.id, {})
    index = reader.kinds.index(shape)
    for key, inner in value.items():
        if key in known or len(known) < _MOST_KEYS:
            known[key] = known.get(key, True) and (inner is None or isinstance(inner, str | int))
        match = index.find(key)
        declared = shape.field(match.path[0]) if match is not None and len(match.path) == 1 else None
        part = embedded(declared.type, vocabulary)[0] if declared is not None else None
        if part is None or depth > 8:
            continue
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, dict):
                _walk(one, part, reader, vocabulary, keys, depth + 1)
