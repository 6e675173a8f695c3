"""Coverage: which verdicts and conditions the cases of a rule have shown to matter."""

from guiju.diagnostics.source import Source
from guiju.dsl.ir.tree import And, Compare, Or, Quant, QuantKind, Rule
from guiju.terms.modality import Force
from guiju.terms.verdict import Truth, Verdict
from guiju.validators.testing.cases import read_cases
from guiju.validators.testing.coverage import Proof, prove
from tests.unit.validators.build import CALENDAR, VOCABULARY, Rules, exception, given, item, items, num, read, rule


def proof(cases: str, one: Rule) -> Proof:
    file, _ = read_cases(Source("t.cases.yaml", "rule: r\ncases:\n" + cases))
    assert file is not None
    found = prove(file, Rules(rules=(one,), vocabulary=VOCABULARY), CALENDAR, mutants=False)
    assert found.ok, [result.problem for result in found.results]
    return found


def shown(cases: str, one: Rule) -> list[list[Truth]]:
    return [list(condition.shown) for condition in proof(cases, one).conditions]


BIG = Compare(">", read("count"), num(5))
SMALL = Compare("<", read("ratio"), num(1))


def test_a_condition_that_another_masks_is_not_shown() -> None:
    one = rule(Or((BIG, SMALL)))
    assert shown("  - 都真: {given: {次数: 6, 比值: 0}, want: pass}\n", one) == [[], []]
    assert shown("  - 一真: {given: {次数: 6, 比值: 2}, want: pass}\n", one) == [[Truth.T], []]
    assert shown("  - 都假: {given: {次数: 1, 比值: 2}, want: fail}\n", one) == [[Truth.F], [Truth.F]]


def test_an_unknown_condition_is_shown_where_it_leaves_the_verdict_open() -> None:
    one = rule(And((BIG, SMALL)))
    assert shown("  - 开: {given: {比值: 0}, want: undetermined}\n", one)[0] == [Truth.U]
    assert shown("  - 已定: {given: {比值: 2}, want: fail}\n", one)[0] == []


def test_a_test_of_state_is_never_owed_at_unknown() -> None:
    (condition,) = proof("  - 甲: {given: {更新周期: 日}, want: pass}\n", rule(given("cycle"))).conditions
    assert condition.owed == (Truth.T, Truth.F) and condition.wanting == (Truth.F,)


def test_a_requirement_that_was_not_asked_shows_nothing() -> None:
    one = rule(BIG, applies=given("cycle"))
    assert shown("  - 不适用: {given: {次数: 6}, want: not_applicable}\n", one) == [[Truth.F], []]


def test_what_replaces_a_requirement_is_shown_in_its_place() -> None:
    one = rule(BIG, exceptions=(exception(given("cycle"), SMALL),))
    assert shown("  - 替代: {given: {更新周期: 日, 比值: 0}, want: pass}\n", one) == [[Truth.T], [Truth.T], []]


def test_a_condition_on_elements_is_shown_by_any_of_them() -> None:
    one = rule(Quant(QuantKind.EVERY, 0, 1, items(), Compare(">", item("size"), num(1))))
    assert shown("  - 两项: {given: {信息项: [{长度值: 2}, {长度值: 1}]}, want: fail}\n", one) == [[Truth.F]]
    assert shown("  - 一项: {given: {信息项: [{长度值: 2}]}, want: pass}\n", one) == [[Truth.T]]


def test_the_verdicts_wanting_are_those_that_the_rule_can_reach() -> None:
    case = "  - 甲: {given: {次数: 6}, want: pass}\n"
    assert proof(case, rule(BIG)).wanting == (Verdict.FAIL, Verdict.UNDETERMINED)
    assert proof(case, rule(BIG, force=Force.MAY)).wanting == (Verdict.UNDETERMINED,)
    assert Verdict.NOT_APPLICABLE in proof(case, rule(BIG, exceptions=(exception(given("day")),))).wanting
    assert proof("  - 甲: {given: {更新周期: 日}, want: pass}\n", rule(given("cycle"))).wanting == (Verdict.FAIL,)


def test_a_file_that_names_no_rule_has_results_and_nothing_else() -> None:
    file, _ = read_cases(Source("t.cases.yaml", "rule: no_such\ncases:\n  - 甲: {given: {}, want: pass}\n"))
    assert file is not None
    found = prove(file, Rules(rules=(rule(BIG),), vocabulary=VOCABULARY), CALENDAR)
    assert found.rule is None and not found.ok and found.tried == ()
