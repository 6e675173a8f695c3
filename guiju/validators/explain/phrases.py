"""Says expressions of rules in both languages, with the names of the vocabulary. It evaluates nothing."""

from decimal import Decimal

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
from guiju.terms.formats.formats import FORMATS
from guiju.terms.time.period import Period
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import BoolT, CodeT, DateT, IntT, ListT, NumberT, PercentT, RefT, TextT
from guiju.validators.explain.values import say_value
from guiju.validators.explain.wording import words as W
from guiju.validators.explain.wording.english import agree, is_clause, negated_clause, noun, plural, with_article
from guiju.validators.explain.wording.names import Names
from guiju.validators.explain.wording.parts import in_brackets, listed, negated, type_of, unit_hint, without_presence

__all__ = ["Names", "assumed_read", "in_brackets", "negated", "phrase", "say_source", "type_of", "unit_hint"]

_ZH = Tongue.ZH


def assumed_read(expr: Expr) -> Read | None:
    """The field that is read where its blank means an answer; None for any other expression."""
    match expr:
        case If(cond=Is(operand=asked, states=(State.ABSENT,)), then=Const(value=bool()), other=Read() as read) if asked == read:
            return read
        case _:
            return None


def phrase(expr: Expr, names: Names, tongue: Tongue) -> str:
    """An expression in words; the same form whatever it is worth. A term or a table is called by its name."""
    key = expr, tongue
    found = names.said.get(key)
    if found is None:
        found = names.said[key] = _phrase(expr, names, tongue)
    return found


def _phrase(expr: Expr, names: Names, tongue: Tongue) -> str:
    zh = tongue is _ZH
    called = _called(expr, names, tongue)
    if called is not None:
        return called
    match expr:
        case And() | Or():
            return _joined(expr, names, tongue)
        case Not(arg=arg) if (called := _called(arg, names, tongue)) is not None:
            return f"不是“{called}”" if zh else f"it is not so that {in_brackets(called, tongue)}"
        case Not(Is() | Truthy() | Compare() | In() | Match() | HasFormat() | Contains() | Unique() | First()):
            return _test(expr.arg, names, tongue, holds=False)
        case Not():
            inner = in_brackets(phrase(expr.arg, names, tongue), tongue)
            return f"并非{inner}" if zh else f"not {inner}"
        case If() if (assumed := assumed_read(expr)) is not None:
            return names.say_read(assumed, tongue)
        case If():
            return _choice(expr, names, tongue)
        case Several():
            parts = ("、" if zh else ", ").join(phrase(one, names, tongue) for one in expr.args)
            return W.CHECKLISTS[expr.kind].say(tongue).format(n=expr.count, said=parts)
        case Quant():
            return _quantified(expr, names, tongue)
        case Is() | Truthy() | Compare() | In() | Match() | HasFormat() | Contains() | Unique() | First():
            return _test(expr, names, tongue)
        case _:
            return _operand(expr, names, tongue)


def _called(expr: Expr, names: Names, tongue: Tongue) -> str | None:
    """The name that the author gave to what is written out here."""
    if not names.defined or isinstance(expr, Const | Read):
        return None
    found = names.defined.get(expr)
    if found is None:
        return None
    name, args = found
    if not args:
        return name.shown.say(tongue)
    # A table is asked for something: 数据级别的级别次序, the grade rank of the data grade.
    of = [_operand(one, names, tongue) for one in args]
    return f"{'、'.join(of)}的{name.zh}" if tongue is _ZH else f"{with_article(name.shown.en)} of {' and '.join(of)}"


def _choice(expr: If, names: Names, tongue: Tongue) -> str:
    cond, then = (phrase(one, names, tongue) for one in (expr.cond, expr.then))
    if expr.other == Truthy(Const(True, BoolT())):
        return f"若{cond}，则{then}" if tongue is _ZH else f"if {cond}, then {then}"
    other = phrase(expr.other, names, tongue)
    return f"若{cond}，则{then}，否则{other}" if tongue is _ZH else f"if {cond}, then {then}, else {other}"


def _quantified(expr: Quant, names: Names, tongue: Tongue) -> str:
    of = say_source(names, expr.source, tongue)
    if isinstance(expr.body, Truthy) and isinstance(expr.body.operand, Const) and expr.kind in W.THERE_ARE:
        return W.THERE_ARE[expr.kind].say(tongue).format(of=of, n=expr.count)
    among = _among(expr, names, of, tongue)
    if among is not None:
        return among
    inner = names.bound(expr.var, expr.source, called=say_source(names, expr.source, Tongue.ZH))
    body = in_brackets(phrase(without_presence(expr.body), inner, tongue), tongue)
    return W.QUANTIFIERS[expr.kind].say(tongue).format(of=of, n=expr.count, body=body)


def _among(expr: Quant, names: Names, of: str, tongue: Tongue) -> str | None:
    """Values of a list are told as what is among them: 角色中有“管理”, not 存在角色满足（本项是“管理”）."""
    its = Read(expr.var, (), expr.source.element) if isinstance(expr.source, Each) else None
    zh = tongue is _ZH
    match expr.body:
        case Compare(op="=", left=left, right=value) if left == its:
            said = _side(value, left, names, tongue)
        case In(operand=operand, options=options) if operand == its:
            said = listed([_side(one, operand, names, tongue) for one in options], tongue)
        case Contains(how="contains", operand=operand, part=part) if operand == its and expr.kind in (QuantKind.SOME, QuantKind.NO):
            text = phrase(part, names, tongue)
            said = f"含{text}的" if zh else f"one that contains {text}"
        case _:
            return None
    match expr.kind:
        case QuantKind.SOME:
            return f"{of}中有{said}" if zh else f"{of} {agree(of, 'includes')} {said}"
        case QuantKind.NO:
            return f"{of}中没有{said}" if zh else f"{of} {agree(of, 'does not')} include {said}"
        case QuantKind.EVERY:
            return f"{of}都是{said}" if zh else f"each of {of} is {said}"
        case _:
            return None


def _joined(expr: And | Or, names: Names, tongue: Tongue) -> str:
    said = []
    for one in expr.args:
        text = phrase(one, names, tongue)
        is_whole = _called(one, names, tongue) is not None
        said.append(in_brackets(text, tongue) if isinstance(one, And | Or | If) and type(one) is not type(expr) and not is_whole else text)
    words = Both("且", " and ") if isinstance(expr, And) else Both("或", " or ")
    return (f" {words.zh} " if tongue is _ZH else words.en).join(said)


def _test(expr: Expr, names: Names, tongue: Tongue, *, holds: bool = True) -> str:
    """A test, or its plain negative."""
    zh = tongue is _ZH
    match expr:
        case Is():
            return _state(expr, names, tongue, holds=holds)
        case Compare(op="=" | "≠" as op, left=asked, right=Const(value=bool(value))):
            return _answer(_operand(asked, names, tongue), tongue, holds=holds is (value is (op == "=")))
        case Compare():
            test = expr if holds else Compare(W.OPPOSITE[expr.op], expr.left, expr.right)
            left, right = (_side(one, other, names, tongue) for one, other in ((expr.left, expr.right), (expr.right, expr.left)))
            word = comparison(test).say(tongue)
            return f"{left}{word}{_gap(right)}{right}" if zh else f"{left} {agree(left, word)} {right}"
        case Truthy():
            return _answer(phrase(expr.operand, names, tongue), tongue, holds=holds)
        case In():
            subject = phrase(expr.operand, names, tongue)
            labels = listed([_side(one, expr.operand, names, tongue) for one in expr.options], tongue)
            return (
                f"{subject}{'是' if holds else '不是'}{labels}"
                if zh
                else f"{subject} {agree(subject, 'is' if holds else 'is not')} {labels}"
            )
        case Match():
            subject = phrase(expr.operand, names, tongue)
            return subject + _pattern(expr, tongue, holds=holds)
        case HasFormat() | Contains() | Unique() | First():
            subject = phrase(expr.operand, names, tongue)
            words, object = _relation(expr, names, tongue)
            positive, negative = (words.zh, f"不{words.zh}") if zh else words.en.split("|")
            if zh and words.zh.startswith(("开头", "结尾")):
                negative = words.zh.replace("是", "不是")
            said = positive if holds else negative
            return f"{subject}{said}{object}" if zh else f"{subject} {agree(subject, said)} {object}".rstrip()
        case _:
            return _operand(expr, names, tongue)


def _answer(subject: str, tongue: Tongue, *, holds: bool) -> str:
    if tongue is _ZH:
        return f"{subject}为{'“是”' if holds else '“否”'}"
    name = subject.removeprefix("the ")
    if is_clause(name):
        return f"it {name if holds else negated_clause(name)}"
    return f'"{name}" is answered {"yes" if holds else "no"}'


def _pattern(expr: Match, tongue: Tongue, *, holds: bool) -> str:
    """What is asked of a text; the pattern itself is for machines, and is never told."""
    zh = tongue is _ZH
    if expr.words is not None:
        lists = expr.words.shown.say(tongue)
        if zh:
            return f"{'含有' if holds else '不含'}“{lists}”所列的字样"
        return f' holds {"a" if holds else "no"} word of the list "{lists}"'
    if expr.whole:
        return ("合乎规定的写法" if holds else "不是所说的写法") if zh else (" is written as prescribed" if holds else " is not so written")
    return ("含有所说的字样" if holds else "不含所说的字样") if zh else (" holds such a word" if holds else " holds no such word")


def _state(expr: Is, names: Names, tongue: Tongue, *, holds: bool) -> str:
    states = frozenset(expr.states)
    if not holds and states == {State.VALUE, State.UNREADABLE}:
        words = Both("没有提供", "is not given")
    elif not holds:
        return _state(Is(expr.operand, tuple(one for one in State if one not in states)), names, tongue, holds=True)
    elif states in W.STATES:
        words = W.STATES[states]
    elif State.UNREADABLE not in states and State.VALUE in states and State.ABSENT in states:
        words = Both("可识别", "is readable")
    else:
        said = [W.STATE_WORDS[one] for one in State if one in states]
        words = Both("或".join(one.zh for one in said), " or ".join(one.en for one in said))
    subject = names.say_read(expr.operand, tongue)
    return f"{subject}{words.zh}" if tongue is _ZH else f"{noun(subject)} {agree(subject, words.en)}"


def _relation(expr: HasFormat | Contains | Unique | First, names: Names, tongue: Tongue) -> tuple[Both, str]:
    """The word between the two sides, in English with its negative after a bar, and the other side."""
    zh = tongue is _ZH
    match expr:
        case HasFormat():
            format = FORMATS[expr.format]
            if not expr.whole:
                return W.HOLDS, format.zh if zh else f"a {format.en}"
            return Both("符合", "has|lacks"), f"{format.zh}的格式" if zh else f"the format of a {format.en}"
        case Contains():
            return W.CONTAINS[expr.how], phrase(expr.part, names, tongue)
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
        return W.OF_DATES[expr.op]
    if expr.op in "=≠" and types & {TextT, CodeT, BoolT, RefT}:
        return Both("是", "is") if expr.op == "=" else Both("不是", "is not")
    words = W.COMPARISONS[expr.op]
    if PercentT in types:
        return Both(W.OF_SHARES.get(expr.op, words.zh), words.en)
    return Both(W.OF_NUMBERS.get(expr.op, words.zh), words.en) if NumberT in types and types <= {NumberT, IntT, type(None)} else words


def _side(expr: Expr, other: Expr, names: Names, tongue: Tongue) -> str:
    """One side of a comparison; a literal is said in the unit, by the code list, or as the share that the other side is."""
    if isinstance(expr, Const):
        of_other = type_of(other)
        type = of_other if isinstance(of_other, CodeT | PercentT) else expr.type
        return say_value(expr.value, type, names.vocabulary, tongue, unit_hint(names, other))
    said = _operand(expr, names, tongue)
    return in_brackets(said, tongue) if isinstance(expr, If) and _called(expr, names, tongue) is None else said


def _operand(expr: Expr, names: Names, tongue: Tongue) -> str:
    zh = tongue is _ZH
    called = _called(expr, names, tongue)
    if called is not None:
        return called
    match expr:
        case Const():
            return say_value(expr.value, expr.type, names.vocabulary, tongue)
        case AsOf():
            return "检查日" if zh else "the as-of day"
        case Dated():
            days = [_operand(one, names, tongue) for one in expr.days]
            return f"{expr.name.zh}（于{'、'.join(days)}）" if zh else f"{expr.name.shown.en} on {', '.join(days)}"
        case Param():
            return f"参数“{expr.id}”" if zh else f'parameter "{expr.id}"'
        case Read():
            return names.say_read(expr, tongue)
        case If() if (assumed := assumed_read(expr)) is not None:
            return names.say_read(assumed, tongue)
        case Arith():
            return _arithmetic(expr, names, tongue)
        case Call(fn="without"):
            text = _operand(expr.args[0], names, tongue)
            return f"{text}（不计无关的说法）" if zh else f"{text} (phrases of no account left out)"
        case Call():
            mark = "，" if zh else ", "
            args = in_brackets(mark.join(_operand(one, names, tongue) for one in expr.args), tongue)
            return f"{BUILTINS[expr.fn].name.shown.say(tongue)}{args}" if zh else f"{with_article(BUILTINS[expr.fn].name.shown.en)} {args}"
        case Fold():
            inner = names.bound(expr.var, expr.source)
            item = _operand(expr.item, inner, tongue) if expr.item is not None else ""
            where = in_brackets(phrase(expr.where, inner, tongue), tongue) if expr.where is not None else ""
            text = W.FOLDS[expr.fn].say(tongue).format(of=say_source(names, expr.source, tongue), item=item, where=where)
            limits = [phrase(one, inner, tongue) for one in (expr.among, None if expr.fn == "share" else expr.where) if one is not None]
            mark = "，" if zh else ", "
            return text + in_brackets(("其中" if zh else "where ") + mark.join(limits), tongue) if limits else text
        case _:
            return phrase(expr, names, tongue)


def _arithmetic(expr: Arith, names: Names, tongue: Tongue) -> str:
    """甲 × 15%; a period before or after a day is said so."""
    zh = tongue is _ZH
    if isinstance(type_of(expr.left), DateT) and isinstance(expr.right, Const) and isinstance(expr.right.value, Period):
        day, span = _operand(expr.left, names, tongue), expr.right.value.say(tongue)
        later = expr.op == "+"
        return f"{day}{'后' if later else '前'} {span}" if zh else f"{span} {'after' if later else 'before'} {day}"
    left, right = (_factor(one, expr, names, tongue) for one in (expr.left, expr.right))
    return f"{left} {W.SIGNS[expr.op]} {right}"


def _factor(one: Expr, of: Arith, names: Names, tongue: Tongue) -> str:
    if isinstance(one, Const) and of.op == "*" and isinstance(one.value, Decimal) and 0 < one.value < 1:
        return say_value(one.value, PercentT(), names.vocabulary, tongue)
    said = _operand(one, names, tongue)
    bracketed = isinstance(one, If) or (isinstance(one, Arith) and (of.op in "*/" or (of.op == "-" and one is of.right)))
    return in_brackets(said, tongue) if bracketed and _called(one, names, tongue) is None else said


def say_source(names: Names, source: Source, tongue: Tongue) -> str:
    """What a source ranges over: its list or shape, and the equations by which records are joined."""
    if isinstance(source, Each):
        return names.say_read(Read(source.var, source.path, ListT(source.element)), tongue)
    name = names.shape_name(source.shape, tongue)
    zh = tongue is _ZH
    alike = isinstance(source, Corpus) and source.shape in names.shapes.values()
    name = ("另一" + name if zh else f"other {plural(name, 2)}") if alike else name if zh else plural(name, 2)
    if not isinstance(source, Corpus) or not source.keys:
        return name if zh else with_article(name)
    keys = [_key(names, source.shape, path, operand, tongue) for path, operand in source.keys]
    return f"{'、'.join(keys)}的{name}" if zh else f"{with_article(name)} whose {' and whose '.join(keys)}"


def _key(names: Names, shape: str, path: tuple[str, ...], operand: Expr, tongue: Tongue) -> str:
    read, its = Read(0, path, TextT()), Names(names.vocabulary, {0: shape})
    field = its.say_read(read, tongue)
    if isinstance(operand, Const):
        found = its.field_of(read)
        value = say_value(operand.value, found.type if found is not None else operand.type, names.vocabulary, tongue)
        return f"{field}是{_gap(value)}{value}" if tongue is _ZH else f"{field.removeprefix('the ')} {agree(field, 'is')} {value}"
    said = _operand(operand, names, tongue)
    if isinstance(operand, Read) and operand.path and not names.whose(operand, tongue):
        whose = names.shape_name(names.shapes.get(operand.var), tongue)
        said = f"本{whose}的{said}" if tongue is _ZH else f"{said} of this {whose}"
    return f"{field}与{said}相同" if tongue is _ZH else f"{field.removeprefix('the ')} {agree(field, 'is')} {said}"
