"""Emits operands of the IR as Python expressions: values, arithmetic, functions, conditionals and folds."""

from collections.abc import Callable

from guiju.dsl.ir.tree import Arith, AsOf, Call, Compare, Const, Dated, Each, Expr, Fold, If, Param, Read
from guiju.terms.blank import BLANK
from guiju.terms.types import CodeT, IntT, ListT, NumberT, RefT, TextT
from guiju.validators.engines.compiled.codegen.emitter import Emitter, Scope, Truths, Unsupported, Value
from guiju.validators.engines.compiled.codegen.region import Region, TooDeep
from guiju.validators.engines.compiled.codegen.rule_lines import Tally
from guiju.validators.engines.compiled.runtime.values import PairCache, apply
from guiju.validators.engines.values import fold, is_same, plain_number

__all__ = ["OperandEmitter"]

_LEAST_ROWS = 2


class OperandEmitter(Emitter):
    """The half of the emitter for values; `truth` belongs to the other half."""

    def truth(self, expr: Expr, scope: Scope, here: Region) -> Truths:
        """When a proposition is true, false, vacuous."""
        raise NotImplementedError

    def code(self, expr: Expr, scope: Scope, here: Region) -> Value:
        """The truth as a number: 0 false, 1 unknown, 2 true, 3 vacuous."""
        raise NotImplementedError

    def operand(self, expr: Expr, scope: Scope, here: Region) -> Value:
        """The value of an operand."""
        match expr:
            case Const():
                return Value(self.literal(expr.value), self._top(here), open=False)
            case AsOf():
                return Value(self.literal(self.plan.as_of), self._top(here), open=False)
            case Param():
                return Value("None", self._top(here))
            case Dated():
                return self.operand(expr.body, scope, here)
            case Read():
                return self._read(expr, scope)
            case If():
                return self._if(expr, scope, here)
            case Arith():
                return self._strict(expr.op, (expr.left, expr.right), expr.type, scope, here)
            case Call(fn="no_row"):
                return Value("None", self._top(here))
            case Call():
                return self._strict(expr.fn, expr.args, expr.type, scope, here)
            case Fold():
                return self._fold(expr, scope, here)
            case _:
                return self._of_truth(expr, scope, here)

    def _top(self, here: Region) -> Region:
        while here.owner is not None:
            here = here.owner
        return here

    def _read(self, expr: Read, scope: Scope) -> Value:
        cursor = self.node(scope, expr.var, expr.path, expr.type)
        if isinstance(expr.type, ListT) or (isinstance(expr.type, RefT) and not isinstance(cursor.type, RefT)):
            raise Unsupported
        return self.read(cursor)

    def _of_truth(self, expr: Expr, scope: Scope, here: Region) -> Value:
        found = self.truth(expr, scope, here)
        rest = "None" if found.empty is None else f"EMPTY if {found.empty} else None"
        name = self.emit(found.region, found.deep, f"True if {found.true} else False if {found.false} else {rest}", "b")
        return Value(name, found.region, True, found.empty is not None, found.deep)

    def _strict(self, fn: str, args: tuple[Expr, ...], type: object, scope: Scope, here: Region) -> Value:
        values = [self.operand(one, scope, here) for one in args]
        region, deep = self.place(here, list(values))
        call = self._called(fn, args, values, type)
        tests = [f"{one.text} is None" for one in values if one.open]
        hollow = [f"{one.text} is EMPTY" for one in values if one.hollow]
        text = f"EMPTY if {' or '.join(hollow)} else {call}" if hollow else call
        text = f"None if {' or '.join(tests)} else {text}" if tests else text
        return Value(self.emit(region, deep, text, "a"), region, True, bool(hollow), deep)

    def _called(self, fn: str, args: tuple[Expr, ...], values: list[Value], type: object) -> str:
        texts = [one.text for one in values]
        numbers = all(isinstance(_type(one), IntT | NumberT) for one in args)
        if numbers and fn in ("+", "-", "*") and isinstance(type, IntT | NumberT):
            return f"{texts[0]} {fn} {texts[1]}"
        match fn:
            case "length":
                return f"len({texts[0]}.strip({self.given(BLANK, 'k', 'blank')}))"
            case "year" | "month" | "day":
                return f"{texts[0]}.{fn}"
        made: Callable[..., object] = apply(fn, self.setting, type)  # type: ignore[arg-type]
        if fn in ("+", "-") and all(isinstance(one, Const | Read | AsOf | Call | If | Arith) for one in args):
            return f"{self.given(PairCache(made), 'g', ('pairs', fn, type))}[{', '.join(texts)}]"
        return f"{self.given(made, 'g', (fn, type))}({', '.join(texts)})"

    def _row(self, expr: If, scope: Scope, here: Region) -> Value | None:
        """A decision table on one value as one dictionary lookup; None where it is no such table."""
        rows: dict[object, object] = {}
        asked: Read | None = None
        at: Expr = expr
        while isinstance(at, If):
            match at.cond:
                case Compare(op="=", left=Read(type=TextT() | CodeT() | IntT()) as read, right=Const(value=key)) if asked in (None, read):
                    asked = read
                case _:
                    return None
            if not isinstance(at.then, Const):
                return None
            rows.setdefault(plain_number(key), plain_number(at.then.value))
            at = at.other
        if asked is None or len(rows) < _LEAST_ROWS or not isinstance(at, Call) or at.fn != "no_row":
            return None
        value = self._read(asked, scope)
        self.place(here, [value])
        return Value(
            self.emit(value.region, value.deep, f"{self.given(rows.get, 'k', expr)}({value.text})", "a"),
            value.region,
            True,
            False,
            value.deep,
        )

    def _if(self, expr: If, scope: Scope, here: Region) -> Value:
        row = self._row(expr, scope, here)
        if row is not None:
            return row
        cond = self.truth(expr.cond, scope, here)
        then, other = self.operand(expr.then, scope, here), self.operand(expr.other, scope, here)
        region, deep = self.place(here, [cond, then, other])
        known = [f"{one.text} is not {bad}" for one in (then, other) for bad, may in (("None", one.open), ("EMPTY", one.hollow)) if may]
        agree = " and ".join([*known, f"is_same({then.text}, {other.text})"])
        self.names.setdefault("is_same", is_same)
        last = f"{then.text} if {agree} else None"
        if cond.empty is not None:
            last = f"EMPTY if {cond.empty} else {last}"
        text = f"{then.text} if {cond.true} else {other.text} if {cond.false} else {last}"
        hollow = cond.empty is not None or then.hollow or other.hollow
        return Value(self.emit(region, deep, text, "a"), region, True, hollow, deep)

    # ---- folds ---------------------------------------------------------------------------------------------------------------

    def _fold(self, expr: Fold, scope: Scope, here: Region) -> Value:
        if not isinstance(expr.source, Each):
            raise Unsupported
        key = ("fold", expr, tuple((var, one.name) for var, one in scope.items()))
        for region in _outwards(here):
            if key in region.known:
                found: Value = region.known[key]
                return found
        try:
            return self._fold_in(expr, scope, here, key, shared=True)
        except TooDeep:
            return self._fold_in(expr, scope, here, key, shared=False)

    def _fold_in(self, expr: Fold, scope: Scope, here: Region, key: object, *, shared: bool) -> Value:
        assert isinstance(expr.source, Each)
        cursor, gap = self.loop(expr.source, scope, here, shared=shared)
        inner = cursor.region
        home = inner.owner
        assert home is not None
        counts = expr.fn == "count"
        if counts and shared and expr.among is None and expr.where is None and expr.item is None:
            text = "None" if gap == "True" else f"None if {gap} else len({cursor.source})"
            return Value(self.emit(home, False, text, "a"), home, True, False, False)
        items, lack = self.fresh("l"), self.fresh("u")
        body = self._fold_body(expr, {**scope, expr.var: cursor}, inner, items, lack)
        start = f"{items} = {'0' if counts else '[]'}; {lack} = 0"
        inner.tests.append(Tally(tuple(body), (lack, items) if counts else (lack,), () if counts else (items,), (lack,)))
        if shared:
            home.pre.append(start)
        else:
            home.post.extend([start, (inner.known["head"], inner)])
        if counts:
            value = items
        elif expr.fn == "sum" and isinstance(expr.type, IntT):
            value = f"sum({items})"
        elif expr.fn in ("max", "min") and isinstance(expr.type, IntT):
            value = f"({expr.fn}({items}) if {items} else EMPTY)"
        else:
            value = f"{self.given(fold(expr.fn, expr.type), 'g', (expr.fn, expr.type))}({items})"
        name = self.fresh("a")
        home.post.append(f"{name} = None if {gap} or {lack} else {value}")
        found = Value(name, home, True, expr.fn not in ("count", "distinct", "sum"), True)
        home.known[key] = found
        return found

    def _fold_body(self, expr: Fold, scope: Scope, inner: Region, items: str, lack: str) -> list[str]:
        """What one element brings, as lines behind all that the element's own region computes."""
        lines: list[str] = []
        indent = ""
        missing = f"{lack} += 1"
        for condition in (expr.among, None if expr.fn == "share" else expr.where):
            if condition is None:
                continue
            test = self.truth(condition, scope, inner)
            self.place(inner, [test])
            lines += _open(indent, test, missing)
            lines.append(f"{indent}if {test.true}:")
            indent += "    "
        if expr.fn == "share" and expr.where is not None:
            counted = self.truth(expr.where, scope, inner)
            self.place(inner, [counted])
            lines += _open(indent, counted, missing)
            lines.append(f"{indent}if {counted.true}: {items}.append(1)")
            lines.append(f"{indent}elif {counted.false}: {items}.append(0)")
        elif expr.item is None:
            lines.append(f"{indent}{items} += 1" if expr.fn == "count" else f"{indent}{items}.append(1)")
        else:
            value = self.operand(expr.item, scope, inner)
            self.place(inner, [value])
            brought = f"{items} += 1" if expr.fn == "count" else f"{items}.append({value.text})"
            gaps = [(f"{value.text} is None", missing)] if value.open else []
            gaps += [(f"{value.text} is EMPTY", "pass")] if value.hollow else []
            lines += [f"{indent}{'elif' if at else 'if'} {test}: {then}" for at, (test, then) in enumerate(gaps)]
            lines.append(f"{indent}else: {brought}" if gaps else f"{indent}{brought}")
        return lines


def _open(indent: str, test: Truths, missing: str) -> list[str]:
    known = " or ".join(f"({one})" for one in (test.true, test.false, test.empty) if one)
    return [f"{indent}if not ({known}): {missing}"]


def _outwards(region: Region | None) -> list[Region]:
    found = []
    while region is not None:
        found.append(region)
        region = region.owner
    return found


def _type(expr: Expr) -> object:
    return getattr(expr, "type", None)
