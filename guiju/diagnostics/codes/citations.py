"""The codes of the phase `citations` (letter C): citations that the registry does not bear out."""

from guiju.diagnostics.codes.code import Code, Level
from guiju.terms.tongue import Both

__all__ = ["CODES"]

_ERROR, _WARNING, _HINT = Level.ERROR, Level.WARNING, Level.HINT

CODES: tuple[Code, ...] = (
    Code("C001", "instrument-not-found", _ERROR, Both("登记的文件里没有“{text}”", "no instrument of the registry is called `{text}`")),
    Code("C002", "clause-not-read", _ERROR, Both("“{text}”不像条款号", "`{text}` does not read as a clause")),
    Code("C003", "clause-not-found", _ERROR, Both("{instrument}没有{clause}", "{instrument} has no {clause}")),
    Code("C004", "not-in-force", _ERROR, Both("{place}在 {days} 不在施行期内", "{place} is not in force on {days}")),
    Code(
        "C005",
        "force-too-strong",
        _WARNING,
        Both("{instrument}是{nature}的，不能写“{force}”而阻断", "{instrument} is {nature}; a breach of it cannot be blocking"),
    ),
    Code(
        "C006",
        "severity-capped",
        _HINT,
        Both(
            "{place}尚未核对原文，严重程度降为“提示”", "{place} has not been checked against the text; the severity is lowered to advisory"
        ),
    ),
    Code("C007", "no-citation", _ERROR, Both("规则“{name}”没有依据，又不是草案", "the rule `{name}` cites nothing and is no draft")),
    Code(
        "C020",
        "act-without-first-day",
        _ERROR,
        Both("不知道这条规则从哪一天起施行", "from which day on this rule is in force is not known"),
    ),
    Code("C008", "force-unknown", _HINT, Both("{instrument}是否施行没有记录", "whether {instrument} is in force is not recorded")),
    Code("C009", "clause-not-recorded", _HINT, Both("登记里还没有{place}的内容", "the registry does not yet record {place}")),
    Code(
        "C011",
        "collected-unknown",
        _WARNING,
        Both("登记的文件里没有收录的“{number}”", "the registry does not know the collected `{number}`"),
    ),
)
