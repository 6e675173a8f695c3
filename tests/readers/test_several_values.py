"""JSON texts that follow one another: pages of an interface in one file, and objects spread over several lines, are read one by one."""

from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from tests.readers.vocabulary import VOCABULARY

_FIRST, _SECOND = '{"名称": "甲", "更新频率": "每年"}', '{"名称": "乙", "更新频率": "每月"}'
_NAMES = [{"name": "甲", "cycle": "每年"}, {"name": "乙", "cycle": "每月"}]


def _read(tmp_path: Path, text: str, name: str = "a.json") -> Submission:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return read([file], VOCABULARY)


@pytest.mark.parametrize(
    "text",
    [
        f"[{_FIRST}][{_SECOND}]",
        f'{{"data": [{_FIRST}]}}{{"data": [{_SECOND}]}}',
        f"[{_FIRST}]\n\n{_SECOND}",
        f"{_FIRST}{_SECOND}",
    ],
)
def test_values_that_follow_one_another_are_read_one_by_one_and_told(tmp_path: Path, text: str) -> None:
    got = _read(tmp_path, text)
    assert [one.value for one in got.records] == _NAMES
    assert [(one.code, one.level) for one in got.diagnostics] == [("D039", "hint")]
    second = got.records[1].locator.place(("cycle",))
    assert second.line == text[: text.index(_SECOND)].count("\n") + 1


@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonl", "a.json"])
def test_objects_over_several_lines_are_read_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    text = "".join(one.replace("{", "{\n  ").replace(", ", ",\n  ") + "\n" for one in (_FIRST, _SECOND))
    got = _read(tmp_path, text, name)
    assert [one.value for one in got.records] == _NAMES
    assert got.records[1].locator.place(("cycle",)).line == 6


@pytest.mark.parametrize("rest", ["x", ", " + _SECOND, "3", "]"])
def test_what_is_no_further_object_is_refused_with_the_way_to_mend_it(tmp_path: Path, rest: str) -> None:
    got = _read(tmp_path, f"[{_FIRST}]{rest}")
    assert [one.code for one in got.diagnostics] == ["D036"] and not got.records
    assert got.diagnostics[0].help is not None and "列表" in got.diagnostics[0].help.zh


def test_a_later_value_that_is_broken_is_told_where_it_is(tmp_path: Path) -> None:
    got = _read(tmp_path, f'[{_FIRST}]\n[{{"名称": }}]')
    assert [one.code for one in got.diagnostics] == ["D030"] and not got.records


def test_the_account_of_lines_says_how_the_kind_was_known(tmp_path: Path) -> None:
    got = _read(tmp_path, f"{_FIRST}\n{_SECOND}\n", "a.ndjson")
    assert [(one.how.en, one.sure) for one in got.sheets] == [("2 of 2 headers or keys fit", 95)]
    stated = _read(tmp_path, '{"类别": "数据集", "名称": "甲"}\n{"类别": "数据集", "名称": "乙"}\n', "b.ndjson")
    assert [(one.how.en, one.sure) for one in stated.sheets] == [("the kind is stated", 100)]
