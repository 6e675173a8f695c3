"""The codes of the phase `registry` (letter R)."""

from guiju.diagnostics.codes.code import Code, Level
from guiju.terms.tongue import Both

__all__ = ["CODES"]

CODES: tuple[Code, ...] = (
    Code("R001", "record-shape", Level.ERROR, Both("记录的“{path}”{problem}", "`{path}` of the record {problem}")),
    Code(
        "R002",
        "file-named-otherwise",
        Level.ERROR,
        Both("记录的编号是 {id}，文件却名为 {file}", "the record is {id}, but its file is named {file}"),
    ),
    Code(
        "R003",
        "id-taken",
        Level.ERROR,
        Both("编号 {id} 已被另一条记录（{other}）使用", "the id {id} is already that of another record, in {other}"),
    ),
    Code(
        "R004",
        "edition-not-recorded",
        Level.ERROR,
        Both("{id} 的“{field}”指向 {target}，名录中没有这一版本", "`{field}` of {id} names {target}, which is not recorded"),
    ),
    Code(
        "R005",
        "category-unknown",
        Level.ERROR,
        Both("{id} 归入 {category}，标准框架中没有这个子类", "{id} is placed in {category}, which the framework does not have"),
    ),
    Code(
        "R006",
        "supersession-one-sided",
        Level.ERROR,
        Both(
            "{id} 写明{relation} {target}，而 {target} 的记录没有对应的一笔",
            "{id} says that it {relation} {target}, but the record of {target} does not say so",
        ),
    ),
    Code(
        "R007",
        "supersession-circle",
        Level.ERROR,
        Both("代替关系绕成一圈：{circle}", "supersession runs in a circle: {circle}"),
    ),
    Code(
        "R008",
        "two-editions-in-force",
        Level.ERROR,
        Both("{day} 这一天，{one} 与 {other} 同时有效", "on {day} both {one} and {other} would be in force"),
    ),
    Code(
        "R009",
        "clause-stated-twice",
        Level.ERROR,
        Both("{id} 的{clause}写了两次", "{clause} of {id} is stated twice"),
    ),
    Code(
        "R010",
        "dates-out-of-order",
        Level.ERROR,
        Both(
            "{id} 的{later}（{later_day}）早于{earlier}（{earlier_day}）", "of {id}, {later} {later_day} is before {earlier} {earlier_day}"
        ),
    ),
    Code(
        "R011",
        "clause-unreadable",
        Level.ERROR,
        Both(
            "“{text}”不像章条的写法；没有编号的位置请用 place", "`{text}` does not read as a clause; use `place` where there is no number"
        ),
    ),
    Code(
        "R012",
        "name-shared",
        Level.ERROR,
        Both("“{name}”同时是 {one} 与 {other} 的名称", "`{name}` is a name of {one} and of {other}"),
    ),
    Code(
        "R013",
        "article-beyond-text",
        Level.ERROR,
        Both("{id} 只有 {articles} 条，没有{clause}", "{id} has {articles} articles; there is no {clause}"),
    ),
    Code(
        "R014",
        "status-contradicts",
        Level.ERROR,
        Both("{id} 的状态与其他字段矛盾：{why}", "the status of {id} contradicts its other fields: {why}"),
    ),
    Code("R015", "no-such-day", Level.ERROR, Both("日历上没有 {day} 这一天", "there is no such day as {day}")),
    Code(
        "R016",
        "calendar-day-misplaced",
        Level.ERROR,
        Both("{year} 年的日历不能有 {day}：{why}", "the calendar of {year} cannot hold {day}: {why}"),
    ),
    Code(
        "R017",
        "division-code-misplaced",
        Level.ERROR,
        Both("区划代码 {number}（{name}）不能这样写：{why}", "the division code {number} ({name}) cannot be so: {why}"),
    ),
    Code(
        "R018",
        "fact-stated-otherwise",
        Level.ERROR,
        Both("同一事实 {fact} 在 {id} 中有两种说法", "the fact {fact} is put in two ways in {id}"),
    ),
    Code(
        "R019",
        "kind-unknown",
        Level.ERROR,
        Both("{id} 写明适用于 {kind}，类别表中没有这一类", "{id} applies to {kind}, which is not among the kinds"),
    ),
)
