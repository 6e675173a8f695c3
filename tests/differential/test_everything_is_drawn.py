"""What the engines are held equal on is all of the language: a builtin, an operator or a node that is never drawn fails here."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from guiju.dsl.builtins import AGGREGATES, BUILTINS
from guiju.dsl.ir import tree as ir
from tests.differential.strategies import SORTS, Drawn, rulesets

# What a rule across records is, which is drawn with `looking` or proved by conformance; and what no engine meets, because
# terms and tables are put in the place of their uses.
ELSEWHERE = {"Members", "Corpus", "TermUse", "TableUse"}


@cache
def drawn() -> dict[str, set[str]]:
    """The nodes that were drawn, and what each was of."""
    found: dict[str, set[str]] = defaultdict(set)

    @given(st.one_of(rulesets(), rulesets(computing=True)))
    @seed(34)
    @settings(max_examples=400, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=False)
    def draw(rules: Drawn) -> None:
        for rule in rules.rules:
            for part in (rule.requirement, rule.applies, *rule.exceptions):
                for node in nodes(part):
                    found[type(node).__name__].update(str(value) for value in (_of(node),) if value is not None)

    draw()
    return found


def nodes(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for one in value:
            yield from nodes(one)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from nodes(getattr(value, field.name))


def _of(node: Any) -> Any:
    """Which operator, function or kind it is."""
    return next((getattr(node, name) for name in ("fn", "op", "kind", "how") if hasattr(node, name)), None)


def test_every_builtin_is_drawn() -> None:
    assert set(BUILTINS) - drawn()["Call"] == set()


def test_every_sort_of_a_parameter_has_types_to_draw() -> None:
    assert {sort for one in BUILTINS.values() for sort in (*one.takes, one.gives)} <= set(SORTS)


def test_every_aggregate_is_drawn() -> None:
    assert set(AGGREGATES) - drawn()["Fold"] == set()


def test_every_operator_is_drawn() -> None:
    assert drawn()["Arith"] == set("+-*/")
    assert drawn()["Compare"] == set("=≠<≤>≥")
    assert set(map(str, ir.QuantKind)) - drawn()["Quant"] == set()


def test_every_node_of_the_intermediate_form_is_drawn() -> None:
    wanted = {one.__name__ for one in (*get_args(ir.Expr), *get_args(ir.Source))}
    assert wanted - set(drawn()) - ELSEWHERE == set()
