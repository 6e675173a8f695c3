"""Rules drawn at random over a shape of which every document can be listed, and the listing."""

import itertools
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from guiju.dsl.ir import tree as ir
from guiju.terms.fact import State
from guiju.terms.modality import Force
from guiju.terms.shape import CodeEntry, CodeList, Field, Shape, Vocabulary
from guiju.terms.time.period import Period, PeriodKind
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, CodeT, DateT, IntT, ListT, PeriodT, RecordT, TextT, TruthT, Type

__all__ = ["DAY", "DOMAINS", "TEXTS", "VOCABULARY", "documents", "draw_rule", "read_fields"]

DAY = date(2025, 9, 1)
TEXTS = ("甲", "甲乙", "丙7")


def _both(text: str) -> Both:
    return Both(text, text)


def _field(id: str, type: Type, **more: Any) -> Field:
    return Field(id=id, name=_both(id), type=type, **more)


_PART = Shape(id="part", name=_both("part"), fields=(_field("x", IntT()), _field("flag", BoolT())))
_THING = Shape(
    id="thing",
    name=_both("thing"),
    fields=(
        _field("a", IntT()),
        _field("b", IntT()),
        _field("flag", BoolT()),
        _field("code", CodeT("colour")),
        _field("text", TextT()),
        _field("day", DateT()),
        _field("parts", ListT(RecordT("part"))),
        _field("half", ListT(RecordT("part")), complete=False),
    ),
)
_COLOUR = CodeList(
    id="colour",
    name=_both("colour"),
    entries=(CodeEntry(code="1", name=Both("红", "red"), id="red"), CodeEntry(code="2", name=Both("蓝", "blue"), id="blue")),
)
VOCABULARY = Vocabulary(shapes=(_THING, _PART), codes=(_COLOUR,))
_DAYS = (date(2025, 8, 29), date(2025, 8, 31), date(2025, 9, 5), date(2027, 1, 1))
DOMAINS: dict[str, tuple[Any, ...]] = {"a": (0, 1, 2), "b": (0, 1, 2), "x": (0, 1), "day": _DAYS}
_MISSING: tuple[Any, ...] = (None, {"不适用": "无"}, {"待定": "定"})
_BAD = "???"
_RAW: dict[str, tuple[Any, ...]] = {
    "a": (*DOMAINS["a"], *_MISSING, _BAD),
    "b": (*DOMAINS["b"], *_MISSING, _BAD),
    "flag": (True, False, *_MISSING, _BAD),
    "code": ("1", "2", *_MISSING, _BAD),
    "text": (*TEXTS, *_MISSING),
    "day": (*(one.isoformat() for one in _DAYS), *_MISSING, _BAD),
}
_ELEMENTS = tuple({"x": x, "flag": flag} for x in (0, 1, None) for flag in (True, False, None))
_LISTS = (*([list(one) for size in (0, 1, 2) for one in itertools.product(_ELEMENTS, repeat=size)]), *_MISSING)


def documents(fields: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Every document over these fields of the thing."""
    ranges = [_LISTS if one in ("parts", "half") else _RAW[one] for one in fields]
    for values in itertools.product(*ranges):
        yield dict(zip(fields, values, strict=True))


def read_fields(rule: ir.Rule) -> tuple[str, ...]:
    """The fields of the thing that a rule speaks of."""
    text = repr(rule.applies) + repr(rule.requirement) + repr(rule.exceptions)
    return tuple(one.id for one in _THING.fields if f"'{one.id}'" in text and one.id not in ("x",) and _speaks(text, one.id))


def _speaks(text: str, id: str) -> bool:
    return f"Read(var=0, path=('{id}',)" in text or f"Each(var=0, path=('{id}',)" in text


# ---- drawing -----------------------------------------------------------------------------------------------------------------


def draw_rule(random: Random) -> ir.Rule:
    """A rule with at most two fields of the thing."""
    fields = random.sample(["a", "b", "flag", "code", "text", "day", "parts", "half"], 2)
    if {"parts", "half"} <= set(fields):
        fields = ["parts", "a"]
    draw = _Drawing(random, tuple(fields))
    exceptions = tuple(
        ir.Exception_(label=_both(f"e{at}"), when=draw.test(1), instead=draw.test(1) if random.random() < 0.5 else None)
        for at in range(random.choice((0, 0, 1, 2)))
    )
    return rule_of(
        draw.test(2), applies=draw.test(1) if random.random() < 0.5 else None, exceptions=exceptions, force=random.choice(list(Force)),
        empty_passes=random.random() < 0.3,
    )  # fmt: skip


def rule_of(requirement: ir.Expr, *, applies: ir.Expr | None = None, id: str = "drawn", **more: Any) -> ir.Rule:
    """A rule on the thing with usual parts."""
    plain: dict[str, Any] = {
        "id": id, "name": _both(id), "version": "1", "subject": ir.SubjectSpec(shape="thing"), "applies": applies, "exceptions": (),
        "yields_to": (), "force": Force.SHALL, "requirement": requirement, "citations": (), "severity": "major", "fix": None, "says": None,
        "why": None, "doc": "", "start": None, "end": None, "submitted": (None, None), "status": "active", "empty_passes": False,
        "dimension": None, "derives": (), "implicit": False, "source": ("drawn.gj", 1), "text": "",
    }  # fmt: skip
    return ir.Rule(**{**plain, **more})


class _Drawing:
    def __init__(self, random: Random, fields: tuple[str, ...]) -> None:
        self.random, self.fields = random, fields

    def test(self, depth: int, var: int = 0) -> ir.Expr:
        """A proposition on the variable."""
        if depth and self.random.random() < 0.6:
            kind = self.random.choice(("and", "or", "not", "if"))
            args = tuple(self.test(depth - 1, var) for _ in range(3 if kind == "if" else self.random.choice((2, 3))))
            match kind:
                case "and":
                    return ir.And(args)
                case "or":
                    return ir.Or(args)
                case "not":
                    return ir.Not(args[0])
                case _:
                    return ir.If(args[0], args[1], args[2], TruthT())
        return self._leaf(var)

    def _leaf(self, var: int) -> ir.Expr:
        id = self.random.choice(self.fields if var == 0 else ("x", "flag"))
        if id in ("parts", "half"):
            return self._quantified(id)
        type = {"flag": BoolT(), "code": CodeT("colour"), "text": TextT(), "day": DateT()}.get(id, IntT())
        read = ir.Read(var, (id,), type)
        if self.random.random() < 0.3:
            return ir.Is(read, tuple(self.random.sample(list(State), self.random.choice((1, 2)))))
        match id:
            case "flag":
                return ir.Truthy(read)
            case "code":
                if self.random.random() < 0.5:
                    return ir.In(read, (ir.Const("1", type), ir.Const("2", type)))
                return ir.Compare(self.random.choice("=≠"), read, ir.Const("1", type))
            case "text":
                return self._of_text(read)
            case "day":
                return self._of_day(read)
            case _:
                return self._of_number(read, var)

    def _of_text(self, read: ir.Read) -> ir.Expr:
        match self.random.randrange(4):
            case 0:
                return ir.Compare(self.random.choice("=≠"), read, ir.Const(self.random.choice(TEXTS), TextT()))
            case 1:
                return ir.Match(read, self.random.choice(("甲.*", "[0-9]", "[甲-龥]+")), self.random.random() < 0.5)
            case 2:
                return ir.Contains(self.random.choice(("contains", "starts", "ends")), read, ir.Const(self.random.choice("甲乙7"), TextT()))
            case _:
                return ir.Compare(
                    self.random.choice("<≥="), ir.Call("length", (read,), IntT()), ir.Const(self.random.choice((1, 2)), IntT())
                )

    def _of_day(self, read: ir.Read) -> ir.Expr:
        side: ir.Expr = read
        if self.random.random() < 0.6:
            period = Period(self.random.choice(list(PeriodKind)), self.random.choice((1, 2, 5)))
            side = ir.Arith("+", read, ir.Const(period, PeriodT()), DateT())
        other = ir.AsOf() if self.random.random() < 0.5 else ir.Const(date(2025, 9, 10), DateT())
        return ir.Compare(self.random.choice("<≤≥="), side, other)

    def _of_number(self, read: ir.Read, var: int) -> ir.Expr:
        other: ir.Expr = ir.Const(self.random.choice((0, 1, 2)), IntT())
        left: ir.Expr = read
        if var == 0 and {"a", "b"} <= set(self.fields) and self.random.random() < 0.6:
            mate = ir.Read(0, ("b" if read.path == ("a",) else "a",), IntT())
            if self.random.random() < 0.5:
                left = ir.Arith(self.random.choice("+-*"), read, mate, IntT())
            else:
                other = mate
        if self.random.random() < 0.15:
            left = ir.Arith("/", ir.Const(2, IntT()), read, IntT())
        return ir.Compare(self.random.choice("=≠<≤>≥"), left, other)

    def _quantified(self, id: str) -> ir.Expr:
        source = ir.Each(0, (id,), RecordT("part"), id == "parts")
        if self.random.random() < 0.35:
            fn = self.random.choice(("count", "sum", "max", "distinct", "share", "avg"))
            where = self.test(0, 1) if self.random.random() < 0.6 or fn == "share" else None
            item = None if fn in ("count", "share") else ir.Read(1, ("x",), IntT())
            fold = ir.Fold(fn, 1, source, item, where, None, IntT())
            return ir.Compare(self.random.choice("=<≥"), fold, ir.Const(self.random.choice((0, 1, 2)), IntT()))
        kind = self.random.choice(list(ir.QuantKind))
        return ir.Quant(kind, self.random.choice((1, 2)), 1, source, self.test(1, 1))
