"""The page as GB/T 9704-2012 has it, measured on what is drawn: 22 lines of 28 characters, in Word's hands and in the PDF."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from guiju.reports.layout.letters.letter import Heading, Letter, Paragraph, Table
from guiju.reports.layout.letters.notices import summary_of
from guiju.reports.layout.letters.page_height import PAGE, height_of, lines_of
from guiju.reports.layout.letters.report_letter import letter_of
from guiju.reports.layout.words import PRECHECK
from guiju.reports.model import Report
from guiju.terms.tongue import Tongue
from tests.specimens.floors import ROOT, report_of_file
from tests.unit.reports.made import card, finding, report, same

to_docx = pytest.importorskip("guiju.reports.writers.to_docx", reason="letters need guiju[word]")
to_pdf = pytest.importorskip("guiju.reports.writers.to_pdf", reason="PDF needs guiju[pdf]")

pytestmark = [
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext here: as root, make setup-system"),
    pytest.mark.skipif(not to_pdf.chinese_fonts()[0], reason="no Chinese font here: as root, make setup-system"),
]

Draw = Callable[[Letter, Path], Path]


def by_word(letter: Letter, folder: Path) -> Path:
    """The letter as .docx, laid out by LibreOffice."""
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice here: as root, make setup-system")
    (folder / "letter.docx").write_bytes(to_docx.letter_to_docx(letter, datetime(2026, 3, 17)))
    words = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf:writer_pdf_Export"]
    fonts = {"FONTCONFIG_FILE": str(folder / "fonts.conf")} if (folder / "fonts.conf").exists() else {}
    environ = {**os.environ, **fonts}
    subprocess.run(
        [*words, "--outdir", str(folder), str(folder / "letter.docx")], check=True, capture_output=True, timeout=120, env=environ
    )
    return folder / "letter.pdf"


def by_typst(letter: Letter, folder: Path) -> Path:
    """The letter as PDF."""
    (folder / "letter.pdf").write_bytes(to_pdf.letter_to_pdf(letter, (2026, 3, 17)))
    return folder / "letter.pdf"


def pages(pdf: Path) -> list[list[str]]:
    """The lines of each page without blanks, which readers see where letters change."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    told = done.stdout.decode().replace("\u200b", "").split("\f")[:-1]
    return [["".join(line.split()) for line in page.split("\n") if line.strip()] for page in told]


def letter(*body: Heading | Paragraph | Table, day: str = "2026年3月17日") -> Letter:
    return Letter(
        tongue=Tongue.ZH, title="题", addressee="", notice="机器预检,不代替审批", body=body, attachments=(), day=day, footer="guiju"
    )


BOTH = pytest.mark.parametrize("draw", [by_word, by_typst])


@BOTH
def test_a_page_holds_twenty_two_lines_of_twenty_eight_characters(draw: Draw, tmp_path: Path) -> None:
    found = pages(draw(letter(Paragraph("规" * 28 * 60)), tmp_path))
    second = [line for line in found[1] if set(line) == {"规"}]
    assert (len(second), {len(line) for line in second}) == (22, {28})
    assert len(next(line for line in found[0] if "规" in line)) == 26  # the first line of a paragraph is indented by two


@BOTH
def test_page_numbers_stand_between_dashes(draw: Draw, tmp_path: Path) -> None:
    found = pages(draw(letter(Paragraph("规" * 28 * 60)), tmp_path))
    assert ["—1—" in found[0], "—2—" in found[1]] == [True, True]


@BOTH
def test_a_table_that_breaks_over_pages_repeats_its_head_and_splits_no_row(draw: Draw, tmp_path: Path) -> None:
    rows = tuple((str(at), f"头{at}。" + "文" * 90 + f"尾{at}。", "据") for at in range(40))
    found = pages(draw(letter(Table(("序号", "问题", "依据"), rows, (10, 70, 20))), tmp_path))
    tables = [page for page in found if any("文文" in line for line in page)]
    assert len(tables) > 2 and all(any("序号" in line and "依据" in line for line in page) for page in tables)
    starts = [{at for at in range(40) if any(f"头{at}。" in line for line in page)} for page in tables]
    ends = [{at for at in range(40) if any(f"尾{at}。" in line for line in page)} for page in tables]
    assert starts == ends and set.union(*starts) == set(range(40))


@BOTH
def test_a_row_that_is_taller_than_a_page_loses_no_word(draw: Draw, tmp_path: Path) -> None:
    rows = (("1", "始" + "长" * 3000 + "终", "据"),)
    found = pages(draw(letter(Table(("序号", "问题", "依据"), rows, (10, 70, 20))), tmp_path))
    assert sum(line.count("长") for page in found for line in page) == 3000


@BOTH
def test_words_without_a_place_to_break_stay_in_their_cell(draw: Draw, tmp_path: Path) -> None:
    rows = (("1", "A" * 200, "据"),)
    found = pages(draw(letter(Table(("序号", "问题", "依据"), rows, (10, 70, 20))), tmp_path))
    lines = [line for page in found for line in page if "AAAA" in line]
    assert len(lines) > 3 and sum(line.count("A") for line in lines) == 200


@BOTH
def test_no_page_ends_with_a_heading_or_with_words_that_lead_in_a_table(draw: Draw, tmp_path: Path) -> None:
    body: list[Heading | Paragraph | Table] = []
    for at in range(30):
        body += [
            Heading(1, f"节{at}"),
            Heading(2, f"目{at}"),
            Paragraph(f"引{at}"),
            Table(("甲", "乙"), ((f"值{at}", "文" * 60),), (30, 70)),
        ]
    for page in pages(draw(letter(*body), tmp_path)):
        last = [line for line in page if "—" not in line and "guiju" not in line][-1]
        assert not last.startswith(("节", "目", "引", "甲")), page


def long_words() -> Report:
    dimensions = ("completeness", "correctness", "timeliness", "openness", "sharing", "security")
    cards = tuple(
        replace(
            card(f"R.{at}.x", name="名称" * 10, fail=3, **{"pass": 1}),
            dimension=dimensions[at % 6],
            fix=same("先逐项写明应写的内容，" * 12),
        )
        for at in range(12)
    )
    return report(*(finding(at, rule=f"R.{at % 12}.x") for at in range(36)), cards=cards)


@BOTH
def test_the_page_for_leaders_is_one_page_however_long_its_words(draw: Draw, tmp_path: Path) -> None:
    for tongue in Tongue:
        found = pages(draw(summary_of(long_words(), tongue), tmp_path))
        assert len(found) == 1, found[-1]


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match target="pattern"><edit name="family" mode="prepend" binding="strong"><string>{family}</string></edit></match>
</fontconfig>"""


@pytest.mark.parametrize("family", ["DejaVu Sans", "Noto Sans Mono CJK SC"])
def test_the_page_for_leaders_is_one_page_whatever_fonts_are_here(family: str, tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(FONTS.format(family=family), encoding="utf-8")
    found = pages(by_word(summary_of(long_words(), Tongue.EN), tmp_path))
    assert len(found) == 1, found[-1]


def test_as_many_words_are_kept_as_the_page_holds() -> None:
    few, many = report(finding(0)), long_words()
    assert height_of(summary_of(few, Tongue.ZH)) < height_of(summary_of(many, Tongue.ZH)) <= PAGE
    [*_, actions, _] = summary_of(many, Tongue.ZH).body
    assert isinstance(actions, Table) and all(len(str(row[1])) > 30 for row in actions.rows)


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("规" * 26, 1), ("规" * 28, 2), ("word " * 8, 1), ("word " * 9, 2), ("W" * 200, 5), ("一 二", 1)]
)
def test_lines_are_counted_as_if_drawn_in_wide_letters(text: str, lines: int) -> None:
    assert lines_of(text, 442.2, 16) == lines


@pytest.fixture(scope="module")
def shown() -> Report:
    return report_of_file(ROOT / "examples" / "catalog" / "faulty.yaml")


@BOTH
def test_the_whole_report_is_drawn_from_its_scope_to_its_seal(draw: Draw, shown: Report, tmp_path: Path) -> None:
    words = "\n".join(line for page in pages(draw(letter_of(shown, Tongue.ZH), tmp_path)) for line in page)
    for one in ("一、结论", "（一）阻断", "项需人工核查", "附件：1.检查发现清单", "（署名、印章）", PRECHECK.zh):
        assert one in words
