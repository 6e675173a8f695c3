"""Workbooks that are sound though odd: formatted rows and cells far away, sizes of rows only, old texts under the name .xls."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from tests.readers.vocabulary import VOCABULARY

_ROWS = (("名称", "目录代码", "提供单位"), ("道路", "1", "局"), ("桥", "2", "局"))


def _book(change: Any = lambda body: body, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    book = openpyxl.Workbook()
    for row in _ROWS:
        book.active.append(row)
    first, out = io.BytesIO(), io.BytesIO()
    book.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
    return out.getvalue()


def _read(tmp_path: Path, data: bytes, name: str = "a.xlsx") -> Submission:
    file = tmp_path / name
    file.write_bytes(data)
    return read([file], VOCABULARY)


@pytest.mark.parametrize(
    "far",
    [
        b'<row r="1048576" ht="20" customHeight="1"/>',
        b'<row r="1048576"><c r="L1048576" s="1"/></row>',
        b'<row r="900000"><c r="XFD900000" s="0"></c><c r="ZZ900000"/></row>',
        b'<row r="20000"><c r="AAA20000" s="0"/></row><row r="1048576" s="0"></row>',
    ],
)
def test_what_is_formatted_far_away_and_empty_does_not_count(tmp_path: Path, far: bytes) -> None:
    got = _read(tmp_path, _book(lambda body: body.replace(b"</sheetData>", far + b"</sheetData>")))
    assert len(got.records) == 2 and not got.diagnostics


@pytest.mark.parametrize("far", [b'<c r="Z1048576"><v>1</v></c>', b'<c r="XFD1048576" t="inlineStr"><is><t>a</t></is></c>'])
def test_what_is_far_away_and_filled_does(tmp_path: Path, far: bytes) -> None:
    got = _read(tmp_path, _book(lambda body: body.replace(b"</sheetData>", b'<row r="1048576">' + far + b"</row></sheetData>")))
    assert [one.code for one in got.diagnostics] == ["D080"]


@pytest.mark.parametrize("size", [b"1:10901", b"A:C", b"", b"A1:ZZZZ9", b"x"])
def test_a_size_that_is_none_is_passed_over(tmp_path: Path, size: bytes) -> None:
    got = _read(tmp_path, _book(lambda body: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + size + b'"', body)))
    assert len(got.records) == 2


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "docProps/app.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", "<!--" + "<a>" * 4_000 + "-->", " " * 9_000])
def test_a_document_type_is_refused_in_any_part(tmp_path: Path, part: str, encoding: str, before: str) -> None:
    def declare(body: bytes) -> bytes:
        text = re.sub(r"^<\?xml[^>]*\?>", "", body.decode())
        return (before + '<!DOCTYPE x [<!ENTITY a "b">]>' + text).encode(encoding)

    assert [one.code for one in _read(tmp_path, _book(declare, part)).diagnostics] == ["D078"]


def test_a_sheet_in_utf_16_is_read(tmp_path: Path) -> None:
    data = _book(lambda body: ('<?xml version="1.0" encoding="UTF-16"?>' + body.decode().split("?>", 1)[-1]).encode("utf-16"))
    got = _read(tmp_path, data)
    assert len(got.records) == 2 and not got.diagnostics
