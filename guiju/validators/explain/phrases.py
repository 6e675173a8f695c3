"""Says expressions of rules in both languages, with the names of the vocabulary. It evaluates nothing."""

from collections.abc import Mapping

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
    Dated,
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
    Several,
    Source,
    Truthy,
    Unique,
)
from guiju.terms.fact import State
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.formats.formats import FORMATS
from guiju.terms.shape import Field, Vocabulary
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import BoolT, CodeT, DateT, ListT, RecordT, RefT, TextT, Type
from guiju.validators.explain.values import quote, say_value

__all__ = ["Names", "assumed_read", "negated", "phrase", "plural", "type_of", "unit_hint", "with_article"]

_ZH = Tongue.ZH

_COMPARISONS: Mapping[str, Both] = {
    "=": Both("等于", "is equal to"),
    "≠": Both("不等于", "is not equal to"),
    "<": Both("小于", "is less than"),
    "≤": Both("不大于", "is at most"),
    ">": Both("大于", "is more than"),
    "≥": Both("不小于", "is at least"),
}
_OF_DATES: Mapping[str, Both] = {
    "=": Both("是", "is"),
    "≠": Both("不是", "is not"),
    "<": Both("早于", "is before"),
    "≤": Both("不晚于", "is not after"),
    ">": Both("晚于", "is after"),
    "≥": Both("不早于", "is not before"),
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
_CHECKLISTS = {
    QuantKind.EVERY: Both("下列各项都成立（{said}）", "all of these hold ({said})"),
    QuantKind.SOME: Both("下列至少一项成立（{said}）", "at least one of these holds ({said})"),
    QuantKind.NO: Both("下列没有一项成立（{said}）", "none of these holds ({said})"),
    QuantKind.AT_LEAST: Both("下列至少 {n} 项成立（{said}）", "at least {n} of these hold ({said})"),
    QuantKind.AT_MOST: Both("下列至多 {n} 项成立（{said}）", "at most {n} of these hold ({said})"),
    QuantKind.EXACTLY: Both("下列恰有 {n} 项成立（{said}）", "exactly {n} of these hold ({said})"),
}
_QUANTIFIERS: Mapping[QuantKind, Both] = {
    QuantKind.EVERY: Both("每个{of}都满足({body})", "every one of {of} satisfies ({body})"),
    QuantKind.SOME: Both("存在{of}满足({body})", "some of {of} satisfies ({body})"),
    QuantKind.NO: Both("没有{of}满足({body})", "none of {of} satisfies ({body})"),
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
_CLAUSES = ("is ", "has ", "no ", "contains ", "needs ", "uses ", "covers ", "includes ")
_CONTAINS: Mapping[str, Both] = {
    "contains": Both("包含", "contains|does not contain"),
    "starts": Both("开头是", "starts with|does not start with"),
    "ends": Both("结尾是", "ends with|does not end with"),
}
_HOLDS = Both("含有", "holds|holds no")


@fast_dataclass(frozen=True, slots=True)
class Names:
    """What the variables in scope are: the shape of each, or None where it is no record."""

    vocabulary: Vocabulary
    shapes: Mapping[int, str | None]

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
        return "的".join(said) if tongue is _ZH else " of ".join(with_article(one) for one in reversed(said))

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


def with_article(name: str) -> str:
    """An English name with its article; a participle such as `submitted` or a clause such as `is sensitive` has none."""
    return name if name.endswith("ed") or name.startswith(_CLAUSES) else f"the {name}"


def plural(name: str, count: int) -> str:
    """An English name for so many of its kind."""
    if count == 1 or name.endswith("s"):
        return name
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith(("x", "ch", "sh")) else f"{name}s"


def type_of(expr: Expr) -> Type | None:
    """The type of an operand as far as it shows how to say its value."""
    match expr:
        case Const() | Param() | Dated() | Read() | If() | Arith() | Call() | Fold():
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


def negated(expr: Expr) -> Expr:
    """The opposite of a proposition, said without 非 where there is a plain word for it."""
    match expr:
        case Not():
            return expr.arg
        case Compare():
            return Compare(_OPPOSITE[expr.op], expr.left, expr.right)
        case _:
            return Not(expr)


def assumed_read(expr: Expr) -> Read | None:
    """The field that is read where its blank means an answer; None for any other expression."""
    match expr:
        case If(cond=Is(operand=asked, states=(State.ABSENT,)), then=Const(value=bool()), other=Read() as read) if asked == read:
            return read
        case _:
            return None


def phrase(expr: Expr, names: Names, tongue: Tongue) -> str:
    """An expression in words; the same form whatever it is worth."""
    zh = tongue is _ZH
    match expr:
        case And() | Or():
            return _joined(expr, names, tongue)
        case Not(Is() | Truthy() | Compare() | In() | Match() | HasFormat() | Contains() | Unique() | First()):
            return _test(expr.arg, names, tongue, holds=False)
        case Not():
            inner = phrase(expr.arg, names, tongue)
            return f"并非({inner})" if zh else f"not ({inner})"
        case If() if (assumed := assumed_read(expr)) is not None:
            return names.say_read(assumed, tongue)
        case If():
            parts = [phrase(one, names, tongue) for one in (expr.cond, expr.then, expr.other)]
            return "若{}则{}否则{}".format(*parts) if zh else "if {} then {} else {}".format(*parts)
        case Quant():
            body = phrase(expr.body, names.bound(expr.var, expr.source), tongue)
            return _QUANTIFIERS[expr.kind].say(tongue).format(of=names.say_source(expr.source, tongue), n=expr.count, body=body)
        case Several():
            said = ("、" if zh else ", ").join(phrase(one, names, tongue) for one in expr.args)
            return _CHECKLISTS[expr.kind].say(tongue).format(n=expr.count, said=said)
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


def _test(expr: Expr, names: Names, tongue: Tongue, *, holds: bool = True) -> str:
    """A test, or its plain negative."""
    zh = tongue is _ZH
    match expr:
        case Is():
            return _state(expr, names, tongue, holds=holds)
        case Compare():
            test = expr if holds else Compare(_OPPOSITE[expr.op], expr.left, expr.right)
            left, right = (_side(one, other, names, tongue) for one, other in ((expr.left, expr.right), (expr.right, expr.left)))
            word = comparison(test).say(tongue)
            return f"{left}{word}{_gap(right)}{right}" if zh else f"{left} {word} {right}"
        case Truthy():
            subject = phrase(expr.operand, names, tongue)
            answer = ("“是”" if holds else "“否”") if zh else ("yes" if holds else "no")
            return f"{subject}为{answer}" if zh else f"{subject} is {answer}"
        case In() | Match() | HasFormat() | Contains() | Unique() | First():
            subject = phrase(expr.operand, names, tongue)
            words, object = _relation(expr, names, tongue)
            positive, negative = (words.zh, f"不{words.zh}") if zh else words.en.split("|")
            if zh and words.zh.startswith(("开头", "结尾")):
                negative = words.zh.replace("是", "不是")
            said = positive if holds else negative
            return f"{subject}{said}{object}" if zh else f"{subject} {said} {object}".rstrip()
        case _:
            return _operand(expr, names, tongue)


def _state(expr: Is, names: Names, tongue: Tongue, *, holds: bool) -> str:
    states = frozenset(expr.states)
    if not holds and states == {State.VALUE, State.UNREADABLE}:
        words = Both("没有提供", "is not given")
    elif not holds:
        return _state(Is(expr.operand, tuple(one for one in State if one not in states)), names, tongue, holds=True)
    elif states in _STATES:
        words = _STATES[states]
    elif State.UNREADABLE not in states and State.VALUE in states and State.ABSENT in states:
        words = Both("可识别", "is readable")
    else:
        said = [_STATE_WORDS[one] for one in State if one in states]
        words = Both("或".join(one.zh for one in said), " or ".join(one.en for one in said))
    subject = names.say_read(expr.operand, tongue)
    return f"{subject}{words.zh}" if tongue is _ZH else f"{subject} {words.en}"


def _relation(expr: In | Match | HasFormat | Contains | Unique | First, names: Names, tongue: Tongue) -> tuple[Both, str]:
    """The word between the two sides, in English with its negative after a bar, and the other side."""
    zh = tongue is _ZH
    match expr:
        case In():
            labels = [_side(one, expr.operand, names, tongue) for one in expr.options]
            return Both("属于", "is one of|is none of"), "{" + ("、" if zh else ", ").join(labels) + "}"
        case Match():
            if expr.words is not None:
                return _HOLDS, f"“{expr.words.zh}”所说的字样" if zh else f'what "{expr.words.en.replace("_", " ")}" lists'
            words = Both("匹配", "matches|does not match") if expr.whole else Both("含匹配", "contains a match of|contains no match of")
            return words, quote(expr.pattern, tongue)
        case HasFormat():
            format = FORMATS[expr.format]
            if not expr.whole:
                return _HOLDS, format.zh if zh else f"a {format.en}"
            return Both("符合", "has|lacks"), f"{format.zh}的格式" if zh else f"the format of a {format.en}"
        case Contains():
            return _CONTAINS[expr.how], phrase(expr.part, names, tongue)
        case Unique():
            return Both("唯一", "is unique|is not unique"), ""
        case First():
            return Both("首次出现", "is first|is not first"), ""


def _gap(right: str) -> str:
    return " " if right[:1].isdigit() or right[:1] == "-" else ""


def comparison(expr: Compare) -> Both:
    """The word of a comparison for the sort of its operands."""
    types = {type_of(expr.left).__class__, type_of(expr.right).__class__}
    if DateT in types:
        return _OF_DATES[expr.op]
    if expr.op in "=≠" and types & {TextT, CodeT, BoolT, RefT}:
        return Both("是", "is") if expr.op == "=" else Both("不是", "is not")
    return _COMPARISONS[expr.op]


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
        case Dated():
            days = [_operand(one, names, tongue) for one in expr.days]
            return f"{expr.name.zh}（于{'、'.join(days)}）" if zh else f"{expr.name.en.replace('_', ' ')} on {', '.join(days)}"
        case Param():
            return f"参数“{expr.id}”" if zh else f'parameter "{expr.id}"'
        case Read():
            return names.say_read(expr, tongue)
        case If() if (assumed := assumed_read(expr)) is not None:
            return names.say_read(assumed, tongue)
        case Arith():
            left, right = (_operand(one, names, tongue) for one in (expr.left, expr.right))
            left, right = (f"({t})" if isinstance(o, Arith) and expr.op in "*/" else t for t, o in ((left, expr.left), (right, expr.right)))
            return f"{left} {expr.op} {right}"
        case Call(fn="without"):
            text = _operand(expr.args[0], names, tongue)
            return f"{text}（不计无关的说法）" if zh else f"{text} (phrases of no account left out)"
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
