"""Which field a header or a key means, through both names and all aliases that the shape declares.

Width, letter case, spaces, book-title marks and brackets do not count; numbering, marks such as `*` or （必填）, and units are peeled
off. A header that fits nothing is told with its nearest neighbour: nothing here guesses.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from guiju.catalog.mapping import words
from guiju.diagnostics.suggest import Neighbours
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.quantities.units import Dimension, unit_of
from guiju.terms.shape import Field, Shape, Vocabulary
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, CodeT, IntT, ListT, MoneyT, NumberT, PercentT, PeriodT, QuantityT, RecordT, TextT, Type

__all__ = ["AllNames", "HeaderIndex", "Match", "embedded", "fold", "give_unit", "unit_in", "units_in"]

_DROPPED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff_\-‐-―.·・/\\>→|:,;'\"`“”‘’《》〈〉「」『』()\[\]【】〔〕{}*※★●▲#!?。、]+")
_NUMBERING = re.compile(r"^\s*(?:[(\[]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)\].、,:]\s*)(?=\D)")
_GROUP = re.compile(r"[(\[【〔{<]([^()\[\]【】〔〕{}<>]*)[)\]】〕}>]")
_TAIL_UNIT = re.compile(r"[/,:|_ ]\s*(?:单位[:]?\s*)?([^/,:|_ ]{1,8})$")
_REMARK = re.compile(
    r"^(?:必填项?|必选?|选填项?|可选|非必填|可不填|可空|下拉选择|请选择|单选|多选|选|required|optional|mandatory|\*+)$", re.IGNORECASE
)
_UNIT_WORD = re.compile(r"^(?:(?:计量)?单位|unit)\s*[:=]?\s*", re.IGNORECASE)
_SCALES = {"万", "亿", "千", "百万"}
_BARE = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_DAYS = {"个工作日": "个工作日", "工作日": "个工作日", "天": "日", "日": "日", "个月": "个月", "月": "个月", "年": "年", "小时": "小时"}
# What people put before the name of a field to say of what it is (资源更新周期, resTitle). It is looked past only where the shape
# itself is called so, by its name or an alias.
_PREFIXES = tuple(
    sorted(
        ("公共数据资源", "政务数据资源", "政务信息资源", "信息资源", "数据资源", "公共数据", "政务数据", "数据目录", "资源目录", "数据集",
         "信息", "数据", "资源", "目录", "项目", "工程", "dataset", "data", "resource", "res", "catalog", "cata", "project"),
        key=len, reverse=True,
    )
)  # fmt: skip
# What platforms put behind the key of a code to name the key of its label (openType: 1, openTypeName: 无条件开放).
_LABEL_ENDS = ("名称", "标签", "中文", "分类", "name", "label", "text", "desc", "descr", "value", "cn", "str", "zh", "mc")
_TOLD_ENDS = ("说明", "描述", "note", "description")
_ASKING = ("是否", "有无", "是不是")
_ASKING_BEGINS = frozenset(one[0] for one in _ASKING)
_LATIN = re.compile(r"[A-Za-z][A-Za-z'&-]*")
_TEN_THOUSAND = re.compile(
    r"^(?:in\s+)?(?:(?:10k|10,?000|ten thousand|wan)\s*(?:cny|rmb|yuan)|(?:cny|rmb|yuan)\s*(?:10k|10,?000))$", re.IGNORECASE
)
_DEEPEST = 3
_REMEMBERED = 10_000


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a header means: the path of field ids from the record (empty: nothing), how it was seen, how sure in percent, its unit.

    `many` tells how long the part of the path is that ends with a list of records; 0 where no list is passed. `bare` says that the
    header names a field of such a record without naming the list.
    """

    path: tuple[str, ...] = ()
    how: Both = words.NO_FIELD
    sure: int = 0
    unit: str | None = None
    near: str | None = None
    many: int = 0
    bare: bool = False


@fast_dataclass(frozen=True, slots=True)
class _Target:
    path: tuple[str, ...]
    type: Type
    how: Both
    sure: int
    many: int
    bare: bool = False


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The header without anything that people write differently while meaning the same."""
    same = (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
    return same if same.isalnum() else _DROPPED.sub("", same)  # nothing that is dropped is a letter or a digit


def embedded(type: Type, vocabulary: Vocabulary) -> tuple[Shape | None, bool]:
    """The shape that a field holds, if it holds one, and whether it holds many of it."""
    match type:
        case RecordT(shape=id):
            return vocabulary.shape(id), False
        case ListT(element=RecordT(shape=id)):
            return vocabulary.shape(id), True
        case _:
            return None, False


class HeaderIndex:
    """All spellings of the fields of one shape, inner records included; built once for a shape."""

    __slots__ = ("_found", "_known", "_neighbours", "_prefixes", "_said", "shape")

    def __init__(self, shape: Shape, vocabulary: Vocabulary, columns: tuple[tuple[str, str], ...] = ()) -> None:
        self.shape = shape
        told = ((fold(header), path, _target_at(path, shape, vocabulary)) for header, path in columns)
        # What was said of a header of another shape says nothing here.
        self._said = {header: target for header, path, target in told if target is not None or not path}
        self._known: dict[str, _Target] = {}
        self._found: dict[str, Match | None] = {}
        self._add_own(shape)
        self._add_inner(shape, vocabulary, ((), ("",), 0), 1)
        names = tuple(fold(name) for name in (shape.name.zh, shape.name.en, shape.id, *shape.aliases))
        self._prefixes = tuple(one for one in _PREFIXES if any(one in name for name in names))
        self._neighbours: Neighbours | None = None

    def _add_own(self, shape: Shape) -> None:
        for one in shape.fields:
            target = _Target((one.id,), one.type, words.BY_NAME, 100, 0)
            for name in (one.name.zh, one.name.en, one.id):
                self._know(name, target)
        for one in shape.fields:
            target = _Target((one.id,), one.type, words.BY_ALIAS, 100, 0)
            for name in one.aliases:
                self._know(name, target)

    def _add_inner(self, shape: Shape, vocabulary: Vocabulary, owner: tuple[tuple[str, ...], tuple[str, ...], int], depth: int) -> None:
        path, prefixes, many = owner
        bare: list[tuple[str, _Target]] = []
        for one in shape.fields:
            inner, is_many = embedded(one.type, vocabulary)
            if inner is None or depth >= _DEEPEST or (is_many and many):
                continue
            here, passed = (*path, one.id), len(path) + 1 if is_many else many
            names = tuple(f"{prefix}{name}" for prefix in prefixes for name in _spellings(one))
            for part in inner.fields:
                target = _Target((*here, part.id), part.type, words.BY_INNER, 95, passed)
                alone = replace(target, bare=True)
                for name in _spellings(part):
                    for prefix in names:
                        self._know(prefix + name, target)
                    if is_many:
                        bare.append((name, alone))
            self._add_inner(inner, vocabulary, (here, names, passed), depth + 1)
        for name, target in bare:
            self._know(name, target)

    def _know(self, name: str, target: _Target) -> None:
        folded = fold(name)
        if folded:
            self._known.setdefault(folded, target)

    @property
    def spellings(self) -> Iterable[str]:
        """Every folded spelling of a field."""
        return self._known

    def match(self, header: str) -> Match:
        """What the header means; an empty path with the nearest name where it means no field."""
        found = self.find(header)
        if found is not None:
            return found
        peeled = _peel(unicodedata.normalize("NFKC", header)[:400])[0]
        if self._neighbours is None:  # most inputs ask for none
            self._neighbours = Neighbours(name for one in self.shape.fields for name in _spellings(one))
        return Match(near=self._neighbours.nearest(fold(peeled) or peeled))

    def find(self, header: str) -> Match | None:
        """What the header means, without a search for neighbours; None where it means no field."""
        if header in self._found:
            return self._found[header]
        found = self._find(header)
        if len(self._found) < _REMEMBERED:
            self._found[header] = found
        return found

    def described(self, header: str) -> Match | None:
        """The text that says more of a code which the header names by an alias: 开放条件 names 开放属性 and begins 开放条件说明."""
        found = self.find(header)
        if found is None or found.how is not words.BY_ALIAS or len(found.path) != 1:
            return None
        held = self.shape.field(found.path[0])
        told = next((one for end in _TOLD_ENDS if (one := self._own(fold(header) + end)) is not None), None)
        if held is None or not isinstance(held.type, CodeT) or told is None or not isinstance(told.type, TextT) or told.path == found.path:
            return None
        return Match(path=told.path, how=words.BY_CONTENT, sure=90)

    def _find(self, header: str) -> Match | None:
        seen = _views(header)
        units = seen.units
        if seen.folded in self._said:
            target = self._said[seen.folded]
            unit = next((unit for unit in units if target is not None and _fits(unit, target.type)), None)
            return None if target is None else Match(path=target.path, how=target.how, sure=100, unit=unit, many=target.many)
        target = self._known.get(seen.folded)
        how, sure = (target.how, target.sure) if target else (words.NO_FIELD, 0)
        if target is None and (target := self._known.get(seen.peeled)) is not None:
            how, sure = (words.BY_BRACKETS, 80) if seen.remarked else (words.BY_PEELING, 95)
        if target is None and seen.tail and (target := self._known.get(seen.before_tail)) is not None:
            units, how, sure = (*units, seen.tail), words.BY_PEELING, 95
        if target is None and (target := self._affixed(seen.peeled)) is not None:
            how, sure = words.BY_AFFIX, 90
        if target is None and (target := self._in_two_tongues(*seen.halves)) is not None:
            how, sure = words.BY_BOTH_TONGUES, 95
        if target is None:
            return None
        unit = next((unit for unit in units if _fits(unit, target.type)), None)
        if unit is not None:
            how = words.with_unit(how, unit)
        return Match(path=target.path, how=how, sure=sure, unit=unit, many=target.many, bare=target.bare)

    def _affixed(self, folded: str) -> _Target | None:
        """The shape's own field that is meant once a word for the shape before it, or for a label behind it, is looked past."""
        for prefix in self._prefixes:
            rest = folded.removeprefix(prefix)
            if rest != folded and len(rest) >= (4 if rest.isascii() else 2):
                target = self._own(rest) or self._label(rest)
                if target is not None:
                    return target
        return self._label(folded) or self._asked(folded)

    def _asked(self, folded: str) -> _Target | None:
        """A yes-or-no field that is put as a question (是否列入规划)."""
        if folded[:1] not in _ASKING_BEGINS:
            return None
        asked = next((one for one in _ASKING if folded.startswith(one)), None)
        target = self._own(folded.removeprefix(asked)) if asked is not None else None
        return target if target is not None and isinstance(target.type, BoolT) else None

    def _in_two_tongues(self, *halves: str) -> _Target | None:
        """What a header in both tongues means (项目名称 Project name), where both folded halves mean the same."""
        if not all(halves):
            return None
        zh, en = (self._known.get(half) or self._affixed(half) for half in halves)
        return zh if zh is not None and en is not None and zh.path == en.path else None

    def _own(self, folded: str) -> _Target | None:
        target = self._known.get(folded)
        return target if target is not None and len(target.path) == 1 else None

    def _label(self, folded: str) -> _Target | None:
        if not folded.endswith(_LABEL_ENDS):
            return None
        ends = (folded.removesuffix(end) for end in _LABEL_ENDS if folded.endswith(end))
        found = (target for rest in ends if (target := self._own(rest)) is not None and isinstance(target.type, CodeT))
        return next(found, None)


class AllNames:
    """The spellings of the fields of all shapes together: what may mean none of them need not be held against each."""

    __slots__ = ("_known", "_may")

    def __init__(self, indexes: Iterable[HeaderIndex]) -> None:
        self._known = frozenset(name for one in indexes for name in one.spellings)
        self._may: dict[str, bool] = {}

    def may_mean(self, header: str) -> bool:
        """Whether the header may mean a field of some shape; false only where it means none."""
        found = self._may.get(header)
        if found is None:
            found = self._find(header)
            if len(self._may) < _REMEMBERED:
                self._may[header] = found
        return found

    def _find(self, header: str) -> bool:
        seen = _views(header)
        whole = {seen.folded, seen.peeled, seen.before_tail, *seen.halves}
        bare = {rest for text in whole for rest in (text, *(text.removeprefix(one) for one in (*_PREFIXES, *_ASKING)))}
        ended = {text.removesuffix(end) for text in bare if text.endswith(_LABEL_ENDS) for end in _LABEL_ENDS}
        return not self._known.isdisjoint(whole | bare | ended)


def _target_at(path: str, shape: Shape, vocabulary: Vocabulary) -> _Target | None:
    """The field at a dotted path of ids; None where the shape has none, or the path is empty."""
    inner: Shape | None = shape
    found, many = None, 0
    steps = tuple(step for step in path.split(".") if step)
    for at, id in enumerate(steps, 1):
        one = inner.field(id) if inner is not None else None
        if one is None:
            return None
        inner, is_many = embedded(one.type, vocabulary)
        many = at if is_many and not many else many
        found = _Target(steps, one.type, words.BY_YOU, 100, many)
    return found


def _spellings(one: Field) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (one.name.zh, one.name.en, one.id, *one.aliases) if name))


@fast_dataclass(frozen=True, slots=True)
class _Views:
    """A header as every shape looks at it: folded, folded without what was peeled off, without a unit at its end, by tongues."""

    folded: str
    peeled: str
    remarked: bool
    units: tuple[str, ...]
    tail: str
    before_tail: str
    halves: tuple[str, str]


@lru_cache(maxsize=16_384)  # every header of a document is held against every kind
def _views(header: str) -> _Views:
    text = unicodedata.normalize("NFKC", header)[:400]
    peeled, remarks, units = _peel(text)
    tail = _TAIL_UNIT.search(peeled)
    unit = tail.group(1) if tail is not None and unit_of(tail.group(1)) is not None else ""
    return _Views(
        folded=fold(text),
        peeled=fold(peeled),
        remarked=bool(remarks),
        units=units,
        tail=unit,
        before_tail=fold(peeled[: tail.start()]) if tail is not None and unit else "",
        halves=(fold(_LATIN.sub("", peeled)), fold(" ".join(_LATIN.findall(peeled)))),
    )


def _peel(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The header without numbering, marks and brackets; the remarks that stood in brackets; the units among them."""
    remarks: list[str] = []
    units: list[str] = []
    for found in _GROUP.findall(text):
        inner = str(found).strip()
        unit = _UNIT_WORD.sub("", inner)
        if _TEN_THOUSAND.match(unit):
            unit = "万元"
        if unit_of(unit) is not None or unit in _SCALES or unit == "%":
            units.append(unit)
        elif inner and not _REMARK.match(inner):
            remarks.append(inner)
    rest = _NUMBERING.sub("", _GROUP.sub("", text))
    return rest.strip(), tuple(remarks), tuple(units)


def units_in(header: str) -> tuple[str, ...]:
    """The units that stand in the brackets of a header."""
    return _peel(unicodedata.normalize("NFKC", header)[:400])[2]


def unit_in(text: str) -> str | None:
    """The unit of money that a line above a table states for all of it (单位：万元); None where it states none."""
    found = re.search(r"(?:金额)?单位\s*[:]\s*(?:人民币)?\s*([千百万亿]*元)", unicodedata.normalize("NFKC", text))
    return found.group(1) if found else None


def _fits(spelling: str, type: Type) -> bool:
    """Whether bare numbers under this field may be given the unit of the header."""
    unit = unit_of(spelling)
    match type:
        case MoneyT():
            return spelling in _SCALES or (unit is not None and unit.dimension is Dimension.MONEY)
        case QuantityT(dimension=dimension):
            return unit is not None and unit.dimension.value == dimension
        case PercentT():
            return spelling == "%"
        case PeriodT():
            return spelling in _DAYS
        case IntT() | NumberT():
            # A count in 万人 must not be taken for persons: it is given its multiplier, and then is no plain number.
            return spelling[:1] in "万亿千" and spelling[:1] != ""
        case _:
            return False


def give_unit(raw: str, unit: str) -> str:
    """The written number with the unit of its header, 500 as 500万元; text that is no bare number stays as it is."""
    bare = unicodedata.normalize("NFKC", raw).strip().replace(" ", "")
    if not _BARE.fullmatch(bare):
        return raw
    if unit in _SCALES:
        return f"{bare}{unit}元"
    return f"{bare}{_DAYS.get(unit, unit)}"
