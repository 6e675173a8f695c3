"""The same catalog in every format gives the same records, up to place and to how a format writes a number."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.terms.tongue import Tongue
from tests.readers.vocabulary import VOCABULARY

ROWS: list[dict[str, Any]] = [
    {
        "目录代码": "0420106",
        "名称": "空气质量监测",
        "提供单位": "市生态环境局",
        "更新频率": "每日",
        "下载次数": 12,
        "发布日期": "2025-08-01",
    },
    {"目录代码": "0420107", "名称": "公交线路", "提供单位": "市交通运输局", "更新频率": "no", "下载次数": 7, "发布日期": "2025-08-02"},
    {"目录代码": "0420108", "名称": "停车泊位，含夜间", "提供单位": "市城管委", "下载次数": 0, "发布日期": "2025-08-03"},
]
WANTED = [
    {"code": "0420106", "name": "空气质量监测", "unit": "市生态环境局", "cycle": "每日", "downloads": 12, "issued": "2025-08-01"},
    {"code": "0420107", "name": "公交线路", "unit": "市交通运输局", "cycle": "no", "downloads": 7, "issued": "2025-08-02"},
    {"code": "0420108", "name": "停车泊位，含夜间", "unit": "市城管委", "downloads": 0, "issued": "2025-08-03"},
]


def _yaml() -> bytes:
    lines = ["数据集:"]
    for row in ROWS:
        lines += [f"  {'- ' if number == 0 else '  '}{key}: {value}" for number, (key, value) in enumerate(row.items())]
    return "\n".join(lines).encode()


def _json() -> bytes:
    return json.dumps({"success": True, "result": {"count": 3, "results": ROWS}}, ensure_ascii=False).encode()


def _ndjson() -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in ROWS)


def _csv(encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(ROWS[0]))
    writer.writeheader()
    writer.writerows(ROWS)
    return text.getvalue().encode(encoding)


def _xlsx() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("数据集")
    sheet.write_row(0, 0, list(ROWS[0]))
    for number, row in enumerate(ROWS):
        for column, key in enumerate(ROWS[0]):
            if key in row:
                sheet.write(number + 1, column, row[key])
    book.close()
    return out.getvalue()


DOORS = {
    "a.yaml": _yaml,
    "a.json": _json,
    "a.ndjson": _ndjson,
    "a.csv": _csv,
    "bom.csv": lambda: b"\xef\xbb\xbf" + _csv(),
    "gb.csv": lambda: _csv("gb18030"),
    "a.xlsx": _xlsx,
}


def _read(folder: Path, name: str, data: bytes) -> Submission:
    file = folder / name
    file.write_bytes(data)
    return read([file], VOCABULARY)


def _plain(value: Any) -> Any:
    """A CSV writes the number 12 as the text 12."""
    return {key: str(one) for key, one in value.items() if one not in (None, "")}


@pytest.mark.parametrize("name", DOORS)
def test_every_door_gives_the_same_records(tmp_path: Path, name: str) -> None:
    got = _read(tmp_path, name, DOORS[name]())
    assert [one.headline(Tongue.EN) for one in got.diagnostics if one.level.value != "hint"] == []
    assert [one.shape for one in got.records] == ["dataset"] * 3
    assert [one.number for one in got.records] == [0, 1, 2]
    values = [one.value for one in got.records]
    assert [_plain(one) for one in values] == [_plain(one) for one in WANTED]
    if not name.endswith(".csv"):
        assert values == WANTED
    assert got.inputs[0].subjects == (("dataset", 3),)
    assert len(got.inputs[0].sha256) == 64
    assert all(one.field is not None for one in got.headers if one.header in ROWS[0])


PLACES = {
    "a.yaml": {"line": 11, "column": 11, "pointer": "/数据集/1/更新频率"},
    "a.json": {"line": 1, "pointer": "/result/results/1/更新频率"},
    "a.ndjson": {"line": 2, "pointer": "/更新频率"},
    "a.csv": {"line": 3, "column": 21, "cell": "D3"},
    "a.xlsx": {"sheet": "数据集", "cell": "D3"},
}


@pytest.mark.parametrize("name", PLACES)
def test_every_value_knows_where_it_stood(tmp_path: Path, name: str) -> None:
    place = _read(tmp_path, name, DOORS[name]()).records[1].locator.place(("cycle",))
    wanted = PLACES[name]
    assert {key: getattr(place, key) for key in wanted} == wanted
    assert place.file.endswith(name)


def test_several_inputs_are_counted_on(tmp_path: Path) -> None:
    for name in ("a.yaml", "a.csv"):
        (tmp_path / name).write_bytes(DOORS[name]())
    got = read([tmp_path], VOCABULARY)
    assert [one.number for one in got.records] == list(range(6))
    assert [Path(one.file).name for one in got.inputs] == ["a.csv", "a.yaml"]


def test_standard_input_is_read_by_what_it_holds() -> None:
    for make in (_yaml, _json, _ndjson, _csv, _xlsx):
        got = read(["-"], VOCABULARY, stdin=make(), stdin_name="stdin")
        assert len(got.records) == 3, make
        assert got.records[2].locator.place(("name",)).file == "stdin"
