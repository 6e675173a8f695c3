"""Reads written values for compiled code: the value, or None and which gap it is, or Deoptimize; never a guess.

Deoptimize hands the whole record to the interpreter: for records and lists that are no such thing, and for what could end in an
error. So compiled code must be right in the plain cases only, and all others have one meaning in one place.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from guiju.terms.fact import Known, State
from guiju.terms.reading.reading import read_value
from guiju.terms.shape import Reading, Vocabulary
from guiju.terms.time.period import Period, PeriodKind
from guiju.terms.types import Type
from guiju.validators.engines.interpreter.functions import FUNCTIONS, Setting, arithmetic
from guiju.validators.engines.values import plain_number, value_or_gap

__all__ = [
    "BARE",
    "GAPS",
    "CellCache",
    "ListCache",
    "PairCache",
    "ValueCache",
    "VectorMemo",
    "apply",
    "reader",
]

_MOST_KEPT = 20_000
_LONGEST_KEPT = 64
_LONGEST_CELL = 1024
_MOST_BITS = 120


GAPS = {State.UNREADABLE: 1, State.PENDING: 2, State.NOT_APPLICABLE: 3}
"""How generated code says which gap a value is that is there and is none; 0 stands for a value, and for nothing given."""

BARE = 4
"""The gap of what is declared not applicable without its reason; no other gap has a greater number than `State.NOT_APPLICABLE`."""


Read = tuple[Any, int]


def reader(type: Type, vocabulary: Vocabulary, reading: Reading | None, unit: str | None, on: date) -> Callable[[Any], Read]:
    """A function that reads a raw value of that type: the value and 0; None and 0 where nothing is given; else None and its gap."""

    def read(raw: Any) -> Read:
        fact = read_value(raw, type, vocabulary, reading, unit=unit, on=on)
        if isinstance(fact, Known):
            return plain_number(fact.value), 0
        bare = fact.state is State.NOT_APPLICABLE and fact.detail is None
        return None, BARE if bare else GAPS.get(fact.state, 0)

    return read


class ValueCache(dict[str, Any]):
    """Cache of texts and what was read of them. Only short texts are kept, and only so many."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, raw: str) -> Any:
        value = self._read(raw)
        if len(raw) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[raw] = value
        return value


class CellCache(dict[bytes | None, Any]):
    """Cache of cells by their bytes. `decode` and `judge` are bound when the module is loaded."""

    __slots__ = ("decode", "judge")

    def __init__(self) -> None:
        super().__init__()
        self.decode: Callable[[bytes], Any] = bytes
        self.judge: Callable[[Any], Any] = bytes

    def __missing__(self, raw: bytes | None) -> Any:
        made = self.judge(None if raw is None else self.decode(raw))
        if raw is None or len(raw) <= _LONGEST_CELL:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[raw] = made
        return made


class ListCache:
    """Cache of elements of lists by their bytes, a column for each result; used as `CellCache` is.

    The first result is a number. Where elements must differ in the result `own`, each value of it has a bit from the bit `above`
    on. Only if all elements differ has the sum as many of these bits as there are elements.
    """

    def __init__(self, answers: int, own: int | None, above: int) -> None:
        self.decode: Callable[[bytes], Any] = bytes
        self.judge: Callable[[Any], tuple[Any, ...]] = tuple
        self.columns = tuple(_Column(self, at) for at in range(answers))
        self._own, self._above = own, above
        self._bits: dict[Any, int] = {}
        self._last: tuple[bytes, tuple[Any, ...]] = b"", ()

    def learn(self, raw: bytes) -> tuple[Any, ...]:
        """What is made of an element that is not known."""
        if raw == self._last[0] and self._last[1]:
            return self._last[1]
        made = self.judge(self.decode(raw))
        if self._own is not None:
            made = made[0] + self._bit(made[self._own]), *made[1:]
        self._last = raw, made
        if len(raw) <= _LONGEST_CELL:
            if len(self.columns[0]) >= _MOST_KEPT:
                for column in self.columns:
                    column.clear()
            for column, answer in zip(self.columns, made, strict=True):
                column[raw] = answer
        return made

    def _bit(self, value: Any) -> int:
        """The bit of a value; none for what is not known, and for values that come when all bits are taken."""
        if value is None or (value not in self._bits and len(self._bits) >= _MOST_BITS):
            return 0
        return 1 << self._above + self._bits.setdefault(value, len(self._bits))


class _Column(dict[bytes, Any]):
    """One answer on each element."""

    __slots__ = ("_at", "_memo")

    def __init__(self, memo: ListCache, at: int) -> None:
        super().__init__()
        self._memo, self._at = memo, at

    def __missing__(self, raw: bytes) -> Any:
        return self._memo.learn(raw)[self._at]


class VectorMemo(dict[int, tuple[int, ...]]):
    """Unpacks sums in which counters are packed; most sums repeat, so results are cached."""

    __slots__ = ("_bits", "_count")

    def __init__(self, count: int, bits: int) -> None:
        super().__init__()
        self._count, self._bits = count, bits

    def __missing__(self, pack: int) -> tuple[int, ...]:
        found = tuple(pack >> at * self._bits & (1 << self._bits) - 1 for at in range(self._count))
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[pack] = found
        return found


class PairCache(dict[tuple[Any, Any], Any]):
    """Cache of a function of two operands; days and periods repeat. Only so many are kept."""

    __slots__ = ("_function",)

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, pair: tuple[Any, Any]) -> Any:
        value = self._function(*pair)
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[pair] = value
        return value


def apply(fn: str, setting: Setting, type: Type) -> Callable[..., Any]:
    """A builtin, or an operator, on known values."""
    if fn in ("+", "-", "*", "/"):

        def call(left: Any, right: Any) -> Any:
            if left.__class__ is date and right.__class__ is Period and right.kind is PeriodKind.DAYS and fn in ("+", "-"):
                # Plain days need no calendar; a day that would lie in no year is told by who knows them all.
                with suppress(OverflowError):
                    return left + timedelta(right.count) if fn == "+" else left - timedelta(right.count)
            return value_or_gap(arithmetic(setting, fn, left, right, type))

        return call
    function = FUNCTIONS[fn]
    return lambda *values: value_or_gap(function(setting, type, *values))
