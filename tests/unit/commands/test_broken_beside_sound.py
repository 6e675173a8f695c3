"""A rule file that does not compile does not stop the cases of those beside it; it is told, and the whole is no success."""

from pathlib import Path

import pytest

from guiju.commands.author.run_test import TestOptions, run_test

SOUND = """对象 验收 / acceptance
  编号 number 文本 主键
  人数 people 整数

规则 人数够 / enough_people
  依据     政府采购需求管理办法
  对象     验收
  应当     人数 ≥ 5
  整改     至少5人。
"""
BROKEN = SOUND[SOUND.index("规则") :].replace("人数 ≥", "人手 ≥").replace("人数够 / enough_people", "坏 / broken")
CASES = "rule: enough_people\ncases:\n  - 五人: {given: {编号: A, 人数: 5}, want: pass}\n"


def test_the_cases_of_sound_files_run_beside_a_broken_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("ok.gj", SOUND), ("ok.cases.yaml", CASES), ("broken.gj", BROKEN), ("broken.cases.yaml", CASES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    wish = TestOptions(paths=(tmp_path,), rules=(tmp_path,), mutants=False, min_score=0.0, every=False, most=10, json=False, color=False)
    assert run_test(wish) == 2
    said = capsys.readouterr()
    assert "1/1" in said.out and "N001" in said.err


def test_rules_that_declare_what_is_shipped_stand_on_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("ok.gj", SOUND), ("ok.cases.yaml", CASES), ("broken.gj", BROKEN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    wish = TestOptions(paths=(tmp_path,), rules=(), mutants=False, min_score=0.0, every=False, most=10, json=False, color=False)
    assert run_test(wish) == 2
    said = capsys.readouterr()
    assert "1/1" in said.out and "N001" in said.err and "N002" not in said.err
    (tmp_path / "broken.gj").unlink()
    assert run_test(wish) == 0
