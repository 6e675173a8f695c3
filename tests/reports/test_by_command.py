"""Forms through the real command: several in one run, and no trace where a user errs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from guiju.reports.formats import FORMATS

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
  - {名称: 空气质量, 更新周期: 每日}
  - {名称: "=1+1"}
  - {名称: "<script>", 提供单位: 市水务局}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules.gj").write_text(RULES, "utf-8")
    (tmp_path / "in.yaml").write_text(SUBMITTED, "utf-8")
    return tmp_path


def guiju(folder: Path, *words: str, **environ: str) -> "subprocess.CompletedProcess[bytes]":
    """`guiju check in.yaml` in that folder, on a fixed day."""
    command = [sys.executable, "-m", "guiju", "check", "in.yaml", "--rules", "rules.gj", "--as-of", "2026-03-17", *words]
    surroundings = {**os.environ, "GUIJU_CACHE": "", "GUIJU_LANG": "zh", "PYTHONPATH": os.getcwd(), **environ}
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=120, env=surroundings, check=False)


def test_several_forms_are_written_in_one_run_and_the_text_still_shown(folder: Path) -> None:
    done = guiju(folder, "--output.sarif=a.sarif", "--output.csv", "b.csv", "--output.text=c.txt")
    assert done.returncode == 1 and "不符合 2" in done.stdout.decode()
    assert len(json.loads((folder / "a.sarif").read_text("utf-8"))["runs"][0]["results"]) == 2
    assert (folder / "b.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (folder / "c.txt").read_text("utf-8") == done.stdout.decode()


def test_every_form_has_its_option(folder: Path) -> None:
    done = guiju(folder, "--help", COLUMNS="300")
    assert [form for form in ("text", *FORMATS) if f"--output.{form} " not in done.stdout.decode()] == []


def test_a_machine_form_is_alone_on_stdout(folder: Path) -> None:
    assert json.loads(guiju(folder, "--format", "sarif").stdout)["version"] == "2.1.0"
    assert guiju(folder, "-f", "xlsx").stdout[:2] == b"PK"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--output.csv=nowhere/x.csv"], "写不了文件 nowhere/x.csv"),
        (["--output.csv=x", "--output.sarif=x"], "两种格式写到同一个文件"),
        (["-o", "x", "--output.sarif=./x"], "两种格式写到同一个文件"),
        (["--output.csv=in.yaml"], "原件从不改写"),
        (["--format", "sarrif"], "没有“sarrif”这种格式"),
        (["--show", "passed"], "没有“passed”这种判定"),
        (["--output.csv=."], "写不了文件"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(folder: Path, words: list[str], said: str) -> None:
    done = guiju(folder, *words)
    assert done.returncode == 2 and said in done.stderr.decode() and b"Traceback" not in done.stderr
    assert (folder / "in.yaml").read_text("utf-8") == SUBMITTED
