"""Every answer of the solver is that of listing all documents: for rules drawn at random over a shape whose documents can be listed."""

import os
from random import Random
from typing import Any

import pytest

from guiju.dsl.ir import tree as ir
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load import load_calendar
from guiju.terms.types import ListT, RecordT
from guiju.terms.verdict import Verdict
from tests.proofs.small_worlds import DAY, DOMAINS, TEXTS, VOCABULARY, documents, draw_rule, read_fields

z3 = pytest.importorskip("z3")

from guiju.proofs.encoding.documents import Bounds, World  # noqa: E402
from guiju.proofs.encoding.logic import any_of  # noqa: E402
from guiju.proofs.questions import Setting, prepared  # noqa: E402
from guiju.proofs.replay import as_records, judged  # noqa: E402
from guiju.proofs.solver import Answer  # noqa: E402
from guiju.proofs.written import Documents, written  # noqa: E402

SIZE = int(os.environ.get("GUIJU_SIZE", "40"))
_VERDICTS = {
    "passed": Verdict.PASS, "failed": Verdict.FAIL, "not_applicable": Verdict.NOT_APPLICABLE, "undetermined": Verdict.UNDETERMINED,
    "error": Verdict.ERROR,
}  # fmt: skip


def ruleset_of(*rules: ir.Rule) -> Ruleset:
    return Ruleset(
        rules=rules, judged=(), parameters=(), vocabulary=VOCABULARY, frameworks=(), terms=(), language_version="1.0", registry_date=DAY,
        registry_digest="", sources=(),
    )  # fmt: skip


def listed(rule: ir.Rule) -> set[Verdict]:
    """The verdicts that the rule has on any document."""
    found = set()
    for value in documents(read_fields(rule)):
        records = as_records(Documents({"thing": [value]}))
        [(_, _, verdict)] = judged([rule], ruleset_of(rule), records, DAY, load_calendar())[rule.id]
        found.add(verdict)
    return found


def within_domains(world: World) -> list[Any]:
    """That documents are of those that are listed."""
    asked: list[Any] = []
    for node in world.nodes:
        name = node.path[-1] if node.path else ""
        if name in DOMAINS and node.term is not None:
            asked.append(any_of(*(node.term == getattr(one, "toordinal", lambda one=one: one)() for one in DOMAINS[name])))
        if name == "text":
            asked.append(any_of(*(node.term == world.texts.atom(one) for one in TEXTS)))
        if isinstance(node.type, ListT | RecordT) or len(node.path) < 3:
            continue
        from guiju.terms.fact import State

        asked.append(any_of(node.state(State.VALUE), node.state(State.ABSENT)))
    return [one for one in asked if one is not True]


@pytest.mark.parametrize("seed", range(SIZE))
def test_the_solver_finds_the_verdicts_that_listing_finds(seed: int) -> None:
    rule = draw_rule(Random(seed))
    setting = Setting(ruleset_of(rule), DAY, load_calendar(), near=False)
    ready = prepared(rule, setting, bounds=Bounds(2, 1))
    [(_, verdicts)] = ready.subjects
    domain = within_domains(ready.world)
    ready.solver.add(ready.world.records("thing")[0][1], *domain)
    found = set()
    for name, verdict in _VERDICTS.items():
        answer = ready.solver.check([getattr(verdicts, name)])
        assert answer.answer is not Answer.UNKNOWN
        if answer.answer is Answer.YES:
            found.add(verdict)
            shown = as_records(written(ready.world, answer, {}))
            seen = judged([rule], setting.ruleset, shown, DAY, setting.calendar)[rule.id]
            assert [one for _, _, one in seen] == [verdict], shown
    assert found == listed(rule)
