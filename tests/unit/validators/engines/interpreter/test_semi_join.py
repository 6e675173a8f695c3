"""Large groups: the quick answers are those of the plain evaluator, element for element, and cost nothing for each member."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.dsl.ir.tree import And, Compare, Const, Corpus, Expr, Is, Match, Quant, QuantKind, Read
from guiju.terms.types import IntT, TextT
from guiju.terms.verdict import Truth
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.interpreter.semi_join import find_witnesses
from guiju.validators.engines.interpreter.values import Fault, Holds
from tests.unit.validators.build import CALENDAR, GIVEN, planned, records, rule

NAME, OWN = Read(1, ("name",), TextT()), Read(0, ("name",), TextT())
COUNT, OWN_COUNT = Read(1, ("count",), IntT()), Read(0, ("count",), IntT())
PEERS = Corpus(shape="dataset", keys=((("cycle",), Read(0, ("cycle",), TextT())),))
ENDS = Match(NAME, ".*[0-9]", True)
BODIES: tuple[Expr, ...] = (
    ENDS,
    And((ENDS, Compare("≠", NAME, OWN))),
    And((Compare("=", OWN, NAME), Is(COUNT, GIVEN))),
    And((Is(COUNT, GIVEN), Compare("≠", COUNT, OWN_COUNT))),
    Compare("≠", COUNT, OWN_COUNT),
    And((Compare(">", COUNT, Const(1, IntT())), Compare("≠", NAME, OWN))),
    And((Compare("≠", NAME, OWN), Compare("<", COUNT, OWN_COUNT))),
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"cycle": st.sampled_from(["甲", "甲", "甲", "甲", "乙", None])},
        optional={"name": st.sampled_from(["a1", "a1", "b", "c2"]), "count": st.sampled_from([1, 2, "2", "很多"])},
    ),
    min_size=40,
    max_size=70,
)


def _runner(rows: list[dict[str, Any]], body: Expr, kind: QuantKind, *, quick: bool) -> tuple[Runner, Quant]:
    asked = Quant(kind, 0, 1, PEERS, body)
    return Runner(RecordStore(planned(rule(asked)), records(*rows), CALENDAR), quick=quick), asked


@pytest.mark.parametrize("kind", [QuantKind.SOME, QuantKind.NO])
@pytest.mark.parametrize("body", BODIES)
@settings(deadline=None, max_examples=15)
@given(rows=ROWS)
def test_a_quick_runner_sees_what_the_plain_one_sees(kind: QuantKind, body: Expr, rows: list[dict[str, Any]]) -> None:
    plain, _ = _runner(rows, body, kind, quick=False)
    quick, _ = _runner(rows, body, kind, quick=True)
    assert list(quick.of_rule(0)) == list(plain.of_rule(0))


@pytest.mark.parametrize("body", BODIES)
@settings(deadline=None, max_examples=15)
@given(rows=ROWS, most=st.integers(0, 80))
def test_the_witnesses_are_the_first_on_which_the_body_is_true(body: Expr, rows: list[dict[str, Any]], most: int) -> None:
    runner, asked = _runner(rows, body, QuantKind.SOME, quick=True)
    for subject in runner.world.subjects(runner.world.plan.rules[0].rule.subject):
        evaluator = runner.evaluator(0, subject)
        found = find_witnesses(evaluator, asked, evaluator.scope, most)
        judged = evaluator.bodies(asked, evaluator.scope)
        if found is None or isinstance(judged, Fault):
            continue
        true = [node.record for node, one in judged if isinstance(one, Holds) and one.truth is Truth.T]
        assert [node.record for node in found.first] == true[:most]
        assert (found.count, found.total) == (len(true), len(judged))


def test_a_member_more_does_not_make_each_answer_dearer() -> None:
    def asked(number: int) -> int:
        rows = [{"cycle": "甲", "name": f"表{at}", "count": at} for at in range(number)]
        runner, quant = _runner(rows, BODIES[1], QuantKind.SOME, quick=True)
        evaluator = runner.evaluator(0, next(iter(runner.world.subjects(runner.world.plan.rules[0].rule.subject))))
        find_witnesses(evaluator, quant, evaluator.scope, 20)
        calls = 0
        plain = type(evaluator).holds

        class Counted(type(evaluator)):  # type: ignore[misc]
            def holds(self, expr: Expr, scope: Any) -> Any:
                nonlocal calls
                calls += 1
                return plain(self, expr, scope)

        evaluator.__class__ = Counted
        evaluator.holds(quant, evaluator.scope)
        find_witnesses(evaluator, quant, evaluator.scope, 20)
        return calls

    assert asked(400) == asked(40) < 10
