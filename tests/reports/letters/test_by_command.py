"""`guiju notice` and `guiju summary` as an official calls them: a file for each unit, waivers laid over, errors in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

docx = pytest.importorskip("docx", reason="letters need guiju[word]")

RULES = """\
对象 数据集 / dataset
  名称 name 文本 主键
  更新周期 cycle 文本
  提供单位 unit 文本

规则 写明更新周期 / cycle_is_stated
  依据 政务数据共享条例 第十三条第一款
  对象 数据集
  应当 更新周期 已提供
  整改 写上更新周期。
"""
SUBMITTED = """\
数据集:
  - {名称: 空气质量, 提供单位: 市水务局}
  - {名称: 河道水位, 提供单位: "../市水务局"}
  - {名称: 无主的}
"""
WAIVERS = """\
豁免:
  - 编号: W-1
    规则: SC809.13.1.cycle_is_stated
    范围: {对象: [空气质量]}
    批准岗位: 分管领导
    文号: 某函〔2026〕3号
    理由: 系统改造期间
    止日: "2026-12-31"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules.gj").write_text(RULES, "utf-8")
    (tmp_path / "in.yaml").write_text(SUBMITTED, "utf-8")
    (tmp_path / "waivers.yaml").write_text(WAIVERS, "utf-8")
    return tmp_path


def guiju(folder: Path, command: str, *words: str) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-m", "guiju", command, "in.yaml", "--rules", "rules.gj", "--as-of", "2026-03-17", *words]
    surroundings = {**os.environ, "GUIJU_LANG": "zh", "PYTHONPATH": os.getcwd()}
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=120, env=surroundings, check=False)


def _words(file: Path) -> str:
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_each_unit_gets_a_file_of_its_own_inside_the_folder(folder: Path) -> None:
    done = guiju(folder, "notice", "-o", "out", "--workdays", "5")
    assert done.returncode == 1, done.stderr
    names = sorted(one.name for one in (folder / "out").iterdir())
    assert "市水务局.docx" in names and "未写明单位.docx" in names and len(names) == 3
    assert sorted(one.name for one in folder.iterdir()) == ["in.yaml", "out", "rules.gj", "waivers.yaml"]
    words = _words(folder / "out" / "市水务局.docx")
    assert "请于2026年3月24日前（5 个工作日，由本机关确定）" in words and "空气质量" in words and "无主的" not in words


def test_what_is_waived_is_not_asked_for(folder: Path) -> None:
    done = guiju(folder, "notice", "-o", "out", "--waivers", "waivers.yaml")
    assert done.returncode == 1, done.stderr
    assert not (folder / "out" / "市水务局.docx").exists()


def test_a_summary_counts_what_is_waived_apart(folder: Path) -> None:
    assert guiju(folder, "summary", "-o", "all.docx").returncode == 0
    assert guiju(folder, "summary", "-o", "less.DOCX", "--waivers", "waivers.yaml").returncode == 0
    counts = [docx.Document(str(folder / name)).tables[0].rows[1].cells[1].text for name in ("all.docx", "less.DOCX")]
    assert counts == ["3", "2"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["summary", "-o", "x.odt"], "文件名要以 .docx 或 .pdf 结尾"),
        (["notice", "-o", "x", "-f", "odt"], "没有“odt”这种信函格式"),
        (["notice", "-o", "in.yaml"], "原件从不改写"),
        (["summary", "-o", "x.docx", "--waivers", "nowhere.yaml"], "打不开 nowhere.yaml"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(folder: Path, words: list[str], said: str) -> None:
    done = guiju(folder, *words)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_a_notice_goes_into_a_folder_and_not_into_a_file(folder: Path) -> None:
    done = guiju(folder, "notice", "-o", "整改通知.docx")
    assert done.returncode == 2 and "文件夹" in done.stderr and not (folder / "整改通知.docx").exists()
