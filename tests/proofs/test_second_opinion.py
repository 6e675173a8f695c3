"""Another solver is asked the same and answers the same: the planted questions, in SMT-LIB, to cvc5."""

import pytest

from tests.proofs.test_planted import CONTRADICTIONS, DAY, INFEASIBLE, rules_of, written

cvc5 = pytest.importorskip("cvc5")
z3 = pytest.importorskip("z3")

from guiju.proofs.questions import prepared  # noqa: E402
from guiju.proofs.solver import Answer  # noqa: E402


def opinion(solver: "z3.Solver") -> str:
    """What cvc5 says of the assertions of a solver."""
    text = "(set-logic ALL)\n" + solver.to_smt2()
    other = cvc5.Solver()
    other.setOption("tlimit-per", "20000")
    parser = cvc5.InputParser(other)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "question.smt2")
    symbols = parser.getSymbolManager()
    said = ""
    while not (command := parser.nextCommand()).isNull():
        said += command.invoke(other, symbols)
    return said.strip().splitlines()[-1]


@pytest.mark.parametrize("requirement", [*CONTRADICTIONS[:8], *(rules[0] for rules, _ in INFEASIBLE[4:7])])
@pytest.mark.parametrize("attribute", ["passed", "failed"])
def test_cvc5_agrees(requirement: str, attribute: str) -> None:
    made, setting = written((requirement,))
    ready = prepared(rules_of(made)[0], setting)
    [(_, verdicts), *_] = ready.subjects
    formula = getattr(verdicts, attribute)
    found = ready.solver.check([formula])
    assert found.answer in (Answer.YES, Answer.NO)
    second = z3.Solver()
    second.add(*ready.solver.solver.assertions(), *(one for one in ready.world.constraints if one is not True), formula)
    assert opinion(second) == {Answer.YES: "sat", Answer.NO: "unsat"}[found.answer]
    assert setting.as_of == DAY
