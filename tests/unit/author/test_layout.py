"""Laying out rule files: from the command's door and below it."""

import subprocess
import sys
from pathlib import Path

import pytest

from guiju.author.layout import difference, laid_out
from guiju.diagnostics.source import Source
from guiju.pipeline import rule_files, shipped_rules

pytestmark = pytest.mark.slow

_CROOKED = """\
#甲
规则   宽松 / loose
  对象 数据集
  依据  政务数据共享条例   第十三条   # 乙
  应当   名称 已提供
# 末
"""


def _run(*words: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "guiju", *words, "--lang=en"], input=stdin, capture_output=True, cwd=cwd, check=False)


@pytest.mark.parametrize("file", rule_files([shipped_rules()]), ids=lambda path: path.stem)
def test_laying_out_twice_is_laying_out_once(file: Path) -> None:
    once, _ = laid_out(Source(file.name, file.read_text("utf-8")))
    assert once is not None
    assert laid_out(Source(file.name, once))[0] == once


def test_comments_survive_the_layout() -> None:
    text, _ = laid_out(Source("a.gj", _CROOKED))
    assert text is not None
    assert [line for line in text.splitlines() if "#" in line] == ["# 甲", "  依据     政务数据共享条例   第十三条  # 乙", "# 末"]


def test_a_text_with_a_fault_has_no_layout() -> None:
    text, found = laid_out(Source("a.gj", "规则 甲\n  对象 数据集\n  应当 (名称 已提供\n"))
    assert text is None
    assert "S006" in {one.code for one in found}


def test_a_difference_names_the_file_and_is_empty_for_equal_texts() -> None:
    assert difference("a\n", "a\n", "x.gj") == ""
    assert difference("a\n", "b\n", "x.gj").startswith("--- a/x.gj\n+++ b/x.gj\n")


def test_check_writes_nothing_and_says_which_file_would_change(tmp_path: Path) -> None:
    file = tmp_path / "a.gj"
    file.write_text(_CROOKED, "utf-8")
    done = _run("fmt", "--check", str(tmp_path))
    assert done.returncode == 1
    assert "would change" in done.stderr.decode() and done.stdout == b""
    assert file.read_text("utf-8") == _CROOKED


def test_a_file_is_written_in_place_once(tmp_path: Path) -> None:
    file = tmp_path / "a.gj"
    file.write_text(_CROOKED, "utf-8")
    file.chmod(0o640)
    assert _run("fmt", str(file)).returncode == 0
    assert _run("fmt", "--check", str(file)).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["a.gj"]


def test_what_is_no_rule_file_is_never_written(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(_CROOKED, "utf-8")
    assert _run("fmt", str(file)).returncode == 2
    assert file.read_text("utf-8") == _CROOKED


def test_a_file_with_a_fault_stays_as_it_is_while_its_neighbour_is_laid_out(tmp_path: Path) -> None:
    (tmp_path / "bad.gj").write_text("规则 甲\n   应当 (名称 已提供\n", "utf-8")
    (tmp_path / "good.gj").write_text(_CROOKED, "utf-8")
    done = _run("fmt", str(tmp_path))
    assert done.returncode == 2 and b"S006" in done.stderr
    assert (tmp_path / "bad.gj").read_text("utf-8") == "规则 甲\n   应当 (名称 已提供\n"
    assert (tmp_path / "good.gj").read_text("utf-8") != _CROOKED


def test_stdin_goes_to_stdout() -> None:
    done = _run("fmt", "-", stdin=_CROOKED.encode())
    assert done.returncode == 0
    assert done.stdout.decode() == laid_out(Source("a.gj", _CROOKED))[0]
