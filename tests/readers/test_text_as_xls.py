"""What is handed out under the name .xls and is none is read as what it is, or said to be that."""

import base64
from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.terms.tongue import Tongue
from tests.readers.vocabulary import VOCABULARY

_ROWS = (("名称", "目录代码", "提供单位"), ("道路", "001", "局"), ("桥", "2", "局"))
_EXPECTED = [{"name": "道路", "code": "001", "unit": "局"}, {"name": "桥", "code": "2", "unit": "局"}]


def _page(charset: str) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _ROWS)
    head = f'<html><head><meta charset="{charset}"><style>td {{x: 1}}</style><title>a</title></head>'
    return f"{head}<body><table border=1>{rows}</table></body></html>".encode(charset)


def _web_archive() -> bytes:
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--b"\r\n\r\n----b\r\nContent-Type: text/html; charset="gb2312"\r\n'
    return head + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(_page("gb2312")) + b"\r\n----b--\r\n"


def _xml(encoding: str, declared: bool = False) -> bytes:
    cells = "".join("<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>" for row in _ROWS)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    entity = '<!DOCTYPE Workbook [<!ENTITY a "b">]>' if declared else ""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>{entity}<Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="数据集"><Table>{cells}</Table></Worksheet></Workbook>'
    ).encode(encoding)


def _text(codec: str, bom: bytes) -> bytes:
    return bom + "\r\n".join("\t".join(row) for row in _ROWS).encode(codec)


_GIVEN = {
    "page": _page("gbk"), "page8": _page("utf-8"), "page16": b"\xff\xfe" + _page("utf-16-le"), "archive": _web_archive(),
    "xml": _xml("utf-8"), "xml16": _xml("utf-16"), "xml-gbk": _xml("gbk"),
    "little": _text("utf-16-le", b"\xff\xfe"), "big": _text("utf-16-be", b"\xfe\xff"), "plain": _text("gbk", b""),
}  # fmt: skip


@pytest.mark.parametrize("given", _GIVEN)
def test_a_text_under_the_name_of_a_workbook_is_read(tmp_path: Path, given: str) -> None:
    file = tmp_path / "a.xls"
    file.write_bytes(_GIVEN[given])
    assert [one.value for one in read([file], VOCABULARY).records] == _EXPECTED


@pytest.mark.parametrize(
    "data", [_xml("utf-8", declared=True), _xml("utf-8")[:-20], b'<?xml version="1.0"?><a/>', b"MIME-Version: 1.0\r\n\r\n"]
)
def test_what_cannot_be_read_is_said_to_be_no_workbook_and_how_to_save_it(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.xls"
    file.write_bytes(data)
    (told,) = read([file], VOCABULARY).diagnostics
    assert told.code == "D079" and told.help is not None and ".xlsx" in told.help.say(Tongue.EN)


def test_cells_that_span_stand_where_they_are_seen(tmp_path: Path) -> None:
    file = tmp_path / "a.xls"
    file.write_text(
        "<table><tr><td>名称<td>目录代码<td>提供单位</tr><tr><td>道路<td>001<td rowspan=2>局</tr><tr><td>桥<td>2</tr></table>",
        encoding="utf-8",
    )
    assert [one.value for one in read([file], VOCABULARY).records] == _EXPECTED
