"""What `guiju init` leaves works at once; what `guiju doctor` says."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from guiju.author.layout import laid_out
from guiju.author.starter import PURPOSES, starter
from guiju.author.translate import translate
from guiju.commands.bureau import run_doctor
from guiju.commands.bureau.extras import EXTRAS, Extra
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.pipeline import rule_files, shipped_rules
from guiju.standards.load import load_calendar, load_registry
from guiju.terms.tongue import Both, Tongue
from guiju.validators.testing.cases import read_cases, run_cases

pytestmark = pytest.mark.slow


def _run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "guiju", *words], capture_output=True, text=True, check=False, cwd=cwd, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize("tongue", list(Tongue))
def test_the_rule_is_laid_out_and_its_cases_come_out(tongue: Tongue) -> None:
    files = dict(starter("rules", tongue))
    rule = Source("rules/a.gj", files["rules/abstract_says_enough.gj"])
    assert laid_out(rule)[0] == rule.text
    shipped = tuple(Source(str(path), path.read_text("utf-8")) for path in rule_files([shipped_rules() / "vocabulary"]))
    ruleset, found = compile_rules((*shipped, rule), load_registry())
    assert ruleset is not None, [one.headline(Tongue.EN) for one in found]
    cases, _ = read_cases(Source("rules/a.cases.yaml", files["rules/abstract_says_enough.cases.yaml"]))
    assert cases is not None
    results = run_cases(cases, ruleset, load_calendar())
    assert len(results) >= 4 and [one.case.name for one in results if not one.ok] == []


def test_the_english_rule_is_the_chinese_one_translated() -> None:
    zh, en = (Source("a.gj", dict(starter("rules", tongue))["rules/abstract_says_enough.gj"]) for tongue in (Tongue.ZH, Tongue.EN))
    shipped = tuple(Source(str(path), path.read_text("utf-8")) for path in rule_files([shipped_rules() / "vocabulary"]))
    made = translate((zh,), shipped, load_registry(), Tongue.EN)
    kept = [line for line in made.texts[0].splitlines() if not line.lstrip().startswith(("#", "why", "理由"))]
    assert kept == [line for line in en.text.splitlines() if not line.lstrip().startswith(("#", "why", "理由"))]


@pytest.mark.parametrize("purpose", list(PURPOSES))
@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_the_planted_faults_are_found(purpose: str, tongue: str, tmp_path: Path) -> None:
    assert _run("init", "here", "--for", purpose, "--in", tongue, "--yes", cwd=tmp_path).returncode == 0
    document = "proposal.yaml" if purpose == "proposal" else "catalog.yaml"
    more = ["--add-rules", "rules"] if purpose == "rules" else []
    done = _run("check", document, *more, "--lang", tongue, "--fail-level", "advisory", cwd=tmp_path / "here")
    assert done.returncode == 1, done.stderr
    if purpose == "rules":
        assert "abstract_says_enough" in done.stdout


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_nothing_is_wrong_with_the_rule(tongue: str, tmp_path: Path) -> None:
    assert _run("init", "here", "--in", tongue, "--yes", cwd=tmp_path).returncode == 0
    done = _run("lint", ".", "--lang", "en", cwd=tmp_path / "here")
    assert (done.returncode, done.stdout) == (0, "") and "Nothing is wrong" in done.stderr


def test_nothing_is_overwritten_and_nobody_is_asked_where_nobody_is_there(tmp_path: Path) -> None:
    assert _run("init", cwd=tmp_path).returncode == 0
    (tmp_path / "guiju-example" / "README.md").write_text("mine", "utf-8")
    assert _run("init", cwd=tmp_path).returncode == 2
    assert (tmp_path / "guiju-example" / "README.md").read_text("utf-8") == "mine"
    assert _run("init", "x", "--for", "nothing", cwd=tmp_path).returncode == 2


def test_the_doctor_tells_versions_rules_calendar_and_extras(tmp_path: Path) -> None:
    done = _run("doctor", "--json", "--lang=en", cwd=tmp_path)
    looks = {one["what"]: one for one in json.loads(done.stdout)}
    assert {
        "versions",
        "shipped rules",
        "registry",
        "calendar of working days",
        "encoding",
        "quick reader in C",
        "cache",
    } <= set(looks)
    assert done.returncode == (1 if any(one["state"] == "broken" for one in looks.values()) else 0)
    # What is called good was tried, and what was seen of it is said.
    extras = [one for what, one in looks.items() if " · " in what]
    assert len(extras) == len(EXTRAS) and all(one["seen"] != "here" for one in extras)


def test_the_doctor_says_of_an_extra_that_fails_that_it_does(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def absent(_: object) -> str:
        raise ModuleNotFoundError("x")

    def broken(_: object) -> str:
        raise OSError("libx.so: cannot open")

    names = Both("甲", "A")
    made = (
        Extra(name="a", use=names, trial=absent),
        Extra(name="b", use=names, trial=broken),
        Extra(name="c", use=names, trial=lambda _: "did"),
    )
    monkeypatch.setattr(run_doctor, "EXTRAS", made)
    run_doctor.run_doctor(as_json=True)
    looks = [one for one in json.loads(capsys.readouterr().out) if " · " in one["what"]]
    assert [one["state"] for one in looks] == ["wanting", "wanting", "good"]
    assert "libx.so" in looks[1]["seen"] and looks[2]["seen"] == "did"


def test_every_extra_that_the_doctor_tries_is_one_of_the_package(root: Path) -> None:
    names = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert {one.name for one in EXTRAS} <= set(names)
