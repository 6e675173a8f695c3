"""No safe correction changes what is meant: of every field of every shipped shape, however a value is written, before is after.

A value is drawn for a field in the ways in which people write such values, and worse; each correction that `guiju fix` would apply
unasked is put where the value stands, and the whole record must say what it said.
"""

import os
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import cn2an
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.catalog.records.model import Record
from guiju.catalog.records.place import Place
from guiju.catalog.value_notes import notes_of, values_of
from guiju.forms.fix.edits import mendable, new_text
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from guiju.terms.fact import Path
from guiju.terms.shape import Field, Shape, Vocabulary
from guiju.terms.types import BoolT, CodeT, DateT, IntT, ListT, MoneyT, NumberT, PercentT, PeriodT, QuantityT, RecordT, RefT, Type

SIZE = int(os.environ.get("GUIJU_SIZE", "100"))
_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_UNITS = [
    "元",
    "万元",
    "亿元",
    "千元",
    "个",
    "km",
    "km²",
    "公里",
    "平方公里",
    "千瓦",
    "kW",
    "GB",
    "TB",
    "天",
    "日",
    "个月",
    "月",
    "年",
    "个工作日",
    "%",
    "％",
    "小时",
    "分钟",
    "人",
    "次",
    "米",
    "kWh",
]
_COUNTS = st.one_of(
    st.integers(0, 10**13), st.decimals(min_value=0, max_value=10**9, places=2), st.floats(0, 10**6).map(lambda x: round(x, 3))
)


@cache
def _vocabulary() -> Vocabulary:
    compiled = read_rules([shipped_rules() / "vocabulary"], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset.vocabulary


class _Nowhere:
    def place(self, path: Path) -> Place:
        return Place(file="drawn")


_numbers = st.one_of(
    _COUNTS.map(str),
    _COUNTS.map(lambda number: f"{number:,}"),
    st.integers(0, 10**12).map(lambda number: cn2an.an2cn(number, "low")),
    st.integers(0, 10**12).map(lambda number: cn2an.an2cn(number, "up")),
    st.decimals(min_value=Decimal("0.01"), max_value=10**10, places=2).map(lambda amount: cn2an.an2cn(str(amount), "rmb")),
    st.text("零一二两三四五六七八九十百千万亿点半0123456789.,，", min_size=1, max_size=8),
)
_amounts = st.builds(
    lambda before, number, gap, unit, after: f"{before}{number}{gap}{unit}{after}",
    st.sampled_from(["", "", "", "约", "人民币", "¥", "￥", "第", "不少于", "-", "＋", "RMB"]),
    _numbers,
    st.sampled_from(["", " ", "　", "\t"]),
    st.sampled_from(["", *_UNITS]),
    st.sampled_from(["", "", "", "整", "左右", "以上", "（含税）"]),
)
_days = st.builds(
    lambda day, form, after: day.strftime(form) + after,
    st.dates(date(1990, 1, 1), date(2039, 12, 31)),
    st.sampled_from(
        ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m", "%Y年%m月", "%d/%m/%Y", "%y-%m-%d", "%Y", "%m月%d日"]
    ),
    st.sampled_from(["", " 00:00:00", " 16:30", "T16:00:00Z", "T16:00:00.000Z", "T00:00:00+08:00", "T23:59:59-05:00", "日", " "]),
)
_stamps = st.one_of(st.integers(30_000, 60_000), st.integers(10**9, 2 * 10**9), st.integers(10**12, 2 * 10**12)).flatmap(
    lambda number: st.sampled_from([number, str(number), float(number), f"{number}.5"])
)
_loose = st.one_of(
    st.text(max_size=10),
    st.sampled_from(
        [
            "",
            " ",
            "无",
            "暂无",
            "不适用",
            "不适用：没有",
            "待定",
            "是",
            "否",
            "√",
            "×",
            "☑是 □否",
            "□是 □否",
            "有",
            "没有",
            "N/A",
            "null",
            "—",
        ]
    ),
    st.booleans(),
    st.none(),
    st.integers(-5, 10**6),
)


def _of_type(type: Type) -> st.SearchStrategy[Any]:
    match type:
        case CodeT(codes=id):
            entries = _vocabulary().code_list(id).entries
            words = [word for one in entries for word in (one.code, one.name.zh, one.name.en, one.id, *one.aliases) if word]
            return st.sampled_from(words) if words else _loose
        case MoneyT() | IntT() | NumberT() | PercentT() | PeriodT() | QuantityT():
            return _amounts
        case DateT():
            return st.one_of(_days, _stamps)
        case BoolT():
            return _loose
        case ListT(element=element) if not isinstance(element, RecordT):
            inner = _of_type(element).map(str)
            joined = st.builds(lambda parts, mark: mark.join(parts), st.lists(inner, max_size=4), st.sampled_from(list("、；;,，|\n")))
            return st.one_of(st.lists(inner, max_size=4), joined, st.lists(inner, max_size=3).map(repr))
        case _:
            return _loose


_around = st.builds(
    lambda before, after, wide, upper: lambda text: before + _changed(text, wide=wide, upper=upper) + after,
    st.sampled_from(["", "", " ", "　", "☑", "√ ", "（", "\u200b"]),
    st.sampled_from(["", "", " ", "\n", "。", "）", " □其他", "类"]),
    st.booleans(),
    st.booleans(),
)


def _changed(text: str, *, wide: bool, upper: bool) -> str:
    text = text.translate(_WIDE) if wide else text
    return text.upper() if upper else text


@cache
def _fields() -> tuple[tuple[Shape, Field], ...]:
    plain = [(shape, one) for shape in _vocabulary().shapes for one in shape.fields if not isinstance(one.type, RecordT | RefT)]
    return tuple(sorted(plain, key=lambda one: (type(one[1].type).__name__, one[0].id, one[1].id)))


@cache
def _by_type() -> dict[str, tuple[tuple[Shape, Field], ...]]:
    found: dict[str, list[tuple[Shape, Field]]] = {}
    for shape, one in _fields():
        found.setdefault(type(one.type).__name__, []).append((shape, one))
    return {kind: tuple(each) for kind, each in found.items()}


@st.composite
def _written(draw: st.DrawFn) -> tuple[Shape, Field, Any]:
    """A field, its types drawn as likely as one another, and something written there."""
    shape, field = draw(st.sampled_from(_by_type()[draw(st.sampled_from(sorted(_by_type())))]))
    raw = draw(_of_type(field.type))
    if isinstance(raw, str) and draw(st.integers(0, 2)):
        raw = draw(_around)(raw)
    return shape, field, raw


@given(_written())
@settings(max_examples=4 * SIZE, deadline=None, suppress_health_check=list(HealthCheck))
def test_before_is_after(written: tuple[Shape, Field, Any]) -> None:
    shape, field, raw = written
    vocabulary = _vocabulary()
    record = Record(shape=shape.id, value={field.id: raw}, locator=_Nowhere(), number=0)
    before = list(values_of(record, vocabulary))
    for edit in mendable(notes_of([record], vocabulary), unsafe=False):
        assert edit.safe
        value: Any = raw
        for step in edit.note.path[1 : None if not edit.note.part else -1]:
            value = value[step]
        new = new_text(str(value), edit)
        if new is None:
            continue
        mended = _put(raw, edit.note.path[1:] if not edit.note.part else edit.note.path[1:-1], new)
        again = Record(shape=shape.id, value={field.id: mended}, locator=_Nowhere(), number=0)
        assert list(values_of(again, vocabulary)) == before, (shape.id, field.id, raw, mended)
        # A correction needs no correction.
        assert [one for one in mendable(notes_of([again], vocabulary), unsafe=False) if one.note.path == edit.note.path] == []


def _put(raw: Any, path: Path, new: str) -> Any:
    if not path:
        return new
    assert isinstance(raw, list) and isinstance(path[0], int)
    return [_put(one, path[1:], new) if at == path[0] else one for at, one in enumerate(raw)]
