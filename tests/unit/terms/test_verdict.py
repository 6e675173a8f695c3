"""Every cell of the truth tables, and what follows from them."""

from itertools import product

import pytest

from guiju.terms.modality import Force, Nature
from guiju.terms.severity import Severity, default_severity
from guiju.terms.verdict import Truth, Verdict, all_, and_, any_, not_, or_

T, F, U, V = Truth.T, Truth.F, Truth.U, Truth.V

AND = {
    (T, T): T, (T, F): F, (T, U): U, (T, V): T,
    (F, T): F, (F, F): F, (F, U): F, (F, V): F,
    (U, T): U, (U, F): F, (U, U): U, (U, V): U,
    (V, T): T, (V, F): F, (V, U): U, (V, V): V,
}  # fmt: skip
OR = {
    (T, T): T, (T, F): T, (T, U): T, (T, V): T,
    (F, T): T, (F, F): F, (F, U): U, (F, V): F,
    (U, T): T, (U, F): U, (U, U): U, (U, V): U,
    (V, T): T, (V, F): F, (V, U): U, (V, V): V,
}  # fmt: skip


@pytest.mark.parametrize(("left", "right"), list(product(Truth, repeat=2)))
def test_every_cell_of_and_and_or_is_as_the_table_says(left: Truth, right: Truth) -> None:
    assert and_(left, right) is AND[left, right]
    assert or_(left, right) is OR[left, right]


def test_not_turns_only_what_is_known() -> None:
    assert [not_(value) for value in (T, F, U, V)] == [F, T, U, V]


@pytest.mark.parametrize(("a", "b", "c"), list(product(Truth, repeat=3)))
def test_the_connectives_are_associative_commutative_and_dual(a: Truth, b: Truth, c: Truth) -> None:
    assert and_(and_(a, b), c) is and_(a, and_(b, c)) is all_((a, b, c))
    assert or_(or_(a, b), c) is or_(a, or_(b, c)) is any_((a, b, c))
    assert and_(a, b) is and_(b, a) and or_(a, b) is or_(b, a)
    assert not_(and_(a, b)) is or_(not_(a), not_(b))


def test_of_nothing_at_all_both_are_vacuous() -> None:
    assert all_(()) is V
    assert any_(()) is V


def test_truth_of_no_answer_is_unknown() -> None:
    assert (Truth.of(True), Truth.of(False), Truth.of(None)) == (T, F, U)


def test_every_verdict_has_its_name_in_both_tongues() -> None:
    assert [verdict.words.zh for verdict in Verdict] == ["符合", "不符合", "不适用", "无法判定", "错误", "未生效", "豁免"]
    assert all(verdict.words.en for verdict in Verdict)


def test_a_recommended_standard_never_blocks_by_default() -> None:
    graded = [default_severity(force, Nature.RECOMMENDED, verified=True) for force in Force]
    assert max(graded) is Severity.MAJOR


def test_an_unverified_citation_never_yields_more_than_minor() -> None:
    for force, nature in product(Force, Nature):
        assert default_severity(force, nature, verified=False) <= Severity.MINOR


def test_a_mandatory_requirement_blocks_and_a_recommendation_advises() -> None:
    assert default_severity(Force.SHALL_NOT, Nature.MANDATORY, verified=True) is Severity.BLOCKING
    assert default_severity(Force.SHOULD, Nature.MANDATORY, verified=True) is Severity.ADVISORY
    assert Severity.BLOCKING > Severity.MAJOR > Severity.MINOR > Severity.ADVISORY
