"""Workbooks as people really make them: titles, two header rows, merges, notes, second sheets, lost digits."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.terms.tongue import Tongue
from tests.readers.samples import CATALOG, FORMS
from tests.readers.vocabulary import VOCABULARY

Fill = Callable[[Any, Any], None]


def _read(folder: Path, **sheets: Fill | list[list[Any]]) -> Submission:
    """A workbook of those sheets, each filled by rows or by a function of the sheet and the book."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, fill in sheets.items():
        sheet = book.add_worksheet(name)
        if callable(fill):
            fill(sheet, book)
            continue
        for number, row in enumerate(fill):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)
    book.close()
    file = folder / "a.xlsx"
    file.write_bytes(out.getvalue())
    return read([file], VOCABULARY)


def _codes(got: Submission) -> list[str]:
    return [one.code for one in got.diagnostics]


def test_a_title_above_and_notes_below_the_header_are_told_as_left_out(tmp_path: Path) -> None:
    got = _read(
        tmp_path,
        Sheet1=[
            ["某市政务数据目录"],
            [],
            ["名称", "提供单位", "更新频率"],
            ["甲", "乙", "每年"],
            [],
            ["丙", "丁", "每月"],
            ["合计", None, 2],
            ["注：本表由各单位填写"],
        ],
    )
    assert [one.value["name"] for one in got.records] == ["甲", "丙"]
    assert [one.seen for one in got.left_out] == ["某市政务数据目录", "合计 | 2", "注：本表由各单位填写"]
    assert got.records[1].locator.place(("cycle",)).cell == "C6"


def test_a_table_that_does_not_begin_in_the_corner_keeps_its_cells(tmp_path: Path) -> None:
    got = _read(tmp_path, Sheet1=[[], [], [None, None, "名称", "更新频率"], [None, None, "甲", "每年"]])
    assert got.records[0].locator.place(("cycle",)).cell == "D4"


def test_a_group_header_over_two_columns_reaches_into_an_inner_record(tmp_path: Path) -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.merge_range(0, 0, 1, 0, "名称")
        sheet.merge_range(0, 1, 0, 2, "提供方")
        sheet.write(1, 1, "名称")
        sheet.write(1, 2, "电话")
        sheet.merge_range(0, 3, 1, 3, "更新频率")
        sheet.write_row(2, 0, ["甲", "市局", "027-1", "每年"])

    got = _read(tmp_path, Sheet1=fill)
    assert got.records[0].value == {"name": "甲", "provider": {"name": "市局", "phone": "027-1"}, "cycle": "每年"}
    assert got.records[0].locator.place(("provider", "phone")).cell == "C3"


def test_units_in_headers_and_above_the_table_are_given_to_bare_numbers(tmp_path: Path) -> None:
    got = _read(
        tmp_path,
        一=[["项目名称", "预算金额(万元)", "预计时间"], ["甲", 500, "3月"], ["乙", "约五百", "4月"], ["丙", 12.5, "5月"]],
        二=[["单位：万元"], ["项目名称", "总投资", "预计时间"], ["丁", 3, "6月"]],
    )
    assert [one.value["total"] for one in got.records] == ["500万元", "约五百", "12.5万元", "3万元"]
    assert [one.unit for one in got.headers if one.field == "total"] == ["万元", "万元"]
    assert "万元" in next(one for one in got.headers if one.field == "total").how.zh


def test_marks_and_remarks_on_headers_do_not_count(tmp_path: Path) -> None:
    headers = ["1.名 称*", "《提供单位》（必填）", "更新频率：", "答复期限（工作日）", "简介（二百字以内）"]
    got = _read(tmp_path, Sheet1=[headers, ["甲", "乙", "每年", 10, "丙"]])
    assert got.records[0].value == {"name": "甲", "unit": "乙", "cycle": "每年", "answer_within": "10个工作日", "about": "丙"}
    assert [one.sure for one in got.headers] == [95, 95, 100, 95, 80]


def test_an_unmatched_header_is_told_with_its_neighbour(tmp_path: Path) -> None:
    got = _read(tmp_path, Sheet1=[["名称", "更新频度", "更新频率", "天气"], ["甲", "a", "每年", "晴"]])
    lost = [one for one in got.headers if one.field is None]
    assert [(one.header, one.nearest) for one in lost] == [("更新频度", "更新频率"), ("天气", None)]
    assert [one.place.cell for one in lost] == ["B1", "D1"]


def test_two_headers_of_one_field_are_told_and_the_first_is_read(tmp_path: Path) -> None:
    got = _read(tmp_path, Sheet1=[["名称", "更新频率", "更新周期"], ["甲", "每年", "每月"]])
    assert got.records[0].value["cycle"] == "每年"
    assert [one.headline(Tongue.ZH) for one in got.diagnostics] == ["“更新频率”和“更新周期”都是“更新频率”，只读“更新频率”"]


def test_cells_merged_down_a_column_hold_for_each_row(tmp_path: Path) -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, ["提供单位", "名称", "更新频率"])
        sheet.merge_range(1, 0, 2, 0, "市局")
        sheet.write_row(1, 1, ["甲", "每年"])
        sheet.write_row(2, 1, ["乙", "每月"])

    got = _read(tmp_path, Sheet1=fill)
    assert [one.value["unit"] for one in got.records] == ["市局", "市局"]


def test_a_long_code_that_became_a_number_is_beyond_repair(tmp_path: Path) -> None:
    got = _read(tmp_path, Sheet1=[["目录代码", "名称"], [914201050000000000, "甲"], [420106, "乙"]])
    assert _codes(got) == ["D060"]
    assert "A2" in got.diagnostics[0].headline(Tongue.ZH)
    assert not isinstance(got.records[0].value["code"], str)
    assert got.records[1].value["code"] == "420106"


def test_days_are_iso_text_and_times_are_kept(tmp_path: Path) -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, ["名称", "发布日期"])
        for row, (day, shape) in enumerate([(datetime(2025, 8, 1), "yyyy-mm-dd"), (datetime(2025, 8, 1, 9, 30), "yyyy-mm-dd hh:mm")]):
            sheet.write(row + 1, 0, f"甲{row}")
            sheet.write_datetime(row + 1, 1, day, book.add_format({"num_format": shape}))

    got = _read(tmp_path, Sheet1=fill)
    assert [one.value["issued"] for one in got.records] == ["2025-08-01", "2025-08-01 09:30:00"]


def test_errors_hidden_rows_and_formulas_never_computed_are_told(tmp_path: Path) -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, ["名称", "更新频率", "下载次数"])
        sheet.write(1, 0, "甲")
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
        sheet.write_formula(1, 2, "=1+1", None, "")
        sheet.set_row(1, None, None, {"hidden": True})

    got = _read(tmp_path, Sheet1=fill)
    assert sorted(_codes(got)) == ["D061", "D062", "D063"]
    told = {one.code: one.headline(Tongue.ZH) for one in got.diagnostics}
    assert "B2" in told["D061"] and "#N/A" in told["D061"] and "C2" in told["D062"]
    assert got.records[0].value == {"name": "甲"}


def test_formulas_give_the_value_that_was_saved(tmp_path: Path) -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, ["名称", "下载次数"])
        sheet.write(1, 0, "甲")
        sheet.write_formula(1, 1, "=6*7", None, 42)

    assert _read(tmp_path, Sheet1=fill).records[0].value["downloads"] == 42


def test_each_sheet_is_its_own_kind(tmp_path: Path) -> None:
    got = _read(
        tmp_path,
        填写说明=[["请逐项填写"]],
        建设项目=[["项目名称", "总投资"], ["甲", 1]],
        数据集清单=[["名称", "更新频率"], ["乙", "每年"]],
    )
    assert [(one.shape, one.value["name"]) for one in got.records] == [("project", "甲"), ("dataset", "乙")]
    assert [one.place.sheet for one in got.left_out] == ["填写说明"]


def test_a_column_may_state_the_kind_of_each_row(tmp_path: Path) -> None:
    rows = [
        ["类别", "名称", "项目名称", "更新频率", "总投资"],
        ["数据集", "甲", None, "每年", None],
        ["项目", None, "乙", None, 3],
        ["猫", "x", None, None, None],
    ]
    got = _read(tmp_path, Sheet1=rows)
    assert [(one.shape, one.value["name"]) for one in got.records] == [("dataset", "甲"), ("project", "乙")]
    assert _codes(got) == ["D053"]


def test_a_second_sheet_is_joined_to_its_owners_by_key(tmp_path: Path) -> None:
    got = _read(
        tmp_path,
        目录=[["目录代码", "名称", "更新频率"], ["A1", "甲", "每年"], ["A2", "乙", "每月"]],
        信息项=[
            ["目录代码", "信息项名称", "数据类型", "长度"],
            ["A2", "姓名", "C", 20],
            ["A1", "地址", "C", 50],
            ["A2", "年龄", "N", 3],
            ["A9", "孤", "C", 1],
        ],
    )
    assert [one.value.get("items") for one in got.records] == [
        [{"name": "地址", "type": "C", "length": 50}],
        [{"name": "姓名", "type": "C", "length": 20}, {"name": "年龄", "type": "N", "length": 3}],
    ]
    place = got.records[1].locator.place(("items", 1, "type"))
    assert (place.sheet, place.cell) == ("信息项", "C4")
    assert _codes(got) == ["D065"] and "A5" in got.diagnostics[0].headline(Tongue.ZH)


def test_repeated_rows_are_elements_of_one_record(tmp_path: Path) -> None:
    rows = [
        ["目录代码", "名称", "信息项名称", "数据类型"],
        ["A1", "甲", "地址", "C"],
        ["A1", "甲", "面积", "N"],
        [None, None, "高度", "N"],
        ["A2", "乙", "姓名", "C"],
    ]
    got = _read(tmp_path, Sheet1=rows)
    assert [[item["name"] for item in one.value["items"]] for one in got.records] == [["地址", "面积", "高度"], ["姓名"]]
    assert got.records[0].locator.place(("items", 2, "name")).cell == "C4"


def test_two_kinds_that_fit_alike_are_told_and_not_guessed(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("建设单位,预计时间,提供单位,简介\n1,2,3,4\n", encoding="utf-8")
    got = read([file], VOCABULARY)
    assert got.records == () and _codes(got) == ["D052"]
    assert "项目" in got.diagnostics[0].headline(Tongue.ZH) and "数据集" in got.diagnostics[0].headline(Tongue.ZH)


def test_a_kind_may_be_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("名称,杂项\n甲,2\n", encoding="utf-8")
    assert [one.shape for one in read([file], VOCABULARY, kind="数据集").records] == ["dataset"]
    assert _codes(read([file], VOCABULARY, kind="数据机")) == ["D053"]


def test_a_form_of_labels_beside_their_values_is_one_record(tmp_path: Path) -> None:
    rows = [
        ["智慧城市项目申报书"],
        ["项目名称", "智慧灯杆", "建设单位", "市城管委"],
        ["总投资（万元）", 800, "预计时间", None],
        ["项目负责", "某处", "金额大小", 3],
    ]
    got = _read(tmp_path, 申报书=rows)
    assert [(one.shape, one.value) for one in got.records] == [("project", {"name": "智慧灯杆", "client": "市城管委", "total": "800万元"})]
    assert got.records[0].locator.place(("total",)).cell == "B3"
    assert [one.header for one in got.headers if one.field is None] == ["项目负责", "金额大小"]


def test_a_table_with_one_row_is_no_form(tmp_path: Path) -> None:
    got = _read(tmp_path, Sheet1=[["项目名称", "建设单位", "总投资"], ["甲", "乙", 5]])
    assert got.records[0].value == {"name": "甲", "client": "乙", "total": 5}


def test_headers_that_slipped_sideways_are_told_with_the_column_that_fits(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["项目名称", "总投资", "建设单位", "备用"]]
    rows += [[f"项目{n}", "拟面向中小企业预留", 100 + n, None] for n in range(6)]
    got = _read(tmp_path, Sheet1=rows)
    assert _codes(got) == ["D068"]
    assert "总投资" in got.diagnostics[0].headline(Tongue.ZH) and "C 列" in got.diagnostics[0].headline(Tongue.ZH)
    assert got.records[0].value["total"] == "拟面向中小企业预留"


def test_words_in_a_column_of_yes_and_no_are_where_they_belong(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["名称", "含敏感"]]
    rows += [[f"甲{n}", "是" if n % 2 else "否"] for n in range(6)]
    assert _codes(_read(tmp_path, 数据集=rows)) == []


def _ods(cells: str) -> bytes:
    """The smallest OpenDocument sheet."""
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="数据集">{cells}</table:table></office:spreadsheet></office:body>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f'<?xml version="1.0"?><office:document-content{spaces}>{body}</office:document-content>')
    return out.getvalue()


def _ods_row(*texts: str) -> str:
    cells = "".join(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts)
    return f"<table:table-row>{cells}</table:table-row>"


def test_an_opendocument_sheet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.ods"
    file.write_bytes(_ods(_ods_row("名称", "更新频率") + _ods_row("甲", "每年")))
    got = read([file], VOCABULARY)
    assert [one.value for one in got.records] == [{"name": "甲", "cycle": "每年"}]
    assert got.records[0].locator.place(("cycle",)).cell == "B2"


def test_an_opendocument_cell_that_repeats_a_million_times_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.ods"
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="1000000"><text:p>x</text:p></table:table-cell>'
    file.write_bytes(_ods(_ods_row("名称", "更新频率") + f"<table:table-row>{cell}</table:table-row>"))
    assert _codes(read([file], VOCABULARY)) == ["D080"]


def test_text_under_the_name_of_a_workbook_is_read_as_text(tmp_path: Path) -> None:
    file = tmp_path / "a.xls"
    file.write_bytes("名称\t更新频率\n甲\t每年\n".encode("gb18030"))
    assert [one.value for one in read([file], VOCABULARY).records] == [{"name": "甲", "cycle": "每年"}]


def test_hidden_rows_and_error_cells_of_opendocument_are_told(tmp_path: Path) -> None:
    data = FORMS["ods"][1](CATALOG, "数据集")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    rows = parts["content.xml"].split("<table:table-row>")
    rows[2] = rows[2].replace(
        'office:value-type="string"><text:p>JT-0001', 'calcext:value-type="error" office:value-type="string"><text:p>#N/A'
    )
    content = "<table:table-row>".join(rows[:3]) + '<table:table-row table:visibility="collapse">' + "<table:table-row>".join(rows[3:])
    file = tmp_path / "a.ods"
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(
                name,
                content.replace("<office:document-content", '<office:document-content xmlns:calcext="urn:c"')
                if name == "content.xml"
                else part,
            )
    got = read([file], VOCABULARY)
    said = [one.headline(Tongue.ZH) for one in got.diagnostics if one.code in ("D061", "D063")]
    assert said == ["“数据集”里第 3 行（共 1 行）是隐藏的，照样读入", "数据集 B2 是错误值 #N/A，按空白读"]
