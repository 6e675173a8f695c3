"""Finds what would turn a verdict: each condition that, had it come out otherwise, would have changed what the rule says."""

from dataclasses import dataclass

from guiju.catalog.place import Place
from guiju.dsl.ir.tree import Expr
from guiju.terms.tongue import Both
from guiju.terms.verdict import Truth, Verdict
from guiju.validators.blame import reads_under
from guiju.validators.engines.engine import Observation
from guiju.validators.engines.interpreter.run import Runner
from guiju.validators.engines.interpreter.values import Fault
from guiju.validators.explain import names_of
from guiju.validators.mutants import part_words
from guiju.validators.naming import Namer
from guiju.validators.probing import OTHERS, again, leaves
from guiju.validators.values_in_words import both
from guiju.validators.words import phrase

__all__ = ["MOST_TURNS", "Turn", "turns_of"]

MOST_TURNS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A condition, what it came to, what it would have to come to, and the verdict that would follow."""

    part: Both
    says: Both
    truth: Truth
    other: Truth
    verdict: Verdict
    places: tuple[Place, ...] = ()


def turns_of(observation: Observation, runner: Runner, namer: Namer) -> tuple[tuple[Turn, ...], int]:
    """The first `MOST_TURNS` of them in the order of the rule, and how many more there are."""
    world = runner.world
    rule = world.plan.rules[observation.rule].rule
    names = names_of(runner.evaluator(observation.rule, observation.subject))
    said: dict[int, tuple[Both, Both]] = {}
    watched: list[Expr] = []
    for part, expr, _ in part_words(rule):
        for leaf, inner in leaves(expr, names):
            watched.append(leaf)
            said.setdefault(id(leaf), (part, both(lambda tongue, leaf=leaf, inner=inner: phrase(leaf, inner, tongue))))  # type: ignore[misc]
    _, seen = again(world, observation, tuple(watched), {})
    found: list[Turn] = []
    more = 0
    for key, (leaf, scope, outcome) in seen.seen.items():
        if isinstance(outcome, Fault):
            continue
        for other in OTHERS.get(outcome.truth, ()):
            turned, _ = again(world, observation, tuple(watched), {key: other})
            if turned.verdict is observation.verdict:
                continue
            if len(found) >= MOST_TURNS:
                more += 1
                continue
            part, says = said[id(leaf)]
            spots = [seen.evaluator(observation.rule, observation.subject).node(read, scope).spot for read in reads_under(leaf, scope)]
            places = tuple(dict.fromkeys(namer.place(spot) for spot in spots))
            found.append(Turn(part=part, says=says, truth=outcome.truth, other=other, verdict=turned.verdict, places=places))
    return tuple(found), more
