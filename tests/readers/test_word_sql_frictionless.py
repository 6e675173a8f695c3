"""Word forms, databases and data packages are read as what other doors read."""

import json
import sqlite3
from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.terms.shape import Vocabulary
from tests.readers.test_ckan import vocabulary  # noqa: F401  # the same shapes

docx = pytest.importorskip("docx", reason="Word needs guiju[word]")

_HEADER = ("名称", "提供单位", "更新频率", "开放属性")
_ROWS = (("公交站点", "市交通运输局", "每月", "无条件开放"), ("空气质量", "市生态环境局", "每日", "有条件开放"))
_READ = [
    {"name": name, "provider": provider, "update_frequency": cycle, "open_type": openness} for name, provider, cycle, openness in _ROWS
]


def _word(path: Path, *tables: list[tuple[str, ...]]) -> Path:
    document = docx.Document()
    document.add_paragraph("附件：数据目录")
    for rows in tables:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(at, column).text = text
    document.save(str(path))
    return path


def test_a_table_of_a_word_document_is_read_by_its_header(tmp_path: Path, vocabulary: Vocabulary) -> None:  # noqa: F811
    got = read([_word(tmp_path / "目录.docx", [_HEADER, *_ROWS])], vocabulary)
    assert [record.value for record in got.records] == _READ
    place = got.records[1].locator.place(("provider",))
    assert (place.sheet, place.cell) == ("表1", "B3")


def test_a_form_of_a_word_document_is_read_by_its_labels(tmp_path: Path, vocabulary: Vocabulary) -> None:  # noqa: F811
    form = [
        ("项目名称", "智慧灯杆", "建设单位", "市城乡建设局"),
        ("项目阶段", "可行性研究报告", "总投资", "500万元"),
        ("建设地点", "沿江大道", "所在区", "江岸区"),
    ]
    got = read([_word(tmp_path / "申报书.docx", form)], vocabulary)
    assert [record.shape for record in got.records] == ["project"]
    value = got.records[0].value
    assert (value["name"], value["district"]) == ("智慧灯杆", "江岸区")


@pytest.mark.parametrize("data", [b"PK\x03\x04 no zip at all", b"not a zip"], ids=["half a zip", "no zip"])
def test_what_is_no_word_document_is_told(tmp_path: Path, vocabulary: Vocabulary, data: bytes) -> None:  # noqa: F811
    (tmp_path / "x.docx").write_bytes(data)
    got = read([tmp_path / "x.docx"], vocabulary)
    assert got.records == () and got.diagnostics


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """An SQLite file with one table."""
    path = tmp_path / "catalog.db"
    with sqlite3.connect(path) as open_base:
        open_base.execute(f"CREATE TABLE 目录 ({', '.join(f'{name} TEXT' for name in _HEADER)})")
        open_base.executemany("INSERT INTO 目录 VALUES (?, ?, ?, ?)", _ROWS)
    return path


def test_a_table_of_sqlite_is_a_catalog(base: Path, vocabulary: Vocabulary) -> None:  # noqa: F811
    got = read([f"sqlite:{base}?table=目录"], vocabulary)
    assert [record.value for record in got.records] == _READ
    assert got.inputs[0].format == "sql" and got.inputs[0].sha256


def test_a_query_of_sqlite_is_a_catalog(base: Path, vocabulary: Vocabulary) -> None:  # noqa: F811
    got = read([f"sqlite:{base}?query=SELECT * FROM 目录 WHERE 更新频率 = '每日'"], vocabulary)
    assert [record.value for record in got.records] == _READ[1:]


@pytest.mark.parametrize(
    "asked",
    [
        "table=nothing",
        "query=DROP TABLE 目录",
        "query=SELECT 1; DROP TABLE 目录",
        "query=SELECT load_extension('x')",
        "query=WITH x AS (SELECT 1) DELETE FROM 目录",
        "",
        "table=目录&query=SELECT 1",
    ],
)
def test_a_database_is_only_ever_read(base: Path, vocabulary: Vocabulary, asked: str) -> None:  # noqa: F811
    before = base.read_bytes()
    got = read([f"sqlite:{base}?{asked}"], vocabulary)
    assert [one.code for one in got.diagnostics][:1] == ["D098"]
    assert base.read_bytes() == before


def test_a_query_without_end_is_ended(base: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr("guiju.catalog.readers.from_sql.SECONDS", 0)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) AS 名称, 1 AS 提供单位 FROM n"
    got = read([f"sqlite:{base}?query={endless}".replace("+", "%2B")], vocabulary)
    assert [one.code for one in got.diagnostics][:1] == ["D098"]


def test_a_data_package_gives_a_dataset_for_each_resource(tmp_path: Path, vocabulary: Vocabulary) -> None:  # noqa: F811
    package = {
        "profile": "data-package",
        "keywords": ["交通"],
        "contributors": [{"title": "市交通运输局", "role": "publisher"}],
        "resources": [
            {
                "name": "stops",
                "title": "公交站点",
                "description": "全市公交站点",
                "format": "csv",
                "path": "stops.csv",
                "schema": {"fields": [{"name": "id", "type": "string", "title": "编号"}, {"name": "lon", "type": "number"}]},
            }
        ],
    }
    file = tmp_path / "datapackage.json"
    file.write_text(json.dumps(package, ensure_ascii=False, indent=1), encoding="utf-8")
    got = read([file], vocabulary)
    assert got.inputs[0].format == "frictionless"
    value = got.records[0].value
    assert (value["name"], value["provider"], value["keywords"]) == ("公交站点", "市交通运输局", ["交通"])
    assert value["items"] == [{"name": "编号", "code": "id", "data_type": "string"}, {"code": "lon", "data_type": "number"}]
