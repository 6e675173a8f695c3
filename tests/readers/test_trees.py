"""What YAML and JSON may look like: lists under names, records with their lists, stated kinds, wrappings, a day of submission."""

from datetime import date
from pathlib import Path

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.terms.tongue import Tongue
from tests.readers.vocabulary import VOCABULARY


def _read(folder: Path, text: str, name: str = "a.yaml", **wishes: str) -> Submission:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return read([file], VOCABULARY, **wishes)  # type: ignore[arg-type]  # all wishes are text


def test_an_outer_record_and_the_elements_of_its_list_are_subjects(tmp_path: Path) -> None:
    got = _read(
        tmp_path, "目录:\n  目录名称: 全市目录\n  编制单位: 市局\n  数据集:\n    - 名称: 甲\n      更新频率: 每年\n    - 名称: 乙\n"
    )
    assert [one.shape for one in got.records] == ["catalog", "dataset", "dataset"]
    assert got.records[0].value["datasets"][1] == {"name": "乙"}
    assert got.records[0].locator.place(("datasets", 0, "cycle")).line == 6
    assert got.records[2].locator.place(("name",)).pointer == "/目录/数据集/1/名称"


def test_a_stated_kind_wins(tmp_path: Path) -> None:
    got = _read(tmp_path, "- 类别: 项目\n  名称: 甲\n- kind: dataset\n  名称: 乙\n")
    assert [one.shape for one in got.records] == ["project", "dataset"]


def test_several_documents_are_all_read(tmp_path: Path) -> None:
    got = _read(tmp_path, "名称: 甲\n更新频率: 每年\n---\n项目名称: 乙\n总投资: 5\n")
    assert [(one.shape, one.locator.place(("name",)).line) for one in got.records] == [("dataset", 1), ("project", 4)]


def test_the_day_of_submission_is_found(tmp_path: Path) -> None:
    assert _read(tmp_path, "提交日期: 2025-08-01\n数据集:\n  - 名称: 甲\n").submitted == date(2025, 8, 1)
    assert "D088" in [one.code for one in _read(tmp_path, "提交日期: 不久\n数据集:\n  - 名称: 甲\n").diagnostics]


def test_codes_stay_text_in_yaml(tmp_path: Path) -> None:
    got = _read(tmp_path, "目录代码: 0420106\n名称: no\n更新频率: on\n")
    assert got.records[0].value == {"code": "0420106", "name": "no", "cycle": "on"}


def test_inner_records_and_lists_get_field_ids(tmp_path: Path) -> None:
    got = _read(
        tmp_path, '{"名称": "甲", "提供方": {"名称": "市局"}, "信息项": [{"信息项名称": "地址", "长度": 5}], "标签": ["a"]}', "a.json"
    )
    assert got.records[0].value == {"name": "甲", "provider": {"name": "市局"}, "items": [{"name": "地址", "length": 5}], "tags": ["a"]}
    assert got.records[0].locator.place(("items", 0, "length")).pointer == "/信息项/0/长度"


def test_flat_keys_reach_into_an_inner_record(tmp_path: Path) -> None:
    got = _read(tmp_path, '{"名称": "甲", "提供方.名称": "市局", "更新频率": "每年"}', "a.json")
    assert got.records[0].value["provider"] == {"name": "市局"}
    assert got.records[0].locator.place(("provider", "name")).pointer == "/提供方.名称"


def test_a_declared_reason_stays_as_it_was_written(tmp_path: Path) -> None:
    got = _read(tmp_path, "名称: 甲\n更新频率: 每年\n提供方:\n  不适用: 由市局统管\n")
    assert got.records[0].value["provider"] == {"不适用": "由市局统管"}


def test_an_unknown_kind_names_what_there_is(tmp_path: Path) -> None:
    got = _read(tmp_path, "kind: 数据机\n名称: 甲\n")
    assert got.records == ()
    assert "数据集" in got.diagnostics[0].headline(Tongue.ZH) and got.diagnostics[0].help is not None


def test_what_fits_nothing_is_told_with_what_was_seen(tmp_path: Path) -> None:
    got = _read(tmp_path, '[{"cat": 1, "dog": 2}]', "a.json")
    assert [one.code for one in got.diagnostics] == ["D051"]
    assert "dog" in got.diagnostics[0].headline(Tongue.EN)


def test_elements_that_are_no_records_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    got = _read(tmp_path, '[{"名称": "甲", "更新频率": "每年"}, 5, {"名称": "乙"}]', "a.json")
    assert len(got.records) == 2 and [one.code for one in got.diagnostics] == ["D055"]


def test_a_map_of_records_is_read_as_its_records(tmp_path: Path) -> None:
    text = '{"d1": {"名称": "甲", "更新频率": "每年"}, "d2": {"名称": "乙", "更新频率": "每月"}}'
    assert [one.value["name"] for one in _read(tmp_path, text, "a.json").records] == ["甲", "乙"]
