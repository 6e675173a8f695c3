"""The words of the author's pages, in both tongues."""

from guiju.diagnostics.codes.code import Level
from guiju.standards.confidence import Confidence
from guiju.terms.tongue import Both

__all__ = ["LEVELS", "W", "sure"]

LEVELS = {Level.ERROR: Both("错误", "error"), Level.WARNING: Both("提醒", "warning"), Level.HINT: Both("提示", "hint")}


class W:
    """Headings and short sentences; some have places for values."""

    CLAUSE = Both("依据", "Clause")
    WHY = Both("理由", "Why")
    IN_WORDS = Both("要求", "What it asks")
    TEXT = Both("规则文本", "The rule")
    EXAMPLES = Both("用例", "Examples")
    FIX = Both("怎样改", "How to mend it")
    FACTS = Both("适用与效力", "Where and when it holds")
    PARAMETERS = Both("参数", "Parameters")
    HISTORY = Both("沿革", "History")
    COST = Both("代价", "Cost")
    PLAN = Both("执行计划", "Plan")
    CODE = Both("生成的检查代码", "The generated checker")
    NO_CODE = Both("这条规则由解释器判断，没有生成的代码。", "The interpreter judges this rule; no code is generated for it.")
    FIELDS = Both("字段", "Fields")
    CODES = Both("代码", "Codes")
    VALUES = Both("取值", "Values")
    READ_BY = Both("用到它的规则", "Rules that read it")
    RULES_OF = Both("以它为对象的规则", "Rules about it")
    BY = Both("由谁判断", "Who judges")
    JUDGED = Both("由人判断的条款", "a provision that people judge")
    NO_CITATION = Both("没有写明依据。", "It cites nothing.")
    NO_CASES = Both("规则文件旁边没有用例。", "No cases stand beside its file.")
    NO_PAGE = Both("这个代码还没有单独的说明页。", "This code has no page of its own yet.")
    NOT_RECORDED = Both("登记里没有这一处的内容。", "What the place says is not recorded.")
    SUBJECT = Both("对象：{what}", "subject: {what}")
    SUBJECT_IN = Both("{outer}中的每个{inner}", "each {inner} of a {outer}")
    SUBJECT_GROUP = Both("{shape}按{keys}分组", "groups of {shape} by {keys}")
    APPLIES = Both("适用：{what}", "applies where: {what}")
    APPLIES_ALWAYS = Both("适用：总是", "applies: always")
    ACT_DAY = Both("行为日：{what}；受约束的是这些日子的行为：{days}", "act day: {what}; it binds acts of {days}")
    LOOKS_BACK = Both("溯及：{what}", "looks back: {what}")
    EXCEPT = Both("除外“{label}”：{what}", "except {label}: {what}")
    EXCEPT_THEN = Both("除外“{label}”：{what}，此时改为：{instead}", "except {label}: {what}; then instead: {instead}")
    TRANSITION = Both("过渡“{label}”：{what}，此时改为：{instead}", "transition {label}: {what}; then instead: {instead}")
    YIELDS = Both("受规则 {what} 限制", "yields to the rule {what}")
    SEVERITY = Both("严重程度：{what}", "severity: {what}")
    DIMENSION = Both("维度：{what}", "dimension: {what}")
    STATUS = Both("状态：{what}", "status: {what}")
    IN_FORCE = Both("有效期：{what}", "in force: {what}")
    SUBMITTED = Both("提交日：{what}", "submitted: {what}")
    DERIVES = Both("源自：{what}", "derives from: {what}")
    IMPLICIT = Both(
        "这条规则由字段声明产生，没有单独的规则文本。", "This rule follows from the declaration of a field and has no text of its own."
    )
    VERSION = Both("版本 {version}：{days}", "version {version}: {days}")
    ONE_VERSION = Both("只有一个版本。", "There is one version.")
    NO_PARAMETERS = Both("", "")
    COST_IS = Both("{what}", "{what}")
    READS = Both("读取 {shape}：{fields}", "reads of {shape}: {fields}")
    TYPE = Both("类型：{what}", "type: {what}")
    REQUIRED = Both("必填", "required")
    OPTIONAL = Both("可缺", "may be missing")
    KEY = Both("主键：以它称呼{shape}", "key: a {shape} is called by it")
    INCOMPLETE = Both("清单可能不完整", "the list may be incomplete")
    SENSITIVE = Both("敏感：{what}", "sensitive: {what}")
    ALIASES = Both("也认作：{what}", "also read as: {what}")
    CITES = Both("要求它的条款：{what}", "asked for by: {what}")
    ENTRY = Both("{code}  {name}", "{code}  {name}")
    NO_RULE = Both("没有规则用到它。", "No rule reads it.")
    SEVERAL = Both("“{name}”可以指 {count} 样东西，请写得更具体：", "`{name}` may mean {count} things; ask for one of them:")
    UNKNOWN = Both("没有叫“{name}”的规则、场景、诊断代码或字段。", "No rule, profile, code of a diagnostic or field is called `{name}`.")
    NEAR = Both("相近的有：{what}", "Near it: {what}")
    WANTED = Both("{verdict}：{name}", "{verdict}: {name}")
    GOT_OTHER = Both("（现在得到的是“{verdict}”）", " (it now gives {verdict})")
    PAGE = Both("{title}（{level}）", "{title} ({level})")
    RULE = Both("规则", "rule")
    FIELD = Both("{shape}的字段", "field of {shape}")
    SHAPE = Both("对象", "shape")
    REGISTER = Both("名录", "register")
    CODE_LIST = Both("词表", "code list")
    PARAMETER = Both("参数", "parameter")
    TERM = Both("术语", "term")
    PROFILE = Both("场景", "profile")
    PLACE = Both("地域：{what}", "place: {what}")
    STAGES = Both("环节：{what}", "stages: {what}")
    ALL_STAGES = Both("全部", "all")
    KINDS = Both("材料：{what}", "kinds: {what}")
    SCREENING = Both("先问这些（筛查）", "What it asks first")
    EXPECTS = Both("应当写明的（期望）", "What it expects")
    INSIDE = Both("在内的规则", "The rules inside")
    RULES_INSIDE = Both("{count} 条：{graded}", "{count}: {graded}")
    MORE = Both("……另有 {count} 项", "… {count} more")
    GATE = Both("门槛：从上到下，头一个成立的", "The gate: the first line that holds")
    BELOW = Both("已判定的不到 {share}", "less than {share} judged")
    ELSE = Both("其他", "else")
    DIAGNOSTIC = Both("诊断", "diagnostic")


_SURE = {
    True: Both("已核对原文或官方摘要", "checked against the text or an official excerpt"),
    False: Both("未核对原文", "not checked against the text"),
}


def sure(confidence: str) -> Both:
    """How surely something is known, in a reader's words."""
    known = confidence in {one.value for one in Confidence} and Confidence(confidence).may_carry_error
    return _SURE[known]
