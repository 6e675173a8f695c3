"""How large the lists and how many the records must be for a rule to be asked fairly: one more than it counts to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children
from guiju.proofs.encoding.documents import Bounds

__all__ = ["LONGEST_LIST", "bounds_for", "expressions_of", "walk"]

_MOST_WISHED = 8
LONGEST_LIST = 24
"""A list is never taken to be longer, whatever a rule counts to."""


def expressions_of(rule: ir.Rule) -> Iterator[ir.Expr]:
    """The propositions of a rule: its condition, its exceptions, its requirement."""
    if rule.applies is not None:
        yield rule.applies
    for one in rule.exceptions:
        yield one.when
        if one.instead is not None:
            yield one.instead
    yield rule.requirement


def walk(expr: ir.Expr) -> Iterator[ir.Expr]:
    """The node and all below it."""
    yield expr
    for one in children(expr):
        yield from walk(one)


def bounds_for(rules: Iterable[ir.Rule], least: int = 2) -> Bounds:
    """The bounds that do for all of the rules."""
    wider: dict[str, int] = {}
    wished: Counter[str] = Counter()
    records = least
    for rule in rules:
        wished.update(_wished(rule))
        for expr in expressions_of(rule):
            for node in walk(expr):
                for source, count in _counted(node):
                    wanted = min(count + 1, LONGEST_LIST)
                    if isinstance(source, ir.Each):
                        wider[source.path[-1]] = max(wider.get(source.path[-1], least), wanted)
                    else:
                        records = max(records, min(wanted, 4))
    for id, count in wished.items():
        if count > least:
            wider[id] = max(wider.get(id, least), min(count, _MOST_WISHED))
    return Bounds(elements=least, records=records, wider=tuple(sorted(wider.items())))


def _wished(rule: ir.Rule) -> Iterator[str]:
    """The list of each 存在 of a rule: each may need an element of its own."""
    for expr in expressions_of(rule):
        for node in walk(expr):
            if isinstance(node, ir.Quant) and node.kind is ir.QuantKind.SOME and isinstance(node.source, ir.Each):
                yield node.source.path[-1]


def _counted(node: ir.Expr) -> Iterator[tuple[ir.Source, int]]:
    if isinstance(node, ir.Quant) and node.count:
        yield node.source, node.count
    if isinstance(node, ir.Compare):
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, ir.Fold) and one.fn in ("count", "distinct") and isinstance(other, ir.Const):
                if isinstance(other.value, int | Decimal) and 0 <= other.value < 10_000:
                    yield one.source, int(other.value)
