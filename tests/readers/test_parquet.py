"""A table of Parquet gives the findings of the same data as lines of JSON, in memory and as a stream; a place is a row and a column."""

import json
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="Parquet needs guiju[big]")
pq = pytest.importorskip("pyarrow.parquet", reason="Parquet needs guiju[big]")

from guiju.catalog.read import read  # noqa: E402
from guiju.catalog.records.limits import ReadLimits  # noqa: E402
from guiju.catalog.streams import from_parquet  # noqa: E402
from guiju.catalog.streams.from_parquet import ParquetStream  # noqa: E402
from guiju.catalog.streams.stream import NotAStream  # noqa: E402
from tests.readers.vocabulary import VOCABULARY  # noqa: E402

WORDS = ("--as-of", "2026-06-30", "--format", "json")
_ITEM = pa.struct(
    [("name", pa.string()), ("type", pa.string()), ("length", pa.int64()), ("sensitivity", pa.string()), ("grade", pa.int64())]
)
SCHEMA = pa.schema(
    [
        ("title", pa.string()),
        ("identifier", pa.string()),
        ("provider", pa.struct([("name", pa.string()), ("uscc", pa.string())])),
        ("sharing", pa.struct([("type", pa.string()), ("mode", pa.string())])),
        ("issued", pa.string()),
        ("grade", pa.int64()),
        ("related", pa.list_(pa.string())),
        ("items", pa.list_(_ITEM)),
    ]
)
CHANGES: tuple[dict[str, Any], ...] = (
    {},
    {"title": " "},
    {"issued": "2024-02-30"},
    {"provider": {}},
    {"related": ["420100-001-00000003", "无此目录"]},
    {"items": []},
    {"items": [{"name": "序号", "type": "N", "length": 10}, {"name": "序号", "type": "X", "length": 0, "sensitivity": "2"}]},
    {"sharing": {"type": "2", "mode": "8"}},
)


def _records(count: int) -> list[dict[str, Any]]:
    return [
        {
            "title": "武汉市公交线路基本信息",
            "identifier": f"420100-001-{number % (count - 9):08d}",
            "provider": {"name": f"单位{number % 7}", "uscc": f"11420100{number % 5:09d}A"},
            "sharing": {"type": str(1 + number % 3)},
            "issued": "2025-01-01",
            "grade": 2,
            "related": [f"420100-001-{(number * 37) % count:08d}"],
            "items": [{"name": "序号", "type": "N", "length": 10, "sensitivity": "0"}],
            **CHANGES[number % 23 if number % 23 < len(CHANGES) else 0],
        }
        for number in range(count)
    ]


def _both(folder: Path, count: int, rows: int) -> tuple[Path, Path]:
    records = _records(count)
    (folder / "data.ndjson").write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    pq.write_table(pa.Table.from_pylist(records, schema=SCHEMA), folder / "data.parquet", row_group_size=rows)
    return folder / "data.ndjson", folder / "data.parquet"


def _checked(root: Path, data: Path, *words: str) -> tuple[int, dict[str, Any]]:
    command = [sys.executable, "-m", "guiju", "check", "--rules", "benchmarks/bench.gj", str(data), *WORDS, *words]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    assert not done.stderr, done.stderr.decode()
    return done.returncode, json.loads(done.stdout)


def _without_places(value: Any) -> Any:
    """Findings without lines, columns, and names of files."""
    if isinstance(value, dict):
        return {key: _without_places(one) for key, one in value.items() if key not in ("line", "column", "file", "id", "fingerprint")}
    return [_without_places(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("rows", "jobs"), [(10_000, None), (64, "1"), (64, "2"), (10_000, "2")])
def test_parquet_gives_the_findings_of_ndjson(
    root: Path, tmp_path: Path, rows: int, jobs: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ndjson, parquet = _both(tmp_path, 300, rows)
    status, lines = _checked(root, ndjson)
    found_status, found = _checked(root, parquet, *(("--jobs", jobs) if jobs else ()))
    assert found_status == status == 1 and len(found["findings"]) > 100
    assert _without_places(found["findings"]) == _without_places(lines["findings"])
    assert found["tally"] == lines["tally"]
    assert [one["places"][0]["line"] for one in found["findings"]] == [one["places"][0]["line"] for one in lines["findings"]]


def test_a_place_is_the_row_and_the_column_and_leads_into_lists(root: Path, tmp_path: Path) -> None:
    _, parquet = _both(tmp_path, 60, 16)
    places = [one["places"][0] for one in _checked(root, parquet, "--jobs", "1")[1]["findings"] if one["rule"].endswith("r23")]
    at = SCHEMA.names.index("items") + 1
    assert [(one["line"], one["column"], one["pointer"]) for one in places] == [(row, at, "/items/1/type") for row in (7, 30, 53)]


def test_rows_are_cut_without_gaps_and_any_row_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(from_parquet, "_LEAST_ROWS", 10)
    _, parquet = _both(tmp_path, 300, 64)
    lines = ParquetStream.of(str(parquet))
    all_rows = [line for batch in lines.batches(0, lines.size) for line in batch]
    for parts, most in ((1, 1 << 30), (7, 1 << 30), (100, 1 << 30), (1, 4000)):
        cut = lines.cut(parts, most)
        assert [line for start, end in cut for batch in lines.batches(start, end) for line in batch] == all_rows and len(cut) >= min(
            parts, 5
        )
    lines.expect([3, 299, 64, 65])
    assert [lines.line(at) for at in (299, 3, 64, 65, 120)] == [all_rows[at] for at in (299, 3, 64, 65, 120)]


def test_values_that_json_does_not_have_keep_what_they_say(tmp_path: Path) -> None:
    table = pa.table(
        {
            "目录代码": ["A-1"],
            "名称": pa.array(["空气质量".encode()], pa.binary()),
            "提供单位": pa.array(["市生态环境局"]).dictionary_encode(),
            "更新频率": [None],
            "day": pa.array([date(2026, 3, 1)]),
            "at": pa.array([datetime(2026, 3, 1, 8, 30)]),
            "sum": pa.array([Decimal("10.50")]),
            "share": pa.array([float("nan")]),
            "blob": pa.array([b"\xff\xfe"], pa.binary()),
            "map": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    line = json.loads(ParquetStream.of(str(tmp_path / "a.parquet")).line(0), parse_float=Decimal)
    assert line == {
        "目录代码": "A-1",
        "名称": "空气质量",
        "提供单位": "市生态环境局",
        "day": "2026-03-01",
        "at": "2026-03-01 08:30:00",
        "sum": Decimal("10.50"),
        "share": {"无法复原": "nan"},
        "blob": {"无法复原": "2 bytes"},
        "map": [["a", 1]],
    }


def test_a_broken_file_is_told_and_nothing_is_raised(tmp_path: Path) -> None:
    good = tmp_path / "good.parquet"
    pq.write_table(pa.table({"名称": ["空气质量"] * 500, "目录代码": ["1"] * 500}), good)
    data = good.read_bytes()
    for number, broken in enumerate((b"PAR1", data[:-9], data[: len(data) // 2] + data[-200:], b"PAR1" + bytes(200) + data[204:])):
        (tmp_path / f"{number}.parquet").write_bytes(broken)
        got = read([tmp_path / f"{number}.parquet"], VOCABULARY)
        assert [one.code for one in got.diagnostics if one.code == "D089"], number


def test_limits_are_kept(tmp_path: Path) -> None:
    pq.write_table(pa.table({f"c{number}": ["x"] for number in range(12)}), tmp_path / "a.parquet")
    with pytest.raises(NotAStream):
        ParquetStream(str(tmp_path / "a.parquet"), limits=ReadLimits(columns=11))
    with pytest.raises(NotAStream):
        ParquetStream(str(tmp_path / "a.parquet"), limits=ReadLimits(zip_bytes=10))
    deep = pa.array([[[["x"]]]])
    pq.write_table(pa.table({"名称": deep}), tmp_path / "deep.parquet")
    with pytest.raises(NotAStream):
        ParquetStream(str(tmp_path / "deep.parquet"), limits=ReadLimits(depth=3))
