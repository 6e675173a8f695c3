"""Every fixed sentence of a report, in both tongues; the sentences about a subject come with its finding."""

from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import cited_words

__all__ = ["DIMENSIONS", "PRECHECK", "VERDICT_ORDER", "WORDS", "citation_words"]

PRECHECK = Both("机器预检，不代替审批", "A machine's preliminary check; it does not replace approval")

VERDICT_ORDER = (
    Verdict.PASS,
    Verdict.FAIL,
    Verdict.WAIVED,
    Verdict.NOT_APPLICABLE,
    Verdict.UNDETERMINED,
    Verdict.ERROR,
    Verdict.INACTIVE,
)

DIMENSIONS = {
    "completeness": Both("完整性", "completeness"),
    "correctness": Both("正确性", "correctness"),
    "timeliness": Both("时效性", "timeliness"),
    "openness": Both("开放性", "openness"),
    "sharing": Both("共享性", "sharing"),
    "security": Both("安全性", "security"),
}

WORDS = {
    "as_of": Both("检查日", "as of"),
    "ruleset": Both("规则集", "ruleset"),
    "registry": Both("登记库", "registry"),
    "input": Both("输入", "input"),
    "seen": Both("现状", "seen"),
    "required": Both("要求", "required"),
    "cites": Both("依据", "cites"),
    "fix": Both("整改", "mend"),
    "says": Both("提示", "note"),
    "message": Both("按规则说", "by the rule"),
    "details": Both("详情", "details"),
    "flips": Both("改判", "would pass"),
    "missing": Both("缺少", "needs"),
    "cause": Both("起因", "caused by"),
    "members": Both("成员", "members"),
    "also": Both("另见", "also at"),
    "more": Both("另有 {n} 处", "{n} more"),
    "hidden": Both(
        "另有 {n} 条“无法判定”因上述缺失而起，已归入其下；--show undetermined 可逐条列出。",
        "{n} undetermined verdicts follow from what is missing above and are folded under it; --show undetermined lists them.",
    ),
    "undetermined": Both(
        "{n} 条“无法判定”：缺少判定所需的数据；--show undetermined 可逐条列出。",
        "undetermined for want of data: {n}; --show undetermined lists them.",
    ),
    "subjects": Both(
        "{rules} 条规则，{subjects} 个对象，共 {verdicts} 项判定", "rules {rules} · subjects {subjects} · verdicts {verdicts}"
    ),
    "same_fault": Both(
        "另有 {n} 项不符合与上面的同在一处、同一个毛病，不再重列。", "{n} more failures rest on the same fault at the same place."
    ),
    "questions": Both(
        "{n} 个筛查问题没有回答：先答，答了才知道哪些规则适用", "{n} screening questions unanswered: the answers decide which rules apply"
    ),
    "by_severity": Both("不符合的轻重：{counts}", "by severity: {counts}"),
    "told": Both("按缘由折叠后 {n} 处", "folded by cause: {n} findings"),
    "no_actions": Both(
        "已判定的没有不符合；先把上面说的缺项补上。", "Nothing that could be judged is amiss; fill in first what is said above."
    ),
    "clean": Both("没有发现不符合。", "Nothing was found amiss."),
    "unrated": Both("判定的不够多，不给各维度评分。", "Too little could be judged for scores by dimension."),
    "no_duties": Both("没有必须整改的事项。", "Nothing must be mended."),
    "advice": Both("下列各项是建议，是否采纳由报送单位决定。", "What follows is advice; whether to take it is for the unit to decide."),
    "judged": Both("另有 {n} 项须由人判断，机器未作判定：", "left to people, not judged by a machine ({n}): "),
    "semicolon": Both("；", "; "),
    "comma": Both("、", ", "),
    "unread": Both("读入时的问题", "while reading"),
    "unmatched": Both("未认出的表头", "headers not recognised"),
    "next_explain": Both("逐条说明：guiju explain {rule}", "What a rule means: guiju explain {rule}"),
    "next_annotate": Both(
        "把问题标回原表：guiju check {file} --annotate 标注{suffix}", "Your own file, marked: guiju check {file} --annotate marked{suffix}"
    ),
    "waived_by": Both("{n} 处不符合已获豁免：{id}（{by}，{number}，至 {end}）", "{n} waived: {id} ({by}, {number}, until {end})"),
    "baseline": Both("与基线相比：新增 {new}，仍在 {known}，已消除 {gone}", "against the baseline: {new} new, {known} known, {gone} gone"),
    "baseline_new_only": Both(
        "与基线相比：新增 {new}，仍在 {known}（未列出），已消除 {gone}",
        "against the baseline: {new} new, {known} known (not listed), {gone} gone",
    ),
    "no_unit": Both("（未写明单位）", "(no unit stated)"),
    "no_citation": Both("格式要求，无条文依据", "a matter of form, without a clause"),
    "nearest": Both("最接近：{name}", "nearest: {name}"),
    "statistics": Both("按规则统计", "by rule"),
    "waiver": Both("豁免", "waiver"),
    "rule_text": Both("规则原文", "the rule as it is written"),
    "title": Both("检查报告", "Report of the check"),
    "why": Both("理由", "why"),
    "place": Both("出处", "where"),
    "problem": Both("问题", "problem"),
    "provision": Both("事项", "provision"),
    "by": Both("由谁判断", "who judges"),
    "who": Both("由{who}判断", "judged by {who}"),
    "for_people": Both("须由人判断", "For people to judge"),
    "folded": Both(
        "另有 {n} 条“无法判定”因上述缺失而起，未逐条列出。", "{n} more undetermined verdicts follow from what is missing above."
    ),
}


citation_words = cited_words
