"""Portals wrap their records under names that are also names of plain fields; the records are found all the same."""

import json
from datetime import date
from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.pipeline import check_submission, memo_of, read_rules, shipped_rules
from guiju.standards.load_tables import load_calendar
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict

_ROW = {"resTitle": "北京地铁", "deptName": "交通委", "cycle": "年", "openMode": "完全开放", "shareLevel": "无条件共享"}


def _read(tmp_path: Path, what: object):
    file = tmp_path / "given.json"
    file.write_text(json.dumps(what, ensure_ascii=False), encoding="utf-8")
    compiled = read_rules((shipped_rules() / "vocabulary",), memo_of({"GUIJU_CACHE": ""}))
    assert compiled.ruleset is not None
    return compiled.ruleset, read([str(file)], compiled.ruleset.vocabulary)


@pytest.mark.parametrize(
    "wrapping",
    [
        lambda rows: {"status": 0, "obj": {"records": rows}},
        lambda rows: {"code": 200, "data": {"total": 1, "rows": rows}},
        lambda rows: {"success": True, "result": {"list": rows, "pageNum": 1}},
    ],
)
def test_the_records_of_a_wrapped_answer_are_read_with_their_keys(tmp_path: Path, wrapping) -> None:
    _, submission = _read(tmp_path, wrapping([_ROW]))
    (record,) = submission.records
    assert record.value["name"] == "北京地铁" and record.value["provider"] == "交通委"
    assert not [one for one in submission.headers if not one.field]


def test_a_value_in_a_list_is_spoken_of_by_its_place_and_its_nearest_label(tmp_path: Path) -> None:
    ruleset, submission = _read(tmp_path, [{**_ROW, "共享方式": ["共享平台"], "openMode": "无条件开发"}])
    report = check_submission(ruleset, submission, as_of=date(2026, 3, 2), calendar=load_calendar())
    told = {one.rule: one for one in report.findings if one.verdict is Verdict.FAIL}
    element, whole = told["dataset.share_mode.readable"], told["dataset.readable"]
    assert element.message.zh.startswith("数据集“北京地铁”的共享方式第 1 项写作“共享平台”")
    assert element.message.en.startswith('the way of sharing 1 of data set "北京地铁" is written as "共享平台"')
    assert whole.flips is not None and whole.flips.say(Tongue.ZH) == "最接近的写法是“无条件开放”"
    assert whole.required.zh == "应当：开放属性可识别"


def test_the_numbered_lines_below_a_remark_are_no_records(tmp_path: Path) -> None:
    file = tmp_path / "given.csv"
    file.write_text(
        "名称,提供单位,更新频率,共享属性\n低保人员,市民政局,每月,无条件共享\n备注：1.按类别填写。,,,\n2.请于5月底前报送。,,,\n",
        encoding="utf-8",
    )
    ruleset, _ = _read(tmp_path, [_ROW])
    submission = read([str(file)], ruleset.vocabulary)
    assert [one.value["name"] for one in submission.records] == ["低保人员"]
    assert [one.seen for one in submission.left_out] == ["备注：1.按类别填写。", "2.请于5月底前报送。"]


def test_no_label_of_the_contrary_sense_is_offered(tmp_path: Path) -> None:
    ruleset, submission = _read(tmp_path, [{**_ROW, "shareLevel": "可共享"}])
    report = check_submission(ruleset, submission, as_of=date(2026, 3, 2), calendar=load_calendar())
    (told,) = [one for one in report.findings if one.rule == "dataset.readable" and one.verdict is Verdict.FAIL]
    assert told.flips is None
    assert "no code or name of sharing type" in told.message.en
