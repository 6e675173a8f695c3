"""A citation is found in the registry, in force when its rule is, and no louder than its source bears."""

from guiju.diagnostics.codes.code import Level
from guiju.dsl.ir import tree as ir
from tests.check import check, compiled, diagnostics_of
from tests.unit.dsl.model.given import GIVEN


def ruled(*parts: str) -> str:
    """A rule with these parts."""
    lines = "".join(f"  {part}\n" for part in parts)
    return f"{GIVEN}规则 试 / probe\n{lines}  对象 数据集\n  应当 名称 已提供\n  整改 改。\n"


def rule_of(*parts: str) -> ir.Rule:
    """The compiled rule."""
    return next(one for one in compiled(ruled(*parts)).rules if one.id.endswith(".probe"))


def test_an_unknown_instrument_offers_its_neighbour() -> None:
    check(ruled("依据 政务数据共享条理 第十五条"), "C001 at 政务数据共享条理 第十五条")


def test_a_clause_that_cannot_be_read_is_the_smallest_place() -> None:
    check(ruled("依据 政务数据共享条例 第甲条"), "C002 at 第甲条")


def test_an_article_beyond_the_text_is_refused() -> None:
    check(ruled("依据 政务数据共享条例 第九百条"), "C003 at 政务数据共享条例 第九百条")


def test_a_clause_that_nobody_recorded_is_a_hint_and_makes_the_rule_advisory() -> None:
    found = [one for one in diagnostics_of(ruled("依据 政务数据共享条例 第四十条第九款")) if one.code == "C009"]
    assert [one.level for one in found] == [Level.HINT]
    assert rule_of("依据 政务数据共享条例 第四十条第九款").severity == "advisory"


def test_a_rule_from_a_day_before_its_instrument_is_refused() -> None:
    check(ruled("依据 政务数据共享条例 第十五条", "自 2020-01-01"), "C004 at 政务数据共享条例 第十五条: 2020-01-01")
    check(ruled("依据 政务数据共享条例 第十五条", "自 2025-08-01"))


def test_an_instrument_of_unknown_standing_is_a_hint_and_one_in_force_is_none() -> None:
    def hints(cited: str) -> list[str]:
        return [one.code for one in diagnostics_of(ruled(f"依据 {cited}")) if one.code == "C008"]

    assert hints("武汉市新型智慧城市“十四五”规划") == ["C008"]
    assert hints("政务数据共享条例 第十五条") == []


def test_a_rule_that_cites_nothing_is_a_draft_or_refused() -> None:
    check(ruled(), "C007 at 规则")
    assert rule_of("状态 草案").id == "draft.probe"


def test_the_id_is_the_instrument_the_clause_and_the_name() -> None:
    rule = rule_of("依据 政务数据共享条例 第十五条第二款")
    assert rule.id == "SC809.15.2.probe"
    assert rule.severity == "blocking"
    assert rule.citations[0].confidence.startswith("verified")


def test_an_unverified_standard_cannot_block() -> None:
    rule = rule_of("依据 GB/T 33356-2022", "严重程度 阻断")
    assert rule.severity == "advisory"


def test_a_field_that_cites_the_clause_which_asks_for_it_gives_its_implicit_rule_that_citation() -> None:
    text = "对象 甲 / a\n  名 n 文本 必填 依据 政务数据共享条例 第十三条第二款\n  数 m 整数 必填\n"
    rules = {one.id: one for one in compiled(text).rules}
    assert rules["a.n_given"].citations[0].instrument == "SC809"
    assert rules["a.m_given"].citations == ()
    assert rules["a.m_given"].severity == "minor"
