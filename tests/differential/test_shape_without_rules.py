"""Records that only others look for, on whose shape there is no rule, are found by every engine and carrier."""

from datetime import date
from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.catalog.streams.open import lines_of
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.pipeline import check_lines, check_submission
from guiju.standards.load import load_registry
from guiju.standards.load_tables import load_calendar

_RULES = """
对象 单位 / unit
  代码  code    文本  主键
  状态  status  文本

对象 数据集 / dataset
  代码    code      文本  主键
  提供方  provider  文本

规则 试 / probe
  依据  政务数据共享条例 第十三条
  对象  数据集
  应当  {requires}
"""
_LINES = """{"代码": "A", "状态": "在用"}
{"代码": "B", "状态": "撤销"}
{"代码": "C", "状态": null}
"""
_SETS = (
    "".join(f'{{"代码": "d{number}", "提供方": "{unit}"}}\n' for number, unit in enumerate("ABCXA")) + '{"代码": "d9", "提供方": null}\n'
)


@pytest.mark.parametrize(
    "requires, wanted",
    [
        ('存在 乙 于 单位 满足 (乙.代码 = 提供方 且 乙.状态 = "在用")', {"pass": 2, "fail": 2, "undetermined": 2}),
        ("存在 乙 于 单位 满足 (乙.代码 = 提供方)", {"pass": 4, "fail": 1, "undetermined": 1}),
    ],
)
def test_what_is_looked_for_is_found_though_no_rule_speaks_of_it(tmp_path: Path, requires: str, wanted: dict[str, int]) -> None:
    ruleset, found = compile_rules((Source("rules.gj", _RULES.format(requires=requires)),), load_registry())
    assert ruleset is not None, found
    files = []
    for name, text in (("单位", _LINES), ("数据集", _SETS)):
        (tmp_path / f"{name}.ndjson").write_text(text, encoding="utf-8")
        files.append(str(tmp_path / f"{name}.ndjson"))
    day, calendar = date(2026, 3, 2), load_calendar()
    submission = read(files, ruleset.vocabulary)
    reports = [check_submission(ruleset, submission, as_of=day, calendar=calendar, engine=name) for name in ("interpreter", "compiled")]
    streamed = check_lines(ruleset, [lines_of(file) for file in files], as_of=day, calendar=calendar, workers=1)
    assert streamed is not None
    for report in (*reports, streamed):
        counts = {str(verdict): number for verdict, number in report.tally if number}
        assert counts == wanted
    named = [[(one.subject.id, one.verdict) for one in report.findings] for report in (*reports, streamed)]
    assert named[0] == named[1] == named[2]
