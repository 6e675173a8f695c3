"""Finds which conditions of a rule its cases have shown to matter: masking MC/DC in three-valued logic.

A condition is shown at a truth when some case reaches it with that truth, and another truth in its place would have changed
what its part of the rule came to. Each condition is owed at T and F, and at U where a value it reads can be unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.dsl.ir.tree import And, Each, Expr, If, Is, Not, Or, Quant, Read, Rule
from guiju.dsl.ir.typing import children, sources_of
from guiju.terms.tongue import Both
from guiju.terms.verdict import Truth
from guiju.validators.engines.engine import Observation, Reason
from guiju.validators.engines.interpreter.expr import Evaluator, Scope
from guiju.validators.engines.interpreter.run import Runner
from guiju.validators.engines.interpreter.values import Fault, Holds, Outcome
from guiju.validators.mutants import part_words
from guiju.validators.values_in_words import both
from guiju.validators.words import Names, phrase

__all__ = ["Condition", "Conditions"]

_OTHERS = {Truth.T: (Truth.F,), Truth.F: (Truth.T,), Truth.U: (Truth.T, Truth.F)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition: in which part of the rule, in words, at which truths it is owed, and at which it was shown to matter."""

    part: Both
    says: Both
    owed: tuple[Truth, ...]
    shown: tuple[Truth, ...]

    @property
    def wanting(self) -> tuple[Truth, ...]:
        """The truths at which no case shows it."""
        return tuple(one for one in self.owed if one not in self.shown)


@dataclass(slots=True)
class _Leaf:
    """A condition while cases are gathered; `at` is its place in the walk, the same in every plan of the version."""

    part: int
    says: Both
    owed: tuple[Truth, ...]
    shown: set[Truth]


class Conditions:
    """The conditions of one version of a rule; told of one observed case after another."""

    def __init__(self, rule: Rule, names: Names) -> None:
        self._parts = tuple(label for label, _, _ in part_words(rule))
        self._leaves = [
            _Leaf(at, both(lambda tongue, leaf=leaf, inner=inner: phrase(leaf, inner, tongue)), _owed(leaf), set())  # type: ignore[misc]
            for at, (_, expr, _) in enumerate(part_words(rule))
            for leaf, inner in _leaves(expr, names)
        ]

    def learn(self, runner: Runner, observation: Observation) -> None:
        """Takes in what one case shows of each condition that its subject reached."""
        rule = runner.world.plan.rules[observation.rule].rule
        names = Names(runner.world.plan.vocabulary, {})
        at = 0
        for number, (_, expr, _) in enumerate(part_words(rule)):
            leaves = [leaf for leaf, _ in _leaves(expr, names)]
            if _reached(rule, observation, expr):
                for leaf, known in zip(leaves, self._leaves[at : at + len(leaves)], strict=True):
                    assert known.part == number
                    known.shown |= _shown(runner, observation, expr, leaf, set(known.owed) - known.shown)
            at += len(leaves)

    def found(self) -> tuple[Condition, ...]:
        """What has been shown so far."""
        return tuple(
            Condition(part=self._parts[one.part], says=one.says, owed=one.owed, shown=tuple(sorted(one.shown))) for one in self._leaves
        )


def _reached(rule: Rule, observation: Observation, expr: Expr) -> bool:
    """Whether the question was asked of this subject: condition, exemptions, then the requirement or what stands for it."""
    if expr is rule.applies:
        return True
    if observation.reason in (Reason.CONDITION, Reason.YIELDS):
        return False
    if any(expr is one.when for one in rule.exceptions):
        return True
    if observation.reason is Reason.EXEMPT:
        return False
    instead = [rule.exceptions[at].instead for at in observation.fired if rule.exceptions[at].instead is not None]
    return any(expr is one for one in instead) if instead else expr is rule.requirement


def _leaves(expr: Expr, names: Names) -> Iterator[tuple[Expr, Names]]:
    """The conditions of a proposition: what is joined, negated, chosen between or said of each element."""
    match expr:
        case And() | Or():
            for one in expr.args:
                yield from _leaves(one, names)
        case Not():
            yield from _leaves(expr.arg, names)
        case If():
            for one in (expr.cond, expr.then, expr.other):
                yield from _leaves(one, names)
        case Quant():
            yield from _leaves(expr.body, names.bound(expr.var, expr.source))
        case _:
            if _reads(expr):
                yield expr, names


def _reads(expr: Expr) -> bool:
    """Whether the documents have a say in it."""
    return isinstance(expr, Read) or bool(sources_of(expr)) or any(_reads(one) for one in children(expr))


def _owed(leaf: Expr) -> tuple[Truth, ...]:
    return (Truth.T, Truth.F, Truth.U) if not isinstance(leaf, Is) and _may_be_unknown(leaf) else (Truth.T, Truth.F)


def _may_be_unknown(expr: Expr) -> bool:
    if isinstance(expr, Read) or any(isinstance(source, Each) for source in sources_of(expr)):
        return True
    return any(_may_be_unknown(one) for one in children(expr))


class _Probe(Evaluator):
    """The evaluator with one condition forced, at one of the times that it is asked."""

    target: Expr | None = None
    forced_at: int = -1
    forced: Truth = Truth.U
    seen: list[Outcome]

    def holds(self, expr: Expr, scope: Scope) -> Outcome:
        """As the evaluator finds it; but for the condition that is forced."""
        found = super().holds(expr, scope)
        if expr is not self.target:
            return found
        self.seen.append(found)
        return Holds(self.forced) if len(self.seen) - 1 == self.forced_at else found

    def ask(self, whole: Expr, target: Expr, forced_at: int, forced: Truth) -> Truth | None:
        """The truth of the whole with one asking forced; None for a fault."""
        self.target, self.forced_at, self.forced, self.seen = target, forced_at, forced, []
        found = self.holds(whole, self.scope)
        return None if isinstance(found, Fault) else found.truth


def _shown(runner: Runner, observation: Observation, whole: Expr, leaf: Expr, wanting: set[Truth]) -> set[Truth]:
    """The truths, of those still wanting, that this case shows to matter."""
    if not wanting:
        return set()
    memo: dict[Any, Any] = {}
    probe = _Probe(runner.world, runner.world.plan.rules[observation.rule].rule.subject, observation.subject, memo)
    as_is = probe.ask(whole, leaf, -1, Truth.U)
    seen = [one.truth if isinstance(one, Holds) else None for one in probe.seen]
    shown: set[Truth] = set()
    for at, truth in enumerate(seen):
        if (
            truth is not None
            and truth in wanting - shown
            and any(probe.ask(whole, leaf, at, other) is not as_is for other in _OTHERS[truth])
        ):
            shown.add(truth)
    return shown
