"""What each type is called in a message, and which family it belongs to; no judgement."""

from typing import assert_never

from guiju.terms.quantities.units import Dimension
from guiju.terms.tongue import Both
from guiju.terms.types import (
    BoolT,
    CodeT,
    DateT,
    IntT,
    ListT,
    MoneyT,
    NumberT,
    PercentT,
    PeriodT,
    QuantityT,
    RecordT,
    RefT,
    TextT,
    TruthT,
    Type,
)

__all__ = ["COUNT", "TIME", "comparable", "is_measured", "is_ordered", "is_plain_number", "words_of"]

COUNT = QuantityT(Dimension.COUNT.value)
TIME = QuantityT(Dimension.TIME.value)


def words_of(ty: Type) -> Both:
    """The type as a message names it."""
    match ty:
        case TextT():
            return Both("文本", "a text")
        case IntT():
            return Both("整数", "an integer")
        case NumberT():
            return Both("数", "a number")
        case MoneyT():
            return Both("金额", "an amount of money")
        case QuantityT(dimension=dimension):
            return Dimension(dimension).words
        case PercentT():
            return Both("百分比", "a percentage")
        case DateT():
            return Both("日期", "a date")
        case PeriodT():
            return Both("期限", "a period")
        case BoolT():
            return Both("是否", "a yes or no")
        case CodeT(codes=codes):
            return Both(f"词表 {codes} 的代码", f"a code of {codes}")
        case RefT(shape=shape):
            return Both(f"对 {shape} 的引用", f"a reference to {shape}")
        case RecordT(shape=shape):
            return Both(f"{shape} 的记录", f"a record of {shape}")
        case ListT(element=element):
            inner = words_of(element)
            return Both(f"若干{inner.zh}", f"a list of {inner.en.removeprefix('a ').removeprefix('an ')}")
        case TruthT():
            return Both("一个判断", "a condition")
        case _:
            assert_never(ty)


def is_plain_number(ty: Type) -> bool:
    """Whether values are bare numbers: integers, numbers, and counts of things, which are integers with a classifier."""
    return isinstance(ty, IntT | NumberT) or ty == COUNT


def is_measured(ty: Type) -> bool:
    """Whether values can be added up."""
    return isinstance(ty, IntT | NumberT | MoneyT | QuantityT | PercentT)


def is_ordered(ty: Type) -> bool:
    """Whether one value can be less than another."""
    return is_measured(ty) or isinstance(ty, DateT | PeriodT | TextT)


def comparable(left: Type, right: Type) -> bool:
    """Whether values of the two types can be compared as they stand at run time."""
    if left == right:
        return not isinstance(left, RecordT | ListT | TruthT)
    if is_plain_number(left) and is_plain_number(right):
        return True
    if isinstance(left, PercentT) and isinstance(right, NumberT):
        return True
    if isinstance(left, NumberT) and isinstance(right, PercentT):
        return True
    return isinstance(left, RefT | TextT) and isinstance(right, RefT | TextT) and not (isinstance(left, RefT) and isinstance(right, RefT))
