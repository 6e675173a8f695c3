"""The letter of a report: its numbering, its limits, and what LibreOffice and PDF readers make of it."""

import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from guiju.reports.layout.letters.letter import Heading, Paragraph, Table, numbered
from guiju.reports.layout.letters.report_letter import letter_of
from guiju.reports.layout.words import PRECHECK
from guiju.reports.model import Report
from guiju.terms.tongue import Tongue
from tests.specimens.floors import ROOT, report_of_file

docx = pytest.importorskip("docx", reason="letters need guiju[word]")

from guiju.reports.writers.to_docx import to_docx  # noqa: E402  # needs docx


@pytest.fixture(scope="module")
def report() -> Report:
    """The report of the faulty example catalog."""
    return report_of_file(ROOT / "examples" / "catalog" / "faulty.yaml")


def test_headings_are_numbered_as_official_letters_are() -> None:
    levels = (1, 2, 2, 3, 3, 4, 1, 2, 3)
    texts = [block.text for block in numbered([Heading(level, "x") for level in levels], Tongue.ZH) if isinstance(block, Heading)]
    assert texts == ["一、x", "（一）x", "（二）x", "1. x", "2. x", "（1）x", "二、x", "（一）x", "1. x"]


def test_the_eleventh_and_the_twentieth_are_said_in_chinese() -> None:
    texts = [block.text for block in numbered([Heading(1, "x")] * 21, Tongue.ZH) if isinstance(block, Heading)]
    assert (texts[9], texts[10], texts[19], texts[20]) == ("十、x", "十一、x", "二十、x", "二十一、x")


def test_the_letter_says_that_it_replaces_no_approval_and_what_people_must_judge(report: Report) -> None:
    letter = letter_of(report, Tongue.ZH)
    words = "".join(block.text for block in letter.body if isinstance(block, Paragraph))
    assert letter.notice == PRECHECK.zh and PRECHECK.zh in words
    assert f"下列 {len(report.judged)} 项需人工核查" in words
    assert letter.addressee == ""


def test_every_failed_rule_has_its_row_and_its_exact_count(report: Report) -> None:
    letter = letter_of(report, Tongue.ZH)
    failed = Counter(one.rule for one in report.findings if one.verdict.name == "FAIL")
    tables = [block for block in letter.body if isinstance(block, Table) and block.header[0] == "事项和依据"]
    told = [str(row[0]).split(" — ")[0] for block in tables for row in block.rows if row[0]]
    names = {card.id: card.name.zh for card in report.rules}
    assert sorted(told) == sorted(names[id] + (f"（{count} 处）" if count > 1 else "") for id, count in failed.items())
    assert all(len(row) == len(block.header) for block in letter.body if isinstance(block, Table) for row in block.rows)


def test_duties_stand_apart_from_advice_and_the_conclusion_comes_first(report: Report) -> None:
    headings = [block.text for block in letter_of(report, Tongue.ZH).body if isinstance(block, Heading) and block.level == 1]
    assert headings[:3] == ["一、结论", "二、须整改的事项", "三、建议（4 处）"]


def test_each_provision_for_people_has_its_box(report: Report) -> None:
    table = next(block for block in letter_of(report, Tongue.ZH).body if isinstance(block, Table) and block.header[0] == "事项")
    assert len(table.rows) == len(report.judged) and all("□" in str(row[-1]) for row in table.rows)


def test_the_same_report_gives_the_same_document(report: Report) -> None:
    assert to_docx(report, Tongue.ZH) == to_docx(report, Tongue.ZH)


def test_the_page_is_that_of_the_standard(report: Report) -> None:
    section = docx.Document(BytesIO(to_docx(report, Tongue.ZH))).sections[0]
    assert [round(one.mm) for one in (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)] == [
        210, 297, 37, 35, 28, 26,
    ]  # fmt: skip


def test_no_member_of_the_document_tells_a_time(report: Report) -> None:
    with zipfile.ZipFile(BytesIO(to_docx(report, Tongue.EN))) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here: as root, make setup-system")
def test_libreoffice_opens_the_document(report: Report, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(to_docx(report, Tongue.ZH))
    words = (
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(tmp_path),
    )
    subprocess.run([*words, str(tmp_path / "report.docx")], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "一、结论" in text and "（署名、印章）" in text


def _pdf(report: Report) -> bytes:
    pytest.importorskip("typst", reason="PDF needs guiju[pdf]")
    from guiju.reports.writers.to_pdf import chinese_fonts, to_pdf

    if not chinese_fonts()[0]:
        pytest.skip("no Chinese font here: as root, make setup-system")
    return to_pdf(report, Tongue.ZH)


def test_the_same_report_gives_the_same_pdf(report: Report) -> None:
    assert _pdf(report) == _pdf(report)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext here: as root, make setup-system")
def test_the_pdf_can_be_read_again(report: Report, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(_pdf(report))
    text = subprocess.run(["pdftotext", str(tmp_path / "report.pdf"), "-"], check=True, capture_output=True, text=True).stdout
    assert "须整改的事项" in text and "检查的限度" in text and "— 1 —" in text.replace("—1—", "— 1 —")


def test_a_machine_without_chinese_fonts_is_told_so_in_a_sentence(tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="PDF needs guiju[pdf]")
    script = (
        "import guiju.reports.writers.to_pdf as pdf; pdf.chinese_fonts = lambda: ([], [])\n"
        "import sys; sys.argv = ['guiju', 'check', 'examples/catalog/faulty.yaml', '--lang', 'zh', '--format', 'pdf', '-o', sys.argv[1]]\n"
        "from guiju.cli import main; main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "x.pdf")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "没有中文字体" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
