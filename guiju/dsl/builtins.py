"""The table of functions: names in both tongues, what they take and give, and what they make of missing data.

It says what a function means and does not compute. What it computes is one function in
`validators/engines/interpreter/functions.py`; compiled code calls the same function.
Amounts are in the base unit of their dimension, here as everywhere (`terms.units`).
"""

from enum import StrEnum

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both

__all__ = ["AGGREGATES", "BUILTINS", "Aggregate", "Builtin", "Sort", "aggregate_named", "builtin_named"]


class Sort(StrEnum):
    """What a parameter accepts, or what a result is."""

    TEXT = "text"
    WORDS = "words"  # a text or a code
    PATTERN = "pattern"  # a pattern in quotes, or a code list whose words are meant
    DATE = "date"
    PERIOD = "period"
    INT = "int"
    NUMBER = "number"
    AMOUNT = "amount"  # any measured value; the result is of the type of the first argument
    DAYS = "days"  # a quantity of time
    WORKDAYS = "workdays"  # a quantity of working days

    @property
    def words(self) -> Both:
        """The sort as a message names it."""
        return _SORT_WORDS[self]


_SORT_WORDS = {
    Sort.TEXT: Both("文本", "a text"),
    Sort.WORDS: Both("文本或代码", "a text or a code"),
    Sort.PATTERN: Both("样式或词表", "a pattern or a code list"),
    Sort.DATE: Both("日期", "a date"),
    Sort.PERIOD: Both("期限", "a period"),
    Sort.INT: Both("整数", "an integer"),
    Sort.NUMBER: Both("数", "a number"),
    Sort.AMOUNT: Both("数、金额或数量", "a number, money or a quantity"),
    Sort.DAYS: Both("天数", "a number of days"),
    Sort.WORKDAYS: Both("工作日数", "a number of working days"),
}


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Builtin:
    """One function.

    With `more` the last parameter may be repeated. A `hidden` one is made by the checker and never written. `grows` says that a
    larger argument never gives a smaller result: a message that speaks of a lower bound of an argument then speaks of the result.
    """

    id: str
    name: Both
    takes: tuple[Sort, ...]
    gives: Sort
    more: bool = False
    hidden: bool = False
    grows: bool = False
    missing: Both
    doc: Both


_STRICT = Both("任一参数未知，结果未知", "unknown when any argument is unknown")
_CALENDAR = Both("任一参数未知，或所涉年份没有日历，结果未知", "unknown when an argument is, or where a year has no calendar")

_ALL: tuple[Builtin, ...] = (
    Builtin(
        id="length",
        name=Both("长度", "length"),
        takes=(Sort.TEXT,),
        gives=Sort.INT,
        missing=_STRICT,
        doc=Both("去掉首尾空白后的字数", "the number of characters, blanks at both ends trimmed"),
    ),
    Builtin(
        id="year",
        name=Both("年", "year"),
        takes=(Sort.DATE,),
        gives=Sort.INT,
        missing=_STRICT,
        doc=Both("日期的年份", "the year of a date"),
    ),
    Builtin(
        id="month",
        name=Both("月", "month"),
        takes=(Sort.DATE,),
        gives=Sort.INT,
        missing=_STRICT,
        doc=Both("日期的月份，1 至 12", "the month of a date, 1 to 12"),
    ),
    Builtin(
        id="day",
        name=Both("日", "day"),
        takes=(Sort.DATE,),
        gives=Sort.INT,
        missing=_STRICT,
        doc=Both("日期是当月第几日", "the day of the month of a date"),
    ),
    Builtin(
        id="days_between",
        name=Both("天数", "days_between"),
        takes=(Sort.DATE, Sort.DATE),
        gives=Sort.DAYS,
        missing=_STRICT,
        doc=Both("从前一日期到后一日期的天数，起始日不计", "days from the first date to the second, the first not counted"),
    ),
    Builtin(
        id="workdays_between",
        name=Both("工作日数", "workdays_between"),
        takes=(Sort.DATE, Sort.DATE),
        gives=Sort.WORKDAYS,
        missing=_CALENDAR,
        doc=Both("从前一日期到后一日期的工作日数，起始日不计", "working days from the first date to the second, the first not counted"),
    ),
    Builtin(
        id="abs",
        name=Both("绝对值", "abs"),
        takes=(Sort.AMOUNT,),
        gives=Sort.AMOUNT,
        missing=_STRICT,
        doc=Both("去掉负号", "the value without its sign"),
    ),
    Builtin(
        id="round",
        name=Both("四舍五入", "round"),
        takes=(Sort.AMOUNT, Sort.INT),
        gives=Sort.AMOUNT,
        grows=True,
        missing=_STRICT,
        doc=Both("四舍五入到若干位小数，五总是进位", "to a number of decimals, halves away from zero"),
    ),
    Builtin(
        id="greater",
        name=Both("较大", "greater"),
        takes=(Sort.AMOUNT, Sort.AMOUNT),
        gives=Sort.AMOUNT,
        grows=True,
        missing=_STRICT,
        doc=Both("两者中较大的", "the greater of two"),
    ),
    Builtin(
        id="lesser",
        name=Both("较小", "lesser"),
        takes=(Sort.AMOUNT, Sort.AMOUNT),
        gives=Sort.AMOUNT,
        grows=True,
        missing=_STRICT,
        doc=Both("两者中较小的", "the lesser of two"),
    ),
    Builtin(
        id="earlier",
        name=Both("较早", "earlier"),
        takes=(Sort.DATE, Sort.DATE),
        gives=Sort.DATE,
        grows=True,
        missing=_STRICT,
        doc=Both("两个日期中较早的", "the earlier of two dates"),
    ),
    Builtin(
        id="later",
        name=Both("较晚", "later"),
        takes=(Sort.DATE, Sort.DATE),
        gives=Sort.DATE,
        grows=True,
        missing=_STRICT,
        doc=Both("两个日期中较晚的", "the later of two dates"),
    ),
    Builtin(
        id="remainder",
        name=Both("余数", "remainder"),
        takes=(Sort.NUMBER, Sort.NUMBER),
        gives=Sort.NUMBER,
        missing=_STRICT,
        doc=Both("前数除以后数（商取整，不大于它）余下多少", "what is left of the first number less whole times the second"),
    ),
    Builtin(
        id="due_date",
        name=Both("期满日", "due_date"),
        takes=(Sort.DATE, Sort.PERIOD),
        gives=Sort.DATE,
        grows=True,
        missing=_CALENDAR,
        doc=Both(
            "期限的最后一日，遇节假日顺延到下一个工作日（民法典第二百零三条）",
            "the last day of a period, moved to the next working day (Civil Code art 203)",
        ),
    ),
    Builtin(
        id="join",
        name=Both("拼接", "join"),
        takes=(Sort.WORDS,),
        gives=Sort.TEXT,
        more=True,
        missing=_STRICT,
        doc=Both("依次连成一个文本，中间不加字", "the texts one after another, nothing between"),
    ),
    Builtin(
        id="without",
        name=Both("去掉", "without"),
        takes=(Sort.TEXT, Sort.PATTERN),
        gives=Sort.TEXT,
        missing=_STRICT,
        doc=Both(
            "去掉文本里符合样式（或者词表所列）的每一处，各处换成一个换行，前后不相连",
            "the text less every stretch that matches the pattern (or is a word of the list), a line break in the place of each",
        ),
    ),
    Builtin(
        id="number_of",
        name=Both("数值", "number_of"),
        takes=(Sort.WORDS,),
        gives=Sort.NUMBER,
        missing=Both("参数未知或不是数，结果未知", "unknown when the argument is unknown or no number"),
        doc=Both("文本所写的数", "the number that a text writes"),
    ),
    Builtin(
        id="submission_day",
        name=Both("提交日", "submission_day"),
        takes=(),
        gives=Sort.DATE,
        hidden=True,
        missing=Both("提交没有日期时未知", "unknown when the submission has no day"),
        doc=Both("提交的日期", "the day of the submission"),
    ),
    Builtin(
        id="as_period",
        name=Both("按天计的期限", "as_period"),
        takes=(Sort.DAYS,),
        gives=Sort.PERIOD,
        hidden=True,
        missing=_STRICT,
        doc=Both(
            "把整天数作为期限，以便与日期相加；不是整天是错误",
            "a whole number of days as a period, to be added to a date; a part of a day is an error",
        ),
    ),
    Builtin(
        id="no_row",
        name=Both("无此行", "no_row"),
        takes=(Sort.AMOUNT,),
        gives=Sort.AMOUNT,
        more=True,
        hidden=True,
        missing=Both("总是未知，原因是各参数", "always unknown, because of its arguments"),
        doc=Both("决策表没有合适的行", "no row of a decision table fits"),
    ),
)

BUILTINS: dict[str, Builtin] = {one.id: one for one in _ALL}


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """A function of a collection; `fn` is the id that `ir.tree.Fold` holds."""

    fn: str
    name: Both
    doc: Both


_FOLDS: tuple[Aggregate, ...] = (
    Aggregate(fn="count", name=Both("数量", "count"), doc=Both("有几个；没有为 0", "how many; 0 of none")),
    Aggregate(fn="sum", name=Both("合计", "sum"), doc=Both("总和；没有为 0", "the total; 0 of none")),
    Aggregate(fn="avg", name=Both("平均", "average"), doc=Both("平均数；没有则空", "the exact mean; vacuous of none")),
    Aggregate(fn="max", name=Both("最大", "max"), doc=Both("最大的；没有则空", "the greatest; vacuous of none")),
    Aggregate(fn="min", name=Both("最小", "min"), doc=Both("最小的；没有则空", "the least; vacuous of none")),
    Aggregate(fn="distinct", name=Both("种数", "distinct"), doc=Both("有几种不同的值", "how many different values")),
    Aggregate(
        fn="share",
        name=Both("占比", "share"),
        doc=Both("符合条件者所占的比例；没有则空", "the exact share that meets the condition; vacuous of none"),
    ),
)

AGGREGATES: dict[str, Aggregate] = {one.fn: one for one in _FOLDS}

_BUILTIN_NAMES = {name: one for one in _ALL if not one.hidden for name in (one.name.zh, one.name.en)}
_AGGREGATE_NAMES = {name: one for one in _FOLDS for name in (one.name.zh, one.name.en)} | {"avg": AGGREGATES["avg"]}


def builtin_named(name: str) -> Builtin | None:
    """The function of that Chinese or English name that an author may write."""
    return _BUILTIN_NAMES.get(name)


def aggregate_named(name: str) -> Aggregate | None:
    """The aggregate of that Chinese or English name."""
    return _AGGREGATE_NAMES.get(name)
