"""Lowered rules hold no terms and no tables, and mean what they meant."""

from dataclasses import replace

import pytest

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.print import print_expr, print_rule
from guiju.dsl.ir.verify import BrokenInvariant, verify
from guiju.terms.types import TextT
from tests.check import compiled, requirement_of
from tests.unit.dsl.model.given import GIVEN, probe


def lowered(declarations: str, requirement: str, subject: str = "数据集") -> str:
    """The requirement, written out."""
    text = probe(requirement, subject) + "  允许     逐项对照，因为 清单都短\n"
    return print_expr(requirement_of(text.replace("规则 试", declarations + "规则 试"), "probe"))


TERM = "术语 有敏感项 / has_sensitive 对象 数据集\n  是指 存在 信息项 满足 (敏感)\n"


def test_a_term_is_written_out_with_its_binders_after_those_of_the_rule() -> None:
    assert lowered(TERM, "有敏感项") == "(some $1 of $0.items (truthy $1.sensitive))"
    assert lowered(TERM, "每个 信息项 满足 (有敏感项)") == "(every $1 of $0.items (some $2 of $0.items (truthy $2.sensitive)))"
    assert lowered(TERM, "有敏感项", "信息项 于 数据集") == "(some $2 of $1.items (truthy $2.sensitive))"


def test_a_term_of_terms_is_written_out_to_the_bottom() -> None:
    more = TERM + "术语 双 / both 对象 数据集\n  是指 有敏感项 且 名称 已提供\n"
    assert lowered(more, "双") == "(and (some $1 of $0.items (truthy $1.sensitive)) (is value|unreadable $0.name))"


def test_a_table_becomes_conditionals_and_is_unknown_where_no_row_fits() -> None:
    table = '决策表 表 / tab\n  条件 频率 文本\n  结果 份 整数\n  "1" → 1\n  {"2", "3"} → 2\n'
    rows = '(if (= $0.name "1") 1 (if (in {"2", "3"} $0.name) 2 %s))'
    assert lowered(table, "表(名称) ≥ 1") == f"(≥ {rows % '(no_row $0.name)'} 1)"
    assert lowered(table + "  其他 → 9\n", "表(名称) ≥ 1") == f"(≥ {rows % '9'} 1)"


def test_verify_refuses_what_no_pass_may_leave_behind() -> None:
    (rule,) = [one for one in compiled(probe("名称 已提供")).rules if one.id == "draft.probe"]

    for bad in (
        ir.TermUse("t", 0, TextT()),
        ir.Read(0, ("name",), TextT()),
        ir.Is(ir.Read(4, ("name",), TextT()), ()),
        ir.And((rule.requirement,)),
    ):
        with pytest.raises(BrokenInvariant):
            verify((replace(rule, requirement=bad),))


def test_a_rule_prints_its_subject_days_and_parts() -> None:
    text = (
        GIVEN
        + "规则 试 / probe\n  状态 草案\n  对象 数据集 在 数据集\n  适用 已延期\n  应当 名称 唯一\n  除外 小 当 总投资 < 1万元 则 名称 已提供\n  自 2020-01-01\n"
    )
    (rule,) = [one for one in compiled(text).rules if one.id == "draft.probe"]
    assert print_rule(rule) == (
        "rule draft.probe v1 [2020-01-01..] draft minor\n  subject dataset in dataset\n  applies\n    (truthy $0.extended)\n"
        "  except 小\n    (< $0.total_cost 10000)\n    instead\n    (is value|unreadable $0.name)\n  shall\n    (unique $0.name)\n"
    )
