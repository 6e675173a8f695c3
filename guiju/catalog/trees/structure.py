"""What a tree of JSON or YAML holds, looked at before it is read: its lists, its envelopes, what a nested value stands for.

It chooses nothing by itself: shapes are chosen by `Kinds`. No value is typed here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from guiju.catalog.mapping import words
from guiju.catalog.mapping.headers import Match, embedded
from guiju.catalog.mapping.kinds import Choice, Kinds
from guiju.catalog.records.item import Item
from guiju.catalog.records.model import HeaderMatch
from guiju.catalog.trees.plain_json import PlainJson
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.node import Limits
from guiju.diagnostics.span import Span
from guiju.diagnostics.suggest import nearest
from guiju.terms.blank import trim
from guiju.terms.shape import Shape, Vocabulary
from guiju.terms.tongue import Both
from guiju.terms.visible import as_compared

__all__ = [
    "WIDEST_LOOK",
    "Sectioned",
    "choose_of",
    "choose_sectioned",
    "fits_somewhere",
    "holds_maps",
    "inner_of",
    "is_envelope",
    "is_section",
    "is_wrapping",
    "keys_of",
    "no_kind",
    "said_by",
    "show",
    "tell_again",
    "unknown_kind",
    "unpack",
    "unpacked",
]

WIDEST_LOOK = 50
_DEEPEST = 4
_HEADING = re.compile(r"信息|情况|概况|内容|部分|要素|basic|info|detail|section|general", re.IGNORECASE)
# The keys under which a nested value says itself, in the order in which they are asked: a name for people before a number.
_SAYING = (
    "名称", "标签", "title", "label", "name", "display_name", "displayName", "fn", "prefLabel", "zh", "zh-cn", "zh_cn", "zh-CN", "zh_CN",
    "zh-Hans", "cn", "en", "text", "value", "@value", "$date", "$numberLong", "$oid",
)  # fmt: skip


def keys_of(maps: list[dict[str, Any]]) -> tuple[str, ...]:
    """The keys of the first maps, each once."""
    return tuple(dict.fromkeys(key for one in maps[:WIDEST_LOOK] for key in one))


def choose_of(kinds: Kinds, maps: list[dict[str, Any]], but: frozenset[str] = frozenset()) -> Choice:
    """The shape that fits these maps; a nested value counts only where the field holds records or a list."""
    keys = tuple(key for key in keys_of(maps) if key not in but)
    held = frozenset(key for one in maps[:WIDEST_LOOK] for key, value in one.items() if isinstance(value, dict | list))
    return kinds.choose(keys, held=held)


def holds_maps(value: Any) -> bool:
    """Whether the value is a list with records in it."""
    return isinstance(value, list) and any(isinstance(one, dict) for one in value[:WIDEST_LOOK])


def _maps_in(value: Any) -> list[dict[str, Any]]:
    return [one for one in value[:WIDEST_LOOK] if isinstance(one, dict)] if isinstance(value, list) else []


def fits_somewhere(kinds: Kinds, value: Any, depth: int = 0) -> bool:
    """Whether records of a shape stand in the value, at once or in wrappings."""
    if depth > _DEEPEST:
        return False
    if isinstance(value, list):
        maps = _maps_in(value)
        return bool(maps) and (choose_of(kinds, maps).shape is not None or inner_of(kinds, maps) is not None)
    if isinstance(value, dict):
        return choose_of(kinds, [value]).shape is not None or any(fits_somewhere(kinds, one, depth + 1) for one in value.values())
    return False


def is_wrapping(kinds: Kinds, owner: Shape, key: str, value: Any, vocabulary: Vocabulary) -> bool:
    """Whether a list of records under that key stands beside the owner's fields rather than in one of them.

    It does where no field of that name holds records, and where what it holds fits a shape of its own better than the field's.
    """
    maps = _maps_in(value)
    if not maps or not fits_somewhere(kinds, value):
        return False
    found = kinds.index(owner).find(key)
    field = owner.field(found.path[0]) if found is not None and len(found.path) == 1 else None
    inner = embedded(field.type, vocabulary)[0] if field is not None else None
    if inner is None:
        return True
    keys = keys_of(maps)
    own = choose_of(kinds, maps).shape
    return own is not None and own is not inner and kinds.score(own, keys)[0] > kinds.score(inner, keys)[0]


def inner_of(kinds: Kinds, maps: list[dict[str, Any]], own: Shape | None = None) -> tuple[str, ...] | None:
    """The keys that lead to the records inside envelopes ({"properties": {…}}, {"metas": {"default": {…}}}), where one way is best.

    Records that fit a shape themselves are envelopes only where they lack what it must have and their insides do not. One map with a
    list of records in it is a wrapping, not an envelope.
    """
    if len(maps) == 1 and any(holds_maps(value) for value in maps[0].values()):
        return None
    if own is not None and not _lacks_required(own, kinds, keys_of(maps)):
        return None
    best: list[tuple[float, tuple[str, ...]]] = []

    def look(held: list[dict[str, Any]], path: tuple[str, ...]) -> None:
        for key in keys_of(held):
            inside = [one[key] for one in held if isinstance(one.get(key), dict)]
            if not inside or 2 * len(inside) < len(held):
                continue
            here = (*path, key)
            shape = choose_of(kinds, inside).shape
            if shape is not None and (own is None or not _lacks_required(shape, kinds, keys_of(inside))):
                best.append((kinds.score(shape, keys_of(inside))[0], here))
            if len(here) < _DEEPEST - 1:
                look(inside, here)

    look(maps[:WIDEST_LOOK], ())
    if not best:
        return None
    most = max(weight for weight, _ in best)
    ways = [path for weight, path in best if weight == most]
    return ways[0] if len(ways) == 1 else None


def _lacks_required(shape: Shape, kinds: Kinds, keys: tuple[str, ...]) -> bool:
    index = kinds.index(shape)
    found = {match.path for key in keys if (match := index.find(key)) is not None}
    return any((one.id,) not in found for one in shape.fields if one.required)


def is_envelope(kinds: Kinds, shape: Shape, plain: dict[str, Any], beside: list[str]) -> bool:
    """Whether the map names fewer fields of its shape than the records beside its fields name of theirs."""
    return kinds.score(shape, plain)[1] < max(_most_fields(kinds, plain[key]) for key in beside)


def _most_fields(kinds: Kinds, value: Any) -> int:
    maps = _maps_in(value)
    shape = choose_of(kinds, maps).shape if maps else None
    return 0 if shape is None else kinds.score(shape, keys_of(maps))[1]


def is_section(kinds: Kinds, shape: Shape, key: str, value: Any) -> bool:
    """Whether a nested value under a key that is no field is a part of the record itself: {"基本信息": {"项目名称": …}, "投资": {…}}.

    A part says fields of the record under a heading; what has a name and a number of its own, as {"author": {"name": …}}, is none.
    """
    index = kinds.index(shape)
    if not isinstance(value, dict) or not value or index.find(key) is not None:
        return False
    found = [match for one in value if (match := index.find(one)) is not None and not match.bare]
    if _HEADING.search(key):
        return bool(found)
    return not key.isascii() and len(found) >= 2 and 2 * len(found) >= len(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sectioned:
    """The shape of a record whose fields stand under headings, how it was known, and how sure."""

    shape: Shape
    how: Both
    sure: int


def choose_sectioned(kinds: Kinds, plain: dict[str, Any]) -> Sectioned | None:
    """The shape of a map all of whose fields stand under headings; None where a heading repeats what another holds, as records do."""
    parts = [value for value in plain.values() if isinstance(value, dict)]
    merged: dict[str, Any] = {key: value for key, value in plain.items() if not isinstance(value, dict)}
    for one in parts:
        merged |= one
    if len(parts) < 2 or any(fits_somewhere(kinds, value) for value in merged.values() if isinstance(value, list)):
        return None
    choice = choose_of(kinds, [merged])
    if choice.shape is None:
        return None
    index = kinds.index(choice.shape)
    fields = [{match.path for key in one if (match := index.find(key)) is not None} for one in parts]
    apart = sum(len(one) for one in fields) == len(set().union(*fields))
    told = [key for key, value in plain.items() if isinstance(value, dict) and is_section(kinds, choice.shape, key, value)]
    return Sectioned(shape=choice.shape, how=choice.how, sure=choice.sure) if apart and len(told) >= 2 else None


def said_by(value: Mapping[str, Any]) -> Any:
    """What a nested value says where one word is asked for: {"name": "市统计局", "id": 3} says its name; None where it says nothing."""
    for key in _SAYING:
        said = value.get(key)
        if isinstance(said, str | int | Decimal) and not isinstance(said, bool) and said != "":
            return said
    return None


def unpack(value: Any, limits: Limits) -> Any:
    """The records that a text holds as JSON ("[{…}]"), as some portals write a list into one value; else the value as it is."""
    if not isinstance(value, str) or len(value) < 2:
        return value
    text = trim(value)
    if (text[:1], text[-1:]) not in (("[", "]"), ("{", "}")):
        return value
    found, fine = PlainJson(limits).read(text)
    return found if fine and isinstance(found, dict | list) else value


def unpacked(plain: dict[str, Any], limits: Limits) -> dict[str, Any] | None:
    """A map whose texts that hold JSON are unpacked; None where none does."""
    found = {key: unpack(value, limits) for key, value in plain.items()}
    # Only what was a text and is none any more: a map that is given back as it came would be looked at for ever.
    return found if any(found[key] is not value for key, value in plain.items()) else None


def no_kind(choice: Choice, span: Span, where: str, seen: tuple[str, ...], kinds: Kinds | None = None) -> Item:
    """The complaint that no kind, or more than one, fits what was seen, or that one of `kinds` fits but what was seen says too little."""
    if kinds is not None and choice.shape is not None:
        return too_weak(kinds, choice.shape, seen, span, where)
    shown = words.listed(seen[:12])
    if choice.tied:
        names = Both("、".join(one.name.zh for one in choice.tied), ", ".join(one.name.en for one in choice.tied))
        return complain("D052", span, where=where, names=names, seen=shown)
    return complain("D051", span, where=where, seen=shown)


def too_weak(kinds: Kinds, shape: Shape, seen: Iterable[str], span: Span, where: str) -> Item:
    """What headers or keys look like, how sure that is, and what was not understood: nothing is read as that unless it is asked for."""
    labels = tuple(dict.fromkeys(label for label in seen if label))
    index = kinds.index(shape)
    unknown = tuple(label for label in labels if index.find(label) is None)
    return complain(
        "D201",
        span,
        where=where,
        kind=shape.name,
        matched=str(len(labels) - len(unknown)),
        total=str(len(labels)),
        unknown=words.listed(unknown) if unknown else words.OF_EVERY_KIND,
        help=Both(f"写明是什么再读：--kind {shape.name.zh}", f"say what it is: --kind {shape.name.en}"),
    )


def unknown_kind(kinds: Kinds, word: str, span: Span) -> Item:
    """The complaint that a word names no kind."""
    near = nearest(word, kinds.names)
    help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
    return complain("D053", span, help=help, word=word[:60], known=words.listed(kinds.names[:12]))


def tell_again(items: list[Item], shape: Shape, key: str, match: Match) -> None:
    """What was told of a key is told of what it means after all."""
    for at, one in enumerate(items):
        if isinstance(one, HeaderMatch) and (one.shape, one.header) == (shape.id, key):
            items[at] = replace(one, field=".".join(match.path), how=match.how, sure=match.sure)


def show(value: Any) -> str:
    """A value within sixty characters, for a message."""
    return "null" if value is None else as_compared(str(value), 60)
