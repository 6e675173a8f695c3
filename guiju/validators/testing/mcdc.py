"""Finds which conditions of a rule its cases have shown to matter: masking MC/DC in three-valued logic.

A condition is shown at a truth when some case reaches it with that truth, and another truth in its place would have changed
what its part of the rule came to. Each condition is owed at T and F, and at U where a value it reads can be unknown.
"""

from dataclasses import dataclass

from guiju.dsl.ir.tree import Expr, Rule
from guiju.terms.tongue import Both
from guiju.terms.verdict import Truth
from guiju.validators.engines.engine import Observation, Reason
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.interpreter.values import Fault
from guiju.validators.explain.phrases import Names, phrase
from guiju.validators.explain.values import bilingual
from guiju.validators.explain.what_if import OTHERS, Forced, WhatIf, leaves, may_be_unknown
from guiju.validators.explain.wording.rule_parts import part_words

__all__ = ["Condition", "Conditions"]


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


@dataclass(frozen=True, slots=True)
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
            _Leaf(at, bilingual(lambda tongue, leaf=leaf, inner=inner: phrase(leaf, inner, tongue)), _owed(leaf), set())  # type: ignore[misc]
            for at, (_, expr, _) in enumerate(part_words(rule))
            for leaf, inner in leaves(expr, names)
        ]

    def learn(self, runner: Runner, observation: Observation) -> None:
        """Takes in what one case shows of each condition that its subject reached."""
        rule = runner.world.plan.rules[observation.rule].version(observation.version)
        names = Names(runner.world.plan.vocabulary, {})
        at = 0
        for number, (_, expr, _) in enumerate(part_words(rule)):
            found = [leaf for leaf, _ in leaves(expr, names)]
            if _reached(rule, observation, expr):
                for leaf, known in zip(found, self._leaves[at : at + len(found)], strict=True):
                    assert known.part == number
                    known.shown.update(_shown(runner, observation, expr, leaf, set(known.owed) - known.shown))
            at += len(found)

    def found(self) -> tuple[Condition, ...]:
        """What has been shown so far."""
        return tuple(
            Condition(part=self._parts[one.part], says=one.says, owed=one.owed, shown=tuple(sorted(one.shown))) for one in self._leaves
        )


def _reached(rule: Rule, observation: Observation, expr: Expr) -> bool:
    """Whether the question was asked of this subject: condition, exemptions, then the requirement or what stands for it."""
    if expr is rule.applies:
        return True
    if observation.reason in (Reason.CONDITION, Reason.YIELDS, Reason.BEFORE, Reason.AFTER):
        return False
    if any(expr is one.when for one in rule.exceptions):
        return True
    if observation.reason is Reason.EXEMPT:
        return False
    instead = [rule.exceptions[at].instead for at in observation.fired if rule.exceptions[at].instead is not None]
    return any(expr is one for one in instead) if instead else expr is rule.requirement


def _owed(leaf: Expr) -> tuple[Truth, ...]:
    return (Truth.T, Truth.F, Truth.U) if may_be_unknown(leaf) else (Truth.T, Truth.F)


def _shown(runner: Runner, observation: Observation, whole: Expr, leaf: Expr, wanting: set[Truth]) -> set[Truth]:
    """The truths, of those still wanting, that this case shows to matter."""
    if not wanting:
        return set()
    planned = runner.world.plan.rules[observation.rule]

    def asking(forced: Forced) -> WhatIf:
        return WhatIf(runner.world, planned.rule.subject, observation.subject, {}, (leaf,), forced, bounded=planned.metered)

    plain = asking({})
    as_is = plain.truth(whole)
    shown: set[Truth] = set()
    for key, (_, _, found) in plain.seen.items():
        if isinstance(found, Fault) or found.truth not in wanting - shown:
            continue
        for other in OTHERS.get(found.truth, ()):
            if asking({key: other}).truth(whole) is not as_is:
                shown.add(found.truth)
    return shown
