"""What waivers, baselines and the store do to a check, to its exit code and to its report, by the command itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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
OLD = "数据集:\n  - {名称: 甲}\n  - {名称: 乙, 更新周期: 每日}\n"
NEW = "数据集:\n  - {名称: 丙, 更新周期: 每日}\n  - {名称: 甲}\n"
WAIVER = """\
- {id: W-1, rule: PIPL.28.1.cycle_stated, scope: {subjects: 甲}, approver: 分管领导, number: 文号, reason: 过渡, to: 2027-12-31}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("r.gj", RULES), ("old.yaml", OLD), ("new.yaml", NEW), ("w.yaml", WAIVER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def guiju(folder: Path, *words: str) -> tuple[int, str, str]:
    environ = {**os.environ, "GUIJU_CACHE": "", "GUIJU_STORE": str(folder / "runs.db"), "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "guiju", *words, "--lang", "zh"], cwd=folder, env=environ, capture_output=True, timeout=120, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def check(folder: Path, file: str, *words: str) -> tuple[int, str, str]:
    return guiju(folder, "check", file, "--rules", "r.gj", "--as-of", "2026-03-01", "--fail-level", "advisory", *words)


def test_a_waived_finding_stays_a_failure_and_fails_no_check(folder: Path) -> None:
    assert check(folder, "old.yaml")[0] == 1
    code, said, told = check(folder, "old.yaml", "--waivers", "w.yaml", "-f", "json")
    plain = json.loads(said)
    assert code == 0
    assert [(one["verdict"], one["waiver"]) for one in plain["findings"]] == [("FAIL", "W-1")]
    assert (plain["tally"]["FAIL"], plain["tally"]["WAIVED"], sum(plain["tally"].values())) == (0, 1, plain["rules"] * 2)
    assert (plain["waivers"][0]["number"], plain["waivers"][0]["laid"]) == ("文号", 1)
    assert "W017" in told


def test_the_text_names_the_waiver_and_draws_no_frame_for_it(folder: Path) -> None:
    _, said, _ = check(folder, "old.yaml", "--waivers", "w.yaml")
    assert "W-1（分管领导，文号，至 2027-12-31）" in said
    assert "┌─" not in said


def test_a_broken_file_of_waivers_stops_the_check(folder: Path) -> None:
    (folder / "w.yaml").write_text(WAIVER.replace("number: 文号, ", ""), encoding="utf-8")
    code, said, told = check(folder, "old.yaml", "--waivers", "w.yaml")
    assert (code, said) == (2, "")
    assert "W002" in told and "文号" in told
    assert check(folder, "old.yaml", "--waivers", "nowhere.yaml")[0] == 2


def test_only_what_is_new_fails_against_a_baseline_though_rows_move(folder: Path) -> None:
    check(folder, "old.yaml", "-f", "json", "-o", "old.json")
    code, said, _ = check(folder, "new.yaml", "--baseline", "old.json", "-f", "json")
    plain = json.loads(said)
    assert (code, [one["baseline"] for one in plain["findings"]]) == (0, ["known"])
    (folder / "new.yaml").write_text(NEW + "  - {名称: 丁}\n", encoding="utf-8")
    code, said, _ = check(folder, "new.yaml", "--baseline", "old.json", "--new-only", "-f", "json")
    plain = json.loads(said)
    assert (code, [one["subject"]["name"] for one in plain["findings"]]) == (1, ["丁"])
    assert (plain["baseline"]["new"], plain["baseline"]["known"], plain["baseline"]["gone"]) == (1, 1, 0)


def test_what_a_baseline_had_waived_comes_back_when_the_waiver_is_gone(folder: Path) -> None:
    check(folder, "old.yaml", "--waivers", "w.yaml", "-f", "json", "-o", "old.json")
    assert check(folder, "old.yaml", "--baseline", "old.json")[0] == 1


def test_what_is_no_report_is_no_baseline(folder: Path) -> None:
    assert check(folder, "old.yaml", "--baseline", "w.yaml")[0] == 2
    assert check(folder, "old.yaml", "--new-only")[0] == 2


def test_a_drafted_waiver_is_refused_until_people_have_filled_it(folder: Path) -> None:
    code, draft, _ = guiju(folder, "waive", "old.yaml", "--rules", "r.gj", "--as-of", "2026-03-01", "--subject", "甲")
    assert code == 0
    (folder / "w.yaml").write_text(draft, encoding="utf-8")
    assert check(folder, "old.yaml", "--waivers", "w.yaml")[0] == 2
    for key, value in (("批准岗位", "领导"), ("文号", "一号"), ("理由", "过渡"), ("止日", "2027-01-01")):
        draft = "\n".join(f"    {key}: {value}" if line.startswith(f"    {key}:") else line for line in draft.split("\n"))
    (folder / "w.yaml").write_text(draft, encoding="utf-8")
    code, _, told = check(folder, "old.yaml", "--waivers", "w.yaml")
    assert (code, told) == (0, "")


def test_two_files_are_compared(folder: Path) -> None:
    code, said, _ = guiju(folder, "compare", "old.yaml", "new.yaml", "--rules", "r.gj", "--as-of", "2026-03-01", "-f", "json")
    plain = json.loads(said)
    assert (code, plain["tally"]) == (0, {"new": 0, "changed": 0, "persisting": 1, "gone": 0})


def test_runs_are_kept_and_compared_by_their_ids(folder: Path) -> None:
    pytest.importorskip("sqlalchemy")
    assert guiju(folder, "runs")[0] == 2
    _, said, _ = check(folder, "old.yaml", "--keep", "-f", "json")
    code, kept, _ = guiju(folder, "runs", "show", "last")
    assert (code, kept) == (0, said)
    assert guiju(folder, "compare", "run:last", "new.yaml", "--rules", "r.gj", "--as-of", "2026-03-01")[0] == 0
    assert guiju(folder, "runs", "show", "zzz")[0] == 2


def test_a_pack_is_verified_by_the_command_and_its_exit_code(folder: Path) -> None:
    pytest.importorskip("cryptography")
    words = ("evidence", "pack", "old.yaml", "--rules", "r.gj", "--as-of", "2026-03-01", "--form", "json", "-o")
    assert guiju(folder, *words, "thin.zip")[0] == 0
    assert guiju(folder, "verify", "thin.zip")[0] == 2
    assert guiju(folder, "verify", "thin.zip", "--inputs", "old.yaml")[0] == 0
    guiju(folder, "evidence", "keygen", "-o", "k.pem")
    assert guiju(folder, *words, "whole.zip", "--with-inputs", "--key", "k.pem")[0] == 0
    assert guiju(folder, "verify", "whole.zip", "--key", "k.pub.pem")[0] == 0
    data = (folder / "whole.zip").read_bytes()
    (folder / "whole.zip").write_bytes(data.replace("甲".encode(), "乙".encode(), 1))
    assert guiju(folder, "verify", "whole.zip")[0] in (1, 2)
    assert (folder / "k.pem").stat().st_mode & 0o077 == 0
