"""What destroys has no default, and a name that names nothing is told as that, with what is near."""

from pathlib import Path
from typing import Any

import pytest

from tests.command import guiju
from tests.unit.commands.applicant.test_overlay import OLD, RULES

RULED = ("--rules", "r.gj", "--as-of", "2026-03-01")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r.gj").write_text(RULES, encoding="utf-8")
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GUIJU_STORE", str(tmp_path / "runs.db"))


def ids(capsys: Any) -> list[str]:
    assert guiju("runs", "list") == 0
    return [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]]


def test_a_run_is_dropped_only_by_a_name_that_is_its_own(capsys: Any) -> None:
    pytest.importorskip("sqlalchemy")
    assert guiju("check", "old.yaml", *RULED, "--keep", "-q") in (0, 1)
    capsys.readouterr()
    [id] = ids(capsys)
    for said in ([], [id[:1]], [id[:5]], [""], ["%"], ["______"]):
        assert guiju("runs", "drop", *said) == 2
        assert capsys.readouterr().err.count("\n") == 1
        assert ids(capsys) == [id]
    assert guiju("runs", "drop", id[:6]) == 0
    capsys.readouterr()
    assert ids(capsys) == []


@pytest.mark.parametrize("name", ["PIPL.28.1.cycle_stated", "cycle_stated", "周期已写明", "CYCLE_STATED"])
def test_a_waiver_is_drafted_for_a_rule_by_any_of_its_names(name: str, capsys: Any) -> None:
    assert guiju("waive", "old.yaml", "--rule", name, *RULED) == 0
    assert "PIPL.28.1.cycle_stated" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["cycle_state", "周期已写", "PIPL.28.1.cycle"])
def test_an_unknown_rule_is_told_as_that_with_what_is_near(name: str, capsys: Any) -> None:
    assert guiju("waive", "old.yaml", "--rule", name, *RULED) == 2
    told = capsys.readouterr().err
    assert f"'{name}'" in told or f"“{name}”" in told
    assert "cycle_stated" in told or "周期已写明" in told
    assert "no such breach" not in told and "没有这样的不符合" not in told


def test_a_field_is_no_rule(capsys: Any) -> None:
    assert guiju("waive", "old.yaml", "--rule", "cycle", *RULED) == 2


def test_a_known_rule_that_holds_is_no_breach(capsys: Any) -> None:
    assert guiju("waive", "old.yaml", "--rule", "cycle_stated", "--subject", "乙", *RULED) == 1


def test_a_fingerprint_of_few_characters_names_nothing(capsys: Any) -> None:
    assert guiju("waive", "old.yaml", "--finding", "abc", *RULED) == 2
