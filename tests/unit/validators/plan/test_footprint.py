"""What a rule asks of the records, found by walking only where expressions can stand, against a walk that looks everywhere."""

import os
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args

import pytest

from guiju.dsl.ir.tree import Corpus, Expr, Param, Quant, Read
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import memo_of, read_rules, shipped_rules
from guiju.validators.plan.footprint import Cost, children, expressions, uses_parameter, walk
from guiju.validators.plan.from_ruleset import plan


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    found = read_rules((shipped_rules(),), memo_of(dict(os.environ))).ruleset
    assert found is not None
    return found


def _everywhere(value: Any) -> Iterator[Any]:
    """The nearest expressions in anything at all."""
    if isinstance(value, Expr):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _everywhere(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _everywhere(getattr(value, one.name))


def _below(node: Any) -> list[Any]:
    return [one for field in fields(node) for one in _everywhere(getattr(node, field.name))]


def _all(node: Any) -> Iterator[Any]:
    yield node
    for one in _below(node):
        yield from _all(one)


def test_a_walk_misses_nothing_and_keeps_the_order(ruleset: Ruleset) -> None:
    roots = [root for rule in ruleset.rules for root in expressions(rule)]
    met = {type(node) for root in roots for node in walk(root)}
    assert len(met) > 15 and met <= set(get_args(Expr))
    asking = [rule for rule in ruleset.rules if uses_parameter(rule)]
    assert (
        asking
        == [rule for rule in ruleset.rules if any(isinstance(node, Param) for root in expressions(rule) for node in _all(root))]
        != []
    )
    for root in roots:
        assert list(walk(root)) == list(_all(root))
        for node in walk(root):
            assert list(children(node)) == _below(node)


def test_what_a_plan_reads_and_searches_is_that_of_its_rules_in_force(ruleset: Ruleset) -> None:
    made = plan(ruleset, as_of=date(2026, 6, 30))
    reads = dict(made.reads)
    for one in made.rules:
        nodes = [node for root in expressions(one.rule) for node in walk(root)]
        own = {node.path[0] for node in nodes if isinstance(node, Read) and node.var == 0 and node.path and not one.rule.subject.path}
        corpora = {node.source.shape for node in nodes if isinstance(node, Quant) and isinstance(node.source, Corpus)}
        assert corpora <= {join.shape for join in one.joins} and (not corpora or one.cost in (Cost.CATALOG, Cost.POWER))
        assert own <= set(dict(one.reads).get(one.rule.subject.shape, ()))
        if one.active:
            assert set(one.joins) <= set(made.joins)
            assert all(set(names) <= set(reads[shape]) for shape, names in one.reads)
    assert any(one.unique for one in made.rules) and any(not one.active for one in made.rules)
