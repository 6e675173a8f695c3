"""`guiju standards add` asks for an instrument, writes a valid record beside the project, and rules may cite it from then on."""

import io
from pathlib import Path

import pytest

from tests.command import guiju

_ANSWERS = "武试规〔2026〕3号\n项目验收细则\n武汉市经济和信息化局\n地方文件\n2026-04-30\n2026-07-01\n\n是\n第七条：验收不少于五人。\n\n"
_RULE = """\
对象 验收 / acceptance
  编号 number 文本 主键
  人数 people 整数

规则 人数够 / enough_people
  依据     武试规〔2026〕3号 第{article}条
  对象     验收
  应当     人数 ≥ 5
  整改     至少5人。
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, in which somebody answers."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO(_ANSWERS))
    return tmp_path


def test_what_is_answered_becomes_a_record_that_rules_cite(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "r.gj").write_text(_RULE.format(article="七"), encoding="utf-8")
    assert guiju("lint", "r.gj") == 1
    assert "guiju standards add" in capfd.readouterr().out
    assert guiju("standards", "add") == 0
    assert capfd.readouterr().out.split() == ["guiju.toml", "standards/DOC-2026-3.yaml"]
    assert guiju("lint", "r.gj") == 0
    (here / "d.yaml").write_text("验收:\n  - {编号: A, 人数: 3}\n", encoding="utf-8")
    assert guiju("check", "--rules", "r.gj", "d.yaml", "--as-of", "2026-08-01") == 1
    assert "项目验收细则 art 7" in capfd.readouterr().out
    (here / "r.gj").write_text(_RULE.format(article="八"), encoding="utf-8")
    assert guiju("lint", "r.gj") == 0
    assert "C009" in capfd.readouterr().out


def test_flags_answer_too_and_its_confidence_is_its_own(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    flags = ("--number", "武试规〔2026〕3号", "--body", "武汉市人民政府", "--level", "地方文件", "--issued", "2026-04-30", "--until", "")
    flags = (*flags, "--in-force", "2026-07-01", "--confidence", "memory", "--clause", "第七条：验收不少于五人。")
    assert guiju("standards", "add", "项目验收细则", *flags) == 0
    (here / "r.gj").write_text(_RULE.format(article="七") + "  严重程度 阻断\n", encoding="utf-8")
    capfd.readouterr()
    guiju("lint", "r.gj")
    assert "C006" in capfd.readouterr().out


def test_an_own_record_may_replace_a_shipped_one(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shown = ("standards", "show", "政务数据共享条例", "--as-of", "2027-02-01")
    assert guiju(*shown) == 0 and "in force\n" in capfd.readouterr().out
    flags = ("--number", "", "--body", "国务院", "--level", "行政法规", "--issued", "2026-11-01", "--in-force", "2027-01-01", "--until", "")
    assert (
        guiju(
            "standards",
            "add",
            "新共享条例",
            *flags,
            "--confidence",
            "memory",
            "--id",
            "SC999",
            "--replaces",
            "SC809",
            "--clause",
            "第一条：目的",
        )
        == 0
    )
    capfd.readouterr()
    assert guiju(*shown) == 0 and "no longer in force" in capfd.readouterr().out


@pytest.mark.parametrize("flag, value", [("--level", "大法"), ("--issued", "去年"), ("--confidence", "sure"), ("--clause", "第七条")])
def test_what_makes_no_record_is_refused_and_nothing_is_written(here: Path, flag: str, value: str) -> None:
    assert guiju("standards", "add", flag, value) == 2
    assert not (here / "standards").exists() and not (here / "guiju.toml").exists()


def test_a_broken_record_is_shown_at_its_line(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert guiju("standards", "add") == 0
    record = here / "standards" / "DOC-2026-3.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("local_document", "by_law"), encoding="utf-8")
    capfd.readouterr()
    assert guiju("rules", "验收", "--rules", str(here / "standards")) in (0, 2)
    assert guiju("standards", "show", "SC809") == 2
    assert "R001" in capfd.readouterr().err
