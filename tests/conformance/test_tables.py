"""Every cell of the tables of docs/language.md section 4 is run: 且 或 非, the five states, and the quantifiers over whole and open lists."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.test_conformance import judge

PAGE = Path(__file__).parents[2] / "docs" / "language.md"
_VERDICTS = {"T": "pass", "F": "fail", "U": "undetermined", "V": "not_applicable"}
_STATES = {"value": 1, "absent": None, "not applicable": "不适用", "pending": "待定", "unreadable": "若干"}
_ELEMENTS = {"T": {"类": "x", "值": 1}, "F": {"类": "x", "值": 2}, "U": {"类": "x"}, "V": {"类": "v", "子表": []}}
_RULES = """
读法 常 / usual_reading
  不适用 不适用
  待定 待定
对象 子 / kid
  量 size 数
对象 项 / part
  类 kind 文本
  值 value 数
  子表 kids 若干 子
对象 物 / thing
  读法 常
  名称 name 文本 主键
  甲 a 数
  乙 b 数
  空 none 若干 项
  全 all_parts 若干 项
  开 open_parts 若干 项 清单可能不完整
"""
_FILE = {"subject": "物", "rules": _RULES}
_BODY = '满足 (若 类 = "v" 则 (每个 子表 满足 (量 > 1)) 否则 值 = 1)'
_TRUTHS = {"T": "甲 = 1", "F": "甲 = 2", "U": "乙 = 1", "V": "每个 空 满足 (值 > 1)"}


def _table(label: str) -> list[list[str]]:
    """The cells of the first table after a numbered sentence."""
    text = PAGE.read_text(encoding="utf-8").partition(f"**{label}**")[2]
    lines = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert lines is not None
    rows = [[cell.strip().strip("*") for cell in line.strip().strip("|").split("|")] for line in lines.group().splitlines()]
    return [rows[0], *rows[2:]]


def _case(name: str, requires: str, given: dict[str, Any], want: str) -> Any:
    return pytest.param({"requires": requires, "given": given, "want": _VERDICTS[want]}, id=name)


def _connectives() -> Iterator[Any]:
    head, *rows = _table("4.3")
    given = {"甲": 1, "空": []}
    for row in rows:
        for word, start in (("且", 0), ("或", 6)):
            for at in range(1, 5):
                left, right = row[start], head[start + at]
                requires = f"({_TRUTHS[left]}) {word} ({_TRUTHS[right]})"
                yield _case(f"{left} {word} {right}", requires, given, row[start + at])
        yield _case(f"非 {row[12]}", f"非 ({_TRUTHS[row[12]]})", given, row[13])


def _states() -> Iterator[Any]:
    head, *rows = _table("4.4")
    for row in rows:
        value = _STATES[row[0]]
        for test, want in zip(head[1:], row[1:], strict=True):
            requires = "非 (甲 = 1)" if test == "非 (= 1)" else f"甲 {test}"
            yield _case(f"{row[0]} {test}", requires, {} if value is None else {"甲": value}, want)


def _quantifiers(label: str, field: str) -> Iterator[Any]:
    head, *rows = _table(label)
    for row in rows:
        elements = [] if row[0] == "none" else row[0].split(" ")
        # The order of the elements is of no account.
        for ordered in dict.fromkeys((tuple(elements), tuple(reversed(elements)))):
            given = {field: [_ELEMENTS[one] for one in ordered]}
            for quantifier, want in zip(head[1:], row[1:], strict=True):
                yield _case(f"{quantifier} {field} {' '.join(ordered)}", f"{quantifier} {field} {_BODY}", given, want)


CELLS = [*_connectives(), *_states(), *_quantifiers("4.5", "全"), *_quantifiers("4.6", "开")]


def test_the_page_has_every_cell() -> None:
    assert len(CELLS) == 36 + 40 + 2 * 126


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_of_a_truth_table_is_as_the_page_says(case: dict[str, Any]) -> None:
    judge(_FILE, case)
