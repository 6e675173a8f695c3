"""Rulesets and records out of the blue: shapes are fixed, expressions are drawn by their types, values are biased to trouble."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st

from guiju.catalog.records.model import Record
from guiju.catalog.records.place import Place
from guiju.dsl.builtins import AGGREGATES, BUILTINS, Builtin, Sort
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.given import written_out
from guiju.terms.fact import Path, State
from guiju.terms.modality import Force
from guiju.terms.shape import CodeEntry, CodeList, Field, Reading, Shape, Vocabulary
from guiju.terms.time.period import Period, PeriodKind
from guiju.terms.tongue import Both
from guiju.terms.types import (
    BoolT,
    CodeT,
    DateT,
    IntT,
    ListT,
    MoneyT,
    NumberT,
    PercentT,
    PeriodT,
    QuantityT,
    RecordT,
    RefT,
    TextT,
    Type,
)

__all__ = ["ARITHMETIC", "AS_OF", "COMPUTING", "SORTS", "TIME", "VOCABULARY", "Drawn", "records", "rulesets"]

AS_OF = date(2026, 6, 30)
TEXT, INT, NUMBER, DAY, BOOL = TextT(), IntT(), NumberT(), DateT(), BoolT()
CODE, MONEY, PERCENT, PERIOD, REF = CodeT("colour"), MoneyT(), PercentT(), PeriodT(), RefT("unit")
TIME, WORKDAYS = QuantityT("time"), QuantityT("workdays")
AMOUNTS = (INT, NUMBER, MONEY, PERCENT, TIME)
SORTS: dict[Sort, tuple[Type, ...]] = {
    Sort.TEXT: (TEXT,),
    Sort.PATTERN: (TEXT,),
    Sort.WORDS: (TEXT, CODE),
    Sort.DATE: (DAY,),
    Sort.PERIOD: (PERIOD,),
    Sort.INT: (INT,),
    Sort.NUMBER: (NUMBER,),
    Sort.AMOUNT: AMOUNTS,
    Sort.DAYS: (TIME,),
    Sort.WORKDAYS: (WORKDAYS,),
}


def _name(id: str) -> Both:
    return Both(id, id)


def _field(id: str, type: Type, **more: Any) -> Field:
    return Field(id=id, name=_name(id), type=type, **more)


_SCALARS = (
    _field("text", TEXT),
    _field("word", TEXT),
    _field("whole", INT),
    _field("number", NUMBER),
    _field("day", DAY),
    _field("later", DAY),
    _field("flag", BOOL),
    _field("code", CODE),
    _field("money", MONEY, unit="万元"),
    _field("percent", PERCENT),
    _field("period", PERIOD),
    _field("ref", REF),
)
_LEAF = Shape(id="leaf", name=_name("leaf"), fields=_SCALARS[:8])
_PART = Shape(
    id="part", name=_name("part"), fields=(*_SCALARS[:8], _field("leaves", ListT(RecordT("leaf"))), _field("maker", RecordT("maker")))
)
_MAKER = Shape(id="maker", name=_name("maker"), fields=(*_SCALARS[:6], _field("leaves", ListT(RecordT("leaf")))), reading="loose")
_THING = Shape(
    id="thing",
    name=_name("thing"),
    fields=(
        *_SCALARS,
        _field("parts", ListT(RecordT("part"))),
        _field("half", ListT(RecordT("part")), complete=False),
        _field("words", ListT(TEXT)),
        _field("days", ListT(DAY)),
        _field("maker", RecordT("maker")),
    ),
)
_UNIT = Shape(
    id="unit",
    name=_name("unit"),
    register=True,
    fields=(_field("id", TEXT, key=True), _field("also", ListT(TEXT))),
    rows=(("A01", "甲局、甲"), ("B02", "乙局")),
)
_COLOUR = CodeList(
    id="colour",
    name=_name("colour"),
    entries=(
        CodeEntry(code="1", name=Both("红", "red"), id="red"),
        CodeEntry(code="2", name=Both("无", "none"), id="none"),
        CodeEntry(code="3", name=Both("蓝", "blue"), id="blue", end=date(2020, 1, 1)),
    ),
)
_LOOSE = Reading(
    id="loose",
    name=_name("loose"),
    blank=("无", "/", "-"),
    not_applicable=("不适用",),
    pending=("待定",),
    dates=("slash", "chinese"),
    true=("是",),
    false=("否",),
    fold_width=True,
)
VOCABULARY = Vocabulary(shapes=(_THING, _PART, _LEAF, _MAKER, _UNIT), codes=(_COLOUR,), readings=(_LOOSE,))

_TEXTS = ("", " ", "\u3000", "a", "甲", "无", "待定", "不适用：没有", "１２", "A01", "红", "2024-02-29", "身份证号", "长" * 90, "a\n", "𠮷")
_DAYS = ("2024-02-29", "2024-02-30", "2026-06-30", "2025/01/02", "20240301", "9999-12-31", "0001-01-01", "2024年3月1日", " 2024-01-01 ")
_ODD: tuple[Any, ...] = (None, "", {"不适用": "旧"}, "不适用", {"pending": None}, {}, [], True, 7, "待定", "无", Decimal("2.5"))


_MILD: dict[Type, tuple[Any, ...]] = {
    TEXT: ("a", "甲", "A01", "2024-02-29", "身份证号", "13800000000", " ", "丙丁"),
    INT: (0, 1, 2, 3, -1),
    NUMBER: (0, 1, 3, Decimal("0.1"), Decimal("2.5")),
    DAY: ("2024-02-29", "2026-06-30", "2020-01-01"),
    BOOL: (True, False),
    CODE: ("1", "2", "红"),
    MONEY: (0, 2, Decimal("0.1")),
    PERCENT: (Decimal("0.6"), 1),
    PERIOD: ("10个工作日", "1个月", "30天"),
    REF: ("A01", "B02"),
}


def _mild(shape: Shape) -> st.SearchStrategy[dict[str, Any]]:
    """Values as they should be written, some of them left out."""

    def value(type: Type) -> st.SearchStrategy[Any]:
        match type:
            case RecordT(shape=inner):
                return _mild(VOCABULARY.shape(inner))
            case ListT(element=element):
                return st.lists(value(element), max_size=3)
            case _:
                return st.sampled_from(_MILD[type])

    return st.fixed_dictionaries({}, optional={field.id: value(field.type) for field in shape.fields})


def _raw(type: Type) -> st.SearchStrategy[Any]:
    match type:
        case TextT():
            plain: st.SearchStrategy[Any] = st.sampled_from(_TEXTS)
        case IntT():
            plain = st.sampled_from([0, 1, 2, 3, -1, "2", "２", " 3", "3个", Decimal("2"), Decimal("2.5"), 10**60, 2**64])
        case NumberT() | MoneyT() | PercentT():
            plain = st.sampled_from([0, 1, 2, Decimal("0.1"), Decimal("2.50"), "1,000", "3.5", "2万元", "60%", "٣", 10**60, 2**63, True])
        case DateT():
            plain = st.sampled_from([*_DAYS, date(2024, 2, 29), 45352])
        case BoolT():
            plain = st.sampled_from([True, False, "是", "true", "否", 1])
        case CodeT():
            plain = st.sampled_from(["1", "2", "红", "无", "蓝", "red", 1, 2, "9", " 1", "１", True])
        case PeriodT():
            plain = st.sampled_from(["10个工作日", "1个月", "30天", "2周", "1年", "三天", 5])
        case RefT():
            plain = st.sampled_from(["A01", "甲局", "b02", "B02", "丙"])
        case RecordT(shape=shape):
            plain = _record(VOCABULARY.shape(shape))
        case ListT(element=element):
            plain = st.lists(_raw(element), max_size=3)
        case _:
            raise AssertionError(type)
    return st.one_of(plain, plain, plain, plain, plain, st.sampled_from(_ODD))


def _record(shape: Shape) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={field.id: _raw(field.type) for field in shape.fields})


@dataclass(frozen=True, slots=True)
class _Nowhere:
    def place(self, path: Path) -> Place:
        return Place(file="drawn")


def records() -> st.SearchStrategy[tuple[Record, ...]]:
    """Some records of the one root shape."""
    return st.lists(st.one_of(_mild(_THING), _mild(_THING), _record(_THING)), min_size=1, max_size=4).map(
        lambda values: tuple(Record(shape="thing", value=value, locator=_Nowhere(), number=at) for at, value in enumerate(values))
    )


# ---- expressions ---------------------------------------------------------------------------------------------------------------

_CONSTANTS: dict[Type, tuple[Any, ...]] = {
    TEXT: ("a", "甲", "2024-02-29", "A01", "", "'\"\\\n#"),
    INT: (0, 1, 2, 3, -1),
    NUMBER: (0, Decimal("0.1"), Decimal("2.5"), 3),
    DAY: (date(2024, 2, 29), AS_OF, date(9999, 12, 1)),
    BOOL: (True, False),
    CODE: ("1", "2"),
    MONEY: (Decimal("20000"), Decimal("1000")),
    PERCENT: (Decimal("0.6"), Decimal("1")),
    PERIOD: (Period(PeriodKind.DAYS, 30), Period(PeriodKind.MONTHS, 1), Period(PeriodKind.WORKDAYS, 10), Period(PeriodKind.YEARS, 1)),
    REF: ("A01", "B02"),
    TIME: (Decimal(86400), Decimal(0), Decimal(43200), Decimal(86400 * 30)),
    WORKDAYS: (Decimal(0), Decimal(5), Decimal(10)),
}
_PATTERNS = ("[0-9]+", "身份证|手机", "汉字{1,3}", "[A-Z][0-9]{2}", ".*")
_SCOPE = dict[int, str]
# The operator, what stands at its sides, and what comes of it.
ARITHMETIC: tuple[tuple[str, Type, Type, Type], ...] = (
    *((op, NUMBER, NUMBER, NUMBER) for op in "+-*/"),
    *((op, INT, INT, INT) for op in "+-*"),
    ("+", DAY, PERIOD, DAY),
    ("-", DAY, PERIOD, DAY),
    ("-", DAY, DAY, TIME),
    ("+", MONEY, MONEY, MONEY),
    ("*", MONEY, NUMBER, MONEY),
    ("/", MONEY, MONEY, NUMBER),
    ("*", PERIOD, INT, PERIOD),
    ("+", PERIOD, PERIOD, PERIOD),
    ("-", PERIOD, PERIOD, PERIOD),
)


How: TypeAlias = Builtin | tuple[str, Type, Type, Type] | str
COMPUTING: dict[str, How] = {
    **BUILTINS,
    **{f"{left} {op} {right}": (op, left, right, made) for op, left, right, made in ARITHMETIC},
    **{fn: fn for fn in AGGREGATES},
}
"""Whatever gives a value out of others, by a name for people."""


class Drawer:
    """Draws expressions whose variables are bound."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def pick(self, options: Any) -> Any:
        return self.draw(st.sampled_from(list(options)))

    def read(self, scope: _SCOPE, type: Type) -> ir.Expr | None:
        found: list[ir.Expr] = []
        for var, shape in scope.items():
            if shape == type:
                found.append(ir.Read(var, (), type))  # type: ignore[arg-type]
            if not isinstance(shape, str):
                continue
            found += [ir.Read(var, (one.id,), one.type) for one in VOCABULARY.shape(shape).fields if one.type == type]
            if any(one.id == "maker" for one in VOCABULARY.shape(shape).fields):
                found += [ir.Read(var, ("maker", one.id), one.type) for one in _MAKER.fields if one.type == type]
        return self.pick(found) if found else None

    def operand(self, scope: _SCOPE, type: Type, size: int) -> ir.Expr:
        read = self.read(scope, type)
        if size > 0:
            made = self.made(scope, type, size)
            if made is not None:
                return made
        if read is not None and self.draw(st.integers(0, 4)):
            return read
        if type == DAY and self.draw(st.booleans()):
            return ir.AsOf()
        if self.draw(st.integers(0, 9)) == 9:
            return ir.Param("nothing", type)  # one that has no value on the day
        if self.draw(st.integers(0, 14)) == 14:
            return self.dated(scope, type)
        return ir.Const(self.pick(_CONSTANTS[type]), type)

    def dated(self, scope: _SCOPE, type: Type) -> ir.Expr:
        """A parameter of two values, as it was on a day of the record."""
        day = self.read(scope, DAY) or ir.AsOf()
        later = ir.Compare("≤", ir.Const(AS_OF, DAY), day)
        values = (ir.Const(self.pick(_CONSTANTS[type]), type) for _ in range(2))
        return ir.Dated(Both("限额", "limit"), (day,), ir.If(later, *values, type), type)

    def made(self, scope: _SCOPE, type: Type, size: int) -> ir.Expr | None:
        kind = self.draw(st.integers(0, 7))
        if kind == 0:
            return ir.If(self.proposition(scope, size - 1), self.operand(scope, type, size - 1), self.operand(scope, type, size - 1), type)
        if kind == 1:
            return self.arithmetic(scope, type, size)
        if kind in (2, 3) and type in (INT, NUMBER, PERCENT, DAY):
            return self.fold(scope, type, size)
        if kind == 4 and type == BOOL:
            return self.proposition(scope, size - 1)
        return self.call(scope, type, size) if kind > 3 else None

    def arithmetic(self, scope: _SCOPE, type: Type, size: int) -> ir.Expr | None:
        if type == DAY:
            return ir.Arith(self.pick("+-"), self.operand(scope, DAY, size - 1), self.operand(scope, PERIOD, 0), DAY)
        if type == TIME and self.draw(st.booleans()):
            return ir.Arith("-", self.operand(scope, DAY, size - 1), self.operand(scope, DAY, 0), TIME)
        if type == PERIOD:
            op = self.pick("+-*")
            return ir.Arith(op, self.operand(scope, PERIOD, 0), self.operand(scope, INT if op == "*" else PERIOD, 0), PERIOD)
        if type in (MONEY, TIME) and self.draw(st.booleans()):
            return ir.Arith(self.pick("*/"), self.operand(scope, type, size - 1), self.operand(scope, NUMBER, size - 1), type)
        if type in AMOUNTS:
            op = self.pick("+-*/" if type == NUMBER else "+-*" if type == INT else "+-")
            return ir.Arith(op, self.operand(scope, type, size - 1), self.operand(scope, type, size - 1), type)
        return None

    def call(self, scope: _SCOPE, type: Type, size: int) -> ir.Expr | None:
        """One of the builtins that give this type, whichever are in the table."""
        fitting = [one for one in BUILTINS.values() if type in SORTS[one.gives]]
        return self.called(scope, self.pick(fitting), type, size) if fitting else None

    def called(self, scope: _SCOPE, builtin: Builtin, type: Type, size: int) -> ir.Expr:
        takes = [*builtin.takes, *builtin.takes[-1:] * (self.draw(st.integers(0, 2)) if builtin.more else 0)]
        wanted = [type if sort is builtin.gives is Sort.AMOUNT else self.pick(SORTS[sort]) for sort in takes]
        # A pattern is written out in the rule; nothing is computed for it.
        args = (
            ir.Const(self.pick(_PATTERNS), TEXT) if sort is Sort.PATTERN else self.operand(scope, one, size - 1)
            for sort, one in zip(takes, wanted, strict=True)
        )
        return ir.Call(builtin.id, tuple(args), type)

    def computing(self, scope: _SCOPE, how: How | None) -> ir.Expr:
        """A comparison of what is computed: in one way, or by every builtin, operator and aggregate as likely as any other."""
        match how := how or self.pick(COMPUTING.values()):
            case Builtin():
                type = self.pick(SORTS[how.gives])
                made = self.called(scope, how, type, 2)
            case (op, left, right, type):
                made = ir.Arith(op, self.operand(scope, left, 1), self.operand(scope, right, 1), type)
            case _:
                type = (
                    INT
                    if how in ("count", "distinct")
                    else PERCENT
                    if how == "share"
                    else self.pick((NUMBER, DAY, INT)[: 1 if how == "avg" else 3 if how != "sum" else 1])
                )
                made = self.fold(scope, type, 1, how) or ir.Param("nothing", type)
        op = self.pick("=≠") if type == PERIOD else self.pick("=≠<≤>≥")
        # What is nearly equal tells more than what is far off; and what is not known must stay so.
        other = self.operand(scope, type, 0)
        return ir.Compare(op, *((made, other) if self.draw(st.booleans()) else (other, made)))

    def source(self, scope: _SCOPE) -> tuple[ir.Each, Any] | None:
        found: list[tuple[ir.Each, Any]] = []
        for var, shape in scope.items():
            if not isinstance(shape, str):
                continue
            for one in VOCABULARY.shape(shape).fields:
                if isinstance(one.type, ListT):
                    element = one.type.element
                    found.append(
                        (ir.Each(var, (one.id,), element, one.complete), element.shape if isinstance(element, RecordT) else element)
                    )
                elif one.id == "maker":
                    found.append((ir.Each(var, ("maker", "leaves"), RecordT("leaf"), True), "leaf"))
            if shape == "thing":
                found.append((ir.Each(var, ("parts", "leaves"), RecordT("leaf"), True), "leaf"))
        return self.pick(found) if found else None

    def fold(self, scope: _SCOPE, type: Type, size: int, fn: str = "") -> ir.Expr | None:
        source = self.source(scope)
        if source is None:
            return None
        var = max(scope) + 1
        inner = {**scope, var: source[1]}
        where = self.proposition(inner, size - 1) if self.draw(st.booleans()) else None
        among = self.proposition(inner, size - 1) if self.draw(st.integers(0, 3)) == 0 else None
        if type == PERCENT:
            return written_out(ir.Fold("share", var, source[0], None, where, among, PERCENT, self.draw(st.booleans())))
        numeric = ("sum", "max", "min", "count", "distinct") if type == INT else ("sum", "max", "min", "avg")
        fn = fn or self.pick(("max", "min") if type == DAY else numeric)
        item = None if fn == "count" else self.operand(inner, type if fn != "distinct" else TEXT, size - 1)
        return written_out(ir.Fold(fn, var, source[0], item, where, among, type, self.draw(st.booleans())))

    def proposition(self, scope: _SCOPE, size: int) -> ir.Expr:
        kind = self.draw(st.integers(0, 14 if size > 0 else 7))
        match kind:
            case 0 | 1:
                type = self.pick((TEXT, INT, NUMBER, DAY, CODE, MONEY, PERCENT, BOOL, REF, TIME, WORKDAYS, PERIOD))
                op = self.pick("=≠") if type in (CODE, BOOL, REF, PERIOD) else self.pick("=≠<≤>≥")
                return ir.Compare(op, self.operand(scope, type, size - 1), self.operand(scope, type, size - 1))
            case 2:
                return self.state(scope)
            case 3:
                type = self.pick((TEXT, INT, CODE, NUMBER))
                options = tuple(ir.Const(one, type) for one in _CONSTANTS[type][:2])
                return ir.In(self.operand(scope, type, size - 1), options)
            case 4:
                return ir.Match(self.operand(scope, TEXT, 0), self.pick(_PATTERNS), self.draw(st.booleans()))
            case 5:
                whole = self.draw(st.booleans())
                formats = ("date", "url", "mobile", "bank_card", "passport") if whole else ("mobile", "id_card", "bank_card", "passport")
                return ir.HasFormat(self.operand(scope, TEXT, 0), self.pick(formats), whole)
            case 6:
                return ir.Contains(self.pick(("contains", "starts", "ends")), self.operand(scope, TEXT, 0), self.operand(scope, TEXT, 0))
            case 7:
                return ir.Truthy(self.operand(scope, BOOL, 0))
            case 8 | 9:
                args = tuple(self.proposition(scope, size - 1) for _ in range(self.draw(st.integers(2, 3))))
                return ir.And(args) if kind == 8 else ir.Or(args)
            case 10:
                return ir.Not(self.proposition(scope, size - 1))
            case 11:
                return ir.If(*(self.proposition(scope, size - 1) for _ in range(3)), ir_truth())
            case 12:
                args = tuple(self.proposition(scope, size - 1) for _ in range(self.draw(st.integers(1, 3))))
                return ir.Several(self.pick(ir.QuantKind), self.draw(st.integers(0, 2)), args)
            case _:
                return self.quant(scope, size)

    def state(self, scope: _SCOPE) -> ir.Expr:
        states = tuple(one for one in State if self.draw(st.booleans())) or (State.VALUE,)
        shapes = [(var, one) for var, one in scope.items() if isinstance(one, str)]
        if not shapes:
            return ir.Match(self.operand(scope, TEXT, 0), "[0-9]+", True)
        var, shape = self.pick(shapes)
        field = self.pick(VOCABULARY.shape(shape).fields)
        return ir.Is(ir.Read(var, (field.id,), field.type), states, reasoned=self.draw(st.booleans()))

    def quant(self, scope: _SCOPE, size: int) -> ir.Expr:
        source = self.source(scope)
        if source is None:
            return self.state(scope)
        var = max(scope) + 1
        body = self.proposition({**scope, var: source[1]}, size - 1)
        return ir.Quant(self.pick(ir.QuantKind), self.draw(st.integers(0, 2)), var, source[0], body)

    def look(self, scope: _SCOPE) -> ir.Expr:
        """存在 or 没有 among all things, by one key or two, with more asked of the one that is found, of who looks, and of both."""
        var = max(scope) + 1
        there: _SCOPE = {var: "thing"}
        parts: list[ir.Expr] = [self.proposition(there, 1) for _ in range(self.draw(st.integers(0, 2)))]
        parts += [self.proposition(scope, 1) for _ in range(self.draw(st.integers(0, 4)) // 4)]
        for _ in range(self.draw(st.integers(0, 2))):
            type = self.pick((TEXT, INT, NUMBER, DAY, CODE))
            sides = [self.operand(there, type, 0), self.operand(scope, type, 0)]
            parts.append(ir.Compare(self.pick("=≠" if type == CODE else "=≠<≤>≥"), *self.draw(st.permutations(sides))))
        body = ir.Truthy(ir.Const(True, BOOL)) if not parts else parts[0] if len(parts) == 1 else ir.And(tuple(parts))
        types = self.draw(
            st.lists(st.sampled_from((("text", TEXT), ("word", TEXT), ("whole", INT), ("code", CODE))), min_size=1, max_size=2)
        )
        keys = tuple(((id,), self.operand(scope, type, 0)) for id, type in dict(types).items())
        return ir.Quant(self.pick((ir.QuantKind.SOME, ir.QuantKind.NO)), 0, var, ir.Corpus("thing", keys), body)

    def looking(self, scope: _SCOPE) -> ir.Expr:
        """A proposition with one look in it, of the subject or of the elements of a list."""
        found = self.look(scope)
        if self.draw(st.booleans()) and len(scope) == 1 and (source := self.source(scope)) is not None:
            var = max(scope) + 1
            inner = self.look({**scope, var: source[1]})
            body = self.pick((inner, ir.And((self.proposition({**scope, var: source[1]}, 0), inner)), ir.Not(inner)))
            found = ir.Quant(self.pick(ir.QuantKind), self.draw(st.integers(0, 2)), var, source[0], body)
        other = self.proposition(scope, 1)
        return self.pick(
            (found, found, ir.Not(found), ir.And((found, other)), ir.Or((other, found)), ir.If(other, found, ir.Not(found), ir_truth()))
        )


def ir_truth() -> Any:
    from guiju.terms.types import TruthT

    return TruthT()


_SUBJECTS: tuple[tuple[ir.SubjectSpec, _SCOPE], ...] = (
    (ir.SubjectSpec(shape="thing"), {0: "thing"}),
    (ir.SubjectSpec(shape="thing", path=("parts",), element=RecordT("part")), {0: "part", 1: "thing"}),
    (ir.SubjectSpec(shape="thing", path=("parts", "leaves"), element=RecordT("leaf")), {0: "leaf", 1: "part", 2: "thing"}),
    (ir.SubjectSpec(shape="thing", path=("maker", "leaves"), element=RecordT("leaf")), {0: "leaf", 1: "thing"}),
    (ir.SubjectSpec(shape="thing", path=("words",), element=TEXT), {0: TEXT, 1: "thing"}),  # type: ignore[dict-item]
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A ruleset as far as planning asks."""

    rules: tuple[ir.Rule, ...]
    parameters: tuple[ir.Parameter, ...] = ()
    vocabulary: Vocabulary = field(default=VOCABULARY, repr=False)
    digest: str = "drawn"


def _first(drawer: Drawer, at: int, scope: _SCOPE) -> ir.Expr | None:
    kind = drawer.pick((ir.First, ir.Unique))
    if at == 4:
        return kind(ir.Read(0, (), TEXT), ir.Each(1, ("words",), TEXT, True))
    if at == 1:
        return kind(drawer.operand({0: "part"}, drawer.pick((TEXT, INT)), 0), ir.Each(1, ("parts",), RecordT("part"), True))
    if at == 2:
        return kind(drawer.operand({0: "leaf"}, drawer.pick((TEXT, INT)), 0), ir.Each(1, ("leaves",), RecordT("leaf"), True))
    return None


@st.composite
def rulesets(draw: st.DrawFn, size: int = 3, looking: bool = False, computing: How | bool = False) -> Drawn:
    """Some rules on the one root shape and on its elements; with `looking` each looks for something among all things, with
    `computing` each compares what a builtin, an operator or an aggregate gives.
    """
    drawer = Drawer(draw)
    made: list[ir.Rule] = []
    for number in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(_SUBJECTS) - 1))
        spec, scope = _SUBJECTS[at]
        exceptions = tuple(
            ir.Exception_(
                label=_name("x"), when=drawer.proposition(scope, 1), instead=drawer.proposition(scope, 1) if draw(st.booleans()) else None
            )
            for _ in range(draw(st.sampled_from((0, 0, 0, 1, 2))))
        )
        first = _first(drawer, at, scope) if draw(st.integers(0, 3)) == 0 else None
        computed = drawer.computing(scope, None if computing is True else computing) if computing else None
        requirement = (
            drawer.looking(scope)
            if looking
            else computed
            if computed is not None
            else first
            if first is not None
            else drawer.proposition(scope, size)
        )
        made.append(
            ir.Rule(
                id=f"r{number}",
                name=_name("r"),
                version="1",
                subject=spec,
                applies=drawer.proposition(scope, 2) if draw(st.booleans()) else None,
                exceptions=exceptions,
                yields_to=tuple(one.id for one in made[-1:]) if draw(st.integers(0, 3)) == 0 else (),
                force=draw(st.sampled_from(list(Force))),
                requirement=requirement,
                citations=(),
                severity="major",
                fix=None,
                says=None,
                why=None,
                doc="",
                start=None,
                end=date(2020, 1, 1) if draw(st.integers(0, 9)) == 0 else None,
                submitted=(None, None),
                status="active",
                empty_passes=draw(st.booleans()),
                dimension=None,
                derives=(),
                implicit=False,
                source=("drawn", 1),
                text="",
            )
        )
    return Drawn(tuple(made))
