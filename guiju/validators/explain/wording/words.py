"""The words of operators, states, quantifiers and aggregates, in both tongues."""

from collections.abc import Mapping

from guiju.dsl.ir.tree import QuantKind
from guiju.terms.fact import State
from guiju.terms.tongue import Both

__all__ = [
    "CHECKLISTS",
    "COMPARISONS",
    "CONTAINS",
    "FOLDS",
    "HOLDS",
    "OF_DATES",
    "OF_NUMBERS",
    "OF_SHARES",
    "OPPOSITE",
    "QUANTIFIERS",
    "SIGNS",
    "STATES",
    "STATE_WORDS",
    "THERE_ARE",
]

# As lawyers say it: an amount is 不少于, a share 不低于, a plain number 不小于.
COMPARISONS: Mapping[str, Both] = {
    "=": Both("等于", "is equal to"),
    "≠": Both("不等于", "is not equal to"),
    "<": Both("少于", "is less than"),
    "≤": Both("不超过", "is at most"),
    ">": Both("超过", "is more than"),
    "≥": Both("不少于", "is at least"),
}
OF_SHARES = {"<": "低于", "≥": "不低于"}
OF_NUMBERS = {"<": "小于", "≤": "不大于", ">": "大于", "≥": "不小于"}
OF_DATES: Mapping[str, Both] = {
    "=": Both("是", "is"),
    "≠": Both("不是", "is not"),
    "<": Both("早于", "is before"),
    "≤": Both("不晚于", "is not after"),
    ">": Both("晚于", "is after"),
    "≥": Both("不早于", "is not before"),
}
OPPOSITE = {"=": "≠", "≠": "=", "<": "≥", "≥": "<", ">": "≤", "≤": ">"}
STATES: Mapping[frozenset[State], Both] = {
    frozenset({State.VALUE, State.UNREADABLE}): Both("已提供", "is given"),
    frozenset({State.ABSENT, State.PENDING}): Both("未提供", "is missing"),
    frozenset({State.NOT_APPLICABLE}): Both("声明不适用", "is declared not applicable"),
    frozenset({State.PENDING}): Both("待定", "is pending"),
    frozenset({State.UNREADABLE}): Both("无法识别", "is unreadable"),
    frozenset({State.VALUE}): Both("可识别", "is readable"),
    frozenset({State.VALUE, State.NOT_APPLICABLE, State.UNREADABLE}): Both("已回答", "is answered"),
}
STATE_WORDS: Mapping[State, Both] = {
    State.VALUE: Both("有值", "has a value"),
    State.ABSENT: Both("未提供", "is missing"),
    State.NOT_APPLICABLE: Both("声明不适用", "is declared not applicable"),
    State.PENDING: Both("待定", "is pending"),
    State.UNREADABLE: Both("无法识别", "is unreadable"),
}
CHECKLISTS: Mapping[QuantKind, Both] = {
    QuantKind.EVERY: Both("下列各项都成立（{said}）", "all of these hold ({said})"),
    QuantKind.SOME: Both("下列至少一项成立（{said}）", "at least one of these holds ({said})"),
    QuantKind.NO: Both("下列没有一项成立（{said}）", "none of these holds ({said})"),
    QuantKind.AT_LEAST: Both("下列至少 {n} 项成立（{said}）", "at least {n} of these hold ({said})"),
    QuantKind.AT_MOST: Both("下列至多 {n} 项成立（{said}）", "at most {n} of these hold ({said})"),
    QuantKind.EXACTLY: Both("下列恰有 {n} 项成立（{said}）", "exactly {n} of these hold ({said})"),
}
QUANTIFIERS: Mapping[QuantKind, Both] = {
    QuantKind.EVERY: Both("每个{of}都满足{body}", "each of {of} satisfies {body}"),
    QuantKind.SOME: Both("存在{of}满足{body}", "at least one of {of} satisfies {body}"),
    QuantKind.NO: Both("没有{of}满足{body}", "none of {of} satisfies {body}"),
    QuantKind.AT_LEAST: Both("至少 {n} 个{of}满足{body}", "at least {n} of {of} satisfy {body}"),
    QuantKind.AT_MOST: Both("至多 {n} 个{of}满足{body}", "at most {n} of {of} satisfy {body}"),
    QuantKind.EXACTLY: Both("恰有 {n} 个{of}满足{body}", "exactly {n} of {of} satisfy {body}"),
}
# Where nothing more is asked than that there be such.
THERE_ARE: Mapping[QuantKind, Both] = {
    QuantKind.SOME: Both("有{of}", "there is at least one of {of}"),
    QuantKind.NO: Both("没有{of}", "there is none of {of}"),
    QuantKind.AT_LEAST: Both("至少有 {n} 个{of}", "there are at least {n} of {of}"),
    QuantKind.AT_MOST: Both("至多有 {n} 个{of}", "there are at most {n} of {of}"),
    QuantKind.EXACTLY: Both("恰有 {n} 个{of}", "there are exactly {n} of {of}"),
}
FOLDS: Mapping[str, Both] = {
    "count": Both("{of}的数量", "the number of {of}"),
    "sum": Both("{of}的{item}合计", "the sum of {item} of {of}"),
    "avg": Both("{of}的{item}平均", "the average of {item} of {of}"),
    "max": Both("{of}的{item}最大值", "the greatest of {item} of {of}"),
    "min": Both("{of}的{item}最小值", "the least of {item} of {of}"),
    "distinct": Both("{of}的{item}种数", "the number of different values of {item} of {of}"),
    "share": Both("{of}中{where}的占比", "the share of {of} with {where}"),
}
CONTAINS: Mapping[str, Both] = {
    "contains": Both("包含", "contains|does not contain"),
    "starts": Both("开头是", "starts with|does not start with"),
    "ends": Both("结尾是", "ends with|does not end with"),
}
HOLDS = Both("含有", "holds|holds no")
SIGNS = {"*": "×", "/": "÷", "-": "−", "+": "+"}
