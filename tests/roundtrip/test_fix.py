"""Mending changes spellings and nothing else: the copy means the same, has nothing left to mend, and every other byte stands."""

import json
from pathlib import Path

import openpyxl
import pytest

from guiju.catalog.read import read
from guiju.catalog.value_notes import notes_of, values_of
from guiju.commands.applicant.run_fix import FixOptions, run_fix
from guiju.forms.fix.edits import mendable
from tests.command import guiju
from tests.roundtrip.marked import checked, ruleset, told

_YAML = """\
# 一份目录
数据集:
  - 名称: 甲表   # 名称不动
    代码: "A1"
    更新频率: 按年
    发布日期: 2026/3/1
    含个人信息: "否 "
    挂接资源数: １２
    数据格式: [xlsx, csv]
    共享方式: 接口、文件
  - {名称: 乙表, 代码: A2, 更新频率: '每日更辛', 发布日期: 2026年3月5日}
"""
_ROWS = [
    ["名称", "代码", "更新频率", "发布日期", "挂接资源数", "说明"],
    ["甲表", "A1", "按年", "2026/3/1", "１２", "＝不动＝"],
    ["乙,表", "A2", "每天", "2026年3月5日", "3", '有"引号"'],
]


def _wish(file: Path, output: Path | None, *, unsafe: bool = False, diff: bool = False) -> FixOptions:
    wish = {"rules": (), "add_rules": (), "kind": None, "encoding": None, "stdin_name": "-", "color": False}
    return FixOptions(file=str(file), output=output, diff=diff, unsafe=unsafe, **wish)


def _source(folder: Path, form: str) -> Path:
    file = folder / f"list.{form}"
    records = [dict(zip(_ROWS[0], row, strict=True)) for row in _ROWS[1:]]
    match form:
        case "yaml":
            file.write_text(_YAML, encoding="utf-8")
        case "json":
            file.write_text(json.dumps({"数据集": records}, ensure_ascii=False, indent=1), encoding="utf-8")
        case "ndjson":
            file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(json.dumps(one, ensure_ascii=False) for one in records).encode())
        case "csv":
            lines = [",".join('"' + cell.replace('"', '""') + '"' if set(cell) & set(',"') else cell for cell in row) for row in _ROWS]
            file.write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030"))
        case _:
            book = openpyxl.Workbook()
            for row in _ROWS:
                book.active.append(row)
            book.active.title = "数据集"
            book.active["G5"] = "=1+1"
            book.save(file)
    return file


@pytest.mark.parametrize("form", ["yaml", "json", "ndjson", "csv", "xlsx"])
def test_a_mended_copy_means_the_same_and_has_nothing_left_to_mend(form: str, tmp_path: Path) -> None:
    source = _source(tmp_path, form)
    before = source.read_bytes()
    copy = tmp_path / f"mended.{form}"
    assert run_fix(_wish(source, copy)) == 0
    old, new = (read([file], ruleset().vocabulary) for file in (source, copy))
    assert [dict(values_of(one, ruleset().vocabulary)) for one in old.records] == [
        dict(values_of(one, ruleset().vocabulary)) for one in new.records
    ]
    assert len(list(mendable(notes_of(old.records, ruleset().vocabulary), unsafe=False))) >= 4
    assert list(mendable(notes_of(new.records, ruleset().vocabulary), unsafe=False)) == []
    assert source.read_bytes() == before
    assert told(checked(source)[0]) == told(checked(copy)[0])


def test_a_text_keeps_every_byte_that_is_no_mended_value(tmp_path: Path) -> None:
    source = _source(tmp_path, "yaml")
    run_fix(_wish(source, tmp_path / "out.yaml"))
    expected = _YAML.replace("按年", "每年").replace("2026/3/1", '"2026-03-01"').replace('"否 "', '"否"').replace("１２", "12")
    # 接口 is a short name of 服务接口; 每日更辛 is no name of anything, and what cannot be read is not touched.
    expected = expected.replace("接口、文件", "服务接口、文件下载").replace("2026年3月5日", '"2026-03-05"')
    assert (tmp_path / "out.yaml").read_text("utf-8") == expected


def test_encodings_marks_and_line_ends_stay(tmp_path: Path) -> None:
    run_fix(_wish(_source(tmp_path, "csv"), tmp_path / "out.csv"))
    run_fix(_wish(_source(tmp_path, "ndjson"), tmp_path / "out.ndjson"))
    assert (tmp_path / "out.csv").read_bytes().decode("gb18030").split("\r\n")[1] == "甲表,A1,每年,2026-03-01,12,＝不动＝"
    assert (tmp_path / "out.ndjson").read_bytes().startswith(b"\xef\xbb\xbf{") and b"\r\n" in (tmp_path / "out.ndjson").read_bytes()


def test_a_workbook_keeps_its_formulas_and_gets_real_days_and_numbers(tmp_path: Path) -> None:
    run_fix(_wish(_source(tmp_path, "xlsx"), tmp_path / "out.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["数据集"]
    assert sheet["G5"].value == "=1+1" and sheet["C2"].value == "每年" and sheet["E2"].value == 12
    assert sheet["D2"].value.date().isoformat() == "2026-03-01" and sheet["F2"].value == "＝不动＝"


def test_the_nearest_name_is_put_only_when_asked_for(tmp_path: Path) -> None:
    source = tmp_path / "one.yaml"
    source.write_text("数据集:\n  - {名称: 甲, 代码: A1, 更新频率: 每年年}\n", encoding="utf-8")
    assert run_fix(_wish(source, tmp_path / "safe.yaml")) == 0 and not (tmp_path / "safe.yaml").exists()
    assert run_fix(_wish(source, tmp_path / "unsafe.yaml", unsafe=True)) == 0
    assert "更新频率: 每年}" in (tmp_path / "unsafe.yaml").read_text("utf-8")


def test_nothing_is_written_over_the_original_or_over_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = _source(tmp_path, "yaml")
    before = source.read_bytes()
    taken = tmp_path / "taken.yaml"
    taken.write_text("mine", encoding="utf-8")
    assert guiju("fix", source, "-o", source) == 2 and guiju("fix", source, "-o", taken) == 2
    assert source.read_bytes() == before and taken.read_text("utf-8") == "mine"
    assert "Traceback" not in capsys.readouterr().err


def test_amounts_under_a_header_with_a_unit_are_left_alone(tmp_path: Path) -> None:
    source = tmp_path / "cost.csv"
    source.write_text("名称,代码,共享收费（万元）,更新频率\n甲,A1,500,按年\n乙,A2,3万元,每年\n", encoding="utf-8")
    assert run_fix(_wish(source, tmp_path / "out.csv")) == 0
    assert (tmp_path / "out.csv").read_text("utf-8") == "名称,代码,共享收费（万元）,更新频率\n甲,A1,500,每年\n乙,A2,3万元,每年\n"


def test_the_difference_is_a_patch_that_shows_only_what_changes(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run_fix(_wish(_source(tmp_path, "yaml"), None, diff=True)) == 1
    lines = capfdbinary.readouterr().out.decode().split("\n")
    assert "+    更新频率: 每年" in lines and "-    更新频率: 按年" in lines
    assert sum(line.startswith("-") and not line.startswith("---") for line in lines) <= 6
