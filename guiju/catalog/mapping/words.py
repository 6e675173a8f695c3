"""Why a header or a table was understood as it was, in words for users of both languages."""

from guiju.terms.tongue import Both

__all__ = [
    "BESIDE",
    "BY_AFFIX",
    "BY_ALIAS",
    "BY_BOTH_TONGUES",
    "BY_BRACKETS",
    "BY_CONTENT",
    "BY_FORM",
    "BY_INNER",
    "BY_KEY",
    "BY_NAME",
    "BY_PEELING",
    "BY_YOU",
    "CONTINUED",
    "COVER",
    "EMPTY_SHEET",
    "EXAMPLE_ROW",
    "FORM_GOES_ON",
    "FORM_REST",
    "NOTE_ROW",
    "NOT_DATA",
    "NO_FIELD",
    "NUMBER_ROW",
    "OF_EVERY_KIND",
    "OWN_SHEET",
    "REPEATED_HEADER",
    "SECTION_ROW",
    "TITLE_ROW",
    "TOTAL_ROW",
    "UNKNOWN_SHEET",
    "by_asking",
    "by_child",
    "by_form",
    "by_kind_word",
    "by_score",
    "by_sheet_name",
    "listed",
    "with_unit",
]

BY_NAME = Both("与名称相同", "the same as its name")
BY_ALIAS = Both("是声明过的别名", "a declared alias")
BY_PEELING = Both("去掉标记后与名称或别名相同", "the same as a name or alias once marks are peeled off")
BY_BRACKETS = Both("略去括号里的说明后相同", "the same once the remark in brackets is left out")
BY_CONTENT = Both("写的不是代码，是它的说明", "what stands there is no code but says more of it")
BY_AFFIX = Both("略去前后的限定词后与名称或别名相同", "the same as a name or alias once the words that qualify it are left out")
BY_BOTH_TONGUES = Both("两种语言的名称指同一个字段", "its names in both tongues mean one field")
BY_FORM = Both("归入旁边的表单", "given to the form beside it")
BY_INNER = Both("是内层对象的字段", "a field of an inner record")
BY_KEY = Both("写明了类别", "the kind is stated")
OF_EVERY_KIND = Both("（都认得，但什么表都有这些栏）", "(none, but these stand above tables of every kind)")
BY_YOU = Both("由您指定", "as you said")
NO_FIELD = Both("没有这样的字段", "there is no such field")

TITLE_ROW = Both("表头之上的标题或说明", "a title or remark above the header")
NOTE_ROW = Both("表后的说明", "a remark in or below the table")
TOTAL_ROW = Both("合计行", "a row of totals")
REPEATED_HEADER = Both("重复的表头", "the header once more")
CONTINUED = Both("续行里与首行不同的内容", "on a row that continues a record, other than on its first")
SECTION_ROW = Both("表中的分段标题", "a title within the table")
EXAMPLE_ROW = Both("示例行", "an example row")
NUMBER_ROW = Both("栏号", "the numbers of the columns")
FORM_REST = Both("表单的标题、说明或多出的内容", "a title, a remark or something more on the form")
COVER = Both("封面上的内容", "what stands on a cover")
FORM_GOES_ON = Both("接着前面的表单", "it goes on with the form before it")
EMPTY_SHEET = Both("空的工作表", "an empty sheet")
NOT_DATA = Both("您说它不是数据", "as you said, it is no data")
OWN_SHEET = Both("规矩写下的说明、选项或问题清单", "instructions, choices or a list of problems that Guiju wrote")
BESIDE = Both("记录外面的一层里的内容", "what stands in the envelope of the records")
UNKNOWN_SHEET = Both("看不出是什么的工作表", "a sheet of unknown kind")


def by_asking(word: str) -> Both:
    """The kind was asked for by the caller."""
    return Both(f"按要求读作“{word}”", f"read as `{word}`, as asked")


def by_sheet_name(sheet: str) -> Both:
    """The kind follows from the name of the sheet or of the list."""
    return Both(f"由名称“{sheet}”得知", f"known from the name `{sheet}`")


def by_kind_word(header: str) -> Both:
    """Each row states its kind in that column."""
    return Both(f"每行由“{header}”一栏写明", f"each row states it under `{header}`")


def by_score(matched: int, total: int) -> Both:
    """The kind follows from how many headers fit."""
    return Both(f"{total} 个表头或键中有 {matched} 个相符", f"{matched} of {total} headers or keys fit")


def by_child(header: str) -> Both:
    """The rows belong to records of another sheet, joined by that column."""
    return Both(f"按“{header}”一栏归入上级记录", f"joined to its owners by `{header}`")


def with_unit(how: Both, unit: str) -> Both:
    """The header states a unit, which its bare numbers were given."""
    return Both(f"{how.zh}；不带单位的数按“{unit}”读", f"{how.en}; bare numbers are in `{unit}`")


def by_form(labels: int) -> Both:
    """The sheet is a form: labels beside their values."""
    return Both(f"是一张表单，{labels} 个栏目相符", f"a form, of which {labels} labels fit")


def listed(seen: tuple[str, ...]) -> Both:
    """Words that stand in a document, one after the other, within 200 characters."""
    return Both("、".join(seen)[:200] or "（空）", ", ".join(seen)[:200] or "(nothing)")
