"""guiju.toml: found upwards, below flags and the environment, above the user's; `guiju config` says which gave a value."""

import json
from pathlib import Path

import pytest

from guiju.commands.terminal.project import ProjectFault, settings_of
from tests.command import guiju

_RULES = """\
对象 验收 / acceptance
  编号 number 文本 主键
  人数 people 整数

规则 人数够 / enough_people
  依据     政务数据共享条例 第十三条第二款
  对象     验收
  应当     人数 ≥ 5
  严重程度 一般
  整改     至少5人。
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with rules of its own, in whose `deep/down` the command stands; the user has settings too."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "r.gj").write_text(_RULES, encoding="utf-8")
    (tmp_path / "guiju.toml").write_text('rules = "mine"\ngate = "minor"\n', encoding="utf-8")
    (tmp_path / "home" / "guiju").mkdir(parents=True)
    (tmp_path / "home" / "guiju" / "guiju.toml").write_text('gate = "major"\nstore = "kept.db"\n', encoding="utf-8")
    (tmp_path / "deep" / "down").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "down")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    for name in ("GUIJU_STORE", "GUIJU_GATE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def _told(capfd: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    told = json.loads(capfd.readouterr().out)["settings"]
    assert isinstance(told, dict)
    return told


def test_a_flag_goes_before_the_environment_before_the_project_before_the_user(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert guiju("config", "--json", "--lang", "en") == 0
    told = _told(capfd)
    assert told["rules"] == {"value": [str(project / "mine")], "from": f"project {project / 'guiju.toml'}"}
    assert told["gate"] == {"value": "minor", "from": f"project {project / 'guiju.toml'}"}
    assert told["store"]["value"] == str(project / "home" / "guiju" / "kept.db") and str(told["store"]["from"]).startswith("user")
    assert told["profile"] == {"value": None, "from": "built in"} and told["tongue"]["from"] == "the flag --lang"
    monkeypatch.setenv("GUIJU_GATE", "blocking")
    assert guiju("config", "--json", "--lang", "en") == 0
    assert _told(capfd)["gate"] == {"value": "blocking", "from": "the variable GUIJU_GATE"}


def test_commands_take_what_the_project_says(project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    Path("d.yaml").write_text("验收:\n  - {编号: A, 人数: 3}\n", encoding="utf-8")
    assert guiju("check", "d.yaml", "--as-of", "2026-08-01") == 1
    assert "enough_people" in capfd.readouterr().out
    assert guiju("check", "d.yaml", "--as-of", "2026-08-01", "--fail-level", "blocking") == 0
    monkeypatch.setenv("GUIJU_GATE", "blocking")
    assert guiju("check", "d.yaml", "--as-of", "2026-08-01") == 0
    capfd.readouterr()
    assert guiju("rules") == 0 and "enough_people" in capfd.readouterr().out


def test_records_beside_the_project_are_its_registry(project: Path) -> None:
    assert settings_of(Path(), {}).paths("registry") == ()
    (project / "standards").mkdir()
    assert settings_of(Path(), {}).paths("registry") == (project / "standards",)


@pytest.mark.parametrize(
    "text, words",
    [
        ("rule = 1", "是不是 rules"),
        ("gate = 'red'", "blocking, major, minor, advisory"),
        ("rules = 1", "路径"),
        ("rules = 'gone'", "不存在"),
        ("rules = [", "TOML"),
    ],
)
def test_what_a_settings_file_cannot_say_is_told(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "guiju.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProjectFault) as fault:
        settings_of(tmp_path, {})
    assert words in fault.value.words.zh and str(tmp_path) in fault.value.words.en
