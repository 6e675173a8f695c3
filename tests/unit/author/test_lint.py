"""What is said of rule files, and mending them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from guiju.author.lint import lint, mend
from guiju.diagnostics.source import Source
from guiju.standards.load import load_registry
from tests.unit.author.made import TEXT

pytestmark = pytest.mark.slow

_SLIPS = TEXT.replace(
    "更新间隔 ≤ 期限天数\n  整改     缩短更新间隔。\n  fix", "更新间隔 =< 期限天数 && 名称 已提供\n  整改     缩短更新间隔。\n  fix"
)


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "guiju", *words, "--lang=zh"], capture_output=True, text=True, check=False)


def _files(text: str) -> tuple[Source, ...]:
    return (Source("a.gj", text),)


def test_only_the_files_asked_about_are_spoken_of() -> None:
    around = (Source("b.gj", "规则 乙 / b\n  对象 无此物\n  应当 甲 已提供\n"),)
    assert {one.span.file for one in lint(_files(_SLIPS), around, load_registry())} == {"a.gj"}


def test_safe_fixes_are_carried_out_until_nothing_is_left_of_them() -> None:
    made = mend(_files(_SLIPS), (), load_registry(), unsafe=False)
    assert made.done >= 2
    assert "更新间隔 <= 期限天数 且 名称 已提供" in made.files[0].text.replace("≤", "<=")
    assert not [one for one in made.diagnostics if one.code.startswith("S")]


def test_a_clean_file_is_not_touched() -> None:
    made = mend(_files(TEXT), (), load_registry(), unsafe=True)
    assert made.done == 0 and made.files[0].text == TEXT


def test_an_unsafe_fix_is_carried_out_only_when_asked_for() -> None:
    text = TEXT.replace("共享属性  sharing_type  共享属性  可缺", "占用率  use_rate  百分比").replace(
        "适用     共享属性 是 有条件共享", "适用     占用率 > 0.5"
    )
    assert mend(_files(text), (), load_registry(), unsafe=False).files[0].text == text
    assert "占用率 > 50%" in mend(_files(text), (), load_registry(), unsafe=True).files[0].text


def test_the_command_exits_with_one_for_warnings_and_nought_for_hints(tmp_path: Path) -> None:
    file = tmp_path / "a.gj"
    file.write_text(_SLIPS, "utf-8")
    done = _run("lint", str(file), "--rules", str(file), "--json")
    assert done.returncode == 1
    assert {"S020"} <= {one["code"] for one in json.loads(done.stdout)}
    assert _run("lint", "--fix", str(file), "--rules", str(file)).returncode == 0
    assert "&&" not in file.read_text("utf-8")


def test_rules_are_listed_by_words_of_their_citations(tmp_path: Path) -> None:
    (tmp_path / "a.gj").write_text(TEXT, "utf-8")
    done = _run("rules", "数据安全法", "--rules", str(tmp_path), "--json")
    assert done.returncode == 0
    assert [one["version"] for one in json.loads(done.stdout)] == ["1", "2"]
    on_a_day = _run("rules", "数据安全法", "--rules", str(tmp_path), "--json", "--as-of", "2024-01-01")
    assert [one["version"] for one in json.loads(on_a_day.stdout)] == ["1"]
    assert _run("rules", "没有这样的规则", "--rules", str(tmp_path)).returncode == 2
