"""What somebody says of headers and sheets outweighs what would have been understood."""

from pathlib import Path

import openpyxl
import pytest

from guiju.catalog.read import read
from guiju.pipeline import memo_of, read_rules, shipped_rules
from guiju.terms.shape import Vocabulary
from tests.command import guiju


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """That of the shipped rules."""
    import os

    ruleset = read_rules([shipped_rules()], memo_of(dict(os.environ))).ruleset
    assert ruleset is not None
    return ruleset.vocabulary


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets: datasets with a column that nobody knows, and notes that look like datasets."""
    made = openpyxl.Workbook()
    first = made.active
    first.title = "数据集"
    first.append(["名称", "提供单位", "咱们的摘要", "更新频率"])
    first.append(["路灯", "市城管执法委", "全市路灯位置", "每年"])
    second = made.create_sheet("旧表")
    second.append(["名称", "提供单位", "摘要", "更新频率"])
    second.append(["旧路灯", "市城管执法委", "旧的", "每年"])
    made.save(tmp_path / "目录.xlsx")
    return tmp_path / "目录.xlsx"


def test_a_column_means_what_was_said(book: Path, vocabulary: Vocabulary) -> None:
    plain = read([book], vocabulary)
    assert "abstract" not in plain.records[0].value
    said = read([book], vocabulary, columns=(("咱们的摘要", "abstract"),))
    assert said.records[0].value["abstract"] == "全市路灯位置"
    assert [one.how.zh for one in said.headers if one.header == "咱们的摘要"] == ["由您指定"]


def test_a_column_that_is_no_field_is_not_read(book: Path, vocabulary: Vocabulary) -> None:
    said = read([book], vocabulary, columns=(("更新频率", ""),))
    assert all("update_frequency" not in one.value for one in said.records)


def test_a_path_that_the_kind_does_not_have_changes_nothing(book: Path, vocabulary: Vocabulary) -> None:
    assert read([book], vocabulary, columns=(("名称", "no.such"),)).records[0].value["name"] == "路灯"


@pytest.mark.parametrize("name", ["旧表", "{file}!旧表"])
def test_a_sheet_that_is_no_data_is_left_out_and_told(book: Path, vocabulary: Vocabulary, name: str) -> None:
    said = read([book], vocabulary, not_data=(name.format(file=book),))
    assert [one.value["name"] for one in said.records] == ["路灯"]
    assert any("不是数据" in one.what.zh for one in said.left_out)


def test_the_command_takes_both(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guiju("read", book, "--column", "咱们的摘要=abstract", "--not-data", "旧表", "--lang", "zh") == 0
    said = capsys.readouterr().out
    assert any(word in said for word in ("由您指定", "as you said")) and any(word in said for word in ("您说它不是数据", "it is no data"))
    assert guiju("check", book, "--column", "咱们的摘要", "--lang", "zh") == 2
