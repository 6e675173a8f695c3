"""Documents given back: comments at the words and nothing else changed, notes on the pages of a PDF, a list by chapter."""

import json
import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

docx = pytest.importorskip("docx", reason="Word needs guiju[word]")
pikepdf = pytest.importorskip("pikepdf", reason="notes need guiju[papers]")
openpyxl = pytest.importorskip("openpyxl")

from guiju.forms.annotate.mark_word import says_the_same  # noqa: E402
from tests.command import guiju  # noqa: E402
from tests.documents.fuzz import damaged, survives  # noqa: E402
from tests.documents.papers_word import converted, word_of  # noqa: E402
from tests.documents.scripts import Script, scripts  # noqa: E402

_DAY = ("--as-of", "2026-03-01")
_OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")


def _script(name: str) -> Script:
    return next(one for one in scripts() if one.name == name)


def test_a_comment_stands_at_its_words_and_one_on_a_header_or_box_says_where(tmp_path: Path) -> None:
    file, marked = tmp_path / "boxes.docx", tmp_path / "marked.docx"
    file.write_bytes(word_of(_script("logistics_boxes"), faulty=True))
    guiju("check", file, *_DAY, "--annotate", marked, "-o", tmp_path / "out.txt", "--lang", "zh")
    assert says_the_same(file.read_bytes(), marked.read_bytes())
    texts = [one.text for one in docx.Document(str(marked)).comments]
    assert any("文本框" in one and "此处插入架构图" in one for one in texts)
    body = docx.Document(str(marked)).element.body
    starts = {one.getparent().index(one): one for one in body.iter() if one.tag.endswith("commentRangeStart")}
    assert starts


def test_a_copy_that_says_something_else_is_noticed() -> None:
    whole = word_of(_script("parking_proposal"), faulty=True)
    out = BytesIO()
    with ZipFile(BytesIO(whole)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"12600", b"12601"))
    assert says_the_same(whole, whole)
    assert not says_the_same(whole, out.getvalue())


@_OFFICE
@pytest.mark.slow
def test_a_pdf_gets_notes_on_its_pages_over_the_words(tmp_path: Path) -> None:
    file, marked, report = tmp_path / "water.pdf", tmp_path / "marked.pdf", tmp_path / "report.json"
    file.write_bytes(converted(word_of(_script("base_station_feasibility"), faulty=True), "pdf"))
    guiju("check", file, *_DAY, "--annotate", marked, "-f", "json", "-o", report)
    failed = [one for one in json.loads(report.read_text("utf-8"))["findings"] if one["verdict"] == "FAIL"]
    with pikepdf.open(marked) as pdf:
        notes = [note for page in pdf.pages for note in page.obj.get("/Annots", []) if "/Contents" in note]
    assert len(notes) == len(failed)
    assert sum(str(one["/Subtype"]) == "/Highlight" for one in notes) > 0.8 * len(notes)
    assert all(place["page"] for one in failed for place in one["places"] if place.get("words"))


def test_a_list_by_chapter_is_written_as_word_and_as_a_sheet(tmp_path: Path) -> None:
    file = tmp_path / "parking.docx"
    file.write_bytes(word_of(_script("parking_proposal"), faulty=True))
    for suffix in ("docx", "xlsx"):
        guiju("check", file, *_DAY, "--problem-list", tmp_path / f"list.{suffix}", "-o", tmp_path / "out.txt", "--lang", "zh")
    listed = docx.Document(str(tmp_path / "list.docx"))
    chapters = [one.text for one in listed.paragraphs if one.style.name == "Heading 1"]
    assert chapters == sorted(chapters, key=chapters.index) and "七、投资估算与资金筹措" in chapters
    assert len(listed.tables) == len(chapters)
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert any("投资估算" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_damaged_parts_give_records_or_a_sentence() -> None:
    from guiju.pipeline import read_rules, shipped_rules
    from guiju.store.cache import Cache

    ruleset = read_rules([shipped_rules() / "vocabulary"], Cache(None)).ruleset
    assert ruleset is not None
    whole = word_of(_script("logistics_boxes"), faulty=True)
    broken = [(seed, said) for seed in range(1, 41) if (said := survives(damaged(whole, seed), "docx", ruleset.vocabulary))]
    assert broken == []
