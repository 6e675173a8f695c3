"""One catalog and one project written out in every format that has a door: the source of truth of the tests of doors and of their fuzzer."""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

__all__ = ["CATALOG", "FORMS", "PROJECT", "write_sample"]

Row = dict[str, str]

CATALOG: tuple[Row, ...] = (
    {
        "名称": "城市道路名录",
        "代码": "JT-0001",
        "摘要": "全市城市道路的名称和等级",
        "目录类别": "共享目录",
        "提供单位": "市交通运输局",
        "更新频率": "每月",
        "共享属性": "无条件共享",
        "密级": "工作秘密",
        "数据级别": "一般数据",
        "数据分类": "交通",
        "含个人信息": "否",
        "报送日期": "2026-03-02",
    },
    {
        "名称": "道路运输从业人员",
        "代码": "JT-0002",
        "摘要": "持有从业资格的人员，含类别",
        "目录类别": "共享目录",
        "提供单位": "市交通运输局",
        "更新频率": "每 null null",
        "共享属性": "有条件共享",
        "密级": "非密",
        "数据级别": "重要数据",
        "数据分类": "交通",
        "含个人信息": "是",
        "报送日期": "2026-03-02",
    },
    {
        "名称": "城市道路名录",
        "代码": "JT-0003",
        "摘要": "=1+1",
        "目录类别": "共享目录",
        "提供单位": "市城管委",
        "更新频率": "每季度",
        "共享属性": "不予共享",
        "密级": "非密",
        "数据级别": "一般数据",
        "数据分类": "执法",
        "含个人信息": "否",
        "报送日期": "2026-03-09",
    },
)
PROJECT: tuple[Row, ...] = (
    {
        "项目名称": "示例大道智慧灯杆项目",
        "项目编号": "示例-2026-12",
        "申报单位": "市城乡建设局",
        "项目类型": "智慧灯杆",
        "建设性质": "新建",
        "申报日期": "2026-03-02",
        "总投资": "800万元",
        "概算": "1000万元",
        "可研估算": "700万元",
        "垫资": "是",
        "处理敏感个人信息": "否",
        "关键信息基础设施": "否",
    },
)


def _yaml(rows: Sequence[Row], kind: str) -> bytes:
    lines = [f"{kind}:"]
    for row in rows:
        lines += [
            f"  {'  ' if number else '- '}{key}: {json.dumps(value, ensure_ascii=False)}" for number, (key, value) in enumerate(row.items())
        ]
    return "\n".join(lines).encode()


def _json(rows: Sequence[Row], kind: str) -> bytes:
    return json.dumps({kind: list(rows)}, ensure_ascii=False, indent=1).encode()


def _ndjson(rows: Sequence[Row], kind: str) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def _csv(rows: Sequence[Row], kind: str) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("gb18030")


def _xlsx(rows: Sequence[Row], kind: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet(kind)
    for column, key in enumerate(rows[0]):
        sheet.write_string(0, column, key)
        for number, row in enumerate(rows, 1):
            sheet.write_string(number, column, row[key])
    book.close()
    return out.getvalue()


_ODS_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def _ods(rows: Sequence[Row], kind: str) -> bytes:
    def line(cells: Sequence[str]) -> str:
        made = (f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>' for cell in cells)
        return f"<table:table-row>{''.join(made)}</table:table-row>"

    body = line(list(rows[0])) + "".join(line(list(row.values())) for row in rows)
    table = f'<table:table table:name="{kind}">{body}</table:table>'
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_SPACES} office:version="1.2"><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>'
    manifest = f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS_TYPE, compress_type=zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def _docx(rows: Sequence[Row], kind: str) -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph(f"附件：{kind}")
    table = document.add_table(rows=len(rows) + 1, cols=len(rows[0]))
    for at, texts in enumerate((list(rows[0]), *(list(row.values()) for row in rows))):
        for column, text in enumerate(texts):
            table.cell(at, column).text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _sqlite(rows: Sequence[Row], kind: str) -> bytes:
    with sqlite3.connect(":memory:") as base:
        base.execute(f'CREATE TABLE "{kind}" ({", ".join(f"{key} TEXT" for key in rows[0])})')
        base.executemany(f'INSERT INTO "{kind}" VALUES ({", ".join("?" * len(rows[0]))})', [tuple(row.values()) for row in rows])
        base.commit()
        return bytes(base.serialize())


_PORTAL = {"名称": "title", "代码": "id", "摘要": "notes"}


def _ckan(rows: Sequence[Row], kind: str) -> bytes:
    packages = [
        {
            **{_PORTAL[key]: value for key, value in row.items() if key in _PORTAL},
            "name": f"package-{number}",
            "organization": {"title": row["提供单位"], "name": "unit"},
            "extras": [{"key": key, "value": value} for key, value in row.items() if key not in _PORTAL and key != "提供单位"],
            "resources": [],
        }
        for number, row in enumerate(rows)
    ]
    return json.dumps({"success": True, "result": {"count": len(rows), "results": packages}}, ensure_ascii=False, indent=1).encode()


_DCT = {"名称": "title", "代码": "identifier", "摘要": "description"}
_OWN = "https://data.example.cn/terms/"


def _triples(rows: Sequence[Row]) -> list[Any]:
    import pyoxigraph as rdf

    found: list[Any] = []
    kind = rdf.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    name = rdf.NamedNode("http://xmlns.com/foaf/0.1/name")
    for number, row in enumerate(rows):
        subject, unit = rdf.NamedNode(f"https://data.example.cn/{number}"), rdf.BlankNode(f"unit{number}")
        found.append(rdf.Triple(subject, kind, rdf.NamedNode("http://www.w3.org/ns/dcat#Dataset")))
        for key, value in row.items():
            if key == "提供单位":
                found.append(rdf.Triple(subject, rdf.NamedNode("http://purl.org/dc/terms/publisher"), unit))
                found.append(rdf.Triple(unit, name, rdf.Literal(value)))
                continue
            term = f"http://purl.org/dc/terms/{_DCT[key]}" if key in _DCT else _OWN + key
            found.append(rdf.Triple(subject, rdf.NamedNode(term), rdf.Literal(value)))
    return found


def _rdf(suffix: str) -> Callable[[Sequence[Row], str], bytes]:
    def write(rows: Sequence[Row], kind: str) -> bytes:
        import pyoxigraph as rdf

        formats = {"ttl": rdf.RdfFormat.TURTLE, "nt": rdf.RdfFormat.N_TRIPLES, "rdf": rdf.RdfFormat.RDF_XML}
        return rdf.serialize(_triples(rows), format=formats[suffix]) or b""

    return write


def _jsonld(rows: Sequence[Row], kind: str) -> bytes:
    graph = [
        {
            "@id": f"https://data.example.cn/{number}",
            "@type": "Dataset",
            "publisher": {"name": row["提供单位"]},
            **{_DCT.get(key, _OWN + key): value for key, value in row.items() if key != "提供单位"},
        }
        for number, row in enumerate(rows)
    ]
    return json.dumps({"@context": "https://www.w3.org/ns/dcat.jsonld", "@graph": graph}, ensure_ascii=False, indent=1).encode()


def _frictionless(rows: Sequence[Row], kind: str) -> bytes:
    resources = [
        {"path": f"{number}.csv", "profile": "data-resource", **{"名称" if key == "名称" else key: value for key, value in row.items()}}
        for number, row in enumerate(rows)
    ]
    return json.dumps({"profile": "data-package", "resources": resources}, ensure_ascii=False, indent=1).encode()


FORMS: dict[str, tuple[str, Callable[[Sequence[Row], str], bytes]]] = {
    "yaml": ("a.yaml", _yaml),
    "json": ("a.json", _json),
    "ndjson": ("a.ndjson", _ndjson),
    "csv": ("a.csv", _csv),
    "xlsx": ("a.xlsx", _xlsx),
    "ods": ("a.ods", _ods),
    "docx": ("a.docx", _docx),
    "sqlite": ("a.db", _sqlite),
    "ckan": ("portal.json", _ckan),
    "ttl": ("a.ttl", _rdf("ttl")),
    "nt": ("a.nt", _rdf("nt")),
    "rdf": ("a.rdf", _rdf("rdf")),
    "jsonld": ("a.jsonld", _jsonld),
    "frictionless": ("datapackage.json", _frictionless),
}
"""By the name of the door: the name of the file, and what writes its bytes from rows and the word for their kind."""


def write_sample(folder: Path, form: str, rows: Sequence[Row], kind: str) -> str:
    """What `read` is to be given for these rows in that format; the file stands in the folder."""
    name, make = FORMS[form]
    file = folder / name
    file.write_bytes(make(rows, kind))
    return f"sqlite:{file}?table={kind}" if form == "sqlite" else str(file)
