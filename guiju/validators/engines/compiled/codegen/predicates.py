"""Emits propositions of the IR as Python expressions: when they are true, false or vacuous; otherwise they are unknown."""

import re
from functools import partial
from itertools import combinations
from math import comb
from typing import assert_never

from guiju.dsl.ir.tree import (
    And,
    Arith,
    AsOf,
    Call,
    Compare,
    Const,
    Contains,
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
    TableUse,
    TermUse,
    Truthy,
    Unique,
)
from guiju.dsl.ir.typing import type_of
from guiju.terms.fact import State
from guiju.terms.formats.formats import FORMATS
from guiju.terms.patterns.pattern import compile_pattern
from guiju.terms.types import ListT, PeriodT, RecordT, RefT
from guiju.validators.engines.compiled.codegen.emitter import Scope, Truths, Unsupported, Value
from guiju.validators.engines.compiled.codegen.literals import counted
from guiju.validators.engines.compiled.codegen.operands import OperandEmitter
from guiju.validators.engines.compiled.codegen.region import Region, TooDeep
from guiju.validators.engines.compiled.codegen.rule_lines import FirstTest, Tally
from guiju.validators.engines.compiled.runtime.values import GAPS, ValueCache
from guiju.validators.engines.interpreter.functions import has_format
from guiju.validators.engines.values import in_order, is_among, plain_number

__all__ = ["PredicateEmitter"]

_THERE = re.compile(r"\((?P<value>\w+) is not None or (\w+) == (\d)\)")
_NO_GAP = re.compile(r"(?P<gap>\w+) != \d")
_DECLARED = GAPS[State.NOT_APPLICABLE]
_OPERATORS = {"=": "==", "≠": "!=", "<": "<", "≤": "<=", ">": ">", "≥": ">="}
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class PredicateEmitter(OperandEmitter):
    """The whole emitter of expressions."""

    gathers = False
    celled: frozenset[str] = frozenset()

    def truth(self, expr: Expr, scope: Scope, here: Region) -> Truths:
        """When a proposition is true, false, vacuous."""
        match expr:
            case And() | Or():
                return self._connect(expr, scope, here)
            case Not():
                inner = self.truth(expr.arg, scope, here)
                return Truths(inner.false, inner.true, inner.empty, inner.region, inner.deep)
            case Is():
                return self._is(expr, scope, here)
            case If() | Quant():
                return self._coded(self.code(expr, scope, here))
            case Several():
                return self.truth(_written_out(expr), scope, here)
            case First() | Unique():
                return self._distinct(expr, scope, here)
            case Truthy():
                value = self.operand(expr.operand, scope, here)
                return self._test((value,), f"{value.text} is True", f"{value.text} is False", here, shut=True)
            case Compare():
                return self._compare(expr, scope, here)
            case In():
                return self._in(expr, scope, here)
            case Match():
                return self._match(expr, scope, here)
            case HasFormat():
                value = self.operand(expr.operand, scope, here)
                format = FORMATS[expr.format]
                judge: object = partial(has_format, expr)
                if expr.format != "division_code":
                    judge = format.is_valid if expr.whole else format.is_in
                valid, day = self.given(judge, "w", (expr.format, expr.whole)), self.literal(self.plan.as_of)
                return self._either((value,), f"{valid}({value.text}, {day})", here)
            case Contains():
                return self._contains(expr, scope, here)
            case Const() | Read() | Call() | Fold() | Arith() | Param() | Dated() | AsOf():
                value = self.operand(expr, scope, here)
                return self._test((value,), f"{value.text} is True", f"{value.text} is False", here, shut=True)
            case TermUse() | TableUse():
                raise Unsupported
            case _:
                assert_never(expr)

    # ---- connectives ---------------------------------------------------------------------------------------------------------

    def _connect(self, expr: And | Or, scope: Scope, here: Region) -> Truths:
        parts = [self.truth(one, scope, here) for one in expr.args]
        region, deep = self.place(here, list(parts))
        every, some = (" and ", " or ") if isinstance(expr, And) else (" or ", " and ")
        if all(one.empty is None for one in parts):
            true, false = _joined(every, [one.true for one in parts]), _joined(some, [one.false for one in parts])
            if isinstance(expr, Or):
                return Truths(true, false, None, region, deep)
            asked = self._fewer([part for one in parts for part in one.parts or (one.true,)])
            return Truths(_joined(every, asked), false, None, region, deep, tuple(asked))
        # What is vacuous is neutral: it neither helps nor hinders, and alone it stays vacuous.
        decides = [one.false if isinstance(expr, And) else one.true for one in parts]
        agrees = [one.true if isinstance(expr, And) else one.false for one in parts]
        nothing = [one.empty or "False" for one in parts]
        all_empty = "(" + " and ".join(nothing) + ")"
        calm = " and ".join(f"({yes} or {none})" for yes, none in zip(agrees, nothing, strict=True))
        met, broken = f"({calm} and not {all_empty})", "(" + " or ".join(decides) + ")"
        return Truths(met, broken, all_empty, region, deep) if isinstance(expr, And) else Truths(broken, met, all_empty, region, deep)

    def _fewer(self, parts: list[str]) -> list[str]:
        """The conditions without those that others imply: a value that is there is no gap."""
        there = {part.removesuffix(" is not None") for part in parts if part.endswith(" is not None")}
        there |= {found[1] for part in parts if (found := _THERE.fullmatch(part)) and f"{found[2]} != {found[3]}" in parts}
        left = [one for one in parts if not ((found := _THERE.fullmatch(one) or _NO_GAP.fullmatch(one)) and self._owner(found) in there)]
        first = [f"{name} is not None" for name in sorted(there, key=lambda name: next(at for at, one in enumerate(parts) if name in one))]
        return list(dict.fromkeys([*first, *left]))

    def _owner(self, found: re.Match[str]) -> str | None:
        return found["value"] if "value" in found.re.groupindex else self.gap_of.get(found["gap"])

    def code(self, expr: Expr, scope: Scope, here: Region) -> Value:
        """The truth as a number: 0 false, 1 unknown, 2 true, 3 vacuous."""
        match expr:
            case Quant():
                return self._quant(expr, scope, here)
            case If():
                cond, then, other = (self.code(one, scope, here) for one in (expr.cond, expr.then, expr.other))
                region, deep = self.place(here, [cond, then, other])
                agree = f"{then.text} if {then.text} == {other.text} else 1"
                text = f"{then.text} if {cond.text} == 2 else {other.text} if {cond.text} == 0 else 3 if {cond.text} == 3 else {agree}"
                return Value(self.emit(region, deep, text, "c"), region, False, True, deep)
            case _:
                found = self.truth(expr, scope, here)
                rest = "1" if found.empty is None else f"3 if {found.empty} else 1"
                text = f"2 if {found.true} else 0 if {found.false} else {rest}"
                return Value(self.emit(found.region, found.deep, text, "c"), found.region, False, found.empty is not None, found.deep)

    def _coded(self, value: Value) -> Truths:
        empty = f"{value.text} == 3" if value.hollow else None
        return Truths(f"{value.text} == 2", f"{value.text} == 0", empty, value.region, value.deep)

    # ---- tests ----------------------------------------------------------------------------------------------------------------

    def _either(self, values: tuple[Value, ...], test: str, here: Region) -> Truths:
        if len(values) == 1 and self.celled and values[0].region.depth > 0 and not values[0].deep and not values[0].hollow:
            # A test of its own line moves into the cell of the element.
            test = self.emit(values[0].region, False, f"{values[0].text} is not None and {test}", "b")
        return self._test(values, test, f"not {test}", here)

    def _test(self, values: tuple[Value, ...], true: str, false: str, here: Region, *, shut: bool = False) -> Truths:
        """A two-valued test of known values; `shut`: what says that it is true holds of nothing that is unknown or not there."""
        region, deep = self.place(here, list(values))
        known = [f"{one.text} is not None" for one in values if one.open]
        filled = [f"{one.text} is not EMPTY" for one in values if one.hollow]
        guard = " and ".join([*known, *filled, ""])
        empty = None
        if filled:
            empty = "(" + " and ".join([*known, "(" + " or ".join(f"{one.text} is EMPTY" for one in values if one.hollow) + ")"]) + ")"
        asked = (true,) if shut else (*known, *filled, true)
        return Truths(f"({' and '.join(asked)})", f"({guard}{false})", empty, region, deep, asked)

    def _is(self, expr: Is, scope: Scope, here: Region) -> Truths:
        cursor = self.node(scope, expr.operand.var, expr.operand.path, expr.operand.type)
        if not isinstance(cursor.type, ListT | RecordT):
            self.read(cursor)
        name, gap = cursor.name, self.gap(cursor)
        ways = {State.VALUE: f"{name} is not None", State.ABSENT: f"{name} is None"}
        if gap is not None:
            ways[State.ABSENT] = f"({name} is None and {gap} == 0)"
            ways |= {state: f"{gap} == {one}" for state, one in GAPS.items()} | {State.NOT_APPLICABLE: f"{gap} >= {_DECLARED}"}
        if expr.reasoned and gap is not None:
            answered = [text for state, text in ways.items() if state in expr.states and state is not State.NOT_APPLICABLE]
            reasoned = [f"{gap} == {_DECLARED}"] if State.NOT_APPLICABLE in expr.states else []
            true = f"({' or '.join([*answered, *reasoned]) or 'False'})"
            return Truths(true, f"(not {true})", None, cursor.region, parts=(_bare(true),))
        texts = []
        for among in (True, False):
            hits = [text for state, text in ways.items() if (state in expr.states) is among]
            others = [state for state in ways if (state in expr.states) is not among]
            if len(others) == 1 and others[0] in GAPS:
                texts.append(f"{gap} < {_DECLARED}" if others[0] is State.NOT_APPLICABLE else f"{gap} != {GAPS[others[0]]}")
            else:
                texts.append("True" if not others else "False" if not hits else f"({' or '.join(hits)})")
        return Truths(texts[0], texts[1], None, cursor.region, parts=(_bare(texts[0]),))

    def _compare(self, expr: Compare, scope: Scope, here: Region) -> Truths:
        left, right = self.operand(expr.left, scope, here), self.operand(expr.right, scope, here)
        operator = _OPERATORS[expr.op]
        if not isinstance(type_of(expr.left), PeriodT):
            true, false = f"{left.text} {operator} {right.text}", f"{left.text} {_OPPOSITE[operator]} {right.text}"
            # What is unknown equals no constant.
            shut = operator == "==" and not ((left.open and right.open) or (left.hollow and right.hollow))
            return self._test((left, right), true, false, here, shut=shut)
        if operator in ("==", "!="):
            self.names.setdefault("is_among", is_among)
            same = f"is_among({left.text}, ({right.text},))"
            return self._test((left, right), same if operator == "==" else f"not {same}", f"not {same}" if operator == "==" else same, here)
        region, deep = self.place(here, [left, right])
        self.names.setdefault("in_order", in_order)
        bad = [f"{one.text} is {what}" for one in (left, right) for what, may in (("None", one.open), ("EMPTY", one.hollow)) if may]
        call = f"in_order({left.text}, {right.text})"
        name = self.emit(region, deep, f"None if {' or '.join(bad)} else {call}" if bad else call, "o")
        return self._test((left, right), f"{name} {operator} 0", f"{name} {_OPPOSITE[operator]} 0", here)

    def _in(self, expr: In, scope: Scope, here: Region) -> Truths:
        value = self.operand(expr.operand, scope, here)
        options = tuple(plain_number(one.value) for one in expr.options)
        if isinstance(type_of(expr.operand), PeriodT):
            self.names.setdefault("is_among", is_among)
            return self._either((value,), f"is_among({value.text}, {self.given(options, 'k')})", here)
        name = self.given(frozenset(options), "k", ("set", repr(sorted(map(repr, options)))))
        return self._test((value,), f"{value.text} in {name}", f"{value.text} not in {name}", here, shut=True)

    def _match(self, expr: Match, scope: Scope, here: Region) -> Truths:
        pattern, _ = compile_pattern(expr.pattern)
        if pattern is None:
            raise Unsupported
        value = self.operand(expr.operand, scope, here)
        test: object = pattern.matches if expr.whole else pattern.found_in
        source = pattern.python_source if expr.whole else pattern.python_search_source
        if source is None:
            # RE2 takes some fifty look-ups for one text, and texts come again.
            test = ValueCache(pattern.matches if expr.whole else pattern.found_in).__getitem__
        elif self.gathers:
            # Texts of decoded JSON hold no half characters, which alone the pattern reads in a way of its own.
            test = re.compile(source).fullmatch if expr.whole else re.compile(source).search
        name = self.given(test, "w", (expr.pattern, expr.whole))
        return self._either((value,), f"{name}({value.text})", here)

    def _contains(self, expr: Contains, scope: Scope, here: Region) -> Truths:
        text, part = self.operand(expr.operand, scope, here), self.operand(expr.part, scope, here)
        match expr.how:
            case "contains":
                return self._either((text, part), f"({part.text} in {text.text})", here)
            case "starts":
                return self._either((text, part), f"{text.text}.startswith({part.text})", here)
            case "ends":
                return self._either((text, part), f"{text.text}.endswith({part.text})", here)
            case _:
                raise Unsupported

    # ---- collections ------------------------------------------------------------------------------------------------------------

    def _quant(self, expr: Quant, scope: Scope, here: Region) -> Value:
        if not isinstance(expr.source, Each):
            raise Unsupported
        key = ("quant", expr, tuple((var, one.name) for var, one in scope.items()))
        at: Region | None = here
        while at is not None:
            if key in at.known:
                found: Value = at.known[key]
                return found
            at = at.owner
        try:
            return self._quant_in(expr, scope, here, key, shared=True)
        except TooDeep:
            return self._quant_in(expr, scope, here, key, shared=False)

    def _quant_in(self, expr: Quant, scope: Scope, here: Region, key: object, *, shared: bool) -> Value:
        assert isinstance(expr.source, Each)
        cursor, gap = self.loop(expr.source, scope, here, shared=shared)
        inner, home = cursor.region, cursor.region.owner
        assert home is not None
        body = self.truth(expr.body, {**scope, expr.var: cursor}, inner)
        self.place(inner, [body])
        true, unknown = self.fresh("t"), self.fresh("t")
        # Only 每个 is decided by what is false.
        false = self.fresh("t") if expr.kind is QuantKind.EVERY else ""
        counters = tuple(one for one in (true, false, unknown) if one)
        start = f"{' = '.join(counters)} = 0"
        if shared:
            home.pre.append(start)
        else:
            home.post.extend([start, (inner.known["head"], inner)])
        lines = [f"if {body.true}: {true} += 1", f"elif {body.false}: {f'{false} += 1' if false else 'pass'}"]
        if body.empty is not None:
            lines.append(f"elif {body.empty}: pass")
        inner.tests.append(Tally((*lines, f"else: {unknown} += 1"), counters, rare=(unknown,)))
        name = self.fresh("c")
        home.post.append(f"{name} = {counted(expr.kind, expr.count, (true, false, unknown, gap))}")
        found = Value(name, home, False, str(expr.kind) == "every", True)
        home.known[key] = found
        return found

    def _distinct(self, expr: Unique | First, scope: Scope, here: Region) -> Truths:
        """唯一 and 首次出现 among the elements of one list, each of which is the subject itself."""
        if expr.within is None:
            raise Unsupported
        own = scope[0]
        source = self.node(scope, expr.within.var, expr.within.path)
        if own.source != source.name or isinstance(type_of(expr.operand), RecordT | RefT):
            raise Unsupported
        if isinstance(expr, Unique):
            return self._unique(expr, expr.within, scope, here)
        if own.region.late:
            raise Unsupported
        inner, home = own.region, own.region.owner
        assert home is not None
        value = self._own_value(expr.operand, scope, inner)
        seen, known = self.fresh("s"), self.fresh("d")
        home.pre.append(f"{seen} = set()")
        lines = f"{known} = {value.text} in {seen}", f"if not {known}: {seen}.add({value.text})"
        inner.pre.extend(lines)
        found = self._test((Value(value.text, inner, value.open),), f"not {known}", known, here)
        inner.known.setdefault("firsts", []).append(FirstTest(value.text, seen, lines, found.true))
        return found

    def _unique(self, expr: Unique, within: Each, scope: Scope, here: Region) -> Truths:
        """All elements are counted in the loop that rules share, before any of them is judged in a later one."""
        late = scope[0].region
        if not late.late:
            raise TooDeep
        value = self._own_value(expr.operand, scope, late)
        cursor, _ = self.loop(within, scope, here, shared=True)
        home = cursor.region.owner
        assert home is not None
        key = ("counts", expr.operand, cursor.name)
        counts: str | None = home.known.get(key)
        if counts is None:
            counts = home.known[key] = self.fresh("s")
            counted = self._own_value(expr.operand, {**scope, 0: cursor}, cursor.region).text
            home.pre.append(f"{counts} = {{}}")
            cursor.region.tests.append(f"{counts}[{counted}] = {counts}.get({counted}, 0) + 1")
        return self._test((value,), f"{counts}[{value.text}] == 1", f"{counts}[{value.text}] > 1", here)

    def _own_value(self, operand: Expr, scope: Scope, inner: Region) -> Value:
        """What an element itself says; Unsupported where that is known only after other loops."""
        value = self.operand(operand, scope, inner)
        self.place(inner, [value])
        if value.region is not inner or value.deep or value.hollow:
            raise Unsupported
        return value


def _written_out(expr: Several) -> Expr:
    """A checklist in connectives: so many of its tests as it asks hold together, in one choice of them or another."""
    match expr.kind:
        case QuantKind.EVERY:
            return _all_of(expr.args)
        case QuantKind.SOME:
            return _some_of(1, expr.args)
        case QuantKind.NO:
            return Not(_some_of(1, expr.args))
        case QuantKind.AT_LEAST:
            return _some_of(expr.count, expr.args)
        case QuantKind.AT_MOST:
            return Not(_some_of(expr.count + 1, expr.args))
        case _:
            return _all_of((_some_of(expr.count, expr.args), Not(_some_of(expr.count + 1, expr.args))))


_MOST_CHOICES = 40


def _some_of(count: int, args: tuple[Expr, ...]) -> Expr:
    if comb(len(args), count) > _MOST_CHOICES or not 0 < count <= len(args):
        raise Unsupported
    chosen = tuple(_all_of(one) for one in combinations(args, count))
    return Or(chosen) if len(chosen) > 1 else chosen[0]


def _all_of(args: tuple[Expr, ...]) -> Expr:
    return And(args) if len(args) > 1 else args[0]


def _bare(text: str) -> str:
    """A text without the brackets round it, where it asks one thing only."""
    return text[1:-1] if text[:1] == "(" and " or " not in text and " and " not in text else text


def _joined(word: str, texts: list[str]) -> str:
    """Texts joined by and, or by or, without those that settle nothing."""
    neutral, settling = ("True", "False") if word == " and " else ("False", "True")
    left = list(dict.fromkeys(text for text in texts if text != neutral))
    if settling in left:
        return settling
    return f"({word.join(left)})" if len(left) > 1 else left[0] if left else neutral
