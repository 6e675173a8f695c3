"""The words of the language: one table in which every kind has its spellings in both tongues, canonical first.

It knows spellings only, not where a word may stand; the names of built-in functions are not words of the language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guiju.terms.places import PLACES
from guiju.terms.tongue import Tongue

__all__ = [
    "ANSWERS",
    "ARROW",
    "CHECKLISTS",
    "COLLECTIVES",
    "CONNECTIVES",
    "DECLARATIONS",
    "FLAGS",
    "INFIX",
    "PARTS",
    "POSTFIX",
    "QUANTIFIERS",
    "TYPES",
    "WORDS",
    "Spelling",
    "kinds_by_word",
    "spell",
    "translate_word",
]


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one kind is written; the first of each tongue is the one that the formatter writes."""

    zh: tuple[str, ...]
    en: tuple[str, ...]

    def all(self, tongue: Tongue) -> tuple[str, ...]:
        """The spellings of one tongue."""
        return self.zh if tongue is Tongue.ZH else self.en


def _table(*rows: tuple[str, str, str]) -> Mapping[str, Spelling]:
    """Rows of kind, zh and en; further spellings are parted by a vertical bar with blanks around it."""
    return MappingProxyType({kind: Spelling(tuple(zh.split(" ~ ")), tuple(en.split(" ~ "))) for kind, zh, en in rows})


DECLARATIONS = _table(
    ("module", "模块", "module"),
    ("use", "使用", "use"),
    ("shape", "对象", "shape"),
    ("register", "名录", "register"),
    ("codelist", "词表", "codelist"),
    ("reading", "读法", "reading"),
    ("parameter", "参数", "parameter"),
    ("term", "术语", "term"),
    ("table", "决策表", "table"),
    ("rule", "规则", "rule"),
    ("judged", "人工", "judged"),
    ("framework", "框架", "framework"),
    ("profile", "场景", "profile"),
    ("guidance", "填写说明", "guidance"),
)

PARTS = _table(
    ("cites", "依据", "cites"),
    ("derives", "源自", "derives"),
    ("subject", "对象", "subject"),
    ("applies", "适用", "applies"),
    ("act_day", "行为日", "act_day ~ act day"),
    ("looks_back", "溯及", "looks_back ~ looks back"),
    ("except", "除外", "except"),
    ("transition", "过渡", "transition"),
    ("subject_to", "受", "subject_to ~ subject to"),
    ("notwithstanding", "不受", "notwithstanding"),
    ("shall", "应当", "shall"),
    ("shall_not", "不得", "shall_not ~ shall not"),
    ("should", "宜", "should"),
    ("should_not", "不宜", "should_not ~ should not"),
    ("may", "可", "may"),
    ("fix", "整改", "fix"),
    ("says", "提示", "says"),
    ("why", "理由", "why"),
    ("allows", "允许", "allows"),
    ("because", "因为", "because"),
    ("by", "由", "by"),
    ("about", "说明", "about"),
    ("severity", "严重程度", "severity"),
    ("dimension", "维度", "dimension"),
    ("version", "版本", "version"),
    ("force", "自", "from"),
    ("until", "至", "to"),
    ("submitted", "提交", "submitted"),
    ("status", "状态", "status"),
    ("empty_passes", "空集视为通过", "empty_passes ~ empty passes"),
    ("aliases", "别名", "aliases"),
    ("reading", "读法", "reading"),
    ("labels_only", "只认标签", "labels_only ~ labels only"),
    ("ordered", "从宽到严", "loosest_first ~ loosest first"),
    ("row", "条目", "row ~ entry"),
    ("blank", "空白", "blank"),
    ("not_applicable_words", "不适用", "not_applicable ~ not applicable"),
    ("pending_words", "待定", "pending"),
    ("dates", "日期", "dates"),
    ("true_words", "真", "true"),
    ("false_words", "假", "false"),
    ("money_unit", "金额单位", "money_unit ~ money unit"),
    ("fold_width", "全半角折叠", "fold_width ~ fold width"),
    ("means", "是指", "means"),
    ("input", "条件", "input"),
    ("gives", "结果", "gives"),
    ("collects", "收录", "collects"),
    ("stages", "环节", "stage ~ stages"),
    ("place", "地域", "place"),
    ("kinds", "对象", "kinds"),
    ("takes_in", "收录", "takes_in ~ takes in"),
    ("leaves_out", "除", "leaves_out ~ leaves out"),
    ("screening", "筛查", "screening"),
    ("expects", "期望", "expects"),
    ("gate", "门槛", "gate"),
)

# Words inside a part.
CONNECTIVES = _table(
    ("when", "当", "when"),
    ("then", "则", "then"),
    ("if", "若", "if"),
    ("else", "否则", "else"),
    ("not", "非", "not"),
    ("of", "的", "of"),
    ("satisfies", "满足", "satisfies ~ satisfy"),
    ("among", "于", "in"),
    ("owner", "于", "of"),
    ("scope", "在", "in"),
    ("group", "按", "by"),
    ("limit", "限制", ""),
    ("where", "其中", "where"),
    ("ignoring", "忽略未提供", "ignoring missing"),
    ("for", "适用于", "for"),
    ("from", "自", "from"),
    ("to", "至", "to"),
    ("version", "版本", "version"),
    ("subject", "对象", "subject"),
    ("counter", "个", ""),
    ("item", "项", "of"),
    ("judged", "已判定", "judged"),
    ("any", "任意", "any"),
    ("otherwise", "其他", "else"),
)

INFIX = _table(
    ("or", "或", "or"),
    ("and", "且", "and"),
    ("=", "= ~ 等于", "="),
    ("!=", "≠ ~ != ~ 不等于", "!= ~ ≠"),
    ("<", "< ~ 小于", "<"),
    ("<=", "≤ ~ <= ~ 不大于", "<= ~ ≤"),
    (">", "> ~ 大于", ">"),
    (">=", "≥ ~ >= ~ 不小于", ">= ~ ≥"),
    ("is", "是", "is"),
    ("is_not", "不是", "is not"),
    ("in", "属于", "in ~ is in"),
    ("not_in", "不属于", "not in ~ is not in"),
    ("before", "早于", "before ~ is before"),
    ("after", "晚于", "after ~ is after"),
    ("not_before", "不早于", "not before ~ is not before"),
    ("not_after", "不晚于", "not after ~ is not after"),
    ("matches", "匹配", "matches"),
    ("not_matches", "不匹配", "does not match"),
    ("contains_match", "含匹配", "contains match"),
    ("contains", "包含", "contains"),
    ("not_contains", "不包含", "does not contain"),
    ("starts_with", "开头是", "starts with"),
    ("ends_with", "结尾是", "ends with"),
    ("has_format", "符合格式", "has format"),
    ("lacks_format", "不符合格式", "lacks format"),
    ("contains_format", "含格式", "contains format"),
    ("+", "+", "+"),
    ("-", "-", "-"),
    ("on_day", "于", "on"),
    ("*", "* ~ ×", "* ~ ×"),
    ("/", "/ ~ ÷", "/ ~ ÷"),
)

POSTFIX = _table(
    ("given", "已提供", "is given"),
    ("missing", "未提供", "is missing"),
    ("declared_na", "声明不适用", "is declared not applicable"),
    ("pending", "待定", "is pending"),
    ("unreadable", "无法识别", "is unreadable"),
    ("readable", "可识别", "is readable"),
    ("unique", "唯一", "is unique"),
    ("first", "首次出现", "is first"),
    ("uniform", "一致", "is uniform"),
    ("odd", "是 奇数 ~ 是奇数 ~ 为奇数", "is odd"),
    ("even", "是 偶数 ~ 是偶数 ~ 为偶数", "is even"),
)

QUANTIFIERS = _table(
    ("every", "每个", "every"),
    ("some", "存在", "some"),
    ("no", "没有", "no"),
    ("at_least", "至少", "at least"),
    ("at_most", "至多", "at most"),
    ("exactly", "恰有", "exactly"),
)

# A checklist: named fields in braces after a quantifier of these words; those that count say a number before 项.
CHECKLISTS = _table(
    ("every", "每项", "every one of"),
    ("some", "任一项", "any one of"),
    ("no", "没有一项", "none of"),
)

ANSWERS = _table(("yes", "是", "yes"), ("no", "否", "no"))

FLAGS = _table(
    ("required", "必填", "required"),
    ("optional", "可缺", "optional"),
    ("key", "主键", "key"),
    ("complete", "清单完整", "complete"),
    ("incomplete", "清单可能不完整", "incomplete"),
    ("sensitive", "敏感", "sensitive"),
    ("usual", "通常", "usual"),
    ("blank", "未填视为", "blank_means"),
    ("cite", "依据", "cites"),
    ("alias", "别名", "aliases"),
)

TYPES = _table(
    ("text", "文本", "text"),
    ("integer", "整数", "integer"),
    ("number", "数", "number"),
    ("money", "金额", "money"),
    ("quantity", "数量", "quantity"),
    ("percent", "百分比", "percent"),
    ("date", "日期", "date"),
    ("period", "期限", "period"),
    ("boolean", "是否", "boolean"),
)

COLLECTIVES = _table(("many", "若干", "many"), ("reference", "引用", "reference"))

# The closed vocabularies of parts that hold words, by the kind of the part.
WORDS: Mapping[str, Mapping[str, Spelling]] = MappingProxyType(
    {
        "severity": _table(
            ("blocking", "阻断", "blocking"), ("major", "严重", "major"), ("minor", "一般", "minor"), ("advisory", "提示", "advisory")
        ),
        "status": _table(
            ("draft", "草案", "draft"), ("active", "生效", "active"), ("suspended", "暂停", "suspended"), ("withdrawn", "废止", "withdrawn")
        ),
        "dimension": _table(
            ("completeness", "完整性", "completeness"),
            ("correctness", "正确性", "correctness"),
            ("timeliness", "时效性", "timeliness"),
            ("openness", "开放性", "openness"),
            ("sharing", "共享性", "sharing"),
            ("security", "安全性", "security"),
        ),
        "dates": _table(
            ("slash", "斜线", "slash"),
            ("dot", "点", "dot"),
            ("compact", "紧凑", "compact"),
            ("chinese", "年月日", "chinese"),
            ("with_time", "带时刻", "with_time"),
            ("serial", "序列号", "serial"),
            ("timestamp", "时间戳", "timestamp"),
        ),
        "place": MappingProxyType({code: Spelling((name.zh,), (name.en,)) for code, name in PLACES.items()}),
        "verdicts": _table(
            ("fail", "不符合", "fail"), ("undetermined", "无法判定", "undetermined"), ("error", "错误", "error"), ("pass", "符合", "pass")
        ),
        "colours": _table(("red", "红", "red"), ("yellow", "黄", "yellow"), ("green", "绿", "green"), ("grey", "灰", "grey")),
        "stages": _table(
            ("planning", "计划", "planning"),
            ("filing", "申报", "filing"),
            ("design", "初步设计", "design"),
            ("building", "建设", "building"),
            ("change", "变更", "change"),
            ("acceptance", "验收", "acceptance"),
            ("operation", "运行", "operation"),
        ),
    }
)

ARROW = Spelling(("→", "->"), ("→", "->"))


def kinds_by_word(table: Mapping[str, Spelling]) -> Mapping[str, tuple[str, Tongue]]:
    """Each spelling of a table with its kind and tongue; a spelling of both tongues counts as Chinese."""
    found: dict[str, tuple[str, Tongue]] = {}
    for kind, spelling in table.items():
        for tongue in Tongue:
            for word in spelling.all(tongue):
                if word:
                    found.setdefault(word, (kind, tongue))
    return MappingProxyType(found)


def spell(table: Mapping[str, Spelling], kind: str, tongue: Tongue) -> str:
    """The canonical spelling of a kind."""
    return table[kind].all(tongue)[0]


_WORD_KINDS = {part: kinds_by_word(table) for part, table in WORDS.items()}


def translate_word(part: str, word: str, tongue: Tongue) -> str:
    """A word of a closed vocabulary in another tongue; any other word as it is."""
    known = _WORD_KINDS.get(part, {}).get(word)
    return word if known is None else spell(WORDS[part], known[0], tongue)
