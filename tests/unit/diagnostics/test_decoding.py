"""Bytes to text: which encoding is taken, and what is said when none fits."""

import pytest

from guiju.diagnostics.decoding import decode_bytes
from guiju.terms.tongue import Tongue


def codes(data: bytes, encoding: str | None = None) -> list[str]:
    return [one.code for one in decode_bytes(data, "t", encoding)[2]]


_SIMPLIFIED = [
    "数据",
    "更新周期",
    "武汉市数据共享目录",
    "武汉市大数据局：按月更新，共 12 项。",
    "姓名,年龄\n张三,12\n",
    "江岸区",
    "有条件共享",
]
_TRADITIONAL = ["資料", "更新週期", "臺北市政府資料開放平臺", "數據共享目錄", "機關名稱,聯絡電話\n市政府,02"]


@pytest.mark.parametrize("text", _SIMPLIFIED)
def test_simplified_text_in_gb_bytes_is_read_as_gb18030_and_the_guess_is_said(text: str) -> None:
    source, encoding, found = decode_bytes(text.encode("gbk"), "t")
    assert source is not None and source.text == text and encoding == "gb18030"
    assert [one.code for one in found] == ["D004"]


@pytest.mark.parametrize("text", _TRADITIONAL)
def test_traditional_text_in_big5_bytes_is_read_as_big5(text: str) -> None:
    source, encoding, _ = decode_bytes(text.encode("big5"), "t")
    assert source is not None and source.text == text and encoding == "cp950"


@pytest.mark.parametrize("text", _SIMPLIFIED + _TRADITIONAL + ["plain", "😀"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_or_without_a_mark_is_read_without_a_word(text: str, encoding: str) -> None:
    source, _, found = decode_bytes(text.encode(encoding), "t")
    assert source is not None and source.text == text and found == ()


def test_a_stated_encoding_is_obeyed() -> None:
    source, encoding, found = decode_bytes("武汉㐂".encode("gb18030"), "t", "GB2312")
    assert source is not None and source.text == "武汉㐂" and encoding == "gb18030" and found == ()
    assert codes("武汉".encode("gbk"), "utf-8") == ["D003"]


def test_an_unknown_encoding_is_named() -> None:
    assert codes(b"a", "utf-9") == ["D007"]
    assert codes(b"YQ==", "base64") == ["D007"]
    assert codes(b"a", "a\0b") == ["D007"]


def test_a_utf_8_file_with_one_broken_byte_is_said_to_be_utf_8_at_that_line() -> None:
    data = ("武汉市数据共享\n" * 20).encode() + b"\xff\n" + "数据".encode()
    _, _, found = decode_bytes(data, "t")
    assert [one.code for one in found] == ["D003"]
    assert (
        found[0].headline(Tongue.EN) == f"cannot be decoded as UTF-8: line 21 (byte {len(('武汉市数据共享' + chr(10)).encode()) * 20 + 1})"
    )


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1", b"ab\0cd", b"\x1f\x8b\x08"])
def test_what_is_not_text_is_said_to_be_not_text(data: bytes) -> None:
    source, _, found = decode_bytes(data, "t")
    assert source is None and [one.code for one in found] == ["D001"]


@pytest.mark.parametrize("data", [b"", b"  \n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_without_content_is_said_to_be_empty(data: bytes) -> None:
    source, _, found = decode_bytes(data, "t")
    assert source is None and [one.code for one in found] == ["D002"]


def test_half_a_utf_16_character_is_an_error() -> None:
    assert codes(b"\xff\xfea") == ["D003"]


def test_bytes_that_fit_nothing_give_no_text() -> None:
    source, _, found = decode_bytes(b"\xff\xff\xff\xfe", "t")
    assert source is None and found
