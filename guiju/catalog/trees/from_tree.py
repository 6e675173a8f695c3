"""Plain trees of YAML and JSON become records: subjects are found, keys become field ids, values stay as they were written.

It reads no text and types no value. Whatever is passed over is told.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from guiju.catalog.key_plans import KeyPlans
from guiju.catalog.mapping import words
from guiju.catalog.mapping.headers import HeaderIndex, Match, embedded, give_unit
from guiju.catalog.mapping.kinds import Choice, Kinds, is_kind_key
from guiju.catalog.mapping.labels import labelled, says_more, two_headers, weigh
from guiju.catalog.mapping.submitted import SUBMITTED_KEYS, read_submitted
from guiju.catalog.records.item import Item, ReaderInput, Submitted
from guiju.catalog.records.model import HeaderMatch, LeftOut, Record, SheetReading
from guiju.catalog.trees.located_text import LocatedText, TreeLocator, pointer_of
from guiju.catalog.trees.structure import (
    WIDEST_LOOK,
    choose_of,
    choose_sectioned,
    fits_somewhere,
    holds_maps,
    inner_of,
    is_envelope,
    is_section,
    is_wrapping,
    keys_of,
    no_kind,
    said_by,
    show,
    tell_again,
    unknown_kind,
    unpack,
    unpacked,
)
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.terms.fact import Path
from guiju.terms.progress import telling
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both
from guiju.terms.types import ListT, RecordT

__all__ = ["TreeReader"]

_DEEPEST_LOOK = 8


class TreeReader:
    """Walks the documents of one text; keeps what each key was found to mean."""

    def __init__(self, opened: ReaderInput, kinds: Kinds, holder: LocatedText) -> None:
        self.opened, self.kinds, self.holder = opened, kinds, holder
        self.limits = opened.limits.of_trees()
        self.document = 0
        self._known: dict[str, dict[str, Match]] = {}
        self._holders: dict[str, bool] = {}
        self._plans = KeyPlans(opened.limits.headers)
        self._clashes: set[tuple[str, str, str]] = set()
        self._pending: list[Item] = []
        self._told = 0

    # -- finding the subjects ------------------------------------------------------------------------------------

    def read(self, plain: Any, document: int = 0) -> Iterator[Item]:
        """All items of one document."""
        self.document = document
        asked = self.opened.options.kind
        shape = self.kinds.named(asked) if asked else None
        if asked and shape is None:
            yield unknown_kind(self.kinds, asked, self.holder.span(self.document, ()))
            return
        yield from self._find(plain, (), shape, words.by_asking(asked) if asked else None, 0)

    def record(self, plain: dict[str, Any], path: Path, shape: Shape) -> Iterator[Item]:
        """One record of a known shape, and the subjects that stand in its lists."""
        value = self._map(plain, shape, path)
        yield from self._flush()
        locator = TreeLocator(self.holder, self.kinds, shape, self.document, path)
        yield Record(shape=shape.id, value=value, locator=locator, number=next(self.opened.numbers))
        yield from self._inner_subjects(plain, path, shape)

    def _find(self, plain: Any, path: Path, shape: Shape | None, how: Both | None, depth: int) -> Iterator[Item]:
        if depth > _DEEPEST_LOOK:
            yield self._left(path, Both("套得太深的内容", "contents nested too deep"), plain)
        elif isinstance(plain, list):
            yield from self._find_in_list(plain, path, shape, how, depth)
        elif isinstance(plain, dict):
            yield from self._find_in_map(plain, path, shape, how, depth)
        else:
            yield complain("D055", self.holder.span(self.document, path), found=show(plain))

    def _find_in_list(self, plain: list[Any], path: Path, shape: Shape | None, how: Both | None, depth: int) -> Iterator[Item]:
        maps = [one for one in plain if isinstance(one, dict)]
        common: Choice | None = None
        if shape is None and maps:
            stated = any(is_kind_key(key) and self.kinds.stated(one) for one in maps[:WIDEST_LOOK] for key in one)
            if not stated:
                common = choose_of(self.kinds, maps)
                inside = inner_of(self.kinds, maps, common.shape)
                if inside is not None:
                    yield from self._unwrapped(plain, path, inside)
                    return
                if common.shape is None and len(maps) == 1:
                    yield from self._find(maps[0], (*path, plain.index(maps[0])), None, None, depth + 1)
                    return
                if common.shape is None or self.kinds.says_nothing(common.shape, keys_of(maps)):
                    yield self._no_kind(common, path, keys_of(maps))
                    return
                shape, how = common.shape, common.how
        if shape is not None and maps:
            sure = common.sure if common is not None else 100
            yield self._sheet(shape, how or words.BY_KEY, path, sure, len(maps))
        for number, one in enumerate(telling(plain, self.opened.tell)):
            here = (*path, number)
            if not isinstance(one, dict):
                yield complain("D055", self.holder.span(self.document, here), found=show(one))
            elif (known := self.kinds.stated(one) or shape) is not None:
                yield from self.record(one, here, known)
            else:
                yield from self._find(one, here, None, None, depth + 1)

    def _unwrapped(self, plain: list[Any], path: Path, inside: tuple[str, ...]) -> Iterator[Item]:
        """The records of a list that stand in envelopes; what stands beside the first is told as left out, once for each key."""
        inner: list[tuple[Path, dict[str, Any]]] = []
        beside: dict[str, Path] = {}
        for number, one in enumerate(plain):
            here: Any = one
            for depth, step in enumerate(inside):
                for key in here if isinstance(here, dict) else ():
                    if key != step:
                        beside.setdefault(key, (*path, number, *inside[:depth], key))
                here = here.get(step) if isinstance(here, dict) else None
            if isinstance(here, dict):
                inner.append(((*path, number, *inside), here))
                continue
            yield complain("D055", self.holder.span(self.document, (*path, number)), found=show(one))
        choice = choose_of(self.kinds, [one for _, one in inner])
        assert choice.shape is not None  # this is how the way inside was chosen
        yield self._sheet(choice.shape, choice.how, path, choice.sure, len(inner))
        for key, where in beside.items():
            yield LeftOut(what=words.BESIDE, place=self.holder.place(self.document, where), seen=key)
        for where, one in inner:
            yield from self.record(one, where, choice.shape)

    def _find_in_map(self, plain: dict[str, Any], path: Path, shape: Shape | None, how: Both | None, depth: int) -> Iterator[Item]:
        if not path:
            yield from self._submitted(plain)
        stated = self.kinds.stated(plain)
        if stated is not None:
            yield self._sheet(stated, words.BY_KEY, path, 100, 1)
            yield from self.record(plain, path, stated)
            return
        for key, value in plain.items():
            if is_kind_key(key) and isinstance(value, str) and key.casefold() in ("kind", "对象") and shape is None:
                yield unknown_kind(self.kinds, value, self.holder.span(self.document, (*path, key)))
                return
        named = {key: self.kinds.named(key) for key, value in plain.items() if isinstance(value, list | dict)}
        # {数据集: [...]} is a list of datasets, not a catalog that says nothing of itself: names of shapes do not count here.
        passed = frozenset(key for key in plain if key in SUBMITTED_KEYS or named.get(key) is not None)
        own = choose_of(self.kinds, [plain], passed)
        if own.shape is not None and shape is None:
            own = self._without_wrapping(own, own.shape, plain, passed)
        named = {key: one for key, one in named.items() if one is not None and not self._is_field(own.shape, key)}
        lists = [key for key, value in plain.items() if holds_maps(value)]
        if shape is not None and not (lists and self.kinds.score(shape, plain)[1] == 0):
            yield self._sheet(shape, how or words.BY_KEY, path, 100, 1)
            yield from self.record(plain, path, shape)
        elif named and (own.shape is None or len(named) == len([key for key in plain if key not in SUBMITTED_KEYS])):
            yield from self._named(plain, named, path, depth)
        elif own.shape is not None and not self.kinds.says_nothing(own.shape, plain):
            yield self._sheet(own.shape, own.how, path, own.sure, 1)
            yield from self.record(plain, path, own.shape)
            yield from self._named(plain, named, path, depth, rest=False)
        elif shape is None and (whole := choose_sectioned(self.kinds, plain)) is not None:
            yield self._sheet(whole.shape, whole.how, path, whole.sure, 1)
            yield from self.record(plain, path, whole.shape)
        elif lists:
            yield from self._search(plain, path, shape, lists, depth)
        elif any(isinstance(value, dict) for value in plain.values()):
            yield from self._search(plain, path, shape, [key for key, value in plain.items() if isinstance(value, dict)], depth)
        elif (written := unpacked(plain, self.limits)) is not None:
            yield from self._find(written, path, shape, how, depth + 1)
        else:
            yield self._no_kind(own, path, tuple(plain))

    def _without_wrapping(self, own: Choice, shape: Shape, plain: dict[str, Any], passed: frozenset[str]) -> Choice:
        """The choice by the keys that can be fields: lists that only stand beside them do not count.

        Where such a list holds records that name more fields than the map itself does, the map is its envelope and no record.
        """
        beside = [key for key, value in plain.items() if is_wrapping(self.kinds, shape, key, value, self.opened.vocabulary)]
        if not beside:
            return own
        own = choose_of(self.kinds, [plain], passed.union(beside))
        envelope = own.shape is not None and is_envelope(self.kinds, own.shape, plain, beside)
        return Choice(shape=None, how=own.how, sure=0) if envelope else own

    def _named(self, plain: dict[str, Any], named: Mapping[str, Shape | None], path: Path, depth: int, rest: bool = True) -> Iterator[Item]:
        """The lists and records that stand under the name of their shape."""
        for key, value in plain.items():
            shape = named.get(key)
            if shape is not None:
                yield from self._find(value, (*path, key), shape, words.by_sheet_name(key), depth + 1)
            elif rest and key not in SUBMITTED_KEYS:
                yield self._left((*path, key), words.NO_FIELD, value)

    def _search(self, plain: dict[str, Any], path: Path, shape: Shape | None, keys: list[str], depth: int) -> Iterator[Item]:
        """The lists inside wrappings such as {"result": {"results": [...]}}; what is beside them is told as left out."""
        whole = len(plain) > 1 and all(isinstance(value, dict) for value in plain.values())
        common = choose_of(self.kinds, list(plain.values())) if whole and shape is None else None
        chosen = shape or (common.shape if common is not None else None)
        if whole and chosen is not None:
            how = words.by_score(len(plain), len(plain)) if common is None else common.how
            yield self._sheet(chosen, how, path, 90, len(plain))
            for key, value in plain.items():
                yield from self.record(value, (*path, key), chosen)
            return
        found_any = False
        for key in keys:
            value = plain[key]
            likely = shape is not None or fits_somewhere(self.kinds, value)
            if likely or len(keys) == 1:
                found_any = True
                yield from self._find(value, (*path, key), shape, words.by_sheet_name(key) if shape is None else None, depth + 1)
            else:
                yield self._left((*path, key), words.UNKNOWN_SHEET, value)
        if not found_any:
            yield self._no_kind(Choice(shape=None, how=words.NO_FIELD), path, tuple(plain))

    def _inner_subjects(self, plain: dict[str, Any], path: Path, shape: Shape) -> Iterator[Item]:
        """Elements of lists whose shape has subjects of its own are subjects too."""
        if not self._may_hold_subjects(shape):
            return
        for key, value in plain.items():
            found = self._match(shape, key, (*path, key)).path
            one = shape.field(found[0]) if len(found) == 1 else None
            inner, many = embedded(one.type, self.opened.vocabulary) if one is not None else (None, False)
            if inner is None or inner.id not in self.opened.roots:
                continue
            elements = value if many and isinstance(value, list) else [value]
            for number, element in enumerate(elements):
                if isinstance(element, dict):
                    yield from self.record(element, (*path, key, number) if many and isinstance(value, list) else (*path, key), inner)

    def _may_hold_subjects(self, shape: Shape) -> bool:
        known = self._holders.get(shape.id)
        if known is None:
            inner = (embedded(one.type, self.opened.vocabulary)[0] for one in shape.fields)
            known = self._holders[shape.id] = any(one is not None and one.id in self.opened.roots for one in inner)
        return known

    # -- keys and values -----------------------------------------------------------------------------------------

    def _map(self, plain: dict[str, Any], shape: Shape, path: Path) -> dict[str, Any]:
        plan = self._plans.of(shape, plain)
        if plan is not None:
            return plan.read(plain, lambda key, raw, match: self._value(raw, shape, match, (*path, key)))
        found = self._mapped(plain, shape, path)
        self._plans.learn(shape, plain, self._known[shape.id], self.kinds.index(shape))
        return found

    def _mapped(self, plain: dict[str, Any], shape: Shape, path: Path) -> dict[str, Any]:
        out: dict[str, Any] = {}
        taken: dict[tuple[str, ...], str] = {}
        known = self._known.setdefault(shape.id, {})
        sections: list[str] = []
        for key, raw in plain.items():
            if isinstance(raw, dict) and is_section(self.kinds, shape, key, raw):
                sections.append(key)
                continue
            match = known.get(key) or self._match(shape, key, (*path, key))
            if not match.path:
                continue
            first = taken.setdefault(match.path, key)
            if first != key:
                label = labelled(shape, match.path, {first: plain[first], key: raw})
                chosen, told = weigh(shape, self.opened.vocabulary, match.path, (first, plain.get(first)), (key, raw), label)
                other = first if chosen == key else key
                if told and not self._says_more(shape, other, plain, out):
                    self._clash(shape, match.path, (chosen, other), path, label)
                if chosen != key:
                    continue
                taken[match.path] = key
            if len(match.path) == 1 and match.unit is None and not isinstance(raw, dict | list):
                out[match.path[0]] = raw
                continue
            owner = out
            for id in match.path[:-1]:
                inner = owner.setdefault(id, {})
                owner = inner if isinstance(inner, dict) else {}
            owner[match.path[-1]] = self._value(raw, shape, match, (*path, key))
        for key in sections:
            out = self._map(plain[key], shape, (*path, key)) | out
        return out

    def _says_more(self, shape: Shape, key: str, plain: dict[str, Any], out: dict[str, Any]) -> bool:
        told = says_more(self.kinds.index(shape), self.opened.vocabulary, key, plain)
        if told is not None:
            out[told.path[0]] = plain[key]
            tell_again(self._pending, shape, key, told)
        return told is not None

    def _value(self, raw: Any, shape: Shape, match: Match, path: Path) -> Any:
        if match.unit is not None and isinstance(raw, str | int | Decimal) and not isinstance(raw, bool):
            return give_unit(raw if isinstance(raw, str) else format(raw, "f") if isinstance(raw, Decimal) else str(raw), match.unit)
        if not isinstance(raw, dict | list):
            return raw
        one = shape.field(match.path[0])
        for id in match.path[1:]:
            inner, _ = embedded(one.type, self.opened.vocabulary) if one is not None else (None, False)
            one = inner.field(id) if inner is not None else None
        match one.type if one is not None else None:
            case RecordT(shape=id) | ListT(element=RecordT(shape=id)):
                inner_shape = self.opened.vocabulary.shape(id)
                raw = unpack(raw, self.limits)
                if isinstance(raw, dict):
                    return self._inner(raw, inner_shape, path)
                return [self._inner(part, inner_shape, (*path, at)) if isinstance(part, dict) else part for at, part in enumerate(raw)]
            case ListT():
                return [said_by(part) if isinstance(part, dict) else part for part in raw] if isinstance(raw, list) else raw
            case _:
                return said_by(raw) if isinstance(raw, dict) else raw

    def _inner(self, raw: dict[str, Any], shape: Shape, path: Path) -> dict[str, Any]:
        # {不适用: 原因} and what fits nowhere stay as written, so that reading can say what they are.
        if raw and self._plans.of(shape, raw) is None and not any(self._is_field(shape, key) for key in raw):
            return raw
        return self._map(raw, shape, path)

    def _match(self, shape: Shape, key: str, path: Path) -> Match:
        known = self._known.setdefault(shape.id, {})
        found = known.get(key)
        if found is not None:
            return found
        index: HeaderIndex = self.kinds.index(shape)
        found = index.match(key)
        if found.many and len(found.path) > 1:
            # A field of the records in a list is written in that list: beside it, the key means something else.
            found = Match()
        if is_kind_key(key) and not found.path:
            found = Match(how=words.BY_KEY, sure=100)
        if len(known) >= self.opened.limits.headers:
            if self._told < 1:
                self._told = 1
                self._pending.append(
                    complain("D083", Span(self.holder.name, 0, 0), shape=shape.name, limit=str(self.opened.limits.headers))
                )
            return found
        known[key] = found
        if found.how is not words.BY_KEY:
            place = self.holder.place_of_key(self.document, path)
            self._pending.append(
                HeaderMatch(
                    shape=shape.id,
                    header=key,
                    field=".".join(found.path) or None,
                    how=found.how,
                    place=place,
                    nearest=found.near,
                    sure=found.sure,
                    unit=found.unit,
                )
            )
        return found

    def _clash(self, shape: Shape, field: tuple[str, ...], keys: tuple[str, str], path: Path, label: str | None) -> None:
        if (shape.id, *keys) in self._clashes or len(self._clashes) > self.opened.limits.headers:
            return
        self._clashes.add((shape.id, *keys))
        span = self.holder.span(self.document, (*path, keys[1]))
        self._pending.append(two_headers(shape, field, keys, label, span))

    def _flush(self) -> Iterator[Item]:
        yield from self._pending
        self._pending.clear()

    # -- small answers -------------------------------------------------------------------------------------------

    def _is_field(self, shape: Shape | None, key: str) -> bool:
        return shape is not None and self.kinds.index(shape).find(key) is not None

    def _submitted(self, plain: dict[str, Any]) -> Iterator[Item]:
        for key in SUBMITTED_KEYS:
            if key in plain:
                day = read_submitted(plain[key])
                where = self.holder.span(self.document, (key,))
                yield complain("D088", where, seen=show(plain[key])) if day is None else Submitted(day=day)
                return

    def _no_kind(self, choice: Choice, path: Path, seen: tuple[str, ...]) -> Item:
        return no_kind(choice, self.holder.span(self.document, path), pointer_of(path) or self.holder.name, seen, self.kinds)

    def _left(self, path: Path, what: Both, value: Any) -> Item:
        return LeftOut(what=what, place=self.holder.place(self.document, path), seen=show(value))

    def _sheet(self, shape: Shape, how: Both, path: Path, sure: int, records: int) -> Item:
        return SheetReading(shape=shape.id, how=how, place=self.holder.place(self.document, path), sure=sure, records=records)
