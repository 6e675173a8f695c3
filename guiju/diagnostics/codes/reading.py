"""The codes of the phase `reading` (letter D): texts that cannot be read as what they claim to be.

D001–D009 speak of bytes, D010–D029 of YAML and of limits that YAML and JSON share, D030–D039 of JSON; from D040 on, of what
stands in the cells of a workbook or the fields of a catalog.
"""

from guiju.diagnostics.codes.code import Code, Level
from guiju.terms.tongue import Both

__all__ = ["CODES"]

_ERROR, _WARNING, _HINT = Level.ERROR, Level.WARNING, Level.HINT

_BYTES: tuple[Code, ...] = (
    Code("D001", "not-text", _ERROR, Both("“{name}”不是文本：{kind}", "`{name}` is not text: {kind}")),
    Code("D002", "empty-file", _ERROR, Both("“{name}”里没有内容", "there is nothing in `{name}`")),
    Code(
        "D003",
        "undecodable",
        _ERROR,
        Both("按 {encoding} 编码读不通：第 {line} 行（第 {byte} 个字节）", "cannot be decoded as {encoding}: line {line} (byte {byte})"),
    ),
    Code(
        "D004",
        "guessed-encoding",
        _HINT,
        Both("文件没有说明编码，按 {encoding} 读入", "the file states no encoding; it is read as {encoding}"),
    ),
    Code("D005", "too-large", _ERROR, Both("内容太大：{size} 个字，至多 {limit}", "too large: {size} characters, at most {limit}")),
    Code("D006", "stray-character", _ERROR, Both("这里有一个看不见的字符 {character}", "an invisible character {character} stands here")),
    Code("D007", "unknown-encoding", _ERROR, Both("没有叫“{encoding}”的编码", "there is no encoding named `{encoding}`")),
    Code("D008", "leading-bom", _HINT, Both("开头有字节顺序标记，已略过", "the text begins with a byte order mark, which is passed over")),
)

_YAML: tuple[Code, ...] = (
    Code("D010", "yaml-syntax", _ERROR, Both("YAML 在这里读不通：{what}", "YAML cannot be read here: {what}")),
    Code("D011", "tab-indent", _ERROR, Both("缩进里有制表符，YAML 只认空格", "a tab stands in the indentation; YAML counts only spaces")),
    Code(
        "D012",
        "repeated-key",
        _ERROR,
        Both("“{key}”写了两次，先在第 {first} 行，又在第 {second} 行", "`{key}` is given twice, on line {first} and on line {second}"),
    ),
    Code("D013", "merge-key", _ERROR, Both("这里不用合并键“<<”", "the merge key `<<` is not used here")),
    Code("D014", "unknown-alias", _ERROR, Both("没有叫“{name}”的锚点", "there is no anchor named `{name}`")),
    Code(
        "D015", "alias-expansion", _ERROR, Both("引用展开后超过 {limit} 个值", "with its aliases written out this exceeds {limit} values")
    ),
    Code("D016", "too-deep", _ERROR, Both("嵌套超过 {limit} 层", "nested more than {limit} levels deep")),
    Code("D017", "too-many-values", _ERROR, Both("值太多，至多 {limit} 个", "too many values, at most {limit}")),
    Code("D018", "foreign-tag", _ERROR, Both("这里不用标签“{tag}”", "the tag `{tag}` is not used here")),
    Code("D019", "key-not-text", _ERROR, Both("键要写成一个词，这里是{kind}", "a key is a word; this is {kind}")),
    Code("D020", "second-document", _ERROR, Both("这里只读一份文档，却又开始了一份", "one document is read here, and another begins")),
    Code("D021", "alias-in-itself", _ERROR, Both("“{name}”引用了自己", "`{name}` holds itself")),
    Code(
        "D022",
        "number-too-long",
        _ERROR,
        Both("数字太长或太大，至多 {limit} 位", "the number is too long or too large, at most {limit} digits"),
    ),
)

_JSON: tuple[Code, ...] = (
    Code("D030", "json-syntax", _ERROR, Both("这里应是{wanted}，却是{found}", "{wanted} should stand here, not {found}")),
    Code("D031", "json-word", _ERROR, Both("JSON 里没有“{word}”这个值", "JSON has no value `{word}`")),
    Code("D032", "trailing-comma", _ERROR, Both("最后一项后面多了逗号", "a comma follows the last item")),
    Code("D033", "unfinished-text", _ERROR, Both("这段文字没有收尾的引号", "this text has no closing quotation mark")),
    Code("D034", "bad-escape", _ERROR, Both("JSON 里没有“{escape}”这种转义", "JSON has no escape `{escape}`")),
    Code("D035", "lone-surrogate", _ERROR, Both("“{escape}”只是半个字符", "`{escape}` is half a character")),
    Code("D036", "text-after-end", _ERROR, Both("内容已经结束，后面还有文字", "the value has ended, and more text follows")),
    Code("D037", "bad-number", _ERROR, Both("“{number}”不是 JSON 的数字写法", "`{number}` is not how JSON writes a number")),
    Code("D038", "unfinished", _ERROR, Both("内容没有写完：{open}没有收尾", "the text ends too early: {open} is still open")),
)

CODES: tuple[Code, ...] = _BYTES + _YAML + _JSON
