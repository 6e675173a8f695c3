"""The PDF is PDF/A-1b by the word of a stranger: Apache PDFBox Preflight, whatever the report says and however it is written.

Preflight asks that a destination of an outline or a link be written where it is used, though any object may be referred to
(ISO 32000-1, 7.3.10). It is therefore shown a copy in which they are; everything else of the copy is as it was.
"""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from guiju.reports.layout.letters.notices import notices_of, summary_of
from guiju.reports.layout.letters.report_letter import letter_of
from guiju.reports.model import Report
from guiju.standards.load_tables import load_calendar
from guiju.terms.tongue import Tongue
from tests.specimens.floors import ROOT, report_of_file
from tests.unit.reports.made import finding, judged, report, same

pikepdf = pytest.importorskip("pikepdf")
to_pdf = pytest.importorskip("guiju.reports.writers.to_pdf", reason="PDF needs guiju[pdf]")

pytestmark = pytest.mark.skipif(not to_pdf.chinese_fonts()[0], reason="no Chinese font here: as root, make setup-system")

_JARS = [Path("/usr/share/java") / f"{name}.jar" for name in ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")]  # fmt: skip
_PREFLIGHT = shutil.which("java") is not None and all(one.exists() for one in _JARS)
# Of every kind that can go wrong: beyond the first plane, unassigned, of scripts without a font here, private, joined, markup of typst.
_RARE = (
    "𠮷 㛃 𪚥 \U00030000 \U00031350 \ue000 \U000f0000 😀 👨‍👩‍👧 مرحبا שלום สวัสดี नमस्ते e\u0301\u0327\u20dd \u0378 \ufdd0 葛\U000e0100 𒀀 ⟨ ⟩"
)
_HOSTILE = '#panic("x") $1$ *b* _i_ @ref <label> \\u{0} `raw` = heading // c /* d */ "\\" could not be displayed'


@pytest.fixture(scope="module")
def shown() -> Report:
    return report_of_file(ROOT / "examples" / "catalog" / "faulty.yaml")


def _of(words: str) -> Report:
    return report(
        finding(1, words=words, seen=same(words), department=words, fix=same(words), rule_name=same(words)), judged=(judged(words),)
    )


def _accepted(data: bytes, folder: Path) -> None:
    if not _PREFLIGHT:
        pytest.skip("no Preflight here: as root, make setup-system")
    with pikepdf.open(BytesIO(data)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and "/Dest" in one and one.Dest.is_indirect:
                one.Dest = pikepdf.Array(list(one.Dest))
        pdf.save(folder / "copy.pdf", fix_metadata_version=False)
    words = ["java", "-cp", ":".join(map(str, _JARS)), "org.apache.pdfbox.preflight.Validator_A1b", "copy.pdf"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert "The file copy.pdf is a valid PDF/A-1b file" in done.stdout, done.stdout[:2000] + done.stderr[:1000]


def _fonts(pdf: Any) -> list[Any]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]


@pytest.mark.parametrize("tongue", list(Tongue))
def test_the_report_is_archival(shown: Report, tongue: Tongue, tmp_path: Path) -> None:
    _accepted(to_pdf.to_pdf(shown, tongue), tmp_path)


def test_the_letters_are_archival(shown: Report, tmp_path: Path) -> None:
    for letter in (summary_of(shown, Tongue.ZH), notices_of(shown, Tongue.ZH, calendar=load_calendar(), workdays=10)[0].letter):
        _accepted(to_pdf.letter_to_pdf(letter, (2026, 3, 17)), tmp_path)


def test_no_finding_at_all_is_archival_too(tmp_path: Path) -> None:
    _accepted(to_pdf.to_pdf(report(), Tongue.ZH), tmp_path)


@pytest.mark.parametrize("words", [_RARE, _HOSTILE, "A" * 500, "\u202e反", ""])
def test_no_word_of_a_document_makes_it_less_archival(words: str, tmp_path: Path) -> None:
    _accepted(to_pdf.to_pdf(_of(words), Tongue.ZH), tmp_path)


def test_a_validator_that_accepts_everything_would_be_seen(shown: Report, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(to_pdf.to_pdf(shown, Tongue.ZH))) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
        into = BytesIO()
        pdf.save(into, fix_metadata_version=False)
    if _PREFLIGHT:
        with pytest.raises(AssertionError, match="not a valid PDF/A-1b"):
            _accepted(into.getvalue(), tmp_path)


def test_every_font_is_inside_and_its_words_can_be_searched(shown: Report) -> None:
    with pikepdf.open(BytesIO(to_pdf.to_pdf(shown, Tongue.ZH))) as pdf:
        whole = [font for font in _fonts(pdf) if font.get("/Subtype") == "/Type0"]
        assert whole and all("/ToUnicode" in font for font in whole)
        for font in whole:
            described = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile3" in described or "/FontFile2" in described


def test_the_pdf_has_contents_and_an_outline(shown: Report) -> None:
    with pikepdf.open(BytesIO(to_pdf.to_pdf(shown, Tongue.ZH))) as pdf, pdf.open_outline() as outline:
        titles = [one.title for one in outline.root]
        links = [one for one in pdf.pages[0].get("/Annots", []) if one.Subtype == "/Link"]
    assert titles[:3] == ["一、结论", "二、须整改的事项", "三、建议（4 处）"]
    assert len(links) >= len(titles)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext here: as root, make setup-system")
def test_what_no_font_can_draw_is_written_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "rare.pdf").write_bytes(to_pdf.to_pdf(_of("甲\u0378乙𠮷丙"), Tongue.ZH))
    text = subprocess.run(["pdftotext", str(tmp_path / "rare.pdf"), "-"], check=True, capture_output=True, timeout=60).stdout.decode()
    assert "甲⟨U+0378⟩乙𠮷丙" in "".join(text.split()).replace("\u200b", "")


def test_letters_other_than_reports_are_the_same_twice(shown: Report) -> None:
    letter = letter_of(shown, Tongue.EN)
    assert to_pdf.letter_to_pdf(letter, (2026, 3, 17)) == to_pdf.letter_to_pdf(letter, (2026, 3, 17))
