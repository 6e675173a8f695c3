"""`guiju prove` as its user meets it: what it says, what it writes, and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.proofs.conftest import Done
from tests.proofs.test_planted import RULE, SHAPE

pytest.importorskip("z3")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    asked = ("甲 > 5", "甲 < 3", "钱 ≥ 100万元")
    text = SHAPE.format(name="物", id="thing")
    text += "".join(RULE.format(name=f"第{at}条", id=f"rule_{at}", body=f"  应当 {one}") for at, one in enumerate(asked))
    path = tmp_path / "rules.gj"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_clash_is_named_by_its_clauses(guiju: Callable[..., Done], rules: Path) -> None:
    done = guiju("prove", str(rules), "--as-of", "2026-03-02", "--jobs", "1")
    assert done.exit_code == 1, done.stderr
    assert "exclude each other" in done.stdout
    clash = done.stdout.partition("exclude each other")[2].partition("\n\n")[0]
    assert clash.count("art 13") == 2
    assert "甲 > 5" in clash and "甲 < 3" in clash and "钱 ≥ 100万元" not in clash


@pytest.mark.parametrize("name", ["witness.yaml", "witness.xlsx"])
def test_the_witness_is_judged_as_was_claimed(guiju: Callable[..., Done], rules: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    done = guiju("prove", str(rules), "第2条", "--as-of", "2026-03-02", "--want", "fail", "-o", str(file), "--jobs", "1")
    assert done.exit_code == 0, done.stderr
    checked = guiju("check", str(file), "--rules", str(rules), "--as-of", "2026-03-02", "--format", "json", "--kind", "thing")
    found = json.loads(checked.stdout)["findings"]
    assert [one["verdict"] for one in found if one["rule"].endswith("rule_2")] == ["FAIL"]


def test_old_against_new(guiju: Callable[..., Done], rules: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.gj"
    newer.write_text(rules.read_text("utf-8").replace("100万元", "200万元").replace("甲 > 5", "甲 > 4"), encoding="utf-8")
    done = guiju("prove", "--old", str(rules), "--new", str(newer), "--as-of", "2026-03-02", "--json")
    assert done.exit_code == 1, done.stderr
    plain = json.loads(done.stdout)
    assert plain["relation"] == "incomparable"
    said = {one["rule"].rpartition(".")[2]: (one["relation"], one["confirmed"]) for one in plain["changes"]}
    assert said == {"rule_0": ("looser", True), "rule_2": ("stricter", True)}


def test_what_is_not_there_is_said_in_one_sentence(guiju: Callable[..., Done], rules: Path, tmp_path: Path) -> None:
    for words in (
        ("prove", str(rules), "第九条"),
        ("prove", str(rules), "--profile", "无此场景"),
        ("prove", str(rules), "--kind", "无此类别"),
        ("prove", "--old", str(tmp_path / "nothing.gj"), "--new", str(rules)),
    ):
        done = guiju(*words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert len(done.stderr.strip().splitlines()) == 1


def test_without_the_solver_it_says_what_to_install(guiju: Callable[..., Done], rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "z3", None)
    done = guiju("prove", str(rules))
    assert done.exit_code == 2 and "guiju[smt]" in done.stderr


def test_a_limit_of_time_is_said(guiju: Callable[..., Done], rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIJU_CACHE", "")
    done = guiju("prove", str(rules), "第0条", "--seconds", "0.01", "--json", "--jobs", "1")
    answers = {each["answer"] for one in json.loads(done.stdout)["rules"] for each in one["asked"].values()}
    assert answers <= {"yes", "no", "unknown"}
