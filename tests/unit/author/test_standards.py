"""Answers about instruments, asked through the command."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from guiju.author.cited import names_in

pytestmark = pytest.mark.slow


def _ask(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "guiju", "standards", *words, "--lang=zh"], capture_output=True, text=True, check=False)


def test_names_are_found_in_either_width_and_once() -> None:
    text = (
        "依据《新型智慧城市评价指标》（GB/T 33356—2016）和ＧＢ ５０３４８－２００４、\n"
        "国办发〔2019〕57号；又见 GB/T 33356-2016，T/CESA 1100-2020，DB4201/T 600-2020。"
    )
    assert [(one.text, one.line) for one in names_in(text)] == [
        ("GB/T 33356-2016", 1),
        ("GB 50348-2004", 1),
        ("国办发〔2019〕57号", 2),
        ("T/CESA 1100-2020", 2),
        ("DB4201/T 600-2020", 2),
    ]


def test_what_is_no_number_of_a_standard_is_not_taken_for_one() -> None:
    assert names_in("电话 027-2016，房间 AB-1203，共 2016-2020 年，IP 10.0.0.1") == ()


def test_what_replaced_a_standard_is_told() -> None:
    done = _ask("chain", "GB/T", "33356-2016", "--as-of", "2026-01-01")
    assert done.returncode == 0
    assert [line.split(" 新型")[0] for line in done.stdout.splitlines()] == ["GB/T 33356-2016", "GB/T 33356-2022"]
    assert "已失效（至 2023-04-30）" in done.stdout.splitlines()[0]


def test_a_name_alone_shows_the_edition() -> None:
    assert "被代替于：GB/T 33356-2022" in _ask("GB/T 33356-2016").stdout


def test_what_a_kind_of_project_must_cite_differs_by_year() -> None:
    now, then = (
        {one["id"] for one in json.loads(_ask("for", "智慧灯杆", "--year", year, "--must", "--json").stdout)["editions"]}
        for year in ("2026", "2015")
    )
    assert now and now - then and all(one for one in now)


def test_a_cited_file_names_the_withdrawn_with_what_to_cite_instead(tmp_path: Path) -> None:
    file = tmp_path / "方案.txt"
    file.write_text("一\n本项目执行 GB/T 33356-2016 与 GB 50348-2018。\n", "utf-8")
    done = _ask("cited", str(file))
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("2: GB/T 33356-2016") and "现应引用：GB/T 33356-2022" in lines[1]
    assert "1 项已失效" in done.stderr


def test_a_word_file_is_read_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "方案.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:p><w:r><w:t>GB/T 333</w:t></w:r><w:r><w:t>56-2016</w:t></w:r></w:p>")
    assert _ask("cited", str(file)).returncode == 1
    file.write_bytes(b"PK\x03\x04broken")
    assert _ask("cited", str(file)).returncode == 2


def test_nothing_withdrawn_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("GB/T 33356-2022", "utf-8")
    assert _ask("cited", str(tmp_path / "a.txt")).returncode == 0


def test_an_unknown_name_kind_or_day_exits_with_two() -> None:
    assert _ask("show", "GB/T 00000-1900").returncode == 2
    assert "智慧灯杆" in _ask("for", "智慧登杆").stderr
    assert _ask("as-of", "昨天").returncode == 2
    assert _ask("cited", "/no/such/file").returncode == 2
