"""The codes of the phase `types` (letter T): expressions that are not of the type that their place asks for."""

from guiju.diagnostics.codes.code import Code, Level
from guiju.terms.tongue import Both

__all__ = ["CODES"]

_ERROR = Level.ERROR

CODES: tuple[Code, ...] = (
    Code("T001", "not-comparable", _ERROR, Both("{left}不能与{right}比较", "{left} cannot be compared with {right}")),
    Code("T002", "condition-wanted", _ERROR, Both("这里要一个判断，写的是{found}", "a condition is wanted here, not {found}")),
    Code("T003", "list-as-value", _ERROR, Both("“{name}”是若干个值，不是一个值", "`{name}` is many values, not one")),
    Code("T004", "no-order", _ERROR, Both("{found}没有大小之分", "{found} has no order")),
    Code("T005", "other-type-wanted", _ERROR, Both("这里要{wanted}，写的是{found}", "{wanted} is wanted here, not {found}")),
    Code(
        "T006",
        "argument-count",
        _ERROR,
        Both("“{name}”要 {wanted} 个参数，写了 {found} 个", "`{name}` takes {wanted} arguments; {found} are given"),
    ),
    Code("T007", "not-a-list", _ERROR, Both("“{name}”不是若干个值，不能逐个来说", "`{name}` is not a list to range over")),
    Code(
        "T008",
        "no-such-arithmetic",
        _ERROR,
        Both("{left}与{right}不能这样运算", "{left} and {right} cannot be put together by this operator"),
    ),
    Code("T009", "literal-wanted", _ERROR, Both("这里要写出具体的值", "a literal value is wanted here")),
    Code("T010", "is-for-names", _ERROR, Both("“是”不用于{found}", "`is` is not for {found}")),
    Code("T011", "state-of-no-field", _ERROR, Both("“{word}”只能说字段", "`{word}` speaks of a field only")),
    Code("T012", "value-wanted", _ERROR, Both("这里要一个值，写的是一个判断", "a value is wanted here, not a condition")),
    Code("T013", "bad-pattern", _ERROR, Both("样式读不通：{what}", "the pattern cannot be read: {what}")),
    Code(
        "T014",
        "no-join",
        _ERROR,
        Both(
            "要写明{shape}与本对象怎样对应：一个“字段 = …”的等式",
            "how {shape} belongs to this subject is not said: an equation `field = …` is needed",
        ),
    ),
    Code("T015", "whole-number-wanted", _ERROR, Both("个数要写成不小于零的整数", "how many is a whole number, not less than zero")),
    Code(
        "T016",
        "record-as-value",
        _ERROR,
        Both("“{name}”要一个值，这里是整个{shape}", "`{name}` wants a value, and this is a whole {shape}"),
    ),
    Code(
        "T017",
        "reference-followed",
        _ERROR,
        Both("“{name}”只是引用，不能从它取字段", "`{name}` is only a reference; it has no fields here"),
    ),
    Code("T018", "no-key", _ERROR, Both("{shape}没有主键，不能与引用比较", "{shape} has no key to compare a reference with")),
    Code("T019", "part-missing", _ERROR, Both("{kind}缺少“{part}”", "this {kind} has no `{part}`")),
    Code("T020", "part-twice", _ERROR, Both("“{part}”写了两次", "`{part}` is given twice")),
    Code("T021", "branches-differ", _ERROR, Both("两个分支一个是{left}，一个是{right}", "one branch is {left}, the other {right}")),
    Code("T022", "row-width", _ERROR, Both("这一行有 {found} 格，应有 {wanted} 格", "this row has {found} cells; {wanted} are wanted")),
    Code("T023", "no-group", _ERROR, Both("这里没有分组，要写明数哪些", "there is no group here; say what is counted")),
    Code(
        "T024",
        "join-under-every",
        _ERROR,
        Both("“每个”里的“{name} = …”会要求所有记录都相等", "under `every`, the equation on `{name}` would ask all records to be equal"),
    ),
    Code("T025", "too-deep", _ERROR, Both("式子太大，或嵌套太深", "the expression is too large, or nested too deeply")),
    Code("T026", "empty-interval", _ERROR, Both("起日 {start} 在止日 {end} 之后", "it starts on {start}, after it ends on {end}")),
    Code("T027", "division-by-zero", _ERROR, Both("除数是零", "this divides by zero")),
    Code("T028", "reference-as-owner", _ERROR, Both("{shape}里没有叫“{name}”的清单", "{shape} has no list called `{name}`")),
    Code("T045", "no-gate", _ERROR, Both("场景“{name}”没有写门槛", "the profile `{name}` has no gate")),
    Code("T046", "gate-not-closed", _ERROR, Both("门槛的最后一行应当是“其他 → …”", "the last line of a gate is `else → …`")),
    Code("T047", "gate-line-unreached", _ERROR, Both("“其他”之后的这一行永远轮不到", "this line after `else` is never reached")),
    Code(
        "T048",
        "outcome-told-twice",
        _ERROR,
        Both("结果“{name}”写了两次，颜色或退出码不同", "the outcome `{name}` is written twice, with another colour or exit code"),
    ),
    Code("T029", "too-many-rows", _ERROR, Both("决策表至多 {limit} 行", "a table has at most {limit} rows")),
    Code(
        "T035",
        "steps-multiply",
        _ERROR,
        Both("规则“{name}”的步数随清单的 {degree} 次方增长", "the steps of the rule `{name}` grow with the power {degree} of its lists"),
    ),
    Code("T060", "broken-placeholder", _ERROR, Both("占位写得不对：{written}", "this placeholder cannot be read: {written}")),
    Code("T061", "placeholder-of-no-value", _ERROR, Both("占位要填一个值，{written} 是{found}", "{written} is {found}, not a value")),
    Code("T062", "placeholder-beyond-subject", _ERROR, Both("{written} 要看别的记录", "{written} looks at other records")),
    Code("T070", "act-day-no-date", _ERROR, Both("“{name}”是{found}，不能作行为日", "`{name}` is {found}, no day of an act")),
    Code("T071", "no-value-on-a-day", _ERROR, Both("{found}没有“某日的值”", "{found} has no value of a day")),
    Code("T072", "own-day-unknown", _ERROR, Both("这里不知道“{name}”是哪一天", "what day `{name}` is is not known here")),
    Code(
        "T073",
        "transition-without-act",
        _ERROR,
        Both("过渡要有行为日和施行日", "a transition needs the day of the act and a first day of the rule"),
    ),
    Code("T074", "transition-looks-back", _ERROR, Both("溯及的规则用不着过渡", "a rule that looks back has no use for a transition")),
    Code(
        "T075",
        "versions-differ-in-act",
        _ERROR,
        Both(
            "“{name}”的各版本要对象相同，都写或都不写行为日",
            "the versions of `{name}` must have one subject, and all or none a day of the act",
        ),
    ),
    Code(
        "T076",
        "checklist-too-short",
        _ERROR,
        Both("清单只有 {total} 项，数不出 {count} 项", "{total} are listed, of which {count} cannot be counted"),
    ),
    Code(
        "T077",
        "blank-means-nothing",
        _ERROR,
        Both(
            "“{name}”不能写“未填视为”：只有“是否”类型、不必填的字段可以",
            "`{name}` cannot say what a blank means: only a boolean field that is not required can",
        ),
    ),
    Code(
        "T078",
        "range-without-bounds",
        _ERROR,
        Both("“且”两边要各是一个界，例如 ≥ 1 且 ≤ 5", "each side of `and` is a bound, as in >= 1 and <= 5"),
    ),
    Code("T079", "second-result", _ERROR, Both("决策表只有一个“结果”", "a table has one `gives`")),
    Code("T036", "allowed-without-reason", _ERROR, Both("“允许”后面没有写“因为 …”", "`allows` does not say because of what")),
)
