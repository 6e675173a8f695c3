"""Every builtin, operator and aggregate on every kind of value: what the checker lets pass is a verdict in every engine, never a crash."""

import itertools
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from guiju.catalog.records.model import Record
from guiju.catalog.records.place import Place
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.source import Source
from guiju.dsl.builtins import AGGREGATES, BUILTINS, Sort
from guiju.dsl.compile import compile_rules
from guiju.dsl.ruleset import Ruleset
from guiju.dsl.syntax.tokens import INFIX, POSTFIX, TYPES
from guiju.standards.load import load_calendar, load_registry
from guiju.terms.fact import Path
from guiju.terms.verdict import Verdict
from guiju.validators.engines.compiled.run import CompiledEngine
from guiju.validators.engines.interpreter import functions
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner, run
from guiju.validators.explain.judge import Judge
from guiju.validators.plan.from_ruleset import plan
from tests.check import check

# Values of each type, the last ones at the edge of what can be read.
VALUES: dict[str, tuple[Any, ...]] = {
    "文本": ("a", "12", "", "2024-01-01"),
    "整数": (0, -3, 10**59, 61),
    "数": (Decimal("1.5"), 0, Decimal("1E-50"), 10**59),
    "金额": (5, 0, Decimal("0.01"), 10**55),
    "数量 km²": ("1km²", "0km²", "3平方米"),
    "数量 天": ("0.5天", "1天", "99999999天", "-3天"),
    "数量 个": ("1.5个", "1个", "0个"),
    "数量 个工作日": ("1.5个工作日", "3个工作日"),
    "百分比": ("60%", "0%", Decimal("0.1")),
    "日期": ("2024-02-29", "0001-01-01", "9999-12-31"),
    "期限": ("1个月", "10个工作日", "999999999天", "99999年"),
    "是否": (True, False),
    "色": ("1", "红"),
    "引用 单位": ("A01", "甲局"),
}
FIELDS = {kind: f"域{at}" for at, kind in enumerate(VALUES)}
HEAD = (
    "读法 常 / usual\n  全半角折叠\n词表 色 / colour\n  1 红 / red\n  2 绿 / green\n名录 单位 / unit\n  名 title 文本 主键\n  条目 A01\n"
    "对象 丁 / ding\n  读法 常\n  主 id 文本 主键\n  子 parts 若干 丙\n"
    + "".join(f"  {name} f{at} {kind}\n" for at, (kind, name) in enumerate(FIELDS.items()))
    + "对象 丙 / bing\n  读法 常\n"
    + "".join(f"  元{at} e{at} {kind}\n" for at, kind in enumerate(FIELDS))
)
TESTS = (
    '属于 {"a", "b"}',
    "属于 {1, 2}",
    '匹配 "[0-9]+"',
    '不匹配 "[0-9]+"',
    '含匹配 "a"',
    "符合格式 日期",
    "含格式 手机号",
    "不符合格式 身份证号",
    '不属于 {"a"}',
)


def _operands() -> Iterator[str]:
    names = list(FIELDS.values())
    for one in (one for one in BUILTINS.values() if not one.hidden):
        for args in itertools.product(*(['"a+"'] if sort is Sort.PATTERN else names for sort in one.takes)):
            yield f"{one.name.zh}({', '.join(args)})"
        if one.more:
            yield from (f"{one.name.zh}({', '.join(args)})" for args in itertools.product(names, repeat=2))
    for op in "+-*/":
        yield from (f"({left} {op} {right})" for left, right in itertools.product(names, repeat=2))
    yield from (f"-{name}" for name in names)
    for fold in AGGREGATES.values():
        yield from (f"{fold.name.zh}(子)", f"{fold.name.zh}(子 其中 (元0 已提供))", f"{fold.name.zh}(子 其中 (元2 > 1))")
        for at in range(len(names)):
            yield from (f"{fold.name.zh}(子.元{at}{skip})" for skip in ("", " 忽略未提供"))


def _requirements() -> Iterator[str]:
    names = list(FIELDS.values())
    yield from (f"{one} = {one}" for one in _operands())
    for op in (one.zh[0] for kind, one in INFIX.items() if kind not in ("or", "and", "+", "-", "*", "/")):
        yield from (f"{left} {op} {right}" for left, right in itertools.product(names, repeat=2))
    yield from (f"{name} {test}" for name in names for test in TESTS)
    yield from (f"{name} {one.zh[0]}" for name in names for one in POSTFIX.values())
    yield from (f"四舍五入(1.5, (若 主 已提供 则 {a} 否则 {b})) = 2" for a, b in itertools.product(names[:3], repeat=2))


@cache
def _ruleset() -> Ruleset:
    """Of all that can be written, what the checker lets pass, one rule each."""
    wanted = [f"规则 则{at} / r{at}\n  依据 政务数据共享条例 第十三条\n  对象 丁\n  应当 {one}\n" for at, one in enumerate(_requirements())]
    starts = list(itertools.accumulate((len(one) for one in wanted), initial=len(HEAD)))
    _, found = compile_rules((Source("rules.gj", HEAD + "".join(wanted)),), load_registry())
    refused = {bisect_right(starts, one.span.start) - 1 for one in found if one.level is Level.ERROR}
    kept = "".join(one for at, one in enumerate(wanted) if at not in refused)
    ruleset, _ = compile_rules((Source("rules.gj", HEAD + kept),), load_registry())
    assert ruleset is not None
    return ruleset


class _Nowhere:
    def place(self, path: Path) -> Place:
        return Place(file="drawn")


def _records() -> tuple[Record, ...]:
    """Each record has another of the values of every type."""
    found = []
    for number in range(4):
        value: dict[str, Any] = {f"f{at}": some[number % len(some)] for at, some in enumerate(VALUES.values())} | {"id": str(number)}
        value["parts"] = [{f"e{at}": some[(number + part) % len(some)] for at, some in enumerate(VALUES.values())} for part in range(2)]
        found.append(Record(shape="ding", value=value, locator=_Nowhere(), number=number))
    return tuple(found)


def test_all_builtins_aggregates_operators_and_types_are_among_what_is_tried() -> None:
    assert {kind.split()[0] for kind in VALUES} - {"色", "引用"} == {one.zh[0] for one in TYPES.values()}
    texts = "\n".join(one.text for one in _ruleset().rules)
    words = {one.name.zh for one in BUILTINS.values() if not one.hidden} | {one.name.zh for one in AGGREGATES.values()}
    words |= {one.zh[0] for kind, one in INFIX.items() if kind not in ("or", "and")} | {one.zh[0] for one in POSTFIX.values()}
    assert {word for word in words if word not in texts} == {"一致"}, "唯独“一致”只在分组的规则里"


def test_whatever_the_checker_lets_pass_is_a_verdict_and_the_same_in_every_engine() -> None:
    made, records, calendar = plan(_ruleset(), as_of=date(2026, 6, 30)), _records(), load_calendar()
    observed = list(run(made, records, calendar))
    accidents = {made.rules[one.rule].rule.text for one in observed if one.fault is not None and "意外" in one.fault.zh}
    assert not accidents
    engine = CompiledEngine()
    assert list(engine.run(made, records, calendar)) == observed
    told = engine.tell(made, records, calendar)
    for at, counts in enumerate(told.counts):
        assert Counter(counts) == Counter(one.verdict for one in observed if one.rule == at)
    judge = Judge(Runner(RecordStore(made, records, calendar)))
    judge.learn(observed)
    for one in observed:
        if one.verdict in (Verdict.FAIL, Verdict.ERROR, Verdict.UNDETERMINED):
            judge.finding(one)


def test_an_accident_in_one_subject_is_an_error_of_that_rule_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever nobody foresaw, in every engine."""

    def trips(_: Any, type: Any, text: str) -> Any:
        if text == "12":
            raise ZeroDivisionError
        return known(_, type, text)

    known = functions.FUNCTIONS["number_of"]
    for module in ("interpreter.functions", "interpreter.expr", "compiled.runtime.values"):
        monkeypatch.setattr(f"guiju.validators.engines.{module}.FUNCTIONS", {**functions.FUNCTIONS, "number_of": trips})
    rules = "".join(
        f"规则 则{at} / r{at}\n  依据 政务数据共享条例 第十三条\n  对象 丁\n  应当 {one}\n"
        for at, one in enumerate(["数值(域0) ≥ 0", "主 已提供"])
    )
    ruleset, _ = compile_rules((Source("rules.gj", HEAD + rules),), load_registry())
    assert ruleset is not None
    made, records, calendar = plan(ruleset, as_of=date(2026, 6, 30)), _records(), load_calendar()
    observed = list(run(made, records, calendar))
    at = {one.rule.id.rpartition(".")[2]: number for number, one in enumerate(made.rules)}
    assert [one.verdict for one in observed if one.rule == at["r0"]].count(Verdict.ERROR) == 1
    assert all(one.verdict is Verdict.PASS for one in observed if one.rule == at["r1"])
    assert list(CompiledEngine().run(made, records, calendar)) == observed


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("四舍五入(域2, 域2) = 1", "T005 at 域2"),
        ("四舍五入(域2, 1.5) = 1", "T005 at 1.5"),
        ('拼接(域1) = "1"', "T005 at 域1"),
        ("数值(域2) = 1", "T005 at 域2"),
        ("四舍五入(域2, (若 主 已提供 则 域1 否则 域2)) = 1", "T005"),
    ],
)
def test_a_parameter_of_another_type_is_refused(written: str, expected: str) -> None:
    check(HEAD + f"规则 试 / probe\n  状态 草案\n  对象 丁\n  应当 {written}\n", expected)
