"""Which of the tests that failed are told: of alternatives, those of the nearest, which asks for the least."""

from collections.abc import Sequence

from guiju.dsl.ir.tree import And, Expr, If, Is, Match, Not, Or, Quant, QuantKind
from guiju.terms.fact import State
from guiju.validators.explain.provenance import ResponsibleTest

__all__ = ["nearest_tests"]

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
