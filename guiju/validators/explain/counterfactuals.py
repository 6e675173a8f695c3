"""Finds counterfactuals: the conditions of a rule that, had they come out otherwise, would have changed its verdict."""

from dataclasses import dataclass

from guiju.catalog.records.place import Place
from guiju.dsl.ir.tree import Expr
from guiju.terms.tongue import Both
from guiju.terms.verdict import Truth, Verdict
from guiju.validators.engines.engine import Observation
from guiju.validators.engines.interpreter.metered import BUDGET, TooCostly
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.interpreter.values import Fault
from guiju.validators.explain.explain import names_of
from guiju.validators.explain.phrases import phrase
from guiju.validators.explain.provenance import fields_under
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.explain.values import bilingual
from guiju.validators.explain.what_if import OTHERS, leaves, rerun
from guiju.validators.explain.wording.rule_parts import part_words

__all__ = ["MOST_COUNTERFACTUALS", "Counterfactual", "counterfactuals"]

MOST_COUNTERFACTUALS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterfactual:
    """A condition, its truth, the truth it would need, and the verdict that would follow."""

    part: Both
    says: Both
    truth: Truth
    other: Truth
    verdict: Verdict
    places: tuple[Place, ...] = ()


def counterfactuals(observation: Observation, runner: Runner, namer: SubjectNamer) -> tuple[tuple[Counterfactual, ...], int]:
    """The first MOST_COUNTERFACTUALS in the order of the rule, and how many more there are, or conditions that were not weighed.

    Each condition is weighed by judging again; of a rule whose steps multiply no more are than its budget pays for.
    """
    if observation.fault == TooCostly.words:
        return (), 0
    world = runner.world
    rule = world.plan.rules[observation.rule].version(observation.version)
    names = names_of(runner.evaluator(observation.rule, observation.subject))
    said: dict[int, tuple[Both, Both]] = {}
    watched: list[Expr] = []
    for part, expr, _ in part_words(rule):
        for leaf, inner in leaves(expr, names):
            watched.append(leaf)
            said.setdefault(id(leaf), (part, bilingual(lambda tongue, leaf=leaf, inner=inner: phrase(leaf, inner, tongue))))  # type: ignore[misc]
    _, seen = rerun(world, observation, tuple(watched), {})
    found: list[Counterfactual] = []
    more = steps = 0
    metered, asked = world.plan.rules[observation.rule].metered, seen.seen
    for number, (key, (leaf, scope, outcome)) in enumerate(asked.items()):
        if metered and steps > BUDGET:
            more += len(asked) - number
            break
        if isinstance(outcome, Fault):
            continue
        for other in OTHERS.get(outcome.truth, ()):
            turned, again = rerun(world, observation, tuple(watched), {key: other})
            steps += again.steps
            if turned.verdict is observation.verdict:
                continue
            if len(found) >= MOST_COUNTERFACTUALS:
                more += 1
                continue
            part, says = said[id(leaf)]
            spots = [seen.evaluator(observation.rule, observation.subject).node(read, scope).spot for read in fields_under(leaf, scope)]
            places = tuple(dict.fromkeys(namer.place(spot) for spot in spots))
            found.append(Counterfactual(part=part, says=says, truth=outcome.truth, other=other, verdict=turned.verdict, places=places))
    return tuple(found), more
