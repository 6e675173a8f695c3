"""The codes of the phase `habits` (letter H): what is allowed and yet seldom meant."""

from guiju.diagnostics.codes.code import Code, Level
from guiju.terms.tongue import Both

__all__ = ["CODES"]

_WARNING, _HINT = Level.WARNING, Level.HINT

CODES: tuple[Code, ...] = (
    Code("H001", "constant-condition", _WARNING, Both("这个条件总是{value}", "this condition is always {value}")),
    Code("H002", "unused-term", _WARNING, Both("术语“{name}”没有用到", "the term `{name}` is not used")),
    Code("H003", "unused-parameter", _WARNING, Both("参数“{name}”没有用到", "the parameter `{name}` is not used")),
    Code("H004", "field-never-read", _HINT, Both("没有规则读取{shape}的：{field}", "no rule reads these fields of {shape}: {field}")),
    Code("H005", "vacuous-quantifier", _WARNING, Both("这句话与每一个元素无关", "this does not depend on the element")),
    Code("H006", "same-rule-twice", _WARNING, Both("规则“{name}”与“{other}”说的一样", "the rules `{name}` and `{other}` say the same")),
    Code("H007", "no-fix", _HINT, Both("规则“{name}”没有写怎样整改", "the rule `{name}` says no fix")),
    Code("H008", "gap-between-versions", _WARNING, Both("“{name}”中间有空当：{days}", "`{name}` has a gap: {days}")),
    Code("H009", "never-fails", _WARNING, Both("规则“{name}”永远不会不符合", "the rule `{name}` can never fail")),
    Code("H010", "never-applies", _WARNING, Both("规则“{name}”永远不适用", "the rule `{name}` never applies")),
    Code(
        "H011",
        "one-name-only",
        _HINT,
        Both("{name}只有一个名称，译文里也用它", "one name only, which a translation keeps: {name}"),
    ),
    Code(
        "H012",
        "double-negative",
        _WARNING,
        Both("“不得”后面又是否定，读起来会反过来", "a negation under `shall not` reads as its opposite"),
    ),
    Code("H013", "unused-table", _WARNING, Both("决策表“{name}”没有用到", "the table `{name}` is not used")),
    Code("H014", "row-never-reached", _WARNING, Both("这一行永远轮不到", "this row is never reached")),
    Code(
        "H015",
        "code-out-of-time",
        _WARNING,
        Both("代码“{name}”在规则有效期内不可用", "the code `{name}` does not hold while the rule does"),
    ),
    Code(
        "H016",
        "message-differs",
        _HINT,
        Both("这里写“{written}”，规则里却是别的数", "this says `{written}`; the rule holds another amount"),
    ),
    Code(
        "H017",
        "message-turned-round",
        _WARNING,
        Both("这里写“{written}”，规则要求的却是{side}", "this says `{written}`; the rule asks for {side}"),
    ),
    Code(
        "H018",
        "message-names-another",
        _WARNING,
        Both("这里写“{written}”，{what}", "this says `{written}`: {what}"),
    ),
    Code(
        "H020",
        "look-alike-letter",
        _WARNING,
        Both("“{name}”里有看起来像拉丁字母的别种字母：{letter}", "`{name}` holds a letter of another script that looks Latin: {letter}"),
    ),
    Code("H076", "and-beside-or", _WARNING, Both("“且”和“或”连在一起，没有括号", "`and` and `or` stand together without brackets")),
    Code(
        "H077",
        "captured-name",
        _WARNING,
        Both("这里的“{name}”是{shape}的，不是{other}的", "`{name}` is here that of {shape}, not that of {other}"),
    ),
    Code("H078", "same-on-both-sides", _WARNING, Both("两边是同一个值", "both sides are the same")),
    Code(
        "H079",
        "ratio-against-number",
        _WARNING,
        Both("比值与 {number} 相比，像是漏了百分号", "a ratio is held against {number}; a per cent sign seems to be missing"),
    ),
    Code("H080", "exception-cites-nothing", _HINT, Both("除外“{name}”没有依据", "the exception `{name}` cites nothing")),
    Code(
        "H081",
        "row-covered",
        _WARNING,
        Both("“{table}”第 {row} 行轮不到：第 {other} 行已经管了", "row {row} of `{table}` is never reached: row {other} covers it"),
    ),
    Code(
        "H082",
        "exceptions-differ",
        _WARNING,
        Both(
            "除外“{one}”和“{other}”可能同时成立，要求却不同", "the exceptions `{one}` and `{other}` may both hold and ask different things"
        ),
    ),
    Code("H083", "asked-already", _HINT, Both("“{name}”要求的，“{other}”已经要求了", "what `{name}` asks `{other}` asks already")),
    Code(
        "H075",
        "act-without-day",
        _WARNING,
        Both("规则“{name}”比较两个日期，却没有写行为日", "the rule `{name}` holds two days against each other and names no day of the act"),
    ),
    Code(
        "H031", "screening-decides-nothing", _WARNING, Both("没有一条规则靠“{field}”决定适用不适用", "no rule's condition asks `{field}`")
    ),
    Code(
        "H050",
        "placeholder-not-read",
        _WARNING,
        Both("{written} 填的“{field}”，规则没有读", "{written} tells `{field}`, which the rule does not read"),
    ),
    Code(
        "H051",
        "placeholders-differ",
        _HINT,
        Both("中英文提示填的不是同样的值：{written}", "the sentences of the two tongues tell different values: {written}"),
    ),
    Code(
        "H052",
        "sentence-wanted",
        _HINT,
        Both(
            "规则“{name}”{what}，机器造的句子不好读：写一句“提示”",
            "the rule `{name}` {what}, which reads badly: write a sentence of its own",
        ),
    ),
    Code(
        "H053",
        "display-name-wanted",
        _HINT,
        Both("没有英文的显示名：{name}", "no English display name: {name}"),
    ),
    Code(
        "H030",
        "guard-without-reason",
        _WARNING,
        Both("没有提供的，这条规则就不管了：没有写明因为什么", "whoever leaves this out is not judged, and no reason is given"),
    ),
    Code(
        "H060",
        "field-without-guidance",
        _HINT,
        Both(
            "{shape}有 {count} 个字段没有填写说明或示例：{fields}",
            "{count} fields of {shape} have no guidance or no example: {fields}",
        ),
    ),
    Code(
        "H061",
        "example-not-read",
        _HINT,
        Both(
            "{shape}的示例读不懂，填表的人会照着写错：{fields}", "examples of {shape} cannot be read, and people will copy them: {fields}"
        ),
    ),
)
