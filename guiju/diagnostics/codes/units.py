"""The codes of the phase `units` (letter U): units that do not fit each other."""

from guiju.diagnostics.codes.code import Code, Level
from guiju.terms.tongue import Both

__all__ = ["CODES"]

_ERROR, _WARNING = Level.ERROR, Level.WARNING

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
    Code(
        "U008",
        "slip-of-unit",
        _WARNING,
        Both(
            "{seen}像是错了单位：“{field}”通常在 {low}至 {high}之间；是不是 {meant}？",
            "{seen} looks like a slip of unit: `{field}` is usually from {low} to {high}; is {meant} meant?",
        ),
    ),
    Code(
        "U009",
        "usual-range",
        _ERROR,
        Both("“通常”要两个同类的量，前小后大", "`usual` takes two amounts of the field's kind, the smaller first"),
    ),
)
