"""The arrows at the beginning: which rule files there are, and when what was kept of them is taken."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from guiju import pipeline
from guiju.dsl.ruleset import Ruleset, to_bytes
from guiju.pipeline import read_rules, rule_files, shipped_rules
from guiju.store.cache import Cache
from tests.unit.dsl.model.given import probe


def test_rule_files_are_all_of_a_folder_in_the_order_of_their_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.gj", "a/z.gj", "a-b/c.gj", "a/b/c.gj", "a/b.gj", ".hidden/d.gj", "a/no.txt", "规则/一.gj"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "linked").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "linked.gj").symlink_to(tmp_path / "b.gj")
    monkeypatch.chdir(tmp_path)
    for folder in (tmp_path, Path(), Path("a"), Path("a/../a"), shipped_rules()):
        assert rule_files([folder]) == tuple(sorted(folder.rglob("*.gj")))
    assert len(rule_files([tmp_path])) == 8 - 1 + 1
    assert rule_files([Path("b.gj"), Path(), Path("nowhere.gj")]) == (
        Path("b.gj"),
        *(one for one in sorted(Path().rglob("*.gj")) if one != Path("b.gj")),
        Path("nowhere.gj"),
    )


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder with one rule file."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "one.gj").write_text(probe("名称 已提供 且 总投资 ≥ 500万元"), "utf-8")
    return folder


def _read(folder: Path, memo: Cache) -> Ruleset:
    found = read_rules((folder,), memo)
    assert found.ruleset is not None, found.diagnostics
    return found.ruleset


def _kept(where: Path) -> list[Path]:
    return sorted((where / "kept-ruleset").iterdir())


def _parts(where: Path) -> list[Path]:
    """What was not written to its end."""
    return [one for one in where.rglob(".*") if one.is_file()]


def test_what_is_kept_is_what_was_compiled(rules: Path, tmp_path: Path) -> None:
    memo = Cache(tmp_path / "memo")
    first = _read(rules, memo)
    assert len(_kept(tmp_path / "memo")) == 1
    assert _read(rules, memo) == first == _read(rules, Cache(None)) and to_bytes(_read(rules, memo)) == to_bytes(first)


def test_a_changed_file_and_a_new_one_are_read(rules: Path, tmp_path: Path) -> None:
    memo = Cache(tmp_path / "memo")
    first = _read(rules, memo)
    (rules / "one.gj").write_text(probe("名称 已提供 且 总投资 ≥ 501万元"), "utf-8")
    second = _read(rules, memo)
    assert second != first and second == _read(rules, Cache(None)) and len(_kept(tmp_path / "memo")) == 2
    (rules / "more.gj").write_text("对象 别物 / other_thing\n  名字  name  文本\n", "utf-8")
    assert _read(rules, memo) == _read(rules, Cache(None)) != second


def test_what_another_compiler_made_is_not_taken(rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "code"
    code.mkdir()
    (code / "pass.py").write_text("first = 1\n", "utf-8")
    monkeypatch.setattr(pipeline, "_COMPILER", (*pipeline._COMPILER, str(code)))
    memo = Cache(tmp_path / "memo")
    first = _read(rules, memo)
    (code / "pass.py").write_text("other = 1\n", "utf-8")
    assert _read(rules, memo) == first and len(_kept(tmp_path / "memo")) == 2
    (code / "pass.py").write_text("first = 1\n", "utf-8")
    assert _read(rules, memo) == first and len(_kept(tmp_path / "memo")) == 2


@pytest.mark.parametrize("harm", ["cut", "flipped", "empty", "sealed-nonsense", "folder"])
def test_a_broken_copy_is_made_anew(rules: Path, tmp_path: Path, harm: str) -> None:
    memo = Cache(tmp_path / "memo")
    first = _read(rules, memo)
    (file,) = _kept(tmp_path / "memo")
    data = file.read_bytes()
    match harm:
        case "cut":
            file.write_bytes(data[: len(data) // 2])
        case "flipped":
            file.write_bytes(data[:-9] + bytes([data[-9] ^ 4]) + data[-8:])
        case "empty":
            file.write_bytes(b"")
        case "sealed-nonsense":
            memo.save("kept-ruleset", file.name, b"nonsense")
        case "folder":
            file.unlink()
            file.mkdir()
    assert _read(rules, memo) == first
    assert harm == "folder" or file.read_bytes() == data
    assert _parts(tmp_path / "memo") == []


def test_many_that_start_at_once_disturb_nobody(rules: Path, root: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "guiju", "rules", "--rules", str(rules), "--lang", "en"]
    environ = {**os.environ, "GUIJU_CACHE": str(tmp_path / "memo")}

    def run(_: int) -> tuple[int, bytes]:
        done = subprocess.run(words, cwd=root, env=environ, capture_output=True, timeout=120, check=False)
        return done.returncode, done.stdout + done.stderr

    with ThreadPoolExecutor(4) as pool:
        told = set(pool.map(run, range(6)))
    assert len(told) == 1 and len(_kept(tmp_path / "memo")) == 1
    assert _parts(tmp_path / "memo") == []


def test_a_file_of_the_same_size_time_and_place_with_other_content_is_compiled_anew(tmp_path: Path) -> None:
    """Whatever a file's marks say, its content is what was asked for."""
    memo, file = Cache(tmp_path / "memo"), tmp_path / "r.gj"
    text = "对象 丁 / ding\n  数 num 数\n规则 试 / x\n  依据 政务数据共享条例 第十三条\n  对象 丁\n  应当 数 = {}\n"
    said = []
    for number in (1, 2, 1, 3):
        with open(file, "r+" if file.exists() else "w", encoding="utf-8") as into:
            into.write(text.format(number))
        os.utime(file, ns=(10**18, 10**18))
        for _ in range(2):
            ruleset = read_rules([file], memo).ruleset
            assert ruleset is not None
            said.append(ruleset.rules[0].text[-1])
    assert said == ["1", "1", "2", "2", "1", "1", "3", "3"]
