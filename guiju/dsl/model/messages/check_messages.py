"""An author's own words are held against the rule beside which they stand: amounts, numbers and days, and the side of each.

Only what can be compared is: where the rule holds amounts of a sort, an amount of that sort in its words must be one of them;
and where it holds the very amount, the words must not turn it round.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from guiju.diagnostics.diagnostic import Label
from guiju.diagnostics.span import Span
from guiju.dsl.model.messages.check_message_names import check_names
from guiju.dsl.model.messages.message_words import Amount, Bound, Direction, amounts_in, bounds_in, days_in
from guiju.dsl.model.messages.rule_bounds import Held, held_by
from guiju.dsl.model.names.context import DiagnosticSink
from guiju.dsl.model.names.tree import CheckedModel, CheckedRule
from guiju.dsl.syntax import tree as syn
from guiju.terms.quantities.units import UNITS, Dimension
from guiju.terms.tongue import Both

__all__ = ["Messages"]

_TOLD = ("fix", "says")
_SPANS = frozenset({Dimension.TIME, Dimension.WORKDAYS, Dimension.MONTHS})
_DAY = UNITS["day"].factor
_SIDES = {Direction.LEAST: Both("至少这么多", "at least this"), Direction.MOST: Both("至多这么多", "at most this")}
_DAYS = {Direction.LEAST: Both("不早于这一天", "not before this day"), Direction.MOST: Both("不晚于这一天", "not after this day")}


class Messages:
    """Hints and warnings on 整改 and 提示 that name an amount, a side or a name where the rule holds another."""

    def __init__(self, model: CheckedModel, found: DiagnosticSink) -> None:
        self._model = model
        self._found = found
        self._parameters = {one.id: one for one in model.parameters}
        self._terms = {one.id: one for one in model.terms}
        self._tables = {one.id: one for one in model.tables}

    def check(self, one: CheckedRule) -> None:
        """Everything that the words of one rule name."""
        parts = [part for part in one.decl.parts if isinstance(part, syn.FreeText) and part.kind in _TOLD]
        if parts:
            words = _Words(one, tuple(held_by(one.rule, self._parameters, self._terms, self._tables)), self._found)
            for part in parts:
                words.check(part)
            check_names(self._model, one, parts, self._terms, self._found)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one rule, held against its constants."""

    checked: CheckedRule
    held: tuple[Held, ...]
    found: DiagnosticSink

    def check(self, part: syn.FreeText) -> None:
        """Everything that one text names."""
        faulty: list[Span] = []
        for said, amount in amounts_in(part):
            if self._differs(amount):
                faulty.append(said.span)
                self._other_amount(said.span, said.written)
        for bound in bounds_in(part):
            if not any(bound.span.contains(span) for span in faulty):
                self._bound(bound)
        for bound in days_in(part):
            self._day(bound)

    def _differs(self, amount: Amount) -> bool:
        """Whether the rule holds amounts of that sort, and this one is none of them."""
        amounts = {one.amount for one in self.held if one.amount is not None}
        if amount in amounts:
            return False
        return any(one[0] is amount[0] or _are_confused(one, amount) for one in amounts)

    def _bound(self, bound: Bound) -> None:
        alike = [one for one in self.held if _is_like(bound, one)]
        if alike:
            self._turned_round(bound, alike, _SIDES)
        elif bound.amount is None and any(one.asked and one.number is not None and one.side is not None for one in self.held):
            self._other_amount(bound.span, bound.written)

    def _day(self, bound: Bound) -> None:
        alike = [one for one in self.held if one.day == bound.day]
        if alike:
            self._turned_round(bound, alike, _DAYS)
        elif any(one.asked and one.day is not None and one.side is not None for one in self.held):
            self._other_amount(bound.span, bound.written)

    def _turned_round(self, bound: Bound, alike: list[Held], words: Mapping[Direction, Both]) -> None:
        sides = {one.side for one in alike}
        if None in sides or bound.direction in sides:
            return
        label = Label(self.checked.decl.keyword_span, Both("这条规则", "this rule"))
        self.found.report("H017", bound.span, written=bound.written, side=words[bound.direction.other], labels=(label,))

    def _other_amount(self, span: Span, written: str) -> None:
        label = Label(self.checked.decl.keyword_span, Both("这条规则里没有这个数", "no such amount in this rule"))
        self.found.report("H016", span, written=written, labels=(label,))


def _are_confused(one: Amount, other: Amount) -> bool:
    """Spans of two calendars that people take for each other: ten days and ten working days, a month and thirty days."""
    if one[0] is other[0] or not {one[0], other[0]} <= _SPANS:
        return False
    return bool(set(_counts(one)) & set(_counts(other)))


def _counts(amount: Amount) -> Iterator[Fraction]:
    sort, much = amount
    match sort:
        case Dimension.TIME:
            yield much / _DAY
        case Dimension.MONTHS:
            yield from (much, much * 30)
        case _:
            yield much


def _is_like(bound: Bound, held: Held) -> bool:
    """The same amount; a number of the rule that has no unit is like one of the words that has one."""
    if held.amount is not None:
        return held.amount == bound.amount
    if held.number is None:
        return False
    return held.number in _readings(bound)


def _readings(bound: Bound) -> Iterator[Fraction]:
    if bound.number is not None:
        yield bound.number
    if bound.amount is not None and bound.amount[0] is Dimension.SHARE:
        yield bound.amount[1]
        yield bound.amount[1] * 100
