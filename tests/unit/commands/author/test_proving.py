"""The commands that prove and ask: what they write, where, and with which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

RULES = """对象 物 / thing
  名称 name 文本 主键
  甲 a 数
  乙 b 数
规则 甲够大 / big_enough
  依据 政务数据共享条例 第十三条
  对象 物
  适用 乙 已提供
  应当 甲 ≥ 5
  整改 加大。
"""
CASES = """rule: big_enough
cases:
  - 够: {given: {甲: 9, 乙: 1}, want: pass}
  - 不够: {given: {甲: 1, 乙: 1}, want: fail}
"""
FILE = "物:\n  - {名称: 一, 甲: 3, 乙: 1}\n  - {名称: 二, 乙: 1}\n"


def guiju(*words: str | Path, at: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "guiju", *map(str, words)]
    return subprocess.run(command, cwd=at, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "big.gj").write_text(RULES, "utf-8")
    (tmp_path / "big.cases.yaml").write_text(CASES, "utf-8")
    (tmp_path / "things.yaml").write_text(FILE, "utf-8")
    return tmp_path


def test_test_tells_what_the_cases_miss_and_is_content(folder: Path) -> None:
    done = guiju("test", "--rules", "big.gj", "big.gj", "--lang", "zh", at=folder)
    assert done.returncode == 0, done.stderr
    assert "没有判为 undetermined 的用例" in done.stdout and "“甲不小于 5”改成“甲大于 5”" in done.stdout
    assert "变异得分：" in done.stdout


def test_a_case_that_does_not_hold_is_named_with_its_line(folder: Path) -> None:
    (folder / "big.cases.yaml").write_text(CASES.replace("want: fail", "want: pass"), "utf-8")
    done = guiju("test", "--rules", "big.gj", "big.gj", "--lang", "en", at=folder)
    assert done.returncode == 1
    assert "big.cases.yaml:4 不够: wanted pass, got fail" in done.stdout


def test_a_score_below_the_least_is_a_failure(folder: Path) -> None:
    assert guiju("test", "--rules", "big.gj", "big.gj", "--min-score", "0.9", at=folder).returncode == 1


def test_a_rule_without_cases_is_named(folder: Path) -> None:
    (folder / "big.cases.yaml").unlink()
    done = guiju("test", "--rules", "big.gj", "big.gj", "--json", at=folder)
    assert done.returncode == 0
    assert [id.rsplit(".", 1)[-1] for id in json.loads(done.stdout)["without_cases"]] == ["big_enough"]


def test_a_file_that_is_not_there_is_said_and_ends_with_two(folder: Path) -> None:
    done = guiju("test", "nowhere.gj", "--lang", "en", at=folder)
    assert (done.returncode, done.stdout) == (2, "") and "no such file: nowhere.gj" in done.stderr


def test_rules_that_do_not_compile_are_shown_and_end_with_two(folder: Path) -> None:
    (folder / "big.gj").write_text(RULES.replace("甲 ≥ 5", "丁 ≥ 5"), "utf-8")
    done = guiju("test", "--rules", "big.gj", "big.gj", "--lang", "en", at=folder)
    assert done.returncode == 2 and "N001" in done.stderr and "Traceback" not in done.stderr


def test_another_file_that_does_not_compile_stops_nobody(folder: Path) -> None:
    (folder / "broken.gj").write_text("规则 坏 / broken\n  对象 物\n  应当 甲 ≥\n", "utf-8")
    done = guiju("test", "--rules", ".", "big.gj", "--lang", "en", at=folder)
    assert done.returncode == 0 and "left aside: 1" in done.stderr


def test_trace_asks_which_subject_is_meant_and_then_draws_its_tree(folder: Path) -> None:
    words = ("trace", "things.yaml", "--rules", "big.gj", "--rule", "big_enough", "--lang", "zh")
    unsaid = guiju(*words, at=folder)
    assert unsaid.returncode == 2 and "#1  一" in unsaid.stderr and "#2  二" in unsaid.stderr
    done = guiju(*words, "--subject", "一", at=folder)
    assert done.returncode == 0, done.stderr
    assert "✗ 甲不小于 5 = 假" in done.stdout and "若为真 → 符合" in done.stdout and "things.yaml:2" in done.stdout


def test_trace_offers_the_near_name_of_a_rule(folder: Path) -> None:
    done = guiju("trace", "things.yaml", "--rules", "big.gj", "--rule", "big_enuogh", "--lang", "en", at=folder)
    assert done.returncode == 2 and "big_enough" in done.stderr


def test_complete_lists_what_is_missing_and_what_that_settles(folder: Path) -> None:
    done = guiju("complete", "things.yaml", "--rules", "big.gj", "--lang", "zh", at=folder)
    assert done.returncode == 1, done.stderr
    assert "物“二”：没有写明甲" in done.stdout and "可判定" in done.stdout and "“一”" not in done.stdout


def test_complete_is_content_where_nothing_is_missing(folder: Path) -> None:
    (folder / "things.yaml").write_text("物:\n  - {名称: 一, 甲: 3, 乙: 1}\n", "utf-8")
    assert guiju("complete", "things.yaml", "--rules", "big.gj", at=folder).returncode == 0


def test_coverage_says_of_each_provision_how_it_stands(folder: Path) -> None:
    done = guiju("coverage", "SC809", "--rules", "big.gj", "--json", at=folder)
    assert done.returncode == 0, done.stderr
    (covered,) = json.loads(done.stdout)
    standings = {each["standing"] for clause in covered["clauses"] for each in clause["provisions"]}
    assert standings <= {"rules", "judged", "unseen", "said", "open"} and "open" in standings
    assert sum(covered["counts"].values()) == sum(len(clause["provisions"]) for clause in covered["clauses"])


def test_an_instrument_that_nobody_knows_ends_with_two(folder: Path) -> None:
    done = guiju("coverage", "没有这个文件的名字", "--rules", "big.gj", "--lang", "zh", at=folder)
    assert done.returncode == 2 and "登记库里没有" in done.stderr


def test_complete_tells_many_places_of_one_field_in_one_line(folder: Path) -> None:
    things = "".join(f"  - {{名称: 物{at}, 乙: 1}}\n" for at in range(7))
    (folder / "things.yaml").write_text(f"物:\n{things}", "utf-8")
    done = guiju("complete", "things.yaml", "--rules", "big.gj", "--lang", "zh", at=folder)
    assert "物（7 处）：补齐“甲”" in done.stdout, done.stdout
    assert done.stdout.count("补齐") == 1
