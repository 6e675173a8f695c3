"""What grows without end when written out is refused and never a crash."""

from guiju.diagnostics.codes.code import Level
from tests.check import check, diagnostics_of
from tests.unit.dsl.model.given import GIVEN, probe


def chained(count: int, body: str) -> str:
    """Terms of terms, each using the one before."""
    first = "术语 t0 / t0 对象 数据集\n  是指 名称 已提供\n"
    return first + "".join(f"术语 t{at} / t{at} 对象 数据集\n  是指 {body.format(before=f't{at - 1}')}\n" for at in range(1, count))


def test_terms_that_double_are_refused_once() -> None:
    check(GIVEN + chained(30, "{before} 且 {before}"), "T025")


def test_a_long_chain_of_terms_is_refused_once() -> None:
    check(GIVEN + chained(400, "非 {before}"), "T025")


def test_a_long_chain_of_terms_declared_from_its_end_is_refused() -> None:
    blocks = chained(400, "非 {before}").split("术语 ")
    text = GIVEN + "".join(f"术语 {one}" for one in reversed(blocks) if one)
    found = {one.code for one in diagnostics_of(text) if one.level is Level.ERROR}
    assert found == {"T025"}


def test_a_table_has_a_bounded_number_of_rows() -> None:
    def table(rows: int) -> str:
        lines = "".join(f'  "{at}" → {at}\n' for at in range(rows))
        text = probe("表(名称) ≥ 1")
        return text.replace("规则 试", f"决策表 表 / tab\n  条件 频率 文本\n  结果 份 整数\n{lines}规则 试")

    check(table(100))
    check(table(101), 'T029 at "100" → 100')


def test_shapes_that_hold_shapes_do_not_make_endless_rules() -> None:
    text = "".join(f"对象 s{at} / s{at}\n  甲 a 若干 s{at + 1}\n  乙 b 若干 s{at + 1}\n" for at in range(40))
    check(text + "对象 s40 / s40\n  甲 a 整数 必填\n")
