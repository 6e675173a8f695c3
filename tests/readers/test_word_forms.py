"""Forms of Word as offices make them: content controls, boxes, placeholders, tracked words, tables in tables, forms of several tables."""

from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from tests.readers.test_office_tables import READ

docx = pytest.importorskip("docx", reason="Word needs guiju[word]")

_SPACES = " ".join(
    (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
    )
)


def _table(owner: Any, rows: list[list[str]]) -> Any:
    table = owner.add_table(rows=len(rows), cols=len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text.startswith("<"):
                from docx.oxml import parse_xml

                for part in parse_xml(f"<w:p {_SPACES}>{text}</w:p>"):
                    table.cell(at, column).paragraphs[0]._p.append(part)
            else:
                table.cell(at, column).text = text
    return table


def _read(folder: Path, document: Any) -> Submission:
    document.save(str(folder / "表.docx"))
    return read([folder / "表.docx"], READ)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _control(properties: str, text: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{_run(text)}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (_control("<w14:checkbox/>", "☒") + _run("是 ") + _control("<w14:checkbox/>", "☐") + _run("否"), "☒是 ☐否"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>' + _run("是") + '<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>' + _run("否"), "☑是□否"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>' + _run("是"), "☑是"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>' + _run("是"), "□是"),
        (_control("<w:text/>", "市局"), "市局"),
        ('<w:ins w:author="x">' + _run("市") + "</w:ins>" + '<w:del w:author="x"><w:r><w:delText>区</w:delText></w:r></w:del>' + _run("局"), "市局"),
        ("<w:hyperlink>" + _run("市局") + "</w:hyperlink>", "市局"),
        (_run("市") + "<w:r><w:br/></w:r>" + _run("局"), "市\n局"),
    ],
    ids=["content controls", "symbols", "form field", "form field that is not ticked", "text control", "tracked", "link", "line break"],
)  # fmt: skip
def test_a_cell_says_what_its_reader_sees(tmp_path: Path, markup: str, said: str) -> None:
    document = docx.Document()
    _table(document, [["名称", "甲"], ["提供单位", markup], ["更新频率", "每年"]])
    [record] = _read(tmp_path, document).records
    assert record.value["unit"] == said


def test_a_control_that_still_says_what_to_type_holds_nothing(tmp_path: Path) -> None:
    document = docx.Document()
    _table(document, [["名称", "甲"], ["提供单位", _control("<w:showingPlcHdr/>", "单击此处输入文字。")], ["更新频率", "每年"]])
    [record] = _read(tmp_path, document).records
    assert "unit" not in record.value


def test_a_form_may_go_on_in_a_second_table_and_hold_a_table_inside(tmp_path: Path) -> None:
    document = docx.Document()
    _table(document, [["项目名称", "灯杆"], ["建设单位", "市局"]])
    outer = document.add_table(rows=1, cols=1)
    _table(outer.cell(0, 0), [["名称", "提供单位", "更新频率"], ["道路", "市局", "每年"]])
    _table(document, [["总投资（万元）", "800"], ["预计时间", "3月"]])
    project, dataset = _read(tmp_path, document).records
    assert project.value == {"name": "灯杆", "client": "市局", "total": "800万元", "month": "3月"}
    assert [(p.sheet, p.cell) for p in (project.locator.place(("name",)), project.locator.place(("total",)))] == [
        ("表1", "B1"),
        ("表3", "B1"),
    ]
    assert dataset.value["name"] == "道路" and dataset.locator.place(("name",)).sheet == "表2-1"
