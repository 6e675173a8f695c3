"""The codes of the phase `syntax` (letter S): rule text that cannot be read, or not as it stands.

S001–S009 and S014–S019 are gaps and surpluses, S010–S013 single words, S020–S026 known wrong phrasings, S027–S039 the
parts of declarations and limits.
"""

from guiju.diagnostics.codes.code import Code, Level
from guiju.terms.tongue import Both

__all__ = ["CODES"]

_E, _W = Level.ERROR, Level.WARNING

CODES: tuple[Code, ...] = (
    Code("S001", "unknown-declaration", _E, Both("“{word}”不能开始一项声明", "`{word}` does not begin a declaration")),
    Code("S002", "unknown-part", _E, Both("{decl}里没有“{word}”这一部分", "a {decl} has no part `{word}`")),
    Code("S003", "name-missing", _E, Both("缺{wanted}，{found}", "{wanted} is missing; {found}")),
    Code("S004", "expression-missing", _E, Both("{after}缺一个表达式", "an expression is missing {after}")),
    Code("S005", "unexpected", _E, Both("{found}，应是{wanted}", "{found} where {wanted} should be")),
    Code("S006", "unclosed-bracket", _E, Both("“{mark}”没有收尾的“{close}”", "`{mark}` is never closed by `{close}`")),
    Code("S007", "stray-bracket", _E, Both("多了一个“{mark}”", "a `{mark}` too many")),
    Code("S008", "unclosed-text", _E, Both("引号没有收尾", "a quotation mark is never closed")),
    Code("S009", "unclosed-name", _E, Both("“「”没有收尾的“」”", "`「` is never closed by `」`")),
    Code("S010", "stray-character", _E, Both("“{written}”在这里没有意义", "`{written}` means nothing here")),
    Code("S011", "no-such-day", _E, Both("日历上没有 {written} 这一天", "the calendar has no day {written}")),
    Code("S012", "date-form", _E, Both("日期“{written}”应写作 {right}", "the date `{written}` is written {right}")),
    Code("S013", "unknown-unit", _E, Both("“{written}”不是已知的单位", "`{written}` is no known unit")),
    Code("S014", "chained-comparison", _E, Both("一个比较之后不能再接一个比较", "a comparison cannot follow a comparison")),
    Code("S015", "word-missing", _E, Both("缺“{word}”，{found}", "`{word}` is missing; {found}")),
    Code("S016", "negation-inside", _E, Both("“{word}”在这里要加括号", "`{word}` needs brackets here")),
    Code("S017", "bare-condition", _E, Both("“满足”之后的条件要写在括号里", "the condition after `satisfies` stands in brackets")),
    Code("S018", "unindented-part", _E, Both("“{word}”这一行没有缩进", "the line of `{word}` is not indented")),
    Code(
        "S019", "indented-declaration", _E, Both("“{word}”是声明，应顶格写", "`{word}` begins a declaration and stands at the line's start")
    ),
    Code("S020", "wrong-operator", _E, Both("“{written}”应写作“{right}”", "`{written}` is written `{right}`")),
    Code("S021", "wrong-word", _E, Both("“{written}”应写作“{right}”", "`{written}` is written `{right}`")),
    Code("S022", "wrong-quotes", _E, Both('“{written}”不是文本的引号，请用 "…" 或 “…”', '`{written}` does not quote a text; use "…"')),
    Code("S023", "stuck-keyword", _E, Both("“{word}”后面要空一格", "a blank is wanting after `{word}`")),
    Code("S024", "open-list", _E, Both("“{written}”不说明还有什么，请逐项写明", "`{written}` does not say what else; name each")),
    Code("S025", "tab-indent", _W, Both("缩进里有制表符，请用空格", "a tab stands in the indentation; use blanks")),
    Code("S026", "full-stop", _E, Both("表达式末尾不写“{written}”", "no `{written}` ends an expression")),
    Code("S027", "type-missing", _E, Both("“{name}”缺类型，{found}", "the type of `{name}` is missing; {found}")),
    Code("S028", "unknown-flag", _E, Both("“{word}”不是字段的标记", "`{word}` is no flag of a field")),
    Code("S029", "interval", _E, Both("“{word}”之后缺日期", "a date is missing after `{word}`")),
    Code("S030", "surplus", _E, Both("“{word}”在这一行的末尾是多余的", "`{word}` is too much at the end of this line")),
    Code("S031", "content-missing", _E, Both("“{word}”之后没有内容", "nothing follows `{word}`")),
    Code("S032", "module-place", _E, Both("“模块”至多一个，写在最前", "there is at most one `module`, and it comes first")),
    Code(
        "S033",
        "too-deep",
        _E,
        Both("表达式太深或太长，至多 {limit} 层", "the expression is nested too deeply or too long, at most {limit} levels"),
    ),
    Code(
        "S034",
        "too-large",
        _E,
        Both("规则文件太大：{size} 个字，至多 {limit}", "the rule file is too large: {size} characters, at most {limit}"),
    ),
    Code("S035", "names-order", _E, Both("先写中文名，再写英文名：{right}", "the Chinese name comes first: {right}")),
    Code("S036", "code-missing", _E, Both("“{name}”前面缺代码", "the code before `{name}` is missing")),
    Code(
        "S037",
        "arrow-missing",
        _E,
        Both("决策表的一行写作“条件 → 结果”，这里缺“→”", "a row of a table is `cells → result`; the `→` is missing"),
    ),
    Code("S038", "empty-list", _E, Both("这里的清单是空的", "the list here is empty")),
    Code("S039", "number-too-long", _E, Both("数字太长，至多 {limit} 位", "the number is too long, at most {limit} digits")),
    Code(
        "S041",
        "unseen-character",
        _E,
        Both("这里有一个看不见的字符（{written}）", "a character that cannot be seen stands here ({written})"),
    ),
    Code(
        "S042",
        "part-too-deep",
        _E,
        Both("“{word}”多缩了 {depth} 格，被当成上一部分的继续", "`{word}` is indented {depth} too deep and goes on the part before it"),
    ),
    Code(
        "S043", "times-missing", _E, Both("“{written}”前面缺一个“×”或别的运算符", "an operator such as `*` is missing before `{written}`")
    ),
    Code("S044", "numbering", _E, Both("规则里不写编号“{written}”", "no numbering such as `{written}` is written in rules")),
    Code("S045", "blank-in-name", _E, Both("字段的名称里有空格：“{name}”", "a blank stands in the name of the field: `{name}`")),
    Code("S040", "bad-escape", _E, Both("没有“{escape}”这种转义", "there is no escape `{escape}`")),
)
