"""Finds the tests that a verdict rests on, down to the single test on the single element.

It walks the expression again with the interpreter's evaluator, so the provenance is the same whatever engine found the verdict.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from guiju.dsl.ir.tree import And, Const, Corpus, Each, Expr, If, Is, Match, Not, Or, Quant, QuantKind, Read
from guiju.dsl.ir.typing import sources_of
from guiju.terms.fact import State
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both
from guiju.terms.types import ListT
from guiju.terms.verdict import Truth
from guiju.validators.engines.engine import FieldRef
from guiju.validators.engines.interpreter.expr import Evaluator, Scope
from guiju.validators.engines.interpreter.records import Node
from guiju.validators.engines.interpreter.semi_join import find_witnesses
from guiju.validators.engines.interpreter.values import Fault, Holds
from guiju.validators.explain.phrases import Names
from guiju.validators.plan.footprint import children

__all__ = [
    "MOST_ELEMENTS",
    "FailedTest",
    "ResponsibleTest",
    "fields_under",
    "lists_under",
    "nearest_tests",
    "nodes_under",
    "responsible_tests",
]

MOST_ELEMENTS = 20
"""How many elements are named; all are counted."""


@fast_dataclass(frozen=True, slots=True)
class ResponsibleTest:
    """One test that came out otherwise than wanted, in its scope.

    `elements` are the elements of lists on which it was made, outermost first. Where the test is itself a quantifier, `matching`
    and `total` count its elements; `more` counts like elements that are not named.
    """

    test: Expr
    wanted: bool
    scope: Scope
    names: Names
    elements: tuple[Node, ...] = ()
    matching: int = 0
    total: int = 0
    more: int = 0
    gaps: tuple[FieldRef, ...] = ()


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class FailedTest:
    """What is wrong with one test, as a predicate of its subject. `nodes` are the values it rests on, `flips` what would make it true.

    `mend` is what to write instead, where the value itself shows it.
    """

    says: Both
    seen: Both | None
    flips: Both | None
    nodes: tuple[Node, ...]
    mend: Both | None = None


def responsible_tests(evaluator: Evaluator, expr: Expr, wanted: bool, names: Names) -> tuple[ResponsibleTest, ...]:
    """The tests because of which the expression is not what was wanted, in the order of the text."""
    return _Search(evaluator).of(expr, wanted, evaluator.scope, names, ())


class _Search:
    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator

    def truth(self, expr: Expr, scope: Scope) -> Truth:
        found = self.evaluator.holds(expr, scope)
        return Truth.U if isinstance(found, Fault) else found.truth

    def of(self, expr: Expr, wanted: bool, scope: Scope, names: Names, elements: tuple[Node, ...]) -> tuple[ResponsibleTest, ...]:
        contrary = Truth.F if wanted else Truth.T
        match expr:
            case And() | Or():
                guilty = [one for one in expr.args if self.truth(one, scope) is contrary]
                return tuple(found for one in guilty for found in self.of(one, wanted, scope, names, elements))
            case Not():
                return self.of(expr.arg, not wanted, scope, names, elements)
            case If():
                condition = self.truth(expr.cond, scope)
                branch = expr.other if condition is Truth.F else expr.then
                return self.of(branch, wanted, scope, names, elements)
            case Quant():
                return self._quant(expr, wanted, scope, names, elements)
            case _:
                return (ResponsibleTest(expr, wanted, scope, names, elements),)

    def _quant(self, expr: Quant, wanted: bool, scope: Scope, names: Names, elements: tuple[Node, ...]) -> tuple[ResponsibleTest, ...]:
        """Elements are named where each by itself is a witness; else the quantifier as a whole is told with its counts."""
        quick = self._quick(expr, wanted, scope, names, elements)
        if quick:
            return quick
        judged = self.evaluator.bodies(expr, scope)
        bodies = [] if isinstance(judged, Fault) else judged
        true = [node for node, one in bodies if isinstance(one, Holds) and one.truth is Truth.T]
        false = [node for node, one in bodies if isinstance(one, Holds) and one.truth is Truth.F]
        witnesses: list[Node] | None
        match expr.kind:
            case QuantKind.EVERY:
                witnesses = false if wanted else None
            case QuantKind.SOME:
                witnesses = None if wanted else true
            case QuantKind.NO:
                witnesses = true if wanted else None
            case QuantKind.AT_MOST | QuantKind.EXACTLY | QuantKind.AT_LEAST:
                witnesses = None
            case _:
                assert_never(expr.kind)
        beyond = self.evaluator.world.beyond if isinstance(expr.source, Corpus) else 0
        if not witnesses:
            return (ResponsibleTest(expr, wanted, scope, names, elements, len(true) + beyond, len(true) + len(false) + beyond),)
        found: list[ResponsibleTest] = []
        for node in witnesses[:MOST_ELEMENTS]:
            if isinstance(expr.source, Each):
                inner = names.bound(expr.var, expr.source)
                body_wanted = expr.kind is QuantKind.EVERY
                found.extend(self.of(expr.body, body_wanted, {**scope, expr.var: node}, inner, (*elements, node)))
            else:
                # An element that is a subject of its own is named, not taken apart: its own rules do that.
                found.append(ResponsibleTest(expr, wanted, scope, names, (*elements, node), len(true) + beyond, len(bodies) + beyond))
        left = len(witnesses) + beyond - MOST_ELEMENTS
        if left > 0 and found:
            found[-1] = replace(found[-1], matching=len(witnesses) + beyond, total=len(bodies) + beyond, more=left)
        return tuple(found)

    def _quick(self, expr: Quant, wanted: bool, scope: Scope, names: Names, elements: tuple[Node, ...]) -> tuple[ResponsibleTest, ...]:
        """The witnesses of a large group, where they need not be looked for one by one."""
        if wanted is not (expr.kind is QuantKind.NO) or expr.kind not in (QuantKind.NO, QuantKind.SOME) or self.evaluator.world.beyond:
            return ()
        found = find_witnesses(self.evaluator, expr, scope, MOST_ELEMENTS)
        if found is None:
            return ()
        blames = [ResponsibleTest(expr, wanted, scope, names, (*elements, node), found.count, found.total) for node in found.first]
        left = found.count - len(blames)
        if left > 0 and blames:
            blames[-1] = replace(blames[-1], more=left)
        return tuple(blames)


def fields_under(expr: Expr, scope: Scope) -> tuple[Read, ...]:
    """The reads of an expression whose variables are in scope, in the order in which they are written."""
    if isinstance(expr, Read):
        return (expr,) if expr.var in scope else ()
    if isinstance(expr, Const):
        return ()
    return tuple(dict.fromkeys(read for one in children(expr) for read in fields_under(one, scope)))


def nodes_under(exprs: tuple[Expr, ...], found: ResponsibleTest, evaluator: Evaluator) -> tuple[Node, ...]:
    """The values that the operands read, each once; a record that holds a list has no hash, so spots are compared."""
    nodes = {(node := evaluator.node(read, found.scope)).spot: node for expr in exprs for read in fields_under(expr, found.scope)}
    lists = {node.spot: node for expr in exprs for node in lists_under(expr, found.scope, evaluator)}
    return tuple({**nodes, **lists}.values())


def lists_under(expr: Expr, scope: Scope, evaluator: Evaluator) -> Iterator[Node]:
    """The lists that an expression ranges over; of a path that crosses several, the outermost."""
    for source in sources_of(expr):
        if isinstance(source, Each) and source.var in scope:
            node = scope[source.var]
            for id in source.path:
                node = evaluator.world.field(node, id)
                if isinstance(node.type, ListT):
                    break
            yield node
    for one in children(expr):
        yield from lists_under(one, scope, evaluator)


# ---- which of them are told ----

# Nobody is told to take away what he has stated where another way is open.
_TAKING_AWAY = 10
_FEW = 2


def nearest_tests(requirement: Expr, wanted: bool, failed: Sequence[ResponsibleTest]) -> tuple[ResponsibleTest, ...]:
    """Those of the failed tests that are to be told, in the order of the text."""
    by_test: dict[int, list[int]] = {}
    for at, one in enumerate(failed):
        by_test.setdefault(id(one.test), []).append(at)
    told = _told(requirement, wanted, failed, by_test)
    return tuple(failed[at] for at in sorted(set(told))) or tuple(failed)


def _told(expr: Expr, wanted: bool, failed: Sequence[ResponsibleTest], by_test: dict[int, list[int]]) -> list[int]:
    own = by_test.get(id(expr))
    if own is not None:
        return own
    match expr:
        case Or(args=args) if wanted:
            ways = [way for one in args if (way := _told(one, wanted, failed, by_test))]
            if sum(map(len, ways)) <= _FEW and all(_weight(failed[at]) < _TAKING_AWAY for way in ways for at in way):
                # The fault is that neither is so: too dear, and no report of it.
                return [at for way in ways for at in way]
            return min(ways, key=lambda way: sum(_weight(failed[at]) for at in way), default=[])
        case And(args=args) if not wanted:
            found = [at for one in args for at in _told(one, wanted, failed, by_test)]
            # That a text is none of the exempted phrases is no fault of it.
            return [at for at in found if not (isinstance(failed[at].test, Match) and failed[at].wanted)] or found
        case And(args=args) | Or(args=args):
            return [at for one in args for at in _told(one, wanted, failed, by_test)]
        case Not(arg=arg):
            return _told(arg, not wanted, failed, by_test)
        case If(then=then, other=other):
            return [at for one in (then, other) for at in _told(one, wanted, failed, by_test)]
        case Quant(kind=kind, body=body):
            return _told(body, kind is QuantKind.EVERY, failed, by_test)
        case _:
            return []


def _weight(one: ResponsibleTest) -> int:
    """How much a test asks for: most where it wants something to be absent that is there."""
    if isinstance(one.test, Is):
        wants_absent = one.wanted is (State.VALUE not in one.test.states)
        return _TAKING_AWAY if wants_absent else 1
    return 2
