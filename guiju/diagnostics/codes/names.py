"""The codes of the phase `names` (letter N): names that nothing bears, or that two things bear."""

from guiju.diagnostics.codes.code import Code, Level
from guiju.terms.tongue import Both

__all__ = ["CODES"]

_ERROR, _WARNING = Level.ERROR, Level.WARNING

CODES: tuple[Code, ...] = (
    Code(
        "N040",
        "amount-in-words",
        Level.ERROR,
        Both("“{name}”不是名称；数要写成 {meant}", "`{name}` is no name; the amount is written {meant}"),
    ),
    Code("N041", "id-taken", Level.ERROR, Both("英文名 {name} 已被“{other}”用了", "the English name {name} is taken by `{other}`")),
    Code("N001", "unknown-name", _ERROR, Both("没有叫“{name}”的字段、术语或参数", "no field, term or parameter is called `{name}`")),
    Code("N002", "declared-twice", _ERROR, Both("{kind}“{name}”声明了两次", "{kind} `{name}` is declared twice")),
    Code("N003", "unknown-field", _ERROR, Both("{shape}没有字段“{name}”", "{shape} has no field `{name}`")),
    Code("N004", "unknown-code", _ERROR, Both("词表“{codes}”里没有“{name}”", "the code list {codes} has no `{name}`")),
    Code("N005", "unknown-type", _ERROR, Both("没有叫“{name}”的类型、词表或对象", "no type, code list or shape is called `{name}`")),
    Code("N006", "unknown-shape", _ERROR, Both("没有叫“{name}”的对象", "no shape is called `{name}`")),
    Code("N007", "unknown-function", _ERROR, Both("没有叫“{name}”的函数或决策表", "no function or table is called `{name}`")),
    Code(
        "N008",
        "term-of-another-shape",
        _ERROR,
        Both("术语“{name}”说的是{shape}，这里没有{shape}", "the term `{name}` speaks of {shape}, and there is none here"),
    ),
    Code("N009", "ambiguous-list", _ERROR, Both("“{name}”可以是几个字段：{fields}", "`{name}` may be any of several fields: {fields}")),
    Code("N010", "circular-definition", _ERROR, Both("“{name}”用自己来定义自己", "`{name}` is defined by itself")),
    Code("N011", "shape-holds-itself", _ERROR, Both("{shape}通过字段“{field}”包含了自己", "{shape} holds itself by its field `{field}`")),
    Code("N012", "unknown-rule", _ERROR, Both("没有叫“{name}”的规则", "no rule is called `{name}`")),
    Code("N013", "unknown-reading", _ERROR, Both("没有叫“{name}”的读法", "no reading is called `{name}`")),
    Code("N014", "unknown-module", _WARNING, Both("这些文件里没有叫“{name}”的模块", "none of these files is the module `{name}`")),
    Code(
        "N015",
        "module-version",
        _WARNING,
        Both(
            "模块“{name}”现在是版本 {found}，这里写的是 {written}", "the module `{name}` is at version {found}; {written} is written here"
        ),
    ),
    Code(
        "N016",
        "not-a-group-key",
        _ERROR,
        Both("“{name}”不是分组的依据，各成员可能不同", "`{name}` is not what the groups are made by; members may differ in it"),
    ),
    Code("N017", "unknown-format", _ERROR, Both("没有叫“{name}”的格式", "no format is called `{name}`")),
    Code(
        "N018",
        "versions-overlap",
        _ERROR,
        Both("规则“{name}”的两个版本同时有效：{days}", "two versions of the rule `{name}` hold together: {days}"),
    ),
    Code(
        "N019", "rules-yield-in-circle", _ERROR, Both("规则“{name}”绕了一圈又受自己限制", "the rule `{name}` yields to itself in a circle")
    ),
    Code("N020", "unknown-word", _ERROR, Both("“{part}”不认识“{word}”", "`{part}` does not know the word `{word}`")),
    Code(
        "N035",
        "taken-in-unknown",
        _ERROR,
        Both("没有叫“{name}”的规则，登记的文件里也没有", "no rule and no instrument of the registry is called `{name}`"),
    ),
    Code(
        "N036",
        "profiles-fit-equally",
        _ERROR,
        Both("场景“{name}”与“{other}”认的材料一样，分不出来", "nothing tells the profile `{name}` from `{other}`"),
    ),
    Code("N021", "values-overlap", _ERROR, Both("“{name}”同时有两个值：{days}", "`{name}` has two values at once: {days}")),
    Code(
        "N026",
        "two-meanings",
        _ERROR,
        Both("“{name}”有两个意思：{first} 和 {second}", "`{name}` has two meanings: {first} and {second}"),
    ),
)
