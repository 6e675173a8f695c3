"""The order of the passes: lower, fold constants; after each the truths of `verify` hold."""

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.fold_constants import fold_constants
from guiju.dsl.ir.from_model import lower
from guiju.dsl.ir.verify import verify

__all__ = ["run_passes"]


def run_passes(
    rules: tuple[ir.Rule, ...], terms: tuple[ir.Term, ...], tables: tuple[ir.Table, ...], parameters: tuple[ir.Parameter, ...] = ()
) -> tuple[ir.Rule, ...]:
    """The rules, ready to run."""
    lowered = lower(rules, terms, tables, parameters)
    verify(lowered)
    folded = tuple(fold_constants(rule) for rule in lowered)
    verify(folded)
    return folded
