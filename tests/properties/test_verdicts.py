"""What holds of any rule that was checked, on any document: it runs, what is known stays known, and every subject is counted."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from guiju.catalog.records.model import Record, Submission
from guiju.catalog.records.place import Place
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load import load_calendar, load_registry
from guiju.terms.fact import Path
from guiju.terms.verdict import Verdict
from guiju.validators.explain.phrases import Names
from guiju.validators.testing.mutants import mutants_of
from guiju.validators.validate import Outcome, validate

DAY = date(2025, 9, 1)
SHAPES = """
词表 颜色 / colour
  1 红 / red 别名 赤
  2 蓝 / blue
读法 常 / usual
  空白 无
  不适用 不适用
  待定 待定
  日期 斜线
  真 是
  假 否
  金额单位 元
对象 项 / part
  值 value 数
  类 kind 文本
  日期二 when 日期
对象 物 / thing
  读法 常
  名称 name 文本 主键
  甲 a 数
  乙 b 整数
  文 text 文本
  色 colour 颜色
  可 flag 是否
  日 day 日期
  钱 money 金额
  长 far 数量 m
  项表 parts 若干 项
规则 受测 / under_test
  依据 政务数据共享条例 第十三条
  对象 物
"""
_DETERMINED = (Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE)


class _Nowhere:
    def place(self, path: Path) -> Place:
        return Place(file="x", pointer="".join(f"/{step}" for step in path))


@cache
def compiled(text: str) -> Ruleset | None:
    return compile_rules((Source("x.gj", text),), load_registry())[0]


def judged(ruleset: Ruleset, *values: dict[str, Any]) -> Outcome:
    records = tuple(Record(shape="thing", value=value, locator=_Nowhere(), number=at) for at, value in enumerate(values))
    submission = Submission(records=records, inputs=())
    return validate(ruleset, submission, as_of=DAY, calendar=load_calendar(), show_passed=True)


def verdict(ruleset: Ruleset, value: dict[str, Any]) -> Verdict:
    return next(one.verdict for one in judged(ruleset, value).findings if one.rule.endswith("under_test"))


# ---- what may be written -----------------------------------------------------------------------------------------------------

NUMBERS = [
    "甲",
    "乙",
    "3",
    "0",
    "甲 + 乙",
    "乙 * 2",
    "长度(文)",
    "数量(项表)",
    "合计(项表.值)",
    "最大(项表.值)",
    "平均(项表.值)",
    "绝对值(甲)",
]
OTHERS = [
    "钱",
    "500 元",
    "长",
    "2 km",
    "日",
    "2025-03-01",
    "检查日",
    "日 + 5 个工作日",
    "文",
    '"水"',
    "色",
    "红",
    "可",
    "种数(项表.类)",
    "甲 / 乙",
]
COMPARED = st.tuples(st.sampled_from(NUMBERS), st.sampled_from(["=", "≠", "<", "≤", ">", "≥"]), st.sampled_from(NUMBERS)).map(" ".join)
FITTING = st.sampled_from(
    [
        "色 是 红", "色 属于 {红, 蓝}", "可 是 是", '文 包含 "水"', '文 匹配 "[a-z]+"', "文 符合格式 邮政编码", "日 早于 2025-06-01",
        "钱 ≥ 500 元", "长 < 2 km", "日 + 5 个工作日 ≤ 检查日", "占比(项表 其中 值 > 1) ≥ 50%", "每个 项表 满足 (值 > 1)",
        "存在 项表 满足 (值 > 甲)", "没有 项表 满足 (类 是 文)", "至少 2 个 项表 满足 (值 > 1)", "恰有 1 个 项表 满足 (日期二 早于 日)",
    ]
)  # fmt: skip
MIXED = st.tuples(
    st.sampled_from(NUMBERS + OTHERS), st.sampled_from(["=", "<", "≥", "是", "早于", "包含"]), st.sampled_from(NUMBERS + OTHERS)
).map(" ".join)
STATES = st.sampled_from(["甲 已提供", "日 未提供", "文 可识别", "色 无法识别", "可 声明不适用", "名称 唯一", "甲 首次出现", "甲 / 乙 > 1"])


def joined(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from([" 且 ", " 或 "]), inner).map(lambda parts: "(" + "".join(parts) + ")"),
            inner.map(lambda one: f"非 ({one})"),
            st.tuples(inner, inner, inner).map("(若 {0[0]} 则 {0[1]} 否则 {0[2]})".format),
        ),
        max_leaves=5,
    )


def text(requirement: str, condition: str | None, exception: str | None, force: str = "应当") -> str:
    parts = [f"  适用 {condition}\n"] if condition else []
    parts += [f"  除外 例 当 {exception}\n"] if exception else []
    return SHAPES + "".join(parts) + f"  {force} {requirement}\n"


PROPER = joined(st.one_of(COMPARED, FITTING))
ANY = joined(st.one_of(COMPARED, FITTING, MIXED, STATES))

# ---- what may be read --------------------------------------------------------------------------------------------------------

JUNK = st.sampled_from(
    [None, "", "无", "待定", "不适用：没有", "随便", "３", -1, 0, 1, 2.5, "1e9", True, "2025-02-30", [], [1], {}, {"x": 1}]
)
GOOD: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(["一", "二"]),
    "a": st.sampled_from([0, 1, 3, 3.5, -2]),
    "b": st.sampled_from([0, 1, 3]),
    "text": st.sampled_from(["水务", "abc", "430010"]),
    "colour": st.sampled_from(["红", "蓝", "1"]),
    "flag": st.sampled_from(["是", "否"]),
    "day": st.sampled_from(["2025-03-01", "2025-08-25", "2031-01-01"]),
    "money": st.sampled_from([0, 500, 501]),
    "far": st.sampled_from([1999, 2000]),
}
PARTS = st.lists(
    st.fixed_dictionaries(
        {"value": st.sampled_from([0, 1, 2]), "kind": st.sampled_from(["a", "水务"]), "when": st.sampled_from(["2025-01-01", "2025-09-01"])}
    ),
    max_size=3,
)
FULL = st.fixed_dictionaries({**GOOD, "parts": PARTS})
JUNKY = st.fixed_dictionaries({}, optional={**{id: GOOD[id] | JUNK for id in GOOD}, "parts": PARTS | JUNK | st.lists(JUNK, max_size=2)})


@given(ANY, st.none() | ANY, st.none() | ANY, st.sampled_from(["应当", "不得", "可"]), st.lists(JUNKY, min_size=1, max_size=3))
def test_a_checked_rule_never_meets_a_wrong_type(
    requirement: str, condition: str | None, exception: str | None, force: str, values: list[dict[str, Any]]
) -> None:
    ruleset = compiled(text(requirement, condition, exception, force))
    assume(ruleset is not None)
    assert ruleset is not None
    outcome = judged(ruleset, *values)
    assert all(one.message.zh and one.message.en for one in outcome.findings)


@given(ANY, st.lists(JUNKY, min_size=1, max_size=4))
def test_the_verdicts_of_each_rule_are_as_many_as_its_subjects(requirement: str, values: list[dict[str, Any]]) -> None:
    ruleset = compiled(text(requirement, None, None))
    assume(ruleset is not None)
    assert ruleset is not None
    tally = judged(ruleset, *values).tally
    counted = {
        id: sum(count for _, count in counts) for id, counts in tally.by_rule if id.endswith("under_test") or id.startswith("thing.")
    }
    assert set(counted.values()) <= {len(values)}


def without(value: dict[str, Any], gone: set[str]) -> dict[str, Any]:
    """The document with fewer fields; those of elements go by `parts.` and their name."""
    kept = {id: one for id, one in value.items() if id not in gone}
    if "parts" in kept:
        kept["parts"] = [{id: one for id, one in part.items() if f"parts.{id}" not in gone} for part in kept["parts"]]
    return kept


@given(PROPER, st.none() | PROPER, st.none() | PROPER, FULL, st.sets(st.sampled_from([*GOOD, "parts", "parts.value", "parts.kind"])))
def test_what_was_decided_stays_decided_when_more_is_known(
    requirement: str, condition: str | None, exception: str | None, full: dict[str, Any], gone: set[str]
) -> None:
    ruleset = compiled(text(requirement, condition, exception))
    assume(ruleset is not None)
    assert ruleset is not None
    less, more = verdict(ruleset, without(full, gone)), verdict(ruleset, full)
    assert less not in _DETERMINED or more is less


@given(PROPER, FULL)
def test_a_document_with_every_value_and_every_calendar_leaves_nothing_open(requirement: str, full: dict[str, Any]) -> None:
    ruleset = compiled(text(requirement, None, None))
    assume(ruleset is not None and full["day"] < "2031")
    assert ruleset is not None
    assert verdict(ruleset, full) is not Verdict.UNDETERMINED


@given(ANY, st.lists(JUNKY, min_size=1, max_size=2))
def test_every_mutant_of_a_checked_rule_runs(requirement: str, values: list[dict[str, Any]]) -> None:
    ruleset = compiled(text(requirement, None, None))
    assume(ruleset is not None)
    assert ruleset is not None
    (rule,) = [one for one in ruleset.rules if one.id.endswith("under_test")]
    for mutant in mutants_of(rule, Names(ruleset.vocabulary, {0: "thing"}), ruleset.parameters):
        judged(replace(ruleset, rules=(mutant.rule,), parameters=(*ruleset.parameters, *mutant.parameters)), *values)
