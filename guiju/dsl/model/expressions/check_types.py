"""The walk over expressions: each becomes a typed node of the intermediate form, or a complaint with the reason of what was expected.

The particular judgements stand beside this file; here is only which of them judges what.
"""

from collections.abc import Callable
from typing import assert_never

from guiju.diagnostics.span import Span
from guiju.dsl.builtins import aggregate_named
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import type_of
from guiju.dsl.model.expressions.check_checklists import checklist, tested_checklist
from guiju.dsl.model.expressions.check_collections import aggregate, quantifier, uniqueness
from guiju.dsl.model.expressions.check_comparisons import OPERATORS, compare, membership, text_test
from guiju.dsl.model.expressions.check_operands import arithmetic, call, conditional, minus, on_day, parity, text_literal
from guiju.dsl.model.expressions.check_size import DEEPEST, LARGEST, Measure, measure
from guiju.dsl.model.expressions.check_units import number
from guiju.dsl.model.names.context import Context, DiagnosticSink, Expected, Names, Scope, fold_name
from guiju.dsl.model.names.resolve_names import blank_as_said, resolve_path
from guiju.dsl.syntax import tree as syn
from guiju.terms.fact import State
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, DateT, ListT, TruthT

__all__ = ["Checker"]

_DEEPEST = 200
# How many terms may be open at once, each asked for in the body of the one before.
_MOST_OPEN = 16
_STATES: dict[str, tuple[State, ...]] = {
    "given": (State.VALUE, State.UNREADABLE),
    "missing": (State.ABSENT, State.PENDING),
    "declared_na": (State.NOT_APPLICABLE,),
    "pending": (State.PENDING,),
    "unreadable": (State.UNREADABLE,),
    "readable": tuple(one for one in State if one is not State.UNREADABLE),
}
_STATE_WORDS = {
    "given": Both("已提供", "is given"),
    "missing": Both("未提供", "is missing"),
    "declared_na": Both("声明不适用", "is declared not applicable"),
    "pending": Both("待定", "is pending"),
    "unreadable": Both("无法识别", "is unreadable"),
    "readable": Both("可识别", "is readable"),
}
_TEXT_TESTS = frozenset(
    [
        "matches",
        "not_matches",
        "contains",
        "not_contains",
        "contains_match",
        "starts_with",
        "ends_with",
        "has_format",
        "lacks_format",
        "contains_format",
    ]
)


class Checker(Context):
    """The walk, with terms and tables made when they are first asked for."""

    def __init__(
        self,
        names: Names,
        found: DiagnosticSink,
        make_term: "Callable[[Checker, str], ir.Term | None]",
        make_table: "Callable[[Checker, str], ir.Table | None]",
    ) -> None:
        super().__init__(names, found)
        self._make_term = make_term
        self._make_table = make_table
        self._terms: dict[str, ir.Term | None] = {}
        self._tables: dict[str, ir.Table | None] = {}
        self._depth = 0
        self._open: list[tuple[str, str]] = []
        self._circular: set[tuple[str, str]] = set()
        self._too_far: set[tuple[str, str]] = set()
        self._measures: dict[str, Measure] = {}

    def term(self, id: str) -> ir.Term | None:
        """The term, checked at its first use; one that is defined by itself has been complained of where it is declared."""
        if id not in self._terms and self._opens("term", id):
            depth, self._depth = self._depth, 0
            self._terms[id] = self._make_term(self, id)
            self._open.pop()
            self._depth = depth
            made = self._terms[id]
            if made is not None:
                self._measures[id] = self.measure(made.body)
        return self._terms.get(id)

    def table(self, id: str) -> ir.Table | None:
        """The table, checked at its first use; one that calls itself is complained of as a term that does."""
        if id not in self._tables and self._opens("table", id):
            depth, self._depth = self._depth, 0
            self._tables[id] = self._make_table(self, id)
            self._open.pop()
            self._depth = depth
        return self._tables.get(id)

    def _opens(self, kind: str, id: str) -> bool:
        """Whether a definition may be looked into now: not within itself, nor at the end of too long a chain."""
        if (kind, id) in self._open:
            self._circular.add((kind, id))
            return False
        if len(self._open) > _MOST_OPEN:
            self._too_far.add((kind, id))
            return False
        self._open.append((kind, id))
        return True

    @property
    def too_far(self) -> frozenset[tuple[str, str]]:
        """The (kind, id) of terms and tables that were met at the end of too long a chain of such that ask for one another."""
        return frozenset(self._too_far)

    def measure(self, expr: ir.Expr) -> Measure:
        """The size and depth of the expression once it is written out."""
        rows = {id: len(table.rows) for id, table in self._tables.items() if table is not None}
        return measure(expr, self._measures, rows)

    def is_too_large(self, expr: ir.Expr, span: Span) -> bool:
        """Whether the expression written out is beyond all use, which is then said."""
        size, depth = self.measure(expr)
        if size <= LARGEST and depth <= DEEPEST:
            return False
        self.found.report("T025", span)
        return True

    @property
    def circular(self) -> frozenset[tuple[str, str]]:
        """The (kind, id) of terms and tables met while they were being defined; the model says so where they are declared."""
        return frozenset(self._circular)

    # ---- operands ----

    def operand(self, expr: syn.Expr, scope: Scope, expected: Expected | None = None) -> ir.Expr | None:
        """A value; a condition where it cannot be anything else, for the caller to judge."""
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                self.found.report("T025", expr.span)
                return None
            return self._operand(expr, scope, expected)
        finally:
            self._depth -= 1

    def _operand(self, expr: syn.Expr, scope: Scope, expected: Expected | None) -> ir.Expr | None:
        match expr:
            case syn.Hole():
                return None
            case syn.Path():
                return self._path(expr, scope, expected)
            case syn.Number():
                return number(self, expr, expected)
            case syn.TextLiteral():
                return text_literal(self, expr, expected)
            case syn.DateLiteral(value=value):
                return ir.Const(value, DateT())
            case syn.SetLiteral():
                self.found.report("T005", expr.span, wanted=Both("一个值", "one value"), found=Both("一组值", "a set"), help=_SET_HELP)
                return None
            case syn.Negation(op="minus"):
                return minus(self, expr, scope, expected)
            case syn.Binary(op="+" | "-" | "*" | "/"):
                return arithmetic(self, expr, scope, expected)
            case syn.Binary(op="on_day"):
                return on_day(self, expr, scope)
            case syn.Conditional():
                return conditional(self, expr, scope, expected)
            case syn.Call():
                fold = aggregate_named(fold_name(expr.name.text))
                return call(self, expr, scope) if fold is None else aggregate(self, expr, fold, scope)
            case syn.Negation() | syn.Binary() | syn.Postfix() | syn.Quantifier() | syn.Several():
                return self._condition(expr, scope)
            case _:
                assert_never(expr)

    def _path(self, expr: syn.Path, scope: Scope, expected: Expected | None) -> ir.Expr | None:
        if any(not name.text for name in expr.names):
            return None
        found = resolve_path(self, expr, scope, expected)
        if isinstance(found, ir.Read) and isinstance(found.type, ListT):
            self.found.report("T003", expr.span, name=".".join(name.text for name in expr.names), help=_LIST_HELP)
            return None
        return blank_as_said(self, found, scope) if isinstance(found, ir.Read) else found

    # ---- propositions ----

    def proposition(self, expr: syn.Expr, scope: Scope) -> ir.Expr | None:
        """A condition; a yes-or-no value counts as one."""
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                self.found.report("T025", expr.span)
                return None
            return self._proposition(expr, scope)
        finally:
            self._depth -= 1

    def _proposition(self, expr: syn.Expr, scope: Scope) -> ir.Expr | None:
        if isinstance(expr, syn.Binary) and expr.op not in ("+", "-", "*", "/", "on_day"):
            return self._condition(expr, scope)
        found = self._operand(expr, scope, None)
        if found is None:
            return None
        ty = type_of(found)
        if isinstance(ty, TruthT):
            return found
        if isinstance(ty, BoolT):
            return ir.Truthy(found)
        help = Both("接着说它怎样，例如 已提供、是 …、≥ …", "say what of it: is given, is …, ≥ …") if isinstance(expr, syn.Path) else None
        self.found.report("T002", expr.span, found=self.words(ty), help=help)
        return None

    def _condition(self, expr: syn.Negation | syn.Binary | syn.Postfix | syn.Quantifier | syn.Several, scope: Scope) -> ir.Expr | None:
        listed = tested_checklist(expr)
        if listed is not None:
            return checklist(self, *listed, scope)
        assert not isinstance(expr, syn.Several)
        match expr:
            case syn.Negation(arg=arg):
                inner = self.proposition(arg, scope)
                return None if inner is None else ir.Not(inner)
            case syn.Binary(op="and" | "or" as op):
                return self._connected(expr, op, scope)
            case syn.Binary(op=op) if op in OPERATORS:
                return compare(self, expr, scope)
            case syn.Binary(op="in" | "not_in"):
                return membership(self, expr, scope)
            case syn.Binary(op=op) if op in _TEXT_TESTS:
                return text_test(self, expr, scope)
            case syn.Binary(op=op):
                raise AssertionError(f"no operator is called {op}")
            case syn.Postfix(op="unique" | "first" | "uniform"):
                return uniqueness(self, expr, scope)
            case syn.Postfix(op="odd" | "even" as op):
                return parity(self, expr.operand, op, scope)
            case syn.Postfix():
                return self._state(expr, scope)
            case syn.Quantifier():
                return quantifier(self, expr, scope)
            case _:
                assert_never(expr)

    def _connected(self, expr: syn.Binary, op: str, scope: Scope) -> ir.Expr | None:
        """且 and 或, a run of the same word as one node; every side is checked even when one is wrong."""
        sides: list[syn.Expr] = []
        rest: syn.Expr = expr
        while isinstance(rest, syn.Binary) and rest.op == op:
            sides.append(rest.right)
            rest = rest.left
        made = [self.proposition(side, scope) for side in (rest, *reversed(sides))]
        args = tuple(one for one in made if one is not None)
        if len(args) != len(made):
            return None
        return ir.And(args) if op == "and" else ir.Or(args)

    def _state(self, expr: syn.Postfix, scope: Scope) -> ir.Expr | None:
        if isinstance(expr.operand, syn.Hole):
            return None
        found: ir.Expr | None = None
        if isinstance(expr.operand, syn.Path):
            if any(not name.text for name in expr.operand.names):
                return None
            found = resolve_path(self, expr.operand, scope, None)
            if found is None:
                return None
        if not isinstance(found, ir.Read):
            self.found.report("T011", expr.operand.span, word=_STATE_WORDS[expr.op])
            return None
        return ir.Is(found, _STATES[expr.op])


_SET_HELP = Both("一组值只跟在 属于 后面", "a set follows `in` only")
_LIST_HELP = Both("用 每个/存在 … 满足 (…) 逐个来说，或用 数量(…)、合计(…)", "use every/some … satisfies (…), or count(…), sum(…)")
