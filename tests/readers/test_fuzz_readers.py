"""A few hundred mutations of valid files for each door: nothing is raised, every complaint has words, every value a place.

`benchmarks/fuzz_readers.py` does the same for as long as one likes, in a process of its own.
"""

import io
import random
import zipfile
from pathlib import Path

import pytest

from benchmarks.fuzz_readers import SECONDS, mutate, probe, seed_files
from guiju.catalog.read import read
from guiju.pipeline import memo_of, read_rules, shipped_rules
from guiju.terms.shape import Vocabulary
from tests.readers.samples import CATALOG, FORMS
from tests.readers.vocabulary import VOCABULARY

pytest.importorskip("docx", reason="Word needs guiju[word]")
pytest.importorskip("pyoxigraph", reason="DCAT needs guiju[rdf]")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The shapes of the shipped rules."""
    compiled = read_rules([shipped_rules() / "vocabulary"], memo_of({"GUIJU_CACHE": ""}))
    assert compiled.ruleset is not None
    return compiled.ruleset.vocabulary


@pytest.mark.parametrize("door", FORMS)
def test_no_mutation_raises(tmp_path: Path, door: str, vocabulary: Vocabulary) -> None:
    rng, files = random.Random(f"door {door}"), seed_files()[door]
    read_at_all = 0
    for _ in range(60):
        read_at_all += bool(probe(tmp_path, door, mutate(rng, door, rng.choice(files)), vocabulary).records)
    assert 0 < read_at_all < 60, "mutations that break nothing, or everything, try nothing"


def _with_part(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as here, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as there:
        for name in here.namelist():
            content = here.read(name)
            assert name != part or old in content
            there.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def _codes(folder: Path, door: str, data: bytes) -> list[str]:
    return [one.code for one in probe(folder, door, data, VOCABULARY).diagnostics]


def _sample(door: str) -> bytes:
    return FORMS[door][1](CATALOG, "数据集")


# What the fuzzer found, each as small as it could be made.


@pytest.mark.parametrize("place", [b'r="Infinity1"', b'r="nullG4"', b"r='XFD1048576'", b'r ="XFD1048576"', b'r="B9048576"'])
def test_a_cell_that_stands_where_no_sheet_has_a_place_is_told(tmp_path: Path, place: bytes) -> None:
    data = _with_part(_sample("xlsx"), "xl/worksheets/sheet1.xml", b'r="B2"', place)
    assert _codes(tmp_path, "xlsx", data) == ["D080"]


def test_an_encoding_that_nobody_knows_is_told(tmp_path: Path) -> None:
    assert _codes(tmp_path, "ods", _with_part(_sample("ods"), "content.xml", b'"UTF-8"', b'"TF-8"')) == ["D079"]


def test_half_a_pair_of_surrogates_in_json_ld_is_told(tmp_path: Path) -> None:
    data = _sample("jsonld").replace("道路运输从业人员".encode(), b"\\ud800")
    [broken] = probe(tmp_path, "jsonld", data, VOCABULARY).diagnostics
    assert broken.code == "D101"
    assert data.decode()[broken.span.start : broken.span.end] == "\\ud800"


def test_the_name_of_a_column_that_is_no_utf_8_is_told(tmp_path: Path) -> None:
    assert _codes(tmp_path, "sqlite", _sample("sqlite").replace("名称 TEXT".encode(), "名".encode() + b"\xe7\xff\xff TEXT")) == ["D098"]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", b'wordprocessingml/2006/main"', b'wordprocessingml/none"'),
        ("_rels/.rels", b'http://schemas.openxmlformats.org/package/2006/relationships"', b'urn:none"'),
        ("[Content_Types].xml", b'content-types"', b'none"'),
    ],
    ids=["document", "relations", "types"],
)
def test_a_part_of_a_word_document_that_is_something_else_is_told(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    data = _with_part(_sample("docx"), part, old, new)
    assert _codes(tmp_path, "docx", data)[0] == "D097"


def test_markup_that_is_cut_off_in_a_cell_does_not_hang(tmp_path: Path) -> None:
    data = _with_part(_sample("ods"), "content.xml", b"</table:table-row></table:table>", b"")
    assert _codes(tmp_path, "ods", data) == ["D079"]


_CELL = b'<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'


@pytest.mark.parametrize(
    "more",
    [
        b'<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row><table:table-row>'
        + _CELL
        + b"</table:table-row>",
        b'<table:table-row><table:table-cell table:number-columns-repeated="16000"/>' + _CELL + b"</table:table-row>",
        b'<table:table-row\ntable:number-rows-repeated="900000">'
        + _CELL.replace(b"-cell ", b'-cell table:number-columns-repeated="900" ')
        + b"</table:table-row>",
        b"<table:table-row>" + _CELL.replace(b"x<", b'x<text:s text:c="999999999"/>y<') + b"</table:table-row>",
        b"<table:table-row>" + _CELL.replace(b"x<", b'x<text:s text:c="99999999999"/>y<') + b"</table:table-row>",
    ],
    ids=["a cell far down", "a cell far out", "repeated rows", "blanks", "more blanks"],
)
def test_a_small_sheet_of_opendocument_is_not_laid_out_as_a_large_one(tmp_path: Path, more: bytes) -> None:
    assert _codes(tmp_path, "ods", _with_part(_sample("ods"), "content.xml", b"</table:table>", more + b"</table:table>")) == ["D080"]


@pytest.mark.parametrize("span", [b'<w:gridSpan w:val="99999999"/>', b'<w:gridSpan w:val="9999"/>'])
def test_a_cell_that_stretches_over_a_million_columns_is_told(tmp_path: Path, span: bytes) -> None:
    data = _with_part(_sample("docx"), "word/document.xml", b"<w:tcPr>", b"<w:tcPr>" + span)
    assert _codes(tmp_path, "docx", data) == ["D097"]


def test_a_part_that_unfolds_to_more_than_it_says_is_not_opened(tmp_path: Path) -> None:
    """Readers of workbooks read a part to its end, whatever its entry says of its size."""
    import zlib

    said, real = b" " * 1000, b" " * 40_000_000
    data = bytearray(_with_part(_sample("xlsx"), "xl/sharedStrings.xml", _part(_sample("xlsx"), "xl/sharedStrings.xml"), real))
    for mark, at in ((b"PK\x01\x02", 16), (b"PK\x03\x04", 14)):
        name = data.rindex(b"xl/sharedStrings.xml") if mark == b"PK\x01\x02" else data.index(b"xl/sharedStrings.xml")
        start = data.rindex(mark, 0, name)
        data[start + at : start + at + 4] = zlib.crc32(said).to_bytes(4, "little")
        data[start + at + 8 : start + at + 12] = len(said).to_bytes(4, "little")
    assert zipfile.ZipFile(io.BytesIO(data)).read("xl/sharedStrings.xml") == said
    assert _codes(tmp_path, "xlsx", bytes(data)) == ["D078"]


def _part(data: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part)


def test_reading_what_is_honest_takes_a_fraction_of_the_time_that_the_fuzzer_allows(tmp_path: Path) -> None:
    import time

    rows = CATALOG * 100
    for door, (name, make) in FORMS.items():
        if door in ("sqlite", "docx"):  # one has no file of its own name; the other takes minutes to write
            continue
        (tmp_path / name).write_bytes(make(rows, "数据集"))
        started = time.monotonic()
        assert len(read([tmp_path / name], VOCABULARY, kind="数据集").records) == len(rows), door
        assert time.monotonic() - started < SECONDS * 2, door
