"""Finds the missing inputs that would decide open verdicts, the one that decides most first.

Values are not guessed: an input decides a rule when, once it is there, the rule could be met or could not apply, whatever else
stays missing. What is wrong as it stands is left to `check`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations, product

from guiju.dsl.ir.tree import Expr, Is, Read
from guiju.terms.fact import Missing
from guiju.terms.verdict import Truth, Verdict
from guiju.validators.engines.engine import FieldRef, Observation
from guiju.validators.engines.interpreter.expr import Scope
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.interpreter.values import Fault
from guiju.validators.explain.explain import explain, names_of
from guiju.validators.explain.provenance import fields_under
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.explain.what_if import Asking, leaves, rerun
from guiju.validators.explain.wording.rule_parts import part_words
from guiju.validators.plan.footprint import walk

__all__ = ["Completion", "NextInput", "complete"]

_SETTLED = (Verdict.PASS, Verdict.NOT_APPLICABLE)
# Beyond these an open verdict is taken to need all of what it lacks: a longer list, never a wrong one.
_MOST_SPOTS = 8
_MOST_LEAVES = 4
_MOST_WEIGHED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NextInput:
    """One input to provide. `settles` are the open verdicts that it decides, together with the inputs before it."""

    spot: FieldRef
    settles: tuple[Observation, ...]
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """The inputs in order. `open` counts the undecided verdicts at the start, `beyond` those that no input can decide."""

    steps: tuple[NextInput, ...]
    open: int
    beyond: tuple[Observation, ...]


def complete(runner: Runner) -> Completion:
    """What is to be provided, for every rule of the plan on every subject."""
    namer = SubjectNamer(runner.world)
    waiting: list[tuple[Observation, tuple[frozenset[FieldRef], ...]]] = []
    beyond: list[Observation] = []
    for at in range(len(runner.world.plan.rules)):
        for observation in runner.of_rule(at):
            lacking = _lacking(observation, runner, namer)
            if lacking is None:
                continue
            if any(spot.record < 0 for spot in lacking) or not lacking:
                beyond.append(observation)
            else:
                ways = _ways(observation, runner, lacking) if len(waiting) < _MOST_WEIGHED else ()
                waiting.append((observation, ways or (lacking,)))
    first = frozenset(spot for one, ways in waiting if runner.world.plan.rules[one.rule].rule.of_profile for way in ways for spot in way)
    late = _late(waiting, runner)
    return Completion(steps=_ordered(waiting, first, late), open=len(waiting), beyond=tuple(beyond))


def _late(waiting: list[tuple[Observation, tuple[frozenset[FieldRef], ...]]], runner: Runner) -> dict[FieldRef, int]:
    """How late a rule speaks of an entry for which another would do: of two, what the clause names first is asked for."""
    late: dict[FieldRef, int] = {}
    for observation, ways in waiting:
        spots = frozenset().union(*ways)
        if len(ways) < 2:
            late.update(dict.fromkeys(spots, 0))
            continue
        reads = (node for node in walk(runner.world.plan.rules[observation.rule].rule.requirement) if isinstance(node, Read))
        named = [id for node in reads for id in node.path[-1:]]
        for spot in spots:
            id = next((step for step in reversed(spot.path) if isinstance(step, str)), "")
            late[spot] = min(late.get(spot, len(named)), named.index(id) if id in named else len(named))
    return late


def _lacking(observation: Observation, runner: Runner, namer: SubjectNamer) -> frozenset[FieldRef] | None:
    """The missing values because of which a verdict is open, or a requirement not met; None for any other verdict."""
    if observation.verdict is Verdict.UNDETERMINED:
        return frozenset(observation.missing)
    if observation.verdict is not Verdict.FAIL:
        return None
    nodes = explain(observation, runner, namer).nodes
    if not nodes or not all(isinstance(node.fact, Missing) for node in nodes):
        return None
    return frozenset(node.spot for node in nodes)


def _ways(observation: Observation, runner: Runner, lacking: frozenset[FieldRef]) -> tuple[frozenset[FieldRef], ...]:
    """The smallest sets of entries any of which could settle the verdict; none where it has too many parts to be weighed."""
    planned = runner.world.plan.rules[observation.rule]
    # Each way is weighed by judging again, which a rule whose steps multiply cannot bear.
    if not 1 < len(lacking) <= _MOST_SPOTS or planned.metered:
        return ()
    rule = planned.version(observation.version)
    names = names_of(runner.evaluator(observation.rule, observation.subject))
    watched = tuple(leaf for _, expr, _ in part_words(rule) for leaf, _ in leaves(expr, names))
    _, told = rerun(runner.world, observation, watched, {})
    resting = {
        key: spots
        for key, (leaf, scope, outcome) in told.seen.items()
        if not isinstance(outcome, Fault) and (spots := _missing_under(leaf, scope, outcome.spots, runner, observation))
    }
    for size in (1, 2):
        found = [
            frozenset(chosen)
            for chosen in combinations(sorted(lacking, key=lambda spot: spot.rank), size)
            if _could_settle(frozenset(chosen), resting, watched, runner, observation)
        ]
        if found:
            return tuple(found)
    return ()


def _missing_under(leaf: Expr, scope: Scope, open_by: frozenset[FieldRef], runner: Runner, observation: Observation) -> frozenset[FieldRef]:
    if not isinstance(leaf, Is):
        return open_by
    evaluator = runner.evaluator(observation.rule, observation.subject)
    nodes = [evaluator.node(read, scope) for read in fields_under(leaf, scope)]
    return frozenset(node.spot for node in nodes if isinstance(node.fact, Missing))


def _could_settle(
    given: frozenset[FieldRef],
    resting: dict[Asking, frozenset[FieldRef]],
    watched: tuple[Expr, ...],
    runner: Runner,
    observation: Observation,
) -> bool:
    """Whether some truths of the conditions that rest on these entries alone would settle the verdict."""
    free = [key for key, spots in resting.items() if spots <= given]
    if not free or len(free) > _MOST_LEAVES:
        return False
    return any(
        rerun(runner.world, observation, watched, dict(zip(free, truths, strict=True)))[0].verdict in _SETTLED
        for truths in product((Truth.T, Truth.F), repeat=len(free))
    )


# ---- the order ---------------------------------------------------------------------------------------------------------------


def _ordered(
    waiting: list[tuple[Observation, tuple[frozenset[FieldRef], ...]]], first: frozenset[FieldRef], late: dict[FieldRef, int]
) -> tuple[NextInput, ...]:
    """The steps; `first` are the answers to screening questions, which decide what else is asked at all."""
    chosen = _without_idle(_greedy(waiting, late), waiting)
    steps: list[NextInput] = []
    given: set[FieldRef] = set()
    left = list(waiting)
    # The order among equals stays that of the most settled.
    for spot in sorted(_greedy(waiting, late, among=chosen), key=lambda spot: spot not in first):
        given.add(spot)
        settled = tuple(one for one, ways in left if any(way <= given for way in ways))
        left = [(one, ways) for one, ways in left if not any(way <= given for way in ways)]
        steps.append(NextInput(spot=spot, settles=settled, left=len(left)))
    return tuple(steps)


def _greedy(
    waiting: list[tuple[Observation, tuple[frozenset[FieldRef], ...]]], late: dict[FieldRef, int], among: frozenset[FieldRef] | None = None
) -> list[FieldRef]:
    """Entries one after another: the one that brings the most verdicts nearest to being settled."""
    left = [[way for way in ways if among is None or way <= among] for _, ways in waiting]
    given: set[FieldRef] = set()
    order: list[FieldRef] = []
    users: dict[FieldRef, set[int]] = {}
    for number, ways in enumerate(left):
        for spot in frozenset().union(*ways):
            users.setdefault(spot, set()).add(number)
    weights = {spot: sum(_weight(spot, left[number], given) for number in numbers) for spot, numbers in users.items()}
    heap = [(-weight, late[spot], spot.rank, spot) for spot, weight in weights.items()]
    heapify(heap)
    while heap:
        weight, _, _, best = heappop(heap)
        # Weights change while entries wait: what is no longer true of an entry is passed over.
        if weight >= 0 or weights.get(best) != -weight:
            continue
        order.append(best)
        given.add(best)
        touched = {other for number in users[best] for way in left[number] for other in way}
        for number in list(users[best]):
            if any(way <= given for way in left[number]):
                left[number] = []
        del weights[best]
        for spot in touched & weights.keys():
            weights[spot] = sum(_weight(spot, left[number], given) for number in users[spot])
            heappush(heap, (-weights[spot], late[spot], spot.rank, spot))
    return order


def _weight(spot: FieldRef, ways: list[frozenset[FieldRef]], given: set[FieldRef]) -> float:
    return max((1 / len(way - given) for way in ways if spot in way), default=0.0)


def _without_idle(order: list[FieldRef], waiting: Iterable[tuple[Observation, tuple[frozenset[FieldRef], ...]]]) -> frozenset[FieldRef]:
    """The entries without those that, in the end, nothing needed."""
    kept = set(order)
    every = [ways for _, ways in waiting]
    users: dict[FieldRef, list[tuple[frozenset[FieldRef], ...]]] = {}
    for ways in every:
        for spot in frozenset().union(*ways):
            users.setdefault(spot, []).append(ways)
    for spot in reversed(order):
        kept.discard(spot)
        if not all(any(way <= kept for way in ways) for ways in users[spot]):
            kept.add(spot)
    return frozenset(kept)
