"""The types of the language: what a field may hold and what an expression may be."""

from typing import TypeAlias

from guiju.terms.fast_dataclass import fast_dataclass

__all__ = [
    "BoolT",
    "CodeT",
    "DateT",
    "IntT",
    "ListT",
    "MoneyT",
    "NumberT",
    "PercentT",
    "PeriodT",
    "QuantityT",
    "RecordT",
    "RefT",
    "TextT",
    "TruthT",
    "Type",
]


@fast_dataclass(frozen=True, slots=True)
class TextT:
    """文本: a string of code points; run-time value `str`."""


@fast_dataclass(frozen=True, slots=True)
class IntT:
    """整数: run-time value `int`."""


@fast_dataclass(frozen=True, slots=True)
class NumberT:
    """数: run-time value `int`, `Decimal`, or `Fraction` where a share or an average is exact."""


@fast_dataclass(frozen=True, slots=True)
class MoneyT:
    """金额: run-time value `Decimal`, in yuan."""


@fast_dataclass(frozen=True, slots=True)
class QuantityT:
    """数量: run-time value `Decimal`, in the base unit of its dimension (see `terms.quantity`)."""

    dimension: str


@fast_dataclass(frozen=True, slots=True)
class PercentT:
    """百分比: run-time value `Decimal` or `Fraction`; 60% is 0.6."""


@fast_dataclass(frozen=True, slots=True)
class DateT:
    """日期: a civil day; run-time value `datetime.date`."""


@fast_dataclass(frozen=True, slots=True)
class PeriodT:
    """期限: a length of statutory time such as 10个工作日; run-time value `terms.period.Period`."""


@fast_dataclass(frozen=True, slots=True)
class BoolT:
    """是否: run-time value `bool`."""


@fast_dataclass(frozen=True, slots=True)
class CodeT:
    """One entry of a code list; run-time value is the entry's code, a `str`."""

    codes: str


@fast_dataclass(frozen=True, slots=True)
class RefT:
    """引用: the key of a subject of another shape, by a register or by the documents at hand; run-time value `str`."""

    shape: str


@fast_dataclass(frozen=True, slots=True)
class RecordT:
    """An embedded record of a shape; run-time value `dict` of field id to raw value."""

    shape: str


@fast_dataclass(frozen=True, slots=True)
class ListT:
    """若干: a collection; run-time value `list` of raw elements."""

    element: "Type"


@fast_dataclass(frozen=True, slots=True)
class TruthT:
    """A proposition: true, false, unknown or vacuous; never the value of a field."""


Type: TypeAlias = TextT | IntT | NumberT | MoneyT | QuantityT | PercentT | DateT | PeriodT | BoolT | CodeT | RefT | RecordT | ListT | TruthT
