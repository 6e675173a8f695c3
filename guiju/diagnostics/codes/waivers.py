"""The codes of the phase `waivers` (letter W): W001–W009 speak of how a waiver is written, from W010 on of what it does on a day."""

from guiju.diagnostics.codes.code import Code, Level
from guiju.terms.tongue import Both

__all__ = ["CODES"]

_ERROR, _WARNING, _HINT = Level.ERROR, Level.WARNING, Level.HINT

_WRITTEN: tuple[Code, ...] = (
    Code(
        "W001",
        "no-list-of-waivers",
        _ERROR,
        Both("这里应是一份豁免清单，写的是{found}", "a list of waivers should stand here, not {found}"),
    ),
    Code("W002", "waiver-part-missing", _ERROR, Both("豁免“{id}”没有写{part}", "the waiver `{id}` states no {part}")),
    Code("W003", "waiver-part-misread", _ERROR, Both("{part}应是{wanted}，写的是{found}", "{part} should be {wanted}, not {found}")),
    Code("W004", "unknown-waiver-part", _ERROR, Both("豁免里没有“{name}”这一项", "a waiver has no part `{name}`")),
    Code(
        "W005",
        "waiver-for-no-rule",
        _WARNING,
        Both("规则集里没有“{name}”，这条豁免对它不起作用", "the ruleset has no `{name}`; the waiver does nothing for it"),
    ),
    Code("W006", "waiver-on-unknown-field", _ERROR, Both("没有叫“{name}”的字段", "there is no field `{name}`")),
    Code("W007", "waiver-twice", _ERROR, Both("编号“{id}”用了两次", "the id `{id}` is used twice")),
    Code(
        "W008",
        "waiver-ends-before-start",
        _ERROR,
        Both("豁免“{id}”的止日 {end} 在起日 {start} 之前", "the waiver `{id}` ends on {end}, before it starts on {start}"),
    ),
    Code("W009", "too-many-waivers", _ERROR, Both("豁免超过 {limit} 条", "there are more than {limit} waivers")),
)

_LAID: tuple[Code, ...] = (
    Code(
        "W010",
        "waiver-unused",
        _WARNING,
        Both("豁免“{id}”没有用上：它所指的不符合已不存在", "the waiver `{id}` is unused: nothing that it is for fails"),
    ),
    Code(
        "W011",
        "waiver-expiring",
        _WARNING,
        Both("豁免“{id}”于 {day} 到期，届时 {count} 处不再豁免", "the waiver `{id}` ends on {day}; {count} findings then need mending"),
    ),
    Code(
        "W012",
        "waiver-expired",
        _WARNING,
        Both("豁免“{id}”已于 {day} 到期，{count} 处不再豁免", "the waiver `{id}` ended on {day}; {count} findings are no longer waived"),
    ),
    Code(
        "W013",
        "waiver-without-scope",
        _WARNING,
        Both(
            "豁免“{id}”没有限定对象、单位或字段，凡违反该规则的都豁免",
            "the waiver `{id}` names no subject, unit or field; it covers every breach of its rules",
        ),
    ),
    Code(
        "W014",
        "waiver-over-broad",
        _WARNING,
        Both("豁免“{id}”盖住 {count} 处，超过 {limit} 处", "the waiver `{id}` covers {count} findings, more than {limit}"),
    ),
    Code(
        "W015",
        "waiver-outdated",
        _WARNING,
        Both(
            "豁免“{id}”批准之后，规则 {rule} 已经改动；须重新批准，现不予豁免",
            "the rule {rule} has changed since the waiver `{id}` was approved; it must be approved anew and is not laid",
        ),
    ),
    Code("W016", "waiver-not-yet", _HINT, Both("豁免“{id}”自 {day} 起才有效", "the waiver `{id}` holds only from {day}")),
    Code(
        "W017",
        "waiver-pins-no-rule",
        _HINT,
        Both(
            "豁免“{id}”没有写规则摘要，规则日后改动也看不出来",
            "the waiver `{id}` pins no rule digest; a later change of its rule would not show",
        ),
    ),
)

CODES: tuple[Code, ...] = _WRITTEN + _LAID
