"""Mutants: one change each, said in words, and killed exactly where a case tells the two rules apart."""

from datetime import date
from decimal import Decimal

from guiju.diagnostics.source import Source
from guiju.dsl.ir.tree import And, Compare, Const, In, Not, Or, Param, Parameter, ParamValue, Quant, QuantKind, Rule
from guiju.terms.tongue import Both
from guiju.terms.types import IntT, MoneyT, TextT
from guiju.validators.explain.phrases import Names
from guiju.validators.testing.cases import read_cases
from guiju.validators.testing.coverage import Proof, prove
from guiju.validators.testing.mutants import Mutant, mutants_of
from tests.unit.validators.build import CALENDAR, VOCABULARY, Rules, exception, given, item, items, num, read, rule

NAMES = Names(VOCABULARY, {0: "dataset"})


def mutants(one: Rule, *parameters: Parameter) -> list[Mutant]:
    return list(mutants_of(one, NAMES, parameters))


def requirements(one: Rule) -> list[object]:
    return [mutant.rule.requirement for mutant in mutants(one)]


def proof(text: str, one: Rule, *parameters: Parameter) -> Proof:
    file, _ = read_cases(Source("t.cases.yaml", text))
    assert file is not None
    return prove(file, Rules(rules=(one,), vocabulary=VOCABULARY, parameters=parameters), CALENDAR)


def test_every_mutant_differs_from_its_rule() -> None:
    whole = And((given("cycle"), Or((Compare("≥", read("count"), num(5)), Not(given("code"))))))
    one = rule(whole, applies=given("name"), exceptions=(exception(given("day")),))
    found = mutants(one)
    assert len(found) > 12 and all(mutant.rule != one for mutant in found)


def test_a_comparison_is_moved_over_its_bound_and_turned_about() -> None:
    found = requirements(rule(Compare("≥", read("count"), num(5))))
    assert Compare(">", read("count"), num(5)) in found
    assert Compare("<", read("count"), num(5)) in found
    assert Compare("≥", read("count"), num(4)) in found and Compare("≥", read("count"), num(6)) in found


def test_a_bound_moves_by_the_last_place_in_which_it_is_written() -> None:
    found = requirements(rule(Compare("≤", read("cost"), Const(Decimal("800000"), MoneyT()))))
    bounds = {one.right.value for one in found if isinstance(one, Compare) and isinstance(one.right, Const)}
    assert bounds == {Decimal("800000"), Decimal("700000"), Decimal("900000")}


def test_connectives_are_exchanged_and_lose_each_argument() -> None:
    found = requirements(rule(And((given("cycle"), given("code")))))
    assert Or((given("cycle"), given("code"))) in found
    assert given("cycle") in found and given("code") in found


def test_a_set_loses_each_of_its_members() -> None:
    options = tuple(Const(text, TextT()) for text in "abc")
    found = requirements(rule(In(read("code"), options)))
    assert [len(one.options) for one in found if isinstance(one, In)] == [2, 2, 2]


def test_what_is_negated_is_not_negated_twice() -> None:
    found = requirements(rule(Not(In(read("code"), (Const("a", TextT()),)))))
    assert found == [In(read("code"), (Const("a", TextT()),))]


def test_a_quantifier_changes_its_kind_and_its_count() -> None:
    found = requirements(rule(Quant(QuantKind.AT_LEAST, 2, 1, items(), Compare(">", item("size"), num(1)))))
    kinds = {(one.kind, one.count) for one in found if isinstance(one, Quant)}
    assert {(QuantKind.AT_MOST, 2), (QuantKind.AT_LEAST, 1), (QuantKind.AT_LEAST, 3)} <= kinds


def test_a_parameter_is_moved_at_each_of_its_days() -> None:
    values = (ParamValue(value=5, start=None, end=date(2025, 1, 1)), ParamValue(value=7, start=date(2025, 1, 2), end=None))
    limit = Parameter(id="limit", name=Both("上限", "limit"), type=IntT(), values=values)
    found = [one for one in mutants(rule(Compare("≤", read("count"), Param("limit", IntT()))), limit) if one.parameters]
    assert [[value.value for value in one.parameters[0].values] for one in found] == [[4, 6], [6, 8]]
    text = "rule: r\ncases:\n  - 七: {given: {次数: 7}, want: pass}\n  - 八: {given: {次数: 8}, want: fail}\n"
    made = proof(text, rule(Compare("≤", read("count"), Param("limit", IntT()))), limit)
    assert made.ok and made.survivors == ()


def test_a_condition_and_an_exception_are_left_out_in_turn() -> None:
    one = rule(given("code"), applies=given("cycle"), exceptions=(exception(given("day")),))
    assert any(mutant.rule.applies is None for mutant in mutants(one))
    assert any(mutant.rule.exceptions == () for mutant in mutants(one))


def test_a_mutant_survives_until_a_case_stands_on_the_bound() -> None:
    one = rule(Compare("≥", read("count"), num(5)))
    loose = "rule: r\ncases:\n  - 多: {given: {次数: 9}, want: pass}\n  - 少: {given: {次数: 1}, want: fail}\n"
    tight = loose + "  - 正好: {given: {次数: 5}, want: pass}\n  - 差一: {given: {次数: 4}, want: fail}\n"
    assert len(proof(loose, one).survivors) == 3
    assert proof(tight, one).survivors == ()


def test_a_survivor_says_what_became_what() -> None:
    one = rule(Compare("≥", read("count"), num(5)))
    (said, *_) = [mutant.words for mutant in mutants(one)]
    assert said.zh == "应当：“次数不少于 5”改成“次数超过 5”"
    assert said.en == 'shall: "the count is at least 5" becomes "the count is more than 5"'


def test_a_case_that_does_not_hold_kills_nothing() -> None:
    one = rule(Compare("≥", read("count"), num(5)))
    made = proof("rule: r\ncases:\n  - 错: {given: {次数: 9}, want: fail}\n", one)
    assert not made.ok and made.killed == 0


def test_versions_are_weighed_by_the_cases_of_their_own_days() -> None:
    old = rule(Compare("≥", read("count"), num(5)), version="1", end=date(2025, 7, 31))
    new = rule(Compare("≥", read("count"), num(9)), version="2", start=date(2025, 8, 1))
    file, _ = read_cases(Source("t.cases.yaml", "rule: r\ncases:\n  - 新: {given: {次数: 9}, want: pass}\n"))
    assert file is not None
    made = prove(file, Rules(rules=(old, new), vocabulary=VOCABULARY), CALENDAR)
    assert {mutant.mutant.rule.version for mutant in made.tried} == {"2"}
