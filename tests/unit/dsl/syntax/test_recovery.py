"""Each mistake gives its one code at its smallest place, and mending it silences the parser."""

import pytest

from guiju.diagnostics.codes.syntax import CODES
from guiju.diagnostics.source import Source
from guiju.dsl.syntax.from_text import MAX_SIZE, parse
from guiju.terms.tongue import Tongue

RULE = "规则 甲 / a\n  对象 数据集\n"

# Code, the guilty text, the words under the caret, the mended text.
CASES: tuple[tuple[str, str, str, str], ...] = (
    ("S001", "规贝 甲\n  应当 乙 已提供\n", "规贝", "规则 甲\n  应当 乙 已提供\n"),
    ("S002", RULE + "  严重程 阻断\n", "严重程", RULE + "  严重程度 阻断\n"),
    ("S003", "规则\n  应当 乙 已提供\n", "", "规则 甲\n  应当 乙 已提供\n"),
    ("S004", RULE + "  应当 名称 已提供 且\n", "", RULE + "  应当 名称 已提供 且 摘要 已提供\n"),
    ("S005", RULE + "  应当 名称 已提拱\n", "已提拱", RULE + "  应当 名称 已提供\n"),
    ("S005", "对象 甲 / a\n  价 price 金额 通常 很多\n", "很多", "对象 甲 / a\n  价 price 金额 通常 1 元 至 2 元\n"),
    ("S005", "对象 甲 / a\n  价 price 金额 通常 1 元 到 2 元\n", "到", "对象 甲 / a\n  价 price 金额 通常 1 元 至 2 元\n"),
    ("S006", RULE + "  应当 (名称 已提供\n", "(", RULE + "  应当 (名称 已提供)\n"),
    ("S007", RULE + "  应当 名称 已提供)\n", ")", RULE + "  应当 名称 已提供\n"),
    ("S008", RULE + '  应当 名称 = "甲\n', '"', RULE + '  应当 名称 = "甲"\n'),
    ("S009", RULE + "  应当 「名 称 已提供\n", "「", RULE + "  应当 「名 称」 已提供\n"),
    ("S010", RULE + "  应当 名称 已提供 ？\n", "？", RULE + "  应当 名称 已提供\n"),
    ("S011", RULE + "  应当 日期 ≤ 2025-13-01\n", "2025-13-01", RULE + "  应当 日期 ≤ 2025-12-01\n"),
    ("S012", RULE + "  应当 日期 ≤ 2025/8/1\n", "2025/8/1", RULE + "  应当 日期 ≤ 2025-08-01\n"),
    ("S013", RULE + "  应当 投资 ≥ 1,000萬塊\n", "萬塊", RULE + "  应当 投资 ≥ 1,000 元\n"),
    ("S014", RULE + "  应当 1 < 数 < 3\n", "<", RULE + "  应当 1 < 数 且 数 < 3\n"),
    ("S015", RULE + "  除外 例外 名称 已提供\n", "名称", RULE + "  除外 例外 当 名称 已提供\n"),
    ("S016", RULE + "  应当 真 = 非 假\n", "非", RULE + "  应当 真 = (非 假)\n"),
    ("S017", RULE + "  应当 每个 项 满足 名称 已提供\n", "名称", RULE + "  应当 每个 项 满足 (名称 已提供)\n"),
    ("S018", RULE + "应当 名称 已提供\n", "应当", RULE + "  应当 名称 已提供\n"),
    ("S019", RULE.replace("规则", "  规则"), "规则", RULE),
    ("S020", RULE + "  应当 数 => 3\n", "=>", RULE + "  应当 数 >= 3\n"),
    ("S021", RULE + "  必须 名称 已提供\n", "必须", RULE + "  应当 名称 已提供\n"),
    ("S022", RULE + "  应当 名称 = ‘甲’\n", "‘", RULE + "  应当 名称 = “甲”\n"),
    ("S023", RULE + "  应当名称 已提供\n", "应当", RULE + "  应当 名称 已提供\n"),
    ("S024", RULE + "  应当 类 属于 {甲, 乙 等}\n", "等", RULE + "  应当 类 属于 {甲, 乙}\n"),
    ("S025", "规则 甲\n\t应当 名称 已提供\n", "\t", "规则 甲\n  应当 名称 已提供\n"),
    ("S026", RULE + "  应当 名称 已提供。\n", "。", RULE + "  应当 名称 已提供\n"),
    ("S027", "对象 甲 / a\n  名称 name 必填 必填\n  名称\n", "", "对象 甲 / a\n  名称 文本\n"),
    ("S028", "对象 甲 / a\n  名称 name 文本 必须填\n", "必须填", "对象 甲 / a\n  名称 name 文本 必填\n"),
    ("S029", RULE + "  自 明天\n", "自", RULE + "  自 2025-08-01\n"),
    ("S030", "规则 甲 乙\n  应当 名称 已提供\n", "乙", "规则 「甲 乙」\n  应当 名称 已提供\n"),
    ("S031", RULE + "  整改\n", "整改", RULE + "  整改 写明。\n"),
    ("S032", RULE + "模块 乙 / b\n", "模块", "模块 乙 / b\n" + RULE),
    ("S033", RULE + "  应当 " + "(" * 60 + "数" + ")" * 60 + " = 1\n", "(", RULE + "  应当 数 = 1\n"),
    ("S034", "#" * (MAX_SIZE + 1), "", "# 短\n"),
    ("S035", "规则 a / 甲\n  应当 名称 已提供\n", "a / 甲", "规则 甲 / a\n  应当 名称 已提供\n"),
    ("S036", "词表 甲 / a\n  无条件 / unconditional\n", "无条件", "词表 甲 / a\n  1 无条件 / unconditional\n"),
    ("S037", '决策表 甲 / a\n  条件 乙 文本\n  结果 丙 数\n  "1" 2\n', "2", '决策表 甲 / a\n  条件 乙 文本\n  结果 丙 数\n  "1" → 2\n'),
    ("S038", RULE + "  应当 类 属于 {}\n", "{}", RULE + "  应当 类 属于 {甲}\n"),
    ("S039", RULE + "  应当 数 > " + "9" * 41 + "\n", "9" * 41, RULE + "  应当 数 > 9\n"),
    ("S040", RULE + '  应当 名称 = "a\\d"\n', "\\d", RULE + '  应当 名称 = "a\\\\d"\n'),
    ("S041", RULE + "  应当 人\u200b数 ≥ 5\n", "\u200b", RULE + "  应当 人数 ≥ 5\n"),
    ("S042", RULE + "      应当 人数 ≥ 5\n", "应当", RULE + "  应当 人数 ≥ 5\n"),
    ("S043", RULE + "  应当 预付款 ≤ 合同金额 30%\n", "30", RULE + "  应当 预付款 ≤ 合同金额 × 30%\n"),
    ("S044", RULE + "  （一）应当 人数 ≥ 5\n", "（一）", RULE + "  应当 人数 ≥ 5\n"),
    ("S045", "对象 甲 / a\n  合同 金额 total 金额\n", "合同 金额", "对象 甲 / a\n  「合同 金额」 total 金额\n"),
)


@pytest.mark.parametrize(("code", "guilty", "under", "mended"), CASES, ids=[case[0] for case in CASES])
def test_a_mistake_gives_its_code_once_at_its_place(code: str, guilty: str, under: str, mended: str) -> None:
    _, found = parse(Source("x.gj", guilty))
    assert [each.code for each in found] == [code], [each.headline(Tongue.EN) for each in found]
    assert guilty[found[0].span.start : found[0].span.end] == under


@pytest.mark.parametrize(("code", "guilty", "under", "mended"), CASES, ids=[case[0] for case in CASES])
def test_the_mended_text_is_silent(code: str, guilty: str, under: str, mended: str) -> None:
    assert not parse(Source("x.gj", mended))[1]


def test_every_code_of_the_phase_has_a_case() -> None:
    assert {case[0] for case in CASES} == {code.code for code in CODES}


@pytest.mark.parametrize(("code", "guilty", "under", "mended"), CASES, ids=[case[0] for case in CASES])
def test_a_safe_mend_silences_its_complaint(code: str, guilty: str, under: str, mended: str) -> None:
    fix = parse(Source("x.gj", guilty))[1][0].fix
    if fix is None:
        return
    text = guilty
    for edit in sorted(fix.edits, key=lambda each: -each.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert not [each for each in parse(Source("x.gj", text))[1] if each.code == code]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("名称 为空", "名称 未提供"),
        ("名称 不为空", "名称 已提供"),
        ("数 大于等于 3", "数 ≥ 3"),
        ("数 == 3", "数 = 3"),
        ("a 已提供 && b 已提供", "a 已提供 且 b 已提供"),
        ("a || b", "a 或 b"),
        ("名称 is not null", "名称 已提供"),
    ],
)
def test_a_known_slip_is_read_as_what_was_meant(wrong: str, right: str) -> None:
    from guiju.dsl.syntax.print.file import print_file

    slipped, found = parse(Source("x.gj", f"{RULE}  应当 {wrong}\n"))
    assert [each.code for each in found] == ["S020"]
    assert print_file(slipped) == print_file(parse(Source("x.gj", f"{RULE}  应当 {right}\n"))[0])


def test_ten_mistakes_in_a_file_give_ten_messages() -> None:
    places = ("S002", "S004", "S006", "S008", "S011", "S014", "S020", "S021", "S026", "S031")
    text = "\n".join(next(case[1] for case in CASES if case[0] == code) for code in places)
    assert [each.code for each in parse(Source("x.gj", text))[1]] == list(places)


def test_several_mistakes_of_one_declaration_are_each_reported() -> None:
    text = RULE + "  必须 名称 为空\n  适用 (甲\n  自 明天\n  整改\n  严重程 阻断\n"
    assert [each.code for each in parse(Source("x.gj", text))[1]] == ["S021", "S020", "S006", "S029", "S031", "S002"]
