"""Of rules a form takes what a spreadsheet can judge, and never the contrary of what they say."""

from datetime import date
from pathlib import Path

from guiju.forms.template.simple_checks import Bound, FieldRules, LengthBound, Order, field_rules
from guiju.pipeline import memo_of, read_rules
from guiju.terms.tongue import Tongue

_DAY = date(2026, 3, 1)
_SHAPE = """\
对象 表 / sheet
  名称 name 文本 主键
  费用 fee 金额
  件数 count 整数
  始 start_day 日期
  终 end_day 日期

"""


def _rules(folder: Path, *bodies: str) -> dict[tuple[str, ...], FieldRules]:
    file = folder / "one.gj"
    head = "  依据 政务数据共享条例 第十二条\n  对象 表\n"
    text = "".join(f"规则 试{number} / r{number}\n{head}{body}\n" for number, body in enumerate(bodies))
    file.write_text(_SHAPE + text, encoding="utf-8")
    compiled = read_rules((file,), memo_of({"GUIJU_CACHE": ""}))
    assert compiled.ruleset is not None, [one.headline(Tongue.ZH) for one in compiled.diagnostics]
    return field_rules(compiled.ruleset.rules, "sheet", (), _DAY)


def _checks(one: FieldRules) -> list[object]:
    return [check for check, _ in one.checks]


def test_what_is_forbidden_gives_its_contrary(tmp_path: Path) -> None:
    found = _rules(tmp_path, "  不得 费用 > 0 元\n", "  应当 件数 ≥ 2\n")
    assert _checks(found["fee",]) == [Bound("≤", 0)] and _checks(found["count",]) == [Bound("≥", 2)]


def test_what_may_be_asks_for_nothing(tmp_path: Path) -> None:
    assert _rules(tmp_path, "  可 件数 ≥ 2\n").get(("count",), FieldRules()).checks == ()


def test_always_and_sometimes_required_are_told_apart(tmp_path: Path) -> None:
    found = _rules(tmp_path, "  应当 费用 已提供\n", "  适用 费用 > 5 元\n  应当 件数 已提供\n")
    assert found["fee",].required and not found["count",].required and found["count",].sometimes


def test_a_check_holds_only_where_its_rule_applies(tmp_path: Path) -> None:
    found = _rules(tmp_path, "  适用 费用 > 5 元\n  应当 件数 ≥ 2\n", "  适用 终 已提供 且 始 已提供\n  应当 始 ≤ 终\n")
    assert _checks(found["count",]) == []
    assert _checks(found["start_day",]) == [Order("≤", ("end_day",))] and _checks(found["end_day",]) == [Order("≥", ("start_day",))]


def test_lengths_are_taken_and_alternatives_are_not(tmp_path: Path) -> None:
    found = _rules(tmp_path, "  应当 长度(名称) ≤ 10\n", "  应当 件数 ≥ 2 或 费用 > 1 元\n")
    assert _checks(found["name",]) == [LengthBound("≤", 10)]
    assert found.get(("count",), FieldRules()).checks == ()
