"""The words in which the reader of JSON says what it wanted and what it met; words only, no parsing."""

from guiju.diagnostics.node import Kind
from guiju.terms.tongue import Both

__all__ = ["CLOSERS", "CONTAINERS", "FOUND", "WANTED", "name_token"]

WANTED: dict[str, Both] = {
    "value": Both("一个值", "a value"),
    "value or ]": Both("一个值或“]”", "a value or `]`"),
    "key": Both("加双引号的键", "a key in double quotation marks"),
    "key or }": Both("加双引号的键或“}”", "a key in double quotation marks or `}`"),
    ":": Both("冒号“:”", "a colon `:`"),
    ", or ]": Both("逗号或“]”", "a comma or `]`"),
    ", or }": Both("逗号或“}”", "a comma or `}`"),
}

FOUND: dict[str, Both] = {
    "'": Both("单引号；JSON 只用双引号", "a single quotation mark; JSON has only double ones"),
    "“": Both("中文引号；JSON 只用半角双引号", 'a Chinese quotation mark; JSON has only `"`'),
    "”": Both("中文引号；JSON 只用半角双引号", 'a Chinese quotation mark; JSON has only `"`'),
    "，": Both("全角逗号；JSON 只用半角", "a full-width comma; JSON has only `,`"),
    "：": Both("全角冒号；JSON 只用半角", "a full-width colon; JSON has only `:`"),
    "/": Both("注释；JSON 里不写注释", "a comment; JSON has none"),
    "#": Both("注释；JSON 里不写注释", "a comment; JSON has none"),
    "\ufeff": Both("字节顺序标记", "a byte order mark"),
    "\u3000": Both("全角空格", "a full-width space"),
    "\u00a0": Both("不换行空格", "a no-break space"),
}

CONTAINERS: dict[Kind, Both] = {
    Kind.LIST: Both("一个列表", "a list"),
    Kind.MAP: Both("一组键值", "a map"),
}

CLOSERS: dict[Kind, Both] = {
    Kind.LIST: Both("缺少对应的“]”", "its `]` is wanting"),
    Kind.MAP: Both("缺少对应的“}”", "its `}` is wanting"),
}

_NEAR: dict[str, Both] = {
    "true": Both("写作 true", "write true"),
    "false": Both("写作 false", "write false"),
    "none": Both("写作 null", "write null"),
    "null": Both("写作 null", "write null"),
    "nan": Both("没有数值时写作 null", "where there is no number, write null"),
    "infinity": Both("没有数值时写作 null", "where there is no number, write null"),
}


def name_token(word: str) -> Both:
    """What to write instead of a bare word."""
    return _NEAR.get(word.lstrip("+-").lower(), Both("文字要加双引号", "text stands in double quotation marks"))
