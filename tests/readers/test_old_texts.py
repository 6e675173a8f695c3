"""Tables as old and strange programs write them: their signs are no values, and values are not their signs."""

from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from tests.readers.vocabulary import VOCABULARY

_HEAD = "名称,目录代码,提供单位,更新频率"


def _values(tmp_path: Path, data: bytes, name: str = "x.csv") -> list[dict[str, Any]]:
    file = tmp_path / name
    file.write_bytes(data)
    return [one.value for one in read([file], VOCABULARY).records]


@pytest.mark.parametrize("tail", [b"\x1a", b"\x1a\r\n", b"\r\n\x1a\x1a", b"\x1a\x00\x00\n"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_what_ends_an_old_file_is_no_record(tmp_path: Path, tail: bytes, codec: str) -> None:
    if codec == "utf-8" and b"\x00" in tail:
        tail = b"\x1a"
    assert len(_values(tmp_path, f"{_HEAD}\n道路,1,局,每年\n".encode(codec) + tail.replace(b"\x00", b""))) == 1


@pytest.mark.parametrize(
    ("written", "meant"), [('="00123"', "00123"), ('"=""00123"""', "00123"), ('="a""b"', 'a"b'), ("=A1", "=A1"), ('="', '="')]
)
def test_a_number_marked_as_text_is_that_text(tmp_path: Path, written: str, meant: str) -> None:
    values = _values(tmp_path, f"{_HEAD}\n道路,{written},局,每年\n".encode())
    assert not values or values[0]["code"] == meant


def test_the_euro_of_code_page_936_is_read(tmp_path: Path) -> None:
    data = f"{_HEAD}\n道路名录,1,市交通运输局,每年\n".encode("gb18030").replace(b",1,", b",\x80\xa1\xc1,")
    values = _values(tmp_path, data)
    assert values and values[0]["code"].startswith("€")


def test_byte_0x80_in_the_middle_of_a_character_stays_with_it(tmp_path: Path) -> None:
    data = f"{_HEAD}\n道路名录,亐丂,市交通运输局,每年\n".encode("gb18030")
    assert _values(tmp_path, data)[0]["code"] == "亐丂"


def _rows(order: list[str], values: dict[str, str]) -> str:
    return ",".join(order) + "\n" + ",".join(values[one] for one in order) + "\n"


@pytest.mark.parametrize(
    "order",
    [
        ["目录代码", "名称", "更新频率", "提供单位"],
        ["更新频率", "提供单位", "目录代码", "名称"],
        ["名称", "提供单位", "目录代码", "更新频率"],
    ],
)
def test_a_header_again_in_another_order_is_a_header(tmp_path: Path, order: list[str]) -> None:
    first = _HEAD.split(",")
    one, two = dict(zip(first, ["甲", "1", "局", "每年"], strict=True)), dict(zip(first, ["乙", "2", "委", "每月"], strict=True))
    got = _values(tmp_path, (_rows(first, one) + _rows(order, two) + _rows(first, one)).encode())
    assert [value["name"] for value in got] == ["甲", "乙", "甲"]
    assert got[1] == {"name": "乙", "code": "2", "unit": "委", "cycle": "每月"}


@pytest.mark.parametrize("word", ["NaN", "nan", "NA", "<NA>", "NaT", "\\N"])
def test_what_programs_write_for_nothing_is_blank(tmp_path: Path, word: str) -> None:
    values = _values(tmp_path, f"{_HEAD}\n道路,{word},局,{word}\n桥,NAT,局,每年\n".encode())
    assert values == [{"name": "道路", "unit": "局"}, {"name": "桥", "code": "NAT", "unit": "局", "cycle": "每年"}]
