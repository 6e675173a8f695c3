"""The fixed sentences of forms, marked copies and accounts of reading, in both tongues."""

from guiju.terms.tongue import Both

__all__ = ["WORDS", "filled"]

WORDS = {
    # an account of reading
    "stdin": Both("标准输入", "standard input"),
    "file": Both("文件", "file"),
    "read_as": Both("读作“{shape}”", "read as `{shape}`"),
    "no_subjects": Both("没有读到对象", "no subjects"),
    "records": Both("{n} 条", "{n} records"),
    "sure": Both("把握 {sure}%", "{sure}% sure"),
    "where": Both("位置", "where"),
    "header": Both("表头或键", "header or key"),
    "field": Both("字段", "field"),
    "how": Both("怎样认出", "how it was known"),
    "how_sure": Both("把握", "sure"),
    "unmatched": Both("没有认出的表头或键", "headers and keys that were not recognised"),
    "nearest": Both("最接近“{name}”", "nearest: `{name}`"),
    "left_out": Both("看到而没有读的", "seen and not read"),
    "values": Both("没有按规范写法写、或读不出的值", "values not written canonically, or not readable"),
    "value_seen": Both("{field}：“{raw}”", "{field}: `{raw}`"),
    "times": Both("{n} 处，先见于 {where}", "{n} times, first at {where}"),
    "not_repaired": Both(
        "原件没有改动；guiju fix 可把能改的改到一份副本里。", "The original was not changed; `guiju fix` mends what it can in a copy."
    ),
    "complaints": Both("读入时的提示", "said while reading"),
    "more": Both("……另有 {n} 项", "… {n} more"),
    # the list of problems
    "problem_list": Both("问题清单", "Problems"),
    "problem_title": Both("问题清单：{file}", "Problems of {file}"),
    "still": Both("还差 {n} 项必须改，才能提交", "{n} things must be mended before it can be submitted"),
    "no_block": Both("没有阻断提交的问题", "nothing here blocks a submission"),
    "nothing": Both("没有发现不符合", "nothing was found amiss"),
    "unknown": Both("无法判定 {n}", "undetermined {n}"),
    "number": Both("序号", "no."),
    "severity": Both("严重程度", "severity"),
    "place": Both("位置", "place"),
    "subject": Both("对象", "subject"),
    "problem": Both("问题", "problem"),
    "seen": Both("现状", "seen"),
    "required": Both("要求", "required"),
    "cites": Both("依据", "cites"),
    "fix": Both("怎样改", "how to mend"),
    "rule": Both("规则", "rule"),
    "cells_left": Both(
        "要标的单元格太多，只标了最要紧的 {most} 个，另有 {n} 个没有标，见下表",
        "too many cells to mark: the gravest {most} are marked, {n} more are not; all are in the list below",
    ),
    "rows_left": Both(
        "问题太多，只列出最要紧的 {most} 个，另有 {n} 个没有列出；改过这些再检查一次",
        "too many problems to list: the gravest {most} are here, {n} more are not; mend these and check again",
    ),
    # marked copies
    "only_values": Both("格式和公式：原件只能按值读入", "formats and formulas: only the values of the original could be read"),
    "marked_head": Both(
        "规矩检查：{n} 处问题，检查日 {as_of}；以“#规矩▸”开头的行可以删去",
        "Guiju: {n} problems as of {as_of}; lines that begin like this one may be deleted",
    ),
    "copy_lost": Both("副本里可能缺少原件的：{what}", "the copy may lack what the original has: {what}"),
    "lost": Both("标注副本里可能缺少原件的：{what}", "the marked copy may lack what the original has: {what}"),
}


def filled(key: str, **facts: object) -> Both:
    """The sentence of that key with its facts."""
    words = WORDS[key]
    return Both(words.zh.format(**facts), words.en.format(**facts))
