"""How large and how deep an expression becomes when its terms and tables are written out; without a bound, terms of terms explode."""

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children

__all__ = ["DEEPEST", "LARGEST", "MOST_ROWS", "Measure", "measure"]

DEEPEST = 150
LARGEST = 50_000
MOST_ROWS = 100

Measure = tuple[int, int]
"""Nodes and levels."""


def measure(expr: ir.Expr, terms: dict[str, Measure], tables: dict[str, int]) -> Measure:
    """The size and depth of the node written out; `tables` holds the number of rows of each."""
    size, depth = 1, 0
    for one in children(expr):
        inner = measure(one, terms, tables)
        size, depth = size + inner[0], max(depth, inner[1])
    match expr:
        case ir.TermUse(term=term):
            return terms.get(term, (1, 1))
        case ir.TableUse(table=table):
            rows = tables.get(table, 0)
            return (rows + 1) * (size + 2), depth + rows + 3
        case _:
            return size, depth + 1
