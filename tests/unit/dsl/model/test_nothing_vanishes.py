"""Each declaration of the trees is in the sealed ruleset or named by an error, and finding that out is linear."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_model, compile_rules
from guiju.standards.load import load_registry
from tests.check import check, diagnostics_of

GIVEN = """对象 丁 / ding
  名称  name  文本  主键
  数    num   数
"""
RULE = "规则 试 / x\n  状态 草案\n  对象 丁\n"


def _table(name: str, cell: str) -> str:
    return f"决策表 {name}\n  条件 量 数\n  结果 额 数\n  1 → {cell}\n  2 → 7\n"


def test_a_table_that_calls_itself_is_defined_by_itself() -> None:
    check(GIVEN + _table("费", "费(1)") + RULE + "  应当 数 = 费(数)\n", "N010 at 决策表")


def test_two_tables_that_call_each_other_are_one_mistake() -> None:
    check(GIVEN + _table("费", "税(1)") + _table("税", "费(1)") + RULE + "  应当 数 = 费(数)\n", "N010 at 决策表")


def test_a_table_that_calls_itself_through_a_term_is_told() -> None:
    check(GIVEN + _table("费", "加费") + "术语 加费 / more\n  是指 费(1) + 1\n" + RULE + "  应当 数 = 费(数)\n", "N010 at 术语")


def test_a_long_chain_of_tables_ends_in_a_message() -> None:
    text = GIVEN + "".join(_table(f"表{at}", f"表{at + 1}(1)") for at in range(300)) + RULE + "  应当 数 = 表0(数)\n"
    assert "T025" in {one.code for one in diagnostics_of(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("术语 大 / big  对象 丁\n  是指 数 > 1\n  是指 数 > 2\n" + RULE + "  应当 大\n", "T020 at 是指 数 > 2"),
        (RULE + "  严重程度 提示\n  严重程度 阻断\n  应当 数 = 1\n", "T020 at 严重程度 阻断"),
        (RULE + "  自 2020-01-01\n  自 2021-01-01\n  应当 数 = 1\n", "T020 at 自 2021-01-01"),
        (RULE + "  对象 丁\n  应当 数 = 1\n", "T020 at 对象 丁"),
        (RULE + "  严重程度 提示 阻断\n  应当 数 = 1\n", "S030 at 阻断"),
        ("读法 常 / u\n  空白 无\n  空白 暂无\n", "T020 at 空白 暂无"),
    ],
)
def test_a_part_of_which_one_would_be_dropped_is_refused(text: str, expected: str) -> None:
    check(GIVEN + text, expected)


def test_from_and_to_may_stand_on_two_lines() -> None:
    check(GIVEN + RULE + "  自 2020-01-01\n  至 2021-01-01\n  应当 数 = 1\n")


def test_what_a_check_forgot_is_our_mistake_and_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.dsl.model.checks.check_rules.Rules.rule", lambda *_: None)
    with pytest.raises(AssertionError, match="dropped"):
        compile_model((Source("rules.gj", GIVEN + RULE + "  应当 数 = 1\n"),), load_registry())


_MANY: dict[str, Callable[[int], str]] = {
    "the same rule": lambda _: RULE + "  应当 数 = 1\n",
    "the same term": lambda _: "术语 大 / big  对象 丁\n  是指 数 > 1\n",
    "terms": lambda at: f"术语 大{at} / big{at}  对象 丁\n  是指 数 > 1\n",
    "tables": lambda at: _table(f"表{at} / t{at}", "1"),
    "the same shape": lambda _: "对象 丙 / c\n  甲 a 数\n",
    "misspelt names": lambda at: RULE.replace("试 / x", f"试{at} / x{at}") + f"  应当 数子{at} = 1\n",
}


@pytest.mark.parametrize("kind", _MANY)
def test_thousands_of_declarations_take_time_in_proportion(kind: str) -> None:
    """Steps are counted, not seconds: four times as many declarations take about four times as many lines of ours."""
    few, many = (_steps(GIVEN + "".join(_MANY[kind](at) for at in range(count))) for count in (100, 400))
    assert many < 5 * few


def _steps(text: str) -> int:
    steps = 0

    def line(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal steps
        steps += event == "line"
        return line

    registry = load_registry()
    before = sys.gettrace()
    sys.settrace(line)
    try:
        compile_rules((Source("rules.gj", text),), registry)
    finally:
        sys.settrace(before)
    return steps
