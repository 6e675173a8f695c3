"""The amounts, numbers and days that a rule holds, each with the side on which what is right lies.

公告日 ≤ 受理日 + 10 个工作日 holds ten working days as a most; 适用 总投资 ≥ 500万元 holds an amount as a condition, on no side.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from guiju.dsl.builtins import BUILTINS
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children
from guiju.dsl.model.messages.message_words import Amount, Direction
from guiju.terms.quantities.units import UNITS, Dimension
from guiju.terms.time.period import Period, PeriodKind
from guiju.terms.types import IntT, MoneyT, NumberT, PercentT, PeriodT, QuantityT, Type

__all__ = ["Held", "held_by"]

_UNIT_OF = {
    kind: UNITS[id]
    for id, kind in (
        ("workday", PeriodKind.WORKDAYS),
        ("day", PeriodKind.DAYS),
        ("week", PeriodKind.WEEKS),
        ("month", PeriodKind.MONTHS),
        ("year", PeriodKind.YEARS),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One constant of a rule: what it measures, or its bare number, or its day; `side` is None where it is no bound.

    `asked` is false for what stands in a condition of the rule.
    """

    amount: Amount | None = None
    number: Fraction | None = None
    day: date | None = None
    side: Direction | None = None
    asked: bool = True


@dataclass(frozen=True, slots=True)
class _Walk:
    """The definitions by id, and what was gathered."""

    parameters: Mapping[str, ir.Parameter]
    terms: Mapping[str, ir.Term]
    tables: Mapping[str, ir.Table]
    held: list[Held] = field(default_factory=list)

    def of(self, expr: ir.Expr, sign: int, asked: bool) -> None:
        """A proposition that is wanted true (`sign` 1), wanted false (-1), or neither (0)."""
        match expr:
            case ir.Compare():
                self.compared(expr, sign, asked)
            case ir.Not():
                self.of(expr.arg, -sign, asked)
            case ir.And() | ir.Or():
                for one in expr.args:
                    self.of(one, sign, asked)
            case ir.If():
                self.of(expr.cond, 0, False)
                self.of(expr.then, sign, asked)
                self.of(expr.other, sign, asked)
            case ir.Quant() | ir.Several():
                self.quantified(expr, sign, asked)
            case ir.TermUse(term=term) if term in self.terms:
                self.of(self.terms[term].body, sign, asked)
            case ir.In():
                for option in expr.options:
                    self.keep(option.value, option.type, None, asked)
                self.operand(expr.operand, None, asked)
            case _:
                for one in children(expr):
                    self.operand(one, None, asked)

    def quantified(self, expr: ir.Quant | ir.Several, sign: int, asked: bool) -> None:
        inner = {ir.QuantKind.NO: -sign, ir.QuantKind.AT_MOST: -sign, ir.QuantKind.EXACTLY: 0}.get(expr.kind, sign)
        side = {ir.QuantKind.AT_LEAST: Direction.LEAST, ir.QuantKind.AT_MOST: Direction.MOST}.get(expr.kind)
        if expr.kind in (ir.QuantKind.AT_LEAST, ir.QuantKind.AT_MOST, ir.QuantKind.EXACTLY):
            self.keep(expr.count, IntT(), _turned(side, sign), asked)
        for one in expr.args if isinstance(expr, ir.Several) else (expr.body,):
            self.of(one, inner, asked)

    def compared(self, expr: ir.Compare, sign: int, asked: bool) -> None:
        if expr.op in ("=", "≠"):
            for one in (expr.left, expr.right):
                self.operand(one, None, asked)
            return
        # The bound stands right: x ≥ bound asks for a least.
        side = _turned(Direction.LEAST if expr.op in ("≥", ">") else Direction.MOST, sign)
        self.operand(expr.right, side, asked)
        self.operand(expr.left, side.other if side is not None else None, asked)

    def operand(self, expr: ir.Expr, side: Direction | None, asked: bool) -> None:
        """An operand that bounds what stands opposite on that side."""
        other = side.other if side is not None else None
        match expr:
            case ir.Const():
                self.keep(expr.value, expr.type, side, asked)
            case ir.Param(id=id) if id in self.parameters:
                for value in self.parameters[id].values:
                    self.keep(value.value, expr.type, side, asked)
            case ir.Arith(op=op):
                self.operand(expr.left, side, asked)
                self.operand(expr.right, other if op in ("-", "/") else side, asked)
            case ir.Call(fn=fn):
                for one in expr.args:
                    self.operand(one, side if BUILTINS[fn].grows else None, asked)
            case ir.If():
                self.of(expr.cond, 0, False)
                self.operand(expr.then, side, asked)
                self.operand(expr.other, side, asked)
            case ir.TableUse(table=table) if table in self.tables:
                for row in self.tables[table].rows:
                    self.keep(row.result.value, row.result.type, side, asked)
            case ir.Fold():
                for part in (expr.among, expr.where):
                    if part is not None:
                        self.of(part, 0, False)
                if expr.item is not None:
                    self.operand(expr.item, None, asked)
            case ir.Quant() | ir.Several() | ir.Compare() | ir.And() | ir.Or() | ir.Not():
                self.of(expr, 0, asked)
            case _:
                for one in children(expr):
                    self.operand(one, None, asked)

    def keep(self, value: object, type: Type, side: Direction | None, asked: bool) -> None:
        amount = _amount(value, type)
        number = Fraction(value) if isinstance(type, IntT | NumberT) and isinstance(value, int | Decimal | Fraction) else None
        if amount is not None and amount[0] is Dimension.COUNT:
            number, amount = amount[1], None
        day = value if isinstance(value, date) else None
        if amount is not None or number is not None or day is not None:
            self.held.append(Held(amount=amount, number=number, day=day, side=side, asked=asked))


def _turned(side: Direction | None, sign: int) -> Direction | None:
    return None if side is None or sign == 0 else side if sign > 0 else side.other


def _amount(value: object, type: Type) -> Amount | None:
    match type, value:
        case PeriodT(), Period():
            unit = _UNIT_OF[value.kind]
            return unit.dimension, value.count * unit.factor
        case MoneyT(), Decimal() | Fraction():
            return Dimension.MONEY, Fraction(value)
        case PercentT(), Decimal() | Fraction():
            return Dimension.SHARE, Fraction(value)
        case QuantityT(dimension=dimension), Decimal() | Fraction() | int():
            return Dimension(dimension), Fraction(value)
        case _:
            return None


def held_by(
    rule: ir.Rule, parameters: Mapping[str, ir.Parameter], terms: Mapping[str, ir.Term], tables: Mapping[str, ir.Table]
) -> Iterator[Held]:
    """Every constant of the rule, of the terms and the tables that it uses, and every value of its parameters."""
    walk = _Walk(parameters, terms, tables)
    sign = -1 if rule.force.forbids else 1
    walk.of(rule.requirement, sign, True)
    if rule.applies is not None:
        walk.of(rule.applies, 0, False)
    for one in rule.exceptions:
        walk.of(one.when, 0, False)
        if one.instead is not None:
            walk.of(one.instead, sign, True)
    return iter(walk.held)
