"""What a YAML parser's complaint means, in both tongues; words only, no parsing."""

import re

from guiju.diagnostics.node import Kind
from guiju.diagnostics.source import Source
from guiju.terms.tongue import Both

__all__ = ["KEY_KINDS", "explain", "full_width_colon"]

KEY_KINDS: dict[Kind, Both] = {
    Kind.TEXT: Both("空的", "empty"),
    Kind.INT: Both("数字", "a number"),
    Kind.DECIMAL: Both("数字", "a number"),
    Kind.TRUTH: Both("真假值", "a truth value"),
    Kind.NULL: Both("空的", "empty"),
    Kind.LIST: Both("一个列表", "a list"),
    Kind.MAP: Both("一组键值", "a map"),
}

_MEANINGS: tuple[tuple[str, Both], ...] = (
    (
        r"alphabetic or numeric",
        Both(
            "“&”“*”后面的名字只能用英文字母和数字；若不是引用，请加引号",
            "after `&` and `*` stand Latin letters and digits; if no alias is meant, use quotation marks",
        ),
    ),
    (
        r"mapping values are not allowed",
        Both("这一行里又出现了一个冒号，或缩进与上一行不合", "another colon on this line, or an indentation unlike the line above"),
    ),
    (
        r"cannot start any token",
        Both("词不能以这个字符开头，请加引号", "a word cannot begin with this character; put it in quotation marks"),
    ),
    (r"expected ':'", Both("键后面少了冒号和空格", "a colon and a space are wanting after the key")),
    (r"end of stream|document indicator", Both("引号没有收尾", "a quotation mark is never closed")),
    (r"expected ',' or '\]'|expected ',' or ']'", Both("方括号里少了逗号或“]”", "a comma or `]` is wanting in the brackets")),
    (r"expected ',' or '}'", Both("花括号里少了逗号或“}”", "a comma or `}` is wanting in the braces")),
    (
        r"expected '-' indicator",
        Both("列表的下一项应以“- ”开头，并与上一项对齐", "the next item should begin with `- `, in line with the one above"),
    ),
    (r"expected key|expected <block end>", Both("这一行的缩进与同组的键没有对齐", "this line is not in line with the keys of its group")),
    (
        r"block sequence entries|sequence entries are not allowed",
        Both("“- ”不能写在这里，请另起一行", "`- ` cannot stand here; begin a new line"),
    ),
    (
        r"document start|end of the stream",
        Both("前面的内容已经结束，缩进或引号可能不对", "what stands before has ended; look at the indentation or a quotation mark"),
    ),
    (
        r"escape character|escape",
        Both("双引号里没有这种反斜杠写法；可改用单引号", "no such backslash form in double quotes; single quotes may serve"),
    ),
    (r"tag", Both("这个标签读不通", "this tag cannot be read")),
    (
        r"anchor|alias",
        Both("“&”“*”后面要有名字；若不是引用，请加引号", "a name must follow `&` and `*`; if none is meant, use quotation marks"),
    ),
    (r"node content|expected the node|flow node", Both("这里少了一个值", "a value is wanting here")),
    (r"directive|version", Both("以“%”开头的行读不通", "a line that begins with `%` cannot be read")),
    (
        r"indentation|block scalar|comment or a line break|comment or line break",
        Both("“|”或“>”之后的缩进不对", "the indentation after `|` or `>` is off"),
    ),
)

_OTHERWISE = Both("这里的写法不合 YAML", "this is not how YAML is written")


def explain(problem: str | None) -> Both:
    """The parser's complaint in plain words of both tongues."""
    text = problem or ""
    return next((words for pattern, words in _MEANINGS if re.search(pattern, text)), _OTHERWISE)


def full_width_colon(source: Source, at: int) -> Both | None:
    """A hint when the line at the offset, or the one before, has a full-width colon where YAML needs `: `."""
    line = source.line_column(at)[0]
    near = [source.line_text(number) for number in (line - 1, line) if number >= 1]
    if any("：" in text and not re.search(r":(\s|$)", text) for text in near):
        return Both("键后面的冒号要用半角“: ”，不是“：”", "after a key YAML needs `: `, not the full-width `：`")
    return None
