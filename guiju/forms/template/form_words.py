"""The fixed sentences of a form to fill, in both tongues."""

from guiju.terms.tongue import Both

__all__ = ["FORM_WORDS"]

FORM_WORDS = {
    "guide": Both("填表说明", "Instructions"),
    "lists": Both("选项", "Choices"),
    "guide_title": Both("填表说明：{kinds}", "How to fill in this form: {kinds}"),
    "made": Both("按 {on} 起用的规则生成，规则集 {ruleset}", "made from the rules in use on {on}, ruleset {ruleset}"),
    "step1": Both(
        "1. 每张表一行填一条；带 * 的必填，带 ◇ 的在有的情形下必填。", "1. One record a row; * must be filled in, ◇ must be in some cases."
    ),
    "step2": Both(
        "2. 有下拉选项的请从中选取；日期写作 2026-03-01；代码一列已设成文本，请勿改格式。",
        "2. Pick from the lists where there is one; write days as 2026-03-01; columns of codes are text, leave them so.",
    ),
    "step3": Both(
        "3. 附表（如“{sheet}”）第一列填所属记录的“{label}”，同一条记录的可以连填多行。",
        "3. In a sheet that belongs to another (such as `{sheet}`), the first column names the record: its `{label}`.",
    ),
    "step4": Both(
        "4. 表头上方的灰色一行是示例，不会读入；格子变红是还没填，变橙是写法或取值不对，提交前请改好。",
        "4. The grey row above the header is an example and is not read; red cells are missing, orange ones are not as asked.",
    ),
    "step5": Both(
        "5. 填好后检查：guiju check 本表.xlsx --annotate 标注.xlsx。机器预检，不代替审批。",
        "5. Then run: guiju check this.xlsx --annotate marked.xlsx. A preliminary check; it does not replace approval.",
    ),
    "lines": Both(
        "在“在这里填”一栏里填，每行一项；红的还没填，橙的写法不对，列表另有工作表。"
        "填好后检查：guiju check 本表.xlsx --annotate 标注.xlsx。机器预检，不代替审批。",
        "Fill in the last column, a field a line; red is missing, orange is not as asked, lists have sheets of their own. "
        "Then run guiju check this.xlsx --annotate marked.xlsx. A preliminary check; it does not replace approval.",
    ),
    "what": Both("写什么", "what to write"),
    "when": Both("什么时候要填", "when it is needed"),
    "example_head": Both("示例", "example"),
    "always": Both("必填", "always"),
    "needed_if": Both("{conditions}，就要填", "needed if {conditions}"),
    "needed_if_more": Both("{conditions}，就要填（另有 {n} 种情形）", "needed if {conditions} (and in {n} more cases)"),
    "or": Both("；或者", "; or "),
    "comma": Both("、", ", "),
    "used_by": Both("有就填，用来判定：{rules}", "where there is one; it settles: {rules}"),
    "purpose": Both("用于：{purpose}", "for: {purpose}"),
    "step_nested": Both(
        "“{sheet}”里一行有几个“{label}”的，一个写一行，前面各栏照抄。",
        "Where a row of `{sheet}` has several of `{label}`, write a row for each and repeat the columns before it.",
    ),
    "left_out": Both("层次太深、表里没有位置的：{fields}", "nested too deeply for a table: {fields}"),
    "sheet": Both("工作表", "sheet"),
    "field": Both("字段", "field"),
    "need": Both("要求", "need"),
    "content": Both("填什么", "what goes in"),
    "cites": Both("依据", "clause"),
    "about": Both("说明", "about"),
    "required": Both("必填", "required"),
    "sometimes": Both("有的情形必填", "required in some cases"),
    "optional": Both("选填", "optional"),
    "blank_yes": Both("选填，不填视为“是”", "optional; left blank it means yes"),
    "blank_no": Both("选填，不填视为“否”", "optional; left blank it means no"),
    "example": Both("示例：", "Example: "),
    "fill": Both("此处填{label}", "the {label} goes here"),
    "of": Both("所属的“{owner}”：填它的“{label}”", "the `{owner}` it belongs to: its `{label}`"),
    "text": Both("文本", "text"),
    "int": Both("整数", "a whole number"),
    "number": Both("数", "a number"),
    "money": Both("金额，不写单位按元", "an amount, in yuan unless a unit is written"),
    "quantity": Both("带单位的数", "a number with its unit"),
    "quantity_unit": Both("数，不写单位按“{unit}”", "a number, in `{unit}` unless a unit is written"),
    "percent": Both("百分比，如 60%", "a percentage such as 60%"),
    "date": Both("日期，如 2026-03-01", "a day such as 2026-03-01"),
    "period": Both("期限，如 10个工作日", "a period such as 10个工作日"),
    "bool": Both("是或否", "yes or no"),
    "code": Both("从“{list}”中选", "one of `{list}`"),
    "many": Both("可填多个，用顿号分开", "several, parted by commas"),
    "ref": Both("“{list}”里的一个", "one of `{list}`"),
    "rule": Both("规则：{names}", "rules: {names}"),
    "wrong_title": Both("请再看一看", "Please look again"),
    "wrong_list": Both("不在选项里。写错了会影响读取；确有把握可以保留。", "It is not among the choices. Keep it only if you are sure."),
}
