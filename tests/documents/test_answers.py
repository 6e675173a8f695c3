"""Answers that a document suggests: written out, completed, read back; and several papers of one submission held together."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("docx", reason="Word needs guiju[word]")
openpyxl = pytest.importorskip("openpyxl")

from tests.command import guiju  # noqa: E402
from tests.documents.papers_word import word_of  # noqa: E402
from tests.documents.scripts import scripts  # noqa: E402

_DAY = ("--as-of", "2026-03-01")


@pytest.fixture(scope="module")
def parking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound proposal."""
    file = tmp_path_factory.mktemp("parking") / "proposal.docx"
    file.write_bytes(word_of(next(one for one in scripts() if one.name == "parking_proposal"), faulty=False))
    return file


def _report(to: Path, *words: object) -> dict[str, Any]:
    guiju("check", *words, *_DAY, "-f", "json", "-o", to)
    found: dict[str, Any] = json.loads(to.read_text("utf-8"))
    return found


def _verdicts(report: dict[str, Any], rule: str) -> list[str]:
    return [one["verdict"] for one in report["findings"] if one["rule"].endswith(rule)]


def test_answers_are_proposed_with_their_place_and_count_once_they_are_confirmed(
    parking: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "answers.yaml"
    assert guiju("read", parking, "--answers", answers, "--lang", "zh") == 0
    text = answers.read_text("utf-8")
    assert '- 问题: "公共场所图像采集"\n  建议: "是"\n  出处: "（三）视频采集"' in text
    open_ones = _report(tmp_path / "open.json", parking, "--answers", answers)
    assert "D142" in capsys.readouterr().err
    answers.write_text(re.sub(r"(公共场所图像采集.*?  答案:)", r"\1 否", text, count=1, flags=re.DOTALL), "utf-8")
    confirmed = _report(tmp_path / "confirmed.json", parking, "--answers", answers)
    waits = [one["rule"] for one in open_ones["findings"] if "/public_camera" in one["missing"]]
    assert waits
    assert not [one for one in confirmed["findings"] if "/public_camera" in one["missing"]]


def test_what_was_not_read_from_a_text_is_not_held_against_it(parking: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("- {问题: 公共场所图像采集, 答案: 是}\n", "utf-8")
    report = _report(tmp_path / "report.json", parking, "--answers", answers)
    assert _verdicts(report, "notice_sign_set") == ["UNDETERMINED"]


def test_a_file_of_answers_is_not_written_over(parking: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("mine", "utf-8")
    assert guiju("read", parking, "--answers", answers) == 2
    assert answers.read_text("utf-8") == "mine"


def test_a_sheet_of_costs_and_a_catalog_are_held_against_the_document(
    parking: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "申报书.docx").write_bytes(parking.read_bytes())
    costs = openpyxl.Workbook()
    for row in (["投资估算表（单位：万元）"], ["序号", "费用", "金额"], [1, "工程", 2016], [2, "其他", 364.5], ["", "合计", 2390.5]):
        costs.active.append(row)
    costs.save(folder / "估算.xlsx")
    catalog = openpyxl.Workbook()
    catalog.active.append(["信息资源名称", "提供单位", "更新频率", "共享类型"])
    for at in range(25):
        catalog.active.append([f"停车场信息{at}", "武汉市城管执法委", "每日", "无条件共享"])
    catalog.save(folder / "目录.xlsx")
    report = _report(tmp_path / "report.json", folder)
    failed = [one for one in report["findings"] if one["verdict"] == "FAIL" and "document" in one["rule"]]
    told = {(place["words"], one["rule"].rpartition(".")[2]) for one in failed for place in one["places"] if place.get("words")}
    assert {
        ("2390.5", "document_facts_agree"),
        ("2390.5", "document_figures_agree"),
        ("信息资源目录26条", "document_facts_agree"),
    } <= told
    assert "D054" not in capsys.readouterr().err
