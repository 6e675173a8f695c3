"""Which shape a record, a list or a sheet is: by a stated kind, by a name, else by how many headers fit.

It chooses only where one shape fits best: a tie or nothing is said, and never guessed away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from guiju.catalog.mapping import words
from guiju.catalog.mapping.headers import AllNames, HeaderIndex, fold
from guiju.catalog.mapping.written_keys import WrittenKeys, written_keys
from guiju.terms.shape import Shape, Vocabulary
from guiju.terms.tongue import Both
from guiju.terms.types import ListT, RecordT

__all__ = ["KIND_KEYS", "Choice", "Kinds", "find_roots", "is_kind_key"]

KIND_KEYS = ("kind", "类别", "对象", "对象类型", "类型", "shape")
_KIND_FOLDED = frozenset(fold(word) for word in KIND_KEYS)
_SHEET_SUFFIXES = ("表", "清单", "目录", "信息", "list", "s", "数据")
_LEAST = 2
# A bound on memory only: sets of keys whose meaning is kept.
_MOST_WRITTEN = 1_000
_LEAST_SHARE = 35
_GENERAL = ("id", "uuid", "name", "title", "code", "type", "date", "note", "description")
_GENERAL_ZH = ("名称", "标题", "编号", "序号", "代码", "类型", "日期", "备注", "说明", "描述")
_CONTACT = ("email", "phone", "tel", "telephone", "邮箱", "电话", "联系电话", "联系方式", "联系人")
_PLACE = ("longitude", "latitude", "lon", "lng", "lat", "address", "经度", "纬度", "地址")
_WRITTEN = ("created", "created_at", "updated", "updated_at", "创建时间", "更新时间", "创建日期", "更新日期")
_SAYS_NOTHING = frozenset(map(fold, (*_GENERAL, *_GENERAL_ZH, *_CONTACT, *_PLACE, *_WRITTEN)))
"""Headers that stand above tables of every kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The shape that was chosen, why, and how sure; without a shape, the names that tie (or none)."""

    shape: Shape | None
    how: Both
    sure: int = 100
    tied: tuple[Shape, ...] = ()


def is_kind_key(header: str) -> bool:
    """Whether a header or key is one that states the kind."""
    return fold(header) in _KIND_FOLDED


def find_roots(vocabulary: Vocabulary) -> frozenset[str]:
    """The shapes that have subjects of their own: all but registers and those that occur only inside others.

    A shape inside another stands on its own where it has a key. Callers who know the rules may say better.
    """
    inner: set[str] = set()
    for shape in vocabulary.shapes:
        for one in shape.fields:
            match one.type:
                case RecordT(shape=id) | ListT(element=RecordT(shape=id)) if id != shape.id:
                    inner.add(id)
                case _:
                    pass
    return frozenset(shape.id for shape in vocabulary.shapes if not shape.register and (shape.id not in inner or shape.key is not None))


class Kinds:
    """The names and header indexes of all shapes of a vocabulary; built once for an input."""

    def __init__(
        self, vocabulary: Vocabulary, roots: frozenset[str], columns: tuple[tuple[str, str], ...] = (), *, of_packages: bool = False
    ) -> None:
        self.vocabulary, self.roots, self._columns = vocabulary, roots, columns
        # A format of data sets alone has said what its records are, however little their keys do.
        self._of_packages = of_packages
        self._indexes: dict[str, HeaderIndex] = {}
        self._written: dict[tuple[str, tuple[str, ...]], WrittenKeys] = {}
        self._names: dict[str, Shape] = {}
        self._all: AllNames | None = None
        readable = [shape for shape in vocabulary.shapes if not shape.register]
        # Roots first, so that a name shared with an inner shape means the root.
        for shape in sorted(readable, key=lambda one: one.id not in roots):
            for name in (shape.id, shape.name.zh, shape.name.en, *shape.aliases):
                if fold(name):
                    self._names.setdefault(fold(name), shape)

    def index(self, shape: Shape) -> HeaderIndex:
        """The header index of a shape."""
        found = self._indexes.get(shape.id)
        if found is None:
            found = self._indexes[shape.id] = HeaderIndex(shape, self.vocabulary, self._columns)
        return found

    def written(self, shape: Shape, keys: tuple[str, ...]) -> WrittenKeys:
        """What the keys of a map mean in a shape."""
        found = self._written.get((shape.id, keys))
        if found is None:
            if len(self._written) >= _MOST_WRITTEN:
                self._written.clear()
            found = self._written[shape.id, keys] = written_keys(self.index(shape), keys)
        return found

    def may_mean(self, header: str) -> bool:
        """Whether the header may mean a field of some shape: asked once of all of them together, for tables of thousands of columns."""
        if self._all is None:
            self._all = AllNames(self.index(shape) for shape in (*self.root_shapes, *self.inner_shapes))
        return self._all.may_mean(header)

    def named(self, word: str) -> Shape | None:
        """The shape of exactly that name or alias, up to width, case and spaces."""
        return self._names.get(fold(word))

    def named_loosely(self, word: str) -> Shape | None:
        """The shape that a sheet's name speaks of: 数据集, 数据集清单, 表1 数据集, datasets."""
        folded = fold(word)
        if folded in self._names:
            return self._names[folded]
        for suffix in _SHEET_SUFFIXES:
            if folded.endswith(suffix) and folded.removesuffix(suffix) in self._names:
                return self._names[folded.removesuffix(suffix)]
        held = [name for name in self._names if len(name) >= 2 and not name.isascii() and name in folded]
        longest = max(held, key=len, default=None)
        if longest is None or any(len(other) == len(longest) and self._names[other] is not self._names[longest] for other in held):
            return None
        return self._names[longest]

    @property
    def names(self) -> tuple[str, ...]:
        """The Chinese and English names of the root shapes, for neighbours and for help."""
        return tuple(name for shape in self.root_shapes for name in (shape.name.zh, shape.name.en) if name)

    @property
    def root_shapes(self) -> tuple[Shape, ...]:
        """The root shapes in the order of the vocabulary."""
        return tuple(shape for shape in self.vocabulary.shapes if shape.id in self.roots)

    @property
    def inner_shapes(self) -> tuple[Shape, ...]:
        """The shapes that occur only inside others."""
        return tuple(shape for shape in self.vocabulary.shapes if shape.id not in self.roots and not shape.register)

    def score(self, shape: Shape, headers: Iterable[str], held: frozenset[str] = frozenset()) -> tuple[float, int]:
        """How well headers fit a shape, and how many of its fields they name; a required field weighs half as much again.

        Under the headers in `held` stand lists or records: they name only fields that can hold such.
        """
        index = self.index(shape)
        fields: set[tuple[str, ...]] = set()
        for header in headers:
            found = index.find(header) if self.may_mean(header) else None
            if found is not None and (header not in held or _can_hold(shape, found.path)):
                fields.add(found.path)
        weight = 0.0
        for path in fields:
            one = shape.field(path[0])
            # Fields of inner records say less of the outer shape than its own.
            weight += (1.5 if one is not None and (one.required or one.key) else 1.0) if len(path) == 1 else 0.6
        required = [one.id for one in shape.fields if one.required]
        # Among shapes that fit alike, the one that lacks less of what it must have.
        covered = sum((id,) in fields for id in required) / len(required) if required else 0.0
        return round(weight + covered / 10, 6), len(fields)

    def is_weak(self, shape: Shape, headers: Iterable[str]) -> bool:
        """Whether headers say too little to read a table of unstated kind as that shape.

        Few of them are fields of it, or those that are would be fields of anything.
        """
        labels = tuple(dict.fromkeys(one for one in headers if one))
        index = self.index(shape)
        matched = [one for one in labels if index.find(one) is not None]
        return 100 * len(matched) < _LEAST_SHARE * len(labels) or self.says_nothing(shape, labels)

    def says_nothing(self, shape: Shape, headers: Iterable[str]) -> bool:
        """Whether a record of unstated kind is not to be read as that shape: its fields would be fields of anything, but for one of few."""
        if self._of_packages:
            return False
        index = self.index(shape)
        labels = [one for one in headers if one]
        matched = [one for one in labels if index.find(one) is not None]
        telling = sum(fold(one) not in _SAYS_NOTHING for one in matched)
        return telling == 0 or (telling == 1 and 2 * len(matched) < len(labels))

    def choose(self, headers: Sequence[str], shapes: Sequence[Shape] | None = None, held: frozenset[str] = frozenset()) -> Choice:
        """The one shape that the headers fit best; none where fewer than two fit or where two shapes fit alike."""
        headers = tuple(dict.fromkeys(headers))
        scored = sorted(
            ((*self.score(shape, headers, held), shape) for shape in (self.root_shapes if shapes is None else shapes)),
            key=lambda one: (-one[0], len(one[2].fields)),
        )
        best = [one for one in scored if one[1] >= min(_LEAST, max(1, len(headers)))]
        if not best:
            return Choice(shape=None, how=words.by_score(scored[0][1] if scored else 0, len(headers)), sure=0)
        weight, matched, shape = best[0]
        how = words.by_score(matched, len(headers))
        tied = tuple(one[2] for one in best if one[0] == weight)
        if len(tied) > 1:
            return Choice(shape=None, how=how, sure=0, tied=tied)
        return Choice(shape=shape, how=how, sure=min(95, 100 * matched // max(1, len(headers))))

    def stated(self, plain: dict[str, Any]) -> Shape | None:
        """The shape that a map itself says it is of."""
        for key, value in plain.items():
            if isinstance(value, str) and is_kind_key(key) and (shape := self.named(value)) is not None:
                return shape
        return None


def _can_hold(shape: Shape, path: tuple[str, ...]) -> bool:
    """Whether the field at a path may hold a list or a record."""
    one = shape.field(path[0]) if len(path) == 1 else None
    return one is not None and isinstance(one.type, RecordT | ListT)
