"""Inputs that are broken, hostile or nothing at all: each is told in one clear complaint, and nothing is raised."""

import io
import os
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from guiju.catalog.read import read
from guiju.catalog.records.limits import USUAL, ReadLimits
from guiju.catalog.records.model import Submission
from guiju.diagnostics.codes.code import Level
from guiju.terms.tongue import Tongue
from tests.readers.vocabulary import VOCABULARY


def _check(folder: Path, name: str, data: bytes, code: str, *, limits: ReadLimits = USUAL, records: int = 0) -> Submission:
    file = folder / name
    file.write_bytes(data)
    started = time.monotonic()
    got = read([file], VOCABULARY, limits=limits)
    assert time.monotonic() - started < 20
    assert code in [one.code for one in got.diagnostics], [(one.code, one.headline(Tongue.EN)) for one in got.diagnostics]
    assert len(got.records) == records
    for one in got.diagnostics:
        assert one.headline(Tongue.ZH) and one.headline(Tongue.EN)
    if not records:
        assert any(one.level is Level.ERROR for one in got.diagnostics)
    return got


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.ndjson", "a.csv", "a.xlsx", "a"])
def test_an_empty_file_says_so(tmp_path: Path, name: str) -> None:
    _check(tmp_path, name, b"", "D002")


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.csv"])
def test_a_binary_is_no_text(tmp_path: Path, name: str) -> None:
    _check(tmp_path, name, b"\x7fELF\x00\x01\x02\x00\xff\xfe" * 50, "D001")


def test_a_binary_under_the_name_of_a_workbook_is_no_workbook(tmp_path: Path) -> None:
    _check(tmp_path, "a.xlsx", b"\x7fELF\x00\x01\x02\x00\xff\xfe" * 50, "D079")


def test_an_unknown_suffix_with_unknown_contents_names_what_can_be_read(tmp_path: Path) -> None:
    _check(tmp_path, "a.bin", b"\x7fELF\x00\x01\x02", "D075")


def test_broken_yaml_is_told_at_its_line(tmp_path: Path) -> None:
    got = _check(tmp_path, "a.yaml", "数据集:\n  - 名称: [甲\n    单位: 乙\n".encode(), "D010")
    assert got.sources[0].line_column(got.diagnostics[0].span.start)[0] >= 2


def test_broken_json_is_told_at_its_line(tmp_path: Path) -> None:
    got = _check(tmp_path, "a.json", '[{"名称": "甲"},\n {"名称" "乙"}]'.encode(), "D030")
    assert got.sources[0].line_column(got.diagnostics[0].span.start) == (2, 8)


def test_a_broken_line_of_ndjson_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = '{"名称": "甲", "更新频率": "每年"}\n{"名称": \n{"名称": "乙", "更新频率": "每月"}\n'
    got = _check(tmp_path, "a.ndjson", lines.encode(), "D085", records=2)
    assert "第 2 行" in got.diagnostics[0].headline(Tongue.ZH)
    assert got.records[1].locator.place(("cycle",)).line == 3


def test_a_line_that_no_encoding_reads_spoils_no_other(tmp_path: Path) -> None:
    lines = ['{"名称": "甲", "更新频率": "每年"}\n'.encode(), b'{"\xff\xfe": 1}\n', '{"名称": "乙市", "更新频率": "每月"}\n'.encode()]
    got = _check(tmp_path, "a.ndjson", b"".join(lines), "D003", records=2)
    assert "第 2 行" in got.diagnostics[0].headline(Tongue.ZH) and got.inputs[0].encoding == "utf-8"
    (tmp_path / "a.ndjson").write_bytes(b"".join([*(one.decode().encode("gb18030") for one in (lines[0], lines[2])), lines[1]]))
    assert [next(iter(one.value.values())) for one in read([tmp_path / "a.ndjson"], VOCABULARY).records] == ["甲", "乙市"]


def test_a_stated_encoding_that_does_not_fit_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("名称,更新频率\n空气质量,每年\n".encode("gb18030"))
    assert [one.code for one in read([file], VOCABULARY, encoding="utf-8").diagnostics] == ["D003"]
    assert [one.code for one in read([file], VOCABULARY, encoding="klingon").diagnostics] == ["D007"]
    assert len(read([file], VOCABULARY, encoding="gb18030").records) == 1


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_a_hundred_levels_are_too_deep(tmp_path: Path, name: str) -> None:
    _check(tmp_path, name, b'{"a":' * 100 + b"1" + b"}" * 100, "D016")


def test_a_hundred_thousand_levels_do_not_crash(tmp_path: Path) -> None:
    _check(tmp_path, "a.json", b"[" * 100_000 + b"]" * 100_000, "D016")
    _check(tmp_path, "a.ndjson", b"[" * 100_000 + b"]" * 100_000 + b"\n", "D085")


def test_an_alias_bomb_is_not_unfolded(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    _check(tmp_path, "a.yaml", "\n".join(lines).encode(), "D015")


def test_a_repeated_key_is_told_with_both_lines(tmp_path: Path) -> None:
    got = _check(tmp_path, "a.json", '[{"名称": "甲",\n"更新频率": "每年",\n"名称": "乙"}]'.encode(), "D012", records=1)
    assert "1" in got.diagnostics[0].headline(Tongue.EN) and "3" in got.diagnostics[0].headline(Tongue.EN)


def test_half_a_character_is_told(tmp_path: Path) -> None:
    _check(tmp_path, "a.json", rb'[{"title": "\ud800", "unit": "x"}]', "D035")
    fine = tmp_path / "fine.json"
    fine.write_bytes(rb'[{"title": "\ud842\udfb7", "unit": "x"}]')
    assert read([fine], VOCABULARY).records[0].value["name"] == "\U00020bb7"


def test_a_nul_is_no_text(tmp_path: Path) -> None:
    _check(tmp_path, "a.csv", "名称,更新频率\n空\0气,每年\n".encode(), "D001")


def test_an_unclosed_quote_costs_one_line(tmp_path: Path) -> None:
    text = '名称,更新频率\n甲,每年\n"乙,每年\n丙,每月\n'
    got = _check(tmp_path, "a.csv", text.encode(), "D057", records=2)
    assert [one.value["name"] for one in got.records] == ["甲", "丙"]
    assert "第 3 行" in got.diagnostics[0].headline(Tongue.ZH)
    assert got.records[1].locator.place(("name",)).line == 4


def test_ragged_rows_are_told_at_their_line(tmp_path: Path) -> None:
    text = "名称,提供单位,更新频率\n甲,乙,每年\n丙,丁\n戊,己,每月,多,余\n"
    got = _check(tmp_path, "a.csv", text.encode(), "D056", records=3)
    assert [dict(one.facts)["line"] for one in got.diagnostics] == ["3", "4"]


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    _check(tmp_path, "a.csv", b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000, "D067")


def test_a_table_without_a_header_says_what_it_saw(tmp_path: Path) -> None:
    got = _check(tmp_path, "a.csv", "甲,乙\n1,2\n".encode(), "D054")
    assert "甲" in got.diagnostics[0].headline(Tongue.ZH)


def test_a_formula_is_only_text(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("名称,更新频率\n\"=cmd|' /C calc'!A0\",每年\n", encoding="utf-8")
    assert read([file], VOCABULARY).records[0].value["name"] == "=cmd|' /C calc'!A0"


def _workbook(rows: list[list[object]], sheet: str = "Sheet1") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                page.write(number, column, cell)
    book.close()
    return out.getvalue()


def _with_part(data: bytes, part: str, content: bytes) -> bytes:
    """The same archive with one part put in or exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return out.getvalue()


def test_a_workbook_without_a_header_says_which_sheet(tmp_path: Path) -> None:
    got = _check(tmp_path, "a.xlsx", _workbook([["甲", "乙"], [1, 2]], "表一"), "D054")
    assert "表一" in got.diagnostics[0].headline(Tongue.ZH)


def test_an_empty_workbook_has_no_record(tmp_path: Path) -> None:
    _check(tmp_path, "a.xlsx", _workbook([]), "D084")


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    bomb = _with_part(_workbook([["名称"]]), "xl/worksheets/sheet1.xml", b" " * 100_000_000)
    assert len(bomb) < 1_000_000
    _check(tmp_path, "a.xlsx", bomb, "D078")


def test_an_archive_of_too_many_parts_is_not_opened(tmp_path: Path) -> None:
    _check(tmp_path, "a.xlsx", _workbook([["名称"]]), "D078", limits=ReadLimits(zip_entries=3))


def test_an_entity_bomb_is_not_opened(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    _check(tmp_path, "a.xlsx", _with_part(_workbook([["名称"]]), "xl/worksheets/sheet1.xml", bomb), "D078")


def test_a_path_that_leads_out_of_the_archive_is_refused(tmp_path: Path) -> None:
    _check(tmp_path, "a.xlsx", _with_part(_workbook([["名称"]]), "../../etc/passwd", b"x"), "D078")


@pytest.mark.parametrize("cell", ["XFD1048576", "C99999999"])
def test_one_cell_far_out_does_not_lay_out_the_whole_sheet(tmp_path: Path, cell: str) -> None:
    row = "".join(char for char in cell if char.isdigit())
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{cell}"><v>1</v></c></row>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    _check(tmp_path, "a.xlsx", _with_part(_workbook([["名称"]]), "xl/worksheets/sheet1.xml", xml.encode()), "D080")


@pytest.mark.parametrize("keep", [30, 300, 2000])
def test_a_workbook_that_was_cut_off_is_not_sound(tmp_path: Path, keep: int) -> None:
    _check(tmp_path, "a.xlsx", _workbook([["名称", "更新频率"]])[:keep], "D079")


def test_an_archive_that_is_no_workbook_is_not_sound(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "hello")
    _check(tmp_path, "a.xlsx", out.getvalue(), "D079")


def test_a_file_of_wps_is_told_how_to_save_it(tmp_path: Path) -> None:
    got = _check(tmp_path, "a.et", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "D077")
    assert ".xlsx" in got.diagnostics[0].headline(Tongue.ZH)


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    _check(tmp_path, "a.json", b"[" + b" " * 1000 + b"]", "D074", limits=ReadLimits(bytes_text=100, bytes_workbook=100))


def test_a_line_beyond_the_limit_is_passed_over(tmp_path: Path) -> None:
    lines = b'{"title": "' + b"x" * 500 + b'", "unit": "y"}\n{"title": "a", "unit": "b"}\n'
    got = _check(tmp_path, "a.ndjson", lines, "D086", limits=ReadLimits(bytes_line=100), records=1)
    assert got.records[0].locator.place(("name",)).line == 2


def test_a_missing_file_is_told() -> None:
    assert [one.code for one in read(["no/such/file.yaml"], VOCABULARY).diagnostics] == ["D071"]
    assert [one.code for one in read(["a\0b.yaml"], VOCABULARY).diagnostics] == ["D071"]


def test_a_folder_without_readable_files_is_told(tmp_path: Path) -> None:
    (tmp_path / "readme.md").write_text("x", encoding="utf-8")
    assert [one.code for one in read([tmp_path], VOCABULARY).diagnostics] == ["D070"]


def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert [one.code for one in read([tmp_path / "pipe.yaml"], VOCABULARY).diagnostics] == ["D072"]
    assert [one.code for one in read(["/dev/zero"], VOCABULARY).diagnostics] == ["D072"]


def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    assert [one.code for one in read([tmp_path / "a.yaml"], VOCABULARY).diagnostics] == ["D071"]
    (tmp_path / "loop").symlink_to(tmp_path)
    assert {one.code for one in read([tmp_path], VOCABULARY).diagnostics} == {"D070", "D073"}


def test_numbers_of_a_thousand_digits_do_not_crash(tmp_path: Path) -> None:
    _check(tmp_path, "a.json", b'[{"title": "x", "downloads": ' + b"9" * 5000 + b"}]", "D022")
    _check(tmp_path, "b.json", b'[{"title": "x", "downloads": 1e999999999}]', "D022")
