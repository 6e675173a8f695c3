"""What rules say against themselves or twice, as far as intervals and enumerations of one field tell; the solver tells the rest.

A ratio held against a number that was meant as a share, rows of a table that no value reaches, exceptions that both hold and differ,
a rule that another one says more strictly.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children, type_of
from guiju.dsl.model.names.context import DiagnosticSink
from guiju.dsl.model.names.tree import CheckedModel, CheckedRule
from guiju.dsl.model.names.type_words import is_measured
from guiju.dsl.syntax import tree as syn
from guiju.terms.tongue import Both

__all__ = ["check_contradictions"]

_LARGEST_SHARE = 100
_MOST_ROWS = 200


def check_contradictions(model: CheckedModel, rules: list[CheckedRule], found: DiagnosticSink) -> None:
    """Warnings and hints of these kinds."""
    for table in model.tables:
        where = model.where("table", table.id)
        if where is not None:
            _rows(table, where.span, found)
    for one in rules:
        _ratios(one, found)
        _exceptions(one, found)
    _weaker(rules, found)


# ---- ratios -------------------------------------------------------------------------------------------------------------------


def _ratios(one: CheckedRule, found: DiagnosticSink) -> None:
    asked = (one.rule.requirement, *(each.instead for each in one.rule.exceptions if each.instead is not None))
    for expr in asked:
        for number in _held_against_numbers(expr):
            share = format(number, "f")
            span = next((p.expr.span for p in one.decl.parts if isinstance(p, syn.Requirement) and p.kind not in ("applies",)), one.span)
            help = Both(f"若说的是百分之{share}，写作 {share}%", f"where {share} per cent is meant, write {share}%")
            found.report("H079", span, number=share, help=help)


def _held_against_numbers(expr: ir.Expr) -> Iterator[Decimal]:
    if isinstance(expr, ir.Compare):
        for side, other in ((expr.left, expr.right), (expr.right, expr.left)):
            if isinstance(side, ir.Arith) and side.op == "/" and isinstance(other, ir.Const) and isinstance(other.value, int | Decimal):
                same = type_of(side.left) == type_of(side.right) and is_measured(type_of(side.left))
                if same and not isinstance(side.right, ir.Const) and 1 < other.value <= _LARGEST_SHARE:
                    yield Decimal(other.value)
    for one in children(expr):
        yield from _held_against_numbers(one)


# ---- tables -------------------------------------------------------------------------------------------------------------------

_Cell = ir.CellSet | ir.CellBound | ir.CellRange | None


def _rows(table: ir.Table, span: Span, found: DiagnosticSink) -> None:
    for at, row in enumerate(table.rows[:_MOST_ROWS]):
        earlier = next((n for n, other in enumerate(table.rows[:at], 1) if _covers_row(other, row)), None)
        if earlier is not None and any(cell is not None for cell in table.rows[earlier - 1].cells):
            found.report("H081", span, table=table.name, row=str(at + 1), other=str(earlier))


def _covers_row(wide: ir.TableRow, narrow: ir.TableRow) -> bool:
    return all(_covers(one, other) for one, other in zip(wide.cells, narrow.cells, strict=True))


def _covers(wide: _Cell, narrow: _Cell) -> bool:
    """Whether every value that fits the one cell fits the other."""
    match wide, narrow:
        case None, _:
            return True
        case _, None:
            return False
        case _, ir.CellSet(options=options):
            return all(_fits(wide, one.value) for one in options)
        case ir.CellBound(), ir.CellRange(bounds=bounds):
            return any(_covers(wide, one) for one in bounds)
        case ir.CellRange(bounds=bounds), _:
            return all(_covers(one, narrow) for one in bounds)
        case ir.CellBound(op=op, bound=bound), ir.CellBound(op=other, bound=inner):
            return _implies(other, inner.value, op, bound.value)
        case _:
            return False


def _fits(cell: _Cell, value: object) -> bool:
    """Whether the value fits the cell."""
    match cell:
        case None:
            return True
        case ir.CellSet(options=options):
            return value in [one.value for one in options]
        case ir.CellRange(bounds=bounds):
            return all(_fits(one, value) for one in bounds)
        case ir.CellBound(op=op, bound=bound):
            return _implies("=", value, op, bound.value)


def _implies(op: str, value: object, wanted: str, bound: object) -> bool:
    """Whether `x op value` makes `x wanted bound` certain."""
    try:
        less, equal = bool(value < bound), value == bound  # type: ignore[operator]  # of one type, as the checker saw to
    except TypeError:
        return False
    more = not less and not equal
    match wanted:
        case "≥":
            return op in ("≥", ">", "=") and not less
        case ">":
            return (op in ("≥", "=") and more) or (op == ">" and not less)
        case "≤":
            return op in ("≤", "<", "=") and not more
        case "<":
            return (op in ("≤", "=") and less) or (op == "<" and not more)
        case "≠":
            return (op == "=" and not equal) or (op == "≠" and equal)
        case _:
            return op == "=" and equal


# ---- exceptions ---------------------------------------------------------------------------------------------------------------


def _exceptions(one: CheckedRule, found: DiagnosticSink) -> None:
    parts = [part for part in one.decl.parts if isinstance(part, syn.Except) and part.kind in ("except", "transition")]
    excepted = [(part, each) for part, each in zip(parts, one.rule.exceptions, strict=False) if not each.transition]
    for part, each in excepted:
        if part.cite is None and one.rule.status != "draft":
            found.report("H080", part.span, name=each.label)
    for (_, first), (part, second) in combinations(excepted, 2):
        if first.instead is None or second.instead is None or first.instead == second.instead:
            continue
        if _both_hold(first.when, second.when):
            found.report("H082", part.span, one=first.label, other=second.label)


def _both_hold(one: ir.Expr, other: ir.Expr) -> bool:
    """Whether some value of one field meets two bounds on it; only what is certain."""
    match one, other:
        case ir.Compare(left=ir.Read() as read, right=ir.Const()), ir.Compare(left=ir.Read() as same, right=ir.Const()) if read == same:
            pass
        case _:
            return False
    bounds = [(side.op, side.right.value) for side in (one, other) if isinstance(side, ir.Compare) and isinstance(side.right, ir.Const)]
    near = [value + step for _, value in bounds if isinstance(value, int | Decimal | Fraction) for step in (-1, 1)]
    return any(all(_implies("=", value, op, bound) for op, bound in bounds) for value in (*(value for _, value in bounds), *near))


# ---- rules that another one implies --------------------------------------------------------------------------------------------


def _weaker(rules: list[CheckedRule], found: DiagnosticSink) -> None:
    """A bound that a stricter rule of the same subject, condition and days asks already."""
    bounds: dict[tuple[object, ...], list[tuple[CheckedRule, ir.Compare]]] = {}
    for one in rules:
        rule, asked = one.rule, one.rule.requirement
        plain = not rule.exceptions and not rule.yields_to and rule.act is None and rule.submitted == (None, None) and not rule.stages
        if plain and isinstance(asked, ir.Compare) and isinstance(asked.left, ir.Read) and isinstance(asked.right, ir.Const):
            key = (rule.subject, rule.applies, rule.force, rule.start, rule.end, rule.status, asked.left)
            bounds.setdefault(key, []).append((one, asked))
    for group in bounds.values():
        for (first, strict), (second, loose) in combinations(group, 2):
            if (
                first.rule.id == second.rule.id
                or first.rule.force.forbids
                or not (isinstance(strict.right, ir.Const) and isinstance(loose.right, ir.Const))
            ):
                continue
            if strict.op == loose.op and strict.right == loose.right:
                continue
            if _implies(strict.op, strict.right.value, loose.op, loose.right.value):
                found.report("H083", second.decl.keyword_span, name=second.rule.name, other=first.rule.name)
            elif _implies(loose.op, loose.right.value, strict.op, strict.right.value):
                found.report("H083", first.decl.keyword_span, name=first.rule.name, other=second.rule.name)
