"""Small hand-built rules and documents, so that the tests of the runtime need no compiler."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from guiju.catalog.records.model import Record
from guiju.catalog.records.place import Place
from guiju.dsl.ir.tree import (
    Citation,
    Compare,
    Const,
    Each,
    Exception_,
    Expr,
    Is,
    Parameter,
    Profile,
    Quant,
    QuantKind,
    Read,
    Rule,
    SubjectSpec,
)
from guiju.terms.fact import Path, State
from guiju.terms.modality import Force
from guiju.terms.shape import CodeEntry, CodeList, Field, Reading, Shape, Vocabulary
from guiju.terms.time.calendar import Calendar
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, CodeT, DateT, IntT, ListT, MoneyT, NumberT, QuantityT, RecordT, RefT, TextT, Type
from guiju.validators.engines.engine import Observation
from guiju.validators.engines.interpreter.runner import run
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.tree import Plan

DAY = date(2025, 9, 1)
CALENDAR = Calendar.of([2025], [date(2025, 10, d) for d in range(1, 9)], [date(2025, 9, 28), date(2025, 10, 11)])
GIVEN = (State.VALUE, State.UNREADABLE)
MISSING = (State.ABSENT, State.PENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What of a ruleset the runtime needs."""

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    parameters: tuple[Parameter, ...] = ()
    digest: str = "test"
    profiles: tuple[Profile, ...] = ()


@dataclass(frozen=True, slots=True)
class At:
    """A locator that says the path as a pointer in a file called after the record."""

    number: int

    def place(self, path: Path) -> Place:
        return Place(file="t.json", line=self.number + 1, pointer=f"/{self.number}" + "".join(f"/{step}" for step in path))


def field(id: str, zh: str, type: Type, **more: Any) -> Field:
    return Field(id=id, name=Both(zh, id), type=type, **more)


SHARING = CodeList(
    id="sharing_type",
    name=Both("共享属性", "sharing_type"),
    entries=(
        CodeEntry(code="1", name=Both("无条件共享", "unconditional"), id="unconditional", aliases=("无条件",)),
        CodeEntry(code="2", name=Both("有条件共享", "conditional"), id="conditional"),
        CodeEntry(code="3", name=Both("不予共享", "refused"), id="refused", end=date(2025, 12, 31)),
    ),
)
ITEM = Shape(
    id="item",
    name=Both("信息项", "item"),
    fields=(
        field("name", "名称", TextT()),
        field("size", "长度值", IntT()),
        field("secret", "敏感", BoolT()),
        field("tags", "标签", ListT(TextT())),
    ),
)
PROVIDER = Shape(
    id="provider", name=Both("提供方信息", "provider"), fields=(field("name", "名称", TextT()), field("phone", "电话", TextT()))
)
UNIT = Shape(
    id="unit",
    name=Both("责任单位", "unit"),
    fields=(field("name", "名称", TextT(), key=True), field("short", "简称", ListT(TextT()))),
    register=True,
    rows=(("市经济和信息化局", "市经信局、经信局"), ("市水务局", "水务局")),
)
REPORT = Shape(
    id="report",
    name=Both("报送记录", "report"),
    fields=(field("unit", "报送单位", RefT("unit")), field("kind", "类别", TextT()), field("day", "报送日期", DateT())),
)
DATASET = Shape(
    id="dataset",
    name=Both("数据集", "dataset"),
    fields=(
        field("name", "名称", TextT(), key=True, required=True),
        field("code", "代码", TextT()),
        field("cycle", "更新周期", TextT()),
        field("sharing", "共享属性", CodeT("sharing_type")),
        field("cost", "总投资", MoneyT()),
        field("area", "面积", QuantityT("area"), unit="km²"),
        field("sites", "基站数", QuantityT("count"), unit="个"),
        field("ratio", "比值", NumberT()),
        field("count", "次数", IntT()),
        field("a", "甲", BoolT()),
        field("b", "乙", BoolT()),
        field("day", "发布日期", DateT()),
        field("items", "信息项", ListT(RecordT("item"))),
        field("more", "附加项", ListT(RecordT("item")), complete=False),
        field("provider", "提供方", RecordT("provider")),
        field("unit", "提供单位", RefT("unit")),
    ),
)
COMMON = Reading(
    id="common",
    name=Both("通用", "common"),
    blank=("无", "暂无", "-", "N/A"),
    not_applicable=("不适用", "不涉及"),
    pending=("待定",),
    dates=("slash", "dot", "compact", "chinese", "with_time", "serial"),
    true=("是", "有"),
    false=("否", "没有"),
    money_unit="元",
    fold_width=True,
)
VOCABULARY = Vocabulary(shapes=(DATASET, ITEM, PROVIDER, UNIT, REPORT), codes=(SHARING,), readings=(COMMON,))

_TYPES: dict[str, Type] = {one.id: one.type for one in DATASET.fields} | {f"item.{one.id}": one.type for one in ITEM.fields}
T: Expr = Compare("=", Const(1, IntT()), Const(1, IntT()))
F: Expr = Compare("=", Const(1, IntT()), Const(2, IntT()))
U: Expr = Compare("=", Read(0, ("count",), IntT()), Const(1, IntT()))


def read(id: str, var: int = 0) -> Read:
    type = _TYPES[id if var == 0 or f"item.{id}" not in _TYPES else f"item.{id}"]
    return Read(var, (id,), type)


def item(id: str, var: int = 1) -> Read:
    return Read(var, (id,), _TYPES[f"item.{id}"])


def num(value: Any, type: Type | None = None) -> Const:
    return Const(value, type or IntT())


def given(id: str, var: int = 0) -> Expr:
    return Is(read(id, var), GIVEN)


def items(id: str = "items", var: int = 0, *, complete: bool = True) -> Each:
    return Each(var, (id,), RecordT("item"), complete)


V: Expr = Quant(QuantKind.EVERY, 0, 1, Each(0, ("items",), RecordT("item"), True), T)
"""Vacuous on a dataset whose items are the empty list."""


def rule(requirement: Expr, id: str = "X.1.r", **more: Any) -> Rule:
    base = Rule(
        id=id,
        name=Both("规则", id.rsplit(".", 1)[-1]),
        version="1",
        subject=SubjectSpec(shape="dataset"),
        applies=None,
        exceptions=(),
        yields_to=(),
        force=Force.SHALL,
        requirement=requirement,
        citations=(
            Citation(instrument="X", clause="1", title=Both("某条例", "X"), clause_text=Both("第一条", "art 1"), confidence="verified"),
        ),
        severity="major",
        fix=None,
        says=None,
        why=None,
        doc="",
        start=None,
        end=None,
        submitted=(None, None),
        status="active",
        empty_passes=False,
        dimension=None,
        derives=(),
        implicit=False,
        source=("t.gj", 1),
        text="",
    )
    return replace(base, **more)


def exception(when: Expr, instead: Expr | None = None, label: str = "除") -> Exception_:
    return Exception_(label=Both(label, label), when=when, instead=instead)


def records(*values: dict[str, Any], shape: str = "dataset", start: int = 0) -> tuple[Record, ...]:
    return tuple(Record(shape=shape, value=value, locator=At(start + at), number=start + at) for at, value in enumerate(values))


def planned(*rules: Rule, parameters: tuple[Parameter, ...] = (), as_of: date = DAY, submitted: date | None = None) -> Plan:
    return plan(Rules(rules=rules, vocabulary=VOCABULARY, parameters=parameters), as_of=as_of, submitted=submitted)


def observe(*rules: Rule, on: tuple[Record, ...] = (), **more: Any) -> list[Observation]:
    return list(run(planned(*rules, **more), on, CALENDAR))


def verdict(requirement: Expr, value: dict[str, Any], **more: Any) -> str:
    """The verdict of one rule on one dataset."""
    (found,) = observe(rule(requirement, **more), on=records({"name": "甲", **value}))
    return str(found.verdict)
