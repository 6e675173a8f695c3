"""The seven verdicts, and the four truth values in which conditions are weighed.

A verdict says how one rule stands to one subject. It never says how grave a breach is (`severity`) nor whether
anybody has accepted it: WAIVED is a way to *show* a FAIL over which a waiver lies, and never replaces it.
"""

from collections.abc import Iterable
from enum import IntEnum, StrEnum

from guiju.terms.tongue import Both

__all__ = ["Truth", "Verdict", "all_", "and_", "any_", "not_", "or_"]


class Verdict(StrEnum):
    """How one rule stands to one subject on one day; exactly one, always."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"
    ERROR = "error"
    INACTIVE = "inactive"
    WAIVED = "waived"

    @property
    def words(self) -> Both:
        """The name that a reader sees."""
        return _VERDICT_WORDS[self]


_VERDICT_WORDS = {
    Verdict.PASS: Both("符合", "pass"),
    Verdict.FAIL: Both("不符合", "fail"),
    Verdict.NOT_APPLICABLE: Both("不适用", "not applicable"),
    Verdict.UNDETERMINED: Both("无法判定", "undetermined"),
    Verdict.ERROR: Both("错误", "error"),
    Verdict.INACTIVE: Both("未生效", "inactive"),
    Verdict.WAIVED: Both("豁免", "waived"),
}


class Truth(IntEnum):
    """A strong-Kleene truth value, or V: vacuous, where there was nothing to weigh.

    F, U and T are ordered so that `and_` is the least and `or_` the greatest of them. V stands aside: it is neutral
    in both, because a condition about an empty set must neither save nor spoil its neighbours.
    """

    F = 0
    U = 1
    T = 2
    V = 3

    @property
    def words(self) -> Both:
        """The name that a reader sees."""
        return _TRUTH_WORDS[self]

    @classmethod
    def of(cls, holds: bool | None) -> "Truth":
        """T or F from a plain answer, U where there is none."""
        if holds is None:
            return Truth.U
        return Truth.T if holds else Truth.F


_TRUTH_WORDS = {
    Truth.F: Both("假", "false"),
    Truth.U: Both("未知", "unknown"),
    Truth.T: Both("真", "true"),
    Truth.V: Both("无对象", "vacuous"),
}


def and_(left: Truth, right: Truth) -> Truth:
    """且: F if either is, else U if either is, else T; V gives way to the other."""
    if left is Truth.V:
        return right
    if right is Truth.V:
        return left
    return left if left <= right else right


def or_(left: Truth, right: Truth) -> Truth:
    """或: T if either is, else U if either is, else F; V gives way to the other."""
    if left is Truth.V:
        return right
    if right is Truth.V:
        return left
    return left if left >= right else right


def not_(value: Truth) -> Truth:
    """非: turns T and F about; what is unknown or vacuous stays so."""
    match value:
        case Truth.T:
            return Truth.F
        case Truth.F:
            return Truth.T
        case _:
            return value


def all_(values: Iterable[Truth]) -> Truth:
    """`and_` over all of them; V when there are none, or none but V."""
    result = Truth.V
    for value in values:
        result = and_(result, value)
        if result is Truth.F:
            return result
    return result


def any_(values: Iterable[Truth]) -> Truth:
    """`or_` over all of them; V when there are none, or none but V."""
    result = Truth.V
    for value in values:
        result = or_(result, value)
        if result is Truth.T:
            return result
    return result
