"""Word packages that are not as they should be: with macros, with relationships that lead nowhere, under another name."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

pytest.importorskip("docx", reason="Word needs guiju[word]")

from guiju.catalog.formats import find_format
from guiju.catalog.office.open_word import open_word
from guiju.catalog.read import read
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from tests.command import guiju
from tests.documents.papers import paper

_PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = b"application/vnd.ms-word.document.macroEnabled.main+xml"


def _changed(data: bytes, name: str, before: bytes, after: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info in old.infolist():
            part = old.read(info.filename)
            made.writestr(info.filename, part.replace(before, after) if info.filename == name else part)
        assert before in old.read(name)
    return out.getvalue()


def test_a_document_with_macros_is_read_and_given_back_as_one(tmp_path: Path) -> None:
    file, marked = tmp_path / "申报.docm", tmp_path / "标注.docm"
    file.write_bytes(_changed(paper("styled", ["执行GB/T 28181-2016。"]), "[Content_Types].xml", _PLAIN, _MACROS))
    assert guiju("check", str(file), "--as-of", "2026-03-01", "--annotate", str(marked)) == 1
    with zipfile.ZipFile(marked) as archive:
        assert _MACROS in archive.read("[Content_Types].xml")
        assert b"GB/T 28181-2022" in archive.read("word/comments.xml")


def test_relationships_that_lead_nowhere_are_left_out() -> None:
    broken = _changed(paper("bold"), "word/_rels/document.xml.rels", b'Target="styles.xml"', b'Target="nowhere.xml"')
    assert len(open_word(broken).paragraphs) == len(open_word(paper("bold")).paragraphs)
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    found = read(["-"], ruleset.vocabulary, stdin=broken, stdin_name="x.docx")
    assert [one.shape for one in found.records] == ["written_document", "project"]


@pytest.mark.parametrize("name", ["报告.pdf", "报告", "报告.zip"])
def test_a_word_file_under_another_name_is_one(name: str) -> None:
    assert find_format(name, paper("plain")) == "word"
