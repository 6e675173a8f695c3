"""An author's own words are held against the rule beside which they stand: the amounts, periods and shares that they name.

Only what can be compared is: where the rule holds amounts of a sort, an amount of that sort in its words must be one of them.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from guiju.diagnostics.diagnostic import Label
from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.model.context import Found
from guiju.dsl.model.tree import CheckedModel, CheckedRule
from guiju.dsl.syntax import tree as syn
from guiju.terms.period import Period, PeriodKind
from guiju.terms.quantity import Quantity
from guiju.terms.quantity_text import parse_quantity
from guiju.terms.tongue import Both
from guiju.terms.types import MoneyT, PercentT, PeriodT, QuantityT, Type
from guiju.terms.units import UNITS, Dimension

__all__ = ["check_messages"]

_NUMBER = r"(?:[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?|[一二两三四五六七八九十百千]+)"
_UNIT = r"(?:个?工作日|个月|日|天|周|年|亿元|万元|元|%|％|working days?|days?|weeks?|months?|years?|per cent)"
_AMOUNT = re.compile(rf"(?<![0-9０-９.．第〔(（\-—至到一二三四五六七八九十百千月年]){_NUMBER} ?{_UNIT}(?![0-9０-９度初末底份])")
_SHARE = re.compile(r"百分之([一二三四五六七八九十百]+|[0-9]+)")
_TOLD = ("fix", "says")
# 2025年 is a year, not a period.
_FIRST_YEAR = 1900

_SORTS = frozenset({Dimension.MONEY, Dimension.SHARE, Dimension.TIME, Dimension.WORKDAYS, Dimension.MONTHS})
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

_Amount = tuple[Dimension, Fraction]
"""What is measured, and how much of its base unit."""


def check_messages(model: CheckedModel, rules: Iterable[tuple[CheckedRule, tuple[ir.Expr, ...]]], found: Found) -> None:
    """Warnings on 整改 and 提示 that name an amount where the rule holds others; each rule comes with all its nodes."""
    for one, nodes in rules:
        ruled = tuple(_of_rule(nodes, model.parameters))
        sorts = {sort for sort, _ in ruled}
        for part in one.decl.parts:
            if not isinstance(part, syn.FreeText) or part.kind not in _TOLD:
                continue
            for span, amount in _amounts(part):
                if amount[0] in sorts and amount not in ruled:
                    written = part.text[span.start - part.text_span.start : span.end - part.text_span.start]
                    label = Label(one.decl.keyword_span, Both("这条规则里没有这个数", "no such amount in this rule"))
                    found.say("H016", span, written=written, labels=(label,))


def _amounts(part: syn.FreeText) -> Iterator[tuple[Span, _Amount]]:
    start = part.text_span.start
    if part.text_span.end - start != len(part.text):
        return  # text of several lines does not lie in the file as it is kept
    for match in _AMOUNT.finditer(part.text):
        said = parse_quantity(match.group().replace("per cent", "%").replace("，", "").replace(",", ""))
        amount = _of_quantity(said) if isinstance(said, Quantity) else None
        if amount is not None:
            yield Span(part.text_span.file, start + match.start(), start + match.end()), amount
    for match in _SHARE.finditer(part.text):
        share = parse_quantity(f"{match.group(1)}天")
        if isinstance(share, Quantity):
            yield Span(part.text_span.file, start + match.start(), start + match.end()), (Dimension.SHARE, Fraction(share.value) / 100)


def _of_quantity(said: Quantity) -> _Amount | None:
    is_year = said.unit is _UNIT_OF[PeriodKind.YEARS] and said.value >= _FIRST_YEAR
    return None if is_year or said.unit.dimension not in _SORTS else (said.unit.dimension, Fraction(said.value) * said.unit.factor)


def _of_rule(nodes: tuple[ir.Expr, ...], parameters: tuple[ir.Parameter, ...]) -> Iterator[_Amount]:
    values = {one.id: one for one in parameters}
    for node in nodes:
        if isinstance(node, ir.Const):
            yield from _of_value(node.value, node.type)
        elif isinstance(node, ir.Param) and node.id in values:
            for value in values[node.id].values:
                yield from _of_value(value.value, node.type)


def _of_value(value: object, type: Type) -> Iterator[_Amount]:
    match type, value:
        case PeriodT(), Period():
            unit = _UNIT_OF[value.kind]
            yield unit.dimension, value.count * unit.factor
        case MoneyT(), Decimal():
            yield Dimension.MONEY, Fraction(value)
        case PercentT(), Decimal():
            yield Dimension.SHARE, Fraction(value)
        case QuantityT(dimension=dimension), Decimal():
            yield Dimension(dimension), Fraction(value)
        case _:
            return
