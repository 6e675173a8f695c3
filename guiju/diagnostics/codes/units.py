"""The codes of the phase `units` (letter U): units that do not fit each other."""

from guiju.diagnostics.codes.code import Code, Level
from guiju.terms.tongue import Both

__all__ = ["CODES"]

_ERROR = Level.ERROR

CODES: tuple[Code, ...] = (
    Code("U001", "dimensions-differ", _ERROR, Both("{left}不能与{right}相比或相加", "{left} does not go with {right}")),
    Code("U002", "unit-missing", _ERROR, Both("这个数没有单位，另一边是{other}", "this number has no unit; the other side is {other}")),
    Code("U003", "unknown-unit", _ERROR, Both("没有叫“{unit}”的单位", "no unit is called `{unit}`")),
    Code("U004", "calendar-span", _ERROR, Both("{left}与{right}没有固定的换算", "{left} and {right} have no fixed ratio")),
    Code(
        "U006",
        "share-without-percent",
        _ERROR,
        Both("另一边是百分比，这个数要写成百分比", "the other side is a percentage; write this number as one"),
    ),
    Code("U007", "part-of-a-period", _ERROR, Both("期限要是整数个{unit}", "a period is a whole number of {unit}")),
)
