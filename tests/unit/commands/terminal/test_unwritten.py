"""An output that takes no more is one sentence and exit code 2, and what it would have replaced is as it was."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command import guiju

pytestmark = pytest.mark.slow

RULES = """\
对象 数据集 / dataset
  名称 name 文本 主键
  更新周期 cycle 文本

规则 周期已写明 / cycle_stated
  依据 个人信息保护法 第二十八条第一款
  对象 数据集
  应当 更新周期 已提供
"""
DATA = "数据集:\n  - {名称: 甲}\n  - {名称: 乙, 更新周期: 每日}\n"
RULED = ("--rules", "r.gj")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "r.gj").write_text(RULES, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(DATA, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GUIJU_STORE", str(tmp_path / "runs.db"))
    return tmp_path


# Commands that speak on stdout; that no other way leads there is held by tests/architecture/test_one_writer.py.
SPEAKS: tuple[tuple[str, ...], ...] = (
    ("check", "a.yaml", *RULED),
    ("check", "a.yaml", *RULED, "-f", "json"),
    ("explain", "cycle_stated", *RULED),
    ("lint", "r.gj", "--json"),
    ("trace", "--rule", "cycle_stated", "--subject", "甲", "a.yaml", *RULED),
    ("--version",),
    ("check", "--help"),
)


def ran(folder: Path, said: tuple[str, ...], stdout: Any) -> "subprocess.CompletedProcess[bytes]":
    environ = {**os.environ, "GUIJU_LANG": "en"}
    words = [sys.executable, "-m", "guiju", *said]
    return subprocess.run(words, cwd=folder, env=environ, stdout=stdout, stderr=subprocess.PIPE, timeout=120, check=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("said", SPEAKS, ids=lambda said: said[0])
def test_a_full_stdout_is_one_sentence(folder: Path, said: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = ran(folder, said, full)
    told = done.stderr.decode()
    assert told.splitlines()[-1:] == ["cannot write to stdout: no space left on the disk"], told
    assert done.returncode == 2 and "itself failed" not in told and "Exception" not in told


def test_who_reads_no_more_is_told_nothing(folder: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        done = ran(folder, SPEAKS[0], pipe)
    assert (done.returncode, done.stderr.decode()) == (2, "")


def test_a_closed_stdout_is_one_sentence_and_no_hindrance_to_a_file(folder: Path) -> None:
    for said, code, told in ((SPEAKS[0], 2, "cannot write to stdout: it is not open for writing\n"), ((*SPEAKS[0], "-o", "r.txt"), 1, "")):
        script = 'exec >&-; exec "$@"'
        done = subprocess.run(
            ["sh", "-c", script, "sh", sys.executable, "-m", "guiju", *said, "--lang", "en"],
            cwd=folder,
            stderr=subprocess.PIPE,
            check=False,
        )
        assert (done.returncode, done.stderr.decode()) == (code, told)
    assert (folder / "r.txt").stat().st_size


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_stderr_changes_no_exit_code(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        words = [sys.executable, "-m", "guiju", *SPEAKS[0], "-o", "r.txt"]
        assert subprocess.run(words, cwd=folder, stderr=full, timeout=120, check=False).returncode == 1


# What each command that writes a file is asked; the file comes last.
WRITES: dict[str, tuple[str, ...]] = {
    "text": ("check", "a.yaml", *RULED, "-o"),
    "json": ("check", "a.yaml", *RULED, "--output.json"),
    "html": ("check", "a.yaml", *RULED, "--output.html"),
    "marked.yaml": ("check", "a.yaml", *RULED, "--annotate"),
    "marked.xlsx": ("check", "a.yaml", *RULED, "--annotate"),
    "read": ("read", "a.yaml", *RULED, "-o"),
    "template.xlsx": ("template", "dataset", *RULED, "--force", "-o"),
    "waivers": ("waive", "a.yaml", "--rule", "cycle_stated", *RULED, "--force", "-o"),
    "pack": ("evidence", "pack", "a.yaml", *RULED, "--force", "-o"),
    "key": ("evidence", "keygen", "--force", "-o"),
    "explain": ("explain", "cycle_stated", *RULED, "-o"),
    "en.gj": ("translate", "r.gj", "--to", "en", "-o"),
    "summary.docx": ("summary", "a.yaml", *RULED, "-o"),
    "comparison": ("compare", "a.yaml", "a.yaml", *RULED, "-o"),
}


@pytest.fixture
def small() -> Callable[[], None]:
    """From its call on no file grows beyond a few bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (16, before[1]))  # type: ignore[misc]
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", WRITES)
def test_a_file_that_cannot_be_written_is_one_sentence_and_stays(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, small: Callable[[], None], capsys: Any
) -> None:
    monkeypatch.setenv("GUIJU_CACHE", "")
    file = folder / name
    file.write_text("old")
    names = {one.name for one in folder.iterdir()}
    small()
    code = guiju(*WRITES[name], file)
    said = capsys.readouterr().err
    assert code == 2, said
    assert str(file.with_suffix("")) in said.splitlines()[-1] and "itself" not in said
    assert file.read_text() == "old" and {one.name for one in folder.iterdir()} == names


def test_a_store_that_cannot_grow_is_one_sentence(folder: Path, small: Callable[[], None], capsys: Any) -> None:
    pytest.importorskip("sqlalchemy")
    assert guiju("check", "a.yaml", *RULED, "--keep") == 1
    before = (folder / "runs.db").read_bytes()
    capsys.readouterr()
    (folder / "a.yaml").write_text(DATA + "  - {名称: 丙}\n", encoding="utf-8")
    small()
    assert guiju("check", "a.yaml", *RULED, "--keep", "-q") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert (folder / "runs.db").read_bytes() == before
