"""A small folder that works at once: a document to check, and, for those who write rules, a rule with its cases.

The texts are only texts; writing them is the command's business.
"""

from guiju.terms.tongue import Both, Tongue

__all__ = ["PURPOSES", "starter"]

PURPOSES = {
    "rules": Both("写规则", "write rules"),
    "catalog": Both("检查数据目录", "check a data catalog"),
    "proposal": Both("检查项目申报方案", "check the proposal of a project"),
}

_RULE = Both(
    """\
# 一条规则一个文件，用例放在同名的 .cases.yaml 里。语言见 docs/language.md；任何一个代码都可以问：guiju explain 代码

## 摘要写得够不够让人看懂
规则 摘要说得清 / abstract_says_enough "abstract says enough"
  依据     政务数据共享条例 第十三条第二款
  对象     数据集
  宜       长度(摘要) ≥ 10
  整改     把摘要写到十个字以上，说明数据是什么、从哪里来。
  fix      Write at least ten characters: what the data are and where they come from.
  理由     条例要求写摘要；十个字是示例里自定的，请改成本单位的要求。
  严重程度 提示
  自       2025-08-01
""",
    """\
# One rule a file, its cases in the .cases.yaml of the same name. The language: docs/language.md; any code: guiju explain CODE

## Whether the abstract says enough to be understood
rule 摘要说得清 / abstract_says_enough "abstract says enough"
  cites    Regulations on government data sharing art 13 para 2
  subject  dataset
  should   length(abstract) >= 10
  整改     把摘要写到十个字以上，说明数据是什么、从哪里来。
  fix      Write at least ten characters: what the data are and where they come from.
  why      The regulations ask for an abstract; ten characters are this example's own choice. Make it yours.
  severity advisory
  from     2025-08-01
""",
)
_CASES = Both(
    """\
rule: abstract_says_enough
as_of: "2026-03-01"
cases:
  - 写清楚了: {given: {名称: 道路名录, 摘要: 全市城市道路的名称和等级}, want: pass}
  - 刚好十个字: {given: {名称: 道路名录, 摘要: 一二三四五六七八九十}, want: pass}
  - 少一个字: {given: {名称: 道路名录, 摘要: 一二三四五六七八九}, want: fail}
  - 没有写摘要就无法判定: {given: {名称: 道路名录}, want: undetermined}
""",
    """\
rule: abstract_says_enough
as_of: "2026-03-01"
cases:
  - says what the data are: {given: {name: roads, abstract: names and classes of all city roads}, want: pass}
  - ten characters: {given: {name: roads, abstract: 1234567890}, want: pass}
  - nine characters: {given: {name: roads, abstract: "123456789"}, want: fail}
  - without an abstract nobody can tell: {given: {name: roads}, want: undetermined}
""",
)
_CATALOG = Both(
    """\
# 一份数据目录；第二个条目有意写错，guiju check 会指出来
提交日期: "2026-03-16"
数据集:
  - 名称: 城市道路名录
    代码: JT-0001
    摘要: 全市城市道路的名称、等级和长度
    提供单位: 市交通运输局
    数据格式: [xlsx]
    更新频率: 每年
    共享属性: 无条件共享
    含个人信息: 否
  - 名称: 道路运输从业人员
    代码: JT-0002
    摘要: 人员
    提供单位: 市交通运输局
    数据格式: [数据库]
    更新频率: 每月
    共享属性: 有条件共亨
    含个人信息: 是
""",
    """\
# A data catalog; its second entry has planted faults, which guiju check finds
submitted: "2026-03-16"
datasets:
  - name: 城市道路名录
    code: JT-0001
    abstract: names, classes and lengths of all city roads
    provider: 市交通运输局
    sharing_type: unconditional
  - name: 道路运输从业人员
    code: JT-0002
    abstract: people
    provider: 市交通运输局
    sharing_type: conditionnal
""",
)
_PROPOSAL = Both(
    """\
# 一份申报方案；有意写错两处，guiju check 会指出来
提交日期: "2026-03-16"
项目方案:
  名称: 示例智慧灯杆项目
  项目类型: 智慧灯杆
  总投资: 500万
  投资概算: 五百二十万元左右
""",
    """\
# The proposal of a project; with planted faults, which guiju check finds
submitted: "2026-03-16"
project:
  name: 示例智慧灯杆项目
  kind: lamp_pole
  investment: 500万元
  estimate: about 5.2 million
""",
)
_README = Both(
    """\
# 规矩示例

    guiju check {document}{with_rules}

{more}每个编号都可以问：`guiju explain 编号`。引用的标准是否现行：`guiju standards cited 文件`。
""",
    """\
# An example of guiju

    guiju check {document}{with_rules}

{more}Ask about any code or rule: `guiju explain NAME`. Whether what a document cites is in force: `guiju standards cited FILE`.
""",
)
_COMMANDS = """

    guiju fmt rules
    guiju lint rules
    guiju test rules
    guiju explain abstract_says_enough --add-rules rules

"""
_README_RULES = Both(
    "改规则：`rules/abstract_says_enough.gj`。改完运行：" + _COMMANDS,
    "Change the rule in `rules/abstract_says_enough.gj`, then run:" + _COMMANDS,
)


def starter(purpose: str, tongue: Tongue) -> tuple[tuple[str, str], ...]:
    """The files, as (path within the folder, text), of an example for one of the purposes."""
    document, text = ("proposal.yaml", _PROPOSAL) if purpose == "proposal" else ("catalog.yaml", _CATALOG)
    with_rules = " --add-rules rules" if purpose == "rules" else ""
    more = _README_RULES.say(tongue) if purpose == "rules" else ""
    files = [("README.md", _README.say(tongue).format(document=document, with_rules=with_rules, more=more)), (document, text.say(tongue))]
    if purpose == "rules":
        files += [("rules/abstract_says_enough.gj", _RULE.say(tongue)), ("rules/abstract_says_enough.cases.yaml", _CASES.say(tongue))]
    return tuple(files)
