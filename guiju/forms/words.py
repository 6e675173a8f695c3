"""The fixed sentences of forms, marked copies and accounts of reading, in both tongues."""

from guiju.terms.tongue import Both

__all__ = ["LOST_PARTS", "WORDS"]

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
}

LOST_PARTS: dict[str, Both] = {}
