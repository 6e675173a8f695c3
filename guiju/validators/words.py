"""Says values and expressions of rules in both tongues, with the names of the vocabulary; it evaluates nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from guiju.dsl.builtins import BUILTINS
from guiju.dsl.ir.tree import (
    And,
    Arith,
    AsOf,
    Call,
    Compare,
    Const,
    Contains,
    Corpus,
    Each,
    Expr,
    First,
    Fold,
    HasFormat,
    If,
    In,
    Is,
    Match,
    Members,
    Not,
    Or,
    Param,
    Quant,
    QuantKind,
    Read,
    Source,
    Truthy,
    Unique,
)
from guiju.terms.fact import State
from guiju.terms.formats import FORMATS
from guiju.terms.period import Period
from guiju.terms.quantity import Quantity, exact_decimal, is_measurable, say_decimal
from guiju.terms.shape import Field, Vocabulary
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import BoolT, CodeT, DateT, ListT, MoneyT, PercentT, QuantityT, RecordT, RefT, TextT, Type
from guiju.terms.units import UNITS, Dimension, Unit, unit_of

__all__ = ["COMPARISONS", "Names", "both", "clip", "negated", "phrase", "say_value", "type_of", "unit_hint"]

_LONGEST = 60
_ZH = Tongue.ZH

COMPARISONS: Mapping[str, Both] = {
    "=": Both("等于", "equal to"),
    "≠": Both("不等于", "not equal to"),
    "<": Both("小于", "less than"),
    "≤": Both("不大于", "at most"),
    ">": Both("大于", "more than"),
    "≥": Both("不小于", "at least"),
}
_OF_DATES: Mapping[str, Both] = {
    "=": Both("是", ""),
    "≠": Both("不是", "not"),
    "<": Both("早于", "before"),
    "≤": Both("不晚于", "not after"),
    ">": Both("晚于", "after"),
    "≥": Both("不早于", "not before"),
}
_OPPOSITE = {"=": "≠", "≠": "=", "<": "≥", "≥": "<", ">": "≤", "≤": ">"}
_STATES: Mapping[frozenset[State], Both] = {
    frozenset({State.VALUE, State.UNREADABLE}): Both("已提供", "is given"),
    frozenset({State.ABSENT, State.PENDING}): Both("未提供", "is missing"),
    frozenset({State.NOT_APPLICABLE}): Both("声明不适用", "is declared not applicable"),
    frozenset({State.PENDING}): Both("待定", "is pending"),
    frozenset({State.UNREADABLE}): Both("无法识别", "is unreadable"),
    frozenset({State.VALUE}): Both("可识别", "is readable"),
}
_STATE_WORDS: Mapping[State, Both] = {
    State.VALUE: Both("有值", "has a value"),
    State.ABSENT: Both("未提供", "is missing"),
    State.NOT_APPLICABLE: Both("声明不适用", "is declared not applicable"),
    State.PENDING: Both("待定", "is pending"),
    State.UNREADABLE: Both("无法识别", "is unreadable"),
}
_QUANTIFIERS: Mapping[QuantKind, Both] = {
    QuantKind.EVERY: Both("每个{of}都满足({body})", "every {of} satisfies ({body})"),
    QuantKind.SOME: Both("存在{of}满足({body})", "some {of} satisfies ({body})"),
    QuantKind.NO: Both("没有{of}满足({body})", "no {of} satisfies ({body})"),
    QuantKind.AT_LEAST: Both("至少 {n} 个{of}满足({body})", "at least {n} of {of} satisfy ({body})"),
    QuantKind.AT_MOST: Both("至多 {n} 个{of}满足({body})", "at most {n} of {of} satisfy ({body})"),
    QuantKind.EXACTLY: Both("恰有 {n} 个{of}满足({body})", "exactly {n} of {of} satisfy ({body})"),
}
_FOLDS: Mapping[str, Both] = {
    "count": Both("{of}数量", "the number of {of}"),
    "sum": Both("{of}的{item}合计", "the sum of {item} of {of}"),
    "avg": Both("{of}的{item}平均", "the average {item} of {of}"),
    "max": Both("{of}的{item}最大值", "the greatest {item} of {of}"),
    "min": Both("{of}的{item}最小值", "the least {item} of {of}"),
    "distinct": Both("{of}的{item}种数", "the number of different {item} of {of}"),
    "share": Both("{of}中({where})的占比", "the share of {of} with ({where})"),
}
_CONTAINS: Mapping[str, Both] = {
    "contains": Both("包含", "contains"),
    "starts": Both("开头是", "starts with"),
    "ends": Both("结尾是", "ends with"),
}


def both(zh_and_en: Any) -> Both:
    """The words of a function of the tongue, in both."""
    return Both(zh_and_en(Tongue.ZH), zh_and_en(Tongue.EN))


def clip(text: str) -> str:
    """The text in one line, and not longer than a sentence can bear."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


@dataclass(frozen=True, slots=True)
class Names:
    """What the variables in scope are: the shape of each, or None where it is no record."""

    vocabulary: Vocabulary
    shapes: Mapping[int, str | None]
    key: str | None = None

    def field_of(self, read: Read) -> Field | None:
        """The last field of a read."""
        found: Field | None = None
        shape = self.shapes.get(read.var)
        for id in read.path:
            found = self.vocabulary.shape(shape).field(id) if shape is not None else None
            type = found.type if found is not None else None
            shape = type.shape if isinstance(type, RecordT) else None
        return found

    def say_read(self, read: Read, tongue: Tongue) -> str:
        """The fields of a read by their names: 提供方的电话, phone of provider."""
        said: list[str] = []
        shape = self.shapes.get(read.var)
        for id in read.path:
            field = self.vocabulary.shape(shape).field(id) if shape is not None else None
            said.append(
                id if field is None else field.name.say(tongue).replace("_", " ") if tongue is not _ZH else field.name.zh or field.id
            )
            shape = field.type.shape if field is not None and isinstance(field.type, RecordT) else None
        if not said:
            name = self.shape_name(self.shapes.get(read.var), tongue)
            return f"本{name}" if tongue is _ZH else f"this {name}"
        return "的".join(said) if tongue is _ZH else " of ".join(reversed(said))

    def shape_name(self, shape: str | None, tongue: Tongue) -> str:
        """A shape by its name."""
        if shape is None:
            return "项" if tongue is _ZH else "value"
        return (
            self.vocabulary.shape(shape).name.say(tongue).replace("_", " ") if tongue is not _ZH else self.vocabulary.shape(shape).name.zh
        )

    def bound(self, var: int, source: Source) -> "Names":
        """The scope inside a binder."""
        match source:
            case Each():
                shape = source.element.shape if isinstance(source.element, RecordT) else None
            case Corpus() | Members():
                shape = source.shape
        return Names(self.vocabulary, {**self.shapes, var: shape})

    def say_source(self, source: Source, tongue: Tongue) -> str:
        """What a source ranges over, by the name of its list or shape."""
        match source:
            case Each():
                return self.say_read(Read(source.var, source.path, ListT(source.element)), tongue)
            case Corpus() | Members():
                return self.shape_name(source.shape, tongue)


def type_of(expr: Expr) -> Type | None:
    """The type of an operand as far as it shows how to say its value."""
    match expr:
        case Const() | Param() | Read() | If() | Arith() | Call() | Fold():
            return expr.type
        case AsOf():
            return DateT()
        case _:
            return None


def unit_hint(names: Names, *exprs: Expr | None) -> str | None:
    """The unit in which the fields of these operands are declared."""
    for expr in exprs:
        match expr:
            case Read():
                field = names.field_of(expr)
                if field is not None and field.unit is not None:
                    return field.unit
            case Fold() if expr.item is not None:
                found = unit_hint(names.bound(expr.var, expr.source), expr.item)
                if found is not None:
                    return found
            case Arith():
                found = unit_hint(names, expr.left, expr.right)
                if found is not None:
                    return found
            case _:
                continue
    return None


# ---- values ------------------------------------------------------------------------------------------------------------------


def say_value(value: Any, type: Type | None, vocabulary: Vocabulary, tongue: Tongue, unit: str | None = None) -> str:
    """A value as a clause writes it: codes by their labels, amounts with their units, text in quotation marks."""
    match value:
        case bool():
            return ("是" if value else "否") if tongue is _ZH else ("yes" if value else "no")
        case date():
            return value.isoformat()
        case Period():
            return value.say(tongue)
        case str():
            return quote(_label(value, type, vocabulary, tongue), tongue)
        case int() | Decimal() | Fraction():
            return _say_number(Fraction(value), type, tongue, unit)
        case list() | tuple():
            return f"{len(value)} 项" if tongue is _ZH else f"{len(value)} items"
        case dict():
            return "一组字段" if tongue is _ZH else "a group of fields"
        case _:
            return clip(str(value))


def quote(text: str, tongue: Tongue) -> str:
    """The text in the quotation marks of the tongue."""
    return f"“{clip(text)}”" if tongue is _ZH else f'"{clip(text)}"'


def _label(value: str, type: Type | None, vocabulary: Vocabulary, tongue: Tongue) -> str:
    if isinstance(type, CodeT):
        for entry in vocabulary.code_list(type.codes).entries:
            if entry.code == value:
                return entry.name.say(tongue)
    return value


def _say_number(number: Fraction, type: Type | None, tongue: Tongue, unit: str | None) -> str:
    match type:
        case PercentT():
            return _plain(number * 100, tongue) + "%"
        case MoneyT():
            return _say_amount(number, Dimension.MONEY, tongue, None)
        case QuantityT():
            return _say_amount(number, Dimension(type.dimension), tongue, unit)
        case _:
            return _plain(number, tongue)


def _plain(number: Fraction, tongue: Tongue) -> str:
    decimal = exact_decimal(number)
    if decimal is not None:
        return say_decimal(decimal)
    about = "约 " if tongue is _ZH else "about "
    return about + say_decimal(Decimal(round(number * 10000)) / 10000)


def _say_amount(number: Fraction, dimension: Dimension, tongue: Tongue, unit: str | None) -> str:
    declared = unit_of(unit) if unit else None
    chosen = declared if declared is not None and declared.dimension is dimension else _fitting(number, dimension)
    value = exact_decimal(number / chosen.factor)
    if value is None or not is_measurable(value):
        return f"{_plain(number / chosen.factor, tongue)} {chosen.say(tongue)}"
    said = Quantity(value, chosen).say(tongue)
    digits = say_decimal(value)
    return said if not said.startswith(digits) else f"{digits} {said[len(digits) :].strip()}"


_FITTING = {
    Dimension.MONEY: ("yi_yuan", "wan_yuan", "yuan"),
    Dimension.COUNT: ("count",),
    Dimension.TIME: ("day", "hour", "minute", "second", "millisecond", "microsecond"),
    Dimension.AREA: ("square_kilometre", "square_metre", "mu"),
}


def _fitting(number: Fraction, dimension: Dimension) -> Unit:
    """The greatest usual unit in which the amount is at least one and has few decimals."""
    ids = _FITTING.get(dimension)
    usual = [UNITS[id] for id in ids] if ids else sorted((u for u in UNITS.values() if u.dimension is dimension), key=lambda u: -u.factor)
    for unit in usual:
        amount = abs(number) / unit.factor
        if amount >= 1 and (amount * 100).denominator == 1:
            return unit
    return usual[-1]


# ---- expressions -------------------------------------------------------------------------------------------------------------


def negated(expr: Expr) -> Expr:
    """The opposite of a proposition, said without 非 where there is a plain word for it."""
    match expr:
        case Not():
            return expr.arg
        case Compare():
            return Compare(_OPPOSITE[expr.op], expr.left, expr.right)
        case _:
            return Not(expr)


def phrase(expr: Expr, names: Names, tongue: Tongue) -> str:
    """An expression in words; the same form whatever it is worth."""
    zh = tongue is _ZH
    match expr:
        case And() | Or():
            return _joined(expr, names, tongue)
        case Not(Is() | Truthy() | In() | Match() | HasFormat() | Contains() | Unique() | First()) | Not(Compare()):
            return _negative(expr, names, tongue)
        case Not():
            inner = phrase(expr.arg, names, tongue)
            return f"并非({inner})" if zh else f"not ({inner})"
        case If():
            parts = [phrase(one, names, tongue) for one in (expr.cond, expr.then, expr.other)]
            return "若{}则{}否则{}".format(*parts) if zh else "if {} then {} else {}".format(*parts)
        case Quant():
            body = phrase(expr.body, names.bound(expr.var, expr.source), tongue)
            return _QUANTIFIERS[expr.kind].say(tongue).format(of=names.say_source(expr.source, tongue), n=expr.count, body=body)
        case Is() | Truthy() | Compare() | In() | Match() | HasFormat() | Contains() | Unique() | First():
            return _test(expr, names, tongue)
        case _:
            return _operand(expr, names, tongue)


def _joined(expr: And | Or, names: Names, tongue: Tongue) -> str:
    said = []
    for one in expr.args:
        text = phrase(one, names, tongue)
        said.append(f"({text})" if isinstance(one, And | Or | If) and type(one) is not type(expr) else text)
    words = Both("且", " and ") if isinstance(expr, And) else Both("或", " or ")
    return (f" {words.zh} " if tongue is _ZH else words.en).join(said)


def _test(expr: Expr, names: Names, tongue: Tongue) -> str:
    zh = tongue is _ZH
    match expr:
        case Is():
            subject = names.say_read(expr.operand, tongue)
            known = _STATES.get(frozenset(expr.states))
            if known is None and State.UNREADABLE not in expr.states:
                known = _STATES[frozenset({State.VALUE})]
            words = known.say(tongue) if known else ("或" if zh else " or ").join(_STATE_WORDS[one].say(tongue) for one in expr.states)
            return f"{subject}{words}" if zh else f"{subject} {words}"
        case Truthy():
            subject = phrase(expr.operand, names, tongue)
            return f"{subject}为是" if zh else f"{subject} is yes"
        case Compare():
            left, right = (_side(one, other, names, tongue) for one, other in ((expr.left, expr.right), (expr.right, expr.left)))
            word = comparison(expr).say(tongue)
            return f"{left}{word}{_gap(right)}{right}" if zh else f"{left} is {word} {right}".replace("is  ", "is ")
        case In():
            said = ("、" if zh else ", ").join(_operand(one, names, tongue) for one in expr.options)
            subject = phrase(expr.operand, names, tongue)
            return f"{subject}属于{{{said}}}" if zh else f"{subject} is one of {{{said}}}"
        case Match():
            subject = phrase(expr.operand, names, tongue)
            word = ("匹配" if expr.whole else "含匹配") if zh else ("matches" if expr.whole else "contains match")
            return f"{subject}{word}{quote(expr.pattern, tongue)}" if zh else f"{subject} {word} {quote(expr.pattern, tongue)}"
        case HasFormat():
            subject = phrase(expr.operand, names, tongue)
            format = FORMATS[expr.format]
            return f"{subject}符合{format.zh}的格式" if zh else f"{subject} has the format of a {format.en}"
        case Contains():
            subject, part = phrase(expr.operand, names, tongue), phrase(expr.part, names, tongue)
            word = _CONTAINS[expr.how].say(tongue)
            return f"{subject}{word}{part}" if zh else f"{subject} {word} {part}"
        case Unique() | First():
            subject = phrase(expr.operand, names, tongue)
            once = Both("唯一", "is unique") if isinstance(expr, Unique) else Both("首次出现", "is first")
            return f"{subject}{once.zh}" if zh else f"{subject} {once.en}"
        case _:
            return _operand(expr, names, tongue)


def _gap(right: str) -> str:
    return " " if right[:1].isdigit() or right[:1] == "-" else ""


def _negative(expr: Not, names: Names, tongue: Tongue) -> str:
    """The tests that have a plain negative of their own."""
    inner = expr.arg
    zh = tongue is _ZH
    match inner:
        case Compare():
            return phrase(negated(inner), names, tongue)
        case Is() if set(inner.states) == {State.VALUE, State.UNREADABLE}:
            subject = names.say_read(inner.operand, tongue)
            return f"{subject}没有提供" if zh else f"{subject} is not given"
        case Truthy():
            subject = phrase(inner.operand, names, tongue)
            return f"{subject}为否" if zh else f"{subject} is no"
        case _:
            text = phrase(inner, names, tongue)
            for positive, negative in (("属于", "不属于"), ("匹配", "不匹配"), ("符合", "不符合"), ("包含", "不包含"), ("唯一", "不唯一")):
                if zh and text.count(positive) == 1:
                    return text.replace(positive, negative)
            return f"并非({text})" if zh else f"not ({text})"


def comparison(expr: Compare) -> Both:
    """The word of a comparison for the sort of its operands."""
    types = {type_of(expr.left).__class__, type_of(expr.right).__class__}
    if DateT in types:
        return _OF_DATES[expr.op]
    if expr.op in "=≠" and types & {TextT, CodeT, BoolT, RefT}:
        return Both("是", "") if expr.op == "=" else Both("不是", "not")
    return COMPARISONS[expr.op]


def _side(expr: Expr, other: Expr, names: Names, tongue: Tongue) -> str:
    """One side of a comparison; a literal is said in the unit, or by the code list, of the other side."""
    if isinstance(expr, Const):
        type = type_of(other) if isinstance(type_of(other), CodeT) else expr.type
        return say_value(expr.value, type, names.vocabulary, tongue, unit_hint(names, other))
    return _operand(expr, names, tongue)


def _operand(expr: Expr, names: Names, tongue: Tongue) -> str:
    zh = tongue is _ZH
    match expr:
        case Const():
            return say_value(expr.value, expr.type, names.vocabulary, tongue)
        case AsOf():
            return "检查日" if zh else "the as-of day"
        case Param():
            return f"参数“{expr.id}”" if zh else f'parameter "{expr.id}"'
        case Read():
            return names.say_read(expr, tongue)
        case Arith():
            left, right = (_operand(one, names, tongue) for one in (expr.left, expr.right))
            left, right = (f"({t})" if isinstance(o, Arith) and expr.op in "*/" else t for t, o in ((left, expr.left), (right, expr.right)))
            return f"{left} {expr.op} {right}"
        case Call():
            return f"{BUILTINS[expr.fn].name.say(tongue)}({', '.join(_operand(one, names, tongue) for one in expr.args)})"
        case Fold():
            inner = names.bound(expr.var, expr.source)
            item = _operand(expr.item, inner, tongue) if expr.item is not None else ""
            where = phrase(expr.where, inner, tongue) if expr.where is not None else ""
            text = _FOLDS[expr.fn].say(tongue).format(of=names.say_source(expr.source, tongue), item=item, where=where)
            limits = [phrase(one, inner, tongue) for one in (expr.among, None if expr.fn == "share" else expr.where) if one is not None]
            return text + (("(其中 " if zh else " (where ") + ", ".join(limits) + ")" if limits else "")
        case _:
            return phrase(expr, names, tongue)
