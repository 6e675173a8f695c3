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
    Code(
        "D039",
        "several-values",
        _HINT,
        Both("{count} 段 JSON 首尾相接，逐段读入", "{count} JSON values follow one another; they are read one by one"),
    ),
)

_RECORDS: tuple[Code, ...] = (
    Code(
        "D050",
        "two-headers-one-field",
        _WARNING,
        Both("“{first}”和“{second}”都是“{field}”，只读“{first}”", "`{first}` and `{second}` both mean `{field}`; only `{first}` is read"),
    ),
    Code(
        "D051",
        "unknown-kind",
        _ERROR,
        Both("看不出“{where}”是哪类对象；看到的是：{seen}", "`{where}` fits no kind of subject; what is seen: {seen}"),
    ),
    Code(
        "D052",
        "kinds-tie",
        _ERROR,
        Both("“{where}”同样像几类对象：{names}；请写明类别", "`{where}` fits several kinds alike: {names}; state the kind"),
    ),
    Code("D053", "no-such-kind", _ERROR, Both("没有叫“{word}”的对象；有：{known}", "there is no kind `{word}`; there are: {known}")),
    Code(
        "D054",
        "no-header",
        _ERROR,
        Both("“{sheet}”里找不到表头；最像的一行是：{seen}", "`{sheet}` has no header row; the likeliest row is: {seen}"),
    ),
    Code("D055", "not-a-record", _ERROR, Both("这里应是一条记录，却是“{found}”", "a record should stand here, not `{found}`")),
    Code(
        "D056",
        "ragged-row",
        _WARNING,
        Both("第 {line} 行有 {count} 格，表头有 {wanted} 格", "line {line} has {count} fields, and the header has {wanted}"),
    ),
    Code("D057", "unclosed-quote", _ERROR, Both("第 {line} 行的引号没有收尾", "a quotation mark on line {line} is never closed")),
    Code(
        "D060",
        "digits-lost",
        _ERROR,
        Both(
            "{sheet} {cell} 的长数字已变成 {value}，末几位无法复原",
            "the long number in {sheet} {cell} has become {value}; its last digits are lost",
        ),
    ),
    Code(
        "D061",
        "error-cell",
        _WARNING,
        Both("{sheet} {cell} 是错误值 {value}，按空白读", "{sheet} {cell} holds the error {value} and is read as blank"),
    ),
    Code(
        "D062",
        "formula-never-computed",
        _WARNING,
        Both("{sheet} {cell} 的公式没有算过，没有可读的值", "the formula in {sheet} {cell} was never computed; there is no value to read"),
    ),
    Code(
        "D063",
        "hidden-part",
        _HINT,
        Both("“{sheet}”里{what}是隐藏的，照样读入", "in `{sheet}`, {what} is hidden, and is read all the same"),
    ),
    Code(
        "D065",
        "orphan-row",
        _WARNING,
        Both(
            "{sheet} {cell}：“{value}”没有对应的{owner}{near}这一行没有检查",
            "{sheet} {cell}: there is no {owner} `{value}`{near} This row was not checked",
        ),
    ),
    Code("D066", "no-such-sheet", _ERROR, Both("没有叫“{sheet}”的工作表；有：{known}", "there is no sheet `{sheet}`; there are: {known}")),
    Code(
        "D068",
        "column-slipped",
        _WARNING,
        Both(
            "{sheet}“{header}”一栏的 {count} 个值里只有 {good} 个像数或日子，表头可能错了位；{near}",
            "only {good} of the {count} values under `{header}` {sheet} look like numbers or days; the headers may have slipped; {near}",
        ),
    ),
    Code("D067", "many-columns", _ERROR, Both("第 {line} 行超过 {limit} 列", "line {line} has more than {limit} columns")),
)

_INPUTS: tuple[Code, ...] = (
    Code("D070", "nothing-to-read", _ERROR, Both("“{name}”里没有可读的文件", "there is no file to read in `{name}`")),
    Code("D071", "cannot-open", _ERROR, Both("“{name}”打不开：{why}", "`{name}` cannot be opened: {why}")),
    Code("D072", "no-plain-file", _ERROR, Both("“{name}”不是普通文件：{kind}", "`{name}` is no plain file: {kind}")),
    Code(
        "D073",
        "link-out",
        _WARNING,
        Both("“{name}”是符号链接，在文件夹里不跟随", "`{name}` is a symbolic link, which is not followed in a folder"),
    ),
    Code("D074", "file-too-large", _ERROR, Both("“{name}”有 {size} 字节，至多 {limit}", "`{name}` has {size} bytes, at most {limit}")),
    Code(
        "D075",
        "unknown-format",
        _ERROR,
        Both("看不出“{name}”是什么格式；能读：{known}", "`{name}` is of no known format; these can be read: {known}"),
    ),
    Code(
        "D076",
        "missing-extra",
        _ERROR,
        Both("读“{name}”要先装：pip install 'guiju[{extra}]'", "to read `{name}`, first run: pip install 'guiju[{extra}]'"),
    ),
    Code(
        "D077",
        "unreadable-workbook",
        _ERROR,
        Both("“{name}”不能读：{why}；请另存为 .xlsx", "`{name}` cannot be read: {why}; save it as .xlsx"),
    ),
    Code("D078", "archive-refused", _ERROR, Both("不打开这个压缩包：{what}", "the archive is not opened: {what}")),
    Code("D079", "broken-workbook", _ERROR, Both("“{name}”不是完好的工作簿或者文档", "`{name}` is not a sound workbook or document")),
    Code("D080", "too-many-cells", _ERROR, Both("“{sheet}”太大：{what}", "`{sheet}` is too large: {what}")),
    Code("D081", "too-many-files", _ERROR, Both("“{name}”里的文件超过 {limit} 个", "`{name}` holds more than {limit} files")),
    Code(
        "D082",
        "out-of-time",
        _ERROR,
        Both("读了 {limit} 秒还没读完，“{name}”起没有读", "reading took more than {limit} seconds; from `{name}` on nothing was read"),
    ),
    Code(
        "D083",
        "too-many-headers",
        _WARNING,
        Both(
            "“{shape}”的表头或键超过 {limit} 个，其余不一一列出",
            "`{shape}` has more than {limit} headers or keys; the rest are not told one by one",
        ),
    ),
    Code("D084", "no-record", _ERROR, Both("“{where}”里没有一条记录", "there is not one record in `{where}`")),
    Code("D085", "broken-line", _WARNING, Both("第 {line} 行读不通：{what}", "line {line} cannot be read: {what}")),
    Code("D086", "line-too-long", _ERROR, Both("第 {line} 行超过 {limit} 字节", "line {line} has more than {limit} bytes")),
    Code(
        "D087",
        "more-of-the-same",
        _WARNING,
        Both("{which} 共 {count} 处，只列出前 {limit} 处", "{which} occurs {count} times; only the first {limit} are told"),
    ),
    Code("D088", "bad-submission-day", _ERROR, Both("提交日期“{seen}”不是一个日子", "the day of submission `{seen}` is no day")),
    Code("D089", "parquet-refused", _ERROR, Both("“{name}”不能作为 Parquet 读：{why}", "`{name}` cannot be read as Parquet: {why}")),
    Code(
        "D090",
        "not-a-portal",
        _ERROR,
        Both("“{url}”不是门户的网址；写成 ckan:https://…", "{url} is no address of a portal; write ckan:https://…"),
    ),
    Code("D091", "portal-silent", _ERROR, Both("问了 {tries} 次，{url} {why}", "asked {tries} times, {url} gave nothing: {why}")),
    Code("D092", "not-ckan", _ERROR, Both("{url} 的答复不是 CKAN 的", "what {url} answered is none of CKAN's")),
    Code("D093", "document-type", _ERROR, Both("这份 XML 带有 {what}，不予读入", "this XML has {what} and is not read")),
    Code(
        "D094",
        "unknown-context",
        _ERROR,
        Both("不认识上下文“{context}”，也不去网上取", "the context {context} is not known here, and nothing is fetched"),
    ),
    Code("D095", "broken-rdf", _WARNING, Both("这里不合 RDF 的写法：{why}", "this is no good RDF: {why}")),
    Code("D097", "no-word-table", _ERROR, Both("读不了：{why}", "it cannot be read: {why}")),
    Code("D150", "no-text-in-document", _ERROR, Both("这份文档读不了：{why}", "this document cannot be read: {why}")),
    Code("D140", "read-in-part", _WARNING, Both("只读了一部分：{why}", "it was read in part: {why}")),
    Code("D141", "answers-unreadable", _ERROR, Both("答案文件“{name}”：{why}", "the file of answers `{name}`: {why}")),
    Code(
        "D142",
        "answers-unconfirmed",
        _HINT,
        Both(
            "{all} 个筛查问题里有 {n} 个还没有答案；与它们有关的规则无法判定",
            "{n} of {all} screening questions have no answer yet; rules that hang on them are undetermined",
        ),
    ),
    Code("D143", "unknown-hole", _ERROR, Both("句式里的“{hole}”不认识", "the hole `{hole}` of a pattern is not known")),
    Code(
        "D144",
        "fact-fills-nothing",
        _ERROR,
        Both("没有“{field}”这个字段，取到的事实没有地方放", "there is no field `{field}` to put the fact in"),
    ),
    Code("D098", "sql-refused", _ERROR, Both("{name} 读不了：{why}", "{name} cannot be read: {why}")),
    Code(
        "D099",
        "code-beside-label",
        _HINT,
        Both(
            "“{number}”写的是平台自己的数字代码，“{field}”读写标签的“{label}”",
            "`{number}` holds numbers of the platform's own; `{field}` is read from `{label}`, which holds labels",
        ),
    ),
    Code(
        "D100",
        "number-format-on-code",
        _WARNING,
        Both(
            "“{sheet}”的 {cell} 是数，按格式“{format}”显示，这一栏却不是数；读作“{value}”",
            "{cell} of `{sheet}` is a number shown in the format `{format}`, in a field that is none; it is read as `{value}`",
        ),
    ),
    Code(
        "D096",
        "no-dataset",
        _ERROR,
        Both(
            "图里有 {count} 个数据集，认不出是哪一类对象；看到的属性有 {seen}",
            "the graph has {count} datasets, of no kind that is known here; its properties are {seen}",
        ),
    ),
    Code(
        "D101",
        "unreadable-rdf",
        _ERROR,
        Both("不合 RDF 的写法，读不出数据集：{why}", "this is no good RDF, and no dataset can be read: {why}"),
    ),
    Code(
        "D201",
        "kind-too-uncertain",
        _ERROR,
        Both(
            "“{where}”最像{kind}，{total} 个表头里 {matched} 个是它的字段：不足以当作它来查；没有认出：{unknown}",
            "`{where}` looks most like {kind}: {matched} of {total} headers are its fields, too little to check it as that; "
            "not understood: {unknown}",
        ),
    ),
)

CODES: tuple[Code, ...] = _BYTES + _YAML + _JSON + _RECORDS + _INPUTS
