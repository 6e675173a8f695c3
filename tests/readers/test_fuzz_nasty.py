"""Hostile files through the real command: each is told at its place with exit code 2, quickly, and nothing gets out as a live formula."""

import csv
import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.readers.portal import portal
from tests.readers.samples import CATALOG, FORMS

pytest.importorskip("docx", reason="Word needs guiju[word]")
pytest.importorskip("pyoxigraph", reason="DCAT needs guiju[rdf]")

_RULES = """
对象 数据集 / dataset
  名称  name  文本  必填  别名 title
  代码  code  文本  主键  别名 identifier
  摘要  about  文本  别名 description
  级别  grade  文本

规则 写明级别
  对象     数据集
  应当     级别 已提供
  依据     政府投资条例 第十一条
  严重程度 严重
  自       2019-07-01
"""


def _run(folder: Path, *words: str) -> tuple[int, str, str]:
    rules = folder / "rules.gj"
    rules.write_text(_RULES, encoding="utf-8")
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "guiju", "check", "--rules", str(rules), "--as-of", "2026-03-17", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "GUIJU_LANG": "zh", "GUIJU_CACHE": ""},
    )
    assert time.monotonic() - started < 30
    assert "Traceback" not in done.stderr and "规矩自己出了错" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def _zipped(door: str, part: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FORMS[door][1](CATALOG, "数据集"))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return out.getvalue()


_MAIN = {"xlsx": "xl/worksheets/sheet1.xml", "ods": "content.xml", "docx": "word/document.xml"}
_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><x>&j;</x>"
)
_LATE = _ENTITIES.replace(b"?><!", b"?><!--" + b" " * 9000 + b"--><!", 1)
_RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'

_NASTY: dict[str, Callable[[], bytes]] = {
    **{f"bomb.{door}": lambda door=door, part=part: _zipped(door, part, b" " * 60_000_000) for door, part in _MAIN.items()},  # type: ignore[misc]
    **{f"entities.{door}": lambda door=door, part=part: _zipped(door, part, _ENTITIES) for door, part in _MAIN.items()},  # type: ignore[misc]
    **{f"late.{door}": lambda door=door, part=part: _zipped(door, part, _LATE) for door, part in _MAIN.items()},  # type: ignore[misc]
    **{f"wide16.{door}": lambda door=door, part=part: _zipped(door, part, _LATE.decode().encode("utf-16")) for door, part in _MAIN.items()},  # type: ignore[misc]
    **{f"path.{door}": lambda door=door: _zipped(door, "../../outside", b"x") for door in _MAIN},  # type: ignore[misc]
    **{f"root.{door}": lambda door=door: _zipped(door, "/etc/outside", b"x") for door in _MAIN},  # type: ignore[misc]
    "entities.rdf": lambda: _ENTITIES.replace(b"<x>&j;</x>", _RDF),
    "late.rdf": lambda: _LATE.replace(b"<x>&j;</x>", _RDF),
    "columns.csv": lambda: b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000,
    "columns.tsv": lambda: b"a\t" * 1_000_000 + b"\n" + b"1\t" * 1_000_000,
    "nul.csv": lambda: "名称,代码\n甲\0,1\n".encode(),
    "nul.json": lambda: b'[{"title": "a\0b"}]',
    "nul.yaml": lambda: "数据集:\n  - 名称: 甲\0乙\n".encode(),
    "surrogate.json": lambda: rb'[{"title": "\ud800"}]',
    "surrogate.ndjson": lambda: rb'{"title": "\ud800"}',
    "surrogate.csv": lambda: b"\xed\xa0\x80,title\n1,2\n",
    "quote.json": lambda: b'[{"title": "a',
    "quote.yaml": lambda: '数据集:\n  - 名称: "甲\n'.encode(),
    "quote.ttl": lambda: b'<a> <b> "c',
}


@pytest.mark.parametrize("name", _NASTY)
def test_a_nasty_file_is_told_with_exit_code_two(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(_NASTY[name]())
    code, _, told = _run(tmp_path, str(file))
    assert code == 2, told
    assert name in told, "the file is named"
    assert not (tmp_path.parent / "outside").exists()


def test_pipes_devices_and_circles_of_links_are_told_with_exit_code_two(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    (tmp_path / "circle").mkdir()
    (tmp_path / "circle" / "again").symlink_to(tmp_path / "circle")
    for name, words in (
        (tmp_path / "pipe.xlsx", "管道"),
        ("/dev/zero", "设备"),
        (tmp_path / "a.yaml", "圈"),
        (tmp_path / "circle", "circle"),
    ):
        code, _, told = _run(tmp_path, str(name))
        assert (code, str(name) in told, words in told) == (2, True, True), told


_LIVE = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", '=HYPERLINK("http://x","y")')


@pytest.mark.parametrize("form", ["csv", "xlsx", "html", "markdown"])
def test_a_formula_in_a_value_is_text_in_every_report(tmp_path: Path, form: str) -> None:
    rows = [{"名称": live, "代码": f"{live}{number}"} for number, live in enumerate(_LIVE)]
    text = io.StringIO()
    writer = csv.DictWriter(text, ["名称", "代码"])
    writer.writeheader()
    writer.writerows(rows)
    (tmp_path / "in.csv").write_text(text.getvalue(), encoding="utf-8")
    out = tmp_path / f"out.{form}"
    code, _, told = _run(tmp_path, str(tmp_path / "in.csv"), "--kind", "数据集", "--format", form, "-o", str(out))
    assert code == 1, told
    match form:
        case "csv":
            cells = [cell for row in csv.reader(io.StringIO(out.read_text("utf-8-sig"))) for cell in row]
            assert any("cmd|" in cell for cell in cells)
            assert [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and len(cell) > 1)] == []
        case "xlsx":
            book = openpyxl.load_workbook(out)
            cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            assert any("cmd|" in str(cell.value) for cell in cells)
            # A formula of ours counts findings; none holds a word of the input.
            assert [
                cell.value for cell in cells if cell.data_type == "f" and any(one.strip("\t=") in str(cell.value) for one in _LIVE)
            ] == []
        case _:
            assert "cmd|" in out.read_text("utf-8").replace("\\|", "|").replace("&#124;", "|")


def test_a_portal_is_checked_through_the_command(tmp_path: Path) -> None:
    with portal(230) as address:
        code, said, told = _run(tmp_path, f"ckan:{address}", "--format", "json")
    assert code == 1, told
    assert '"dataset": 230' in said
    assert told == "" or "230" not in told, "no progress is drawn where there is no terminal"


def test_a_portal_that_is_not_there_is_told_with_exit_code_two(tmp_path: Path) -> None:
    code, _, told = _run(tmp_path, "ckan:http://[::1")
    assert code == 2 and "D090" in told
