"""Two columns of one field: what of the second goes unread is told and weighs as 严重; a mere copy is not told."""

import subprocess
import sys
from pathlib import Path

import pytest

from guiju.catalog.read import read
from tests.readers.vocabulary import VOCABULARY

_RULES = """\
对象 数据集 / dataset
  名称 name 文本 主键 别名 标题
  更新周期 cycle 文本

规则 周期已写明 / cycle_stated
  依据 个人信息保护法 第二十八条第一款
  对象 数据集
  应当 更新周期 已提供
"""


def _read(tmp_path: Path, *rows: str) -> list[str]:
    file = tmp_path / "a.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return [one.code for one in read([file], VOCABULARY).diagnostics]


@pytest.mark.parametrize("second", ["", "每年"])
def test_a_column_that_repeats_another_or_is_blank_is_not_told(tmp_path: Path, second: str) -> None:
    assert _read(tmp_path, "名称,更新频率,更新周期", f"甲,每年,{second}", f"乙,每年,{second}") == []


def test_a_column_that_says_something_else_is_told(tmp_path: Path) -> None:
    assert _read(tmp_path, "名称,更新频率,更新周期", "甲,每年,每年", "乙,每年,每月") == ["D050"]


@pytest.mark.parametrize(("level", "code"), [("blocking", 0), ("major", 1), ("advisory", 1)])
def test_what_goes_unread_weighs_as_a_grave_finding(tmp_path: Path, level: str, code: int) -> None:
    file = tmp_path / "a.csv"
    file.write_text("名称,标题,更新周期\n甲,乙,每年\n", encoding="utf-8")
    rules = tmp_path / "r.gj"
    rules.write_text(_RULES, encoding="utf-8")
    words = [sys.executable, "-m", "guiju", "check", str(file), "--rules", str(rules), "--as-of", "2026-03-01", "--fail-level", level]
    done = subprocess.run(words, capture_output=True, timeout=60, check=False)
    assert done.returncode == code and b"D050" in done.stderr, done.stderr
