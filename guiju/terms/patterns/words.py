"""The sentences that say why a text is no pattern. Words only."""

from collections.abc import Mapping
from types import MappingProxyType

from guiju.terms.tongue import Both

__all__ = ["FAULTS"]

FAULTS: Mapping[str, Both] = MappingProxyType(
    {
        "too_long": Both("模式超过 {limit} 个字符", "the pattern is longer than {limit} characters"),
        "too_large": Both(
            "模式展开后超过 {limit} 个位置，请减小重复次数", "written out, the pattern has more than {limit} places; repeat less"
        ),
        "too_deep": Both("括号嵌套超过 {limit} 层", "parentheses are nested deeper than {limit}"),
        "stray_close": Both("这个“)”没有对应的“(”；要写字面的括号，写 \\)", "this `)` closes nothing; a literal one is written \\)"),
        "open_group": Both("这个“(”没有对应的“)”", "this `(` is not closed"),
        "open_class": Both("这个“[”没有对应的“]”", "this `[` is not closed"),
        "empty_class": Both("方括号里没有任何字符", "no character is left in these brackets"),
        "bracket_in_class": Both("方括号里的“[”写作 \\[", "inside brackets a `[` is written \\["),
        "range_of_class": Both("范围的两端须是单个字符", "both ends of a range are single characters"),
        "range_reversed": Both("范围的起点在终点之后", "the range starts after its end"),
        "count": Both(
            "重复次数写作 {{3}}、{{3,}} 或 {{3,5}};要写字面的花括号，写 \\{{",
            "a count is written {{3}}, {{3,}} or {{3,5}}; a literal brace is written \\{{",
        ),
        "count_too_large": Both("重复次数最多 {limit}", "a count is at most {limit}"),
        "count_reversed": Both("重复次数的下限大于上限", "the least count is greater than the most"),
        "nothing_to_repeat": Both(
            "“{sign}”前面没有可以重复的内容；要写字面的“{sign}”，写 \\{sign}",
            "there is nothing before `{sign}` to repeat; a literal one is written \\{sign}",
        ),
        "repeat_of_repeat": Both(
            "一处只能有一个重复记号；需要时加括号", "one place takes one repeat sign; use parentheses if two are meant"
        ),
        "stray_sign": Both(
            "这里的“{sign}”要写作 \\{sign};只有整个模式的开头可写 ^、结尾可写 $",
            "here `{sign}` is written \\{sign}; only the whole pattern may open with ^ and close with $",
        ),
        "anchor_and_choice": Both(
            "^ 或 $ 与“|”同用时，各分支请放进括号:^(甲|乙)$", "with ^ or $ the branches go into parentheses: ^(a|b)$"
        ),
        "look_around": Both("不支持环视；它不能保证线性时间", "look-around is not supported; it cannot be done in linear time"),
        "group_option": Both("“(?”之后只可以是“:”", "after `(?` only `:` may follow"),
        "back_reference": Both(
            "不支持反向引用；它不能保证线性时间", "back-references are not supported; they cannot be done in linear time"
        ),
        "digit_class": Both("不支持 \\{sign};请写 [0-9] 或 [^0-9]", "\\{sign} is not supported; write [0-9] or [^0-9]"),
        "space_class": Both(
            "不支持 \\{sign};请写出所指的空白，如 [ \\t\\u3000]",
            "\\{sign} is not supported; write the blanks you mean, such as [ \\t\\u3000]",
        ),
        "word_class": Both(
            "不支持 \\{sign};请写 [A-Za-z0-9_],汉字写 \\p汉字",
            "\\{sign} is not supported; write [A-Za-z0-9_], and \\p{{Han}} for Chinese characters",
        ),
        "boundary": Both(
            "不支持 \\{sign};模式本来就要与整个文本相符", "\\{sign} is not supported; a pattern is matched against the whole text anyway"
        ),
        "property": Both("\\p 之后只可以是“汉字”:\\p汉字", "after \\p only {{Han}} may follow: \\p{{Han}}"),
        "code_point": Both("字符编号写作 \\u4E00 或 \\u{{20BB7}}", "a code point is written \\u4E00 or \\u{{20BB7}}"),
        "open_escape": Both(
            "末尾的“\\”后面没有字符；要写字面的“\\”，写 \\\\", "nothing follows this backslash; a literal one is written \\\\"
        ),
        "unknown_escape": Both(
            "“\\{sign}”没有含义；反斜线只用在标点之前", "\\{sign} means nothing; a backslash stands before punctuation only"
        ),
    }
)
