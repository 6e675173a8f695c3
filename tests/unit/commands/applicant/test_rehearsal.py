"""Drafts are rehearsed: `test` judges them, `check --with-drafts` shows what they would find, and no count of what is in force moves."""

import json
from pathlib import Path

import pytest

from tests.command import guiju

_SHAPE = "对象 验收 / acceptance\n  编号 number 文本 主键\n  人数 people 整数\n\n"
_RULE = "规则 人数够 / enough_people\n  {extra}\n  对象 验收\n  应当 人数 ≥ 5\n  整改 至少5人。\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an acceptance of three people."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d.yaml").write_text("验收:\n  - {编号: A, 人数: 3}\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("extra", ["状态 草案", "依据 政务数据共享条例 第十三条第二款\n  自 2027-01-01"])
def test_what_is_not_in_force_yet_is_shown_apart(here: Path, extra: str, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "r.gj").write_text(_SHAPE + _RULE.format(extra=extra), encoding="utf-8")
    words = ("check", "--rules", "r.gj", "d.yaml", "--as-of", "2026-08-01", "--lang", "zh")
    assert guiju(*words) == 0
    without = capfd.readouterr().out
    assert guiju(*words, "--with-drafts") == 0
    told = capfd.readouterr().out
    assert told.startswith(without.rstrip("\n").rsplit("\n", 1)[0])
    rehearsal = told[told.index("Rehearsal") :]
    assert "enough_people" in rehearsal and "enough_people" not in without


def test_the_tests_of_a_draft_are_counted_apart(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "r.gj").write_text(_SHAPE + _RULE.format(extra="状态 草案"), encoding="utf-8")
    (here / "r.cases.yaml").write_text("rule: enough_people\ncases:\n  - 五人: {given: {编号: A, 人数: 5}, want: pass}\n", encoding="utf-8")
    assert guiju("test", "r.gj", "--rules", "r.gj", "--json") == 0
    told = json.loads(capfd.readouterr().out)
    assert told["drafts"]["cases"] == {"total": 1, "held": 1} and told["cases"]["total"] == 0
