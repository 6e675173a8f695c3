"""Runs a rule with some of its conditions forced to another truth. Documents are not changed."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from guiju.dsl.ir.tree import And, Each, Expr, If, Is, Not, Or, Quant, Read, Several, SubjectSpec
from guiju.dsl.ir.typing import children, sources_of
from guiju.terms.verdict import Truth
from guiju.validators.engines.engine import FieldRef, Observation, Subject
from guiju.validators.engines.interpreter.expr import Evaluator, Scope
from guiju.validators.engines.interpreter.metered import BUDGET, MeteredEvaluator, TooCostly
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.interpreter.values import Fault, Holds, Outcome
from guiju.validators.explain.phrases import Names

__all__ = ["OTHERS", "Asking", "Forced", "ForcedRunner", "WhatIf", "force", "leaves", "may_be_unknown", "rerun"]

Asking: TypeAlias = tuple[int, tuple[tuple[int, FieldRef], ...]]
"""One condition in one scope: which node, and which values its variables stand for."""

Forced: TypeAlias = Mapping[Asking, Truth]

OTHERS = {Truth.T: (Truth.F,), Truth.F: (Truth.T,), Truth.U: (Truth.T, Truth.F)}
"""What a truth is weighed against."""


def force(expr: Expr, scope: Scope) -> Asking:
    """The key of a condition in a scope; valid as long as the expression lives."""
    return id(expr), tuple((var, node.spot) for var, node in scope.items())


def leaves(expr: Expr, names: Names) -> Iterator[tuple[Expr, Names]]:
    """The conditions of a proposition: what is joined, negated, chosen between or said of each element."""
    match expr:
        case And() | Or() | Several():
            for one in expr.args:
                yield from leaves(one, names)
        case Not():
            yield from leaves(expr.arg, names)
        case If():
            for one in (expr.cond, expr.then, expr.other):
                yield from leaves(one, names)
        case Quant():
            yield from leaves(expr.body, names.bound(expr.var, expr.source))
        case _:
            if _reads(expr):
                yield expr, names


def _reads(expr: Expr) -> bool:
    """Whether the documents have a say in it."""
    return isinstance(expr, Read) or bool(sources_of(expr)) or any(_reads(one) for one in children(expr))


def may_be_unknown(leaf: Expr) -> bool:
    """Whether a document can leave the condition open; a test of state never is."""
    if isinstance(leaf, Is):
        return False
    if isinstance(leaf, Read) or any(isinstance(source, Each) for source in sources_of(leaf)):
        return True
    return any(may_be_unknown(one) for one in children(leaf))


class WhatIf(MeteredEvaluator):
    """An evaluator with conditions forced. `seen` notes the truth of the watched ones when they were asked.

    Its steps are counted whatever the rule, and bounded where those of the rule are.
    """

    def __init__(
        self,
        world: RecordStore,
        spec: SubjectSpec,
        subject: Subject,
        memo: dict[Any, Any],
        watched: tuple[Expr, ...],
        forced: Forced,
        *,
        bounded: bool,
    ) -> None:
        super().__init__(world, spec, subject, memo)
        self._watched = {id(one): one for one in watched}
        self._forced = forced
        self._bounded = bounded
        self.seen: dict[Asking, tuple[Expr, Scope, Outcome]] = {}

    def _step(self) -> None:
        self.steps += 1
        if self._bounded and self.steps > BUDGET:
            raise TooCostly

    def holds(self, expr: Expr, scope: Scope) -> Outcome:
        """As the evaluator finds it, but for what is forced."""
        found = super().holds(expr, scope)
        if id(expr) not in self._watched:
            return found
        key = force(expr, scope)
        self.seen[key] = expr, scope, found
        forced = self._forced.get(key)
        return found if forced is None else Holds(forced)

    def truth(self, whole: Expr) -> Truth | None:
        """The truth of a part of the rule; None for a fault, and where it is too costly."""
        try:
            found = self.holds(whole, self.scope)
        except TooCostly:
            return None
        return None if isinstance(found, Fault) else found.truth


class ForcedRunner(Runner):
    """A runner in which conditions of one rule are forced. `seen` gathers what was asked."""

    def __init__(self, world: RecordStore, watched: tuple[Expr, ...], forced: Forced) -> None:
        super().__init__(world)
        self.watched = watched
        self.forced = forced
        self.probes: list[WhatIf] = []

    def evaluator(self, at: int, subject: Subject) -> Evaluator:
        """The probing evaluator in place of the plain one."""
        planned = self.world.plan.rules[at]
        probe = WhatIf(self.world, planned.rule.subject, subject, self.memo, self.watched, self.forced, bounded=planned.metered)
        self.probes.append(probe)
        return probe

    @property
    def steps(self) -> int:
        """How many steps it took."""
        return sum(probe.steps for probe in self.probes)

    @property
    def seen(self) -> dict[Asking, tuple[Expr, Scope, Outcome]]:
        """Every watched condition that was asked."""
        return {key: told for probe in self.probes for key, told in probe.seen.items()}


def rerun(world: RecordStore, observation: Observation, watched: tuple[Expr, ...], forced: Forced) -> tuple[Observation, ForcedRunner]:
    """Observes again with conditions forced."""
    runner = ForcedRunner(world, watched, forced)
    return runner.observe(observation.rule, observation.subject), runner
