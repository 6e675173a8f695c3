"""Names that programs read in two ways are refused or shown: anchors of YAML, names of files."""

import subprocess
import sys
from pathlib import Path

import pytest

from guiju.catalog.read import read
from tests.readers.vocabulary import VOCABULARY


@pytest.mark.parametrize("value", ["&an:chor 甲", "&a&b 甲", "&a:b [甲]", "!!str &a:b 甲"])
def test_an_anchor_that_goes_on_is_refused(tmp_path: Path, value: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"数据集:\n- 名称: {value}\n  提供单位: 局\n", encoding="utf-8")
    got = read([file], VOCABULARY)
    assert not got.records and got.diagnostics[0].code == "D010"


@pytest.mark.parametrize("value", ["&anchor 甲", "&a-b_1 甲", "&a\n    甲"])
def test_an_anchor_of_plain_letters_is_read(tmp_path: Path, value: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"数据集:\n- 名称: {value}\n  提供单位: 局\n", encoding="utf-8")
    assert [one.value["name"] for one in read([file], VOCABULARY).records] == ["甲"]


def test_the_name_of_a_file_moves_no_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a\x1b[31mb.yaml"
    file.write_text("数据集:\n- 名称: 甲\n  提供单位: 局\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "guiju", "read", str(file)], capture_output=True, timeout=60, check=False)
    assert b"\x1b[31m" not in done.stdout and "b.yaml" in done.stdout.decode()
